"""A donor's template gives the deck its master, none of its slides and nothing of a person; a broken one is refused."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from decks import ORDER, SYNTHETIC, faults, titles
from extent import only_whole, proof
from pptx import Presentation
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches
from readback import deck_slides
from workbooks import WORKBOOK

from ccpcr_lib import load, release
from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.publish.deck import build_deck

pytestmark = pytest.mark.slow


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


RESULTS = ORDER.index("Overall results †") + 1
LARGER = [*ORDER[:RESULTS], "Overall results", *ORDER[RESULTS:]]
"""In the donor's larger letters the overall results take a second slide."""


def test_a_template_gives_its_master_and_none_of_its_slides(quarter, donors):
    deck = build_deck(release(quarter), template=donors)
    assert titles(deck) == LARGER
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
    assert titles(deck) == LARGER
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


@proof("language, path", [("en", WORKBOOK), ("en+km", WORKBOOK), ("en", SYNTHETIC)], sample=1)
def test_a_template_with_small_slides_makes_a_deck_in_both_languages(tmp_path, language, path):
    deck = build_deck(release(load(path), language), template=scaled(tmp_path / "donor.pptx", 10, 5.625))
    assert faults(Presentation(io.BytesIO(deck))) == []


@only_whole
def test_on_a_small_slide_made_up_data_in_both_languages_make_a_deck_at_all(tmp_path):
    deck = build_deck(release(load(SYNTHETIC), "en+km"), template=scaled(tmp_path / "donor.pptx", 10, 5.625))
    assert titles(deck)[-1].startswith("Figures to confirm")


@pytest.mark.parametrize("content", [None, b"", b"no presentation", WORKBOOK.read_bytes()])
def test_a_template_that_is_none_is_refused_by_name_in_one_line(quarter, tmp_path, content):
    if content is not None:
        (tmp_path / "donor.pptx").write_bytes(content)
    with pytest.raises(CannotReadError, match=r"^donor\.pptx: [^\n]*Name a PowerPoint file \(\.pptx\)[^\n]*$"):
        build_deck(release(quarter), template=tmp_path / "donor.pptx")
