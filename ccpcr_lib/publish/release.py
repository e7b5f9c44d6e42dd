"""The one door between the figures and whatever shows them.

Charts, tables, sentences and pages take a `Release`, never a report: what may not be shown is held back here,
once, by `let_out`, before anything is drawn.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..analysis.about import NEXT_SHOWN, About, Described, about_report
from ..analysis.achievement import Achievement, achievements, plan_of
from ..analysis.asked import figure_asked
from ..analysis.glance import Glance, glance
from ..analysis.history import History, history_of, known_of
from ..analysis.report import Report, load
from ..analysis.tables import Table
from ..excel.named_spans import asked_beside
from ..excel.narrative import Bullet
from ..model import period as calendar
from ..model.finding import Finding
from ..model.plan import Plan
from ..model.wording import quarter_label, span_label
from ..quality.relations import Tested
from ..quality.sums import Sum
from ..words import BETWEEN, in_language, in_languages, languages_of, say
from .photographs import photographs_of
from .timeline import Timeline

if TYPE_CHECKING:
    import pandas as pd

DAGGER = "†"
"""Stands beside every figure in dispute, and at the title over it; the sentence that says why stands below."""


def marked(text: str, disputes: object) -> str:
    """Put the mark of what is in dispute behind a text, if there are such disputes.

    >>> marked("24", ("a finding",)), marked("24", ())
    ('24 †', '24')
    """
    return f"{text} {DAGGER}" if text and disputes else text


@dataclass(frozen=True, repr=False)
class Release(Described):
    """What is shown of a quarter, a half-year or a year, and in which language: ``en``, ``km`` or ``en+km``.

    `compare_with` names the quarter that it is compared with where that is not the one before.
    """

    _report: Report
    language: str = "en"
    compare_with: str = ""

    def __post_init__(self) -> None:
        """Refuse a language that is none."""
        languages_of(self.language)

    @property
    def about(self) -> About:
        """What is shown, in a few lines."""
        return about_report(self._shown, self.language, then=NEXT_SHOWN)

    @cached_property
    def _shown(self) -> Report:
        """The report as it may be shown."""
        return let_out(self._report)

    @property
    def is_bilingual(self) -> bool:
        """Whether everything is said in two languages."""
        return len(languages_of(self.language)) > 1

    @property
    def period(self) -> str:
        """The quarter, such as ``2010-Q2``, or the half-year or year."""
        return self._shown.period

    @property
    def is_longer(self) -> bool:
        """Whether it is a half-year or a year, made of quarters."""
        return calendar.is_longer(self.period)

    @property
    def quarters(self) -> tuple[str, ...]:
        """The quarters that it is of, whether they have a workbook or not."""
        return calendar.quarters_in(self.period)

    @property
    def year(self) -> str:
        """The year that it lies in, or that it is: ``2010``, a donor's ``2010/11``."""
        return calendar.printed(self.period) if len(self.quarters) == 4 else self.period[:4]

    @property
    def missing(self) -> tuple[str, ...]:
        """The quarters of a half-year or a year that have no workbook."""
        return self._shown.missing

    @property
    def paths(self) -> tuple[Path, ...]:
        """The workbook files, of a quarter one."""
        return tuple(quarter.reading.path for quarter in self._shown.quarters)

    @property
    def path(self) -> Path:
        """The workbook file; of several, the first."""
        return self.paths[0]

    @property
    def workbook(self) -> str:
        """The name of the workbook file; of several, the first and the last."""
        return self._shown.workbook

    @property
    def sha256(self) -> str:
        """The fingerprint of the workbook file; of several, theirs one after the other."""
        return self._shown.sha256

    @property
    def has_errors(self) -> bool:
        """Whether a figure cannot be read or cannot be true, so that nothing is shown of the quarter."""
        return self._shown.has_errors

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that can be shown."""
        return self._shown.tables

    @property
    def photographs(self) -> tuple[Path, ...]:
        """The photographs of its quarters, as `photographs_of` gives them."""
        return tuple(path for quarter in self.quarters for path in photographs_of(self.path, quarter))

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the workbook."""
        return self._shown.problems

    @property
    def findings(self) -> "pd.DataFrame":
        """What is wrong with the workbook, as the contract has it: one finding a row."""
        return self._shown.findings

    @property
    def relations(self) -> list[Tested]:
        """Every declared relation as tested in each of its quarters, those that hold included."""
        return self._shown.relations

    def table(self, name: str) -> Table:
        """Give a table's parts, recomputed."""
        return self._shown.filled(name)

    def frame(self, name: str) -> "pd.DataFrame":
        """Give a table as it is printed, recomputed, in the release's language."""
        return self._shown.table(name, self.language)

    @property
    def counts(self) -> "pd.DataFrame":
        """Every count that can be shown, one a row, as the contract has them."""
        return self._shown.counts

    def bullets(self, section: str) -> tuple[Bullet, ...]:
        """Give the sentences that the workbook has for a section of the deck."""
        return tuple(bullet for bullet in self._shown.reading.narrative if bullet.section == section)

    def figure(self, name: str) -> Sum | None:
        """Give the figure that a sentence asks for by name, as `model.figures` reads it; None where there is none."""
        return figure_asked(self._shown, name)[0]

    def figure_disputes(self, name: str) -> tuple[Finding, ...]:
        """List the findings that dispute the figure that a sentence asks for by name."""
        return figure_asked(self._shown, name)[1]

    @property
    def banner(self) -> str:
        """What everything shown must say first: that data are made up, of this quarter or of one it is held against."""
        readings = (self._shown.reading, *self._shown.others)
        return self.say("synthetic") if any(reading.is_synthetic for reading in readings) else ""

    def stamp(self, text: str) -> str:
        """Put a word of the banner before a text, if there is one."""
        return f"{self.say('synthetic_short')} · {text}" if self.banner else text

    @cached_property
    def _history(self) -> History:
        return history_of(self._shown)

    @cached_property
    def history(self) -> Timeline:
        """What is shown of the quarter and those before it."""
        return Timeline(self._history, self.period, self.compare_with)

    @cached_property
    def plan(self) -> Plan:
        """The plan that holds for the quarter."""
        return plan_of(self._shown)

    @cached_property
    def achievements(self) -> tuple[Achievement, ...]:
        """Where every indicator stands at the end of the quarter, of the half-year or of the year."""
        return achievements(known_of(self._shown, self._history), self.plan, self.period)

    @cached_property
    def glance(self) -> Glance:
        """The quarter, half-year or year at a glance."""
        known = known_of(self._shown, self._history)
        return glance(known, self.plan, self.achievements, self.period, compare_with=self.compare_with)

    def achievement(self, code: str) -> Achievement:
        """Give where one indicator stands; raise KeyError for no such indicator."""
        return self.achievements[self.plan.indicators.index(self.plan.indicator(code))]

    def say(self, name: str, /, *, between: str = BETWEEN, **fields: object) -> str:
        """Give a sentence in the release's language; a field may be a function of the language."""
        return say(name, self.language, between=between, **fields)

    def say_each(self, name: str, **fields: object) -> list[str]:
        """Give a sentence in each of the release's languages, once where both say the same."""
        return in_languages(self.language, lambda language: say(name, language, between=BETWEEN, **fields))

    @property
    def title_name(self) -> str:
        """The name of the sentence that titles a report of it."""
        return "report_title_longer" if self.is_longer else "report_title"

    def name_quarter(self) -> str:
        """Name the quarter in the release's language."""
        return self._name(self.period)

    def name_months(self) -> str:
        """Name the quarter by its months, in the release's language."""
        return in_language(self.language, partial(span_label, self.period))

    def disputes(self, name: str) -> tuple[Finding, ...]:
        """Give the findings that dispute a figure of a table as it is shown."""
        return self.table(name).disputes_shown

    def in_order(self, *groups: Iterable[Finding]) -> tuple[Finding, ...]:
        """Join findings above a note, each once, in the order of the workbook."""
        return self._shown.disputes.joined(*groups)

    def disputes_at(self, cells: Iterable[str]) -> tuple[Finding, ...]:
        """List the findings above a note that name one of some cells."""
        return self._shown.disputes.at(cells)

    def why_disputed(self, findings: Iterable[Finding]) -> list[str]:
        """Write why figures are in dispute, a line each, another quarter's with its name in front."""
        wanted, lines = set(findings), []
        for report in reversed(self._history.reports):
            named = "" if report.period == self.period else f"{self._name(report.period)}: "
            there = (finding for finding in report.disputes.findings if finding in wanted)
            lines += [f"{DAGGER} {named}{finding.statement}" for finding in there]
        return lines

    def _name(self, quarter: str) -> str:
        return in_language(self.language, partial(quarter_label, quarter))

    def findings_in(self, name: str) -> tuple[Finding, ...]:
        """Give the findings above a note that question a cell of a table, or a figure shown of it."""
        cells, shown = self._shown.cells(name), set(self.disputes(name))
        above = self._shown.disputes.findings
        return tuple(finding for finding in above if finding in shown or not cells.isdisjoint(finding.where))

    def dagger(self, name: str) -> str:
        """Give the mark of a table with a figure in dispute, or nothing."""
        return f" {DAGGER}" if self.disputes(name) else ""

    def source_line(self, name: str) -> str:
        """Name the file and the sheet that a table comes from."""
        return self.say("source", file=self.workbook, sheet=self.sheet(name))

    def sheet(self, name: str) -> str:
        """Name the sheet that a table stands on."""
        return self._shown.source(name)


def let_out(report: Report) -> Report:
    """Give what may be shown of a report, with the quarters it is held against: all of it.

    Whatever is held back one day is held back here, of `others` and of the quarters of a longer period too.
    """
    return report


def release(
    source: Report | str | Path, language: str = "en", *, period: str | None = None, compare_with: str | None = None
) -> Release:
    """Open a quarter for showing: from its report, or from what `load` takes: its workbook, its name, a folder.

    Of a workbook, `period` is needed only where neither it nor its name says its quarter. A half-year or a year is
    opened by its name, or as the `period` of a folder: ``release("data", period="2010-H1")``. It is compared with the
    one before, or with the one that `compare_with` names. Raise CannotReadError for a name that is no period's.
    """
    report = source if isinstance(source, Report) else load(source, period or None)
    return Release(report, language, asked_beside(compare_with or "", report.period, report.periods))
