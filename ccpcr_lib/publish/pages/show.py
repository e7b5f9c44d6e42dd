"""What a notebook shows: a table, a chart with its numbers, a sentence, the findings.

Everything shown has a plain text beside it that is the same for the same figures, because that is what a later
run is compared with (nbval does not compare pictures).
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import pandas as pd

from ...model.finding import Finding
from ...quality.relations import SYMBOLS, Tested
from .. import theme
from ..charts import Chart, chart, png, svg
from ..files import write_whole
from ..release import Release
from ..text.sentences import sentence
from ..text.table import table_html

SCREEN_WIDTH = 820
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

    def _repr_mimebundle_(self, **_: object) -> tuple[dict, dict]:
        _shown.append(self)
        size = {"width": SCREEN_WIDTH, "alt": self.chart.title}
        return {"image/png": self.png, "text/plain": self.text}, {
            "image/png": size,
            "ccpcr": {"chart": self.chart.name},
        }


def _one_line(text: object) -> object:
    return text.replace("\n", " ") if isinstance(text, str) else text


def show_table(release: Release, name: str) -> Page:
    """Show a table as on its slide, recomputed; say so where the workbook does not have it."""
    if name not in release.tables:
        return _missing(release)
    return Page(table_html(release, name), release.report.table(name, release.language).to_string())


def show_chart(release: Release, name: str, form: str | None = None) -> Picture | Page:
    """Show one chart of a table: `form` is one of its declared charts, the first if left out."""
    if name not in release.tables:
        return _missing(release)
    return Picture(chart(release, name, form or release.table(name).spec.charts[0]))


def show_sentence(release: Release, name: str) -> Page:
    """Show the figures of a table that matter, in a sentence or two."""
    if name not in release.tables:
        return _missing(release)
    text = sentence(release, name)
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    return Page(f'<div class="ccpcr-sentence">{paragraphs}</div>', text)


def show_findings(release: Release, *tables: str) -> Page:
    """Show what is wrong with the workbook, in words; of the named tables only what is in dispute, if any are named."""
    problems = dict.fromkeys(item for name in tables for item in release.disputes(name)) if tables else release.problems
    text = "\n".join(f"{item.severity}: {item.message}" for item in problems) or release.say("no_findings")
    return Page(findings_html(release, tuple(problems)), text)


def findings_html(release: Release, problems: Sequence[Finding]) -> str:
    """Lay findings out as a list, the gravity of each said by a word and not by colour alone."""
    if not problems:
        return f'<p class="ccpcr-findings">{escape(release.say("no_findings"))}</p>'
    items = (
        f'<li class="{item.severity}"><strong>{escape(release.say(item.severity))}</strong> {escape(item.message)}</li>'
        for item in problems
    )
    return f'<ul class="ccpcr-findings">{"".join(items)}</ul>'


def show_relations(release: Release) -> Page:
    """Show which declared relations hold in this quarter: one row a relation, with the figures it was tested on."""
    groups: dict[str, list[Tested]] = {}
    for tested in release.report.relations:
        groups.setdefault(tested.relation.why, []).append(tested)
    heads = [release.say(code) for code in ("relation_column", "holds", "does_not_hold", "not_tested", "figures")]
    frame = pd.DataFrame([_relation_row(why, group) for why, group in groups.items()], columns=heads)
    html = frame.to_html(index=False, border=0, classes="ccpcr-relations", justify="left")
    return Page(html, frame.to_string(index=False))


def _relation_row(why: str, group: Sequence[Tested]) -> tuple:
    counts = [sum(tested.holds is answer for tested in group) for answer in (True, False, None)]
    known = [tested for tested in group if tested.holds is not None]
    figures = "; ".join(
        f"{tested.who}: {tested.left.value} {SYMBOLS[tested.relation.operator]} {tested.right.value}"
        for tested in known
    )
    return why, *counts, figures


def _missing(release: Release) -> Page:
    text = release.say("table_missing")
    return Page(f'<p class="ccpcr-missing">{escape(text)}</p>', text)


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
