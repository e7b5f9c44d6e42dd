"""A donor's presentation → one to write a deck into: its master, layouts and size stay, and nothing else of it.

Who made it, who wrote remarks into it and what its own slides said would go out with every deck.
"""

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ...model.errors import CannotReadError
from ...words import say

if TYPE_CHECKING:
    from pptx.opc.package import XmlPart
    from pptx.presentation import Presentation

KEPT = frozenset({"slideMaster", "notesMaster", "theme", "presProps", "tableStyles", "font"})
"""What a presentation keeps of the parts it names; views, comments, tags and data of add-ins may name people."""
LEFT_OUT = frozenset({"tags", "customXml", "comments"})
"""What a master or a layout must not keep."""
SMALLEST_INCHES = (7.0, 5.0)
"""The smallest slide on which letters that can be read from a distance leave room for a table."""
_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, SyntaxError, AttributeError, RuntimeError)


def open_donors(template: Path) -> "Presentation":
    """Open a donor's presentation without its slides.

    Raise CannotReadError for a file that is no presentation, that lacks a part of itself, or whose slides are too
    small.
    """
    from pptx.exc import PackageNotFoundError

    if not template.is_file():
        raise CannotReadError(say("donor_missing", file=template.name))
    try:
        presentation = _read(template)
    except (PackageNotFoundError, *_BROKEN) as error:
        raise CannotReadError(say("donor_unreadable", file=template.name)) from error
    if not len(presentation.slide_layouts):
        raise CannotReadError(say("donor_no_layout", file=template.name))
    _refuse_small(presentation, template.name)
    return presentation


def _read(template: Path) -> "Presentation":
    """Open a presentation and touch all that a deck needs of it: the library reads a part only when it is asked for."""
    from pptx import Presentation
    from pptx.opc.constants import RELATIONSHIP_TYPE

    presentation = Presentation(str(template))
    for page in (presentation.slide_master, *presentation.slide_layouts):
        for shape in page.placeholders:
            str(shape.placeholder_format.type)
    presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    _forget_slides(presentation)
    return presentation


def _refuse_small(presentation: "Presentation", name: str) -> None:
    from pptx.util import Length

    sides = tuple(Length(side or 0).inches for side in (presentation.slide_width, presentation.slide_height))
    if any(side < least for side, least in zip(sides, SMALLEST_INCHES, strict=True)):
        size, least = (" x ".join(f"{side:g}" for side in pair) for pair in (sides, SMALLEST_INCHES))
        raise CannotReadError(say("donor_small", file=name, size=size, least=least))


def _forget_slides(presentation: "Presentation") -> None:
    """Take the slides out, and what else names them: a section that names a slide that is gone breaks the file."""
    for name in ("sectionLst", "custShowLst"):
        for gone in presentation.element.xpath(f"//*[local-name()='{name}']"):
            gone.getparent().remove(gone)
    _forget(presentation.part, lambda kind: kind in KEPT)
    for master in presentation.slide_masters:
        for page in (master, *master.slide_layouts):
            _forget(page.part, lambda kind: kind not in LEFT_OUT)


def _forget(part: "XmlPart", is_kept: Callable[[str], bool]) -> None:
    """Take the parts that a part names by relationships of other kinds out of it, and every place that names them."""
    for name, relation in list(part.rels.items()):
        if not is_kept(relation.reltype.rpartition("/")[2]):
            for gone in part._element.xpath(f"//*[@r:id='{name}']"):
                gone.getparent().remove(gone)
            part.rels.pop(name)


def forget_properties(presentation: "Presentation") -> None:
    """Take out what a file says of itself: its properties, its owner's own ones, the small picture of its first slide.

    The properties of the deck are written anew.
    """
    package = presentation.part.package
    for name, relation in list(package._rels.items()):
        if not relation.reltype.endswith("/officeDocument"):
            package.drop_rel(name)
