# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long it takes to say something."""

from __future__ import annotations

import re

import pytest

from pechakucha.show.pace import Measure, Pace, characters, seconds_to_speak, syllables

GERMAN = (
    "Gu-ten A-bend und herz-lich will-kom-men. In un-se-rer Stadt ha-ben wir in den letz-ten zwei Jah-ren "
    "ge-mein-sam mit Bür-ge-rin-nen und Bür-gern ei-ne di-gi-ta-le Platt-form auf-ge-baut, auf der al-le "
    "Da-ten zu-sam-men-lau-fen. Die Feu-er-wehr sieht da-mit in Echt-zeit, wo das Was-ser steigt, und die "
    "Ver-wal-tung kann schnel-ler ent-schei-den. Neu-e Sen-so-ren mes-sen Tem-pe-ra-tur, Feuch-tig-keit und "
    "Laut-stär-ke auf öf-fent-li-chen Plät-zen. Im nächs-ten Jahr kom-men wei-te-re Stadt-tei-le da-zu. "
    "Wir freu-en uns auf eu-re Fra-gen und I-de-en."
)
"""Parted into syllables by hand; pyphen 0.18 finds 133 in it, since it leaves no letter alone."""

ENGLISH = (
    "Good eve-ning and a ve-ry warm wel-come. O-ver the last two years we have built a plat-form "
    "to-ge-ther with the peo-ple of our ci-ty, where all the da-ta come to-ge-ther. The fire bri-gade can "
    "see in real time where the wa-ter is ri-sing, and the coun-cil de-cides fas-ter than be-fore. New "
    "sen-sors mea-sure tem-pe-ra-ture, mois-ture and noise on pub-lic squares. We changed the lit-tle "
    "ta-bles that were nee-ded."
)
"""Parted by hand; pyphen's English patterns find a tenth too few."""


@pytest.mark.parametrize(("parted", "language"), [(GERMAN, "de"), (ENGLISH, "en")])
def test_syllables_are_nearly_those_that_a_person_counts(parted: str, language: str) -> None:
    by_hand = len(re.findall(r"\w+", parted))
    assert syllables(parted.replace("-", ""), language) == pytest.approx(by_hand, rel=0.02)


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("Straße", "de", 2),
        ("Qualität", "de", 3),
        ("Theater", "de", 3),
        ("Bauernhäuser", "de", 4),
        ("made", "en", 1),
        ("makes", "en", 1),
        ("table", "en", 2),
        ("needed", "en", 2),
        ("changed", "en", 1),
        ("boxes", "en", 2),
        ("the", "en", 1),
        ("rhythm", "en", 1),
        ("2021", "de", 8),
        ("pst", "de", 1),
        ("… – !", "de", 0),
    ],
)
def test_syllables_of_a_word(word: str, language: str, count: int) -> None:
    assert syllables(word, language) == count
    assert syllables(word.upper(), language) == count


def test_blanks_are_no_characters() -> None:
    assert characters(" Guten\n\tAbend ") == 10


@pytest.mark.parametrize(
    ("language", "measure", "text", "per_minute"),
    [
        ("de", Measure.CHARACTERS, "abcde " * 92, 920),
        ("en", Measure.CHARACTERS, "abcde " * 92, 987),
        ("de", Measure.SYLLABLES, "da " * 460, 307),
        ("en", Measure.SYLLABLES, "da " * 460, 313),
    ],
)
def test_the_rate_is_that_of_readers(language: str, measure: Measure, text: str, per_minute: float) -> None:
    assert seconds_to_speak(text, language, Pace(measure=measure)) == pytest.approx(60 * 460 / per_minute)


@pytest.mark.parametrize("language", [None, "fr"])
def test_an_unknown_language_is_spoken_at_the_slower_rate(language: str | None) -> None:
    assert seconds_to_speak(GERMAN, language, Pace()) == seconds_to_speak(GERMAN, "de", Pace())
    assert seconds_to_speak(GERMAN, language, Pace()) > seconds_to_speak(GERMAN, "en", Pace())


def test_a_rate_of_ones_own_goes_before() -> None:
    assert seconds_to_speak("abcde", "de", Pace(per_minute=60)) == 5
    assert seconds_to_speak("da da", "en", Pace(measure=Measure.SYLLABLES, per_minute=60)) == 2


def test_nothing_takes_no_time() -> None:
    assert seconds_to_speak(" \n", None, Pace()) == 0
