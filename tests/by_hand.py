"""A made-up quarter as a rule for every client, and any sum of it by a plain loop: the library adds nothing here.

`BREAKDOWNS` are the columns a table may have, `SUITS` which charts can be drawn of each, written out by hand.
"""

from itertools import product

from ccpcr_lib.model.period import Relative
from ccpcr_lib.model.table import Column, TableSpec, Text, TotalRow

Q = "2010-Q2"
REAL = {"m1": "2010-04", "m2": "2010-05", "m3": "2010-06", "previous": "2010-Q1", "quarter": "2010-Q2"}
TYPES = ("DV", "SA", "NC", "TL", "ST", "RC", "SW")
ONE_COLUMN = ("SA", "ST", "SW")
"""Case types whose sex a table by case type and sex does not say."""
SEXES, BANDS, MONTHS = ("F", "M"), ("0-10", "11-17", "18-25"), ("m1", "m2", "m3")
ROWS = {
    "grade": ("grade_1", "grade_2", "grade_5"),
    "topic": ("budgeting", "child_rights", "hiv_aids"),
    "skill": ("sewing", "weaving", "photoshop"),
    "organisation": ("RAO", "own_network"),
    "destination": ("family_community", "factory"),
    "partner": ("COSECAM", "CWDA"),
    "service": ("english", "computer", "case_management"),
    "case_type": TYPES,
    "month": MONTHS,
}
DIMENSION = {"case_type": "case_type", "month": "period"}
PLANNED = 60


def clients(place: int, period: int, kind: int, sex: int, band: int) -> int:
    """How many clients of one row, period, case type, sex and age band there are: a rule without a pattern to see."""
    return (5 * place + 3 * period + 7 * kind + 2 * sex + 11 * band + place * kind + period * sex) % 4


PEOPLE = [
    ({"category": row, "period": period, "case_type": kind, "sex": sex, "age_band": band}, clients(*places))
    for (places, (row, period, kind, sex, band)) in zip(
        product(range(3), range(4), range(7), range(2), range(3)),
        product(range(3), ("previous", *MONTHS), TYPES, SEXES, BANDS),
        strict=True,
    )
]
"""Everybody: what each group is, and how many they are. Rows of a list go by their places in it."""


def counted(rows: str, **asked: str) -> int:
    """Count everybody that `asked` is about, one by one; a quarter is its three months."""
    if "category" in asked:
        asked = {**asked, "category": ROWS[rows].index(asked["category"])}
    elif rows not in DIMENSION:
        asked = {**asked, "category": range(len(ROWS[rows]))}
    period = asked.get("period", "quarter")
    asked["period"] = MONTHS if period == "quarter" else period
    return sum(number for key, number in PEOPLE if all(_is(key[name], wanted) for name, wanted in asked.items()))


def _is(code: object, wanted: object) -> bool:
    return code in wanted if isinstance(wanted, tuple | range) else code == wanted


def crossed(**dimensions: tuple[str, ...]) -> list[dict[str, str]]:
    """Every combination of members."""
    return [dict(zip(dimensions, codes, strict=True)) for codes in product(*dimensions.values())]


def by_type_and_sex(**more: tuple[str, ...]) -> list[dict[str, str]]:
    """Case types by sex, those of one column undivided."""
    keys = [[{"case_type": kind}] if kind in ONE_COLUMN else crossed(case_type=(kind,), sex=SEXES) for kind in TYPES]
    return [{**first, **key} for first in crossed(**more) for group in keys for key in group]


BEFORE = {"period": "previous"}
BREAKDOWNS = {
    "nothing": [{}],
    "months": crossed(period=MONTHS),
    "sexes": crossed(sex=SEXES),
    "types": crossed(case_type=TYPES),
    "types, sexes": by_type_and_sex(),
    "ages": crossed(age_band=BANDS),
    "ages, sexes": crossed(age_band=BANDS, sex=SEXES),
    "months, sexes": crossed(period=MONTHS, sex=SEXES),
    "months, types, sexes": by_type_and_sex(period=MONTHS),
    "before, months": [BEFORE, *crossed(period=MONTHS)],
    "before, now": [BEFORE, {}],
    "before, sexes": [BEFORE, *crossed(sex=SEXES)],
    "both by sex": [*crossed(period=("previous",), sex=SEXES), *crossed(sex=SEXES)],
    "before alone": [BEFORE],
    "two months": crossed(period=("m1", "m3")),
    "girls": [{"sex": "F"}],
    "uneven months": [*crossed(period=("m1", "m2"), sex=SEXES), {"period": "m3"}],
    "units": [{}],
    "sexes, units": crossed(sex=SEXES),
    "plan": [{}],
    "plan, months": crossed(period=MONTHS),
    "plan, sexes": crossed(sex=SEXES),
}
BY_SEX = "members members_by_sex matrix"

# What can be drawn of each, with rows of a list, of case types, of months; "-": the table itself is refused.
SUITS = {
    "nothing": ("members", "members", "members"),
    "months": ("members months matrix", "members months matrix", "-"),
    "sexes": (BY_SEX, f"{BY_SEX} type_and_sex", BY_SEX),
    "types": ("members matrix", "-", "members matrix"),
    "types, sexes": ("members matrix type_and_sex", "-", "members matrix type_and_sex"),
    "ages": ("members matrix", "members matrix", "members matrix"),
    "ages, sexes": (f"{BY_SEX} pyramid", f"{BY_SEX} pyramid type_and_sex", f"{BY_SEX} pyramid"),
    "months, sexes": (f"{BY_SEX} months", f"{BY_SEX} months type_and_sex", "-"),
    "months, types, sexes": ("members months matrix type_and_sex", "-", "-"),
    "before, months": ("members months matrix previous_and_this", "members months matrix previous_and_this", "-"),
    "before, now": ("-", "-", "-"),
    "before, sexes": (f"{BY_SEX} previous_and_this", f"{BY_SEX} previous_and_this type_and_sex", "-"),
    "both by sex": ("-", "-", "-"),
    "before alone": ("-", "-", "-"),
    "two months": ("-", "-", "-"),
    "girls": ("-", "-", "-"),
    "uneven months": ("members matrix", "members matrix", "-"),
    "units": ("members clients_and_times",) * 3,
    "sexes, units": ("-", "-", "-"),
    "plan": ("-", "-", "-"),
    "plan, months": ("members months matrix against_plan", "members months matrix against_plan", "-"),
    "plan, sexes": (f"{BY_SEX} against_plan", f"{BY_SEX} against_plan type_and_sex", f"{BY_SEX} against_plan"),
}


def suits(rows: str, breakdown: str) -> set[str] | None:
    """Give the charts that can be drawn, by hand; None where there can be no such table."""
    forms = SUITS[breakdown][{"case_type": 1, "month": 2}.get(rows, 0)]
    return None if forms == "-" else set(forms.split())


LISTS = {"case_type": "case_types", "sex": "sexes", "age_band": "age_bands", "period": "period"}


def column(key: dict[str, str], measure: str = "enrolled", unit: str = "clients") -> Column:
    """Declare a column of counts with headings of its own."""
    own = [Text(LISTS[name], code) for name, code in key.items()]
    declared = {name: Relative(code) if name == "period" else code for name, code in key.items()}
    return Column("count", measure, declared, (Text("headings", unit), *own), unit)


def words(key: dict[str, object]) -> dict[str, str]:
    """Write a declared key as it is written here, its period as a word."""
    return {name: str(getattr(code, "value", code)) for name, code in key.items()}


def declare(rows: str, breakdown: str, *charts: str, measure: str = "enrolled") -> TableSpec:
    """Declare a table with these rows and columns, under the name of one that has a title."""
    units = ("clients", "times") if "units" in breakdown else ("clients",)
    columns = [column(key, measure, unit) for unit in units for key in BREAKDOWNS[breakdown]]
    if "plan" in breakdown:
        head = (Text("headings", "plan"),)
        columns.insert(0, Column("plan", measure, {"period": Relative.YEAR}, head, joined=True))
    members = () if rows == "month" else ROWS[rows]
    return TableSpec("education", 12, rows, tuple(columns), members, (TotalRow(),), charts)


def cell(rows: str, member: str, key: dict[str, str], unit: str = "clients") -> int:
    """Give one count of a table: what happened in times is three times as many."""
    return counted(rows, **key, **row_key(rows, member)) * (3 if unit == "times" else 1)


def row_key(rows: str, member: str) -> dict[str, str]:
    """Give what a row stands for, a month as `m1`."""
    return {DIMENSION.get(rows, "category"): member}


def real_key(key: dict[str, str], rows: str, member: str) -> dict[str, str]:
    """Give what a count of a table stands for, with its real period."""
    whole = {**key, **row_key(rows, member)}
    return {**whole, "period": REAL[whole.get("period", "quarter")]}


def drawn(rows: str, breakdown: str, form: str) -> list[list[int | None]]:
    """Give what a chart must draw, row by row from the top, counted one by one."""
    members = [row_key(rows, member) for member in ROWS[rows]]
    return {
        "members": lambda: [[counted(rows, **row)] for row in members],
        "against_plan": lambda: [[counted(rows, **row)] for row in members],
        "months": lambda: [[counted(rows, **row, period=part) for part in (*MONTHS, "quarter")] for row in members],
        "members_by_sex": lambda: [_sexes(rows, row) for row in members],
        "type_and_sex": lambda: _types(rows, breakdown),
        "previous_and_this": lambda: [
            [counted(rows, **row, period=part) for part in ("previous", "quarter")] for row in members
        ],
        "clients_and_times": lambda: [[counted(rows, **row), 3 * counted(rows, **row)] for row in members],
        "pyramid": lambda: [[counted(rows, age_band=band, sex=sex) for sex in SEXES] for band in reversed(BANDS)],
        "matrix": lambda: [[counted(rows, **row, **key) for key in BREAKDOWNS[breakdown]] for row in members],
    }[form]()


def _sexes(rows: str, key: dict[str, str]) -> list[int | None]:
    return [*(counted(rows, **key, sex=sex) for sex in SEXES), counted(rows, **key)]


def _types(rows: str, breakdown: str) -> list[list[int | None]]:
    """Girls, boys, those whose sex is not said, and all, of each case type."""
    if rows == "case_type":
        return [_sexes(rows, {"case_type": kind}) for kind in TYPES]
    lines: list[list[int | None]] = []
    for kind in TYPES:
        girls, boys, whole = _sexes(rows, {"case_type": kind})
        lines.append([None, None, whole, whole] if kind in ONE_COLUMN else [girls, boys, 0, whole])
    return lines


def native(rows: str, breakdown: str, form: str) -> list[list[int | None]]:
    """Give what Office must draw: no totals beside their parts, a matrix as its rows' totals."""
    lines = drawn(rows, breakdown, "members" if form == "matrix" else form)
    return [line[:-1] for line in lines] if form in ("months", "members_by_sex", "type_and_sex") else lines


BY_ROW = ("nothing", "months", "sexes", "before, months", "plan, months", "plan, sexes")
"""What the hand-out's chart plots row by row; of the others it plots the total row."""


def handed_out(rows: str, breakdown: str) -> list[list[int]]:
    """Give what the hand-out's chart must plot: a line for each row, or one number for each column."""
    keys = [BEFORE, {}] if breakdown == "before, months" else BREAKDOWNS[breakdown]
    if breakdown in BY_ROW:
        return [[cell(rows, member, key) for key in keys] for member in ROWS[rows]]
    if breakdown == "units":
        return [[cell(rows, member, {}, unit) for unit in ("clients", "times")] for member in ROWS[rows]]
    return [[sum(cell(rows, member, key) for member in ROWS[rows])] for key in keys]
