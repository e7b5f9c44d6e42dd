"""How unlikely a mistake is, in nats: the negative logarithm of its probability. What costs least is told.

That figures are wrong at all weighs most, so the fewest changed figures explain best; the rest decides between
explanations of the same size.
"""

from collections.abc import Sequence
from math import lgamma, log
from types import MappingProxyType

A_FIGURE = 6.0
"""That a given figure was typed wrongly."""

AHEAD = 0.7
"""An explanation is likely where every other costs so much more."""

OF_KIND = MappingProxyType(
    {
        "count": 0.0,
        "total": 0.3,
        "note": 0.2,
        "share": -1.5,
        "plan": 0.0,
        "swap": 1.2,
        "side": 1.6,
        "lines": 1.8,
        "text": -2.0,
        "block": 3.5,
        "two_dimensions": 1.0,
        "among_formulas": -2.5,
        "formula": 3.0,
        "typed_follow": 0.4,
        "some_follow": 1.5,
    }
)
"""What is added for the kind of figure or mistake: a total that is typed where the others are calculated is suspect,
one that is calculated hardly ever wrong."""

SLIPS = MappingProxyType({"alike": 0.3, "near": 0.6, "two": 1.2, "other": 2.2})
"""What is added for how a figure was mistyped: digits exchanged, doubled or dropped; one off, 0, 6 for 9; two off."""

_TURNED = frozenset({("6", "9"), ("9", "6"), ("1", "7"), ("7", "1")})


def slip(printed: float, meant: float) -> float:
    """Give how unlikely it is that one figure is typed for another.

    >>> slip(21, 12), slip(5, 6), slip(4, 9)
    (0.3, 0.6, 2.2)
    """
    old, new = f"{printed:g}", f"{meant:g}"
    if _are_alike(old, new) or _are_alike(new, old):
        return SLIPS["alike"]
    if abs(printed - meant) == 1 or printed == 0 or _is_turned(old, new):
        return SLIPS["near"]
    return SLIPS["two"] if abs(printed - meant) == 2 else SLIPS["other"]


def _are_alike(one: str, other: str) -> bool:
    """Check whether the digits of one are those of the other, two of them exchanged, or one doubled or left out."""
    if len(one) == len(other):
        places = [place for place, (mine, yours) in enumerate(zip(one, other, strict=True)) if mine != yours]
        return len(places) == 2 and one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    is_less = len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )
    return shorter != "0" and (is_less or longer.rstrip("0") == shorter)


def _is_turned(one: str, other: str) -> bool:
    pairs = list(zip(one, other, strict=False))
    return len(one) == len(other) and all(mine == yours or (mine, yours) in _TURNED for mine, yours in pairs)


MOST_FROM_HISTORY, LEAST_FROM_HISTORY = 2.0, 0.3
"""What a row's history can add, and what it can take away: it decides between equals, and never against the sums."""

SHAPE, RATE = 0.5, 0.5
"""What is believed of a row's counts before any is seen: about one, and hardly how many."""


def against_history(others: Sequence[int], printed: float, meant: float) -> float:
    """Give how much less likely one figure is than another beside a row's other counts.

    Their rate is not known, so that a count is negative binomial.

    >>> against_history([0, 0], 0, 3), round(against_history([12, 6], 6, 9), 1)
    (2.0, 0.3)
    """
    if not others:
        return 0.0
    surprise = _log_chance(others, int(printed)) - _log_chance(others, int(meant))
    return max(-LEAST_FROM_HISTORY, min(MOST_FROM_HISTORY, surprise))


def surprise(others: Sequence[int], count: float) -> float:
    """Give how unlikely a count is beside its row's other counts, in nats.

    >>> round(surprise([0, 0], 0), 1), round(surprise([12, 6], 9), 1)
    (0.2, 2.3)
    """
    return -_log_chance(others, int(count))


def _log_chance(others: Sequence[int], count: int) -> float:
    shape, rate = SHAPE + sum(others), RATE + len(others)
    ways = lgamma(shape + count) - lgamma(shape) - lgamma(count + 1)
    return ways + shape * log(rate / (rate + 1)) - count * log(rate + 1)
