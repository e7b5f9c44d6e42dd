"""What is known of a file beside its cells: what the engine does not say of a sheet, and why it is refused."""

from dataclasses import dataclass, field
from pathlib import Path

from ...model.errors import CannotReadError
from ...words import say
from .address import Place, column_letters
from .formats import Sections

MAX_AREA = 2_000_000
"""The most cells that a sheet is laid out with."""
MAX_FILLED = 200_000
"""The most cells with something in them that a workbook is read with."""
FARTHEST = (1_048_575, 16_383)
"""The last row and column a sheet can have."""


@dataclass
class SheetFacts:
    """What the engine does not say of one sheet: error cells, formulas and those without a result, percent formats.

    `literals` are the places, of numbers, where the percent sign is only typed: 6 is shown as 6%. `struck` gives what
    is struck out in a cell, `raised` its text without what is raised; both are empty where it is all of the cell.
    `distrust` says why no result in the file is to be trusted, as the variant of `not_calculated`: empty, if there is
    no reason.
    """

    errors: dict[Place, str] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    uncalculated: set[Place] = field(default_factory=set)
    percents: set[Place] = field(default_factory=set)
    literals: set[Place] = field(default_factory=set)
    by_value: dict[Place, Sections] = field(default_factory=dict)
    struck: dict[Place, str] = field(default_factory=dict)
    raised: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    distrust: str = ""

    def distrust_results(self, reason: str) -> None:
        """Take every formula for one that no program has calculated."""
        self.distrust, self.uncalculated = reason, self.formulas


def refuse(path: Path, sentence: str, **fields: str) -> CannotReadError:
    """Build the error for a file that cannot be read, from the name of a sentence in ``words/files.csv``.

    >>> str(refuse(Path("2010-Q2.xlsx"), "file_not_excel"))
    '2010-Q2.xlsx: this is not an Excel workbook. Save it from Excel as .xlsx and try again.'
    """
    return CannotReadError(say(sentence, **fields), file=path.name)


def check_filled(path: Path, cells: int) -> None:
    """Refuse a workbook with so many filled cells that reading it would take minutes."""
    if cells > MAX_FILLED:
        raise refuse(path, "file_too_full", limit=f"{MAX_FILLED:,}")


def check_extent(path: Path, sheet: str, row: int, column: int) -> None:
    """Refuse a sheet whose last cell is so far out that it could not be laid out in memory."""
    if row > FARTHEST[0] or column > FARTHEST[1] or (row + 1) * (column + 1) > MAX_AREA:
        cell = f"{column_letters(column)}{row + 1}"
        raise refuse(path, "file_reaches_too_far", sheet=sheet, cell=cell)
