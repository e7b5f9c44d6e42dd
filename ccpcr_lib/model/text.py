"""Text as somebody typed it → the same text however it was typed: one normaliser for labels, figures and names.

Characters nobody can see are nothing, white space of every kind is one blank, digits of every keyboard are digits.
Khmer that looks the same in print is the same: the signs of a syllable in one order, a vowel in one piece.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ..words import meant

KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_FIRST_DIGITS = (0x17E0, 0x0660, 0x06F0, 0x0E50)
"""The digit nought in Khmer, Arabic, Persian and Thai."""
_FULL_WIDTH = {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)}
_PLAIN = {first + number: str(number) for first in _FIRST_DIGITS for number in range(10)} | _FULL_WIDTH

_UNSEEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef"
)
_INVISIBLE = re.compile(f"[{_UNSEEN}]+")
_UNHELD = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(0xFFFE + plane)}{chr(0xFFFF + plane)}" for plane in range(0, 0x110000, 0x10000))
    + "]+"
)
"""What no file of the suite can hold and nobody sees: control characters, halves of letters, what is no character."""
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1f]+")
_WHITE = re.compile(r"[\s\u2800\u3164]+")
_RAISED = r"\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089"
_RAISED_DIGITS = re.compile(f"[{_RAISED}]+")
_FOOTNOTE = re.compile(rf"(?<=\w)[\s*†‡§{_RAISED}]+$")
_NUMERAL = re.compile(r"([\u00bc-\u00be\u2150-\u215f\u2189\u2460-\u249b\u24ea-\u24ff\u2776-\u2793])")
_ROW_NUMBER = re.compile(r"^[(\[]?\d{1,3} ?[.)\]៖។] (?=[^\W\d])")
_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")

_SYLLABLE = re.compile(r"[\u1780-\u17b3\u25cc](?:\u17d2+[\u1780-\u17b3]|[\u17b6-\u17d1\u17d3\u17dd])+")
_SIGN = re.compile(r"\u17d2+[\u1780-\u17b3]|.")
_ORDER = (
    *("\u17cc", "\u17d2", "\u17c9\u17ca", "\u17be\u17bf\u17c0\u17c1\u17c2\u17c3\u17c4\u17c5", "\u17bb\u17bc\u17bd"),
    *("\u17b7\u17b8\u17b9\u17ba", "\u17b6", "\u17c6\u17cb\u17cd\u17ce\u17cf\u17d0\u17d1\u17d3\u17dd", "\u17c7\u17c8"),
)
"""The signs of a syllable: robat, consonants below, shifters; vowels in front, below, above, behind; signs, breath."""
_RANKS = {sign: rank for rank, signs in enumerate(_ORDER) for sign in signs}
_PIECES = (("\u17be", "\u17b6", "\u17c4\u17b8"), ("\u17c1", "\u17b6", "\u17c4"), ("\u17c1", "\u17b8", "\u17be"))
"""Two signs and what they are together, which looks the same."""
_ABOVE = frozenset("\u17b7\u17b8\u17b9\u17ba\u17be\u17bf\u17d0")
_FIRST_SERIES = frozenset("កខគឃចឆជឈដឋឌឍតថទធផពភឞសហអ")
_VOWELS = frozenset("".join(_ORDER[3:7]))
_OLD_LETTERS = str.maketrans(
    {"\u17a3": "អ", "\u17a4": "អា", "\u17a8": "ឧក", "\u17b4": "", "\u17b5": "", "\u17d8": "។ល។"}
)
"""Letters that are not written any more, as they are written now: two of them are vowels that nobody sees."""


def plain(text: str) -> str:
    """Write a figure as a keyboard would: nothing unseen, single blanks, digits 0-9; raised digits stay raised.

    >>> plain("\\ufeff\\u00a01\\u200d២ （Ｆ３）"), plain("7²")
    ('12 (F3)', '7²')
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", text).translate(_PLAIN)
    return _WHITE.sub(" ", text).strip()


def holdable(text: str) -> str:
    """Leave out of a text what XML cannot hold; what parts words there, such as a page break, becomes a blank.

    >>> holdable("Sew\\x07ing\\ud800"), holdable("Sewing\\x0bclass"), holdable("two\\nlines")
    ('Sewing', 'Sewing class', 'two\\nlines')
    """
    return _BREAKS.sub(" ", _UNHELD.sub("", text))


def name_of(path: Path) -> str:
    """Give a file's name as a text on one line, whatever its bytes are and whatever the computer takes them for.

    >>> name_of(Path("photos", "02 Compu\\x07ter class.jpg"))
    '02 Computer class.jpg'
    """
    return seen(holdable(meant(path.name)))


def seen(text: str) -> str:
    """Put a text on one line as a person sees it; a space without width, which parts Khmer words, is a blank.

    >>> seen(" Cooking\\n class\\ufeff ")
    'Cooking class'
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", text.replace("\u200b", " "))
    return _WHITE.sub(" ", text).strip()


def on_one_line(text: str) -> str:
    """Put what somebody wrote on one line, with everything that parts its words.

    >>> on_one_line(" It is\\n right. ")
    'It is right.'
    """
    return " ".join(text.split())


def tidy_label(text: str) -> str:
    """Give a name typed into a sheet its one spelling; this is the code of a new open-list member.

    A row's number in front and a footnote's mark behind are no part of it.

    >>> tidy_label("  Cooking   class\\ufeff "), tidy_label("3. Sewing²")
    ('Cooking class', 'Sewing')
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", look_alike(_INVISIBLE.sub("", text)))
    text = _WHITE.sub(" ", text).strip()
    return _FOOTNOTE.sub("", _ROW_NUMBER.sub("", text))


@cache
def fold(text: str) -> str:
    """Reduce a label to what makes it that label: letters and digits, lower case, no plural s, no spaces.

    Digits that do not stand together stay apart, by a ``~``: “Grade 1-2” is not “Grade 12”.

    >>> fold("HIV / AIDS  spreading"), fold("0 – 10 Years"), fold("ថ្នាក់ទី១")
    ('hivaidspreading', '0~10year', 'ថ្នាក់ទី1')
    """
    return glue(map(_singular, words_of(text)))


def words_of(text: str) -> list[str]:
    """Split a label into its words of letters and digits, in lower case.

    >>> words_of("DV - Domestic Violence")
    ['dv', 'domestic', 'violence']
    """
    return "".join(map(_kept, marked(text).replace("%", " percent "))).split()


def marked(text: str) -> str:
    """Normalise a label and keep its punctuation: letters in lower case, digits 0-9, Khmer as it looks.

    >>> marked("Ｑ２\\u200b – ២០១០")
    'q2 – 2010'
    """
    if text.isascii():
        return text.casefold()
    text = _NUMERAL.sub(r" \1 ", _RAISED_DIGITS.sub(" ", _INVISIBLE.sub("", text)))
    return unicodedata.normalize("NFKC", look_alike(text)).casefold().translate(_PLAIN)


def glue(words: Iterable[str]) -> str:
    """Write folded words as one, with a ``~`` where a digit would touch a digit.

    >>> glue(["grade", "1", "2"]), glue(["2010", "q2"])
    ('grade1~2', '2010q2')
    """
    return _BETWEEN_DIGITS.sub("~", " ".join(words)).replace(" ", "")


@cache
def _kept(character: str) -> str:
    """Keep letters, digits and marks; anything else is a space."""
    return character if unicodedata.category(character)[0] in "LNM" else " "


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


# --- Khmer -------------------------------------------------------------------------------------------------


def look_alike(text: str) -> str:
    """Write Khmer so that what looks the same in print is the same: order of signs, vowels in pieces, ្ដ as ្ត.

    After the encoding structure of Khmer: consonant, robat, consonants below with ្រ last, shifter, vowel, signs.

    >>> look_alike("ស្រ្តី") == look_alike("ស្ត្រី") == look_alike("ស្ដ្រី"), look_alike("កេី")
    (True, 'កើ')
    """
    return _SYLLABLE.sub(_in_order, text.translate(_OLD_LETTERS)) if max(text, default="") >= "\u1780" else text


def _in_order(syllable: re.Match[str]) -> str:
    """Write one syllable in order: its consonant, then its signs."""
    base, signs = syllable[0][0], [_below(sign) for sign in _SIGN.findall(syllable[0][1:])]
    for first, second, both in _PIECES:
        if first in signs and second in signs:
            signs = [*(sign for sign in signs if sign not in (first, second)), *both]
    if "\u17bb" in signs and _has_sign_above(signs):
        shifter = _shifter([base, *(sign[1] for sign in signs if sign[0] == "\u17d2")])
        signs = [shifter if sign == "\u17bb" else sign for sign in signs]
    return base + "".join(_once(sorted(signs, key=_rank)))


def _below(sign: str) -> str:
    """Write a consonant below once, ្ដ as ្ត; other signs as they are."""
    return "\u17d2" + ("ត" if sign[-1] == "ដ" else sign[-1]) if sign[0] == "\u17d2" else sign


def _rank(sign: str) -> tuple[int, str]:
    if sign[0] == "\u17d2":
        return _RANKS["\u17d2"], "2" if sign == "\u17d2រ" else "1"
    return _RANKS[sign], sign


def _has_sign_above(signs: list[str]) -> bool:
    """Check whether a sign stands above, which pushes a shifter down to where it looks like the vowel ុ."""
    is_shifted = "\u17c9" in signs or "\u17ca" in signs
    return not is_shifted and (not _ABOVE.isdisjoint(signs) or {"\u17b6", "\u17c6"} <= {*signs})


def _shifter(consonants: list[str]) -> str:
    """Choose the sign that looks like ុ here: ៊ under consonants of the first series, ៉ under others and under ប."""
    is_first = "ប" not in consonants and not _FIRST_SERIES.isdisjoint(consonants)
    return "\u17ca" if is_first else "\u17c9"


def _once(signs: list[str]) -> list[str]:
    """Leave out a sign typed twice over itself, unless it is a vowel, which would stand there twice."""
    is_again = (first == second and first[0] not in _VOWELS for first, second in zip(["", *signs], signs, strict=False))
    return [sign for sign, again in zip(signs, is_again, strict=True) if not again]
