"""What is seen: a choice, the quarters it is about, its figures, and the kinds of chart that suit them."""

from dataclasses import dataclass

from ...analysis.breakdown import Breakdown
from ...model.table import TableSpec
from ..release import Release
from .choice import Choice


@dataclass(frozen=True)
class View:
    """A choice with nothing left open, the quarters it is drawn from, the figures, the kinds of chart that suit."""

    choice: Choice
    releases: tuple[Release, ...]
    breakdown: Breakdown
    kinds: tuple[str, ...]

    @property
    def release(self) -> Release:
        """The last of the quarters, which stands for whatever is the same in all."""
        return self.releases[-1]

    @property
    def spec(self) -> TableSpec:
        """The table's declaration."""
        return self.release.table(self.choice.table).spec
