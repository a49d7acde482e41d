# SPDX-License-Identifier: AGPL-3.0-or-later
"""What on a slide of a PPTX moves, sounds, changes by itself, or is not in the file at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from pechakucha.decks.pptx_shapes import qname
from pechakucha.show.deck import Slide

_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_VIDEOS = (qname("a:videoFile"), qname("a:quickTimeFile"))
_SOUNDS = (qname("a:audioFile"), qname("a:wavAudioFile"), qname("a:audioCd"))
_MEDIA = f"{{{_P14}}}media"
_SOUND_OF_SLIDE = (f"{qname('p:sndAc')}/{qname('p:stSnd')}", f"{qname('p:tgtEl')}/{qname('p:sndTgt')}")
"""The sound of a transition, and sounds of animations."""

_EFFECTS = tuple(
    qname(f"p:{tag}")
    for tag in ("anim", "animClr", "animEffect", "animMotion", "animRot", "animScale", "set", "cmd")
)
_PLAYING = ("play", "pause", "resume", "stop", "toggle")
"""How the commands begin that PowerPoint adds by itself for each video and sound."""

_NO_EFFECT = frozenset({qname("p:cut"), qname("p:sndAc"), qname("p:extLst")})
_LINKED_KINDS = frozenset({"image", "video", "audio", "media", "oleObject", "package", "chart"})
_RELATION = qname("r:id").removesuffix("id")


def read_motion(slide: Slide, part: Any, behind: tuple[Any, ...]) -> Slide:
    """The slide with its media, animations, transition and links; nothing is fetched.

    Args:
        slide: so far.
        part: the slide's, of python-pptx, its alternatives chosen.
        behind: the parts of its layout and master.
    """
    sheet = part._element
    videos, sounds = _media(sheet, part)
    transition = sheet.find(qname("p:transition"))
    return msgspec.structs.replace(
        slide,
        videos=videos,
        sounds=sounds + sum(len(list(sheet.iterfind(f".//{path}"))) for path in _SOUND_OF_SLIDE),
        animated=_is_animated(sheet),
        transition=transition is not None and any(each.tag not in _NO_EFFECT for each in transition),
        advances_s=_advances_s(transition),
        links=tuple(dict.fromkeys(name for each in (part, *behind) for name in _links(each))),
    )


def _media(sheet: Any, part: Any) -> tuple[int, int]:
    """How many shapes of a slide hold a video, and how many a sound."""
    videos = sounds = 0
    for holder in sheet.iter(qname("p:nvPr")):
        if any(holder.find(tag) is not None for tag in _VIDEOS):
            videos += 1
        elif any(holder.find(tag) is not None for tag in _SOUNDS):
            sounds += 1
        elif (media := next(holder.iter(_MEDIA), None)) is not None:
            if _is_sound(media, part):
                sounds += 1
            else:
                videos += 1
    return videos, sounds


def _is_sound(media: Any, part: Any) -> bool:
    embedded = part.rels.get(media.get(f"{_RELATION}embed", ""))
    return embedded is not None and embedded.target_part.content_type.startswith("audio/")


def _is_animated(sheet: Any) -> bool:
    timing = sheet.find(qname("p:timing"))
    return timing is not None and any(
        each.tag != qname("p:cmd") or not each.get("cmd", "").startswith(_PLAYING)
        for each in timing.iter(*_EFFECTS)
    )


def _advances_s(transition: Any) -> float | None:
    after_ms = None if transition is None else transition.get("advTm")
    return None if after_ms is None else int(after_ms) / 1000


def _links(part: Any) -> Iterator[str]:
    """The names of what a sheet takes from elsewhere; relations that nothing refers to are leftovers."""
    external = {
        key: relation.target_ref
        for key, relation in part.rels.items()
        if relation.is_external and relation.reltype.rpartition("/")[2] in _LINKED_KINDS
    }
    if external:
        for element in part._element.iter():
            for name, value in element.items():
                if name.startswith(_RELATION) and value in external:
                    yield _shown_name(external[value])


def _shown_name(target: str) -> str:
    """The last part of a path; of an address on the web its host too, since names there say little."""
    address = urlsplit(target)
    plain = unquote(address.path if address.scheme in ("http", "https", "file") else target)
    name = plain.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return f"{address.hostname}/{name}".rstrip("/") if address.scheme in ("http", "https") else name
