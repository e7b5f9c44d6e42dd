"""A table as Excel, or a person with an editor, leaves it in a CSV file: the encodings, the separators, the lines."""

import csv
import io
from collections.abc import Iterable, Sequence

ENCODINGS = {
    "UTF-8 with mark": (b"\xef\xbb\xbf", "utf-8"),
    "UTF-8": (b"", "utf-8"),
    "UTF-16 LE with mark": (b"\xff\xfe", "utf-16-le"),
    "UTF-16 LE": (b"", "utf-16-le"),
    "UTF-16 BE with mark": (b"\xfe\xff", "utf-16-be"),
    "UTF-16 BE": (b"", "utf-16-be"),
    "cp1252": (b"", "cp1252"),
}
SEPARATORS = {"commas": ",", "semicolons": ";", "tabs": "\t"}
ENDINGS = {"CRLF": "\r\n", "LF": "\n", "CR": "\r"}


def as_text(rows: Iterable[Sequence[str]], separator: str = ",", ending: str = "\r\n") -> str:
    """The text of a file: a cell with a separator, a quotation mark or a line break in quotation marks."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\x00")
    quoted = csv.writer(text, delimiter=separator, lineterminator="\x00", quoting=csv.QUOTE_ALL)
    for row in rows:
        has_break = any("\n" in cell or "\r" in cell for cell in row)
        (quoted if has_break else writer).writerow(row)
    return text.getvalue().replace("\x00", ending)


def as_bytes(text: str, encoding: str) -> bytes:
    """The bytes of a file in one of `ENCODINGS`."""
    mark, name = ENCODINGS[encoding]
    return mark + text.encode(name)


def in_one_column(text: str) -> str:
    """A file of commas that Excel opened where semicolons are usual, saved there: each line is one cell, quoted."""
    lines = text.splitlines()
    return "".join('"' + line.replace('"', '""') + '"\r\n' if '"' in line else f"{line}\r\n" for line in lines)
