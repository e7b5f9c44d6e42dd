"""One truth in many messy layouts: a `Layout` says how an officer happened to type the tables, `write` does it.

Nothing here knows the reader. `write` also says in which cell each count stands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from truth import COLUMNS, Truth, record

from ccpcr_lib.model.codelist import codelist

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
ORDINALS = {"1": "1st quarter", "2": "2nd quarter", "3": "3rd quarter", "4": "4th quarter"}

ENGLISH = {
    "DV": "Domestic Violence",
    "SA": "Sexual Abuse",
    "NC": "Neglected Children",
    "TL": "Trafficking for Labor",
    "ST": "Sex Trafficking",
    "RC": "Returnee Children",
    "SW": "Sex Worker",
    "RAO": "RAO Org",
    "own_network": "Found by CCPCR-SVR and Networks",
    "pre_school": "Pre-School",
    "english": "English class at the shelter",
    "computer": "Computer class at the shelter",
    "school_materials": "School materials for returnee children in the community",
    "non_formal_education": "Non-formal education at the shelter",
    "case_management": "Cases managed",
    "reproductive_health": "Reproductive health",
    "moral_hygiene": "Moral hygiene",
    "shelter_disciplines": "Disciplines of the shelter",
    "budgeting": "Budgeting management",
    "child_rights": "Child Rights",
    "body_hygiene": "Body hygiene",
    "hiv_aids": "HIV/AIDS Spreading",
    "sewing": "Sewing",
    "weaving": "Weaving",
    "hairdressing": "Hairdressing",
    "photoshop": "Others (Photoshop)",
    "formal_education": "Formal education",
    "formal_education_community": "Formal education/ community children",
    "family_community": "Clients had been reintegrated to family/community",
    "factory": "Clients referred to factory ...etc.",
    "COSECAM": "COSECAM (Scholarship)",
    "CWDA": "CWDA",
    "F": "F",
    "M": "M",
    **{f"grade_{number}": f"Grade {number}" for number in range(1, 13)},
    **{band: f"{band} years" for band in ("0-10", "11-17", "18-25")},
}
HEADINGS = {
    "no": "No",
    "total": "Total",
    "plan": "Planned {year}",
    "actual": "Actual",
    "clients": "Number of clients",
    "times": "Numbers of times",
    "referred": "Statistics of clients referred to CCPCR-SVR",
    "in_shelter": "Clients in the shelter",
    "reintegrated": "Reintegrated Clients",
    "age_bands": "Types of Age",
    "sexes": "Sex",
    "types": "Types of cases",
    "case_type": "Types of case",
    "month": "Month",
    "organisation": "Name of NGOs/ Stakeholders",
    "grade": "Grade/ Level",
    "topic": "Title",
    "service": "Services",
    "skill": "Type of Skills",
    "destination": "Clients are reintegrated",
    "partner": "Names of NGOs",
}
LISTS = (
    "case_types",
    "organisations",
    "grades",
    "topics",
    "skills",
    "destinations",
    "partners",
    "services",
    "sexes",
    "age_bands",
)

SHAPES = {
    "referrals_by_type": (
        "Types of cases referred to our shelter in {year}",
        "case_type",
        "plan; actual {c}; total",
    ),
    "referrals_by_sex": (
        "Total Number of cases referred to the shelter",
        "month",
        "total; referred {c}; reintegrated reintegrated",
    ),
    "referrals_by_age": (
        "Classification of cases age",
        "month",
        "in_shelter in_shelter; age_bands {c}; total; reintegrated reintegrated",
    ),
    "referral_sources": (
        "Referral Organizations during the Reporting Period",
        "organisation",
        "sexes {c}; total; share",
    ),
    "education": ("Education and Vocational Skills Training", "grade", "clients {c}; total; share"),
    "other_services": ("Other services for clients", "service", "clients {c}"),
    "life_skills": ("Statistics of cases receiving life skills at the shelter", "topic", "types {c}; joined"),
    "vocational_skills": (
        "Statistics of cases receiving vocational skills training from {m1} - {m3}",
        "skill",
        "clients {c}; total; share",
    ),
    "family_assessments": ("Statistics of family assessments", "case_type", "clients {c}; total; share"),
    "family_visits": ("Statistics of cases family visits", "case_type", "clients {c}; total; share"),
    "reintegration": (
        "Number of cases reintegrated into the community",
        "destination",
        "clients {c}; total; share",
    ),
    "partner_referrals": (
        "Numbers of cases referred to partner NGOs",
        "partner",
        "clients {c}; total; share",
    ),
    "follow_up_support": (
        "Numbers of Reintegrated cases who received follow up support",
        "case_type",
        "clients {c}",
    ),
    "skills_follow_up": (
        "Numbers of cases who received follow up on their vocational skills training/formal education",
        "skill",
        "clients {c}",
    ),
}
"""Table → title, what its rows are, and its columns: spanner and columns, the counts at ``{c}``."""


@dataclass(frozen=True)
class Layout:
    """How a workbook is laid out and typed. The first value of each is how the slides do it."""

    sheets: str = "each"  # each, reversed, stacked, tight, beside
    origin: tuple[int, int] = (1, 1)
    merged: bool = True
    months: str = "short"  # short, long, year, date, dotted, khmer
    digits: str = "number"  # number, float, text, padded, nbsp, khmer
    zero: str = "0"
    share: str = "percent"  # percent, number, text, under, beside, none
    labels: str = "both"  # both, name, code, reversed, khmer
    drift: str = "none"  # none, upper, spaces, punctuation, lines
    remarks: bool = False
    notes: bool = False
    numbered: bool = True
    backwards: bool = False
    total_first: bool = False
    gaps: bool = False
    totals: bool = True
    title_gap: int = 1
    file: str = "report.xlsx"


LAYOUTS = {
    "as the slides": Layout(),
    "one sheet": Layout(sheets="stacked"),
    "one sheet, no blank row": Layout(sheets="tight", title_gap=0),
    "side by side": Layout(sheets="beside"),
    "offset": Layout(origin=(12, 6)),
    "unmerged": Layout(merged=False),
    "unmerged and long": Layout(merged=False, months="long", sheets="stacked"),
    "months with the year": Layout(months="year"),
    "months as dates": Layout(months="date"),
    "months with a dot": Layout(months="dotted"),
    "text numbers": Layout(digits="text"),
    "padded numbers": Layout(digits="padded"),
    "non-breaking spaces": Layout(digits="nbsp"),
    "decimals": Layout(digits="float"),
    "khmer digits": Layout(digits="khmer"),
    "khmer": Layout(labels="khmer", months="khmer", digits="khmer"),
    "khmer unmerged": Layout(labels="khmer", months="khmer", merged=False),
    "no codes": Layout(labels="name"),
    "codes only": Layout(labels="code"),
    "codes first": Layout(labels="reversed"),
    "dashes": Layout(zero="-"),
    "long dashes": Layout(zero=" – "),
    "shares as numbers": Layout(share="number"),
    "shares as text": Layout(share="text"),
    "shares under their counts": Layout(share="under"),
    "shares beside their counts": Layout(share="beside"),
    "no shares": Layout(share="none"),
    "remarks": Layout(remarks=True),
    "notes in cells": Layout(notes=True),
    "sheets in reverse": Layout(sheets="reversed"),
    "upper case": Layout(drift="upper"),
    "odd spaces": Layout(drift="spaces"),
    "punctuation": Layout(drift="punctuation"),
    "broken lines": Layout(drift="lines"),
    "no row numbers": Layout(numbered=False),
    "no row numbers, at the edge, unmerged": Layout(numbered=False, merged=False, sheets="tight"),
    "columns backwards": Layout(backwards=True),
    "total first": Layout(total_first=True),
    "blank rows inside": Layout(gaps=True),
    "no total rows": Layout(totals=False),
    "no total rows, stacked tight": Layout(totals=False, sheets="tight", title_gap=0, merged=False),
    "everything at once": Layout(
        sheets="beside",
        origin=(9, 4),
        merged=False,
        months="long",
        digits="padded",
        zero="—",
        share="text",
        labels="name",
        drift="upper",
        remarks=False,
        notes=True,
        numbered=False,
        gaps=True,
    ),
}


@dataclass
class Column:
    """A column to write: what it is, its heading from the top, and the count column it shows, if one."""

    role: str
    heads: list
    count: int | None = None


class Writer:
    """Writes one truth in one layout, and keeps where each count stands."""

    def __init__(self, truth: Truth, layout: Layout) -> None:
        self.truth, self.layout = truth, layout
        self.book, self.sources = openpyxl.Workbook(), {}

    def heading(self, code: str) -> str:
        if self.layout.labels == "khmer":
            lists = {"types": "case_type"}
            text = codelist("headings").members[lists.get(code, code)].label_km
            return f"{text} {self.truth.period[:4].translate(KHMER)}" if code == "plan" else text
        return self.drifted(HEADINGS[code].format(year=self.truth.period[:4]))

    def drifted(self, text: str) -> str:
        drifts: dict[str, Callable[[str], str]] = {
            "none": str,
            "upper": str.upper,
            "spaces": lambda text: f"  {text.replace(' ', '   ')}\u00a0",
            "punctuation": lambda text: text.replace("/ ", " / ") + (":" if len(text) > 2 else "."),
            "lines": lambda text: text.replace(" ", "\n", 1),
        }
        return drifts[self.layout.drift](text)

    def label(self, code: str, *, is_head: bool = False) -> str:
        style, known = self.layout.labels, code in ENGLISH
        if not known:
            return code
        is_case = code in COLUMNS["life_skills"] or code in ("DV", "NC", "TL", "RC")
        if is_case and (style == "code" or (is_head and style in ("both", "reversed"))):
            return code
        if style == "khmer":
            return next(codelist(name).members[code].label_km for name in LISTS if code in codelist(name).members)
        forms = {"both": f"{ENGLISH[code]} ({code})", "reversed": f"{code} - {ENGLISH[code]}"}
        return self.drifted(forms.get(style, ENGLISH[code]) if is_case else ENGLISH[code])

    def month(self, code: str) -> object:
        period = self.truth.months[int(code[1]) - 1]
        year, number = int(period[:4]), int(period[5:])
        name = MONTHS[number - 1]
        forms = {
            "short": name[:3],
            "long": name,
            "year": f"{name} {year}",
            "dotted": f"{name[:3]}.",
            "date": date(year, number, 1),
            "khmer": codelist("months").members[f"month_{number:02d}"].label_km,
        }
        text = forms[self.layout.months]
        return self.drifted(text) if isinstance(text, str) and self.layout.drift == "upper" else text

    def quarter(self, period: str) -> str:
        if self.layout.labels == "khmer":
            return "ត្រីមាសទី" + period[-1].translate(KHMER)
        return self.drifted(ORDINALS[period[-1]])

    def number(self, value: int) -> object:
        text = self.layout.zero if value == 0 and self.layout.zero != "0" else str(value)
        forms: dict[str, Callable[[str], object]] = {
            "number": lambda text: int(text) if text.isdigit() else text,
            "float": lambda text: float(text) if text.isdigit() else text,
            "text": str,
            "padded": lambda text: f"  {text} ",
            "nbsp": lambda text: f"\u00a0{text}\u202f",
            "khmer": lambda text: text.translate(KHMER),
        }
        return forms[self.layout.digits](text)

    # --- columns and rows ---

    def columns(self, table: str) -> list[Column]:
        made, heads = [], self.count_heads(table)
        for part in SHAPES[table][2].split("; "):
            spanner, *rest = part.split()
            if rest == ["{c}"]:
                for place, head in enumerate(heads):
                    if head is not None:
                        made.append(Column("count", [self.heading(spanner), *head], place))
            elif rest:
                made.append(Column("count", [self.heading(spanner)], COLUMNS[table].split().index(rest[0])))
            elif part != "share" or self.layout.share not in ("none", "under", "beside"):
                made.append(Column(part, [self.heading("total" if part in ("share", "joined") else part)]))
        return self.reordered(made)

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
                heads.append([self.heading(column)])
            elif column == "previous":
                heads.append([self.quarter(self.truth.previous)])
            elif column in ("m1", "m2", "m3"):
                over = [self.quarter(self.truth.period)] if "previous" in COLUMNS[table] else []
                heads.append([*over, self.month(column)])
            else:
                heads.append([self.label(word, is_head=True) for word in words])
        return heads

    def title(self, table: str) -> str:
        months = {f"m{number}": self.month(f"m{number}") for number in (1, 2, 3)}
        if self.layout.labels == "khmer":
            year = f" ឆ្នាំ {self.truth.period[:4].translate(KHMER)}" if table == "referrals_by_type" else ""
            return codelist("tables").members[table].label_km + year
        return self.drifted(SHAPES[table][0].format(year=self.truth.period[:4], **months))

    def draw(self, sheet, table: str, top: int, left: int) -> tuple[int, int]:
        """Write a table with its title; give the first row and column that are free again."""
        columns, rows = self.columns(table), self.truth.tables[table]
        sheet.cell(top, left, self.title(table))
        head = top + 1 + self.layout.title_gap
        first = left + (1 if self.layout.numbered and SHAPES[table][1] != "month" else 0)
        depth = self.draw_heads(sheet, table, columns, head, first)
        row = head + depth
        for number, (code, values) in enumerate(rows.items(), 1):
            if self.layout.numbered and first > left:
                sheet.cell(row, left, number)
            name = self.month(code) if code in ("m1", "m2", "m3") else self.label(code)
            self.put(sheet, row, first, name)
            self.draw_row(sheet, table, (row, first + 1), columns, code, values)
            row += 2 if self.layout.gaps and number % 3 == 0 and number < len(rows) else 1
        self.draw_joined(sheet, table, (head + depth, row - 1), columns, first)
        if self.layout.totals:
            row = self.draw_totals(sheet, table, row, columns, left, first)
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
            sheet.cell(top, first - 1, self.heading("no"))
        self.put(sheet, top, first, self.heading(SHAPES[table][1]))
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
                value = values[made.count]
                key = record(self.truth, table, code, names[made.count], value)
                self.sources[f"{sheet.title}!{get_column_letter(column)}{row}"] = key
                noted = self.layout.notes and value > 0 and names[made.count] in ("m1", "m2", "m3")
                sheet.cell(row, column, f"{value} (F{value})" if noted else self.number(value))
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
            sheet.cell(row, column, shown.get(style, self.number(figure)))
        elif style == "percent":
            sheet.cell(row, column, percent / 100).number_format = "0%"
        else:
            sheet.cell(row, column, percent if style == "number" else f"{percent}%")

    def draw_joined(self, sheet, table: str, reach: tuple, columns: list[Column], first: int) -> None:
        top, bottom = reach
        for column, made in enumerate(columns, first + 1):
            if made.role in ("plan", "joined"):
                figure = self.truth.plan if made.role == "plan" else self.whole(table)
                sheet.cell(top, column, self.number(figure))
                if self.layout.merged:
                    self.merge(sheet, top, column, bottom, column)

    def draw_totals(self, sheet, table: str, row: int, columns: list[Column], left: int, first: int) -> int:
        sheet.cell(row, left, self.heading("total"))
        if self.layout.merged:
            self.merge(sheet, row, left, row, first)
        values = self.truth.tables[table].values()
        for column, made in enumerate(columns, first + 1):
            if made.role == "count" and not (SHAPES[table][1] == "month" and made.heads == ["Clients in the shelter"]):
                sheet.cell(row, column, self.number(sum(line[made.count] for line in values)))
            elif made.role in ("total", "share"):
                self.draw_share(sheet, table, row, column, self.whole(table), inside=made.role == "total")
        counts = [column for column, made in enumerate(columns, first + 1) if made.role == "count"]
        if table in ("family_assessments", "family_visits", "follow_up_support") and not self.layout.backwards:
            months = counts[1:] if len(counts) == 4 else counts
            sheet.cell(row + 1, months[0], self.number(self.whole(table)))
            if self.layout.merged:
                self.merge(sheet, row + 1, months[0], row + 1, months[-1])
            row += 1
        return row + 1

    # --- sheets ---

    def write(self, path: Path) -> Path:
        tables, (top, left) = list(self.truth.tables), self.layout.origin
        self.book.remove(self.book.active)
        if self.layout.sheets in ("each", "reversed"):
            order = tables[::-1] if self.layout.sheets == "reversed" else tables
            for number, table in enumerate(order, 1):
                self.draw(self.book.create_sheet(f"Sheet{number}"), table, top, left)
        elif self.layout.sheets == "beside":
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
                column = free + 1
            top = max(bottoms) + 2


def write(truth: Truth, layout: Layout, folder: Path) -> tuple[Path, dict[str, tuple]]:
    """Write a workbook; give its path, and cell → the count that stands there."""
    writer = Writer(truth, layout)
    return writer.write(folder / layout.file), writer.sources
