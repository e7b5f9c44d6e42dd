"""A quarter's workbook → a `Report`: its counts, what it printed, what is wrong with it, its tables recomputed.

The workbooks of a half-year or a year make one too, by the same tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..excel.named_files import asked_quarter, find_workbook, folder_named
from ..excel.named_spans import Together, find_together
from ..excel.reader import Reading
from ..model.by_quarters import spec_in
from ..model.catalogue import CATALOGUE, spec
from ..model.column import row_dimension
from ..model.errors import UnknownNameError
from ..model.finding import Finding, findings_frame, sheet_of, worst
from ..model.period import contains, following, quarters_in
from ..model.plan import Plan
from ..model.text import name_of
from ..quality.check import tested_relations
from ..quality.checked import check_together, check_workbook
from ..quality.facts import Facts, facts_of
from ..quality.relations import Tested
from ..words import did_you_mean, say
from .about import About, Described, about_report
from .disputes import Disputes, disputes_of
from .filling import build_table
from .frame import to_frame
from .longer import Longer
from .planned import claims_planned, plan_beside
from .tables import Table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class Report(Described):
    """What one quarter's workbook says. `problems` are the findings as records, by table, then by cell.

    Try ``report.period``, ``report.tables``, ``report.table("family_visits")``, ``report.frame("family_visits")``,
    ``report.counts``, ``report.printed``, ``report.findings``. Of a half-year or a year, `parts` are the quarters that
    have a workbook.
    """

    reading: Reading
    problems: tuple[Finding, ...]
    others: tuple[Reading, ...] = ()
    parts: tuple["Report", ...] = ()
    longer: Longer | None = None

    @property
    def about(self) -> About:
        """What it is, in a few lines."""
        return about_report(self)

    @property
    def period(self) -> str:
        """The quarter, such as ``2010-Q2``, or the half-year or year."""
        return self.reading.period

    @property
    def quarters(self) -> tuple["Report", ...]:
        """The quarters that it is of: itself, or those of a longer period that have a workbook."""
        return self.parts or (self,)

    @property
    def missing(self) -> tuple[str, ...]:
        """The quarters of a longer period that have no workbook."""
        return self.longer.missing if self.longer else ()

    @property
    def periods(self) -> tuple[str, ...]:
        """The quarters that there are workbooks of, its own and those it is held against, in their order."""
        return tuple(sorted({quarter.period for quarter in self.quarters} | {other.period for other in self.others}))

    @property
    def workbook(self) -> str:
        """The name of the workbook file; of several, the first and the last."""
        names = [name_of(quarter.reading.path) for quarter in self.quarters]
        return names[0] if len(names) == 1 else f"{names[0]} – {names[-1]}"

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
        if self.longer is None:
            return facts_of(self.reading)
        return replace(self.longer.facts, claims=claims_planned(self.plan, self.period))

    @cached_property
    def plan(self) -> Plan:
        """The plan that holds for it: its folder's, and where that is silent what its workbooks print themselves."""
        of_quarters = self.longer.facts_of_quarters if self.longer else (facts_of(self.reading),)
        return plan_beside(self.reading.path.parent, of_quarters)

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
        """Every declared relation as tested in each of its quarters, those that hold included."""
        return [tested for quarter in self.quarters for tested in tested_relations(quarter.reading, quarter.others)]

    @cached_property
    def disputes(self) -> Disputes:
        """The findings above a note, and which figures they dispute."""
        return self.longer.disputes(self.problems) if self.longer else disputes_of(self.facts, self.problems)

    @property
    def sha256(self) -> str:
        """The fingerprint of the workbook file; of several, theirs one after the other."""
        return ", ".join(quarter.reading.sha256 for quarter in self.quarters)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that the workbook has, in the order of the slides."""
        return tuple(known.name for known in CATALOGUE if known.name in self.reading.members)

    def source(self, name: str) -> str:
        """Name the sheet a table stands on; raise KeyError for a table that the workbook has not."""
        if spec(name).name not in self.reading.places:
            known, near = ", ".join(self.tables), did_you_mean(name, self.tables)
            raise UnknownNameError(say("name_table_not_here", file=self.workbook, name=name, known=known, near=near))
        places = (quarter.reading.places.get(name) for quarter in self.quarters)
        return ", ".join(dict.fromkeys(sheet_of(place) for place in places if place))

    def cells(self, name: str) -> set[str]:
        """Give every cell that a table's sheets print."""
        return self.longer.cells_of(name) if self.longer else self.facts.cells_of(name)

    def filled(self, name: str) -> Table:
        """Give a table's parts, every total and share recomputed from base counts. Raise KeyError for no such table."""
        spec(name)
        if name not in self._filled:
            members = self.reading.members.get(name, ())
            is_planned = any(claim.kind == "plan" for claim in self.facts.claims_by_table.get(name, ()))
            declared = spec_in(name, self.period, is_planned=is_planned)
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
    needed only where neither the workbook nor its name says its quarter, and of a folder with several. A half-year or a
    year (``2010-H1``, ``2010``) is made of the workbooks of its quarters. Raise CannotReadError, in one line, for a
    file that is no workbook of this report.
    """
    together = find_together(which, period=period)
    if together:
        return report_of(together)
    asked = asked_quarter(period)
    path = find_workbook(which, period=asked)
    checked = check_workbook(path, None if asked and folder_named(which) else asked)
    return Report(checked.reading, checked.problems, checked.others)


def report_of(together: Together) -> Report:
    """Read and check the workbooks of a half-year or a year, each as a quarter, and put them together."""
    checked = check_together(together.files)
    quarters = {quarter: Report(one.reading, one.problems, one.others) for quarter, one in checked.items()}
    return joined(together.period, quarters)


def joined(period: str, quarters: Mapping[str, Report]) -> Report:
    """Put the reports of the quarters of a half-year or a year together, of which there is one at least."""
    parts = tuple(quarters[quarter] for quarter in quarters_in(period) if quarter in quarters)
    others = tuple(other for other in parts[0].others if other.period not in quarters_in(period))
    readings = {quarter: report.reading for quarter, report in quarters.items()}
    behind = following(quarters_in(period)[-1])
    readings |= {other.period: other for other in others if other.period == behind}
    longer = Longer(period, readings)
    problems = longer.problems({quarter: report.problems for quarter, report in quarters.items()})
    return Report(longer.reading(), problems, others, parts, longer)
