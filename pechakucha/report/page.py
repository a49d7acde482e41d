# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report as a page that needs nothing else and may do nothing: no script, no request."""

from __future__ import annotations

from functools import partial

from pechakucha import __version__
from pechakucha.files.page_templates import page_source, page_template, source_hash
from pechakucha.report.charts import FRAME_MS, LATENESS_HEIGHT, WIDTH, lateness_chart, plan_chart
from pechakucha.report.rows import date_of, talk_rows, time_of_day
from pechakucha.report.verdict import behind, verdict
from pechakucha.report.wording import in_vain, story
from pechakucha.show.figures import Report
from pechakucha.texts import Texts


def report_page(figures: Report, texts: Texts) -> bytes:
    """The page of a run, UTF-8."""
    return render_page(
        "report.html",
        texts,
        report=figures,
        verdict=verdict(figures, texts),
        behind=None if figures.behind_s is None else behind(figures.behind_s, texts),
        date=date_of(figures.started or figures.plan_start, texts),
        rows=talk_rows(figures, texts),
        plan=plan_chart(figures),
        lateness=lateness_chart(figures),
        story=story(figures, texts),
        refused=in_vain(figures, texts),
        minute=partial(time_of_day, seconds=figures.speed != 1),
    )


def render_page(template: str, texts: Texts, **told: object) -> bytes:
    """A page in the report's style that may use this style and nothing else."""
    import markupsafe  # noqa: PLC0415  # comes with jinja2, and is wanted late

    style = page_source("report.css")
    policy = f"default-src 'none'; style-src '{source_hash(style)}'; base-uri 'none'; form-action 'none'"
    page = page_template(template, trimmed=True).render(
        texts=texts,
        style=markupsafe.Markup(style),
        policy=policy,
        version=__version__,
        clock=time_of_day,
        width=WIDTH,
        lateness_height=LATENESS_HEIGHT,
        frame_ms=FRAME_MS,
        **told,
    )
    # A city's name may hold what no encoding knows.
    return page.encode("utf-8", "replace")
