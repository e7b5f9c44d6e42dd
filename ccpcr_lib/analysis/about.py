"""A report, or a history → what it is, in a few lines: shown where one is printed or stands last in a notebook's cell.

They hold names and numbers only, no folder and no address, so that two runs show the same.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from html import escape
from typing import NamedTuple, Protocol

from ..excel.reader import Reading
from ..model.finding import Finding
from ..model.wording import in_numbers, spoken_label
from ..words import BETWEEN, in_language, say

NEXT = 'report.table("{table}"), report.findings, report.counts'
NEXT_SHOWN = 'show_table(quarter, "{table}"), show_findings(quarter)'
NEXT_HISTORY = 'history["{period}"], history.counts'
"""What is typed next."""


class About(NamedTuple):
    """A title, which says whether data are made up, and lines: what they are of, and what it is."""

    title: str
    lines: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The lines as plain text."""
        return "\n".join([self.title, *(f"  {name}: {what}" for name, what in self.lines)])

    @property
    def html(self) -> str:
        """The lines as a table."""
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">{escape(name)}</th>'
            f'<td style="text-align:left">{escape(what)}</td></tr>'
            for name, what in self.lines
        )
        return f'<table class="ccpcr-about"><caption>{escape(self.title)}</caption><tbody>{rows}</tbody></table>'


class Described:
    """What says what it is, wherever it is printed or stands last in a notebook's cell."""

    @property
    def about(self) -> About:
        """What it is, in a few lines."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.about.text

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.about.title}>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.about.text, "text/html": self.about.html}


class Told(Protocol):
    """What is told of a report."""

    @property
    def period(self) -> str:
        """The quarter, such as ``2010-Q2``."""

    @property
    def workbook(self) -> str:
        """The name of the workbook file."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that the workbook has."""

    @property
    def reading(self) -> Reading:
        """What was read of it."""

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with it."""


def about_report(report: Told, language: str = "en", *, then: str = NEXT) -> About:
    """Say what a report is: its quarter, its workbook, how much was read, how many findings there are."""
    lines = [
        ("about_workbook", report.workbook),
        ("about_tables", str(len(report.tables))),
        ("about_counts", str(len(report.reading.base))),
        ("about_findings", _findings(report, language)),
        ("about_next", then.format(table=report.tables[0] if report.tables else "")),
    ]
    name = partial(spoken_label, report.period)
    title = say("about_report", language, quarter=name, period=report.period, file=report.workbook)
    return About(_marked(title, [report]), tuple((say(name, language), what) for name, what in lines))


def about_history(reports: Sequence[Told], *, unread: Iterable[str], aside: Iterable[str]) -> About:
    """Say what a history is: a line for each quarter, and for each file of the folder that is no part of it."""
    lines = [(report.period, _quarter(report)) for report in reports]
    lines += [(say("about_aside"), line) for line in aside] + [(say("about_unread"), line) for line in unread]
    if not reports:
        return About(say("about_history_none"), tuple(lines))
    first, last = reports[0].period, reports[-1].period
    lines.append((say("about_next"), NEXT_HISTORY.format(period=last)))
    name = "about_history" if len(reports) > 1 else "about_history_one"
    return About(_marked(say(name, count=len(reports), first=first, last=last), reports), tuple(lines))


def _quarter(report: Told) -> str:
    fields = {"tables": str(len(report.tables)), "counts": str(len(report.reading.base))}
    return say("about_quarter", file=report.workbook, findings=_findings(report, "en"), **fields)


def _findings(report: Told, language: str) -> str:
    return in_language(language, lambda single: say("start_found", single, **in_numbers(report.problems, single)))


def _marked(title: str, reports: Iterable[Told]) -> str:
    is_synthetic = any(report.reading.is_synthetic for report in reports)
    return f"{say('synthetic_short')}{BETWEEN}{title}" if is_synthetic else title
