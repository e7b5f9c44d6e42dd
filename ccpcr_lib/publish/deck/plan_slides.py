"""The plan and the trend → slides: every indicator against its target, and how the first of them has grown."""

import pandas as pd

from ...words import in_language, say
from ..charts.growth import growth_plot
from ..release import DAGGER, Release, marked
from ..text.indicators import IndicatorTable, history_line, indicator_table, year_of
from ..text.progress import progress_sentence
from ..text.targets import has_targets, no_targets
from .charts import add_plot
from .draw import add_slide, titled
from .stage import Stage
from .table_slides import FOOT, Surround, add_frame, fingerprint
from .text import on_one_line

LEFT_OUT = ("unit", "baseline", "due", "notes")
"""Columns of the indicator table that a slide has no room for; the hand-out and the pages have them."""

LOWEST = 250.0
"""A chart of a year is at least this many points high."""


def add_plan(stage: Stage, release: Release) -> None:
    """Add the slides of the plan and the trend."""
    heading = _in_each_language(release)
    stage = titled(stage, heading)
    table = indicator_table(release)
    notes, shown = _notes(release, table.on_one_line), _shown(release, table)
    is_disputed = any(DAGGER in text for row in shown.to_numpy() for text in row)
    foot = _foot(stage, release, is_disputed=is_disputed)
    if not has_targets(release):
        foot = [*on_one_line(no_targets(release), FOOT, stage.body.width), *foot]
    add_frame(stage, marked(heading, is_disputed), shown, notes, foot=foot)
    plot = growth_plot(release)
    if plot:
        planned = next(achieved for achieved in release.achievements if achieved.target)
        spoken = progress_sentence(release, planned)
        foot = _foot(stage, release, is_disputed=bool(plot.findings) or DAGGER in spoken)
        surrounds = [Surround(stage, spoken.split("\n"), foot), Surround(stage, (), foot)]
        around = next((around for around in surrounds if around.room.height >= LOWEST), surrounds[-1])
        is_disputed = bool(plot.findings) or any(DAGGER in line for line in around.sentence)
        slide = add_slide(stage, marked(heading, is_disputed), notes)
        add_plot(slide, around.write(slide), plot, "plan")


def _foot(stage: Stage, release: Release, *, is_disputed: bool) -> list[str]:
    """Name the workbooks, and say that figures are in dispute if they are."""
    lines = on_one_line(history_line(release, between="\n"), FOOT, stage.body.width)
    disputed = on_one_line(release.say("deck_dispute", between="\n"), FOOT, stage.body.width)
    return [*lines, *(disputed if is_disputed else ())]


def _in_each_language(release: Release) -> str:
    """Give the title with the year behind it, in each language."""
    year = year_of(release)
    return in_language(release.language, lambda language: f"{say('indicators_title', language)}, {year}", between="\n")


def _shown(release: Release, table: IndicatorTable) -> pd.DataFrame:
    """Take the columns that a slide has room for."""
    kept = [place for place, column in enumerate(table.columns) if column not in LEFT_OUT]
    rows = [[row[place] for place in kept] for row in table.rows]
    index = pd.Index(table.on_one_line.names, name=release.say("indicator", between="\n"))
    return pd.DataFrame(rows, index=index, columns=[table.heads[place] for place in kept], dtype="str")


def _notes(release: Release, table: IndicatorTable) -> list[str]:
    """List where the figures come from, which of the notes speak of which indicator, and the notes."""
    marked = [f"{name}: {row[-1]}" for name, row in zip(table.names, table.rows, strict=True) if row[-1]]
    return [table.source, *marked, *table.notes, fingerprint(release)]
