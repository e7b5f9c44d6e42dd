"""One thing in which two workbooks of a quarter differ: where it stands in both, what each says, and its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..model.catalogue import spec
from ..model.codelist import codelist
from ..model.column import row_dimension
from ..model.records import name_key
from ..model.table import Key
from ..model.wording import counted_label, period_label, table_title
from ..words import say
from .typed import COUNT, NOTE, SHARE, TOTAL

PLAN, FORMULA, SENTENCE = "plan", "formula", "sentence"
TABLE, ROW, COLUMN, NAME = "table", "row", "column", "name"
SETTLED_BY_A_FIGURE = frozenset({COUNT, TOTAL, SHARE, NOTE, PLAN, SENTENCE})
"""The kinds of differences that are settled by what is right; all others are mended in a workbook."""
KINDS = (COUNT, TOTAL, SHARE, NOTE, PLAN, FORMULA, SENTENCE, TABLE, ROW, COLUMN, NAME)

FIELDS = ("kind", "table", "what", "cell", "first", "other_cell", "second", "in_list")
"""What is written of a difference for other programs, in this order."""

SHOWN, BEFORE = 60, 20
"""How much of a sentence is shown, and how much of it before it differs."""


class At(NamedTuple):
    """What one workbook says, and its cell: without a cell it has no place for it, without a text nothing is there."""

    cell: str = ""
    text: str = ""


class Files(NamedTuple):
    """What the two workbooks are called."""

    first: str
    second: str


@dataclass(frozen=True)
class Difference:
    """One difference: `kind` is one of `KINDS`; measure, unit and key say what differs, the section of a sentence too.

    Of a table, row, column or sentence that only one workbook has, the other has no cell. Of a row, `text` are its
    figures, of a row under two names these.
    """

    kind: str
    table: str
    first: At
    second: At
    measure: str = ""
    unit: str = "clients"
    key: Key = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Refuse a kind that has no sentence."""
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of difference")

    @property
    def in_list(self) -> bool:
        """Whether it is settled in a list: the first workbook has the cell for what is right."""
        both = self.kind != SENTENCE or self.second.cell
        return self.kind in SETTLED_BY_A_FIGURE and bool(self.first.cell and both)

    @property
    def what(self) -> str:
        """Name what differs."""
        return _NAMED.get(self.kind, _figure)(self)

    def record(self) -> Mapping[str, object]:
        """Give it for other programs: the `FIELDS`, in codes and as the cells say it."""
        values = (self.kind, self.table, self.what, *self.first, *self.second, self.in_list)
        return dict(zip(FIELDS, values, strict=True))

    def message(self, files: Files) -> str:
        """Say it in words; cells of the second workbook are named with their file."""
        if self.kind == NAME:
            fields = {"cell": self.first.cell, "first": self.first.text, "other_cell": self.second.cell}
            return say("differ_name", **fields, second=self.second.text, file=files.second)
        if not (self.first.cell and self.second.cell) and self.kind in (TABLE, ROW, COLUMN, SENTENCE):
            return self._alone(files)
        own, other = self._shown()
        one = _told("differ_at", At(self.first.cell, own), files.first)
        two = _told("differ_at_other", At(self.second.cell, other), files.second)
        statement = say("differ", one=one, two=two, what=self.what)
        if self.kind == FORMULA:
            return say("differ_formula", statement=statement, cell=self.first.cell)
        return statement if self.first.cell else say("differ_no_place", statement=statement, file=files.first)

    def _alone(self, files: Files) -> str:
        file, other, at = files.first, files.second, self.first
        if not at.cell:
            file, other, at = files.second, files.first, self.second
        text = _cut(at.text, 0) if self.kind == SENTENCE else at.text
        return say(f"differ_{self.kind}", name=self.what, cell=at.cell, file=file, other=other, text=text)

    @property
    def texts(self) -> tuple[str, str]:
        """What both say, whole; a cell in which nothing stands is blank, or has no note."""
        blank = say("differ_no_note" if self.kind == NOTE else "differ_blank")
        first, second = (at.text or (blank if at.cell else say("differ_nothing")) for at in (self.first, self.second))
        return first, second

    def _shown(self) -> tuple[str, str]:
        """What both say, of long sentences the part in which they differ."""
        if self.kind != SENTENCE:
            return self.texts
        one, two = self.first.text, self.second.text
        same = next((place for place, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), None)
        start = (min(len(one), len(two)) if same is None else same) - BEFORE
        first, second = _cut(one, start), _cut(two, start)
        return first or self.texts[0], second or self.texts[1]


def _told(sentence: str, at: At, file: str) -> str:
    """Say what one workbook says; without a cell it says nothing."""
    return say(sentence if at.cell else "differ_nowhere", cell=at.cell, text=at.text, file=file)


def _cut(text: str, start: int) -> str:
    """Quote a part of a sentence, from the word in which a letter stands.

    >>> _cut("In April, 12 clients were referred.", 12)
    '“… clients were referred.”'
    """
    start = text.find(" ", start) + 1 if start > 0 else 0
    part = text[start : start + SHOWN]
    shown = f"{'… ' if start else ''}{part}{'…' if start + SHOWN < len(text) else ''}"
    return say("in_quotes", text=shown) if text else ""


# --- names -------------------------------------------------------------------------------------------------


def _figure(difference: Difference) -> str:
    """Name a figure: what is counted, and what it stands for."""
    measure = counted_label(difference.measure, difference.unit)
    name = say("differ_what", measure=measure, key=name_key(difference.key, category_list=_list(difference)))
    return name if difference.kind in (COUNT, FORMULA) else say(f"differ_what_{difference.kind}", name=name)


def _list(difference: Difference) -> str:
    return spec(difference.table).codelist if "category" in difference.key else ""


def _row(difference: Difference) -> str:
    """Name a row by its label."""
    declared = spec(difference.table)
    code = difference.key[row_dimension(declared.rows)]
    return period_label(code, "en") if declared.rows == "month" else codelist(declared.codelist).label(code)


def _column(difference: Difference) -> str:
    """Name a column by what is counted in it and what divides it."""
    measure = counted_label(difference.measure, difference.unit)
    key = name_key(difference.key, category_list=_list(difference), period="period" in difference.key)
    return say("differ_what", measure=measure, key=key) if key else measure


def _table(difference: Difference) -> str:
    return table_title(difference.table)


def _section(difference: Difference) -> str:
    return codelist("sections").label(difference.key["section"])


_NAMED = {TABLE: _table, ROW: _row, NAME: _row, COLUMN: _column, SENTENCE: _section}
