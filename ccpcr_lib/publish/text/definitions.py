"""The plan's indicators → the reference sheet: what each counts, what not, how it is made, who answers for it.

What the plan leaves blank is taken from the list of measures.
"""

from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd

from ...model.codelist import codelist
from ...model.definition import YES_NO, role_label
from ...model.measure import measure
from ...model.plan import Indicator
from ...model.wording import table_title
from ...words import languages_of, one_line, say
from ..release import Release
from .members import Naming
from .table import lines_html

FIELDS = (
    "counts",
    "excludes",
    "unit",
    "formula",
    "direction",
    "table",
    "responsible",
    "frequency",
    "nature",
    "in_groups",
)
"""What is said of an indicator, in this order."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "indicator": ("unit", "direction"),
    "definitions_counts": ("counts", "excludes"),
    "definitions_formula_source": ("formula", "table"),
    "definitions_kind": ("responsible", "frequency", "nature", "in_groups"),
}
"""The columns on a page, by their heading: what stands in each, one beneath the other, the first below the name."""

NAMED = {"excludes": "definitions_not", "in_groups": "definitions_groups"}
"""What does not say of itself what it is, and the sentences that do."""

Facts = Mapping[str, str]
"""What is said of an indicator in one language, by field; what nobody has written is empty."""


def definition_facts(release: Release, indicator: Indicator, language: str) -> Facts:
    """Say in one language what defines an indicator."""
    own = indicator.definition
    return {
        "counts": _counts(release, indicator, language),
        "excludes": own.excludes.label(language),
        "unit": _unit(indicator, language),
        "formula": _formula(release, indicator, language),
        "direction": say(f"direction.{indicator.direction}", language),
        "table": "\n".join(dict.fromkeys(_table(release, part, language) for part in _parts(release, indicator))),
        "responsible": role_label(own.responsible, language),
        "frequency": say(f"frequency.{indicator.frequency}", language),
        "nature": say(f"nature.{indicator.nature}", language),
        "in_groups": say(f"in_groups.{YES_NO[0] if indicator.in_groups else YES_NO[1]}", language),
    }


def definitions_html(release: Release) -> str:
    """Lay the definitions out as one HTML element, the same for the same plan: a table of few columns."""
    heads = (release.say(name, between="\n") for name in COLUMNS)
    head = "".join(f'<th scope="col">{lines_html(text)}</th>' for text in heads)
    body = "".join(f"<tr>{_row(release, indicator)}</tr>" for indicator in release.plan.indicators)
    about = lines_html(release.say("definitions_about", between="\n"))
    return (
        '<figure class="ccpcr-table ccpcr-definitions" id="definitions"><table><caption><strong>'
        f"{escape(release.say('definitions_title'))}</strong></caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"<figcaption>{about}</figcaption></figure>"
    )


def definitions_text(release: Release) -> str:
    """Write the definitions as plain text: a paragraph for each indicator, a line for each thing said of it."""
    frame = definitions_frame(release)
    return "\n\n".join("\n".join([name, *_lines(facts)]) for name, facts in frame.iterrows())


def definitions_frame(release: Release) -> pd.DataFrame:
    """Lay the definitions out as a plain frame of text, named by the index: one indicator a row, one thing a column."""
    rows = [_on_one_line(release, indicator) for indicator in release.plan.indicators]
    names = [indicator.name(release.language) for indicator in release.plan.indicators]
    heads = [release.say(f"definitions_{field}") for field in FIELDS]
    return pd.DataFrame(rows, index=pd.Index(names, name=release.say("indicator")), columns=heads, dtype="str")


def _lines(facts: pd.Series) -> Iterable[str]:
    return (f"  {name}: {text}" for name, text in facts.items() if text)


def _on_one_line(release: Release, indicator: Indicator) -> list[str]:
    """Give each field, the languages of the release on one line."""
    facts = [definition_facts(release, indicator, language) for language in languages_of(release.language)]
    return [one_line("\n".join(dict.fromkeys(said[field] for said in facts))) for field in FIELDS]


def _row(release: Release, indicator: Indicator) -> str:
    """Write a row of the page: the name and what stands below it, then the other columns."""
    stub, *others = (_blocks(release, indicator, fields) for fields in COLUMNS.values())
    name = "".join(_block(language, indicator.name(language)) for language in languages_of(release.language))
    return f'<th scope="row">{name}<small>{stub}</small></th>{"".join(f"<td>{text}</td>" for text in others)}'


def _blocks(release: Release, indicator: Indicator, fields: tuple[str, ...]) -> str:
    """Write some fields in each language of the release, one language beneath the other."""
    said: dict[str, str] = {}
    for language in languages_of(release.language):
        facts = definition_facts(release, indicator, language)
        lines = [_named(field, facts[field], language) for field in fields if facts[field]]
        said.setdefault("\n".join(lines), language)
    return "".join(_block(language, text) for text, language in said.items())


def _block(language: str, text: str) -> str:
    return f'<div lang="{language}">{lines_html(text)}</div>'


def _named(field: str, text: str, language: str) -> str:
    return say(NAMED[field], language, text=text) if field in NAMED else text


# --- what is said -----------------------------------------------------------------------------------------


def _parts(release: Release, indicator: Indicator) -> list[Indicator]:
    """List the indicators that one is worked out from: itself, or part and whole."""
    return [release.plan.indicator(code) for code in indicator.ratio] or [indicator]


def _counts(release: Release, indicator: Indicator, language: str) -> str:
    """Say what counts: in the plan's words, else in those of the list of measures."""
    own = indicator.definition.counts.label(language)
    if own or indicator.ratio:
        return own or say("definitions_percent", language, **_names(release, indicator, language))
    defined = measure(indicator.measure).definition(language)
    if not indicator.key:
        return defined
    naming = Naming(indicator.declared, release.period)
    members = ", ".join(naming.name(dimension, code, language) for dimension, code in indicator.key.items())
    return " ".join(filter(None, (defined, say("definitions_part", language, members=members))))


def _names(release: Release, indicator: Indicator, language: str) -> dict[str, str]:
    part, whole = (known.name(language) for known in _parts(release, indicator))
    return {"part": part, "whole": whole}


def _unit(indicator: Indicator, language: str) -> str:
    if indicator.ratio:
        return say("percent_unit", language)
    return codelist("units").label(indicator.unit, language)


def _formula(release: Release, indicator: Indicator, language: str) -> str:
    """Write in words how a percent is made, or of what an indicator's percent is."""
    if not indicator.ratio:
        return say(f"formula.{indicator.formula}", language)
    name = "formula_ratio_per_quarter" if indicator.per_quarter else "formula_ratio"
    return say(name, language, **_names(release, indicator, language))


def _table(release: Release, indicator: Indicator, language: str) -> str:
    """Name the table that an indicator is read from, and its sheet; where the workbook lacks it, its slide."""
    title = table_title(indicator.table, language)
    if indicator.table in release.tables:
        return say("definitions_sheet", language, table=title, sheet=release.sheet(indicator.table))
    return say("definitions_slide", language, table=title, slide=indicator.declared.slide)
