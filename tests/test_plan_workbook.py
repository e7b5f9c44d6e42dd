"""Any plan, written as a workbook and read again: the same plan, and the same file."""

from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import PLAN, ROOT

from ccpcr_lib.excel.plan_file import read_plan
from ccpcr_lib.forms.plan_workbook import plan_workbook
from ccpcr_lib.model.definition import FREQUENCIES, NATURES, Definition
from ccpcr_lib.model.plan import DIRECTIONS, Indicator, Plan, Target
from ccpcr_lib.words import Words

WORDS = st.sampled_from((Words("", ""), Words("Who came.", ""), Words("Who came, 5 % at most.", "អ្នកដែលមក។")))
DEFINITIONS = st.builds(
    Definition, WORDS, WORDS, st.sampled_from(("", "teacher", "night guard")), st.sampled_from(("", *FREQUENCIES))
)


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
            nature=draw(st.sampled_from(NATURES)),
            in_groups=draw(st.booleans()),
            definition=draw(DEFINITIONS),
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


@pytest.mark.parametrize("path", [ROOT / "data" / "plan.xlsx", PLAN], ids=["data", "tests"])
def test_a_plan_that_comes_with_the_project_offers_the_clients_in_care_too(path):
    book = openpyxl.load_workbook(path)
    offered = [cell.value for cell in book["Lists"]["B"] if cell.value]
    assert offered[0] == "referred"
    assert offered[-1] == "in_care"
    validations = book["Indicators"].data_validations.dataValidation
    assert [item.formula1 for item in validations if "E2" in item.sqref] == [f"Lists!$B$1:$B${len(offered)}"]


def test_the_same_plan_is_the_same_file():
    assert plan_workbook(Plan()) == plan_workbook(Plan())
