"""A settled table → warnings where what stands over it says that its figures are another thing, or of another time.

Such a table is read all the same: nobody but the officer can know what was meant.
"""

from collections.abc import Collection, Iterator, Sequence

from ..model import period as calendar
from ..model.codelist import codelist, fold
from ..model.wording import table_title
from .file.address import Place
from .labels import mentions
from .named_periods import lone_years, named_quarters, other_span
from .other_things import goes_on, other_things, says_only_other_things
from .settle_rows import label_place
from .settled import Settled
from .titles import titles_in

MAX_TITLE = 100
"""A longer text is no title."""
Over = tuple[Place, str, bool]
"""A cell, a text that stands there over figures, and whether it is the name of the sheet instead."""


def report_doubts(parts: Sequence[Settled]) -> None:
    """Report what stands over the parts of a table and speaks of another thing, another time, or another table."""
    for table in parts:
        _report_title(table)
        _report_time(table)
        _report_other_table(table)
    for table in parts[1:]:
        _report_continued(table)


def _report_title(table: Settled) -> None:
    """Report a title, a heading or the name of a sheet that says “planned” or “fees” where no column is headed so."""
    headings = table.recognised.headings.values()
    known = {code for heading in headings for level in heading.own for _, code in level}
    known |= {column.role for column in table.columns.values()} | ({"previous"} if _has_before(table) else set())
    for place, text, is_sheet in _titles(table):
        words = _says_beside(text, table.name, known)
        if words and not (is_sheet and _is_free_name(text, table.name)):
            _report(table, "title_says_more", place, is_sheet=is_sheet, printed=text, words=words)
            return


def _report_time(table: Settled) -> None:
    """Report a title, a heading, the name of a sheet or a total that speaks of another time than this quarter."""
    totals = [(label_place(table, row), str(table.region.label(row) or ""), False) for row in table.region.totals]
    heading = range(table.region.top, table.region.leaf + 1)
    for place, text, is_sheet in (*_titles(table), *totals):
        is_head = place[0] in heading and not is_sheet
        words = _other_year(table, text) or ("" if is_head else _other_months(table, text, is_sheet=is_sheet))
        if words:
            fields = {"printed": text, "words": words, "expected": table.quarter}
            _report(table, "other_time", place, is_sheet=is_sheet, **fields)
            return


def _other_months(table: Settled, text: str, *, is_sheet: bool) -> str:
    """Give the words in which a text speaks of months that are not this quarter; its last month may be a date."""
    words, months = other_span(text)
    own = {int(month[-2:]) for month in calendar.months(table.quarter)}
    since = min(int(month[-2:]) for month in calendar.months(calendar.previous(table.quarter)))
    is_date = len(months) == 1 and (is_sheet or min(months) >= max(own))
    is_with_before = _has_before(table) and months == {since, max(own)}
    return "" if is_date or is_with_before or not months else words


def _other_year(table: Settled, text: str) -> str:
    """Give the one year that a text names beside no month and no quarter, if it is not that of the report."""
    is_dated = any(kind in ("month", "quarter") for kind, _ in mentions(text)) or bool(named_quarters(text))
    years = () if is_dated or _has_before(table) else lone_years(text)
    return str(years[0]) if len(years) == 1 and str(years[0]) != table.quarter[:4] else ""


def _has_before(table: Settled) -> bool:
    """Check whether a table has a column of the quarter before, of which its title may speak."""
    return any(column.key.get("period") is calendar.Relative.PREVIOUS for column in table.columns.values())


def _report_other_table(table: Settled) -> None:
    """Report the title of another table over one that its headings and its rows made this one."""
    for place in table.recognised.titles[:1]:
        lengths = titles_in(fold(str(table.grid.cells[place])))
        if lengths and table.name not in lengths:
            other = table_title(max(lengths, key=lengths.__getitem__))
            table.report("title_of_another", place, other=other, title=table_title(table.name))


def _report_continued(table: Settled) -> None:
    """Report a text over a part that is continued which is no title of the table, or names another quarter."""
    for place in table.recognised.titles[:1]:
        text = str(table.grid.cells[place])
        quarters = {named.quarter for named in named_quarters(text)}
        is_own = _names(table, text) or goes_on(text)
        if (quarters and int(table.quarter[-1]) not in quarters) or not is_own:
            _report(table, "perhaps_continued", place)


def _report(table: Settled, rule: str, place: Place, *, is_sheet: bool = False, **fields: str) -> None:
    table.report(rule, place, variant="sheet" if is_sheet else "", title=table_title(table.name), **fields)


def _titles(table: Settled) -> Iterator[Over]:
    """Give the texts over a table's counts, each with its cell; the sheet's name at the table's first cell.

    A row without figures stands over those below it.
    """
    region, cells = table.region, table.grid.cells
    counts = [column for column, declared in table.columns.items() if declared.role == "count"]
    heading = range(region.top, region.leaf + 1)
    heads = [(row, column) for row in heading for column in (*region.label_columns, *counts)]
    known = table.recognised.members
    blocks = [row for row in region.rows[:-1] if not (region.has_figures(row) or known.get(row))]
    for place in (*table.recognised.titles, *heads, *(label_place(table, row) for row in blocks)):
        text = cells.get(place)
        if isinstance(text, str) and _is_title(text):
            yield place, text, False
    yield (region.top, region.stub), table.grid.name, True


def _names(table: Settled, text: str) -> bool:
    """Check whether a text holds a title of the table."""
    return table.name in titles_in(fold(text))


def _is_title(text: str) -> bool:
    """Check whether a text may be a title: a sentence says what is counted, and what is not."""
    return len(text) <= MAX_TITLE and not text.rstrip().endswith((".", "។"))


def _is_free_name(sheet: str, table: str) -> bool:
    """Check whether a sheet's name is just a name, as “Staff copy” is; not so “Plan” and “Planned family visits”."""
    return not says_only_other_things(sheet) and table not in titles_in(fold(sheet))


def _says_beside(text: str, table: str, headed: Collection[str]) -> str:
    """Give the first words in which a text says that a table's figures are another thing; empty where none does.

    What the table has columns for (`headed`), and what its own titles say, is no other thing.

    >>> _says_beside("Family visits (planned)", "family_visits", ()), _says_beside("Family visits", "family_visits", ())
    ('planned', '')
    """
    found = other_things(text)
    if not found:
        return ""
    member = codelist("tables").members[table]
    known = other_things(" ".join((member.label_en, member.label_km, *member.aliases)))
    is_headed = {thing: thing in headed for thing in found}
    is_headed |= {"some": not {"F", "M"}.isdisjoint(headed), "but": True}
    return next((words for thing, words in found.items() if not is_headed[thing] and thing not in known), "")
