"""Pictures held against each other by what is to be seen: a PNG by its dots, a drawing by its words and numbers."""

import re
from io import BytesIO

HAIR = 8
"""Of 255 levels: so much may a dot differ from one computer to the next, and nobody sees it."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
NEAR = 0.01
"""So much may a place in a drawing differ, in points."""
WORDS = re.compile(r"<!--\s*(.*?)\s*-->|<(?:title|desc|text|tspan)[^>]*>([^<]*)<", re.DOTALL)
"""What a drawing says: the words drawn, which stand in it as remarks, and texts."""
ORIGIN = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
"""By which version of matplotlib a drawing was made."""
MADE_BY = re.compile(r"Matplotlib v([0-9.]+[0-9])")


def are_alike(before: bytes, now: bytes) -> bool:
    """Check whether two pictures look the same; what is no picture looks like nothing but itself."""
    if before == now:
        return True
    from PIL import Image, ImageChops

    try:
        with Image.open(BytesIO(before)) as first, Image.open(BytesIO(now)) as second:
            if (first.size, getattr(first, "n_frames", 1)) != (second.size, getattr(second, "n_frames", 1)):
                return False
            apart = ImageChops.difference(first.convert("RGBA"), second.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return all(level <= HAIR for band in apart.split() for level, count in enumerate(band.histogram()) if count)


def beside_dots(picture: bytes) -> object:
    """Give all of a picture but its dots, which are compared by how they look: its size, and what else is there."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as opened:
        bare = re.sub(rb"....IDAT.*(?=....IEND)", b"", picture, flags=re.DOTALL)
        return opened.mode, opened.size, bare


def words_of(drawing: str) -> list[str]:
    """List what a drawing says.

    >>> words_of("<svg><!-- Grade 2 --><title>School</title></svg>")
    ['Grade 2', 'School']
    """
    return [" ".join((remark or text).split()) for remark, text in WORDS.findall(drawing) if (remark or text).strip()]


def are_drawn_alike(before: str, now: str) -> bool:
    """Check whether two drawings have the same shapes in the same places, by a hair.

    >>> are_drawn_alike("<path d='M 1.001 2'/>", "<path d='M 1.002 2'/>"), are_drawn_alike("<a x='1'/>", "<a x='2'/>")
    (True, False)
    """
    old, new = ORIGIN.sub("", before), ORIGIN.sub("", now)
    if NUMBER.split(old) != NUMBER.split(new):
        return False
    places = zip(NUMBER.findall(old), NUMBER.findall(new), strict=True)
    return all(was == is_now or abs(float(was) - float(is_now)) <= NEAR for was, is_now in places)
