"""A dimension's codes → what they are called, in one language."""

from dataclasses import dataclass

from ...analysis.breakdown import TOTAL
from ...analysis.crossing import UNDIVIDED
from ...model.codelist import codelist
from ...model.period import MONTH
from ...model.table import DIMENSIONS, TableSpec, Text
from ...model.wording import month_label, quarter_label, text_label
from ...quality.cube import UNSAID
from ...words import say

PERIODS = ("period", "quarter", "month")


@dataclass(frozen=True)
class Naming:
    """How the members of a table's dimensions are called in a quarter, one of several, where months have years."""

    spec: TableSpec
    quarter: str
    has_years: bool = False

    def name(self, dimension: str, code: str, language: str) -> str:
        """Name a member of a dimension, what the sheet does not say, or a total; nothing where there is no member."""
        if code == UNDIVIDED:
            return ""
        if code == UNSAID:
            return say("sex_unknown", language)
        if code == TOTAL:
            return codelist("headings").label("total", language) if dimension else say("all", language)
        if dimension == "unit":
            return say(f"unit_{code}", language)
        if dimension in PERIODS:
            return self._month(code, language) if MONTH.fullmatch(code) else quarter_label(code, language)
        source = self.spec.codelist if dimension == "category" else DIMENSIONS[dimension]
        return text_label(Text(source, code), self.quarter, language)

    def _month(self, month: str, language: str) -> str:
        return month_label(month, language, year=self.has_years)
