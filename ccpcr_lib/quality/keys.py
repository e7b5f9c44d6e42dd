"""Keys → which counts belong to what a key stands for, and which may count the same people."""

from functools import lru_cache
from itertools import chain

from ..model import period as calendar
from ..model.measure import DIVIDING
from ..model.records import FrozenKey
from ..model.table import Key


def covers(asked: Key, key: Key) -> bool:
    """Check whether a count with `key` belongs to what `asked` stands for; months lie in their quarter.

    >>> covers({"sex": "F", "period": "2010-Q2"}, {"sex": "F", "case_type": "DV", "period": "2010-05"})
    True
    """
    is_inside = calendar.contains(asked["period"], key["period"])
    return is_inside and all(key.get(name) == code for name, code in asked.items() if name != "period")


def people_of(key: Key) -> FrozenKey:
    """Give the part of a key that divides people: nobody stands under two of them.

    >>> sorted(people_of({"sex": "F", "case_type": "DV", "category": "english", "period": "2010-Q2"}))
    [('case_type', 'DV'), ('sex', 'F')]
    """
    return frozenset(pair for pair in key.items() if pair[0] in DIVIDING)


@lru_cache(maxsize=1024)
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
