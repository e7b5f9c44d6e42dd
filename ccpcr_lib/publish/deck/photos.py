"""Photographs → pictures for slides: made smaller, turned upright, and nothing of the camera left in them.

What a camera writes into a picture (where, when, with what, a small copy of it) would give the shelter's address away:
only the pixels are kept.
"""

import io
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...model.errors import CannotReadError
from ...words import say
from .. import theme

if TYPE_CHECKING:
    from PIL import Image

LONGEST, QUALITY = 1600, 82
_NUMBER = re.compile(r"^\s*\d+[\s._-]*")


@dataclass(frozen=True)
class Photo:
    """A photograph for a slide: its caption, and its pixels as JPEG."""

    caption: str
    jpeg: bytes


def read_photo(path: Path) -> Photo:
    """Read one picture; the number in front of its name is put aside.

    Raise CannotReadError for a file that is no picture: it may be the one somebody wants to see.
    """
    from PIL import Image

    try:
        upright = _upright(path)
    except Image.DecompressionBombError as error:
        most = 2 * (Image.MAX_IMAGE_PIXELS or 0) // 1_000_000  # a limit there is: it was passed
        raise CannotReadError(say("photo_too_large", file=path.name, most=most)) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise CannotReadError(say("photo_unreadable", file=path.name)) from error
    bare, buffer = Image.frombytes("RGB", upright.size, upright.tobytes()), io.BytesIO()
    bare.save(buffer, "JPEG", quality=QUALITY)
    return Photo(_NUMBER.sub("", path.stem).strip() or path.stem, buffer.getvalue())


def _upright(path: Path) -> "Image.Image":
    """Open a picture, turn it upright and make it smaller; where it is transparent it becomes white, as paper is."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # large ones are read, too large ones refused
        with Image.open(path) as picture:
            upright = ImageOps.exif_transpose(picture)
            upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    upright.thumbnail((LONGEST, LONGEST))
    paper = Image.new("RGB", upright.size, theme.PAPER)
    paper.paste(upright, mask=upright if upright.mode == "RGBA" else None)
    return paper
