"""Figures wrong though nobody mistyped them: texts that no formula adds, months and tables left from the last file."""

from collections import defaultdict
from collections.abc import Iterator

from .blocks import repeated_blocks
from .exchanges import by_doubt
from .following import followed
from .likelihood import A_FIGURE, OF_KIND
from .move import Move
from .state import State


def texts_not_added(state: State, table: str) -> Iterator[Move]:
    """Let formulas add what stands as a text; what they make of clients who count once is not known."""
    system = state.system
    totals: dict[int, float] = defaultdict(float)
    texts, erased = set[int](), set[int]()
    for number, figure in enumerate(system.figures):
        if not (figure.role == "count" and figure.fact.table == table and figure.source in system.facts.texts):
            continue
        for place in state.broken.intersection(system.touching[number]):
            kind, claim = system.constraints[place].kind, system.constraints[place].claim
            if claim is not None and system.is_calculated(claim) and kind in ("total", "total_once"):
                texts.add(number)
                if kind == "total":
                    totals[claim] += state.values[number]
                else:
                    erased.add(claim)
    for change in followed(state, totals) if texts else ():
        unknown = change.erased | erased
        reach = state.reach(change.steps, change.released, unknown)
        if reach and reach.least <= 1 <= reach.most:
            cost = A_FIGURE + OF_KIND["text"] + change.cost
            yield Move("text", tuple(sorted(texts)), change.steps, cost, reach.mended, erased=unknown)


def left_from_before(state: State, table: str) -> Iterator[Move]:
    """Take a month, or a table, that repeats the quarter before for unknown: nobody knows what it is to say."""
    for block in repeated_blocks(state.system, table):
        reach = state.reach({}, (), block.figures)
        if reach:
            figures = by_doubt(state, block.figures)
            yield Move("block", figures, {}, block.cost, reach.mended, erased=frozenset(figures))
