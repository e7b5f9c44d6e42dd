"""A view → words: its title, unit and periods, the names of its rows and columns, its figures as text, a sentence."""

from collections.abc import Sequence
from functools import partial

from ...analysis.breakdown import TOTAL, BrokenDownCount, Codes
from ...model.codelist import codelist
from ...model.finding import Finding
from ...model.table import TableSpec
from ...model.wording import measure_label, span_label
from ...quality.cube import UNSAID
from ...words import BETWEEN, in_language, say, sentences
from .. import theme
from ..charts.kinds import makes_a_whole
from ..release import DAGGER, marked
from ..text.members import Naming
from ..text.table import total_text
from .choice import stretches
from .view import View


def dimension_label(name: str, spec: TableSpec, language: str, *, between: str = BETWEEN) -> str:
    """Name a dimension where it stands alone: ``Month``, ``Sex``, or what the table's own rows are."""
    return in_language(language, lambda language: _dimension(name, spec, language).capitalize(), between=between)


def _dimension(name: str, spec: TableSpec, language: str) -> str:
    axis = spec.rows if name == "category" else name
    if f"dim_{axis}" in sentences():
        return say(f"dim_{axis}", language)
    return codelist("headings").label(axis, language)


def member_label(view: View, dimension: str, code: str, *, is_head: bool = False, between: str = BETWEEN) -> str:
    """Name a member of a dimension in the view's language; a case type goes by its code in a heading."""
    if is_head and dimension == "case_type" and code not in (TOTAL, UNSAID):
        return code
    return in_language(view.choice.language, partial(name_member, view, dimension, code), between=between)


def name_member(view: View, dimension: str, code: str, language: str) -> str:
    """Name a member in one language; a total over which one client may stand twice says that it is only at least."""
    if code == TOTAL and dimension and view.breakdown.says_at_least(dimension):
        return codelist("headings").label("at_least", language)
    naming = Naming(view.spec, view.release.period, has_years=len(view.releases) > 1)
    return naming.name(dimension, code, language)


def title(view: View, *, between: str = BETWEEN) -> str:
    """Name what is counted and by what it is broken down, with the mark of what is in dispute."""
    return marked(unmarked_title(view, between=between), is_disputed(view))


def unmarked_title(view: View, *, between: str = BETWEEN) -> str:
    """Name what is counted and by what it is broken down."""
    names = [name for name in (view.breakdown.rows, *view.breakdown.columns) if name]
    measure = partial(measure_label, view.choice.what.measure)

    def by(language: str) -> str:
        return _joined([_dimension(name, view.spec, language) for name in names], language)

    if names:
        return view.release.say("view_title", between=between, measure=measure, by=by)
    return in_language(view.choice.language, measure, between=between)


def _joined(names: Sequence[str], language: str) -> str:
    *first, last = names
    return say("pair", language, first=", ".join(first), second=last) if first else last


def disputed_by(view: View, figure: BrokenDownCount) -> tuple[Finding, ...]:
    """List the findings that dispute a figure as it is shown: its count, or its percent."""
    return figure.percent_disputes if view.choice.show == "shares" else figure.disputes


def is_disputed(view: View) -> bool:
    """Check whether a finding disputes one of the figures."""
    return any(disputed_by(view, figure) for figure in view.breakdown.figures.values())


def disputes(view: View) -> list[Finding]:
    """List the findings that dispute figures of the view, and no others of its table."""
    shown = {finding for figure in view.breakdown.figures.values() for finding in disputed_by(view, figure)}
    known = (finding for release in view.releases for finding in release.problems)
    return [finding for finding in dict.fromkeys(known) if finding in shown]


def subtitle(view: View) -> str:
    """Name the unit and the periods, and first of all that the data are made up, if they are."""
    ends = stretches(view.choice.periods)
    months = (" – ".join(dict.fromkeys(_months(view, quarter) for quarter in stretch)) for stretch in ends)
    return view.release.stamp(f"{unit_label(view)}; {', '.join(months)}")


def unit_label(view: View, *, between: str = BETWEEN) -> str:
    """Name the unit alone, as a heading."""
    name = "show_shares" if view.choice.show == "shares" else f"unit_{view.choice.what.unit}"
    return view.release.say(name, between=between)


def _months(view: View, quarter: str) -> str:
    return in_language(view.choice.language, partial(span_label, quarter))


def figure_text(view: View, figure: BrokenDownCount | None) -> str:
    """Write a figure as it is to be read: the number, or what stands for one, and † where it is in dispute."""
    if figure is None:
        return ""
    if figure.value is not None and view.choice.show == "shares":
        text = theme.percent(figure.percent)
    elif figure.is_headed:
        text = theme.number(figure.total.at_least)
    else:
        text = in_language(view.choice.language, partial(total_text, figure.total))
    return marked(text, disputed_by(view, figure))


def notes(view: View) -> list[str]:
    """Write what stands under a view: how to read it, why figures are in dispute, where they come from."""
    say, lines = view.release.say, []
    if view.breakdown.has_at_least:
        lines.append(say("at_least_note"))
    if len(view.releases) > 1:
        lines.append(say("quarters_note"))
    if view.choice.show == "shares":
        lines += [say("share_note"), *percent_notes(view)]
    lines += why_empty(view)
    if view.breakdown.blanks and view.choice.show == "counts" and makes_a_whole(view.breakdown):
        lines.append(say("no_stack"))
    lines += [f"{DAGGER} {finding.statement}" for finding in disputes(view)]
    return [*lines, *(release.source_line(view.choice.table) for release in view.releases)]


def percent_notes(view: View) -> list[str]:
    """Write what the percents of columns add to where that is not 100; with one column alone it needs no name."""
    if view.choice.show != "shares":
        return []
    sums = {codes: sum(known) for codes in view.breakdown.column_codes if (known := _percents(view, codes))}
    missed = {codes: added for codes, added in sums.items() if added != 100}
    if len(sums) == 1:
        return [view.release.say("percent_note", sum=added) for added in missed.values()]

    def columns(language: str) -> str:
        return "; ".join(f"{_name_column(view, codes, language)} {added}" for codes, added in missed.items())

    return [view.release.say("percent_note_columns", columns=columns)] if missed else []


def _percents(view: View, codes: Codes) -> list[int]:
    """List the percents of a column's parts."""
    figures = (view.breakdown.figures.get((row, codes)) for row in view.breakdown.members)
    return [figure.percent for figure in figures if figure and figure.percent is not None]


def _name_column(view: View, codes: Codes, language: str) -> str:
    names = (name_member(view, *place, language) for place in zip(view.breakdown.columns, codes, strict=True))
    return ", ".join(dict.fromkeys(names))


def why_empty(view: View, blank: str = "") -> list[str]:
    """Write why numbers or shares are missing; `blank` stands in place of what explains the …."""
    say, is_shares, lines = view.release.say, view.choice.show == "shares", []
    if view.breakdown.blanks:
        lines.append(blank or f"{theme.number(None)} {say('not_reported')}")
    columns = [_column(view, codes) for codes in view.breakdown.column_codes] if is_shares else []
    if any(None in values for values in columns):
        lines.append(say("no_shares_blank"))
    if any(set(values) == {0} for values in columns):
        lines.append(say("no_shares_zero"))
    return lines


def _column(view: View, codes: Codes) -> list[int | None]:
    figures = (view.breakdown.figures.get((row, codes)) for row in view.breakdown.members)
    return [figure.value for figure in figures if figure]
