"""A view → the sentence over it: how many there were, or how many at a time, the largest group, what is missing."""

from collections.abc import Iterator
from functools import partial

from ...analysis.breakdown import TOTAL, BrokenDownCount, break_down
from ...model.wording import measure_label
from ...quality.sums import UNKNOWN
from ...words import in_language
from ..release import Release
from ..text.movement import Month, movement
from ..text.phrases import Figure, Phrase, Subject, amount, counts_again, finished, joined, phrase
from ..text.sentences import missing_phrase, of_quarter
from .labels import name_member
from .view import View


def sentence(view: View) -> str:
    """Write the figures that matter: each quarter's total or the stock by month, the largest group, what is missing."""

    def text(language: str) -> str:
        return joined(finished(one, language) for one in _sentences(view, language)).text

    return in_language(view.choice.language, text, between="\n")


def missing(view: View) -> str:
    """Write how many figures were not reported, for a chart that leaves them out."""
    return in_language(view.choice.language, partial(_missing, view))


def _missing(view: View, language: str) -> str:
    return missing_phrase(view.breakdown.blanks, language).text


def _sentences(view: View, language: str) -> Iterator[Phrase]:
    subject = Subject(view.choice.what.measure, view.choice.what.unit)
    if counts_again(subject) and len(view.releases) > 1:
        subject = subject._replace(named=measure_label(subject.measure, language))
    times = list(_stock(view, language) if view.choice.what.is_stock else _quarters(view))
    if len(times) > 1:
        moved = movement(subject, times, language)
        if moved.none_in.text:
            fields = {"clause": moved.clause, "months": moved.none_in, "group": ""}
            yield phrase("said_then_none", language, **fields)
        elif moved.clause.text:
            yield phrase("said", language, clause=moved.clause, group="")
        yield from moved.missing
    elif times and times[0].figure.total.is_known:
        yield of_quarter(subject, times[0].figure, view.release.period, language)
    yield _largest(view, subject, language)
    yield missing_phrase(view.breakdown.blanks, language)


def _quarters(view: View) -> Iterator[Month]:
    """Give each quarter with all that it counts."""
    for release in view.releases:
        yield Month(release.period, _figure(_total(view, release)))


def _stock(view: View, language: str) -> Iterator[Month]:
    """Give each month with its stock, as it is named in the view: with its year where there are several quarters."""
    for (row, codes), figure in view.breakdown.figures.items():
        month = row if view.breakdown.rows == "month" else codes[0]
        yield Month(month, _figure(figure), named=name_member(view, "month", month, language))


def _figure(count: BrokenDownCount | None) -> Figure:
    return Figure(count.total, tuple(count.disputes)) if count else Figure(UNKNOWN)


def _total(view: View, release: Release) -> BrokenDownCount:
    """Add up all that a quarter counts."""
    alone = break_down([release.table(view.choice.table)], view.choice.what, ())
    return alone.figures[TOTAL, ()]


def _largest(view: View, subject: Subject, language: str) -> Phrase:
    """Name the largest group if every group is known, there are several, and one stands alone at the top."""
    groups = {key: figure.value for key, figure in view.breakdown.figures.items() if TOTAL not in (key[0], *key[1])}
    known = {key: value for key, value in groups.items() if value is not None}
    if view.choice.what.is_stock or len(groups) < 2 or len(known) < len(groups):
        return Phrase("")
    top = max(known.values())
    largest = [key for key, value in known.items() if value == top]
    if not top or len(largest) > 1:
        return Phrase("")
    row, codes = largest[0]
    names = zip((view.breakdown.rows, *view.breakdown.columns), (row, *codes), strict=True)
    label = ", ".join(name_member(view, name, code, language) for name, code in names if name)
    count = amount(_figure(view.breakdown.figures[row, codes]), subject.unit, language)
    return phrase("group_alone", language, label=label, amount=count)
