"""What a notebook showed and what it shows now → the differences, figure by figure, in words.

What counts as a difference is what nbval takes for one: text, HTML, drawings and streams; and how pictures look.
"""

from base64 import b64decode
from binascii import Error
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from nbformat import NotebookNode

from ...words import say, sentences
from .markup import caption_of, cells_of, free_name, lines_of, parsed
from .pictures import are_alike

PICTURES = ("image/png", "image/jpeg")
NOT_COMPARED = frozenset({*PICTURES, "application/vnd.jupyter.widget-view+json"})
NOT_CONTENT = frozenset({"data", "metadata", "traceback", "output_type", "name", "execution_count"})


_Headed = tuple[str, NotebookNode]
"""A cell of code with the heading it stands under."""


@dataclass(frozen=True)
class Compared:
    """One output of a notebook: what it is, how many figures it has, how they differ (nothing if they do not).

    Of pictures, whether one of them looks otherwise.
    """

    what: str
    figures: int
    differences: tuple[str, ...]
    is_drawn_otherwise: bool = False


def compare(before: NotebookNode, now: NotebookNode) -> list[Compared]:
    """Compare a notebook cell by cell with another run of it; where one has more cells, those that call the same."""
    old, new = list(_code(before)), list(_code(now))
    pairs = [(heading, one, other) for (heading, one), (_, other) in _paired(old, new)]
    compared = [_compare_cell(one, other, heading) for heading, one, other in pairs if one.outputs or other.outputs]
    if len(old) == len(new):
        return compared
    return [Compared(say("output_notebook"), 0, (say("cells_changed", before=len(old), now=len(new)),)), *compared]


def _code(notebook: NotebookNode) -> Iterator[_Headed]:
    """Give the code cells, each with the heading it stands under."""
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            titles = [line.lstrip("# ").strip() for line in cell.source.split("\n") if line.startswith("#")]
            heading = titles[-1] if titles else heading
        elif cell.cell_type == "code":
            yield heading, cell


def _paired(old: Sequence[_Headed], new: Sequence[_Headed]) -> list[tuple[_Headed, _Headed]]:
    """Put each cell beside the same one of the other run: the one at its place, or that which ends in the same call."""
    if len(old) == len(new):
        return list(zip(old, new, strict=True))
    calls, others = ([_call(cell) for _, cell in one] for one in (old, new))
    blocks = SequenceMatcher(None, calls, others, autojunk=False).get_matching_blocks()
    return [(old[here + step], new[there + step]) for here, there, size in blocks for step in range(size)]


def _call(cell: NotebookNode) -> str:
    return cell.source.strip().split("\n")[-1]


def _compare_cell(old: NotebookNode, new: NotebookNode, heading: str) -> Compared:
    before, now = figures_of(old.outputs), figures_of(new.outputs)
    changes: tuple[str, ...] = ()
    if comparable(old.outputs) != comparable(new.outputs):
        is_text = not any(map(_cells_in, (*old.outputs, *new.outputs)))
        changes = tuple(differences(before, now, is_text=is_text)) or tuple(_changed_words(old.outputs, new.outputs))
        changes = changes or (say("layout_changed"),)
    is_drawn_otherwise = not _look_alike(pictures_of(old.outputs), pictures_of(new.outputs))
    return Compared(f"{_kind(old)}: {_title(old) or heading}", len(before), changes, is_drawn_otherwise)


def _changed_words(old: Sequence[NotebookNode], new: Sequence[NotebookNode]) -> Iterator[str]:
    """Quote what differs around the tables of a cell that have the same figures, or else in what stands for them."""
    words = (list(_words_in(outputs)) for outputs in (old, new))
    lines = ([line for output in outputs for line in _lines_in(output).values()] for outputs in (old, new))
    for before, now in (tuple(words), tuple(lines)):
        changed = list(changed_lines(before, now)) if before and now else []
        if changed:
            yield from changed
            return


def _words_in(outputs: Sequence[NotebookNode]) -> Iterator[str]:
    """Give the texts of a cell's pages, but those in the cells of tables."""
    for output in outputs:
        if html := output.get("data", {}).get("text/html", ""):
            yield from lines_of(parsed(html))


def _look_alike(before: Sequence[bytes], now: Sequence[bytes]) -> bool:
    return len(before) == len(now) and all(map(are_alike, before, now))


def pictures_of(outputs: Sequence[NotebookNode]) -> list[bytes]:
    """Give the pictures that a cell shows."""
    every = (output.get("data", {}).get(kind) for output in outputs for kind in PICTURES)
    return [decoded(content) for content in every if content]


def decoded(content: str) -> bytes:
    """Give a picture that stands in a text; of a text that is none, the text."""
    try:
        return b64decode(content)
    except Error:
        return content.encode()


def comparable(outputs: Sequence[NotebookNode]) -> dict[str, list[str]]:
    """Give what is compared of a cell's outputs, by kind, as nbval does; neighbouring streams are one."""
    contents: dict[str, list[str]] = defaultdict(list)
    for output in outputs:
        for kind, content in output.get("data", {}).items():
            if kind not in NOT_COMPARED:
                contents[kind].append(str(content))
        for name, content in output.items():
            if name == "text" and contents[output.name]:
                contents[output.name][-1] += content
            elif name not in NOT_CONTENT:
                contents[output.get("name", name)].append(str(content))
    return dict(contents)


def _kind(cell: NotebookNode) -> str:
    """Name what a cell shows, by the function it calls: ``show_table`` shows a table."""
    call = _call(cell).partition("(")[0]
    name = f"output_{call.removeprefix('show_')}"
    return say(name if call.startswith("show_") and name in sentences() else "output_figures")


def _title(cell: NotebookNode) -> str:
    """Give what an output calls itself: a table's caption, a chart's title."""
    for output in cell.outputs:
        if caption := caption_of(output.get("data", {}).get("text/html", "")):
            return caption
        if "image/png" in output.get("data", {}):
            return output.data.get("text/plain", "").split("\n")[0]
    return ""


def figures_of(outputs: Sequence[NotebookNode]) -> dict[str, str]:
    """Name every figure of a cell's outputs: a table's by row and column, any other text by its lines."""
    figures: dict[str, str] = {}
    for output in outputs:
        for name, value in (_cells_in(output) or _lines_in(output)).items():
            figures[free_name(figures, name)] = value
    return figures


def _cells_in(output: NotebookNode) -> dict[str, str]:
    """Name the cells of an output's tables; of none there are none."""
    html = output.get("data", {}).get("text/html", "")
    return cells_of(html) if "<table" in html else {}


def _lines_in(output: NotebookNode) -> dict[str, str]:
    """Number the lines of an output's text."""
    lines = output.get("data", {}).get("text/plain", output.get("text", "")).split("\n")
    return {say("line_number", number=number): line for number, line in enumerate(lines, 1)}


def differences(before: Mapping[str, str], now: Mapping[str, str], *, is_text: bool = False) -> Iterator[str]:
    """Name the figures that differ, each with what it was and is; of mere text the lines that differ.

    >>> list(differences({"May": "0", "June": "1"}, {"May": "3", "July": "2"}))
    ['May: 0 before, 3 now.', 'June: 1 before, no longer there now.', 'July: not there before, 2 now.']
    """
    if is_text:
        yield from changed_lines(list(before.values()), list(now.values()))
        return
    for name in dict.fromkeys((*before, *now)):
        was, is_now = before.get(name), now.get(name)
        if was != is_now:
            change = "figure_new" if was is None else "figure_gone" if is_now is None else "figure_changed"
            yield say(change, name=name, before=was or say("figure_blank"), now=is_now or say("figure_blank"))


def changed_lines(before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """Quote the lines of a text that differ; what stands the same in both is passed over."""
    for tag, start, end, begin, stop in SequenceMatcher(a=before, b=now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield say("text_changed", before=_joined(before[start:end]), now=_joined(now[begin:stop]))


def _joined(lines: Sequence[str]) -> str:
    return " / ".join(" ".join(line.split()) for line in lines) or say("text_nothing")
