"""Office accepts every file that the suite writes or ships: no schema is broken, and nothing else that it repairs."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from extent import proof
from office_files import ALIKE, DECKS, SINGLE, edited, office_file
from repairs import repairs

from ccpcr_lib.excel.file.pack import packed

openxml_audit = pytest.importorskip("openxml_audit")

LEFTOVERS = re.compile(
    rb"python-pptx|openpyxl|xlsxwriter|canny|generated using|1/27/13|screen4x3|printersettings|<application>",
    re.IGNORECASE,
)
"""What a library or its template would leave behind."""
MADE = b'<dcterms:%s xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:%s>'
CHOSEN = [
    "deck of 2010-Q2 in en+km",
    "tables in en+km",
    "a new workbook in km",
    *(name for name in SINGLE if "agreed" not in name),
]


def audited(data: bytes, folder: Path) -> list[str]:
    """The schema errors of a file; what is only worth knowing is left out."""
    path = folder / ("f.pptx" if b"ppt/presentation.xml" in data else "f.xlsx")
    path.write_bytes(data)
    found = openxml_audit.OpenXmlValidator(max_errors=0).validate(path).errors
    return [f"{error.part_uri}: {error.description}" for error in found if error.severity.name == "ERROR"]


def parts_of(data: bytes) -> dict[str, bytes]:
    """All parts of a file, and those of the files inside it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    inside = (parts_of(part) for name, part in parts.items() if name.endswith(".xlsx"))
    return parts | {f"{number}/{name}": part for number, own in enumerate(inside) for name, part in own.items()}


@pytest.mark.slow
@proof("name", list(DECKS), sample=1)
def test_no_deck_breaks_a_schema_or_has_what_powerpoint_repairs(tmp_path, name):
    deck = office_file(name)
    assert (audited(deck, tmp_path), repairs(deck)) == ([], [])


@pytest.mark.slow
@proof("name", list(ALIKE), sample=2)
def test_no_workbook_made_like_others_breaks_a_schema_or_has_what_excel_repairs(tmp_path, name):
    file = office_file(name)
    assert (audited(file, tmp_path), repairs(file)) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("name", SINGLE)
def test_no_other_file_breaks_a_schema_or_has_what_office_repairs(tmp_path, name):
    file = office_file(name)
    assert (audited(file, tmp_path), repairs(file)) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("name", CHOSEN)
def test_nothing_of_a_library_or_a_person_is_left_in_a_file(name):
    parts = parts_of(office_file(name))
    assert {part: word for part, content in parts.items() if (word := LEFTOVERS.search(part.encode() + content))} == {}
    assert [part for part in parts if "docprops" in part.lower()] == ["docProps/core.xml"]
    core = parts["docProps/core.xml"]
    assert b"<dc:creator></dc:creator>" in core
    assert b"<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert [core.count(MADE % (word, word)) for word in (b"created", b"modified")] == [1, 1]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["annotated", "differences", "a plan", "a new workbook in km"])
def test_a_file_is_the_same_again_whenever_it_is_made(name):
    with zipfile.ZipFile(io.BytesIO(office_file(name))) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert (DECKS | ALIKE | SINGLE)[name]() == office_file(name)


def test_a_part_that_nothing_leads_to_and_what_a_file_says_of_itself_go():
    parts = {
        "xl/drawings/old.vml": b"<xml/>",
        "docProps/thumbnail.jpeg": b"a picture",
        "xl/worksheets/_rels/old.xml.rels": b"<Relationships/>",
    }
    buffer = io.BytesIO(office_file("a plan"))
    with zipfile.ZipFile(buffer, "a") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    before, after = (set(parts_of(data)) for data in (office_file("a plan"), packed(buffer.getvalue())))
    assert after == before - {"docProps/core.xml"}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("a new workbook in km", "របាយការណ៍ប្រចាំត្រីមាសរបស់មណ្ឌល"),
        ("a new workbook in en", "Quarterly report of the shelter"),
        ("a plan", "Plan: indicators and targets · ផែនការ៖ សូចនាករ និងចំណុចដៅ"),
        ("differences", "What was typed differently · អ្វីដែលបានវាយខុសគ្នា"),
        ("annotated, of Excel", "<The> quarter & more"),
        ("data/2010-Q2.xlsx", "Quarterly report of the shelter"),
    ],
)
def test_a_file_says_what_it_is_in_its_own_language(name, title):
    assert openpyxl.load_workbook(io.BytesIO(office_file(name))).properties.title == title


# --- that what is wrong is seen ---


@pytest.mark.parametrize(
    ("name", "part", "old", "new", "told"),
    [
        (
            "data/2010-Q2.xlsx",
            "xl/styles.xml",
            '<b val="1"/><sz val="16"/>',
            '<sz val="16"/><b val="1"/>',
            "element 'b'",
        ),
        ("a bar chart for slides", "ppt/charts/chart1.xml", 'axId val="1"', 'axId val="-1"', "less than minimum"),
        ("a bar chart for slides", "ppt/_rels/presentation.xml.rels", '/viewProps"', '/view"', "viewProps"),
    ],
)
def test_an_audit_tells_what_was_broken_on_purpose(tmp_path, name, part, old, new, told):
    assert told in " ".join(audited(edited(office_file(name), part, old, new), tmp_path))
