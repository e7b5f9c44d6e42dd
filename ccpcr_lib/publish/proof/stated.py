"""What the parts of a report say of it: workbook, quarter, language, versions. No part is believed by itself."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode

from ...words import LANGUAGES
from ..pages.notebooks import INJECTED
from .pictures import MADE_BY
from .provenance import Provenance

INDEX = "index.html"
FACT = re.compile(r"<dd>([^<]*)</dd>")
FACTS = ("workbook", "sha256", "period", "counts", "ccpcr", "parameters")
"""What stands at the end of the first page, in this order."""


class Stated(NamedTuple):
    """What most parts of a report say that it is made of."""

    workbook: str
    period: str
    language: str


def stated(folder: Path, known: Provenance, notebooks: Mapping[str, NotebookNode]) -> Stated:
    """Find out what a report is about from its provenance, its first page and its notebooks: what most of them say."""
    own = {"workbook": Path(known.workbook).name, "period": known.period, "language": known.language}
    first = first_page(folder)
    said: list[Mapping[str, object]] = [own, first, *map(_parameters, notebooks.values())]
    with suppress(ValueError, TypeError):
        said.append(dict(json.loads(first.get("parameters", "{}"))))
    workbook, period, language = (_most(one.get(name) for one in said) for name in Stated._fields)
    return Stated(Path(workbook).name, period, language if language in LANGUAGES else "en")


def _most(values: Iterable[object]) -> str:
    """Give what is said most often; what is said first, where others are said as often."""
    counted = Counter(value for value in values if isinstance(value, str) and value)
    return counted.most_common(1)[0][0] if counted else ""


def first_page(folder: Path) -> dict[str, str]:
    """Read what the first page says that a report was made of."""
    try:
        facts = FACT.findall((folder / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(zip(FACTS, map(unescape, facts[-len(FACTS) :]), strict=False))


def _parameters(notebook: NotebookNode) -> dict[str, object]:
    """Read the parameters that were put into a notebook, without running them."""
    given = (cell.source for cell in notebook.cells if INJECTED in cell.metadata.get("tags", []))
    found: dict[str, object] = {}
    for line in "\n".join(given).split("\n"):
        name, _, value = line.partition(" = ")
        with suppress(ValueError):
            found[name] = json.loads(value) if value else ""
    return found


def versions_stated(folder: Path, notebooks: Mapping[str, NotebookNode]) -> Iterator[tuple[str, str]]:
    """Give the versions that pages, notebooks and drawings say they were made with, by name."""
    said = [("ccpcr", first_page(folder).get("ccpcr", ""))]
    said += [("Python", one.metadata.get("language_info", {}).get("version", "")) for one in notebooks.values()]
    for drawing in sorted(folder.glob("charts/*.svg")):
        with suppress(OSError, ValueError):
            found = MADE_BY.search(drawing.read_text(encoding="utf-8")[:3000])
            said.append(("matplotlib", found[1] if found else ""))
    return ((name, version) for name, version in said if version)
