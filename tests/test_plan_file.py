"""The plan as data: read at its cells, written back the same, and every mistake in it named where it stands."""

import openpyxl
import pytest
from chapters import chapters
from commands import ccpcr, run
from extent import only_whole
from plans import edited, told
from workbooks import PLAN, WORKBOOK, changed

from ccpcr_lib import load
from ccpcr_lib.excel.plan_file import read_plan
from ccpcr_lib.model.plan import Plan, Target
from ccpcr_lib.publish.pages.notebooks import notebook_paths


def test_sixty_cases_are_planned_for_2010_and_nothing_else_is():
    plan, findings = read_plan(PLAN)
    assert findings == ()
    assert plan.targets == (Target("referred", "2010", 60, "equal", "[plan.xlsx]Targets!C2"),)
    assert plan.indicator("referred").direction == "neutral"


def test_every_measure_of_the_catalogue_is_followed_with_or_without_a_plan():
    measures = {
        ("referred", "clients"),
        ("reintegrated", "clients"),
        ("in_shelter", "clients"),
        ("enrolled", "clients"),
        ("attended", "clients"),
        ("trained", "clients"),
        ("assessed", "clients"),
        ("visited", "clients"),
        ("referred_out", "clients"),
        ("followed_up", "clients"),
        ("followed_up_skills", "clients"),
        ("followed_up_skills", "times"),
    }
    for plan in (Plan(), read_plan(PLAN)[0]):
        assert measures <= {(one.measure, one.unit) for one in plan.indicators}


def test_twelve_mistakes_are_twelve_findings_at_their_cells(tmp_path):
    path = edited(
        tmp_path,
        Indicators_A4="reintegrated",  # stands in A3 already
        Indicators_B5=None,
        Indicators_D6="lessons",
        Indicators_E7="attended",  # not what this table counts
        Indicators_F2="colour=red",
        Indicators_G8="people",
        Indicators_H10="upwards",
        Indicators_K9="assessed of referred",
        Indicators_I11="about 3",
        Indicators_J11=2009,
        Targets_A3="refered",
        Targets_B3=2010,
        Targets_C3=5,
        Targets_A4="referred",
        Targets_B4="2010-Q5",
        Targets_C4=5,
        Targets_A5="referred",
        Targets_B5=2011,
        Targets_C5=-5,
    )
    assert told(path) == [
        ("plan_filter", "Indicators!F2"),
        ("plan_twice", "Indicators!A4"),
        ("plan_empty", "Indicators!B5"),
        ("plan_unknown", "Indicators!D6"),
        ("plan_unknown", "Indicators!E7"),
        ("plan_unknown", "Indicators!G8"),
        ("plan_ratio", "Indicators!K9"),
        ("plan_unknown", "Indicators!H10"),
        ("plan_number", "Indicators!I11"),
        ("plan_unknown", "Targets!A3"),
        ("plan_period", "Targets!B4"),
        ("plan_number", "Targets!C5"),
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Indicators_K9": "attended / referred"}, ("plan_ratio", "Indicators!K9")),
        ({"Indicators_K9": "visited / in_shelter"}, ("plan_ratio", "Indicators!K9")),
        ({"Indicators_K9": "assessed / referred per month"}, ("plan_ratio", "Indicators!K9")),
        ({"Indicators_K2": "per quarter"}, ("plan_unknown", "Indicators!K2")),  # a count has a year
        ({"Indicators_G2": "times"}, ("plan_unknown", "Indicators!G2")),
        ({"Indicators_K2": "target / actual"}, ("plan_unknown", "Indicators!K2")),
        ({"Targets_D2": "monthly"}, ("plan_unknown", "Targets!D2")),
        ({"Targets_C2": 60.5}, ("plan_number", "Targets!C2")),
        ({"Targets_C2": "#REF!"}, ("error_value", "Targets!C2")),
        ({"Targets_C2": None}, ("plan_empty", "Targets!C2")),
        ({"Targets_A3": "referred", "Targets_B3": 2010, "Targets_C3": 60}, ("plan_twice", "Targets!B3")),
        ({"Targets_A3": "assessed_share", "Targets_B3": 2010, "Targets_C3": 7}, ("plan_number", "Targets!C3")),
        ({"Indicators_I2": 40, "Indicators_J2": "before"}, ("plan_period", "Indicators!J2")),
        ({"Targets_B1": "when"}, ("plan_column", "Targets!A1")),
    ],
)
def test_each_mistake_is_one_finding_at_its_cell(tmp_path, cells, expected):
    assert told(edited(tmp_path, **cells)) == [expected]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Indicators_F2": '="case_type="&"TL"'}, ("not_calculated", "Indicators!F2")),
        ({"Targets_C2": "=30+30"}, ("not_calculated", "Targets!C2")),
        ({"Indicators_I2": "=40+2"}, ("not_calculated", "Indicators!I2")),
        ({"Targets_C2": "-"}, ("plan_number", "Targets!C2")),
        ({"Indicators_F4": "sex=F"}, ("plan_filter", "Indicators!F4")),  # the stock's column has no sex
        ({"Indicators_F2": "case_type=TL; case_type=DV"}, ("plan_filter", "Indicators!F2")),
        (
            {
                "Indicators_K9": "attended / referred per quarter",
                "Targets_A3": "assessed_share",
                "Targets_B3": 2010,
                "Targets_C3": "95%",
            },
            ("plan_no_year", "Targets!B3"),
        ),
        ({"Targets_A3": "assessed_share", "Targets_B3": 2010, "Targets_C3": 0.95}, ("plan_number", "Targets!C3")),
    ],
)
def test_what_would_be_lost_without_a_word_is_told(tmp_path, cells, expected):
    assert told(edited(tmp_path, **cells)) == [expected]


def test_years_in_khmer_digits_codes_in_another_case_and_a_second_sheet_are_read(tmp_path):
    path = edited(tmp_path, Indicators_A2="Referred", Targets_A2="Referred", Targets_B2="២០១០")
    book = openpyxl.load_workbook(path)
    other = book.create_sheet("Targets 2011")
    other.append(["indicator", "period", "value", "shape"])
    other.append(["visited", 2011, "80", "Equal"])
    book.save(path)
    plan, findings = read_plan(path)
    assert findings == ()
    assert [(one.indicator, one.period, one.value) for one in plan.targets] == [
        ("Referred", "2010", 60),
        ("visited", "2011", 80),
    ]


def test_a_missing_column_is_told_once_and_nothing_follows_from_it(tmp_path):
    assert told(edited(tmp_path, Indicators_H1="whither")) == [("plan_column", "Indicators!A1")]


def test_the_quarters_of_a_plan_are_held_against_the_printed_plan_where_no_year_is_set(tmp_path):
    cells = {"Targets_A2": None, "Targets_B2": None, "Targets_C2": None, "Targets_D2": None}
    for row, number in enumerate((1, 2, 3, 4), 3):
        cells |= {f"Targets_A{row}": "referred", f"Targets_B{row}": f"2010-Q{number}", f"Targets_C{row}": 20}
    edited(tmp_path, **cells)
    (item,) = [item for item in load(changed(tmp_path, {})).problems if item.rule == "plan_file"]
    assert (item.printed, item.expected) == ("60", "80")


def test_a_plan_is_found_whatever_the_case_of_its_name(tmp_path):
    edited(tmp_path, Targets_C2=61).rename(tmp_path / "Plan.xlsx")
    assert "plan_file" in [item.rule for item in load(changed(tmp_path, {})).problems]


@only_whole
@pytest.mark.slow
def test_a_renamed_indicator_or_one_that_makes_no_year_stops_no_report(tmp_path):
    edited(
        tmp_path,
        Indicators_A2="R1",
        Targets_A2="R1",
        Indicators_K9="attended / referred, per quarter",
        Indicators_A9="R8",
    )
    (over_time,) = (path for path in notebook_paths() if path.stem == "4_plan_and_trends")
    with chapters(over_time):
        made = run("report", changed(tmp_path, {}), "--out", tmp_path / "reports")
    assert (made.exit_code, made.stderr) == (0, "")


def test_a_plan_without_its_sheets_is_told_once_for_each(tmp_path):
    openpyxl.Workbook().save(tmp_path / "plan.xlsx")
    assert told(tmp_path / "plan.xlsx") == [("plan_sheet",), ("plan_sheet",)]


def test_columns_may_stand_in_any_order_under_khmer_headings_with_lines_above(tmp_path):
    book = openpyxl.Workbook()
    targets = book.active
    targets.title = "គោលដៅ"
    targets.append(["Plan of the year"])
    targets.append([])
    targets.append(["តម្លៃ", "រយៈពេល", "សូចនាករ", "របៀបបែងចែក"])
    targets.append(["៦០", "2010", "referred", "Equal"])
    indicators = book.create_sheet("2")
    indicators.append(["direction", "code", "name", "measure", "table"])
    indicators.append(["Neutral", "referred", "Referrals", "referred", "Referrals by type"])
    book.save(tmp_path / "plan.xlsx")
    plan, findings = read_plan(tmp_path / "plan.xlsx")
    assert findings == ()
    assert [(one.indicator, one.period, one.value, one.shape) for one in plan.targets] == [
        ("referred", "2010", 60, "equal")
    ]
    assert plan.indicator("referred").name("km") == "Referrals"


def test_the_workbook_and_the_plan_must_agree(tmp_path):
    edited(tmp_path, Targets_C2=61)
    workbook = changed(tmp_path, {})
    (item,) = [item for item in load(workbook).problems if item.rule == "plan_file"]
    assert item.where == ("Slide 6!C6", "[plan.xlsx]Targets!C2")
    assert (item.severity, item.printed, item.expected) == ("warning", "60", "61")


def test_quarters_that_do_not_add_up_to_the_year_are_a_finding(tmp_path):
    quarters = {f"2010-Q{number}": value for number, value in zip((1, 2, 3, 4), (10, 15, 20, 14), strict=True)}
    cells = {"Targets_D2": "by quarter"}
    for row, (quarter, value) in enumerate(quarters.items(), 3):
        cells |= {f"Targets_A{row}": "referred", f"Targets_B{row}": quarter, f"Targets_C{row}": value}
    edited(tmp_path, **cells)
    (item,) = [item for item in load(changed(tmp_path, {})).problems if item.rule == "plan_quarters"]
    assert item.where == tuple(f"[plan.xlsx]Targets!C{row}" for row in range(2, 7))
    assert (item.printed, item.expected) == ("59", "60")


def test_without_a_plan_beside_it_a_workbook_is_held_against_nothing(tmp_path):
    report = load(changed(tmp_path, {"Slide 6!C6": 61}))
    assert [item.rule for item in report.problems if item.rule.startswith("plan_")] == []


def test_a_broken_plan_is_an_error_and_no_report_is_made(tmp_path):
    edited(tmp_path, Targets_C2="sixty")
    workbook = changed(tmp_path, {})
    made = ccpcr("report", workbook, "--out", tmp_path / "reports")
    assert made.returncode == 1
    assert "[plan.xlsx]Targets!C2: “sixty” cannot be a value" in made.stdout.decode()
    assert not (tmp_path / "reports").exists()


def test_a_plan_that_is_no_workbook_is_one_line(tmp_path):
    (tmp_path / "plan.xlsx").write_text("the plan", encoding="utf-8")
    made = ccpcr("check", changed(tmp_path, {}))
    assert (made.returncode, made.stdout) == (2, b"")
    assert made.stderr.startswith(b"plan.xlsx: ")
    assert made.stderr.count(b"\n") == 1


def test_the_plan_is_no_quarter(tmp_path):
    edited(tmp_path)
    (tmp_path / WORKBOOK.name).write_bytes(WORKBOOK.read_bytes())
    from ccpcr_lib import load_all

    assert (load_all(tmp_path).periods, load_all(tmp_path).unread) == (("2010-Q2",), ())
