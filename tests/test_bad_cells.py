import re
from datetime import date

import pandas as pd
import pytest
from planting import pack, parts_of, plant, sheet_part
from workbooks import WORKBOOK, opened

from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.errors import CannotReadError


@pytest.fixture(scope="module")
def good():
    return read_workbook(WORKBOOK)


def planted(folder, *changes):
    return read_workbook(plant(folder, *changes))


def rebuilt(folder, *changes):
    book = opened()
    for sheet, cell, content in changes:
        book[sheet][cell] = content
    book.save(folder / "2010-Q2.xlsx")
    return read_workbook(folder / "2010-Q2.xlsx")


def seen(reading):
    return [(item.rule, item.severity, item.where) for item in reading.findings]


def others(reading, *cells):
    """Everything but what stands in some cells."""
    counts, printed = reading.counts, reading.printed
    return counts[~counts["source"].isin(cells)].reset_index(drop=True), printed[
        ~printed["source"].isin(cells)
    ].reset_index(drop=True)


def assert_only(reading, good, cell):
    for now, before in zip(others(reading, cell), others(good, cell), strict=True):
        pd.testing.assert_frame_equal(now, before)


@pytest.mark.parametrize(
    "cell", [("Slide 6", "D9"), ("Slide 7", "K6"), ("Slide 14", "F8"), ("Slide 17", "C8"), ("Slide 21", "D7")]
)
@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("some", "not_a_number"),
        ("16%", "not_a_number"),
        (2.5, "fraction"),
        ("2.5", "fraction"),
        (-1, "negative"),
        ("-1", "negative"),
        (10**12, "too_large"),
        ("#REF!", "error_value"),
        (date(2010, 4, 2), "date"),
        (True, "true_false"),
        ("=1+1", "not_calculated"),
    ],
)
def test_a_cell_that_is_no_count_is_one_error_at_that_cell_and_nothing_else_changes(
    tmp_path, good, cell, content, rule
):
    place = "!".join(cell)
    reading = planted(tmp_path, (*cell, content))
    assert seen(reading) == [(rule, "error", (place,))]
    assert reading.findings[0].message.startswith(f"{place}: ")
    counts = reading.counts.set_index("source")["value"]
    assert pd.isna(counts[place])
    assert len(counts) == 317
    assert_only(reading, good, place)


@pytest.mark.parametrize(
    ("content", "rule"),
    [("some", "not_a_number"), ("#REF!", "error_value"), (-1, "negative"), ("=1+1", "not_calculated")],
)
@pytest.mark.parametrize("cell", [("Slide 12", "F7"), ("Slide 16", "D14"), ("Slide 18", "C7"), ("Slide 6", "C6")])
def test_a_total_that_is_no_number_is_one_error_at_that_cell(tmp_path, good, cell, content, rule):
    reading = planted(tmp_path, (*cell, content))
    assert seen(reading) == [(rule, "error", ("!".join(cell),))]
    assert_only(reading, good, "!".join(cell))


def test_a_word_keeps_its_own_text_in_the_finding(tmp_path):
    finding = planted(tmp_path, ("Slide 6", "D9", "three")).findings[0]
    assert (
        finding.message
        == "Slide 6!D9: “three” stands where a number belongs. Type the number alone, or 0 if there were none."
    )
    assert (finding.printed, finding.table) == ("three", "referrals_by_type")


def test_endless_text_is_cut_in_the_message(tmp_path):
    assert len(planted(tmp_path, ("Slide 6", "D9", "word " * 5000)).findings[0].message) < 200


def test_a_row_nobody_knows_is_one_error_and_a_guess_is_offered(tmp_path):
    reading = planted(tmp_path, ("Slide 16", "B9", "Neglectet Childs"))
    assert seen(reading) == [
        ("missing_row", "warning", ("Slide 16!B4",)),
        ("unknown_row", "error", ("Slide 16!B9",)),
    ]
    assert "Did you mean “Neglected Children”?" in reading.findings[1].message
    assert len(reading.counts) == 313


def test_a_row_without_a_label_is_an_error_at_its_label(tmp_path):
    reading = planted(tmp_path, ("Slide 12", "B7", None), ("Slide 12", "A7", None))
    assert ("unknown_row", "error", ("Slide 12!B7", *(f"Slide 12!{column}7" for column in "CDEFG"))) in seen(reading)
    assert len(reading.counts) == 314


def test_a_label_that_stands_twice_is_an_error_at_the_second(tmp_path):
    reading = planted(tmp_path, ("Slide 20", "B8", "Sexual Abuse (SA)"))
    assert seen(reading) == [
        ("missing_row", "warning", ("Slide 20!B3",)),
        ("row_twice", "error", ("Slide 20!B8",)),
    ]
    assert "first in Slide 20!B7" in reading.findings[1].message


def test_a_new_label_that_stands_twice_in_an_open_list_is_an_error(tmp_path):
    reading = planted(tmp_path, ("Slide 19", "B6", "cosecam (SCHOLARSHIP)"))
    assert seen(reading) == [("row_twice", "error", ("Slide 19!B6",))]


def test_a_month_that_stands_twice_is_an_error_at_the_second(tmp_path):
    reading = planted(tmp_path, ("Slide 12", "D4", "April"))
    assert seen(reading) == [
        ("missing_column", "warning", ("Slide 12!B3",)),
        ("column_twice", "error", ("Slide 12!D4",)),
    ]
    assert (reading.counts["table"] == "education").sum() == 26


def test_a_month_row_that_stands_twice_is_an_error_at_the_second(tmp_path):
    reading = planted(tmp_path, ("Slide 8", "A7", "April"))
    assert seen(reading) == [
        ("missing_row", "warning", ("Slide 8!A3",)),
        ("row_twice", "error", ("Slide 8!A7",)),
    ]


def test_a_month_of_another_quarter_is_an_error_at_its_heading(tmp_path):
    reading = planted(tmp_path, ("Slide 18", "E4", "Jul"))
    assert seen(reading) == [
        ("missing_column", "warning", ("Slide 18!B3",)),
        ("wrong_month", "error", ("Slide 18!E4",)),
    ]


def test_figures_under_an_unknown_heading_are_an_error_at_that_heading(tmp_path):
    reading = planted(tmp_path, ("Slide 15", "D4", "Mai-Juni"))
    assert seen(reading) == [
        ("missing_column", "warning", ("Slide 15!B3",)),
        ("unknown_column", "error", ("Slide 15!D4",)),
    ]


def test_figures_beside_a_table_without_a_heading_are_an_error(tmp_path):
    reading = rebuilt(tmp_path, *[("Slide 20", f"F{row}", 3) for row in range(6, 13)])
    assert [(rule, severity) for rule, severity, _ in seen(reading)] == [("unknown_column", "error")]
    assert "figures here without a heading" in reading.findings[0].message


def test_words_beside_a_table_are_remarks(tmp_path, good):
    reading = rebuilt(
        tmp_path,
        ("Slide 20", "F3", "Remarks"),
        ("Slide 20", "F6", "two moved"),
        ("Slide 20", "B17", "see file"),
    )
    assert reading.findings == ()
    pd.testing.assert_frame_equal(reading.counts, good.counts)


def test_a_missing_column_is_a_warning_that_names_it(tmp_path):
    book = opened()
    sheet = book["Slide 19"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.delete_cols(5)
    book.save(tmp_path / "2010-Q2.xlsx")
    reading = read_workbook(tmp_path / "2010-Q2.xlsx")
    assert seen(reading) == [("missing_column", "warning", ("Slide 19!B3",))]
    assert "June" in reading.findings[0].message


def test_a_missing_table_is_a_warning_that_names_it(tmp_path):
    book = opened()
    del book["Slide 17"]
    book.save(tmp_path / "2010-Q2.xlsx")
    reading = read_workbook(tmp_path / "2010-Q2.xlsx")
    assert seen(reading) == [("missing_table", "warning", ())]
    assert "“Family visits” was not found in 2010-Q2.xlsx" in reading.findings[0].message
    assert len(reading.counts) == 317 - 28


def test_a_table_that_stands_twice_is_an_error_and_the_first_is_read(tmp_path, good):
    book = opened()
    copy = book.copy_worksheet(book["Slide 12"])
    copy.title = "Copy"
    copy["C7"] = 99
    book.save(tmp_path / "2010-Q2.xlsx")
    reading = read_workbook(tmp_path / "2010-Q2.xlsx")
    assert seen(reading) == [("table_twice", "error", ("Copy!B3",))]
    pd.testing.assert_frame_equal(reading.counts, good.counts)


def test_a_table_that_could_be_two_is_an_error_and_neither_is_guessed(tmp_path):
    reading = planted(tmp_path, ("Slide 17", "A1", "Statistics"))
    assert seen(reading) == [("unclear_table", "error", ("Slide 17!B3",))]
    assert "family_visits" not in set(reading.counts["table"])


def test_a_hidden_sheet_is_read_and_noted(tmp_path):
    book = opened()
    book["Slide 9"].sheet_state = "hidden"
    book.save(tmp_path / "2010-Q2.xlsx")
    reading = read_workbook(tmp_path / "2010-Q2.xlsx")
    assert seen(reading) == [("hidden_sheet", "note", ("Slide 9!B3",))]
    assert len(reading.counts) == 317


def test_one_cell_merged_over_two_counts_is_an_error(tmp_path):
    book = opened()
    book["Slide 12"].merge_cells("C7:D7")
    book.save(tmp_path / "2010-Q2.xlsx")
    reading = read_workbook(tmp_path / "2010-Q2.xlsx")
    assert seen(reading) == [("merged_count", "error", ("Slide 12!C7",))]


def test_numbers_outside_every_table_are_noted_once_a_sheet(tmp_path):
    reading = rebuilt(tmp_path, ("Slide 9", "B20", 5), ("Slide 9", "C22", 6))
    assert seen(reading) == [("unread_numbers", "note", ("Slide 9!B20", "Slide 9!C22"))]


def test_a_note_with_a_part_nobody_can_read_is_a_warning(tmp_path):
    reading = planted(tmp_path, ("Slide 9", "D5", "2 (XX2)"))
    assert seen(reading) == [("unknown_note", "warning", ("Slide 9!D5",))]
    assert reading.counts.set_index("source")["value"]["Slide 9!D5"] == 2


def test_faults_are_all_collected_in_the_order_of_the_tables(tmp_path):
    reading = planted(
        tmp_path,
        ("Slide 21", "C5", "x"),
        ("Slide 6", "D6", "x"),
        ("Slide 12", "C7", 1.5),
        ("Slide 12", "C6", "x"),
    )
    assert [item.where[0] for item in reading.findings] == [
        "Slide 6!D6",
        "Slide 12!C6",
        "Slide 12!C7",
        "Slide 21!C5",
    ]


def test_numbers_typed_as_text_outside_every_table_are_noted_too(tmp_path):
    reading = rebuilt(tmp_path, ("Slide 9", "B20", "៥"))
    assert seen(reading) == [("unread_numbers", "note", ("Slide 9!B20",))]


@pytest.mark.parametrize("value", ["<v> </v>", '<v xml:space="preserve">  </v>', "<v>&#32;</v>", "<v>\u00a0</v>"])
@pytest.mark.parametrize("kind", ["", ' t="b"'])
def test_a_number_cell_of_white_space_is_one_error_at_that_cell(tmp_path, good, value, kind):
    reading = read_workbook(with_cell(tmp_path, f'<c r="D9"{kind}>{value}</c>'))
    assert seen(reading) == [("error_value", "error", ("Slide 6!D9",))]
    assert_only(reading, good, "Slide 6!D9")


@pytest.mark.parametrize("value", ["<v> </v>", "<v>\n</v>", "<v>x</v>"])
def test_a_workbook_whose_number_is_none_to_the_engine_is_refused(tmp_path, value):
    with pytest.raises(CannotReadError):
        read_workbook(with_cell(tmp_path, f'<c r="D9" t="n">{value}</c>'))


def with_cell(folder, written):
    """Write the cell Slide 6!D9 in its XML."""
    parts = parts_of()
    part = sheet_part("Slide 6", parts)
    parts[part] = re.sub(rb'<c r="D9"(?:[^>]*/>|[^>]*>.*?</c>)', written.encode(), parts[part], count=1)
    return pack(folder / "2010-Q2.xlsx", parts)
