"""A folder of quarterly workbooks → a `History`: every quarter's report, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ..excel.copies import Copy, copies_of, sort_out, the_one
from ..excel.dating import whole_quarter
from ..excel.frames import counts_frame
from ..excel.named_files import find_workbooks, reported_twice, say_aside, say_near
from ..excel.reader import Reading, read_workbook
from ..model import period as calendar
from ..model.errors import CannotReadError, UnknownNameError
from ..quality.check import check_reading
from ..words import say
from .about import About, Described, about_history
from .report import Report

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class History(Described):
    """The reports of several quarters, oldest first. ``history["2010-Q2"]`` is one of them."""

    reports: tuple[Report, ...]
    refused: tuple[CannotReadError, ...] = ()
    copies: tuple[Copy, ...] = ()

    @property
    def about(self) -> About:
        """What it is, in a few lines."""
        return about_history(self.reports, unread=self.unread, aside=self.aside)

    @property
    def aside(self) -> tuple[str, ...]:
        """Which copies of workbooks were left aside, a line each."""
        return tuple(map(say_aside, self.copies))

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
        """Give one quarter's report, however the quarter is written; raise KeyError with the quarters there are."""
        return self.get(period) or _refuse(period, self.periods)

    def get(self, period: str) -> Report | None:
        """Give one quarter's report, or None."""
        asked = whole_quarter(str(period)) or period
        return next((report for report in self.reports if report.period == asked), None)

    def __len__(self) -> int:
        return len(self.reports)


def _refuse(period: str, there: tuple[str, ...]) -> NoReturn:
    known = ", ".join(there) or say("history_none")
    near = say_near(str(period), there)
    raise UnknownNameError(say("name_no_quarter", name=period, known=known, near=near))


@dataclass(frozen=True)
class Unchecked:
    """The workbooks of a folder, read: each is checked against the others when its report is asked for."""

    readings: Mapping[str, Reading]
    refused: tuple[CannotReadError, ...] = ()
    copies: tuple[Copy, ...] = ()

    @property
    def periods(self) -> tuple[str, ...]:
        """The quarters there are, oldest first."""
        return tuple(self.readings)

    def __getitem__(self, period: str) -> Report:
        """Give one quarter's report, checked once; raise KeyError for a quarter that is not there."""
        period = whole_quarter(str(period)) or period
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


def load_all(which: str | Path | None = None) -> History:
    """Read and check every quarterly workbook of a folder, of the project's own if none is named, as `read_all` does.

    What names one workbook, such as ``2010-Q3``, gives a history of that one.
    """
    there = read_all(which)
    return History(tuple(there[period] for period in there.periods), there.refused, there.copies)


def read_all(which: str | Path | None = None) -> Unchecked:
    """Read every quarterly workbook of a folder; what is none is listed in `refused`, with the reason.

    A copy beside the workbook that is named after its quarter is left aside, and listed in `copies`. Raise
    CannotReadError where two workbooks report the same quarter and their names do not say which counts.
    """
    named = sort_out(find_workbooks(which))
    by_quarter: dict[str, list[Reading]] = {}
    refused: list[CannotReadError] = []
    for path in named.kept:
        try:
            reading = read_workbook(path)
        except CannotReadError as reason:
            refused.append(reason)
            continue
        by_quarter.setdefault(reading.period, []).append(reading)
    copies = [*named.copies]
    for quarter, group in by_quarter.items():
        copies += _copies(group, quarter)
    aside = {copy.path for copy in copies}
    kept = {period: next(each for each in group if each.path not in aside) for period, group in by_quarter.items()}
    return Unchecked({period: kept[period] for period in sorted(kept)}, tuple(refused), tuple(copies))


def _copies(group: Sequence[Reading], quarter: str) -> list[Copy]:
    """List the workbooks of a quarter that do not count; raise CannotReadError where that is not clear."""
    paths = [reading.path for reading in group]
    if the_one(paths, quarter) is None:
        raise CannotReadError(reported_twice(paths, quarter))
    return copies_of(paths, quarter)


def history_of(report: Report) -> History:
    """Give a report with the quarters before it, as its folder has them; later ones were not known then.

    Of a half-year or a year it gives the quarters that have a workbook.
    """
    own = report.quarters
    earlier = (Report(other, ()) for other in report.others if other.period < own[0].period)
    return History((*sorted(earlier, key=lambda report: report.period), *own))


def known_of(report: Report, history: History | None = None) -> History:
    """Give the history that a report's indicators are worked out from: that of `history_of`, unless it is given.

    Where the last quarter of a half-year or a year has no workbook, the next one may speak of it.
    """
    history = history or history_of(report)
    if not report.longer or report.quarters[-1].period == report.longer.quarters[-1]:
        return history
    behind = calendar.following(report.longer.quarters[-1])
    later = tuple(Report(other, ()) for other in report.others if other.period == behind)
    return History((*history.reports, *later))
