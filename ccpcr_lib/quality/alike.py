"""Rows of a table with the very same figures → a question: was each of them counted by itself?

Seven topics that reached the same 25 clients of the same case types may have been counted once and copied down.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import comb, exp, lgamma, log, prod

from ..model import period as calendar
from ..model.catalogue import spec
from ..model.codelist import codelist
from ..model.column import row_dimension
from ..model.finding import Finding
from ..model.records import Count
from ..model.wording import table_title
from .facts import Facts
from .rules import make_finding

FEWEST_ALIKE = 4
"""So many rows must be alike: two or three are so too easily."""

LEAST_LARGEST = 2
"""A row must have a figure as large as this: noughts and ones are alike everywhere."""

RARE = 0.001
"""Nothing is said where chance gives so many rows alike at least as often as this."""

Row = tuple[int, ...]
"""The figures of a row, from left to right."""


def check_alike(facts: Facts) -> Iterator[Finding]:
    """Note the rows of each table that have the very same figures in this quarter, where chance would hardly give it.

    Rows with a blank are left out.
    """
    for table in facts.by_table:
        rows = _rows(facts, table)
        groups: dict[Row, list[str]] = defaultdict(list)
        for member, counts in rows.items():
            values = [count.value for count in counts if count.value is not None]
            if len(values) == len(counts):
                groups[tuple(values)].append(member)
        for figures, members in groups.items():
            if _is_telling(figures, len(members), len(rows)):
                yield _finding(table, members, [count for member in members for count in rows[member]])


def _rows(facts: Facts, table: str) -> dict[str, list[Count]]:
    """Give the counts of this quarter in each row of a table."""
    dimension = row_dimension(spec(table).rows)
    rows: dict[str, list[Count]] = defaultdict(list)
    for count in facts.by_table[table]:
        if dimension in count.key and calendar.contains(facts.period, count.key["period"]):
            rows[count.key[dimension]].append(count)
    return rows


def _is_telling(figures: Row, alike: int, rows: int) -> bool:
    """Check whether so many of the rows are hardly alike by chance."""
    is_much = alike >= FEWEST_ALIKE and max(figures) >= LEAST_LARGEST
    return is_much and chance_of_alike(figures, alike, rows) < RARE


def chance_of_alike(figures: Row, alike: int, rows: int) -> float:
    """Give the chance that of so many rows others have the figures of one, or a bound of it, which may be above 1.

    Each figure is taken as a Poisson count whose mean is that very figure: nothing makes them alike more often.

    >>> chance_of_alike((5, 5, 10, 3, 1, 1), 7, 7) < 1e-20, chance_of_alike((2, 0, 0), 4, 13) > 1
    (True, True)
    """
    one_row = prod(_poisson(figure) for figure in figures)
    return float(comb(rows - 1, alike - 1) * one_row ** (alike - 1))


def _poisson(count: int) -> float:
    """Give the chance of just so many where so many are the mean."""
    return exp(count * log(count) - count - lgamma(count + 1)) if count else 1.0


def _finding(table: str, members: Sequence[str], counts: Sequence[Count]) -> Finding:
    names = codelist(spec(table).codelist)
    first, second, *others = map(names.label, members)
    return make_finding(
        "alike",
        [count.source for count in counts if count.value],
        table=table,
        evidence=(count.source for count in counts),
        first=first,
        second=second,
        others=str(len(others)),
        title=table_title(table),
    )
