"""Totals that somebody copies from the paper form: read as that wherever they stand, and held against the counts."""

from dataclasses import replace
from itertools import product

import openpyxl
import pytest
from counted import by_hand, in_order
from extent import proof
from layouts import LAYOUTS, write
from truth import COLUMNS, MEASURES, Q2_2010, Q4_2011, Truth, record

from ccpcr_lib import load
from ccpcr_lib.excel.reader import Reading, read_workbook
from ccpcr_lib.excel.roles import is_on_paper, is_total
from ccpcr_lib.model.column import Column
from ccpcr_lib.model.errors import DeclarationError
from ccpcr_lib.model.table import TableSpec, Text
from ccpcr_lib.quality.facts import facts_of

SAID = [
    *("Total on paper", "Paper total", "Total (paper)", "Total as on the form", "TOTAL – PAPER", "Total on\npaper"),
    *("Form total", "Register total", "Handwritten total", "Hand-written total", "Total by hand", "Control total"),
    *("Total as per paper form", "Total according to the register", "Totals on the forms", "Total in the logbook"),
    *("The total on paper", "Grand total on paper", "Sum on paper", "Total copied from the paper", "On paper: total"),
    *("Total on paper (April – June 2010)", "a) Total on paper", "Total on paper · សរុបលើក្រដាស"),
    *("សរុបលើក្រដាស", "សរុប (ក្រដាស)", "សរុបតាមក្រដាស", "សរុបក្នុងបញ្ជី", "សរុបតាមទម្រង់", "សរុបសរសេរដៃ"),
    *("សរុបដូចក្នុងសៀវភៅ", "សរុបតាមឯកសារដើម"),
]
ORDINARY = [
    *("Total", "TOTAL", "Subtotal", "Total cases", "Total 2nd Quarter", "Total care", "Total per month", "Sum"),
    *("Total information", "Total performance", "Total handicraft", "Total informal", "Total recorded", "សរុប"),
]


@pytest.mark.parametrize("label", SAID)
def test_a_total_on_paper_is_known_by_its_words(label):
    assert (is_on_paper(label), is_total(label)) == (True, True)


@pytest.mark.parametrize("label", ORDINARY)
def test_an_ordinary_total_is_none(label):
    assert (is_on_paper(label), is_total(label)) == (False, True)


@pytest.mark.parametrize(
    "label", ["Paper", "Form 1", "Paper making", "Register", "who wrote the total on paper", "ក្រដាស"]
)
def test_what_names_no_total_is_none(label):
    assert (is_on_paper(label), is_total(label)) == (False, False)


# --- by hand ----------------------------------------------------------------------------------------------------

TITLE = ["Cases referred to partner NGOs in 2010"]
HEAD = ["Names of NGOs", "Apr", "May", "Jun", "Total"]
ROWS = [["COSECAM", 1, 2, 0, 3], ["CWDA", 0, 4, 1, 5], ["TOTAL", 1, 6, 1, 8]]


def read(folder, rows, merged=()) -> Reading:
    book = openpyxl.Workbook()
    for row in (TITLE, [], *rows):
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(folder / "2010-Q2.xlsx")
    return read_workbook(folder / "2010-Q2.xlsx")


def on_paper(reading: Reading) -> dict[str, tuple]:
    """The totals on paper by cell: the name in the row, the period, the figure."""
    claims = [claim for claim in reading.claims if claim.is_on_paper]
    assert {claim.kind for claim in claims} <= {"total"}
    return {claim.source[6:]: (claim.key.get("category"), claim.key["period"], claim.value) for claim in claims}


def said(reading: Reading) -> list[tuple]:
    return [(item.rule, item.where) for item in reading.findings if item.rule != "missing_table"]


@pytest.mark.parametrize("words", SAID)
def test_a_column_and_a_row_headed_so_are_read_and_never_added_up(tmp_path, words):
    rows = [[*HEAD, words], *([*row, figure] for row, figure in zip(ROWS, (3, 6, None), strict=True))]
    reading = read(tmp_path, [*rows, [words, 1, None, 2, None, 9]])
    assert on_paper(reading) == {
        "F4": ("COSECAM", "2010-Q2", 3),
        "F5": ("CWDA", "2010-Q2", 6),
        "B7": (None, "2010-04", 1),
        "D7": (None, "2010-06", 2),
        "F7": (None, "2010-Q2", 9),
    }
    assert reading.members["partner_referrals"] == ("COSECAM", "CWDA")
    assert reading.counts["value"].tolist() == [1, 2, 0, 0, 4, 1]
    assert said(reading) == []
    ordinary = [claim.source[6:] for claim in reading.claims if not claim.is_on_paper]
    assert ordinary == ["E4", "E5", "B6", "C6", "D6", "E6"]


def test_the_first_month_alone_says_nothing_of_the_quarter(tmp_path):
    assert on_paper(read(tmp_path, [HEAD, *ROWS, ["Total on paper", 1]])) == {"B7": (None, "2010-04", 1)}


def test_the_paper_row_may_stand_above_the_total_and_the_column_first(tmp_path):
    rows = [["Names of NGOs", "Paper total", *HEAD[1:]], *([row[0], row[4], *row[1:]] for row in ROWS)]
    reading = read(tmp_path, [*rows[:3], ["Paper total", 8, 1, 6, 1, None], rows[3]])
    assert on_paper(reading)["B6"] == (None, "2010-Q2", 8)
    assert on_paper(reading)["C6"] == (None, "2010-04", 1)
    assert (said(reading), reading.counts["value"].tolist()) == ([], [1, 2, 0, 0, 4, 1])


@pytest.mark.parametrize("label", ["April total on paper", "Total on paper (April)", "Apr: paper total"])
def test_a_total_on_paper_may_be_of_a_month(tmp_path, label):
    rows = [[*HEAD, label], *([*row, figure] for row, figure in zip(ROWS, (1, 0, 1), strict=True))]
    reading = read(tmp_path, rows)
    assert set(on_paper(reading).values()) == {("COSECAM", "2010-04", 1), ("CWDA", "2010-04", 0), (None, "2010-04", 1)}
    assert said(reading) == []


SPANNED = ["Names of NGOs", "Number of clients", None, None]


@pytest.mark.parametrize("merged", [(), ("A3:A4", "B3:D3", "E3:F3")])
@pytest.mark.parametrize(
    ("spanners", "heads"),
    [
        (["Total", None], ["Calculated", "On paper"]),
        (["Total", None], ["In the sheet", "As on the form"]),
        (["សរុប", None], ["គណនា", "លើក្រដាស"]),
        (["In the sheet", "On paper"], ["Total", "Total"]),
    ],
)
def test_the_words_for_it_may_stand_in_two_rows_of_the_heading(tmp_path, spanners, heads, merged):
    merged = merged if None in spanners else merged[:2]
    rows = [[*SPANNED, *spanners], [None, *HEAD[1:4], *heads], ["COSECAM", 1, 2, 0, 3, 4], ["CWDA", 0, 4, 1, 5, 5]]
    reading = read(tmp_path, rows, merged)
    assert on_paper(reading) == {"F5": ("COSECAM", "2010-Q2", 4), "F6": ("CWDA", "2010-Q2", 5)}
    assert [claim.source[6:] for claim in reading.claims if not claim.is_on_paper] == ["E5", "E6"]
    assert (said(reading), reading.counts["value"].tolist()) == ([], [1, 2, 0, 0, 4, 1])


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ([[*HEAD, "On paper"], [*ROWS[0], 3], [*ROWS[1], 5]], ("unknown_total", "Sheet!F3")),
        ([HEAD, *ROWS, ["On paper", 1, 6, 1, 8]], ("below_total", "Sheet!A7")),
    ],
)
def test_words_that_name_no_total_are_an_error_and_never_a_count(tmp_path, rows, finding):
    reading = read(tmp_path, rows)
    assert [(rule, where[0]) for rule, where in said(reading)] == [finding]
    assert (on_paper(reading), reading.counts["value"].tolist()) == ({}, [1, 2, 0, 0, 4, 1])


def test_months_below_a_spanner_that_says_so_are_totals_on_paper(tmp_path):
    heads = [[*SPANNED, "Total on paper"], [None, *HEAD[1:4], *HEAD[1:4]]]
    rows = [*heads, ["COSECAM", 1, 2, 0, 1, 2, 7], ["CWDA", 0, 4, 1, 0, 4, 1]]
    reading = read(tmp_path, rows, ("A3:A4", "B3:D3", "E3:G3"))
    assert on_paper(reading)["G5"] == ("COSECAM", "2010-06", 7)
    assert (said(reading), reading.counts["value"].tolist()) == ([], [1, 2, 0, 0, 4, 1])
    (finding,) = [item for item in load(tmp_path / "2010-Q2.xlsx").problems if item.rule == "total"]
    assert finding.message.startswith("Sheet!G5: the paper says 7, but the figures typed add up to 0. Compare each")


@pytest.mark.parametrize("content", ["12 clients", "#REF!", -3])
def test_what_is_no_figure_is_told_as_anywhere(tmp_path, content):
    rows = [[*HEAD, "Total on paper"], [*ROWS[0], content], *ROWS[1:]]
    rules = {"12 clients": "not_a_number", "#REF!": "error_value", -3: "negative"}
    plain = read(tmp_path, [HEAD, [*ROWS[0][:4], content], *ROWS[1:]])
    assert [rule for rule, _ in said(plain)] == [rules[content]]
    assert said(read(tmp_path, rows)) == [(rules[content], ("Sheet!F4",))]


def test_the_total_of_the_sheet_is_the_one_that_others_are_held_against(tmp_path):
    rows = [["Names of NGOs", "Paper total", *HEAD[1:]], ["COSECAM", 9, *ROWS[0][1:]]]
    claimed = facts_of(read(tmp_path, rows)).claimed.values()
    assert [(claim.source, claim.value) for claim in claimed] == [("Sheet!F4", 3)]


def test_a_note_at_the_total_keeps_its_mark_beside_a_total_on_paper(tmp_path):
    rows = [[*HEAD, "Total on paper"], [*ROWS[0][:4], "3 (SA1, NC2)", "3 (SA1, NC2)"], [*ROWS[1], 5]]
    read(tmp_path, rows)
    filled = load(tmp_path / "2010-Q2.xlsx").filled("partner_referrals")
    assert [(note.mark, note.source) for note in filled.footnotes] == [("a", "Sheet!E4")]
    assert [cell.slot.role for cell in filled.cells if cell.mark] == ["total"]


def test_percents_are_held_against_100_without_those_that_paper_repeats(tmp_path):
    """3 and 5 of 8 are 37.5 % and 62.5 %: 37 % and 62 % miss one."""
    rows = [
        [*HEAD, "Total on paper"],
        *([*row[:4], text, text] for row, text in zip(ROWS, ("3 (37%)", "5 (62%)"), strict=False)),
    ]
    read(tmp_path, rows)
    (finding,) = [item for item in load(tmp_path / "2010-Q2.xlsx").problems if item.rule == "shares_to_100"]
    assert finding.where == ("Sheet!E4", "Sheet!E5")


def test_no_table_declares_one():
    heads = Text("headings", "paper_total")
    counts = [Column("count", "enrolled", {"sex": sex}, (Text("sexes", sex),)) for sex in "FM"]
    with pytest.raises(DeclarationError, match="every table has them"):
        TableSpec("sums", 1, "grade", (*counts, Column("paper_total", "enrolled", {}, (heads,))))


# --- in every layout --------------------------------------------------------------------------------------------


def meant(truth: Truth) -> set[tuple]:
    """Every total on paper that the layouts write, worked out from the truth as (what its counts share, their sum)."""
    totals = set()
    for table, rows in truth.tables.items():
        names = COLUMNS[table].split()
        lines = [
            [record(truth, table, row, name, value) for name, value in zip(names, values, strict=True)]
            for row, values in rows.items()
        ]
        totals |= {together(column, truth) for column in zip(*lines, strict=True) if column[0][1] != "in_shelter"}
        if table not in ("other_services", "skills_follow_up"):
            own = [[one for one in line if one[1] == MEASURES[table] and one[2] != truth.previous] for line in lines]
            totals |= {together(line, truth) for line in (*own, [one for line in own for one in line])}
    return totals


def together(counts, truth: Truth) -> tuple:
    """What some counts have in common, several months being the quarter, and their sum."""
    shared = [codes.pop() if len(codes) == 1 else None for codes in map(set, zip(*counts, strict=True))][:-1]
    return (*shared[:2], shared[2] or truth.period, *shared[3:], sum(count[-1] for count in counts))


def told(reading: Reading) -> list[tuple]:
    names = ("period", "case_type", "sex", "age_band", "category")
    claims = [claim for claim in reading.claims if claim.is_on_paper]
    return [(c.table, c.measure, *(c.key.get(name) for name in names), c.unit, int(c.value)) for c in claims]


TRUTHS = (Q2_2010, Q4_2011)


@proof("name, truth", list(product(LAYOUTS, TRUTHS)), sample=12, ids=lambda given: getattr(given, "period", given))
def test_every_layout_reads_its_totals_on_paper_and_nothing_else_of_them(name, truth, tmp_path):
    assert_reads(name, truth, tmp_path)


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.period)
def test_a_table_that_touches_has_as_many_figures_as_it_likes(truth, tmp_path):
    """Its first row stands beside the last headings of the table on its left."""
    assert_reads("touching tables", truth, tmp_path)


def assert_reads(name: str, truth: Truth, tmp_path) -> None:
    path, _ = write(truth, replace(LAYOUTS[name], on_paper=True), tmp_path)
    reading = read_workbook(path)
    assert [item.message for item in reading.findings if item.severity != "note"] == []
    assert in_order(reading.counts) == by_hand(truth)
    assert (set(told(reading)), len(told(reading))) == (meant(truth), len(meant(truth)))


EXACT = ("referrals_by_type", "education", "family_assessments", "partner_referrals")


@proof("name", list(LAYOUTS), sample=6)
def test_one_wrong_total_on_paper_is_one_finding_at_its_cell(name, tmp_path):
    tables = {table: rows for table, rows in Q4_2011.tables.items() if table in EXACT}
    path, _ = write(replace(Q4_2011, tables=tables), replace(LAYOUTS[name], on_paper=True), tmp_path)
    claims = [claim for claim in read_workbook(path).claims if claim.is_on_paper]
    for claim in claims[:: len(claims) // 2]:
        book = openpyxl.load_workbook(path)
        sheet, _, cell = claim.source.rpartition("!")
        book[sheet][cell] = int(claim.value) + 1
        book.save(tmp_path / "wrong.xlsx")
        found = [item for item in load(tmp_path / "wrong.xlsx").problems if item.rule == "total"]
        says = f"the paper says {int(claim.value) + 1}, but the figures typed add up to {int(claim.value)}."
        assert [item.statement for item in found] == [f"{claim.source}: {says}"]
