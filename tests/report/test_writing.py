# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report as JSON, CSV and HTML; its figures are tested beside ``show``."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from files.builders import FOUR, LIFE, a_run, every_record, with_slides
from show.builders import a_snapshot, a_talk, after

from pechakucha.files.journal import JournalWriter
from pechakucha.files.run_folder import journal_path
from pechakucha.report.wording import cue_words
from pechakucha.report.writing import check_target, report_of, write_report
from pechakucha.show.cues import (
    Action,
    Add,
    Black,
    By,
    Cut,
    End,
    GoOn,
    Hold,
    Message,
    Move,
    NoShow,
    PutBack,
    Reboot,
    Replace,
    Restart,
    Resume,
    Start,
    TakeBack,
    Withdraw,
    name_of,
)
from pechakucha.show.journal import CueRecord, Press, RunRecord, Shown
from pechakucha.show.problem import Problem
from pechakucha.texts import LANGUAGES, Texts

NASTY = '<b>Ulm</b> & "Söhne"'

ENGLISH = Texts("en")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A finished run: one talk of four slides (one of which nobody saw), one no-show."""
    ulm = msgspec.structs.replace(with_slides(a_talk("ulm")), city=NASTY)
    snapshot = a_snapshot(ulm, with_slides(a_talk("bern")), format=FOUR, planned_start_s=0)
    folder = a_run(tmp_path, snapshot)
    tell(
        folder,
        RunRecord(snapshot),
        cue(10, Start("ulm")),
        *(Shown("ulm", index, after(13 + 20 * index), after(13.002 + 20 * index)) for index in (0, 1, 3)),
        cue(100, NoShow("bern")),
        cue(110, End()),
    )
    return folder


def cue(seconds: float, action: Action) -> CueRecord:
    """A cue so many seconds after the program was ready."""
    return CueRecord(after(seconds), By.HAND, action)


def tell(folder: Path, *records: RunRecord | CueRecord | Shown | Press) -> None:
    """Write a journal."""
    journal = JournalWriter(journal_path(folder), sync=lambda _: None)
    for record in records:
        journal.note(record)
    journal.close()


@pytest.fixture
def written(run: Path, tmp_path: Path) -> Callable[[str], bytes]:
    """The report in the format of this ending."""

    def write(ending: str, texts: Texts = ENGLISH) -> bytes:
        target = tmp_path / f"report{ending}"
        write_report(run, target, texts)
        return target.read_bytes()

    return write


# JSON

CONTRACT = {
    "": {
        "show", "speed", "format", "planned_start", "plan_start", "plan_end", "started", "last_ended",
        "ended", "behind_s", "drift_ms", "lateness_ms", "talks", "withdrawn", "cues", "presses",
        "stage_again",
    },
    "lateness_ms": {"p50", "p99", "max"},
    "talks": {
        "id", "city", "title", "presenters", "outcome", "planned_start", "started", "started_clock_ns",
        "ended", "missed", "missed_numbers", "slides", "cues",
    },
    "slides": {"index", "number", "due_s", "shown_s", "late_ms"},
    "cues": {"cue", "at"},
}  # fmt: skip


def test_json_has_the_keys_of_the_contract_and_no_others(written: Callable[[str], bytes]) -> None:
    report = json.loads(written(".json"))
    ulm, bern = report["talks"]
    assert set(report) == CONTRACT[""]
    assert set(report["lateness_ms"]) == CONTRACT["lateness_ms"]
    assert set(ulm) == set(bern) == CONTRACT["talks"]
    assert all(set(slide) == CONTRACT["slides"] for slide in ulm["slides"])
    assert all(set(each) == CONTRACT["cues"] for each in ulm["cues"] + bern["cues"])
    assert ulm["slides"]
    assert ulm["cues"]


def test_json_says_what_happened(written: Callable[[str], bytes]) -> None:
    report = json.loads(written(".json"))
    ulm, bern = report["talks"]
    assert (report["show"], report["speed"], report["format"]) == ("Mashup", 1.0, "4x20")
    assert (report["drift_ms"], report["lateness_ms"]["max"]) == (2.0, 2.0)
    assert (ulm["city"], ulm["outcome"], ulm["missed"]) == (NASTY, "completed", 1)
    assert ulm["started_clock_ns"] == after(13)
    assert [slide["due_s"] for slide in ulm["slides"]] == [0.0, 20.0, 40.0, 60.0]
    assert [slide["shown_s"] for slide in ulm["slides"]] == [0.002, 20.002, None, 60.002]
    assert [slide["index"] for slide in ulm["slides"]] == [1, 2, 3, 4]
    assert (bern["outcome"], bern["started"], bern["slides"]) == ("no-show", None, [])
    assert [each["cue"] for each in bern["cues"]] == ["no-show"]


def test_times_carry_their_zone(written: Callable[[str], bytes]) -> None:
    report = json.loads(written(".json"))
    moments = [report["planned_start"], report["started"], report["ended"], report["talks"][0]["started"]]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", each) for each in moments)


# CSV


def test_csv_has_a_mark_for_excel_and_a_row_for_each_slide(written: Callable[[str], bytes]) -> None:
    content = written(".csv")
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert len(rows) == 4 + 1  # the no-show has none, and a row all the same
    assert all(len(row) == len(head) for row in rows)
    table = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["id"] for row in table] == ["ulm"] * 4 + ["bern"]
    assert {row["city"] for row in table[:4]} == {NASTY}
    assert [row["index"] for row in table] == ["1", "2", "3", "4", ""]
    assert [row["shown_s"] for row in table] == ["0.002", "20.002", "", "60.002", ""]


# HTML


class Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        """Note it."""
        self.words.append(data)


def page(content: bytes) -> Page:
    """A report as a browser reads it."""
    parsed = Page()
    parsed.feed(content.decode())
    return parsed


def test_html_needs_nothing_else(written: Callable[[str], bytes]) -> None:
    content = written(".html")
    parsed = page(content)
    assert not parsed.tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not {name for name, _ in parsed.attributes} & {"src", "href", "action", "srcset", "background"}
    assert not re.search(rb"https?:|//[a-z]|url\(|@import", content)


def test_html_shows_a_city_as_it_is_written(written: Callable[[str], bytes]) -> None:
    parsed = page(written(".html"))
    assert "b" not in parsed.tags
    assert NASTY in parsed.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_names_every_cue_and_outcome(tmp_path: Path, language: str) -> None:
    """A name without a sentence would be logged as an error, which fails the test."""
    snapshot = a_snapshot("ulm", "bern")
    folder = a_run(tmp_path, snapshot)
    tell(folder, *every_record(snapshot)[:-1])  # type: ignore[arg-type]
    write_report(folder, tmp_path / "report.html", Texts(language))
    content = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert f'lang="{language}"' in content
    told = [cue_words(each, Texts(language)) for each in report_of(folder).cues]
    assert len(told) == len(LIFE)
    assert all(words in content for words in told)


EVERYTHING = [
    (Start("ulm"), None, "ulm", "Started"),
    (TakeBack("ulm"), None, "ulm", "Start taken back"),
    (Start("ulm"), None, "ulm", "Started"),
    (Black(on=True), "on", "ulm", "Black"),
    (Black(on=False), "off", "ulm", "Picture on again"),
    (Message(""), "", "ulm", "“One moment, please” on stage"),
    (Message(None), None, "ulm", "Message taken off"),
    (Message("Kaffee & <Kuchen>"), "Kaffee & <Kuchen>", "ulm", "“Kaffee & <Kuchen>” on stage"),
    (Hold(), "hand", "ulm", "Held"),
    (Resume(GoOn.SCHEDULE), "schedule", "ulm", "Went on where the schedule was"),
    (Hold("gap"), "gap", "ulm", "Held: the computer had slept"),
    (Resume(GoOn.REST), "rest", "ulm", "Went on with what the slide had left"),
    (Restart("ulm"), None, "ulm", "Began again"),
    (Cut("ulm"), None, "ulm", "Cut short"),
    (Black(on=True), "on", None, "Black"),
    (PutBack("ulm"), None, "ulm", "Put back into the rundown"),
    (NoShow("bern"), None, "bern", "No-show"),
    (PutBack("bern"), None, "bern", "Put back into the rundown"),
    (NoShow("bern", keep=True), "kept", "bern", "No-show, slot kept"),
    (Add(a_talk("graz"), "bern"), "Bern", "graz", "Added"),
    (Replace(a_talk("graz", title="x")), None, "graz", "Replaced"),
    (Replace(a_talk("graz", title="x", pause=60)), "pause", "graz", "Pause before it changed"),
    (Move("ulm", "graz"), "Graz", "ulm", "Moved before Graz"),
    (Move("ulm"), None, "ulm", "Moved to the end"),
    (Withdraw("graz"), None, "graz", "Taken out of the rundown"),
    (Reboot("boot-2", 0), None, None, "Computer restarted"),
    (End(), None, None, "End"),
]
"""Each cue with its detail, its talk, and what is read of it."""


def test_everything_that_happened_can_be_read_in_its_order_with_its_time(tmp_path: Path) -> None:
    snapshot = a_snapshot("ulm", "bern")
    folder = a_run(tmp_path, snapshot)
    tell(folder, RunRecord(snapshot), *(cue(number, each[0]) for number, each in enumerate(EVERYTHING)))
    told = report_of(folder).cues
    assert [(each.cue, each.detail, each.talk) for each in told] == [
        (name_of(action), detail, talk) for action, detail, talk, _ in EVERYTHING
    ]
    assert [each.city for each in told] == [talk and talk.capitalize() for _, _, talk, _ in EVERYTHING]
    times = [dt.datetime.fromisoformat(each.at) for each in told]
    assert [(time - times[0]).total_seconds() for time in times] == [*range(len(EVERYTHING))]
    write_report(folder, tmp_path / "report.html", ENGLISH)
    said = "".join(page((tmp_path / "report.html").read_bytes()).words)
    for _, _, _, words in EVERYTHING:
        assert words in said
        said = said[said.index(words) + len(words) :]
    assert {type(action) for action, _, _, _ in EVERYTHING} == set(get_args(Action))


def test_presses_that_became_no_cue_are_told_with_their_reason(tmp_path: Path) -> None:
    snapshot = a_snapshot("ulm", "bern")
    folder = a_run(tmp_path, snapshot)
    tell(
        folder,
        RunRecord(snapshot),
        cue(1, Start("ulm")),
        Press(after(5), "start", "talk-on-stage"),
        Press(after(5.01), "start", "talk-on-stage", count=99),
        Press(after(7), "place", detail="HDMI-1"),
        Press(after(8), "clicker", "no-use"),
        cue(9, Cut("ulm")),
    )
    write_report(folder, tmp_path / "report.json", ENGLISH)
    presses = json.loads((tmp_path / "report.json").read_bytes())["presses"]
    assert set(presses[0]) == {"press", "at", "count", "refused", "detail"}
    assert [(each["press"], each["count"], each["refused"], each["detail"]) for each in presses] == [
        ("start", 1, "talk-on-stage", ""),
        ("start", 99, "talk-on-stage", ""),
        ("place", 1, "", "HDMI-1"),
        ("clicker", 1, "no-use", ""),
    ]
    for language, placed, why in (
        ("en", "Stage to the screen HDMI-1", "a talk was on stage"),
        ("de", "Bühne auf den Bildschirm HDMI-1", "ein Vortrag war auf der Bühne"),
    ):
        texts = Texts(language)
        write_report(folder, tmp_path / "report.html", texts)
        said = "".join(page((tmp_path / "report.html").read_bytes()).words)
        assert "Start × 100" in said
        assert why in said
        assert said.index(texts("cue.start")) < said.index(placed) < said.rindex(texts("cue.cut"))


def test_a_run_without_refused_presses_has_no_list_of_them(written: Callable[[str], bytes]) -> None:
    assert ENGLISH("report.refused") not in written(".html").decode()


@pytest.mark.parametrize(
    "records",
    [
        [],
        [cue(1, End())],
        [cue(1, Start("ulm"))],
        [cue(1, Start("ulm")), cue(2, Cut("ulm")), cue(9, Message("x")), cue(10, End())],
        [cue(1, Start("ulm")), cue(2, Hold())],
    ],
)
@pytest.mark.parametrize("ending", [".json", ".csv", ".html"])
def test_a_run_that_hardly_was_has_a_report_too(
    tmp_path: Path, records: list[CueRecord], ending: str
) -> None:
    snapshot = a_snapshot("ulm")
    folder = a_run(tmp_path, snapshot)
    tell(folder, RunRecord(snapshot), *records)
    write_report(folder, tmp_path / f"report{ending}", ENGLISH)
    assert (tmp_path / f"report{ending}").stat().st_size > 0


# Problems


@pytest.mark.parametrize("name", ["report.pdf", "report", "report.html.txt"])
def test_another_ending_is_refused_before_the_show(run: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(Problem) as caught:
        check_target(tmp_path / name)
    assert caught.value.code == "report-ending"
    with pytest.raises(Problem):
        write_report(run, tmp_path / name, ENGLISH)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["report.JSON", "Report.Html", "r.CSV"])
def test_the_case_of_the_ending_does_not_matter(run: Path, tmp_path: Path, name: str) -> None:
    check_target(tmp_path / name)
    write_report(run, tmp_path / name, ENGLISH)
    assert (tmp_path / name).is_file()


def test_a_missing_folder_is_told_before_the_show(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        check_target(tmp_path / "nowhere" / "report.json")
    assert caught.value.code == "report-not-writable"


def test_a_place_that_cannot_be_written_is_a_problem(run: Path, tmp_path: Path) -> None:
    (tmp_path / "report.json").mkdir()
    with pytest.raises(Problem) as caught:
        write_report(run, tmp_path / "report.json", ENGLISH)
    assert caught.value.code == "report-not-writable"
    assert caught.value.params["reason"]


def test_a_run_without_a_journal_has_no_report(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        report_of(tmp_path)
    assert caught.value.code == "journal-missing"
