"""The name of a figure in a sentence, ``{follow_up_support.total}`` → which counts it adds up.

A name is a table and, behind dots, what of it is meant, each word once and in any order: ``total`` or nothing for the
whole quarter; a unit (``clients``, ``times``); a measure (``in_shelter``); a month of the quarter (``m1``, ``m2``,
``m3``) or ``previous``; a code of the table's rows or columns (``TL``, ``F``, ``11-17``, ``sewing``); ``plan``.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from .catalogue import spec
from .codelist import codelist
from .table import DIMENSIONS, Column, TableSpec

BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_TYPED = re.compile(r"(?<![A-Za-z\d])[0-9០-៩]+(?:[.,][0-9០-៩]+)*(?![A-Za-z\d])")
_YEAR = re.compile(r"(19|20)\d\d|[១២][៩០][០-៩]{2}")


@dataclass(frozen=True)
class Figure:
    """What a name stands for: counts of a table (`kind` ``count``) or its ``plan``; `key` has relative periods."""

    table: str
    measure: str
    unit: str
    kind: str
    key: dict[str, str] = field(default_factory=dict)


def figures_in(text: str) -> list[str]:
    """List the names in braces in a sentence; a brace that stands alone is listed as itself.

    >>> figures_in("{a.total} of {b.plan} were met."), figures_in("{a.total")
    (['a.total', 'b.plan'], ['{'])
    """
    return [found[1] if found[1] is not None else found[0] for found in BRACES.finditer(text)]


def fill_figures(text: str, value: Callable[[str], str]) -> str:
    """Put a value in the place of each name in braces.

    >>> fill_figures("{a.total} were met.", lambda name: "12")
    '12 were met.'
    """
    return BRACES.sub(lambda found: value(found[1]) if found[1] is not None else found[0], text)


def typed_numbers(text: str) -> list[str]:
    """List the numbers typed into a sentence; years, and figures within a word such as 2nd, are none.

    >>> typed_numbers("In 2010, 12 of {a.total} girls in the 2nd quarter")
    ['12']
    """
    plain = BRACES.sub(" ", text)
    return [found for found in _TYPED.findall(plain) if not _YEAR.fullmatch(found)]


def parse_figure(name: str, found: Sequence[str] = ()) -> Figure:
    """Read a figure's name; `found` are rows that a workbook adds to the table's open list.

    Raise ValueError, saying what is not known, for a name that stands for nothing.

    >>> parse_figure("skills_follow_up.sewing.times").key
    {'category': 'sewing'}
    """
    table, *words = (part.strip() for part in name.split("."))
    try:
        declared = spec(table)
    except KeyError:
        raise ValueError(f"there is no table “{table}”") from None
    said: dict[str, str] = {}
    for word in words:
        kind, code = _meaning(declared, word, found)
        if kind in said:
            raise ValueError(f"“{word}” says a second time what is meant")
        said[kind] = code
    return _figure(declared, said)


def _meaning(declared: TableSpec, word: str, found: Sequence[str]) -> tuple[str, str]:
    for kind, codes in _vocabulary(declared, found):
        if word in codes:
            return kind, word
    raise ValueError(f"the table {declared.name} has no “{word}”")


def _vocabulary(declared: TableSpec, found: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Say which words a table knows, by what they settle."""
    yield "kind", ("total", *(column.role for column in declared.columns if column.role == "plan"))
    yield "unit", tuple(column.unit for column in declared.counts)
    yield "measure", tuple(column.measure for column in declared.counts)
    periods = {column.key["period"] for column in declared.counts if "period" in column.key}
    yield "period", ("m1", "m2", "m3") if declared.rows == "month" else tuple(periods)
    keys = {dimension for column in declared.counts for dimension in column.key} | set(declared.row_key(""))
    for dimension in sorted(keys - {"period", "category"}):
        yield dimension, tuple(codelist(DIMENSIONS[dimension]).members)
    if "category" in keys:
        yield "category", (*declared.members, *found)


def _figure(declared: TableSpec, said: dict[str, str]) -> Figure:
    kind = "plan" if said.pop("kind", "total") == "plan" else "count"
    measure, unit = said.pop("measure", declared.measure), said.pop("unit", "clients")
    columns = [column for column in declared.counts if (column.measure, column.unit) == (measure, unit)]
    if not columns:
        raise ValueError(f"the table {declared.name} does not count {measure} in {unit}")
    if kind == "plan" and said:
        raise ValueError("the plan is one figure for the whole year; nothing divides it")
    if columns[0].is_stock and "period" not in said:
        raise ValueError(f"{measure} is never summed; name a month, such as {declared.name}.{measure}.m3")
    _refuse_undivided(declared, columns, said)
    return Figure(declared.name, measure, unit, kind, said)


def _refuse_undivided(declared: TableSpec, columns: Sequence[Column], said: dict[str, str]) -> None:
    """Refuse a division that the table does not have, or has for a part of its clients only: no sum could be right."""
    wanted = {name: code for name, code in said.items() if name not in declared.row_key("")}
    agreeing = [one for one in columns if all(one.key.get(name, code) == code for name, code in wanted.items())]
    undivided = [column for column in agreeing if not wanted.keys() <= column.key.keys()]
    by = " and ".join(name.replace("_", " ") for name in wanted)
    if len(undivided) == len(agreeing):
        raise ValueError(f"{columns[0].measure} in the table {declared.name} is not divided by {by} here")
    if undivided:
        raise ValueError(f"some {columns[0].measure} in the table {declared.name} are not divided by {by}")
