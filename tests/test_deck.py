"""The slide deck: complete, in order, native, legible, within its boxes, and the same bytes again."""

import io
import re
import subprocess
import zipfile
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from consistent import consistent
from layouts import LAYOUTS, write
from pptx import Presentation
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches, Pt
from programs import needs, soffice
from readback import deck_slides, deck_tables
from workbooks import WORKBOOK, changed, with_rows, without_sheet

from ccpcr_lib import CATALOGUE, load, release
from ccpcr_lib.model.finding import CannotReadError
from ccpcr_lib.publish.charts.plots import BARS, Plot
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.deck.blocks import Block, Sheet
from ccpcr_lib.publish.deck.layout import lay_out
from ccpcr_lib.publish.deck.text import Style, height
from ccpcr_lib.publish.deck.text import write as write_text
from ccpcr_lib.publish.release import UnsettledError

LANGUAGES = ("en", "km", "en+km")
SYNTHETIC = WORKBOOK.parent / "demo" / "2011-Q4-SYNTHETIC.xlsx"
MADE_UP_KM = "SYNTHETIC ទិន្នន័យសិប្បនិម្មិត៖ គ្មានអតិថិជនពិត ឬមណ្ឌលពិតទេ"
MADE_UP = "SYNTHETIC DATA: no real client and no real shelter"
ORDER = """
Cambodian Center for the Protection of Children's Rights (CCPCR), Main Shelter in Svay Rieng
Project summary
Project objective
General situation
The shelter
Types of cases referred to the shelter
Clients referred by case type and sex †
Clients referred by age and sex †
Organizations that referred clients †
Services for clients
Services through partners
Clients enrolled in school by grade
Case statistics
Other services for clients
Clients receiving life skills at the shelter
Clients in vocational skills training †
Family assessments †
Family visits
Clients reintegrated into the community †
Clients referred to partner organizations
Reintegrated clients who received follow-up support
Follow-up on vocational skills and formal education
Indicators against the plan, 2010
Relationship and networking
Overall results
Strengths
Weaknesses
Recommendations
Plan of action
Thank you for your attention
Figures to confirm
""".strip().split("\n")


@cache
def deck_in(language: str, path: Path = WORKBOOK) -> bytes:
    return build_deck(release(load(path), language))


in_all = pytest.mark.parametrize("path", [WORKBOOK, SYNTHETIC], ids=["real", "synthetic"])


def titles(deck: bytes) -> list[str]:
    """List the titles of a deck, one that goes on over several slides once."""
    said = [slide.shapes.title.text_frame.text.split("\n")[0] for slide in deck_slides(deck)]
    return list(dict.fromkeys(re.sub(r" \(\d+/\d+\)$", "", title) for title in said))


def boxes(slide) -> list[tuple[str, tuple[int, int, int, int]]]:
    return [
        (shape.name, (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height))
        for shape in slide.shapes
    ]


def faults(presentation) -> list[str]:
    """Name the shapes that leave their slide or lie upon each other."""
    found, width, height = [], presentation.slide_width, presentation.slide_height
    for number, slide in enumerate(presentation.slides, 1):
        for name, (left, top, right, bottom) in boxes(slide):
            if left < 0 or top < 0 or right > width or bottom > height:
                found.append(f"slide {number}: {name} leaves the slide")
        for (one, a), (other, b) in combinations(boxes(slide), 2):
            if min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1]):
                found.append(f"slide {number}: {one} lies upon {other}")
    return found


def test_the_slides_come_in_the_order_of_the_source():
    assert titles(deck_in("en")) == ORDER
    assert len(deck_slides(deck_in("en"))) >= 33


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_declared_chart_is_a_native_chart_beside_or_behind_its_native_table(language):
    slides = deck_slides(deck_in(language))
    tables = [shape.name for slide in slides for shape in slide.shapes if shape.has_table]
    charts = [shape.name for slide in slides for shape in slide.shapes if shape.has_chart]
    assert charts == [f"{spec.name} {form}" for spec in CATALOGUE for form in spec.charts] + ["plan burn_up"]
    own = [name for name in dict.fromkeys(tables) if not name.startswith(("Indicators", "សូចនាករ"))]
    assert own == [spec.name for spec in CATALOGUE]


@in_all
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_leaves_its_slide_or_lies_upon_another_thing(language, path):
    assert faults(Presentation(io.BytesIO(deck_in(language, path)))) == []


@pytest.mark.parametrize(("language", "lines"), [("en", [MADE_UP]), ("en+km", [MADE_UP, MADE_UP_KM])])
def test_every_slide_of_made_up_data_says_so_on_a_line_for_each_language(language, lines):
    for slide in deck_slides(deck_in(language, SYNTHETIC)):
        (banner,) = [shape for shape in slide.shapes if shape.name == "Banner"]
        assert [line.text for line in banner.text_frame.paragraphs] == lines


def test_a_thing_that_lies_upon_another_is_seen():
    presentation = Presentation(io.BytesIO(deck_in("en")))
    table = next(shape for slide in presentation.slides for shape in slide.shapes if shape.has_table)
    table.top = Inches(6)
    assert len(faults(presentation)) > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_never_smaller_than_14_points_in_tables_and_18_in_text(language):
    sizes = {"table": set(), "text": set()}
    for slide in deck_slides(deck_in(language)):
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            cells = [cell.text_frame for row in shape.table.rows for cell in row.cells] if shape.has_table else []
            for kind, texts in (("text", frames), ("table", cells)):
                sizes[kind] |= {run.font.size for text in texts for line in text.paragraphs for run in line.runs}
    assert min(sizes["table"]) == Pt(14)
    assert min(sizes["text"]) == Pt(18)


@in_all
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_fits_its_box_by_its_own_lines(language, path):
    for slide in deck_slides(deck_in(language, path)):
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                lines = [line for line in shape.text_frame.paragraphs if line.runs]
                run = lines[0].runs[0]
                style = Style(run.font.size.pt, bool(run.font.bold), bullets=shape.name == "Sentences")
                needed = height([line.text for line in lines], style, shape.width.pt)
                assert needed <= shape.height.pt + 0.5, (slide.shapes.title.text_frame.text, shape.name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_of_a_table_add_up_to_its_height_and_columns_to_its_width(language):
    shapes = [shape for slide in deck_slides(deck_in(language)) for shape in slide.shapes if shape.has_table]
    for shape in shapes:
        assert abs(sum(row.height for row in shape.table.rows) - shape.height) < Pt(1)
        assert abs(sum(column.width for column in shape.table.columns) - shape.width) < Pt(1)


def test_tables_charts_and_pictures_have_words_for_those_who_cannot_see_them():
    for slide in deck_slides(deck_in("en")):
        for shape in slide.shapes:
            if shape.has_table or shape.has_chart:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0]
    growth = [shape for slide in deck_slides(deck_in("en")) for shape in slide.shapes if shape.name.endswith("pyramid")]
    assert growth[0]._element.xpath(".//p:cNvPr/@descr") == [
        "Clients referred to the shelter, by age and sex †. Number of clients; April to June 2010. "
        "18-25 years: Female 4, Male 0; 11-17 years: Female 9, Male 1; 0-10 years: Female 4, Male 0."
    ]


def test_speaker_notes_say_where_the_figures_come_from():
    slides = {slide.shapes.title.text_frame.text: slide for slide in deck_slides(deck_in("en"))}
    notes = slides["Clients referred to partner organizations"].notes_slide.notes_text_frame.text.split("\n")
    assert notes[0] == "Source: 2010-Q2.xlsx, Slide 19"
    assert notes[1] == "6 counts, from Slide 19!C5 to Slide 19!E6; every total and percent is recomputed from them."
    assert "a “2 (SA1, NC1)”: Sexual Abuse 1, Neglected Children 1" in notes
    assert re.fullmatch(r"Workbook 2010-Q2\.xlsx, SHA-256 [0-9a-f]{64}\.", notes[-1])
    results = slides["Overall results"].notes_slide.notes_text_frame.text
    assert "{follow_up_support.total} = 12" in results
    assert "Narrative!C" in results
    assert all(slide.notes_slide.notes_text_frame.text for slide in slides.values())


def test_speaker_notes_name_the_sentences_that_are_said(tmp_path):
    """The Khmer sentence stands in a cell of its own and has a figure of its own: 3 clients went to partners."""
    words = {"Narrative!D3": "Text (Khmer)", "Narrative!D37": "ចំនួន {partner_referrals.total}", "Narrative!D38": "គ្មាន"}
    slides = deck_slides(build_deck(release(load(changed(tmp_path, words)), "km")))
    notes = next(text for text in map(notes_of, slides) if "Narrative!D37" in text).split("\n")
    assert notes[0].startswith("ប្រយោគ៖ Narrative!D37, Narrative!D38, Narrative!C39, Narrative!C40,")
    assert notes[1] == "{partner_referrals.total} = 3"
    assert notes[2].startswith("{skills_follow_up.clients} = ")


def notes_of(slide) -> str:
    return slide.notes_slide.notes_text_frame.text


def test_khmer_names_a_font_that_windows_has():
    xml = [slide._element.xpath("//a:rPr[a:cs]/a:cs/@typeface") for slide in deck_slides(deck_in("km"))]
    assert {face for faces in xml for face in faces} == {"Khmer UI"}


def test_the_working_slide_names_every_finding_above_a_note(quarter):
    slide = deck_slides(deck_in("en"))[-1]
    said = next(shape for shape in slide.shapes if shape.name == "Sentences").text_frame.text
    statements = [item.statement for item in quarter.problems if item.severity == "warning"]
    assert said.split("\n") == statements
    assert len(statements) == 7


def test_a_final_deck_is_refused_in_one_line_while_figures_are_in_dispute(quarter):
    with pytest.raises(UnsettledError, match=r"^--final: 7 findings are not settled yet, first Slide 7!F8\. [^\n]*$"):
        build_deck(release(quarter), final=True)


def test_a_final_deck_has_no_working_slide_where_all_agrees(tmp_path):
    path, _ = write(consistent(7), LAYOUTS["as the slides"], tmp_path)
    settled = release(load(path))
    assert titles(build_deck(settled))[-1] == "Figures to confirm"
    assert titles(build_deck(settled, final=True))[-1] == "Thank you for your attention"


def test_the_same_report_gives_the_same_bytes(quarter):
    assert build_deck(release(quarter)) == deck_in("en")


def test_the_deck_names_no_person():
    properties = Presentation(io.BytesIO(deck_in("en"))).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == "Quarterly report of the shelter"
    with zipfile.ZipFile(io.BytesIO(deck_in("en"))) as package:
        assert [name for name in package.namelist() if name.startswith("docProps")] == ["docProps/core.xml"]


def test_a_workbook_without_sentences_and_with_fewer_tables_makes_a_deck_all_the_same(tmp_path):
    path = without_sheet(tmp_path, "Narrative")
    deck = build_deck(release(load(path)))
    assert titles(deck)[:2] == ["Quarterly report of the shelter", "Types of cases referred to the shelter"]
    assert faults(Presentation(io.BytesIO(deck))) == []


@pytest.mark.parametrize("seed", [1, 3])
def test_other_quarters_with_other_names_stay_within_their_boxes_too(tmp_path, seed):
    path, _ = write(consistent(seed), LAYOUTS["one sheet"], tmp_path)
    assert faults(Presentation(io.BytesIO(build_deck(release(load(path), "en+km"))))) == []


def test_long_lists_and_long_names_go_on_over_several_slides(tmp_path):
    rows = [[3 + place, f"Partner number {place}", 1, 0, 2, 3, None] for place in range(60)]
    rows += [[63, "X" * 120, 0, 0, 0, 0, None], [64, "អង្គការ" * 20, 0, 0, 0, 0, None]]
    deck = build_deck(release(load(with_rows(tmp_path, "Slide 19", 7, rows)), "en+km"))
    assert faults(Presentation(io.BytesIO(deck))) == []
    shapes = [shape for slide in deck_slides(deck) for shape in slide.shapes if "partner_referrals" in shape.name]
    labels = [label for shape in shapes if shape.has_chart for label in shape.chart.plots[0].categories]
    assert len(labels) == len(set(labels)) == 64
    assert max(len(shape.chart.plots[0].categories) for shape in shapes if shape.has_chart) <= 32
    assert len(deck_tables(deck)["partner_referrals"]) == 2 + 64 + 1


# --- a donor's master ---


@pytest.fixture
def donors(tmp_path):
    """A donor's presentation: another size and master, a slide with a picture of its own in a section."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    presentation.core_properties.author = "a person of the donor"
    pages = (presentation.slide_master, *presentation.slide_layouts)
    shapes = [shape for page in pages for shape in page.placeholders]
    for shape, place in [(shape, (shape.left, shape.top, shape.width, shape.height)) for shape in shapes]:
        shape.left, shape.top, shape.width, shape.height = (*place[:2], int(place[2] * 4 / 3), place[3])
    presentation.slide_layouts[5].name = "The donor's own layout"
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "Old slide"
    presentation.save(tmp_path / "donor.pptx")
    return tmp_path / "donor.pptx"


def test_a_template_gives_its_master_and_none_of_its_slides(quarter, donors):
    deck = build_deck(release(quarter), template=donors)
    assert titles(deck) == ORDER
    layouts = {slide.slide_layout.name for slide in deck_slides(deck)}
    assert layouts == {"The donor's own layout", "Title Slide"}
    presentation = Presentation(io.BytesIO(deck))
    assert presentation.core_properties.author == ""
    assert faults(presentation) == []


PERSONAL = ("A Person of the donor", "person@donor.example", "Old slide")
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OWN = ("author", "category", "comments", "content_status", "identifier", "last_modified_by", "version")


@pytest.fixture
def personal(donors):
    """The donor's presentation with all that names people: properties, remarks, tags, the view of its old slides."""
    presentation = Presentation(donors)
    for name in OWN:
        setattr(presentation.core_properties, name, "A Person of the donor")
    package, page = presentation.part.package, presentation.slide_layouts[5].part
    kinds = {
        "docProps/custom.xml": (package, "custom-properties"),
        "ppt/commentAuthors.xml": (presentation.part, "commentAuthors"),
        "customXml/item1.xml": (presentation.part, "customXml"),
        "ppt/tags/tag1.xml": (page, "tags"),
    }
    for name, (holder, kind) in kinds.items():
        text = f'<p xmlns="{kind}" a="A Person of the donor, person@donor.example"/>'.encode()
        part = Part(PackURI(f"/{name}"), f"application/{kind}+xml", package, text)
        holder.relate_to(part, f"{RELATIONS}/{kind}")
    views = next(one.target_part for one in presentation.part.rels.values() if one.reltype.endswith("/viewProps"))
    views.relate_to(presentation.slides[0].part, f"{RELATIONS}/slide")
    presentation.save(donors)
    return donors


def parts_with(package: bytes, words: Sequence[str]) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        texts = {name: opened.read(name).decode(errors="replace") for name in opened.namelist()}
    return sorted(name for name, text in texts.items() if any(word in text for word in words))


def test_nothing_of_a_person_comes_with_a_template(quarter, personal):
    assert parts_with(personal.read_bytes(), PERSONAL) == [
        "customXml/item1.xml",
        "docProps/core.xml",
        "docProps/custom.xml",
        "ppt/commentAuthors.xml",
        "ppt/slides/slide1.xml",
        "ppt/tags/tag1.xml",
    ]
    deck = build_deck(release(quarter), template=personal)
    assert parts_with(deck, PERSONAL) == []
    assert titles(deck) == ORDER
    properties = Presentation(io.BytesIO(deck)).core_properties
    assert {name: getattr(properties, name) for name in OWN} == dict.fromkeys(OWN, "")


def without_part(path: Path, gone: str) -> None:
    """Write a package anew without one of its parts."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name != gone:
                new.writestr(name, old.read(name))


@pytest.mark.parametrize("gone", ["ppt/slideLayouts/slideLayout1.xml", "ppt/theme/theme1.xml"])
def test_a_template_that_lacks_a_part_is_refused_in_one_line(quarter, donors, gone):
    without_part(donors, gone)
    with pytest.raises(CannotReadError, match=r"^donor\.pptx: this is no PowerPoint file that can be read\. [^\n]*$"):
        build_deck(release(quarter), template=donors)


@pytest.mark.parametrize("inches", [(1, 1), (4, 3), (13.333, 3)])
def test_a_template_with_slides_too_small_for_a_table_is_refused_in_one_line(quarter, tmp_path, inches):
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = map(Inches, inches)
    presentation.save(tmp_path / "donor.pptx")
    with pytest.raises(CannotReadError, match=r"^donor\.pptx: its slides are [^\n]* inches, and a table needs 7 x 5\."):
        build_deck(release(quarter), template=tmp_path / "donor.pptx")


def scaled(path: Path, width: float, high: float) -> Path:
    """Write the library's own presentation with slides of another size in inches, its layouts scaled with them."""
    presentation = Presentation()
    across, down = width / 10, high / 7.5
    presentation.slide_width, presentation.slide_height = Inches(width), Inches(high)
    shapes = [one for page in (presentation.slide_master, *presentation.slide_layouts) for one in page.placeholders]
    for shape, (left, top, wide, tall) in [(one, (one.left, one.top, one.width, one.height)) for one in shapes]:
        shape.left, shape.width = round(left * across), round(wide * across)
        shape.top, shape.height = round(top * down), round(tall * down)
    presentation.save(path)
    return path


@pytest.mark.parametrize(("language", "path"), [("en", WORKBOOK), ("en+km", WORKBOOK), ("en", SYNTHETIC)])
def test_a_template_with_small_slides_makes_a_deck_in_both_languages(tmp_path, language, path):
    deck = build_deck(release(load(path), language), template=scaled(tmp_path / "donor.pptx", 10, 5.625))
    assert faults(Presentation(io.BytesIO(deck))) == []


def test_on_a_small_slide_made_up_data_in_both_languages_make_a_deck_at_all(tmp_path):
    deck = build_deck(release(load(SYNTHETIC), "en+km"), template=scaled(tmp_path / "donor.pptx", 10, 5.625))
    assert titles(deck)[-1].startswith("Figures to confirm")


def test_a_mark_behind_a_percent_stands_apart_and_behind_a_count_close():
    frame = Presentation(io.BytesIO(deck_in("en"))).slides[0].shapes.title.text_frame
    write_text(frame, ["100 %"], Style(14), mark="a")
    assert [run.text for run in frame.paragraphs[0].runs][-2:] == ["100 %", "\u00a0a"]
    write_text(frame, ["18"], Style(14), mark="a")
    assert [run.text for run in frame.paragraphs[0].runs][-2:] == ["18", "a"]


def rows_of_parts(rows: str, room: float) -> list[int]:
    """Lay a table of a heading and some rows out, the last one its total, each 21.8 points high."""
    blocks = [Block(row, 0, 1, 1, (text,), "head" if row == 0 else "total") for row, text in enumerate(f"H{rows}")]
    blocks += [Block(row, 1, 1, 1, ("1",), "figure") for row in range(len(rows) + 1)]
    return [len(part.heights) - 1 for part in lay_out(Sheet(tuple(blocks), 1), (300, room))]


def test_a_total_never_stands_alone_on_a_slide():
    assert rows_of_parts("abcdT", 6 * 21.9) == [5]
    assert rows_of_parts("abcdT", 5 * 21.9) == [2, 3]
    assert rows_of_parts("abT", 3 * 21.9) == [1, 2]


def test_a_deck_in_both_languages_leaves_no_part_of_a_table_with_its_total_only():
    tables = [
        shape.table for slide in deck_slides(deck_in("en+km", SYNTHETIC)) for shape in slide.shapes if shape.has_table
    ]
    first = [[row.cells[0].text_frame.text for row in table.rows] for table in tables]
    assert [stubs for stubs in first if stubs[-1].startswith("Total") and len(set(stubs)) <= 2] == []
    assert len(deck_slides(deck_in("en+km", SYNTHETIC))) <= 48


def test_the_numbers_on_the_bars_of_a_crowded_chart_are_as_small_as_its_labels():
    charts = [shape.chart for slide in deck_slides(deck_in("en")) for shape in slide.shapes if shape.has_chart]
    grades = next(chart for chart in charts if "Grade 12" in list(chart.plots[0].categories))
    assert {series.data_labels.font.size for series in grades.plots[0].series} == {grades.font.size} == {Pt(12)}


def steps(*columns: str, pale: tuple[int, ...]) -> Plot:
    return Plot("movement", "Steps", "clients", BARS, pd.DataFrame({name: range(10) for name in columns}), pale)


def test_a_pale_row_stays_pale_in_the_piece_of_a_chart_that_it_comes_into():
    pieces = steps("clients", pale=(1, 2, 3, 5, 6, 7)).pieces(5)
    assert [(len(piece.numbers), piece.pale) for piece in pieces] == [(5, (1, 2, 3)), (5, (0, 1, 2))]


def test_a_pale_series_stays_pale_in_every_piece_of_a_chart():
    assert [piece.pale for piece in steps("clients", "times", pale=(1,)).pieces(4)] == [(1,), (1,), (1,)]


@pytest.mark.parametrize("content", [None, b"", b"no presentation", WORKBOOK.read_bytes()])
def test_a_template_that_is_none_is_refused_by_name_in_one_line(quarter, tmp_path, content):
    if content is not None:
        (tmp_path / "donor.pptx").write_bytes(content)
    with pytest.raises(CannotReadError, match=r"^donor\.pptx: [^\n]*Name a PowerPoint file \(\.pptx\)[^\n]*$"):
        build_deck(release(quarter), template=tmp_path / "donor.pptx")


# --- as LibreOffice shows it ---


def words_of(text: str) -> str:
    return "".join(re.findall(r"[A-Za-z0-9]", text))


def in_tables(slide, label: str) -> int:
    """Count the cells of a slide's tables that have a label too."""
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    texts = [cell.text_frame.text for table in tables for row in table.rows for cell in row.cells]
    return sum(words_of(text).count(words_of(label.split(" · ")[0])) for text in texts)


@in_all
@pytest.mark.parametrize("language", ["en", "en+km"])
def test_libreoffice_shows_the_label_of_every_row_of_every_chart(tmp_path, language, path):
    """Of a label in two languages the English half is looked for: Khmer does not come out of a PDF as it went in."""
    (tmp_path / "deck.pptx").write_bytes(deck_in(language, path))
    (pdf,) = soffice([tmp_path / "deck.pptx"], tmp_path, "pdf")
    command = [needs("pdftotext"), "-raw", str(pdf), "-"]
    pages = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("\f")
    slides = deck_slides(deck_in(language, path))
    charts = [
        (number, shape)
        for number, slide in enumerate(slides)
        for shape in slide.shapes
        if shape.has_chart and not shape.name.startswith("plan")
    ]
    missing = [
        (number + 1, label)
        for number, shape in charts
        for label in shape.chart.plots[0].categories
        if words_of(pages[number]).count(words_of(label.split(" · ")[0])) <= in_tables(slides[number], label)
    ]
    assert len(charts) >= 15
    assert missing == []


def test_libreoffice_shows_every_slide_and_nothing_below_it(tmp_path):
    (tmp_path / "deck.pptx").write_bytes(deck_in("en+km"))
    (pdf,) = soffice([tmp_path / "deck.pptx"], tmp_path, "pdf")
    command = [needs("pdftotext"), "-bbox", str(pdf), "-"]
    pages = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("<page ")[1:]
    assert len(pages) == len(deck_slides(deck_in("en+km")))
    for number, page in enumerate(pages, 1):
        high = float(re.search(r'height="([\d.]+)"', page)[1])
        words = [(float(bottom), text) for bottom, text in re.findall(r'yMax="([\d.]+)">(.*?)</word>', page)]
        assert words, f"slide {number} is empty"
        assert [text for bottom, text in words if bottom > high] == [], f"slide {number}"
