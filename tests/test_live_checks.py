"""A new workbook, typed into and calculated by LibreOffice: what is read of it, and what it says of itself."""

import random
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from consistent import consistent
from counted import by_hand, in_order
from programs import soffice
from python_calamine import CalamineWorkbook
from truth import Q2_2010, Truth, records
from typist import typed
from workbooks import WORKBOOK

from ccpcr_lib import load
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.forms.workbook import Draft
from ccpcr_lib.model.catalogue import CATALOGUE, spec

QUARTERS = 51
CHECKED = range(0, QUARTERS, 4)
"""The quarters whose workbooks check themselves as well: these take LibreOffice twice as long."""


@cache
def drafted(period: str, language: str = "en", *, has_checks: bool = True) -> Draft:
    draft = draft_from(period, Path("new.xlsx"), language=language, plan=60)
    return draft if has_checks else replace(draft, checks=())


def random_quarter(seed: int) -> Truth:
    """Draw a quarter that agrees with itself, with organisations of its own; every third one leaves tables blank."""
    draw, truth = random.Random(seed), consistent(seed, 2008 + seed % 3, 1 + seed % 4)
    names = {"Provincial Police": draw.choice(("Provincial Police", "Hagar (Phnom Penh)", "ភូមិសុខភាព", "+855 Hotline"))}
    sources = {names.get(name, name): row for name, row in truth.tables["referral_sources"].items()}
    tables = truth.tables | {"referral_sources": sources}
    empty = draw.sample(sorted(tables), k=draw.randint(1, 4)) if seed % 3 == 0 else ()
    return replace(truth, tables={name: rows for name, rows in tables.items() if name not in empty})


@pytest.fixture(scope="module")
def calculated(tmp_path_factory) -> dict[int, tuple[Truth, Path]]:
    """Random quarters typed into new workbooks and calculated, all in one run."""
    folder = tmp_path_factory.mktemp("typed")
    truths = {seed: random_quarter(seed) for seed in range(QUARTERS)}
    languages = ("en", "km", "en+km")
    files = [
        typed(folder / f"{seed}.xlsx", drafted(truth.period, languages[seed % 3], has_checks=seed in CHECKED), truth)
        for seed, truth in truths.items()
    ]
    made = folder / "made"
    made.mkdir()
    return dict(zip(truths, zip(truths.values(), soffice(files, made, "xlsx"), strict=True), strict=True))


def expected_total(truth: Truth, claim) -> int:
    """Add a printed total's counts up, without the reader: as the slides do, each person once where rows overlap."""
    own = [record for record in records(truth) if record[:2] == (claim.table, claim.measure)]
    codes = (claim.case_type, claim.sex, claim.age_band, claim.category)
    covered = [
        record
        for record in own
        if record[7] == claim.unit
        and (record[2] == claim.period or (claim.period == truth.period and record[2] in truth.months))
        and all(code != code or code == other for code, other in zip(codes, record[3:7], strict=True))
    ]
    if not any(total.once for total in spec(claim.table).totals):
        return sum(record[-1] for record in covered)
    columns = {record[3:5]: [] for record in covered}
    for record in covered:
        columns[record[3:5]].append(record[-1])
    return sum(map(max, columns.values()))


@pytest.mark.parametrize("seed", range(QUARTERS))
def test_what_is_typed_is_read_and_every_total_is_right(calculated, seed):
    truth, path = calculated[seed]
    loaded = load(path)
    reading = loaded.reading
    assert reading.findings == ()
    assert reading.period == truth.period
    assert in_order(reading.counts[reading.counts["value"].notna()]) == by_hand(truth)
    totals = reading.printed[reading.printed["kind"] == "total"]
    wrong = [claim for claim in totals.itertuples() if claim.value != expected_total(truth, claim)]
    assert (wrong, len(totals) > 60) == ([], True)
    blank = [item.table for item in loaded.problems if item.rule == "blank"]
    assert blank == [known.name for known in CATALOGUE if known.name not in truth.tables]
    assert [item.message for item in loaded.problems if item.severity != "note" and item.rule != "blank"] == []


@pytest.mark.parametrize("seed", CHECKED)
def test_a_quarter_that_agrees_with_itself_has_no_cross(calculated, seed):
    truth, path = calculated[seed]
    states = Counter(state for _, _, state in check_lines(path))
    assert states["✗"] == 0
    if len(truth.tables) == len(CATALOGUE):
        assert states["✓"] > 80


def check_lines(path: Path) -> list[tuple[str, str, str]]:
    """Give the lines of the sheet Checks below its second heading: table, sentence, state."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Checks").to_python(skip_empty_area=False)
    lines = [(row[0], row[1], row[5]) for row in rows if row[3] and row[3] in "=≤≥⇔≠"]
    assert len(lines) > 100
    return lines


# --- the real quarter -------------------------------------------------------------------------------------------

NOTES = {
    "Referrals by sex!O8": "(F12)",
    "Referrals by sex!O9": "(F6)",
    "Referrals by sex!O10": "(F9)",
    "Referrals by sex!O11": "(F25, M2)",
    "Referrals by age!L8": "(F12)",
    "Referrals by age!L9": "(F6)",
    "Referrals by age!L10": "(F9)",
    "Referrals by age!L11": "(F25, M2)",
    "Referral sources!F7": "TL2",
    "Vocational skills!G7": "(SA1, NC2, TL2)",
    "Partner referrals!G7": "(sa1; nc1)",
    "Partner referrals!G8": "(SW ១)",
    "Follow up support!G9": "(M2, F2)",
    "Follow up support!G14": "(ស្រី 6, ប្រុស 6)",
}


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Path:
    """The figures and the notes of the real quarter, typed into a new workbook and calculated."""
    folder = tmp_path_factory.mktemp("real")
    file = typed(folder / "2010-Q2.xlsx", drafted("2010-Q2"), Q2_2010, notes=NOTES)
    (folder / "made").mkdir()
    return soffice([file], folder / "made", "xlsx")[0]


def test_the_crosses_are_the_contradictions_that_a_formula_can_say(real):
    crosses = [sentence for _, sentence, state in check_lines(real) if state == "✗"]
    by_sex, by_age = "“Clients referred by case type and sex”", "“Clients referred by age and sex”"
    sources, home = "“Organizations that referred clients”", "“Clients reintegrated into the community”"
    assert crosses == [
        f"Clients referred to the shelter, Female, June: {by_sex} and {by_age} say the same.",
        f"Clients referred to the shelter, Male, June: {by_sex} and {by_age} say the same.",
        f"Clients reintegrated, June: {by_sex} and {home} say the same.",
        f"Clients referred to the shelter, Female, 2nd quarter of 2010: {by_age} and {sources} say the same.",
        f"Clients referred to the shelter, Male, 2nd quarter of 2010: {by_age} and {sources} say the same.",
        f"Clients reintegrated, June: {by_age} and {home} say the same.",
        "Every note adds up to the figure it divides.",
    ]


def test_python_finds_the_same_contradictions_and_one_that_no_formula_says(real):
    found = [(item.rule, item.where[0], item.printed) for item in load(real).problems if item.severity != "note"]
    assert found == [
        ("margin", "Referrals by sex!F10", "1; 0"),
        ("margin", "Referrals by sex!N10", "27; 27; 24"),
        ("note_parts", "Referrals by sex!N11", "27 (F25, M2)"),
        ("margin", "Referrals by age!F10", "1; 0"),
        ("note_sum", "Vocational skills!E7", "6 (SA1, NC2, TL2)"),
    ]


def test_the_first_sheet_counts_what_is_open(real):
    (banner,) = CalamineWorkbook.from_path(real).get_sheet_by_name("About").to_python(skip_empty_area=False)[4][:1]
    assert banner == "✗ 7 rules do not hold: the sheet Checks says which. Every cell is filled in."


def test_notes_are_read_from_their_column_as_if_they_stood_in_the_cell(real):
    printed = read_workbook(real).printed
    notes = printed[printed["kind"] == "note"]
    read = [(note.source, note.case_type, note.sex, note.value, note.text) for note in notes.itertuples()]
    told = [tuple(None if part != part else part for part in note) for note in read]
    assert told[:5] == [
        ("Referrals by sex!N8", None, "F", 12, "12 (F12)"),
        ("Referrals by sex!N9", None, "F", 6, "6 (F6)"),
        ("Referrals by sex!N10", None, "F", 9, "9 (F9)"),
        ("Referrals by sex!N11", None, "F", 25, "27 (F25, M2)"),
        ("Referrals by sex!N11", None, "M", 2, "27 (F25, M2)"),
    ]
    assert told[10:] == [
        ("Referral sources!D7", "TL", None, 2, "2 (TL2)"),
        ("Vocational skills!E7", "SA", None, 1, "6 (SA1, NC2, TL2)"),
        ("Vocational skills!E7", "NC", None, 2, "6 (SA1, NC2, TL2)"),
        ("Vocational skills!E7", "TL", None, 2, "6 (SA1, NC2, TL2)"),
        ("Partner referrals!E7", "SA", None, 1, "2 (sa1; nc1)"),
        ("Partner referrals!E7", "NC", None, 1, "2 (sa1; nc1)"),
        ("Partner referrals!E8", "SW", None, 1, "1 (SW ១)"),
        ("Follow up support!F9", "NC", "M", 2, "4 (M2, F2)"),
        ("Follow up support!F9", "NC", "F", 2, "4 (M2, F2)"),
        ("Follow up support!F14", None, "F", 6, "12 (ស្រី 6, ប្រុស 6)"),
        ("Follow up support!F14", None, "M", 6, "12 (ស្រី 6, ប្រុស 6)"),
    ]


# --- slips ------------------------------------------------------------------------------------------------------


def test_one_wrong_cell_gets_crosses_that_speak_of_it(tmp_path):
    truth = consistent(2, 2010, 3)
    wrong = truth.tables["reintegration"]["family_community"]
    rows = truth.tables["reintegration"] | {"family_community": (wrong[0] + 1, *wrong[1:])}
    changed = replace(truth, tables=truth.tables | {"reintegration": rows})
    file = typed(tmp_path / "slip.xlsx", drafted(truth.period), changed)
    (tmp_path / "made").mkdir()
    (path,) = soffice([file], tmp_path / "made", "xlsx")
    crosses = [sentence for _, sentence, state in check_lines(path) if state == "✗"]
    assert [text.partition(":")[0] for text in crosses] == [
        "Clients reintegrated, July",
        "Clients reintegrated, July",
        "August",
    ]
    assert {item.rule for item in load(path).problems if item.severity == "warning"} == {"margin", "relation"}


def test_a_total_typed_over_and_an_earlier_figure_changed_get_crosses(tmp_path):
    draft, truth = draft_from("2010-Q3", tmp_path / "2010-Q3.xlsx", WORKBOOK), consistent(4, 2010, 3)
    grades = replace(truth, tables={"education": truth.tables["education"]})
    file = typed(tmp_path / "over.xlsx", draft, grades, notes={"Education!E8": 99, "Family visits!B8": 10})
    (tmp_path / "made").mkdir()
    (path,) = soffice([file], tmp_path / "made", "xlsx")
    assert [sentence for _, sentence, state in check_lines(path) if state == "✗"] == [
        "Clients enrolled in school by grade (clients): the totals of the rows add up to all figures.",
        "Clients in family visits, Sexual Abuse (SA), 2nd quarter of 2010: as that quarter's own workbook says.",
    ]


def test_khmer_digits_typed_as_text_are_read(tmp_path):
    truth = consistent(3, 2010, 3)
    digits = str(truth.tables["education"]["grade_2"][1]).translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    file = typed(tmp_path / "khmer.xlsx", drafted(truth.period, "km"), truth, notes={"Education!C9": digits})
    (tmp_path / "made").mkdir()
    (path,) = soffice([file], tmp_path / "made", "xlsx")
    assert in_order(read_workbook(path).counts) == by_hand(truth)
