"""A quarter at a glance: every figure worked out by hand, for the real quarter and for the last one of the demo."""

import shutil
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from commands import ccpcr
from planting import plant
from workbooks import DEMO, WORKBOOK, without_sheet

from ccpcr_lib import CannotReadError, load, release
from ccpcr_lib.model.glance import glance_lines
from ccpcr_lib.model.plan import Plan
from ccpcr_lib.model.resources import OTHER_LISTS
from ccpcr_lib.publish.text.glance import disputed_cells, glance_frame, glance_table
from ccpcr_lib.publish.text.glance_html import open_line
from ccpcr_lib.publish.text.summary import changes_told, summary

NEW, ASSESSED, CARE, VISITED, SCHOOL, SKILLS, TRADE, HOME, ON, AFTER = range(10)
"""The rows, in the order of a child's way."""


@pytest.fixture(scope="module")
def real():
    return glance_frame(release(WORKBOOK))


@pytest.fixture(scope="module")
def demo():
    return glance_frame(release(DEMO, period="2011-Q4"))


def test_the_rows_follow_the_way_of_a_child(real):
    assert list(real.index) == [
        "Newly referred",
        "Family assessed",
        "In care",
        "Visited the family",
        "Newly in school",
        "Reached by life skills",
        "Newly in vocational training",
        "Reintegrated",
        "Referred on to partners",
        "Followed up",
    ]


# Slide 6: 15 + 2 + 1; slide 16: 15 + 2 + 1, 36 before; slide 8: 61 in April, 2 and 1 newly referred later; slide 17:
# 29 + 8 + 0, 6 before; slide 12: 11; slide 14: at least 25 in the largest topics; slide 15: 4 + 1 + 1; slide 18:
# 12 + 6 + 6, which slides 7 and 8 call 27; slide 19: 3; slide 20: 12, all in June.
QUARTER = ["18", "18", "64", "37", "11", "≥ 25", "6", "24 †", "3", "12"]
BEFORE = ["…", "36", "…", "6", "…", "…", "…", "…", "…", "…"]
# The first quarter is known of assessments (36 + 18) and of visits (6 + 37) only.
TO_DATE = ["≥ 18", "54", "≥ 64", "43", "≥ 11", "≥ 25", "≥ 6", "≥ 24 †", "≥ 3", "≥ 12"]
RATES = [
    "–",
    "18 of 18 newly referred (100\u00a0%)",
    "–",
    # By client: 27 in April and 3 and 1 of other case types in May. 31 ÷ 64 is 48.4 %.
    "at least 31 of 64 in care (at least 48\u00a0%)",
    "11 of 64 in care (17\u00a0%)",
    "at least 25 of 64 in care (at least 39\u00a0%)",
    "6 of 64 in care (9\u00a0%)",
    # 24 ÷ 64 is 37.5 %: half up.
    "24 † of 64 in care (38\u00a0%\u00a0†)",
    "3 of 64 in care (5\u00a0%)",
    "12 of at least 24 † reintegrated since 2010",
]


def test_each_figure_of_the_real_quarter(real):
    assert list(real["Q2 2010"]) == QUARTER
    assert list(real["Q1 2010"]) == BEFORE
    assert list(real["2010 to date"]) == TO_DATE
    assert list(real["Of how many"]) == RATES
    assert list(real["By month"])[:4] == ["15, 2, 1", "15, 2, 1", "61, 51, 43", "29, 8, 0"]


def test_the_one_target_is_60_of_which_30_are_due_and_it_is_not_judged_from_one_of_two_quarters(real):
    planned = real[["Due by now", "Plan 2010", "State"]].to_numpy().tolist()
    assert planned == [["30", "60", "◔ incomplete"], *[["–", "–", "–"]] * 9]


def test_a_quarter_that_nobody_knows_anything_of_has_no_column(real):
    assert "Q2 2009" not in real.columns


def test_the_sentence_of_the_real_quarter():
    assert summary(release(WORKBOOK)) == (
        "In the 2nd quarter of 2010, 64 clients were in care, 18 of them newly referred, and 24 † were reintegrated; "
        "at least 18 of 60 planned for 2010 (clients referred to the shelter), from 1 of 2 quarters, "
        "so it cannot be said whether that is on plan."
    )


def test_what_changed_is_told_where_both_quarters_are_known_the_clearest_first():
    assert changes_told(release(WORKBOOK)) == [
        "Visited the family: 37, up from 6 in the 1st quarter of 2010.",
        "Family assessed: 18, down from 36 in the 1st quarter of 2010.",
        "Newly referred: 15 in April, 2 in May and 1 in June.",
    ]


def test_six_figures_of_the_real_quarter_are_in_dispute():
    assert disputed_cells(release(WORKBOOK)) == 6


# The demo's workbooks of 2011, quarter by quarter: 19, 19, 11 and 16 newly referred, 63 in care in January and so on.
def test_each_figure_of_the_demos_last_quarter(demo):
    assert list(demo["Q4 2011"]) == ["16", "16", "59", "22", "8", "≥ 49", "7", "10", "1", "≥ 5"]
    assert list(demo["Q3 2011"]) == ["11", "11", "59", "18", "4", "≥ 53", "2", "14", "2", "≥ 7"]
    assert list(demo["Q4 2010"]) == ["17", "17", "65", "24", "9", "≥ 59", "9", "20", "2", "≥ 7"]
    assert list(demo["2011 to date"]) == ["65", "65", "108", "110", "26", "≥ 61", "16", "54", "6", "≥ 13"]
    assert list(demo["Due by now"]) == ["60", "–", "–", "80", "–", "–", "24", "48", "–", "12"]
    assert list(demo["Last 8 quarters"])[HOME] == "8, 15, 8, 20, 16, 14, 14, 10"


def test_the_rates_of_the_demos_last_quarter(demo):
    assert [demo["Of how many"].iloc[row] for row in (ASSESSED, VISITED, SCHOOL, HOME, AFTER)] == [
        "16 of 16 newly referred (100\u00a0%)",
        "at least 13 of 59 in care (at least 22\u00a0%)",  # 13 ÷ 59 is 22.03 %
        "8 of 59 in care (14\u00a0%)",  # 13.6 %
        "10 of 59 in care (17\u00a0%)",  # 16.9 %
        "at least 5 of 168 reintegrated since 2009 (at least 2\u00a0%)",  # 2.98 %: at least is rounded down
    ]


@pytest.mark.parametrize("period", ["2009-Q1", "2010-Q3", "2011-Q2", "2011-Q4"])
def test_a_rate_is_of_its_own_quarter_and_never_of_quarters_that_were_added(period):
    """Assessments of a quarter beside the referrals of two, or the reverse, would say 26 % or 108 %."""
    shown = glance_frame(release(DEMO, period=period))["Of how many"]
    assert shown.iloc[ASSESSED].endswith("newly referred (100\u00a0%)")


# --- what is missing, small, disputed ---


def told(tmp_path, *cells):
    return glance_frame(release(load(plant(tmp_path, *cells))))


def test_a_blank_makes_at_least_of_a_figure_and_of_its_rate(tmp_path):
    # Slide 12!C6, 2 of the 11 pupils, is blank: at least 9 of 64, 14.06 %; the printed total still says 11.
    shown = told(tmp_path, ("Slide 12", "C6", None))
    assert shown.iloc[SCHOOL]["Q2 2010"] == "≥ 9 †"
    assert shown.iloc[SCHOOL]["Of how many"] == "at least 9 † of 64 in care (at least 14\u00a0%\u00a0†)"


def test_of_a_whole_that_is_not_known_there_is_no_percent(tmp_path):
    # The clients in the shelter in April are blank: there were at least 52.
    shown = told(tmp_path, ("Slide 8", "B6", None))
    assert shown.iloc[CARE]["Q2 2010"] == "≥ 52 †"
    assert shown.iloc[SCHOOL]["Of how many"] == "11 of at least 52 † in care"


def test_of_fewer_than_ten_there_is_no_percent():
    # Seven kinds of clients came and were assessed; here there is one of each.
    quarter = load(WORKBOOK)
    few = [
        replace(count, value=min(count.value or 0, 1)) if count.source[:8] in ("Slide 6!", "Slide 16") else count
        for count in quarter.reading.base
    ]
    shown = glance_frame(release(replace(quarter, reading=replace(quarter.reading, base=tuple(few)), problems=())))
    assert shown.iloc[ASSESSED]["Of how many"] == "7 of 7 newly referred"


def test_a_quarter_with_nothing_of_a_measure_says_so_and_never_zero():
    quarter = load(WORKBOOK)
    reading = quarter.reading
    members = MappingProxyType({name: rows for name, rows in reading.members.items() if name != "reintegration"})
    base = tuple(count for count in reading.base if count.measure != "reintegrated")
    without = replace(quarter, reading=replace(reading, members=members, base=base, claims=()), problems=())
    assert glance_frame(release(without)).iloc[HOME]["Q2 2010"] == "…"
    assert "how many were reintegrated was not reported" in summary(release(without))


def test_it_is_compared_with_the_quarter_that_is_named():
    shown = glance_frame(release(DEMO, period="2011-Q4", compare_with="2011-Q1"))
    assert list(shown["Q1 2011"])[NEW] == "19"
    with pytest.raises(CannotReadError, match="last year"):
        release(DEMO, period="2011-Q4", compare_with="last year")


@pytest.mark.parametrize("language", ["km", "en+km"])
def test_it_has_the_same_figures_in_every_language(language):
    shown = glance_table(release(DEMO, language, period="2011-Q4"))
    place = shown.columns.index("now")
    figures = [row[place].split("\n")[0] for row in shown.rows]
    assert figures == ["16", "16", "59", "22", "8", "≥ 49", "7", "10", "1", "≥ 5"]


# --- its list ---


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("refered,New,,in,,,", "line 2: code cannot be refered"),
        ("referred,New,,inside,,,", "line 2: stage cannot be inside"),
        ("referred,New,,in,everybody,,", "line 2: of cannot be everybody"),
        ("referred,New,,in,,,each", "line 2: counted cannot be each"),
    ],
)
def test_a_line_that_names_what_nobody_knows_is_refused(tmp_path, monkeypatch, line, why):
    (tmp_path / "glance.csv").write_text(f"code,label_en,label_km,stage,of,of_what,counted\n{line}\n", encoding="utf-8")
    monkeypatch.setenv(OTHER_LISTS, str(tmp_path))
    with pytest.raises(CannotReadError, match=why):
        glance_lines.__wrapped__()


@pytest.mark.parametrize(("period", "other"), [("2011-Q4", "2010"), ("2011", "2010-H1"), ("2011-H1", "2010-Q1")])
def test_what_is_not_as_long_is_not_compared(period, other):
    with pytest.raises(CannotReadError, match=rf"^{period} cannot be compared with {other}, which is not as long\."):
        release(DEMO, period=period, compare_with=other)


def test_a_year_is_held_against_the_year_before_and_its_rates_are_those_that_add():
    shown = glance_frame(release(DEMO, period="2011"))
    assert list(shown["2011"])[NEW::HOME] == ["65", "54"]  # 19 + 19 + 11 + 16; 16 + 14 + 14 + 10
    assert list(shown["2010"])[NEW::HOME] == ["57", "51"]  # 14 + 9 + 17 + 17; 8 + 15 + 8 + 20
    rates = list(shown["Of how many"])
    assert rates[ASSESSED] == "65 of 65 newly referred (100\u00a0%)"
    assert [rates[row] for row in (VISITED, SCHOOL, SKILLS, HOME, ON, AFTER)] == ["per quarter only"] * 6


def test_a_rate_of_a_year_counts_the_quarters_in_which_both_parts_are_known():
    """Of 2010 the assessments of two quarters are known (36 and 18) and the referrals of one (18)."""
    shown = glance_frame(release(WORKBOOK.parent, period="2010"))
    assert shown.iloc[ASSESSED]["2010"] == "≥ 54"
    assert shown.iloc[ASSESSED]["Of how many"] == "18 of 18 newly referred (100\u00a0%), from 1 of 4 quarters"


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("2010-Q3", "2010-Q2 cannot be compared with 2010-Q3, which is no earlier one"),
        ("2010-Q2", "2010-Q2 cannot be compared with 2010-Q2, which is no earlier one"),
        ("2008-Q1", "There is no workbook of 2008-Q1 to compare with"),
        ("spring", "compare_with spring: this is no period"),
    ],
)
def test_what_is_no_earlier_or_not_there_is_refused(other, why):
    with pytest.raises(CannotReadError, match=why):
        release(DEMO, period="2010-Q2", compare_with=other)


def test_a_missing_table_is_named_and_what_another_table_counts_is_taken(tmp_path):
    """Slides 7 and 8 print how many were reintegrated too: 12, 6 and 9."""
    quarter = release(load(without_sheet(tmp_path, "Slide 18")))
    assert glance_frame(quarter).iloc[HOME]["Q2 2010"].startswith("27")
    assert "1 table missing: Clients reintegrated into the community" in open_line(quarter)


def test_a_year_with_a_gap_has_at_least_the_clients_of_a_month_and_all_who_are_known_to_come_later(tmp_path):
    """Without 2011-Q2: 62 were in care in the first quarter, and 11 and 16 came in the last two."""
    for path in DEMO.iterdir():
        if "2011-Q2" not in path.name:
            shutil.copy(path, tmp_path)
    shown = glance_frame(release(tmp_path, period="2011"))
    assert shown.iloc[CARE]["2011"] == "≥ 89"  # 62 + 11 + 16


def test_a_wrong_list_is_one_line_of_the_command_before_any_work(tmp_path, monkeypatch):
    lists = shutil.copytree(Path(__file__).parents[1] / "data" / "codelists", tmp_path / "lists")
    (lists / "glance.csv").write_text("code,stage\nreferred,carre\n", encoding="utf-8")
    done = ccpcr("report", WORKBOOK, "--out", tmp_path / "reports", CCPCR_LISTS=str(lists))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(
        "glance.csv: line 2: stage cannot be carre. Write one of: in, care, out, after."
    )
    assert not (tmp_path / "reports").exists()


def test_a_row_is_of_everybody_whatever_part_of_them_the_plan_follows_under_the_same_code():
    plan = release(WORKBOOK).plan
    part = replace(plan.indicator("visited"), key={"case_type": "SA"})
    others = tuple(known for known in plan.indicators if known.code != "visited")
    assert Plan((*others, part)).whole("visited").key == {}
    assert Plan((*others, part)).indicator("visited").key == {"case_type": "SA"}
