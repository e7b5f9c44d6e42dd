"""How a workbook to type into looks: its colours, sizes and number formats; nothing else in this folder has any.

They are those of a sheet to type in, not of the report, which has its own in `publish/theme.py`.
"""

import unicodedata

INK, MUTED, RULE, WHITE = "#1d2b33", "#5c6b73", "#9fb0b8", "#ffffff"
HEAD, ENTRY, GIVEN, CLAIM = "#dfe9ec", "#fff8e1", "#eef3e6", "#f4f6f7"
ALARM, PALE_ALARM, GOOD = "#b3261e", "#f4b6b6", "#2e6b4f"

COUNT, PERCENT, AS_TEXT = "#,##0", "0%", "@"
STUB_WIDTHS = (18, 38)
"""The least and the most that row labels get, in characters."""
COLUMN_WIDTH, NOTE_WIDTH = 12, 17
TITLE_HEIGHTS = (18, 27, 20, 12)
TITLE_SCALE = 1.8
"""How much wider a letter of a title is than one of a cell."""
LINE = 15
"""How high a line of text is, in points."""
GAP = 8
"""How much room what is counted leaves above the table, in points."""
DEFINITION_ROOM = 0.95
"""Which part of its width a definition fills: words break before the edge."""
A4 = 9
"""How Excel calls this paper."""

_BOX = {"border": 1, "border_color": RULE, "font_color": INK, "valign": "vcenter"}
_FIGURE = _BOX | {"align": "center", "num_format": COUNT}
_WORDS = _BOX | {"text_wrap": True}

FORMATS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 15, "font_color": INK},
    "quarter": {"font_color": MUTED, "font_size": 11},
    "banner": {"bold": True, "font_color": ALARM, "font_size": 11},
    "definition": {"font_color": INK, "text_wrap": True, "valign": "top", "font_size": 11},
    "text": {"font_color": INK, "text_wrap": True, "valign": "top"},
    "label": {"font_color": MUTED, "text_wrap": True, "valign": "top"},
    "summary": _BOX | {"bold": True, "text_wrap": True},
    "entry_text": _WORDS | {"bg_color": ENTRY, "valign": "top", "locked": False},
    "head": _WORDS | {"bold": True, "bg_color": HEAD, "align": "center"},
    "stub": _WORDS | {"bg_color": HEAD},
    "spare": _WORDS | {"bg_color": ENTRY, "locked": False},
    "count": _FIGURE | {"bg_color": ENTRY, "locked": False},
    "plan": _FIGURE | {"bg_color": ENTRY, "locked": False},
    "given": _FIGURE | {"bg_color": GIVEN, "italic": True, "locked": False},
    "paper_total": _FIGURE | {"bg_color": ENTRY, "border": 3, "locked": False},
    "note": _WORDS | {"bg_color": ENTRY, "num_format": AS_TEXT, "locked": False},
    "total": _FIGURE | {"bg_color": CLAIM, "bold": True},
    "least": _FIGURE | {"bg_color": CLAIM, "bold": True, "shrink": True},
    "share": _FIGURE | {"bg_color": CLAIM, "num_format": PERCENT},
    "rule": _WORDS,
    "figure": _FIGURE,
    "state": _FIGURE | {"bold": True},
    "alarm": {"bg_color": PALE_ALARM, "font_color": ALARM},
    "fails": {"bg_color": ALARM, "font_color": WHITE},
    "holds": {"font_color": GOOD},
}

AT_LEAST = '"{words}"#,##0;;#,##0'
"""The number format that says of a number, but not of none, that there are at least so many."""

_TOP = {"valign": "top"}

PLAN_FORMATS = {
    "banner": {"bold": True, "font_color": "#B00020"},
    "head": {"bold": True, "bg_color": "#E3EEEF", "bottom": 1, "font_name": "Calibri"},
    "label": _TOP | {"bold": True},
    "text": _TOP | {"text_wrap": True},
    "number": _TOP,
    "share": _TOP | {"num_format": PERCENT},
}
"""Those of the plan."""


def at_least(words: str) -> dict[str, object]:
    """Make the format of a number say before it that there are at least so many; it stays a number.

    >>> at_least("at least ")
    {'num_format': '"at least "#,##0;;#,##0'}
    """
    return {"num_format": AT_LEAST.format(words=words)}


def lines(text: str, width: float) -> int:
    """Count the lines a text takes in a width given in characters; marks above and below letters take no room.

    >>> lines("Reintegrated clients", 12), lines("ធ្នូ", 2)
    (2, 1)
    """
    room, used, count = max(int(width), 1), 0, 1
    for word in text.split():
        long = length(word)
        if used and used + 1 + long > room:
            count, used = count + 1, 0
        used += long + bool(used)
        if used:
            count, used = count + (used - 1) // room, (used - 1) % room + 1
    return count


def length(text: str) -> int:
    """Count the letters of a text that take room: marks above and below them do not.

    >>> length("Total"), length("ធ្នូ")
    (5, 2)
    """
    return sum(unicodedata.category(letter) != "Mn" for letter in text)


def height(number: int) -> int:
    """Give the height of a row of so many lines, in points.

    >>> height(2)
    34
    """
    return LINE * number + 4
