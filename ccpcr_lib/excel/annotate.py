"""Findings → a copy of the workbook with the cells coloured, comments, and a first sheet that lists them.

The original is only read. Needs an Excel workbook: the copy keeps its formulas, formats and macros.
"""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.finding import Finding, cell_of, sheet_of
from ..words import say
from .file.facts import refuse
from .file.grid import Grid, read_grids
from .file.mended import mended
from .file.pack import Properties, packed
from .file.package import Package, open_package

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

FILLS = {"error": "F4B6B6", "warning": "FBD9A5", "note": "DCE6EA"}
ODD = FILLS["error"]
"""The colour of a cell that is likely wrong; those that may be have the colour of their finding."""

WIDTHS = {"where": 16, "severity": 11, "rule": 16, "message": 90, "printed": 22, "expected": 22}
"""The columns of the list, and how wide they are; their headings stand in ``words/annotated.csv``."""
CHARACTERS, LINE = 95, 15
"""How much of a message fits on a line of the list, and how high a line is, in points."""


def annotate(path: Path, findings: Sequence[Finding]) -> bytes:
    """Give an annotated copy of an Excel workbook as bytes.

    Raise CannotReadError for another kind of file, and for a workbook of which a copy would lack something.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise refuse(path, "file_not_annotated")
    workbook = _load(path, open_package(path))
    for finding in reversed(findings):
        first_of_each = _first_of_each(finding)
        for place, source in enumerate(first_of_each if finding.severity == "note" else finding.where):
            _colour(workbook, source, ODD if place < finding.odd else FILLS[finding.severity])
        for source in first_of_each:
            _comment(workbook, source, finding)
    _list(workbook, findings)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return packed(buffer.getvalue(), _properties(workbook), edit=mended)


def _properties(workbook: "Workbook") -> Properties:
    """Give what the copy says of itself: what the workbook is called, and nothing of who wrote it and when."""
    said = workbook.properties
    return Properties(said.title or "", said.subject or "", said.keywords or "", language=said.language or "")


def _load(path: Path, package: Package) -> "Workbook":
    """Load all of a workbook to write it again; raise CannotReadError where openpyxl sees less than the reader."""
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd in the file is for the reader to say
            has_macros = path.suffix.lower() == ".xlsm"
            workbook = load_workbook(io.BytesIO(package.standard), keep_vba=has_macros, rich_text=True)
    except Exception as error:  # openpyxl raises whatever it stumbles over
        raise refuse(path, "file_not_copied") from error
    if not all(_is_whole(workbook, grid) for grid in read_grids(package)):
        raise refuse(path, "file_not_copied")
    return workbook


def _is_whole(workbook: "Workbook", grid: Grid) -> bool:
    """Check whether every cell that holds something is in the copy."""
    if grid.name not in workbook.sheetnames:
        return False
    sheet = workbook[grid.name]
    return all(sheet.cell(row + 1, column + 1).value is not None for row, column in grid.cells)


def _colour(workbook: "Workbook", source: str, fill: str) -> None:
    """Colour one cell; of two colours the first stays that is graver."""
    from openpyxl.styles import PatternFill

    cell = _cell(workbook, source)
    if cell is not None and not (cell.fill.fgColor.rgb or "").endswith(ODD):
        cell.fill = PatternFill("solid", fgColor=fill)


def _first_of_each(finding: Finding) -> list[str]:
    """Choose the cells to say it at: the first one named on each sheet."""
    first: dict[str, str] = {}
    for source in finding.where:
        first.setdefault(sheet_of(source), source)
    return list(first.values())


def _comment(workbook: "Workbook", source: str, finding: Finding) -> None:
    """Add a finding to the comment of a cell, and all that its correction would settle."""
    from openpyxl.comments import Comment

    cell = _cell(workbook, source)
    if cell is None:
        return
    before = cell.comment.text + "\n\n" if cell.comment else ""
    others = "".join(f"\n- {other.statement}" for other in finding.settled[1:])
    text = before + say(f"annotated_{finding.severity}", message=finding.message) + others
    cell.comment = Comment(text, "ccpcr", height=40 + 22 * (len(text) // 38), width=320)


def _cell(workbook: "Workbook", source: str) -> "Cell | None":
    """Find a cell by its name; one inside a merged cell is that cell, what lies in no sheet is None."""
    if sheet_of(source) not in workbook.sheetnames:
        return None
    sheet = workbook[sheet_of(source)]
    cell = sheet[cell_of(source)]
    for merged in sheet.merged_cells.ranges:
        if cell.coordinate in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _list(workbook: "Workbook", findings: Iterable[Finding]) -> None:
    """Put a sheet in front that lists the findings, each with a link to its first cell."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet = workbook.create_sheet(_free_name(workbook), 0)
    sheet.append([say(f"finding_{column}") for column in WIDTHS])
    for row, finding in enumerate(findings, 2):
        first = finding.where[0] if finding.where else ""
        values = (first, finding.severity, finding.rule, finding.message, finding.printed, finding.expected)
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column)
            cell.value, cell.data_type = value, "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = LINE * (1 + len(finding.message) // CHARACTERS)
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor=FILLS[finding.severity])
        if _cell(workbook, first) is not None:
            name = sheet_of(first).replace("'", "''")
            sheet.cell(row, 1).hyperlink = Hyperlink(f"A{row}", location=f"'{name}'!{cell_of(first)}")
            sheet.cell(row, 1).font = Font(color="0B5394", underline="single")
    _lay_out(sheet, Font(bold=True))
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = other is sheet
    workbook.active = 0


def _free_name(workbook: "Workbook") -> str:
    others = (say("annotated_sheet_again", number=str(number)) for number in range(2, 100))
    return next(name for name in (say("annotated_sheet"), *others) if name not in workbook.sheetnames)


def _lay_out(sheet: "Worksheet", bold: "Font") -> None:
    for column, width in zip("ABCDEF", WIDTHS.values(), strict=True):
        sheet.column_dimensions[column].width = width
        sheet[f"{column}1"].font = bold
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
