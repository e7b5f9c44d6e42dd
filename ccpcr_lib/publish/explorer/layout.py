"""A view → what can be shown and kept: an HTML table, plain text, tidy rows for a CSV file, the code that makes it."""

import csv
import io
from html import escape
from itertools import groupby

from ...analysis.breakdown import TOTAL
from ...excel.reader import SYNTHETIC
from ..files import as_text
from ..release import DAGGER
from .choice import stretches
from .labels import dimension_label, figure_text, member_label, notes, sentence, subtitle, title, unit_label
from .view import View


def view_html(view: View) -> str:
    """Lay a view's sentence and table out as HTML, the same for the same figures."""
    said = "".join(f"<p>{escape(line)}</p>" for line in sentence(view).split("\n"))
    return f'<div class="ccpcr-sentence">{said}</div>{table_html(view)}'


def table_html(view: View) -> str:
    """Lay a view's figures out as one HTML table: title, spanners, rows, totals, notes."""
    body = "".join(_row(view, row) for row in view.found.row_codes)
    under = "<br>".join(escape(line) for line in notes(view))
    return (
        f'<figure class="ccpcr-table"><table><caption><strong>{escape(title(view))}</strong><br>'
        f"{escape(subtitle(view))}</caption><thead>{''.join(_heads(view))}</thead>"
        f"<tbody>{body}</tbody></table><figcaption>{under}</figcaption></figure>"
    )


def _heads(view: View) -> list[str]:
    """Give one heading row for each dimension of the columns; neighbours under one spanner share it."""
    found, depth = view.found, max(len(view.found.columns), 1)
    corner = dimension_label(found.rows, view.spec, view.choice.language) if found.rows else ""
    lines = [f'<th rowspan="{depth}" scope="col">{_broken(corner)}</th>'] + [""] * (depth - 1)
    if not found.columns:
        lines[0] += f'<th scope="col">{_broken(unit_label(view))}</th>'
    for level, name in enumerate(found.columns):
        for codes, run in groupby(found.column_codes, key=lambda codes, level=level: codes[: level + 1]):
            scope = "col" if level == depth - 1 else "colgroup"
            again = codes[-1] == TOTAL and level and codes[-2] == TOTAL
            label = "" if again else _broken(member_label(view, name, codes[-1], is_head=True))
            lines[level] += f'<th scope="{scope}" colspan="{len(list(run))}">{label}</th>'
    return [f"<tr>{line}</tr>" for line in lines]


def _row(view: View, row: str) -> str:
    kind = ' class="total"' if row == TOTAL and view.found.rows else ""
    cells = "".join(
        f"<td>{figure_text(view, view.found.figures.get((row, codes)))}</td>" for codes in view.found.column_codes
    )
    return f'<tr{kind}><th scope="row">{_broken(member_label(view, view.found.rows, row))}</th>{cells}</tr>'


def _broken(label: str) -> str:
    return escape(label).replace(" · ", "<br>")


def column_label(view: View, codes: tuple[str, ...]) -> str:
    """Name a column by all its dimensions; a column of totals once."""
    places = zip(view.found.columns, codes, strict=True)
    labels = (member_label(view, name, code, is_head=True) for name, code in places)
    return ", ".join(dict.fromkeys(labels)) or unit_label(view)


def plain_text(view: View) -> str:
    """Write a view as plain text, which is what a later run is compared with."""
    import pandas as pd

    rows = [member_label(view, view.found.rows, row) for row in view.found.row_codes]
    frame = pd.DataFrame(
        {
            place: [figure_text(view, view.found.figures.get((row, codes))) for row in view.found.row_codes]
            for place, codes in enumerate(view.found.column_codes)
        },
        index=rows,
    )
    frame.columns = [column_label(view, codes) for codes in view.found.column_codes]
    return "\n".join([title(view), subtitle(view), sentence(view), frame.to_string()])


def csv_text(view: View) -> str:
    """Write a view as tidy CSV text, one row a figure: its dimensions, count and percent, and † if it is disputed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    names = [name for name in (view.found.rows, *view.found.columns) if name]
    heads = [dimension_label(name, view.spec, view.choice.language) for name in names]
    shares = view.choice.show == "shares"
    writer.writerow([*heads, view.release.say(f"unit_{view.choice.what.unit}"), *(["%"] if shares else []), DAGGER])
    for (row, codes), figure in view.found.figures.items():
        places = zip((view.found.rows, *view.found.columns), (row, *codes), strict=True)
        labels = [as_text(member_label(view, name, code)) for name, code in places if name]
        mark = DAGGER if figure.is_disputed else ""
        writer.writerow([*labels, figure.value, *([figure.percent] if shares else []), mark])
    return buffer.getvalue()


def file_name(view: View) -> str:
    """Name a view's files, without ending, by what they show: ``2010-Q2-education-by-grade-bars``.

    Neighbouring quarters are named by the first and the last of them, others one by one.
    """
    choice, dimensions = view.choice, (view.found.rows, *view.found.columns)
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
    named = {"periods": list(choice.periods), "by": list(choice.by), "counted": choice.counted, "chart": choice.chart}
    named |= {"show": "" if choice.show == "counts" else choice.show}
    named |= {"language": "" if choice.language == "en" else choice.language}
    words = "".join(f", {name}={value!r}" for name, value in named.items() if value or name == "by")
    return (
        "from ccpcr_lib import explore\n"
        f"view = explore({folder!r}, {choice.table!r}{words})\n"
        "display(view.page, view.picture)"
    )
