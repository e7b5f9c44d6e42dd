"""The slide deck: complete, in order, native, legible, within its boxes, and the same bytes again."""

import io
import re
import zipfile

import pytest
from consistent import consistent
from decks import LANGUAGES, ORDER, SYNTHETIC, deck_in, titles
from extent import only_whole, proof
from layouts import LAYOUTS, write
from pptx import Presentation
from readback import deck_slides
from workbooks import changed

from ccpcr_lib import CATALOGUE, load, release
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.unsettled import UnsettledError
from ccpcr_lib.words import say

pytestmark = pytest.mark.slow

MADE_UP_KM = "SYNTHETIC ទិន្នន័យសិប្បនិម្មិត៖ គ្មានអតិថិជនពិត ឬមណ្ឌលពិតទេ"
MADE_UP = "SYNTHETIC DATA: no real client and no real shelter"


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


@pytest.mark.slow
@proof("language, lines", [("en", [MADE_UP]), ("en+km", [MADE_UP, MADE_UP_KM])], sample=1)
def test_every_slide_of_made_up_data_says_so_on_a_line_for_each_language(language, lines):
    for slide in deck_slides(deck_in(language, SYNTHETIC)):
        (banner,) = [shape for shape in slide.shapes if shape.name == "Banner"]
        assert [line.text for line in banner.text_frame.paragraphs] == lines


def test_tables_charts_and_pictures_have_words_for_those_who_cannot_see_them():
    for slide in deck_slides(deck_in("en")):
        for shape in slide.shapes:
            if shape.has_table or shape.has_chart:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0]
    growth = [shape for slide in deck_slides(deck_in("en")) for shape in slide.shapes if shape.name.endswith("pyramid")]
    assert growth[0]._element.xpath(".//p:cNvPr/@descr") == [
        "Clients referred to the shelter, by age and sex †. Number of clients; April to June 2010. "
        "18-25 years: Female 4, Male 0; 11-17 years: Female 9 †, Male 1 †; 0-10 years: Female 4, Male 0."
    ]


def test_a_table_whose_percents_miss_100_says_so_on_its_slide_and_in_the_speaker_notes():
    slides = {slide.shapes.title.text_frame.text: slide for slide in deck_slides(deck_in("en"))}
    said = {
        title: next(shape.text_frame.text for shape in slides[title].shapes if shape.name == "Source").split("\n")
        for title in ("Clients enrolled in school by grade", "Family assessments †", "Family visits")
    }
    education, assessments, visits = said.values()
    assert education == ["The percents add to 99, because each is rounded by itself. Source: 2010-Q2.xlsx, Slide 12"]
    assert assessments[0] == "The percents add to 102, because each is rounded by itself."
    assert visits == ["Source: 2010-Q2.xlsx, Slide 17"]
    notes = slides["Family assessments †"].notes_slide.notes_text_frame.text.split("\n")
    assert "The percents add to 102, because each is rounded by itself." in notes
    assert "add to" not in slides["Family visits"].notes_slide.notes_text_frame.text


def test_speaker_notes_say_where_the_figures_come_from():
    slides = {slide.shapes.title.text_frame.text: slide for slide in deck_slides(deck_in("en"))}
    notes = slides["Clients referred to partner organizations"].notes_slide.notes_text_frame.text.split("\n")
    assert notes[0] == "Source: 2010-Q2.xlsx, Slide 19"
    assert notes[1] == "6 counts, from Slide 19!C5 to Slide 19!E6; every total and percent is recomputed from them."
    assert notes[2] == (
        "Clients referred to partners: Everybody referred on to a partner, at each referral. "
        "Referrals to the shelter do not count here."
    )
    assert "a “2 (SA1, NC1)”: Sexual Abuse 1, Neglected Children 1" in notes
    assert re.fullmatch(r"Workbook 2010-Q2\.xlsx, SHA-256 [0-9a-f]{64}\.", notes[-1])
    results = slides["Overall results †"].notes_slide.notes_text_frame.text
    assert "{follow_up_support.total} = 12" in results
    assert "Narrative!C" in results
    assert all(slide.notes_slide.notes_text_frame.text for slide in slides.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_speaker_notes_say_why_a_total_is_only_at_least_so_many(language):
    """Clients may stand in several topics of life skills; of those who were referred every one counts."""
    words = say("at_least_note", language.removesuffix("+km"))
    noted = {
        shape.name
        for slide in deck_slides(deck_in(language))
        for shape in slide.shapes
        if shape.has_table and words in notes_of(slide)
    }
    assert {"life_skills", "skills_follow_up", "other_services"} <= noted
    assert noted.isdisjoint({"referrals_by_type", "education", "follow_up_support"})


def test_the_note_on_bounded_totals_says_how_they_are_made():
    """The 25 of life skills are the largest figure of each column, added."""
    assert say("at_least_note", "en") == (
        "One client may stand in several of these figures, so a total is only at least so many: "
        "it adds the largest figures, not all of them."
    )


@pytest.mark.slow
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
    assert len(statements) == 6


def test_a_final_deck_is_refused_in_one_line_while_figures_are_in_dispute(quarter):
    with pytest.raises(UnsettledError, match=r"^--final: 6 findings are not settled yet, first Slide 7!H9\. [^\n]*$"):
        build_deck(release(quarter), final=True)


@only_whole
@pytest.mark.slow
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
