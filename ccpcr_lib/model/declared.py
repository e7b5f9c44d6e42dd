"""A declaration → nothing, where it makes sense; DeclarationError where it does not, before any workbook is read by it.

What one column says by itself is judged in `column`, which chart suits which table in `chart_forms`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from .chart_forms import CHART_FORMS, check_chart
from .codelist import codelist
from .column import (
    CATEGORIES,
    DIMENSIONS,
    MONTH_ROWS,
    QUARTER_ROWS,
    ROW_AXES,
    WHOLE_YEAR,
    Column,
    Declaration,
    Text,
    row_dimension,
)
from .errors import DeclarationError
from .period import MONTHS, Relative

MALE = "M"
"""The sex that a note such as 4/2 names: two of them are boys."""

LONGEST_NAME = 28
"""So many letters of a table's name find room in the name of its sheet, behind the number of its slide."""


def check_declaration(table: Declaration) -> None:
    """Refuse a table that could not be read, added up, shown or told from its own parts. Raise DeclarationError."""
    checks = (
        _check_name,
        _check_rows,
        _check_counts,
        _check_order,
        _check_months,
        _check_columns,
        _check_claims,
        _check_totals,
        _check_headings,
        _check_charts,
    )
    for check in checks:
        check(table)


def _twice(things: Iterable[object]) -> list[object]:
    """List what stands more than once."""
    listed = list(things)
    return [thing for thing in dict.fromkeys(listed) if listed.count(thing) > 1]


def _check_name(table: Declaration) -> None:
    if not (table.name.isidentifier() and table.name.islower() and len(table.name) <= LONGEST_NAME):
        raise DeclarationError(
            f"{table.name!r} is no name of a table: {LONGEST_NAME} small letters, digits, underscores."
        )
    if table.slide < 1:
        raise DeclarationError(f"{table.name}: there is no slide {table.slide}.")


def _check_rows(table: Declaration) -> None:
    """Refuse a row axis nobody knows, and members that its list does not have."""
    if table.rows == "quarter":
        if table.members not in (QUARTER_ROWS, QUARTER_ROWS[:2]):
            raise DeclarationError(f"{table.name}: rows that are quarters are those of a year or half-year, in order.")
        return
    if table.rows not in ROW_AXES:
        raise DeclarationError(f"{table.name}: rows are {table.rows!r}; choose one of {', '.join(ROW_AXES)}.")
    name = {**DIMENSIONS, **CATEGORIES}[table.rows]
    codes = MONTH_ROWS if table.rows == "month" else tuple(codelist(name).members)
    unknown = set(table.members) - set(codes)
    if unknown:
        raise DeclarationError(f"{table.name}: {sorted(unknown)} not in the code list {name}.")
    if _twice(table.members):
        raise DeclarationError(f"{table.name}: the rows {_twice(table.members)} stand twice.")
    if table.rows == "month" and table.members not in ((), MONTH_ROWS):
        raise DeclarationError(f"{table.name}: rows that are months are all three months, in their order.")


def _check_counts(table: Declaration) -> None:
    """Refuse a table that counts nothing to add up, and columns that count what its rows or other columns count."""
    if not table.counts:
        raise DeclarationError(f"{table.name}: no column counts anything.")
    if all(column.is_stock for column in table.counts):
        raise DeclarationError(f"{table.name}: it counts a stock and nothing else, so that nothing of it adds up.")
    for column in table.columns:
        if row_dimension(table.rows) in column.key and column.role != "plan":
            raise DeclarationError(f"{table.name}: a column of {column.measure} names a {table.rows}, as its rows do.")
    for one, other in combinations(table.counts, 2):
        if _counted(one) == _counted(other) and _may_overlap(one, other):
            raise DeclarationError(f"{table.name}: {dict(one.key)} and {dict(other.key)} count the same {one.measure}.")


def _check_order(table: Declaration) -> None:
    """Refuse columns that count the same thing apart from each other: a chart takes them as one range."""
    counted = [_counted(column) if column.role == "count" else None for column in table.columns]
    for thing in filter(None, dict.fromkeys(counted)):
        places = [place for place, about in enumerate(counted) if about == thing]
        if places[-1] - places[0] >= len(places):
            raise DeclarationError(f"{table.name}: its columns of {' in '.join(thing)} do not stand side by side.")


def _check_months(table: Declaration) -> None:
    """Refuse columns for some months only: what they add up to would pass for the quarter."""
    months: dict[tuple[str, str], set[str | Relative]] = {}
    for column in table.counts:
        if column.key.get("period") in MONTHS:
            months.setdefault(_counted(column), set()).add(column.key["period"])
    for thing, named in months.items():
        if named != set(MONTHS):
            raise DeclarationError(f"{table.name}: {' in '.join(thing)} is not counted in all three months.")


def _counted(column: Column) -> tuple[str, str]:
    return column.measure, column.unit


def _may_overlap(one: Column, other: Column) -> bool:
    """Check whether something may be counted in both of two columns: they contradict each other in no dimension."""
    is_before = [column.key.get("period") is Relative.PREVIOUS for column in (one, other)]
    return is_before[0] == is_before[1] and _agree(one, other)


def _agree(one: Column, other: Column) -> bool:
    return all(other.key.get(name, code) == code for name, code in one.key.items())


def _check_columns(table: Declaration) -> None:
    """Refuse columns that mean the same, and headings that nobody could tell apart."""
    meanings = [(column.role, column.measure, column.unit, frozenset(column.key.items())) for column in table.columns]
    if _twice(meanings):
        raise DeclarationError(f"{table.name}: two columns mean the same: {_twice(meanings)[0]}.")
    for one, other in combinations([column.heads for column in table.columns], 2):
        shorter = min(len(one), len(other))
        if one[:shorter] == other[:shorter]:
            raise DeclarationError(f"{table.name}: two headings cannot be told apart: {[head.code for head in one]}.")


def _check_headings(table: Declaration) -> None:
    """Refuse a table that nobody would find on a sheet, and counts that its headings do not tell apart.

    A header is known by two columns or more of one kind: months, sexes, ages, case types, or clients and times. A table
    of one column is known by clients or times alone. A list that a shelter cut down to one member is no fault of it.
    """
    kinds = Counter(kind for column in table.counts if (kind := _kind(column.heads[-1])))
    is_lone = len(table.columns) == 1 and kinds["unit"] == 1
    is_lone |= any(kind in DIMENSIONS.values() and len(codelist(kind).members) == 1 for kind in kinds)
    if not is_lone and max(kinds.values(), default=0) < 2:
        raise DeclarationError(f"{table.name}: no header is found by its headings: two of one kind, or a lone unit.")
    named: dict[tuple[object, ...], tuple[str, str]] = {}
    for column in table.counts:
        heading = (column.divides, column.key.get("period")) if column.key else (column.heads[-1],)
        if named.setdefault(heading, _counted(column)) != _counted(column):
            raise DeclarationError(f"{table.name}: its headings do not tell {named[heading]} from {_counted(column)}.")


def _kind(head: Text) -> str:
    """Name the kind of thing that a heading names, as a header is known by it; nothing for the others."""
    if head.source == "headings":
        return "unit" if head.code in codelist("units").members else ""
    if head.source == "period":
        return "month" if head.code in MONTH_ROWS else "quarter" if head.code in QUARTER_ROWS else ""
    return head.source if head.source in DIMENSIONS.values() else ""


def _check_claims(table: Declaration) -> None:
    """Refuse a total, share or plan of what the table does not count."""
    for column in table.columns:
        if column.role == "paper_total":
            raise DeclarationError(f"{table.name}: its totals on paper are not declared: every table has them.")
        own = [count for count in table.counts if _counted(count) == _counted(column)]
        if not own:
            raise DeclarationError(
                f"{table.name}: it has a {column.role} of {column.measure}, which it does not count."
            )
        if column.role in ("total", "share") and not _is_counted(own, column):
            raise DeclarationError(f"{table.name}: no count says what a {column.role} is about, {dict(column.key)}.")
    plans = [column for column in table.columns if column.role == "plan"]
    if len(plans) > 1 or any(_counted(plan) != (table.measure, table.unit) for plan in plans):
        raise DeclarationError(f"{table.name}: it has one plan at most, for what it counts first of all.")
    for plan in plans:
        if dict(plan.key) != WHOLE_YEAR or not plan.joined:
            raise DeclarationError(
                f"{table.name}: the plan of {plan.measure} is one joined cell for the year, "
                f"not one for {dict(plan.key)}"
            )


def _is_counted(counts: Sequence[Column], claim: Column) -> bool:
    """Check whether some count is said to be all that a claim is about, and in this quarter where that is."""
    now = [count for count in counts if "period" in claim.key or count.key.get("period") is not Relative.PREVIOUS]
    return any(claim.key.items() <= count.key.items() for count in now)


def _check_totals(table: Declaration) -> None:
    """Refuse a table without total rows, and one that joins what its columns are not divided by."""
    if not table.totals:
        raise DeclarationError(f"{table.name}: it has no total row.")
    if _twice(table.totals):
        raise DeclarationError(f"{table.name}: two of its total rows are the same.")
    divided = {dimension for column in table.counts for dimension in column.key}
    for row in table.totals:
        if row.joins is not None and row.joins not in divided:
            raise DeclarationError(f"{table.name}: a total row joins {row.joins!r}, by which no column is divided.")


def _check_charts(table: Declaration) -> None:
    """Refuse a table without a chart, one that is drawn twice, and forms that do not suit it."""
    if not table.charts:
        raise DeclarationError(f"{table.name}: no chart is drawn of it.")
    if _twice(table.charts):
        raise DeclarationError(f"{table.name}: the chart {_twice(table.charts)[0]!r} is drawn twice.")
    for form in table.charts:
        check_chart(table, form)
        if not CHART_FORMS[form].is_declared:
            raise DeclarationError(
                f"{table.name}: the chart {form!r} is of several quarters, and is drawn on request only."
            )


def check_catalogue(tables: Sequence[Declaration]) -> None:
    """Refuse two tables of one name, one that nobody has given a title, and two plans: a workbook has one.

    Raise DeclarationError, for a list of sexes too that lacks the one that every reader of notes knows.
    """
    if MALE not in codelist("sexes").members:
        raise DeclarationError(f"the code list sexes has no {MALE}, which notes such as 4/2 speak of.")
    for name in _twice(table.name for table in tables):
        raise DeclarationError(f"two tables are called {name!r}.")
    for table in tables:
        if table.name not in codelist("tables").members:
            raise DeclarationError(f"{table.name}: it has no title in tables.csv.")
    planned = [table.name for table in tables if any(column.role == "plan" for column in table.columns)]
    if len(planned) > 1:
        raise DeclarationError(f"a workbook prints one plan of the year, not one in each of {', '.join(planned)}.")
