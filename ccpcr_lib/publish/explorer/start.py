"""What is in the project → the first page of JupyterLab: the notebooks with their questions, the workbooks' state."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import nbformat

from ...excel.copies import Copy
from ...model.errors import CannotReadError
from ...model.wording import in_numbers
from ...words import BETWEEN, in_language, say
from ..pages.html import heading
from ..pages.show import Page
from ..quarters import Quarters, quarters
from ..release import Release
from ..text.table import lines_html

LANGUAGE = "en+km"
FIRST_PAGE = "start.ipynb"


def show_notebooks(folder: str | Path = ".") -> Page:
    """Show the notebooks of a folder, the numbered ones last: each with its title, as a link, and what it answers."""
    paths = [path for path in Path(folder).glob("*.ipynb") if path.name != FIRST_PAGE]
    rows = []
    for path in sorted(paths, key=lambda path: (path.stem[0].isdigit(), path.name)):
        notebook = nbformat.read(path, as_version=4)
        rows.append((path.name, heading(notebook), question(notebook)))
    html = [(f'<a href="{escape(name)}">{escape(title)}</a>', escape(about)) for name, title, about in rows]
    return Page(_table(("start_notebook", "start_question"), html), "\n".join(" | ".join(row) for row in rows))


def question(notebook: nbformat.NotebookNode) -> str:
    """Give what a notebook says it answers: the first paragraph below its two titles, English and Khmer."""
    paragraphs = notebook.cells[0].source.strip().split("\n\n")
    return " ".join(paragraphs[2].split()) if len(paragraphs) > 2 else ""


def show_workbooks(folder: str | Path = "../data") -> Page:
    """Show the quarters' workbooks in a folder and how each one is: read or not, its quarter, its findings.

    What has no quarter in its name and is no workbook of this report is passed over.
    """
    try:
        there = quarters(folder, LANGUAGE)
    except CannotReadError as reason:
        return Page(f"<p>{escape(str(reason))}</p>", str(reason))
    heads = ("start_workbook", "start_state", "start_period", "start_findings")
    html = _table(heads, [tuple(map(lines_html, row)) for row in _rows(there, "\n")])
    return Page(html, "\n".join(" | ".join(row) for row in _rows(there, BETWEEN)))


def _rows(there: Quarters, between: str) -> list[tuple[str, ...]]:
    """Name each workbook, its state, its quarter and its findings, `between` between the languages."""
    rows = [_row(shown, between) for shown in there.releases]
    rows += [_aside(copy, between) for copy in there.copies]
    unread = say("start_unread", LANGUAGE, between=between)
    return rows + [(name, unread, "", why) for name, why in there.unread]


def _aside(copy: Copy, between: str) -> tuple[str, ...]:
    why = say("start_counts", LANGUAGE, between=between, file=copy.first.name)
    return copy.path.name, say("start_aside", LANGUAGE, between=between), copy.quarter, why


def _row(shown: Release, between: str) -> tuple[str, ...]:
    def counts(language: str) -> str:
        return say("start_found", language, **in_numbers(shown.problems, language))

    state = say("start_errors" if shown.has_errors else "start_read", LANGUAGE, between=between)
    return shown.workbook, state, shown.period, in_language(LANGUAGE, counts, between=between)


def _table(heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    """Lay rows of HTML out under headings."""
    head = "".join(f'<th scope="col" style="text-align:left">{escape(say(name, LANGUAGE))}</th>' for name in heads)
    lines = ("".join(f'<td style="text-align:left">{cell}</td>' for cell in row) for row in rows)
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"
    )
