"""One cell's content → a number, a share, the parts of its note, or the name of what is wrong with it.

Counts in these sheets come as numbers, as text, in Khmer digits, with a percent under them (``18⏎100%``),
with a breakdown (``6 (SA1, NC2, TL2)``, ``27 (F25, M2)``), or as ``4/2``: four, of whom two are male.
"""

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from ..model.codelist import codelist
from ..model.text import plain, seen
from .file.grid import Content, ErrorCell, Uncalculated

MAX_COUNT = 10**9
MAX_LENGTH = 200
_DASH = re.compile(r"[-\u2010-\u2015\u2212]")
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+(?:\.0{1,2})?"
_CELL = re.compile(
    rf"(?P<number>{_NUMBER})?\s*(?:\(?\s*(?<![\d.,])(?P<share>\d+(?:[.,]\d+)?)\s*%\s*\)?)?\s*"
    r"(?:/\s*(?P<male>\d+))?\s*(?:\((?P<note>[^()%]*)\))?\s*[*†‡]*"
)
_PART = re.compile(r"(?P<name>[^\W\d](?:[^\d]*[^\W\d])?[\u1780-\u17d3]*)\s*[:=-]?\s*(?P<number>\d+)")
_PART_REVERSED = re.compile(r"(?P<number>\d+)\s*(?P<name>[^\W\d][^\d]*)")
_WORD_AND_NUMBER = re.compile(r"[^\W\d][^\d\s]*\s?\d+|\d+\s?[^\W\d][^\d\s]*")


NotePart = tuple[str, str, int]
"""One part of a note, as (dimension, code, number)."""


class Value(NamedTuple):
    """What a cell says: a count, a share (0-1), the parts of a note.

    `problem` names the reading rule that it breaks, `bad_part` the piece of its note that nobody can read.
    """

    number: int | None = None
    share: float | None = None
    parts: tuple[NotePart, ...] = ()
    problem: str | None = None
    bad_part: str = ""


BLANK = Value()


def parse_value(content: Content | None, *, percent: bool = False) -> Value:
    """Read one cell; never raise. `percent` says that the cell is formatted as a percent.

    A number formatted as a percent is a share: 0.06 is 6 %. A dash is 0. A blank is nothing at all.

    >>> parse_value("6 (SA1, NC2, TL2)").parts
    (('case_type', 'SA', 1), ('case_type', 'NC', 2), ('case_type', 'TL', 2))
    >>> parse_value("4/2"), parse_value("18\\n100%").share, parse_value("some").problem
    (Value(number=4, share=None, parts=(('sex', 'M', 2),), problem=None, bad_part=''), 1.0, 'not_a_number')
    """
    if content is None:
        return BLANK
    if isinstance(content, str):
        return _from_text(content)
    if isinstance(content, bool):
        return Value(problem="true_false")
    if isinstance(content, int | float):
        return Value(share=float(content)) if percent else _from_number(content)
    if isinstance(content, ErrorCell):
        return Value(problem="error_value")
    return Value(problem="not_calculated" if isinstance(content, Uncalculated) else "date")


def shown(content: Content | None, *, percent: bool = False) -> str:
    """Write a cell's content as a person sees it, on one line.

    >>> shown(3.0), shown("18\\n100%"), shown(0.06, percent=True)
    ('3', '18 100%', '6%')
    """
    if isinstance(content, str):
        return _seen(content)
    if isinstance(content, bool):
        return str(content).upper()
    if isinstance(content, int | float):
        return f"{content * 100:.10g}%" if percent else f"{content:.15g}"
    if isinstance(content, ErrorCell):
        return content.text
    if isinstance(content, datetime):
        return content.date().isoformat()
    if isinstance(content, date | time | timedelta):
        return str(content)
    return ""


_seen = cache(seen)


@cache
def _from_number(number: float) -> Value:
    if number != number or abs(number) > MAX_COUNT:
        return Value(problem="too_large")
    whole = round(number)
    if abs(number - whole) > 1e-9:
        return Value(problem="fraction")
    return Value(problem="negative") if whole < 0 else Value(number=whole)


@cache
def _from_text(text: str) -> Value:
    text = plain(text)
    if not text:
        return BLANK
    if len(text) > MAX_LENGTH:
        return Value(problem="not_a_number")
    if _DASH.fullmatch(text):
        return Value(number=0)
    cell = _CELL.fullmatch(text)
    if not cell or (cell["number"] is None and (cell["share"] is None or cell["note"] is not None)):
        return Value(problem=_problem(text))
    parts, bad = _parts(cell["note"] or "")
    if cell["male"] is not None:
        parts = (("sex", "M", int(cell["male"])), *parts)
    share = float(cell["share"].replace(",", ".")) / 100 if cell["share"] else None
    number = None if cell["number"] is None else int(float(cell["number"].replace(",", "")))
    if number is not None and number > MAX_COUNT:
        return Value(problem="too_large")
    return Value(number, share, parts, "unknown_note" if bad else None, bad)


def _problem(text: str) -> str:
    plain = _DASH.sub("-", text).replace(",", ".")
    if re.fullmatch(r"-\s*\d+(\.\d+)?", plain):
        return "negative"
    if re.fullmatch(r"\d*\.\d+|\d+\s?[½¼¾]|[½¼¾]", plain):
        return "fraction"
    if text.startswith("#") and text.rstrip("!?").isupper():
        return "error_value"
    return "not_a_number"


def _parts(note: str) -> tuple[tuple[NotePart, ...], str]:
    """Split a note into parts; also give the first piece that cannot be read."""
    parts: list[NotePart] = []
    for piece in _pieces(note):
        part = _part(piece)
        if not part:
            return tuple(parts), piece
        parts.append(part)
    return tuple(parts), ""


def _pieces(note: str) -> list[str]:
    return [piece for piece in (piece.strip() for piece in re.split(r"[,;&+/]|\band\b", note)) if piece]


def _part(piece: str) -> NotePart | None:
    pair = _PART.fullmatch(piece) or _PART_REVERSED.fullmatch(piece)
    member = _member(pair["name"].strip()) if pair else None
    return (*member, int(pair["number"])) if pair and member else None


def divides(text: str) -> bool:
    """Check whether a note means to divide a figure, however badly it is written; other words are a remark.

    Two of three must hold: it stands in brackets, one of its pieces can be read, all are a word beside a number.

    >>> divides("(SA1, XX2)"), divides("SA1, NC2"), divides("visited 5 May"), divides("(see page 3)")
    (True, True, False, False)
    """
    text = plain(text)
    pieces = _pieces(text.strip("()"))
    in_brackets, is_read = text.startswith("(") and text.endswith(")"), any(map(_part, pieces))
    return in_brackets + is_read + all(map(_WORD_AND_NUMBER.fullmatch, pieces)) > 1


def _member(name: str) -> tuple[str, str] | None:
    """Give the dimension and the code of the case type or sex that a part names."""
    for dimension, codes in (("case_type", "case_types"), ("sex", "sexes")):
        code = codelist(codes).find(name)
        if code:
            return dimension, code
    return None
