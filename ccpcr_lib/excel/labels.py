"""A label in a sheet → what it mentions: a month, a quarter, a case type, a sex, an age band, a known heading.

A mention is a pair (kind, code). Headings drift in case, spacing and punctuation, months are short or long,
a case type comes with or without its code: all of that is folded away before a label is looked up.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from ..model.codelist import codelist, fold, spellings
from ..model.period import Relative
from ..model.table import CATEGORIES, DIMENSIONS, Column
from ..model.text import glue, marked, words_of
from ..words import LANGUAGES, say
from .file.grid import Content
from .named_periods import COUNTED, NUMBERS, named_quarters, with_spans_as_quarters

Mention = tuple[str, str]
ANY_MONTH, ANY_QUARTER = ("month", "*"), ("quarter", "*")
TOTALS = frozenset({("heading", "total"), ("heading", "at_least")})
TOTAL_HEADS = frozenset(code for _, code in TOTALS)
MAX_LABEL = 200
MAX_CODED = 80
"""No longer is a label of unknown words with a code in brackets; what is longer is a remark."""
ROW_LISTS = {**DIMENSIONS, **CATEGORIES}
_MARKED = r"[(\[]?\d{1,3}\s*(?:[)\]៖។]|\.(?!\d)|[:‐-―-](?!\s*\d))|[a-z\u1780-\u17a2][.)]"
_MARKED_NUMBER = re.compile(rf"^\s*(?:{_MARKED})\s*")
_NUMBERED = re.compile(rf"^\s*(?:{_MARKED}|\d{{1,3}}\s+(?=[^\W\d]))\s*")
_BEFORE = rf"{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|[1-4]"
_BEHIND = rf"{'|'.join([*COUNTED, *sorted(NUMBERS, key=len, reverse=True)])}|[1-4]"
_QUARTER = re.compile(
    rf"(?:(?P<year_first>(?:19|20)\d\d)~?)?(?:(?P<before>{_BEFORE})(?:st|nd|rd|th)?(?:quarter|qtr|trimester)|"
    rf"(?:quarter|qtr|trimester|q|ត្រីមាសទី|ត្រីមាស)(?:no|number)?(?P<behind>{_BEHIND}))"
    r"(?:~|of|in|for|year|ឆ្នាំ)*(?P<year>(?:19|20)\d\d)?"
)
_QUARTER_WORDS = ("quarter", "qtr", "trimester", "ត្រីមាស")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTH_NUMBER = re.compile(
    r"\s*(?:(?P<year>(?:19|20)\d\d)[-/.](?P<month>0?[1-9]|1[0-2])|(?P<month_first>0?[1-9]|1[0-2])[-/.](?P<year_last>(?:19|20)\d\d))\s*"
)
_KHMER_MONTH_NUMBER = re.compile(r"ខែ(?P<month>0?[1-9]|1[0-2])(?:(?:~|ឆ្នាំ)(?P<year>(?:19|20)\d\d))?")
_AGE_FRAME = re.compile(r"^(?:aged?|អាយុ)(?=\d)|(?<=\d)(?:year|yrs?|yo|ឆ្នាំ)?(?:old|ofage)?$")
_AGE_TO = re.compile(r"(?<=\d)(?:to|and|until|ដល់)(?=\d)")
_MONTH_YEAR = re.compile(r"(?P<first>(?:19|20)\d\d)?(?P<name>\D+?)(?:of|in|ឆ្នាំ)?(?P<year>(?:19|20)?\d\d)?")
_LINKS = frozenset({"of", "in", "for", "the", "ឆ្នាំ", "and", "or", "to", "until", "till", "និង", "ឬ", "ដល់"})
_DIGIT = re.compile(r"\d")
_SCRIPTS = re.compile(r"(?<=[a-z])(?=[\u1780-\u17d3])|(?<=[\u1780-\u17d3])(?=[a-z])")
_IN_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_KHMER = re.compile(r"[\u1780-\u17b3]")
_LISTED = re.compile(r"[/,;&+|·]|\band\b|និង")


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
    if _total_words().match(label) or _beginning("label_subtotal").match(label):
        return frozenset({("heading", "total")}) | _quarters_in(label)
    number = _MONTH_NUMBER.fullmatch(label)
    if number:
        month, year = number["month"] or number["month_first"], number["year"] or number["year_last"]
        return frozenset({("month", month.zfill(2)), ("year", year)})
    return _in_pieces(_words(label)) or _by_code(label)


def _words(label: str) -> list[str]:
    """Split a label into folded words, two scripts without a blank between them too."""
    return [fold(word) for word in _SCRIPTS.sub(" ", " ".join(words_of(label))).split()]


def _quarters_in(label: str) -> frozenset[Mention]:
    """List the quarters, and their years, that stand anywhere in a label."""
    named = named_quarters(label)
    years = {("year", str(period.year)) for period in named if period.year}
    return frozenset({("quarter", str(period.quarter)) for period in named} | years)


def _in_pieces(words: list[str]) -> frozenset[Mention]:
    """Read a label as several known ones in a row, the longest first: ``Domestic Violence (DV) Female``."""
    mentioned: frozenset[Mention] = frozenset()
    start = 0
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
        code = _bracket_code(codes, label)
        if code:
            return frozenset({(kind, code)})
    return frozenset()


def _bracket_code(codes: str, label: str) -> str | None:
    """Give the one code, of those people write (DV, RAO), that stands in brackets, unless other words speak against it.

    Words speak against it where some in a row name another member; figures do, and a long remark does.
    """
    label = marked(label)
    written = {fold(code): code for code in codelist(codes).members if code.isupper()}
    found = [(match, written[fold(match[1])]) for match in _IN_BRACKETS.finditer(label) if fold(match[1]) in written]
    if len(found) != 1 or len(label) > MAX_CODED:
        return None
    match, code = found[0]
    if any(map(str.isalnum, label[match.end() :])) and any(map(str.isalnum, label[: match.start()])):
        return None  # what stands behind the code may say more than the code does
    words = _words(f"{label[: match.start()]} / {label[match.end() :]}")
    runs = (glue(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    named = {spellings(codes)[run] for run in runs if run in spellings(codes)}
    is_named = any(len(word) > 2 for word in words) and not any(map(_DIGIT.search, words))
    return code if is_named and named <= {code} else None


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
    pairs = [(text, code) for text, code in spellings("headings").items() if code in ("plan", "total", "actual")]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _total_words() -> re.Pattern[str]:
    """Match a label that begins with a word for total, whatever follows it; ``Summit`` does not."""
    return _begins_with(codelist("headings").members["total"].spellings)


@cache
def _beginning(words: str) -> re.Pattern[str]:
    """Match a label that begins with one of the program's words of this name, in whatever language."""
    return _begins_with([word for language in LANGUAGES for word in say(words, language).split("|")])


def _begins_with(words: Iterable[str]) -> re.Pattern[str]:
    spelt = (re.escape(word).replace(r"\ ", "[ -]*") for word in sorted(map(marked, words), key=len, reverse=True))
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
    return isinstance(label, str) and bool(_beginning("label_subtotal").match(marked(label)))


@cache
def divides_only(label: Content | None) -> bool:
    """Check whether a label names a sex or an age band and nothing else: it divides what stands before it."""
    kinds = {kind for kind, _ in mentions(label)}
    return bool(kinds) and kinds <= {"sex", "age_band"}


def is_share(label: Content | None) -> bool:
    """Check whether a label says that its row holds percents."""
    return mentions(label) == {("heading", "share")}


@cache
def is_part(label: Content | None) -> bool:
    """Check whether a label names a part of what stands before it.

    >>> is_part("of which girls"), is_part("- Including new clients"), is_part("Inclusive education")
    (True, True, False)
    """
    return isinstance(label, str) and bool(_beginning("label_part").match(marked(label)))


def heads_numbers(label: Content | None) -> bool:
    """Check whether a heading says that the numbers of rows stand below it."""
    return ("heading", "no") in mentions(label)


def is_remark(label: Content | None) -> bool:
    """Check whether a heading says that remarks stand below it, in one language or in two."""
    return isinstance(label, str) and any(fold(part) in _remark_words() for part in (label, *split_label(label)))


@cache
def _remark_words() -> frozenset[str]:
    return frozenset(fold(word) for language in LANGUAGES for word in say("label_remark", language).split("|"))


_SEPARATORS = re.compile(r"\s*[/,;&+]\s*|\s*[-\u2010-\u2015\u2212]\s*|\s+(?:and|or|to|និង|ឬ|ដល់)\s+", re.IGNORECASE)
_ONLY_NUMBER = re.compile(r"[\d០-៩]+")
_SEX_BEHIND = re.compile(r"^(?P<name>.*\w)\W+(?P<sex>\w+)\W*$", re.DOTALL)


@cache
def split_label(label: str) -> tuple[str, ...]:
    """Take a label apart where it lists things; what stands before the first number belongs to each.

    >>> split_label("Sewing / Weaving"), split_label("Grade 1-3")
    (('Sewing', 'Weaving'), ('Grade 1', 'Grade 3'))
    """
    first, *others = [piece for piece in _SEPARATORS.split(label.strip()) if piece] or [""]
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
    if rows != "month":
        return _member(ROW_LISTS[rows], label) if isinstance(label, str) else None
    mentioned = mentions(_MARKED_NUMBER.sub("", marked(label)) if isinstance(label, str) else label)
    months = [code for kind, code in mentioned if kind == "month"]
    return months[0] if len(months) == 1 and _is_only_month(mentioned) else None


@cache
def is_known_row(label: Content | None) -> bool:
    """Check whether a label names a row of any table."""
    return any(row_member(rows, label) for rows in ROW_LISTS)


@cache
def _member(codes: str, label: str) -> str | None:
    """Look a label up, its number put aside; one in two languages must name the same in both."""
    label = marked(label)
    for text in (label, _NUMBERED.sub("", label)):
        code = codelist(codes).find(text)
        if code:
            return code
    named = _in_two_languages(codes, label)
    if named and None not in named:
        return named.pop() if len(named) == 1 else None
    return _bracket_code(codes, _NUMBERED.sub("", label))


@cache
def disputes_itself(rows: str, label: Content | None) -> bool:
    """Check whether a label names two members: one in English, another in Khmer or in brackets, or a list of them.

    In an open list such a label is no new name, it is a mistake; so is one known in one of its languages only.
    """
    if rows == "month" or not isinstance(label, str) or _member(ROW_LISTS[rows], label):
        return False
    find, text = codelist(ROW_LISTS[rows]).find, _NUMBERED.sub("", marked(label))
    with_bracket = {find(_IN_BRACKETS.sub(" ", text)), *(find(match[1]) for match in _IN_BRACKETS.finditer(text))}
    listed = {find(part) for part in _LISTED.split(text)}
    is_two = len(with_bracket - {None}) > 1 or (None not in listed and len(listed) > 1)
    return is_two or bool(_in_two_languages(ROW_LISTS[rows], label))


def _in_two_languages(codes: str, label: str) -> set[str | None]:
    """Read a label as one language and then the other, whatever stands between: what each part names.

    The set is empty where no part names anything, or the label is in one language. Words of one may stand in the other
    (``RAO Org / អង្គការ RAO``): every place to part them is tried.
    """
    words = _SCRIPTS.sub(" ", " ".join(words_of(_NUMBERED.sub("", label)))).split()
    best: set[str | None] = set()
    for place in range(1, len(words)):
        parts = [" ".join(words[:place]), " ".join(words[place:])]
        if bool(_KHMER.search(parts[0])) == bool(_KHMER.search(parts[1])):
            continue
        named = {codelist(codes).find(part) for part in parts}
        if len(named - {None}) == 1 == len(named):
            return named
        best = named if named != {None} else best
    return best


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
def is_title(content: Content | None) -> bool:
    """Check whether a text holds the title of a table."""
    return isinstance(content, str) and bool(titles_in(fold(content)))


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
    return tuple(_YEAR.findall(marked(text)))
