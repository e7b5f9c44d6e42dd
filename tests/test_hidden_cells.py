"""Figures in hidden rows and columns are counted, and one note a table says where they are."""

import re

import openpyxl
import pytest
from looks import marks
from one_table import SHEET, drawn, typing_of, written
from planting import FIXTURES, change, pack, parts_of
from turned import TURNED
from workbooks import WORKBOOK

from ccpcr_lib.excel.reader import read_workbook


def part_of(sheet):
    names = re.findall(rb'<sheet [^>]*?name="([^"]*)"', parts_of()["xl/workbook.xml"])
    return f"xl/worksheets/sheet{names.index(sheet.encode()) + 1}.xml"


def with_row(folder, number, attribute):
    row = rb'<row r="%d"' % number

    def edit(xml):
        return re.sub(row + rb'(?: ht="[^"]*")?', row + b" " + attribute, xml)

    return change(folder, part_of("Slide 12"), edit)


def with_column(folder, letter_number, attribute):
    pattern = rb'<col [^>]*?min="%d" max="%d"[^>]*/>' % (letter_number, letter_number)
    new = b'<col min="%d" max="%d" %s/>' % (letter_number, letter_number, attribute)
    return change(folder, part_of("Slide 12"), lambda xml: re.sub(pattern, new, xml))


def assert_counted(reading):
    expected = read_workbook(WORKBOOK)
    assert reading.counts.equals(expected.counts)
    assert reading.printed.equals(expected.printed)


@pytest.mark.parametrize(
    "attribute", [b'hidden="1"', b'hidden="true"', b"hidden='1'", b'ht="0" customHeight="1"', b'ht="0.0"']
)
def test_a_hidden_row_is_counted_and_noted(tmp_path, attribute):
    reading = read_workbook(with_row(tmp_path, 7, attribute))
    assert_counted(reading)
    assert [(rule, severity, where[0]) for rule, severity, where in marks(reading)] == [
        ("hidden_cells", "note", "Slide 12!C7")
    ]
    assert "row 7" in reading.findings[0].message


@pytest.mark.parametrize(
    "attribute",
    [
        b'hidden="1"',
        b'width="0" customWidth="1"',
        b'width="9" hidden="true"',
        b'hidden="1" collapsed="1"',
        b"width='0.0'",
    ],
)
def test_a_hidden_column_is_counted_and_noted(tmp_path, attribute):
    reading = read_workbook(with_column(tmp_path, 4, attribute))
    assert_counted(reading)
    assert [(rule, severity, where[0]) for rule, severity, where in marks(reading)] == [
        ("hidden_cells", "note", "Slide 12!D5")
    ]
    assert "column D" in reading.findings[0].message


@pytest.mark.parametrize("attribute", [b'hidden="0"', b'hidden="false"', b'ht="20"', b'ht="0.75"', b'collapsed="1"'])
def test_a_row_that_is_seen_is_not_noted(tmp_path, attribute):
    assert read_workbook(with_row(tmp_path, 7, attribute)).findings == ()


@pytest.mark.parametrize("row", [1, 4, 30])
def test_a_hidden_row_without_figures_does_not_matter(tmp_path, row):
    hidden = b'<row r="%d" hidden="1"' % row

    def edit(xml):
        if row == 30:
            return xml.replace(b"</sheetData>", hidden + b"/></sheetData>")
        return xml.replace(b'<row r="%d"' % row, hidden)

    assert read_workbook(change(tmp_path, part_of("Slide 12"), edit)).findings == ()


def test_rows_without_numbers_are_hidden_where_they_stand(tmp_path):
    def edit(xml):
        return re.sub(rb'<row r="\d+"', rb"<row", fill(xml).replace(b'<row r="7"', b'<row r="7" hidden="1"'))

    reading = read_workbook(change(tmp_path, part_of("Slide 12"), edit))
    assert "row 7" in reading.findings[0].message


def fill(xml):
    """Write the rows that are left out, so that each follows the one before."""
    last = 0
    for number in map(int, re.findall(rb'<row r="(\d+)"', xml)):
        missing = b"".join(b'<row r="%d"/>' % between for between in range(last + 1, number))
        xml, last = xml.replace(b'<row r="%d"' % number, missing + b'<row r="%d"' % number), number
    return xml


def test_each_table_has_one_note(tmp_path):
    parts = parts_of()
    for sheet in ("Slide 6", "Slide 12", "Slide 16"):
        part = part_of(sheet)
        parts[part] = re.sub(rb'<row r="([789])"', rb'<row r="\1" hidden="1"', parts[part])
    reading = read_workbook(pack(tmp_path / "2010-Q2.xlsx", parts))
    assert_counted(reading)
    assert [finding.rule for finding in reading.findings] == ["hidden_cells"] * 3
    assert "row 7, row 8, row 9" in reading.findings[0].message


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats_have_the_same_hidden_lines(suffix):
    findings = read_workbook(FIXTURES / f"marks.{suffix}", "2010-Q2").findings
    found = [finding for finding in findings if finding.rule == "hidden_cells"]
    assert [finding.where[0] for finding in found] == ["Slide 12!D5"]
    assert "row 7, column D" in found[0].message


def test_rows_that_a_filter_hides_in_opendocument_are_noted(tmp_path):
    parts = parts_of(FIXTURES / "marks.ods")
    parts["content.xml"] = parts["content.xml"].replace(b'table:visibility="collapse"', b'table:visibility="filter"')
    reading = read_workbook(pack(tmp_path / "marks.ods", parts), "2010-Q2")
    assert "hidden_cells" in [finding.rule for finding in reading.findings]


@pytest.mark.parametrize(
    ("shape", "line", "where", "named"),
    [
        ("turned", "C", "C3", "column C"),
        ("turned", "F", "F3", "column F"),
        ("turned", "G", "G3", "column G"),
        ("turned", 3, "B3", "row 3"),
        ("pasted", "C", "C3", "column C"),
        ("pasted", "F", "F3", "column F"),
    ],
)
def test_hidden_lines_of_a_turned_table_are_named_as_the_sheet_names_them(tmp_path, shape, line, where, named):
    table = "other_services"
    picture = TURNED[shape](drawn("2010-Q2", table), typing_of("2010-Q2"), table)[0]
    path, counts = written(tmp_path, "2010-Q2", table, picture)
    book = openpyxl.load_workbook(path)
    lines = book[SHEET].row_dimensions if line == 3 else book[SHEET].column_dimensions
    lines[line].hidden = True
    book.save(path)
    reading = read_workbook(path)
    (note,) = (finding for finding in reading.findings if finding.rule == "hidden_cells")
    assert (note.where[0], f": {named}." in note.message) == (f"{SHEET}!{where}", True)
    assert set(reading.counts["source"]) == set(counts)
