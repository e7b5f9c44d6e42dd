"""Every row axis, breakdown and chart form together: right numbers, counted by hand, or refused when declared."""

from itertools import product

import pytest
from by_hand import (
    BREAKDOWNS,
    REAL,
    ROWS,
    SUITS,
    counted,
    declare,
    drawn,
    handed_out,
    native,
    row_key,
    suits,
)
from extent import proof
from made_up import fill, numbers_of, plain, shown
from plotted import numbers

from ccpcr_lib import release
from ccpcr_lib.analysis.breakdown import TOTAL, UNSAID, break_down, counted_by, dimensions
from ccpcr_lib.model.chart_forms import CHART_FORMS
from ccpcr_lib.publish.charts import chart
from ccpcr_lib.publish.charts.forms import NATIVE, PICTURES, plots_of
from ccpcr_lib.publish.charts.kinds import KINDS
from ccpcr_lib.publish.handout.plain_table import plain_table, plotted
from ccpcr_lib.publish.text.table import table_html

DECLARED = [form for form, about in CHART_FORMS.items() if about.is_declared]
REASONS = r"as its rows do|all three months|no header is found|do not tell|two headings|one column of enrolled"
ALL = [(rows, breakdown) for rows, breakdown in product(ROWS, BREAKDOWNS) if suits(rows, breakdown)]
TABLES = [table for table in ALL if table[0] in ("grade", "topic", "case_type", "month")]
ALIKE = [table for table in ALL if table not in TABLES]
RELATIVE = {real: period for period, real in REAL.items()}


def test_every_breakdown_says_by_hand_what_can_be_drawn_of_it():
    assert list(SUITS) == list(BREAKDOWNS)


def test_every_form_that_may_be_declared_is_drawn_by_us_and_by_office():
    crossing = {form: about.crossed for form, about in CHART_FORMS.items() if about.crossed}
    assert {crossed.kind for crossed in crossing.values()} <= set(KINDS)
    assert crossing.keys() | PICTURES.keys() == CHART_FORMS.keys()
    assert set(DECLARED) <= crossing.keys() | NATIVE.keys()


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
    pictures = {form: plain(numbers_of(own, form)) for form in forms}
    assert pictures == {form: drawn(rows, breakdown, form) for form in forms}
    office = {plot.form: plain(plot.frame) for plot in plots_of(own, "education")}
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


@pytest.mark.parametrize("breakdown", ["months", "months, sexes", "before, months"])
@pytest.mark.parametrize("rows", ["grade", "topic", "case_type"])
def test_rows_over_time_are_drawn_as_counted_by_hand(quarter, rows, breakdown):
    own = shown(quarter, fill(declare(rows, breakdown, "months")))
    members = [row_key(rows, member) for member in ROWS[rows]]
    by_month = [[counted(rows, **row, period=month) for row in members] for month in ("m1", "m2", "m3")]
    assert plain(chart(own, "education", "multiples").numbers) == by_month
    before = [counted(rows, **row, period="previous") if breakdown == "before, months" else None for row in members]
    quarters = [[was, counted(rows, **row)] for was, row in zip(before, members, strict=True)]
    assert plain(chart(own, "education", "slope").numbers) == quarters
