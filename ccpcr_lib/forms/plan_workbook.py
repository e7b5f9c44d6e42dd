"""A `Plan` → `plan.xlsx`, made for an officer to edit: drop-downs, a hint at each cell, a sheet of help.

What is written here is read back as the same plan by `plan_file`.
"""

import io
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..excel.file.address import column_letters
from ..excel.plan_file import PERCENT
from ..model.catalogue import CATALOGUE
from ..model.codelist import codelist
from ..model.plan import ACCUMULATE, DIRECTIONS, FORMULAS, SHAPES, Indicator, Plan, Target
from ..words import word_file

INDICATOR_COLUMNS = (
    "code",
    "name_en",
    "name_km",
    "table",
    "measure",
    "filter",
    "unit",
    "accumulate",
    "direction",
    "baseline",
    "baseline_period",
    "formula",
    "source",
)
TARGET_COLUMNS = ("indicator", "period", "value", "shape")
WIDTHS = {"name_en": 32, "name_km": 32, "source": 40, "indicator": 26, "code": 26, "table": 20, "measure": 18}
NARROW = 13
SPARE = 60
"""Lines below the last that have drop-downs too."""

LISTS = "Lists"
MOST_SHOWN = 255
"""As many letters of a hint Excel shows."""

FONT = "Calibri"
CREATED = datetime(2010, 1, 1)
"""A fixed time, so that the same plan is the same file."""


@dataclass(frozen=True)
class Share:
    """A number, 0-1, that is shown as a percent."""

    value: float


def plan_workbook(plan: Plan, *, banner: str = "") -> bytes:
    """Write a plan as a workbook; `banner` stands above each sheet, for a plan that is not real."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": "Plan: indicators and targets", "created": CREATED})
        indicators = [_indicator_cells(one) for one in plan.indicators]
        targets = [_target_cells(one, bool(plan.indicator(one.indicator).ratio)) for one in plan.targets]
        _sheet(book, "Indicators", {"banner": banner, "columns": INDICATOR_COLUMNS, "lines": indicators})
        _sheet(book, "Targets", {"banner": banner, "columns": TARGET_COLUMNS, "lines": targets})
        _help(book, banner)
        _lists(book)
    return buffer.getvalue()


def _indicator_cells(one: Indicator) -> dict[str, object]:
    if one.ratio:
        place = {"unit": PERCENT, "formula": " / ".join(one.ratio)}
    else:
        key = "; ".join(f"{name}={code}" for name, code in one.key.items())
        place = {"table": one.table, "measure": one.measure, "filter": key, "unit": one.unit, "formula": one.formula}
    same = ("code", "name_en", "name_km", "accumulate", "direction", "baseline", "baseline_period", "source")
    baseline = one.baseline if one.baseline is None or not one.ratio else Share(one.baseline)
    return {name: getattr(one, name) for name in same} | {"baseline": baseline} | place


def _target_cells(one: Target, is_share: bool) -> dict[str, object]:
    value = Share(one.value) if is_share else one.value
    return {"indicator": one.indicator, "period": one.period, "value": value, "shape": one.shape}


def _sheet(book, name: str, content: Mapping[str, Sequence]) -> None:
    """Write one sheet: banner, headings, lines, drop-downs and hints."""
    sheet, columns, lines = book.add_worksheet(name), content["columns"], content["lines"]
    top = 2 if content["banner"] else 0
    if content["banner"]:
        sheet.write_string(0, 0, content["banner"], book.add_format({"bold": True, "font_color": "#B00020"}))
    bold = book.add_format({"bold": True, "bg_color": "#E3EEEF", "bottom": 1, "font_name": FONT})
    for place, column in enumerate(columns):
        sheet.write_string(top, place, codelist("plan_columns").label(column), bold)
        sheet.set_column(place, place, WIDTHS.get(column, NARROW))
    for row, line in enumerate(lines, top + 1):
        for place, column in enumerate(columns):
            _write(book, sheet, (row, place), line.get(column))
    for place, column in enumerate(columns):
        sheet.data_validation(top + 1, place, top + len(lines) + SPARE, place, _hint(column, top))
    sheet.freeze_panes(top + 1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write(book, sheet, place: tuple[int, int], value: object) -> None:
    """Write text as text and numbers as numbers; a share is shown as a percent."""
    if isinstance(value, Share):
        sheet.write_number(*place, value.value, book.add_format({"num_format": "0%", "valign": "top"}))
    elif isinstance(value, int | float):
        sheet.write_number(*place, value, book.add_format({"valign": "top"}))
    elif value:
        sheet.write_string(*place, value, book.add_format({"text_wrap": True, "valign": "top"}))


def _choices() -> dict[str, list[str]]:
    """List what may stand in the columns that know their words."""
    return {
        "table": [table.name for table in CATALOGUE],
        "measure": list(codelist("measures").members),
        "unit": [*codelist("units").members, PERCENT],
        "accumulate": list(ACCUMULATE),
        "direction": list(DIRECTIONS),
        "formula": list(FORMULAS),
        "shape": list(SHAPES),
    }


def _lists(book) -> None:
    """Write the drop-downs' words on a hidden sheet: a list of its own in each column."""
    sheet = book.add_worksheet(LISTS)
    sheet.hide()
    for column, words in enumerate(_choices().values()):
        sheet.write_column(0, column, words)


def _hint(column: str, top: int) -> dict[str, object]:
    """Give a cell's drop-down and what it says when entered; an entry the list lacks is allowed after a warning."""
    choices = _choices()
    said = {
        "input_title": column,
        "input_message": textwrap.shorten(word_file("plan_help")[column].en, MOST_SHOWN, placeholder=" …"),
        "ignore_blank": True,
        "error_type": "warning",
    }
    if column == "indicator":
        return said | {"validate": "list", "source": f"=Indicators!$A${top + 2}:$A${top + 200}"}
    if column not in choices:
        return said | {"validate": "any"}
    letter = column_letters(list(choices).index(column))
    return said | {"validate": "list", "source": f"={LISTS}!${letter}$1:${letter}${len(choices[column])}"}


def _help(book, banner: str) -> None:
    sheet = book.add_worksheet("Help")
    bold, wrap = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 2, 70)
    if banner:
        sheet.write_string(0, 0, banner, bold)
    for row, (name, words) in enumerate(word_file("plan_help").items(), 2 if banner else 0):
        sheet.write_string(row, 0, "" if name.endswith("_sheet") else name, bold)
        sheet.write_string(row, 1, words.en, wrap)
        sheet.write_string(row, 2, words.km, wrap)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
