"""A copy beside the workbook that is named after its quarter never counts, and is named wherever it is left aside."""

import shutil
from pathlib import Path

import pytest
from commands import refused, run
from workbooks import WORKBOOK, changed, next_quarter

from ccpcr_lib import CannotReadError, explorer, load, load_all, show_workbooks
from ccpcr_lib.excel.copies import sort_out, the_one
from ccpcr_lib.excel.named_files import find_workbook

COPIES = (
    "2010-Q2 v2",
    "2010-Q2 (1)",
    "2010-Q2(2)",
    "2010-Q2-2",
    "Copy of 2010-Q2",
    "Copy (2) of 2010-Q2",
    "2010-Q2 - Copy",
    "2010-Q2_final",
    "2010-Q2.bak",
    "2010-Q2.xlsx",
    "2010-Q2 សំណៅ",
    "ច្បាប់ចម្លង 2010-Q2",
    "2010-Q2 corrected",
    "2010-Q2-checked",
    "2010-Q2 2011-01-15",
    "CCPCR 2010-Q2",
    "Q2 2010",
    "1 2010-Q2",
    "2010-Q2-SYNTHETIC",
)


@pytest.mark.parametrize("copy", COPIES)
def test_no_copy_counts_beside_the_file_named_after_its_quarter(copy):
    proper, other = Path("2010-Q2.xlsx"), Path(f"{copy}.xlsx")
    for paths in ([proper, other], [other, proper]):
        there = sort_out(paths)
        assert there.kept == (proper,)
        assert [tuple(aside) for aside in there.copies] == [(other, proper, "2010-Q2")]


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ("2010-Q2", "2010-Q3 v2", None),
        ("2010-Q2-SYNTHETIC", "2010-Q2-SYNTHETIC (1)", "2010-Q2-SYNTHETIC"),
        ("2010-q2", "2010-Q2 old", "2010-q2"),
        ("Q2 2010", "2010-Q2 old", "Q2 2010"),
        ("2010-Q2 v2", "2010-Q2 (1)", None),
        ("2010-Q2 final", "2010-Q2 final final", None),
        ("Q2 2010", "2010Q2", None),
        ("second quarter", "notes", None),
    ],
)
def test_where_no_name_settles_it_nothing_is_guessed(first, second, counts):
    paths = [Path(f"{first}.xlsx"), Path(f"{second}.xlsx")]
    kept = sort_out(paths).kept
    assert kept == ((Path(f"{counts}.xlsx"),) if counts else tuple(paths))


def test_two_files_of_one_name_and_two_kinds_are_not_settled():
    assert the_one([Path("2010-Q2.ods"), Path("2010-Q2.xlsx")], "2010-Q2") is None


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Two quarters with copies of the first that say another figure, one of them under a name without a quarter."""
    folder = tmp_path_factory.mktemp("copies")
    shutil.copy(WORKBOOK, folder)
    for name in ("2010-Q2 v2.xlsx", "Book1.xlsx"):
        changed(folder, {"Slide 12!C7": 9}, name=name)
    next_quarter(folder / "2010-Q3.xlsx")
    return folder


def test_a_history_takes_the_proper_file_and_names_the_copies(folder):
    history = load_all(folder)
    assert [report.workbook for report in history.reports] == ["2010-Q2.xlsx", "2010-Q3.xlsx"]
    assert history.aside == (
        "2010-Q2 v2.xlsx was left aside: 2010-Q2.xlsx counts for 2010-Q2.",
        "Book1.xlsx was left aside: 2010-Q2.xlsx counts for 2010-Q2.",
    )
    assert "Left aside: 2010-Q2 v2.xlsx was left aside" in str(history)


def test_a_check_is_held_against_the_proper_file_and_names_the_copy(folder):
    for name in ("2010-Q2.xlsx", "2010-Q3.xlsx"):
        checked = load(folder / name)
        (note,) = [item for item in checked.problems if item.rule == "copy_aside"]
        assert (note.severity, note.message) == (
            "note",
            "2010-Q2 v2.xlsx is left aside: 2010-Q2.xlsx counts for 2010-Q2. "
            "If it is only a copy, move it out of the folder.",
        )
    assert [other.path.name for other in checked.others] == ["2010-Q2.xlsx"]


def test_a_copy_that_is_named_itself_is_read_and_not_held_against_its_own_quarter(folder):
    copy = load(folder / "2010-Q2 v2.xlsx")
    assert (copy.period, [other.period for other in copy.others]) == ("2010-Q2", ["2010-Q3"])
    assert [item for item in copy.problems if item.rule == "copy_aside"] == []


def test_the_explorer_and_the_first_page_show_the_proper_file_and_name_the_copies(folder):
    rows = [line.split(" | ") for line in show_workbooks(folder).text.split("\n")]
    assert [row[:3] for row in rows] == [
        ["2010-Q2.xlsx", "read · បានអាន", "2010-Q2"],
        ["2010-Q3.xlsx", "read · បានអាន", "2010-Q3"],
        ["2010-Q2 v2.xlsx", "left aside · ទុកមួយឡែក", "2010-Q2"],
        ["Book1.xlsx", "left aside · ទុកមួយឡែក", "2010-Q2"],
    ]
    assert rows[2][3].startswith("2010-Q2.xlsx counts")
    text = explorer(folder)._repr_mimebundle_()["text/plain"]
    assert "2010-Q2 v2.xlsx was left aside: 2010-Q2.xlsx counts for 2010-Q2." in text


def test_a_check_of_the_folder_reads_no_copy_and_names_it(folder):
    result = run("check", folder)
    assert [line for line in result.stdout.split("\n") if line.endswith(")") and ".xlsx (" in line][:3] == [
        "2010-Q2.xlsx (2010-Q2)",
        "2010-Q3.xlsx (2010-Q3)",
        "Book1.xlsx (2010-Q2)",
    ]
    assert result.stderr == "2010-Q2 v2.xlsx was left aside: 2010-Q2.xlsx counts for 2010-Q2.\n"


@pytest.fixture(scope="module")
def unclear(tmp_path_factory) -> Path:
    """Two copies of a quarter and no proper file, beside the quarter after it."""
    folder = tmp_path_factory.mktemp("unclear")
    for name in ("2010-Q2 v2.xlsx", "2010-Q2 (1).xlsx"):
        shutil.copy(WORKBOOK, folder / name)
    next_quarter(folder / "2010-Q3.xlsx")
    return folder


def test_of_two_copies_without_a_proper_file_none_is_chosen(unclear):
    line = (
        "2010-Q2 v2.xlsx: 2010-Q2 (1).xlsx reports 2010-Q2 too. Keep one of them in the folder. "
        "Or name the right one 2010-Q2.xlsx."
    )
    for ask in (load_all, lambda folder: find_workbook("2010-Q2", folder)):
        with pytest.raises(CannotReadError) as refusal:
            ask(unclear)
        assert str(refusal.value) == line
    refused(run("tidy", "2010-Q2", "--data", unclear, "-o", unclear / "out.csv"), 2, line)
    assert run("check", unclear).stderr == f"{line}\n"
    assert find_workbook("2010-Q3", unclear).name == "2010-Q3.xlsx"


def test_a_check_uses_none_of_two_copies_without_a_proper_file_and_says_so(unclear):
    checked = load(unclear / "2010-Q3.xlsx")
    assert checked.others == ()
    (told,) = [item for item in checked.problems if item.rule == "quarter_twice"]
    assert (told.severity, told.variant) == ("warning", "unclear")
    assert told.message == (
        "2010-Q2 (1).xlsx and 2010-Q2 v2.xlsx each report 2010-Q2, and nothing says which of them counts, so none was "
        "used. Keep one of them in the folder, or name the right one 2010-Q2.xlsx."
    )
