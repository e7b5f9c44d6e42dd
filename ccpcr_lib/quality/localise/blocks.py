"""Months and tables that repeat the quarter before, figure by figure: how likely it is that they were left from it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .figure import place_in_quarter
from .likelihood import A_FIGURE, OF_KIND, surprise
from .system import System

FEWEST_FIGURES = 2
"""Fewer figures above zero than these repeat each other by chance."""

MOST_GAINED = 6.0
"""What a repetition that chance would hardly give can take away."""


class Block(NamedTuple):
    """Counts that repeat those of the quarter before, by their numbers, and how unlikely it is that they were left."""

    figures: tuple[int, ...]
    cost: float


def repeated_blocks(system: System, table: str) -> Iterator[Block]:
    """List the months of a table, its column of the quarter before, and all of it, where they repeat the last file.

    A month repeats the one in its place, or the first month the last one of the file before. What lies
    in a larger block is not named again.
    """
    if system.past.before is None:
        return
    now = _by_period(system, table)
    then = _figures_before(system, table)
    inside = {period: block for period, block in now.items() if period != "before"}
    pairs = [({period: block}, period) for period, block in now.items()]
    known: list[Block] = []
    for blocks, other in ((now, ""), (inside, ""), *pairs, ({"0": now.get("0", {})}, "2")):
        figures = {
            number: (other or period, *rest) for period, block in blocks.items() for number, rest in block.items()
        }
        above = [number for number in figures if system.values[number]]
        is_within = any(figures.keys() <= set(larger.figures) for larger in known)
        if is_within or len(above) < FEWEST_FIGURES:
            continue
        if all(then.get(place) == system.values[number] for number, place in figures.items()):
            chance = sum(surprise(system.past.of_row(number), system.values[number]) for number in figures)
            known.append(Block(tuple(figures), A_FIGURE + OF_KIND["block"] - min(0.6 * chance, MOST_GAINED)))
    yield from known


def _by_period(system: System, table: str) -> dict[str, dict[int, tuple[object, ...]]]:
    """Sort a table's counts by their period in the quarter; each with the rest of what it stands for."""
    periods: dict[str, dict[int, tuple[object, ...]]] = defaultdict(dict)
    for number, figure in enumerate(system.figures):
        if figure.role == "count" and figure.fact.table == table:
            _, measure, unit, period, codes = place_in_quarter(figure.fact, system.facts.period)
            periods[period][number] = (measure, unit, codes)
    return periods


def _figures_before(system: System, table: str) -> Mapping[tuple[object, ...], int | None]:
    before = system.past.before
    if before is None:
        return {}
    places = ((place_in_quarter(count, before.period), count.value) for count in before.by_table.get(table, ()))
    return {(period, measure, unit, codes): value for (_, measure, unit, period, codes), value in places}
