"""The tokens of a formula in an old workbook (.xls) → whether it can show an empty text (MS-XLS, Rgce)."""

import struct
from collections.abc import Iterator

_SIZES = {0x01: 4, 0x02: 4, 0x18: 4, 0x19: 3, 0x1C: 1, 0x1D: 1, 0x1E: 2, 0x1F: 8, 0x20: 7, 0x21: 2, 0x22: 3, 0x23: 4}
_SIZES |= {0x24: 4, 0x25: 8, 0x26: 6, 0x27: 6, 0x28: 6, 0x29: 2, 0x2A: 4, 0x2B: 8, 0x2C: 4, 0x2D: 8, 0x39: 6, 0x3A: 6}
_SIZES |= {0x3B: 10, 0x3C: 6, 0x3D: 10} | dict.fromkeys([*range(0x03, 0x17)], 0)
"""How many bytes follow each token, but for texts."""
_JOIN, _TEXT, _ATTRIBUTE, _FUNCTION, _FUNCTION_OF_MANY = 0x08, 0x17, 0x19, 0x21, 0x22
_FUNCTIONS = (_FUNCTION, _FUNCTION_OF_MANY)
_TEXT_FUNCTIONS = frozenset({30, 31, 48, 111, 112, 113, 114, 115, 116, 118, 119, 120, 130, 162, 336})
"""Those that `stored.may_show_nothing` names, by number."""


def is_volatile(tokens: bytes) -> bool:
    """Check whether a formula says of itself that it is calculated each time: such a one starts by saying so.

    >>> is_volatile(bytes.fromhex("1901000041dd00"))
    True
    """
    return tokens[:1] == bytes([_ATTRIBUTE]) and bool(tokens[1:2]) and bool(tokens[1] & 1)


def tokens_may_show_nothing(tokens: bytes) -> bool:
    """Check whether a formula joins texts, shortens one, or has an empty one; what cannot be read has none.

    >>> tokens_may_show_nothing(bytes.fromhex("170000")), tokens_may_show_nothing(bytes.fromhex("25000017000000c000c0"))
    (True, False)
    """
    for token, content in _split(tokens):
        number = struct.unpack_from("<H", content, token == _FUNCTION_OF_MANY)[0] if token in _FUNCTIONS else None
        if token == _JOIN or (token == _TEXT and content[:1] == b"\0") or number in _TEXT_FUNCTIONS:
            return True
    return False


def _split(tokens: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the tokens, of one class, each with what follows it; end at one nobody knows."""
    start = 0
    while start < len(tokens):
        token = tokens[start] if tokens[start] < 0x20 else tokens[start] & 0x1F | 0x20
        size = _size(token, tokens[start + 1 : start + 4])
        if size is None or start + 1 + size > len(tokens):
            return
        yield token, tokens[start + 1 : start + 1 + size]
        start += 1 + size


def _size(token: int, ahead: bytes) -> int | None:
    if token == _TEXT and len(ahead) > 1:
        return 2 + ahead[0] * (2 if ahead[1] & 1 else 1)
    if token == _ATTRIBUTE and len(ahead) > 2 and ahead[0] & 4:
        return 3 + 2 * (int.from_bytes(ahead[1:3], "little") + 1)
    return _SIZES.get(token) if token != _TEXT else None
