"""The quarters up to one → what is shown of indicators over time: figures, changes, runs, what workbooks differ in.

A part of the door that `release` is: the reports of the quarters stay behind it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ..analysis import runs, series, trend
from ..analysis.history import History
from ..analysis.runs import Run
from ..analysis.series import Actual
from ..analysis.trend import Change, Season
from ..model.plan import Indicator


@dataclass(frozen=True)
class Timeline:
    """What is shown of a quarter and those before it, as its folder has them."""

    _history: History
    _period: str
    _compare_with: str = ""

    @property
    def periods(self) -> tuple[str, ...]:
        """The quarters, oldest first; the last one is the quarter itself."""
        return self._history.periods

    def actual(self, indicator: Indicator, period: str) -> Actual:
        """Give what is known of an indicator in a month or a quarter."""
        return series.actual(self._history, indicator, period)

    def monthly(self, indicator: Indicator) -> list[Actual]:
        """Give every month, those nobody reported included; none where the indicator's table has no months."""
        return series.monthly(self._history, indicator)

    def changes(self, indicator: Indicator) -> tuple[Change, Change]:
        """Compare the period with the one before, or the one that is named, and with the same one a year before."""
        return trend.changes(self._history, indicator, self._period, compare_with=self._compare_with)

    def season(self, indicator: Indicator) -> Season | None:
        """Hold the movement to the last quarter against that of a year before; None where that cannot be seen."""
        if self._compare_with or self._period != self.periods[-1]:
            return None
        return trend.season(self._history, indicator)

    def run(self, indicator: Indicator) -> Run:
        """Lay out an indicator's periods with median, limits and signals. Raise ValueError for a percent."""
        return runs.run(self._history, indicator)

    def revisions(self, indicators: Iterable[Indicator]) -> list[tuple[Indicator, Actual]]:
        """List the quarters of which the next workbook says something else."""
        return series.revisions(self._history, indicators)
