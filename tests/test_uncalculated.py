"""Formulas that no program has calculated: each is an error at its cell, a whole file of them is one."""

import re
import struct
import zipfile
from pathlib import Path

import pytest
from planting import FIXTURES, SHEET, change, pack, parts_of
from programs import soffice
from workbooks import DEMO, PLAN

from ccpcr_lib.excel.file.binary import binary_facts
from ccpcr_lib.excel.file.package import open_package
from ccpcr_lib.excel.plan_file import read_plan
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.forms.workbook import new_workbook
from ccpcr_lib.model.errors import CannotReadError

FLAG = b' fullCalcOnLoad="1"'


def asking(folder: Path, settings: bytes, cells: bytes) -> Path:
    """Write the quarter's workbook with other settings of calculation, and cells in the place of D9."""
    parts = parts_of(change(folder, SHEET, lambda part: re.sub(rb'<c r="D9".*?</c>', cells, part)))
    workbook = re.sub(rb"<calcPr[^>]*/>", settings, parts["xl/workbook.xml"])
    return pack(folder / "2010-Q2.xlsx", {**parts, "xl/workbook.xml": workbook})


def told(path: Path) -> list[tuple[str, str, str]]:
    return [(item.rule, item.severity, item.where[0]) for item in read_workbook(path).findings]


AT_D9 = [("not_calculated", "error", "Slide 6!D9")]


@pytest.mark.parametrize(
    "cell",
    [
        b"<f>1+2</f>",
        b"<f>1+2</f><v/>",
        b"<f>1+2</f><v></v>",
        b"\n  <f>1+2</f>\n",
        b"\n  <f>1+2</f>\n  <v></v>\n",
        b"<f><![CDATA[1+2]]></f>",
        b"<f><![CDATA[1<2]]></f><v></v>",
        b"<!-- 3 --><f>1+2</f>",
        b"<v/><f>1+2</f>",
        b'<f t="shared" si="0"/>',
        b'<f t="shared" si="0" />',
        b'<f t="shared" ref="D9:D10" si="0">1+2</f>',
        b'<f t="array" ref="D9">1+2</f>',
        b'<f t="array" ref="D9:D9" aca="1">SUM(1,2)</f><v></v>',
        b"<f\n>1+2</f\n>",
        b"<f/>",
    ],
)
@pytest.mark.parametrize("kind", [b"", b' t="n"', b' t="str"', b' t="b"', b" t='str'"])
def test_a_formula_without_a_result_is_an_error_at_its_cell(tmp_path, cell, kind):
    path = asking(tmp_path, b'<calcPr calcId="191029"/>', b'<c r="D9"' + kind + b">" + cell + b"</c>")
    assert told(path) == AT_D9


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="D9" t="str"><f>IF(A1=0,"",1)</f><v></v></c>',
        b'<c r="D9" t="str"><f>IF(A1=0,&quot;&quot;,1)</f><v/></c>',
        b'<c r="D9" t="str"><f>LEFT(A1,0)</f><v></v></c>',
        b'<c r="D9" t="str">\n<f>A1&amp;B1</f>\n<v></v>\n</c>',
        b'<c r="D9" t="str"><f>TRIM(A1)</f><v></v></c>',
    ],
)
def test_an_empty_text_that_a_formula_can_show_is_a_result(tmp_path, cell):
    assert told(asking(tmp_path, b'<calcPr calcId="191029"/>', cell)) == []


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="D9"><f>1+2</f><v>3</v></c>',
        b'<c r="D9">\n <f>1+2</f>\n <v>3</v>\n</c>',
        b'<c r="D9"><f t="shared" si="0"/><v>3</v></c>',
        b'<c r="D9"><f t="array" ref="D9">1+2</f><v>3</v></c>',
        b'<c r="D9"><f aca="false">1+2</f><v xml:space="preserve">3</v></c>',
    ],
)
def test_a_stored_result_is_read(tmp_path, cell):
    reading = read_workbook(asking(tmp_path, b'<calcPr calcId="191029" forceFullCalc="1"/>', cell))
    assert reading.findings == ()
    assert reading.counts.set_index("source")["value"]["Slide 6!D9"] == 3


@pytest.mark.parametrize(
    "settings",
    [
        b'<calcPr calcId="124519" fullCalcOnLoad="1"/>',
        b'<calcPr fullCalcOnLoad="true" calcId="191029"/>',
        b"<calcPr fullCalcOnLoad='1'/>",
        b'<calcPr\n  fullCalcOnLoad = "1"\n  forceFullCalc="1"></calcPr>',
        b'<z:calcPr xmlns:z="http://schemas.openxmlformats.org/spreadsheetml/2006/main" fullCalcOnLoad="true"/>',
        b'<calcPr calcId="191029" calcCompleted="0"/>',
    ],
)
@pytest.mark.parametrize("result", [b"<v>0</v>", b"<v>3</v>", b""])
def test_a_file_that_asks_for_calculation_has_no_results(tmp_path, settings, result):
    assert told(asking(tmp_path, settings, b'<c r="D9"><f>1+2</f>' + result + b"</c>")) == AT_D9


@pytest.mark.parametrize(
    "settings",
    [
        b"",
        b"<calcPr/>",
        b'<calcPr forceFullCalc="1"/>',
        b'<calcPr fullCalcOnLoad="0"/>',
        b'<calcPr fullCalcOnLoad="false" calcCompleted="1"/>',
        b'<calcPr calcMode="manual"/>',
        b'<!-- <calcPr fullCalcOnLoad="1"/> -->',
    ],
)
def test_a_file_that_asks_for_nothing_has_results(tmp_path, settings):
    assert told(asking(tmp_path, settings, b'<c r="D9"><f>1+2</f><v>3</v></c>')) == []


def test_a_file_without_formulas_may_ask_for_calculation(tmp_path):
    assert told(asking(tmp_path, b'<calcPr fullCalcOnLoad="1"/>', b'<c r="D9"><v>3</v></c>')) == []
    assert read_plan(PLAN)[1] == ()


def test_formulas_that_no_table_uses_do_not_matter(tmp_path):
    cells = b'<c r="D9"><v>3</v></c><c r="Z9"><f>1+2</f><v>0</v></c>'
    assert told(asking(tmp_path, b'<calcPr fullCalcOnLoad="1"/>', cells)) == []


def test_all_formulas_of_a_file_are_one_error_that_names_the_first(tmp_path):
    cells = b"".join(b'<c r="%s9"><f>1+2</f><v>0</v></c>' % letter for letter in (b"D", b"E", b"F"))
    path = asking(tmp_path, b'<calcPr fullCalcOnLoad="1"/>', b'<c r="D9"/>')
    parts = parts_of(path)
    sheet = re.sub(rb'<c r="[DEF]9"[^>]*/>|<c r="[EF]9".*?</c>', b"", parts[SHEET])
    row = re.search(rb'<row r="9"[^>]*>(?:<c r="[A-C]9"(?:[^>]*/>|.*?</c>))*', sheet)
    parts[SHEET] = sheet[: row.end()] + cells + sheet[row.end() :]
    (found,) = read_workbook(pack(path, parts)).findings
    assert found.where == ("Slide 6!D9", "Slide 6!E9", "Slide 6!F9")
    assert found.message == (
        "Slide 6!D9: 3 formulas, this one first, have no result yet: no program has calculated this file. "
        "Open it in Excel, save it there, and try again."
    )


def test_a_file_set_not_to_calculate_says_how_to_set_it(tmp_path):
    settings = b'<calcPr calcMode="manual" calcOnSave="0"/>'
    (found,) = read_workbook(asking(tmp_path, settings, b'<c r="D9"><f>1+2</f><v>3</v></c>')).findings
    assert (found.rule, found.where) == ("not_calculated", ("Slide 6!D9",))
    assert "Calculation Options" in found.message


@pytest.mark.parametrize("form", ["array", "dataTable"])
@pytest.mark.parametrize(
    ("area", "columns", "rows"),
    [("D9:D10", "D", (9, 10)), ("D9:E9", "DE", (9,)), ("$D$9:$E$10", "DE", (9, 10)), ("D9:F9", "DEF", (9,))],
)
def test_every_cell_that_one_formula_fills_is_without_a_result(tmp_path, form, area, columns, rows):
    cell = f'<c r="D9"><f t="{form}" ref="{area}">A1:B2*2</f></c>'.encode()
    facts = open_package(asking(tmp_path, b"<calcPr/>", cell)).facts["Slide 6"]
    assert facts.uncalculated == {(row - 1, ord(column) - ord("A")) for row in rows for column in columns}


@pytest.mark.parametrize("area", ["D9:XFD1048576", "D9:A9999999", "D9:ZZZ10", "D9:5", "D9:D10:XFD1048576"])
def test_a_formula_that_fills_more_than_a_sheet_is_refused(tmp_path, area):
    with pytest.raises(CannotReadError):
        read_workbook(asking(tmp_path, b"<calcPr/>", f'<c r="D9"><f t="array" ref="{area}">1</f></c>'.encode()))


# --- other formats -----------------------------------------------------------------------------------------


def binary(result: str = "0000000000001440", flags: int = 0, tokens: str = "1e02001e030003") -> list[tuple[int, int]]:
    """Write another formula record for Slide 12!C7, which is 2+3 with the result 5; list what has no result."""
    data = (FIXTURES / "errors.xls").read_bytes()
    at = data.index(bytes.fromhex("06001d00060002001800")) + 10
    body = bytes.fromhex(result) + struct.pack("<HIH", flags, 0, 7) + bytes.fromhex(tokens).ljust(7, b"\x15")
    changed = data[:at] + body + data[at + len(body) :]
    return sorted(binary_facts(Path("errors.xls"), changed)["Slide 12"].uncalculated)


C7 = [(6, 2)]
NOTHING = "030000000000ffff"


@pytest.mark.parametrize("flags", [0x0001, 0x0002, 0x0003, 0x000B, 0x0022])
@pytest.mark.parametrize("result", ["0000000000000000", "0000000000001440", NOTHING])
def test_an_old_formula_that_asks_for_calculation_has_no_result(flags, result):
    assert binary(result, flags) == C7


@pytest.mark.parametrize("tokens", ["1e02001e030003", "2400000000", "1d01", "1e1700", "1f0000000000"])
def test_an_old_formula_that_shows_a_number_has_no_empty_text_for_a_result(tokens):
    assert binary(NOTHING, tokens=tokens) == C7


def test_an_old_formula_with_a_result_is_read():
    assert binary() == []
    assert binary("0000000000000000") == []
    assert binary(flags=0x28) == []
    assert binary(flags=1, tokens="1901000041dd00") == [], "it is calculated each time, and was on saving"
    assert binary(NOTHING, tokens="170000") == []
    assert binary(NOTHING, tokens="1e02001e030008") == []


@pytest.mark.parametrize(
    ("attributes", "is_read"),
    [
        ('table:formula="of:=[.A1]"', False),
        ('table:formula="of:=[.A1]" office:value-type="float"', False),
        ('table:formula="of:=[.A1]" office:value-type="float" office:value=""', False),
        ('table:formula="of:=[.A1]" office:value-type="percentage"', False),
        ('table:formula="of:=[.A1]" office:value-type="string"', False),
        ('table:formula="of:=[.A1]" office:value-type="date"', False),
        ('table:formula="of:=[.A1]" office:value-type="float" office:value="3"', True),
        ('table:formula="of:=LEFT([.A1];0)"', True),
        ('table:formula="of:=IF([.A1]=0;&quot;&quot;;1)" office:value-type="string" office:string-value=""', True),
        ('office:value-type="string"', True),
    ],
)
def test_an_opendocument_formula_without_a_stored_value_has_no_result(tmp_path, attributes, is_read):
    with zipfile.ZipFile(FIXTURES / "errors.ods") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    row = f"<table:table-row><table:table-cell {attributes}/></table:table-row><table:table-row ".encode()
    parts["content.xml"] = parts["content.xml"].replace(b"<table:table-row ", row, 1)
    facts = next(iter(open_package(pack(tmp_path / "errors.ods", parts)).facts.values()))
    assert (not facts.uncalculated) is is_read


# --- the files made here -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(DEMO.iterdir()), ids=lambda path: path.stem)
def test_made_up_workbooks_ask_for_no_calculation(path):
    assert b"fullCalcOnLoad" not in parts_of(path)["xl/workbook.xml"]
    assert {place for sheet in open_package(path).facts.values() for place in sheet.uncalculated} == set()


def test_a_new_workbook_of_version_1_0_is_one_error(tmp_path):
    path = tmp_path / "2010-Q2.xlsx"
    path.write_bytes(new_workbook("2010-Q2"))
    parts = parts_of(path)
    assert read_workbook(path).findings == ()
    assert {place for sheet in open_package(path).facts.values() for place in sheet.uncalculated} == set()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<calcPr", b"<calcPr" + FLAG)
    assert len(told(pack(path, parts))) == 1
    assert len(read_workbook(path).findings[0].where) > 100


@pytest.mark.slow
def test_a_file_opened_and_saved_in_a_program_is_read(tmp_path):
    path = asking(tmp_path, b'<calcPr fullCalcOnLoad="1"/>', b'<c r="D9"><f>1+2</f></c>')
    (again,) = soffice([path], tmp_path / "saved", "xlsx")
    assert told(path) == AT_D9
    reading = read_workbook(again)
    assert (reading.findings, reading.counts.set_index("source")["value"]["Slide 6!D9"]) == ((), 3)
