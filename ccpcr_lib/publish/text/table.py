"""A filled table → HTML as on the slide: title, spanners, totals, percents, footnotes, unit, period, source."""

from collections.abc import Iterable, Sequence
from functools import partial
from html import escape

from ...analysis.tables import Cell, Footnote, Table
from ...model.codelist import codelist
from ...model.finding import Finding
from ...model.table import Text
from ...model.wording import definitions, listed, measure_label, quarter_label, table_title, text_label
from ...quality.sums import Sum
from ...words import BETWEEN, in_language, say
from .. import theme
from ..release import DAGGER, Release, marked


def table_html(release: Release, name: str) -> str:
    """Lay a table out as one HTML element, the same for the same figures. Raise KeyError for no such table."""
    table = release.table(name)
    rows = range(0, max(cell.slot.row for cell in table.cells) + 1)
    lines = [_row(release, table, row) for row in rows]
    head, body = lines[: table.spec.depth], lines[table.spec.depth :]
    return (
        f'<figure class="ccpcr-table" id="{name}"><table>'
        f"<caption><strong>{escape(title(release, name))}</strong><br>"
        f"{escape(subtitle(release, table))}</caption>"
        f"<thead>{''.join(head)}</thead><tbody>{''.join(body)}</tbody></table>"
        f"<figcaption>{'<br>'.join(_notes(release, table))}</figcaption></figure>"
    )


def title(release: Release, name: str, *, between: str = BETWEEN) -> str:
    """Give a table's title in the release's language, marked where its figures are in dispute."""
    return table_title(name, release.language, between=between) + release.dagger(name)


def subtitle(release: Release, table: Table) -> str:
    """Name a table's unit and period, and first of all that its data are made up, if they are."""
    units = dict.fromkeys(f"unit_{column.unit}" for column in table.spec.counts)
    return release.stamp("; ".join([*(release.say(unit) for unit in units), release.name_months()]))


def label(release: Release, table: Table, text: Text, *, is_head: bool = False, between: str = BETWEEN) -> str:
    """Write a head or a stub in the release's language."""
    return in_language(release.language, partial(text_label, text, table.quarter, is_head=is_head), between=between)


def lines_html(text: str) -> str:
    """Write the lines of a text beneath each other in HTML.

    >>> lines_html("A & B\\nC")
    'A &amp; B<br>C'
    """
    return escape(text).replace("\n", "<br>")


def _row(release: Release, table: Table, row: int) -> str:
    cells = sorted((cell for cell in table.cells if cell.slot.row == row), key=lambda cell: cell.slot.column)
    if row < table.spec.depth + len(table.members):
        return f"<tr>{''.join(_cell(release, table, cell) for cell in cells)}</tr>"
    return f'<tr class="total">{"".join(_with_gaps(release, table, cells))}</tr>'


def _with_gaps(release: Release, table: Table, cells: list[Cell]) -> Iterable[str]:
    """Keep a total row in its columns: a stock has no total, and its place stays empty."""
    following = 0
    for cell in cells:
        yield from ["<td></td>"] * (cell.slot.column - following)
        yield _cell(release, table, cell)
        following = cell.slot.column + cell.slot.columns


def _cell(release: Release, table: Table, cell: Cell) -> str:
    slot = cell.slot
    span = "".join(
        f' {name}="{count}"' for name, count in (("rowspan", slot.rows), ("colspan", slot.columns)) if count > 1
    )
    if slot.text is not None:
        scope = "row" if slot.role == "stub" else "colgroup" if slot.columns > 1 else "col"
        words = label(release, table, slot.text, is_head=slot.role == "head", between="\n")
        return f'<th scope="{scope}"{span}>{lines_html(words)}</th>'
    mark = f"<sup>{cell.mark}</sup>" if cell.mark else ""
    if slot.role == "share":
        return f"<td{span}>{percent_text(cell)}</td>"
    share = f"<br><small>{percent_text(cell)}</small>" if cell.percent is not None else ""
    return f'<td class="{slot.role}"{span}>{lines_html(cell_text(release, cell))}{mark}{share}</td>'


def cell_text(release: Release, cell: Cell) -> str:
    """Write the figure of a cell: the count, at least how many there are, or what stands for one not known.

    In a half-year or a year many cells may be bounds: there a sign says so.
    """
    if cell.at_least is None:
        return marked(theme.number(cell.value), cell.disputes)
    least = marked(theme.number(cell.at_least), cell.disputes)
    if release.is_longer:
        return release.say("at_least_count", count=least)
    return release.say("number_at_least", between="\n", least=least)


def percent_text(cell: Cell) -> str:
    """Write the percent of a cell."""
    return marked(theme.percent(cell.percent), cell.percent_disputes)


def total_text(total: Sum | None, language: str = "en") -> str:
    """Write what counts add up to: how many, at least how many, or what stands for a figure not known."""
    if total is None or total.exact is not None or not total.is_known:
        return theme.number(total.exact if total else None)
    return say("number_at_least", language, least=theme.number(total.least))


def marked_total(total: Sum, disputes: Sequence[Finding], language: str = "en") -> str:
    """Write what counts add up to, marked where it is in dispute."""
    return marked(total_text(total, language), disputes)


def footnote(release: Release, note: Footnote) -> str:
    """Spell out a note that stands in a cell."""
    lists = {"case_type": "case_types", "sex": "sexes"}

    def parts(language: str) -> str:
        return ", ".join(f"{codelist(lists[name]).label(code, language)} {number}" for name, code, number in note.parts)

    return release.say("cell_note", text=note.text, parts=parts)


def is_bound(table: Table) -> bool:
    """Check whether totals of a table are only at least so many, because clients may stand in several of its counts."""
    totals = (
        cell.slot for cell in table.cells if cell.total and cell.slot.role == "total" and cell.total.exact is None
    )
    return any(table.spec.overlap_in(slot.measure, slot.unit, slot.key, table.quarter) for slot in totals)


def percent_notes(table: Table) -> list[tuple[str, int]]:
    """List the sentences that say what percents of a table add to, with the sum: none where they add to 100.

    Those along the row of totals have a sentence of their own where the table has percents of its rows, too.
    """
    has_both = any(column.role == "share" for column in table.spec.columns)
    names = {"column": "percent_note", "row": "percent_note_row" if has_both else "percent_note"}
    return [(names[kind], added) for kind, added in table.uneven_percents]


def period_notes(release: Release, table: Table) -> list[str]:
    """Say of a half-year or a year which quarters have no workbook, and that a stock is that of a last month."""
    if not release.is_longer:
        return []
    missing = partial(listed_quarters, release.missing)
    lines = [release.say("quarters_missing", quarters=missing)] if release.missing else []
    stocks = dict.fromkeys(column.measure for column in table.spec.counts if column.is_stock)
    return lines + [release.say("stock_of_quarters", measure=partial(measure_label, stock)) for stock in stocks]


def shown_notes(release: Release, table: Table) -> list[str]:
    """Say what a reader of a half-year's or a year's table must know, with its sign for at least so many."""
    has_sign = release.is_longer and any(cell.at_least is not None for cell in table.cells)
    return [*([release.say("at_least_sign")] if has_sign else []), *period_notes(release, table)]


def listed_quarters(quarters: Sequence[str], language: str) -> str:
    """Name some quarters, one at least."""
    return listed((quarter_label(quarter, language) for quarter in quarters), language)


def _notes(release: Release, table: Table) -> list[str]:
    marked = {cell.mark for cell in table.cells}
    lines = [
        f"<sup>{note.mark}</sup> {escape(footnote(release, note))}" for note in table.footnotes if note.mark in marked
    ]
    if is_bound(table):
        lines.append(escape(release.say("at_least_note")))
    lines += [escape(release.say(name, sum=added)) for name, added in percent_notes(table)]
    if table.blanks:
        lines.append(f"{theme.number(None)} {escape(release.say('not_reported'))}")
    lines += map(escape, shown_notes(release, table))
    lines += [f"{DAGGER} {escape(finding.statement)}" for finding in release.disputes(table.spec.name)]
    lines += map(lines_html, definitions(table.spec, release.language, between="\n"))
    return [*lines, escape(release.source_line(table.spec.name))]
