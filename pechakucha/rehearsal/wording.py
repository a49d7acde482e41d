# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the preview says about a rehearsal at a moment: plain values, no widgets."""

from __future__ import annotations

import math

import msgspec

from pechakucha.rehearsal.rehearsal import Mode, Phase, Rehearsal
from pechakucha.rehearsal.take import TALK
from pechakucha.show.drill import BREATH_SECONDS, repetition
from pechakucha.show.marks import Mark
from pechakucha.show.run import COUNTDOWN_SECONDS
from pechakucha.show.scene import Countdown, EndCard, OnSlide, Scene, State
from pechakucha.show.slip import Coming, coming
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
        coming: what comes next, None where it is too early to say so.
        dimmed: whether the slide is there without its time running.
    """

    index: int
    figure: str
    share: float
    tone: str
    place: str
    of: str
    line: str
    done: float
    coming: Coming | None = None
    dimmed: bool = False


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
    if isinstance(scene, OnSlide) and rehearsal.mode is Mode.DRILL:
        return _in_drill(view, rehearsal, state, at_ns, texts)
    if isinstance(scene, OnSlide):
        return _on_slide(view, rehearsal, state, scene.until_ns - at_ns, texts)
    if phase is Phase.OVER:
        length = minutes(rehearsal.run.snapshot.format.talk_seconds)
        line = ""
        if rehearsal.mode is Mode.TALK:
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
    return card(rehearsal.run, State(scene=scene), texts)


def _on_slide(view: View, rehearsal: Rehearsal, state: State, left_ns: int, texts: Texts) -> View:
    seconds = rehearsal.run.snapshot.format.seconds
    left = _whole_seconds(left_ns)
    rest = minutes(left + (len(rehearsal.slides) - view.index - 1) * seconds)
    held = state.held_ns is not None
    share = min(1.0, max(0.0, left_ns / (seconds * NS)))
    return msgspec.structs.replace(
        view,
        figure=str(left),
        share=share,
        tone=_tone(left, held=held),
        line=texts("rehearsal.left-held" if held else "rehearsal.left", time=rest),
        done=view.index + 1 - share,
        coming=coming(rehearsal.slides, view.index, left_ns, behind=rehearsal.behind(state)),
    )


def _in_drill(view: View, rehearsal: Rehearsal, state: State, at_ns: int, texts: Texts) -> View:
    drill = rehearsal.run.snapshot
    assert isinstance(state.scene, OnSlide)
    now = repetition(drill, state.scene, at_ns)
    left, held = _whole_seconds(now.left_ns), state.held_ns is not None
    seconds = BREATH_SECONDS if now.breath else drill.format.seconds - BREATH_SECONDS
    share = min(1.0, now.left_ns / (seconds * NS))
    tone = _tone(left, held=held)
    return msgspec.structs.replace(
        view,
        figure=str(left),
        share=share,
        tone="count-in" if now.breath and not held else tone,
        line=texts("rehearsal.repetition-held" if held else "rehearsal.repetition", number=now.number),
        done=view.index + (0.0 if now.breath else 1 - share),
        dimmed=now.breath,
    )


def mark_words(rehearsal: Rehearsal, mark: Mark | None, texts: Texts) -> str:
    """What a press of Space was counted for."""
    if mark is None:
        return ""
    drill = rehearsal.mode is Mode.DRILL
    seconds = rehearsal.run.snapshot.format.seconds - (BREATH_SECONDS if drill else 0)
    number = rehearsal.first + (0 if drill else mark.index) + 1
    over = mark.used_s - seconds
    if over > 0:
        return texts("rehearsal.said-late", number=number, seconds=round(over, 1))
    return texts("rehearsal.said-after", number=number, seconds=round(mark.used_s, 1))


def along_words(rehearsal: Rehearsal, texts: Texts) -> str:
    """With what this view runs along, and by how much it was moved."""
    along = rehearsal.along
    if along is None:
        return ""
    case = "hand" if not along.by_code else "code" if along.talk is None else "talk"
    words = texts("rehearsal.along-with", case=case, number=along.talk or 0)
    return f"{words} · {moved(along.moved_s, texts)}" if along.nudges else words


def moved(seconds: float, texts: Texts) -> str:
    """How far a view is moved on (or back, below zero): +0.5 s."""
    sign = "+" if seconds > 0 else "−" if seconds < 0 else "±"
    return sign + texts("rehearsal.seconds", seconds=abs(seconds))


def _tone(left: int, *, held: bool) -> str:
    return "held" if held else "close" if left <= CLOSE_SECONDS else "live"


def _whole_seconds(left_ns: int) -> int:
    """Rounded up."""
    return max(0, math.ceil(left_ns / NS - 1e-6))


def _in_all(rehearsal: Rehearsal, texts: Texts) -> str:
    length = minutes(rehearsal.run.snapshot.format.talk_seconds)
    return texts("rehearsal.from-here" if rehearsal.first else "rehearsal.in-all", time=length)
