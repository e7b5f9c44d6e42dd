"""Codes and periods → their labels, in English, Khmer, or both."""

from collections.abc import Iterable, Sequence
from functools import partial

from ..words import BETWEEN, in_language, say
from . import period as calendar
from .codelist import codelist
from .finding import SEVERITIES, Finding
from .measure import measure, measures
from .table import TableSpec, Text


def table_title(name: str, language: str = "en", *, between: str = BETWEEN) -> str:
    """Give the title of a table; in both languages, `between` stands between them.

    >>> table_title("education")
    'Clients enrolled in school by grade'
    """
    return codelist("tables").label(name, language, between=between)


def measure_label(measure: str, language: str = "en") -> str:
    """Name what a measure counts.

    >>> measure_label("in_shelter")
    'Clients in the shelter'
    """
    return measures()[measure].label(language)


def definitions(spec: TableSpec, language: str = "en", *, between: str = BETWEEN) -> list[str]:
    """Define each measure that a table counts: what counts and what does not. One that nobody has defined is left out.

    >>> from .catalogue import spec
    >>> [text.partition(":")[0] for text in definitions(spec("referrals_by_age"))]
    ['Clients referred to the shelter', 'Clients in the shelter', 'Clients reintegrated']
    """
    codes = dict.fromkeys([spec.measure, *(column.measure for column in spec.counts)])
    named = [code for code in codes if measure(code).definition()]
    return [in_language(language, partial(_definition, code), between=between) for code in named]


def _definition(code: str, language: str) -> str:
    defined = measure(code).definition(language)
    return say("definition", language, measure=measure_label(code, language), definition=defined)


def counted_label(measure: str, unit: str, language: str = "en") -> str:
    """Name what a measure counts, with its unit where it counts times.

    >>> counted_label("followed_up_skills", "times")
    'Clients followed up on skills or schooling (times)'
    """
    label = measure_label(measure, language)
    if unit == "clients":
        return label
    return say("measure_in_unit", language, measure=label, unit=codelist("units").label(unit, language))


def listed(names: Iterable[str], language: str = "en") -> str:
    """Join names, at least one, into a list that is read as one.

    >>> listed(["case type", "sex"]), listed(["sex"]), listed(["case type", "age band", "sex"])
    ('case type and sex', 'sex', 'case type, age band and sex')
    """
    *others, last = names
    return say("pair", language, first=", ".join(others), second=last) if others else last


def month_label(period: str, language: str, *, year: bool = False) -> str:
    """Name a month, with its year if asked.

    >>> month_label("2010-04", "en"), month_label("2010-04", "en", year=True)
    ('April', 'April 2010')
    """
    name = codelist("months").label(f"month_{period[5:7]}", language)
    return say("month", language, month=name, year=period[:4]) if year else name


def quarter_label(quarter: str, language: str) -> str:
    """Name a quarter, or what is made of quarters.

    >>> quarter_label("2010-Q2", "en"), quarter_label("2010-Q2", "km")
    ('2nd quarter of 2010', 'ត្រីមាសទី2 ឆ្នាំ 2010')
    >>> [quarter_label(period, "en") for period in ("2010", "2010-H1", "2010-Q3..2011-Q2")]
    ['2010', 'first half of 2010', '2010/11']
    """
    if calendar.HALF.fullmatch(quarter):
        return say(f"half_{quarter[-1]}", language, year=quarter[:4])
    if calendar.is_longer(quarter):
        return calendar.printed(quarter)
    year, number = calendar.split_quarter(quarter)
    return say(f"quarter_{number}", language, year=year)


def quarter_alone(quarter: str, language: str) -> str:
    """Name a quarter without its year.

    >>> quarter_alone("2010-Q2", "en")
    '2nd quarter'
    """
    return say(f"quarter_alone_{calendar.split_quarter(quarter)[1]}", language)


def spoken_label(period: str, language: str) -> str:
    """Name a quarter, or what is made of quarters, behind an article: “in the …”.

    >>> [spoken_label(period, "en") for period in ("2010-Q2", "2010-H1", "2010", "2010-Q3..2011-Q2")]
    ['2nd quarter of 2010', 'first half of 2010', 'year 2010', 'year 2010/11']
    """
    label = quarter_label(period, language)
    return say("year_spoken", language, year=label) if calendar.printed(period) == label else label


def when_label(period: str, language: str) -> str:
    """Name a quarter, half-year or year behind “in”.

    >>> [when_label(period, "en") for period in ("2010-Q2", "2010-H1", "2010", "2010-Q3..2011-Q2")]
    ['the 2nd quarter of 2010', 'the first half of 2010', '2010', '2010/11']
    """
    if calendar.is_quarter(period):
        return say("the_quarter", language, quarter=quarter_label(period, language))
    half = named_year(period, language)
    return half if calendar.HALF.fullmatch(period) else say("year_behind_in", language, year=half)


def named_year(period: str, language: str) -> str:
    """Name the year of a quarter, or what is made of quarters, within a sentence: “planned for …”.

    >>> [named_year(period, "en") for period in ("2010-Q2", "2010-H1", "2010-Q3..2011-Q2")]
    ['2010', 'the first half of 2010', '2010/11']
    """
    if calendar.HALF.fullmatch(period):
        return say("half_named", language, half=quarter_label(period, language))
    return calendar.printed(period) if calendar.is_longer(period) else period[:4]


def span_label(quarter: str, language: str) -> str:
    """Name a quarter, or what is made of quarters, by its months.

    >>> span_label("2010-Q2", "en"), span_label("2010-Q3..2011-Q2", "en")
    ('April to June 2010', 'July 2010 to June 2011')
    """
    first, *_, last = (month for part in calendar.quarters_in(quarter) for month in calendar.months(part))
    if first[:4] != last[:4]:
        ends = (month_label(month, language, year=True) for month in (first, last))
        return say("months_span_years", language, **dict(zip(("first", "last"), ends, strict=True)))
    return say(
        "months_span",
        language,
        first=month_label(first, language),
        last=month_label(last, language),
        year=first[:4],
    )


def period_label(period: str, language: str) -> str:
    """Name a month (without its year), a quarter, or what is made of quarters."""
    return month_label(period, language) if calendar.MONTH.fullmatch(period) else quarter_label(period, language)


def text_label(text: Text, quarter: str, language: str, *, is_head: bool = False) -> str:
    """Write a head or a stub. A case type goes by its code in a heading and is spelled out, with it, in a stub.

    >>> text_label(Text("case_types", "DV"), "2010-Q2", "en"), text_label(Text("period", "m1"), "2010-Q2", "en")
    ('Domestic Violence (DV)', 'April')
    """
    if text.source == "period":
        return period_label(calendar.resolve(calendar.Relative(text.code), quarter), language)
    if text.source == "case_types":
        return text.code if is_head else f"{codelist('case_types').label(text.code, language)} ({text.code})"
    label = codelist(text.source).label(text.code, language)
    if text == Text("headings", "plan"):
        year = quarter_label(quarter, language) if calendar.is_longer(quarter) else quarter[:4]
        return say("planned_year", language, year=year)
    return label


def in_numbers(findings: Sequence[Finding], language: str = "en") -> dict[str, str]:
    """Count findings by severity, in words.

    >>> in_numbers([])
    {'error': '0 errors', 'warning': '0 warnings', 'note': '0 notes'}
    """
    counts = {severity: sum(finding.severity == severity for finding in findings) for severity in SEVERITIES}
    return {
        severity: say(f"count_{severity}_one" if count == 1 else f"count_{severity}", language, count=count)
        for severity, count in counts.items()
    }
