"""What an officer mistypes in a CSV file, or a disk cuts off, is named at its row; a reason is never thrown away."""

import errno
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from commands import refused, run
from test_list_files import own_lists
from workbooks import WORKBOOK

from ccpcr_lib.model.codelist import read_codelist
from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.model.list_file import lines_of
from ccpcr_lib.quality.check import check_reading
from ccpcr_lib.quality.explanation_lines import explanations_of
from ccpcr_lib.quality.facts import facts_of
from ccpcr_lib.quality.relation_lines import read_relations
from ccpcr_lib.quality.relations import check_relations
from ccpcr_lib.words import sentences

CELL, PRINTED = "Slide 15!F5", '"6 (SA1, NC2, TL2)"'
HEAD = "period,rule,table,cells,printed,explanation,role\n"


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    from ccpcr_lib.excel.reader import read_workbook

    return read_workbook(shutil.copy(WORKBOOK, tmp_path_factory.mktemp("slips")))


@pytest.fixture
def told(reading):
    """What a check says of lines of the explanations: by rule and variant, with the cell and the message."""
    path = reading.path.parent / "explanations.csv"

    def tell(*lines: str) -> list[tuple[str, str, str]]:
        path.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        found = check_reading(reading)
        own = [each for each in found if each.rule.startswith("explanation_") or each.remark]
        return [(f"{each.rule}.{each.variant}".rstrip("."), each.where[0], each.message) for each in own]

    yield tell
    path.unlink(missing_ok=True)


# --- what a line of the explanations names -----------------------------------------------------------------

UNKNOWN = {
    "a table": (f"2010-Q2,note_sum,vocational_skill,{CELL},1,Known,", "table", "Did you mean “vocational_skills”?"),
    "no table": (f"2010-Q2,note_sum,xyz,{CELL},1,Known,", "table", "there is no table “xyz”, so this line explains"),
    "a rule": (
        f"2010-Q2,note_som,,{CELL},1,Known,",
        "rule",
        "no rule “note_som”, so this line explains nothing. Did you",
    ),
    "a rule of errors": (f"2010-Q2,fraction,,{CELL},1,Known,", "error", "a figure that cannot be read (fraction)"),
    "a sheet": (
        "2010-Q2,note_sum,,Slyde 15!F5,1,Known,",
        "sheet",
        "no sheet “Slyde 15” in this workbook, so this line",
    ),
    "no sheet": ("2010-Q2,note_sum,,F5,1,Known,", "cell", "there is no cell “F5” in this workbook"),
    "no cell": ("2010-Q2,note_sum,,Slide 15!F,1,Known,", "cell", "there is no cell “Slide 15!F” in this workbook"),
    "a cell far below": ("2010-Q2,note_sum,,Slide 15!F500,1,Known,", "cell", "no cell “Slide 15!F500” in this"),
    "a cell far aside": ("2010-Q2,note_sum,,Slide 15!ZZ5,1,Known,", "cell", "no cell “Slide 15!ZZ5” in this"),
    "a comma between cells": (
        '2010-Q2,note_sum,,"Slide 15!F5, Slide 15!F6",1,Known,',
        "cell",
        "several with ; between",
    ),
    "a quarter": (f"2010-Q22,note_sum,,{CELL},{PRINTED},Known,", "period", "“2010-Q22” is no quarter, so this line"),
    "a short year": (f"10-Q2,note_sum,,{CELL},{PRINTED},Known,", "period", "“10-Q2” is no quarter"),
    "a month of Excel": (f"Jun-10,note_sum,,{CELL},{PRINTED},Known,", "period", "“Jun-10” is no quarter"),
    "a year": (f"2010,note_sum,,{CELL},{PRINTED},Known,", "period", "“2010” is no quarter"),
}


@pytest.mark.parametrize(("line", "what", "words"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_known_in_a_line_is_said_at_its_row_and_its_reason_stays(told, line, what, words):
    ((rule, cell, message),) = told("2010-Q1,share,,Slide 7!H9,1,Of another quarter,", line)
    assert (rule, cell) == (f"explanation_unknown.{what}", "explanations.csv!A3")
    assert words in message
    assert "no longer needed" not in message


@pytest.mark.parametrize(
    "line",
    [
        *(f"{quarter},note_sum,,{CELL},{PRINTED},Known," for quarter in ("Q2 2010", "2010Q2", "2nd quarter 2010", "")),
        f"2010-q2,Note sum,Vocational Skills,{CELL},{PRINTED},Known,",
        f"2010-Q2,note_sum,,[2010-Q2.xlsx]slide 15!f5,{PRINTED},Known,",
    ],
)
def test_a_line_is_understood_however_its_quarter_rule_table_and_cell_are_written(told, line):
    ((rule, cell, message),) = told(line)
    assert (rule.partition(".")[0], cell) == ("note_sum", CELL)
    assert message.endswith("Known")


def test_a_line_of_another_quarter_says_nothing(told):
    assert told(f"Q1 2010,note_som,no_table,{CELL},1,Known,") == []


def test_a_line_of_another_rule_than_what_is_found_at_its_cell_is_not_called_needless(told):
    ((rule, cell, message),) = told(f"2010-Q2,share,,{CELL},1,Known,")
    assert (rule, cell) == ("explanation_unused.other", CELL)
    assert message.startswith(f"{CELL}: the explanation of an unknown date (“Known”) is about the rule share; what is")


def test_a_misspelt_table_ends_no_command_in_a_traceback(tmp_path):
    shutil.copy(WORKBOOK, tmp_path)
    line = f"2010-Q2,note_sum,referral_by_sex,{CELL},1,Known,\n"
    (tmp_path / "explanations.csv").write_text(HEAD + line, encoding="utf-8")
    output = run("check", tmp_path / WORKBOOK.name).output
    assert "explanations.csv!A2: there is no table “referral_by_sex”, so this line explains nothing. Did you" in output


def test_lines_of_a_quarter_keep_the_numbers_of_their_rows(tmp_path):
    path = tmp_path / "explanations.csv"
    path.write_text(f"{HEAD}\n2010-Q1,share,,A!B2,1,x,\n2010Q2,share,,A!B3,1,y,\n", encoding="utf-8")
    lines, undated = explanations_of(path, "2010-Q2")
    assert ({number: line.explanation for number, line in lines.items()}, undated) == ({4: "y"}, [])


# --- a file that is cut off --------------------------------------------------------------------------------

CUT = {
    "a relation": "name,left,operator,right,by,why\na,b.c,=,d.e,,So\nf,g.h,=,i.j",
    "the first line": "name,left,operator,right,by,why\nf,g.h,=,i.j,",
    "semicolons": "name;left;operator;right;by;why\r\na;b.c;=;d.e;;So\r\nf;g.h;=;i.j;",
    "tabs": "name\tleft\toperator\tright\tby\twhy\na\tb.c\t=\td.e\t\tSo\nf\tg.h\t=\ti.j",
    "in a cell of two lines": 'name,left,operator,right,by,why\na,b.c,=,d.e,,"So\nit is"\nf,g.h,=,"i\n.j"',
}
WHOLE = {
    "an end": CUT["a relation"] + "\n",
    "all cells": CUT["a relation"] + ",,",
    "an empty line": CUT["a relation"] + "\n,",
    "another short line": CUT["a relation"] + "\nk,l.m,=,n.o",
    "headings alone": "name,left,operator,right,by,why",
}


@pytest.mark.parametrize("text", CUT.values(), ids=CUT)
def test_a_file_that_ends_within_a_line_is_refused_at_that_line(text):
    with pytest.raises(CannotReadError, match=r"^x\.csv: the file ends within line [23]: it has [45] cells of 6, and"):
        lines_of(text, "x.csv", "name", "left", "operator", "right")


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_a_last_line_that_is_whole_or_ends_as_others_do_is_read(text):
    assert all(line["name"] for line in lines_of(text, "x.csv", "name", "left", "operator", "right").values())


# --- letters that were lost --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["???????? SA1, NC2", "Checked with ????????? form", "SA1,?????", "(????)", "“???? 2”", "x - ????", "a|b ???"],
)
@pytest.mark.parametrize("column", ["explanation", "role", "why", "label_en", "aliases"])
def test_question_marks_in_the_place_of_a_word_are_refused(column, words):
    with pytest.raises(CannotReadError, match=r"^x\.csv: in line 2 letters were lost when the file was saved: “"):
        lines_of(f'name,{column}\na,"{words}"\n', "x.csv", "name")


@pytest.mark.parametrize(
    "words", ["Is it right???", "Why??? Because", "(2010)??? So", "What??", "?? and ?", "100 %???"]
)
def test_question_marks_behind_a_word_are_no_loss(words):
    assert lines_of(f"name,why\na,{words}\n", "x.csv", "name") == {2: {"name": "a", "why": words}}


# --- lists -------------------------------------------------------------------------------------------------


def test_a_closed_list_without_lines_is_refused_and_an_open_one_is_not(tmp_path):
    for name in ("case_types.csv", "skills.csv"):
        (tmp_path / name).write_text("code,label_en\n", encoding="utf-8")
    with pytest.raises(CannotReadError, match=r"^case_types\.csv: the list has no lines, and it must have some"):
        read_codelist(tmp_path / "case_types.csv", is_open=False)
    assert read_codelist(tmp_path / "skills.csv", is_open=True).members == {}


@pytest.mark.parametrize("code", ["referred", "in_care"])
def test_a_measure_whose_cell_adds_was_emptied_is_refused_at_its_line(tmp_path, monkeypatch, code):
    from ccpcr_lib.model import measure

    lists = own_lists(tmp_path)
    lines = (lists / "measures.csv").read_text(encoding="utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if line.startswith(f"{code},"))
    for word in (",flow,", ",derived,"):
        lines[number - 1] = lines[number - 1].replace(word, ",,")
    (lists / "measures.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr(measure, "lists_folder", lambda: lists)
    monkeypatch.setattr(measure, "resource", lambda _: lists)
    with pytest.raises(CannotReadError, match=rf"^measures\.csv: the measure {code} .* adds of line {number} one of: "):
        measure.measures.__wrapped__()


# --- sentences ---------------------------------------------------------------------------------------------


def test_a_relation_without_a_reason_leaves_no_gap_in_its_sentence(tmp_path, reading):
    text = "name,left,operator,right,severity\nx,education.enrolled,>=,in_care,\ny,education.enrolled,>=,in_care,note\n"
    (tmp_path / "relations.csv").write_text(text, encoding="utf-8")
    relations, _ = read_relations(tmp_path / "relations.csv")
    statement, question = (found.sentence for found in check_relations(facts_of(reading), (), relations))
    assert statement.startswith("2nd quarter of 2010: Clients enrolled in school says 11, but it must be at least 64 (")
    assert question == "2nd quarter of 2010: Clients enrolled in school: 11; Clients in care: 64."
    because = [replace(relation, why="So it is.") for relation in relations]
    statement, question = (found.sentence for found in check_relations(facts_of(reading), (), because))
    assert statement.startswith("2nd quarter of 2010: So it is. Clients enrolled in school says 11, but")
    assert question == "2nd quarter of 2010: Clients enrolled in school: 11; Clients in care: 64. So it is."


def test_an_operator_that_is_none_stands_in_curly_quotes(tmp_path):
    (tmp_path / "relations.csv").write_text("name,left,operator,right\nx,a.b,=>,c.d\n", encoding="utf-8")
    (finding,) = read_relations(tmp_path / "relations.csv")[1]
    assert "operator is “=>”; choose one of: =, !=, <=, >=, both-or-neither." in finding.message


# --- explain -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full, so the explanation was not written"),
        (
            OSError(errno.EROFS, "Read-only file system"),
            "the explanation cannot be written here (Read-only file system)",
        ),
        (
            PermissionError(errno.EACCES, "Permission denied"),
            "the explanation cannot be written here, so the file stays",
        ),
    ],
)
def test_an_explanation_that_cannot_be_written_says_why_and_speaks_of_excel_only_where_it_may_be(
    tmp_path, monkeypatch, reason, words
):
    shutil.copy(WORKBOOK, tmp_path)

    def fails(*_: object) -> None:
        raise reason

    monkeypatch.setattr(Path, "replace", fails)
    done = run("explain", tmp_path / WORKBOOK.name, CELL, "Right.")
    refused(done, 2, f"explanations.csv: {words}")
    assert ("Excel" in done.stderr) == isinstance(reason, PermissionError)


def test_every_new_sentence_is_there_in_khmer():
    new = [name for name in sentences() if name.startswith(("explanation_unknown", "misnamed_file", "list_cut"))]
    assert len(new) >= 11
    assert all(sentences()[name].km for name in new)
