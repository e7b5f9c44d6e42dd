"""The house style: colours, fonts, sizes and number formats of everything that is shown.

Three tones of one blue-green that differ in lightness, so that they stay apart in a grey print, and one warm
accent for what a reader should not miss. Marks carry their numbers, so colour is never the only signal.
"""

import warnings
from functools import cache
from math import isinf
from pathlib import Path
from typing import Any, NamedTuple

from .files import fill_in

INK = "#1d2b33"
MUTED = "#5c6b73"
RULE = "#c9d3d8"
PAPER = "#ffffff"
DARK = "#134e5e"
MIDDLE = "#4f97a3"
LIGHT = "#b5d6d6"
ACCENT = "#c8611a"


class Look(NamedTuple):
    """How a bar or a line looks: the tone of a bar, its edge, the letters on it; a line and its dashes.

    The seam of a bar are the lines of its hatch, and those between it and the next one.
    """

    tone: str
    edge: str = DARK
    letters: str = INK
    seam: str = PAPER
    line: str = DARK
    is_dashed: bool = False


LOOKS = (Look(DARK, letters=PAPER), Look(MIDDLE, line=MIDDLE), Look(LIGHT, seam=DARK, is_dashed=True))
"""The looks of members, by the place of a member's code in its list."""
WHOLE = Look(MUTED, edge=MUTED, letters=PAPER)
"""The look of what adds members up."""
EDGE = 0.6
"""How wide the edge of a bar is, in points."""
DASH = (0, (4, 2))
HATCH = "////"
"""How it is hatched that there are at least so many."""

FIGURE_INCHES = (10.0, 5.625)
FILE_DPI = 200
SCREEN_DPI = 100
PNG_LEVEL = 3
FONT = ("DejaVu Sans", "Noto Sans Khmer")
TITLE_SIZE, TEXT_SIZE, LABEL_SIZE, SMALL_SIZE, TINY_SIZE = 17, 11.5, 11, 9, 7.5
ROWS_HEIGHT = 135
"""What the lines of all row labels may add up to, in points of letter size."""
SLIDE_INCHES = (13.333, 7.5)
OFFICE_FONT, OFFICE_KHMER, OFFICE_KHMER_ELSE = "Calibri", "Khmer UI", "Leelawadee UI"
"""Fonts that Windows and Office have; where they are missing, Office takes another one that has the letters."""
WEB_FONT = ", ".join(f"'{name}'" for name in ("Segoe UI", *FONT, OFFICE_KHMER, OFFICE_KHMER_ELSE)) + ", sans-serif"
COVER_POINTS, HEADING_POINTS, SLIDE_POINTS, CELL_POINTS = 36, 28, 18, 14
BODY_POINTS = (28, 24, 20, 18)
"""Letter sizes on slides: the first title, titles, other text, tables and charts; sentences, the first that fits."""
TILE_POINTS, LEAD_POINTS, SMALL_POINTS = (54, 50, 48, 46, 44, 36, 28, 20), (20, 18, 16, 14, 12), 12
TIGHT_TILE_POINTS = 44
"""Letter sizes where a quarter is summed up: figures on tiles and sentences, the first that fits; what stands below."""
EMPTY_POINTS = 11
"""The letters of an empty cell: LibreOffice gives its line the font's own height, about 1.4 of the size."""
CROWDED, CROWDED_POINTS = 10, 12
"""A chart with more rows than this has smaller letters, so that every row keeps its label."""
LINE, KHMER_LINE = 1.2, 1.65
"""How high a line is, in letter sizes: Khmer has marks above and below its letters."""
HEAD_FILL, TOTAL_FILL = "#e3eef0", "#f2f6f7"
WEB_HEAD, WEB_PLAN = "#eef3f4", "#f7f9f9"
FONT_FOLDER = Path(__file__).with_name("fonts")


@cache
def use_fonts() -> None:
    """Make the Khmer font that comes with the project known to matplotlib; once in a process.

    It says nothing any more of letters that no font has, which would name folders: `letters.missing_letters` does.
    """
    from matplotlib import font_manager

    warnings.filterwarnings("ignore", r"Glyph \d+ ", UserWarning)
    for path in sorted(FONT_FOLDER.glob("*.ttf")):
        font_manager.fontManager.addfont(path)


def stylesheet(path: Path) -> str:
    """Read a stylesheet, the house's colours and fonts in the places that name them, such as ``$INK``."""
    return fill_in(path, **globals())


def rc() -> dict[Any, Any]:
    """Give the matplotlib settings of the house style; use them with `matplotlib.rc_context`.

    matplotlib's own type for them is a list of every setting there is.
    """
    use_fonts()
    return {
        "font.family": list(FONT),
        "font.size": TEXT_SIZE,
        "text.color": INK,
        "axes.labelcolor": MUTED,
        "axes.edgecolor": RULE,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.axisbelow": True,
        "xtick.color": MUTED,
        "ytick.color": INK,
        "xtick.labelsize": LABEL_SIZE,
        "ytick.labelsize": LABEL_SIZE,
        "xtick.bottom": False,
        "ytick.left": False,
        "figure.autolayout": False,
        "figure.constrained_layout.use": False,  # a figure whose panels are placed keeps their places
        "grid.color": RULE,
        "grid.linewidth": 0.6,
        "hatch.linewidth": 0.6,
        "text.parse_math": False,  # a name may have two dollar signs
        "svg.hashsalt": "ccpcr",
        "svg.fonttype": "path",
    }


def number(value: float | None) -> str:
    """Write a count, a whole number; what was not reported is a dash with its own meaning, never a zero.

    >>> number(1200), number(0), number(None)
    ('1,200', '0', '…')
    """
    return "…" if value is None else f"{value:,}"


def signed(value: int) -> str:
    """Write by how much a count has changed, with its sign.

    >>> signed(4), signed(-1200), signed(0)
    ('+4', '-1,200', '0')
    """
    return f"{value:+,}" if value else "0"


def percent(value: int | None) -> str:
    """Write a whole percent.

    >>> percent(56), percent(None)
    ('56 %', '')
    """
    return "" if value is None else f"{value} %"


def ratio(value: float | None) -> str:
    """Write how many times as many, at a precision that small counts bear.

    >>> ratio(0.5), ratio(17.8763), ratio(float("inf")), ratio(None)
    ('0.50', '17.9', '∞', '∞')
    """
    if value is None or isinf(value):
        return "∞"
    return f"{value:.2f}" if value < 10 else f"{value:,.1f}"


def chance(p: float) -> str:
    """Write the chance of a result, with its sign.

    >>> chance(0.0198343), chance(0.00000164), chance(0.6)
    ('= 0.02', '< 0.001', '= 0.6')
    """
    return "< 0.001" if p < 0.001 else f"= {p:.2g}"
