# SPDX-License-Identifier: AGPL-3.0-or-later
"""The local socket: every listener hears the same, and none can do the stage any harm."""

from __future__ import annotations

import socket
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from files.builders import with_slides
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot
from show.builders import a_talk, cue

from pechakucha.live.link import Listener, StageLink, link_name, stage_answers
from pechakucha.live.messages import Command, Cued, FromStage, Greeting, Refused, Status, line
from pechakucha.show.cues import Action, Add, Black, Hold, Message, Resume, Start
from pechakucha.show.rules import Refusal

from .builders import BLOCK

GREETING = Greeting(
    version="1", folder="/runs/1", pid=7, snapshot=BLOCK, cues=(cue(1, Start("ulm")),), status=Status()
)


class Ears(Listener):
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[FromStage] = []
        self.losses = 0
        self.heard.connect(self.messages.append)
        self.lost.connect(self._count)

    def _count(self) -> None:
        self.losses += 1


@pytest.fixture
def name() -> str:
    """A socket of this test alone."""
    return f"pechakucha-test-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def stage(qapp: object, name: str) -> Iterator[StageLink]:
    link = StageLink(lambda: GREETING)
    assert link.listen(name)
    yield link
    link.close()


@pytest.fixture
def listen(qtbot: QtBot, name: str) -> Iterator[Callable[[], Ears]]:
    """Makes listeners that have been greeted."""
    made: list[Ears] = []

    def make() -> Ears:
        ears = Ears()
        made.append(ears)
        ears.connect_to(name)
        qtbot.waitUntil(lambda: bool(ears.messages))
        return ears

    yield make
    for ears in made:
        ears.close()


def raw(qtbot: QtBot, name: str) -> QLocalSocket:
    """A program that is connected and is none of ours."""
    program = QLocalSocket()
    program.connectToServer(name)
    assert program.waitForConnected(2000)
    return program


def test_every_listener_is_greeted_first(stage: StageLink, listen: Callable[[], Ears]) -> None:
    assert listen().messages == [GREETING]
    assert listen().messages == [GREETING]


def test_all_listeners_hear_the_same(stage: StageLink, listen: Callable[[], Ears], qtbot: QtBot) -> None:
    one, other = listen(), listen()
    said: list[FromStage] = [
        Cued(cue(2, Hold())),
        Status(recording=False, lateness_ns=5),
        Cued(cue(3, Resume()), 4),
    ]
    for message in said:
        stage.tell_all(message)
    qtbot.waitUntil(lambda: len(one.messages) == len(other.messages) == 4)
    assert one.messages == other.messages == [GREETING, *said]


@pytest.mark.parametrize(
    "action",
    [
        Start("köln-1abc"),
        Message("Wir warten auf Ulm – „gleich“\nund mehr"),
        Message(None),
        Add(with_slides(a_talk("ulm")), "bern"),
    ],
)
def test_a_command_arrives_as_it_was_sent(
    stage: StageLink, listen: Callable[[], Ears], qtbot: QtBot, action: Action
) -> None:
    ears = listen()
    with qtbot.waitSignal(stage.commanded, timeout=2000) as heard:
        assert ears.send(Command(7, action))
    assert heard.args is not None
    assert heard.args[0] == Command(7, action)


def test_only_who_asked_hears_the_refusal(stage: StageLink, listen: Callable[[], Ears], qtbot: QtBot) -> None:
    refusal = Refusal("start-locked", {"seconds": 2})
    stage.commanded.connect(lambda command, who: stage.tell(who, Refused(command.number, refusal)))
    one, other = listen(), listen()
    one.send(Command(41, Start("ulm")))
    qtbot.waitUntil(lambda: len(one.messages) == 2)
    stage.tell_all(Status())
    qtbot.waitUntil(lambda: len(other.messages) == 2)
    assert one.messages[1] == Refused(41, refusal)
    assert other.messages == [GREETING, Status()]


@pytest.mark.parametrize(
    "garbage",
    [
        b"\n",
        b"GET / HTTP/1.1\n",
        b"\xff\xfe\x00\n",
        b'{"say":"command"}\n',
        b'{"say":"command","number":1,"action":{"cue":"explode"}}\n',
        b'{"say":"command","number":"1","action":{"cue":"end"}}\n',
    ],
)
def test_garbage_is_left_out_and_the_next_command_counts(
    stage: StageLink, name: str, qtbot: QtBot, garbage: bytes
) -> None:
    heard: list[Command] = []
    stage.commanded.connect(lambda command, _: heard.append(command))
    program = raw(qtbot, name)
    program.write(garbage + line(Command(1, Hold())))
    program.flush()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Command(1, Hold())]


def test_a_command_in_two_pieces_is_one_command(stage: StageLink, name: str, qtbot: QtBot) -> None:
    heard: list[Command] = []
    stage.commanded.connect(lambda command, _: heard.append(command))
    program = raw(qtbot, name)
    sent = line(Command(1, Black(on=True)))
    program.write(sent[:9])
    program.flush()
    stage.tell_all(Status())
    qtbot.waitUntil(lambda: program.bytesAvailable() > 0)
    assert heard == []
    program.write(sent[9:])
    program.flush()
    qtbot.waitUntil(lambda: bool(heard))


def test_a_message_that_cannot_be_read_is_left_out(name: str, qtbot: QtBot) -> None:
    """A newer stage may say what this console does not know."""
    server = QLocalServer()
    assert server.listen(name)
    ears = Ears()
    ears.connect_to(name)
    qtbot.waitUntil(server.hasPendingConnections)
    server.nextPendingConnection().write(b'{"say":"weather"}\n' + line(Status()))
    qtbot.waitUntil(lambda: bool(ears.messages))
    assert ears.messages == [Status()]
    ears.close()
    server.close()


def test_when_the_stage_goes_its_listeners_are_told(
    stage: StageLink, listen: Callable[[], Ears], qtbot: QtBot
) -> None:
    one, other = listen(), listen()
    stage.close()
    qtbot.waitUntil(lambda: one.losses > 0 and other.losses > 0)
    assert (one.losses, other.losses) == (1, 1)
    assert not one.connected
    assert not one.send(Command(1, Hold()))


def test_where_there_is_no_stage_that_is_told_once(name: str, qtbot: QtBot) -> None:
    ears = Ears()
    with qtbot.waitSignal(ears.lost, timeout=2000):
        ears.connect_to(name)
    assert ears.losses == 1
    assert not ears.send(Command(1, Hold()))


def test_a_listener_that_goes_is_forgotten(
    stage: StageLink, listen: Callable[[], Ears], qtbot: QtBot
) -> None:
    one, other = listen(), listen()
    one.close()
    for number in range(20):
        stage.tell_all(Cued(cue(number, Hold())))
    qtbot.waitUntil(lambda: len(other.messages) == 21)
    assert one.messages == [GREETING]
    assert one.losses == 0


def test_what_was_said_last_still_arrives(stage: StageLink, listen: Callable[[], Ears], qtbot: QtBot) -> None:
    ears = listen()
    stage.tell_all(Status(refusals=99))
    stage.close()
    qtbot.waitUntil(lambda: ears.losses > 0)
    assert ears.messages[-1] == Status(refusals=99)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes leave nothing behind")
def test_a_dead_stages_socket_is_taken_over(name: str, qtbot: QtBot) -> None:
    alive = QLocalServer()
    assert alive.listen(name)
    path = alive.fullServerName()
    alive.close()
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(path)  # closed without being removed, as when a process is killed
    assert Path(path).is_socket()
    stage = StageLink(lambda: GREETING)
    assert stage.listen(name)
    ears = Ears()
    ears.connect_to(name)
    qtbot.waitUntil(lambda: bool(ears.messages))
    ears.close()
    stage.close()


def test_a_listener_that_never_reads_is_let_go_and_the_others_hear_everything(
    stage: StageLink, listen: Callable[[], Ears], name: str, qtbot: QtBot
) -> None:
    frozen = raw(qtbot, name)
    frozen.setReadBufferSize(1)
    ears = listen()
    long = Cued(cue(1, Message("x" * 100_000)))
    for _ in range(100):
        with qtbot.waitSignal(ears.heard):
            stage.tell_all(long)
    assert ears.messages == [GREETING] + [long] * 100
    frozen.setReadBufferSize(0)
    qtbot.waitUntil(lambda: frozen.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert ears.connected


def test_an_endless_line_is_cut_off(stage: StageLink, name: str, qtbot: QtBot) -> None:
    program = raw(qtbot, name)
    block = b"x" * 1_000_000
    for _ in range(18):
        program.write(block)
    qtbot.waitUntil(lambda: program.state() == QLocalSocket.LocalSocketState.UnconnectedState)


def test_the_name_follows_from_the_folder_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, other = tmp_path / "Show.runs" / "1", tmp_path / "Show.runs" / "2"
    run.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert link_name(run) == link_name(Path("Show.runs/../Show.runs/1"))
    assert link_name(run) != link_name(other)


def test_a_stage_answers_while_it_is_alive(tmp_path: Path, qtbot: QtBot) -> None:
    assert not stage_answers(tmp_path)
    stage = StageLink(lambda: GREETING)
    assert stage.listen(link_name(tmp_path))
    assert stage_answers(tmp_path)
    stage.close()
    assert not stage_answers(tmp_path)
