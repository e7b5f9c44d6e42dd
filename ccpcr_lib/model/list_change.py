"""The text of a CSV file and one more line → the text with it; what stood there stays, in its order."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from .list_cells import as_kept
from .list_table import ListTable, Row, is_empty, table_of


def with_line(text: str, file: str, line: Mapping[str, str], needed: Sequence[str], *, at: int | None = None) -> str:
    """Give the text of a file with one more line, or with the row `at` saying this instead.

    `line` is what it says by column; columns that are not there yet are added behind the others, and what the row
    says in columns of somebody's own stays. A file of commas or semicolons keeps every character of its other lines.
    One of tabs, or whose first line names its separator, gets commas, since Excel would take it for one column
    otherwise. Raise CannotReadError for a text that cannot be read.
    """
    if is_empty(text):
        return _written(tuple(line), ",", "\n") + _written(tuple(map(as_kept, line.values())), ",", "\n")
    table = table_of(text, file, *needed)
    new = [column for column in line if column not in table.columns]
    old = next((row for row in table.rows if row.number == at), None)
    changed = {old: _filled(table, new, old, line)} if old else {}
    if new:
        changed[table.head] = (*table.head.cells, *new)
    more = [] if old else [_filled(table, new, None, line)]
    return _edited(table, changed, more) if table.is_plain else _anew(table, changed, more)


def _filled(table: ListTable, new: Sequence[str], row: Row | None, line: Mapping[str, str]) -> tuple[str, ...]:
    """Give the cells of a row that says what `line` does, and whatever else it said."""
    columns = (*table.columns, *new)
    said = [*(row.cells if row else ()), *[""] * len(columns)]
    return tuple(as_kept(line[column]) if column in line else cell for column, cell in zip(columns, said, strict=False))


def _edited(table: ListTable, changed: Mapping[Row, Sequence[str]], more: Sequence[Sequence[str]]) -> str:
    ending = re.search(r"[\r\n]*$", table.lines[0])
    end = (ending and ending[0]) or "\n"
    lines = [*table.lines]
    lines[-1] += "" if lines[-1].endswith(("\r", "\n")) else end
    for row, cells in sorted(changed.items(), reverse=True):
        lines[slice(*row.lines)] = [_written(cells, table.separator, end)]
    return "".join([*lines, *(_written(cells, table.separator, end) for cells in more)])


def _anew(table: ListTable, changed: Mapping[Row, Sequence[str]], more: Sequence[Sequence[str]]) -> str:
    rows = [changed.get(row, row.cells) for row in (table.head, *table.rows)]
    above = [()] * (table.head.number - 1)
    return "".join(_written(cells, ",", "\n") for cells in (*above, *rows, *more))


def _written(cells: Sequence[str], separator: str, end: str) -> str:
    """Write one row; one without cells is an empty line."""
    text = io.StringIO()
    if any(cells):
        csv.writer(text, delimiter=separator, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n") + end
