"""A filled table → the plain frame of it, as it is printed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..model.table import Text
from ..model.wording import text_label
from ..words import in_language
from .tables import Cell, Table

if TYPE_CHECKING:
    import pandas as pd


def to_frame(table: Table, language: str = "en") -> "pd.DataFrame":
    """Lay a table out as a plain frame: stubs as index, headings as columns (spanners in a MultiIndex).

    Counts are whole numbers (Int64, NA where not reported), percents are text such as ``56 %``.
    """
    import pandas as pd

    width = len(table.spec.columns)
    heads = [tuple(_heads(table, column, language)) for column in range(1, width + 1)]
    index = [_label(table, table.at[row, 0].slot.text, language) for row in table.body]
    columns = {place: [_plain(table.at.get((row, place))) for row in table.body] for place in range(1, width + 1)}
    frame = pd.DataFrame({place: _series(values) for place, values in columns.items()})
    frame.index = pd.Index(index, name=_label(table, table.at[0, 0].slot.text, language, is_head=True))
    frame.columns = pd.MultiIndex.from_tuples(heads) if table.spec.depth > 1 else pd.Index([head[0] for head in heads])
    return frame


def _label(table: Table, text: Text | None, language: str, *, is_head: bool = False) -> str:
    """Write a head or a stub; nothing where it has no text."""
    if text is None:
        return ""
    return in_language(language, lambda language: text_label(text, table.quarter, language, is_head=is_head))


def _heads(table: Table, column: int, language: str) -> list[str]:
    """Name a column from top to bottom, nothing below a short heading."""
    heads = [_label(table, text, language, is_head=True) for text in table.spec.columns[column - 1].heads]
    return heads + [""] * (table.spec.depth - len(heads))


def _plain(cell: Cell | None) -> int | str | None:
    if cell is None:
        return None
    if cell.slot.role == "share":
        return "" if cell.percent is None else f"{cell.percent} %"
    return cell.value


def _series(values: Sequence[int | str | None]) -> "pd.Series":
    """Make a column of text where one value is text, else of whole numbers."""
    import pandas as pd

    if any(isinstance(value, str) for value in values):
        return pd.Series(["" if value is None else value for value in values], dtype="str")
    return pd.Series(values, dtype="Int64")
