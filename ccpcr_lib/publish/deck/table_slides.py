"""One table → its slides: the native table, its native charts, the sentence that says what it shows, its source.

Table and first chart stand side by side where both can be read; otherwise one after the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from ...analysis.tables import Table
from ...model.finding import Finding
from ...model.wording import definitions, table_title
from ...words import one_line
from .. import theme
from ..charts.forms import plots_of
from ..charts.kinds import native_of
from ..charts.plot import Plot, row_name
from ..release import DAGGER, Release, marked
from ..text.sentences import sentence, sentence_disputes
from ..text.table import footnote, is_bound, percent_notes, shown_notes
from .blocks import TableBlocks, frame_blocks, table_blocks, without_marks
from .charts import LABELS_WIDEST, add_plot, title_height
from .draw import add_slide, add_text, titled
from .layout import Part, lay_out
from .stage import GAP, Box, Stage
from .tables import add_part
from .text import Style, count_lines, height, on_one_line, width

if TYPE_CHECKING:
    from pptx.slide import Slide

SENTENCE = Style(theme.SLIDE_POINTS)
FOOT = Style(theme.SLIDE_POINTS, colour=theme.MUTED)
BESIDE = 0.56
"""How much of the width a table may take beside a chart."""
CHART_NARROWEST, CHART_FRAME, CHART_LINE = 340.0, 50.0, 20.0
"""What a chart needs: its width, the height of its legend, that of a line."""
CROWDING = 1.35
"""How much more than its room a chart may want before it goes on over several slides."""
KHMER_ROOM = 1.5
"""How much more room labels in two languages need."""
FEW_ROWS = 3
"""Beside a table only a chart of so few rows may have labels of several lines."""
MOST_PARTS = 2
"""A table in more parts than this goes without what stands above and below it, where that makes them fewer."""


@dataclass(frozen=True)
class Surround:
    """What stands above a table or chart (the sentence) and below it (notes, source), and the room in between."""

    stage: Stage
    sentence: Sequence[str]
    foot: Sequence[str]

    @property
    def room(self) -> Box:
        """What is left of the body."""
        body = self.stage.body
        top = body.top + (height(self.sentence, SENTENCE, body.width) + GAP if self.sentence else 0)
        bottom = body.bottom - (height(self.foot, FOOT, body.width) + GAP if self.foot else 0)
        return Box(body.left, top, body.width, bottom - top)

    def write(self, slide: "Slide") -> Box:
        """Write sentence, notes and source on a slide, and give the room between them."""
        body, room = self.stage.body, self.room
        if self.sentence:
            box = Box(body.left, body.top, body.width, room.top - body.top - GAP)
            add_text(slide, box, self.sentence, SENTENCE).name = "Sentence"
        if self.foot:
            box = Box(body.left, room.bottom + GAP, body.width, body.bottom - room.bottom - GAP)
            add_text(slide, box, self.foot, FOOT).name = "Source"
        return room


def add_table(stage: Stage, release: Release, name: str) -> None:
    """Add the slides of one table."""
    subject = Subject(titled(stage, _heading(release, name)), release, name)
    blocks, plots = table_blocks(release, release.table(name)), plots_of(release, name)
    findings = subject.findings(release.disputes(name))
    beside = _beside(blocks, plots, subject.surrounds(findings, is_table=True)[0].room)
    if beside:
        findings = subject.findings((*release.disputes(name), *plots[0].findings))
        _add_parts(subject, (subject.surrounds(findings, is_table=True)[0], [beside]), findings, beside=plots[0])
    else:
        _add_parts(subject, _fitting(blocks, subject.surrounds(findings, is_table=True)), findings)
    for plot in plots[1 if beside else 0 :]:
        pieces = plot.pieces(_rows_shown(plot, subject.surrounds(plot.findings)[-2].room))
        for number, piece in enumerate(pieces, 1):
            _add_chart(subject, piece, page=(number, len(pieces)))


@dataclass(frozen=True)
class Subject:
    """What slides are about: a table, in a release, on a stage."""

    stage: Stage
    release: Release
    name: str

    def findings(self, shown: Iterable[Finding]) -> tuple[Finding, ...]:
        """Join the findings that dispute what a slide shows with those that dispute the sentence above it."""
        spoken = sentence_disputes(self.release, self.name)
        return self.release.in_order(shown, spoken)

    def surrounds(self, findings: Sequence[Finding], *, is_table: bool = False) -> list[Surround]:
        """List what may stand around it, the most first: sentence, notes and source; nothing on a small slide.

        With the source of a table goes what its percents add to, while there is room for both.
        """
        lines, room = sentence(self.release, self.name).splitlines(), self.stage.body.width
        source = _source(self.release, self.name, room, is_disputed=bool(findings))
        alone: list[tuple[list[str], list[str]]] = [([], source), ([], [])]
        if is_table and percent_notes(self.release.table(self.name)):
            source = _after_percents(self.release, self.release.table(self.name), source, room)
            alone = [([], source), *alone]
        foot = [*_marks(self.release, self.name), *source]
        return [Surround(self.stage, *around) for around in ((lines, foot), (lines, source), *alone)]

    def add_slide(self, findings: Sequence[Finding], page: tuple[int, int]) -> "Slide":
        """Add a slide with the table's title, marked where something shown there is in dispute."""
        heading, notes = _heading(self.release, self.name), table_notes(self.release, self.name, findings)
        return add_slide(self.stage, marked(heading, findings), notes, page=page)


def _heading(release: Release, name: str) -> str:
    return table_title(name, release.language, between="\n")


def _add_parts(
    subject: Subject, laid: tuple[Surround, Sequence[Part]], findings: Sequence[Finding], *, beside: Plot | None = None
) -> None:
    """Add the slides of a table's parts, with a chart beside a lone one."""
    surround, parts = laid
    for number, part in enumerate(parts, 1):
        is_marked = bool(surround.sentence) or beside or _has_mark(part)
        slide = subject.add_slide(findings if is_marked else (), page=(number, len(parts)))
        room = surround.write(slide)
        words = one_line(marked(_heading(subject.release, subject.name), subject.release.disputes(subject.name)))
        add_part(slide, part, (room.left, room.top), name=subject.name, words=words)
        if beside:
            left = room.left + part.wide + 2 * GAP
            add_plot(slide, Box(left, room.top, room.right - left, room.height), beside, subject.name)


def _has_mark(part: Part) -> bool:
    return any(DAGGER in text for block in part.blocks for text in block.paragraphs)


def _add_chart(subject: Subject, plot: Plot, *, page: tuple[int, int]) -> None:
    """Add a slide of a chart, with the sentence where there is room for it."""
    spoken = subject.findings(plot.findings)
    surround, findings = _around(plot, subject.surrounds(spoken)[1:-1]), spoken
    if not surround.sentence:
        surround, findings = _around(plot, subject.surrounds(plot.findings)[2:-1]), plot.findings
    slide = subject.add_slide(findings, page)
    add_plot(slide, surround.write(slide), plot, subject.name)


def _rows_shown(plot: Plot, room: Box) -> int:
    """Count the rows of a chart that one slide takes: all while they can be read, else as many as have ample room."""
    needed = _chart_height(plot, room.width) / room.height
    return len(plot.rows) if needed <= CROWDING else max(int(len(plot.rows) / needed), 1)


def _around(plot: Plot, surrounds: Sequence[Surround]) -> Surround:
    """Choose as much to stand around a chart as leaves it room."""
    fitting = (around for around in surrounds if _chart_height(plot, around.room.width) <= around.room.height)
    return next(fitting, surrounds[-1])


def add_frame(
    stage: Stage, heading: str, frame: pd.DataFrame, notes: Sequence[str], *, foot: Sequence[str] = ()
) -> None:
    """Add the slides of any plain frame as a native table: indicators, the plan and the trend."""
    stage = titled(stage, heading)
    around, parts = _fitting(frame_blocks(frame), [Surround(stage, (), foot), Surround(stage, (), ())])
    for number, part in enumerate(parts, 1):
        slide = add_slide(stage, heading, notes, page=(number, len(parts)))
        room = around.write(slide)
        add_part(slide, part, (room.left, room.top), name=one_line(heading), words=one_line(heading))


def _fitting(blocks: TableBlocks, surrounds: Sequence[Surround]) -> tuple[Surround, list[Part]]:
    """Lay a table out in the first surround that it fits as a whole, else in two parts; otherwise in the largest room.

    Without the notes under it a table has no marks that lead to them; the speaker notes have them all.
    """
    laid = [
        (surround, _laid(without_marks(blocks) if place else blocks, surround.room))
        for place, surround in enumerate(surrounds)
    ]
    fitting = [(surround, parts) for surround, (parts, fits) in laid if fits]
    few = [(surround, parts) for surround, parts in fitting if len(parts) <= MOST_PARTS]
    few = few or [(surround, parts) for surround, parts in fitting if surround.foot][-1:]
    surround, (parts, _) = laid[-1]
    return min(few or fitting, key=lambda choice: len(choice[1]), default=(surround, parts))


def _laid(blocks: TableBlocks, room: Box) -> tuple[list[Part], bool]:
    """Lay a table out for a room; return its parts, and whether all of them fit it."""
    parts = lay_out(blocks, (room.width, room.height))
    return parts, all(part.high <= room.height for part in parts)


def _beside(blocks: TableBlocks, plots: Sequence[Plot], room: Box) -> Part | None:
    """Lay a table out so that its first chart has room beside it; None where one of the two could not be read."""
    parts = lay_out(blocks, (room.width * BESIDE, room.height))
    width = room.width - parts[0].wide - 2 * GAP
    if not plots or len(parts) > 1 or parts[0].high > room.height or width < CHART_NARROWEST:
        return None
    wraps = _label_lines(plots[0], width) > 1 and len(plots[0].rows) > FEW_ROWS
    return None if wraps or _chart_height(plots[0], width) > room.height else parts[0]


def _chart_height(plot: Plot, width: float) -> float:
    """Give the height that a chart needs so that no two labels meet: those of its rows, and those at its bars."""
    native, lines = native_of(plot), _label_lines(plot, width)
    bars = len(plot.columns) if native.is_lying and not native.is_stacked else 1
    line = CHART_LINE if len(plot.rows) <= theme.CROWDED else theme.CROWDED_POINTS * CHART_LINE / theme.CELL_POINTS
    row = line * max(bars, lines * (KHMER_ROOM if plot.is_bilingual else 1))
    return CHART_FRAME + title_height(plot, width) + len(plot.rows) * row


def _label_lines(plot: Plot, width: float) -> float:
    """Count the lines that a row needs so that no two labels meet: half of one label's and half of the next one's."""
    style, room = Style(theme.CELL_POINTS), width * LABELS_WIDEST
    lines = [count_lines(row_name(plot, row), style, room) for row in plot.rows]
    return max((sum(pair) / 2 for pair in pairwise(lines)), default=max(lines, default=1))


def _marks(release: Release, name: str) -> list[str]:
    """Write what the marks in a table mean: its notes as typed, a total of persons, blanks."""
    table = release.table(name)
    marked = {cell.mark for cell in table.cells}
    noted = "; ".join(f"{note.mark} {note.text}" for note in table.footnotes if note.mark in marked)
    lines = [noted] if noted else []
    if is_bound(table):
        lines += release.say_each("at_least_note")
    if table.blanks:
        lines.append(f"{theme.number(None)} {release.say('not_reported')}")
    return [*lines, *shown_notes(release, table)]


def _source(release: Release, name: str, room: float, *, is_disputed: bool) -> list[str]:
    """Name the file and sheet of a table, in two languages the file once, and that it is in dispute if it is."""
    source = f"{release.say('deck_source')}: {release.workbook}, {release.sheet(name)}"
    dispute = release.say("deck_dispute", between="\n")
    disputed = on_one_line(dispute, FOOT, room) if is_disputed else []
    whole = " ".join([f"{source}.", *disputed])
    is_one = len(disputed) == 1 and (not release.is_bilingual or width(whole, FOOT) <= room)
    return [whole] if is_one else [source, *disputed]


def _after_percents(release: Release, table: Table, source: list[str], room: float) -> list[str]:
    """Write what percents add to, where that is not 100, before the source: on its line where there is room."""
    said = [release.say(name, between="\n", sum=added) for name, added in percent_notes(table)]
    percents = [line for text in said for line in on_one_line(text, FOOT, room)]
    whole = " ".join([*percents, *source])
    return [whole] if len(source) == 1 and width(whole, FOOT) <= room else [*percents, *source]


def table_notes(release: Release, name: str, findings: Iterable[Finding]) -> list[str]:
    """List where a table's figures come from, what they count, what was noted in its cells, what disputes them."""
    table, cells = release.table(name), [count.source for count in release.table(name).base if count.source]
    lines = [release.source_line(name)]
    if cells:
        lines.append(release.say("deck_cells", count=len(cells), first=cells[0], last=cells[-1]))
    lines += definitions(table.spec, release.language)
    lines += [release.say(said, sum=added) for said, added in percent_notes(table)]
    if is_bound(table):
        lines.append(release.say("at_least_note"))
    lines += [f"{note.mark} {footnote(release, note)}" for note in table.footnotes]
    lines += [f"{DAGGER} {finding.statement}" for finding in findings]
    return [*lines, fingerprint(release)]


def fingerprint(release: Release) -> str:
    """Name the workbook that everything was read from, so that it can be told from any other."""
    return release.say("deck_fingerprint", file=release.workbook, sha256=release.sha256)
