"""Cells of an executed notebook → the body of a page: its text and what it shows, without its code."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from nbformat import NotebookNode

ONLY_IN_NOTEBOOK = "only-in-notebook"
"""The tag of cells that speak to whoever runs a notebook, not to whoever reads the report."""


def body_html(notebook: NotebookNode) -> str:
    """Lay the cells of a notebook out one below the other."""
    shown = (cell for cell in notebook.cells if ONLY_IN_NOTEBOOK not in cell.metadata.get("tags", ()))
    return "\n".join(_each_once(filter(None, map(_cell, shown))))


def _cell(cell: NotebookNode) -> str:
    if cell.cell_type == "markdown":
        return f'<div class="text">{_markdown()(cell.source)}</div>'
    return "\n".join(f'<div class="output">{output_html(output)}</div>' for output in cell.get("outputs", ()))


def _each_once(parts: Iterable[str]) -> list[str]:
    """Leave out what says the same as what stands right above it.

    >>> _each_once(["no target", "no target", "a chart", "no target"])
    ['no target', 'a chart', 'no target']
    """
    return [part for part, _ in groupby(parts)]


@cache
def _markdown() -> Callable[[str], Any]:
    """Make what turns Markdown into HTML, with the additions that Jupyter has."""
    from mistune import create_markdown

    return create_markdown(escape=False, plugins=["strikethrough", "table", "url", "task_lists", "def_list"])


def output_html(output: Mapping[str, Any]) -> str:
    """Lay one output out: the first of its forms that a page can show."""
    data = output.get("data", {})
    if "text/html" in data:
        return data["text/html"]
    if "image/png" in data:
        return _picture(data["image/png"], output["metadata"].get("image/png", {}))
    if "text/markdown" in data:
        return _markdown()(data["text/markdown"])
    return f"<pre>{escape(output.get('text') or data.get('text/plain', ''))}</pre>"


def _picture(png: str, about: Mapping[str, object]) -> str:
    """Show a picture, with its size and what is read to those who cannot see it."""
    sizes = "".join(f' {side}="{about[side]}"' for side in ("width", "height") if side in about)
    return f'<img alt="{escape(str(about.get("alt", "")))}" src="data:image/png;base64,{png.strip()}"{sizes}>'
