"""Files in the folder of photographs → pictures, opened; and a line for each file that is none, before work begins."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..excel.reader import is_left_behind
from ..model.errors import CannotReadError
from ..model.text import name_of
from ..words import say

if TYPE_CHECKING:
    from PIL import Image

PHOTOGRAPHS = "photos"
"""The folder of photographs, beside the workbooks."""
GLANCE = (200, 200)
"""How small a picture may be made that is only looked at to see whether it can be read to its end."""


def photographs_of(workbook: Path, period: str) -> tuple[Path, ...]:
    """List the photographs of a quarter, in the order of their names, from the folder ``photos`` beside its workbook.

    None where there is no folder of them. What is no picture stands here too, a folder or a link that leads nowhere: it
    may be the one somebody wants to see.
    """
    folder = workbook.parent / PHOTOGRAPHS / period
    return tuple(path for path in sorted(folder.glob("*")) if not is_left_behind(path.name))


def left_out(paths: Iterable[Path]) -> list[str]:
    """Name the files that cannot be shown, a line each: why not, and that the report is made without it."""
    return [say("photo_left_out", reason=reason) for reason in map(_refusal, paths) if reason]


def _refusal(path: Path) -> str:
    """Say why a file is no picture; nothing where it is one, which is read to its end for that."""
    try:
        with open_picture(path) as picture:
            picture.draft("RGB", GLANCE)
            picture.load()
    except CannotReadError as reason:
        return str(reason)
    return ""


@contextmanager
def open_picture(path: Path) -> "Iterator[Image.Image]":
    """Open a picture; raise CannotReadError, within the block too, where it cannot be read or is too large."""
    from PIL import Image

    name = name_of(path)
    if not path.is_file():  # a folder, a link that leads nowhere, something that would never end
        raise CannotReadError(say("photo_unreadable", file=name))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # large ones are read, too large ones refused; what is odd is odd
            with Image.open(path) as picture:
                yield picture
    except Image.DecompressionBombError as error:
        most = 2 * (Image.MAX_IMAGE_PIXELS or 0) // 1_000_000  # a limit there is: it was passed
        raise CannotReadError(say("photo_too_large", file=name, most=most)) from error
    except Exception as error:  # Pillow raises whatever it stumbles over
        raise CannotReadError(say("photo_unreadable", file=name)) from error
