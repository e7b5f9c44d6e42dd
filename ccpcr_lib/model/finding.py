"""Findings: what is wrong with a figure, at which cell, in words an officer can act on.

A rule has a stable name and a severity; a `Finding` is one rule met at some cells. What it says is a sentence of the
word files, filled in with the finding's own fields: whoever compares findings compares these, never the sentence.
The record stands in the model because the reader makes the first of them and the checks the rest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ..words import say, sentences
from .catalogue import CATALOGUE

if TYPE_CHECKING:
    import pandas as pd

SEVERITIES = ("error", "warning", "note")
COLUMNS = ("rule", "severity", "table", "where", "message", "printed", "expected")


Content = tuple[str, str, tuple[tuple[str, str], ...]]
"""What a finding says, wherever it says it: its rule, its variant, its fields."""

Said = tuple[Content, tuple[str, ...]]
"""What a finding says, and of which cells."""


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold.

    `where` lists the cells in question as ``Sheet!A1``, the one to look at first in front; the first `named` of them
    begin the message, the first `odd` of them are likely wrong: none where that cannot be told. `evidence` are cells
    that took part and are not in question: an explanation may name them too. `settled` are the disagreements that it
    stands for, the most telling first.
    `fields` fill the sentence of the rule, or of its `variant` where the rule has several. `remark` stands in the place
    of the advice: how the finding was explained.
    """

    rule: str
    severity: str
    table: str
    where: tuple[str, ...]
    variant: str = ""
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    named: int = 1
    odd: int = 0
    remark: str = ""
    evidence: tuple[str, ...] = ()
    settled: tuple["Finding", ...] = ()

    @property
    def printed(self) -> str:
        """What stands in the cell, as text; empty where there is nothing to say."""
        return self.fields.get("printed", "")

    @property
    def expected(self) -> str:
        """What should stand there, as text; empty where there is nothing to say."""
        return self.fields.get("expected", "")

    @property
    def content(self) -> Content:
        """What it says, wherever it says it."""
        return self.rule, self.variant, tuple(sorted(self.fields.items()))

    @property
    def said(self) -> Said:
        """What it says, of which cells: two findings that say the same are the same."""
        return self.content, self.where

    @property
    def sentence(self) -> str:
        """What is wrong, without the cell."""
        return say(f"{self.rule}.{self.variant}" if self.variant else self.rule, **self.fields)

    @cached_property
    def statement(self) -> str:
        """The message without the advice, for readers who cannot correct the workbook."""
        return f"{_named(self.where[: self.named])}: {self.sentence}" if self.where else self.sentence

    @cached_property
    def message(self) -> str:
        """What is wrong, at which cell, and what to do about it."""
        variant = self.variant.partition(".")[0]
        own, usual = (sentences().get(f"{name}.advice") for name in (f"{self.rule}.{variant}", self.rule))
        advice = own or usual
        return f"{self.statement} {self.remark or (advice.en if advice else '')}".rstrip()


def make_finding(
    severities: Mapping[str, str],
    rule: str,
    where: str | Iterable[str],
    *,
    variant: str = "",
    table: str = "",
    evidence: Iterable[str] = (),
    **fields: str,
) -> Finding:
    """Make a finding from its rule, its cells, each named once, and the fields that its sentence names.

    `severities` are those of all rules that the rule is one of. `variant` chooses among the sentences of a rule:
    ``blank.many``. What is in question is no `evidence`. Raise KeyError for no such rule.

    >>> make_finding({"negative": "error"}, "negative", "Slide 12!D5", printed="-3").message
    'Slide 12!D5: “-3” is below zero. A count cannot be negative; correct the figure.'
    """
    cells = (where,) if isinstance(where, str) else tuple(dict.fromkeys(where))
    others = tuple(cell for cell in dict.fromkeys(evidence) if cell not in cells)
    return Finding(rule, severities[rule], table, cells, variant, fields, evidence=others)


def sheet_of(source: str) -> str:
    """Name the sheet of a cell that is named as ``Sheet!A1``.

    >>> sheet_of("Slide 12!D3"), cell_of("Slide 12!D3")
    ('Slide 12', 'D3')
    """
    return source.rpartition("!")[0]


def cell_of(source: str) -> str:
    """Name a cell without its sheet, ``A1``."""
    return source.rpartition("!")[2]


def _named(cells: tuple[str, ...]) -> str:
    first, *others = cells
    return say("pair", first=first, second=others[0]) if others else first


def findings_frame(findings: Iterable[Finding]) -> "pd.DataFrame":
    """Lay findings out as a frame with the columns rule, severity, table, where, message, printed, expected."""
    import pandas as pd

    rows = [
        {column: getattr(finding, column) for column in COLUMNS} | {"where": list(finding.where)}
        for finding in findings
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def worst(findings: Iterable[Finding]) -> str | None:
    """Name the gravest severity among findings; None if there are none."""
    present = {finding.severity for finding in findings}
    return next((severity for severity in SEVERITIES if severity in present), None)


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Order findings by table, as the catalogue has them, then by cell; those of no table come first."""
    order = {table.name: place for place, table in enumerate(CATALOGUE)}
    return sorted(findings, key=lambda finding: (order.get(finding.table, -1), _cell_order(finding)))


def _cell_order(finding: Finding) -> tuple[str, int, tuple[int, str]]:
    if not finding.where:
        return ("", 0, (0, ""))
    sheet, cell = sheet_of(finding.where[0]), cell_of(finding.where[0])
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    letters = cell[: len(cell) - len(digits)]
    return (sheet, int(digits) if digits.isdigit() else 0, (len(letters), letters))
