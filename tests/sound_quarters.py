"""Made-up quarters that agree with themselves, laid out, written and read: what faults are planted into. SYNTHETIC.

Nothing is made twice in a run, and nothing that one asks for is left behind.
"""

import atexit
import io
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from planting import pack

from ccpcr_lib.excel.reader import Reading, read_workbook
from ccpcr_lib.forms.layout import EntrySheet, Field
from ccpcr_lib.forms.simulate import FAULTY_QUARTER, simulate
from ccpcr_lib.forms.workbook import Draft, lay_out_sheets, write_workbook
from ccpcr_lib.model import period as calendar

PLAN = 60
MEMORY = Path("/dev/shm")
"""A folder in memory, where there is one: hundreds of workbooks are written to be read once."""


class Cell(NamedTuple):
    """A count on a sheet: its place, its period as seen from the quarter, and what else it is `about`."""

    sheet: str
    field: Field
    period: str
    about: frozenset

    @property
    def address(self) -> str:
        return f"{self.sheet}!{self.field.source}"

    @property
    def value(self) -> int:
        return self.field.value or 0

    @property
    def sense(self) -> tuple[str, str, frozenset]:
        """Its sheet, its period, and what it stands for: the same in every quarter."""
        return self.sheet, self.period, self.about


@dataclass(frozen=True, eq=False)
class Sound:
    """A quarter without a fault: its sheets as they are laid out, and its workbook's parts."""

    seed: int
    period: str
    sheets: Mapping[str, EntrySheet]
    parts: dict[str, bytes]

    @property
    def before(self) -> "Sound | None":
        """The quarter before it; None where nobody reported that one."""
        earlier = calendar.previous(self.period)
        return sound(self.seed, earlier) if earlier in quarters(self.seed) else None

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every count that is filled in."""
        return tuple(
            Cell(name, field, _seen_from(self.period, field.key["period"]), _about(field))
            for name, sheet in self.sheets.items()
            for field in sheet.counts
            if field.value is not None
        )

    @cached_property
    def by_sense(self) -> dict[tuple[str, str, frozenset], Cell]:
        """Its counts by what they stand for."""
        return {cell.sense: cell for cell in self.cells}


def _seen_from(quarter: str, period: str) -> str:
    return next(own.value for own in calendar.Relative if calendar.resolve(own, quarter) == period)


def _about(field: Field) -> frozenset:
    codes = {name: code for name, code in field.key.items() if name != "period"}
    return frozenset((codes | {"measure": field.slot.measure, "unit": field.slot.unit}).items())


@cache
def _simulated(seed: int) -> dict:
    return simulate(seed)


def quarters(seed: int) -> tuple[str, ...]:
    """List the quarters of a made-up history, but for the one that has faults of its own."""
    return tuple(quarter for quarter in _simulated(seed) if quarter != FAULTY_QUARTER)


@cache
def sound(seed: int, period: str) -> Sound:
    """Lay a made-up quarter out and write its workbook, as `new_workbook` does."""
    sheets = lay_out_sheets(period, _simulated(seed)[period], PLAN)
    written = write_workbook(Draft(sheets, banner="SYNTHETIC: made-up figures"))
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return Sound(seed, period, {sheet.name: sheet for sheet in sheets}, parts)


@cache
def earlier(seed: int, period: str) -> tuple[Reading, ...]:
    """Read all quarters of a history before one of them."""
    return tuple(_reading(seed, quarter) for quarter in quarters(seed) if quarter < period)


@cache
def _reading(seed: int, period: str) -> Reading:
    return read_parts(sound(seed, period).parts, period)


def read_parts(parts: dict[str, bytes], period: str) -> Reading:
    """Read a workbook that is given as its parts."""
    return read_workbook(pack(_scratch() / f"{period}-SYNTHETIC.xlsx", parts, compression=zipfile.ZIP_STORED))


@cache
def _scratch() -> Path:
    folder = tempfile.mkdtemp(prefix="ccpcr-faults-", dir=MEMORY if MEMORY.is_dir() else None)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
