"""A found table and its quarter → rows of counts, rows of printed claims, and findings at their cells.

Counts are the base cells. Totals, shares, notes and plan figures are claims the sheet makes about them;
they are kept apart, each with the key it claims to be about.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..model import period as calendar
from ..model.codelist import KHMER_DIGITS, codelist, tidy_label
from ..model.finding import Finding, finding
from ..model.table import Column, Key, join_keys, joined_places
from .finder import FoundTable
from .grid import Grid
from .labels import mentions
from .values import Value, parse_value, shown

Place = tuple[int, int]
MAX_PRINTED = 60
COUNT_FIELDS = ("table", "measure", "period", "case_type", "sex", "age_band", "category", "unit", "value", "source")
PRINTED_FIELDS = (
    "table",
    "measure",
    "kind",
    "period",
    "case_type",
    "sex",
    "age_band",
    "category",
    "unit",
    "value",
    "text",
    "source",
)


@dataclass
class Extract:
    """What was read of one table: rows in the order of COUNT_FIELDS and PRINTED_FIELDS, and findings."""

    counts: list[tuple] = field(default_factory=list)
    printed: list[tuple] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    members: tuple[str, ...] = ()


@dataclass
class _Table:
    """A found table with its columns and rows settled for a quarter: place → declared column, row → key."""

    found: FoundTable
    grid: Grid
    name: str
    quarter: str
    extract: Extract
    columns: dict[int, Column] = field(default_factory=dict)
    rows: dict[int, Key] = field(default_factory=dict)

    @cached_property
    def periods(self) -> dict[str, str]:
        """What the declaration's relative periods are in this quarter."""
        return {word: calendar.resolve(word, self.quarter) for word in calendar.RELATIVE}

    def value(self, place: Place) -> Value:
        return parse_value(self.grid.cells.get(place), percent=place in self.grid.percents)

    def text(self, place: Place) -> str:
        return shown(self.grid.cells.get(place), percent=place in self.grid.percents)

    def report(self, rule: str, place: Place, **fields: str) -> None:
        fields["printed"] = _shorten(fields.get("printed", self.text(place)))
        self.extract.findings.append(finding(rule, self.grid.source(*place), table=self.name, **fields))


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_PRINTED else text[: MAX_PRINTED - 1].rstrip() + "…"


def extract_table(found: FoundTable, quarter: str) -> Extract:
    """Read one found table's figures for its quarter. Problems become findings; nothing is dropped silently."""
    extract = Extract()
    table = _Table(found, found.region.grid, found.spec.name, quarter, extract)
    table.columns = dict(_settle_columns(table))
    table.rows = dict(_settle_rows(table))
    extract.members = tuple(dict.fromkeys(_member_of(table, row) for row in table.rows))
    _report_missing(table)
    for row, key in table.rows.items():
        for column in table.columns:
            _read_body_cell(table, (row, column), key)
    for column in table.columns:
        _read_heading_figure(table, (found.region.leaf, column))
    for row in found.region.totals:
        for places in _total_groups(table, row):
            _read_claim(table, [(row, column) for column in places])
    for row in found.region.subtotals:
        table.report("subtotal", _label_place(table, row))
    return extract


def _member_of(table: _Table, row: int) -> str:
    return next(iter(table.rows[row].values()))


# --- which columns and rows there are ----------------------------------------------------------------------


def _settle_columns(table: _Table) -> Iterator[tuple[int, Column]]:
    """Give each place its declared column, months put in their order; report what is unknown, odd or twice."""
    seen: dict[tuple, int] = {}
    for place in table.found.region.columns:
        column = table.found.columns.get(place) or _quarter_total(table, place)
        if column is None:
            _report_unknown_column(table, place)
            continue
        column = _dated_column(table, place, column)
        if column is None:
            continue
        identity = (column.role, column.measure, column.unit, *sorted(column.key.items()))
        if identity in seen and _holds_only_shares(table, place):
            column = replace(column, role="share")
        elif identity in seen and column.role != "share":
            first = table.grid.source(*_heading_place(table, seen[identity]))
            table.report("column_twice", _heading_place(table, place), first=first)
            continue
        seen[identity] = place
        yield place, column


def _holds_only_shares(table: _Table, place: int) -> bool:
    """Tell whether a column has percents and nothing else, as where a month's heading spans a count and its percent."""
    values = [table.value((row, place)) for row in (*table.found.region.rows, *table.found.region.totals)]
    return any(value.share is not None for value in values) and all(value.number is None for value in values)


def _quarter_total(table: _Table, place: int) -> Column | None:
    """Take a column headed by nothing but the report's own quarter as the sheet's total."""
    own, year = {("quarter", table.quarter[-1])}, {("year", table.quarter[:4])}
    said = mentions(table.grid.at(*_heading_place(table, place)))
    return table.found.spec.universal("total") if own <= said <= own | year else None


def _dated_column(table: _Table, place: int, column: Column) -> Column | None:
    """Put the right month into a month's column; report a month or a quarter that does not belong here."""
    period = column.key.get("period")
    if period in (None, "year"):
        return column
    heading = table.found.headings[place]
    kind = "quarter" if period == "previous" else "month"
    code = next(code for level in (*heading.own, *heading.filled) for other, code in level if other == kind)
    if kind == "quarter":
        if _quarter_total(table, place):
            return table.found.spec.universal("total")
        expected = calendar.previous(table.quarter)
        years = {year for level in heading.own for other, year in level if other == "year"}
        if code != expected[-1] or years - {expected[:4]}:
            table.report("wrong_quarter", _heading_place(table, place), expected=expected)
            return None
        return column
    relative = _relative_month(table.quarter, code)
    if relative is None:
        table.report("wrong_month", _heading_place(table, place), expected=table.quarter)
        return None
    return next(known for known in table.found.spec.columns if known.key == {"period": relative})


def _relative_month(quarter: str, month: str) -> str | None:
    months = [name[-2:] for name in calendar.months(quarter)]
    return f"m{months.index(month) + 1}" if month in months else None


def _heading_place(table: _Table, column: int) -> Place:
    """Give the lowest written cell of a column's heading."""
    region = table.found.region
    for row in range(region.leaf, region.top - 1, -1):
        if table.grid.at(row, column) is not None:
            return table.grid.covered.get((row, column), (row, column))
    return region.leaf, column


def _report_unknown_column(table: _Table, column: int) -> None:
    """Report a column nobody knows if it holds figures; words beside a table are remarks."""
    region = table.found.region
    if not any(table.value((row, column)).number is not None for row in (*region.rows, *region.totals)):
        return
    place = _heading_place(table, column)
    hint = _hint(table.text(place), [member.label_en for name in ("months", "case_types") for member in codelist(name).members.values()])
    table.report("unknown_column", place, printed=table.text(place) or "(no heading)", hint=hint)


def _hint(text: str, labels: list[str]) -> str:
    close = difflib.get_close_matches(_shorten(text), labels, 1, 0.6)
    return f" Did you mean “{close[0]}”?" if close else ""


def _settle_rows(table: _Table) -> Iterator[tuple[int, Key]]:
    """Give each body row its key; a new name in an open list is a new member, elsewhere it is a finding."""
    region, declared, seen = table.found.region, table.found.spec, {}
    for row in region.rows:
        place, label = _label_place(table, row), region.label(row)
        member = _known_member(table, row, label)
        if member is None:
            _report_unknown_row(table, row, place)
        elif member in seen:
            table.report("row_twice", place, first=table.grid.source(*seen[member]))
        else:
            seen[member] = place
            yield row, declared.row_key(member)


def _known_member(table: _Table, row: int, label: object) -> str | None:
    declared, member = table.found.spec, table.found.members[row]
    if declared.rows == "month":
        return _relative_month(table.quarter, member) if member else None
    if member is None and declared.is_open and isinstance(label, str) and _has_figures(table, row):
        return tidy_label(label)
    return member


def _has_figures(table: _Table, row: int) -> bool:
    return any((row, column) in table.grid.cells for column in table.columns)


def _label_place(table: _Table, row: int) -> Place:
    region = table.found.region
    for column in range(region.stub, max(region.stub - 3, -1), -1):
        if isinstance(table.grid.cells.get((row, column)), str):
            return row, column
    return row, region.stub


def _report_unknown_row(table: _Table, row: int, place: Place) -> None:
    """Report a row nobody knows, unless it is empty: a remark between rows, or a spare row with zeros."""
    values = [table.value((row, column)) for column in table.columns]
    label = table.found.region.label(row)
    if label is None and not any(value.number or value.share or value.problem for value in values):
        return
    if label is not None and all(table.grid.cells.get((row, column)) is None for column in table.columns):
        return
    rows = table.found.spec.rows
    if rows == "month" and any(kind == "month" for kind, _ in mentions(label)):
        table.report("wrong_month", place, expected=table.quarter)
        return
    labels = [member.label_en for member in codelist(table.found.spec.codelist).members.values()]
    table.report("unknown_row", place, printed=table.text(place) or "(no label)", hint=_hint(table.text(place), labels))


def _report_missing(table: _Table) -> None:
    """Report declared counts that have no column or no row here."""
    found, declared = table.found, table.found.spec
    there = {id(column) for column in table.columns.values()}
    title = codelist("tables").label(declared.name)
    for column in declared.counts:
        if id(column) not in there:
            expected = " ".join(_name(text.source, text.code, table.quarter) for text in column.heads[1:] or column.heads)
            table.extract.findings.append(
                finding("missing_column", found.source, table=declared.name, title=title, expected=expected)
            )
    missing = [] if declared.is_open else [member for member in declared.members if member not in table.extract.members]
    for member in missing:
        source = "period" if declared.rows == "month" else declared.codelist
        expected = _name(source, member, table.quarter)
        table.extract.findings.append(finding("missing_row", found.source, table=declared.name, title=title, expected=expected))


def _name(source: str, code: str, quarter: str) -> str:
    """Name a heading or a row in English, for a finding."""
    if source != "period":
        return codelist(source).label(code)
    period = calendar.resolve(code, quarter)
    return codelist("months").label(f"month_{period[-2:]}") if calendar.MONTH.fullmatch(period) else period


# --- what their cells say ----------------------------------------------------------------------------------


def _read_body_cell(table: _Table, place: Place, row_key: Key) -> None:
    """Read one cell of a member's row: a base count, or a claim about the row."""
    grid, column = table.grid, table.columns[place[1]]
    if place in grid.covered:
        return
    if column.role != "count":
        is_lone = column.joined and place not in grid.spans
        _read_claim(table, _joined_rows(table, place) if is_lone else _spanned(table, place))
    elif place in grid.spans and len(_spanned(table, place)) > 1:
        if place in grid.cells:
            table.report("merged_count", place)
    else:
        _read_count(table, place, column, {**column.key, **row_key})


def _read_count(table: _Table, place: Place, column: Column, key: Key) -> None:
    value = parse_value(table.grid.cells.get(place), percent=place in table.grid.percents)
    if value.problem or (value.number is None and value.share is not None):
        table.report(value.problem or "not_a_number", place, part=value.bad_part)
    table.extract.counts.append(
        (table.name, column.measure, *_at(table, key), column.unit, value.number, table.grid.source(*place))
    )
    if value.parts or value.share is not None:
        _add_claims(table, "", key, column, value, place)


def _at(table: _Table, key: Key) -> tuple:
    """Lay a key out as the frames' key columns: period, case_type, sex, age_band, category."""
    get = key.get
    return table.periods[get("period", "quarter")], get("case_type"), get("sex"), get("age_band"), get("category")


def _read_heading_figure(table: _Table, place: Place) -> None:
    """Read a figure that stands in the heading itself, as slide 14 has the total of all clients there."""
    column = table.columns[place[1]]
    if column.role in ("total", "plan") and place not in table.grid.covered and table.value(place).number is not None:
        below = [(row, place[1]) for row in table.found.region.totals]
        _read_claim(table, [place, *below])


def _joined_rows(table: _Table, place: Place) -> list[Place]:
    """Say which rows a lone figure in a joined column is about: all, if it stands once or is repeated."""
    places = [(row, place[1]) for row in table.rows]
    contents = [table.grid.cells.get(other) for other in places]
    repeated = table.columns[place[1]].role == "plan" and len(set(map(str, contents))) == 1
    if place == places[0] and (repeated or all(content is None for content in contents[1:])):
        return places
    return [] if repeated else [place]


def _spanned(table: _Table, place: Place) -> list[Place]:
    """List the table's own places under a merged cell."""
    if place not in table.grid.spans:
        return [place]
    rows, columns = table.grid.spans[place]
    body = (*table.rows, *table.found.region.totals)
    return [
        (row, column)
        for row in range(place[0], place[0] + rows)
        for column in range(place[1], place[1] + columns)
        if column in table.columns and row in body
    ]


def _total_groups(table: _Table, row: int) -> Iterator[list[int]]:
    """Group the places of a total row that one figure speaks for, merged or standing first among blanks."""
    places = list(table.columns)
    taken: set[int] = set()
    for total in table.found.spec.totals:
        for group in joined_places([table.columns[place] for place in places], total.joins):
            columns = [places[index] for index in group]
            if len(columns) > 1 and not taken & set(columns) and _speaks_for_all(table, row, columns):
                taken |= set(columns)
                yield columns
    yield from ([place] for place in places if place not in taken and (row, place) not in table.grid.covered)


def _speaks_for_all(table: _Table, row: int, columns: list[int]) -> bool:
    first, *rest = [table.grid.cells.get((row, column)) for column in columns]
    if first is None or any((row, column) in table.grid.spans for column in columns):
        return False
    is_repeated = table.columns[columns[-1]].role == "total" and all(content == first for content in rest)
    return is_repeated or all(content is None for content in rest)


def _read_claim(table: _Table, places: list[Place]) -> None:
    """Read a total, share or plan figure, and settle what it is about: all the places it speaks for."""
    if not places or table.grid.cells.get(places[0]) is None:
        return
    place = places[0]
    if len(places) == 1:
        places = _spanned(table, place) or places
    column = table.columns[place[1]]
    start = {"period": "quarter"} if table.found.spec.rows == "month" else {}
    keys = [{**start, **table.columns[beside].key, **table.rows.get(row, {})} for row, beside in places]
    kind = "total" if column.role == "count" else column.role
    value = _share_value(table, place) if kind == "share" else table.value(place)
    if value.problem:
        table.report(value.problem, place, part=value.bad_part)
    _add_claims(table, kind, join_keys(keys) if len(keys) > 1 else keys[0], column, value, place)


def _add_claims(table: _Table, kind: str, key: Key, column: Column, value: Value, place: Place) -> None:
    """Add what a cell claims: a total or plan figure, a share, the parts of its note."""
    number, share = (None if kind == "share" else value.number), value.share
    claims = [(kind, number, {})] if kind not in ("", "share") and number is not None else []
    claims += [("share", share, {})] if share is not None else []
    claims += [("note", part, {dimension: code}) for dimension, code, part in value.parts]
    for claimed, figure, part in claims:
        at = _at(table, {**key, **part})
        row = (table.name, column.measure, claimed, *at, column.unit, figure, table.text(place), table.grid.source(*place))
        table.extract.printed.append(row)


def _share_value(table: _Table, place: Place) -> Value:
    """Read a cell of a percent column: 6% and 6 are 6 %; where no figure is above 1, all are fractions of 1."""
    value, content = table.value(place), table.grid.cells[place]
    if value.share is not None:
        return value
    figure = _as_float(content)
    if figure is None or figure < 0:
        return value
    figures = (_as_float(table.grid.cells.get((row, place[1]))) for row in (*table.rows, *table.found.region.totals))
    are_fractions = max((other for other in figures if other is not None), default=0) <= 1
    return Value(share=figure if are_fractions else figure / 100)


def _as_float(content: object) -> float | None:
    if isinstance(content, str):
        content = content.translate(KHMER_DIGITS).replace(",", ".").strip()
        return float(content) if re.fullmatch(r"\d+(\.\d+)?", content) else None
    return float(content) if isinstance(content, int | float) and not isinstance(content, bool) else None
