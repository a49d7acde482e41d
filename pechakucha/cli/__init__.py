# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line."""

from __future__ import annotations

import io
import logging
import sys

import typer
from PySide6.QtCore import QLocale

from pechakucha.cli.commands import build
from pechakucha.cli.terminal import say
from pechakucha.exit_codes import EXIT_ERRORS, EXIT_FINE, EXIT_INTERRUPTED, EXIT_UNEXPECTED, EXIT_USAGE
from pechakucha.files.locations import log_folder
from pechakucha.files.logs import LOG, start_log
from pechakucha.show.problem import Problem
from pechakucha.texts import LANGUAGES, Texts

_CALL_PROBLEMS = {
    "show-not-found",
    "run-not-found",
    "report-ending",
    "report-not-writable",
    "renderer-not-available",
    "no-screen",
    "no-screen-start",
    "pack-already",
    "pack-not-written",
    "pack-target-taken",
    "template-ending",
    "template-not-written",
    "template-taken",
    "selection-invalid",
    "page-ending",
    "page-folder-taken",
    "page-not-written",
    "page-format-of-show",
    "format-invalid",
    "page-slides-of-show",
}
"""What is wrong with the call itself, not with decks or a run."""

_log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code. No traceback reaches a person."""
    given = sys.argv[1:] if arguments is None else arguments
    log = log_folder() / LOG
    start_log(log)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal may know fewer characters than we use
    texts = Texts(_wanted(given) or system_language())
    try:
        typer.main.get_command(build(texts)).main(args=given, prog_name="pechakucha")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except Problem as problem:
        say(texts.problem(problem), style="red")
        return EXIT_USAGE if problem.code in _CALL_PROBLEMS else EXIT_ERRORS
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception:
        _log.critical("unexpected", exc_info=True)
        say(texts("problem.unexpected", log=str(log)), style="red")
        return EXIT_UNEXPECTED
    return EXIT_FINE


def system_language() -> str:
    """The first of the languages that the person has chosen in the system and that we speak."""
    for language in QLocale.system().uiLanguages():
        if language[:2] in LANGUAGES:
            return language[:2]
    return "en"


def _wanted(given: list[str]) -> str | None:
    """The language asked for, known before the commands are built since their help is in it."""
    for index, word in enumerate(given):
        if word.startswith("--language="):
            return word.partition("=")[2]
        if word == "--language" and index + 1 < len(given):
            return given[index + 1]
    return None
