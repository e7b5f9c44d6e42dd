"""A form's numbers → which of them are in dispute, and by which findings."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...analysis.disputes import each_once
from ...analysis.tables import Table
from ...model.finding import Finding
from ..release import Release, marked

Numbers = Callable[[Release, Table], pd.DataFrame]
"""How a form lays its numbers out."""


@dataclass(frozen=True)
class Marks:
    """The findings that dispute numbers of a chart, and where: an array of rows × columns, as the numbers."""

    findings: tuple[Finding, ...]
    places: np.ndarray

    def title(self, text: str) -> str:
        """Put the mark behind a chart's title, if one of its numbers is in dispute."""
        return marked(text, self.findings)

    def rows(self, start: int, end: int) -> "Marks":
        """Take some rows; without a mark they have no finding."""
        places = self.places[start:end]
        return Marks(self.findings if places.any() else (), places)

    def text(self, text: str, row: int, column: int = 0) -> str:
        """Put the mark behind the number at a place, if that is in dispute."""
        return marked(text, self.places[row, column])

    def column(self, column: int) -> list[bool]:
        """List for each number of a column whether it is in dispute."""
        return [bool(mark) for mark in self.places[:, column]]


def no_marks(numbers: pd.DataFrame) -> Marks:
    """Mark nothing."""
    return Marks((), np.zeros(numbers.shape, dtype=bool))


def marks_of(release: Release, name: str, numbers: Numbers) -> Marks:
    """Lay out the marks of a form: as its numbers, of the release that says of each figure whether it is in dispute."""
    laid = numbers(release, release.table(name))
    marks, findings = no_marks(laid).places, []
    for finding, asked in release.questioned.items():
        places = _as_laid(numbers(asked, asked.table(name)), laid)
        if places.any():
            findings.append(finding)
            marks = marks | places
    return Marks(tuple(findings), marks)


def least_of(release: Release, name: str, numbers: Numbers) -> np.ndarray:
    """Lay out how many there are at least where a number of a form is not known; 0 where nothing more can be said."""
    laid, asked = numbers(release, release.table(name)), release.at_least
    return np.where(laid.isna(), _laid_as(numbers(asked, asked.table(name)), laid), 0)


def _as_laid(marks: pd.DataFrame, laid: pd.DataFrame) -> np.ndarray:
    return _laid_as(marks, laid) != 0


def _laid_as(figures: pd.DataFrame, laid: pd.DataFrame) -> np.ndarray:
    """Bring figures into the columns of the numbers: a column that is there for its figures alone may lack."""
    if len(figures.columns) != len(laid.columns):
        figures = figures.reindex(columns=laid.columns)
    return figures.apply(pd.to_numeric, errors="coerce").fillna(0).to_numpy(dtype=float)


def marks_in(laid: pd.DataFrame) -> Marks:
    """Take marks from a frame that has, in the place of each number, the findings that dispute it."""
    groups: Iterable[Sequence[Finding]] = laid.to_numpy().ravel()
    return Marks(each_once(groups), laid.map(bool).to_numpy(dtype=bool))
