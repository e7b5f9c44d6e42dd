"""What a notebook shows: tables, charts with their numbers, sentences, findings, the plan and where the year stands.

Everything shown has a plain text beside it that is the same for the same figures, because that is what a later
run is compared with (nbval does not compare pictures).
"""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import pandas as pd

from ...analysis.disputes import each_once
from ...model.by_quarters import chart_in
from ...model.catalogue import spec
from ...model.errors import UnknownNameError
from ...model.plan import Indicator
from ...quality.relations import Tested
from ...words import did_you_mean, say
from .. import theme
from ..charts import Chart, chart, png, svg
from ..charts.bullets import bullets
from ..charts.burn_up import burn_up
from ..charts.runs import run_chart
from ..files import write_whole
from ..release import Release
from ..text.changes import change_table, changes_html, changes_text, revision_sentences
from ..text.definitions import definitions_html, definitions_text
from ..text.findings import findings_html, folded_html
from ..text.glance import glance_frame
from ..text.glance_html import glance_html
from ..text.indicators import indicator_frame, indicator_html
from ..text.progress import progress_sentence
from ..text.runs import run_sentences
from ..text.sentences import sentence
from ..text.summary import changes_told, summary
from ..text.table import lines_html, table_html
from ..text.targets import has_targets, no_burn_up, no_targets

SCREEN_WIDTH = 820
INDICATOR_FORMS = {"burn_up": burn_up, "run": run_chart}
"""The charts that one indicator can have."""
_shown: list["Picture"] = []


class Page:
    """A piece of HTML with the plain text that stands for it."""

    def __init__(self, html: str, text: str) -> None:
        self.html, self.text = html, text

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


class Picture:
    """Charts in a notebook: the picture for people, the plotted numbers as text for comparison."""

    def __init__(self, drawn: Chart) -> None:
        self.chart = drawn
        self.png = png(drawn.figure)

    @property
    def text(self) -> str:
        """The chart's title and the numbers it plots."""
        numbers = self.chart.numbers.rename(index=_one_line, columns=_one_line)
        with pd.option_context("display.width", None, "display.max_rows", None, "display.max_columns", None):
            return f"{self.chart.title}\n{numbers.to_string(na_rep=theme.number(None))}"

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str | bytes], dict[str, dict[str, str | int]]]:
        _shown.append(self)
        shown: dict[str, str | bytes] = {"image/png": self.png, "text/plain": self.text}
        size: dict[str, str | int] = {"width": SCREEN_WIDTH, "alt": self.chart.title}
        return shown, {"image/png": size, "ccpcr": {"chart": self.chart.name}}


def _one_line(text: object) -> object:
    return text.replace("\n", " ") if isinstance(text, str) else text


# --- tables and their charts -------------------------------------------------------------------------------


def show_table(release: Release, name: str) -> Page:
    """Show a table as on its slide, recomputed; a sentence where the workbook does not have it."""
    if not has_table(release, name):
        return _missing(release)
    return Page(table_html(release, name), release.frame(name).to_string())


def show_chart(release: Release, name: str, form: str | None = None) -> Picture | Page:
    """Show one chart of a table: `form` is one of its declared charts, the first if left out."""
    if not has_table(release, name):
        return _missing(release)
    drawn = chart_in(form or release.table(name).spec.charts[0], release.period)
    if drawn is None:
        return _sentences([release.say("chart_of_months", between="\n")])
    return Picture(chart(release, name, drawn))


def show_sentence(release: Release, name: str) -> Page:
    """Show the figures of a table that matter, in a sentence or two."""
    if not has_table(release, name):
        return _missing(release)
    text = sentence(release, name)
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    return Page(f'<div class="ccpcr-sentence">{paragraphs}</div>', text)


def has_table(release: Release, name: str) -> bool:
    """Check whether the workbook has a table; raise KeyError, with the nearest there is, where no report has."""
    return spec(name).name in release.tables


def _missing(release: Release) -> Page:
    text = release.say("table_missing")
    return Page(f'<p class="ccpcr-missing">{escape(text)}</p>', text)


def show_glance(release: Release) -> Page:
    """Show the quarter at a glance: how it was, against the plan and the quarters before, and what cannot be said."""
    lines = [summary(release), *changes_told(release), glance_frame(release).to_string()]
    return Page(glance_html(release), "\n".join(lines))


# --- findings and relations --------------------------------------------------------------------------------


def show_findings(release: Release, *tables: str) -> Page:
    """Show what is wrong with the workbook, in words.

    Of the named tables, if any are named, only what is in dispute, folded into one line; nothing where nothing is.
    """
    findings = each_once(map(release.findings_in, tables)) if tables else release.problems
    lines = [f"{finding.severity}: {finding.message}" for finding in findings]
    html = folded_html(release, findings) if tables else findings_html(release, findings)
    return Page(html, "\n".join(lines) or release.say("no_findings"))


def show_relations(release: Release) -> Page:
    """Show which declared relations hold in this quarter: one row a relation, with the figures it was tested on."""
    groups: dict[str, list[Tested]] = {}
    for tested in release.relations:
        groups.setdefault(tested.relation.why, []).append(tested)
    heads = [release.say(name) for name in ("relation_column", "holds", "does_not_hold", "not_tested", "figures")]
    frame = pd.DataFrame([_relation_row(why, group) for why, group in groups.items()], columns=heads)
    html = frame.to_html(index=False, border=0, classes="ccpcr-relations", justify="left")
    return Page(html, frame.to_string(index=False))


def _relation_row(why: str, group: Sequence[Tested]) -> tuple[str, int, int, int, str]:
    """Give why a relation holds, how often it does, does not and is not known, and the figures it was tested on."""
    holds, broken, unknown = (sum(tested.holds is answer for tested in group) for answer in (True, False, None))
    figures = "; ".join(f"{tested.who}: {tested.figures}" for tested in group if tested.holds is not None)
    return why, holds, broken, unknown, figures


# --- the plan and time -------------------------------------------------------------------------------------


def show_indicators(release: Release) -> Page:
    """Show every indicator: baseline, target, actual by quarter, year to date, percent, state."""
    return Page(indicator_html(release), indicator_frame(release).to_string())


def show_definitions(release: Release) -> Page:
    """Show what each indicator counts, how it is made, and who answers for it: the plan's reference sheet."""
    return Page(definitions_html(release), definitions_text(release))


def show_progress(release: Release, *codes: str) -> Page:
    """Show in sentences where indicators stand against the plan; without names, those that have a target.

    Without any target a line says how to add one.
    """
    planned = [achievement for achievement in release.achievements if achievement.target is not None]
    chosen = [release.achievement(code) for code in codes] or planned
    return _sentences([progress_sentence(release, achievement) for achievement in chosen] or [no_targets(release)])


def show_changes(release: Release, *codes: str) -> Page:
    """Show what has changed since the quarter before, and since the same quarter a year before, in one table."""
    table = change_table(release, _followed(release, codes))
    return Page(changes_html(table), changes_text(table))


def show_runs(release: Release, *codes: str) -> Page:
    """Show in sentences each indicator's median and limits over all periods, and the signals by name."""
    runs = [release.history.run(indicator) for indicator in _followed(release, codes)]
    return _sentences(run_sentences(release, runs))


def _followed(release: Release, codes: Sequence[str]) -> list[Indicator]:
    """List the indicators that are asked for; if none is, all that count something and are no percent."""
    countable = [indicator for indicator in release.plan.indicators if not indicator.ratio]
    return [release.plan.indicator(code) for code in codes] or countable


def show_revisions(release: Release) -> Page:
    """Show the figures of earlier quarters that a later workbook states anew."""
    return _sentences(revision_sentences(release) or [release.say("no_revisions", between="\n")])


def show_bullets(release: Release) -> Picture | Page:
    """Draw every indicator that has a target against it; without any, a line says how to add one."""
    return Picture(bullets(release)) if has_targets(release) else _sentences([no_targets(release)])


def show_indicator(release: Release, code: str, form: str = "run") -> Picture | Page:
    """Draw one indicator: `form` is ``run`` or ``burn_up``. Raise KeyError for another.

    Give a sentence instead where its quarters are not added up or no target is set, and nothing can grow towards it.
    """
    why_none = no_burn_up(release, release.plan.indicator(code)) if form == "burn_up" else ""
    if why_none:
        return _sentences([why_none])
    if form not in INDICATOR_FORMS:
        near = did_you_mean(form, INDICATOR_FORMS)
        raise UnknownNameError(say("name_no_indicator_chart", name=form, known=", ".join(INDICATOR_FORMS), near=near))
    return Picture(INDICATOR_FORMS[form](release, code))


def _sentences(sentences: Iterable[str]) -> Page:
    """Show sentences as paragraphs, the languages of one beneath each other."""
    lines = list(sentences)
    html = "".join(f"<p>{lines_html(line)}</p>" for line in lines)
    return Page(f'<div class="ccpcr-sentence">{html}</div>', "\n".join(lines))


# --- what has been shown -----------------------------------------------------------------------------------


def save_shown(folder: str | Path) -> list[str]:
    """Write every chart shown so far as PNG and SVG, forget them, and name the files without their endings."""
    names = []
    for picture in _shown:
        stem = Path(folder) / picture.chart.name
        write_whole(stem.with_suffix(".png"), picture.png)
        write_whole(stem.with_suffix(".svg"), svg(picture.chart.figure))
        names.append(picture.chart.name)
    _shown.clear()
    return names


def forget_shown() -> None:
    """Forget the charts shown so far."""
    _shown.clear()
