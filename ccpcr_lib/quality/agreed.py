"""Differences, and what was agreed of each → the agreed workbook, or the lines that are not settled yet.

It is a copy of the first workbook with what was agreed in its cells. It is read again before anybody gets it: what was
agreed must be read as agreed, and everything else as before.
"""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..excel.agreed_list import AgreedLine, Told
from ..excel.file.facts import refuse
from ..excel.file.package import open_package
from ..excel.file.rewrite import New, has_formulas, rewritten, to_calculate
from ..excel.reader import read_workbook
from ..excel.values import parse_value
from ..model.text import fold, plain, seen
from ..words import listed
from .compared import Compared, compare_readings
from .difference import SENTENCE, Difference

SUFFIXES = (".xlsx", ".xlsm")
"""The kinds of files that can be copied."""

Figures = tuple[int | None, float | None, frozenset[tuple[str, str, int]]]
"""What a cell says, however it is written: its number, its percent, the parts of its note."""

Decision = tuple[Difference, AgreedLine]
"""A difference, and the line that settles it."""


class Settled(NamedTuple):
    """A list held against the differences: `decisions` are its lines, each with the difference that it settles.

    `unsettled` are the cells of lines without an agreement, `unclear` those of lines that nobody can understand, with
    what stands there. `unfit` are the cells of lines that fit no difference, and those of differences without a line.
    `is_of_second`: they would fit if the second workbook were the first.
    """

    decisions: tuple[Decision, ...]
    unsettled: tuple[str, ...]
    unclear: Mapping[str, str]
    unfit: tuple[str, ...]
    is_of_second: bool

    @property
    def as_in(self) -> tuple[int, int, int]:
        """How many were agreed as in the first workbook, as in the second, and as in neither."""
        as_first = [_is_as(line.agreed, difference.first.text) for difference, line in self.decisions]
        as_second = [_is_as(line.agreed, difference.second.text) for difference, line in self.decisions]
        either = sum(map(any, zip(as_first, as_second, strict=True)))
        return sum(as_first), either - sum(as_first), len(self.decisions) - either

    @property
    def cells(self) -> dict[str, str]:
        """The cells of the first workbook that are to be changed, and what was agreed of each."""
        return {
            difference.first.cell: line.agreed
            for difference, line in self.decisions
            if not _is_as(line.agreed, difference.first.text)
        }


class Agreed(NamedTuple):
    """The agreed workbook as bytes; `is_to_calculate`: its formulas have no results until Excel has saved it."""

    data: bytes
    is_to_calculate: bool = False


def told(difference: Difference) -> Told:
    """Give a difference as a list tells it."""
    first, second = difference.texts
    return Told(difference.first.cell, seen(first), difference.second.cell, seen(second))


def settle(differences: Sequence[Difference], lines: Iterable[AgreedLine]) -> Settled:
    """Hold the lines of a list, in whatever order, against the differences."""
    known = {told(difference): difference for difference in differences}
    about: dict[Told, AgreedLine] = {}
    lines, unfit = list(lines), []
    for line in lines:
        if line.told not in known or about.setdefault(line.told, line) is not line:
            unfit.append(line.where)
    unfit += [difference.first.cell for key, difference in known.items() if key not in about]
    decisions = tuple((known[key], line) for key, line in about.items())
    unclear = [line for difference, line in decisions if line.agreed and not _is_clear(difference, line.agreed)]
    return Settled(
        decisions,
        unsettled=tuple(line.where for _, line in decisions if not line.agreed),
        unclear={line.where: line.agreed for line in (*unclear, *_two_ways(decisions))},
        unfit=tuple(unfit),
        is_of_second=not about and known.keys() == {Told(*line.told[2:], *line.told[:2]) for line in lines},
    )


def _two_ways(decisions: Iterable[Decision]) -> list[AgreedLine]:
    """List the lines that settle a cell in another way than a line before them."""
    first: dict[str, str] = {}
    agreed = ((difference.first.cell, line) for difference, line in decisions if line.agreed)
    return [line for cell, line in agreed if not _is_as(line.agreed, first.setdefault(cell, line.agreed))]


def agreed_workbook(compared: Compared, cells: Mapping[str, str]) -> Agreed:
    """Copy the first workbook with what was agreed in some of its cells.

    Raise CannotReadError for another kind of file, and where it would not be read as agreed.
    """
    path = compared.first.path
    if path.suffix.lower() not in SUFFIXES:
        raise refuse(path, "compare_first_no_xlsx")
    if not cells:
        return Agreed(compared.first.data)
    package = open_package(path)
    before = {difference.first.cell: difference.first.text for difference in compared.differences}
    data = rewritten(package, {cell: _new(text, before[cell]) for cell, text in cells.items()})
    again = _read_again(compared, data)
    missed = _missed(again, cells)
    if missed:
        why = "".join(f"{finding.message} " for _, findings in again.unread[-1:] for finding in findings[:1])
        raise refuse(path, "compare_not_as_agreed", cells=", ".join(missed), why=why)
    return Agreed(to_calculate(package, data), is_to_calculate=True) if has_formulas(package) else Agreed(data)


def rehearse(compared: Compared) -> None:
    """Try whether a list can be settled at all, with what the second workbook says; raise CannotReadError if not.

    So nobody fills in a list for a cell that holds a formula, or for a file that cannot be copied. A cell on several
    lines is left to the list.
    """
    cells = [difference.first.cell for difference in compared.differences]
    once = [difference for difference in compared.differences if cells.count(difference.first.cell) == 1]
    agreed_workbook(compared, {difference.first.cell: difference.second.text for difference in once})


def _read_again(compared: Compared, data: bytes) -> Compared:
    """Read an agreed workbook, and compare the first one with it."""
    first = compared.first
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, first.path.name)
        copy.write_bytes(data)
        again = read_workbook(copy, first.period)
    return Compared(first, again, tuple(compare_readings(first, again)))


def _missed(again: Compared, cells: Mapping[str, str]) -> list[str]:
    """List the cells of an agreed workbook that are not read as they should be."""
    now = {item.first.cell or item.second.cell: item.second.text for item in again.differences}
    as_agreed = {cell for cell, text in cells.items() if cell in now and _is_as(text, now[cell])}
    return sorted({*now, *cells} - as_agreed)


# --- what was agreed ---------------------------------------------------------------------------------------


def _is_blank(text: str) -> bool:
    """Check whether a cell is to stay empty."""
    return not text or fold(text) in map(fold, listed("list_blank"))


def _bracketed(text: str) -> str:
    return f"({text.strip('()')})"


def _figures(text: str) -> Figures | None:
    """Read what a cell says, or a note that stands in a cell of its own; None for what cannot be understood."""
    value = parse_value(text)
    if value.problem and not value.parts:
        value = parse_value(f"0 {_bracketed(plain(text))}")._replace(number=None)
    if value.problem or value == parse_value(None):
        return None
    share = None if value.share is None else round(value.share, 9)
    return value.number, share, frozenset(value.parts)


def _is_as(agreed: str, text: str) -> bool:
    """Check whether what was agreed is what stands in a cell."""
    if _is_blank(agreed) or _is_blank(text):
        return _is_blank(agreed) and _is_blank(text)
    figures = _figures(agreed)
    return seen(agreed) == seen(text) or (figures is not None and figures == _figures(text))


def _is_clear(difference: Difference, agreed: str) -> bool:
    """Check whether what was agreed says what such a cell says: a number, a percent, a note, or several of them."""
    if difference.kind == SENTENCE or _is_blank(agreed):
        return True
    figures = _figures(agreed)
    texts = (difference.first.text, difference.second.text)
    others = [known for known in map(_figures, filter(None, texts)) if known]
    return figures is not None and any(_fits(figures, other) for other in others)


def _fits(figures: Figures, other: Figures) -> bool:
    """Check whether both have a number and a percent, or not; a note only where the other has one."""
    same = all((one is None) == (two is None) for one, two in zip(figures[:2], other[:2], strict=True))
    return same and bool(other[2] or not figures[2])


def _new(agreed: str, before: str) -> New:
    """Give what is to be written into a cell, in the place of what was read there `before`."""
    if _is_blank(agreed):
        return New(None)
    number, share, parts = _figures(agreed) or (None, None, frozenset())
    old = _figures(before)
    if share is not None and number is None and not parts and old and old[1] is not None:
        return New(agreed, shares=(old[1], share))
    is_number = number is not None and share is None and not parts
    return New(number if is_number else agreed, was_blank=not before)
