"""A `Move`: a change of figures that may undo a mistake."""

from collections.abc import Mapping
from typing import NamedTuple


class Move(NamedTuple):
    """A change that may undo a mistake: the figures it was made at, by how much all change, how unlikely it is.

    `kind` is ``figure``, ``swap``, ``side``, ``lines``, ``text`` or ``block``. `mended` are the broken constraints that
    hold then. `is_exact`: no other change of these figures would do. `erased` are figures that are not known then.
    """

    kind: str
    figures: tuple[int, ...]
    steps: Mapping[int, float]
    cost: float
    mended: frozenset[int]
    is_exact: bool = True
    erased: frozenset[int] = frozenset()

    @property
    def order(self) -> tuple[float, tuple[int, ...], str]:
        """Its place among others: the likeliest first."""
        return self.cost, self.figures, self.kind
