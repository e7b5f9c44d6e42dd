"""Figures, measures and members of lists → the pieces of a sentence, each with the findings that dispute its figures.

How a measure is spoken of stands in ``words/verbs.csv``, by its code; one that no line there knows goes by its label.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any, NamedTuple

from ...analysis.disputes import each_once
from ...model.codelist import KHMER_DIGITS, codelist
from ...model.finding import Finding
from ...model.measure import adding
from ...model.table import CATEGORIES, DIMENSIONS
from ...model.wording import measure_label
from ...quality.sums import Sum
from ...words import say, sentences
from ..release import marked
from .table import total_text


class Phrase(NamedTuple):
    """A piece of a sentence, and the findings that dispute a figure in it."""

    text: str
    disputes: tuple[Finding, ...] = ()


NOTHING = Phrase("")


class Figure(NamedTuple):
    """What counts add up to, and the findings that dispute it."""

    total: Sum
    disputes: tuple[Finding, ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether it is zero beyond dispute: “none”. A zero in dispute is said as a figure, for its mark."""
        return self.total.exact == 0 and not self.disputes

    @property
    def is_one(self) -> bool:
        """Whether its verb stands in the singular."""
        return self.total.least == 1


class Subject(NamedTuple):
    """What a sentence speaks of: a measure in a unit, and the name it has where no verb is known for it."""

    measure: str
    unit: str = "clients"
    named: str = ""


def phrase(name: str, language: str, /, **fields: object) -> Phrase:
    """Fill in a line of the words; the phrase carries the disputes of every phrase that it is made of."""
    parts = {field: part for field, part in fields.items() if isinstance(part, Phrase)}
    said: dict[str, Any] = fields | {field: part.text for field, part in parts.items()}
    return Phrase(say(name, language, **said), each_once(part.disputes for part in parts.values()))


def joined(parts: Iterable[Phrase]) -> Phrase:
    """Put sentences behind each other."""
    there = [part for part in parts if part.text]
    return Phrase(" ".join(part.text for part in there), each_once(part.disputes for part in there))


def glued(first: Phrase, second: Phrase) -> Phrase:
    """Put the second phrase right behind the first."""
    return Phrase(first.text + second.text, each_once((first.disputes, second.disputes)))


def finished(part: Phrase, language: str) -> Phrase:
    """Make a sentence of a phrase: it begins with a capital, and has one style of digits.

    >>> finished(Phrase("at least 3 clients."), "en").text, finished(Phrase("ថ្នាក់ទី២ 5"), "km").text
    ('At least 3 clients.', 'ថ្នាក់ទី2 5')
    """
    text = part.text[:1].upper() + part.text[1:]
    return Phrase(text.translate(KHMER_DIGITS) if language == "km" else text, part.disputes)


def series(parts: Sequence[Phrase], language: str) -> Phrase:
    """List phrases, at least one, as they are read aloud.

    >>> series([Phrase("4 in April"), Phrase("1 in May"), Phrase("2 in June")], "en").text
    '4 in April, 1 in May and 2 in June'
    """

    def join(name: str, first: Phrase, second: Phrase) -> Phrase:
        return phrase(name, language, first=first, second=second)

    *others, last = parts
    if not others:
        return last
    return join("comma_and", reduce(lambda first, second: join("comma", first, second), others), last)


def digits(figure: Figure, language: str) -> Phrase:
    """Write a figure alone, at least how many where no more is known, with its mark."""
    return Phrase(marked(total_text(figure.total, language), figure.disputes), figure.disputes)


def bare(figure: Figure, unit: str, language: str) -> Phrase:
    """Write a figure whose unit was named before: Khmer counts with a word for each kind of thing."""
    return phrase(known_line("bare", unit, "clients"), language, count=digits(figure, language))


def amount(figure: Figure, unit: str, language: str) -> Phrase:
    """Write a figure with its unit.

    >>> amount(Figure(Sum(1, 1)), "clients", "en").text, amount(Figure(Sum(3, None)), "clients", "en").text
    ('1 client', 'at least 3 clients')
    """
    name = "amount_one" if figure.is_one else "amount_many"
    return phrase(known_line(name, unit, "clients"), language, count=digits(figure, language))


def did(subject: Subject, language: str, *, is_one: bool) -> str:
    """Say what clients did, or what was done for them.

    >>> did(Subject("referred"), "en", is_one=True), did(Subject("visited"), "en", is_one=False)
    ('was referred to the shelter', 'visited their families')
    """
    return _spoken("did_one" if is_one else "did_many", subject, language)


def noun(subject: Subject, language: str) -> str:
    """Name what is counted, in the plural.

    >>> noun(Subject("referred"), "en"), noun(Subject("followed_up_skills", "times"), "en")
    ('referrals to the shelter', 'the figures of “Clients followed up on skills or schooling”')
    """
    return _spoken("noun", subject, language)


def _spoken(name: str, subject: Subject, language: str) -> str:
    is_usual = subject.unit == "clients" and not subject.named
    known = known_line(name, subject.measure) if is_usual else f"{name}_any"
    return say(known, language, named=subject.named or measure_label(subject.measure, language))


def known_line(name: str, code: str, usual: str = "any") -> str:
    """Name the line of a code; that for all others where it has none."""
    return f"{name}_{code}" if f"{name}_{code}" in sentences() else f"{name}_{usual}"


def counts_again(subject: Subject) -> bool:
    """Check whether a client is counted anew each month, so that months add up to more than there were clients."""
    return subject.unit == "clients" and not subject.named and f"in_all_{subject.measure}" in sentences()


def in_all(figure: Figure, subject: Subject, language: str, *, with_unit: bool) -> Phrase:
    """Write what months add up to; where a client may stand in several of them, that is at least so many."""
    if figure.total.exact is None and adding(subject.measure, subject.unit) == "attendance":
        return phrase("in_all_at_least", language, amount=amount(figure, subject.unit, language))
    if counts_again(subject):
        count = bare(figure, subject.unit, language)
        return phrase(f"in_all_{subject.measure}", language, count=count)
    written = amount if with_unit else bare
    return phrase("in_all", language, amount=written(figure, subject.unit, language))


def member(axis: str, code: str, language: str, *, is_one: bool = False) -> str:
    """Say how clients belong to a member of a list, or where they went, as a sentence says it behind its verb.

    >>> member("grade", "grade_2", "en"), member("destination", "family_community", "en")
    ('in Grade 2', 'to family or community')
    """
    own = f"member_{axis}_{code}"
    if own in sentences():
        return say(own, language)
    alone = f"member_one_{axis}"
    name = alone if is_one and alone in sentences() else known_line("member", axis)
    return say(name, language, label=member_label(axis, code, language))


def member_label(axis: str, code: str, language: str) -> str:
    """Write the label of a member; a case type with its code."""
    label = codelist(_list_of(axis)).label(code, language)
    return f"{label} ({code})" if axis == "case_type" else label


def of_sex(code: str, figure: Figure, language: str) -> Phrase:
    """Write how many girls, how many boys."""
    is_known = f"sex_many_{code}" in sentences()
    form = "none" if figure.is_none else "one" if figure.is_one and is_known else "many"
    name = f"sex_{form}_{code if is_known else 'any'}"
    label = codelist("sexes").label(code, language)
    return phrase(name, language, count=digits(figure, language), label=label)


def of_only_sex(code: str, language: str) -> str:
    """Say of somebody that it is a girl, or a boy."""
    own = f"sex_only_{code}"
    if own in sentences():
        return say(own, language)
    return say("quoted", language, text=codelist("sexes").label(code, language))


def _list_of(axis: str) -> str:
    return {**DIMENSIONS, **CATEGORIES}[axis]
