"""A view → words: its title, unit and periods, the names of its rows and columns, its figures as text, a sentence."""

from collections.abc import Iterable

from ...analysis.breakdown import TOTAL, UNSAID, Figure
from ...model.codelist import codelist
from ...model.finding import Finding
from ...model.table import DIMENSIONS, TableSpec, Text
from ...model.wording import measure_label, month_label, quarter_label, span_label, text_label
from ...words import in_language, say, sentences
from .. import theme
from ..release import DAGGER
from .choice import makes_a_whole, stretches
from .view import View


def dimension_label(name: str, spec: TableSpec, language: str) -> str:
    """Name a dimension where it stands alone: ``Month``, ``Sex``, or what the table's own rows are."""
    return in_language(language, lambda one: _dimension(name, spec, one).capitalize())


def _dimension(name: str, spec: TableSpec, language: str) -> str:
    axis = spec.rows if name == "category" else name
    if f"dim_{axis}" in sentences():
        return say(f"dim_{axis}", language)
    return codelist("headings").label(axis, language)


def member_label(view: View, dimension: str, code: str, *, is_head: bool = False) -> str:
    """Name a member of a dimension in the view's language; a case type goes by its code in a heading."""
    if code == UNSAID:
        return view.release.say("sex_unknown")
    if code == TOTAL:
        return total_label(view) if dimension else view.release.say("all")
    return in_language(
        view.choice.language,
        lambda one: code if is_head and dimension == "case_type" else _member(view, dimension, code, one),
    )


def _member(view: View, dimension: str, code: str, language: str) -> str:
    if dimension == "quarter":
        return quarter_label(code, language)
    if dimension == "month":
        return month_label(code, language, year=len(view.releases) > 1)
    names = view.spec.codelist if dimension == "category" else DIMENSIONS[dimension]
    return text_label(Text(names, code), view.release.period, language)


def total_label(view: View) -> str:
    """Name a total; where one person may stand in several rows it is only what is known for sure."""
    return codelist("headings").label("at_least" if view.spec.totals[0].once else "total", view.choice.language)


def title(view: View) -> str:
    """Say what is counted and by what it is broken down, with the mark of what is in dispute."""
    names = [name for name in (view.found.rows, *view.found.columns) if name]
    words = {
        "measure": lambda language: measure_label(view.choice.what.measure, language),
        "by": lambda language: _joined([_dimension(name, view.spec, language) for name in names], language),
    }
    text = view.release.say("view_title", **words) if names else in_language(view.choice.language, words["measure"])
    return f"{text} {DAGGER}" if is_disputed(view) else text


def _joined(names: list[str], language: str) -> str:
    *first, last = names
    return say("view_and", language, first=", ".join(first), last=last) if first else last


def is_disputed(view: View) -> bool:
    """Tell whether a finding disputes one of the figures."""
    return any(figure.is_disputed for figure in view.found.figures.values())


def disputes(view: View) -> list[Finding]:
    """List the findings that dispute figures of the view, and no others of its table."""
    shown = {item for figure in view.found.figures.values() for item in figure.disputes}
    named = (item for one in view.releases for item in one.disputes(view.choice.table))
    return [item for item in dict.fromkeys(named) if item in shown]


def subtitle(view: View) -> str:
    """Say the unit and the periods, and first of all if the data are made up."""
    ends = stretches(view.choice.periods)
    months = (" – ".join(dict.fromkeys(_months(view, one) for one in stretch)) for stretch in ends)
    return view.release.stamp(f"{unit_label(view)}; {', '.join(months)}")


def unit_label(view: View) -> str:
    """Say the unit alone, as a heading."""
    return view.release.say("show_shares" if view.choice.show == "shares" else f"unit_{view.choice.what.unit}")


def _months(view: View, quarter: str) -> str:
    return in_language(view.choice.language, lambda language: span_label(quarter, language))


def figure_text(view: View, figure: Figure | None) -> str:
    """Write a figure as it is to be read: the number, or what stands for one, and † where it is in dispute."""
    if figure is None:
        return ""
    if figure.value is None or view.choice.show == "counts":
        text = theme.number(figure.value)
    else:
        text = theme.percent(figure.percent)
    return f"{text} {DAGGER}" if text and figure.is_disputed else text


def number(view: View, figure: Figure | None) -> int | None:
    """Give the number a mark of the chart stands for; None where none is known."""
    if figure is None:
        return None
    return figure.percent if view.choice.show == "shares" else figure.value


def notes(view: View) -> list[str]:
    """Write what stands under a view: how to read it, why figures are in dispute, where they come from."""
    say, found = view.release.say, []
    if view.spec.totals[0].once:
        found.append(say("at_least_note"))
    if len(view.releases) > 1:
        found.append(say("quarters_note"))
    if view.choice.show == "shares":
        found.append(f"{say('share_note')} {say('percent_note')}")
    found += why_empty(view)
    if view.found.blanks and view.choice.show == "counts" and makes_a_whole(view.found, view.spec):
        found.append(say("no_stack"))
    found += (f"{DAGGER} {item.statement}" for item in disputes(view))
    return [*found, *(one.source_line(view.choice.table) for one in view.releases)]


def why_empty(view: View, blank: str = "") -> list[str]:
    """Say why numbers or shares are missing; `blank` stands in place of what explains the …."""
    say, is_shares, found = view.release.say, view.choice.show == "shares", []
    if view.found.blanks:
        found.append(blank or f"{theme.number(None)} {say('not_reported')}")
    columns = [_column(view, codes) for codes in view.found.column_codes] if is_shares else []
    if any(None in values for values in columns):
        found.append(say("no_shares_blank"))
    if any(set(values) == {0} for values in columns):
        found.append(say("no_shares_zero"))
    return found


def _column(view: View, codes: tuple[str, ...]) -> list[int | None]:
    figures = (view.found.figures.get((row, codes)) for row in view.found.members)
    return [figure.value for figure in figures if figure]


def sentence(view: View) -> str:
    """Say the figures that matter: each quarter's total or the stock by month, the largest group, what is missing."""
    return in_language(view.choice.language, lambda language: " ".join(_sentences(view, language)), between="\n")


def _sentences(view: View, language: str) -> Iterable[str]:
    measure = measure_label(view.choice.what.measure, language)
    totals = {one.period: _total(view, one.period) for one in view.releases}
    if view.choice.what.is_stock or len(totals) > 1:
        yield say("sentence_stock", language, measure=measure, parts=", ".join(_over_time(view, totals, language)))
    elif None not in totals.values():
        (period, total), once = next(iter(totals.items())), view.spec.totals[0].once
        code = "sentence_none" if not total else "sentence_at_least" if once else "sentence_total"
        yield say(code, language, measure=measure, total=total, quarter=quarter_label(period, language))
    yield from _largest(view, language)
    if view.found.blanks:
        yield _missing(view, language)


def _missing(view: View, language: str) -> str:
    blanks = view.found.blanks
    return say("sentence_missing_one" if blanks == 1 else "sentence_missing", language, count=blanks)


def missing(view: View) -> str:
    """Say how many figures were not reported, for a chart that leaves them out."""
    return in_language(view.choice.language, lambda language: _missing(view, language))


def _total(view: View, period: str) -> int | None:
    from ...analysis.breakdown import break_down

    release = next(one for one in view.releases if one.period == period)
    if view.choice.what.is_stock:
        return None
    alone = break_down([release.table(view.choice.table)], view.choice.what, ())
    return alone.figures[TOTAL, ()].value


def _over_time(view: View, totals: dict[str, int | None], language: str) -> Iterable[str]:
    if not view.choice.what.is_stock:
        for period, total in totals.items():
            yield f"{quarter_label(period, language)}: {theme.number(total)}"
        return
    for (row, codes), figure in view.found.figures.items():
        month = row if view.found.rows == "month" else codes[0]
        yield f"{_member(view, 'month', month, language)} {theme.number(figure.value)}"


def _largest(view: View, language: str) -> Iterable[str]:
    """Name the largest group if every group is known, there are several, and one stands alone at the top."""
    figures = {key: item for key, item in view.found.figures.items() if TOTAL not in (key[0], *key[1])}
    if view.choice.what.is_stock or len(figures) < 2 or any(item.value is None for item in figures.values()):
        return
    top = max(item.value for item in figures.values())
    there = [key for key, item in figures.items() if item.value == top]
    if top and len(there) == 1:
        row, codes = there[0]
        names = zip((view.found.rows, *view.found.columns), (row, *codes), strict=True)
        label = ", ".join(_label(view, name, code, language) for name, code in names if name)
        yield say("sentence_first", language, label=label, count=theme.number(top))


def _label(view: View, dimension: str, code: str, language: str) -> str:
    return say("sex_unknown", language) if code == UNSAID else _member(view, dimension, code, language)
