"""Two people typed one quarter: every cell in which their workbooks differ is told, and nothing else."""

import pytest
from layouts import LAYOUTS, write
from partner_sheets import HEAD, SECOND_ROW, SUM, partners, written
from planting import change, plant
from truth import Q2_2010
from workbooks import WORKBOOK

from ccpcr_lib.quality.compared import Compared, compare_workbooks

OTHER_LAYOUTS = (
    "one sheet",
    "side by side",
    "months as dates",
    "text numbers",
    "khmer",
    "dashes",
    "shares as numbers",
    "shares under their counts",
    "no shares",
    "columns backwards",
    "sheets in reverse",
    "total first",
    "no total rows",
    "nested",
    "turned",
    "continued on the next sheet",
)


def differences(first, second) -> list[tuple]:
    """What differs, as (kind, cell, what stands there, cell in the second, what stands there)."""
    return [(item.kind, *item.first, *item.second) for item in compare_workbooks(first, second).differences]


def messages(compared: Compared) -> list[str]:
    return [item.message(compared.files) for item in compared.differences]


def planted(folder, *changes: tuple[str, str, object]):
    """The quarter's workbook as a second person might have typed it."""
    return plant(folder, *changes, name="B.xlsx")


@pytest.fixture(scope="module")
def slides(tmp_path_factory):
    return write(Q2_2010, LAYOUTS["as the slides"], tmp_path_factory.mktemp("slides"))[0]


# --- figures ---


@pytest.mark.parametrize("name", OTHER_LAYOUTS)
def test_the_same_figures_in_another_layout_do_not_differ(slides, tmp_path, name):
    assert differences(slides, write(Q2_2010, LAYOUTS[name], tmp_path)[0]) == []


def test_a_figure_is_told_with_both_cells_and_what_it_stands_for(tmp_path):
    compared = compare_workbooks(WORKBOOK, planted(tmp_path, ("Slide 12", "C7", 6)))
    assert messages(compared) == [
        "Slide 12!C7: 5, Slide 12!C7 in B.xlsx: 6 (Clients enrolled in school, Grade 2, April)."
    ]


def test_a_figure_is_found_at_another_place(slides, tmp_path):
    path, places = write(Q2_2010, LAYOUTS["everything at once"], tmp_path)
    assert {kind for kind, *_ in differences(slides, path)} == {"note"}
    assert all(cell for _, cell, *_ in differences(path, slides))
    assert places


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "blank"),  # a blank is no zero
        (4, "4"),
        ("4 (F2, M2)", "4 (F2, M2)"),
        ("0 (F0)", "0 (F0)"),
    ],
)
def test_another_figure_a_blank_and_a_note_differ(tmp_path, content, told):
    (difference,) = compare_workbooks(WORKBOOK, planted(tmp_path, ("Slide 12", "D7", content))).differences
    assert (difference.first.text, difference.texts) == ("0", ("0", told))


@pytest.mark.parametrize(
    ("cell", "content"),
    [
        ("C7", "5"),  # 5
        ("C7", " 5 "),
        ("C7", "៥"),
        ("D7", " - "),  # 0
        ("D7", "–"),
    ],
)
def test_the_same_figure_typed_otherwise_is_no_difference(tmp_path, cell, content):
    assert differences(WORKBOOK, planted(tmp_path, ("Slide 12", cell, content))) == []


@pytest.mark.parametrize("note", ["6 (NC2, TL2, SA1)", "6 (TL 2; SA: 1 and NC 2)"])
def test_the_parts_of_a_note_may_stand_in_any_order(tmp_path, note):
    assert differences(WORKBOOK, planted(tmp_path, ("Slide 15", "F5", note))) == []


def test_a_cell_that_differs_in_number_and_note_is_told_once(tmp_path):
    assert differences(WORKBOOK, planted(tmp_path, ("Slide 15", "F5", "7 (SA1, NC2, TL4)"))) == [
        ("total", "Slide 15!F5", "6 (SA1, NC2, TL2)", "Slide 15!F5", "7 (SA1, NC2, TL4)")
    ]


@pytest.mark.parametrize(("share", "count"), [("67 %", 0), (0.67, 0), (67, 0), ("6%", 1), (None, 1)])
def test_a_percent_is_the_same_however_it_is_written(tmp_path, share, count):
    head = [*HEAD[:2], [*HEAD[2], "%"]]
    first, second = (
        written(tmp_path, name, [*head, ["COSECAM", 0, 2, 0, 2, percent], [*SECOND_ROW, "33%"]])
        for name, percent in (("A.xlsx", "67%"), ("B.xlsx", share))
    )
    assert len(differences(first, second)) == count


def test_a_total_typed_by_hand_is_told_and_the_same_one_blank(tmp_path):
    second = planted(tmp_path, ("Slide 12", "F7", 9), ("Slide 12", "F8", None), ("Slide 6", "C6", 61))
    assert differences(WORKBOOK, second) == [
        ("plan", "Slide 6!C6", "60", "Slide 6!C6", "61"),
        ("total", "Slide 12!F7", "5", "Slide 12!F7", "9"),
        ("total", "Slide 12!F8", "1", "Slide 12!F8", ""),
    ]


def test_what_is_left_out_is_said_to_be_blank_or_no_note(tmp_path):
    second = planted(tmp_path, ("Slide 12", "F8", None), ("Slide 8", "J7", 6))
    assert messages(compare_workbooks(WORKBOOK, second)) == [
        "Slide 8!J7: 6 (F6), Slide 8!J7 in B.xlsx: 6 (Clients reintegrated, May, note).",
        "Slide 12!F8: 1, Slide 12!F8 in B.xlsx: blank"
        " (Clients enrolled in school, Grade 3, 2nd quarter of 2010, total).",
    ]
    head = [*HEAD[:2], [*HEAD[2], "Notes"]]
    first = written(tmp_path, "A.xlsx", [*head, ["COSECAM", 2, 0, 0, 2, "(SA2)"], [*SECOND_ROW, "(F1)"]])
    second = written(tmp_path, "C.xlsx", [*head, ["COSECAM", 2, 0, 0, 2, None], [*SECOND_ROW, "(F1)"]])
    (difference,) = compare_workbooks(first, second).differences
    assert difference.texts == ("(SA2)", "no note")


def test_the_column_of_the_quarter_before_is_compared(tmp_path):
    compared = compare_workbooks(WORKBOOK, planted(tmp_path, ("Slide 16", "C7", 9)))
    assert messages(compared) == [
        "Slide 16!C7: 3, Slide 16!C7 in B.xlsx: 9"
        " (Clients whose family was assessed, Domestic Violence (DV), 1st quarter of 2010)."
    ]


def test_a_figure_on_a_hidden_sheet_is_compared(tmp_path):
    shown, not_shown = (b'"6" state="%s"' % state for state in (b"visible", b"hidden"))
    hidden = change(tmp_path, "xl/workbook.xml", lambda part: part.replace(shown, not_shown))
    assert [cell for _, cell, *_ in differences(hidden, planted(tmp_path, ("Slide 12", "C7", 6)))] == ["Slide 12!C7"]


# --- formulas ---


def test_a_total_that_a_formula_gives_is_not_told_beside_its_parts(tmp_path):
    first = partners(tmp_path, "A.xlsx", ["COSECAM", 0, 2, 0, (SUM, 2)], ["CWDA", 0, 1, 0, 1])
    second = partners(tmp_path, "B.xlsx", ["COSECAM", 0, 5, 0, (SUM, 5)], ["CWDA", 0, 1, 0, 1])
    assert differences(first, second) == [("count", "Partners!C4", "2", "Partners!C4", "5")]


def test_a_typed_total_is_told_beside_its_parts_where_it_has_to_be_settled(tmp_path):
    typed = partners(tmp_path, "A.xlsx", ["COSECAM", 0, 2, 0, 2], ["CWDA", 0, 1, 0, 1])
    given = partners(tmp_path, "B.xlsx", ["COSECAM", 0, 5, 0, (SUM, 5)], ["CWDA", 0, 1, 0, 1])
    wrong = partners(tmp_path, "C.xlsx", ["COSECAM", 0, 5, 0, 9], ["CWDA", 0, 1, 0, 1])
    assert [kind for kind, *_ in differences(typed, given)] == ["count", "total"]
    assert [kind for kind, *_ in differences(given, typed)] == ["count"]  # 2 is what its own parts add up to
    assert [kind for kind, *_ in differences(given, wrong)] == ["formula"]  # the parts are the same, 9 is not their sum


def test_a_total_that_only_one_prints_is_told_where_it_is_left_blank_or_does_not_fit(tmp_path):
    rows = ["COSECAM", 0, 2, 0], ["CWDA", 0, 1, 0]
    head = [*HEAD[:2], HEAD[2][:4]]
    without = written(tmp_path, "none.xlsx", [[], *head, *rows])
    first = partners(tmp_path, "A.xlsx", [*rows[0], 2], [*rows[1], 1])
    assert differences(first, without) == differences(without, first) == []
    wrong = partners(tmp_path, "wrong.xlsx", [*rows[0], 7], [*rows[1], 1])
    assert differences(without, wrong) == [("total", "", "", "Partners!E4", "7")]
    blank = partners(tmp_path, "blank.xlsx", [*rows[0], 2], [*rows[1], None])
    assert differences(first, blank) == [("total", "Partners!E5", "1", "Partners!E5", "")]
    other = written(tmp_path, "other.xlsx", [[], *head, ["COSECAM", 0, 5, 0], rows[1]])
    assert [kind for kind, *_ in differences(first, other)] == ["count", "total"]  # typed, it would stay as it is
    assert [kind for kind, *_ in differences(other, first)] == ["count"]


def test_a_note_behind_a_number_is_told_beside_the_number(tmp_path):
    first = partners(tmp_path, "A.xlsx", ["COSECAM", 0, "2 (SA2)", 0, 2], SECOND_ROW)
    second = written(tmp_path, "B.xlsx", [[], *HEAD, ["COSECAM", 0, 2, 0, 2], SECOND_ROW])
    assert differences(first, second) == [("note", "Partners!C4", "2 (SA2)", "Partners!C5", "2")]
    assert differences(second, first) == [("note", "Partners!C5", "2", "Partners!C4", "2 (SA2)")]


def test_a_typed_total_and_a_formula_that_say_the_same_do_not_differ(tmp_path):
    typed = partners(tmp_path, "A.xlsx", ["COSECAM", 0, 2, 0, 2], ["CWDA", 0, 1, 0, 1])
    given = partners(tmp_path, "B.xlsx", ["COSECAM", 0, 2, 0, (SUM, 2)], ["CWDA", 0, 1, 0, ("=SUM(B5:D5)", 1)])
    assert differences(typed, given) == differences(given, typed) == []


def test_a_wrong_formula_is_to_be_corrected_in_its_workbook(tmp_path):
    first = partners(tmp_path, "A.xlsx", ["COSECAM", 1, 2, 0, ("=SUM(C4:D4)", 2)], ["CWDA", 0, 1, 0, 1])
    second = partners(tmp_path, "B.xlsx", ["COSECAM", 1, 2, 0, 3], ["CWDA", 0, 1, 0, 1])
    compared = compare_workbooks(first, second)
    assert [item.in_list for item in compared.differences] == [False]
    assert messages(compared) == [
        "Partners!E4: 2, Partners!E4 in B.xlsx: 3"
        " (Clients referred to partners, COSECAM (Scholarship), 2nd quarter of 2010)."
        " Partners!E4 holds a formula, and the figures it adds up are the same in both: correct the formula, or the"
        " figure in the other workbook."
    ]


# --- what only one of them has ---


def test_a_row_that_only_one_has_is_told_once_with_its_figures(tmp_path):
    first = partners(tmp_path, "A.xlsx", ["COSECAM", 0, 2, 0, 2], SECOND_ROW)
    compared = compare_workbooks(first, partners(tmp_path, "B.xlsx", ["COSECAM", 0, 2, 0, 2]))
    assert messages(compared) == [
        "Partners!B5 in A.xlsx: B.xlsx lacks the row “CWDA” (0, 1, 0). Type it there too, or take it out of A.xlsx."
    ]


def test_a_column_and_a_table_that_only_one_has_are_told_once(tmp_path):
    first = partners(tmp_path, "A.xlsx", ["COSECAM", 0, 2, 4, 6], ["CWDA", 0, 1, 0, 1])
    without_june = [line[:3] + line[4:] for line in ([], [], [*HEAD[2]], ["COSECAM", 0, 2, 4, 6], SECOND_ROW)]
    second = written(tmp_path, "B.xlsx", [HEAD[0], *without_june[1:]])
    assert differences(first, second) == [("column", "Partners!D4", "4, 0", "", "")]
    services = [["Other services, 2nd quarter 2010"], ["Services", "Clients"], ["English class", 4], ["Computer", 3]]
    third = written(tmp_path, "C.xlsx", [*HEAD, ["COSECAM", 0, 2, 4, 6], SECOND_ROW, [], [], *services])
    assert differences(first, third) == [("table", "", "", "Partners!A8", "")]


def test_a_new_name_is_the_same_whatever_its_case_and_spaces(tmp_path):
    first = partners(tmp_path, "A.xlsx", ["English class", 1, 0, 0, 1], SECOND_ROW)
    second = partners(tmp_path, "B.xlsx", ["ENGLISH  class", 1, 0, 0, 1], SECOND_ROW)
    assert differences(first, second) == []


def test_a_near_name_is_told_and_its_figures_are_compared(tmp_path):
    first = partners(tmp_path, "A.xlsx", ["English class", 1, 0, 0, "1 (F1)"], SECOND_ROW)
    second = partners(tmp_path, "B.xlsx", ["English clas", 1, 3, 0, "1 (F1)"], SECOND_ROW)
    assert messages(compare_workbooks(first, second)) == [
        "Partners!B4: the row “English class”, Partners!B4 in B.xlsx: the row “English clas”. If they are one, write"
        " one name in both workbooks; if not, type each row into both.",
        "Partners!C4: 0, Partners!C4 in B.xlsx: 3 (Clients referred to partners, English class, May).",
    ]


def test_two_new_names_with_the_same_figures_may_be_one_and_with_others_are_two_rows(tmp_path):
    first = partners(tmp_path, "A.xlsx", ["Licadho", 1, 0, 2, 3], SECOND_ROW)
    second = partners(tmp_path, "B.xlsx", ["Friends", 1, 0, 2, 3], SECOND_ROW)
    assert [kind for kind, *_ in differences(first, second)] == ["name"]
    third = partners(tmp_path, "C.xlsx", ["Friends", 1, 0, 1, 2], SECOND_ROW)
    assert differences(first, third) == [
        ("row", "Partners!B4", "1, 0, 2", "", ""),
        ("row", "", "", "Partners!B4", "1, 0, 1"),
    ]


def test_sentences_that_differ_are_told_in_short(tmp_path):
    compared = compare_workbooks(WORKBOOK, planted(tmp_path, ("Narrative", "C5", "Recovery, Rehabilitation")))
    assert messages(compared) == [
        "Narrative!C5: “… Rehabilitation and Reintegration Support to Victims of Traff…”, Narrative!C5 in B.xlsx: “…"
        " Rehabilitation” (Title)."
    ]
