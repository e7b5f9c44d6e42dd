"""A number format's code → whether it shows a percent, and what stands in the cell then.

Excel multiplies by 100 for a percent sign of its own (``0%``): the cell holds 0.06 and shows 6%. A sign that is typed
into the format as text (``0"%"``, ``0\\%``) is only shown: the cell holds 6 and shows 6%.
"""

import re
from collections.abc import Iterator

PERCENT, LITERAL, NEITHER = "percent", "literal", ""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[\$(?P<symbol>[^\]-]*)[^\]]*\]|\[[^\]]*\]|(?P<plain>.)', re.DOTALL
)
_PLACEHOLDERS = frozenset("0123456789#?.,/@EeGgnral")
_AROUND = " ()+-\u00a0\u202f"
"""What may stand around a typed percent sign, so that it still means a percent."""


def percent_kind(code: str) -> str:
    """Tell what a format's section for positive numbers shows: PERCENT, LITERAL (6 is 6 %) or NEITHER.

    A sign within other typed words is no percent of this figure.

    >>> percent_kind("[Red]0.0%;-0.0%"), percent_kind('0" %"'), percent_kind('"100% of "0'), percent_kind("0_%")
    ('percent', 'literal', '', '')
    """
    literals = [""]
    for kind, text in _pieces(code):
        if kind == "plain" and text == ";":
            break
        if kind == "plain" and text == "%":
            return PERCENT
        if kind == "plain" and text in _PLACEHOLDERS:
            literals.append("")
        else:
            literals[-1] += text
    return LITERAL if any(text.strip(_AROUND) in ("%", "％") for text in literals) else NEITHER


def _pieces(code: str) -> Iterator[tuple[str, str]]:
    """Give each piece of a format with its kind; what only takes room or says a colour is a space or nothing."""
    for token in _TOKEN.finditer(code):
        if token.lastgroup:
            yield token.lastgroup, token[token.lastgroup]
        elif token[0][0] in "_*":
            yield "room", " "
