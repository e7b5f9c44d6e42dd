"""How a workbook's totals came about, and what a fault makes of them: a `Way` to plant faults into a sound quarter.

Calculated, totals and percents are formulas that follow a wrong count. Typed, they are numbers from the paper, which
were right before somebody slipped.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from planting import sheet_part
from sound_quarters import Sound, read_parts

from ccpcr_lib.excel.reader import Reading
from ccpcr_lib.forms.formulas import result_of
from ccpcr_lib.forms.layout import EntrySheet, Field

Content = int | float | str | None
Contents = Mapping[str, Content]
"""What stands in cells: ``Sheet!A1`` → a number, a text, or None for nothing."""

_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?[^>]*?(?:/>|>(<f>.*?</f>)?(?:<v>([^<]*)</v>)?</c>)')


@dataclass(frozen=True)
class Way:
    """How totals come about: by formulas (`follows`), or `typed` from paper. One may have both."""

    name: str
    follows: bool
    is_typed: bool


WAYS = {
    "calculated": Way("calculated", follows=True, is_typed=False),
    "typed": Way("typed", follows=False, is_typed=True),
}


def planted(sound: Sound, way: Way, changes: Contents) -> Reading:
    """Read a quarter's workbook with other contents in some cells, its totals as this way has them."""
    contents = {**(_all_recalculated(sound, changes) if way.follows else {}), **changes}
    parts = dict(prepared(sound, way))
    for name, cells in _by_sheet(contents).items():
        part = sheet_part(name, parts)
        parts[part] = _rewritten(parts[part], cells)
    return read_parts(parts, sound.period)


@cache
def prepared(sound: Sound, way: Way) -> dict[str, bytes]:
    """Give the parts of a sound quarter's workbook with its totals as this way has them."""
    if not way.is_typed:
        return sound.parts
    tables = [sheet_part(name, sound.parts) for name in sound.sheets]
    return {**sound.parts, **{part: _without_formulas(sound.parts[part]) for part in tables}}


# --- what formulas make of a change ---


def _all_recalculated(sound: Sound, changes: Contents) -> Contents:
    found: dict[str, Content] = {}
    for name, cells in _by_sheet(changes).items():
        found |= recalculated(sound.sheets[name], cells)
    return found


def recalculated(sheet: EntrySheet, cells: Contents) -> dict[str, Content]:
    """Work out the formulas of a sheet whose result changes with some of its cells (``A1``); a formula skips a text."""
    other = replace(sheet, fields=tuple(_typed_over(field, cells) for field in sheet.fields))
    formulas = [field for field in sheet.fields if field.slot.role in ("total", "share")]
    results = [(field.source, result_of(sheet, field.slot), result_of(other, field.slot)) for field in formulas]
    return {f"{sheet.name}!{source}": now for source, before, now in results if now != before}


def results(sheet: EntrySheet) -> dict[str, float]:
    """Give what the totals (whole numbers) and the percents (0-1) of a sheet show, where they show something."""
    claims = [field for field in sheet.fields if field.slot.role in ("total", "share")]
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
