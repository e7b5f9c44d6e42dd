"""A table's figures → one short paragraph with those that matter, generated so that it cannot disagree with them.

The home of a measure says how many there were, month by month, and the largest group; every other table says what it
adds. Each figure carries the findings that dispute it, from where it is written into the whole paragraph.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...analysis.tables import Table
from ...model import period as calendar
from ...model.catalogue import CATALOGUE
from ...model.column import PERIOD_ROWS
from ...model.finding import Finding
from ...model.measure import is_stock
from ...model.records import Count
from ...model.table import TableSpec
from ...model.wording import spoken_label
from ...quality.sums import Sum
from ...words import in_language
from ..release import Release
from .adds import MONTH, is_home_of, told_by
from .groups import added, largest_alone, largest_of_them, whole_of
from .movement import Month, Movement, movement, nobody
from .phrases import (
    NOTHING,
    Figure,
    Phrase,
    Subject,
    amount,
    bare,
    counts_again,
    did,
    finished,
    glued,
    in_all,
    joined,
    noun,
    phrase,
)

Blank = tuple[str, str, str]
"""A measure, its unit and a period, of which a sentence says that it was not reported."""


class Said(NamedTuple):
    """A sentence, and the blanks that it speaks of."""

    sentence: Phrase
    blanks: frozenset[Blank] = frozenset()


def sentence(release: Release, name: str) -> str:
    """Write what a table shows, in each language of the release on a line of its own."""
    return in_language(release.language, lambda language: _paragraph(release, name, language).text, between="\n")


def sentence_disputes(release: Release, name: str) -> tuple[Finding, ...]:
    """List the findings that dispute a figure of the sentence."""
    return release.in_order(_paragraph(release, name, "en").disputes)


def _paragraph(release: Release, name: str, language: str) -> Phrase:
    tables = [declared for declared in CATALOGUE if declared.name in release.tables]
    table = release.table(name)
    said = [*_of_measure(table, tables, language), *_of_others(table, tables, language)]
    blanks = frozenset[Blank]().union(*(one.blanks for one in said))
    sentences = [*(one.sentence for one in said), _missing(table, blanks, language)]
    return joined(finished(one, language) for one in sentences)


# --- what a table counts first, and what else it counts ----------------------------------------------------


def _of_measure(table: Table, tables: Sequence[TableSpec], language: str) -> Iterator[Said]:
    """Say what a table counts first of all: how many if it is the home of that, else what it adds."""
    spec = table.spec
    told, subject = told_by(spec, tables), Subject(spec.measure, spec.unit)
    if told.is_home:
        group = glued(largest_of_them(table, language), _times(table, language))
        yield from _counted(table, subject, language, group=group)
        yield Said(largest_alone(table, language))
        if spec.rows in PERIOD_ROWS and told.axis:
            yield Said(added(table, told.axis, language))
    elif told.axis == MONTH and whole_of(table).total.least:
        yield from _counted(table, subject, language, with_sum=False)
    else:
        yield Said(added(table, told.axis, language) if told.axis else NOTHING)
    if told.is_home or told.axis == MONTH:
        yield from _before(table, subject, language)


def _of_others(table: Table, tables: Sequence[TableSpec], language: str) -> Iterator[Said]:
    """Say what else a table counts, if it is the home of that: a stock by month, never summed."""
    spec = table.spec
    others = dict.fromkeys((column.measure, column.unit) for column in spec.counts if column.measure != spec.measure)
    if not table.total().least:
        others |= {counted: None for counted in _counted_in_times(table) if table.total_of(*counted, {}).least}
    for measure, unit in others:
        if is_home_of(spec, measure, unit, tables):
            yield from _counted(table, Subject(measure, unit), language, with_sum=not is_stock(measure))


def _times(table: Table, language: str) -> Phrase:
    """Say how often it happened, behind how many clients there were, where a table counts both."""
    for measure, unit in _counted_in_times(table):
        times = _figure(table, Subject(measure, unit))
        if times.total.least:
            return phrase("group_times", language, amount=amount(times, unit, language))
    return NOTHING


def _counted_in_times(table: Table) -> list[tuple[str, str]]:
    """List the first measure of a table in times, if it counts it in clients first, and in times too."""
    counted = (table.spec.measure, "times")
    return [counted] if counted in table.cubes and table.spec.unit != counted[1] else []


# --- how many there were -----------------------------------------------------------------------------------


def _counted(
    table: Table, subject: Subject, language: str, *, group: Phrase = NOTHING, with_sum: bool = True
) -> Iterator[Said]:
    """Say how many there were: month by month where the table says so, and in all, if months add up."""
    if _is_blank(table, subject, table.quarter):
        quarter = _named(table.quarter, language)
        unknown = phrase("said_unknown", language, noun=noun(subject, language), quarter=quarter)
        yield Said(unknown, frozenset({(subject.measure, subject.unit, table.quarter)}))
        return
    whole = _figure(table, subject)
    months = _months(table, subject)
    is_none = all(month.figure.is_none for month in months) if months else whole.is_none
    if is_none:
        yield Said(of_quarter(subject, Figure(Sum()), table.quarter, language))
    elif len(months) > 1:
        moved = movement(subject, months, language)
        if moved.clause.text:
            yield Said(_moved(moved, months, (whole, subject), language, group=group, with_sum=with_sum))
        blanks = ((subject.measure, subject.unit, month.period) for month in months if month.is_blank)
        yield Said(joined(finished(one, language) for one in moved.missing), frozenset(blanks))
    elif whole.total.is_known:
        yield Said(of_quarter(subject, whole, table.quarter, language, group=group))


def of_quarter(subject: Subject, whole: Figure, period: str, language: str, *, group: Phrase = NOTHING) -> Phrase:
    """Say how many there were in a quarter; `group` is the largest of them."""
    quarter = _named(period, language)
    if whole.is_none:
        return phrase("said", language, clause=nobody(subject, quarter, language), group=NOTHING)
    if counts_again(subject):
        summed = in_all(whole, subject, language, with_unit=False)
        clause = phrase("quarter_noun", language, quarter=quarter, noun=noun(subject, language), all=summed)
        return phrase("said", language, clause=clause, group=group)
    told = did(subject, language, is_one=whole.is_one)
    fields = {"amount": amount(whole, subject.unit, language), "did": told, "quarter": quarter}
    return phrase("said", language, clause=phrase("quarter_first", language, **fields), group=group)


def _named(quarter: str, language: str) -> Phrase:
    return phrase("the_quarter", language, quarter=spoken_label(quarter, language))


def _moved(
    moved: Movement,
    months: Sequence[Month],
    of: tuple[Figure, Subject],
    language: str,
    *,
    group: Phrase,
    with_sum: bool,
) -> Phrase:
    """Write what happened over months, and what they add up to, if more than one has any."""
    whole, subject = of
    if moved.none_in.text:
        return phrase("said_then_none", language, clause=moved.clause, group=group, months=moved.none_in)
    several = [month for month in months if month.figure.total.is_known and not month.figure.is_none]
    if not with_sum or len(several) < 2:
        return phrase("said", language, clause=moved.clause, group=group)
    return phrase(
        "said_in_all",
        language,
        clause=moved.clause,
        all=in_all(whole, subject, language, with_unit=moved.is_of_noun),
        group=group,
    )


def _months(table: Table, subject: Subject) -> list[Month]:
    """List the months of the quarter that a table counts in; of what is longer its quarters."""
    there = {count.key["period"] for count in _counts(table, subject)}
    parts = [part for part in calendar.parts(table.quarter) if any(calendar.contains(part, period) for period in there)]
    has_years = len({part[:4] for part in parts}) > 1
    return [
        Month(part, _figure(table, subject, period=part), _is_blank(table, subject, part), has_years) for part in parts
    ]


def _before(table: Table, subject: Subject, language: str) -> Iterator[Said]:
    """Say what there was in the quarter before, where the table repeats it."""
    before = calendar.previous(table.quarter)
    if not any(count.key["period"] == before for count in _counts(table, subject)):
        return
    figure = _figure(table, subject, period=before)
    if _is_blank(table, subject, before):
        blank = (subject.measure, subject.unit, before)
        yield Said(phrase("before_missing", language), frozenset({blank}))
    elif figure.is_none:
        yield Said(phrase("before_none", language))
    elif figure.total.is_known:
        count = bare(figure, subject.unit, language)
        yield Said(phrase("before", language, noun=noun(subject, language), count=count))


# --- what was not reported ---------------------------------------------------------------------------------


def _missing(table: Table, said: frozenset[Blank], language: str) -> Phrase:
    """Say how many figures were not reported, beside those that were spoken of already."""
    blank = [count for count in table.left_blank if not _is_in(count, said)]
    return missing_phrase(len(blank), language)


def missing_phrase(blanks: int, language: str) -> Phrase:
    """Say how many figures of a table were not reported; nothing where all were."""
    if not blanks:
        return NOTHING
    return phrase("sentence_missing_one" if blanks == 1 else "sentence_missing", language, count=blanks)


def _is_in(count: Count, said: frozenset[Blank]) -> bool:
    counted, period = (count.measure, count.unit), count.key["period"]
    return any(counted == blank[:2] and calendar.contains(blank[2], period) for blank in said)


def _is_blank(table: Table, subject: Subject, period: str) -> bool:
    """Check whether nothing of a period was reported."""
    there = [count for count in _counts(table, subject) if calendar.contains(period, count.key["period"])]
    return all(count.value is None for count in there)


def _counts(table: Table, subject: Subject) -> list[Count]:
    return [count for count in table.base if (count.measure, count.unit) == (subject.measure, subject.unit)]


def _figure(table: Table, subject: Subject, **key: str) -> Figure:
    asked = (subject.measure, subject.unit, key)
    return Figure(table.total_of(*asked), table.disputed_of(*asked))
