"""Text on a slide: how wide and high it will be, and the paragraphs themselves with fonts that Windows has.

Heights are set, not guessed: every line has a fixed height, so that a box is as high as was worked out here whatever
font a computer puts in. Widths are measured with a wide font, so that lines break no sooner than expected.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ...model.text import holdable
from ...words import one_line
from .. import theme

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont
    from pptx.dml.color import RGBColor
    from pptx.oxml.xmlchemy import BaseOxmlElement
    from pptx.text.text import TextFrame

KHMER = re.compile(r"[\u1780-\u17ff\u19e0-\u19ff]+")
KHMER_WASTE = 1.12
"""Khmer lines end where a word ends, which is not known here: some of each line stays empty."""
LONGEST_WORD = 18
"""How wide a column may be made for a single word, in letter sizes: a longer one is broken."""
MEASURED = 100
"""The size of the letters that are measured, in points."""


@dataclass(frozen=True)
class Style:
    """How a text looks: size in points, weight, colour, place (left, right, center), whether each line has a bullet.

    `above` is the space above it where it follows another text in one box.
    """

    size: float
    bold: bool = False
    colour: str = theme.INK
    align: str = "left"
    bullets: bool = False
    above: float = 0

    @property
    def indent(self) -> float:
        """How far the text stands behind its bullet, in points."""
        return self.size if self.bullets else 0

    @property
    def gap(self) -> float:
        """The space between paragraphs, in points."""
        return self.size * 0.45 if self.bullets else 0


def has_khmer(text: str) -> bool:
    """Return whether a text has Khmer letters.

    >>> has_khmer("ធ្នូ"), has_khmer("December")
    (True, False)
    """
    return KHMER.search(text) is not None


@cache
def _font(khmer: bool, bold: bool) -> "FreeTypeFont":
    from PIL import ImageFont

    if khmer:
        path = theme.FONT_FOLDER / f"NotoSansKhmer-{'Bold' if bold else 'Regular'}.ttf"
    else:
        path = _fonts_of_matplotlib() / f"DejaVuSans{'-Bold' if bold else ''}.ttf"
    return ImageFont.truetype(str(path), MEASURED, layout_engine=ImageFont.Layout.BASIC)


def _fonts_of_matplotlib() -> Path:
    """Give the folder of the fonts that come with matplotlib, which takes too long to import for that."""
    package = find_spec("matplotlib")
    if package is None or package.origin is None:
        raise RuntimeError("matplotlib is not installed")
    return Path(package.origin).parent / "mpl-data" / "fonts" / "ttf"


@cache
def _width(text: str, bold: bool) -> float:
    khmer = "".join(KHMER.findall(text))
    width = _font(False, bold).getlength(KHMER.sub("", text))
    return (width + (_font(True, bold).getlength(khmer) if khmer else 0)) / MEASURED


def width(text: str, style: Style) -> float:
    """Measure a text on one line, in points."""
    return _width(text, style.bold) * style.size


def longest_word(text: str, style: Style) -> float:
    """Measure the widest piece of a text that cannot be broken; Khmer can, a number and its percent sign cannot."""
    pieces = [piece for piece in KHMER.sub(" ", text).split(" ") if piece]
    return min(max((width(piece, style) for piece in pieces), default=4 * style.size), LONGEST_WORD * style.size)


def count_lines(text: str, style: Style, room: float) -> int:
    """Count the lines a paragraph takes in a box `room` points wide."""
    room = max(room - style.indent, style.size)
    if has_khmer(text):
        wide = width(text, style)
        return 1 if wide <= room else math.ceil(wide * KHMER_WASTE / room)
    lines, used = 1, 0.0
    for word in text.split(" "):
        wide = width(f"{word} ", style)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        lines += int(wide // room) if wide > room else 0
        used += wide % room if wide > room else wide
    return lines


def on_one_line(text: str, style: Style, room: float) -> list[str]:
    """Put what is said in two languages, a line each, on one line where it fits, else give each a line of its own.

    >>> on_one_line("Yes\\nNo", Style(10), 100), on_one_line("Yes\\nNo", Style(10), 40)
    (['Yes · No'], ['Yes', 'No'])
    """
    whole = one_line(text)
    return [whole] if width(whole, style) <= room else text.split("\n")


def line_height(text: str, style: Style) -> float:
    """Give the height of a paragraph's lines, in points."""
    return style.size * (theme.KHMER_LINE if has_khmer(text) else theme.LINE)


def height(paragraphs: Sequence[str], style: Style, room: float) -> float:
    """Give the height of paragraphs in a box `room` points wide, in points."""
    lines = sum(count_lines(text, style, room) * line_height(text, style) for text in paragraphs)
    return lines + style.gap * max(len(paragraphs) - 1, 0) + (style.above if paragraphs else 0)


def fit(paragraphs: Sequence[str], sizes: Sequence[Style], room: tuple[float, float]) -> Style:
    """Choose the first style in which paragraphs fit a box (width, height in points); the last one if none fits."""
    return next((style for style in sizes if height(paragraphs, style, room[0]) <= room[1]), sizes[-1])


def write(frame: "TextFrame", paragraphs: Sequence[str], style: Style) -> None:
    """Write paragraphs into a text frame, in place of what stood there."""
    write_each(frame, [(paragraphs, style)])


def write_each(frame: "TextFrame", groups: Sequence[tuple[Sequence[str], Style]]) -> None:
    """Write groups of paragraphs into a text frame, each in its own style, in place of what stood there."""
    from pptx.enum.text import MSO_AUTO_SIZE
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    body = frame._txBody
    inside = "".join(paragraphs_xml(paragraphs, style) for paragraphs, style in groups)
    new = list(parse_xml(f"<a:txBody {nsdecls('a')}>{inside}</a:txBody>"))
    for kept in body.p_lst[0].iter("{*}defRPr"):  # without it the title of a chart falls back to its own letters
        new[0].pPr.append(kept)  # it comes last: Office repairs a file in which it does not
    for old in body.p_lst:
        body.remove(old)
    body.extend(new)


def paragraphs_xml(paragraphs: Sequence[str], style: Style, *, mark: str = "", end: str = "") -> str:
    """Write paragraphs as XML; `mark` stands raised behind the first of them, `end` is what closes it.

    Behind a percent sign the mark stands apart, for it would be read as a part of the sign. A text of no letters gets
    no run: LibreOffice gives an empty one letters of 18 points, which make the row of a table higher than it was laid
    out.
    """
    shown, parts = replace(style, bullets=style.bullets and bool(paragraphs)), []
    for place, text in enumerate(paragraphs or [""]):
        runs = _run(text, style) if text else ""
        if mark and place == 0:
            apart = "\u00a0" if text.endswith("%") else ""
            runs += _run(f"{apart}{mark}", style, ' baseline="30000"')
        parts.append(f"<a:p>{_look(text, shown, place)}{runs}{'' if place else end}</a:p>")
    return "".join(parts)


def _look(text: str, style: Style, place: int) -> str:
    """Write a paragraph's place, its line height, and the bullet before it; `place` counts the paragraphs from 0."""
    from pptx.util import Pt

    spaces = {"lnSpc": round(line_height(text, style), 1), "spcBef": style.gap if place else style.above, "spcAft": 0}
    inner = "".join(f'<a:{name}><a:spcPts val="{Pt(space).centipoints}"/></a:{name}>' for name, space in spaces.items())
    bullet = '<a:buChar char="•"/>' if style.bullets else "<a:buNone/>"
    align, indent = {"left": "l", "right": "r", "center": "ctr"}[style.align], Pt(style.indent)
    return f'<a:pPr algn="{align}" marL="{indent}" indent="{-indent}">{inner}{bullet}</a:pPr>'


def _run(text: str, style: Style, more: str = "") -> str:
    """Write letters of one look; `more` are further attributes."""
    from pptx.util import Pt

    lang, script = ("km-KH", f'<a:cs typeface="{theme.OFFICE_KHMER}"/>') if has_khmer(text) else ("en-GB", "")
    look = f'sz="{Pt(style.size).centipoints}" b="{int(style.bold)}" lang="{lang}"{more}'
    letters = escape(holdable(text), quote=False)
    return f"<a:r><a:rPr {look}>{solid(style.colour)}{script}</a:rPr><a:t>{letters}</a:t></a:r>"


def solid(code: str) -> str:
    """Write a colour of the theme as the XML that fills letters, lines or a cell with it."""
    return f'<a:solidFill><a:srgbClr val="{code[1:].upper()}"/></a:solidFill>'


def colour(code: str) -> "RGBColor":
    """Give a colour of the theme, such as ``#134e5e``, as the library wants it."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(code[1:].upper())


def complex_script(properties: "BaseOxmlElement") -> None:
    """Name the font for Khmer in a run's properties: the one python-pptx sets is for Latin letters only."""
    from pptx.oxml.ns import qn

    script = properties.makeelement(qn("a:cs"), {"typeface": theme.OFFICE_KHMER})
    properties.append(script)
