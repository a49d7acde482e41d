# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the preview says about a rehearsal at a moment: plain values, no widgets."""

from __future__ import annotations

import math

import msgspec

from pechakucha.rehearsal.rehearsal import Phase, Rehearsal
from pechakucha.rehearsal.take import TALK
from pechakucha.show.run import COUNTDOWN_SECONDS
from pechakucha.show.scene import Countdown, EndCard, OnSlide, Scene, State
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui.cards import Card, card, minutes

CLOSE_SECONDS = 5
"""From here on a slide is nearly over."""


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What is seen beside the slide.

    Attributes:
        index: 0-based, of the slide that all this is about.
        figure: in the ring; "" where the talk is over.
        share: of the time that is left, 0 to 1.
        tone: ``ready``, ``count-in``, ``live``, ``close``, ``held`` or ``over``.
        place, of: "Slide 4" and "of 20".
        line: how long it goes on.
        done: slides of the deck that are over, with the share of the one on stage.
    """

    index: int
    figure: str
    share: float
    tone: str
    place: str
    of: str
    line: str
    done: float


def view_of(rehearsal: Rehearsal, state: State, now_ns: int, texts: Texts) -> View:
    """What is to be seen at ``now_ns``, nanoseconds of the run's clock."""
    at_ns = now_ns if state.held_ns is None else state.held_ns
    phase, scene = rehearsal.phase(state), state.scene
    index, count = rehearsal.index(state), len(rehearsal.slides)
    seconds = rehearsal.run.snapshot.format.seconds
    view = View(
        index=index,
        figure=str(seconds),
        share=0.0,
        tone=str(phase),
        place=texts("console.slide", number=index + 1),
        of=texts("console.of", count=count),
        line=_in_all(rehearsal, texts),
        done=float(index),
    )
    replace = msgspec.structs.replace
    if isinstance(scene, Countdown):
        share = (scene.t0_ns - at_ns) / (COUNTDOWN_SECONDS * NS)
        tone = "held" if state.held_ns is not None else "count-in"
        return replace(view, figure=str(scene.left), share=share, tone=tone, line=texts("card.soon"))
    if isinstance(scene, OnSlide):
        return _on_slide(view, rehearsal, state, (scene.until_ns - at_ns) / NS, texts)
    if phase is Phase.OVER:
        length = minutes(rehearsal.run.snapshot.format.talk_seconds)
        line = texts("rehearsal.over-line", number=rehearsal.recorder.takes)
        over = texts("rehearsal.over", time=length)
        return replace(view, figure="", place=over, of="", line=line, done=float(count))
    return view


def card_of(rehearsal: Rehearsal, state: State, texts: Texts) -> Card:
    """The stage's card in this state."""
    if rehearsal.phase(state) is Phase.OVER:
        return end_card(rehearsal, texts)
    return _card(rehearsal, state.scene, texts)


def end_card(rehearsal: Rehearsal, texts: Texts) -> Card:
    """What comes after the last slide."""
    return _card(rehearsal, EndCard(TALK), texts)


def slide_card(rehearsal: Rehearsal, texts: Texts) -> Card:
    """What takes the place of a slide without a picture."""
    return _card(rehearsal, OnSlide(TALK, 0, 0, 0), texts)


def _card(rehearsal: Rehearsal, scene: Scene, texts: Texts) -> Card:
    """There is one talk only, so its card says nothing about an order."""
    return msgspec.structs.replace(card(rehearsal.run, State(scene=scene), texts), right="")


def _on_slide(view: View, rehearsal: Rehearsal, state: State, left_s: float, texts: Texts) -> View:
    seconds = rehearsal.run.snapshot.format.seconds
    left = max(0, math.ceil(left_s - 1e-6))
    rest = minutes(left + (len(rehearsal.slides) - view.index - 1) * seconds)
    held = state.held_ns is not None
    share = min(1.0, max(0.0, left_s / seconds))
    return msgspec.structs.replace(
        view,
        figure=str(left),
        share=share,
        tone="held" if held else "close" if left <= CLOSE_SECONDS else "live",
        line=texts("rehearsal.left-held" if held else "rehearsal.left", time=rest),
        done=view.index + 1 - share,
    )


def _in_all(rehearsal: Rehearsal, texts: Texts) -> str:
    length = minutes(rehearsal.run.snapshot.format.talk_seconds)
    return texts("rehearsal.from-here" if rehearsal.first else "rehearsal.in-all", time=length)
