"""The name of a figure in a sentence, ``{follow_up_support.total}`` → which counts it adds up.

A name is a table, or a measure that is derived and stands in none (``in_care``), and, behind dots, what of it is meant,
each word once and in any order: ``total`` or nothing for the whole quarter; a unit (``clients``, ``times``); a measure
(``in_shelter``); a month of the quarter (``m1``, ``m2``, ``m3``) or ``previous``; a code of the table's rows or columns
(``TL``, ``F``, ``11-17``, ``sewing``); ``plan``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..words import did_you_mean, say
from .catalogue import CATALOGUE, spec
from .codelist import codelist
from .column import MONTH_ROWS, DeclaredKey, row_dimension
from .measure import measure, measures
from .period import Relative
from .table import DIMENSIONS, Column, TableSpec
from .wording import listed

BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_TYPED = re.compile(r"(?<![A-Za-z\d])[0-9០-៩]+(?:[.,][0-9០-៩]+)*(?![A-Za-z\d])")
MONTHS = MONTH_ROWS
_YEAR = re.compile(r"(19|20)\d\d|[១២][៩០][០-៩]{2}")


@dataclass(frozen=True)
class NamedFigure:
    """What a name stands for: counts of a table (`kind` ``count``) or its ``plan``; `key` has relative periods.

    A derived measure has no table.
    """

    table: str
    measure: str
    unit: str
    kind: str
    key: DeclaredKey = field(default_factory=dict)


class UnknownFigureError(ValueError):
    """A name that stands for no figure; `variant` and `fields` are those of the finding ``unknown_figure``."""

    def __init__(self, name: str, variant: str, **fields: str) -> None:
        self.variant, self.fields = variant, {"printed": f"{{{name}}}", **fields}
        super().__init__(say(f"unknown_figure.{variant}", **self.fields))


class _Name(NamedTuple):
    """A name as it is written, and the table it begins with."""

    written: str
    table: TableSpec

    def refused(self, variant: str, **fields: str) -> UnknownFigureError:
        return UnknownFigureError(self.written, variant, table_code=self.table.name, **fields)


def figures_in(text: str) -> list[str]:
    """List the names in braces in a sentence; a brace that stands alone is listed as itself.

    >>> figures_in("{a.total} of {b.plan} were met."), figures_in("{a.total")
    (['a.total', 'b.plan'], ['{'])
    """
    return [brace[0] if brace[1] is None else brace[1] for brace in BRACES.finditer(text)]


def fill_figures(text: str, value: Callable[[str], str]) -> str:
    """Put a value in the place of each name in braces.

    >>> fill_figures("{a.total} were met.", lambda name: "12")
    '12 were met.'
    """
    return BRACES.sub(lambda brace: brace[0] if brace[1] is None else value(brace[1]), text)


def typed_numbers(text: str) -> list[str]:
    """List the numbers typed into a sentence; years, and figures within a word such as 2nd, are none.

    >>> typed_numbers("In 2010, 12 of {a.total} girls in the 2nd quarter")
    ['12']
    """
    plain = BRACES.sub(" ", text)
    return [number for number in _TYPED.findall(plain) if not _YEAR.fullmatch(number)]


def parse_figure(name: str, added: Sequence[str] = ()) -> NamedFigure:
    """Read a figure's name; `added` are rows that a workbook adds to the table's open list.

    Raise UnknownFigureError for a name that stands for nothing.

    >>> parse_figure("skills_follow_up.sewing.times").key
    {'category': 'sewing'}
    """
    table, *words = (part.strip() for part in name.split("."))
    if table in measures() and measure(table).adds == "derived":
        return _derived(name, table, words)
    try:
        asked = _Name(name, spec(table))
    except KeyError:
        near = did_you_mean(table, [*(known.name for known in CATALOGUE), *measures()])
        raise UnknownFigureError(name, "no_table", table_code=table, near=near) from None
    meant: dict[str, str] = {}
    for word in words:
        kind, code = _meaning(asked, word, added)
        if kind in meant:
            raise asked.refused("twice", word=word)
        meant[kind] = code
    return _figure(asked, meant)


def _derived(name: str, code: str, words: Sequence[str]) -> NamedFigure:
    """Read the name of a derived measure: of the whole quarter or of a month of it."""
    months = [word for word in words if word in MONTHS]
    unknown = next((word for word in words if word not in ("total", "clients", *MONTHS)), None)
    if unknown:
        near = did_you_mean(unknown, ("total", "clients", *MONTHS))
        raise UnknownFigureError(name, "no_word", word=unknown, table_code=code, near=near)
    if len(months) > 1:
        raise UnknownFigureError(name, "twice", word=months[1], table_code=code)
    return NamedFigure("", code, "clients", "count", {"period": Relative(months[0])} if months else {})


def _meaning(name: _Name, word: str, added: Sequence[str]) -> tuple[str, str]:
    for kind, codes in _vocabulary(name.table, added):
        if word in codes:
            return kind, word
    known = [code for _, codes in _vocabulary(name.table, added) for code in codes]
    raise name.refused("no_word", word=word, near=did_you_mean(word, known))


def _vocabulary(declared: TableSpec, added: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """List which words a table knows, by what they settle."""
    yield "kind", ("total", *(column.role for column in declared.columns if column.role == "plan"))
    yield "unit", tuple(column.unit for column in declared.counts)
    yield "measure", tuple(column.measure for column in declared.counts)
    periods = dict.fromkeys(column.key["period"] for column in declared.counts if "period" in column.key)
    yield "period", MONTHS if declared.rows == "month" else tuple(Relative(period).value for period in periods)
    keys = {dimension for column in declared.counts for dimension in column.key} | {row_dimension(declared.rows)}
    for dimension in sorted(keys - {"period", "category"}):
        yield dimension, tuple(codelist(DIMENSIONS[dimension]).members)
    if "category" in keys:
        yield "category", (*declared.members, *added)


def _figure(name: _Name, meant: dict[str, str]) -> NamedFigure:
    declared, kind = name.table, "plan" if meant.pop("kind", "total") == "plan" else "count"
    counted, unit = meant.pop("measure", declared.measure), meant.pop("unit", "clients")
    columns = [column for column in declared.counts if (column.measure, column.unit) == (counted, unit)]
    if not columns:
        raise name.refused("no_unit", measure=counted, unit=unit)
    if kind == "plan" and meant:
        raise name.refused("plan_divided")
    if columns[0].is_stock and "period" not in meant:
        raise name.refused("stock", measure=counted)
    key = {dimension: Relative(code) if dimension == "period" else code for dimension, code in meant.items()}
    _refuse_undivided(name, columns, key)
    return NamedFigure(declared.name, counted, unit, kind, key)


def _refuse_undivided(name: _Name, columns: Sequence[Column], meant: DeclaredKey) -> None:
    """Refuse a division that the table does not have, or has for a part of its clients only: no sum could be right."""
    wanted = {dimension: code for dimension, code in meant.items() if dimension != row_dimension(name.table.rows)}
    agreeing = [column for column in columns if _agrees(column, wanted)]
    undivided = [column for column in agreeing if not wanted.keys() <= column.key.keys()]
    is_whole = len(undivided) == len(agreeing)
    if undivided or is_whole:
        variant = "undivided" if is_whole else "partly_divided"
        raise name.refused(variant, measure=columns[0].measure, dimensions=_dimensions(wanted))


def _agrees(column: Column, wanted: DeclaredKey) -> bool:
    return all(column.key.get(dimension, code) == code for dimension, code in wanted.items())


def _dimensions(codes: Iterable[str]) -> str:
    """Name dimensions in English, one behind the other."""
    return listed(say(f"divided_by_{code}") for code in codes)
