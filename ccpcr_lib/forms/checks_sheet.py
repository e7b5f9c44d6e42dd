"""Settled checks → the sheet `Checks`: each rule in one sentence with its two figures and ✓ or ✗, and what is open.

The state of a table stands on top, the rules of each table below. The cells in question turn red on their own sheets.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..model.wording import table_title
from . import style
from .checks import FAILS, HOLDS, OPEN, SIGNS, Settled, is_free
from .entry import protect
from .formulas import Formula, ranges
from .layout import TITLE_LINES, Field, Page, is_spare
from .lists import SHEET as LISTS
from .lists import NoteSums
from .pen import Pen, lay_out_print, write_result, write_text, write_title

SHEET = "Checks"
TABLE, RULE, LEFT, SIGN, RIGHT, STATE = range(6)
TITLE_WIDTH, RULE_WIDTH = 36, 88
WIDTHS = (TITLE_WIDTH + 2, RULE_WIDTH, 12, 5, 12, 6)
NUMBER = "{number}"
"""Where a sentence says its number."""


@dataclass(frozen=True)
class Line:
    """One line of the sheet, and the cells that turn red where it does not hold. `row` is counted from 0."""

    table: str
    sentence: str
    left: Formula
    sign: str
    right: Formula
    state: Formula
    cells: dict[str, list[Field]] = field(default_factory=dict)
    row: int = 0


def lines_of(pen: Pen, settled: Iterable[Settled], pages: Sequence[Page], sums: dict[str, NoteSums]) -> list[Line]:
    """Lay the checks out by table, in the order of the pages, the notes of each table last."""
    lines = [_line(pen, item) for item in settled]
    lines += [_note_line(pen, table, where) for table, where in sums.items()]
    order = [page.spec.name for page in pages]
    ordered = sorted(lines, key=lambda line: order.index(line.table))
    return [replace(line, row=row) for row, line in enumerate(ordered, _first_line(pages))]


def _line(pen: Pen, item: Settled) -> Line:
    check = item.check
    sentence = " · ".join(dict.fromkeys(check.sentence[language] for language in pen.language.split("+")))
    return Line(check.table, sentence, item.left, SIGNS[check.operator], item.right, item.state, item.cells)


def _note_line(pen: Pen, table: str, sums: NoteSums) -> Line:
    """Count a table's notes, and those that add up to their figure."""
    notes = f"COUNT({sums.column(2)})"
    fitting = f"{notes}-SUM({sums.column(2)})"
    state = f'=IF({notes}=0,"",IF(SUM({sums.column(2)})=0,"{HOLDS}","{FAILS}"))'
    return Line(
        table,
        pen.say("live_notes"),
        Formula(f"={notes}", 0),
        SIGNS["="],
        Formula(f"={fitting}", 0),
        Formula(state, None),
    )


def write_checks(sheet, pen: Pen, lines: Sequence[Line], pages: Sequence[Page]) -> None:
    """Write the sheet."""
    write_title(sheet, pen, pen.say("checks_title"))
    _write_head(sheet, pen, TITLE_LINES, ("checks_table", "checks_to_fill"))
    for row, page in enumerate(pages, TITLE_LINES + 1):
        own = [line for line in lines if line.table == page.spec.name]
        _write_table(sheet, pen, row, (page, own))
    _write_head(
        sheet, pen, _first_line(pages) - 1, ("checks_table", "relation_column", "checks_left", "", "checks_right")
    )
    for line in lines:
        _write_line(sheet, pen, line)
    sheet.repeat_rows(_first_line(pages) - 1)
    _set_widths(sheet, pen, lines[-1].row)


def _first_line(pages: Sequence[Page]) -> int:
    return TITLE_LINES + len(pages) + 3


def _write_head(sheet, pen: Pen, row: int, codes: Sequence[str]) -> None:
    texts = [pen.say(code) if code else "" for code in codes]
    for column in range(STATE + 1):
        write_text(sheet, (row, column), texts[column] if column < len(texts) else "", pen.formats["head"])
    lines = (style.lines(text, WIDTHS[column] - 1) for column, text in enumerate(texts))
    sheet.set_row(row, style.height(max(lines)))


def _write_table(sheet, pen: Pen, row: int, what: tuple[Page, Sequence[Line]]) -> None:
    """Write how many cells of a table are still blank, and whether all its rules hold."""
    page, lines = what
    missing, blank = blank_cells(page)
    text = f'=IF({missing}=0,"{pen.say("checks_full")}",{_counted(pen, "checks_blank", missing)})'
    said = pen.say("checks_blank", number=blank) if blank else pen.say("checks_full")
    sheet.write_string(row, TABLE, table_title(page.spec.name, pen.language), pen.formats["stub"])
    sheet.write_formula(row, RULE, text, pen.formats["rule"], said)
    for column in (LEFT, SIGN, RIGHT):
        sheet.write_blank(row, column, None, pen.formats["rule"])
    write_result(sheet, (row, STATE), _state_of(lines), pen.formats["state"])
    sheet.set_row(row, style.height(style.lines(table_title(page.spec.name, pen.language), TITLE_WIDTH)))


def _state_of(lines: Sequence[Line]) -> Formula:
    """Sum the states of a table's lines up: a cross if one fails, a tick once all hold."""
    if not lines:
        return Formula(f'="{HOLDS}"', HOLDS)
    own, states = _states(lines), {line.state.value for line in lines}
    value = FAILS if FAILS in states else OPEN if OPEN in states else HOLDS
    text = f'=IF(COUNTIF({own},"{FAILS}")>0,"{FAILS}",IF(COUNTIF({own},"{OPEN}")>0,"{OPEN}","{HOLDS}"))'
    return Formula(text, value)


def _states(lines: Sequence[Line]) -> str:
    """Name the cells that say whether neighbouring lines hold."""
    return f"$F${lines[0].row + 1}:$F${lines[-1].row + 1}"


def _write_line(sheet, pen: Pen, line: Line) -> None:
    row = line.row
    sheet.write_string(row, TABLE, table_title(line.table, pen.language), pen.formats["stub"])
    sheet.write_string(row, RULE, line.sentence, pen.formats["rule"])
    write_result(sheet, (row, LEFT), line.left, pen.formats["figure"])
    sheet.write_string(row, SIGN, line.sign, pen.formats["figure"])
    write_result(sheet, (row, RIGHT), line.right, pen.formats["figure"])
    write_result(sheet, (row, STATE), line.state, pen.formats["state"])
    title = table_title(line.table, pen.language)
    sheet.set_row(row, style.height(max(style.lines(line.sentence, RULE_WIDTH), style.lines(title, TITLE_WIDTH))))


def _set_widths(sheet, pen: Pen, bottom: int) -> None:
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    for mark, shape in ((FAILS, "fails"), (HOLDS, "holds")):
        rule = {"type": "cell", "criteria": "==", "value": f'"{mark}"', "format": pen.formats[shape]}
        sheet.conditional_format(TITLE_LINES, STATE, bottom, STATE, rule)
    sheet.freeze_panes(TITLE_LINES, 0)
    lay_out_print(sheet, bottom, STATE)
    protect(sheet)


def blank_cells(page: Page) -> tuple[str, int]:
    """Count the cells of a table that are still to be filled in: as a formula, and as it is now."""
    needed = [item for item in page.fields if item.is_entry and not is_free(item)]
    filled = sum(item.value is not None for item in needed)
    return f"({len(needed)}-COUNT({ranges(needed, sheet=page.sheet)}))", len(needed) - filled


def summary(pen: Pen, lines: Sequence[Line], pages: Sequence[Page]) -> Formula:
    """Say on one line how many rules do not hold and how many cells are blank."""
    failing = f'COUNTIF({SHEET}!{_states(lines)},"{FAILS}")'
    blanks = [blank_cells(page) for page in pages]
    missing, open_now = "+".join(text for text, _ in blanks), sum(now for _, now in blanks)
    fails_now = sum(line.state.value == FAILS for line in lines)
    none_fails, none_open = pen.say("live_none_open"), pen.say("checks_full")
    text = (
        f'=IF({failing}>0,"{FAILS} "&{_counted(pen, "live_open", failing)},"{HOLDS} {none_fails}")&" "&'
        f'IF({missing}>0,{_counted(pen, "live_to_fill", missing)},"{none_open}")'
    )
    first = f"{FAILS} {pen.say('live_open', number=fails_now)}" if fails_now else f"{HOLDS} {none_fails}"
    return Formula(text, f"{first} {pen.say('live_to_fill', number=open_now) if open_now else none_open}")


def _counted(pen: Pen, code: str, number: str) -> str:
    """Write a sentence that says a number as a part of a formula: in two languages it says the number twice."""
    return f'SUBSTITUTE("{pen.say(code, number=NUMBER)}","{NUMBER}",{number})'


def redden(sheet, pen: Pen, page: Page, lines: Sequence[Line]) -> None:
    """Turn a table's cells red while a rule that speaks of them does not hold."""
    for line in lines:
        cells = ranges(line.cells.get(page.spec.name, ()))
        if cells:
            _redden(sheet, pen, cells, f'={SHEET}!$F${line.row + 1}="{FAILS}"')


def redden_slips(sheet, pen: Pen, page: Page) -> None:
    """Turn red what is no number in a cell of counts, a name that stands twice, and figures without a name."""
    first, *_ = page.counts
    _redden(sheet, pen, ranges(page.counts), f"=ISTEXT({ranges([first])})")
    stubs = [item for item in page.fields if item.slot.role == "stub" and item.row <= page.counts[-1].row]
    column = f"$A${stubs[0].row + 1}:$A${stubs[-1].row + 1}"
    for stub in (stub for stub in stubs if is_spare(stub.slot.text.code)):
        name = f"$A${stub.row + 1}"
        own = ranges(item for item in page.counts if item.row == stub.row)
        criteria = f'=OR(AND({name}<>"",COUNTIF({column},{name})>1),AND({name}="",COUNT({own})>0))'
        _redden(sheet, pen, ranges([stub]), criteria)


def redden_notes(sheet, pen: Pen, sums: NoteSums) -> None:
    """Turn the notes red that differ from their figures."""
    for note, row in sums.rows.items():
        _redden(sheet, pen, ranges([note.field]), f"={LISTS}!$C${row + 1}=1")


def _redden(sheet, pen: Pen, cells: str, criteria: str) -> None:
    first, *_ = cells.split(",")
    rule = {"type": "formula", "criteria": criteria, "format": pen.formats["alarm"]}
    sheet.conditional_format(first, rule | {"multi_range": cells.replace(",", " ")})
