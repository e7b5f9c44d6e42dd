"""Whatever stands in a CSV file is read as it is or refused in one line, and whatever is added reads back the same."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from excel_csv import ENCODINGS, ENDINGS, SEPARATORS, as_bytes, as_text
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ccpcr_lib.model.codelist import read_codelist
from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.model.list_change import with_line
from ccpcr_lib.model.list_file import lines_of
from ccpcr_lib.model.list_text import decoded
from ccpcr_lib.quality.explanations import read_explanations
from ccpcr_lib.quality.relation_lines import read_relations

LETTERS = "abZ019 .,;|\t\"'=+-@#?!\n\r/()éÉñœ–”€"
COLUMNS = ("name", "left", "operator", "right")


def tables(letters: str) -> st.SearchStrategy[list[list[str]]]:
    """Rows of any cells; none begins with an apostrophe, which may be no part of its text."""
    cells = st.text(letters, max_size=8).filter(lambda text: not text.strip().startswith("'"))
    return st.lists(st.lists(cells, min_size=4, max_size=4), max_size=5)


def with_tables(encoding: str) -> st.SearchStrategy[tuple[str, list[list[str]]]]:
    letters = LETTERS if encoding == "cp1252" else LETTERS + "កត្រី១\u200bទៅ𑄀"
    return st.tuples(st.just(encoding), tables(letters))


def could_be_utf_8(data: bytes) -> bool:
    """Whether accents are also letters of UTF-8, as the two bytes of ``Éœ`` are one ``ɜ``: nothing tells which."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


@given(
    saved=st.sampled_from([*ENCODINGS]).flatmap(with_tables),
    separator=st.sampled_from([*SEPARATORS.values()]),
    ending=st.sampled_from([*ENDINGS.values()]),
    told=st.sampled_from(["", "sep={}", '"sep={}"']),
)
def test_whatever_a_table_says_it_reads_back_the_same(saved, separator, ending, told):
    encoding, rows = saved
    text = (told and told.format(separator) + ending) + as_text([COLUMNS, *rows], separator, ending)
    assume(encoding != "cp1252" or not could_be_utf_8(text.encode(encoding)))
    lines = lines_of(decoded(as_bytes(text, encoding), "x.csv"), "x.csv", *COLUMNS)
    stripped = {number: dict(zip(COLUMNS, map(str.strip, row), strict=True)) for number, row in enumerate(rows, 2)}
    assert lines == {number: line for number, line in stripped.items() if any(line.values())}


BEGINNINGS = (
    "",
    "code,label_en\n",
    "code;label_en;label_km\r\na;b;ក\r\n",
    'code,"label_en\n"\n',
    "sep=;\ncode;label_km\n",
)


@given(
    before=st.sampled_from(BEGINNINGS),
    encoding=st.sampled_from([name for name in ENCODINGS if name != "cp1252"]),
    behind=st.one_of(st.binary(max_size=60), st.text(max_size=40).map(str.encode)),
    cut=st.integers(0, 12),
)
@example(before="", encoding="UTF-8 with mark", behind=b"\x0b", cut=0)
def test_whatever_bytes_stand_there_they_are_read_or_refused_in_one_line(
    tmp_path_factory, before, encoding, behind, cut
):
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    data = as_bytes(before, encoding) + behind
    path.write_bytes(data[: len(data) - cut])
    for read in (partial(read_codelist, is_open=True), read_relations, read_explanations):
        refusal = refused_with(read, path)
        assert not refusal or refusal.startswith("bytes.csv: ")
        assert len(refusal.splitlines()) <= 1


def refused_with(read: Callable[[Path], object], path: Path) -> str:
    """Why a file cannot be read; empty where it can."""
    try:
        read(path)
    except CannotReadError as refusal:
        return str(refusal)
    return ""


TYPED = st.text("abZ019 .,;|\t\"'=+-@#?!\n/()éñœ–”€កត្រី១\u200bទៅ", max_size=12)


@given(
    old=st.lists(st.lists(TYPED, min_size=3, max_size=3), max_size=4),
    new=st.lists(TYPED, min_size=3, max_size=3),
    separator=st.sampled_from([*SEPARATORS.values()]),
    ending=st.sampled_from([*ENDINGS.values()]),
    at=st.integers(0, 5),
)
def test_whatever_is_added_reads_back_and_whatever_stood_there_stays(old, new, separator, ending, at):
    columns = ["rule", "cells", "note"]
    text = as_text([columns, *old], separator, ending)
    before = lines_of(text, "x.csv", *columns)
    line = {name: cell.strip() for name, cell in zip(columns, new, strict=True)}
    after = lines_of(with_line(text, "x.csv", line, columns, at=at), "x.csv", *columns)
    place = at if 2 <= at < 2 + len(old) else 2 + len(old)
    assert after == {number: told for number, told in (before | {place: line}).items() if any(told.values())}
