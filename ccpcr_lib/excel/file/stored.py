"""What is stored beside a formula → whether a program has calculated it.

A program that writes formulas without calculating them stores nothing, an empty result, or a placeholder. Where it is
not certain that a result was calculated, it was not.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .address import Place, place_of

_SHOWS_NOTHING = re.compile(
    r'(?:"|&quot;|&#34;){2}|&amp;|&(?!\w+;|#)'
    r"|\b(?:CHAR|CLEAN|CONCAT|CONCATENATE|LEFT|LOWER|MID|PROPER|REPLACE|REPT|RIGHT|SUBSTITUTE|T|TEXT|TEXTJOIN|TRIM"
    r"|UPPER)\(",
    re.IGNORECASE,
)
"""An empty text, a joining, or a function of texts: in a formula as it is typed, or as XML writes it."""
_WIDE_KINDS = ("array", "dataTable")


class StoredFormula(NamedTuple):
    """A formula as XML writes it: its cell's `kind` (attribute t), its text, and its `value`; None: there is no `<v>`.

    `form` is what it is beside a plain formula (``shared``, ``array``), `group` the number of a shared one, `area` the
    cells that one formula fills, as ``A1:B3``.
    """

    place: Place
    kind: str
    text: str
    value: str | None
    form: str = ""
    group: str = ""
    area: str = ""

    @property
    def fills_many(self) -> bool:
        """Whether it fills an area."""
        return self.form in _WIDE_KINDS and ":" in self.area

    @property
    def members(self) -> Iterator[Place]:
        """Give the cells that it fills beside its own."""
        if not self.fills_many:
            return
        (top, left), (bottom, right) = map(place_of, self.area.replace("$", "").upper().split(":"))
        for row in range(top, bottom + 1):
            yield from ((row, column) for column in range(left, right + 1))


def may_show_nothing(formula: str) -> bool:
    """Check whether a formula can show an empty text: a sum cannot, and an empty result of it was never calculated.

    >>> may_show_nothing('IF(A1=0,"",A1)'), may_show_nothing("A1&amp;B1"), may_show_nothing("IF(A1&lt;0,1,2)")
    (True, True, False)
    """
    return bool(_SHOWS_NOTHING.search(formula))


def formula_cells(formulas: Iterable[StoredFormula]) -> tuple[set[Place], set[Place]]:
    """Give the cells of a sheet that formulas fill, and those of them that no program has calculated.

    >>> _, missing = formula_cells([StoredFormula((0, 2), "", "A1:A2*2", None, "array", area="C1:C2")])
    >>> sorted(missing)
    [(0, 2), (1, 2)]
    """
    formulas = list(formulas)
    texts = {formula.group: formula.text for formula in formulas if formula.group and formula.text}
    filled: set[Place] = set()
    missing: set[Place] = set()
    for formula in formulas:
        own = {formula.place, *formula.members} if formula.form else {formula.place}
        filled |= own
        if not _is_calculated(formula, formula.text or texts.get(formula.group, "")):
            missing |= own
    return filled, missing


def _is_calculated(formula: StoredFormula, text: str) -> bool:
    """Check one formula; Excel stores an empty text as an empty `<v>` of a cell of text."""
    value = formula.value
    if value is None:
        return False
    is_blank = not value.strip() and (not value or "\n" in value or formula.kind != "str")
    return not is_blank or (formula.kind == "str" and may_show_nothing(text))
