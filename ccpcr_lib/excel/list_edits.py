"""Code lists → what to write into which file, so that a label or a heading nobody knows is known."""

from collections.abc import Sequence
from functools import reduce

from ..model.column import CATEGORIES
from ..model.resources import list_name
from ..model.table import TableSpec
from ..words import say

GROWING = frozenset({"case_types", "age_bands", *CATEGORIES.values()})
"""The lists that may have new members; months, sexes and headings have only other spellings."""


def how_to_add(lists: Sequence[str]) -> str:
    """Say how a name is added to one of some code lists: as a spelling of a member, or as a new one."""
    growing = [f"{name}.csv" for name in lists if name in GROWING]
    files = _either([list_name(name) for name in lists])
    return say("list_edit.new", lists=files, growing=_either(growing)) if growing else say("list_edit", lists=files)


def lists_of_headings(spec: TableSpec) -> list[str]:
    """Name the code lists in which the headings of a table's columns stand; those of its own title row come last."""
    sources = [head.source for column in spec.columns for head in column.heads]
    lists = dict.fromkeys("months" if source == "period" else source for source in sources)
    return sorted(lists, key=lambda name: name == "headings")


def _either(names: Sequence[str]) -> str:
    return reduce(lambda first, second: say("either", first=first, second=second), names)
