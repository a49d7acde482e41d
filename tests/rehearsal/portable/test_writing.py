# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages on disk: their names, their ZIP archives, and places where nothing can be written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.rehearsal.portable.writing import (
    check_page_target,
    open_page_folder,
    page_names,
    write_mailable,
    write_page,
)
from pechakucha.show.problem import Problem


@pytest.mark.parametrize(
    ("cities", "names"),
    [
        (["Ulm", "Gera"], ["Ulm", "Gera"]),
        (["Ulm", "ulm", "ULM"], ["Ulm", "ulm (2)", "ULM (3)"]),
        (["Köln", "Ko\u0308ln"], ["Köln", "Ko\u0308ln (2)"]),
        (["../../etc/passwd"], ["etc-passwd"]),
        (["C:\\Windows", "a/b", "<b>?"], ["C--Windows", "a-b", "b"]),
        (["CON", "nul.txt", "Conz"], ["CON 1", "nul.txt 2", "Conz"]),
        (["", " . ", "///"], ["1", "2", "3"]),
        (["x" * 300], ["x" * 60]),
    ],
)
def test_names_are_those_of_the_cities_as_every_system_can_have_them(
    cities: list[str], names: list[str]
) -> None:
    assert page_names(cities) == names


@given(st.lists(st.text(max_size=80), max_size=12))
def test_whatever_cities_are_called_each_has_a_file_of_its_own(cities: list[str]) -> None:
    names = page_names(cities)
    assert len({name.casefold() for name in names}) == len(cities)
    assert not [name for name in names if set(name) & set('/\\:*?"<>|\0') or not name.strip(". ")]
    assert all(len(name.encode()) < 255 for name in names)


def test_beside_each_page_is_the_same_zipped(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html>" * 1000
    target = write_mailable(tmp_path, "Ulm", page)
    assert target.read_bytes() == page
    with zipfile.ZipFile(tmp_path / "Ulm.zip") as archive:
        assert archive.namelist() == ["Ulm.html"]
        assert archive.read("Ulm.html") == page
    assert (tmp_path / "Ulm.zip").stat().st_size < len(page)


@pytest.mark.parametrize("name", ["page.txt", "page", "page.html.zip"])
def test_a_page_ends_with_html(tmp_path: Path, name: str) -> None:
    with pytest.raises(Problem, match="page-ending"):
        check_page_target(tmp_path / name)


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()
    with pytest.raises(Problem, match="page-ending"):
        check_page_target(tmp_path / "page.html")


def test_what_can_not_be_written_is_told_before_the_work_and_after(tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "page.html"
    for call in (check_page_target, lambda target: write_page(target, b"")):
        with pytest.raises(Problem) as raised:
            call(gone)
        assert raised.value.code == "page-not-written"
        assert raised.value.params["path"] == str(gone)
    with pytest.raises(Problem, match="page-not-written"):
        open_page_folder(tmp_path / "gone" / "pages")
    assert not list(tmp_path.iterdir())


def test_a_file_is_no_folder_for_pages(tmp_path: Path) -> None:
    taken = tmp_path / "pages"
    taken.write_bytes(b"mine")
    with pytest.raises(Problem, match="page-folder-taken"):
        open_page_folder(taken)
    assert taken.read_bytes() == b"mine"


def test_what_else_lies_in_the_folder_stays(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_bytes(b"mine")
    open_page_folder(tmp_path)
    write_mailable(tmp_path, "Ulm", b"first")
    write_mailable(tmp_path, "Ulm", b"second")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["Ulm.html", "Ulm.zip", "notes.txt"]
    assert (tmp_path / "Ulm.html").read_bytes() == b"second"
    assert other.read_bytes() == b"mine"
