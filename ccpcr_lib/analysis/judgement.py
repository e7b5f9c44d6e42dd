"""What was reached and what was planned → the state of an indicator; what is not known is not judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..model.plan import Indicator

State = Literal["ahead", "on_plan", "behind", "over_achieved", "above", "below", "no_target", "incomplete", "open"]
"""How the year stands. ``above`` and ``below`` say how far without saying good or bad: the indicator has no direction.
``incomplete``: something was not reported, or the plan does not say what is due. ``open``: all was reported, and the
counts say no more than bounds, which give different states.
"""

MORE_OR_FEWER: Mapping[str, tuple[State, State]] = {
    "up": ("ahead", "behind"),
    "down": ("behind", "ahead"),
    "neutral": ("above", "below"),
}
"""What more, and what fewer, than is due mean by an indicator's direction."""

ON_PLAN = 0.1
"""Within a tenth of what is due is on plan."""


@dataclass(frozen=True)
class Reached:
    """What has been reached: at least `least`, at most `most`; None: not known. Of a percent these are shares, 0-1.

    `is_reported`: nothing of it was left blank.
    """

    least: float = 0
    most: float | None = None
    is_reported: bool = False

    @property
    def exact(self) -> float | None:
        """What has been reached, where that is known."""
        return self.least if self.least == self.most else None

    @property
    def is_bound(self) -> bool:
        """Whether all was reported, and the counts say no more than bounds."""
        return self.is_reported and self.most is not None and self.exact is None


@dataclass(frozen=True)
class Planned:
    """What the plan sets for an indicator: the year's target, the part due by the quarter's end, the quarter's own."""

    target: float | None = None
    due: float | None = None
    in_quarter: float | None = None


def judge(indicator: Indicator, reached: Reached, planned: Planned) -> State:
    """Give the state. Without every quarter's figure, or without knowing what is due, nothing is judged.

    Where only bounds are known, a state is given if the least and the most that may have been reached both give it.

    >>> fewer = Indicator("drop_outs", "Drop-outs", "Drop-outs", direction="down")
    >>> judge(fewer, Reached(4, 4, True), Planned(20, 10)), judge(fewer, Reached(4), Planned(20, 10))
    ('ahead', 'incomplete')
    >>> judge(fewer, Reached(4, 8, True), Planned(20, 10)), judge(fewer, Reached(4, 18, True), Planned(20, 10))
    ('ahead', 'open')
    """
    if planned.target is None and planned.due is None:
        return "no_target"
    if planned.due is None or not reached.is_reported or reached.most is None:
        return "incomplete"
    states = {_judge(indicator, figure, planned.due, planned.target) for figure in (reached.least, reached.most)}
    return states.pop() if len(states) == 1 else "open"


def _judge(indicator: Indicator, figure: float, due: float, target: float | None) -> State:
    if indicator.direction == "up" and target is not None and figure > target:
        return "over_achieved"
    if abs(figure - due) <= ON_PLAN * due:
        return "on_plan"
    more, fewer = MORE_OR_FEWER[indicator.direction]
    return more if figure > due else fewer
