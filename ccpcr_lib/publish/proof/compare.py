"""What a notebook showed and what it shows now → the differences, figure by figure, in words.

What counts as a difference is what nbval takes for one: text, HTML, drawings and streams; pictures are not compared.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from nbformat import NotebookNode

NOT_COMPARED = frozenset({"image/png", "image/jpeg", "application/vnd.jupyter.widget-view+json"})
NOT_CONTENT = frozenset({"data", "metadata", "traceback", "output_type", "name", "execution_count"})


@dataclass(frozen=True)
class Compared:
    """One output of a notebook: what it is, how many figures it has, how they differ (nothing if they do not)."""

    what: str
    figures: int
    differences: tuple[str, ...]


def compare(before: NotebookNode, now: NotebookNode) -> list[Compared]:
    """Compare a notebook cell by cell with another run of it; one with more or fewer cells is another notebook."""
    old, new = list(_code(before)), list(_code(now))
    if len(old) != len(new):
        return [Compared("notebook", 0, (f"{len(old)} cells of code before, {len(new)} now.",))]
    pairs = zip(old, new, strict=True)
    return [_compare_cell(old, new, heading) for (heading, old), (_, new) in pairs if old.outputs or new.outputs]


def _code(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """Give the code cells, each with the heading it stands under."""
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            titles = [line.lstrip("# ").strip() for line in cell.source.split("\n") if line.startswith("#")]
            heading = titles[-1] if titles else heading
        elif cell.cell_type == "code":
            yield heading, cell


def _compare_cell(old: NotebookNode, new: NotebookNode, heading: str) -> Compared:
    before, now = figures_of(old.outputs), figures_of(new.outputs)
    same = comparable(old.outputs) == comparable(new.outputs)
    told = () if same else tuple(differences(before, now)) or ("it is written or laid out in another way.",)
    return Compared(f"{_kind(old)}: {_title(old) or heading}", len(before), told)


def comparable(outputs: Sequence[NotebookNode]) -> dict[str, list[str]]:
    """Give what is compared of a cell's outputs, by kind, as nbval does; neighbouring streams are one."""
    found: dict[str, list[str]] = defaultdict(list)
    for output in outputs:
        for kind, content in output.get("data", {}).items():
            if kind not in NOT_COMPARED:
                found[kind].append(str(content))
        for name, content in output.items():
            if name == "text" and found[output.name]:
                found[output.name][-1] += content
            elif name not in NOT_CONTENT:
                found[output.get("name", name)].append(str(content))
    return dict(found)


def _kind(cell: NotebookNode) -> str:
    call = cell.source.strip().split("\n")[-1].partition("(")[0]
    return call.removeprefix("show_").replace("_", " ") if call.startswith("show_") else "figures"


def _title(cell: NotebookNode) -> str:
    """Give what an output calls itself: a table's caption, a chart's title."""
    for output in cell.outputs:
        if caption := caption_of(output.get("data", {}).get("text/html", "")):
            return caption
        if "image/png" in output.get("data", {}):
            return output.data["text/plain"].split("\n")[0]
    return ""


def figures_of(outputs: Sequence[NotebookNode]) -> dict[str, str]:
    """Name every figure of a cell's outputs: a table's by row and column, any other text by its lines."""
    found: dict[str, str] = {}
    for output in outputs:
        data = output.get("data", {})
        tables = cells_of(data["text/html"]) if "<table" in data.get("text/html", "") else {}
        lines = data.get("text/plain", output.get("text", "")).split("\n")
        for name, value in (tables or {f"line {number}": line for number, line in enumerate(lines, 1)}).items():
            found[_free(found, name)] = value
    return found


def _free(taken: Mapping[str, str], name: str) -> str:
    """Give a name that is not taken: two rows may be called the same."""
    return (
        name
        if name not in taken
        else next(numbered for count in range(2, len(taken) + 3) if (numbered := f"{name} ({count})") not in taken)
    )


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Say which figures differ: ``Grade 2, May: 0 before, 3 now.``

    >>> list(differences({"May": "0", "June": "1"}, {"May": "3", "July": "2"}))
    ['May: 0 before, 3 now.', 'June: 1 before, no longer there now.', 'July: not there before, 2 now.']
    """
    if all(name.startswith("line ") for name in (*before, *now)):
        yield from _lines(list(before.values()), list(now.values()))
        return
    for name in [*before, *(name for name in now if name not in before)]:
        if before.get(name) != now.get(name):
            was = f"{before[name] or 'blank'} before" if name in before else "not there before"
            is_now = f"{now[name] or 'blank'} now" if name in now else "no longer there now"
            yield f"{name}: {was}, {is_now}."


def _lines(before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """Say which lines of a text differ; what stands the same in both is passed over."""
    for tag, start, end, begin, stop in SequenceMatcher(a=before, b=now, autojunk=False).get_opcodes():
        if tag != "equal":
            was, is_now = (_joined(part) for part in (before[start:end], now[begin:stop]))
            yield f"“{was}” before, “{is_now}” now."


def _joined(lines: Sequence[str]) -> str:
    return " / ".join(" ".join(line.split()) for line in lines) or "nothing"


def caption_of(html: str) -> str:
    """Give the title of the first table in a piece of HTML, or nothing."""
    found = _parsed(html).find(".//caption/strong") if "<caption" in html else None
    return "" if found is None else " ".join(found.text_content().split())


def cells_of(html: str) -> dict[str, str]:
    """Name the cells of the tables in a piece of HTML by their row and column.

    >>> cells_of("<table><tr><th></th><th>May</th></tr><tr><th>Grade 2</th><td>3</td></tr></table>")
    {'Grade 2, May': '3'}
    """
    found: dict[str, str] = {}
    for table in _parsed(html).iter("table"):
        grid = _spread(table)
        for (row, column), (tag, text) in grid.items():
            if tag == "td":
                found[_free(found, _name(grid, row, column))] = text
    return found


def _parsed(html: str):
    from lxml.html import fromstring

    return fromstring(f"<div>{html}</div>")


def _spread(table) -> dict[tuple[int, int], tuple[str, str]]:
    """Lay a table's cells out by row and column, as (tag, text); one that spans several stands in each of them."""
    grid: dict[tuple[int, int], tuple[str, str]] = {}
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iterchildren("th", "td"):
            while (row, column) in grid:
                column += 1
            text = " ".join(" ".join(cell.itertext()).split())
            across = int(cell.get("colspan", 1))
            for down, right in product(range(int(cell.get("rowspan", 1))), range(across)):
                tag = cell.tag if (down, right) == (0, 0) else f"{cell.tag} again"
                grid[row + down, column + right] = (tag, text)
            column += across
    return grid


def _name(grid: Mapping[tuple[int, int], tuple[str, str]], row: int, column: int) -> str:
    """Name a cell by the heads beside and above it; without a head beside it, by the first cell of its row."""
    heads = [(line, place, text) for (line, place), (tag, text) in sorted(grid.items()) if tag.startswith("th")]
    beside = [text for line, _, text in heads if line == row]
    above = [text for line, place, text in heads if place == column and line < row]
    first = [] if beside or not column else [grid.get((row, 0), ("", ""))[1]]
    return ", ".join(dict.fromkeys(filter(None, [*beside, *first, *above])))
