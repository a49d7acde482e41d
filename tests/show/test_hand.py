# SPDX-License-Identifier: AGPL-3.0-or-later
"""When a press is taken for a decision."""

from __future__ import annotations

import pytest

from pechakucha.show.hand import REST_SECONDS, Hand
from pechakucha.show.rules import Refusal
from pechakucha.show.snapshot import NS

REST_NS = round(REST_SECONDS * NS)
HASTY = Refusal("too-quick")


def test_a_first_press_is_taken() -> None:
    hand = Hand()
    hand.notice("hold", "held", 5)
    assert hand.objection("hold", now_ns=5, decides=True) is None
    assert hand.objection("unknown", now_ns=5) is None


def test_what_means_something_else_takes_nothing_until_it_has_meant_that_for_a_while() -> None:
    hand = Hand()
    hand.notice("hold", "hold", 0)
    hand.notice("hold", "resume", 100)
    hand.notice("hold", "resume", 100 + REST_NS // 2)
    assert hand.objection("hold", now_ns=100 + REST_NS - 1) == HASTY
    assert hand.objection("hold", now_ns=100 + REST_NS) is None
    assert hand.objection("black", now_ns=100) is None


def test_each_refusal_begins_the_rest_anew() -> None:
    hand = Hand()
    for now_ns in range(0, 10 * REST_NS, REST_NS // 2):
        hand.refuse("start", now_ns)
    assert hand.objection("start", now_ns=now_ns + REST_NS - 1) == HASTY
    assert hand.objection("start", now_ns=now_ns + REST_NS) is None


@pytest.mark.parametrize("decides", [True, False])
def test_only_what_decides_waits_for_a_refusal_elsewhere(decides: bool) -> None:
    hand = Hand()
    hand.refuse("clicker", 0)
    objection = hand.objection("start", now_ns=1, decides=decides)
    assert objection == (HASTY if decides else None)
    assert hand.objection("start", now_ns=REST_NS, decides=decides) is None


def test_any_of_the_things_concerned_may_object() -> None:
    hand = Hand()
    hand.change("bar", 0)
    assert hand.objection("black", "bar", now_ns=1) == HASTY
    assert hand.objection("black", now_ns=1) is None
