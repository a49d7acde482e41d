# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands and their options, as the contract has them.

Annotations are evaluated here (no ``from __future__``), since their help texts are in ``texts``. What a
command alone needs is imported in it: a console must be back at once, whatever ``check`` needs.
"""

import enum
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pechakucha import __version__
from pechakucha.cli.run import open_start, run_show
from pechakucha.cli.terminal import say
from pechakucha.console.run_options import RunOptions
from pechakucha.exit_codes import EXIT_ERRORS, EXIT_FINE, EXIT_USAGE
from pechakucha.files.example import copy_example
from pechakucha.report import writing
from pechakucha.show.format import PECHA_KUCHA, parse_format
from pechakucha.show.selection import parse_selection
from pechakucha.texts import Texts
from pechakucha.ui.screens import has_screen

HEADLESS_DEMO_SPEED = 60.0
SLOWEST, FASTEST = 0.1, 1000.0


class StagePlace(enum.StrEnum):
    """How the audience's window is shown."""

    FULL = "full"
    WINDOW = "window"


class RendererName(enum.StrEnum):
    """What draws PowerPoint files."""

    AUTO = "auto"
    EMBEDDED = "embedded"
    LIBREOFFICE = "libreoffice"
    POWERPOINT = "powerpoint"


class LanguageName(enum.StrEnum):
    """The languages we speak."""

    DE = "de"
    EN = "en"


def build(texts: Texts) -> typer.Typer:
    """The command line with its help in the language of ``texts``."""
    app = typer.Typer(
        help=texts("cli.app"),
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    _add_options(app, texts)
    _add_run(app, texts)
    _add_demo(app, texts)
    _add_preview(app, texts)
    _add_check(app, texts)
    _add_pack(app, texts)
    _add_rehearse_page(app, texts)
    _add_template(app, texts)
    _add_report(app, texts)
    return app


def _add_options(app: typer.Typer, texts: Texts) -> None:
    @app.callback(invoke_without_command=True)
    def options(
        context: typer.Context,
        version: Annotated[bool, typer.Option("--version", help=texts("cli.version"))] = False,
        language: Annotated[LanguageName | None, typer.Option(help=texts("cli.language"))] = None,
    ) -> None:
        del language  # was read before the commands were built
        if version:
            typer.echo(f"pechakucha {__version__}")
        elif context.invoked_subcommand is None:
            raise typer.Exit(open_start(texts))


def _add_run(app: typer.Typer, texts: Texts) -> None:
    @app.command(help=texts("cli.run"))
    def run(
        show: Annotated[Path, typer.Argument(metavar="SHOW", help=texts("cli.show"))],
        stage: Annotated[StagePlace | None, typer.Option(help=texts("cli.stage"))] = None,
        screen: Annotated[int | None, typer.Option(min=1, help=texts("cli.screen"))] = None,
        auto: Annotated[bool, typer.Option("--auto", help=texts("cli.auto"))] = False,
        speed: Annotated[float, typer.Option(min=SLOWEST, max=FASTEST, help=texts("cli.speed"))] = 1.0,
        headless: Annotated[bool, typer.Option("--headless", help=texts("cli.headless"))] = False,
        resume: Annotated[bool, typer.Option("--resume", help=texts("cli.resume"))] = False,
        report: Annotated[Path | None, typer.Option(metavar="FILE", help=texts("cli.report-option"))] = None,
        renderer: Annotated[RendererName, typer.Option(help=texts("cli.renderer"))] = RendererName.AUTO,
        language: Annotated[LanguageName | None, typer.Option(help=texts("cli.language"))] = None,
    ) -> None:
        del language
        wanted = RunOptions(
            stage=stage.value if stage else None,
            screen=screen,
            auto=auto,
            speed=speed,
            headless=headless,
            resume=resume,
            report=report,
            renderer=renderer.value,
        )
        raise typer.Exit(run_show(show, wanted, texts))


def _add_demo(app: typer.Typer, texts: Texts) -> None:
    @app.command(help=texts("cli.demo"))
    def demo(
        speed: Annotated[
            float | None,
            typer.Option(min=SLOWEST, max=FASTEST, help=texts("cli.speed"), show_default=False),
        ] = None,
        resume: Annotated[bool, typer.Option("--resume", help=texts("cli.resume"))] = False,
        language: Annotated[LanguageName | None, typer.Option(help=texts("cli.language"))] = None,
    ) -> None:
        del language

        show = copy_example()
        wanted = RunOptions(speed=speed or 1.0, resume=resume)
        if not has_screen():
            fast = speed or HEADLESS_DEMO_SPEED
            say(texts("demo.no-screen", speed=f"{fast:g}"))
            wanted = wanted._replace(headless=True, auto=True, speed=fast)
        raise typer.Exit(run_show(show, wanted, texts))


def _add_preview(app: typer.Typer, texts: Texts) -> None:
    @app.command(help=texts("cli.preview"))
    def preview(
        deck: Annotated[Path, typer.Argument(metavar="DECK", help=texts("cli.deck"))],
        slides: Annotated[str, typer.Option(help=texts("cli.slides"), show_default=False)] = "",
        format: Annotated[str, typer.Option("--format", help=texts("cli.format"))] = str(PECHA_KUCHA),
        renderer: Annotated[RendererName, typer.Option(help=texts("cli.renderer"))] = RendererName.AUTO,
        language: Annotated[LanguageName | None, typer.Option(help=texts("cli.language"))] = None,
    ) -> None:
        del language
        selection = parse_selection(slides) if slides.strip() else None
        rehearsed_format = parse_format(format)
        # Who names a platform for Qt (offscreen, vnc …) knows what for.
        if not has_screen() and "QT_QPA_PLATFORM" not in os.environ:
            say(texts("rehearsal.no-screen"), style="red")
            raise typer.Exit(EXIT_USAGE)
        from pechakucha.app import run_preview  # noqa: PLC0415  # widgets are heavy and need a screen

        raise typer.Exit(run_preview(deck, renderer.value, texts, selection, rehearsed_format))


def _add_check(app: typer.Typer, texts: Texts) -> None:
    @app.command("check", help=texts("cli.check"))
    def check_command(
        paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=texts("cli.paths"))],
        json: Annotated[bool, typer.Option("--json", help=texts("cli.json"))] = False,
        renderer: Annotated[RendererName, typer.Option(help=texts("cli.renderer"))] = RendererName.AUTO,
        language: Annotated[LanguageName | None, typer.Option(help=texts("cli.language"))] = None,
    ) -> None:
        del language
        from pechakucha.cli import check  # noqa: PLC0415

        decks = check.check_all(paths, renderer.value, texts)
        if json:
            _write(check.as_json(decks, texts))
        else:
            check.print_decks(decks, texts)
        raise typer.Exit(EXIT_FINE if all(each.ready for each in decks) else EXIT_ERRORS)


def _add_pack(app: typer.Typer, texts: Texts) -> None:
    @app.command(help=texts("cli.pack"))
    def pack(
        show: Annotated[Path, typer.Argument(metavar="SHOW", help=texts("cli.show-file"))],
        output: Annotated[
            Path, typer.Option("-o", "--output", metavar="FILE", help=texts("cli.pack-option"))
        ],
        language: Annotated[LanguageName | None, typer.Option(help=texts("cli.language"))] = None,
    ) -> None:
        del language
        from pechakucha.cli.pack import write_show_pack  # noqa: PLC0415

        raise typer.Exit(write_show_pack(show, output, texts))


def _add_rehearse_page(app: typer.Typer, texts: Texts) -> None:
    @app.command("rehearse-page", help=texts("cli.rehearse-page"))
    def rehearse_page(
        path: Annotated[Path, typer.Argument(metavar="DECK|SHOW", help=texts("cli.deck-or-show"))],
        output: Annotated[
            Path, typer.Option("-o", "--output", metavar="FILE|FOLDER", help=texts("cli.page-option"))
        ],
        slides: Annotated[str, typer.Option(help=texts("cli.slides"), show_default=False)] = "",
        format: Annotated[str, typer.Option("--format", help=texts("cli.format"), show_default=False)] = "",
        renderer: Annotated[RendererName, typer.Option(help=texts("cli.renderer"))] = RendererName.AUTO,
        language: Annotated[LanguageName | None, typer.Option(help=texts("cli.language"))] = None,
    ) -> None:
        del language
        from pechakucha.cli.rehearse_page import write_rehearsal  # noqa: PLC0415

        selection = parse_selection(slides) if slides.strip() else None
        wanted = parse_format(format) if format.strip() else None
        raise typer.Exit(
            write_rehearsal(path, output, renderer.value, texts, selection=selection, format=wanted)
        )


def _add_template(app: typer.Typer, texts: Texts) -> None:
    @app.command(help=texts("cli.template"))
    def template(
        output: Annotated[
            Path, typer.Option("-o", "--output", metavar="FILE", help=texts("cli.template-option"))
        ],
        language: Annotated[LanguageName | None, typer.Option(help=texts("cli.language"))] = None,
    ) -> None:
        del language
        from pechakucha.decks.template import write_template  # noqa: PLC0415  # python-pptx takes 0.1 s

        write_template(output, texts)
        say(texts("template.written", path=str(output)))


def _add_report(app: typer.Typer, texts: Texts) -> None:
    @app.command("report", help=texts("cli.report"))
    def report_command(
        run: Annotated[Path, typer.Argument(metavar="RUN", help=texts("cli.run-folder"))],
        output: Annotated[
            Path | None, typer.Option("-o", "--output", metavar="FILE", help=texts("cli.report-option"))
        ] = None,
        language: Annotated[LanguageName | None, typer.Option(help=texts("cli.language"))] = None,
    ) -> None:
        del language

        if output is None:
            _write(writing.as_json(writing.report_of(run)))
        else:
            writing.write_report(run, output, texts)


def _write(content: bytes) -> None:
    """To standard output, in UTF-8 whatever the terminal's encoding is."""
    sys.stdout.buffer.write(content.rstrip() + b"\n")
    sys.stdout.buffer.flush()
