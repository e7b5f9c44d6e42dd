"""The clients in care: everybody who was in the shelter at any time of a period.

It is the stock of the period's first month and all newly referred in its later months, so it is worked out anew for
each period and never added. A month's is its stock alone: the newly referred are counted among them.
"""

from collections.abc import Mapping, Sequence

from ..model import period as calendar
from ..model.measure import NEW, STOCK
from .cube import NoAnswerError
from .facts import Facts
from .sums import Sum


def in_care(quarters: Mapping[str, Facts], periods: Sequence[str]) -> Sum | None:
    """Work out who was in care in some periods that follow each other; None where a workbook or a figure is not there.

    Where a blank leaves it open, there were at least as many as in any of its later parts.
    `periods` are months or quarters in their order, `quarters` the facts of each quarter by its name.
    """
    months = [month for period in periods for month in calendar.months_of(period)]
    from_each = [_from(quarters, months[place:]) for place in range(len(months))]
    whole = from_each[0]
    if whole is None or whole.exact is not None:
        return whole
    return whole.no_fewer(later for later in from_each if later)


def _from(quarters: Mapping[str, Facts], months: Sequence[str]) -> Sum | None:
    """Add the stock of the first month and the newly referred of the others; None where one of them is not there."""
    total = Sum()
    for measure, month in parts_in_care(months):
        facts = quarters.get(calendar.quarter_of(month))
        if facts is None:
            return None
        try:
            total += facts.cube(measure, "clients").total({"period": month})
        except NoAnswerError:
            return None
    return total


def least_in_care(quarters: Mapping[str, Facts], periods: Sequence[str]) -> int:
    """Count who was in care at least, whatever is missing: who was there in some month, and all known to come later."""
    months = [month for period in periods for month in calendar.months_of(period)]
    there = [_known(quarters, STOCK, month) for month in months]
    came = [_known(quarters, NEW, month) for month in months]
    return max((stock + sum(came[place + 1 :]) for place, stock in enumerate(there)), default=0)


def _known(quarters: Mapping[str, Facts], measure: str, month: str) -> int:
    facts = quarters.get(calendar.quarter_of(month))
    try:
        return facts.cube(measure, "clients").total({"period": month}).least if facts else 0
    except NoAnswerError:
        return 0


def parts_in_care(periods: Sequence[str]) -> list[tuple[str, str]]:
    """List what the clients in care of some periods are made of: a measure, and the month it is taken in.

    >>> parts_in_care(["2010-Q2"])
    [('in_shelter', '2010-04'), ('referred', '2010-05'), ('referred', '2010-06')]
    """
    months = [month for period in periods for month in calendar.months_of(period)]
    return [(NEW if place else STOCK, month) for place, month in enumerate(months)]


def parts_of_least_in_care(periods: Sequence[str]) -> list[tuple[str, str]]:
    """List what `least_in_care` weighs: who was there in each month, and who came in each after the first.

    >>> parts_of_least_in_care(["2010-Q2"])[2:]
    [('in_shelter', '2010-06'), ('referred', '2010-05'), ('referred', '2010-06')]
    """
    months = [month for period in periods for month in calendar.months_of(period)]
    return [*((STOCK, month) for month in months), *((NEW, month) for month in months[1:])]
