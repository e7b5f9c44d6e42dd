"""A `Plan` → `plan.xlsx`, made for an officer to edit: drop-downs, a hint at each cell, a sheet of help.

What is written here is read back as the same plan by `plan_file`.
"""

import io
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..excel.file.address import column_letters
from ..excel.file.pack import Properties
from ..excel.plan_definition import DEFINING
from ..excel.plan_file import PERCENT
from ..model.catalogue import CATALOGUE
from ..model.codelist import codelist
from ..model.definition import FREQUENCIES, NATURES, YES_NO, roles
from ..model.measure import measures
from ..model.plan import DIRECTIONS, FORMULAS, PER_QUARTER, SHAPES, Indicator, Plan, Target
from ..words import say, word_file
from .entry import LONG, Rule
from .finish import finish
from .style import PLAN_FORMATS, height, lines

INDICATOR_COLUMNS = (
    "code",
    "name_en",
    "name_km",
    "table",
    "measure",
    "filter",
    "unit",
    "direction",
    "baseline",
    "baseline_period",
    "formula",
    "source",
    *DEFINING,
)
TARGET_COLUMNS = ("indicator", "period", "value", "shape")
INDICATORS, TARGETS, HELP, LISTS = "Indicators", "Targets", "Help", "Lists"
"""The names of the sheets, the same in every language."""

WIDTHS = {"name_en": 32, "name_km": 32, "source": 40, "indicator": 26, "code": 26, "table": 20, "measure": 18}
WIDTHS |= dict.fromkeys(DEFINING[:4], 44) | {"responsible": 20}
NARROW, HELP_WIDE = 13, 70
COLUMNS_ON_A_PAGE = 12
"""Columns that a page across has room for, so that they can be read."""
SPARE = 60
"""Lines below the last that have drop-downs too."""
MOST_CODES = 199
"""Lines of indicators whose codes the drop-down of targets offers."""


@dataclass(frozen=True)
class Share:
    """A number, 0-1, that is shown as a percent."""

    value: float


PlanCell = str | float | Share | None
"""What stands in a cell of the plan."""

PlanLine = Mapping[str, PlanCell]
"""One indicator or one target, by column."""


@dataclass(frozen=True)
class Book:
    """The open workbook, its formats by name, and what stands above each sheet of a plan that is not real."""

    workbook: Workbook
    formats: Mapping[str, Format]
    banner: str

    @property
    def top(self) -> int:
        """The row of the headings."""
        return 2 if self.banner else 0


def plan_workbook(plan: Plan, *, banner: str = "") -> bytes:
    """Write a plan as a workbook; `banner` stands above each sheet, for a plan that is not real."""
    buffer = io.BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    formats = {name: workbook.add_format(shape) for name, shape in PLAN_FORMATS.items()}
    book = Book(workbook, formats, banner)
    _write_lines(book, INDICATORS, INDICATOR_COLUMNS, [_indicator_line(indicator) for indicator in plan.indicators])
    _write_lines(book, TARGETS, TARGET_COLUMNS, [_target_line(plan, target) for target in plan.targets])
    _write_help(book)
    _write_choices(workbook)
    return finish(workbook, buffer, Properties(say("plan_document", "en+km"), language="en+km"))


def _indicator_line(indicator: Indicator) -> PlanLine:
    same = ("code", "name_en", "name_km", "direction", "baseline", "baseline_period", "source", "unit")
    line: dict[str, PlanCell] = {name: getattr(indicator, name) for name in same} | _definition_cells(indicator)
    if indicator.ratio:
        baseline = indicator.baseline if indicator.baseline is None else Share(indicator.baseline)
        formula = " / ".join(indicator.ratio) + (f" {PER_QUARTER}" if indicator.per_quarter else "")
        return line | {"baseline": baseline, "unit": PERCENT, "formula": formula}
    key = "; ".join(f"{name}={code}" for name, code in indicator.key.items())
    return line | {"filter": key} | {name: getattr(indicator, name) for name in ("table", "measure", "formula")}


def _definition_cells(indicator: Indicator) -> dict[str, PlanCell]:
    """Write what defines an indicator."""
    own = indicator.definition
    return {
        "counts_en": own.counts.en,
        "counts_km": own.counts.km,
        "excludes_en": own.excludes.en,
        "excludes_km": own.excludes.km,
        "responsible": own.responsible,
        "frequency": own.frequency,
        "nature": indicator.nature,
        "in_groups": YES_NO[0] if indicator.in_groups else YES_NO[1],
    }


def _target_line(plan: Plan, target: Target) -> PlanLine:
    value = Share(target.value) if plan.indicator(target.indicator).ratio else target.value
    return {"indicator": target.indicator, "period": target.period, "value": value, "shape": target.shape}


def _write_lines(book: Book, name: str, columns: Sequence[str], filled: Sequence[PlanLine]) -> None:
    """Write one sheet: banner, headings, lines, drop-downs and hints."""
    worksheet, top = book.workbook.add_worksheet(name), book.top
    if book.banner:
        worksheet.write_string(0, 0, book.banner, book.formats["banner"])
    for place, column in enumerate(columns):
        worksheet.write_string(top, place, codelist("plan_columns").label(column), book.formats["head"])
        worksheet.set_column(place, place, WIDTHS.get(column, NARROW))
        worksheet.data_validation(top + 1, place, top + len(filled) + SPARE, place, _hint(column, top))
    for row, line in enumerate(filled, top + 1):
        for place, column in enumerate(columns):
            _write(book, worksheet, (row, place), line.get(column))
        _set_height(worksheet, row, [(line.get(name), WIDTHS.get(name, NARROW)) for name in columns])
    worksheet.freeze_panes(top + 1, 1)
    worksheet.repeat_rows(top)
    worksheet.repeat_columns(0)
    _lay_out_print(worksheet, pages=ceil(len(columns) / COLUMNS_ON_A_PAGE))


def _write(book: Book, worksheet: Worksheet, place: tuple[int, int], content: PlanCell) -> None:
    """Write text as text and numbers as numbers; a share is shown as a percent."""
    if isinstance(content, Share):
        worksheet.write_number(*place, content.value, book.formats["share"])
    elif isinstance(content, int | float):
        worksheet.write_number(*place, content, book.formats["number"])
    elif content:
        worksheet.write_string(*place, content, book.formats["text"])


def _set_height(worksheet: Worksheet, row: int, texts: Iterable[tuple[PlanCell, int]]) -> None:
    """Make a row as high as its longest text needs, each in a column of its own width."""
    worksheet.set_row(row, height(max(lines(text, width) for text, width in texts if isinstance(text, str))))


def _lay_out_print(worksheet: Worksheet, *, pages: int = 1) -> None:
    """Print across, on so many pages beside each other."""
    worksheet.set_landscape()
    worksheet.fit_to_pages(pages, 0)


def _choices() -> dict[str, list[str]]:
    """List what may stand in the columns that know their words."""
    return {
        "table": [table.name for table in CATALOGUE],
        "measure": list(measures()),
        "unit": [*codelist("units").members, PERCENT],
        "direction": list(DIRECTIONS),
        "formula": list(FORMULAS),
        "shape": list(SHAPES),
        "responsible": roles(),
        "frequency": list(FREQUENCIES),
        "nature": list(NATURES),
        "in_groups": list(YES_NO),
    }


def _write_choices(workbook: Workbook) -> None:
    """Write the drop-downs' words on a hidden sheet: a list of its own in each column."""
    worksheet = workbook.add_worksheet(LISTS)
    worksheet.hide()
    for column, choices in enumerate(_choices().values()):
        worksheet.write_column(0, column, choices)


def _hint(column: str, top: int) -> Rule:
    """Give a cell's drop-down and what it says when entered; an entry the list lacks is allowed after a warning."""
    choices = _choices()
    hint: Rule = {
        "input_title": column,
        "input_message": textwrap.shorten(word_file("plan_help")[column].en, LONG, placeholder=" …"),
        "ignore_blank": True,
        "error_type": "warning",
    }
    if column == "indicator":
        first = top + 2
        return hint | {"validate": "list", "source": f"={INDICATORS}!$A${first}:$A${first + MOST_CODES - 1}"}
    if column not in choices:
        return hint | {"validate": "any"}
    if column == "responsible":
        hint |= {"show_error": False}  # any role will do
    letter = column_letters(list(choices).index(column))
    return hint | {"validate": "list", "source": f"={LISTS}!${letter}$1:${letter}${len(choices[column])}"}


def _write_help(book: Book) -> None:
    worksheet = book.workbook.add_worksheet(HELP)
    worksheet.set_column(0, 0, 18)
    worksheet.set_column(1, 2, HELP_WIDE)
    if book.banner:
        worksheet.write_string(0, 0, book.banner, book.formats["label"])
    for row, (name, words) in enumerate(word_file("plan_help").items(), book.top):
        worksheet.write_string(row, 0, "" if name.endswith("_sheet") else name, book.formats["label"])
        worksheet.write_string(row, 1, words.en, book.formats["text"])
        worksheet.write_string(row, 2, words.km, book.formats["text"])
        _set_height(worksheet, row, [(words.en, HELP_WIDE), (words.km, HELP_WIDE)])
    _lay_out_print(worksheet)
