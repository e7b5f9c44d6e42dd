"""The bytes of a CSV file, in whatever encoding Excel left them → its text, or CannotReadError in one line.

Excel writes “CSV UTF-8” with a byte order mark, plain “CSV” in the encoding of Windows (cp1252), and “Unicode Text” as
UTF-16; a text editor may leave the mark out. What was damaged on the way is refused, never guessed.
"""

import re
from pathlib import Path

from ..words import say
from .errors import CannotReadError

LIMIT = 4_000_000
"""The bytes of a list at most; the longest of ours has a thousandth of it."""

WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""How a workbook or an archive begins that only has the name of a CSV file."""

_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\x00\x00": "utf-32-le",
    b"\x00\x00\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
"""Byte order marks; of two that begin alike the longer one stands first."""

_ZEROS = {"0111": "utf-32-le", "1110": "utf-32-be", "0101": "utf-16-le", "1010": "utf-16-be"}
"""Which of the first four bytes are zero (1), where a file begins with a plain letter and has no mark."""

_OF_UTF_8 = re.compile(
    rb"[\xc2\xc3][\x80-\xbf]|\xe1[\x9e\x9f][\x80-\xbf]|\xe2\x80[\x80-\xbf]|\xe0[\xb8-\xbb][\x80-\xbf]"
)
"""Letters of UTF-8 that no text in cp1252 has beside each other: accents, Khmer, quotation marks, Thai."""

_PLAIN_RUN = re.compile(rb"[\t\r\n -~]{24}")
"""So many plain bytes in a row stand in no text of UTF-16: something else was written behind it."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LOST = re.compile("[\ufffd\ud800-\udfff]")


def text_of(path: Path) -> str:
    """Read a whole file as text.

    Raise CannotReadError where it is not there, not to be opened, no text at all, or damaged, with the line where that
    is known.
    """
    return decoded(_bytes_of(path), path.name)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise CannotReadError(say("list_is_folder"), file=path.name)
        size = path.stat().st_size
        if size > LIMIT:
            raise CannotReadError(
                say("list_too_large", size=size // 1_000_000, limit=LIMIT // 1_000_000), file=path.name
            )
        if path.is_file():
            return path.read_bytes()
    except FileNotFoundError as error:
        raise CannotReadError(say("file_missing"), file=path.name) from error
    except OSError as error:
        raise CannotReadError(say("file_not_opened"), file=path.name) from error
    raise CannotReadError(say("file_not_opened"), file=path.name)


def decoded(data: bytes, file: str) -> str:
    """Give the text of a file's bytes, without its byte order mark; raise CannotReadError for what is no whole text.

    >>> decoded("code;label\\r\\nF;Élève\\r\\n".encode("cp1252"), "sexes.csv")
    'code;label\\r\\nF;Élève\\r\\n'
    """
    if data.startswith(WORKBOOKS):
        raise CannotReadError(say("list_is_workbook"), file=file)
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    zeros = "".join("01"[byte == 0] for byte in data[:4])
    encoding = _MARKS.get(mark) or _ZEROS.get(zeros, "")
    body = data[len(mark) :]
    if not encoding:
        body = body.rstrip(b"\x1a")  # old programs of Windows end a file with this sign
        _refuse_control(body.decode("latin-1"), file)
    text = _decoded_as(encoding, body, file) if encoding else _without_mark(body, file)
    _refuse_control(text, file)
    return text.replace("\ufeff", "")  # files put behind each other have one in the middle


def _refuse_control(text: str, file: str) -> None:
    control = _CONTROL.search(text)
    if control:
        raise CannotReadError(say("list_control", line=_line_at(text, control.start())), file=file)


def _decoded_as(encoding: str, data: bytes, file: str) -> str:
    other = _PLAIN_RUN.search(data) if encoding.startswith("utf-16") else None
    if other:
        raise _broken("list_mixed", data[: other.start() // 2 * 2].decode(encoding, "replace"), file)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = "list_cut" if error.end == len(data) else "list_mixed"
        raise _broken(name, data[: error.start].decode(encoding, "replace"), file) from error


def _broken(name: str, before: str, file: str) -> CannotReadError:
    """Say that a text is broken behind what stands `before`."""
    return CannotReadError(say(name, line=_line_at(before, len(before))), file=file)


def _without_mark(data: bytes, file: str) -> str:
    """Read what does not say its encoding: as UTF-8, or as cp1252 where nothing in it looks like UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _OF_UTF_8.search(data):
            return _decoded_as("utf-8", data, file)
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            raise _broken("list_encoding", data[: error.start].decode("latin-1"), file) from error


def is_garbled(text: str) -> bool:
    """Check whether letters were taken for others before: ``Ã©`` for ``é``, ``áž€`` for ``ក``, or �.

    >>> is_garbled("rÃ©fÃ©rÃ©s"), is_garbled("référés"), is_garbled("ក")
    (True, False, False)
    """
    return bool(_LOST.search(text) or _OF_UTF_8.search(text.encode("cp1252", "replace")))


def _line_at(text: str, place: int) -> int:
    """Number the line of a text that a place is in, from 1, whichever way its lines end."""
    return len(re.findall(r"\r\n|\r|\n", text[:place])) + 1
