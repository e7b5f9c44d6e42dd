"""What an artefact shows → a workbook with the same figures in its cells, so that the project's own reader reads it."""

import io
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
from pptx import Presentation

Rows = list[list[str]]


@lru_cache(maxsize=8)
def deck_slides(deck: bytes) -> tuple:
    """Open a deck and list its slides, to look at and not to change: what is asked for again is not opened anew."""
    return tuple(Presentation(io.BytesIO(deck)).slides)


def deck_tables(deck: bytes) -> dict[str, Rows]:
    """Read every native table out of a deck by its name, its parts put together again, merged cells filled in."""
    tables: dict[str, Rows] = {}
    for slide in deck_slides(deck):
        for shape in slide.shapes:
            if shape.has_table:
                part = table_rows(shape.table)
                tables[shape.name] = joined(tables[shape.name], part) if shape.name in tables else part
    return tables


def table_rows(table) -> Rows:
    rows = [["" for _ in table.columns] for _ in table.rows]
    for row, line in enumerate(table.rows):
        for column, cell in enumerate(line.cells):
            if cell.is_spanned:
                continue
            down, across = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
            for below in range(down):
                for right in range(across):
                    rows[row + below][column + right] = cell_text(cell)
    return rows


def cell_text(cell) -> str:
    """Give a cell's text without the raised marks of its notes."""
    lines = [
        "".join(run.text for run in paragraph.runs if not run.font._element.get("baseline"))
        for paragraph in cell.text_frame.paragraphs
    ]
    return "\n".join(lines).replace("…", "")


def joined(first: Rows, other: Rows) -> Rows:
    """Put two parts of a table together: more columns where they have the same rows, more rows otherwise."""
    if [row[0] for row in first] == [row[0] for row in other]:
        return [one + more[1:] for one, more in zip(first, other, strict=True)]
    heads = sum(row[0] == other[0][0] for row in other)
    return first + other[heads:]


class HtmlTables(HTMLParser):
    """Collects the tables of a page by the id of their figure, merged cells filled in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: dict[str, Rows] = {}
        self.name, self.cell, self.skip, self.taken = "", None, 0, {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "figure":
            self.name = given.get("id", "")
            self.tables[self.name], self.taken = [], {}
        elif tag == "tr":
            self.tables[self.name].append([])
        elif tag in ("td", "th"):
            self.cell = {"text": "", "down": int(given.get("rowspan", 1)), "across": int(given.get("colspan", 1))}
        elif tag == "br" and self.cell is not None:
            self.cell["text"] += "\n"
        self.skip += tag == "sup"

    def handle_endtag(self, tag):
        self.skip -= tag == "sup"
        if tag in ("td", "th") and self.cell is not None:
            self.put(self.cell)
            self.cell = None
        if tag == "tr":
            self.fill(len(self.tables[self.name]) - 1)

    def handle_data(self, data):
        if self.cell is not None and not self.skip:
            self.cell["text"] += data.replace("…", "")

    def put(self, cell: dict) -> None:
        rows = self.tables[self.name]
        self.fill(len(rows) - 1)
        row, column = len(rows) - 1, len(rows[-1])
        for down in range(cell["down"]):
            for across in range(cell["across"]):
                self.taken[row + down, column + across] = cell["text"]
        self.fill(row)

    def fill(self, row: int) -> None:
        line = self.tables[self.name][row]
        while (row, len(line)) in self.taken:
            line.append(self.taken[row, len(line)])


def as_workbook(tables: dict[str, Rows], folder: Path, titles: dict[str, str], period: str) -> Path:
    """Write tables into a workbook, one a sheet, each under its title, for the reader to read."""
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active.append(["Reporting period", period])
    for number, (name, rows) in enumerate(tables.items(), 1):
        sheet = book.create_sheet(f"T{number}")
        sheet["A1"] = titles[name]
        for row, line in enumerate(rows, 3):
            for column, text in enumerate(line, 1):
                number_in = text.strip()
                sheet.cell(row, column, int(number_in) if number_in.isdecimal() else text or None)
    path = folder / f"readback-{period}.xlsx"
    book.save(path)
    return path
