"""What a cell's number format says of a percent: 0.06 in ``0%`` is 6 %, 6 in ``0"%"`` is 6 %, other signs are words."""

import pytest
from looks import looking, marks, share_at
from planting import FIXTURES

from ccpcr_lib.excel.file.formats import LITERAL, NEITHER, PERCENT, kind_at, kind_of, percent_sections
from ccpcr_lib.excel.reader import read_workbook

SHARE, COUNT = "Slide 12!G6", "Slide 6!D9"

PERCENTS = ["0%", "0.00%", "[Red]0%", "0.0%;-0.0%", "_-0\\ %", "_(* 0%_)", '0% "of all"', "[$-409]0.0\u00a0%"]
LITERALS = [
    '0"%"',
    "0\\%",
    "0\\ \\%",
    '0.0"%"',
    '0" %"',
    '0"%";-0"%"',
    '("ca. "0"%")',
    'General"%"',
    "0[$%]",
    "[Red]0\\%",
]
NEITHERS = ['"100% of "0', '0" % of clients"', "0_%", "*%0", '0\\%" of all"', "General", "0.00", '"%"" "0;0%']


@pytest.mark.parametrize("code", PERCENTS)
def test_a_percent_sign_of_the_format_multiplies(tmp_path, code):
    assert kind_of(percent_sections(code)) == PERCENT
    reading = looking(tmp_path, SHARE, "0.18", kind="n", number_format=code)
    assert (share_at(reading, SHARE), reading.findings) == (0.18, ())


@pytest.mark.parametrize("code", LITERALS)
def test_a_typed_percent_sign_says_that_the_figure_is_the_percent(tmp_path, code):
    assert kind_of(percent_sections(code)) == LITERAL
    reading = looking(tmp_path, SHARE, "18", kind="n", number_format=code)
    assert (share_at(reading, SHARE), reading.findings) == (0.18, ())
    assert [claim.text for claim in reading.claims if claim.source == SHARE] == ["18%"]


def test_a_typed_percent_sign_is_believed_where_all_figures_are_small(tmp_path):
    reading = looking(tmp_path, SHARE, "1", kind="n", number_format='0"%"')
    assert share_at(reading, SHARE) == 0.01


@pytest.mark.parametrize("code", NEITHERS[:-1])
def test_a_percent_sign_among_other_words_is_no_percent(tmp_path, code):
    assert kind_of(percent_sections(code)) == NEITHER
    reading = looking(tmp_path, COUNT, "3", kind="n", number_format=code)
    assert reading.findings == ()
    assert len(reading.base) == 317


@pytest.mark.parametrize("code", [*PERCENTS, *LITERALS])
def test_a_percent_where_a_count_belongs_is_an_error_at_its_cell(tmp_path, code):
    reading = looking(tmp_path, COUNT, "3", kind="n", number_format=code)
    assert marks(reading) == [("not_a_number", "error", (COUNT,))]


@pytest.mark.parametrize("suffix", ["xls", "ods"])
@pytest.mark.parametrize(("cell", "share"), [("G6", 0.18), ("G7", 0.46), ("G8", 0.09), ("G9", 0.0), ("G10", 0.09)])
def test_other_formats_know_typed_percent_signs(suffix, cell, share):
    assert share_at(read_workbook(FIXTURES / f"marks.{suffix}", "2010-Q2"), f"Slide 12!{cell}") == share


BY_VALUE = [
    ('[>=1]0"%";0%', "18", LITERAL),
    ('[>=1]0"%";0%', "0.18", PERCENT),
    ("[<1]0%;0\\%", "18", LITERAL),
    ("[<1]0%;0\\%", "0.18", PERCENT),
    ("[<=1][Red]0%;[>1]0\\%", "18", LITERAL),
    ("[=0]0;[<1]0.0%;0.0\\%", "18", LITERAL),
    ("[=0]0;[<1]0.0%;0.0\\%", "0.18", PERCENT),
    ('0%;[<-1]0"%"', "0.18", PERCENT),
    ("[Red][>1]0\\%;[Blue]0%", "18", LITERAL),
    ("[>1.5E1]0\\%;0%", "18", LITERAL),
]


@pytest.mark.parametrize(("code", "value", "kind"), BY_VALUE)
def test_the_section_that_is_for_the_figure_says_what_its_percent_sign_is(tmp_path, code, value, kind):
    assert kind_at(percent_sections(code), float(value)) == kind
    reading = looking(tmp_path, SHARE, value, kind="n", number_format=code)
    assert (share_at(reading, SHARE), reading.findings) == (0.18, ())


def test_a_section_reaches_to_its_limit():
    sections = percent_sections('[>=1]0"%";0%')
    assert [kind_at(sections, number) for number in (0.99, 1, -1)] == [PERCENT, LITERAL, PERCENT]


@pytest.mark.parametrize("code", ["[>=100]0%;0", "[>=100]0\\%;General", "[<2]0;[<3]General;0%"])
def test_a_count_is_no_percent_where_its_section_shows_none(tmp_path, code):
    value = "2" if "<3" in code else "3"
    assert kind_at(percent_sections(code), float(value)) == NEITHER
    assert (
        looking(tmp_path, COUNT, value, kind="n", number_format=code).findings
        == looking(tmp_path, COUNT, value, kind="n").findings
    )


@pytest.mark.parametrize("suffix", ["xls", "ods"])
@pytest.mark.parametrize(("cell", "share"), [("G6", 0.18), ("G7", 0.46), ("G8", 0.09), ("G9", 0.0), ("G10", 0.09)])
def test_other_formats_know_sections_by_value(suffix, cell, share):
    assert share_at(read_workbook(FIXTURES / f"conditions.{suffix}", "2010-Q2"), f"Slide 12!{cell}") == share
