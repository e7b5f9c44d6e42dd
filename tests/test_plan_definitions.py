"""What the plan says an indicator counts: read from its cells, refused there, taken from the measure where blank."""

import io

import openpyxl
import pytest
from plans import edited, told
from workbooks import DEMO, PLAN, ROOT

from ccpcr_lib.excel.plan_file import read_plan
from ccpcr_lib.forms.demo import demo_plan
from ccpcr_lib.forms.plan_workbook import plan_workbook
from ccpcr_lib.model.definition import Definition, role_label, roles
from ccpcr_lib.model.plan import Plan, default_indicator
from ccpcr_lib.words import Words

NEW = range(13, 21)
"""The columns that define an indicator, M to T."""
ENROLLED = 5
"""The row of the pupils."""


def without(folder, *columns: int, path=PLAN):
    """Give the plan as it is without some columns."""
    book = openpyxl.load_workbook(path)
    for column in sorted(columns, reverse=True):
        book["Indicators"].delete_cols(column)
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def read_edited(folder, **cells):
    plan, findings = read_plan(edited(folder, **cells))
    assert findings == ()
    return plan.indicator("enrolled")


def test_the_columns_stand_behind_those_that_a_plan_had_before():
    heads = [cell.value for cell in openpyxl.load_workbook(PLAN)["Indicators"][1]]
    assert heads[:12] == [
        *("code", "name_en", "name_km", "table", "measure", "filter", "unit", "direction"),
        *("baseline", "baseline_period", "formula", "source"),
    ]
    assert heads[12:] == [
        *("counts_en", "counts_km", "excludes_en", "excludes_km"),
        *("responsible", "frequency", "nature", "in_groups"),
    ]


def test_a_line_is_read_as_it_stands():
    enrolled = read_plan(PLAN)[0].indicator("enrolled")
    assert enrolled.definition == Definition(
        Words("Everybody who newly entered a grade in the month.", "អតិថិជនដែលទើបចូលរៀនថ្នាក់ណាមួយក្នុងខែ។"),
        Words("Pupils who go on in the same grade.", "អ្នកដែលបន្តរៀនថ្នាក់ដដែល។"),
        "teacher",
        "monthly",
    )
    assert (enrolled.nature, enrolled.in_groups) == ("managed", False)


def test_referrals_happen_and_may_come_in_groups_and_what_the_staff_do_is_managed():
    plan = read_plan(ROOT / "data" / "plan.xlsx")[0]
    events = {known.code for known in plan.indicators if known.nature == "event"} - {"in_care"}
    assert events == {"referred", "in_shelter"}
    assert [known.code for known in plan.indicators if known.in_groups] == ["referred"]


@pytest.mark.parametrize("path", [ROOT / "data" / "plan.xlsx", PLAN, DEMO / "plan.xlsx"], ids=["data", "tests", "demo"])
def test_every_line_of_the_plans_that_come_with_the_project_is_filled(path):
    sheet = openpyxl.load_workbook(path)["Indicators"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(number for number, row in enumerate(rows) if row[0] == "code")
    blank = [(row[0], column) for row in rows[first + 1 :] if row[0] for column in NEW if not row[column - 1]]
    assert blank == []


def test_an_older_plan_without_the_columns_is_read_as_before(tmp_path):
    plan, findings = read_plan(without(tmp_path, *NEW))
    assert findings == ()
    usual = default_indicator("enrolled", "clients")
    enrolled = plan.indicator("enrolled")
    assert enrolled.definition == Definition()
    assert (enrolled.nature, enrolled.in_groups) == (usual.nature, usual.in_groups)
    assert enrolled.frequency == "monthly"
    assert plan.targets[0].value == 60


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        ({"S5": "event"}, ("event", False)),
        ({"S5": "Managed"}, ("managed", False)),
        ({"S5": " MANAGED. "}, ("managed", False)),
        ({"S5": "ព្រឹត្តិការណ៍"}, ("event", False)),
        ({"S5": "event", "T5": "yes"}, ("event", True)),
        ({"S5": "event", "T5": "Yes"}, ("event", True)),
        ({"S5": "event", "T5": "NO"}, ("event", False)),
        ({"S5": "event", "T5": "ទេ"}, ("event", False)),
    ],
)
def test_a_word_is_read_whatever_its_case_and_in_both_languages(tmp_path, cells, read):
    enrolled = read_edited(tmp_path, **{f"Indicators_{cell}": text for cell, text in cells.items()})
    assert (enrolled.nature, enrolled.in_groups) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("monthly", "monthly"),
        ("Quarterly", "quarterly"),
        ("half-yearly", "half-yearly"),
        ("Half yearly", "half-yearly"),
        ("yearly", "yearly"),
        ("ប្រចាំខែ", "monthly"),
        ("ប្រចាំត្រីមាស", "quarterly"),
        (None, "monthly"),  # as often as the table of the grades has a figure
    ],
)
def test_how_often_is_read_as_it_is_typed_or_taken_from_the_table(tmp_path, text, read):
    assert read_edited(tmp_path, Indicators_R5=text).frequency == read


@pytest.mark.parametrize(
    ("cell", "text", "says"),
    [
        ("R5", "monthy", "“monthy” is not known as frequency. Did you mean “monthly”? Choose one of: monthly, quart"),
        ("R5", "every month", "“every month” is not known as frequency. Choose one of: monthly, quarterly, half-yearl"),
        ("R5", 3, "“3” is not known as frequency. Choose one of: monthly, quarterly, half-yearly, yearly."),
        ("S5", "planned", "“planned” is not known as nature."),
        ("S5", "evnt", "“evnt” is not known as nature. Did you mean “event”? Choose one of: managed, event."),
        ("S5", "yes", "“yes” is not known as nature."),
        ("T5", "maybe", "“maybe” is not known as in_groups. Choose one of: yes, no."),
        ("T5", 1, "“1” is not known as in_groups. Choose one of: yes, no."),
        ("T5", True, "“TRUE” is not known as in_groups. Choose one of: yes, no."),
    ],
)
def test_another_word_is_refused_at_its_cell_with_those_that_are_known(tmp_path, cell, text, says):
    path = edited(tmp_path, **{f"Indicators_{cell}": text})
    (found,) = read_plan(path)[1]
    assert (found.rule, found.severity, found.where) == ("plan_unknown", "error", (f"[plan.xlsx]Indicators!{cell}",))
    assert says in found.message


def test_three_mistakes_in_a_line_are_three_findings(tmp_path):
    cells = {"Indicators_R5": "often", "Indicators_S5": "both", "Indicators_T5": "#REF!"}
    assert told(edited(tmp_path, **cells)) == [("error_value", "Indicators!T5")]
    cells["Indicators_T5"] = "both"
    assert told(edited(tmp_path, **cells)) == [
        ("plan_unknown", "Indicators!R5"),
        ("plan_unknown", "Indicators!S5"),
        ("plan_unknown", "Indicators!T5"),
    ]


@pytest.mark.parametrize(
    ("cells", "counts", "excludes"),
    [
        ({"M5": None, "N5": None}, ("", ""), "Pupils who go on in the same grade."),
        ({"M5": "Pupils.", "N5": None}, ("Pupils.", ""), "Pupils who go on in the same grade."),
        ({"M5": None, "N5": "សិស្ស"}, ("សិស្ស", "សិស្ស"), "Pupils who go on in the same grade."),
        ({"M5": "Pupils.", "N5": None, "O5": None, "P5": None}, ("Pupils.", ""), ""),
    ],
)
def test_a_language_that_nobody_has_written_is_left_out(tmp_path, cells, counts, excludes):
    own = read_edited(tmp_path, **{f"Indicators_{cell}": text for cell, text in cells.items()}).definition
    assert own.counts == Words(*counts)
    assert own.excludes.en == excludes


@pytest.mark.parametrize(
    ("column", "head"),
    [
        ("M1", "What counts"),
        ("M1", "counts"),
        ("N1", "អ្វីដែលរាប់"),
        ("O1", "Not counted"),
        ("P1", "excludes km"),
        ("Q1", "Role"),
        ("R1", "How often"),
        ("S1", "Managed or event"),
        ("T1", "Group arrivals"),
        ("T1", "មកជាក្រុម"),
    ],
)
def test_a_column_is_known_by_its_other_headings(tmp_path, column, head):
    whole = read_plan(PLAN)[0].indicators
    plan, findings = read_plan(edited(tmp_path, **{f"Indicators_{column}": head}))
    assert (plan.indicators, findings) == (whole, ())


def test_a_percent_is_managed_where_its_part_is(tmp_path):
    plan, findings = read_plan(edited(tmp_path, Indicators_S9=None, Indicators_S8="event"))
    assert findings == ()
    assert plan.indicator("assessed_share").nature == "event"
    plan, _ = read_plan(edited(tmp_path, Indicators_S9=None))
    assert plan.indicator("assessed_share").nature == "managed"


@pytest.mark.parametrize(
    ("formula", "ratio"),
    [
        ("visited / in_care per quarter", ("visited", "in_care")),
        ("visited ÷ in_care, per quarter", ("visited", "in_care")),
        ("Visited/In_care (per quarter)", ("visited", "in_care")),
        ("enrolled / in_care per quarter", ("enrolled", "in_care")),
        ("trained / in_care per quarter", ("trained", "in_care")),
        ("attended / in_care per quarter", ("attended", "in_care")),
        ("reintegrated / in_care per quarter", ("reintegrated", "in_care")),
        ("referred_out / in_care per quarter", ("referred_out", "in_care")),
        ("served / in_care per quarter", ("served", "in_care")),
        ("followed_up / reintegrated per quarter", ("followed_up", "reintegrated")),
        ("followed_up / in_shelter per quarter.", ("followed_up", "in_shelter")),
    ],
)
def test_a_rate_of_those_in_care_is_a_percent_per_quarter(tmp_path, formula, ratio):
    plan, findings = read_plan(edited(tmp_path, Indicators_K9=formula))
    assert findings == ()
    share = plan.indicator("assessed_share")
    assert (share.ratio, share.per_quarter, share.year_made) == (ratio, True, "none")


@pytest.mark.parametrize(
    "formula", ["visited / in_care", "enrolled / in_care", "attended / in_care", "followed_up / reintegrated"]
)
def test_a_rate_of_a_year_that_nobody_can_divide_says_what_to_write(tmp_path, formula):
    (found,) = read_plan(edited(tmp_path, Indicators_K9=formula))[1]
    assert (found.rule, found.where) == ("plan_ratio", ("[plan.xlsx]Indicators!K9",))
    assert f"Write “{formula} per quarter”" in found.message


def test_a_plan_made_up_has_a_definition_of_each_indicator_and_is_read_back_as_it_is(tmp_path):
    plan = demo_plan()
    assert [known.code for known in plan.indicators if not known.definition.counts.km] == []
    (tmp_path / "plan.xlsx").write_bytes(plan_workbook(plan))
    assert read_plan(tmp_path / "plan.xlsx")[0].indicators == plan.indicators


def test_the_workbook_offers_the_words_of_each_column_and_takes_any_role():
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(Plan())))
    lists = {cells[0].value: [cell.value for cell in cells if cell.value] for cells in book["Lists"].iter_cols()}
    assert lists["monthly"] == ["monthly", "quarterly", "half-yearly", "yearly"]
    assert lists["managed"] == ["managed", "event"]
    assert lists["yes"] == ["yes", "no"]
    assert lists["social worker"] == roles()
    checked = {str(rule.sqref): rule for rule in book["Indicators"].data_validations.dataValidation}
    warned = {where[0]: rule.showErrorMessage for where, rule in checked.items() if rule.type == "list"}
    assert warned == {letter: letter != "Q" for letter in "DEGHKQRST"}


def test_the_help_sheet_explains_each_column_in_both_languages():
    rows = {row[0].value: (row[1].value, row[2].value) for row in openpyxl.load_workbook(PLAN)["Help"].iter_rows()}
    heads = [cell.value for cell in openpyxl.load_workbook(PLAN)["Indicators"][1]]
    assert [head for head in heads if not all(rows[head])] == []
    assert "Never the name of a person." in rows["responsible"][0]


def test_a_role_is_named_in_khmer_however_it_is_typed_and_any_other_stands_as_it_is():
    assert role_label("Social  Worker", "km") == "បុគ្គលិកសង្គម"
    assert role_label("បុគ្គលិកសង្គម", "en") == "social worker"
    assert role_label("M&E officer", "km") == "មន្ត្រីតាមដាន និងវាយតម្លៃ"
    assert role_label("night guard", "km") == "night guard"
    assert role_label("", "km") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Mr Example",
        "Ms. Example",
        "MRS EXAMPLE",
        "Miss Example, teacher",
        "social worker (Mr Example)",
        "Dr. Example",
        "Lok Example",
        "លោក ឧទាហរណ៍",
        "លោកស្រីឧទាហរណ៍",
        "អ្នកស្រី ឧទាហរណ៍",
        "example@shelter.example",
        "teacher, 012 345 678",
    ],
)
def test_who_is_named_instead_of_a_role_is_refused(tmp_path, text):
    assert told(edited(tmp_path, Indicators_Q5=text)) == [("plan_person", "Indicators!Q5")]


@pytest.mark.parametrize(
    "text", ["teacher", "M&E officer", "លោកគ្រូ", "លោកគ្រូ អ្នកគ្រូ", "Missing-child officer", "drama teacher", "2 teachers"]
)
def test_a_role_is_none(tmp_path, text):
    assert read_edited(tmp_path, Indicators_Q5=text).definition.responsible == text
