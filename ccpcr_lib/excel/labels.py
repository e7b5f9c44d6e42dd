"""A label in a sheet → what it mentions: a month, a quarter, a case type, a sex, an age band, a known heading.

A mention is a pair (kind, code). Headings drift in case, spacing and punctuation, months are short or long,
a case type comes with or without its code: all of that is folded away before a label is looked up.
"""

import re
from datetime import date
from functools import cache

from ..model.codelist import KHMER_DIGITS, codelist, fold, spellings
from ..model.period import Relative
from ..model.table import CATEGORIES, DIMENSIONS, Column
from ..words import LANGUAGES, say
from .file.grid import Content

Mention = tuple[str, str]
ANY_MONTH, ANY_QUARTER = ("month", "*"), ("quarter", "*")
TOTALS = frozenset({("heading", "total"), ("heading", "at_least")})
TOTAL_HEADS = frozenset({"subtotal", *(code for _, code in TOTALS)})
MAX_LABEL = 200
ROW_LISTS = {**DIMENSIONS, **CATEGORIES}
_NUMBERED = re.compile(r"^\s*(?:\d+\s*[.)\]:-]|[a-z][.)])\s*")
_ORDINAL = {"first": "1", "second": "2", "third": "3", "fourth": "4", "forth": "4"}
_QUARTER = re.compile(
    r"(?:(?P<year_first>(?:19|20)\d\d))?(?:(?P<before>[1-4])(?:st|nd|rd|th)?(?:quarter|qtr)|(?:quarter|qtr|q|ត្រីមាសទី|ត្រីមាស)(?P<after>[1-4]))"
    r"(?:of|in|for|ឆ្នាំ)?(?P<year>(?:19|20)\d\d)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH_NUMBER = re.compile(
    r"\s*(?:(?P<year>(?:19|20)\d\d)[-/.](?P<month>0?[1-9]|1[0-2])|(?P<month_first>0?[1-9]|1[0-2])[-/.](?P<year_last>(?:19|20)\d\d))\s*"
)
_AGE_WORDS = re.compile(r"(?<=\d)to(?=\d)|(?:year|yrs?|ឆ្នាំ)?(?:old|ofage)?$")
_MONTH_YEAR = re.compile(r"(?P<name>\D+?)(?P<year>(?:19|20)?\d\d)")
_LINKS = frozenset({"of", "in", "for"})
_BOTH_LANGUAGES = re.compile(r"\s+[·|]\s+|\n")
_WORDS = re.compile(r"[\s()\[\],:;/·–—-]+")


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
    whole = _whole(fold(label))
    if whole:
        return whole
    if _beginning("total").match(label) or _beginning("subtotal").match(label):
        return frozenset({("heading", "total")})
    number = _MONTH_NUMBER.fullmatch(label.translate(KHMER_DIGITS))
    if number:
        month, year = number["month"] or number["month_first"], number["year"] or number["year_last"]
        return frozenset({("month", month.zfill(2)), ("year", year)})
    return _in_pieces([word for word in map(fold, _WORDS.split(label)) if word])


def _in_pieces(words: list[str]) -> frozenset[Mention]:
    """Read a label as several known ones in a row, the longest first: ``Domestic Violence (DV) Female``."""
    mentioned: frozenset[Mention] = frozenset()
    start = 0
    while start < len(words):
        ends = range(len(words), start, -1)
        end = next((end for end in ends if _whole("".join(words[start:end]))), None)
        if end is None and words[start] not in _LINKS:
            return frozenset()
        mentioned |= _whole("".join(words[start:end])) if end else frozenset()
        start = end or start + 1
    return mentioned


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
        return frozenset({("heading", "total" if heading == "subtotal" else heading)})
    age_band = spellings("age_bands").get(_AGE_WORDS.sub("", folded))
    return frozenset({("age_band", age_band)}) if age_band else _dated(folded)


def _dated(folded: str) -> frozenset[Mention]:
    """Read a label with a date in it: a month and year, a quarter, the year's plan, a quarter's total."""
    if not any(map(str.isdigit, folded)) and "quarter" not in folded:
        return frozenset()
    for word, digit in _ORDINAL.items():
        folded = folded.replace(word + "quarter", digit + "quarter")
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
    year = parts["year"] or parts["year_first"]
    return frozenset({("quarter", parts["before"] or parts["after"])} | ({("year", year)} if year else set()))


def _month_of_year(folded: str) -> frozenset[Mention]:
    parts = _MONTH_YEAR.fullmatch(folded)
    month = spellings("months").get(parts["name"]) if parts else None
    if not (parts and month):
        return frozenset()
    year = parts["year"] if len(parts["year"]) == 4 else "20" + parts["year"]
    return frozenset({("month", month.removeprefix("month_")), ("year", year)})


def _year(folded: str) -> frozenset[Mention]:
    year = re.fullmatch(r"(?:for|in|of)?(?:year|ឆ្នាំ)?((?:19|20)\d\d)", folded)
    return frozenset({("year", year[1])}) if year else frozenset()


@cache
def _dated_headings() -> tuple[tuple[str, str], ...]:
    pairs = [(text, code) for text, code in spellings("headings").items() if code in ("plan", "total", "actual")]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _beginning(code: str) -> re.Pattern[str]:
    """Match a label that begins with one of a heading's spellings, whatever follows it; ``Summit`` is no sum."""
    words = sorted(codelist("headings").members[code].spellings, key=len, reverse=True)
    spelt = (re.escape(word).replace(r"\ ", "[ -]*").replace("_", " ") for word in words)
    return re.compile(rf"[\s\W]*(?:{'|'.join(spelt)})(?![a-z])", re.IGNORECASE)


def column_needs(column: Column) -> frozenset[Mention]:
    """List what a sheet's heading must mention to be this declared column.

    Months and the quarter before are asked for as any month, any quarter: which one it is, the sheet says.
    """
    if column.role != "count":
        return frozenset({("heading", column.role)})
    if not column.key:
        return frozenset({("heading", column.heads[-1].code)})
    wanted: set[Mention] = set(column.divides)
    period = column.key.get("period")
    if period:
        wanted.add(ANY_QUARTER if period is Relative.PREVIOUS else ANY_MONTH)
    return frozenset(wanted)


@cache
def generic(mentioned: frozenset[Mention]) -> frozenset[Mention]:
    """Put any month for each month and any quarter for each quarter; leave years aside."""
    any_of = {"month": ANY_MONTH, "quarter": ANY_QUARTER}
    return frozenset(any_of.get(kind, (kind, code)) for kind, code in mentioned if kind != "year")


def is_total(label: Content | None) -> bool:
    """Check whether a row label says total: ``TOTAL``, ``Subtotal``, ``Total 2nd Quarter``, ``At least``."""
    return not TOTALS.isdisjoint(mentions(label))


def says_only_total(label: Content | None) -> bool:
    """Check whether a label is a word for the total, perhaps of a period; “Total care” may be somebody's name."""
    if not isinstance(label, str):
        return is_total(label)
    return codelist("headings").find(label) in TOTAL_HEADS or len(mentions(label)) > 1


def is_subtotal(label: Content | None) -> bool:
    """Check whether a label is a word for the total of a part: ``Sub total``."""
    return isinstance(label, str) and codelist("headings").find(label) == "subtotal"


def is_share(label: Content | None) -> bool:
    """Check whether a label says that its row holds percents."""
    return mentions(label) == {("heading", "share")}


@cache
def is_part(label: Content | None) -> bool:
    """Check whether a label names a part of what stands before it.

    >>> is_part("of which girls"), is_part("- Including new clients"), is_part("Inclusive education")
    (True, True, False)
    """
    return isinstance(label, str) and bool(_beginning("of_which").match(label))


@cache
def part_named(label: Content | None) -> frozenset[Mention]:
    """List what a part of a row or column is, behind the word that makes it a part.

    >>> sorted(part_named("of which girls")), sorted(part_named("including the disabled"))
    ([('sex', 'F')], [])
    """
    return mentions(_beginning("of_which").sub("", str(label), count=1).strip(" :,-–"))


def is_remark(label: Content | None) -> bool:
    """Check whether a heading says that remarks stand below it."""
    return ("heading", "remark") in mentions(label)


_SEPARATORS = re.compile(r"\s*[/,;&+]\s*|\s*[-\u2010-\u2015\u2212]\s*|\s+(?:and|or|to|និង|ឬ|ដល់)\s+", re.IGNORECASE)
_ONLY_NUMBER = re.compile(r"[\d០-៩]+")
_SEX_BEHIND = re.compile(r"^(?P<name>.*\w)\W+(?P<sex>\w+)\W*$", re.DOTALL)


@cache
def split_label(label: str) -> tuple[str, ...]:
    """Take a label apart where it lists things; what stands before the first number belongs to each.

    >>> split_label("Sewing / Weaving"), split_label("Grade 1-3")
    (('Sewing', 'Weaving'), ('Grade 1', 'Grade 3'))
    """
    first, *others = (piece for piece in _SEPARATORS.split(label.strip()) if piece)
    words = re.sub(r"[\d០-៩]+$", "", first)
    return (first, *(words + piece if _ONLY_NUMBER.fullmatch(piece) else piece for piece in others))


@cache
def without_sex(label: Content | None) -> tuple[str, str]:
    """Take a sex off the end of a label: ``Sewing (F)`` → ``Sewing``, F; both empty where it names none.

    >>> without_sex("Sewing (F)"), without_sex("Sewing - girls"), without_sex("Sewing")
    (('Sewing', 'F'), ('Sewing', 'F'), ('', ''))
    """
    parts = _SEX_BEHIND.match(label) if isinstance(label, str) else None
    sex = codelist("sexes").find(parts["sex"]) if parts else None
    return (parts["name"], sex) if parts and sex else ("", "")


@cache
def row_member(rows: str, label: Content | None) -> str | None:
    """Give the member of a row axis that a label names, its number in front (``3. Sewing``) put aside.

    On the axis ``month`` a member is the month's number, ``04``.
    """
    if rows == "month":
        mentioned = mentions(label)
        return next((code for kind, code in mentioned if kind == "month"), None) if _is_only_month(mentioned) else None
    return _member(ROW_LISTS[rows], label) if isinstance(label, str) else None


@cache
def is_known_row(label: Content | None) -> bool:
    """Check whether a label names a row of any table."""
    return any(row_member(rows, label) for rows in ROW_LISTS)


@cache
def _member(codes: str, label: str) -> str | None:
    """Look a label up, its number put aside; one written in two languages must name the same in both."""
    code = codelist(codes).find(label) or codelist(codes).find(_NUMBERED.sub("", label))
    if code or not _BOTH_LANGUAGES.search(label):
        return code
    first, *others = (codelist(codes).find(_NUMBERED.sub("", part)) for part in _BOTH_LANGUAGES.split(label))
    return first if all(other == first for other in others) else None


def _is_only_month(mentioned: frozenset[Mention]) -> bool:
    return {kind for kind, _ in mentioned} <= {"month", "year"}


@cache
def titles_in(folded: str) -> dict[str, int]:
    """Map each table whose title stands in a folded text to the length of its longest title there."""
    lengths = {}
    for member in codelist("tables").members.values():
        titles = map(fold, (member.label_en, member.label_km, *member.aliases))
        length = max((len(title) for title in titles if title in folded), default=0)
        if length:
            lengths[member.code] = length
    return lengths


@cache
def own_titles() -> frozenset[str]:
    """List the titles, folded, of the sheets that a new workbook has beside its tables, in every language."""
    names = ("checks_title", "lists_title", "narrative_title")
    return frozenset(fold(say(name, language)) for name in names for language in LANGUAGES)


def years(text: str) -> tuple[str, ...]:
    """List the years a text names, Khmer digits included.

    >>> years("Types of cases referred in ២០១០")
    ('2010',)
    """
    return tuple(_YEAR.findall(re.sub(r"\D+", " ", text.translate(KHMER_DIGITS))))
