"""One table → its slides: the native table, its native charts, the sentence that says what it shows, its source.

Table and first chart stand side by side where both can be read; otherwise one after the other.
"""

from collections.abc import Sequence

import pandas as pd

from .. import theme
from ..display import footnote, title
from ..plots import Plot, plots_of
from ..release import DAGGER, Release
from ..sentences import sentence
from .blocks import Sheet, frame_sheet, table_sheet
from .draw import add_part, add_plot, add_slide, add_text
from .layout import Part, lay_out
from .stage import GAP, Box, Stage
from .text import Style, height

SAID = Style(theme.SLIDE_POINTS)
FOOT = Style(theme.SLIDE_POINTS, colour=theme.MUTED)
BESIDE = 0.56
"""How much of the width a table may take beside a chart."""
CHART_NARROWEST, CHART_LOWEST = 340.0, 200.0
MOST_ROWS_BESIDE = 8


def add_table(stage: Stage, release: Release, name: str) -> None:
    """Add the slides of one table."""
    sheet, plots = table_sheet(release, release.table(name)), plots_of(release, name)
    heading, notes = title(release, name) + release.dagger(name), table_notes(release, name)
    said, foot = sentence(release, name).split("\n"), _foot(release, name)
    room = _room(stage, said, foot)
    beside = _beside(sheet, plots, room)
    parts = [beside] if beside else lay_out(sheet, (room.width, room.height))
    for number, part in enumerate(parts, 1):
        slide = add_slide(stage, _numbered(heading, number, len(parts)), notes)
        area = _frame(stage, slide, said, foot)
        add_part(slide, part, (area.left, area.top), name, heading)
        if beside:
            left = area.left + part.wide + 2 * GAP
            add_plot(slide, Box(left, area.top, area.right - left, area.height), plots[0], f"{name} chart")
    for plot in plots[1 if beside else 0 :]:
        slide = add_slide(stage, heading, notes)
        add_plot(slide, _frame(stage, slide, said, foot), plot, f"{name} {plot.form}")


def add_frame(stage: Stage, heading: str, frame: pd.DataFrame, notes: Sequence[str], *, foot: Sequence[str] = ()) -> None:
    """Add the slides of any plain frame as a native table: indicators, the plan and the trend."""
    parts = lay_out(frame_sheet(frame), (stage.body.width, _room(stage, (), foot).height))
    for number, part in enumerate(parts, 1):
        slide = add_slide(stage, _numbered(heading, number, len(parts)), notes)
        area = _frame(stage, slide, (), foot)
        add_part(slide, part, (area.left, area.top), heading, heading)


def _numbered(heading: str, number: int, of: int) -> str:
    return heading if of == 1 else f"{heading} ({number}/{of})"


def _beside(sheet: Sheet, plots: Sequence[Plot], room: Box) -> Part | None:
    """Lay a table out so that its first chart has room beside it; None where one of the two could not be read."""
    parts = lay_out(sheet, (room.width * BESIDE, room.height))
    if not plots or len(parts) > 1 or len(plots[0].numbers) > MOST_ROWS_BESIDE or room.height < CHART_LOWEST:
        return None
    return parts[0] if room.width - parts[0].wide - 2 * GAP >= CHART_NARROWEST else None


def _room(stage: Stage, said: Sequence[str], foot: Sequence[str]) -> Box:
    """Say what is left of the body between the sentence above and the source below."""
    body = stage.body
    top = body.top + (height(said, SAID, body.width) + GAP if said else 0)
    bottom = body.bottom - (height(foot, FOOT, body.width) + GAP if foot else 0)
    return Box(body.left, top, body.width, bottom - top)


def _frame(stage: Stage, slide, said: Sequence[str], foot: Sequence[str]) -> Box:
    """Write the sentence and the source on a slide, and give the room between them."""
    body, room = stage.body, _room(stage, said, foot)
    if said:
        add_text(slide, Box(body.left, body.top, body.width, room.top - body.top - GAP), said, SAID).name = "Sentence"
    if foot:
        box = Box(body.left, room.bottom + GAP, body.width, body.bottom - room.bottom - GAP)
        add_text(slide, box, foot, FOOT).name = "Source"
    return room


def _foot(release: Release, name: str) -> list[str]:
    """Write what stands under a table: its notes as typed, what its marks mean, its source."""
    table = release.table(name)
    marked = {cell.mark for cell in table.cells}
    noted = "; ".join(f"{note.mark} {note.text}" for note in table.footnotes if note.mark in marked)
    lines = [noted] if noted else []
    if table.spec.totals[0].once:
        lines += release.say("at_least_note").split(" · ")
    if table.has_blanks:
        lines.append(f"{theme.number(None)} {release.say('not_reported')}")
    if release.disputes(name):
        lines += release.say("deck_dispute").split(" · ")
    return [*lines, release.source_line(name)]


def table_notes(release: Release, name: str) -> list[str]:
    """Say where a table's figures come from, what was noted in its cells, and why they are in dispute."""
    table, cells = release.table(name), [item.source for item in release.table(name).base if item.source]
    lines = [release.source_line(name)]
    if cells:
        lines.append(release.say("deck_cells", count=len(cells), first=cells[0], last=cells[-1]))
    if any(cell.percent is not None for cell in table.cells):
        lines.append(release.say("percent_note"))
    lines += [f"{note.mark} {footnote(release, note)}" for note in table.footnotes]
    lines += [f"{DAGGER} {item.statement}" for item in release.disputes(name)]
    return [*lines, fingerprint(release)]


def fingerprint(release: Release) -> str:
    """Name the workbook that everything was read from, so that it can be told from any other."""
    return release.say("deck_fingerprint", file=release.report.workbook, sha256=release.report.sha256)
