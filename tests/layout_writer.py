"""Writes one truth in one layout: sheets, headings, rows, totals; and keeps in which cell each count stands."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
from divided import Column, divided, divided_record, part_of
from layout_typing import Layout, Typing
from openpyxl.utils import get_column_letter
from pictures import Picture, lift, stamp
from slide_words import SHAPES
from truth import COLUMNS, Truth, record
from turned import TURNED


class Writer:
    """Writes one truth in one layout, and keeps where each count stands."""

    def __init__(self, truth: Truth, layout: Layout) -> None:
        self.truth, self.layout = truth, layout
        self.typed, self.book, self.sources = Typing(truth, layout), openpyxl.Workbook(), {}

    # --- columns and rows ---

    def columns(self, table: str) -> list[Column]:
        made, heads = [], self.count_heads(table)
        for part in SHAPES[table][2].split("; "):
            spanner, *rest = part.split()
            if rest == ["{c}"]:
                for place, head in enumerate(heads):
                    if head is not None:
                        made.append(Column("count", [self.typed.heading(spanner), *head], place))
            elif rest:
                made.append(Column("count", [self.typed.heading(spanner)], COLUMNS[table].split().index(rest[0])))
            elif part != "share" or self.layout.share not in ("none", "under", "beside"):
                made.append(Column(part, [self.typed.heading("total" if part in ("share", "joined") else part)]))
        if self.layout.on_paper and adds_across(table):
            made.append(Column("paper", [self.typed.heading("paper_total")]))
        return self.reordered([part for column in made for part in divided(self.typed, table, column)])

    def reordered(self, columns: list[Column]) -> list[Column]:
        counts = [column for column in columns if column.role == "count"]
        others = [column for column in columns if column.role != "count"]
        if self.layout.backwards:
            return [*counts[::-1], *others]
        return [*others, *counts] if self.layout.total_first else columns

    def count_heads(self, table: str) -> list[list | None]:
        heads: list[list | None] = []
        for column in COLUMNS[table].split():
            words = column.split("/")
            if column in ("in_shelter", "reintegrated"):
                heads.append(None)
            elif column in ("clients", "times"):
                heads.append([self.typed.heading(column)])
            elif column == "previous":
                heads.append([self.typed.quarter(self.truth.previous)])
            elif column in ("m1", "m2", "m3"):
                over = [self.typed.quarter(self.truth.period)] if "previous" in COLUMNS[table] else []
                heads.append([*over, self.typed.month(column)])
            else:
                heads.append([self.typed.label(word, is_head=True) for word in words])
        return heads

    def draw(self, sheet, table: str, top: int, left: int) -> tuple[int, int]:
        """Write a table with its title, in its shape; give the first row and column that are free again."""
        if not self.layout.shape:
            return self.draw_plain(sheet, table, top, left)
        parts, rights, gap = shaped(self.truth, self.layout, table), [], self.layout.title_gap
        for number, picture in enumerate(parts):
            if number and self.layout.on_next_sheet:
                sheet, top = self.book.create_sheet(f"{sheet.title} ({number + 1})"), self.layout.origin[0]
            (top, right), counts = stamp(sheet, picture, (top, left), gap=gap)
            self.sources |= counts
            rights.append(right)
            top += gap if picture is not parts[-1] else 0
        return top, max(rights)

    def draw_plain(self, sheet, table: str, top: int, left: int) -> tuple[int, int]:
        """Write a table with its title as the slides have it; give the first row and column that are free again."""
        columns, rows = self.columns(table), self.truth.tables[table]
        sheet.cell(top, left, self.typed.title(table))
        head = top + 1 + self.layout.title_gap
        first = left + (1 if self.layout.numbered and SHAPES[table][1] != "month" else 0)
        depth = self.draw_heads(sheet, table, columns, head, first)
        row = head + depth
        for number, (code, values) in enumerate(rows.items(), 1):
            if self.layout.numbered and first > left:
                sheet.cell(row, left, number)
            name = self.typed.month(code) if code in ("m1", "m2", "m3") else self.typed.label(code)
            self.put(sheet, row, first, name)
            self.draw_row(sheet, table, (row, first + 1), columns, code, values)
            row += 2 if self.layout.gaps and number % 3 == 0 and number < len(rows) else 1
        self.draw_joined(sheet, table, (head + depth, row - 1), columns, first)
        if self.layout.totals:
            row = self.draw_totals(sheet, table, row, columns, left, first)
        if self.layout.on_paper:
            row = self.draw_paper(sheet, table, row, columns, first)
        if self.layout.remarks:
            sheet.cell(head, first + len(columns) + 1, "Remarks")
            sheet.cell(head + depth, first + len(columns) + 1, "see the file of the social worker")
            sheet.cell(row, left, "* Counted from the registers of the shelter.")
            row += 1
        return row, first + len(columns) + (2 if self.layout.remarks else 1)

    def put(self, sheet, row: int, column: int, content: object) -> None:
        cell = sheet.cell(row, column, content)
        if isinstance(content, date):
            cell.number_format = "mmm-yy"

    def draw_heads(self, sheet, table: str, columns: list[Column], top: int, first: int) -> int:
        depth = max(len(column.heads) for column in columns)
        if first > 1 and self.layout.numbered and SHAPES[table][1] != "month":
            sheet.cell(top, first - 1, self.typed.heading("no"))
        self.put(sheet, top, first, self.typed.heading(SHAPES[table][1]))
        if self.layout.merged:
            self.merge(sheet, top, first, top + depth - 1, first)
        place = 0
        for level in range(depth):
            place = 0
            while place < len(columns):
                end, heads = place + 1, columns[place].heads
                while end < len(columns) and columns[end].heads[: level + 1] == heads[: level + 1]:
                    end += 1
                if level < len(heads):
                    self.put(sheet, top + level, first + 1 + place, heads[level])
                    reach = depth - level if level == len(heads) - 1 else 1
                    if self.layout.merged:
                        self.merge(sheet, top + level, first + 1 + place, top + level + reach - 1, first + end)
                place = end
        return depth

    def merge(self, sheet, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)

    def draw_row(self, sheet, table: str, at: tuple, columns: list[Column], code: str, values: tuple) -> None:
        row, left = at
        names = COLUMNS[table].split()
        for column, made in enumerate(columns, left):
            if made.role == "count":
                value = part_of(values[made.count], made.part)
                key = divided_record(record(self.truth, table, code, names[made.count], value), made.part)
                self.sources[f"{sheet.title}!{get_column_letter(column)}{row}"] = key
                noted = self.layout.notes and value > 0 and names[made.count] in ("m1", "m2", "m3")
                sheet.cell(row, column, f"{value} (F{value})" if noted else self.typed.number(value))
            elif made.role == "part":
                sheet.cell(row, column, self.typed.number(part_of(values[made.count], made.part)))
            elif made.role == "paper":
                sheet.cell(row, column, self.typed.number(self.parts(table, values)))
            elif made.role == "total":
                self.draw_share(sheet, table, row, column, self.parts(table, values), inside=True)
            elif made.role == "share":
                self.draw_share(sheet, table, row, column, self.parts(table, values), inside=False)

    def parts(self, table: str, values: tuple) -> int:
        names = COLUMNS[table].split()
        own = ("in_shelter", "reintegrated", "previous")
        return sum(value for name, value in zip(names, values, strict=True) if name not in own)

    def whole(self, table: str) -> int:
        return sum(self.parts(table, values) for values in self.truth.tables[table].values())

    def draw_share(self, sheet, table: str, row: int, column: int, figure: int, *, inside: bool) -> None:
        whole = self.whole(table)
        percent, style = round(100 * figure / whole) if whole else 0, self.layout.share
        if inside:
            shown = {"under": f"{figure}\n{percent}%", "beside": f"{figure} ({percent}%)"}
            sheet.cell(row, column, shown.get(style, self.typed.number(figure)))
        elif style == "percent":
            sheet.cell(row, column, percent / 100).number_format = "0%"
        else:
            sheet.cell(row, column, percent if style == "number" else f"{percent}%")

    def draw_joined(self, sheet, table: str, reach: tuple, columns: list[Column], first: int) -> None:
        top, bottom = reach
        for column, made in enumerate(columns, first + 1):
            if made.role in ("plan", "joined"):
                figure = self.truth.plan if made.role == "plan" else self.whole(table)
                sheet.cell(top, column, self.typed.number(figure))
                if self.layout.merged:
                    self.merge(sheet, top, column, bottom, column)

    def draw_totals(self, sheet, table: str, row: int, columns: list[Column], left: int, first: int) -> int:
        sheet.cell(row, left, self.typed.heading("total"))
        if self.layout.merged:
            self.merge(sheet, row, left, row, first)
        values = self.truth.tables[table].values()
        for column, made in enumerate(columns, first + 1):
            stock = SHAPES[table][1] == "month" and made.heads == [self.typed.heading("in_shelter")]
            if made.role in ("count", "part") and not stock:
                sheet.cell(row, column, self.typed.number(sum(part_of(line[made.count], made.part) for line in values)))
            elif made.role in ("total", "share"):
                self.draw_share(sheet, table, row, column, self.whole(table), inside=made.role == "total")
        counts = [column for column, made in enumerate(columns, first + 1) if made.role == "count"]
        adds_months = table in ("family_assessments", "family_visits", "follow_up_support")
        if adds_months and not self.layout.backwards and not self.layout.divided:
            months = counts[1:] if len(counts) == 4 else counts
            sheet.cell(row + 1, months[0], self.typed.number(self.whole(table)))
            if self.layout.merged:
                self.merge(sheet, row + 1, months[0], row + 1, months[-1])
            row += 1
        return row + 1

    def draw_paper(self, sheet, table: str, row: int, columns: list[Column], first: int) -> int:
        """Write the row of totals from paper: one below each column of counts, the whole in the corner."""
        sheet.cell(row, first, self.typed.heading("paper_total"))
        for column, made in enumerate(columns, first + 1):
            if made.role == "count" and made.heads != [self.typed.heading("in_shelter")]:
                values = self.truth.tables[table].values()
                sheet.cell(row, column, self.typed.number(sum(part_of(line[made.count], made.part) for line in values)))
            elif made.role == "paper":
                sheet.cell(row, column, self.typed.number(self.whole(table)))
        return row + 1

    # --- sheets ---

    def write(self, path: Path) -> Path:
        tables, (top, left) = list(self.truth.tables), self.layout.origin
        self.book.remove(self.book.active)
        if self.layout.sheets in ("each", "reversed"):
            order = tables[::-1] if self.layout.sheets == "reversed" else tables
            for number, table in enumerate(order, 1):
                self.draw(self.book.create_sheet(f"Sheet{number}"), table, top, left)
        elif self.layout.sheets in ("beside", "touching"):
            self.write_beside(tables, top, left)
        else:
            sheet = self.book.create_sheet("All")
            for table in tables:
                top = self.draw(sheet, table, top, left)[0] + (0 if self.layout.sheets == "tight" else 2)
        self.book.save(path)
        return path

    def write_beside(self, tables: list[str], top: int, left: int) -> None:
        sheet = self.book.create_sheet("All")
        for pair in (tables[place : place + 2] for place in range(0, len(tables), 2)):
            column, bottoms = left, []
            for table in pair:
                bottom, free = self.draw(sheet, table, top, column)
                bottoms.append(bottom)
                column = free + (0 if self.layout.sheets == "touching" else 1)
            top = max(bottoms) + 2


def adds_across(table: str) -> bool:
    """Check whether the figures of a row add up."""
    return table not in ("other_services", "skills_follow_up")


# --- shapes ---


def picture_of(truth: Truth, layout: Layout, table: str) -> Picture:
    """Draw one table by itself and lift it off its sheet."""
    plain = replace(layout, shape="", title_gap=0)
    writer = Writer(truth, plain)
    sheet = writer.book.active
    writer.draw_plain(sheet, table, 1, 1)
    columns, rows = writer.columns(table), len(truth.tables[table])
    depth = max(len(column.heads) for column in columns)
    numbers = ["no"] if plain.numbered and SHAPES[table][1] != "month" else []
    roles = ["head"] * depth + ["member"] * rows
    lifted = lift(sheet, roles, [*numbers, "stub", *(column.role for column in columns)], writer.sources)
    return replace(lifted, rows=(*lifted.rows[:-1], "paper")) if layout.on_paper else lifted


def shaped(truth: Truth, layout: Layout, table: str) -> list[Picture]:
    """Draw one table in the shape of its layout: one picture, or several that follow each other."""
    return TURNED[layout.shape](picture_of(truth, layout, table), Typing(truth, layout), table)
