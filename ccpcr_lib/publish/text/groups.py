"""The groups that a table divides its figures into → the largest of them, or what a table adds to others, in words."""

from typing import NamedTuple

from ...analysis.disputes import each_once
from ...analysis.tables import Table
from ...model.column import PERIOD_ROWS, row_dimension
from ...model.measure import DIVIDING
from ...model.records import identify
from ...model.table import Column, TableSpec
from ...model.wording import table_title
from ...quality.cube import UNSAID, NoAnswerError
from .phrases import (
    NOTHING,
    Figure,
    Phrase,
    Subject,
    amount,
    bare,
    did,
    digits,
    member,
    member_label,
    of_only_sex,
    of_sex,
    phrase,
    series,
)

FEW = 3
"""So many groups are named where none is larger than the others."""

COPULAR = frozenset({"case_type", "age_band"})
"""What clients are, not where they went: “were aged 11-17 years”."""


class Group(NamedTuple):
    """A member of a list, with what was counted of it."""

    code: str
    figure: Figure


def whole_of(table: Table) -> Figure:
    """Give what a table counts of its first measure, in the quarter."""
    return Figure(table.total(), table.disputed())


def groups_of(table: Table, axis: str) -> list[Group]:
    """List the groups of an axis of a table, in the order of its rows or columns."""
    spec = table.spec
    if axis == spec.rows:
        keys = {code: table.row_key(code) for code in table.members}
    else:
        codes = dict.fromkeys(column.key[axis] for column in _columns(spec) if axis in column.key)
        keys = {str(code): {axis: str(code)} for code in codes}
    return [Group(code, Figure(table.total(**key), table.disputed(**key))) for code, key in keys.items()]


def largest(groups: list[Group]) -> Group | None:
    """Give the largest group if one stands alone at the top, and all are known.

    >>> from ...quality.sums import Sum
    >>> of = lambda *values: [Group(str(place), Figure(Sum(value, value))) for place, value in enumerate(values)]
    >>> largest(of(1, 3, 2)).code, largest(of(3, 3)), largest(of(0, 0))
    ('1', None, None)
    """
    values = [group.figure.total.exact for group in groups]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or not any(known) or known.count(max(known)) > 1:
        return None
    return groups[known.index(max(known))]


def largest_of_them(table: Table, language: str) -> Phrase:
    """Say who most of the clients are, behind how many there are: “, 10 of them …”; nothing where no group leads."""
    whole, top = whole_of(table), _largest_row(table)
    if not whole.total.exact or top is None:
        return NOTHING
    form = _form(top, whole)
    is_each = form in ("only", "both", "all")
    named = member(table.spec.rows, top.code, language, is_one=is_each)
    count = "" if is_each else bare(top.figure, table.spec.unit, language)
    return phrase(f"group_{form}", language, count=count, member=named)


def largest_alone(table: Table, language: str) -> Phrase:
    """Name the largest of rows that may share clients, in a sentence of its own: it is no part of a sum."""
    whole, top, spec = whole_of(table), _largest_row(table), table.spec
    if top is None or whole.total.exact is not None or row_dimension(spec.rows) in DIVIDING:
        return NOTHING
    label = member_label(spec.rows, top.code, language)
    return phrase("group_alone", language, label=label, amount=amount(top.figure, spec.unit, language))


def added(table: Table, axis: str, language: str) -> Phrase:
    """Say what a table adds to its measure's home, by the groups of an axis; nothing where there was none."""
    whole, subject = whole_of(table), Subject(table.spec.measure, table.spec.unit)
    if not whole.total.least:
        return NOTHING
    if axis == "sex":
        return _sexes(table, whole, language)
    groups = groups_of(table, axis)
    top, total = largest(groups), amount(whole, subject.unit, language)
    if whole.total.exact is None or any(group.figure.total.exact is None for group in groups):
        return phrase("added_total", language, title=table_title(table.spec.name, language), total=total)
    if top is None:
        return _level(table, axis, groups, language)
    form, is_one = _form(top, whole), top.figure.is_one
    return phrase(
        f"added_{form}{('_is' if is_one else '_are') if axis in COPULAR else ''}",
        language,
        count=bare(top.figure, subject.unit, language),
        total=total,
        did=did(subject, language, is_one=is_one),
        member=member(axis, top.code, language, is_one=form == "only"),
    )


def _form(top: Group, whole: Figure) -> str:
    """Name how the largest group is said: some of all, or all of them, who may be the only one, or both.

    Where the group and the whole are not disputed alike, its figure is said, so that it has its own mark.
    """
    if top.figure.total.exact != whole.total.exact:
        return "some"
    if top.figure.disputes != whole.disputes:
        return "all_so_many"
    return {1: "only", 2: "both"}.get(whole.total.least, "all")


def _level(table: Table, axis: str, groups: list[Group], language: str) -> Phrase:
    """Say that no group is the largest: which few are the largest together, or over how many all are spread."""
    there = [group for group in groups if group.figure.total.least]
    most = max((group.figure for group in there), key=lambda figure: figure.total.least).total
    top = [group for group in there if group.figure.total.least == most.least]
    figure = Figure(top[0].figure.total, each_once(group.figure.disputes for group in top))
    count, total = bare(figure, table.spec.unit, language), amount(whole_of(table), table.spec.unit, language)
    if len(top) > FEW:
        return phrase("added_spread", language, total=total, groups=len(there), count=count)
    names = [phrase("quoted", language, text=member_label(axis, group.code, language)) for group in top]
    name = "added_level" if len(top) == len(there) else "added_level_most"
    return phrase(name, language, names=series(names, language), count=count, total=total)


def _sexes(table: Table, whole: Figure, language: str) -> Phrase:
    """Say how many girls and boys there were, of those whose sex was recorded."""
    figures = {group.code: _recorded(table, group.code) for group in groups_of(table, "sex")}
    unsaid = _recorded(table, UNSAID)
    total = amount(whole, table.spec.unit, language)
    said = [figure for figure in figures.values() if figure and not figure.is_none]
    if unsaid is not None and not unsaid.is_none and not said:
        return phrase("sexes_unknown", language, total=total)
    only = [code for code, figure in figures.items() if figure in said]
    if whole.total.exact == 1 and not whole.disputes and len(only) == 1:
        return phrase("added_only_is", language, member=of_only_sex(only[0], language))
    known = {code: figure for code, figure in figures.items() if figure and figure.total.is_known}
    if not known:
        return NOTHING
    parts = series([of_sex(code, figure, language) for code, figure in known.items()], language)
    name = "sexes" if whole.total.exact is not None else "sexes_at_least"
    if unsaid is None or unsaid.is_none or not unsaid.total.is_known:
        return phrase(name, language, total=total, parts=parts)
    return phrase(f"{name}_unsaid", language, total=total, parts=parts, unsaid=digits(unsaid, language))


def _recorded(table: Table, code: str) -> Figure | None:
    """Give what is recorded just so of a sex; None where no count says it."""
    spec = table.spec
    try:
        total = table.cubes[spec.measure, spec.unit].recorded({"sex": code}, table=spec.name)
    except NoAnswerError:
        return None
    key = {"period": table.quarter, **({"sex": code} if code else {})}
    printed = table.disputes.of(identify(spec.name, spec.measure, spec.unit, key)) if code else ()
    return Figure(total, table.disputes.joined(printed, table.disputes.at(total.cells)))


def _largest_row(table: Table) -> Group | None:
    """Give the largest row; none where rows are months."""
    return None if table.spec.rows in PERIOD_ROWS else largest(groups_of(table, table.spec.rows))


def _columns(spec: TableSpec) -> list[Column]:
    return [column for column in spec.counts if (column.measure, column.unit) == (spec.measure, spec.unit)]
