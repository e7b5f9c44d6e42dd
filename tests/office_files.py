"""Every kind of Office file that the suite writes or ships, and workbooks as other programs leave them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from decks import SYNTHETIC, deck_in
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from PIL import Image
from planting import plant
from pptx import Presentation
from pptx.oxml import parse_xml
from workbooks import DEMO, QUARTER, ROOT, WORKBOOK
from xlsxwriter import Workbook

from ccpcr_lib import Release, explore, load, load_all, release
from ccpcr_lib.excel.annotate import annotate
from ccpcr_lib.forms.differences_list import differences_list
from ccpcr_lib.forms.plan_workbook import plan_workbook
from ccpcr_lib.forms.workbook import new_workbook
from ccpcr_lib.model.plan import Plan
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.explorer.slide import one_slide
from ccpcr_lib.publish.handout import build_handout
from ccpcr_lib.quality.agreed import agreed_workbook
from ccpcr_lib.quality.compared import compare_workbooks

LANGUAGES = ("en", "km", "en+km")
BENT = "b i strike outline shadow condense extend".split()  # noqa: SIM905
LOOK = {"sz": 9, "color": "FF0000", "u": "double", "vertAlign": "superscript", "charset": 1, "family": 2}
LOOK |= {"scheme": "minor"} | dict.fromkeys(BENT, True)
"""All that can be said of a font, but for its name."""


# --- workbooks as other programs leave them -----------------------------------------------------------------------


def picture() -> io.BytesIO:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "PNG")
    return buffer


def as_openpyxl_leaves_it(path: Path) -> None:
    """The quarter with fonts of all kinds, in cells, in pieces of text and where a rule colours, and with a remark."""
    book = openpyxl.load_workbook(WORKBOOK)
    sheet = book["Slide 6"]
    sheet["J1"], sheet["J1"].font = "a text", Font(name="Arial", **LOOK)
    sheet["J2"] = CellRichText("a ", TextBlock(InlineFont(rFont="Arial", **LOOK), "piece"))
    bold = DifferentialStyle(font=Font(b=True, i=True, u="single", color="00FF00", strike=True))
    sheet.conditional_formatting.add("C5:F9", Rule(type="expression", formula=["C5>1"], dxf=bold))
    sheet["B4"].comment = Comment("a remark", "A Person")
    book.properties.creator = book.properties.lastModifiedBy = "A Person"
    book.properties.description = "generated using openpyxl"
    book.custom_doc_props.append(StringProperty(name="Owner", value="A Person"))
    book.save(path)


def as_excel_leaves_it(path: Path) -> None:
    """The quarter as XlsxWriter writes what Excel does: with pictures, charts, links, tables and rules."""
    book = Workbook(path)
    for page in openpyxl.load_workbook(WORKBOOK):
        sheet = book.add_worksheet(page.title)
        for row in page.iter_rows():
            for cell in row:
                sheet.write(cell.row - 1, cell.column - 1, cell.value)
        if page.title == "Slide 6":
            dress(book, sheet)
    book.set_properties({"author": "A Person", "title": "<The> quarter & more"})
    book.close()


def dress(book: Workbook, sheet) -> None:
    look = book.add_format({"bold": True, "font_color": "red", "underline": 2, "font_strikeout": True})
    sheet.write_rich_string("J1", "a ", look, "piece", " of text")
    sheet.write_comment("C5", "a remark", {"author": "A Person"})
    for place in ("J3", "J6"):
        link = {"url": "https://example.org/?a=1&b=2"}
        sheet.insert_image(place, "p.png", link | {"image_data": picture(), "description": "A picture"})
    for kind in ("column", "pie"):
        chart = book.add_chart({"type": kind})
        chart.add_series({"values": "='Slide 6'!$C$5:$C$9", "data_labels": {"value": True}})
        sheet.insert_chart("L3", chart)
    sheet.insert_textbox("J12", "a text")
    sheet.conditional_format("C5:E9", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("C5:E9", {"type": "cell", "criteria": ">", "value": 3, "format": look})
    sheet.data_validation("J14", {"validate": "list", "source": ["a", "b"], "input_message": "a or b"})
    sheet.add_table("P1:Q4", {"columns": [{"header": "A"}, {"header": "B"}]})
    sheet.set_header("&L&G", {"image_left": "p.png", "image_data_left": picture()})
    sheet.insert_button("J18", {"macro": "add"})
    sheet.protect("a word")


OTHERS = {"openpyxl": as_openpyxl_leaves_it, "Excel": as_excel_leaves_it}


def left_by(program: str, folder: Path) -> Path:
    """Write the quarter as a program leaves it."""
    OTHERS[program](folder / "2010-Q2.xlsx")
    return folder / "2010-Q2.xlsx"


# --- what the suite writes ----------------------------------------------------------------------------------------


def donor(path: Path) -> Path:
    """A donor's presentation, with a slide of its own in a section, and without settings."""
    presentation = Presentation()
    settings = next(name for name, one in presentation.part.rels.items() if one.reltype.endswith("/presProps"))
    presentation.part.rels.pop(settings)
    presentation.slides.add_slide(presentation.slide_layouts[0])
    space = 'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"'
    section = f'<p14:sectionLst {space}><p14:section name="Old" id="{{1}}"/></p14:sectionLst>'
    main = "http://schemas.openxmlformats.org/presentationml/2006/main"
    around = f'<p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">{section}</p:ext>'
    presentation.element.append(parse_xml(f'<p:extLst xmlns:p="{main}">{around}</p:extLst>'))
    presentation.save(path)
    return path


@cache
def deck_for_a_donor(language: str, path: Path = WORKBOOK) -> bytes:
    with TemporaryDirectory() as folder:
        return build_deck(release(load(path), language), template=donor(Path(folder) / "donor.pptx"))


def year_in(language: str) -> Release:
    """A donor's year of the made-up history, whose quarters lie in two years of the calendar."""
    return release(DEMO, language, period="2010-Q3..2011-Q2")


def annotated(path: Path) -> bytes:
    return annotate(path, load(path).problems)


def annotated_copy(program: str) -> bytes:
    with TemporaryDirectory() as folder:
        return annotated(left_by(program, Path(folder)))


def compared(program: str | None, of: str) -> bytes:
    """The list of what two people typed differently, or the workbook that they agreed on."""
    with TemporaryDirectory() as folder:
        first = left_by(program, Path(folder)) if program else WORKBOOK
        changes = (("Slide 12", "C7", 6), ("Slide 15", "F5", "6 (SA1, NC3, TL2)"))
        both = compare_workbooks(first, plant(Path(folder), *changes, name="B.xlsx"))
        if of == "list":
            return differences_list(both.differences, both.files)
        return agreed_workbook(both, {"Slide 12!C7": "6", "Slide 15!F5": "6 (SA1, NC3, TL2)"}).data


def explored(name: str, by: Sequence[str]) -> bytes:
    return one_slide(explore(load_all(QUARTER), name, by=list(by)))


def decks() -> dict[str, Callable[[], bytes]]:
    files: dict[str, Callable[[], bytes]] = {}
    for path in (WORKBOOK, SYNTHETIC):
        for language in LANGUAGES:
            files[f"deck of {path.stem} in {language}"] = lambda language=language, path=path: deck_in(language, path)
    for language in LANGUAGES:
        files[f"deck for a donor in {language}"] = lambda language=language: deck_for_a_donor(language)
        files[f"deck of a year in {language}"] = lambda language=language: build_deck(year_in(language))
    return files


def alike() -> dict[str, Callable[[], bytes]]:
    """What is made in one way of many quarters, or in many languages."""
    files: dict[str, Callable[[], bytes]] = {path.name: path.read_bytes for path in sorted(DEMO.glob("*.xlsx"))}
    for language in LANGUAGES:
        files[f"tables of a year in {language}"] = lambda language=language: build_handout(year_in(language))
        files[f"tables in {language}"] = lambda language=language: build_handout(release(load(WORKBOOK), language))
        files[f"a new workbook in {language}"] = lambda language=language: new_workbook("2010-Q3", language=language)
    return files


def single() -> dict[str, Callable[[], bytes]]:
    files = {f"annotated, of {program}": lambda program=program: annotated_copy(program) for program in OTHERS}
    files |= {f"data/{path.name}": path.read_bytes for path in sorted((ROOT / "data").glob("*.xlsx"))}
    return files | {
        "a plan": lambda: plan_workbook(Plan()),
        "annotated": lambda: annotated(WORKBOOK),
        "annotated, made up": lambda: annotated(SYNTHETIC),
        "differences": lambda: compared(None, "list"),
        "agreed": lambda: compared(None, "agreed"),
        "agreed, of Excel": lambda: compared("Excel", "agreed"),
        "a bar chart for slides": lambda: explored("referrals_by_sex", ["case_type", "sex"]),
        "a line chart for slides": lambda: explored("education", ["month", "category"]),
    }


DECKS, ALIKE, SINGLE = decks(), alike(), single()


@cache
def office_file(name: str) -> bytes:
    """Give a file of these three, made once."""
    return (DECKS | ALIKE | SINGLE)[name]()


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """Write a file anew with something else in one part, which must have it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w") as after:
        for entry in before.infolist():
            content = before.read(entry).decode("utf-8", "surrogateescape")
            if entry.filename == part and old not in content:
                raise ValueError(f"nothing changed in {part}")
            changed = content.replace(old, new, 1) if entry.filename == part else content
            after.writestr(entry, changed.encode("utf-8", "surrogateescape"))
    return buffer.getvalue()
