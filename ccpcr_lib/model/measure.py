"""Measures: ``measures.csv`` → what each of them counts, and how its counts add up.

A *flow* counts happenings: a client stands in it each time. *Attendance* counts who was there: a client may stand under
several topics and in several months, so that over these only bounds are known. A *stock* says how many there are at a
time, and is never added. What is counted in times are *events*. A *derived* measure is worked out from others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from ..words import Words, did_you_mean, in_language, say
from .errors import CannotReadError, UnknownNameError
from .list_file import numbered_list
from .resources import lists_folder, resource
from .text import seen

Declared = Literal["flow", "attendance", "stock", "derived"]
"""How the clients of a measure add up, as ``measures.csv`` says it."""

Adding = Literal["flow", "attendance", "stock", "derived", "events"]
"""How counts add up, those in times included."""

Nature = Literal["event", "managed"]
"""Whether something happens to a shelter, such as a referral, or is planned by it, such as a training."""

DIVIDING = frozenset({"case_type", "sex", "age_band"})
"""The dimensions that divide people: each client stands under one of their members, so that over them people add."""

IN_CARE, STOCK, NEW = "in_care", "in_shelter", "referred"
"""The clients in care, which are derived, and the two measures that they are derived from."""

MEASURES = "measures"


@dataclass(frozen=True)
class Measure:
    """What is counted: its code, how its clients add up, and its definition (what counts, what does not).

    `nature` says whether it happens or is planned by the shelter, `in_groups` whether clients may come as a group.
    """

    code: str
    adds: Declared
    name: Words
    defined: Words
    nature: Nature = "event"
    in_groups: bool = False

    def label(self, language: str = "en") -> str:
        """Name what is counted."""
        return in_language(language, self.name.label)

    def definition(self, language: str = "en", *, between: str = " ") -> str:
        """Define what counts and what does not; in English where nobody has written the Khmer."""
        return in_language(language, self.defined.label, between=between)


@cache
def measures() -> Mapping[str, Measure]:
    """Give every measure by its code, read once.

    What the list in use does not say of a measure is taken from the project's own list: a list of labels alone is
    enough, and what is derived need not stand there. Raise CannotReadError where a measure does not say how it adds, or
    the list cannot be read.
    """
    own, shipped = (_lines(folder / f"{MEASURES}.csv") for folder in (lists_folder(), resource("data/codelists")))
    derived = [code for code, line in shipped.items() if line.get("adds") == "derived"]
    codes = dict.fromkeys([*own, *derived])
    return {code: _measure(code, shipped.get(code, {}) | own.get(code, {})) for code in codes}


def _lines(path: Path) -> dict[str, dict[str, str]]:
    """Read what each line says by its code, and the number of its row as `line`; empty cells are left out."""
    return {
        line["code"]: {name: text for name, text in line.items() if text} | {"line": str(number)}
        for number, line in numbered_list(path).items()
    }


def _measure(code: str, line: Mapping[str, str]) -> Measure:
    adds = line.get("adds", "")
    known = [word for word in get_args(Declared) if (word == "derived") == (code == IN_CARE)]
    if adds not in known:
        why = say("measure_adds", code=seen(code), line=line["line"], known=", ".join(known))
        raise CannotReadError(why, file=f"{MEASURES}.csv")
    name, defined = (Words(line.get(f"{text}_en", ""), line.get(f"{text}_km", "")) for text in ("label", "definition"))
    nature = _choice(code, line, "nature", get_args(Nature))
    in_groups = _choice(code, line, "groups", ("no", "yes")) == "yes"
    return Measure(code, cast(Declared, adds), name, defined, cast(Nature, nature), in_groups)


def _choice(code: str, line: Mapping[str, str], column: str, known: Sequence[str]) -> str:
    """Read a word of a few; the first of them where nothing is said."""
    word = line.get(column, known[0]).strip().casefold()
    if word not in known:
        fields = {"code": seen(code), "column": column, "line": line["line"], "known": ", ".join(known)}
        raise CannotReadError(say("measure_choice", written=seen(word), **fields), file=f"{MEASURES}.csv")
    return word


def measure(code: str) -> Measure:
    """Give one measure; raise KeyError, with the nearest there is, for a code that is none.

    >>> measure("attended").adds
    'attendance'
    """
    if code not in measures():
        near = did_you_mean(code, measures())
        raise UnknownNameError(say("name_no_measure", name=code, known=", ".join(measures()), near=near))
    return measures()[code]


@cache
def adding(code: str, unit: str) -> Adding:
    """Name how the counts of a measure in a unit add up.

    >>> adding("attended", "clients"), adding("followed_up_skills", "times")
    ('attendance', 'events')
    """
    return "events" if unit == "times" else measure(code).adds


def is_stock(code: str) -> bool:
    """Check whether a measure is a stock, such as the clients in the shelter: how many there are, never added."""
    return measure(code).adds == "stock"
