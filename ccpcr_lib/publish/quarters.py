"""A folder of workbooks → its quarters, each to be opened for showing.

A part of the door that `release` is: the reports of the quarters stay behind it.
"""

from dataclasses import dataclass
from pathlib import Path

from ..analysis.history import History, Unchecked, read_all
from ..excel.copies import Copy
from ..excel.dating import quarter_in
from ..excel.named_files import say_aside
from .release import Release

Source = History | str | Path
"""A folder of workbooks, or what was read from one."""


@dataclass(frozen=True)
class Quarters:
    """The quarters of a folder, oldest first; `language` is the one they are opened in unless another is named.

    A quarter is checked when it is opened.
    """

    _history: History | Unchecked
    language: str = "en"

    @property
    def periods(self) -> tuple[str, ...]:
        """The quarters there are, oldest first."""
        return self._history.periods

    @property
    def unread(self) -> tuple[tuple[str, str], ...]:
        """The files named after a quarter that could not be read: the name, and why."""
        refused = self._history.refused
        return tuple((error.file, error.reason) for error in refused if quarter_in(Path(error.file).stem))

    @property
    def copies(self) -> tuple[Copy, ...]:
        """The copies of workbooks that were left aside, each with the workbook that counts."""
        return self._history.copies

    @property
    def aside(self) -> tuple[str, ...]:
        """Which copies of workbooks were left aside, a line each."""
        return tuple(map(say_aside, self.copies))

    def open(self, period: str, language: str = "") -> Release:
        """Open a quarter for showing; raise KeyError, with the quarters there are, for one that is not there."""
        return Release(self._history[period], language or self.language)

    @property
    def releases(self) -> tuple[Release, ...]:
        """Every quarter, opened."""
        return tuple(map(self.open, self.periods))


def quarters(source: Source, language: str = "en") -> Quarters:
    """Read the quarterly workbooks of a folder. Raise CannotReadError where two of them report the same quarter."""
    return Quarters(source if isinstance(source, History) else read_all(source), language)
