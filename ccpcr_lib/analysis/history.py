"""A folder of quarterly workbooks → a `History`: every quarter's report, in order."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..excel.reader import SUFFIXES
from ..model.finding import CannotReadError
from .report import Report, load


@dataclass(frozen=True)
class History:
    """The reports of several quarters, oldest first. ``history["2010-Q2"]`` is one of them."""

    reports: tuple[Report, ...]
    unread: tuple[str, ...] = ()

    @property
    def periods(self) -> tuple[str, ...]:
        """The quarters there are, oldest first."""
        return tuple(report.period for report in self.reports)

    @property
    def counts(self) -> pd.DataFrame:
        """All quarters' counts, with the quarter whose workbook says it in the first column, `reported_in`.

        A quarter may speak of the one before: filter by `period` for what is meant, by `reported_in` for who says it.
        """
        frames = [report.counts.assign(reported_in=report.period) for report in self.reports]
        columns = ["reported_in", *(frames[0].columns.drop("reported_in") if frames else ())]
        return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)

    def __getitem__(self, period: str) -> Report:
        """Give one quarter's report; raise KeyError with the quarters there are."""
        for report in self.reports:
            if report.period == period:
                return report
        raise KeyError(f"there is no workbook of {period}; the quarters are: {', '.join(self.periods) or 'none'}")

    def __len__(self) -> int:
        return len(self.reports)


def workbooks(folder: str | Path) -> list[Path]:
    """List the workbooks of a folder by name; Excel's own lock files and hidden files are none."""
    folder = Path(folder)
    if not folder.is_dir():
        raise CannotReadError(f"{folder.name}: there is no such folder. Name the folder that holds the workbooks.")
    files = (path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    return sorted(path for path in files if not path.name.startswith(("~$", ".")))


def load_all(folder: str | Path) -> History:
    """Read every quarterly workbook of a folder; what is none is listed in `unread`, with the reason.

    Raise CannotReadError where two workbooks report the same quarter: which one counts, a person must say.
    """
    reports: dict[str, Report] = {}
    unread = []
    for path in workbooks(folder):
        try:
            report = load(path)
        except CannotReadError as reason:
            unread.append(str(reason))
            continue
        twin = reports.setdefault(report.period, report)
        if twin is not report:
            raise CannotReadError(f"{path.name}: {twin.workbook} reports {report.period} too. Keep one of them in the folder.")
    return History(tuple(reports[period] for period in sorted(reports)), tuple(unread))
