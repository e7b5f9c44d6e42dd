"""Lists that Excel or an editor saved in another way are read the same; what is damaged is refused in one line."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest
from commands import run
from excel_csv import ENCODINGS, ENDINGS, SEPARATORS, as_bytes, as_text, in_one_column
from workbooks import WORKBOOK

from ccpcr_lib.model.codelist import read_codelist
from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.model.list_file import lines_of, numbered_list, read_list, text_of
from ccpcr_lib.model.list_text import LIMIT
from ccpcr_lib.quality.relation_lines import read_relations

ROWS = [
    ["code", "label_en", "label_km", "aliases"],
    ["sewing", "Sewing; by hand, or not", "", "Élève|Tailoring"],
    ["weaving", 'Weaving "silk"', "", "two\nlines"],
    ["-", "+ more", "", "="],
]
AS_READ = {number: dict(zip(ROWS[0], row, strict=True)) for number, row in enumerate(ROWS[1:], 2)}
KHMER = [["code", "label_en", "label_km"], ["sewing", "Sewing", "កាត់ដេរ"]]


def written(folder: Path, data: bytes, name: str = "skills.csv") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_list_reads_the_same_in_every_encoding_with_every_separator(tmp_path, encoding, separator, ending):
    text = as_text(ROWS, SEPARATORS[separator], ENDINGS[ending])
    assert numbered_list(written(tmp_path, as_bytes(text, encoding))) == AS_READ


@pytest.mark.parametrize("encoding", [name for name in ENCODINGS if name != "cp1252"])
def test_khmer_reads_the_same_in_every_encoding_that_holds_it(tmp_path, encoding):
    path = written(tmp_path, as_bytes(as_text(KHMER, ";"), encoding))
    assert read_codelist(path, is_open=True).label("sewing", "km") == "កាត់ដេរ"


LOOSE = {
    "empty columns behind": "code,label_en,,,\r\nsewing,Sewing,,,\r\n,,,,\r\n,,,,\r\n",
    "headings in capitals": "CODE,Label_EN\nsewing,Sewing\n",
    "headings with blanks": " code , Label EN \nsewing , Sewing\n",
    "a mark before the heading": "\ufeff\ufeffcode,label_en\nsewing,Sewing\n",
    "a mark in the middle": "code,label_en\n\ufeffsewing,Sewing\n",
    "quoted headings": '"code","label_en"\n"sewing","Sewing"\n',
    "another order": "label_en,code\nSewing,sewing\n",
    "a column of somebody's own": "code,seen by,label_en\nsewing,me,Sewing\n",
    "a column without a heading": "code,,label_en\nsewing,remark,Sewing\n",
    "empty lines above": "\r\n,,\r\ncode,label_en\nsewing,Sewing\n",
    "no line break at the end": "code,label_en\nsewing,Sewing",
    "what Excel is told": "sep=;\r\ncode;label_en\r\nsewing;Sewing\r\n",
    "what Excel is told, in quotation marks": '"sep=\t"\r\ncode\tlabel_en\r\nsewing\tSewing\r\n',
    "what Excel is told wrongly": "SEP=;\ncode,label_en\nsewing,Sewing\n",
    "bars that Excel is told of": "sep=|\ncode|label_en\nsewing|Sewing\n",
    "all in one column": 'code,label_en\n"sewing,""Sewing"""\n',
    "all in one column, headings too": '"code,label_en"\n"sewing,Sewing"\n',
    "cells that are left out": "code,label_en,aliases\nsewing,Sewing\n",
    "blanks before a quotation mark": 'code, label_en\nsewing, "Sewing"\n',
    "an apostrophe before a sign": "code,label_en,why\nsewing,Sewing,'=2+2\n",
    "line breaks of two kinds": "code,label_en\r\r\nsewing,Sewing\n\r",
    "the end sign of DOS": "code,label_en\nsewing,Sewing\n\x1a",
    "a semicolon in a cell of commas": "code,label_en,aliases\nsewing,Sewing,a;b;c;d;e\n",
    "commas in a cell of semicolons": "code;label_en;aliases\nsewing;Sewing;a,b,c,d,e\n",
}


@pytest.mark.parametrize("text", LOOSE.values(), ids=LOOSE)
def test_what_excel_and_editors_add_is_no_fault(tmp_path, text):
    (line,) = read_list(written(tmp_path, text.encode()))
    assert (line["code"], line["label_en"]) == ("sewing", "Sewing")


def test_an_apostrophe_that_keeps_excel_from_counting_is_no_part_of_the_text():
    assert lines_of("code,why\na,'=2+2\nb,'90s\nc,''-1\nd,'4/2\n", "x.csv") == {
        2: {"code": "a", "why": "=2+2"},
        3: {"code": "b", "why": "'90s"},
        4: {"code": "c", "why": "'-1"},
        5: {"code": "d", "why": "4/2"},
    }


def test_a_file_of_commas_saved_where_semicolons_are_usual_reads_the_same():
    rows = [["name", "left", "operator", "right", "why"], ["x", "a.b", "<=", "c.d", 'It is, "always", so.']]
    assert lines_of(in_one_column(as_text(rows)), "x.csv", "name", "left") == {2: dict(zip(*rows, strict=True))}


# --- what is refused ---------------------------------------------------------------------------------------

HEAD = b"code,label_en,label_km\n"
HANDMADE = "កាត់ដេរ"
REFUSED = {
    "an empty file": (b"", "the file is empty. Its line 1 must name code"),
    "nothing but a mark": (b"\xef\xbb\xbf", "the file is empty."),
    "nothing but separators": (b",,,\r\n;;;\r\n", "the file is empty."),
    "no headings": (b"sewing,Sewing\n", "line 1 has no heading “code”. Write the headings again"),
    "another heading": (b"\nkode,label_en\n", "line 2 has no heading “code”."),
    "headings twice": (HEAD + b"a,A,\n" + HEAD, "line 3 names the columns once more. Delete it."),
    "a column twice": (b"code,label_en,Code\na,A,b\n", "line 1 names the column code twice."),
    "an open quotation mark": (HEAD + b'a,"A,\nb,B,\n', "in line 2 a quotation mark is missing"),
    "a quotation mark too much": (HEAD + b'a,"say "a" now",\n', "in line 2 a quotation mark is missing"),
    "a huge cell": (HEAD + b"a," + b"x" * 40_000 + b",\n", "line 2 has a cell of more than 32767 letters"),
    "a huger cell": (HEAD + b"\na," + b"x" * 140_000 + b",\n", "line 3 has a cell of more than 32767 letters"),
    "a quotation mark without end": (HEAD + b'a,"' + b"x" * 140_000, "line 2 has a cell of more than 32767"),
    "a zero byte": (HEAD + b"a,\0A,\n", "line 2 holds a sign that no text has"),
    "a zero byte in UTF-16": ("code;x\na;\0\n".encode("utf-16"), "line 2 holds a sign that no text has"),
    "zero bytes only": (bytes(64), "line 1 holds a sign that no text has"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "line 2 holds a sign that no text has"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(60), "this is an Excel workbook or an archive"),
    "an archive": (b"PK\x05\x06" + bytes(18), "this is an Excel workbook or an archive that was only renamed."),
    "another encoding behind": (
        HEAD + f"a,A,{HANDMADE}\n".encode() + b"b,\xc9l\xe8ve,\n",
        "line 3 is written in another",
    ),
    "UTF-8 behind UTF-16": (
        "code;label_en\r\na;A\r\n".encode("utf-16") + b"b;Basket weaving, by hand\r\n",
        "line 3 is written in another encoding than the lines before it.",
    ),
    "UTF-16 behind UTF-8": (HEAD + "b,B,\n".encode("utf-16"), "line 2 holds a sign that no text has"),
    "cp1252 behind a mark": (b"\xef\xbb\xbf" + HEAD + b"a,\xc9l\xe8ve,\n", "line 2 is written in another encoding"),
    "cut in a letter": (HEAD + f"a,A,{HANDMADE}".encode()[:-1], "the file ends in the middle of a letter, in line 2"),
    "UTF-16 cut in a letter": (
        "code;x\na;b\n".encode("utf-16")[:-1],
        "the file ends in the middle of a letter, in line 2",
    ),
    "letters of no encoding": (HEAD + b"a,\x81\xfe,\n", "line 2 has letters of no encoding that Excel writes."),
    "letters taken for others": (
        HEAD + "a,A,áž€áž¶áž\x8fáŸ‹\n".encode(),
        "in line 2 letters were lost when the file was",
    ),
    "accents taken for others": (HEAD + "a,rÃ©fÃ©rÃ©s,\n".encode(), "in line 2 letters were lost when the file was"),
    "letters that nobody knew": (HEAD + "a,r\ufffdf,\n".encode(), "in line 2 letters were lost"),
    "Khmer saved as cp1252": (
        HEAD + b"a,A,???????\n",
        "in line 2 letters were lost when the file was saved: “???????”.",
    ),
    "a text that Excel calculated": (
        HEAD + b"a,#NAME?,x\n",
        "in line 2 letters were lost when the file was saved: “#NAME?”.",
    ),
    "a Khmer alias saved as cp1252": (b"code,label_en,aliases\na,A,Girl|??????\n", "in line 2 letters were lost"),
    "Khmer with a name, saved so": (HEAD + b"a,A,??????? RAO\n", "in line 2 letters were lost"),
    "too many cells": (HEAD + b"a,A,b,c\n", "line 2 has 4 cells, but the first line names 3 columns. Put a text"),
    "no code": (HEAD + b",Sewing,x\n", "the line “Sewing, x” has no code. Write one in the column code of line 2"),
    "a code twice": (
        HEAD + b"a,A,\n\nb,B,\na,C,\n",
        "the code a stands twice. Each code may stand once: delete line 2 or line 5.",
    ),
    "a code that became a date": (
        HEAD + b"17-Nov,11-17 years,\n",
        "line 2 has the code 17-Nov, a date that Excel made",
    ),
    "a code with a year": (
        HEAD + b"11/17/2010,11-17 years,\n",
        "line 2 has the code 11/17/2010, a date that Excel made",
    ),
    "no label": (HEAD + b"a,A,\nb,,\n", "the code b has no label. Write one in line 3"),
    "too few cells": (HEAD + b"a\n", "the code a has no label. Write one in line 2"),
}


@pytest.mark.parametrize(("data", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line_with_what_to_do(tmp_path, data, why):
    with pytest.raises(CannotReadError) as refusal:
        read_codelist(written(tmp_path, data), is_open=True)
    assert str(refusal.value).startswith(f"skills.csv: {why}")
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith(".")


def test_what_is_no_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.csv")
    written(tmp_path, b"x" * (LIMIT + 1), "large.csv")
    with zipfile.ZipFile(tmp_path / "zip.csv", "w") as archive:
        archive.writestr("a", "b")
    shutil.copy(WORKBOOK, tmp_path / "book.csv")
    whys = {
        "folder.csv": "this is a folder, where a CSV file belongs.",
        "gone.csv": "there is no such file.",
        "pipe.csv": "the file cannot be opened.",
        "large.csv": "the file has 4 MB; such a list has far less than 4 MB.",
        "zip.csv": "this is an Excel workbook or an archive",
        "book.csv": "this is an Excel workbook or an archive",
    }
    for name, why in whys.items():
        with pytest.raises(CannotReadError) as refusal:
            text_of(tmp_path / name)
        assert str(refusal.value).startswith(f"{name}: {why}")

    def forbidden(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(CannotReadError, match=r"^book\.csv: the file cannot be opened\."):
        text_of(tmp_path / "book.csv")


# --- relations ---------------------------------------------------------------------------------------------

RELATION = [
    ["name", "left", "operator", "right", "why"],
    ["x", "education.enrolled - education.enrolled.grade_1", ">=", "education.enrolled", 'déjà; là, "vu"'],
]


@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_relations_read_the_same_in_every_encoding_with_every_separator(tmp_path, encoding, separator):
    path = written(tmp_path, as_bytes(as_text(RELATION, separator), encoding), "relations.csv")
    (relation,), findings = read_relations(path)
    assert (relation.operator, relation.why, findings) == (">=", 'déjà; là, "vu"', ())


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b",,,\r\n", b"sep=;\r\n", b"name;left;operator;right\r\n;;;"]
)
def test_relations_that_name_none_say_that_none_is_checked(tmp_path, data):
    shutil.copy(WORKBOOK, tmp_path)
    written(tmp_path, data, "relations.csv")
    assert read_relations(tmp_path / "relations.csv")[0] == ()
    output = run("check", tmp_path / WORKBOOK.name).output
    assert "note: relations.csv!A1: the file names no relation, so that none is checked. Delete the file" in output


@pytest.mark.parametrize("name", ["relations.csv", "explanations.csv"])
@pytest.mark.parametrize("kind", ["a folder", "a workbook", "an open quotation mark", "a zero byte", "too many cells"])
def test_a_file_beside_the_workbook_that_cannot_be_read_ends_a_check_in_one_line(tmp_path, name, kind):
    shutil.copy(WORKBOOK, tmp_path)
    path = tmp_path / name
    head = b"rule,cells,explanation,name,left,operator,right\n"
    ways = {"a workbook": WORKBOOK.read_bytes(), "an open quotation mark": head + b'a,"b', "a zero byte": head + b"\0"}
    path.mkdir() if kind == "a folder" else path.write_bytes(ways.get(kind, head + b"a,b,c,d,e,f,g,h"))
    done = run("check", tmp_path / WORKBOOK.name)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"{name}: ")
