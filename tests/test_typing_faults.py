"""Faults planted to measure what is named: each is what its kind says, and nothing else of the workbook changes."""

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace

import pytest
import slips
from named_cells import Outcome, table
from planting import sheet_part
from sound_quarters import Cell, Sound, sound
from typing_faults import KINDS, UNSEEN, Fault, left_totals
from ways_of_totals import WAYS, planted

from ccpcr_lib.excel.reader import Reading, read_workbook
from ccpcr_lib.excel.rules import make_finding
from ccpcr_lib.forms.simulate import simulate
from ccpcr_lib.forms.workbook import new_workbook
from ccpcr_lib.model.finding import Finding
from ccpcr_lib.quality.check import check_reading

CALCULATED, TYPED, ON_PAPER = WAYS["calculated"], WAYS["typed"], WAYS["on paper"]
SEED, BEFORE, QUARTER = 1, "2009-Q1", "2009-Q2"
ALL = {name: kind for name, kind in {**KINDS, **UNSEEN}.items() if name not in ("wrong_total", "wrong_paper_total")}


@cache
def quarter(period: str = QUARTER) -> Sound:
    return sound(SEED, period)


@cache
def allowed(kind: str) -> list[dict]:
    """The slips of a kind that the quarter allows."""
    return [dict(slip) for slip in {**KINDS, **UNSEEN}[kind].slips(quarter()) if slip]


def figures(reading: Reading) -> dict[str, float | None]:
    """What stands in the counts and the claims of a workbook, by cell."""
    return {fact.source: fact.value for fact in (*reading.base, *reading.claims)}


def changed(reading: Reading, other: Reading) -> set[str]:
    one, two = figures(reading), figures(other)
    return {cell for cell in one.keys() | two.keys() if one.get(cell) != two.get(cell)}


def test_there_are_eighteen_kinds_or_more_for_each_way():
    assert [sum(kind.suits(way) for kind in KINDS.values()) for way in WAYS.values()] == [18, 18, 19]


RETYPED = [
    (slips.one_more, 0, [1]),
    (slips.one_fewer, 4, [3]),
    (slips.digits_transposed, 12, [21]),
    (slips.digits_transposed, 5, []),
    (slips.digit_doubled, 5, [55]),
    (slips.digit_doubled, 12, [112, 122]),
    (slips.digit_dropped, 12, [2, 1]),
    (slips.digit_dropped, 5, []),
    (slips.slipped_zero, 3, [30, 3000]),
    (slips.look_alike, 16, [76, 19]),
    (slips.look_alike, 5, []),
]


@pytest.mark.parametrize(("hand", "figure", "typed"), RETYPED)
def test_a_figure_is_retyped_as_a_hand_slips(hand: Callable, figure: int, typed: list[int]):
    assert hand(SimpleNamespace(value=figure), quarter()) == typed


@pytest.mark.parametrize("kind", ALL)
def test_every_slip_changes_each_of_its_cells(kind):
    old = {cell.address: cell.value for cell in quarter().cells}
    assert allowed(kind)
    assert [slip for slip in allowed(kind) if any(new == old[cell] for cell, new in slip.items())] == []


@pytest.mark.parametrize("kind", ["slipped_zero", "swapped_in_column", "months_swapped", "table_left"])
def test_calculated_totals_are_those_of_a_workbook_made_anew(tmp_path, kind):
    slip = allowed(kind)[len(allowed(kind)) // 2]
    frame = simulate_once().copy()
    senses = {cell.address: cell for cell in quarter().cells}
    for address, figure in slip.items():
        frame.loc[places()[_sense(senses[address])], "value"] = figure
    (path := tmp_path / "2009-Q2.xlsx").write_bytes(new_workbook(QUARTER, counts=frame, plan=60))
    assert figures(planted(quarter(), CALCULATED, slip)) == figures(read_workbook(path))


@cache
def simulate_once():
    return simulate(SEED)[QUARTER]


@cache
def places() -> dict[tuple, int]:
    """The row of the frame for each count."""
    frame = simulate_once().astype(object).where(simulate_once().notna(), None)
    names = ("case_type", "sex", "age_band", "category")
    return {
        (row.table, row.measure, row.unit, row.period, *(getattr(row, name) for name in names)): row.Index
        for row in frame.itertuples()
    }


def _sense(cell: Cell) -> tuple:
    slot, names = cell.field.slot, ("period", "case_type", "sex", "age_band", "category")
    table = quarter().sheets[cell.sheet].table
    return (table, slot.measure, slot.unit, *(slot.key.get(name) for name in names))


@pytest.mark.parametrize("kind", ["one_more", "months_swapped", "column_slipped"])
def test_where_totals_are_typed_nothing_but_the_slip_changes(kind):
    slip = allowed(kind)[len(allowed(kind)) // 2]
    assert changed(planted(quarter(), TYPED, {}), planted(quarter(), TYPED, slip)) == set(slip)


@pytest.mark.parametrize("way", WAYS.values(), ids=lambda way: way.name)
def test_a_sound_quarter_is_the_same_however_totals_came_about_and_nothing_is_wrong_with_it(way):
    reading = planted(quarter(), way, {})
    on_paper = {claim.source for claim in reading.claims if claim.is_on_paper}
    assert changed(reading, planted(quarter(), CALCULATED, {})) == on_paper
    assert bool(on_paper) == way.is_on_paper
    assert [item for item in check_reading(reading) if item.severity != "note"] == []


def test_a_typed_total_is_no_formula():
    parts = [sheet_part(name, quarter().parts) for name in quarter().sheets]
    assert [sum(b"<f>" in way.prepare(quarter())[part] for part in parts) for way in WAYS.values()] == [
        14,
        0,
        14,
    ]


def test_every_total_on_paper_of_a_named_row_is_typed_as_the_figures_add_up():
    claims = {claim.source: claim.value for claim in planted(quarter(), ON_PAPER, {}).claims if claim.is_on_paper}
    told = {cell: claims[cell] for cell in ("Education!H15", "Education!B21", "Education!H21", "Life skills!N8")}
    assert len(claims) == 130
    assert told == {"Education!H15": 2, "Education!B21": 1, "Education!H21": 5, "Life skills!N8": 43}


def test_totals_on_paper_stay_right_where_a_count_is_typed_wrong_and_formulas_follow():
    slip = {"Education!B8": _value("Education!B8") + 1}
    told = changed(planted(quarter(), ON_PAPER, {}), planted(quarter(), ON_PAPER, slip))
    assert {"Education!B8", "Education!B20", "Education!E8"} <= told
    assert {"Education!H8", "Education!B21", "Education!H21"}.isdisjoint(told)


def test_one_client_on_the_wrong_side_changes_no_sum():
    assert {
        (len(slip), sum(new for new in slip.values()) - sum(_value(cell) for cell in slip))
        for slip in allowed("wrong_side")
    } == {(2, 0)}


def test_a_table_left_is_that_of_the_quarter_before_with_its_totals():
    """Every cell of the sheet: a slip of the whole table, and the typed totals that go with it."""
    (slip,) = (slip for slip in allowed("table_left") if "Follow up support" in str(slip))
    before = figures(planted(quarter(BEFORE), TYPED, {}))
    left = figures(planted(quarter(), TYPED, {**slip, **left_totals("table_left", quarter(), [slip])}))
    own = [cell for cell in left.keys() | before.keys() if cell.startswith("Follow up support!")]
    assert [cell for cell in own if left.get(cell) != before.get(cell)] == []


def test_a_figure_typed_as_text_is_skipped_by_its_total():
    slip = next(slip for slip in allowed("figure_as_text") if slips.changes_a_result(quarter(), slip))
    ((cell, text),) = slip.items()
    told = changed(planted(quarter(), CALCULATED, {}), planted(quarter(), CALCULATED, slip))
    assert text == str(_value(cell))
    assert told
    assert cell not in told


def test_a_percent_is_wrong_by_more_than_any_rounding():
    wrong = {cell: figure for slip in allowed("wrong_total") for cell, figure in slip.items()}
    assert all(isinstance(figure, int) or figure == round(figure, 2) for figure in wrong.values())
    assert {type(figure) for figure in wrong.values()} == {int, float}


def _value(address: str) -> int:
    return next(cell.value for cell in quarter().cells if cell.address == address)


# --- what is measured ---

ONE, OTHER = "Education!B7", "Education!C7"


def told(*where: tuple[str, ...], slip: tuple[dict, ...] = ({ONE: 4},)) -> Outcome:
    findings = tuple(make_finding("negative", cells, printed="-3") for cells in where)
    return Outcome(Fault("one_more", 0, SEED, QUARTER, slip, {}), CALCULATED, findings, 0.004)


def test_the_first_cell_of_the_first_finding_is_what_is_named():
    assert [one.is_named for one in (told(), told((ONE, OTHER)), told((OTHER, ONE)), told((OTHER,), (ONE,)))] == [
        False,
        True,
        False,
        False,
    ]


def test_a_fault_is_named_exactly_where_one_finding_has_its_cells_and_no_other():
    assert [one.is_exact for one in (told((ONE, OTHER)), told((OTHER,), (ONE,)))] == [False, True]
    assert told((OTHER, ONE), slip=({ONE: 4, OTHER: 5},)).is_exact


def test_two_slips_are_named_exactly_by_a_finding_each():
    two = ({ONE: 4}, {OTHER: 5})
    assert [told((ONE, OTHER), slip=two).is_exact, told((ONE,), (OTHER,), slip=two).is_exact] == [False, True]


@pytest.mark.parametrize(
    ("kind", "named", "is_it"),
    [
        ("table_left", ("B7", "D7"), True),
        ("table_left", ("B7", "C7", "D7", "B8", "C8", "D8"), True),
        ("table_left", ("B7", "D7", "F7"), True),
        ("table_left", ("B7", "C7", "B8", "C8", "D8"), False),
        ("table_left", ("B7", "D7", "E7"), False),
        ("months_swapped", ("B7", "D7"), True),
        ("months_swapped", ("B7", "C7", "D7"), False),
    ],
)
def test_a_table_left_is_named_with_what_is_the_same_in_both_quarters_and_with_or_without_its_totals(
    kind, named, is_it
):
    """B7 to D8 are 6, 4, 2 and three times 0; a quarter before they are 2, 4, 6 and three times 0."""
    slip, also = {"Reintegration!B7": 2, "Reintegration!D7": 6}, {"Reintegration!F7": 1}
    fault = Fault(kind, 0, SEED, QUARTER, (slip,), also if kind == "table_left" else {})
    assert fault.names(slip, [f"Reintegration!{cell}" for cell in named]) == is_it


def test_a_month_left_is_named_with_what_is_the_same_in_that_month_of_both_quarters():
    slip = {"Reintegration!B7": 2}
    fault = Fault("month_left", 0, SEED, QUARTER, (slip,), {})
    assert [
        fault.names(slip, [f"Reintegration!{cell}" for cell in cells]) for cells in (("B7", "B8"), ("B7", "C7"))
    ] == [
        True,
        False,
    ]


def test_one_explanation_is_counted_where_the_first_finding_says_which_cell_is_likely_wrong():
    fault = Fault("one_more", 0, SEED, QUARTER, ({ONE: 4},), {})
    odd = [Finding("total", "warning", "", (ONE, OTHER), odd=number) for number in (1, 0)]
    likely, not_sure = (Outcome(fault, CALCULATED, (finding,), 0.004) for finding in odd)
    second = Outcome(fault, CALCULATED, (odd[1], odd[0]), 0.004)
    assert [one.is_explained for one in (likely, not_sure, second, told())] == [True, False, False, False]
    lines = table({"both": [likely, not_sure]}).splitlines()
    assert " ".join(lines[1].split()) == "both 2 100 % 100 % 0 % 1.00 50 % 100 % 0 % 4.0 4.0"


def test_the_table_counts_what_is_named_among_what_is_noticed():
    lines = table({"one": [told(), told((ONE,)), told((OTHER,), (ONE,))]}).splitlines()
    assert " ".join(lines[1].split()) == "one 3 67 % 50 % 100 % 1.50 0 % - - 4.0 4.0"
