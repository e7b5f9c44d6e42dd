"""The records of an old Excel workbook (.xls) that say how text looks → fonts, and the strings with looks of their own.

The shared strings are one long record that goes on in others; where a string's characters are cut, the rest begins
with a byte that says how wide they are from there (MS-XLS, 2.5.293).
"""

import struct
from collections.abc import Iterator, Mapping, Sequence

from .marks import Piece
from .styles import Look

Record = tuple[int, bytes]
Runs = Sequence[tuple[int, int]]
"""Where in a text each run begins, and its font; what stands before the first looks as its cell does."""

FONT, STRINGS, CONTINUED = 0x0031, 0x00FC, 0x003C
_STRUCK = 0x0008


def fonts_of(book: Sequence[Record]) -> list[Look]:
    """List how each font looks; Excel counts past the number 4, so it stands twice."""
    looks = [
        Look(bool(struct.unpack_from("<H", body, 2)[0] & _STRUCK), struct.unpack_from("<H", body, 8)[0] in (1, 2))
        for kind, body in book
        if kind == FONT
    ]
    return looks[:4] + looks[3:4] + looks[4:]


def pieces_of(text: str, runs: Runs, fonts: Sequence[Look], look: Look) -> list[Piece]:
    """Cut a text into its pieces, each with its look; `look` is that of the cell."""
    ends = [start for start, _ in runs] + [len(text)]
    pieces = [(text[: ends[0]], look)]
    pieces += [(text[start:end], fonts[font]) for (start, font), end in zip(runs, ends[1:], strict=True)]
    return [piece for piece in pieces if piece[0]]


def rich_strings(book: Sequence[Record], fonts: Sequence[Look]) -> Mapping[int, tuple[str, Runs]]:
    """Give the shared strings that have runs, by number; none where no font is struck out or raised.

    Raise struct.error or IndexError for strings that do not hold together.
    """
    start = next((place for place, (kind, _) in enumerate(book) if kind == STRINGS), None)
    if start is None or not any(map(any, fonts)):
        return {}
    end = start + 1
    while end < len(book) and book[end][0] == CONTINUED:
        end += 1
    return {
        number: string
        for number, string in enumerate(_strings(_Cut([body for _, body in book[start:end]])))
        if string[1]
    }


def _strings(cut: "_Cut") -> Iterator[tuple[str, Runs]]:
    _, count = struct.unpack("<II", cut.take(8))
    for _ in range(count):
        length, flags = struct.unpack("<HB", cut.take(3))
        runs = struct.unpack("<H", cut.take(2))[0] if flags & 8 else 0
        more = struct.unpack("<I", cut.take(4))[0] if flags & 4 else 0
        text = cut.text(length, is_wide=bool(flags & 1))
        numbers = struct.unpack(f"<{runs * 2}H", cut.take(runs * 4))
        cut.take(more)
        yield text, list(zip(numbers[::2], numbers[1::2], strict=True))


class _Cut:
    """Reads on over the records that one long record is cut into."""

    def __init__(self, bodies: list[bytes]) -> None:
        self.bodies, self.number, self.place = bodies, 0, 0

    def take(self, length: int) -> bytes:
        """Give so many bytes, from the next records too."""
        taken = b""
        while len(taken) < length:
            self._go_on()
            part = self.bodies[self.number][self.place : self.place + length - len(taken)]
            self.place += len(part)
            taken += part
        return taken

    def text(self, length: int, *, is_wide: bool) -> str:
        """Give so many characters; a record that goes on in the midst of them says anew how wide they are."""
        text = ""
        while len(text) < length:
            if self._go_on():
                is_wide = bool(self.take(1)[0] & 1)
            size, body = 1 + is_wide, self.bodies[self.number]
            part = body[self.place : self.place + (length - len(text)) * size]
            self.place += len(part)
            text += part.decode("utf-16-le" if is_wide else "latin-1", "surrogatepass")
        return text

    def _go_on(self) -> bool:
        """Go to the next record where this one is used up; raise IndexError after the last."""
        is_at_end = self.place >= len(self.bodies[self.number])
        while self.place >= len(self.bodies[self.number]):
            self.number, self.place = self.number + 1, 0
        return is_at_end
