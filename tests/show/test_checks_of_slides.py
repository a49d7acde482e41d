# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is noticed about the chosen slides: what will not be on stage as its author meant it."""

from __future__ import annotations

import logging

import msgspec
import pytest

from pechakucha.show.checks import Checked, Standards, check_deck, check_show
from pechakucha.show.deck import Deck, PlacedPicture, Slide
from pechakucha.show.format import PECHA_KUCHA, Format
from pechakucha.show.pace import Measure, Pace
from pechakucha.show.plan import Show, Talk
from pechakucha.show.problem import Finding, Severity
from pechakucha.texts import LANGUAGES, Texts

NOTE, WARNING = Severity.NOTE, Severity.WARNING


def a_slide(number: int, **said: object) -> Slide:
    """A slide with nothing wrong but what is said."""
    return Slide(**{"number": number, "picture": f"{number}.jpg", "notes": "Guten Abend.", **said})  # type: ignore[arg-type]


def a_deck(*slides: Slide, **said: object) -> Deck:
    """A deck of these slides on 16:9, and as many plain ones as are missing to 20."""
    numbers = {slide.number for slide in slides}
    plain = [a_slide(number) for number in range(1, 21) if number not in numbers]
    known: dict[str, object] = {
        "kind": "pptx",
        "renderer": "libreoffice",
        "digest": "0" * 64,
        "width_pt": 960.0,
        "height_pt": 540.0,
        "slides": tuple(sorted([*slides, *plain], key=lambda slide: slide.number)),
    }
    return Deck(**{**known, **said})  # type: ignore[arg-type]


def found(deck: Deck, **asked: object) -> tuple[Finding, ...]:
    """What is noticed about a deck."""
    return check_deck(deck, PECHA_KUCHA, **asked).findings  # type: ignore[arg-type]


def in_short(findings: tuple[Finding, ...]) -> list[tuple[str, int | None, object]]:
    """Code, slide and numbers of findings."""
    return [(each.code, each.slide, each.params.get("numbers")) for each in findings]


def test_nothing_is_wrong_with_a_plain_deck() -> None:
    assert found(a_deck()) == ()


@pytest.mark.parametrize(
    ("said", "code", "severity", "params"),
    [
        ({"videos": 2}, "video", WARNING, {}),
        ({"sounds": 1}, "sound", WARNING, {}),
        ({"animated": True}, "animated", WARNING, {}),
        ({"transition": True}, "transition", NOTE, {}),
        ({"advances_s": 7.5}, "auto-advance", NOTE, {"seconds": "7.5", "wanted": 20}),
        ({"links": ("a.png", "b.mp4")}, "linked", WARNING, {"names": "a.png, b.mp4"}),
        ({"smallest_pt": 17.9}, "small-text", WARNING, {"points": "17.9", "least": "18"}),
        ({"notes": ""}, "notes-empty", NOTE, {}),
        ({"notes": "a" * 310}, "notes-too-long", WARNING, {"seconds": 21, "wanted": 20}),
    ],
)
def test_what_is_wrong_with_a_slide_is_told_with_its_number(
    said: dict[str, object], code: str, severity: Severity, params: dict[str, str | int]
) -> None:
    assert found(a_deck(a_slide(4, **said))) == (
        Finding(code=code, severity=severity, slide=4, params={"case": "slide", **params}),
    )


@pytest.mark.parametrize("code", ["video", "linked", "small-text", "notes-too-long"])
def test_what_is_wrong_with_many_slides_is_told_once(code: str) -> None:
    said: dict[str, dict[str, object]] = {
        "video": {"videos": 1},
        "linked": {"links": ("a.png",)},
        "small-text": {"smallest_pt": 12.0},
        "notes-too-long": {"notes": "a" * 500},
    }
    three = found(a_deck(*(a_slide(number, **said[code]) for number in (9, 2, 3))))
    four = found(a_deck(*(a_slide(number, **said[code]) for number in (9, 2, 3, 4))))
    assert in_short(three) == [(code, 2, None), (code, 3, None), (code, 9, None)]
    assert in_short(four) == [(code, None, "2-4, 9")]


def test_slides_are_told_in_the_files_order_whatever_order_they_are_shown_in() -> None:
    deck = a_deck(*(a_slide(number, videos=1) for number in (9, 2, 3, 4)))
    assert in_short(check_deck(deck, Format(2, 20), (9, 3)).findings) == [
        ("video", 3, None),
        ("video", 9, None),
    ]
    assert in_short(check_deck(deck, Format(4, 20), (9, 3, 4, 2)).findings) == [("video", None, "2-4, 9")]


@pytest.mark.parametrize("said", [{"transition": True}, {"advances_s": 3.0}, {"notes": ""}])
def test_what_matters_little_is_told_once_from_two_slides_on(said: dict[str, object]) -> None:
    (finding,) = found(a_deck(a_slide(2, **said), a_slide(7, **said)))
    assert (finding.slide, finding.params["numbers"]) == (None, "2, 7")


def test_the_worst_of_many_is_named() -> None:
    slides = [a_slide(number, smallest_pt=20.0 - number, notes="a" * 100 * number) for number in range(3, 9)]
    findings = {each.code: each.params for each in found(a_deck(*slides))}
    assert findings["small-text"]["points"] == "12"
    assert findings["notes-too-long"]["seconds"] == 53
    links = [a_slide(number, links=(f"{number % 2}.png",)) for number in range(1, 6)]
    (finding,) = found(a_deck(*links))
    assert finding.params["names"] == "1.png, 0.png"


def test_slides_that_stay_away_are_not_judged() -> None:
    wrong = a_slide(4, videos=1, links=("a",), smallest_pt=1, notes="", look="same", fonts=("A",))
    deck = a_deck(wrong, a_slide(5, look="same"))
    assert check_deck(deck, Format(2, 20), (5, 6)).findings == ()
    hidden = a_deck(msgspec.structs.replace(wrong, hidden=True), a_slide(21))
    assert [each.code for each in found(hidden)] == ["hidden-slides"]


def test_cards_are_not_judged() -> None:
    deck = a_deck(*(a_slide(number, hidden=True) for number in (3, 4)))
    assert [each.code for each in found(deck, fill=True)] == ["hidden-slides", "filled-with-card"]


def test_slides_that_advance_in_the_shows_own_time_are_fine() -> None:
    assert found(a_deck(*(a_slide(number, advances_s=20.0) for number in range(1, 21)))) == ()


def test_macros_are_mentioned() -> None:
    assert found(a_deck(macros=True)) == (Finding(code="macros", severity=NOTE),)


@pytest.mark.parametrize(
    ("width", "height", "case", "ratio"),
    [
        (720, 540, "narrow", "4:3"),
        (960, 600, "narrow", "16:10"),
        (1200, 500, "wide", "2.40:1"),
        (540, 960, "narrow", "9:16"),
        (948, 540, "narrow", "1.76:1"),
    ],
)
def test_other_proportions_than_the_stages_leave_bars(
    width: float, height: float, case: str, ratio: str
) -> None:
    assert found(a_deck(width_pt=float(width), height_pt=float(height))) == (
        Finding(
            code="aspect-ratio",
            severity=WARNING,
            params={"case": case, "ratio": ratio, "stage": "16:9"},
        ),
    )


@pytest.mark.parametrize(("width", "height"), [(720.0, 405.0), (959.0, 535.0), (0.0, 0.0)])
def test_proportions_within_a_hundredth_or_unknown_are_fine(width: float, height: float) -> None:
    assert found(a_deck(width_pt=width, height_pt=height)) == ()


@pytest.mark.parametrize(
    ("picture", "coarse"),
    [
        (PlacedPicture(959, 1080, 1.0, 1.0), True),
        (PlacedPicture(1920, 539, 1.0, 1.0), True),
        (PlacedPicture(960, 540, 1.0, 1.0), False),
        (PlacedPicture(200, 200, 0.5, 0.2), True),
        (PlacedPicture(100, 100, 0.3, 0.3), False),
    ],
)
def test_pictures_need_half_of_the_pixels_of_their_place(picture: PlacedPicture, coarse: bool) -> None:
    assert [each.code for each in found(a_deck(a_slide(4, pictures=(picture,))))] == (
        ["coarse-picture"] if coarse else []
    )


def test_the_largest_coarse_picture_is_named() -> None:
    pictures = (PlacedPicture(10, 10, 0.4, 0.4), PlacedPicture(300, 200, 0.9, 0.9))
    (finding,) = found(a_deck(a_slide(4, pictures=pictures)))
    assert (finding.params["pixels"], finding.params["place"]) == ("300 × 200", "1728 × 972")


def test_on_a_narrow_slide_a_picture_takes_fewer_pixels_of_the_stage() -> None:
    slide = a_slide(4, pictures=(PlacedPicture(720, 540, 1.0, 1.0),))
    assert [each.code for each in found(a_deck(slide, width_pt=720.0))] == ["aspect-ratio"]
    assert [each.code for each in found(a_deck(slide))] == ["coarse-picture"]


def test_standards_can_be_others() -> None:
    slide = a_slide(4, smallest_pt=17.0, notes="da " * 100, pictures=(PlacedPicture(960, 540, 1.0, 1.0),))
    strict = Standards(
        stage_width=3840,
        stage_height=2160,
        smallest_pt=16.5,
        pace=Pace(measure=Measure.SYLLABLES, per_minute=200),
    )
    assert [each.code for each in found(a_deck(slide))] == ["small-text"]
    assert [each.code for each in found(a_deck(slide), standards=strict)] == [
        "coarse-picture",
        "notes-too-long",
    ]


def test_notes_are_measured_in_the_shows_time_and_language() -> None:
    slide = a_slide(4, notes="a" * 320)
    assert [each.code for each in found(a_deck(slide), language="de")] == ["notes-too-long"]
    assert found(a_deck(slide), language="en") == ()
    assert check_deck(a_deck(slide), Format(20, 30)).findings == ()


def test_notes_that_are_plainly_in_another_language_are_measured_in_theirs() -> None:
    english = "This is the room that we built for the city. "
    said = a_slide(3, notes=english * 4)
    slide = a_slide(4, notes=english + "a" * 285)  # 320 characters without blanks
    assert found(a_deck(said, slide), language="de") == ()


def test_a_deck_without_any_notes_is_told_so_once() -> None:
    silent = tuple(a_slide(number, notes=" \n") for number in range(1, 21))
    assert found(a_deck(*silent)) == (Finding(code="notes-none", severity=NOTE),)
    for kind in ("pdf", "pictures", "zip"):
        assert found(a_deck(*silent, kind=kind)) == ()
    lost = Finding(code="notes-unreadable", severity=WARNING)
    assert found(a_deck(*silent, findings=(lost,))) == (lost,)


def test_a_slide_that_looks_like_an_earlier_one_is_mentioned() -> None:
    deck = a_deck(a_slide(3, look="a"), a_slide(5, look="b"), a_slide(9, look="a"), a_slide(10, look=""))
    (finding,) = found(deck)
    assert finding == Finding(
        code="same-slide-twice", severity=WARNING, slide=9, params={"case": "slide", "other": 3}
    )


def test_a_slide_that_was_chosen_twice_is_meant_to_be_there_twice() -> None:
    assert check_deck(a_deck(a_slide(3, look="a")), Format(3, 20), (3, 4, 3)).findings == ()


def a_show(*talks: Talk) -> Show:
    """A show of these talks."""
    return Show(title="Mashup", language="en", talks=talks)


def of_talks(checked: dict[str, Checked]) -> dict[str, list[tuple[str, object]]]:
    """Code and city of the findings on each talk."""
    return {
        talk: [(finding.code, finding.params.get("city")) for finding in each.findings]
        for talk, each in checked.items()
    }


def test_two_cities_with_the_same_file_hear_of_each_other() -> None:
    talks = [Talk(id=city.lower(), city=city, deck=f"{city}.pptx") for city in ("Ulm", "Gera", "Brandis")]
    decks = {"ulm": a_deck(), "gera": a_deck(), "brandis": a_deck(digest="1" * 64)}
    assert of_talks(check_show(a_show(*talks), decks)) == {
        "ulm": [("same-deck-twice", "Gera")],
        "gera": [("same-deck-twice", "Ulm")],
        "brandis": [],
    }


def test_two_cities_may_share_a_file_of_which_each_has_its_part() -> None:
    deck = a_deck(*(a_slide(number) for number in range(1, 31)))
    halves = [
        Talk(id="ulm", city="Ulm", deck="a.pptx", slides=tuple(range(1, 16)), fill=True),
        Talk(id="gera", city="Gera", deck="a.pptx", slides=tuple(range(16, 31)), fill=True),
    ]
    checked = check_show(a_show(*halves), {"ulm": deck, "gera": deck})
    assert of_talks(checked) == {"ulm": [("filled-with-card", None)], "gera": [("filled-with-card", None)]}


def test_two_files_that_cannot_be_read_are_not_the_same() -> None:
    talks = [Talk(id=city.lower(), city=city, deck=f"{city}.pptx") for city in ("Ulm", "Gera")]
    unread = Deck(kind="", renderer="", digest="", findings=(Finding(code="empty", severity=Severity.ERROR),))
    assert of_talks(check_show(a_show(*talks), {"ulm": unread, "gera": unread})) == {
        "ulm": [("empty", None)],
        "gera": [("empty", None)],
    }


def test_the_shows_language_and_standards_reach_every_deck() -> None:
    talk = Talk(id="ulm", city="Ulm", deck="a.pptx")
    deck = a_deck(a_slide(4, notes="a" * 320))
    assert of_talks(check_show(a_show(talk), {"ulm": deck})) == {"ulm": []}
    strict = Standards(pace=Pace(per_minute=100))
    assert of_talks(check_show(a_show(talk), {"ulm": deck}, strict)) == {"ulm": [("notes-too-long", None)]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_words(language: str, caplog: pytest.LogCaptureFixture) -> None:
    wrong: dict[str, object] = {
        "videos": 1,
        "sounds": 1,
        "animated": True,
        "transition": True,
        "advances_s": 2.5,
        "links": ("a.png",),
        "smallest_pt": 9.5,
        "notes": "a" * 999,
        "look": "same",
        "fonts": ("Tahoma", "Arial"),
        "drawn_fonts": ("DejaVu Sans", "Liberation Sans"),
        "pictures": (PlacedPicture(9, 9, 1.0, 1.0),),
    }
    one = a_deck(a_slide(3, **wrong), a_slide(4, notes=""), a_slide(5, look="same"), macros=True)
    many = a_deck(*(a_slide(number, **wrong) for number in range(1, 9)), width_pt=720.0)
    silent = a_deck(*(a_slide(number, notes="") for number in range(1, 21)), width_pt=1500.0)
    quiet = a_deck(*(a_slide(number, notes="") for number in range(1, 6)))
    findings = [each for deck in (one, many, silent, quiet) for each in found(deck)]
    talks = [Talk(id=city, city=city, deck="") for city in ("Ulm", "Gera")]
    findings += check_show(a_show(*talks), {"Ulm": a_deck(), "Gera": a_deck()})["Ulm"].findings
    # Twelve codes for one slide and for many, the two sides of bars, and four for whole decks.
    assert len({(each.code, each.params.get("case")) for each in findings}) == 12 * 2 + 2 + 4
    texts = Texts(language)
    for finding in findings:
        assert "{" not in texts.message(finding) + texts.remedy(finding)
    assert [each for each in caplog.records if each.levelno >= logging.ERROR] == []
