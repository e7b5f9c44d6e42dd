"""What was reached and what was planned → the state of an indicator; what is not known is not judged.

One rule holds for all, whatever their direction and wherever they stand: a tenth is no difference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..model.plan import Indicator
from .percents import exact

State = Literal["ahead", "on_plan", "behind", "over_achieved", "above", "below", "no_target", "incomplete", "open"]
"""How the year stands. ``on_plan``: within a tenth of what is due. ``over_achieved``: more than a tenth above the
target of the whole year, where more is better; otherwise more or fewer than is due are ``ahead`` or ``behind``.
``above`` and ``below`` say so without saying good or bad: the indicator has no direction.
``incomplete``: something was not reported, or the plan does not say what is due. ``open``: all was reported, and the
counts say no more than bounds, which give different states.
"""

MORE_OR_FEWER: Mapping[str, tuple[State, State]] = {
    "up": ("ahead", "behind"),
    "down": ("behind", "ahead"),
    "neutral": ("above", "below"),
}
"""What more, and what fewer, than is due mean by an indicator's direction."""

NO_WORSE = frozenset({"on_plan", "ahead", "over_achieved"})
"""The states that are no worse than planned."""

TENTH = 10
"""A figure that is off what is planned by no more than its tenth part is as planned."""


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

    Where only bounds are known, a state is given if the least and the most that may have been reached both give it;
    where both are no worse than planned, it is that of the worse of them, which is certain.

    >>> more = Indicator("referred", "Referred", "Referred", direction="up")
    >>> [judge(more, Reached(n, n, True), Planned(60, 60)) for n in (53, 54, 66, 67)]
    ['behind', 'on_plan', 'on_plan', 'over_achieved']
    >>> fewer = Indicator("drop_outs", "Drop-outs", "Drop-outs", direction="down")
    >>> judge(fewer, Reached(4, 4, True), Planned(20, 10)), judge(fewer, Reached(4), Planned(20, 10))
    ('ahead', 'incomplete')
    >>> judge(fewer, Reached(4, 8, True), Planned(20, 10)), judge(fewer, Reached(4, 18, True), Planned(20, 10))
    ('ahead', 'open')
    >>> judge(more, Reached(13, 43, True), Planned(12, 12)), judge(more, Reached(9, 43, True), Planned(12, 12))
    ('on_plan', 'open')
    """
    if planned.target is None and planned.due is None:
        return "no_target"
    if planned.due is None or not reached.is_reported or reached.most is None:
        return "incomplete"
    least, most = (_judge(indicator, figure, planned.due, planned.target) for figure in (reached.least, reached.most))
    worse = {"up": least, "down": most}.get(indicator.direction)
    return least if least == most else worse if worse and {least, most} <= NO_WORSE else "open"


def _judge(indicator: Indicator, figure: float, due: float, target: float | None) -> State:
    if _is_near(figure, due):
        return "on_plan"
    more, fewer = MORE_OR_FEWER[indicator.direction]
    if figure < due:
        return fewer
    is_over = target is not None and figure > target and not _is_near(figure, target)
    return "over_achieved" if is_over and indicator.direction == "up" else more


def _is_near(figure: float, planned: float) -> bool:
    """Check whether a figure is within a tenth of what is planned; of nothing only nothing is."""
    return TENTH * abs(exact(figure) - exact(planned)) <= exact(planned)
