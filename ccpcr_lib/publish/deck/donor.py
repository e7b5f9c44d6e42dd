"""A donor's presentation → one to write a deck into: its master, layouts and size stay, and nothing else of it.

Who made it, who wrote remarks into it and what its own slides said would go out with every deck.
"""

import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from ...model.errors import CannotReadError
from ...words import say
from .clearing import forget_slides

if TYPE_CHECKING:
    from pptx.presentation import Presentation

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
    forget_slides(presentation)
    return presentation


def _refuse_small(presentation: "Presentation", name: str) -> None:
    from pptx.util import Length

    sides = tuple(Length(side or 0).inches for side in (presentation.slide_width, presentation.slide_height))
    if any(side < least for side, least in zip(sides, SMALLEST_INCHES, strict=True)):
        size, least = (" x ".join(f"{side:g}" for side in pair) for pair in (sides, SMALLEST_INCHES))
        raise CannotReadError(say("donor_small", file=name, size=size, least=least))
