"""Keys → which counts belong to what a key stands for, which may, and which may count the same people.

What a key does not say is not known: it may be any code. Months lie in their quarter.
"""

from functools import cache
from itertools import chain

from ..model import period as calendar
from ..model.measure import DIVIDING
from ..model.records import FrozenKey, codes_of
from ..model.table import Key


def covers(asked: Key, key: Key) -> bool:
    """Check whether a count with `key` belongs to what `asked` stands for; months lie in their quarter.

    >>> covers({"sex": "F", "period": "2010-Q2"}, {"sex": "F", "case_type": "DV", "period": "2010-05"})
    True
    """
    return may_cover(asked, key) and asked.keys() <= key.keys()


def may_cover(asked: Key, key: Key) -> bool:
    """Check whether a count belongs there or may: what its key does not say is not known.

    >>> may_cover({"sex": "F", "period": "2010-Q2"}, {"case_type": "SA", "period": "2010-05"})
    True
    """
    return calendar.contains(asked["period"], key["period"]) and may_say(codes_of(asked), key)


def may_say(codes: FrozenKey, key: Key) -> bool:
    """Check whether a count's key says these codes, or may: whatever its period is.

    >>> may_say(frozenset({("sex", "F")}), {"case_type": "SA"}), may_say(frozenset({("sex", "F")}), {"sex": "M"})
    (True, False)
    """
    return all(key.get(name, code) == code for name, code in codes)


def people_of(key: Key) -> FrozenKey:
    """Give the part of a key that divides people: nobody stands under two of them.

    >>> sorted(people_of({"sex": "F", "case_type": "DV", "category": "english", "period": "2010-Q2"}))
    [('case_type', 'DV'), ('sex', 'F')]
    """
    return frozenset(pair for pair in key.items() if pair[0] in DIVIDING)


@cache
def kinds_of(groups: tuple[FrozenKey, ...]) -> tuple[tuple[FrozenKey, ...], ...]:
    """Sort groups of people into kinds that share nobody: every key of one contradicts every key of the others.

    >>> girls, boys, abused = (frozenset({pair}) for pair in (("sex", "F"), ("sex", "M"), ("case_type", "SA")))
    >>> len(kinds_of((girls, boys))), len(kinds_of((girls, boys, abused)))
    (2, 1)
    """
    kinds: list[list[FrozenKey]] = []
    for group in groups:
        meeting = [kind for kind in kinds if not all(_contradict(group, other) for other in kind)]
        kinds = [kind for kind in kinds if kind not in meeting] + [[group, *chain.from_iterable(meeting)]]
    return tuple(map(tuple, kinds))


def _contradict(one: FrozenKey, other: FrozenKey) -> bool:
    said = dict(one)
    return any(said.get(name, code) != code for name, code in other)
