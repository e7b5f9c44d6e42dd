"""A table's body rows → what each stands for: a member, a sum of the rows below it, or what is only shown.

A new name in an open list is a new member, unless it looks like something else: the total, a known name one letter off,
two names in one, a heading. Those are said at their label.
"""

from collections.abc import Iterator, Mapping, Sequence

from ..model.codelist import codelist, fold, tidy_label
from ..model.column import DeclaredKey
from ..model.resources import list_name
from ..words import say
from .adding import Rows, are_largest, are_sums, nearly_sums
from .body import adds_up, goes_with_row_above, sums_row_above
from .file.address import Place
from .labels import mentions
from .names import names_two
from .nearby import near_member, near_total
from .other_things import names_nobody
from .roles import is_remark
from .settled import Settled
from .stub import RowLabel, read_rows

WHOLE = 0.995
"""From here on a percent is of the whole, rounded."""
NO_NAMES = frozenset({"heading", "month", "quarter", "sex", "age_band"})
"""A label that speaks of one of these names no member of an open list."""


def settle_rows(table: Settled) -> None:
    """Give each body row its key, and report those that have none."""
    labels = read_rows(table.region, table.spec.rows)
    table.rows = dict(_keys(table, labels))
    _set_sums_apart(table, labels)
    _set_overlaps_apart(table)
    _set_other_totals_apart(table)
    for row in table.region.subtotals:
        _report_subtotal(table, row)
    for row in table.region.parts:
        table.report("part_of", label_place(table, row))
    for row in (row for row in table.region.named_total if row in table.rows):
        table.report("named_total", label_place(table, row))
    for row in (row for row in table.region.below if table.region.has_figures(row)):
        if table.region.label(row) is None:
            _report_unknown(table, row, label_place(table, row))
        else:
            table.report("below_total", label_place(table, row))


def _report_subtotal(table: Settled, row: int) -> None:
    """Report a sum between members, unless it is a second row of the one above and adds that up."""
    if goes_with_row_above(table.region, row) and sums_row_above(table.region, row):
        return
    place = label_place(table, row)
    rule = "subtotal" if _is_subtotal(table, row) else "subtotal_wrong"
    table.report(rule, place, printed=table.text(place) or say("no_label"))


def _is_subtotal(table: Settled, row: int) -> bool:
    """Check whether a row adds up some of the others; rows that only divide another one are none of these."""
    counted = [column for column in table.region.columns if table.is_counted(column)]
    undivided = [other for other in table.region.rows if other not in table.sums]
    return any(
        adds_up(table.region, row, counted, members=members, or_largest=True)
        for members in (sorted(table.rows), undivided)
    )


def _set_other_totals_apart(table: Settled) -> None:
    """Take the totals of another time out of the table's own; another quarter is reported where it is dated."""
    for row in list(table.region.totals):
        named = mentions(table.region.label(row))
        quarters, years = ({code for kind, code in named if kind == wanted} for wanted in ("quarter", "year"))
        if quarters and table.quarter[-1] not in quarters:
            table.region.totals.remove(row)
        elif years and table.quarter[:4] not in years:
            table.region.totals.remove(row)
            table.report("wrong_quarter", label_place(table, row), expected=table.quarter)


def _keys(table: Settled, labels: Mapping[int, RowLabel]) -> Iterator[tuple[int, DeclaredKey]]:
    """Give each row's key; what is unknown, doubtful or twice is a finding."""
    seen: dict[tuple[tuple[str, object], ...], Place] = {}
    members: dict[int | None, str | None] = {}
    for row, label in labels.items():
        is_child = label.parent is not None and not label.twice
        member = members[row] = members[label.parent] if is_child else _member(table, row, label)
        place = label_place(table, row)
        if member is None:
            continue
        key = {**table.spec.row_key(member), **label.people}
        identity = tuple(sorted(key.items()))
        if identity in seen:
            _report_twice(table, place, seen[identity])
        elif _contradicts(table, label.people):
            _report_unknown(table, row, place)
        else:
            seen[identity] = place
            yield row, key


def _report_twice(table: Settled, place: Place, first: Place) -> None:
    """Report a row that stands for the same as one before, which may have another name of it."""
    other = table.text(first)
    variant = "" if fold(other) == fold(table.text(place)) else "other"
    table.report("row_twice", place, variant=variant, first=table.grid.source(*first), other=other)


def _contradicts(table: Settled, people: Mapping[str, str]) -> bool:
    """Check whether the columns divide people by what a row says of them too."""
    return any(column.key.get(kind, code) != code for column in table.columns.values() for kind, code in people.items())


def _member(table: Settled, row: int, label: RowLabel) -> str | None:
    """Give the member of a row: a month of the quarter, one that its list knows, a new one where the list is open."""
    declared, place, text = table.spec, label_place(table, row), table.region.label(row)
    if label.twice or (label.member is None and names_two(declared.rows, text)):
        if table.region.has_figures(row):
            table.report("two_members", place)
        return None
    if label.member is not None:
        return _month(table, row, label.member) if declared.rows == "month" else label.member
    if not declared.is_open or not isinstance(text, str) or not _has_figures(table, row):
        _report_unknown(table, row, place)
        return None
    return _new_member(table, row, text)


def _month(table: Settled, row: int, number: str) -> str | None:
    """Name the quarter's month that a row is; None, and a finding, for a month of another quarter."""
    month = table.month(number)
    if month is None:
        _report_unknown(table, row, label_place(table, row))
    return month.value if month else None


def _new_member(table: Settled, row: int, text: str) -> str | None:
    """Take a name that an open list does not know as a new member, with a word where it may be something else."""
    place = label_place(table, row)
    total = _total_rule(table, row)
    if total:
        rule, variant, word = total
        table.report(rule, place, variant=variant, near=word, list=list_name(table.spec.codelist))
        if rule == "unknown_total":
            return None
    is_named_total = row in table.region.named_total
    speaks_of = {kind for kind, _ in mentions(text)}
    is_none = speaks_of & NO_NAMES or text.strip() in codelist("case_types").members or is_remark(text)
    if not is_named_total and (is_none or names_nobody(table.spec.codelist, text)):
        _report_unknown(table, row, place)
        return None
    near = near_member(table.spec.codelist, text)
    if near:
        table.report("near_name", place, near=near, list=list_name(table.spec.codelist))
    return tidy_label(text)


# --- totals that nobody knows ---------------------------------------------------------------------------------


def _total_rule(table: Settled, row: int) -> tuple[str, str, str] | None:
    """Judge a row under an unknown name: is it nearly called the total, or does it add the others up, or nearly so?

    Gives the rule that it breaks, the variant of its sentence, and the word for the total; None where it is neither.
    """
    near = near_total(table.text(label_place(table, row)))
    others = [other for other in table.region.rows if other != row and _has_figures(table, other)]
    columns = [column for column in table.region.columns if table.is_counted(column)]
    figures, *rest = table.figures((row, *others), columns)
    at_edge = _is_at_an_edge(table, row)
    is_sum, is_nearly = at_edge and equals_the_rest(figures, rest), at_edge and nearly_sums(figures, rest)
    if not near and (not (is_sum or is_nearly) or _is_counted_in(table, row, others, columns)):
        return None
    is_error = not table.spec.is_open or bool(near) or (is_sum and sum(map(any, rest)) > 1)
    variant = "near" if near else "" if is_sum else "nearly"
    return ("unknown_total" if is_error else "perhaps_total"), variant, near or codelist("headings").label("total")


def _is_at_an_edge(table: Settled, row: int) -> bool:
    rows = [other for other in table.region.rows if _has_figures(table, other)]
    return row in (rows[0], rows[-1])


def equals_the_rest(figures: Sequence[int], others: Rows) -> bool:
    """Check whether figures add the others up, or are the largest of them; zeros alone do neither.

    >>> equals_the_rest([5, 2], [[3, 1], [2, 1]]), equals_the_rest([0, 0], [[0, 0], [0, 0]])
    (True, False)
    """
    return any(figures) and bool(others) and (are_sums(figures, others) or are_largest(figures, others))


def _is_counted_in(table: Settled, row: int, others: list[int], columns: list[int]) -> bool:
    """Check whether a total of the table counts a row in, or its own percent is of more, as of no total."""
    if any(share is not None and share < WHOLE for share in _shares(table, row)):
        return True
    for total in table.region.totals:
        filled = [column for column in columns if (total, column) in table.grid.cells]
        figures, *rest = table.figures((total, row, *others), filled)
        if filled and (are_sums(figures, rest) or are_largest(figures, rest)):
            return True
    return False


def _shares(table: Settled, row: int) -> Iterator[float | None]:
    """Give the percents that a row prints of itself."""
    for column, declared in table.columns.items():
        value, number = table.value((row, column)), table.number(row, column)
        if declared.role in ("share", "total"):
            yield number / 100 if declared.role == "share" and number > 1 else value.share


# --- rows that divide the row above them ----------------------------------------------------------------------


def _set_sums_apart(table: Settled, labels: Mapping[int, RowLabel]) -> None:
    """Settle the rows that stand above rows which divide them: their sum, or the count of which those are a part."""
    families: dict[int, list[int]] = {}
    for row, label in labels.items():
        if label.parent is not None and row in table.rows:
            families.setdefault(label.parent, []).append(row)
    for parent, children in families.items():
        if parent not in table.rows:
            continue
        if _is_sum_of(table, parent, children):
            table.sums[parent] = table.rows.pop(parent)
        else:
            _set_parts_apart(table, children)


def _is_sum_of(table: Settled, parent: int, children: list[int]) -> bool:
    """Check whether a row is blank, the sum of those that divide it, or divided by both sexes."""
    columns = [column for column in table.columns if (parent, column) in table.grid.cells]
    people = {tuple(sorted(table.rows[child].items())) for child in children}
    sums, *parts = table.figures((parent, *children), columns)
    return len(people) > 1 or are_sums(sums, parts)


def _set_parts_apart(table: Settled, rows: list[int]) -> None:
    for row in rows:
        del table.rows[row]
        table.report("part_of", label_place(table, row))


def _set_overlaps_apart(table: Settled) -> None:
    """Take the rows out that are a part of another row, wherever it stands: “SA girls” beside “Sexual Abuse (SA)”."""
    keys = {row: frozenset(key.items()) for row, key in table.rows.items()}
    _set_parts_apart(table, [row for row, key in keys.items() if any(other < key for other in keys.values())])


# --- findings -------------------------------------------------------------------------------------------------


def label_place(table: Settled, row: int) -> Place:
    """Give the cell of a row's label: the nearest with words, from the stub to the left."""
    region = table.region
    for column in region.stubs:
        if isinstance(table.grid.cells.get((row, column)), str):
            return row, column
    return row, region.stub


def _has_figures(table: Settled, row: int) -> bool:
    return any((row, column) in table.grid.cells for column in table.columns)


def _report_unknown(table: Settled, row: int, place: Place) -> None:
    """Report a row nobody knows, unless it is empty: a remark between rows, or a spare row with zeros."""
    values = [table.value((row, column)) for column in table.columns]
    label = table.region.label(row)
    is_spare = label is None and (row, table.region.stub) not in table.grid.cells
    if is_spare and not any(value.number or value.share or value.problem for value in values):
        return
    if label is None and _report_uncalculated(table, row):
        return
    if label is not None and not _has_figures(table, row):
        return
    rows = table.spec.rows
    if rows == "month" and any(kind == "month" for kind, _ in mentions(label)):
        table.report("wrong_month", place, expected=table.quarter)
    elif isinstance(label, str) and not table.spec.is_open and (total := _total_rule(table, row)):
        rule, variant, word = total
        table.report(rule, place, variant=variant, near=word, list=list_name(table.spec.codelist))
    else:
        figures = [(row, column) for column in table.region.columns if (row, column) in table.grid.cells]
        table.report_unknown("unknown_row", [place, *figures], nameless="no_label", lists=(table.spec.codelist,))


def _report_uncalculated(table: Settled, row: int) -> bool:
    """Report the formulas of a row without a label, if none has a result and nothing else stands there."""
    values = {(row, column): table.value((row, column)) for column in table.columns}
    waiting = [place for place, value in values.items() if value.problem == "not_calculated"]
    if any(value.number or value.share or value.problem for place, value in values.items() if place not in waiting):
        return False
    for place in waiting:
        table.report("not_calculated", place)
    return bool(waiting)
