"""A text → the quarters it names, with their years: ``Q2/2010``, ``April – June``, ``01/04/2010 - 30/06/2010``.

A text is written as one letter for each word that matters (M a month, Y a year, N a number, q the word quarter, t to,
and so on), and the ways to name a quarter are patterns of these letters. A span of months names the quarter that its
first and its last month lie in; one that reaches over two names none. Figures are days first, as in Cambodia.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from ..model.codelist import spellings
from ..model.text import fold, marked, seen

NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "forth": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
NUMBERS |= {"ist": 1, "iind": 2, "iiird": 3, "ivth": 4}
COUNTED = {"one": 1, "two": 2, "three": 3, "four": 4, "មួយ": 1, "ពីរ": 2, "បី": 3, "បួន": 4}
_WORDS = {
    "q": ("quarter", "quarters", "qtr", "qtrs", "q", "trimester", "trimesters", "ត្រីមាស"),
    "t": ("to", "until", "till", "til", "through", "thru", "upto", "ដល់", *"-‐‑‒–—―−~→>"),
    "a": ("and", "និង", *"&+,"),
    "s": ("/",),
    "d": (".",),
    "k": ("month", "months", "ខែ"),
    "w": (
        *("of", "in", "for", "the", "year", "from", "up", "during", "no", "number"),
        *("ឆ្នាំ", "ចាប់ពី", "ពី", "ថ្ងៃ", "ទី", "នៃ"),
    ),
    "p": tuple("()[]:;_|·#៖។"),
    "R": tuple(NUMBERS),
    "C": tuple(COUNTED),
}
_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LETTERS = {word: letter for letter, words in _WORDS.items() for word in words}
_LINK = "[wtasdp]*"
_POINT = "(?P<day{0}>[NO])?[wd]*[kw]*(?P<month{0}>M)d?(?:t?(?P<behind{0}>[NO]))?(?:[wasdpt]*(?P<year{0}>Y))?"
_NUMBERED_QUARTER = re.compile(
    f"(?:(?P<early>Y){_LINK})?(?:(?:(?P<also>[OR])[tas]+)?(?P<before>[OR])q|q[wdp]*(?P<after>[NORC])"
    f"(?:[tas]+(?P<more>N)(?![NMsd]))?|(?P<bare>N)q)(?:{_LINK}(?P<year>Y))?"
)
_THREE_MONTHS = re.compile(
    "[kw]*(?P<month1>M)[astpw]+[kw]*(?P<middle>M)[astpw]+[kw]*(?P<month2>M)(?:[wasdpt]*(?P<year2>Y))?"
)
_SPANS = (
    re.compile("[w]*" + _POINT.format(1) + "[wp]*t[wp]*" + _POINT.format(2)),
    re.compile(
        "(?P<year1>Y)[tsd](?P<month1>N)(?:[tsd](?P<day1>N))?t(?P<year2>Y)[tsd](?P<month2>N)(?:[tsd](?P<day2>N))?"
    ),
    re.compile("(?<![Nsd])k?(?P<month1>N)(?:[sd](?P<year1>Y))?tk?(?P<month2>N)[sd](?P<year2>Y)"),
    re.compile("k(?P<month1>N)(?:[wsda]*(?P<year1>Y))?tk?(?P<month2>N)(?:[wsda]+(?P<year2>Y))?"),
)
_DAYS = re.compile(
    "(?<![Nsd])(?P<day1>N)[sdt](?P<month1>N)(?:[sdt](?P<year1>[YN]))?t"
    "(?P<day2>N)[sdt](?P<month2>N)[sdt](?P<year2>[YN])(?![sd])"
)


_HALF = re.compile(
    r"(?<![a-z])(?:h1|(?:1st|first) (?:half|semester)|(?P<second>h2|(?:2nd|second) (?:half|semester)|semester 2)"
    r"|semester 1)(?![a-z0-9])|ឆមាស(?:ទី)? ?(?:(?P<khmer>2|ពីរ)|1|មួយ)"
)
_UNTIL = re.compile(r"(?:\b(?:as of|as at|end of|end|by|at|since|until)|គិតត្រឹម|ចុង)\s*(?:ខែ)?\s*$")
_ERA = r"(?:ព\.? ?ស\.?|ពុទ្ធសករាជ|(?<![a-z])b\.? ?e\.?(?![a-z])|buddhist (?:era|year))"
_BUDDHIST = re.compile(rf"{_ERA}[ :]*(2[45]\d\d)(?!\d)|(?<!\d)(2[45]\d\d) ?{_ERA}")


class Named(NamedTuple):
    """A quarter (1-4) that a text names, its year where it says one, and where in the normalised text it stands.

    `is_span`: it is named by its months; `is_whole`: they begin and end with the quarter.
    """

    quarter: int
    year: int | None
    start: int
    end: int
    is_whole: bool = False
    is_span: bool = False


class _Token(NamedTuple):
    letter: str
    value: int
    start: int = 0
    end: int = 0


@cache
def named_quarters(text: str) -> tuple[Named, ...]:
    """List the quarters a text names, in the order they stand in it.

    >>> [named[:2] for named in named_quarters("Report, 2nd quarter of 2010 (April to June)")]
    [(2, 2010), (2, None)]
    >>> [named[:2] for named in named_quarters("01/04/2010 - 30/06/2010")], named_quarters("April to August 2010")
    ([(2, 2010)], ())
    """
    tokens = _tokens(normal(text))
    letters = "".join(token.letter for token in tokens)
    if not re.search("[Mqk]|N.*[sdt]", letters):
        return ()
    found = [*_numbered(tokens, letters), *_spans(tokens, letters)]
    return tuple(sorted(found, key=lambda named: named.start))


@cache
def other_span(text: str) -> tuple[str, frozenset[int]]:
    """Give the time that a text names and that is no one quarter: its words, and its first and last month.

    >>> other_span("January to June 2010"), other_span("Sources, May 2010")
    (('january to june', frozenset({1, 6})), ('may 2010', frozenset({5})))
    >>> other_span("first half of 2010"), other_span("Apr-Jun 2010")
    (('first half', frozenset({1, 6})), ('', frozenset()))
    """
    named, plain = named_quarters(text), normal(text)
    if named:
        quarters = [quarter.quarter for quarter in named if not quarter.is_span]
        ends = frozenset({3 * min(quarters) - 2, 3 * max(quarters)} if len(set(quarters)) > 1 else ())
        return (plain[named[0].start : named[-1].end], ends) if ends else ("", ends)
    tokens = _tokens(plain)
    letters = "".join(token.letter for token in tokens)
    span = re.search("M[wpkdNOY]*[tas][wpkNO]*M|M[wd]*Y", letters)
    half = _HALF.search(plain)
    if half and not span:
        return half[0], frozenset({7, 12} if half["second"] or half["khmer"] else {1, 6})
    if not span or re.search("[NO][wd]*$", letters[: span.start()]):
        return "", frozenset()
    start, end = _ends(tokens, span)
    months = [token.value for token in tokens[span.start() : span.end()] if token.letter == "M"]
    if len(months) == 1 and _UNTIL.search(plain[:start]):
        return "", frozenset()  # at the end of June
    return plain[start:end], frozenset(months)


@cache
def with_spans_as_quarters(text: str) -> str:
    """Put the quarter for each span of months that is exactly one; the text is normalised.

    >>> with_spans_as_quarters("Apr – Jun 2010 (F)"), with_spans_as_quarters("April, May and June")
    ('quarter 2 2010 (f)', 'quarter 2')
    """
    spans = [named for named in named_quarters(text) if named.is_whole]
    text = normal(text)
    for span in reversed(spans):
        text = f"{text[: span.start]}quarter {span.quarter} {span.year or ''}{text[span.end :]}"
    return text.strip()


@cache
def lone_years(text: str) -> tuple[int, ...]:
    """List the years that stand by themselves in a text, or behind a span of months; a date's year does not.

    >>> lone_years("Report of the year ២០១០"), lone_years("5 July 2010"), lone_years("January to June 2010")
    ((2010,), (), (2010,))
    """
    tokens = _tokens(normal(text))
    letters = "".join(token.letter for token in tokens)
    alone = re.finditer("(?<![NOML][sdta])(?<![NOML])Y(?![sdta]?[NOML])|M[wp]*t[wpk]*M[asdw]*Y", letters)
    return tuple(dict.fromkeys(tokens[match.end() - 1].value for match in alone))


@cache
def buddhist_years(text: str) -> tuple[int, ...]:
    """List the years of the Buddhist era in a text, as it writes them; only where it says so.

    >>> buddhist_years("ពុទ្ធសករាជ ២៥៥៣"), buddhist_years("B.E. 2553"), buddhist_years("2553")
    ((2553,), (2553,), ())
    """
    return tuple(int(match[1] or match[2]) for match in _BUDDHIST.finditer(normal(text)))


@cache
def normal(text: str) -> str:
    """Normalise a text: on one line, in lower case, digits 0-9, nothing unseen."""
    return seen(marked(text))


# --- words -------------------------------------------------------------------------------------------------


@cache
def _pattern() -> re.Pattern[str]:
    """Match one word: a number, a word of Latin letters, a Khmer word that matters, or one character."""
    khmer = {word for word in (*_LETTERS, *spellings("months")) if word[0] >= "\u1780" and word[0] <= "\u17ff"}
    known = "|".join(sorted(khmer, key=lambda word: (-len(word), word)))
    return re.compile(rf"['’]\d\d(?!\d)|\d+(?:(?:st|nd|rd|th)(?![a-pr-z]))?|[a-zà-ÿ]+|{known}|\S")


def _tokens(text: str) -> list[_Token]:
    found = _pattern().finditer(text)
    return [_Token(*_read(match[0]), *match.span()) for match in found]


@cache
def _read(word: str) -> tuple[str, int]:
    """Give the letter of a word, and its number: of a month, of a quarter, of what is written in figures."""
    if word[0] in "'’":
        return ("Y", 2000 + int(word[1:])) if len(word) == 3 else ("p", 0)
    digits = re.match(r"\d+", word)
    if digits:
        is_year = re.fullmatch(r"(?:19|20)\d\d", word)
        letter = "Y" if is_year else "L" if len(digits[0]) > 2 else "N" if word == digits[0] else "O"
        return letter, int(digits[0]) if letter != "L" else 0
    month = spellings("months").get(fold(word))
    if month:
        return "M", int(month[-2:])
    return _LETTERS.get(word, "x"), NUMBERS.get(word) or COUNTED.get(word) or 0


# --- quarters ----------------------------------------------------------------------------------------------


def _numbered(tokens: list[_Token], letters: str) -> Iterator[Named]:
    """Find quarters by their number: ``2nd quarter``, ``Q2/2010``, ``ត្រីមាសទី២``; of “1st and 2nd quarter” both."""
    for match in _NUMBERED_QUARTER.finditer(letters):
        value = _values(tokens, match)
        year = value("year") or value("early")
        for number in filter(None, map(value, ("also", "before", "after", "more", "bare"))):
            if 1 <= number <= 4:
                yield Named(number, year, *_ends(tokens, match))


def _spans(tokens: list[_Token], letters: str) -> Iterator[Named]:
    """Find spans of months or days, the longer ways of writing first; what one has taken, no other reads."""
    taken: set[int] = set()
    for pattern in (_THREE_MONTHS, _DAYS, *_SPANS):
        for match in pattern.finditer(letters):
            value = _values(tokens, match)
            named = _days(value, tokens, match) if pattern is _DAYS else _span(value, tokens, match)
            if named and taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                yield named


def _values(tokens: list[_Token], match: re.Match[str]) -> Callable[[str], int | None]:
    """Look up the number that a named part of a pattern stands for; None where there is none."""
    names = match.re.groupindex

    def value(name: str) -> int | None:
        return tokens[match.start(name)].value if name in names and match[name] else None

    return value


def _ends(tokens: list[_Token], match: re.Match[str]) -> tuple[int, int]:
    return tokens[match.start()].start, tokens[match.end() - 1].end


def _span(value: Callable[[str], int | None], tokens: list[_Token], match: re.Match[str]) -> Named | None:
    """Read a span of months, with or without days; None where it does not lie in one quarter of one year."""
    first, last, year = value("month1") or 0, value("month2") or 0, value("year2") or value("year1") or _behind(value)
    quarter = (last + 2) // 3
    is_odd = not 1 <= first < last <= 12 or (first + 2) // 3 != quarter or value("year1") not in (None, year)
    if is_odd or value("middle") not in (None, first + 1):
        return None
    days = (1, 31) if _behind(value) else (value("behind1") or 1, value("behind2") or 31)
    starts, ends = value("day1") or days[0], value("day2") or days[1]
    is_whole = (first, last) == (3 * quarter - 2, 3 * quarter) and starts == 1 and ends >= 30
    return Named(quarter, year, *_ends(tokens, match), is_whole, is_span=True)


def _behind(value: Callable[[str], int | None]) -> int | None:
    """Read the year of ``Apr-10 – Jun-10``: the same number behind both months."""
    number = value("behind1")
    return 2000 + number if number is not None and number == value("behind2") else None


def _days(value: Callable[[str], int | None], tokens: list[_Token], match: re.Match[str]) -> Named | None:
    """Read a span of days in figures: days first, unless the second of both can be no month and the first can."""
    pairs = [(value("day1") or 0, value("month1") or 0), (value("day2") or 0, value("month2") or 0)]
    if any(month > 12 for _, month in pairs):
        pairs = [(day, month) for month, day in pairs]
    years = {_full(value(name)) for name in ("year1", "year2")} - {None}
    quarters = {(month + 2) // 3 for _, month in pairs}
    is_certain = all(1 <= month <= 12 and 1 <= day <= 31 for day, month in pairs) and max(pairs)[0] > 12
    if not is_certain or len(years) != 1 or len(quarters) != 1 or pairs[0][1] == pairs[1][1]:
        return None
    quarter = quarters.pop()
    is_whole = (
        [month for _, month in pairs] == [3 * quarter - 2, 3 * quarter] and pairs[0][0] == 1 and pairs[1][0] >= 30
    )
    return Named(quarter, years.pop(), *_ends(tokens, match), is_whole, is_span=True)


def _full(year: int | None) -> int | None:
    return year + 2000 if year is not None and year < 100 else year


def years(text: str) -> tuple[str, ...]:
    """List the years a text names, Khmer digits included.

    >>> years("Types of cases referred in ២០១០")
    ('2010',)
    """
    return tuple(_A_YEAR.findall(marked(text)))
