"""A body row's labels → the member of its table's list, and what they say beside it: a sex below or beside a case type.

The label itself names the member, or only divides it: ``Female`` beside ``DV``, or in a row of its own below it.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from .file.grid import Content
from .heading import PEOPLE
from .labels import Mention, mentions
from .names import row_member, without_sex
from .region import Region
from .roles import divides_only


class RowLabel(NamedTuple):
    """What a row stands for: a member of its list, what its people are besides, the row it is a part of.

    `member` is None for a name nobody knows; `twice` names a dimension of which its labels name two.
    """

    member: str | None
    people: Mapping[str, str]
    parent: int | None = None
    twice: str = ""


def read_rows(region: Region, rows: str) -> dict[int, RowLabel]:
    """Read the label of each member's row, as rows of the axis `rows`."""
    labels: dict[int, RowLabel] = {}
    parent: int | None = None
    for row in region.rows:
        label, outer = region.label(row), region.outer(row)
        if outer is None and parent is not None and divides_only(label):
            labels[row] = _divided(labels[parent], label, parent)
        else:
            labels[row] = _row_label(rows, label, outer)
            parent = row
    families = {label.parent for label in labels.values() if label.parent is not None}
    if families == {parent}:  # the sexes at the foot may be of all rows
        return {row: _row_label(rows, region.label(row), region.outer(row)) for row in region.rows}
    return labels


def _divided(above: RowLabel, label: Content | None, parent: int) -> RowLabel:
    """Read a row that divides the one above it."""
    people, twice = _people(mentions(label))
    return RowLabel(above.member, {**above.people, **people}, parent, above.twice or twice)


@cache
def _row_label(rows: str, label: Content | None, outer: Content | None) -> RowLabel:
    """Read a label and what stands left of it; either may name the member."""
    member, rest = _member_in(rows, label)
    people, twice = _people(rest)
    if outer is not None:
        if member is None and divides_only(label):
            member, others = _member_in(rows, outer)
        else:
            others = mentions(outer)
        more, also = _people(others)
        people, twice = {**more, **people}, twice or also
    kinds = {"case_type": "case_type", "month": "month"}
    twice = twice or _twice(mentions(label), kinds.get(rows, ""))
    return RowLabel(member, {kind: code for kind, code in people.items() if kind != rows}, twice=twice)


def _member_in(rows: str, label: Content | None) -> tuple[str | None, frozenset[Mention]]:
    """Give the member that a label names, and what else it mentions of people."""
    member = row_member(rows, label)
    if member is not None or label is None:
        return member, frozenset()
    named = mentions(label)
    if rows in ("case_type", "month"):
        own = sorted(code for kind, code in named if kind == rows)
        known = {kind for kind, _ in named} <= {rows, "year", *PEOPLE}
        return (own[0] if len(own) == 1 and known else None), named
    plain, sex = without_sex(label)
    member = row_member(rows, plain) if sex else None
    return member, frozenset({("sex", sex)}) if member else frozenset(named)


def _people(named: frozenset[Mention]) -> tuple[dict[str, str], str]:
    """Give the code of each kind of people named, and a kind of which two are."""
    people = {kind: code for kind, code in sorted(named) if kind in PEOPLE}
    return people, next((kind for kind in PEOPLE if _twice(named, kind)), "")


def _twice(named: frozenset[Mention], kind: str) -> str:
    return kind if sum(other == kind for other, _ in named) > 1 else ""
