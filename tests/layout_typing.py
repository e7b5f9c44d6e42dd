"""How an officer happens to type labels, months and numbers: `Typing` says what stands in a cell in one layout."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from slide_words import ENGLISH, HEADINGS, KHMER, LISTS, MONTHS, ORDINALS, SHAPES
from truth import COLUMNS, Truth

from ccpcr_lib.model.codelist import codelist


@dataclass(frozen=True)
class Layout:
    """How a workbook is laid out and typed. The first value of each is how the slides do it."""

    sheets: str = "each"  # each, reversed, stacked, tight, beside, touching
    origin: tuple[int, int] = (1, 1)
    merged: bool = True
    months: str = "short"  # short, long, year, date, dotted, khmer, khmer with its word
    digits: str = "number"  # number, float, text, padded, nbsp, khmer, invisible
    zero: str = "0"
    share: str = "percent"  # percent, number, text, under, beside, none
    labels: str = "both"  # both, name, code, reversed, khmer, or what stands between two languages
    drift: str = "none"  # none, upper, spaces, punctuation, lines, invisible
    remarks: bool = False
    notes: bool = False
    numbered: bool = True
    backwards: bool = False
    total_first: bool = False
    gaps: bool = False
    totals: bool = True
    on_paper: bool = False  # a row and a column of totals from paper, beside those of the sheet
    title_gap: int = 1
    file: str = "report.xlsx"
    shape: str = ""  # one of turned.TURNED: turned on its side, continued, spaced out
    on_next_sheet: bool = False
    divided: str = ""  # by sexes, by girls and boys, with totals, by plan, without a split


@dataclass(frozen=True)
class Typing:
    """Types what a truth says, in one layout."""

    truth: Truth
    layout: Layout

    @property
    def languages(self) -> "tuple[Typing, Typing] | None":
        """Give the typing in English and in Khmer where a layout has both, with its mark between them."""
        if self.layout.labels in ("both", "name", "code", "reversed", "khmer"):
            return None
        return tuple(Typing(self.truth, replace(self.layout, labels=labels)) for labels in ("both", "khmer"))

    def in_both(self, english: str, khmer: str) -> str:
        return english if english == khmer else self.layout.labels.format(english, khmer)

    def heading(self, code: str) -> str:
        if self.languages:
            return self.in_both(*(typing.heading(code) for typing in self.languages))
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
            "invisible": lambda text: f"\ufeff{text[:1]}\u200b{text[1:3]}\u00ad{text[3:]}\u200e",
        }
        return drifts[self.layout.drift](text)

    def label(self, code: str, *, is_head: bool = False) -> str:
        style, known = self.layout.labels, code in ENGLISH
        if not known:
            return code
        if self.languages:
            return self.in_both(*(typing.label(code, is_head=is_head) for typing in self.languages))
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
        khmer = codelist("months").members[f"month_{number:02d}"].label_km
        if self.languages:
            return self.in_both(name[:3], khmer)
        forms = {
            "short": name[:3],
            "long": name,
            "year": f"{name} {year}",
            "dotted": f"{name[:3]}.",
            "date": date(year, number, 1),
            "khmer": khmer,
            "khmer with its word": f"ខែ{khmer}",
        }
        text = forms[self.layout.months]
        return self.drifted(text) if isinstance(text, str) and self.layout.drift in ("upper", "invisible") else text

    def quarter(self, period: str) -> str:
        if self.languages:
            return self.in_both(*(typing.quarter(period) for typing in self.languages))
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
            "invisible": lambda text: f"\ufeff{text[:1]}\u200d{text[1:]}\u200e",
        }
        return forms[self.layout.digits](text)

    def title(self, table: str) -> str:
        if self.languages:
            return self.in_both(*(typing.title(table) for typing in self.languages))
        months = {f"m{number}": self.month(f"m{number}") for number in (1, 2, 3)}
        if self.layout.labels == "khmer":
            year = f" ឆ្នាំ {self.truth.period[:4].translate(KHMER)}" if table == "referrals_by_type" else ""
            return codelist("tables").members[table].label_km + year
        return self.drifted(SHAPES[table][0].format(year=self.truth.period[:4], **months))
