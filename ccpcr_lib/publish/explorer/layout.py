"""A view → what can be shown and kept: an HTML table, plain text, tidy rows for a CSV file, the code that makes it."""

import csv
import io
from html import escape
from itertools import groupby
from pathlib import Path

import pandas as pd

from ...analysis.breakdown import TOTAL
from ...excel.reader import SYNTHETIC
from ...model.list_cells import as_text
from ...words import BETWEEN
from ..files import fill_in
from ..release import DAGGER
from ..text.table import lines_html, total_text
from .choice import stretches
from .labels import (
    dimension_label,
    disputed_by,
    figure_text,
    member_label,
    notes,
    subtitle,
    title,
    unit_label,
)
from .spoken import sentence
from .view import View

CODE = Path(__file__).with_name("explore.ipy")
"""The lines that make a view in a notebook."""


def view_html(view: View) -> str:
    """Lay a view's sentence and table out as HTML, the same for the same figures."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in sentence(view).split("\n"))
    return f'<div class="ccpcr-sentence">{paragraphs}</div>{table_html(view)}'


def table_html(view: View) -> str:
    """Lay a view's figures out as one HTML table: title, spanners, rows, totals, notes."""
    body = "".join(_row(view, row) for row in view.breakdown.row_codes)
    under = "<br>".join(escape(line) for line in notes(view))
    return (
        f'<figure class="ccpcr-table"><table><caption><strong>{escape(title(view))}</strong><br>'
        f"{escape(subtitle(view))}</caption><thead>{''.join(_heads(view))}</thead>"
        f"<tbody>{body}</tbody></table><figcaption>{under}</figcaption></figure>"
    )


def _heads(view: View) -> list[str]:
    """Give one heading row for each dimension of the columns; neighbours under one spanner share it."""
    breakdown, depth = view.breakdown, max(len(view.breakdown.columns), 1)
    rows, language = breakdown.rows, view.choice.language
    corner = lines_html(dimension_label(rows, view.spec, language, between="\n")) if rows else ""
    lines = [f'<th rowspan="{depth}" scope="col">{corner}</th>'] + [""] * (depth - 1)
    if not breakdown.columns:
        unit = unit_label(view, between="\n")
        lines[0] += f'<th scope="col">{lines_html(unit)}</th>'
    for level, name in enumerate(breakdown.columns):
        for codes, columns in groupby(codes[: level + 1] for codes in breakdown.column_codes):
            scope = "col" if level == depth - 1 else "colgroup"
            again = codes[-1] == TOTAL and level and codes[-2] == TOTAL
            label = "" if again else member_label(view, name, codes[-1], is_head=True, between="\n")
            lines[level] += f'<th scope="{scope}" colspan="{len(list(columns))}">{lines_html(label)}</th>'
    return [f"<tr>{line}</tr>" for line in lines]


def _row(view: View, row: str) -> str:
    breakdown = view.breakdown
    kind = ' class="total"' if row == TOTAL and breakdown.rows else ""
    figures = (breakdown.figures.get((row, codes)) for codes in breakdown.column_codes)
    cells = "".join(f"<td>{figure_text(view, figure)}</td>" for figure in figures)
    label = lines_html(member_label(view, breakdown.rows, row, between="\n"))
    return f'<tr{kind}><th scope="row">{label}</th>{cells}</tr>'


def column_label(view: View, codes: tuple[str, ...], *, between: str = BETWEEN) -> str:
    """Name a column by all its dimensions; a column of totals once."""
    places = zip(view.breakdown.columns, codes, strict=True)
    labels = (member_label(view, name, code, is_head=True, between=between) for name, code in places)
    return ", ".join(dict.fromkeys(labels)) or unit_label(view, between=between)


def plain_text(view: View) -> str:
    """Write a view as plain text, which is what a later run is compared with."""
    rows = [member_label(view, view.breakdown.rows, row) for row in view.breakdown.row_codes]
    frame = pd.DataFrame(
        {
            place: [figure_text(view, view.breakdown.figures.get((row, codes))) for row in view.breakdown.row_codes]
            for place, codes in enumerate(view.breakdown.column_codes)
        },
        index=rows,
    )
    frame.columns = [column_label(view, codes) for codes in view.breakdown.column_codes]
    return "\n".join([title(view), subtitle(view), sentence(view), frame.to_string()])


def csv_text(view: View) -> str:
    """Write a view as tidy CSV text, one row a figure: its dimensions, count and percent, and † if it is disputed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    names = [name for name in (view.breakdown.rows, *view.breakdown.columns) if name]
    heads = [dimension_label(name, view.spec, view.choice.language) for name in names]
    shares = view.choice.show == "shares"
    writer.writerow([*heads, view.release.say(f"unit_{view.choice.what.unit}"), *(["%"] if shares else []), DAGGER])
    for (row, codes), figure in view.breakdown.figures.items():
        places = zip((view.breakdown.rows, *view.breakdown.columns), (row, *codes), strict=True)
        labels = [as_text(member_label(view, name, code)) for name, code in places if name]
        mark = DAGGER if disputed_by(view, figure) else ""
        count = total_text(figure.total) if figure.is_bound else figure.value
        writer.writerow([*labels, count, *([figure.percent] if shares else []), mark])
    return buffer.getvalue()


def file_name(view: View) -> str:
    """Name a view's files, without ending, by what they show: ``2010-Q2-education-by-grade-bars``.

    Neighbouring quarters are named by the first and the last of them, others one by one.
    """
    choice, dimensions = view.choice, (view.breakdown.rows, *view.breakdown.columns)
    names = [view.spec.rows if name == "category" else name for name in dimensions if name]
    by = ["by", "-and-".join(names)] if names else []
    quarters = ("-to-".join(dict.fromkeys(ends)) for ends in stretches(choice.periods))
    parts = ["-and-".join(quarters), choice.table, choice.counted.replace("/", "-"), *by]
    parts += [choice.chart, *(["shares"] if choice.show == "shares" else [])]
    parts += [choice.language] if choice.language != "en" else []
    parts += [SYNTHETIC] if view.release.banner else []
    return "-".join(filter(None, parts)).replace("_", "-").replace("+", "-")


def code(view: View, folder: str) -> str:
    """Write the three lines that make a view in a notebook of one's own."""
    choice = view.choice
    named: dict[str, str | list[str]] = {"periods": list(choice.periods), "by": list(choice.by or ())}
    named |= {"counted": choice.counted, "chart": choice.chart}
    named |= {"show": "" if choice.show == "counts" else choice.show}
    named |= {"language": "" if choice.language == "en" else choice.language}
    words = "".join(f", {name}={value!r}" for name, value in named.items() if value or name == "by")
    return fill_in(CODE, asked=f"{folder!r}, {choice.table!r}{words}")
