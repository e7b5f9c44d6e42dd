"""The slide deck is legible: everything within its slide and box, letters large enough, long tables in parts."""

import io
import re
from itertools import product

import pytest
from consistent import consistent
from decks import LANGUAGES, SYNTHETIC, deck_in, faults, in_all, titles
from extent import only_whole, proof
from layouts import LAYOUTS, write
from pptx import Presentation
from pptx.util import Inches, Pt
from readback import deck_slides, deck_tables
from workbooks import with_rows, without_sheet

from ccpcr_lib import load, release
from ccpcr_lib.publish.charts.canvas import ChartHeading
from ccpcr_lib.publish.charts.looks import looks_of
from ccpcr_lib.publish.charts.plot import Captions, Lane, Mark, Plot
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.deck.blocks import Block, TableBlocks
from ccpcr_lib.publish.deck.layout import lay_out
from ccpcr_lib.publish.deck.text import Style, height, paragraphs_xml
from ccpcr_lib.publish.deck.text import write as write_text

pytestmark = pytest.mark.slow


@in_all
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_leaves_its_slide_or_lies_upon_another_thing(language, path):
    assert faults(Presentation(io.BytesIO(deck_in(language, path)))) == []


@proof("period, language", list(product(("2010", "2010-H1", "2010-Q3..2011-Q2"), LANGUAGES)), sample=2)
def test_the_slides_of_a_year_stay_within_their_boxes_too(language, period):
    assert faults(Presentation(io.BytesIO(build_deck(release(SYNTHETIC.parent, language, period=period))))) == []


def test_a_thing_that_lies_upon_another_is_seen():
    presentation = Presentation(io.BytesIO(deck_in("en")))
    table = next(shape for slide in presentation.slides for shape in slide.shapes if shape.has_table)
    table.top = Inches(6)
    assert len(faults(presentation)) > 1


def sums_up(slide) -> bool:
    """Whether a slide is one of those that sum the quarter up, which have letters of many sizes."""
    return any(shape.name == "Changes" or shape.name.startswith("tile ") for shape in slide.shapes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_never_smaller_than_14_points_in_tables_18_in_text_and_12_at_a_glance(language):
    sizes = {"table": set(), "text": set(), "glance": set()}
    for slide in deck_slides(deck_in(language)):
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            cells = [cell.text_frame for row in shape.table.rows for cell in row.cells] if shape.has_table else []
            for kind, texts in (("glance" if sums_up(slide) else "text", frames), ("table", cells)):
                sizes[kind] |= {run.font.size for text in texts for line in text.paragraphs for run in line.runs}
    assert min(sizes["table"]) == Pt(14)
    assert min(sizes["text"]) == Pt(18)
    assert min(sizes["glance"]) == Pt(12)
    assert max(sizes["glance"]) >= Pt(44)


@in_all
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_fits_its_box_by_its_own_lines(language, path):
    for slide in deck_slides(deck_in(language, path)):
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                frame = shape.text_frame
                room = shape.width.pt - frame.margin_left.pt - frame.margin_right.pt
                high = shape.height.pt - frame.margin_top.pt - frame.margin_bottom.pt
                needed = sum(high_of(line, room) for line in frame.paragraphs if line.runs)
                assert needed <= high + 0.5, (slide.shapes.title.text_frame.text, shape.name)


def high_of(line, room: float) -> float:
    """Work out how high a paragraph is, with the space above it."""
    run, before = line.runs[0], line.space_before
    style = Style(run.font.size.pt, bool(run.font.bold), bullets=bool(line._p.xpath("./a:pPr/a:buChar")))
    return height([line.text], style, room) + (before.pt if before else 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_of_a_table_add_up_to_its_height_and_columns_to_its_width(language):
    shapes = [shape for slide in deck_slides(deck_in(language)) for shape in slide.shapes if shape.has_table]
    for shape in shapes:
        assert abs(sum(row.height for row in shape.table.rows) - shape.height) < Pt(1)
        assert abs(sum(column.width for column in shape.table.columns) - shape.width) < Pt(1)


def test_a_workbook_without_sentences_and_with_fewer_tables_makes_a_deck_all_the_same(tmp_path):
    path = without_sheet(tmp_path, "Narrative")
    deck = build_deck(release(load(path)))
    first, glance, types = titles(deck)[:3]
    assert (first, types) == ("Quarterly report of the shelter", "Types of cases referred to the shelter")
    assert glance.startswith("In the 2nd quarter of 2010, 64 clients were in care")
    assert faults(Presentation(io.BytesIO(deck))) == []


@proof("seed", range(40), sample=1)
def test_other_quarters_with_other_names_stay_within_their_boxes_too(tmp_path, seed):
    path, _ = write(consistent(seed), LAYOUTS["one sheet"], tmp_path)
    assert faults(Presentation(io.BytesIO(build_deck(release(load(path), "en+km"))))) == []


@only_whole
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


def runs(paragraphs: list[str], mark: str = "") -> list[str]:
    """What a box and a cell of a table get of paragraphs: the letters of each run."""
    return re.findall("<a:t>(.*?)</a:t>", paragraphs_xml(paragraphs, Style(14), mark=mark), flags=re.DOTALL)


def test_a_mark_behind_a_percent_stands_apart_and_behind_a_count_close():
    assert runs(["100 %"], mark="a") == ["100 %", "\u00a0a"]
    assert runs(["18"], mark="a") == ["18", "a"]
    assert runs(["18", "100 %"], mark="a") == ["18", "a", "100 %"]


def test_a_text_of_no_letters_gets_no_run_but_its_mark():
    assert runs([""]) == runs([]) == []
    assert runs([""], mark="a") == ["a"]


def test_whatever_was_typed_is_the_text_of_a_box_and_takes_the_place_of_what_stood_there():
    frame = Presentation(io.BytesIO(deck_in("en"))).slides[0].shapes.title.text_frame
    for typed in (['<b>5 & "6"</b>', " ", "ធ្នូ"], ["a\x0bb", ""]):
        write_text(frame, typed, Style(14))
        assert [line.text for line in frame.paragraphs] == [text.replace("\x0b", " ") for text in typed]


def rows_of_parts(rows: str, room: float) -> list[int]:
    """Lay a table of a heading and some rows out, the last one its total, each 21.8 points high."""
    blocks = [Block(row, 0, 1, 1, (text,), "head" if row == 0 else "total") for row, text in enumerate(f"H{rows}")]
    blocks += [Block(row, 1, 1, 1, ("1",), "figure") for row in range(len(rows) + 1)]
    return [len(part.heights) - 1 for part in lay_out(TableBlocks(tuple(blocks), 1), (300, room))]


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


def steps(*columns: str) -> Plot:
    """Ten rows, of which all but every fourth are pale."""
    captions = Captions(ChartHeading("Steps", "clients", ()), lambda dimension, code, language: code, "clients")
    rows = tuple(Lane((str(row),), is_pale=row % 4 > 0) for row in range(10))
    marks = tuple(tuple(Mark(row) for _ in columns) for row in range(10))
    return Plot("movement", "bars", captions, ("step", "unit"), rows, tuple(Lane((name,)) for name in columns), marks)


def test_a_pale_row_stays_pale_in_the_piece_of_a_chart_that_it_comes_into():
    pieces = steps("clients").pieces(5)
    pale = [[place for place, row in enumerate(piece.rows) if row.is_pale] for piece in pieces]
    assert pale == [[1, 2, 3], [0, 1, 2, 4]]


def test_a_series_keeps_its_look_in_every_piece_of_a_chart():
    pieces = steps("clients", "times").pieces(4)
    assert len(pieces) == 3
    assert len({tuple(looks_of(piece)) for piece in pieces}) == 1
