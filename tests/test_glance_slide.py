"""The second slide sums the quarter up: its message, six figures on tiles, the plan, what changed, what is open."""

import io
import re
from functools import cache
from itertools import product

import pytest
from decks import LANGUAGES, faults
from extent import proof
from marked import disputed
from pptx import Presentation
from pptx.util import Pt
from test_deck_template import scaled
from workbooks import DEMO, WORKBOOK, changed

from ccpcr_lib import load, release
from ccpcr_lib.publish.build import Options, _about
from ccpcr_lib.publish.deck import saved
from ccpcr_lib.publish.deck.glance_slide import add_glance
from ccpcr_lib.publish.deck.stage import open_stage
from ccpcr_lib.publish.text.tiles import chosen

pytestmark = pytest.mark.slow
REAL, LAST = (WORKBOOK, None), (DEMO, "2011-Q4")
MASTERS = (None, (13.333, 7.5), (10, 5.625))
"""The size of a donor's slides in inches; none where the master is ours."""
NEW, CARE, VISITED, HOME, ON, AFTER = "referred", "in_care", "visited", "reintegrated", "referred_out", "followed_up"


@cache
def opened(source, language="en"):
    path, period = source
    return release(path, language, period=period)


def slides_of(shown, *, template=None, corrected=()):
    """Make the slides of the quarter at a glance alone."""
    stage = open_stage(template, shown)
    add_glance(stage, shown, corrected)
    return Presentation(io.BytesIO(saved(stage, shown, "At a glance")))


def texts(slide) -> dict[str, list[str]]:
    """Give the lines of each shape by its name."""
    return {shape.name: shape.text_frame.text.split("\n") for shape in slide.shapes if shape.has_text_frame}


def tiles_of(slide) -> dict[str, list[str]]:
    return {name.removeprefix("tile "): lines for name, lines in texts(slide).items() if name.startswith("tile ")}


# The figures are those of tests/test_glance.py, worked out there from the cells.
def test_the_tiles_of_the_real_quarter():
    (slide,) = slides_of(opened(REAL)).slides
    assert tiles_of(slide) == {
        NEW: ["18", "Newly referred", "Plan: ◔ incomplete"],
        CARE: ["64", "In care"],
        VISITED: ["37", "Visited the family", "at least 31 of 64 in care (at least 48\u00a0%)", "6 in Q1 2010"],
        HOME: ["24 †", "Reintegrated", "24 † of 64 in care (38\u00a0%\u00a0†)"],
        ON: ["3", "Referred on to partners", "3 of 64 in care (5\u00a0%)"],
        AFTER: ["12", "Followed up", "12 of at least 24 † reintegrated since 2010"],
    }


def test_the_tiles_of_the_demos_last_quarter():
    (slide,) = slides_of(opened(LAST)).slides
    assert tiles_of(slide) == {
        NEW: ["16", "Newly referred", "11 in Q3 2011", "Plan: ● on plan"],
        CARE: ["59", "In care", "59 in Q3 2011"],
        VISITED: [
            *("22", "Visited the family", "at least 13 of 59 in care (at least 22\u00a0%)", "18 in Q3 2011"),
            "Plan: ★ over-achieved",
        ],
        HOME: ["10", "Reintegrated", "10 of 59 in care (17\u00a0%)", "14 in Q3 2011", "Plan: ★ over-achieved"],
        ON: ["1", "Referred on to partners", "1 of 59 in care (2\u00a0%)", "2 in Q3 2011"],
        AFTER: [
            *("≥ 5", "Followed up", "at least 5 of 168 reintegrated since 2009 (at least 2\u00a0%)", "≥ 7 in Q3 2011"),
            "Plan: ● on plan",
        ],
    }


def test_title_lead_changes_and_source_of_the_real_quarter():
    (slide,) = slides_of(opened(REAL)).slides
    assert slide.shapes.title.text_frame.text == (
        "In the 2nd quarter of 2010, 64 clients were in care, 18 of them newly referred, and 24 † were reintegrated."
    )
    said = texts(slide)
    assert said["Sentence"] == [
        "At least 18 of 60 planned for 2010 (clients referred to the shelter), from 1 of 2 quarters, "
        "so it cannot be said whether that is on plan."
    ]
    assert said["Heading"] == ["What changed"]
    assert said["Changes"] == [
        "Visited the family: 37, up from 6 in the 1st quarter of 2010.",
        "Family assessed: 18, down from 36 in the 1st quarter of 2010.",
        "Newly referred: 15 in April, 2 in May and 1 in June.",
    ]
    assert said["Source"] == [
        "Source: 2010-Q2.xlsx. 6 figures in dispute; no figure left blank. † In dispute: see “Figures to confirm”."
    ]


def test_the_foot_says_what_a_sign_means_only_where_it_stands():
    (slide,) = slides_of(opened(LAST)).slides
    assert texts(slide)["Source"] == [
        "Source: 12 workbooks, 2009-Q1 to 2011-Q4. No figure in dispute; no figure left blank. "
        "≥ at least so many, for one client may be counted more than once."
    ]


def test_it_is_read_title_lead_tiles_changes_source():
    (slide,) = slides_of(opened(REAL)).slides
    names = [shape.name.split()[0] for shape in slide.shapes]
    assert names == ["Title", "Sentence", *["tile"] * 6, "Heading", "Changes", "Source"]


def test_the_figures_on_tiles_have_44_to_54_points_what_they_are_14_and_the_rest_12():
    for source in (REAL, LAST):
        (slide,) = slides_of(opened(source)).slides
        for shape in slide.shapes:
            if shape.name.startswith("tile "):
                sizes = [line.runs[0].font.size for line in shape.text_frame.paragraphs]
                assert Pt(44) <= sizes[0] <= Pt(54)
                named = [line.text for line in shape.text_frame.paragraphs][1]
                assert sizes[1] == Pt(14), named
                assert {*sizes[2:]} <= {Pt(12)}


def test_the_notes_begin_with_two_sentences_and_name_the_cells_of_each_figure():
    (slide,) = slides_of(opened(REAL)).slides
    notes = slide.notes_slide.notes_text_frame.text.split("\n")
    assert notes[0].startswith("In the 2nd quarter of 2010, 64 clients were in care")
    assert notes[1].startswith("At least 18 of 60 planned for 2010")
    assert notes[2:8] == [
        "Newly referred: 21 counts, from Slide 6!D6 to Slide 6!F12.",
        "In care: 15 counts, from Slide 8!B6, Slide 6!E6 to Slide 6!F12.",
        "Visited the family: 21 counts, from Slide 17!D6 to Slide 17!F12.",
        "Reintegrated: 6 counts, from Slide 18!C5 to Slide 18!E6.",
        "Referred on to partners: 6 counts, from Slide 19!C5 to Slide 19!E6.",
        "Followed up: 21 counts, from Slide 20!C6 to Slide 20!E12.",
    ]
    assert re.fullmatch(r"Workbook 2010-Q2\.xlsx, SHA-256 [0-9a-f]{64}\.", notes[-1])


@proof("language, source, inches", list(product(LANGUAGES, (REAL, LAST), MASTERS)), sample=6)
def test_nothing_leaves_its_slide_or_lies_upon_another_thing_on_any_master(tmp_path, language, source, inches):
    template = scaled(tmp_path / "donor.pptx", *inches) if inches else None
    made = slides_of(opened(source, language), template=template, corrected=["Slide 6!D6 (4 → 5)"] * 9)
    assert faults(made) == []
    figures = [lines[0] for slide in made.slides for lines in tiles_of(slide).values()]
    assert figures == (
        ["18", "64", "37", "24 †", "3", "12"] if source == REAL else ["16", "59", "22", "10", "1", "≥ 5"]
    )


def test_in_two_languages_a_tile_says_everything_in_both():
    first, *others = slides_of(opened(REAL, "en+km")).slides
    assert tiles_of(first)[NEW][1:3] == ["Newly referred", "អ្នកទើបបញ្ជូនមក"]
    assert "6 ក្នុង ត្រីមាសទី1 2010" in tiles_of(first)[VISITED]
    assert [len(texts(slide)["Changes"]) for slide in others] == [6]


def test_made_up_data_say_so():
    (slide,) = slides_of(opened(LAST)).slides
    assert texts(slide)["Banner"] == ["SYNTHETIC DATA: no real client and no real shelter"]


def test_a_dispute_of_a_figure_on_a_tile_marks_the_title_too():
    """A count of visits alone is in question: the title does not speak of visits, and is marked at its end."""
    (slide,) = slides_of(release(disputed(load(WORKBOOK), "Slide 17!D6"))).slides
    assert tiles_of(slide)[VISITED][0] == "37 †"
    assert slide.shapes.title.text_frame.text.endswith("24 were reintegrated. †")


# --- which six ---


def test_the_first_of_each_stage_then_in_turn_what_says_something_more():
    """All 18 who came were assessed: that says nothing more."""
    assert [row.line.measure for row in chosen(opened(REAL).glance.rows)] == [NEW, CARE, VISITED, HOME, ON, AFTER]


def test_what_differs_from_its_whole_is_told(tmp_path):
    shown = release(load(changed(tmp_path, {"Slide 16!D6": 0, "Slide 16!C6": 3})))
    assert "assessed" in [row.line.measure for row in chosen(shown.glance.rows)]


def test_of_fewer_rows_there_are_fewer_tiles():
    rows = opened(REAL).glance.rows
    assert [row.line.measure for row in chosen(rows[2:4])] == [CARE, VISITED]
    assert chosen(()) == []


# --- what was corrected ---


def test_figures_corrected_since_the_last_report_are_named_the_first_of_many():
    cells = [f"Slide 6!D{row} (4 → 5)" for row in range(6, 13)]
    (slide,) = slides_of(opened(REAL), corrected=cells).slides
    assert (
        "7 corrected since the last report: Slide 6!D6 (4 → 5), Slide 6!D7 (4 → 5), Slide 6!D8 (4 → 5), "
        "Slide 6!D9 (4 → 5), Slide 6!D10 (4 → 5) and 2 more."
    ) in texts(slide)["Source"][0]


def test_who_builds_a_report_passes_on_what_was_corrected(tmp_path):
    told = ("Slide 6!D6 (4 → 5)",)
    assert _about(tmp_path, opened(REAL), Options(corrected=told))["corrected"] == told
