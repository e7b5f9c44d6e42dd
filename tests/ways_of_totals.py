"""How a workbook's totals came about, and what a fault makes of them: a `Way` to plant faults into a sound quarter.

Calculated, totals and percents are formulas that follow a wrong count. Typed, they are numbers from the paper, which
were right before somebody slipped. On paper, formulas follow, and beside them stand the totals typed from the paper.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache

from planting import sheet_part
from sound_quarters import Sound, read_parts

from ccpcr_lib.excel.reader import Reading
from ccpcr_lib.forms.formulas import result_of
from ccpcr_lib.forms.layout import EntrySheet, Field
from ccpcr_lib.model.paper import PAPER

Content = int | float | str | None
Contents = Mapping[str, Content]
"""What stands in cells: ``Sheet!A1`` → a number, a text, or None for nothing."""

_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?[^>]*?(?:/>|>(<f>.*?</f>)?(?:<v>([^<]*)</v>)?</c>)')


@dataclass(frozen=True)
class Way:
    """How totals come about: formulas follow what is typed, or they are typed from paper; a workbook may have both.

    `prepare` makes the parts of a sound quarter's workbook so.
    """

    name: str
    prepare: Callable[[Sound], dict[str, bytes]]
    follows: bool = False
    is_typed: bool = False
    is_on_paper: bool = False


def planted(sound: Sound, way: Way, changes: Contents) -> Reading:
    """Read a quarter's workbook with other contents in some cells, its totals as this way has them."""
    contents = {**(follow(sound, changes) if way.follows else {}), **changes}
    parts = dict(way.prepare(sound))
    for name, cells in _by_sheet(contents).items():
        part = sheet_part(name, parts)
        parts[part] = _rewritten(parts[part], cells)
    return read_parts(parts, sound.period)


def as_written(sound: Sound) -> dict[str, bytes]:
    """Give the parts of a workbook as it was made."""
    return sound.parts


@cache
def without_formulas(sound: Sound) -> dict[str, bytes]:
    """Give the parts of a workbook whose tables have numbers where it has formulas."""
    tables = [sheet_part(name, sound.parts) for name in sound.sheets]
    return {**sound.parts, **{part: _without_formulas(sound.parts[part]) for part in tables}}


@cache
def with_paper_totals(sound: Sound) -> dict[str, bytes]:
    """Give the parts of a workbook with every total on paper typed, as it is in the sound quarter."""
    parts = dict(sound.parts)
    for name, sheet in sound.sheets.items():
        part = sheet_part(name, parts)
        parts[part] = _rewritten(parts[part], _by_sheet(paper_totals(sheet))[name])
    return parts


WAYS = {
    "calculated": Way("calculated", as_written, follows=True),
    "typed": Way("typed", without_formulas, is_typed=True),
    "on paper": Way("on paper", with_paper_totals, follows=True, is_on_paper=True),
}


# --- what formulas make of a change ---


def follow(sound: Sound, changes: Contents) -> Contents:
    """Work out the totals and percents that change with some cells; a formula skips what is typed as text."""
    found: dict[str, Content] = {}
    for name, cells in _by_sheet(changes).items():
        found |= _recalculated(sound.sheets[name], cells)
    return found


def _recalculated(sheet: EntrySheet, cells: Contents) -> dict[str, Content]:
    other = replace(sheet, fields=tuple(_typed_over(field, cells) for field in sheet.fields))
    formulas = [field for field in sheet.fields if field.slot.role in ("total", "share")]
    results = [(field.source, result_of(sheet, field.slot), result_of(other, field.slot)) for field in formulas]
    return {f"{sheet.name}!{source}": now for source, before, now in results if now != before}


def results(sheet: EntrySheet) -> dict[str, float]:
    """Give what the totals (whole numbers) and the percents (0-1) of a sheet show, where they show something."""
    return _results(sheet, ("total", "share"))


def paper_totals(sheet: EntrySheet) -> dict[str, float]:
    """Give what stands in the cells for totals on paper where each is right: whole numbers; free rows have none."""
    return _results(sheet, (PAPER,))


def _results(sheet: EntrySheet, roles: Collection[str]) -> dict[str, float]:
    claims = [field for field in sheet.fields if field.slot.role in roles]
    shown = {f"{sheet.name}!{field.source}": result_of(sheet, field.slot) for field in claims}
    return {source: result for source, result in shown.items() if result is not None}


def _typed_over(field: Field, cells: Contents) -> Field:
    if field.source not in cells:
        return field
    content = cells[field.source]
    return replace(field, value=content if isinstance(content, int) else None)


def _by_sheet(contents: Contents) -> dict[str, dict[str, Content]]:
    sheets: dict[str, dict[str, Content]] = {}
    for address, content in contents.items():
        sheet, _, cell = address.rpartition("!")
        sheets.setdefault(sheet, {})[cell] = content
    return sheets


# --- XML ---


def _rewritten(xml: bytes, cells: Contents) -> bytes:
    """Put contents into cells; a formula keeps standing beside its new result."""
    written: list[str] = []

    def write(found: re.Match[str]) -> str:
        cell, style, formula, _ = found.groups(default="")
        if cell not in cells:
            return found[0]
        written.append(cell)
        return _cell(cell, style, formula, cells[cell])

    text = _CELL.sub(write, xml.decode())
    if missing := set(cells) - set(written):
        raise ValueError(f"no such cells: {sorted(missing)}")
    return text.encode()


def _without_formulas(xml: bytes) -> bytes:
    """Leave the results of formulas standing as numbers; where one shows nothing, nothing was typed."""

    def write(found: re.Match[str]) -> str:
        cell, style, formula, value = found.groups(default="")
        typed = f'<c r="{cell}"{style}><v>{value}</v></c>' if value else _cell(cell, style, "", None)
        return typed if formula else found[0]

    return _CELL.sub(write, xml.decode()).encode()


def _cell(cell: str, style: str, formula: str, content: Content) -> str:
    if content is None and formula:
        return f'<c r="{cell}"{style} t="str">{formula}<v></v></c>'
    if content is None:
        return f'<c r="{cell}"{style}/>'
    if isinstance(content, str):
        return f'<c r="{cell}"{style} t="inlineStr"><is><t>{content}</t></is></c>'
    return f'<c r="{cell}"{style}>{formula}<v>{content!r}</v></c>'
