"""A label in a sheet → what it mentions: a month, a quarter, a case type, a sex, an age band, a known heading.

A mention is a pair (kind, code). Headings drift in case, spacing and punctuation, months are short or long,
a case type comes with or without its code: all of that is folded away before a label is looked up.
"""

import re
from datetime import date
from functools import cache

from ..model.codelist import fold, spellings
from ..model.table import DIMENSIONS
from ..model.text import glue
from .beginnings import beginning, paper_totals, total_stems, total_words
from .codes import code_in_brackets, words_in
from .file.grid import Content
from .named_periods import COUNTED, NUMBERS, named_quarters, with_spans_as_quarters

Mention = tuple[str, str]
TOTAL: Mention = ("heading", "total")
PAPER_TOTAL: Mention = ("heading", "paper_total")
MAX_LABEL = 200
_BEFORE = rf"{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|[1-4]"
_BEHIND = rf"{'|'.join([*COUNTED, *sorted(NUMBERS, key=len, reverse=True)])}|[1-4]"
_QUARTER = re.compile(
    rf"(?:(?P<year_first>(?:19|20)\d\d)~?)?(?:(?P<before>{_BEFORE})(?:st|nd|rd|th)?(?:quarter|qtr|trimester)|"
    rf"(?:quarter|qtr|trimester|q|ត្រីមាសទី|ត្រីមាស)(?:no|number)?(?P<behind>{_BEHIND}))"
    r"(?:~|of|in|for|year|ឆ្នាំ)*(?P<year>(?:19|20)\d\d)?"
)
_QUARTER_WORDS = ("quarter", "qtr", "trimester", "ត្រីមាស")
_MONTH_NUMBER = re.compile(
    r"\s*(?:(?P<year>(?:19|20)\d\d)[-/.](?P<month>0?[1-9]|1[0-2])|(?P<month_first>0?[1-9]|1[0-2])[-/.](?P<year_last>(?:19|20)\d\d))\s*"
)
_KHMER_MONTH_NUMBER = re.compile(r"ខែ(?P<month>0?[1-9]|1[0-2])(?:(?:~|ឆ្នាំ)(?P<year>(?:19|20)\d\d))?")
_AGE_FRAME = re.compile(r"^(?:aged?|អាយុ)(?=\d)|(?<=\d)(?:year|yrs?|yo|ឆ្នាំ)?(?:old|ofage)?$")
_AGE_TO = re.compile(r"(?<=\d)(?:to|and|until|ដល់)(?=\d)")
_MONTH_YEAR = re.compile(r"(?P<first>(?:19|20)\d\d)?(?P<name>\D+?)(?:of|in|ឆ្នាំ)?(?P<year>(?:19|20)?\d\d)?")
_BETWEEN = frozenset({"and", "or", "to", "until", "till", "និង", "ឬ", "ដល់"})
"""Words that stand between two things: “until May” is not May."""
_DATED = frozenset({"plan", "total", "actual", "paper_total"})
"""Headings behind which a year or a quarter may stand."""
_LINKS = _BETWEEN | {"of", "in", "for", "the", "ឆ្នាំ"}


@cache
def mentions(label: Content | None) -> frozenset[Mention]:
    """List what a heading or a label mentions; empty where it mentions nothing known.

    >>> sorted(mentions("Domestic  violence")), sorted(mentions("Planned 2010"))
    ([('case_type', 'DV')], [('heading', 'plan'), ('year', '2010')])
    >>> sorted(mentions("Apr-10")), sorted(mentions("2nd quarter")), sorted(mentions("DV (F)"))
    ([('month', '04'), ('year', '2010')], [('quarter', '2')], [('case_type', 'DV'), ('sex', 'F')])
    """
    if isinstance(label, date):
        return frozenset({("month", f"{label.month:02d}"), ("year", str(label.year))})
    if not isinstance(label, str) or len(label) > MAX_LABEL:
        return frozenset()
    mentioned = _whole(fold(label)) or _mentioned(with_spans_as_quarters(label))
    has_month = any(kind == "month" for kind, _ in mentioned)
    return mentioned - {("heading", "month")} if has_month else mentioned


def _mentioned(label: str) -> frozenset[Mention]:
    """Read a normalised label that is no single thing: a total, a month in figures, several known things in a row."""
    whole = _whole(fold(label))
    if whole:
        return whole
    on_paper = _on_paper(label)
    if on_paper:
        return on_paper
    if total_words().match(label) or beginning("label_subtotal").match(label):
        return frozenset({TOTAL}) | _quarters_in(label)
    number = _MONTH_NUMBER.fullmatch(label)
    if number:
        month, year = number["month"] or number["month_first"], number["year"] or number["year_last"]
        return frozenset({("month", month.zfill(2)), ("year", year)})
    return _in_pieces(words_in(label)) or _by_code(label)


def _on_paper(label: str) -> frozenset[Mention]:
    """Read a label that says the total on paper: at its beginning, or beside other known things, ``May: paper total``.

    >>> sorted(_on_paper("total as on the form")), sorted(_on_paper("who wrote the total on paper"))
    ([('heading', 'paper_total')], [])
    """
    rest = paper_totals().sub(" ", label) if any(word in label for word in total_stems()) else label
    if rest == label:
        return frozenset()
    beside = _mentioned(rest) - {TOTAL}
    is_it = beside or not words_in(rest) or total_words().match(label)
    return beside | {PAPER_TOTAL} if is_it else frozenset()


def _quarters_in(label: str) -> frozenset[Mention]:
    """List the quarters, and their years, that stand anywhere in a label."""
    named = named_quarters(label)
    years = {("year", str(period.year)) for period in named if period.year}
    return frozenset({("quarter", str(period.quarter)) for period in named} | years)


def _in_pieces(words: list[str]) -> frozenset[Mention]:
    """Read a label as several known ones in a row, the longest first: ``Domestic Violence (DV) Female``."""
    mentioned: frozenset[Mention] = frozenset()
    start = 0
    if words and not _BETWEEN.isdisjoint((words[0], words[-1])):
        return mentioned
    while start < len(words):
        ends = range(len(words), start, -1)
        end = next((end for end in ends if _whole(glue(words[start:end]))), None)
        if end is None and words[start] not in _LINKS:
            return frozenset()
        mentioned |= _whole(glue(words[start:end])) if end else frozenset()
        start = end or start + 1
    return mentioned


def _by_code(label: str) -> frozenset[Mention]:
    """Read a label of unknown words with one code in brackets: ``Domestic abuse (DV)``; the words may name no other."""
    for kind, codes in DIMENSIONS.items():
        code = code_in_brackets(codes, label)
        if code:
            return frozenset({(kind, code)})
    return frozenset()


@cache
def _whole(folded: str) -> frozenset[Mention]:
    """Look a folded label up as one thing: a member of a dimension, a heading, an age band, or something dated."""
    if not folded:
        return frozenset()
    for kind, codes in DIMENSIONS.items():
        code = spellings(codes).get(folded)
        if code:
            return frozenset({(kind, code.removeprefix("month_"))})
    heading = spellings("headings").get(folded)
    if heading:
        return frozenset({("heading", heading)})
    age_band = spellings("age_bands").get(_AGE_TO.sub("~", _AGE_FRAME.sub("", folded)))
    return frozenset({("age_band", age_band)}) if age_band else _dated(folded)


def _dated(folded: str) -> frozenset[Mention]:
    """Read a label with a date in it: a month and year, a quarter, the year's plan, a quarter's total."""
    has_quarter = any(word in folded for word in _QUARTER_WORDS)
    if not (has_quarter or folded.startswith("ខែ") or any(map(str.isdigit, folded))):
        return frozenset()
    for prefix, heading in _dated_headings():
        if folded.startswith(prefix) and len(folded) > len(prefix):
            rest = _dated(folded.removeprefix(prefix)) or _year(folded.removeprefix(prefix))
            if rest:
                return frozenset({("heading", heading)} | rest)
    return _quarter(folded) or _month_of_year(folded)


def _quarter(folded: str) -> frozenset[Mention]:
    parts = _QUARTER.fullmatch(folded)
    if not parts:
        return frozenset()
    number, year = parts["before"] or parts["behind"], parts["year"] or parts["year_first"]
    quarter = str(NUMBERS.get(number) or COUNTED.get(number) or number)
    return frozenset({("quarter", quarter)} | ({("year", year)} if year else set()))


def _month_of_year(folded: str) -> frozenset[Mention]:
    """Read a month by its name, with or without its year: ``may2010``, ``ខែមេសា``; in Khmer by its number too."""
    number = _KHMER_MONTH_NUMBER.fullmatch(folded)
    if number:
        year = {("year", number["year"])} if number["year"] else set()
        return frozenset({("month", number["month"].zfill(2))} | year)
    parts = _MONTH_YEAR.fullmatch(folded.removeprefix("ខែ"))
    month = spellings("months").get(parts["name"]) if parts else None
    if not (parts and month) or (parts["first"] and parts["year"]):
        return frozenset()
    year_text = parts["first"] or parts["year"] or ""
    dated = {("year", year_text if len(year_text) == 4 else "20" + year_text)} if year_text else set()
    return frozenset({("month", month.removeprefix("month_"))} | dated)


def _year(folded: str) -> frozenset[Mention]:
    year = re.fullmatch(r"(?:for|in|of)?(?:the)?(?:year|ឆ្នាំ)?((?:19|20)\d\d)", folded)
    return frozenset({("year", year[1])}) if year else frozenset()


@cache
def _dated_headings() -> tuple[tuple[str, str], ...]:
    pairs = [(text, code) for text, code in spellings("headings").items() if code in _DATED]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
