# SPDX-License-Identifier: AGPL-3.0-or-later
"""PowerPoint by way of a stand-in for its COM objects, which notes down what is asked of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pechakucha.decks import powerpoint
from pechakucha.decks.drawing import STAGE, Job, Refused
from pechakucha.decks.drawing_task import draw_deck
from pechakucha.decks.powerpoint import Com, PowerPointRenderer, save_with_powerpoint
from pechakucha.decks.pptx_facts import read_facts
from pechakucha.decks.worker_messages import Answer, Draw, Finished, Foreign

from .conftest import COLOURS, centre_colour, coloured_pdf, coloured_pptx, compound_file, is_near

OURS, THEIRS = 4711, 815


class ComError(Exception):
    """As pywin32 raises it."""

    def __init__(self, said: str | None) -> None:
        super().__init__(-2147352567, "Exception occurred.")
        self.strerror = "Exception occurred."
        self.excepinfo = (0, "PowerPoint", said, "", 0, -2147467259)


class PowerPoint:
    """The application object, and everything that can go wrong with it.

    Attributes:
        calls: what was set and called, in order.
        others: how many presentations of the person are open in it.
        fails: by the name of what is called, what it raises.
        pages: the colours of the pages that it saves.
        joins: what the person does in it while it saves: ``others`` and ``Visible`` as they are then.
    """

    def __init__(self) -> None:
        self.__dict__.update(AutomationSecurity=1, DisplayAlerts=2, Visible=0)
        self.__dict__.update(calls=[], others=0, fails={}, pages=COLOURS, joins={}, running=set())
        self.__dict__["Presentations"] = Presentations(self)

    def __setattr__(self, name: str, value: object) -> None:
        self.did(name, value)
        self.__dict__[name] = value

    def did(self, name: str, *arguments: object) -> None:
        self.calls.append((name, *arguments))
        if name in self.fails:
            raise self.fails[name]

    def Quit(self) -> None:  # noqa: N802
        self.did("Quit")
        self.running.clear()

    @property
    def names(self) -> list[str]:
        return [name for name, *_ in self.calls]

    def com(self) -> Com:
        def dispatch(name: str) -> PowerPoint:
            self.did("dispatch", name)
            self.running.update(() if self.running else {OURS})
            return self

        return Com(
            lambda: self.did("initialize"),
            lambda: self.did("uninitialize"),
            dispatch,
            lambda: frozenset(self.running),
        )


class Presentations:
    def __init__(self, application: PowerPoint) -> None:
        self.application, self.open = application, 0

    @property
    def Count(self) -> int:  # noqa: N802
        return self.open + self.application.others

    def Open(self, *arguments: object) -> Presentation:  # noqa: N802
        self.application.did("Open", *arguments)
        self.open += 1
        return Presentation(self.application)


class Presentation:
    def __init__(self, application: PowerPoint) -> None:
        self.application, self.PrintOptions = application, PrintOptions(application)

    def SaveAs(self, target: str, kind: int) -> None:  # noqa: N802
        self.application.__dict__.update(self.application.joins)
        self.application.did("SaveAs", target, kind)
        if kind == 32:
            coloured_pdf(Path(target), self.application.pages)
        else:
            coloured_pptx(Path(target), hidden=[2])

    def Close(self) -> None:  # noqa: N802
        self.application.did("Close")
        self.application.Presentations.open -= 1


class PrintOptions:
    def __init__(self, application: PowerPoint) -> None:
        self.__dict__["application"] = application

    def __setattr__(self, name: str, value: object) -> None:
        self.application.did(name, value)


@pytest.fixture
def application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PowerPoint:
    monkeypatch.setattr(powerpoint.tempfile, "gettempdir", lambda: str(tmp_path))
    return PowerPoint()


@pytest.fixture
def told() -> list[tuple[str, int]]:
    """What the job's ``foreign`` and ``released`` are told."""
    return []


@pytest.fixture
def job(tmp_path: Path, told: list[tuple[str, int]]) -> Job:
    source = coloured_pptx(tmp_path / "deck.pptx", hidden=[3])
    (tmp_path / "drawn").mkdir()
    return Job(
        source,
        read_facts(source).slides,
        STAGE,
        tmp_path / "drawn",
        tmp_path,
        lambda *_: None,
        foreign=lambda process: told.append(("foreign", process)),
        released=lambda process: told.append(("released", process)),
    )


def reason(application: PowerPoint, job: Job) -> str:
    """Why drawing fails; in a way after which the next renderer takes over."""
    with pytest.raises(Refused) as caught:
        PowerPointRenderer(application.com).draw(job)
    finding = caught.value.finding
    assert (finding.code, finding.params["renderer"]) == ("renderer-failed", "powerpoint")
    return str(finding.params["reason"])


@pytest.mark.parametrize("all_pages", [False, True])
def test_slides_get_their_own_pages_whether_hidden_ones_have_one_or_not(
    application: PowerPoint, job: Job, all_pages: bool
) -> None:
    application.__dict__["pages"] = COLOURS if all_pages else [*COLOURS[:2], *COLOURS[3:]]

    drawn = PowerPointRenderer(application.com).draw(job)

    assert sorted(drawn.pictures) == [1, 2, 4, 5]
    for number, name in drawn.pictures.items():
        assert is_near(centre_colour(job.pictures / name), COLOURS[number - 1])


def test_a_deck_is_opened_without_macros_dialogs_window_or_changes(application: PowerPoint, job: Job) -> None:
    PowerPointRenderer(application.com).draw(job)

    pdf = str(job.scratch / "powerpoint.pdf")
    assert application.calls == [
        ("initialize",),
        ("dispatch", "PowerPoint.Application"),
        ("AutomationSecurity", 3),
        ("DisplayAlerts", 1),
        ("Open", str(job.source), -1, 0, 0),
        ("PrintHiddenSlides", 0),
        ("SaveAs", pdf, 32),
        ("Close",),
        ("Quit",),
        ("uninitialize",),
    ]


def test_powerpoint_gets_to_see_a_harmless_copy_only(application: PowerPoint, job: Job) -> None:
    misnamed = job.source.rename(job.source.with_suffix(".odp"))

    PowerPointRenderer(application.com).draw(job._replace(source=misnamed))

    (opened,) = [call[1] for call in application.calls if call[0] == "Open"]
    assert opened == str(job.scratch / "harmless.pptx")


def test_a_powerpoint_that_was_started_for_us_is_told_of_and_ended(
    application: PowerPoint, job: Job, told: list[tuple[str, int]]
) -> None:
    PowerPointRenderer(application.com).draw(job)

    assert told == [("foreign", OURS)]
    assert application.running == set()


@pytest.mark.parametrize(("others", "visible"), [(0, 0), (0, -1), (2, -1)])
@pytest.mark.parametrize("fails", [{}, {"SaveAs": ComError("no")}])
def test_the_persons_own_powerpoint_stays_as_it_was(
    application: PowerPoint,
    job: Job,
    told: list[tuple[str, int]],
    others: int,
    visible: int,
    fails: dict[str, Exception],
) -> None:
    application.__dict__.update(running={THEIRS}, others=others, Visible=visible, fails=fails)

    if fails:
        reason(application, job)
    else:
        PowerPointRenderer(application.com).draw(job)

    assert (told, application.running) == ([], {THEIRS})
    assert "Close" in application.names
    assert "Quit" not in application.names
    assert (application.AutomationSecurity, application.DisplayAlerts) == (1, 2)
    assert ("AutomationSecurity", 3) in application.calls


@pytest.mark.parametrize("joins", [{"others": 1}, {"Visible": -1}])
def test_a_powerpoint_that_became_the_persons_own_meanwhile_is_left_alone(
    application: PowerPoint, job: Job, told: list[tuple[str, int]], joins: dict[str, int]
) -> None:
    application.__dict__["joins"] = joins

    PowerPointRenderer(application.com).draw(job)

    assert told == [("foreign", OURS), ("released", OURS)]
    assert "Quit" not in application.names
    assert (application.AutomationSecurity, application.DisplayAlerts) == (1, 2)


@pytest.mark.parametrize("what", ["dispatch", "AutomationSecurity", "Open", "SaveAs"])
def test_whatever_fails_the_next_renderer_takes_over(application: PowerPoint, job: Job, what: str) -> None:
    application.fails[what] = ComError("Presentations.Open : The file is damaged.")

    assert reason(application, job) == "Presentations.Open : The file is damaged."
    assert application.names[-1] == "uninitialize"
    assert application.running == set()
    assert not list(job.pictures.iterdir())


@pytest.mark.parametrize("what", ["PrintHiddenSlides", "Close", "Quit"])
def test_what_fails_beside_the_pdf_is_no_matter(application: PowerPoint, job: Job, what: str) -> None:
    application.fails[what] = ComError("no printer")

    assert len(PowerPointRenderer(application.com).draw(job).pictures) == 4


def test_reasons_are_told_as_far_as_they_are_known(application: PowerPoint, job: Job) -> None:
    application.fails["Open"] = ComError(None)
    assert reason(application, job) == "Exception occurred."

    application.fails["Open"] = AttributeError("Open")
    assert reason(application, job) == "Open"

    def no_com() -> Com:
        raise ImportError("No module named 'pythoncom'")

    with pytest.raises(Refused, match="No module named"):
        PowerPointRenderer(no_com).draw(job)


def test_a_pdf_that_is_missing_damaged_or_of_other_pages_is_powerpoints_fault(
    application: PowerPoint, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    application.__dict__["pages"] = COLOURS[:2]
    with pytest.raises(Refused, match="pages-mismatch"):
        PowerPointRenderer(application.com).draw(job)

    monkeypatch.setattr(Presentation, "SaveAs", lambda self, target, kind: Path(target).write_bytes(b"%PDF-"))
    assert reason(application, job) == "damaged"

    (job.scratch / "powerpoint.pdf").unlink()
    monkeypatch.setattr(Presentation, "SaveAs", lambda self, target, kind: None)
    assert reason(application, job) == "no PDF was written"


def test_one_worker_waits_for_the_other(application: PowerPoint, job: Job) -> None:
    """Else the first to be done would end the other's PowerPoint."""
    from threading import Thread

    with powerpoint._alone():
        waiting = Thread(target=PowerPointRenderer(application.com).draw, args=(job,))
        waiting.start()
        waiting.join(0.3)
        assert application.calls == []
    waiting.join(30)
    assert application.names[-1] == "uninitialize"


def test_an_old_deck_is_saved_for_its_facts_and_pages_at_once(application: PowerPoint, job: Job) -> None:
    old = compound_file(job.scratch / "deck.ppt", "PowerPoint Document")

    saved = save_with_powerpoint(job._replace(source=old, slides=()), application.com)

    facts = read_facts(saved.pptx)
    assert [slide.number for slide in facts.slides if slide.hidden] == [2]
    assert application.names.count("Open") == 1
    drawn = PowerPointRenderer(application.com).draw(job._replace(slides=facts.slides, converted=saved.pdf))
    assert sorted(drawn.pictures) == [1, 3, 4, 5]
    assert application.names.count("Open") == 1


def test_the_worker_tells_the_process_that_works_for_it(
    application: PowerPoint, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(powerpoint, "com_of_windows", application.com)
    task = Draw(
        source=str(job.source),
        kind="pptx",
        renderer="powerpoint",
        width=192,
        height=108,
        pictures=str(job.pictures),
        scratch=str(job.scratch),
    )
    answers: list[Answer] = []

    draw_deck(task, answers.append)

    assert Foreign(OURS) in answers
    assert isinstance(answers[-1], Finished)
    assert len([slide for slide in answers[-1].deck.slides if slide.picture]) == 4


def test_the_processes_of_this_person_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Process:
        def __init__(self, pid: int, name: str | None, username: str) -> None:
            self.pid, self.info = pid, {"name": name, "username": username}

    me = powerpoint.psutil.Process().username()
    running: list[Any] = [
        Process(1, "POWERPNT.EXE", me),
        Process(2, "POWERPNT.EXE", "somebody else"),
        Process(3, "EXCEL.EXE", me),
        Process(4, None, me),
    ]
    monkeypatch.setattr(powerpoint.psutil, "process_iter", lambda _: running)

    assert powerpoint.powerpoint_processes() == {1}
