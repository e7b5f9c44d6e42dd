"""A half-year and a year by the tables of their quarters: flows and events are added, nothing else is.

Every expected figure is worked out by hand from the few counts that the quarters are given.
"""

from dataclasses import replace

import pytest
from histories import report_of

from ccpcr_lib import CannotReadError, Release, load
from ccpcr_lib.analysis.achievement import achieve
from ccpcr_lib.analysis.history import known_of
from ccpcr_lib.analysis.report import Report, joined
from ccpcr_lib.excel.rules import make_finding
from ccpcr_lib.model import period as calendar
from ccpcr_lib.model.measure import adding
from ccpcr_lib.model.plan import Plan, default_indicator
from ccpcr_lib.model.records import Count
from ccpcr_lib.publish.charts.burn_up import burn_up

EDUCATION = {"2010-Q1": {"m1": 1, "m2": 2, "m3": 0}, "2010-Q2": {"m1": 4, "m2": 0, "m3": 0}}
ALL_FOUR = EDUCATION | {"2010-Q3": {"m1": 0, "m2": 0, "m3": 0}, "2010-Q4": {"m1": 2, "m2": 2, "m3": 2}}


def of_one_table(period: str, name: str, quarters: dict) -> Report:
    return joined(period, {quarter: report_of(quarter, **{name: figures}) for quarter, figures in quarters.items()})


def columns(report: Report, name: str, row: int = 0) -> list:
    """The first row of a table as it is read: how many, or at least how many as text."""
    table = report.filled(name)
    cells = [table.at.get((table.spec.depth + row, place)) for place in range(1, len(table.spec.columns) + 1)]
    return [None if cell is None or cell.total is None else str(cell.total) for cell in cells]


def test_a_year_of_a_flow_has_its_quarters_side_by_side_and_their_sum():
    report = of_one_table("2010", "education", ALL_FOUR)
    assert columns(report, "education") == ["3", "4", "0", "6", "13", None]
    assert str(report.filled("education").total()) == "13"


def test_a_half_year_has_two_quarters():
    report = of_one_table("2010-H1", "education", EDUCATION)
    assert columns(report, "education") == ["3", "4", "7", None]


def test_a_year_of_a_donor_begins_where_it_begins():
    quarters = {"2010-Q3": {"m1": 5}, "2010-Q4": {"m1": 1}, "2011-Q1": {"m2": 1}, "2011-Q2": {"m3": 3}}
    report = of_one_table("2010-Q3..2011-Q2", "education", quarters)
    assert columns(report, "education") == ["5", "1", "1", "3", "10", None]


def test_events_are_added_and_the_clients_behind_them_bounded():
    first, second = (report_of(quarter, skills_follow_up={}) for quarter in ("2010-Q1", "2010-Q2"))
    first, second = (with_first_row(report, figures) for report, figures in ((first, (4, 9)), (second, (6, 7))))
    report = joined("2010-H1", {"2010-Q1": first, "2010-Q2": second})
    assert columns(report, "skills_follow_up") == ["6 to 10", "16"]


def with_first_row(report: Report, figures: tuple) -> Report:
    """The report with other figures in the first row of its only table, in the order of the columns."""
    given = iter(figures)
    base = report.reading.base
    first = next(iter(base)).key.get("category")
    counts = [replace(one, value=next(given)) if one.key.get("category") == first else one for one in base]
    return Report(replace(report.reading, base=tuple(counts)), ())


def test_attendance_is_at_least_its_largest_quarter_within_each_kind_of_people():
    first, second = (report_of(quarter, life_skills={}) for quarter in ("2010-Q1", "2010-Q2"))
    first = with_first_row(first, (5, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0))  # girls and boys of DV
    second = with_first_row(second, (3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    report = joined("2010-H1", {"2010-Q1": first, "2010-Q2": second})
    assert columns(report, "life_skills")[:2] == ["5 to 8", "4 to 5"]
    assert str(report.filled("life_skills").total()) == "9 to 13"


def test_attendance_by_month_is_bounded_in_each_quarter_and_over_them():
    quarters = {"2010-Q1": {"m1": 2, "m2": 3, "m3": 0}, "2010-Q2": {"m1": 1, "m2": 1, "m3": 0}}
    report = of_one_table("2010-H1", "follow_up_support", quarters)
    assert columns(report, "follow_up_support") == ["3 to 5", "1 to 2"]
    assert str(report.filled("follow_up_support").total()) == "3 to 7"


def test_a_stock_is_that_of_the_last_month_and_has_no_total():
    quarters = {"2010-Q1": {"m1": 60, "m2": 55, "m3": 50}, "2010-Q2": {"m1": 61, "m2": 51, "m3": 43}}
    report = of_one_table("2010-H1", "referrals_by_age", quarters)
    table = report.filled("referrals_by_age")
    assert [columns(report, "referrals_by_age", row)[0] for row in (0, 1)] == ["50", "43"]
    assert (table.spec.depth + 2, 1) not in table.at
    assert str(table.total_of("in_shelter", "clients", {})) == "43"


def test_clients_in_care_are_worked_out_anew_for_the_whole_year():
    quarters = {"2010-Q1": {"m1": 20, "m2": 1, "m3": 2}, "2010-Q2": {"m1": 9, "m2": 0, "m3": 3}}
    reports = {}
    for quarter, figures in quarters.items():
        stock = {month: 20 if month == "m1" else 0 for month in figures}
        reports[quarter] = report_of(quarter, referrals_by_type=figures, referrals_by_age=stock)
    report = joined("2010-H1", reports)
    indicator = default_indicator("in_care", "clients")
    achieved = achieve(known_of(report), Plan(), indicator, "2010-H1")
    assert [str(point.total) for point in achieved.quarters] == ["23", "23"]
    assert achieved.to_date == 20 + 1 + 2 + 9 + 0 + 3


def test_a_quarter_without_a_workbook_is_not_known_and_named():
    report = of_one_table("2010", "education", {"2010-Q1": {"m1": 3}, "2010-Q4": {"m1": 2}})
    assert columns(report, "education") == ["3", "at least 0", "at least 0", "2", "at least 5", None]
    assert report.missing == ("2010-Q2", "2010-Q3")
    assert [finding.sentence[:47] for finding in report.problems] == [
        "there is no workbook of the 2nd quarter of 2010",
        "there is no workbook of the 3rd quarter of 2010",
    ]


def test_the_next_quarter_stands_in_for_one_without_a_workbook_and_is_named():
    quarters = {"2010-Q2": {"previous": 7, "m1": 1, "m2": 1, "m3": 1}}
    report = of_one_table("2010-H1", "family_visits", quarters)
    assert columns(report, "family_visits") == ["7", "3", "10", None]
    (finding,) = report.problems
    assert finding.fields["tables"] == "“Family visits”"
    cells = report.filled("family_visits").total(case_type="DV", period="2010-Q1").cells
    assert [cell.partition(":")[0] for cell in cells] == ["2010-Q2"]


def test_a_quarter_with_a_workbook_counts_itself_whatever_the_next_one_says():
    quarters = {"2010-Q1": {"m1": 5}, "2010-Q2": {"previous": 7, "m1": 1}}
    report = of_one_table("2010-H1", "family_visits", quarters)
    assert columns(report, "family_visits") == ["5", "1", "6", None]


def test_a_table_that_one_quarter_lacks_is_not_known_there():
    whole = report_of("2010-Q1", education={"m1": 3}, other_services={})
    report = joined("2010-H1", {"2010-Q1": whole, "2010-Q2": report_of("2010-Q2", education={"m1": 1})})
    assert columns(report, "other_services") == ["at least 0"]
    assert columns(report, "education") == ["3", "1", "4", None]


def test_a_row_of_an_open_list_that_only_one_quarter_has_had_no_cases_in_the_other():
    first, second = (report_of(quarter, partner_referrals={"m1": 1}) for quarter in ("2010-Q1", "2010-Q2"))
    new = Count("partner_referrals", "referred_out", "clients", {"category": "Clinic", "period": "2010-01"}, 4, "S!A9")
    reading = first.reading
    months = [replace(new, key={**new.key, "period": f"2010-0{month}"}, value=0, source="") for month in (2, 3)]
    members = {"partner_referrals": (*reading.members["partner_referrals"], "Clinic")}
    grown = Report(replace(reading, base=(*reading.base, new, *months), members=members), ())
    report = joined("2010-H1", {"2010-Q1": grown, "2010-Q2": second})
    assert columns(report, "partner_referrals", 2)[:3] == ["4", "0", "4"]


def test_a_disputed_cell_marks_its_quarter_and_the_year_and_nothing_else():
    first, second = (report_of(quarter, education=EDUCATION[quarter]) for quarter in EDUCATION)
    cell = second.reading.base[0].source
    second = Report(second.reading, (make_finding("near_name", cell, table="education"),))
    report = joined("2010-H1", {"2010-Q1": first, "2010-Q2": second})
    table = report.filled("education")
    shown = [bool(table.at[table.spec.depth, place].disputes) for place in (1, 2, 3)]
    assert shown == [False, True, True]
    assert report.problems[0].where == (f"2010-Q2: {cell}",)
    assert table.at[table.spec.depth, 2].total.cells[0] == f"2010-Q2: {cell}"


@pytest.mark.parametrize("period", ["2010", "2010-H1", "2010-Q2..2011-Q1"])
def test_every_flow_and_event_of_the_demo_is_the_sum_of_its_quarters(period, demo_reports):
    whole, parts = demo_reports(period)
    tested = 0
    for indicator in (known for known in Plan().indicators if known.adds_up):
        about = (indicator.measure, indicator.unit)
        total = whole.filled(indicator.table).total_of(*about, {}).exact
        assert total == sum(part.filled(indicator.table).total_of(*about, {}).exact for part in parts)
        tested += 1
    assert tested == 8


@pytest.mark.parametrize("period", ["2010", "2010-H1"])
def test_every_row_of_a_flow_is_the_sum_of_its_quarters_and_no_row_of_anything_else_is(period, demo_reports):
    whole, parts = demo_reports(period)
    apart = 0
    for name in whole.tables:
        table = whole.filled(name)
        adds = adding(table.spec.measure, table.spec.unit)
        for member in table.members if table.spec.rows != "quarter" else ():
            key = table.row_key(member)
            total, quarters = table.total(**key), [part.filled(name).total(**key) for part in parts]
            summed = sum(quarter.most for quarter in quarters)
            if adds == "flow":
                assert total.exact == summed
            else:
                assert total.most == summed
                assert max(quarter.least for quarter in quarters) <= total.least
                apart += total.least < summed
    assert apart > 20


@pytest.fixture(scope="module")
def demo_reports(request):
    """The demo's report of a period, and those of its quarters."""
    reports: dict[str, Report] = {}

    def of(period: str) -> tuple[Report, tuple[Report, ...]]:
        if period not in reports:
            reports[period] = load(request.config.rootpath / "data" / "demo", period)
        return reports[period], reports[period].parts

    return of


def test_a_period_without_any_workbook_is_refused_with_the_quarters_there_are(tmp_path):
    with pytest.raises(CannotReadError, match="2012: there is no workbook of any of its quarters"):
        load(tmp_path, "2012")


@pytest.mark.parametrize(("period", "ends"), [("2010-H1", 2), ("2010-H2", 4)])
def test_a_half_year_stands_in_its_year_where_that_is_drawn(period, ends):
    reports = {quarter: report_of(quarter, referrals_by_type={"m1": 5}) for quarter in calendar.quarters_to("2010-Q4")}
    own = joined(period, {quarter: reports[quarter] for quarter in calendar.quarters_in(period)})
    others = tuple(report.reading for report in reports.values())
    numbers = burn_up(Release(replace(own, others=others)), "referred").numbers["Actual"]
    known = [int(number) for number in numbers.dropna()]
    assert known == [5 * (1 + month // 3) for month in range(3 * ends)]
    assert next(iter(numbers.index)) == "January 2010"
