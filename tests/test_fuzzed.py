"""A sheet with any slip of the hand in it is read without a crash, and never to other counts without a word.

What a slip may change silently is nothing but the count of the cell that was typed over. Lines that change places keep
their counts; a line that is left out takes its own with it. Whatever else changes is told: a finding names the sheet
or its table, or the workbook is refused.
"""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from counted import FIELDS, as_records
from extent import EXAMPLES, extent
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutated import counts_in, misspelt, moved, pictures_of, quarters, retyped, saved, stray
from workbooks import WORKBOOK

from ccpcr_lib import load
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.catalogue import spec
from ccpcr_lib.model.errors import CannotReadError

CATEGORY = FIELDS.index("category")
SHEETS = [(period, name) for period, sheets in sorted(quarters().items()) for name in sorted(sheets)]
PART = settings(max_examples=EXAMPLES[extent()] * 2 // 5, suppress_health_check=list(HealthCheck))


def tables_of(picture) -> set[str]:
    return {count[0] for count in counts_in(picture)}


def comparable(counts) -> Counter:
    """Count each record once, however often it is typed; in an open list a row may have any other name."""
    return Counter((*it[:CATEGORY], None, *it[CATEGORY + 1 :]) if spec(it[0]).is_open else it for it in counts)


def known_before(period: str, name: str) -> set[tuple]:
    """List what is found in the sheet as it is: that says nothing of a slip."""
    with TemporaryDirectory() as folder:
        path, _ = saved(Path(folder), period, name, quarters()[period][name])
        return {(item.rule, item.message) for item in load(path).problems}


BEFORE: dict[tuple[str, str], set[tuple]] = {}


def is_told(path: Path, period: str, name: str, tables: set[str]) -> bool:
    """Check whether something new is found at a cell of the sheet, or in one of its tables."""
    if (period, name) not in BEFORE:
        BEFORE[period, name] = known_before(period, name)
    return any(
        item.table in tables or any(at.startswith(f"{name}!") for at in item.where)
        for item in (*read_workbook(path).findings, *load(path).problems)
        if (item.rule, item.message) not in BEFORE[period, name]
    )


def assert_no_silent_change(period: str, name: str, slipped) -> None:
    original = quarters()[period][name]
    with TemporaryDirectory() as folder:
        path, edited = saved(Path(folder), period, name, slipped)
        try:
            reading = read_workbook(path)
        except CannotReadError:
            return
        sources = zip(reading.counts["source"], as_records(reading.counts), strict=True)
        here = [it for at, it in sources if at.startswith(f"{name}!") and at not in edited]
        typed = {cell.count: None for cell in slipped.cells.values() if cell.count in set(counts_in(original))}
        if comparable(here) != comparable(typed):
            assert is_told(path, period, name, tables_of(original)), sorted(set(typed) ^ set(here), key=repr)[:6]


def slips(kind):
    """Draw a sheet of either quarter, and a slip of this kind in it."""
    return st.sampled_from(SHEETS).flatmap(
        lambda sheet: st.tuples(st.just(sheet), kind(quarters()[sheet[0]][sheet[1]]))
    )


@PART
@given(slips(retyped))
def test_a_cell_typed_over_changes_no_count_but_its_own_without_a_word(slip):
    (period, name), slipped = slip
    assert_no_silent_change(period, name, slipped)


@PART
@given(slips(misspelt))
def test_a_label_misspelt_or_blank_changes_no_count_without_a_word(slip):
    (period, name), slipped = slip
    assert_no_silent_change(period, name, slipped)


@PART
@given(slips(moved))
def test_lines_swapped_doubled_left_out_or_put_in_change_no_count_without_a_word(slip):
    (period, name), slipped = slip
    assert_no_silent_change(period, name, slipped)


@PART
@given(slips(stray))
def test_a_stray_number_changes_no_count_and_is_told_where_it_touches_the_table(slip):
    (period, name), slipped = slip
    assert_no_silent_change(period, name, slipped)


@pytest.mark.parametrize(("period", "name"), SHEETS)
def test_a_sheet_by_itself_reads_as_it_does_in_its_workbook(period, name, tmp_path):
    picture = quarters()[period][name]
    path, edited = saved(tmp_path, period, name, picture)
    found = pictures_of(path)[name]
    assert (Counter(counts_in(found)), edited) == (Counter(counts_in(picture)), set())


def test_the_real_quarter_is_one_of_those_that_slips_are_made_in():
    assert sum(len(counts_in(it)) for it in quarters()["2010-Q2"].values()) == len(read_workbook(WORKBOOK).counts)
