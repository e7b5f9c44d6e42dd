"""The quarter to be typed: its tables as they will be laid out, and what is known of the quarters before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model.catalogue import spec
from ..model.records import name_key
from ..model.table import Key, Slot, TableSpec, slots
from ..quality.cube import NoAnswerError
from ..quality.facts import Facts
from ..words import say
from .checks import Operand
from .layout import is_spare


@dataclass(frozen=True)
class Ahead:
    """The quarter to be typed: the rows of each table, and what earlier quarters' workbooks say."""

    period: str
    members: Mapping[str, Sequence[str]]
    before: Sequence[Facts] = ()

    def laid(self, table: TableSpec) -> list[Slot]:
        """Lay a table out with the rows that the quarter's workbook gives it."""
        return slots(table, self.period, tuple(self.members[table.name]))


def name_figure(table: str, key: Key, language: str, *, is_dated: bool = True) -> str:
    """Name what a figure is about, a free row by its number; `is_dated`: and when."""
    if is_spare(key.get("category", "named")):
        free = say("new_free_row", language, number=len(key["category"]))
        return f"{free}, {name_key({'period': key['period']}, language=language)}" if is_dated else free
    return name_key(key, category_list=spec(table).codelist, period=is_dated, language=language)


def of_earlier(facts: Facts | None, operand: Operand) -> Operand | None:
    """Take an operand's number from the workbook of its own quarter; None where that does not say."""
    if facts is None:
        return None
    try:
        total = facts.cube(operand.measure, operand.unit).total(operand.key, table=operand.table)
    except NoAnswerError:
        return None
    return None if total.exact is None else Operand(sign=operand.sign, value=total.exact)
