"""Words and pictures → shapes on a slide: titles, text boxes, photographs, speaker notes, a banner for made-up data."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...model.text import holdable
from ...words import one_line
from .. import theme
from .stage import BANNER_STYLE, TITLE_ROOM, Box, Stage
from .text import Style, fit, has_khmer, height, on_one_line, write

if TYPE_CHECKING:
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.text.text import TextFrame
    from pptx.util import Length

TITLE_STYLES = tuple(
    Style(size, bold=True, colour=theme.DARK) for size in range(theme.HEADING_POINTS, theme.SLIDE_POINTS - 1, -2)
)
TITLE_GAP = 5.0
ONE_LINE = TITLE_STYLES[-2]
"""A title in two languages stands on one line where its letters can be as large as this, a number behind it."""
ALONE, LONGEST_NUMBER = (1, 1), (10, 10)
"""The number of a slide that has its title for itself, and the longest: which slide it is, and of how many."""


def _title_lines(title: str, page: tuple[int, int], room: float) -> list[str]:
    """Put a title with its number on one line where it fits with the longest, else each language on a line."""
    is_one = len(on_one_line(numbered(title, *LONGEST_NUMBER), ONE_LINE, room)) == 1
    whole = numbered(title, *page)
    return [one_line(whole)] if is_one else whole.split("\n")


def numbered(title: str, number: int, of: int) -> str:
    """Number a title that goes on over several slides.

    >>> numbered("Referrals", 1, 1), numbered("Referrals", 2, 3)
    ('Referrals', 'Referrals (2/3)')
    """
    return title if of == 1 else f"{title} ({number}/{of})"


def titled(stage: Stage, title: str) -> Stage:
    """Give the body what a title of one line leaves free, the same for every slide that a table goes on over."""
    title_box, body = stage.title, stage.body
    if stage.has_donors_title or len(_title_lines(title, ALONE, title_box.width)) > 1:
        return stage
    free = title_box.height - TITLE_ROOM["km" if has_khmer(title) else "en"]
    title_box = replace(title_box, height=title_box.height - free)
    return replace(stage, title=title_box, body=replace(body, top=body.top - free, height=body.height + free))


def add_slide(stage: Stage, title: str, notes: Sequence[str], *, page: tuple[int, int] = ALONE) -> "Slide":
    """Add a slide with its title, a line for each language, and its speaker notes, and give it.

    `page` numbers a slide that shares its title with others: which it is, and of how many.
    """
    slide = stage.presentation.slides.add_slide(stage.layout)
    for shape in list(slide.placeholders):
        if shape.placeholder_format.type.name not in ("TITLE", "CENTER_TITLE"):
            shape._element.getparent().remove(shape._element)
    lines = _title_lines(title, page, stage.title.width)
    style = fit(lines, TITLE_STYLES, (stage.title.width, stage.title.height - TITLE_GAP))
    shape = slide.shapes.title
    if shape is None:
        add_text(slide, stage.title, lines, style).name = "Title"
    else:
        place(shape, stage.title)
        _fill(shape.text_frame, lines, style)
    finish(stage, slide, notes)
    return slide


def finish(stage: Stage, slide: "Slide", notes: Sequence[str]) -> None:
    """Write a slide's speaker notes, and the banner where the data are made up."""
    frame = slide.notes_slide.notes_text_frame
    if frame is None:
        raise ValueError("the master of the notes has no place for text")
    frame.text = holdable("\n".join([*stage.banner_lines, *notes]))
    if stage.banner:
        add_text(slide, stage.banner, stage.banner_lines, BANNER_STYLE).name = "Banner"


def points(*lengths: float) -> tuple["Length", ...]:
    """Give lengths in points as the library wants them."""
    from pptx.util import Pt

    return tuple(Pt(length) for length in lengths)


def place(shape: "BaseShape", box: Box) -> None:
    """Put a shape into a box."""
    shape.left, shape.top, shape.width, shape.height = points(box.left, box.top, box.width, box.height)


def _fill(frame: "TextFrame", paragraphs: Sequence[str], style: Style) -> None:
    from pptx.enum.text import MSO_ANCHOR

    frame.margin_left, frame.margin_right, frame.margin_top, frame.margin_bottom = points(0, 0, 0, 0)
    frame.vertical_anchor = MSO_ANCHOR.TOP
    write(frame, paragraphs, style)


def add_text(slide: "Slide", box: Box, paragraphs: Sequence[str], style: Style) -> "Shape":
    """Add a text box with no margins of its own, and give it."""
    shape = slide.shapes.add_textbox(*points(box.left, box.top, box.width, box.height))
    _fill(shape.text_frame, paragraphs, style)
    return shape


def write_into(
    slide: "Slide", shape: "Shape | None", box: Box, text: tuple[Sequence[str], Sequence[Style]], *, grows: bool = False
) -> None:
    """Write paragraphs into a placeholder, or into a box of their own where there is none, in the style that fits.

    A placeholder that `grows` reaches further down where its text needs it, as far as the box.
    """
    paragraphs, styles = text
    if shape is None:
        add_text(slide, box, paragraphs, fit(paragraphs, styles, (box.width, box.height)))
        return
    style = fit(paragraphs, styles, (shape.width.pt, shape.height.pt))
    needed = max(height(paragraphs, style, shape.width.pt), shape.height.pt)
    top = min(shape.top.pt, box.bottom - needed)
    if grows and (needed > shape.height.pt or top < shape.top.pt):
        place(shape, Box(shape.left.pt, top, shape.width.pt, needed))
    _fill(shape.text_frame, paragraphs, style)


def describe(shape: "BaseShape", name: str, words: str) -> None:
    """Name a shape, and give it the text that is read to those who cannot see it."""
    shape.name = name
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)


def add_picture(slide: "Slide", box: Box, picture: bytes, words: str) -> None:
    """Add a picture as large as the box allows, in its middle."""
    shape = slide.shapes.add_picture(io.BytesIO(picture), *points(box.left, box.top))
    scale = min(box.width / shape.width.pt, box.height / shape.height.pt)
    width, height = shape.width.pt * scale, shape.height.pt * scale
    place(shape, Box(box.left + (box.width - width) / 2, box.top + (box.height - height) / 2, width, height))
    describe(shape, "Photograph", words)
