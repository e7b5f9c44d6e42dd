"""Every row axis, breakdown and chart form together: right numbers, counted by hand, or refused when declared."""

from dataclasses import replace
from itertools import product

import pandas as pd
import pytest
from by_hand import (
    BREAKDOWNS,
    PLANNED,
    REAL,
    ROWS,
    SUITS,
    Q,
    cell,
    counted,
    declare,
    drawn,
    handed_out,
    native,
    real_key,
    row_key,
    suits,
)
from extent import proof
from plotted import numbers

from ccpcr_lib import release
from ccpcr_lib.analysis.breakdown import TOTAL, UNSAID, break_down, counted_by, dimensions
from ccpcr_lib.analysis.tables import Table, build_table
from ccpcr_lib.model.catalogue import count, counts_by
from ccpcr_lib.model.chart_forms import CHART_FORMS
from ccpcr_lib.model.table import TableSpec
from ccpcr_lib.publish.charts import FORMS, chart
from ccpcr_lib.publish.charts.plots import KINDS, plots_of
from ccpcr_lib.publish.handout.plain_table import plain_table, plotted
from ccpcr_lib.publish.text.table import table_html
from ccpcr_lib.quality.facts import Facts
from ccpcr_lib.quality.records import Claim, Count

DECLARED = [form for form, about in CHART_FORMS.items() if about.is_declared]
REASONS = r"as its rows do|all three months|no header is found|do not tell|two headings|one column of enrolled"
ALL = [(rows, breakdown) for rows, breakdown in product(ROWS, BREAKDOWNS) if suits(rows, breakdown)]
TABLES = [table for table in ALL if table[0] in ("grade", "topic", "case_type", "month")]
ALIKE = [table for table in ALL if table not in TABLES]
RELATIVE = {real: period for period, real in REAL.items()}


def fill(spec: TableSpec) -> Table:
    """Fill a declared table with the counts of the made-up quarter."""
    counts = [
        Count(
            "education", own.measure, own.unit, real_key(dict(own.key), spec.rows, member), value, f"S!{place}.{line}"
        )
        for place, own in enumerate(spec.counts)
        for line, member in enumerate(ROWS[spec.rows])
        for value in [cell(spec.rows, member, dict(own.key), own.unit)]
    ]
    plans = [
        Claim("education", own.measure, own.unit, {"period": "2010"}, PLANNED, "S!A1", "plan", str(PLANNED))
        for own in spec.columns
        if own.role == "plan"
    ]
    return build_table(spec, Facts(Q, tuple(counts), tuple(plans)), ROWS[spec.rows])


def shown(quarter, table):
    """The real quarter, shown with another table in the place of its own."""
    report = replace(quarter)
    report._filled[table.spec.name] = table
    return release(report)


def plain(frame: pd.DataFrame) -> list[list[int | None]]:
    """A frame's numbers, row by row."""
    return [[None if pd.isna(value) else int(value) for value in row] for row in frame.to_numpy(dtype=object)]


def test_every_breakdown_says_by_hand_what_can_be_drawn_of_it():
    assert list(SUITS) == list(BREAKDOWNS)


def test_every_form_that_may_be_declared_is_drawn_by_us_and_by_office():
    assert list(FORMS) == list(CHART_FORMS)
    assert list(KINDS) == DECLARED


@pytest.mark.parametrize("form", CHART_FORMS)
@pytest.mark.parametrize("rows", ROWS)
def test_a_chart_is_declared_where_it_can_be_drawn_and_refused_elsewhere(rows, form):
    accepted = set()
    for breakdown in BREAKDOWNS:
        try:
            declare(rows, breakdown, form)
        except ValueError:
            continue
        accepted.add(breakdown)
    assert accepted == {breakdown for breakdown in BREAKDOWNS if form in (suits(rows, breakdown) or ())}


@pytest.mark.parametrize("rows", ROWS)
def test_a_table_that_contradicts_itself_or_lacks_a_month_is_refused_whatever_is_drawn(rows):
    for breakdown in BREAKDOWNS:
        if suits(rows, breakdown) is None:
            with pytest.raises(ValueError, match=REASONS):
                declare(rows, breakdown, "members")


@pytest.mark.parametrize(("rows", "breakdown"), TABLES)
def test_every_chart_draws_what_was_counted_by_hand(quarter, rows, breakdown):
    _check_charts(quarter, rows, breakdown)


@pytest.mark.parametrize(("rows", "breakdown"), TABLES)
def test_the_chart_of_the_handout_plots_what_was_counted_by_hand(quarter, rows, breakdown):
    _check_handout(quarter, rows, breakdown)


@pytest.mark.parametrize(("rows", "breakdown"), TABLES)
def test_totals_and_breakdowns_were_counted_by_hand(quarter, rows, breakdown):
    _check_totals(quarter, rows, breakdown)
    _check_explorer(rows, breakdown)


@proof("rows, breakdown", ALIKE, sample=12)
def test_all_lists_of_rows_are_served_alike(quarter, rows, breakdown):
    _check_charts(quarter, rows, breakdown)
    _check_handout(quarter, rows, breakdown)
    _check_totals(quarter, rows, breakdown)
    _check_explorer(rows, breakdown)


def _check_charts(quarter, rows, breakdown) -> None:
    """Hold the picture of each form that suits a table, and Office's chart of it, against what was counted by hand."""
    forms = sorted(suits(rows, breakdown))
    table = fill(declare(rows, breakdown, *forms))
    own = shown(quarter, table)
    pictures = {form: plain(FORMS[form].numbers(own, table)) for form in forms}
    assert pictures == {form: drawn(rows, breakdown, form) for form in forms}
    office = {plot.form: plain(plot.numbers) for plot in plots_of(own, "education")}
    assert office == {form: native(rows, breakdown, form) for form in forms}


def _check_handout(quarter, rows, breakdown) -> None:
    table = fill(declare(rows, breakdown, "members"))
    laid, taken = plain_table(shown(quarter, table), table), plotted(table)
    if taken.across:
        assert [[laid.rows[-1][place]] for place in taken.columns] == handed_out(rows, breakdown)
        assert taken.columns == tuple(range(taken.columns[0], taken.columns[-1] + 1))
    else:
        assert [[row[place] for place in taken.columns] for row in laid.rows[:-1]] == handed_out(rows, breakdown)


def _check_totals(quarter, rows, breakdown) -> None:
    table = fill(declare(rows, breakdown, "members"))
    totals = [table.total(**table.row_key(member)).exact for member in ROWS[rows]]
    assert totals == [counted(rows, **row_key(rows, member)) for member in ROWS[rows]]
    assert table.total().exact == counted(rows)
    assert "None" not in table_html(shown(quarter, table), "education")


def _check_explorer(rows, breakdown) -> None:
    """Hold each figure of the finest breakdown, but of those whose sex is not said, against what was counted."""
    table = fill(declare(rows, breakdown, "members"))
    own = counted_by(table.spec)[0]
    laid = break_down([table], own, dimensions(table.spec, own))
    right = {}
    for (row, codes), figure in laid.figures.items():
        places = dict(zip((laid.rows, *laid.columns), (row, *codes), strict=True))
        key = {name: code for name, code in places.items() if name and code not in (TOTAL, UNSAID)}
        key |= {"period": RELATIVE[key.pop("month")]} if "month" in key else {}
        if UNSAID not in places.values() and not ("sex" in key and "case_type" not in key and "types" in breakdown):
            right[row, codes] = figure.value == counted(rows, **key)
    assert right
    assert set(right.values()) == {True}


DRAWN = [
    *(("month", "sexes", form) for form in ("members", "members_by_sex", "matrix")),
    *(("case_type", "sexes", form) for form in ("type_and_sex", "members_by_sex", "matrix")),
    ("month", "units", "clients_and_times"),
    ("case_type", "units", "clients_and_times"),
    ("case_type", "before, months", "previous_and_this"),
    ("month", "ages, sexes", "pyramid"),
    ("month", "plan, sexes", "against_plan"),
    ("topic", "months, sexes", "months"),
]


@pytest.mark.parametrize(("rows", "breakdown", "form"), DRAWN)
def test_what_is_drawn_is_what_the_chart_says_it_plots(quarter, rows, breakdown, form):
    made = chart(shown(quarter, fill(declare(rows, breakdown, form))), "education", form)
    assert numbers(made) == drawn(rows, breakdown, form)
    marks = [[text.get_text() for text in axis.texts] for axis in made.figure.axes if axis.texts]
    by_column = [[str(number) for number in line] for line in zip(*drawn(rows, breakdown, form), strict=True)]
    in_fields = [[str(number) for line in drawn(rows, breakdown, form) for number in line]]
    assert marks[-len(by_column) :] == by_column if form != "matrix" else marks == in_fields


@pytest.mark.parametrize("form", [form for form in DECLARED if form not in ("members", "months", "matrix")])
def test_a_chart_that_a_table_has_no_figures_for_is_refused_when_it_is_asked_for(quarter, form):
    with pytest.raises(ValueError, match=f"no chart '{form}' can be drawn of it, which needs "):
        chart(release(quarter), "education", form)


# --- bounds and blanks, each by hand ---


def attended(rows: str, breakdown: str, form: str, *values: int | None):
    """A table of who attended, one count after the other, line by line."""
    spec = declare(rows, breakdown, form, measure="attended")
    counts = fill(spec).base
    own = [replace(count, value=value) for count, value in zip(counts, values, strict=True)]
    return build_table(spec, Facts("2010-Q2", tuple(own), ()), ROWS[rows])


def bounded(quarter, table, form: str) -> tuple[list[str], list[list[int | None]]]:
    """The headings of a chart, in one line each, and its numbers."""
    frame = FORMS[form].numbers(shown(quarter, table), table)
    return [" ".join(heading.split()) for heading in frame], plain(frame)


def test_who_may_have_come_in_several_months_is_at_least_the_largest_of_them(quarter):
    # a column is a month: April 4, 0; May 2, 0; June 3, 1
    table = attended("partner", "months", "months", 4, 0, 2, 0, 3, 1)
    headings, numbers = bounded(quarter, table, "months")
    assert headings == ["April", "May", "June", "2nd quarter of 2010 At least"]
    assert numbers == [[4, 2, 3, 4], [0, 0, 1, 1]]


def test_girls_under_two_topics_are_at_least_as_many_as_under_one_of_them(quarter):
    # three topics; under each case type girls 3, 1, 2 and boys 0, 2, 0; the four without a sex 1, 1, 1
    groups = {"girls": (3, 1, 2), "boys": (0, 2, 0), "alone": (1, 1, 1)}
    names = {"F": "girls", "M": "boys"}
    order = [names.get(key.get("sex"), "alone") for key in BREAKDOWNS["types, sexes"]]
    table = attended("topic", "types, sexes", "type_and_sex", *(value for name in order for value in groups[name]))
    headings, numbers = bounded(quarter, table, "type_and_sex")
    assert headings == ["Female At least", "Male At least", "Sex not recorded At least", "Total At least"]
    assert numbers == [
        [3, 2, 0, 5],
        [None, None, 1, 1],
        [3, 2, 0, 5],
        [3, 2, 0, 5],
        [None, None, 1, 1],
        [3, 2, 0, 5],
        [None, None, 1, 1],
    ]


def test_a_pyramid_of_several_topics_says_at_least(quarter):
    values = [number for place in range(6) for number in (place, 7, 1)]  # ages from the youngest, girls and boys
    table = attended("topic", "ages, sexes", "pyramid", *values)
    headings, numbers = bounded(quarter, table, "pyramid")
    assert (headings, numbers) == (["Female At least", "Male At least"], [[7, 7], [7, 7], [7, 7]])


@pytest.mark.parametrize("rows", ["month", "case_type", "partner"])
def test_a_blank_is_never_drawn_as_a_zero(quarter, rows):
    spec = declare(rows, "sexes", "members_by_sex", "matrix", "members")
    first, *others = fill(spec).base
    blank = build_table(spec, Facts("2010-Q2", (replace(first, value=None), *others), ()), ROWS[rows])
    for form, unknown in {"members_by_sex": [0, 2], "matrix": [0], "members": [0]}.items():
        expected = drawn(rows, "sexes", form)
        expected[0] = [None if place in unknown else number for place, number in enumerate(expected[0])]
        assert bounded(quarter, blank, form)[1] == expected


def test_months_of_check_ups_are_drawn_with_their_numbers_not_with_zeros(quarter):
    spec = declare("month", "sexes", "members", "members_by_sex")
    counts = [
        replace(
            count,
            value={"04": {"F": 4, "M": 1}, "05": {"F": 6, "M": 2}, "06": {"F": 5, "M": 1}}[count.key["period"][5:]][
                count.key["sex"]
            ],
        )
        for count in fill(spec).base
    ]
    table = build_table(spec, Facts("2010-Q2", tuple(counts), ()), ROWS["month"])
    assert bounded(quarter, table, "members")[1] == [[5], [8], [6]]  # 19 together
    assert bounded(quarter, table, "members_by_sex")[1] == [[4, 1, 5], [6, 2, 8], [5, 1, 6]]


def test_a_movement_is_drawn_of_months_without_any_age(quarter):
    columns = (
        count("in_shelter", "in_shelter"),
        *counts_by("referred", "sex", under="sexes"),
        count("reintegrated", "reintegrated"),
    )
    spec = TableSpec("education", 12, "month", columns, charts=("movement",))
    figures = {
        ("in_shelter", ""): (20, 21, 19),
        ("referred", "F"): (4, 3, 1),
        ("referred", "M"): (1, 1, 0),
        ("reintegrated", ""): (3, 3, 2),
    }
    counts = [
        Count("education", measure, "clients", {"period": month} | ({"sex": sex} if sex else {}), value, "S!A1")
        for (measure, sex), values in figures.items()
        for month, value in zip(("2010-04", "2010-05", "2010-06"), values, strict=True)
    ]
    table = build_table(spec, Facts("2010-Q2", tuple(counts), ()), ROWS["month"])
    frame = FORMS["movement"].numbers(shown(quarter, table), table)
    # partners took nobody in April and three in May, as the real quarter says
    assert frame["clients"].tolist() == [20, -3, 0, 4, 21, -3, -3, 1, 19]
    (office,) = plots_of(shown(quarter, table), "education")
    assert office.pale == (1, 2, 3, 5, 6, 7)
