# SPDX-License-Identifier: AGPL-3.0-or-later
"""From codes with parameters to sentences."""

from __future__ import annotations

import logging
import string
from collections.abc import Mapping
from pathlib import Path

import pytest

from pechakucha.decks.kinds import look
from pechakucha.files.show_file import read_show
from pechakucha.show.checks import check_deck
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.format import PECHA_KUCHA
from pechakucha.show.problem import Finding, Problem, Severity
from pechakucha.show.rules import Refusal
from pechakucha.texts import LANGUAGES, Texts
from pechakucha.texts.catalogue import read_catalogue

GERMAN, ENGLISH = Texts("de"), Texts("en")


@pytest.fixture
def of(monkeypatch: pytest.MonkeyPatch) -> type[Texts]:
    """Texts with a small catalogue of their own."""
    catalogue: Mapping[str, object] = {
        "a": {
            "slides": {"one": "{count} slide", "other": "{count} slides"},
            "clock": {"behind": "{minutes} min late", "ahead": "{minutes} min early"},
            "by": "drawn by {who:names}, {what:kinds}",
            "number": "{share:decimal} ms",
            "plain": "{given} {share:.2f}",
        },
        "names": {"qt": "the renderer"},
        "kinds": {"ppt": "old", "other": "new {value}"},
    }
    monkeypatch.setattr("pechakucha.texts.catalogue.read_catalogue", lambda _language: catalogue)
    return Texts


def finding(code: str, *, slide: int | None = None, **params: str | int | float) -> Finding:
    """A finding with these parameters."""
    return Finding(code=code, severity=Severity.ERROR, slide=slide, params=params)


def sentences(table: Mapping[str, object], before: str = "") -> list[tuple[str, str]]:
    """Every sentence with its dotted name."""
    found: list[tuple[str, str]] = []
    for key, entry in table.items():
        name = f"{before}{key}"
        found += sentences(entry, f"{name}.") if isinstance(entry, Mapping) else [(name, str(entry))]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_formatted(language: str, caplog: pytest.LogCaptureFixture) -> None:
    texts = Texts(language)
    words_for_parameters = ("renderer.", "kind.", "reason.")
    for name, sentence in sentences(read_catalogue(language)):
        if name.startswith(words_for_parameters):
            continue
        given = {field: f"<{field}>" for _, field, _, _ in string.Formatter().parse(sentence) if field}
        said = texts(name, **given)
        assert "{" not in said, name
        assert all(value in said for value in given.values()), name
    assert caplog.records == []


def test_another_language_is_english() -> None:
    assert Texts("fr").language == "en"
    assert Texts("fr")("card.thanks") == "Thank you"


@pytest.mark.parametrize("code", ["card.nonsense", "nonsense", "card", "card.thanks.more", ""])
def test_an_unknown_code_comes_back_and_is_logged(code: str, caplog: pytest.LogCaptureFixture) -> None:
    assert GERMAN(code, size=3) == code
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "no sentence" in caplog.text


def test_an_unknown_variant_is_an_unknown_code(of: type[Texts], caplog: pytest.LogCaptureFixture) -> None:
    assert of("en")("a.clock", case="sideways", minutes=2) == "a.clock"
    assert of("en")("a.clock", minutes=2) == "a.clock"
    assert len(caplog.records) == 2


def test_a_missing_parameter_is_seen_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert ENGLISH("card.order", number=1) == "{number} of {count}"
    assert "a parameter is missing" in caplog.text


@pytest.mark.parametrize(("count", "words"), [(0, "0 slides"), (1, "1 slide"), (2, "2 slides")])
def test_plurals_go_by_count(of: type[Texts], count: int, words: str) -> None:
    assert of("en")("a.slides", count=count) == words


def test_variants_go_by_case(of: type[Texts]) -> None:
    assert of("en")("a.clock", case="behind", minutes=2) == "2 min late"
    assert of("en")("a.clock", case="ahead", minutes=3) == "3 min early"


def test_a_parameter_is_said_in_the_words_of_a_table(of: type[Texts]) -> None:
    assert of("en")("a.by", who="qt", what="ppt") == "drawn by the renderer, old"
    assert of("en")("a.by", who="gs", what="{x}") == "drawn by gs, new {x}"


def test_numbers_have_the_languages_decimal_point(of: type[Texts]) -> None:
    assert of("de")("a.number", share="1.5") == "1,5 ms"
    assert of("en")("a.number", share=1.5) == "1.5 ms"
    assert of("de")("a.plain", given="1.5", share=1.5) == "1.5 1.50"


@pytest.mark.parametrize("name", ["{x}.pptx", "{0}", "{", "}", "{{a}}", "%s", "[bold]", "{name!r:kind}"])
@pytest.mark.parametrize("texts", [GERMAN, ENGLISH], ids=LANGUAGES)
def test_braces_in_a_parameter_do_no_harm(texts: Texts, name: str, caplog: pytest.LogCaptureFixture) -> None:
    assert name in texts.message(finding("not-readable", name=name, reason=name))
    assert name in texts.problem(Problem("show-unreadable", path=name, reason=name))
    assert name in texts.refusal(Refusal("deck-not-ready", {"city": name}, finding("empty", name=name)))
    assert name in texts.message(finding("kind-unsupported", kind=name))
    assert caplog.records == []


def test_a_file_with_braces_in_its_name_goes_all_the_way(tmp_path: Path) -> None:
    path = tmp_path / "{slides}.pptx"
    path.touch()
    noticed = look(path).finding
    assert noticed is not None
    assert GERMAN.message(noticed) == "„{slides}.pptx“ ist leer: Die Datei hat keinen Inhalt."


def test_dates_read_as_they_are_written_in_each_language() -> None:
    assert GERMAN("card.date", day=25, month=GERMAN("month.3"), year=2021) == "25. März 2021"
    assert ENGLISH("card.date", day=25, month=ENGLISH("month.3"), year=2021) == "March 25, 2021"


@pytest.mark.parametrize(("slides", "words"), [(21, "vorgesehen sind aber 20"), (1, "nur 1 von 20 nötigen")])
def test_both_wrong_numbers_of_slides_have_words(slides: int, words: str) -> None:
    deck = Deck(
        kind="pdf",
        renderer="pymupdf",
        digest="0" * 64,
        slides=tuple(Slide(number=number, picture="1.jpg") for number in range(1, slides + 1)),
    )
    blocker = check_deck(deck, PECHA_KUCHA).blocker
    assert blocker is not None
    assert words in GERMAN.message(blocker)
    assert "anfordern" in GERMAN.remedy(blocker)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("colour = 1", "“colour” is not known"),
        ("date = 2021-03-25", "“title” is missing"),
        ("title = 3", "the value of “title” does not fit"),
        ("title = 'a'\n[[talk]]\ncity = 'Ulm'\ndeck = 'a'\nroom = 3", "talk 1: “room” is not known"),
        ("title = 'a'\n[[talk]]\ncity = 'Ulm'", "talk 1: “deck” is missing"),
        ("title = 'a'\n[[talk]]\ncity = 3\ndeck = 'a'", "talk 1: the value of “city” does not fit"),
    ],
)
def test_what_is_wrong_with_a_show_file_is_named(
    tmp_path: Path, content: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "show.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Problem) as raised:
        read_show(path)
    assert words in ENGLISH.problem(raised.value)
    assert str(path) in GERMAN.problem(raised.value)
    assert caplog.records == []


def test_a_refusal_says_what_is_wrong_with_the_deck_and_where() -> None:
    refused = Refusal("deck-not-ready", {"city": "Ulm"}, finding("slide-not-drawn", slide=7))
    assert GERMAN.refusal(refused) == (
        f"Ulm kann nicht starten: Folie 7: {GERMAN('finding.slide-not-drawn')} "
        f"{GERMAN('remedy.slide-not-drawn')}"
    )
    assert ENGLISH.refusal(Refusal("run-ended")) == "The block is over."


def test_names_of_ours_and_reasons_of_the_system_are_put_into_words() -> None:
    fallen_back = finding(
        "renderer-fell-back", failed="libreoffice", instead="embedded", reason="import-timeout"
    )
    assert GERMAN.message(fallen_back) == (
        "Die Folien wurden durch das eingebaute Darstellungsmodul dargestellt, denn LibreOffice ist "
        "gescheitert (es dauerte zu lange)."
    )
    denied = finding("not-readable", name="ulm.pptx", reason="Permission denied")
    assert GERMAN.message(denied) == "„ulm.pptx“ lässt sich nicht lesen (der Zugriff wird verweigert)."
    assert "a PowerPoint file in the old format" in ENGLISH.message(finding("kind-unsupported", kind="ppt"))
    assert "a file of the kind .txt" in ENGLISH.message(finding("kind-unsupported", kind="txt"))
