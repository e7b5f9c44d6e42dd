"""Cells of the quarter's workbook written with runs of text, fonts and number formats of one's choice, in their XML."""

import re
from collections.abc import Callable
from pathlib import Path

from planting import pack, parts_of, sheet_part

from ccpcr_lib.excel.reader import Reading, read_workbook

STRUCK, RAISED, LOWERED = "<strike/>", '<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>'


def runs(*pieces: tuple[str, str]) -> str:
    """Write a text of runs, given as (properties, text); a run without properties looks as its cell does."""
    written = (f"<rPr>{look}</rPr>" if look else "" for look, _ in pieces)
    texts = (f'<t xml:space="preserve">{text}</t>' for _, text in pieces)
    return "".join(f"<r>{own}{text}</r>" for own, text in zip(written, texts, strict=True))


def words(text: str) -> str:
    return f"<t>{text}</t>"


def with_style(styles: str, *, font: str = "", number_format: str = "") -> tuple[str, int]:
    """Add a style of cells with a font and a number format; give the styles and its number."""
    inside = {tag: re.search(rf"<{tag}[ >].*?</{tag}>", styles, re.S)[0] for tag in ("fonts", "cellXfs")}
    fonts, style = len(re.findall(r"<font\b", inside["fonts"])), len(re.findall(r"<xf ", inside["cellXfs"]))
    code = number_format.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    written = f'<numFmt numFmtId="190" formatCode="{code}"/>'
    if "</numFmts>" in styles:
        styles = styles.replace("</numFmts>", f"{written}</numFmts>")
    else:
        styles = re.sub(r"(<styleSheet[^>]*>)", lambda tag: f"{tag[1]}<numFmts>{written}</numFmts>", styles)
    styles = styles.replace("</fonts>", f"<font>{font}</font></fonts>")
    xf = f'<xf numFmtId="{190 if number_format else 0}" fontId="{fonts}" fillId="0" borderId="0"/>'
    return styles.replace("</cellXfs>", f"{xf}</cellXfs>"), style


def cell_edit(cell: str, kind: str, inside: str, style: int | None) -> Callable[[str], str]:
    """Make the edit of a sheet's XML that writes one cell anew."""
    attributes = f' s="{style}"' if style is not None else ""
    body = f"<is>{inside}</is>" if kind == "inlineStr" else f"<v>{inside}</v>"
    written = f'<c r="{cell}"{attributes} t="{kind}">{body}</c>'
    pattern = rf'<c r="{cell}"(?:[^>]*/>|[^>]*>.*?</c>)'
    return lambda xml: re.sub(pattern, lambda _: written, xml, count=1, flags=re.S)


def looking(
    folder: Path, cell: str, inside: str, *, kind: str = "inlineStr", font: str = "", number_format: str = ""
) -> Reading:
    """Read the workbook with one cell, named as ``Sheet!A1``, written anew in a font and a number format."""
    parts, (sheet, _, address) = parts_of(), cell.rpartition("!")
    style = None
    if font or number_format:
        styles, style = with_style(parts["xl/styles.xml"].decode(), font=font, number_format=number_format)
        parts["xl/styles.xml"] = styles.encode()
    part = sheet_part(sheet, parts)
    parts[part] = cell_edit(address, kind, inside, style)(parts[part].decode()).encode()
    return read_workbook(pack(folder / "2010-Q2.xlsx", parts))


def shared(parts: dict[str, bytes], part: str, *, strings: str, target: str) -> dict[str, bytes]:
    """Move the texts of a sheet into shared strings, in a part of any name."""
    texts: list[str] = []

    def move(cell: re.Match[str]) -> str:
        texts.append(cell[2])
        return f'{cell[1]} t="s"><v>{len(texts) - 1}</v></c>'

    pattern = r'(<c r="[A-Z]+\d+"[^>]*?) t="inlineStr"><is>(.*?)</is></c>'
    sheet = re.sub(pattern, move, parts[part].decode(), flags=re.S)
    items = "".join(f"<si>{text}</si>" for text in texts)
    written = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{items}</sst>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Type="{kind}" Target="{target}" Id="rId99"/></Relationships>'
    relations = parts["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", relation.encode())
    return {**parts, part: sheet.encode(), strings: written.encode(), "xl/_rels/workbook.xml.rels": relations}


def marks(reading: Reading) -> list[tuple[str, str, tuple[str, ...]]]:
    """List the findings as (rule, severity, cells)."""
    return [(finding.rule, finding.severity, finding.where) for finding in reading.findings]


def count_at(reading: Reading, cell: str) -> int | None:
    return next(count.value for count in reading.base if count.source == cell)


def share_at(reading: Reading, cell: str) -> float:
    return next(claim.value for claim in reading.claims if claim.source == cell and claim.kind == "share")
