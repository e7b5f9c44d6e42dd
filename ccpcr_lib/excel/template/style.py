"""How a new workbook looks: its colours, sizes and number formats, and nothing else has any.

They are those of a sheet to type in, not of the report: `publish/theme.py` stands below this folder.
"""

INK, MUTED, RULE = "#1d2b33", "#5c6b73", "#9fb0b8"
HEAD, ENTRY, CLAIM = "#dfe9ec", "#fff8e1", "#f4f6f7"
ALARM = "#b3261e"

COUNT, PERCENT = "#,##0", "0%"
STUB_WIDTHS, COLUMN_WIDTH = (18, 38), 12
"""The least and the most that row labels get, and what every column of figures gets, in characters."""

TITLE_HEIGHTS = (18, 27, 20, 12)
LINE = 15
"""How high a line of text is, in points."""
HEAD_CHARACTERS = 10
"""How many characters of a heading fit on a line of a column; bold letters are wide."""

_BOX = {"border": 1, "border_color": RULE, "font_color": INK, "valign": "vcenter"}
_FIGURE = _BOX | {"align": "center", "num_format": COUNT}

FORMATS = {
    "title": {"bold": True, "font_size": 15, "font_color": INK},
    "quarter": {"font_color": MUTED, "font_size": 11},
    "banner": {"bold": True, "font_color": ALARM, "font_size": 11},
    "text": {"font_color": INK, "text_wrap": True, "valign": "top"},
    "label": {"font_color": MUTED, "text_wrap": True, "valign": "top"},
    "entry_text": _BOX | {"bg_color": ENTRY, "text_wrap": True, "locked": False},
    "head": _BOX | {"bold": True, "bg_color": HEAD, "align": "center", "text_wrap": True},
    "stub": _BOX | {"bg_color": HEAD, "text_wrap": True},
    "spare": _BOX | {"bg_color": ENTRY, "text_wrap": True, "locked": False},
    "count": _FIGURE | {"bg_color": ENTRY, "locked": False},
    "plan": _FIGURE | {"bg_color": ENTRY, "locked": False},
    "total": _FIGURE | {"bg_color": CLAIM, "bold": True},
    "share": _FIGURE | {"bg_color": CLAIM, "num_format": PERCENT},
}
