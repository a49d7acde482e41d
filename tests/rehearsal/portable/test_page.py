# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page as a file: what it may do, what it holds, and what strangers' words do to it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from pechakucha.files.locations import assets_folder
from pechakucha.rehearsal.portable.page import page_of
from pechakucha.texts import LANGUAGES, Texts

from .builders import HOSTILE, LONG, a_talk, slides_of

ENGLISH = Texts("en")


class Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.inside: dict[str, list[str]] = {}
        self._open = ""
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._open = tag
        if tag in ("script", "style", "h1", "img"):
            self.inside.setdefault(tag, []).append("")

    def handle_data(self, data: str) -> None:
        """Note it."""
        if self._open in self.inside:
            self.inside[self._open][-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Nothing is inside of it any more."""
        self._open = ""

    def of(self, tag: str) -> list[dict[str, str]]:
        """The attributes of all elements of one kind."""
        return [attributes for name, attributes in self.elements if name == tag]


def policy_of(page: Page) -> dict[str, str]:
    """What the page may do, by directive."""
    (written,) = [each["content"] for each in page.of("meta") if "http-equiv" in each]
    return dict(part.strip().split(" ", 1) for part in written.split(";"))


def hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_nothing_but_its_own_script_style_and_pictures_is_allowed_to_it() -> None:
    page = Page(page_of(a_talk(), ENGLISH))
    words, script = page.inside["script"]
    (style,) = page.inside["style"]
    assert policy_of(page) == {
        "default-src": "'none'",
        "script-src": hash_of(script),
        "style-src": hash_of(style),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert set(json.loads(words)) == set(LANGUAGES)


def test_it_asks_nothing_of_anybody() -> None:
    content = page_of(a_talk(), ENGLISH)
    page = Page(content)
    for _, attributes in page.elements:
        for name in ("src", "href", "action", "srcset", "data", "poster"):
            assert attributes.get(name, "data:").startswith("data:")
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
    assert not {name for name, _ in page.elements} & {"iframe", "object", "embed", "base", "form", "a"}
    without_pictures = re.sub(rb"data:[^\"]*", b"", content)
    assert not re.search(rb"https?://|//[a-z]+\.|url\(|@import|fetch\(|XMLHttp|WebSocket", without_pictures)
    assert not re.search(rb"innerHTML|document\.write|eval\(|localStorage|indexedDB", without_pictures)


def test_line_ends_of_a_checkout_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = tmp_path / "pages"
    shutil.copytree(assets_folder() / "pages", pages)
    for file in pages.rglob("*.*"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    usual = page_of(a_talk(1), ENGLISH)
    monkeypatch.setattr("pechakucha.files.page_templates.assets_folder", lambda: tmp_path)
    assert page_of(a_talk(1), ENGLISH) == usual


@pytest.mark.parametrize("where", ["name", "title", "presenters"])
def test_a_hostile_name_is_shown_as_it_is_written(where: str) -> None:
    fine, hostile = a_talk(), msgspec.structs.replace(a_talk(), **{where: HOSTILE})
    page, usual = Page(page_of(hostile, ENGLISH)), Page(page_of(fine, ENGLISH))
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in usual.elements]
    assert page.inside["script"] == usual.inside["script"]
    assert html.escape(HOSTILE, quote=False).split("&#39;")[0][:20] in page_of(hostile, ENGLISH).decode()
    if where == "name":
        assert page.inside["h1"][0] == HOSTILE


def test_hostile_notes_are_shown_as_they_are_written(tmp_path: Path) -> None:
    talk = msgspec.structs.replace(a_talk(), slides=slides_of(HOSTILE, tmp_path))
    page = Page(page_of(talk, ENGLISH))
    assert len(page.of("script")) == 2
    assert page.of("img") == []


def test_where_the_time_is_over_in_the_notes_there_is_a_line(tmp_path: Path) -> None:
    (slide,) = slides_of(LONG, tmp_path)
    assert slide.within + slide.beyond == LONG.strip()
    assert slide.needed_s == pytest.approx(60 * 800 / 920)
    assert len(slide.within.replace(" ", "")) == pytest.approx(920 / 3, abs=4)
    content = page_of(msgspec.structs.replace(a_talk(), slides=(slide,)), Texts("de")).decode()
    assert re.search(r'Wort <span class="cut"[^>]*>20 s vorbei</span> <span class="beyond">Wort', content)


def test_notes_that_fit_have_no_line(tmp_path: Path) -> None:
    (slide,) = slides_of("  Kurz.\nUnd gut.  ", tmp_path)
    assert (slide.within, slide.beyond) == ("Kurz.\nUnd gut.", "")
    content = page_of(msgspec.structs.replace(a_talk(), slides=(slide,)), ENGLISH).decode()
    assert 'class="cut"' not in content


def test_a_slide_without_a_picture_has_the_card(tmp_path: Path) -> None:
    talk = msgspec.structs.replace(a_talk(), slides=slides_of("", tmp_path))
    assert '<div class="card">Ulm</div>' in page_of(talk, ENGLISH).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_it_speaks_the_language_it_was_written_in(language: str) -> None:
    texts = Texts(language)
    content = page_of(a_talk(), texts).decode()
    assert f'<html lang="{language}">' in content
    assert f">{texts('page.hold')}<" in content


def test_the_names_of_files_may_hold_what_no_encoding_knows() -> None:
    assert b"Ul?m" in page_of(a_talk(1, name="Ul\udcffm"), ENGLISH)


def test_every_script_of_the_folder_is_in_the_page() -> None:
    _, script = Page(page_of(a_talk(1), ENGLISH)).inside["script"]
    for file in (assets_folder() / "pages" / "rehearse").glob("*.js"):
        assert file.read_text("utf-8") in script, file.name
    assert "</" not in script
    assert "<!--" not in script
