"""Photographs → pictures for slides: made smaller, turned upright, and nothing of the camera left in them.

What a camera writes into a picture (where, when, with what, a small copy of it) would give the shelter's address away:
only the pixels are kept.
"""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...model.errors import CannotReadError
from ...model.text import name_of
from .. import theme
from ..photographs import open_picture
from ..release import Release

if TYPE_CHECKING:
    from PIL import Image

LONGEST, QUALITY = 1600, 82
_NUMBER = re.compile(r"^\s*\d+[\s._-]*")


@dataclass(frozen=True)
class Photo:
    """A photograph for a slide: its caption, and its pixels as JPEG."""

    caption: str
    jpeg: bytes


def photos_of(release: Release) -> Iterator[Photo]:
    """Read the photographs of a quarter that can be read; `photographs.left_out` names the others."""
    for path in release.photographs:
        with suppress(CannotReadError):
            yield read_photo(path)


def read_photo(path: Path) -> Photo:
    """Read one picture; the number in front of its name is put aside.

    Raise CannotReadError for a file that is no picture.
    """
    from PIL import Image

    with open_picture(path) as picture:
        upright = _upright(picture)
    bare, buffer = Image.frombytes("RGB", upright.size, upright.tobytes()), io.BytesIO()
    bare.save(buffer, "JPEG", quality=QUALITY)
    stem = Path(name_of(path)).stem
    return Photo(_NUMBER.sub("", stem).strip() or stem, buffer.getvalue())


def _upright(picture: "Image.Image") -> "Image.Image":
    """Turn a picture upright and make it smaller; where it is transparent it becomes white, as paper is."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(picture)
    upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    upright.thumbnail((LONGEST, LONGEST))
    paper = Image.new("RGB", upright.size, theme.PAPER)
    paper.paste(upright, mask=upright if upright.mode == "RGBA" else None)
    return paper
