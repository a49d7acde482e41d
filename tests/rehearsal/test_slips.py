# SPDX-License-Identifier: AGPL-3.0-or-later
"""A presenter marks what is said, and after a slip is told when the next slide comes and how it begins."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pechakucha.rehearsal.rehearsal import Phase

from .conftest import OpenPreview, Preview, a_deck

Key = Qt.Key


def said(preview: Preview) -> tuple[str, str]:
    """What is announced."""
    return preview.view.page.coming.said


def test_the_next_slide_is_announced_quietly_each_time(in_talk: Preview) -> None:
    in_talk.pass_seconds(9)
    assert said(in_talk) == ("", "")
    for index in range(1, 20):
        in_talk.pass_seconds(4)
        when, words = said(in_talk)
        assert when == "Nächste Folie in 7 s"
        assert words.startswith(f"Das ist der erste Satz zu Folie {index + 1}.")
        assert not in_talk.view.page.coming.plain
        in_talk.pass_seconds(16)
    assert said(in_talk) == ("", "")
    in_talk.pass_seconds(4)
    assert said(in_talk) == ("Ende in 7 s", "")
    in_talk.pass_seconds(7)
    assert (in_talk.phase, said(in_talk)) == (Phase.OVER, ("", ""))


def test_who_has_not_said_the_slide_before_is_told_plainly(in_talk: Preview) -> None:
    in_talk.pass_seconds(16)
    in_talk.press(Key.Key_Space)
    in_talk.pass_seconds(20)
    assert not in_talk.view.page.coming.plain
    in_talk.pass_seconds(20)
    assert in_talk.view.page.coming.plain
    assert said(in_talk)[0] == "Nicht aufholen. Nächste Folie in 4 s:"
    in_talk.press(Key.Key_Space)
    assert not in_talk.view.page.coming.plain


def test_a_mark_just_after_the_slide_counts_for_it_and_says_how_late_it_was(
    in_talk: Preview,
) -> None:
    in_talk.pass_seconds(20 + 2.5)
    in_talk.press(Key.Key_Space)
    assert in_talk.view.page.action_row.words == "Folie 1: 2,5 s zu lang."
    in_talk.pass_seconds(10)
    assert in_talk.view.page.coming.plain


def test_space_marks_and_says_so_for_a_moment(preview: Preview) -> None:
    preview.press(Key.Key_4, Key.Key_Space)
    preview.pass_seconds(3 + 17.25)
    preview.press(Key.Key_Space)
    assert preview.view.page.action_row.words == "Folie 4: nach 17,2 s gesagt."
    assert preview.view.rehearsal.marks == {0: 17.25}
    preview.pass_seconds(3)
    assert preview.view.page.action_row.words == ""


def test_a_hold_is_not_spoken_time(in_talk: Preview) -> None:
    in_talk.pass_seconds(10)
    in_talk.press(Key.Key_P)
    in_talk.pass_seconds(60)
    in_talk.press(Key.Key_P)
    in_talk.pass_seconds(5)
    in_talk.press(Key.Key_Space)
    assert in_talk.view.rehearsal.marks == {0: 15.0}


def test_the_last_slide_can_be_marked_just_after_the_end(open_preview: OpenPreview) -> None:
    preview = open_preview(a_deck(2))
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 40 + 1)
    preview.press(Key.Key_Space)
    assert preview.phase is Phase.OVER
    assert preview.view.rehearsal.marks == {1: 21.0}
    assert preview.view.page.action_row.words == "Folie 2: 1,0 s zu lang."


def test_a_new_take_has_no_marks(in_talk: Preview) -> None:
    in_talk.pass_seconds(10)
    in_talk.press(Key.Key_Space, Key.Key_R)
    assert in_talk.view.rehearsal.marks == {}


def test_the_announcement_has_an_accessible_name(open_preview: OpenPreview) -> None:
    preview = open_preview(language="en")
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 13)
    assert preview.view.page.coming.accessibleName().startswith("Next slide in 7 s Das ist der erste Satz")
