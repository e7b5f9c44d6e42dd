"""Rows of counts and of claims → the two frames of the contract, `counts` and `printed`.

The frames hold codes, never labels: a column of codes is a category with the members of its list, in their order.
"""

from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from ..model.catalogue import CATALOGUE
from ..model.codelist import codelist


class CountRow(NamedTuple):
    """One base count: a number somebody counted, None where the cell is blank. None in a key means not said."""

    table: str
    measure: str
    period: str
    case_type: str | None
    sex: str | None
    age_band: str | None
    category: str | None
    unit: str
    value: int | None
    source: str


class PrintedRow(NamedTuple):
    """One claim of the sheet: a total, a share (0-1), a part of a note, a plan figure. None in a key: summed over."""

    table: str
    measure: str
    kind: str
    period: str
    case_type: str | None
    sex: str | None
    age_band: str | None
    category: str | None
    unit: str
    value: float | None
    text: str
    source: str


ToNumbers = Callable[[Sequence[object]], ExtensionArray]
"""How the numbers of a frame are laid out: whole for counts, else with fractions."""

_LISTS = {"measure": "measures", "case_type": "case_types", "sex": "sexes", "age_band": "age_bands", "unit": "units"}
CATEGORY_DTYPES = MappingProxyType(
    {
        "table": pd.CategoricalDtype([known.name for known in CATALOGUE]),
        **{column: pd.CategoricalDtype(list(codelist(name).members)) for column, name in _LISTS.items()},
        "kind": pd.CategoricalDtype(["total", "share", "note", "plan"]),
    }
)
_PLACES: dict[str, dict[object, int]] = {
    column: {None: -1} | {code: place for place, code in enumerate(dtype.categories)}
    for column, dtype in CATEGORY_DTYPES.items()
}
"""Where each code stands in its list; -1 is how pandas writes NA."""


def counts_frame(rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """Lay count rows out as the frame of the contract: one row a base count, `value` Int64, NA where blank.

    Each row has the fields of `CountRow`, in their order.
    """
    return _frame(rows, CountRow._fields, _whole_numbers)


def printed_frame(rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """Lay claims out as a frame: kind total, share (0-1), note or plan; NA in a key column means summed over.

    Each row has the fields of `PrintedRow`, in their order; `value` is Float64.
    """
    return _frame(rows, PrintedRow._fields, _numbers)


def _frame(rows: Iterable[Sequence[object]], fields: Sequence[str], to_numbers: ToNumbers) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    named = zip(fields, columns, strict=True)
    return pd.DataFrame(
        {name: to_numbers(column) if name == "value" else _texts(name, column) for name, column in named}, copy=False
    )


def _texts(name: str, column: Sequence[object]) -> ExtensionArray:
    """Lay a column of codes out as a category, another one as text; None becomes NA."""
    if name not in CATEGORY_DTYPES:
        return pd.array(np.array(column, dtype=object), dtype="str")
    places = np.fromiter(map(_PLACES[name].get, column), np.int8, len(column))
    return pd.Categorical.from_codes(places, dtype=CATEGORY_DTYPES[name], validate=False)


def _whole_numbers(column: Sequence[object]) -> ExtensionArray:
    return pd.arrays.IntegerArray(_filled(column, np.int64), _blanks(column))


def _numbers(column: Sequence[object]) -> ExtensionArray:
    return pd.arrays.FloatingArray(_filled(column, np.float64), _blanks(column))


def _filled(column: Sequence[object], kind: type[np.generic]) -> np.ndarray:
    return np.fromiter((number or 0 for number in column), kind, len(column))


def _blanks(column: Sequence[object]) -> np.ndarray:
    return np.fromiter((number is None for number in column), bool, len(column))
