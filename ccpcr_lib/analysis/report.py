"""One quarter's workbook → a `Report`: its counts, what it printed, what is wrong with it, its tables recomputed."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..excel.named_files import asked_quarter, find_workbook, folder_named
from ..excel.reader import Reading
from ..model.catalogue import CATALOGUE, spec
from ..model.column import row_dimension
from ..model.errors import UnknownNameError
from ..model.finding import Finding, findings_frame, sheet_of, worst
from ..model.period import contains
from ..model.text import name_of
from ..quality.check import tested_relations
from ..quality.checked import check_workbook
from ..quality.facts import Facts, facts_of
from ..quality.relations import Tested
from ..words import did_you_mean, say
from .about import About, Described, about_report
from .disputes import Disputes, disputes_of
from .filling import build_table
from .frame import to_frame
from .tables import Table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class Report(Described):
    """What one quarter's workbook says. `problems` are the findings as records, by table, then by cell.

    Try ``report.period``, ``report.tables``, ``report.table("family_visits")``, ``report.frame("family_visits")``,
    ``report.counts``, ``report.printed``, ``report.findings``.
    """

    reading: Reading
    problems: tuple[Finding, ...]
    others: tuple[Reading, ...] = ()

    @property
    def about(self) -> About:
        """What it is, in a few lines."""
        return about_report(self)

    @property
    def period(self) -> str:
        """The quarter, such as ``2010-Q2``."""
        return self.reading.period

    @property
    def workbook(self) -> str:
        """The name of the workbook file."""
        return name_of(self.reading.path)

    @property
    def counts(self) -> "pd.DataFrame":
        """One row per reported base count, with the columns of the contract: key, value, and the cell it stands in."""
        return self.reading.counts

    @property
    def printed(self) -> "pd.DataFrame":
        """What the workbook prints of its own totals, shares (0-1), notes and plan. Claims, never mixed with counts."""
        return self.reading.printed

    @cached_property
    def facts(self) -> Facts:
        """Its counts and claims as records, with the cubes that add them up."""
        return facts_of(self.reading)

    @cached_property
    def findings(self) -> "pd.DataFrame":
        """The findings as a frame: rule, severity, table, where, message, printed, expected."""
        return findings_frame(self.problems)

    @property
    def has_errors(self) -> bool:
        """Whether a figure cannot be read or cannot be true, so that no report is made."""
        return worst(self.problems) == "error"

    @property
    def is_blank(self) -> bool:
        """Whether nothing of the quarter itself is filled in yet."""
        filled = (count for count in self.reading.base if count.value is not None)
        return not any(contains(self.period, count.key["period"]) for count in filled)

    @cached_property
    def relations(self) -> list[Tested]:
        """Every declared relation as tested in this quarter, those that hold included."""
        return tested_relations(self.reading, self.others)

    @cached_property
    def disputes(self) -> Disputes:
        """The findings above a note, and which figures they dispute."""
        return disputes_of(self.facts, self.problems)

    @property
    def sha256(self) -> str:
        """The fingerprint of the workbook file."""
        return self.reading.sha256

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that the workbook has, in the order of the slides."""
        return tuple(known.name for known in CATALOGUE if known.name in self.reading.members)

    def source(self, name: str) -> str:
        """Name the sheet a table stands on; raise KeyError for a table that the workbook has not."""
        if spec(name).name not in self.reading.places:
            known, near = ", ".join(self.tables), did_you_mean(name, self.tables)
            raise UnknownNameError(say("name_table_not_here", file=self.workbook, name=name, known=known, near=near))
        return sheet_of(self.reading.places[name])

    def filled(self, name: str) -> Table:
        """Give a table's parts, every total and share recomputed from base counts. Raise KeyError for no such table."""
        declared = spec(name)
        if name not in self._filled:
            members = self.reading.members.get(name, ())
            self._filled[name] = build_table(declared, self.facts, members, disputes=self.disputes)
        return self._filled[name]

    @cached_property
    def _filled(self) -> dict[str, Table]:
        """The tables that were asked for already."""
        return {}

    def table(self, name: str, language: str = "en") -> "pd.DataFrame":
        """Give a table as it is printed, recomputed: stubs as index, headings as columns, counts as whole numbers."""
        return to_frame(self.filled(name), language)

    def frame(self, name: str) -> "pd.DataFrame":
        """Give a table's base counts, tidy, with only the columns that the table has."""
        return tidy_frame(self.counts, name)


def tidy_frame(counts: "pd.DataFrame", name: str) -> "pd.DataFrame":
    """Take one table's rows out of `counts`, without the key columns that it does not divide by."""
    declared = spec(name)
    has = {dimension for column in declared.counts for dimension in column.key} | {row_dimension(declared.rows)}
    drop = {"table", "case_type", "sex", "age_band", "category"} - has
    rows = counts[counts["table"] == name]
    return rows[[column for column in counts.columns if column not in drop]].reset_index(drop=True)


def load(which: str | Path, period: str | None = None) -> Report:
    """Read a quarter's workbook and check it, also against other quarters' workbooks in its folder.

    `which` is a file, a quarter such as ``2010-Q3``, or the name of a file in the project's data folder. `period` is
    needed only where neither the workbook nor its name says its quarter, and of a folder with several. Raise
    CannotReadError, in one line, for a file that is no workbook of this report.
    """
    asked = asked_quarter(period)
    path = find_workbook(which, period=asked)
    checked = check_workbook(path, None if asked and folder_named(which) else asked)
    return Report(checked.reading, checked.problems, checked.others)
