"""Records → the two frames of the contract: `counts`, one row a base count, and `printed`, one row a claim.

The frames hold codes, never labels: a column of codes is a category with the members of its list, in their order.
pandas is imported when the first frame is asked for: reading and checking need none.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..model.catalogue import CATALOGUE
from ..model.codelist import codelist
from ..model.records import Claim, Count
from ..model.table import KEY_COLUMNS

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from pandas.api.extensions import ExtensionArray

COUNT_COLUMNS = ("table", "measure", *KEY_COLUMNS, "unit", "value", "source")
CLAIM_COLUMNS = ("table", "measure", "kind", *KEY_COLUMNS, "unit", "value", "text", "source")

ToNumbers = Callable[[Sequence[object]], "ExtensionArray"]
"""How the numbers of a frame are laid out: whole for counts, else with fractions."""

_LISTS = {"measure": "measures", "case_type": "case_types", "sex": "sexes", "age_band": "age_bands", "unit": "units"}
CATEGORIES = MappingProxyType(
    {
        "table": [known.name for known in CATALOGUE],
        **{column: list(codelist(name).members) for column, name in _LISTS.items()},
        "kind": ["total", "share", "note", "plan"],
    }
)
"""The codes of each column of codes, in the order of their list."""
_PLACES: dict[str, dict[object, int]] = {
    column: {None: -1} | {code: place for place, code in enumerate(codes)} for column, codes in CATEGORIES.items()
}
"""Where each code stands in its list; -1 is how pandas writes NA."""


def view_counts(counts: Iterable[Count]) -> "pd.DataFrame":
    """Lay counts out as the frame of the contract."""
    return counts_frame(_rows(counts, COUNT_COLUMNS))


def view_claims(claims: Iterable[Claim]) -> "pd.DataFrame":
    """Lay claims out as the frame of the contract."""
    return _frame(_rows(claims, CLAIM_COLUMNS), CLAIM_COLUMNS, _numbers)


def counts_frame(rows: Iterable[Sequence[object]]) -> "pd.DataFrame":
    """Lay rows of counts out as the frame of the contract: one row a base count, `value` Int64, NA where blank.

    Each row has the columns `COUNT_COLUMNS`, in their order; None where a key does not say a dimension.
    """
    return _frame(rows, COUNT_COLUMNS, _whole_numbers)


def _rows(records: Iterable[Count | Claim], columns: Sequence[str]) -> list[tuple[object, ...]]:
    """Give records as rows, their keys spread over the key columns."""
    first, after = columns.index(KEY_COLUMNS[0]), columns.index(KEY_COLUMNS[-1]) + 1
    before, behind = attrgetter(*columns[:first]), attrgetter(*columns[after:])
    return [(*before(record), *map(record.key.get, KEY_COLUMNS), *behind(record)) for record in records]


def _frame(rows: Iterable[Sequence[object]], fields: Sequence[str], to_numbers: ToNumbers) -> "pd.DataFrame":
    import pandas as pd

    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    named = zip(fields, columns, strict=True)
    return pd.DataFrame(
        {name: to_numbers(column) if name == "value" else _texts(name, column) for name, column in named}, copy=False
    )


def _texts(name: str, column: Sequence[object]) -> "ExtensionArray":
    """Lay a column of codes out as a category, another one as text; None becomes NA."""
    import numpy as np
    import pandas as pd

    if name not in CATEGORIES:
        return pd.array(np.array(column, dtype=object), dtype="str")
    places = np.fromiter(map(_PLACES[name].get, column), np.int8, len(column))
    return pd.Categorical.from_codes(places, dtype=_dtype(name), validate=False)


@cache
def _dtype(name: str) -> "pd.CategoricalDtype":
    import pandas as pd

    return pd.CategoricalDtype(CATEGORIES[name])


def _whole_numbers(column: Sequence[object]) -> "ExtensionArray":
    import numpy as np
    import pandas as pd

    return pd.arrays.IntegerArray(_filled(column, np.int64), _blanks(column))


def _numbers(column: Sequence[object]) -> "ExtensionArray":
    import numpy as np
    import pandas as pd

    return pd.arrays.FloatingArray(_filled(column, np.float64), _blanks(column))


def _filled(column: Sequence[object], kind: "type[np.generic]") -> "np.ndarray":
    import numpy as np

    return np.fromiter((number or 0 for number in column), kind, len(column))


def _blanks(column: Sequence[object]) -> "np.ndarray":
    import numpy as np

    return np.fromiter((number is None for number in column), bool, len(column))
