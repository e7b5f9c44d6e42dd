"""What a file of a report shows, taken apart: figures by name, texts, pictures; and how two of them differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...words import say
from .compare import changed_lines, differences
from .pictures import are_alike

WHOLE = ""
"""What a picture is called that is a file by itself."""


@dataclass(frozen=True)
class Shown:
    """What is shown: `figures` by name, `lines` of text in their order, `pictures` (PNG, JPEG) by name.

    `rest` is all that is left, to be compared as a whole: how it is laid out, and what nobody sees.
    """

    figures: Mapping[str, str] = field(default_factory=dict)
    lines: Sequence[str] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    rest: object = None


@dataclass(frozen=True)
class Difference:
    """How a file differs from another: what `changed` of its figures and texts, which pictures are `drawn` otherwise.

    `is_laid_out_otherwise`: beyond that, or without that, how it is written and laid out. `unknown` says in lines what
    cannot be compared.
    """

    changed: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    is_laid_out_otherwise: bool = False
    unknown: tuple[str, ...] = ()


def difference(before: Shown, now: Shown) -> Difference:
    """Hold what a file showed against what it should show."""
    return Difference(
        (*differences(before.figures, now.figures), *changed_lines(before.lines, now.lines)),
        tuple(_drawn_otherwise(before.pictures, now.pictures)),
        before.rest != now.rest,
    )


def _drawn_otherwise(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterable[str]:
    for name in dict.fromkeys((*before, *now)):
        if name not in before or name not in now or not are_alike(before[name], now[name]):
            yield name


def within(place: str, found: Difference) -> Difference:
    """Say of a difference in which part of a file it is: ``Slide 7``."""
    changed = (say("part_changed", part=place, change=change) for change in found.changed)
    drawn = (say("part_drawn", part=place, picture=name) for name in found.drawn)
    return Difference(tuple(changed), tuple(drawn), found.is_laid_out_otherwise)


def joined(differences: Iterable[Difference]) -> Difference:
    """Put the differences of several parts together."""
    every = list(differences)
    return Difference(
        tuple(change for found in every for change in found.changed),
        tuple(name for found in every for name in found.drawn),
        any(found.is_laid_out_otherwise for found in every),
    )
