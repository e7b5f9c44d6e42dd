"""Deck, hand-out, pages and sentences take the same figures: every number is read back and held against the counts."""

import io
import re
import zipfile

import openpyxl
import pytest
from counted import by_hand, in_order
from decks import LANGUAGES, deck_in
from readback import HtmlTables, as_workbook, deck_slides, deck_tables
from truth import Q2_2010
from workbooks import changed, with_rows

from ccpcr_lib import load, release
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.codelist import codelist
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.files import counts_csv
from ccpcr_lib.publish.handout import build_handout
from ccpcr_lib.publish.text.table import table_html


def titles(language: str) -> dict[str, str]:
    return {code: member.label(language) for code, member in codelist("tables").members.items()}


def shown_tables(shown, only: set[str]) -> dict:
    return {name: rows for name, rows in shown.items() if name in only}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decks_tables_hold_every_count_and_no_other(quarter, tmp_path, language):
    tables = shown_tables(deck_tables(deck_in(language)), set(quarter.tables))
    assert list(tables) == list(quarter.tables)
    read = read_workbook(as_workbook(tables, tmp_path, titles(language), "2010-Q2"))
    assert in_order(read.counts) == by_hand(Q2_2010)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_tables_hold_every_count_and_no_other(quarter, tmp_path, language):
    shown = release(quarter, language)
    html = "".join(table_html(shown, name) for name in quarter.tables)
    read = read_workbook(as_workbook(HtmlTables(html).tables, tmp_path, titles(language), "2010-Q2"))
    assert in_order(read.counts) == by_hand(Q2_2010)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_handouts_tables_hold_every_count_and_no_other(quarter, tmp_path, language):
    path = tmp_path / "tables.xlsx"
    path.write_bytes(build_handout(release(quarter, language)))
    read = read_workbook(path)
    assert read.period == "2010-Q2"
    assert in_order(read.counts) == by_hand(Q2_2010)
    assert {item.rule for item in read.findings} == {"unread_numbers"}, "the sheets of indicators and of counts"


def test_the_handouts_list_of_counts_is_the_counts(quarter):
    sheet = openpyxl.load_workbook(io.BytesIO(build_handout(release(quarter))))["Counts"]
    head, *rows = [line for line in sheet.iter_rows(values_only=True) if line[1] is not None]
    assert list(head) == list(quarter.counts)
    assert sorted([row[:9] for row in rows], key=repr) == by_hand(Q2_2010)


def chart_facts(deck: bytes) -> dict[str, dict[str, list]]:
    """Read every native chart: name → series → (row label, value), as its XML keeps them."""
    found = {}
    for slide in deck_slides(deck):
        for shape in slide.shapes:
            if shape.has_chart:
                plot = shape.chart.plots[0]
                rows = [str(label) for label in plot.categories]
                found[shape.name] = {one.name: list(zip(rows, one.values, strict=True)) for one in plot.series}
    return found


PLOTTED = {
    "referrals_by_type against_plan": "18; 15; 18; 30",
    "referrals_by_type months": "1 0 0; 0 1 0; 1 0 1; 3 0 0; 0 0 0; 10 0 0; 0 1 0",
    "referrals_by_sex type_and_sex": "1 0 0; . . 1; 2 0 0; 3 0 0; 0 0 0; 10 0 0; . . 1",
    "referrals_by_age pyramid": "4 0; 9 1; 4 0",
    "referrals_by_age movement": "61; -12; 0; 2; 51; -6; -3; 1; 43",
    "referral_sources members_by_sex": "2 0; 16 0",
    "education months": "0 0 0; 2 0 0; 5 0 0; 1 0 0; 0 0 0; 1 0 0; 1 0 0; 0 0 0; 0 0 0; 1 0 0; 0 0 0; 0 0 0; 0 0 0",
    "other_services members": "12; 18; 6; 1; 52",
    "life_skills matrix": "25; 25; 25; 25; 25; 25; 25",
    "vocational_skills months": "4 1 1; 0 0 0; 0 0 0; 0 0 0",
    "family_assessments previous_and_this": "3 1; 3 1; 29 2; 0 3; 0 0; 1 10; 0 1",
    "family_visits previous_and_this": "2 7; 2 9; 1 12; 1 8; 0 0; 0 1; 0 0",
    "reintegration months": "12 6 6; 0 0 0",
    "partner_referrals months": "0 2 0; 0 1 0",
    "follow_up_support months": "0 0 3; 0 0 1; 0 0 4; 0 0 4; 0 0 0; 0 0 0; 0 0 0",
    "skills_follow_up clients_and_times": "15 3; 20 3; 1 3; 16 2; 10 2",
}
"""What each native chart of the deck plots, by hand from the slides: a row of numbers for each bar from the top."""


def written(point: tuple[str, float | None]) -> str:
    """Write what is plotted at a label; a full stop where nothing is."""
    _, value = point
    return "." if value is None else f"{value:.0f}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decks_charts_plot_the_figures_written_out_by_hand(language):
    facts = chart_facts(deck_in(language))
    growth = facts.pop("plan burn_up")
    plotted = {
        name: "; ".join(" ".join(map(written, row)) for row in zip(*series.values(), strict=True))
        for name, series in facts.items()
    }
    assert plotted == PLOTTED
    actual, planned = growth.values()
    assert [value for _, value in actual] == [None, None, None, 15, 17, 18, *[None] * 6]
    assert [value for _, value in planned] == [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]


# --- one figure changed ---


def texts_of(deck: bytes) -> dict[str, set[str]]:
    """List everything said on the slides, by the slide's title: its texts, its tables, what its charts plot."""
    said: dict[str, set[str]] = {}
    for slide in deck_slides(deck):
        title = slide.shapes.title.text_frame.text
        words = said.setdefault(re.sub(r" \(\d/\d\)", "", title), set())
        for shape in slide.shapes:
            if shape.has_text_frame:
                words.add(shape.text_frame.text)
            elif shape.has_table:
                words.add(repr([[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]))
            elif shape.has_chart:
                words.add(repr([(one.name, list(one.values)) for one in shape.chart.plots[0].series]))
    return said


def sheets_of(handout: bytes) -> dict[str, list]:
    book = openpyxl.load_workbook(io.BytesIO(handout))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def differ(one: dict, other: dict) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


@pytest.mark.slow
def test_a_figure_changed_in_the_workbook_changes_everywhere_and_nowhere_else(quarter, tmp_path):
    now = load(changed(tmp_path, {"Slide 21!C6": 21}))
    before, after = release(quarter), release(now)
    decks = [texts_of(deck_in("en")), texts_of(build_deck(after))]
    own = "Follow-up on vocational skills and formal education"
    # the copy has no plan beside it, so that its growth differs too, and what referrals are held against
    plan, referrals = "Indicators against the plan, 2010", "Types of cases referred to the shelter"
    assert differ(*decks) == {own, "Overall results †", plan, f"{plan} †", referrals}
    assert {text for text in decks[1]["Overall results †"] if "At least 21 clients were followed up" in text}
    assert any("At least 21 clients were followed up on skills or schooling" in text for text in decks[1][own])
    sheets = [sheets_of(build_handout(one)) for one in (before, after)]
    # What is due, and what indicators count, stands in the plan that the copy has not.
    of_plan = {"At a glance", "Indicators", "Definitions"}
    assert differ(*sheets) == {*of_plan, "21 skills follow up", "Counts", "Contents"}
    pages = [{name: table_html(one, name) for name in quarter.tables} for one in (before, after)]
    assert differ(*pages) == {"skills_follow_up"}
    lines = [set(counts_csv(one.counts).splitlines()) for one in (before, after)]
    assert len(lines[0] ^ lines[1]) == 2, "one line of the counts, as it was and as it is"


# --- names that look like formulas ---


@pytest.mark.slow
def test_names_that_look_like_formulas_are_text_in_every_artefact(tmp_path):
    names = [f"{sign}SUM(A1:A9)" for sign in "=+-@"]
    path = with_rows(tmp_path, "Slide 19", 7, [[3 + place, name, 1, 0, 0, 1, None] for place, name in enumerate(names)])
    book = openpyxl.load_workbook(path)
    book["Slide 19"]["B7"].data_type = "s"
    book.save(path)
    shown = release(load(path))
    handout = openpyxl.load_workbook(io.BytesIO(build_handout(shown)))
    cells = [cell for sheet in handout for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [sum(cell.value == name for cell in cells) for name in names] == [1 + 3] * 4, "its row, and its three counts"
    deck = build_deck(shown)
    facts = chart_facts(deck)["partner_referrals months"]
    assert [label for label, _ in next(iter(facts.values()))][-4:] == names
    embedded = [cell for book in embedded_books(deck) for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in embedded} <= {"s", "n"}
    assert [cell.value for cell in embedded if cell.value in names] == names
    assert [row[0] for row in deck_tables(deck)["partner_referrals"]][-5:-1] == names
    assert [name for name in names if f">{name}<" in table_html(shown, "partner_referrals")] == names
    assert [name for name in names if f",'{name}," in counts_csv(shown.counts)] == names


def embedded_books(deck: bytes) -> list:
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        names = sorted(name for name in package.namelist() if name.startswith("ppt/embeddings/"))
        return [openpyxl.load_workbook(io.BytesIO(package.read(name))) for name in names]


def test_the_workbook_behind_a_chart_holds_what_it_plots_and_nothing_else():
    deck = deck_in("en")
    books = embedded_books(deck)
    assert len(books) == len(PLOTTED) + 1
    held = []
    for book in books:
        assert book.sheetnames == ["Sheet1"]
        (_, *names), *rows = book.active.iter_rows(values_only=True)
        held.append({name: [(row[0], row[place]) for row in rows] for place, name in enumerate(names, 1)})
    plotted = list(chart_facts(deck).values())
    assert sorted(map(repr, held)) == sorted(repr(floats_as_whole(series)) for series in plotted)


def floats_as_whole(series: dict) -> dict:
    def whole(value):
        return None if value is None else int(value)

    return {name: [(label, whole(value)) for label, value in values] for name, values in series.items()}
