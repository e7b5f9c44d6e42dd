"""Each kind of fault for which Office repairs a file is seen when it is put into a sound one."""

import io
import zipfile

import pytest
from office_files import edited, office_file
from repairs import KINDS, repairs

SLIDE, TABLES, NEW = "a bar chart for slides", "tables in en", "a new workbook in en"
CONTENTS, CHART, PAGE, NOTES = (
    "[Content_Types].xml",
    "ppt/charts/chart1.xml",
    "ppt/slides/slide1.xml",
    "ppt/presentation.xml",
)
SHEET, TABLE, BOOK, STRINGS = (
    "xl/worksheets/sheet2.xml",
    "xl/tables/table2.xml",
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
)
GRID = "<a:tbl><a:tblGrid/><a:tr><a:tc/></a:tr></a:tbl>"

BROKEN = [
    ("a_relation_to_a_part_that_is_missing", SLIDE, "ppt/slides/_rels/slide1.xml.rels", "chart1.xml", "chart7.xml"),
    ("an_element_without_its_relation", SLIDE, PAGE, 'r:id="rId', 'r:id="rId9'),
    ("a_part_of_no_kind_or_a_kind_of_no_part", SLIDE, CONTENTS, "/ppt/charts/chart1.xml", "/ppt/charts/chart7.xml"),
    (
        "a_part_that_nothing_leads_to",
        SLIDE,
        "ppt/charts/_rels/chart1.xml.rels",
        'Target="',
        'TargetMode="External" Target="',
    ),
    ("two_shapes_of_one_number", SLIDE, PAGE, '<p:cNvPr id="2"', '<p:cNvPr id="1"'),
    ("a_page_without_a_number_of_its_own", SLIDE, NOTES, '<p:sldId id="256"', '<p:sldId id="12"'),
    ("a_master_of_notes_that_is_not_listed", SLIDE, NOTES, "notesMasterId ", "other "),
    ("a_row_with_other_cells_than_the_table_has_columns", SLIDE, PAGE, "</p:cSld>", f"{GRID}</p:cSld>"),
    ("axes_that_do_not_meet", SLIDE, CHART, 'crossAx val="1"', 'crossAx val="3"'),
    ("axes_that_do_not_meet", SLIDE, CHART, '<c:valAx><c:axId val="2"', '<c:valAx><c:axId val="1"'),
    ("axes_that_do_not_meet", SLIDE, CHART, '<c:valAx><c:axId val="2"', '<c:valAx><c:axId val="4294967295"'),
    ("cells_out_of_order", TABLES, SHEET, 'r="A2"', 'r="A1"'),
    ("a_text_or_a_look_that_is_not_there", TABLES, SHEET, 't="s"><v>', 't="s"><v>99'),
    ("a_text_or_a_look_that_is_not_there", TABLES, SHEET, 's="1" t', 's="999" t'),
    ("a_text_or_a_look_that_is_not_there", TABLES, STRINGS, 'uniqueCount="', 'uniqueCount="1'),
    ("areas_that_overlap", NEW, SHEET, '<mergeCell ref="A5:A6"/>', '<mergeCell ref="A4:A6"/>'),
    ("a_sheet_of_a_name_that_excel_refuses", TABLES, BOOK, 'name="Contents"', 'name="What: is it?"'),
    ("a_sheet_of_a_name_that_excel_refuses", TABLES, BOOK, 'name="Contents"', 'name="counts"'),
    ("a_name_that_leads_nowhere", TABLES, BOOK, "'12 education'!", "'12 school'!"),
    ("a_name_that_leads_nowhere", TABLES, SHEET, "'12 education'!", "'12 school'!"),
    ("a_table_that_does_not_fit_its_sheet", TABLES, TABLE, 'name="April', 'name="Avril'),
    ("a_table_that_does_not_fit_its_sheet", TABLES, TABLE, ' displayName="referrals_by_type"', ' displayName="counts"'),
    ("words_longer_than_excel_takes", NEW, SHEET, 'prompt="', f'prompt="{"x" * 256}'),
    ("a_number_that_is_none", TABLES, "xl/worksheets/sheet3.xml", '<v>1</v></c><c r="D', '<v>NaN</v></c><c r="D'),
]


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "file", "part", "old", "new"), BROKEN)
def test_a_fault_is_seen_by_its_kind(kind, file, part, old, new):
    found = {line.partition(":")[0] for line in repairs(edited(office_file(file), part, old, new))}
    assert kind in found


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.slow
def test_a_part_that_stands_twice_is_seen():
    buffer = io.BytesIO(office_file(SLIDE))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(CHART.upper(), archive.read(CHART))
    assert any(line.startswith("two_parts_of_one_name") for line in repairs(buffer.getvalue()))


def test_each_kind_has_a_fault_that_it_is_seen_by():
    assert {kind.__name__ for kind in KINDS} == {kind for kind, *_ in BROKEN} | {"two_parts_of_one_name"}
