"""Tables with one dimension more than the slides have: each column of counts → a column for each of its parts.

What a part holds is made from the count itself: of seven clients five are girls and two are boys.
"""

from dataclasses import dataclass, replace

from layout_typing import Typing

UNSPLIT = ("SA", "ST", "SW")
SEX = 4
"""The place of the sex in a record."""


@dataclass
class Column:
    """A column to write: what it is, its heading from the top, the count column it shows, and which part of it."""

    role: str
    heads: list
    count: int | None = None
    part: str = ""  # of one dimension more: F, M, both, plan, actual


def divided(typing: Typing, table: str, column: Column) -> list[Column]:
    """Divide a column of counts as the layout says: every month, or every case type that has no split by sex."""
    by = typing.layout.divided
    months = [typing.month(f"m{number}") for number in (1, 2, 3)]
    is_month, is_unsplit = column.heads[-1] in months, column.heads[-1] in [_type(typing, code) for code in UNSPLIT]
    if column.role != "count" or not (is_unsplit if by.startswith("without a split") else is_month and by):
        return [column]
    if by == "by plan":
        plan = "ផែនការ" if typing.layout.labels == "khmer" else "Plan"
        return [_part(column, plan, "plan"), _part(column, typing.heading("actual"), "actual")]
    words = ("Girls", "Boys") if "girls" in by else [typing.label(sex, is_head=True) for sex in "FM"]
    girls, boys = (_part(column, word, sex) for word, sex in zip(words, "FM", strict=True))
    return [girls, boys, *([_part(column, typing.heading("total"), "both")] if by == "with totals" else [])]


def _type(typing: Typing, code: str) -> str:
    return typing.label(code, is_head=True)


def _part(column: Column, head: str, part: str) -> Column:
    role = "count" if part in ("F", "M", "actual") else "part"
    return replace(column, role=role, heads=[*column.heads, head], part=part)


def part_of(count: int, part: str) -> int:
    """Give the part of a count.

    >>> part_of(7, "F"), part_of(7, "M"), part_of(7, "both"), part_of(7, "plan")
    (5, 2, 7, 9)
    """
    boys = count // 3
    return {"F": count - boys, "M": boys, "plan": count + 2}.get(part, count)


def divided_record(record: tuple, part: str) -> tuple:
    """Give a count's record with the sex that its part names."""
    return (*record[:SEX], part, *record[SEX + 1 :]) if part in ("F", "M") else record
