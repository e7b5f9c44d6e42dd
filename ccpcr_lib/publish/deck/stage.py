"""The presentation a deck is written into: our own 16:9 one or a donor's, and where title and body stand on a slide.

All lengths are in points.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...words import languages_of
from .. import theme
from ..release import Release
from .clearing import forget_properties, forget_slides
from .donor import open_donors
from .text import Style, height

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.shapes.placeholder import LayoutPlaceholder
    from pptx.slide import SlideLayout

EMU = 12700
"""The unit of length of Office files: so many of them are a point."""
MARGIN, GAP = 34.0, 10.0
BAND = 8.0
BANNER_STYLE = Style(theme.SLIDE_POINTS, bold=True, colour=theme.ACCENT)
TITLE_ROOM = {"en": 40.0, "km": 52.0}
"""What a line of a title takes, by language; titles in two languages have two."""


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


@dataclass(frozen=True)
class Stage:
    """An open presentation, the layouts its slides take, and the boxes of their titles and bodies.

    A donor's title keeps its place; ours is as high as it must be. `banner` is where every slide says that its data
    are made up, if they are, on one line a language or more.
    """

    presentation: "Presentation"
    cover: "SlideLayout"
    layout: "SlideLayout"
    title: Box
    body: Box
    has_donors_title: bool = False
    banner: Box | None = None
    banner_lines: tuple[str, ...] = ()


def open_stage(template: Path | None, release: Release) -> Stage:
    """Open the donor's presentation, or make our own, with room for titles in the release's language.

    Raise CannotReadError for a file that cannot serve as a template.
    """
    presentation = open_donors(template) if template else _ours()
    forget_properties(presentation)
    width, high = (_points(side or 0) for side in (presentation.slide_width, presentation.slide_height))
    layout = _layout(presentation, ("TITLE",))
    donors = _title_box(layout, width, high) if template else None
    room = sum(TITLE_ROOM[language] for language in languages_of(release.language))
    title = donors or Box(MARGIN, BAND + GAP, width - 2 * MARGIN, room)
    bottom = _footers(layout, high) if template else high - GAP
    lines = tuple(release.say_each("synthetic")) if release.banner else ()
    banner = _banner_box(lines, title, bottom) if lines else None
    bottom = banner.top if banner else bottom
    body = Box(title.left, title.bottom + GAP, title.width, bottom - title.bottom - GAP)
    cover = _layout(presentation, ("CENTER_TITLE", "SUBTITLE"))
    return Stage(presentation, cover, layout, title, body, donors is not None, banner, lines)


def _banner_box(lines: tuple[str, ...], title: Box, bottom: float) -> Box:
    """Give the banner as much room at the lower edge as its lines need."""
    room = height(lines, BANNER_STYLE, title.width)
    return Box(title.left, bottom - room, title.width, room)


def _points(length: int) -> float:
    """Turn a length of an Office file into points.

    >>> _points(12700)
    1.0
    """
    return length / EMU


def _ours() -> "Presentation":
    """Make a 16:9 presentation from the library's own 4:3 one: layouts widened, fonts named, a band on top."""
    from pptx import Presentation
    from pptx.util import Inches

    presentation = Presentation()
    forget_slides(presentation)  # and what else the library's file has: settings of a printer, the view of its author
    wider = theme.SLIDE_INCHES[0] / ((presentation.slide_width or 0) / Inches(1))
    presentation.slide_width, presentation.slide_height = map(Inches, theme.SLIDE_INCHES)
    presentation.element.sldSz.attrib.pop("type", None)  # it calls the slides 4:3
    pages = (presentation.slide_master, *presentation.slide_layouts)
    places = [(shape, *_place(shape)) for page in pages for shape in page.placeholders]
    for shape, left, top, wide, high in places:  # all were read first: what a layout leaves open, its master says
        shape.left, shape.top, shape.width, shape.height = round(left * wider), top, round(wide * wider), high
    _name_fonts(presentation)
    _draw_band(presentation)
    return presentation


def _place(shape: "BaseShape") -> tuple[int, int, int, int]:
    return shape.left, shape.top, shape.width, shape.height


def _name_fonts(presentation: "Presentation") -> None:
    """Name the fonts for Khmer in the theme: the old ones it names are hard to read on a screen."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = part.blob.decode("utf-8")
    for old, new in (("MoolBoran", theme.OFFICE_KHMER), ("DaunPenh", theme.OFFICE_KHMER_ELSE)):
        text = text.replace(f'script="Khmr" typeface="{old}"', f'script="Khmr" typeface="{new}"')
    part._blob = text.encode("utf-8")


def _draw_band(presentation: "Presentation") -> None:
    """Draw the coloured band at the upper edge, behind everything, on the master."""
    from lxml import etree
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    tree = presentation.slide_master.shapes._spTree
    band = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="Band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{presentation.slide_width}" '
        f'cy="{round(BAND * EMU)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{theme.DARK[1:].upper()}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    first = next(child for child in tree if etree.QName(child).localname == "sp")
    first.addprevious(band)


def _kinds(layout: "SlideLayout") -> set[str]:
    """Name the kinds of placeholders that a layout has."""
    return {shape.placeholder_format.type.name for shape in _placeholders(layout) if shape.placeholder_format.type}


def _placeholders(layout: "SlideLayout") -> Iterator["LayoutPlaceholder"]:
    yield from layout.placeholders  # type: ignore[misc]  # the library declares this iterator without its self


def _layout(presentation: "Presentation", wanted: tuple[str, ...]) -> "SlideLayout":
    """Choose the layout with the wanted placeholders and the fewest others."""
    extra = {"DATE", "FOOTER", "SLIDE_NUMBER"}
    fitting = [layout for layout in presentation.slide_layouts if set(wanted) <= _kinds(layout)]
    if not fitting:
        return _layout(presentation, ("TITLE",)) if "TITLE" not in wanted else presentation.slide_layouts[0]
    return min(fitting, key=lambda layout: len(_kinds(layout) - extra))


def _title_box(layout: "SlideLayout", width: float, high: float) -> Box | None:
    """Take the title's place from a donor's layout if it leaves the body room below it."""
    fitting = (
        box
        for box in _places(layout, ("TITLE", "CENTER_TITLE"))
        if box.width >= width / 2 and TITLE_ROOM["en"] <= box.height and box.bottom <= high / 3
        if box.left >= 0 and box.right <= width
    )
    return next(fitting, None)


def _places(layout: "SlideLayout", kinds: tuple[str, ...]) -> Iterator[Box]:
    """Give the boxes of a layout's placeholders of some kinds, as far as the layout or its master places them."""
    for shape in _placeholders(layout):
        sides = _place(shape)
        if shape.placeholder_format.type.name in kinds and None not in sides:
            yield Box(*(_points(side) for side in sides))


def _footers(layout: "SlideLayout", high: float) -> float:
    """Give the height at which the body must end to leave a donor's footers free."""
    tops = (box.top for box in _places(layout, ("DATE", "FOOTER", "SLIDE_NUMBER")))
    return min((top for top in tops if top > high * 0.75), default=high - GAP)
