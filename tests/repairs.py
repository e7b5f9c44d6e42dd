"""What PowerPoint and Excel repair a file for, or refuse it, beside what a schema says: kinds, each with its check."""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import isfinite

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CONTENTS = "[Content_Types].xml"
LONGEST = {"error": 255, "prompt": 255, "errorTitle": 32, "promptTitle": 32}
"""How many characters Excel allows what a cell says of what may be typed."""
LEADS_TO = {"hlinkClick": ("hyperlink", "slide"), "blip": ("image",), "chart": ("chart",), "sldId": ("slide",)}
"""What the relation of an element must lead to."""


class Opened:
    """An Office file: its parts' names as they stand, what is in them, their XML, their relations."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.names = [entry.filename for entry in archive.infolist()]
            self.parts = {name: archive.read(name) for name in self.names}
        endings = (".xml", ".rels", ".vml")
        self.trees = {name: etree.fromstring(part) for name, part in self.parts.items() if name.endswith(endings)}

    def named(self, pattern: str) -> dict[str, etree._Element]:
        return {name: tree for name, tree in self.trees.items() if re.fullmatch(pattern, name)}

    def relations(self, part: str) -> Mapping[str, tuple[str, str | None]]:
        """The relations of a part, by their names: the kind, and the part that is meant unless it lies outside."""
        folder, base = posixpath.split(part)
        tree = self.trees.get(posixpath.join(folder, "_rels", f"{base}.rels"))
        known = {}
        for one in tree if tree is not None else ():
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target")))[1:]
            outside = one.get("TargetMode") == "External"
            known[one.get("Id")] = (one.get("Type").rpartition("/")[2], None if outside else target)
        return known


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def again(values: Iterable[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]


# --- any file ---------------------------------------------------------------------------------------------------


def two_parts_of_one_name(file: Opened) -> Iterator[object]:
    yield from again(name.lower() for name in file.names)


def a_relation_to_a_part_that_is_missing(file: Opened) -> Iterator[object]:
    for part in ["", *file.names]:
        yield from (target for _, target in file.relations(part).values() if target and target not in file.parts)


def an_element_without_its_relation(file: Opened) -> Iterator[object]:
    for name, tree in file.trees.items():
        known = file.relations(name)
        for element in tree.iter(etree.Element):
            for attribute, value in element.attrib.items():
                if attribute.startswith(RELATION) and value:
                    kind = known.get(value, ("none",))[0]
                    if kind not in LEADS_TO.get(local(element), (kind,)) or value not in known:
                        yield f"{name}: {local(element)} {value} leads to {kind}"


def a_part_of_no_kind_or_a_kind_of_no_part(file: Opened) -> Iterator[object]:
    listed = file.trees[CONTENTS]
    endings = {one.get("Extension").lower() for one in listed if one.get("Extension")}
    parts = {one.get("PartName").lstrip("/") for one in listed if one.get("PartName")}
    yield from parts - {*file.names}
    alone = {name for name in file.names if name.rpartition(".")[2].lower() not in endings}
    yield from alone - parts - {CONTENTS}


def a_part_that_nothing_leads_to(file: Opened) -> Iterator[object]:
    reached = {target for part in ["", *file.names] for _, target in file.relations(part).values()}
    yield from (name for name in file.names if name not in reached | {CONTENTS} and not name.endswith(".rels"))


# --- presentations ----------------------------------------------------------------------------------------------


def two_shapes_of_one_number(file: Opened) -> Iterator[object]:
    for name, tree in file.trees.items():
        yield from (f"{name}: {one}" for one in again(shape.get("id") for shape in tree.iter("{*}cNvPr")))


def a_page_without_a_number_of_its_own(file: Opened) -> Iterator[object]:
    pages = [int(one.get("id")) for tree in file.trees.values() for one in tree.iter(f"{SLIDE}sldId")]
    yield from (page for page in pages if page < 256)
    tags = (f"{SLIDE}sldMasterId", f"{SLIDE}sldLayoutId")
    masters = [int(one.get("id")) for tree in file.trees.values() for one in tree.iter(*tags)]
    yield from (master for master in masters if master < 2**31)
    yield from again([*pages, *masters])


def a_master_of_notes_that_is_not_listed(file: Opened) -> Iterator[object]:
    for name, tree in file.named("ppt/presentation.xml").items():
        listed = {one.get(f"{RELATION}id") for one in tree.iter(f"{SLIDE}notesMasterId")}
        yield from {key for key, (kind, _) in file.relations(name).items() if kind == "notesMaster"} ^ listed


def a_row_with_other_cells_than_the_table_has_columns(file: Opened) -> Iterator[object]:
    for name, tree in file.trees.items():
        for table in tree.iter(f"{DRAWING}tbl"):
            columns = len(table.findall(f"{DRAWING}tblGrid/{DRAWING}gridCol"))
            rows = [len(row.findall(f"{DRAWING}tc")) for row in table.iter(f"{DRAWING}tr")]
            yield from (f"{name}: {row} of {columns}" for row in rows if row != columns)


def axes_that_do_not_meet(file: Opened) -> Iterator[object]:
    """LibreOffice reads numbers of axes with a sign, and takes all that are too large for one."""
    for name, tree in file.trees.items():
        own = [one for one in tree.iter(f"{CHART}axId") if local(one.getparent()).endswith("Ax")]
        numbers = [one.get("val") for one in own]
        crossed = [one.get("val") for one in tree.iter(f"{CHART}crossAx")]
        asked = [one.get("val") for one in tree.iter(f"{CHART}axId") if one not in own]
        series = [(one.getparent(), one.get("val")) for one in tree.iter(f"{CHART}order")]
        large = [number for number in numbers if int(number) >= 2**31]
        if {*crossed, *asked} - {*numbers} or again(numbers) or again(series) or large:
            yield name


# --- workbooks --------------------------------------------------------------------------------------------------

SHEETS = r"xl/worksheets/[^/]*\.xml"
CELL = re.compile(r"([A-Z]+)([0-9]+)")


def place(cell: str) -> tuple[int, int]:
    letters, row = CELL.fullmatch(cell).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row), column


def area(cells: str) -> tuple[int, int, int, int]:
    first, _, last = cells.replace("$", "").partition(":")
    return (*place(first), *place(last or first))


def cells_out_of_order(file: Opened) -> Iterator[object]:
    for name, tree in file.named(SHEETS).items():
        cells = [place(one.get("r")) for one in tree.iter(f"{MAIN}c")]
        rows = [int(one.get("r")) for one in tree.iter(f"{MAIN}row")]
        if cells != sorted({*cells}) or rows != sorted({*rows}):
            yield name


def a_text_or_a_look_that_is_not_there(file: Opened) -> Iterator[object]:
    styles, strings = file.trees.get("xl/styles.xml", etree.Element("none")), -1
    looks, changed = (len(styles.findall(f"{MAIN}{one}/*")) for one in ("cellXfs", "dxfs"))
    for tree in file.named("xl/sharedStrings.xml").values():
        strings = len(tree.findall(f"{MAIN}si"))
        yield from {tree.get("uniqueCount", str(strings))} - {str(strings)}
    for name, tree in file.named(SHEETS).items():
        for one in tree.iter(f"{MAIN}c"):
            if int(one.get("s", 0)) >= max(looks, 1):
                yield f"{name}: {one.get('r')} has no look"
            if one.get("t") == "s" and int(one.findtext(f"{MAIN}v")) >= strings:
                yield f"{name}: {one.get('r')} has no text"
        rules = [int(one.get("dxfId")) for one in tree.iter(f"{MAIN}cfRule") if one.get("dxfId")]
        yield from (rule for rule in rules if rule >= changed)


def areas_that_overlap(file: Opened) -> Iterator[object]:
    for name, tree in file.named(SHEETS).items():
        areas = [area(one.get("ref")) for one in tree.iter(f"{MAIN}mergeCell")]
        tables = (target for kind, target in file.relations(name).values() if kind == "table")
        areas += [area(file.trees[table].get("ref")) for table in tables]
        for number, (top, left, bottom, right) in enumerate(areas):
            for other in areas[:number]:
                if top <= other[2] and other[0] <= bottom and left <= other[3] and other[1] <= right:
                    yield f"{name}: {other}"


def a_sheet_of_a_name_that_excel_refuses(file: Opened) -> Iterator[object]:
    for tree in file.named("xl/workbook.xml").values():
        names = [one.get("name") for one in tree.iter(f"{MAIN}sheet")]
        yield from again(name.lower() for name in names)
        yield from (name for name in names if not 0 < len(name) <= 31 or re.search(r"[][:*?/\\]|^'|'$", name))


def a_name_that_leads_nowhere(file: Opened) -> Iterator[object]:
    for tree in file.named("xl/workbook.xml").values():
        sheets = {one.get("name").replace("'", "''") for one in tree.iter(f"{MAIN}sheet")}
        names = list(tree.iter(f"{MAIN}definedName"))
        yield from again((one.get("name").lower(), one.get("localSheetId")) for one in names)
        links = [
            one.get("location", "") for sheet in file.named(SHEETS).values() for one in sheet.iter(f"{MAIN}hyperlink")
        ]
        for text in [one.text for one in names] + links:
            for quoted, plain in re.findall(r"(?:'((?:[^']|'')+)'|(\w+))!", text or ""):
                if (quoted or plain) not in sheets:
                    yield text


def a_table_that_does_not_fit_its_sheet(file: Opened) -> Iterator[object]:
    tables = file.named(r"xl/tables/[^/]*\.xml")
    for attribute in ("id", "displayName"):
        yield from again(tree.get(attribute).lower() for tree in tables.values())
    for sheet, tree in file.named(SHEETS).items():
        for name in (target for kind, target in file.relations(sheet).values() if kind == "table"):
            top, left, bottom, right = area(tables[name].get("ref"))
            columns = [one.get("name") for one in tables[name].iter(f"{MAIN}tableColumn")]
            heads = {place(one.get("r")): text_in(file, one) for one in tree.iter(f"{MAIN}c")}
            shown = [heads.get((top, column), "") for column in range(left, right + 1)]
            if columns != shown or again(column.lower() for column in columns) or bottom <= top:
                yield name


def text_in(file: Opened, cell: etree._Element) -> str:
    """What a cell says, or the number in it."""
    if cell.get("t") != "s":
        return "".join(cell.itertext())
    texts = file.trees["xl/sharedStrings.xml"][int(cell.findtext(f"{MAIN}v")) :]
    return "".join(texts[0].itertext()) if texts else ""


def words_longer_than_excel_takes(file: Opened) -> Iterator[object]:
    for name, tree in file.named(SHEETS).items():
        for rule in tree.iter(f"{MAIN}dataValidation"):
            yield from (f"{name}: {key}" for key, most in LONGEST.items() if len(rule.get(key, "")) > most)
            yield from (f"{name}: {one.text}" for one in rule if len(one.text or "") > 255)
        yield from (f"{name}: a formula" for one in tree.iter(f"{MAIN}f") if len(one.text or "") > 8192)
    for name, tree in {**file.named(SHEETS), **file.named("xl/sharedStrings.xml")}.items():
        texts = ("".join(one.itertext()) for one in tree.iter(f"{MAIN}is", f"{MAIN}si"))
        yield from (f"{name}: a text" for text in texts if len(text) > 32767)


def a_number_that_is_none(file: Opened) -> Iterator[object]:
    for name, tree in file.named(SHEETS).items():
        for one in tree.iter(f"{MAIN}c"):
            value = one.findtext(f"{MAIN}v")
            is_left_open = not value and one.find(f"{MAIN}f") is not None
            if one.get("t", "n") == "n" and value is not None and not is_left_open and not is_number(value):
                yield f"{name}: {one.get('r')}"


def is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


KINDS: tuple[Callable[[Opened], Iterator[object]], ...] = (
    two_parts_of_one_name,
    a_relation_to_a_part_that_is_missing,
    an_element_without_its_relation,
    a_part_of_no_kind_or_a_kind_of_no_part,
    a_part_that_nothing_leads_to,
    two_shapes_of_one_number,
    a_page_without_a_number_of_its_own,
    a_master_of_notes_that_is_not_listed,
    a_row_with_other_cells_than_the_table_has_columns,
    axes_that_do_not_meet,
    cells_out_of_order,
    a_text_or_a_look_that_is_not_there,
    areas_that_overlap,
    a_sheet_of_a_name_that_excel_refuses,
    a_name_that_leads_nowhere,
    a_table_that_does_not_fit_its_sheet,
    words_longer_than_excel_takes,
    a_number_that_is_none,
)


def repairs(data: bytes) -> list[str]:
    """What Office would repair a file for: the kind, and where; workbooks inside it are looked at too."""
    file = Opened(data)
    inside = [part for name, part in file.parts.items() if name.endswith(".xlsx")]
    found = [f"{kind.__name__}: {where}" for kind in KINDS for where in kind(file)]
    return found + [line for part in inside for line in repairs(part)]
