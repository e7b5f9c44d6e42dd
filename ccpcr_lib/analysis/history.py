"""A folder of quarterly workbooks → a `History`: every quarter's report, in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ..excel.frames import counts_frame
from ..excel.reader import Reading, read_workbook, workbooks
from ..model.errors import CannotReadError
from ..quality.check import check_reading
from ..words import say
from .report import Report

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class History:
    """The reports of several quarters, oldest first. ``history["2010-Q2"]`` is one of them."""

    reports: tuple[Report, ...]
    refused: tuple[CannotReadError, ...] = ()

    @property
    def unread(self) -> tuple[str, ...]:
        """Why files of the folder could not be read, a line each."""
        return tuple(map(str, self.refused))

    @property
    def periods(self) -> tuple[str, ...]:
        """The quarters there are, oldest first."""
        return tuple(report.period for report in self.reports)

    @property
    def counts(self) -> "pd.DataFrame":
        """All quarters' counts, with the quarter whose workbook says it in the first column, `reported_in`.

        A quarter may speak of the one before: filter by `period` for what is meant, by `reported_in` for who says it.
        """
        import pandas as pd

        frames = [report.counts.assign(reported_in=report.period) for report in self.reports]
        together = pd.concat(frames or [counts_frame(()).assign(reported_in="")], ignore_index=True)
        return together[["reported_in", *together.columns.drop("reported_in")]]

    def __getitem__(self, period: str) -> Report:
        """Give one quarter's report; raise KeyError with the quarters there are."""
        return self.get(period) or _refuse(period, self.periods)

    def get(self, period: str) -> Report | None:
        """Give one quarter's report, or None."""
        return next((report for report in self.reports if report.period == period), None)

    def __len__(self) -> int:
        return len(self.reports)


def _refuse(period: str, there: tuple[str, ...]) -> NoReturn:
    raise KeyError(f"there is no workbook of {period}; the quarters are: {', '.join(there) or 'none'}")


@dataclass(frozen=True)
class Unchecked:
    """The workbooks of a folder, read: each is checked against the others when its report is asked for."""

    readings: Mapping[str, Reading]
    refused: tuple[CannotReadError, ...] = ()

    @property
    def periods(self) -> tuple[str, ...]:
        """The quarters there are, oldest first."""
        return tuple(self.readings)

    def __getitem__(self, period: str) -> Report:
        """Give one quarter's report, checked once; raise KeyError for a quarter that is not there."""
        if period not in self.readings:
            _refuse(period, self.periods)
        if period not in self._checked:
            reading = self.readings[period]
            others = tuple(other for other in self.readings.values() if other is not reading)
            self._checked[period] = Report(reading, check_reading(reading, others), others)
        return self._checked[period]

    @cached_property
    def _checked(self) -> dict[str, Report]:
        """The reports that were asked for already."""
        return {}


def load_all(folder: str | Path) -> History:
    """Read and check every quarterly workbook of a folder, as `read_all` reads them."""
    there = read_all(folder)
    return History(tuple(there[period] for period in there.periods), there.refused)


def read_all(folder: str | Path) -> Unchecked:
    """Read every quarterly workbook of a folder; what is none is listed in `refused`, with the reason.

    Raise CannotReadError where two workbooks report the same quarter: which one counts, a person must say.
    """
    readings: dict[str, Reading] = {}
    refused: list[CannotReadError] = []
    for path in workbooks(folder):
        try:
            reading = read_workbook(path)
        except CannotReadError as reason:
            refused.append(reason)
            continue
        first = readings.setdefault(reading.period, reading)
        if first is not reading:
            same = say("quarter_reported_twice", file=path.name, first=first.path.name, period=first.period)
            raise CannotReadError(same)
    return Unchecked({period: readings[period] for period in sorted(readings)}, tuple(refused))


def find_workbook(folder: str | Path, period: str) -> Path:
    """Find a quarter's workbook in a folder, by name, then by what it says; a file stands for itself.

    Raise CannotReadError, naming the quarters there are, where there is none.
    """
    folder = Path(folder)
    if folder.is_file():
        return folder
    named = [path for path in workbooks(folder) if path.stem == period]
    if named:
        return named[0]
    there = read_all(folder)
    if reading := there.readings.get(period):
        return reading.path
    if not there.periods:
        raise CannotReadError(say("quarter_not_there_none", period=period, folder=folder))
    quarters = ", ".join(there.periods)
    raise CannotReadError(say("quarter_not_there", period=period, folder=folder, quarters=quarters))


def history_of(report: Report) -> History:
    """Give a report with the quarters before it, as its folder has them; later ones were not known then."""
    earlier = (Report(other, ()) for other in report.others if other.period < report.period)
    return History((*sorted(earlier, key=lambda report: report.period), report))
