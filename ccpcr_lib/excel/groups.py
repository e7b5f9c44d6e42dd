"""The parts of a table → warnings where a heading or a row counts one group of people alone: the boys of April.

Where the other group stands beside it, or a total of both, nobody is left out.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ..model.codelist import codelist
from ..model.column import DeclaredKey
from ..model.table import DIMENSIONS
from ..model.wording import table_title
from .file.address import Place
from .heading import PEOPLE, place_naming
from .settle_rows import label_place
from .settled import Settled

Where = tuple[int, int]
"""A part of a table, and a column or a row of it."""
Keys = Mapping[Where, DeclaredKey]
"""What each of them stands for."""


def report_groups(parts: Sequence[Settled]) -> None:
    """Report the headings and the rows that count one group alone where the table is declared to count all."""
    for kind in PEOPLE:
        _report_groups(parts, kind)


def _report_groups(parts: Sequence[Settled], kind: str) -> None:
    """Report those of one kind: once where all headings or all rows are of it, else at each."""
    declared = [column.key for column in parts[0].spec.counts]
    headed: Keys = {
        (part, place): column.key
        for part, table in enumerate(parts)
        for place, column in table.columns.items()
        if column.role == "count"
    }
    labelled: Keys = {(part, row): key for part, table in enumerate(parts) for row, key in table.rows.items()}
    columns = [where for where in _alone(kind, headed) if headed[where] not in declared]
    rows = [] if kind == parts[0].spec.rows else _alone(kind, labelled)
    heads = dict.fromkeys((part, place_naming(parts[part].region, at, kind)) for part, at in columns)
    labels = dict.fromkeys((part, label_place(parts[part], row)) for part, row in rows)
    is_all, are_all = len(columns) == len(headed), len(rows) == len(labelled)
    for part, place in [*heads][:1] if is_all else heads:
        _report_group(parts[part], place, variant="" if is_all else "one")
    for part, place in [*labels][:1] if are_all else labels:
        group = codelist(DIMENSIONS[kind]).label(str(labelled[rows[0]][kind]))
        _report_group(parts[part], place, **({"variant": "rows", "printed": group} if are_all else {"variant": "one"}))


def _alone(kind: str, keys: Keys) -> list[Where]:
    """List the keys that name a group to which no other key with the same rest names another one."""
    codes: dict[frozenset[tuple[str, object]], set[object]] = defaultdict(set)
    for key in keys.values():
        codes[_rest(kind, key)].add(key.get(kind))
    return [where for where, key in keys.items() if kind in key and len(codes[_rest(kind, key)]) == 1]


def _rest(kind: str, key: DeclaredKey) -> frozenset[tuple[str, object]]:
    return frozenset((name, code) for name, code in key.items() if name != kind)


def _report_group(table: Settled, place: Place, *, variant: str, **fields: str) -> None:
    table.report("only_some", place, variant=variant, title=table_title(table.name), **fields)
