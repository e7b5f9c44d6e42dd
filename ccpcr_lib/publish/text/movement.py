"""The months of a measure → what happened from one to the next, in one clause."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import NamedTuple

from ...analysis.disputes import each_once
from ...model.period import is_quarter
from ...model.wording import month_label, quarter_alone, quarter_label
from .phrases import (
    NOTHING,
    Figure,
    Phrase,
    Subject,
    amount,
    bare,
    did,
    known_line,
    noun,
    phrase,
    series,
)

CLEAR = 3
"""Figures that go one way and differ by so many from the first to the last month have risen, or fallen."""


class Month(NamedTuple):
    """A month, or a quarter, with what was counted in it; `is_blank`: no figure of it was reported.

    `has_year`: a quarter is named with its year; `named` is what a month is called where its name alone does not do.
    """

    period: str
    figure: Figure
    is_blank: bool = False
    has_year: bool = True
    named: str = ""


@dataclass(frozen=True)
class Movement:
    """What happened over the months.

    `none_in` names the months of none where one month has all the rest, so that no sum need be said; else `clause`
    speaks of them. `is_of_noun`: the clause speaks of referrals, not yet of clients. `missing` are sentences of their
    own.
    """

    clause: Phrase = NOTHING
    none_in: Phrase = NOTHING
    is_of_noun: bool = False
    missing: tuple[Phrase, ...] = ()


def movement(subject: Subject, months: Sequence[Month], language: str) -> Movement:
    """Say what happened over months, at least one; of none that is known there is no clause."""
    unknown = [month for month in months if not month.figure.total.is_known]
    known = [month for month in months if month not in unknown and not month.figure.is_none]
    none = [month for month in months if month.figure.is_none]
    told = _told(subject, known, language, are_all=len(known) == len(months))
    moved = replace(told, missing=_missing(unknown, language))
    if not none:
        return moved
    named = names_of(none, language)
    if not known:
        return replace(moved, clause=nobody(subject, named, language))
    if len(known) == 1 and not unknown:
        return replace(moved, none_in=named)
    return replace(moved, clause=phrase("months_none", language, clause=moved.clause, months=named))


def nobody(subject: Subject, period: Phrase, language: str) -> Phrase:
    """Say that there was none in a period."""
    name = known_line("nobody", subject.unit, "times")
    return phrase(name, language, did=did(subject, language, is_one=True), period=period)


def names_of(months: Sequence[Month], language: str) -> Phrase:
    """Name months, at least one, as a list."""
    return series([_named(month, language) for month in months], language)


def _named(month: Month, language: str) -> Phrase:
    if is_quarter(month.period):
        name = quarter_label if month.has_year else quarter_alone
        return phrase("the_quarter", language, quarter=name(month.period, language))
    return phrase("month_named", language, month=month.named or month_label(month.period, language))


def _told(subject: Subject, months: Sequence[Month], language: str, *, are_all: bool) -> Movement:
    """Tell what happened in months that are known, and not none."""
    if not months:
        return Movement()
    values = [month.figure.total.exact for month in months]
    exact = [value for value in values if value is not None]
    if are_all and len(exact) == len(months) > 1:
        if len(set(exact)) == 1:
            return Movement(_each(subject, months, language))
        if _goes_one_way(exact):
            return Movement(_from_to(subject, months, language, rose=exact[-1] > exact[0]), is_of_noun=True)
    return Movement(_one_by_one(subject, months, language))


def _goes_one_way(values: Sequence[int]) -> bool:
    """Check whether figures rise, or fall, all the way and clearly.

    >>> _goes_one_way([15, 2, 1]), _goes_one_way([6, 5, 5]), _goes_one_way([4, 11, 7])
    (True, False, False)
    """
    steps = [second - first for first, second in pairwise(values)]
    one_way = all(step >= 0 for step in steps) or all(step <= 0 for step in steps)
    return one_way and abs(values[-1] - values[0]) >= CLEAR


def _each(subject: Subject, months: Sequence[Month], language: str) -> Phrase:
    figure = Figure(months[0].figure.total, each_once(month.figure.disputes for month in months))
    told = did(subject, language, is_one=figure.is_one)
    name = "quarters_each" if is_quarter(months[0].period) else "months_each"
    return phrase(name, language, amount=amount(figure, subject.unit, language), did=told)


def _from_to(subject: Subject, months: Sequence[Month], language: str, *, rose: bool) -> Phrase:
    first, last = months[0], months[-1]
    return phrase(
        "months_rose" if rose else "months_fell",
        language,
        noun=noun(subject, language),
        first=bare(first.figure, subject.unit, language),
        last=bare(last.figure, subject.unit, language),
        first_month=_named(first, language),
        last_month=_named(last, language),
    )


def _one_by_one(subject: Subject, months: Sequence[Month], language: str) -> Phrase:
    first, *others = months
    told = did(subject, language, is_one=first.figure.is_one)
    written = amount(first.figure, subject.unit, language)
    parts = [phrase("month_first", language, amount=written, did=told, month=_named(first, language))]
    for _, alike in groupby(others, key=lambda month: (month.figure.total.exact, month.figure.disputes)):
        parts += _more(subject, list(alike), language)
    return series(parts, language)


def _more(subject: Subject, months: Sequence[Month], language: str) -> list[Phrase]:
    """Say how many there were in months of the same figure: together, if it is beyond dispute."""
    figure = months[0].figure
    if len(months) > 1 and figure.total.exact is not None and not figure.disputes:
        count = bare(figure, subject.unit, language)
        return [phrase("month_each_more", language, count=count, months=names_of(months, language))]
    counts = [bare(month.figure, subject.unit, language) for month in months]
    names = [_named(month, language) for month in months]
    return [phrase("month_more", language, count=count, month=name) for count, name in zip(counts, names, strict=True)]


def _missing(unknown: Sequence[Month], language: str) -> tuple[Phrase, ...]:
    """Name the months of which nothing is known: those not reported, and those reported in part."""
    sentences = []
    for name, is_blank in (("months_missing", True), ("months_in_part", False)):
        months = [month for month in unknown if month.is_blank is is_blank]
        if months:
            line = f"{name}_one" if len(months) == 1 else f"{name}_many"
            sentences.append(phrase(line, language, months=names_of(months, language)))
    return tuple(sentences)
