"""A number format's code → whether it shows a percent, and what stands in the cell then.

Excel multiplies by 100 for a percent sign of its own (``0%``): the cell holds 0.06 and shows 6%. A sign that is typed
into the format as text (``0"%"``, ``0\\%``) is only shown: the cell holds 6 and shows 6%.
"""

import re
from collections.abc import Iterator, Sequence
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

PERCENT, LITERAL, NEITHER = "percent", "literal", ""


class Section(NamedTuple):
    """A part of a format: what it shows, and of which numbers: those for which `test` holds, or all that are left."""

    kind: str
    test: str = ""
    limit: float = 0.0


Sections = tuple[Section, ...]
"""The parts of a format, the first that fits a number first."""

_TESTS = {"<": lt, "<=": le, "=": eq, "<>": ne, "!=": ne, ">=": ge, ">": gt}
_CONDITION = re.compile(r"(?:\[|value\(\))\s*([<>=!]+)\s*(-?[0-9.]+(?:[Ee][-+]?[0-9]+)?)\s*\]?")
_UNTOLD = ((">", 0.0), ("<", 0.0), ("", 0.0))
"""Which numbers the first, second and third section are for where another says it and they do not."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[\$(?P<symbol>[^\]-]*)[^\]]*\]|(?P<condition>\[[<>=][^\]]*\])'
    r"|\[[^\]]*\]|(?P<plain>.)",
    re.DOTALL,
)
_PLACEHOLDERS = frozenset("0123456789#?.,/@EeGgnral")
_AROUND = " ()+-\u00a0\u202f"
"""What may stand around a typed percent sign, so that it still means a percent."""


def percent_sections(code: str) -> Sections:
    """Tell what a format shows: its section for positive numbers, or all where one says which numbers it is for.

    A sign within other typed words is no percent of this figure.

    >>> codes = ("[Red]0.0%;-0.0%", '0" %"', '"100% of "0', "0_%")
    >>> [kind_of(percent_sections(code)) for code in codes]
    ['percent', 'literal', '', '']
    """
    sections = _split(code)
    conditions = [_condition(section) for section in sections]
    if not any(conditions):
        return (Section(_kind(sections[0])),)
    last = len(sections) - 1
    untold = (("", 0.0) if number == last else _UNTOLD[number] for number in range(len(sections)))
    tests = (own or other for own, other in zip(conditions, untold, strict=True))
    return tuple(Section(_kind(section), *test) for section, test in zip(sections, tests, strict=True))


def condition_of(text: str) -> tuple[str, float] | None:
    """Read which numbers a section is for, in brackets as Excel writes it or as OpenDocument does.

    >>> condition_of("[>=1]"), condition_of("value()<0.5"), condition_of("[Red]")
    (('>=', 1.0), ('<', 0.5), None)
    """
    found = _CONDITION.fullmatch(text)
    return (found[1], float(found[2])) if found and found[1] in _TESTS else None


def kind_of(sections: Sections) -> str:
    """Tell what all sections of a format show: PERCENT, LITERAL (6 is 6 %), or NEITHER, also where they disagree."""
    kinds = {section.kind for section in sections}
    return kinds.pop() if len(kinds) == 1 else NEITHER


def disagree(sections: Sections) -> bool:
    """Check whether the number decides what a format shows of it."""
    return len({section.kind for section in sections}) > 1


def kind_at(sections: Sections, number: float) -> str:
    """Tell what a format shows of one number.

    >>> [kind_at(percent_sections('[>=1]0"%";0%'), number) for number in (6, 0.06)]
    ['literal', 'percent']
    """
    fitting = (kind for kind, test, limit in sections if not test or _TESTS[test](number, limit))
    return next(fitting, NEITHER)


_Pieces = Sequence[tuple[str, str]]


def _split(code: str) -> list[_Pieces]:
    """Give the pieces of each section for numbers; the fourth is for text."""
    sections: list[list[tuple[str, str]]] = [[]]
    for kind, text in _pieces(code):
        if kind == "plain" and text == ";":
            sections.append([])
        else:
            sections[-1].append((kind, text))
    return list(sections[:3])


def _condition(section: _Pieces) -> tuple[str, float] | None:
    return next((condition_of(text) for kind, text in section if kind == "condition"), None)


def _kind(section: _Pieces) -> str:
    literals = [""]
    for kind, text in section:
        if kind == "plain" and text == "%":
            return PERCENT
        if kind == "plain" and text in _PLACEHOLDERS:
            literals.append("")
        elif kind != "condition":
            literals[-1] += text
    return LITERAL if any(text.strip(_AROUND) in ("%", "％") for text in literals) else NEITHER


def _pieces(code: str) -> Iterator[tuple[str, str]]:
    """Give each piece of a format with its kind; what only takes room or says a colour is a space or nothing."""
    for token in _TOKEN.finditer(code):
        if token.lastgroup:
            yield token.lastgroup, token[token.lastgroup]
        elif token[0][0] in "_*":
            yield "room", " "
