"""The presentation a deck is written into: our own 16:9 one or a donor's, and where title and body stand on a slide.

All lengths are in points.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from ...model.finding import CannotReadError
from .. import theme
from ..release import Release

MARGIN, GAP = 34.0, 10.0
POINTS = 72
BAND = 8.0
BANNER_ROOM = 30.0
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

    `banner` is where every slide says that its data are made up, if they are.
    """

    presentation: object
    cover: object
    layout: object
    title: Box
    body: Box
    banner: Box | None = None
    banner_text: str = ""


def open_stage(template: Path | None, release: Release) -> Stage:
    """Open the donor's presentation, or make our own, with room for titles in the release's language.

    Raise CannotReadError for a file that is no presentation.
    """
    presentation = _donors(template) if template else _ours()
    _forget_thumbnail(presentation)
    width, height = (side / 12700 for side in (presentation.slide_width, presentation.slide_height))
    layout = _layout(presentation, ("TITLE",))
    title = _title_box(layout, width, height) if template else None
    room = sum(TITLE_ROOM[one] for one in release.language.split("+"))
    title = title or Box(MARGIN, BAND + GAP, width - 2 * MARGIN, room)
    bottom = _footers(layout, height) if template else height - GAP
    banner = Box(title.left, bottom - BANNER_ROOM, title.width, BANNER_ROOM) if release.banner else None
    bottom = banner.top if banner else bottom
    body = Box(title.left, title.bottom + GAP, title.width, bottom - title.bottom - GAP)
    cover = _layout(presentation, ("CENTER_TITLE", "SUBTITLE"))
    return Stage(presentation, cover, layout, title, body, banner, release.banner)


def _ours():
    """Make a 16:9 presentation from the library's own 4:3 one: layouts widened, fonts named, a band on top."""
    from pptx import Presentation
    from pptx.util import Inches

    presentation = Presentation()
    wider = theme.SLIDE_INCHES[0] / (presentation.slide_width / Inches(1))
    presentation.slide_width, presentation.slide_height = map(Inches, theme.SLIDE_INCHES)
    pages = (presentation.slide_master, *presentation.slide_layouts)
    places = [(shape, *_place(shape)) for page in pages for shape in page.placeholders]
    for shape, left, top, width, height in places:  # all were read first: what a layout leaves open, its master says
        shape.left, shape.top, shape.width, shape.height = round(left * wider), top, round(width * wider), height
    _name_fonts(presentation)
    _draw_band(presentation)
    return presentation


def _place(shape) -> tuple[int, int, int, int]:
    return shape.left, shape.top, shape.width, shape.height


def _name_fonts(presentation) -> None:
    """Name the fonts for Khmer in the theme: the old ones it names are hard to read on a screen."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = part.blob.decode("utf-8")
    for old, new in (("MoolBoran", theme.OFFICE_KHMER), ("DaunPenh", theme.OFFICE_KHMER_ELSE)):
        text = text.replace(f'script="Khmr" typeface="{old}"', f'script="Khmr" typeface="{new}"')
    part._blob = text.encode("utf-8")


def _draw_band(presentation) -> None:
    """Draw the coloured band at the upper edge, behind everything, on the master."""
    from lxml import etree
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    tree = presentation.slide_master.shapes._spTree
    band = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="Band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{presentation.slide_width}" '
        f'cy="{round(BAND * 12700)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{theme.DARK[1:].upper()}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    first = next(child for child in tree if etree.QName(child).localname == "sp")
    first.addprevious(band)


def _donors(template: Path):
    """Open a donor's presentation without its slides: its master, layouts and size stay."""
    from pptx import Presentation
    from pptx.exc import PackageNotFoundError

    advice = "Name a PowerPoint file (.pptx) with the donor's slide master."
    if not template.is_file():
        raise CannotReadError(f"{template.name}: there is no such file. {advice}")
    try:
        presentation = Presentation(str(template))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, AttributeError) as error:
        raise CannotReadError(f"{template.name}: this is no PowerPoint file that can be read. {advice}") from error
    _forget_slides(presentation)
    if not len(presentation.slide_layouts):
        raise CannotReadError(f"{template.name}: it has no slide layout. {advice}")
    return presentation


def _forget_slides(presentation) -> None:
    """Take the slides out, and what else names them: a section that names a slide that is gone breaks the file."""
    for slide in list(presentation.slides._sldIdLst):
        presentation.part.drop_rel(slide.rId)
        presentation.slides._sldIdLst.remove(slide)
    for gone in presentation.element.xpath("//*[local-name()='sectionLst' or local-name()='custShowLst']"):
        gone.getparent().remove(gone)


def _forget_thumbnail(presentation) -> None:
    """Take out the small picture of the first slide: it shows another deck's."""
    package = presentation.part.package
    for name, relation in list(package._rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            package.drop_rel(name)


def _kinds(layout) -> set[str]:
    return {shape.placeholder_format.type.name for shape in layout.placeholders if shape.placeholder_format.type}


def _layout(presentation, wanted: tuple[str, ...]):
    """Choose the layout with the wanted placeholders and the fewest others."""
    extra = {"DATE", "FOOTER", "SLIDE_NUMBER"}
    fitting = [layout for layout in presentation.slide_layouts if set(wanted) <= _kinds(layout)]
    if not fitting:
        return _layout(presentation, ("TITLE",)) if "TITLE" not in wanted else presentation.slide_layouts[0]
    return min(fitting, key=lambda layout: len(_kinds(layout) - extra))


def _title_box(layout, width: float, height: float) -> Box | None:
    """Take the title's place from a donor's layout if it leaves the body room below it."""
    for shape in layout.placeholders:
        if shape.placeholder_format.type.name in ("TITLE", "CENTER_TITLE"):
            box = Box(*(side / 12700 for side in _place(shape)))
            if box.width >= width / 2 and TITLE_ROOM["en"] <= box.height and box.bottom <= height / 3:
                return box
    return None


def _footers(layout, height: float) -> float:
    """Say where the body must end to leave a donor's footers free."""
    tops = [
        shape.top / 12700
        for shape in layout.placeholders
        if shape.placeholder_format.type.name in ("DATE", "FOOTER", "SLIDE_NUMBER")
    ]
    below = [top for top in tops if top > height * 0.75]
    return min(below, default=height - GAP)
