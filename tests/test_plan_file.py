"""The plan as data: read at its cells, written back the same, and every mistake in it named where it stands."""

import io
import json
from dataclasses import replace

import openpyxl
import pytest
from chapters import chapters
from commands import ccpcr, run
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import PLAN, WORKBOOK, changed

from ccpcr_lib import load
from ccpcr_lib.excel.plan_file import read_plan
from ccpcr_lib.forms.plan_workbook import plan_workbook
from ccpcr_lib.model.plan import DIRECTIONS, Indicator, Plan, Target
from ccpcr_lib.publish.pages.notebooks import notebook_paths


def edited(folder, **cells):
    """Copy the project's plan with other contents in some cells: ``Targets_C2=61``."""
    book = openpyxl.load_workbook(PLAN)
    for name, content in cells.items():
        sheet, _, cell = name.partition("_")
        book[sheet][cell] = content
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def told(path):
    """List the findings of a plan as (rule, cell)."""
    return [(item.rule, *(cell.partition("]")[2] for cell in item.where)) for item in read_plan(path)[1]]


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


# --- how quarters make a year ---


def older(folder, **accumulate):
    """Give the project's plan the column that plans of version 1.0 have, with a word in some of its lines."""
    book = openpyxl.load_workbook(PLAN)
    sheet = book["Indicators"]
    sheet["N1"] = "accumulate"
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 14).value = accumulate.get(sheet.cell(row, 1).value)
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def test_the_plan_as_it_is_written_has_no_column_for_how_quarters_make_a_year():
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(Plan())))
    words = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "accumulate" not in words
    assert {"actual / target", "direction", "formula"} <= words


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("referred", "sum"),
        ("visited", "Sum"),
        ("enrolled", "sum"),
        ("in_shelter", "last"),
        ("attended", "max"),  # the year is at least its largest quarter
        ("followed_up_skills_times", "sum"),
        ("assessed_share", "none"),
        ("assessed_share", None),
        ("referred", None),
    ],
)
def test_an_older_plan_that_says_what_the_measure_says_is_read_without_a_word(tmp_path, code, word):
    assert told(older(tmp_path, **{code: word})) == []


@pytest.mark.parametrize(
    ("code", "word", "used"),
    [
        ("visited", "max", "its quarters are added"),
        ("enrolled", "max", "its quarters are added"),
        ("trained", "max", "its quarters are added"),
        ("referred", "none", "its quarters are added"),
        ("referred", "last", "its quarters are added"),
        ("referred", "yearly", "its quarters are added"),
        ("followed_up_skills_times", "max", "for times are counted"),
        ("in_shelter", "sum", "the year is its last quarter"),
        ("in_shelter", "max", "the year is its last quarter"),
        ("attended", "sum", "at least its largest quarter and at most their sum"),
        ("followed_up", "none", "at least its largest quarter and at most their sum"),
        ("assessed_share", "sum", "divided anew"),
    ],
)
def test_an_older_plan_that_says_otherwise_is_read_with_a_note_at_its_cell(tmp_path, code, word, used):
    path = older(tmp_path, **{code: word})
    plan, (note,) = read_plan(path)
    row = 2 + [indicator.code for indicator in read_plan(PLAN)[0].indicators].index(code)
    assert (note.rule, note.severity, note.where) == ("plan_accumulate", "note", (f"[plan.xlsx]Indicators!N{row}",))
    assert f"“{word}” is not used for {code}: " in note.message
    assert used in note.message
    assert plan == read_plan(PLAN)[0]


def test_an_older_plan_stops_no_check(tmp_path):
    older(tmp_path, visited="max")
    made = ccpcr("check", changed(tmp_path, {}), "--json")
    notes = [found for found in json.loads(made.stdout) if found["rule"] == "plan_accumulate"]
    assert [(note["severity"], note["where"]) for note in notes] == [("note", ["[plan.xlsx]Indicators!N10"])]


def test_a_percent_that_cannot_be_divided_for_a_year_says_what_to_do(tmp_path):
    (found,) = read_plan(edited(tmp_path, Indicators_K9="attended / referred"))[1]
    assert (found.severity, found.where) == ("error", ("[plan.xlsx]Indicators!K9",))
    assert "“attended / referred” cannot be divided for a year." in found.message
    assert "Write “attended / referred per quarter”, or name two figures that add alike." in found.message


@pytest.mark.parametrize(
    "formula",
    ["attended / referred per quarter", "attended/referred, per quarter", "attended / referred (Per Quarter)"],
)
def test_a_percent_is_given_per_quarter_where_the_plan_says_so(tmp_path, formula):
    plan, findings = read_plan(edited(tmp_path, Indicators_K9=formula))
    assert findings == ()
    share = plan.indicator("assessed_share")
    assert (share.ratio, share.per_quarter, share.year_made) == (("attended", "referred"), True, "none")


def test_a_percent_stands_before_what_it_is_made_of(tmp_path):
    book = openpyxl.load_workbook(PLAN)
    sheet = book["Indicators"]
    line = [cell.value for cell in sheet[9]]
    sheet.delete_rows(9)
    sheet.insert_rows(2)
    for column, value in enumerate(line, 1):
        sheet.cell(2, column).value = value
    sheet["K2"] = "attended / referred"
    book.save(tmp_path / "plan.xlsx")
    assert told(tmp_path / "plan.xlsx") == [("plan_ratio", "Indicators!K2")]


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


@st.composite
def plans(draw) -> Plan:
    """Any plan: indicators with any direction and baseline, one of them a percent, targets of any shape."""
    indicators = [
        replace(
            one,
            direction=draw(st.sampled_from(DIRECTIONS)),
            name_en=draw(st.from_regex(r"[A-Z][a-z]{1,9}( [a-z]{2,9})?", fullmatch=True)),
            baseline=draw(st.none() | st.integers(0, 10**6)),
            baseline_period=draw(st.sampled_from(("2009", "2009-Q4"))),
        )
        for one in Plan().indicators
    ]
    ratio, per_quarter = draw(st.sampled_from(((("assessed", "referred"), False), (("attended", "referred"), True))))
    share = Indicator("share", "Share", "Share", unit="percent", ratio=ratio, direction="up", per_quarter=per_quarter)
    shares = [
        Target("share", "2010-Q2" if per_quarter else "2010", draw(st.sampled_from((0, 0.25, 1, 1.2))), "none", "")
    ]
    indicators = [one if one.baseline is not None else replace(one, baseline_period="") for one in indicators]
    about = st.tuples(st.sampled_from([one.code for one in indicators]), st.sampled_from(("2010", "2010-Q3", "2011")))
    chosen = draw(st.lists(about, unique=True, max_size=6))
    targets = [
        Target(code, period, draw(st.integers(0, 10**6)), "equal" if period[-2] != "Q" else "by quarter", "")
        for code, period in chosen
    ]
    return Plan((*indicators, share), (*targets, *shares))


@settings(max_examples=settings.default.max_examples // 10)
@given(plan=plans())
def test_a_plan_is_read_back_as_it_was_written(plan, tmp_path_factory):
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    path.write_bytes(plan_workbook(plan))
    read, findings = read_plan(path)
    assert findings == ()
    assert read.indicators == plan.indicators
    assert [replace(one, source="") for one in read.targets] == list(plan.targets)


def test_the_same_plan_is_the_same_file():
    assert plan_workbook(Plan()) == plan_workbook(Plan())
