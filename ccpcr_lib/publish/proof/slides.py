"""A slide deck → what each slide shows: texts, tables, charts with the workbooks behind them, pictures, notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ...words import say
from .markup import free_name
from .packages import (
    PICTURES,
    Package,
    chart_figures,
    chart_lines,
    local,
    named,
    open_package,
    said_in,
    texts_of,
    workbook_figures,
)
from .shown import Difference, Shown, difference, joined, within

if TYPE_CHECKING:
    from lxml.etree import _Element

DECK = "ppt/presentation.xml"
HIDDEN = ("0", "false")


@dataclass(frozen=True)
class Slide:
    """A slide: its first text, and what it shows."""

    title: str
    shown: Shown

    @property
    def content(self) -> tuple[object, ...]:
        """What makes it the same slide as another, wherever it stands."""
        return tuple(self.shown.figures.items()), tuple(self.shown.lines)


def deck_difference(before: bytes, now: bytes) -> Difference:
    """Hold a deck against another one, slide by slide: changed, moved, added and removed ones."""
    old, new = open_package(before), open_package(now)
    slides, others = slides_of(old), slides_of(new)
    contents = [slide.content for slide in slides], [slide.content for slide in others]
    is_else = old.rest != new.rest
    if contents[0] != contents[1] and sorted(map(str, contents[0])) == sorted(map(str, contents[1])):
        return Difference((_moved(*contents),), is_laid_out_otherwise=is_else)
    return joined([*_each(slides, others), Difference(is_laid_out_otherwise=is_else)])


def _moved(before: Sequence[object], now: Sequence[object]) -> str:
    """Name the slides that do not stand where they should."""
    places = [place for place, (was, is_now) in enumerate(zip(before, now, strict=True), 1) if was != is_now]
    return say("slides_moved", slides=", ".join(map(str, places)))


def _each(before: Sequence[Slide], now: Sequence[Slide]) -> Iterator[Difference]:
    """Compare slides one by one; where there are more or fewer, name those."""
    if len(before) == len(now):
        matched: Sequence[tuple[str, int, int, int, int]] = [("equal", 0, len(before), 0, len(now))]
    else:
        contents = [slide.content for slide in before], [slide.content for slide in now]
        matched = SequenceMatcher(None, *contents, autojunk=False).get_opcodes()
    for _, start, end, begin, stop in matched:
        for place, other in zip(range(start, end), range(begin, stop), strict=False):
            yield within(_name(place), difference(before[place].shown, now[other].shown))
        for place in range(start + (stop - begin), end):
            yield Difference((say("slide_added", slide=_name(place), title=before[place].title),))
        for other in range(begin + (end - start), stop):
            yield Difference((say("slide_gone", slide=_name(other), title=now[other].title),))


def _name(place: int) -> str:
    return say("slide_number", number=place + 1)


def slides_of(package: Package) -> list[Slide]:
    """Take the slides of a deck apart, in the order in which they are shown."""
    parts = package.leads(DECK)
    listed = [value for one in named(package.xml(DECK), "sldId") for name, value in one.items() if name.endswith("}id")]
    return [_slide(package, parts[name]) for name in listed]


def _slide(package: Package, part: str) -> Slide:
    slide, figures, lines, pictures = package.xml(part), dict[str, str](), list[str](), dict[str, bytes]()
    figures[say("is_seen")] = say("seen_not" if slide.get("show") in HIDDEN else "seen")
    for table in named(slide, "tbl"):
        for name, text in _table(table).items():
            figures[free_name(figures, name)] = text
    lines += _outside_tables(slide)
    for target in sorted(package.leads(part).values(), key=lambda name: (len(name), name)):
        if target.startswith("ppt/charts/"):
            figures |= {free_name(figures, name): value for name, value in _chart(package, target).items()}
            lines += chart_lines(package.xml(target))
        elif target.startswith("ppt/notesSlides/"):
            lines += [say("slide_notes", text=text) for text in texts_of(package.xml(target))]
        elif target.endswith(PICTURES):
            pictures[say("picture_number", number=len(pictures) + 1)] = package.parts[target]
    return Slide(lines[0] if lines else "", Shown(figures, lines, pictures))


def _outside_tables(slide: "_Element") -> list[str]:
    texts = [said_in(one) for one in named(slide, "p") if not any(local(up) == "tbl" for up in one.iterancestors())]
    return [text for text in (*texts, *(one.get("descr", "") for one in named(slide, "cNvPr"))) if text]


def _table(table: "_Element") -> dict[str, str]:
    """Name the cells of a table by its first column and first row."""
    rows = [[said_in(cell) for cell in row if local(cell) == "tc"] for row in named(table, "tr")]
    cells: dict[str, str] = {}
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            beside, above = (row[0] if place else ""), (rows[0][place] if number and place < len(rows[0]) else "")
            where = say("row_and_column", row=number + 1, column=place + 1)
            cells[free_name(cells, ", ".join(filter(None, (beside, above))) or where)] = text
    return cells


def _chart(package: Package, part: str) -> dict[str, str]:
    """Name what a chart plots, and what stands in the workbook behind it."""
    figures = {say("in_chart", part=name): value for name, value in chart_figures(package.xml(part)).items()}
    for target in package.leads(part).values():
        if target.endswith(".xlsx"):
            cells = workbook_figures(open_package(package.parts[target]))
            figures |= {say("behind_chart", part=name): value for name, value in cells.items()}
    return figures
