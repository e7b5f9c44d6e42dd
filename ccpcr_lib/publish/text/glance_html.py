"""A quarter at a glance → one HTML element: its sentence, its table with little charts, what changed, what is open."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from ...analysis.glance import GlanceRow
from .. import theme
from ..release import Release
from .glance import NONE, GlanceTable, glance_table, trend_words
from .open_figures import OpenFigures, open_phrases
from .summary import changes_told, summary
from .table import lines_html

BAR, GAP, HIGH = 7, 2, 22
"""How wide a bar of a little chart is, the gap to the next one, and how high the highest is, in pixels."""
CHECKS = "5_checks.html"
"""The page that lists every finding."""


def glance_html(release: Release, *, corrected: Sequence[str] = (), is_linked: bool = False) -> str:
    """Lay the quarter out at a glance, the same for the same figures.

    `corrected` are the cells that say something else than the last report did. Where it `is_linked` what is open leads
    to the page that lists it.
    """
    changed = "".join(f"<li>{lines_html(line)}</li>" for line in changes_told(release))
    return (
        f'<section class="ccpcr-glance" id="glance"><p class="lead">{lines_html(summary(release))}</p>'
        f'<div class="changed"><h3>{escape(release.say("glance_changes"))}</h3><ul>{changed}</ul></div>'
        f"{_table(release)}"
        f'<p class="open">{open_line(release, corrected, is_linked=is_linked)}</p></section>'
    )


def _table(release: Release) -> str:
    table = glance_table(release)
    first = release.say("glance_indicator", between="\n")
    words = [f'<th scope="col" colspan="2">{lines_html(first)}</th>']
    heads = zip(table.columns, table.heads, strict=True)
    words += [f'<th scope="col" class="{column}">{lines_html(head)}</th>' for column, head in heads]
    notes = "<br>".join(map(lines_html, table.notes))
    caption = f"{release.say('glance_title')}, {release.name_quarter()}"
    return (
        f'<figure class="ccpcr-table"><table><caption>{escape(release.stamp(caption))}</caption>'
        f"<thead><tr>{''.join(words)}</tr></thead>{_bodies(release, table)}</table>"
        f"<figcaption>{notes}</figcaption></figure>"
    )


def _bodies(release: Release, table: GlanceTable) -> str:
    """Lay the rows out, those of one stage together."""
    rows = list(zip(release.glance.rows, table.names, table.rows, table.stages, strict=True))
    bodies = []
    for stage, group in groupby(rows, key=lambda row: row[-1]):
        lines = [_row(table, row, name, cells) for row, name, cells, _ in group]
        first = f'<th scope="rowgroup" rowspan="{len(lines)}" class="stage">{lines_html(stage)}</th>'
        bodies.append(f"<tbody><tr>{first}{lines[0]}</tr>{''.join(f'<tr>{line}</tr>' for line in lines[1:])}</tbody>")
    return "".join(bodies)


def _row(table: GlanceTable, row: GlanceRow, name: str, cells: Sequence[str]) -> str:
    shown = (_cell(row, column, text) for column, text in zip(table.columns, cells, strict=True))
    return f'<th scope="row">{lines_html(name)}</th>{"".join(shown)}'


def _cell(row: GlanceRow, column: str, text: str) -> str:
    if column == "trend":
        return f'<td class="trend">{sparkline(row)}</td>'
    return f'<td class="{column}{" none" if text == NONE else ""}">{lines_html(text)}</td>'


def sparkline(row: GlanceRow) -> str:
    """Draw a row's figures as little bars, the last one dark; a dotted line stands where one is not known."""
    if not row.trend:
        return ""
    known = [point.figure for point in row.trend if point.figure is not None]
    top, last = max([*known, 1]), len(row.trend) - 1
    bars = "".join(
        _bar(place, point.figure, top, colour=theme.DARK if place == last else theme.MIDDLE)
        for place, point in enumerate(row.trend)
    )
    wide = len(row.trend) * (BAR + GAP) - GAP
    return (
        f'<svg class="spark" role="img" aria-label="{escape(trend_words(row))}" width="{wide}" height="{HIGH + 2}" '
        f'viewBox="0 0 {wide} {HIGH + 2}">{bars}</svg>'
    )


def _bar(place: int, figure: float | None, top: float, *, colour: str) -> str:
    left = place * (BAR + GAP)
    if figure is None:
        line = f'x1="{left}" x2="{left + BAR}" y1="{HIGH + 1}" y2="{HIGH + 1}"'
        return f'<line {line} stroke="{theme.MUTED}" stroke-width="1" stroke-dasharray="1.5 1.5"/>'
    high = max(round(HIGH * figure / top), 1)
    return f'<rect x="{left}" y="{HIGH + 2 - high}" width="{BAR}" height="{high}" fill="{colour}"/>'


def open_line(release: Release, corrected: Sequence[str] = (), *, is_linked: bool = False) -> str:
    """Say how many figures are in dispute, left blank, and corrected since the last report, as HTML."""
    first, *others = open_phrases(release, corrected)
    first = first._replace(text=first.text[:1].upper() + first.text[1:])
    phrases = "; ".join(_linked(phrase, is_linked=is_linked) for phrase in (first, *others))
    return phrases if release.is_bilingual else release.say("glance_open_figures", phrases=phrases)


def _linked(phrase: OpenFigures, *, is_linked: bool) -> str:
    text = escape(phrase.text)
    return f'<a href="{CHECKS}">{text}</a>' if is_linked and phrase.figures else text
