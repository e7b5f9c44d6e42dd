"""Where the counts of a quarter stand: the rows and columns of its sheets."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ...excel.file.address import place_of
from ...model.finding import cell_of, sheet_of
from .figure import Figure, differences


@dataclass(frozen=True)
class Lines:
    """The rows and columns in which counts stand; `figures` are all of a quarter, by their numbers."""

    figures: Sequence[Figure]

    def of(self, number: int) -> tuple[list[int], list[int]]:
        """List the counts of a count's table that stand in its column and in its row, itself among them."""
        table = self.figures[number].fact.table
        sheet, row, column = self._places[number]
        return self._lines[table, sheet, "column", column], self._lines[table, sheet, "row", row]

    def neighbours(self, number: int) -> Iterator[tuple[int, bool]]:
        """List the counts next to one in its table, and whether they are in its row; other columns may lie between."""
        for is_beside, line in enumerate(self.of(number)):
            place = line.index(number)
            for other in (*line[max(place - 1, 0) : place], *line[place + 1 : place + 2]):
                yield other, bool(is_beside)

    def alike_in_row(self, number: int) -> list[int]:
        """List the counts in a count's row that differ from it in one dimension alone: the month, the sex, the age."""
        _, row = self.of(number)
        return [other for other in row if len(self._differ_in(number, other)) == 1]

    def pairs(self, table: str) -> Iterator[tuple[list[int], list[int]]]:
        """Give each two columns, and each two rows, of a table that are neighbours or differ in their months alone."""
        for axis in ("column", "row"):
            lines = [line for (name, _, way, _), line in self._lines.items() if (name, way) == (table, axis)]
            for place, line in enumerate(lines):
                for other in lines[place + 1 :]:
                    is_near = other is lines[place + 1] or self._differ_in(line[0], other[0]) == {"period"}
                    if is_near and len(line) == len(other):
                        yield line, other

    def _differ_in(self, number: int, other: int) -> set[str]:
        return differences(self.figures[number], self.figures[other])

    @cached_property
    def _places(self) -> dict[int, tuple[str, int, int]]:
        """The sheet, the row and the column of each count."""
        counts = [(number, figure.source) for number, figure in enumerate(self.figures) if figure.role == "count"]
        return {number: (sheet_of(source), *place_of(cell_of(source))) for number, source in counts}

    @cached_property
    def _lines(self) -> dict[tuple[str, str, str, int], list[int]]:
        """The counts in each row and each column of each table, in their order."""
        lines: dict[tuple[str, str, str, int], list[int]] = defaultdict(list)
        for number, (sheet, row, column) in sorted(self._places.items(), key=lambda item: item[1]):
            table = self.figures[number].fact.table
            lines[table, sheet, "column", column].append(number)
            lines[table, sheet, "row", row].append(number)
        return lines
