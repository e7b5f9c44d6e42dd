"""Files that are no workbook are refused in one line; those written in another way than Excel's are read the same."""

import re

import pytest
from extent import proof
from planting import FIXTURES, SHEET, change, pack, parts_of, plant, saved, without_declaration
from workbooks import WORKBOOK

from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.errors import CannotReadError


def refusal(path):
    with pytest.raises(CannotReadError) as caught:
        read_workbook(path)
    message = str(caught.value)
    assert message.startswith(f"{path.name}: ")
    assert "\n" not in message
    return message


# --- what is no workbook at all ---


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"Month,DV\nApr,1\n", "not an Excel workbook"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not an Excel workbook"),
        (b"PK", "damaged"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "damaged"),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
            "password",
        ),
    ],
    ids=["empty", "text", "picture", "PK", "zip header", "old header", "encrypted"],
)
def test_a_file_that_is_no_workbook_is_refused_in_one_line(tmp_path, content, why):
    (tmp_path / "book.xlsx").write_bytes(content)
    assert why in refusal(tmp_path / "book.xlsx")


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    assert "folder" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / "nowhere.xlsx")


def test_an_archive_without_a_workbook_is_refused(tmp_path):
    assert "no workbook" in refusal(pack(tmp_path / "a.xlsx", {"readme.txt": b"hello"}))


def test_a_workbook_without_any_table_is_refused(tmp_path):
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "blank.xlsx")
    assert "every sheet is empty" in refusal(tmp_path / "blank.xlsx")
    book = openpyxl.Workbook()
    book.active.append(["Name", "Phone"])
    book.save(tmp_path / "other.xlsx")
    assert "no table of the quarterly report" in refusal(tmp_path / "other.xlsx")


@proof("share", range(100), sample=15)
def test_a_truncated_workbook_is_refused(tmp_path, share):
    data = WORKBOOK.read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(data[: max(len(data) * share // 100, 1)])
    refusal(tmp_path / "cut.xlsx")


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_xml_cut_short_is_refused(tmp_path, part):
    assert "damaged inside" in refusal(change(tmp_path, part, lambda xml: xml[: len(xml) // 2]))


@pytest.mark.parametrize("part", [SHEET, "xl/_rels/workbook.xml.rels"])
def test_a_missing_part_is_refused(tmp_path, part):
    refusal(change(tmp_path, part, lambda _: None))


def test_a_part_that_stands_twice_is_refused(tmp_path):
    parts = parts_of()
    path = pack(tmp_path / "twice.xlsx", {**parts, SHEET.upper(): parts[SHEET]})
    assert "damaged" in refusal(path)


def test_a_sheet_in_another_encoding_is_refused_rather_than_overlooked(tmp_path):
    edit = lambda xml: xml.decode().encode("utf-16")  # noqa: E731
    assert "encoding" in refusal(change(tmp_path, SHEET, edit))


# --- what is still a workbook, though written unlike Excel does ---


@pytest.mark.parametrize(
    "edit",
    [
        lambda xml: re.sub(rb'<c r="([A-Z0-9]+)" s="(\d+)"', rb'<c s="\2" r="\1"', xml),
        lambda xml: re.sub(rb'<c r="([A-Z0-9]+)"', rb"<c r='\1'", xml),
        lambda xml: re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", without_declaration(xml)).replace(b"xmlns=", b"xmlns:x="),
        lambda xml: re.sub(rb'<c r="[A-Z0-9]+"', b"<c", xml),
        lambda xml: re.sub(rb'<row r="\d+"', b"<row", re.sub(rb'<row r="3"', b'<row r="3"', xml)),
        lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml),
        lambda xml: xml.replace(b"<c r=", b"<c\n r="),
    ],
    ids=["attribute order", "single quotes", "prefix", "no addresses", "no row numbers", "dimension", "line breaks"],
)
def test_a_sheet_written_in_another_way_reads_the_same(tmp_path, edit):
    reading = read_workbook(change(tmp_path, SHEET, edit))
    expected = read_workbook(WORKBOOK)
    assert reading.counts.equals(expected.counts)
    assert reading.findings == ()


@pytest.mark.parametrize(
    "edit", [lambda xml: xml, lambda xml: xml.replace(b"<c r=", b"<c  r=")], ids=["pattern", "parsed"]
)
def test_errors_and_formulas_are_found_in_either_way_of_reading(tmp_path, edit):
    path = plant(tmp_path, ("Slide 6", "D9", "#REF!"), ("Slide 6", "E9", "=A1"), ("Slide 6", "F9", "#N/A"))
    parts = parts_of(path)
    reading = read_workbook(pack(path, {**parts, SHEET: edit(parts[SHEET])}))
    assert [(item.rule, item.where[0], item.printed) for item in reading.findings] == [
        ("error_value", "Slide 6!D9", "#REF!"),
        ("not_calculated", "Slide 6!E9", ""),
        ("error_value", "Slide 6!F9", "#N/A"),
    ]


@pytest.mark.parametrize(
    ("xml", "rule"),
    [
        (b'<c r="D9" t="e"><f>1/\n0</f><v>#DIV/0!</v></c>', "error_value"),
        (b'<c r="D9" s="1" t="e"/>', "error_value"),
        (b'<c r="D9"><f>1+2</f><v xml:space="preserve">3</v></c>', None),
        (b'<c r="D9"><f t="shared" si="0"/><v>3</v></c>', None),
        (b'<c r="D9"><f t="shared" si="0"/></c>', "not_calculated"),
        (b'<c r="D9"><f>A1</f><v></v></c>', "not_calculated"),
        (b'<c r="D9" t="str"><f>A1</f><v>3</v></c>', None),
    ],
)
def test_a_formula_is_read_by_its_stored_result(tmp_path, xml, rule):
    path = saved(change(tmp_path, SHEET, lambda part: re.sub(rb'<c r="D9".*?</c>', xml, part)))
    assert [item.rule for item in read_workbook(path).findings] == [rule] * bool(rule)


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats_read_the_same_errors_and_percents(suffix):
    reading = read_workbook(FIXTURES / f"errors.{suffix}")
    found = [(item.rule, item.where[0], item.printed) for item in reading.findings if item.rule != "missing_table"]
    assert found == [("error_value", "Slide 6!E6", "#DIV/0!"), ("error_value", "Slide 6!F6", "#REF!")]
    counts = reading.counts.set_index("source")["value"]
    assert (len(counts), counts["Slide 12!C7"], counts["Slide 6!D11"]) == (60, 5, 10)
    shares = reading.printed[reading.printed["source"] == "Slide 12!G7"]
    assert (shares["value"].tolist(), shares["text"].tolist()) == ([0.46], ["46%"])
