"""An archived notebook held against the one that was made again: its cells' texts, code and parameters."""

import json
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ...model.errors import CannotReadError
from ...words import say
from ..pages.notebooks import INJECTED
from .compare import changed_lines

FOLDER = re.compile(r'(= ")[^"]*/')


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook; raise CannotReadError where it is broken."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (nbformat.ValidationError, nbformat.reader.NotJSONError, ValueError, AttributeError, KeyError) as error:
        raise CannotReadError(say("notebook_broken", file=path.name)) from error
    return notebook


def cell_changes(before: NotebookNode, now: NotebookNode) -> list[str]:
    """Say which cells are not those of the project: its parameters, its code, its texts."""
    changes = [say("change_parameters", change=change) for change in changed_lines(*map(_parameters, (before, now)))]
    if _code(before) != _code(now):
        changes.append(say("change_code"))
    return [*changes, *_changed_texts(before, now)]


def _parameters(notebook: NotebookNode) -> list[str]:
    """List the parameters that were put in; an earlier version wrote in which folder a workbook was found."""
    given = (cell.source for cell in notebook.cells if _is_given(cell))
    return [FOLDER.sub(r"\1", line) for source in given for line in source.split("\n")]


def _is_given(cell: NotebookNode) -> bool:
    return INJECTED in cell.metadata.get("tags", [])


def _code(notebook: NotebookNode) -> list[str]:
    """Give a notebook's code without the parameters that were put in."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "code" and not _is_given(cell)]


def _changed_texts(before: NotebookNode, now: NotebookNode) -> Iterator[str]:
    """Say which texts between the code differ."""
    old, new = ([cell.source for cell in one.cells if cell.cell_type != "code"] for one in (before, now))
    for tag, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            for change in changed_lines(_lines(old[start:end]), _lines(new[begin:stop])):
                yield say("change_text", change=change)


def _lines(sources: Sequence[str]) -> list[str]:
    return [line for source in sources for line in source.split("\n") if line.strip()]


def without_pictures(notebook: NotebookNode) -> str:
    """Write a notebook without its pictures, which are compared by how they look: cells, outputs, and what says how."""
    bare = nbformat.from_dict(json.loads(nbformat.writes(notebook)))
    for cell in bare.cells:
        for output in cell.get("outputs", []):
            for kind in ("image/png", "image/jpeg"):
                output.get("data", {}).pop(kind, None)
    return json.dumps(bare, sort_keys=True)
