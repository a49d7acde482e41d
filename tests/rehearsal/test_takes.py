# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is left of a take: bars, what needs work, getting better, and the own pace."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from pechakucha.files import takes
from pechakucha.files.takes import read_takes, takes_file
from pechakucha.rehearsal.bars_painting import DARK, bar_figure, bar_places
from pechakucha.rehearsal.rehearsal import Phase
from pechakucha.show.marks import Bar, Verdict, bars, verdict_of
from pechakucha.show.pace import PaceChoice
from pechakucha.show.work import Reason

from .conftest import OpenPreview, Preview, a_deck

Key = Qt.Key
SLIDES = 20


def rehearse(preview: Preview, used_s: Mapping[int, float], *, until: int = SLIDES) -> None:
    """A take from the first slide on, in which slides are marked after so many seconds, by their number."""
    preview.press(Key.Key_Space)
    preview.pass_seconds(3)
    now = 0.0
    for number, used in sorted(used_s.items()):
        at = (number - 1) * 20 + used
        preview.pass_seconds(at - now)
        preview.press(Key.Key_Space)
        now = at
    preview.pass_seconds(until * 20 - now)


def all_at(seconds: float, **others: float) -> dict[int, float]:
    """Every slide marked after so many seconds, except for those named ``slide_4=23``."""
    marked = dict.fromkeys(range(1, SLIDES + 1), seconds)
    return marked | {int(name.removeprefix("slide_")): used for name, used in others.items()}


def verdicts(preview: Preview) -> dict[int, Verdict]:
    """What the bars say, by the number of the slide."""
    take = preview.view.practising.panel.bars.take
    return {} if take is None else {bar.number: bar.verdict for bar in bars(take)}


def test_the_bars_of_a_first_take_grow(open_preview: OpenPreview, path: Path) -> None:
    preview = open_preview(path=path)
    panel = preview.view.practising.panel
    assert panel.isVisible()
    assert "Leertaste" in panel.summary.text()
    assert verdicts(preview) == {}
    rehearse(preview, {1: 15, 3: 23}, until=4)
    assert panel.isVisible()
    assert verdicts(preview) == {1: Verdict.FITS, 2: Verdict.UNMARKED, 3: Verdict.OVER, 4: Verdict.UNMARKED}
    preview.press(Key.Key_R)
    preview.pass_seconds(30)
    assert verdicts(preview)[3] is Verdict.OVER, "from the second on it is the last one that is seen"


def test_a_part_of_the_talk_has_its_bars_in_their_places(open_preview: OpenPreview, path: Path) -> None:
    preview = open_preview(path=path)
    preview.press(Key.Key_2, Key.Key_0, Key.Key_Space)
    preview.pass_seconds(3 + 15)
    preview.press(Key.Key_Space)
    preview.pass_seconds(20)
    view = preview.view.practising.panel.bars
    QApplication.processEvents()
    image = view.grab().toImage()
    columns = bar_places(view.rect().toRectF(), SLIDES)
    seen = [image.pixelColor(round(column.center().x()), view.height() - 40).name() for column in columns]
    assert seen[-1] == DARK.verdicts[Verdict.FITS].name()
    assert seen[-1] not in seen[:-1]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=columns[4].center().toPoint())
    assert (preview.phase, preview.index) == (Phase.READY, 4)


def test_where_there_is_no_room_for_empty_bars_space_is_explained_beside_the_button(
    open_preview: OpenPreview, path: Path
) -> None:
    preview = open_preview(path=path, size=(1280, 720))
    assert "Leertaste" in preview.view.page.action_row.words
    assert not preview.view.practising.panel.isVisible()
    preview.press(Key.Key_M)
    assert not preview.view.practising.panel.menu.isVisible()


def test_nothing_flashes_up_as_a_window_of_its_own(open_preview: OpenPreview, path: Path) -> None:
    takes_file(path).mkdir(parents=True)  # a problem to be told at the very beginning
    preview = open_preview(path=path)
    assert preview.window.isActiveWindow()
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert shown == [preview.window]


def test_a_take_is_seen_as_bars(kept: Preview) -> None:
    rehearse(kept, all_at(15, slide_4=23.4, slide_7=19, slide_13=6))
    assert kept.phase is Phase.OVER
    panel = kept.view.practising.panel
    assert panel.isVisible()
    seen = verdicts(kept)
    assert len(seen) == SLIDES
    assert (seen[4], seen[7], seen[13], seen[1]) == (
        Verdict.OVER,
        Verdict.TIGHT,
        Verdict.SHORT,
        Verdict.FITS,
    )
    assert panel.summary.text().startswith("1 Folie zu lang: 4 · ")
    said = panel.bars.accessibleDescription().split("\n")
    assert said[4] == "Folie 4: 3,4 s zu lang"
    assert said[13] == "Folie 13: 6,0 s, danach 14,0 s Stille"


def test_colours_and_shapes_are_painted(kept: Preview) -> None:
    rehearse(kept, all_at(15, slide_4=23.4) | {})
    view = kept.view.practising.panel.bars
    QApplication.processEvents()
    image = view.grab().toImage()
    columns = bar_places(view.rect().toRectF(), SLIDES)
    low = view.height() - 40
    for number, verdict in ((4, Verdict.OVER), (5, Verdict.FITS)):
        seen = image.pixelColor(round(columns[number - 1].center().x()), low)
        assert seen.name() == DARK.verdicts[verdict].name()


@pytest.mark.parametrize(
    ("used_s", "figure"),
    [(None, "–"), (0.4, "0"), (14.6, "15"), (19.6, "20"), (20.0, "20"), (20.1, "21"), (24.4, "24")],
)
def test_a_bar_above_the_line_has_a_figure_above_it(used_s: float | None, figure: str) -> None:
    assert bar_figure(Bar(1, used_s, verdict_of(used_s, 20)), 20) == figure


def test_what_needs_work_has_its_reason_its_length_and_its_notes(kept: Preview) -> None:
    rehearse(
        kept, {number: used for number, used in all_at(15, slide_4=23, slide_9=21).items() if number != 12}
    )
    rows = kept.view.practising.pane.work.rows
    assert [(row.number, row.reason) for row in rows] == [
        (4, Reason.OVER),
        (9, Reason.OVER),
        (12, Reason.UNMARKED),
    ]
    assert (rows[0].slide, rows[0].why) == ("Folie 4", "3,0 s zu lang")
    assert "Zeichen" in rows[0].length
    assert "zu Folie 4." in rows[0].notes
    assert "Folie 4 3,0 s zu lang" in kept.view.practising.pane.work.accessibleDescription()


def test_a_click_on_a_row_or_a_bar_begins_with_that_slide(kept: Preview) -> None:
    rehearse(kept, all_at(15, slide_4=23))
    QApplication.processEvents()
    QTest.mouseClick(kept.view.practising.pane.work, Qt.MouseButton.LeftButton, pos=QPoint(60, 50))
    assert (kept.phase, kept.index) == (Phase.READY, 3)
    view = kept.view.practising.panel.bars
    centre = bar_places(view.rect().toRectF(), SLIDES)[8].center().toPoint()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=centre)
    assert (kept.phase, kept.index) == (Phase.READY, 8)


def test_during_a_talk_a_click_on_a_bar_does_nothing(open_preview: OpenPreview, path: Path) -> None:
    preview = open_preview(path=path, size=(1440, 1100))
    rehearse(preview, all_at(15))
    preview.pass_seconds(5)
    preview.press(Key.Key_Space)
    preview.pass_seconds(30)
    QApplication.processEvents()
    view = preview.view.practising.panel.bars
    assert view.isVisible()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect().center())
    assert (preview.phase, preview.index) == (Phase.ON_SLIDE, 1)


def test_the_last_slide_can_still_be_marked_after_the_end(kept: Preview, path: Path) -> None:
    marked = all_at(15)
    del marked[SLIDES]
    rehearse(kept, marked)
    assert verdicts(kept)[SLIDES] is Verdict.UNMARKED
    assert read_takes(path).takes == ()
    kept.pass_seconds(2)
    kept.press(Key.Key_Space)
    kept.pass_seconds(0.1)
    assert verdicts(kept)[SLIDES] is Verdict.OVER
    (stored,) = read_takes(path).takes
    assert stored.take.slides[-1].used_s == pytest.approx(22)


def test_takes_are_kept_and_seen_at_once_the_next_time(open_preview: OpenPreview, path: Path) -> None:
    first = open_preview(path=path)
    rehearse(first, all_at(15, slide_4=23))
    first.window.close()
    second = open_preview(path=path)
    assert second.phase is Phase.READY
    assert second.view.practising.panel.isVisible()
    assert verdicts(second)[4] is Verdict.OVER
    path.touch()
    assert open_preview(path=path.with_name("bonn.pptx")).view.practising.practice.takes == []
    path.unlink()
    moved = open_preview(path=path.with_name("bonn.pptx"))
    assert verdicts(moved)[4] is Verdict.OVER, "the same deck under another name"


def test_a_take_without_a_mark_is_seen_and_not_kept(kept: Preview, path: Path) -> None:
    rehearse(kept, {})
    kept.pass_seconds(6)
    assert set(verdicts(kept).values()) == {Verdict.UNMARKED}
    assert "Leertaste" in kept.view.practising.panel.summary.text()
    assert not takes_file(path).exists()


def test_a_take_that_was_broken_off_is_kept_as_far_as_it_went(kept: Preview, path: Path) -> None:
    rehearse(kept, {1: 12.0, 3: 14.0}, until=3)
    kept.pass_seconds(1)
    kept.press(Key.Key_R)
    (stored,) = read_takes(path).takes
    assert [slide.used_s for slide in stored.take.slides] == [12, None, 14]
    assert not stored.take.whole
    kept.pass_seconds(3 + 25)
    kept.press(Key.Key_R)
    assert len(read_takes(path).takes) == 1, "broken off without a mark, it says nothing"


def test_closing_the_window_keeps_the_take(kept: Preview, path: Path) -> None:
    rehearse(kept, {1: 12.0}, until=1)
    kept.window.close()
    assert len(read_takes(path).takes) == 1


def test_a_drill_is_no_take(kept: Preview, path: Path) -> None:
    kept.press(Key.Key_7, Key.Key_T)
    kept.pass_seconds(3 + 15)
    kept.press(Key.Key_Space)
    kept.pass_seconds(10)
    kept.press(Key.Key_T)
    kept.pass_seconds(1)
    assert kept.view.practising.practice.last is None
    assert not takes_file(path).exists()


def test_getting_better_is_drawn_from_the_second_take_on(kept: Preview) -> None:
    progress = kept.view.practising.panel.progress
    rehearse(kept, all_at(15, slide_4=23, slide_9=22))
    assert not progress.isVisible()
    kept.pass_seconds(5)
    rehearse(kept, all_at(15, slide_4=23))
    assert progress.isVisible()
    assert progress.shares == (0.9, 0.95)
    assert progress.accessibleName() == "Rechtzeitig fertig: 19 von 20 Folien, davor 18."


def test_the_own_pace_counts_when_there_are_enough_marks(open_preview: OpenPreview, path: Path) -> None:
    notes = "Zwanzig Zeichen waren " * 10
    preview = open_preview(a_deck(notes=notes), path=path)
    practice = preview.view.practising.practice
    assert practice.choice is PaceChoice.READERS
    assert preview.view.practising.pane.length == "190 Zeichen, etwa 12 s"
    rehearse(preview, all_at(19))
    assert practice.choice is PaceChoice.OWN
    assert practice.pace().per_minute == pytest.approx(600)
    preview.press(Key.Key_M)
    words = [action.text() for action in preview.view.practising.panel.menu.actions()]
    assert words[0] == "Eigenes Tempo, aus den Marken: 600 Zeichen je Minute"
    preview.view.practising.panel.menu.actions()[2].trigger()
    assert practice.choice is PaceChoice.CALM
    assert practice.pace().per_minute == 690
    preview.window.close()
    again = open_preview(a_deck(notes=notes), path=path).view.practising
    assert again.practice.choice is PaceChoice.CALM
    assert again.pane.length == "190 Zeichen, etwa 17 s"


def test_a_line_that_was_tampered_with_is_told(open_preview: OpenPreview, path: Path) -> None:
    first = open_preview(path=path)
    rehearse(first, all_at(15))
    first.window.close()
    with takes_file(path).open("a", encoding="utf-8") as file:
        file.write("<html>\n")
    panel = open_preview(path=path).view.practising.panel
    assert "1 früherer Durchgang ist unlesbar" in panel.summary.text()
    assert panel.bars.take is not None


def test_what_cannot_be_kept_is_said_and_still_seen(
    open_preview: OpenPreview, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(target: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(takes, "write_atomic", refuse)
    preview = open_preview(path=path)
    rehearse(preview, all_at(15))
    assert "der Speicherplatz ist voll" in preview.view.practising.trouble.words
    assert verdicts(preview)[1] is Verdict.FITS


def test_takes_that_cannot_be_read_are_said_at_once(open_preview: OpenPreview, path: Path) -> None:
    takes_file(path).mkdir(parents=True)
    preview = open_preview(path=path)
    assert str(takes_file(path)) in preview.view.practising.trouble.words


@pytest.mark.parametrize("answer", ["Löschen", "Behalten"])
def test_one_button_deletes_all_of_it(
    kept: Preview, path: Path, qtbot: QtBot, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearse(kept, all_at(15))
    asked: list[str] = []

    def answered(box: QMessageBox) -> int:
        asked.append(box.text())
        button: QAbstractButton = next(each for each in box.buttons() if each.text() == answer)
        button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answered)
    kept.press(Key.Key_M)
    kept.view.practising.panel.menu.actions()[-1].trigger()
    assert asked == ["Den aufgehobenen Durchgang dieser Datei löschen?"]
    kept.view.refresh()
    deleted = answer == "Löschen"
    assert takes_file(path).exists() is not deleted
    assert (kept.view.practising.panel.bars.take is None) is deleted
    kept.window.close()
    assert takes_file(path).exists() is not deleted


def test_what_only_had_to_be_known_is_gone_with_the_next_take(open_preview: OpenPreview, path: Path) -> None:
    preview = open_preview(path=path)
    trouble = preview.view.practising.trouble
    trouble.say("Gespeichert", calm=True)
    preview.view.refresh()
    assert trouble.words == "Gespeichert"
    preview.press(Key.Key_Space)
    assert trouble.words == ""
    trouble.say("Nicht gespeichert")
    preview.view.refresh()
    assert trouble.words == "Nicht gespeichert"
