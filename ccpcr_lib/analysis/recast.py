"""What adds counts up → what adds them up in the same way, but says something else of each sum.

So whoever lays a table's figures out for a chart lays marks and bounds out too, in the same places.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ..model.table import Key
from ..quality.sums import Sum


class Adds(Protocol):
    """What answers for a table's figures: a cube, or what says something else of its sums."""

    def total(self, key: Key, *, table: str = "", by_client: bool = False) -> Sum:
        """Add up what `key` stands for."""

    def recorded(self, key: Key, *, table: str) -> Sum:
        """Add up the counts that are recorded just so."""


@dataclass(frozen=True)
class Recast:
    """What adds up as `adds` does, and refuses what it refuses, but gives what `tell` makes of a key and its sum."""

    adds: Adds
    tell: Callable[[Key, Sum], Sum]

    def total(self, key: Key, *, table: str = "", by_client: bool = False) -> Sum:
        """Give what is said of a total."""
        return self.tell(key, self.adds.total(key, table=table, by_client=by_client))

    def recorded(self, key: Key, *, table: str) -> Sum:
        """Give what is said of the sum of the counts that are recorded just so."""
        return self.tell(key, self.adds.recorded(key, table=table))
