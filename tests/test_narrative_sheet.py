"""Sentences are found by their headings wherever they stand, beside and around tables, in either language."""

import openpyxl
import pytest
from narratives import with_sentences
from workbooks import WORKBOOK, opened

from ccpcr_lib import load, release
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.forms.workbook import write_workbook
from ccpcr_lib.publish.deck.word_slides import sentence_lines


@pytest.mark.parametrize("sheet", ["Narrative", "Texte", "Slide words"])
def test_sentences_are_found_by_their_headings_wherever_they_stand(tmp_path, sheet):
    rows = [
        ["TEXT", "Khmer", "section:", "No"],
        ["Second.", None, "Overall results", 2],
        ["First: {reintegration.total}.", "ទីមួយ៖ {reintegration.total}។", "results", "1"],
        [None, None, "Strengths", 1],
        ["Strong.", None, "STRENGTHS", None],
    ]
    reading = read_workbook(with_sentences(tmp_path, rows, sheet=sheet, at=(7, 4)))
    assert [(one.section, one.text, one.source) for one in reading.narrative] == [
        ("results", "First: {reintegration.total}.", f"{sheet}!D9"),
        ("results", "Second.", f"{sheet}!D8"),
        ("strengths", "Strong.", f"{sheet}!D11"),
    ]
    assert reading.findings == ()


def test_khmer_is_said_where_it_is_written_and_english_elsewhere(tmp_path):
    rows = [
        ["Section", "Order", "Text", "ខ្មែរ"],
        ["Results", 1, "Back home: {reintegration.total}.", "ត្រឡប់ទៅផ្ទះ៖ {reintegration.total}។"],
        ["Results", 2, "Only English.", None],
    ]
    report = load(with_sentences(tmp_path, rows))
    said = {
        language: [
            line
            for one in release(report, language).bullets("results")
            for line in sentence_lines(release(report, language), one)
        ]
        for language in ("en", "km", "en+km")
    }
    english, khmer = "Back home: 24 †.", "ត្រឡប់ទៅផ្ទះ៖ 24 †។"  # slide 7 says 27
    assert said == {
        "en": [english, "Only English."],
        "km": [khmer, "Only English."],
        "en+km": [english, khmer, "Only English."],
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("At least {life_skills.total} learned.", "At least 25 learned."),
        ("In all, at least {life_skills.total} learned.", "In all, at least 25 learned."),
        ("Together AT  LEAST\u00a0{life_skills.total} learned.", "Together AT LEAST 25 learned."),
        ("{life_skills.total} learned.", "At least 25 learned."),
        ("Of these, {life_skills.total} learned.", "Of these, at least 25 learned."),
        ("At least {reintegration.total} went home.", "At least 24 † went home."),
    ],
)
def test_a_sentence_says_at_least_once_whether_it_says_so_itself_or_not(tmp_path, text, said):
    report = load(with_sentences(tmp_path, [["Section", "Order", "Text"], ["Results", 1, text]]))
    (bullet,) = release(report).bullets("results")
    assert sentence_lines(release(report), bullet) == [said]


@pytest.mark.parametrize("text", ["យ៉ាងតិច {life_skills.total} នាក់", "មានយ៉ាងតិច\u200b{life_skills.total} នាក់"])
def test_a_sentence_in_khmer_says_at_least_once(tmp_path, text):
    rows = [["Section", "Order", "Text", "ខ្មែរ"], ["Results", 1, "At least {life_skills.total}.", text]]
    shown = release(load(with_sentences(tmp_path, rows)), "en+km")
    (bullet,) = shown.bullets("results")
    assert sentence_lines(shown, bullet) == ["At least 25.", text.split("{")[0].strip(" \u200b") + " 25 នាក់"]


def test_a_table_beside_the_sentences_is_still_read(tmp_path):
    book = opened()
    page = book["Narrative"]
    for row in book["Slide 21"].iter_rows(min_row=1, max_row=10):
        for cell in row:
            if cell.value is not None:
                page.cell(cell.row, cell.column + 5, cell.value)
    book.remove(book["Slide 21"])
    book.save(tmp_path / "2010-Q2.xlsx")
    reading = read_workbook(tmp_path / "2010-Q2.xlsx")
    assert reading.places["skills_follow_up"].startswith("Narrative!")
    assert len(reading.counts) == 317


REFERRED = [
    ["Cases referred to partner NGOs in 2010"],
    ["No", "Names of NGOs", "Apr", "May", "Jun", "Total", "%"],
    [1, "COSECAM", 0, 2, 0, 2, "67%"],
    [2, "CWDA", 0, 1, 0, 1, "33%"],
    [None, "TOTAL", 0, 3, 0, 3, "100%"],
]


def on_one_sheet(folder, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "2010-Q2.xlsx")
    return read_workbook(folder / "2010-Q2.xlsx")


def told(reading) -> list[tuple]:
    return [(item.rule, item.where[0]) for item in reading.findings if item.rule != "missing_table"]


@pytest.mark.parametrize("between", [[], [[], []]])
def test_a_table_below_the_sentences_is_read_whole(tmp_path, between):
    sentences = [["Order", "Section", "Text"], [1, "Results", "Well done."], *between]
    reading = on_one_sheet(tmp_path, [*sentences, [], *REFERRED])
    assert reading.counts["value"].tolist() == [0, 2, 0, 0, 1, 0]
    assert [bullet.text for bullet in reading.narrative] == ["Well done."]
    assert told(reading) == []


def test_a_numbered_table_beside_the_sentences_keeps_its_numbers(tmp_path):
    beside = [["No", "Section", "Text"], [2, "Results", "Second."], [1, "Results", "First."], [], []]
    rows = [[*(table + [None] * 8)[:8], *more] for table, more in zip(REFERRED[1:], beside[:4], strict=True)]
    reading = on_one_sheet(tmp_path, [REFERRED[0], *rows])
    assert reading.counts["value"].tolist() == [0, 2, 0, 0, 1, 0]
    assert [bullet.text for bullet in reading.narrative] == ["First.", "Second."]
    assert told(reading) == []


def test_numbers_under_the_headings_of_sentences_never_vanish(tmp_path):
    foreign = [["No", "Section", "Text"], [1, "North", 5], [2, "South", 7]]
    reading = on_one_sheet(tmp_path, [*REFERRED, [], [], [], *foreign])
    assert reading.narrative == ()
    assert [(item.rule, item.where) for item in reading.findings if item.rule != "missing_table"] == [
        ("unread_numbers", ("Sheet!A10", "Sheet!C10", "Sheet!A11", "Sheet!C11"))
    ]


@pytest.mark.parametrize("language", ["en", "km", "en+km"])
def test_a_sentence_typed_into_a_new_workbook_is_read(tmp_path, language):
    path = tmp_path / "2010-Q3.xlsx"
    path.write_bytes(write_workbook(draft_from("2010-Q3", path, WORKBOOK, language=language)))
    assert read_workbook(path).narrative == ()
    book = openpyxl.load_workbook(path)
    page = book["Narrative"]
    row = next(line[0].row for line in page.iter_rows() if line[0].value == "Overall results")
    page.cell(row, 3, "Back home: {reintegration.total}.")
    book.save(path)
    (bullet,) = read_workbook(path).narrative
    assert (bullet.section, bullet.text, bullet.source) == (
        "results",
        "Back home: {reintegration.total}.",
        f"Narrative!C{row}",
    )
