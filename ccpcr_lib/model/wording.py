"""Codes and periods → words, in English, Khmer, or both: the one place where labels are put together."""

from collections.abc import Callable

from . import period as calendar
from .codelist import LANGUAGES, codelist
from .table import Text

Say = Callable[[str], str]


def in_language(language: str, say: Say, *, between: str = " · ") -> str:
    """Say something in `language`; for ``en+km`` say it in both, once where both are the same.

    >>> in_language("en+km", lambda language: word("unit_times", language))
    'Number of times · ចំនួនដង'
    """
    if language not in LANGUAGES:
        raise ValueError(f"language is {language!r}. Choose one of: {', '.join(LANGUAGES)}.")
    return between.join(dict.fromkeys(say(one) for one in language.split("+")))


def word(code: str, language: str, **fields: object) -> str:
    """Give a word or a short sentence of the code list ``words`` in one language, its fields filled in.

    >>> word("of_planned", "en", count=18, plan=60, year=2010)
    '18 of 60 planned for 2010'
    """
    return codelist("words").label(code, language).format(**fields)


def month_label(period: str, language: str, *, year: bool = False) -> str:
    """Name a month, with its year if asked.

    >>> month_label("2010-04", "en"), month_label("2010-04", "en", year=True)
    ('April', 'April 2010')
    """
    name = codelist("months").label(f"month_{period[5:7]}", language)
    return word("month", language, month=name, year=period[:4]) if year else name


def quarter_label(quarter: str, language: str) -> str:
    """Name a quarter.

    >>> quarter_label("2010-Q2", "en"), quarter_label("2010-Q2", "km")
    ('2nd quarter of 2010', 'ត្រីមាសទី២ ឆ្នាំ 2010')
    """
    year, number = calendar.split_quarter(quarter)
    return word(f"quarter_{number}", language, year=year)


def span_label(quarter: str, language: str) -> str:
    """Name a quarter by its months.

    >>> span_label("2010-Q2", "en")
    'April to June 2010'
    """
    first, *_, last = (month_label(month, language) for month in calendar.months(quarter))
    return word("months_span", language, first=first, last=last, year=quarter[:4])


def period_label(period: str, language: str) -> str:
    """Name a month (without its year), a quarter or a year."""
    if calendar.MONTH.fullmatch(period):
        return month_label(period, language)
    return quarter_label(period, language) if calendar.is_quarter(period) else period


def text_label(text: Text, quarter: str, language: str, *, is_head: bool = False) -> str:
    """Write a head or a stub. A case type goes by its code in a heading and is spelled out, with it, in a stub.

    >>> text_label(Text("case_types", "DV"), "2010-Q2", "en"), text_label(Text("period", "m1"), "2010-Q2", "en")
    ('Domestic Violence (DV)', 'April')
    """
    if text.source == "period":
        return period_label(calendar.resolve(text.code, quarter), language)
    if text.source == "case_types":
        return text.code if is_head else f"{codelist('case_types').label(text.code, language)} ({text.code})"
    label = codelist(text.source).label(text.code, language)
    return word("planned_year", language, year=quarter[:4]) if text == Text("headings", "plan") else label
