"""A workbook is read the same, and copied whole, however its parts are named, found and written."""

import re
import struct

import openpyxl
import pytest
from looks import shared
from planting import FIXTURES, SHEET, change, pack, parts_of, plant, without_declaration
from workbooks import WORKBOOK

from ccpcr_lib.excel.annotate import annotate
from ccpcr_lib.excel.file.facts import MAX_FILLED, SheetFacts
from ccpcr_lib.excel.file.grid import read_grids
from ccpcr_lib.excel.file.package import open_package
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.errors import CannotReadError

RELATIONS, CONTENTS, STYLES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/styles.xml"
STRICT = {
    b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/": b"http://purl.oclc.org/ooxml/spreadsheetml/",
    b"http://schemas.openxmlformats.org/drawingml/2006/": b"http://purl.oclc.org/ooxml/drawingml/",
}


def strict(parts):
    for usual, other in STRICT.items():
        parts = {name: content.replace(usual, other) for name, content in parts.items()}
    return parts


def moved(parts, target="book/wb.xml", *, sheets=b"ws/"):
    """Move the workbook, its sheets and styles elsewhere; `target` and `sheets` are how relations name them."""
    changes = {
        "_rels/.rels": [(b"xl/workbook.xml", target.encode())],
        RELATIONS: [(b"/xl/worksheets/", sheets), (b'"styles.xml', b'"s/st.xml'), (b'"theme/', b'"../xl/theme/')],
        CONTENTS: [(b"/xl/workbook", b"/book/wb"), (b"/xl/worksheets", b"/book/ws"), (b"/xl/styles", b"/book/s/st")],
    }
    places = {"xl/workbook.xml": "book/wb.xml", RELATIONS: "book/_rels/wb.xml.rels", STYLES: "book/s/st.xml"}
    written = {}
    for name, content in parts.items():
        for old, new in changes.get(name, []):
            content = content.replace(old, new)
        written[places.get(name, name.replace("xl/worksheets", "book/ws"))] = content
    return written


def prefixed(parts):
    def edit(xml):
        return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", without_declaration(xml)).replace(b"xmlns=", b"xmlns:x=")

    return {name: edit(xml) if name.endswith(".xml") and "xl/" in name else xml for name, xml in parts.items()}


def renamed(parts, name):
    return {name(part): content for part, content in parts.items()}


def edited(parts, part, old, new):
    if old not in parts[part]:
        raise ValueError(f"nothing changed in {part}")
    return {**parts, part: parts[part].replace(old, new)}


def with_decoy(parts):
    """Put a workbook without sheets where a workbook usually lies."""
    empty = b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>'
    return {**moved(parts), "xl/workbook.xml": empty}


def strings_at(part, target):
    return lambda parts: shared(parts, SHEET, strings=part, target=target)


PACKAGES = {
    "elsewhere": moved,
    "elsewhere, from the root": lambda parts: moved(parts, "/book/wb.xml", sheets=b"/book/ws/"),
    "elsewhere, by dots": lambda parts: moved(parts, "./docs/../book/wb.xml", sheets=b"./../book/ws/"),
    "elsewhere, a decoy at the usual place": with_decoy,
    "strict": strict,
    "strict, elsewhere": lambda parts: strict(moved(parts)),
    "backslashes": lambda parts: renamed(parts, lambda name: name.replace("/", "\\")),
    "slash in front": lambda parts: renamed(parts, lambda name: f"/{name}"),
    "small letters": lambda parts: renamed(parts, str.lower),
    "large letters": lambda parts: renamed(parts, lambda name: name if name == CONTENTS else name.upper()),
    "targets with backslashes": lambda parts: edited(parts, RELATIONS, b"/xl/worksheets/", b"worksheets\\"),
    "prefixes": prefixed,
    "prefixes, strict": lambda parts: prefixed(strict(parts)),
    "strings": strings_at("xl/sharedStrings.xml", "sharedStrings.xml"),
    "strings elsewhere": strings_at("xl/text/s.xml", "text/s.xml"),
    "strings at the root": strings_at("s.xml", "/s.xml"),
    "no relations of the package": lambda parts: {name: parts[name] for name in parts if name != "_rels/.rels"},
    "no list of contents": lambda parts: {name: parts[name] for name in parts if name != CONTENTS},
}


@pytest.mark.parametrize("made", PACKAGES.values(), ids=PACKAGES)
def test_an_odd_package_reads_the_same_and_its_copy_has_all_of_it(tmp_path, made):
    path = pack(tmp_path / "2010-Q2.xlsx", made(parts_of()))
    expected = read_workbook(WORKBOOK)
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(annotate(path, ()))
    for reading in (read_workbook(path), read_workbook(copy, "2010-Q2")):
        assert reading.counts.equals(expected.counts)
        assert reading.printed.equals(expected.printed)
        assert reading.findings == ()


def test_an_error_in_an_odd_package_is_seen(tmp_path):
    parts = parts_of(plant(tmp_path, ("Slide 6", "D9", "#REF!")))
    for made in (moved, strict, with_decoy, PACKAGES["backslashes"], PACKAGES["large letters"]):
        reading = read_workbook(pack(tmp_path / "2010-Q2.xlsx", made(parts)))
        assert [(finding.rule, finding.where) for finding in reading.findings] == [("error_value", ("Slide 6!D9",))]


@pytest.mark.parametrize("declared", [True, False])
def test_a_workbook_without_styles_is_read_and_copied(tmp_path, declared):
    parts = {name: content for name, content in parts_of().items() if name != STYLES}
    if not declared:
        parts[RELATIONS] = re.sub(rb'<Relationship [^>]*Target="styles.xml"[^>]*/>', b"", parts[RELATIONS])
    path = pack(tmp_path / "2010-Q2.xlsx", parts)
    (tmp_path / "copy.xlsx").write_bytes(annotate(path, ()))
    for reading in (read_workbook(path), read_workbook(tmp_path / "copy.xlsx", "2010-Q2")):
        assert reading.counts.equals(read_workbook(WORKBOOK).counts)


@pytest.mark.parametrize(
    "extent", [b"1:13", b"", b"A:G", b"nonsense", b"$A$1:$G$13", b"A0", b"A1:", b"B2:C3", b"A1:XFD1048576", b"#REF!"]
)
def test_an_extent_that_is_none_does_not_break_reading(tmp_path, extent):
    edit = lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % extent, xml)  # noqa: E731
    reading = read_workbook(change(tmp_path, SHEET, edit))
    assert reading.counts.equals(read_workbook(WORKBOOK).counts)
    assert reading.findings == ()


def test_the_fingerprint_is_that_of_the_file_itself(tmp_path):
    path = pack(tmp_path / "2010-Q2.xlsx", moved(parts_of()))
    assert read_workbook(path).data == path.read_bytes()


# --- facts that must be there ---


@pytest.mark.parametrize(
    "name", ["A &amp; B", "&lt;x&gt;", "&#x1F600; q", "😀", " Slide", "é", "a\tb", "ត្រីមាស", "SLIDE 7"]
)
def test_a_sheet_of_any_name_has_its_facts(tmp_path, name):
    parts = parts_of(plant(tmp_path, ("Slide 6", "D9", "#REF!")))
    parts = edited(parts, "xl/workbook.xml", b'name="Slide 6"', f'name="{name}"'.encode())
    reading = read_workbook(pack(tmp_path / "2010-Q2.xlsx", parts))
    assert [finding.rule for finding in reading.findings] == ["error_value"]


def test_a_sheet_without_facts_is_refused_rather_than_believed():
    package = open_package(WORKBOOK)
    without = package._replace(facts={name: facts for name, facts in package.facts.items() if name != "Slide 6"})
    with pytest.raises(CannotReadError, match="Slide 6"):
        read_grids(without)
    with pytest.raises(CannotReadError, match="cannot be seen"):
        read_grids(package._replace(facts={"Sheet1": SheetFacts()}))


def test_two_sheets_of_one_name_are_refused(tmp_path):
    path = change(tmp_path, "xl/workbook.xml", lambda xml: xml.replace(b'name="Slide 6"', b'name="Slide 7"'))
    with pytest.raises(CannotReadError):
        read_workbook(path)


def test_the_format_of_excel_95_is_refused_in_a_line_that_says_what_to_do(tmp_path):
    data = (FIXTURES / "errors.xls").read_bytes()
    assert data.count(struct.pack("<HHH", 0x0809, 16, 0x0600)) > 1
    (tmp_path / "old.xls").write_bytes(
        data.replace(struct.pack("<HHH", 0x0809, 16, 0x0600), b"\x09\x08\x10\x00\x00\x05")
    )
    with pytest.raises(CannotReadError, match=r"Excel 95 or older\. .*save it as \.xlsx"):
        read_workbook(tmp_path / "old.xls")


def test_a_workbook_with_far_too_many_filled_cells_is_refused(tmp_path):
    row = b"<row>" + b"<c><v>1</v></c>" * 20 + b"</row>"
    edit = lambda xml: xml.replace(b"</sheetData>", row * (MAX_FILLED // 20) + b"</sheetData>")  # noqa: E731
    with pytest.raises(CannotReadError, match="filled cells"):
        read_workbook(change(tmp_path, SHEET, edit))


# --- copies ---


def test_a_workbook_that_openpyxl_cannot_copy_is_refused_in_one_line(tmp_path):
    path = change(tmp_path, SHEET, lambda xml: xml.replace(b' s="10"', b' s="999"'))
    assert len(read_workbook(path).base) == 317
    with pytest.raises(CannotReadError, match="cannot be copied whole"):
        annotate(path, ())


def test_a_copy_that_would_lack_a_cell_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *_, **__: openpyxl.Workbook())
    with pytest.raises(CannotReadError, match="cannot be copied whole"):
        annotate(WORKBOOK, ())
