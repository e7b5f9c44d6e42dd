"""Settled checks → the sheet `Checks`: each rule in one sentence with its two figures and ✓ or ✗, and what is open.

The state of a table stands on top, the rules of each table below. Where two figures differ, both turn red, here and on
their own sheets, and the line says that it is one of these: a formula cannot search for the wrong one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from ..model.paper import PAPER
from ..model.wording import table_title
from ..quality.relations import OPERATORS
from ..words import in_language
from . import style
from .checks import FAILS, HOLDS, OPEN, SettledCheck
from .entry import protect
from .formulas import Formula, quoted, ranges
from .layout import TITLE_LINES, EntrySheet, Field
from .lists import SHEET as LISTS
from .lists import NoteSums
from .pen import Pen, lay_out_print, write_result, write_text, write_title

SHEET = "Checks"
TABLE, RULE, LEFT, SIGN, RIGHT, STATE, WHICH = range(7)
HEADS = ("checks_table", "checks_to_fill"), ("checks_table", "relation_column", "checks_left", "", "checks_right")
"""The headings of the tables' states, and those of the rules."""
TITLE_WIDTH, RULE_WIDTH, WHICH_WIDTH = 36, 80, 25
WIDTHS = (TITLE_WIDTH + 2, RULE_WIDTH, 12, 5, 12, 6, WHICH_WIDTH)
NUMBER = "{number}"
"""Where a sentence says its number."""


@dataclass(frozen=True)
class CheckLine:
    """One line of the sheet, and the cells that turn red where it does not hold; `which` says which of them is wrong.

    `row` is counted from 0.
    """

    table: str
    sentence: str
    left: Formula
    sign: str
    right: Formula
    state: Formula
    cells: Mapping[str, Sequence[Field]] = field(default_factory=dict)
    which: str = ""
    row: int = 0


def lines_of(
    pen: Pen, settled: Iterable[SettledCheck], sheets: Sequence[EntrySheet], sums: Mapping[str, NoteSums]
) -> list[CheckLine]:
    """Lay the checks out by table, in the order of the sheets, the notes of each table last."""
    lines = [_check_line(pen, check) for check in settled]
    lines += [_note_line(pen, table, own) for table, own in sums.items()]
    order = [sheet.table for sheet in sheets]
    ordered = sorted(lines, key=lambda line: order.index(line.table))
    return [replace(line, row=row) for row, line in enumerate(ordered, _first_line(sheets))]


def _check_line(pen: Pen, settled: SettledCheck) -> CheckLine:
    check = settled.check
    sentence, sign = in_language(pen.language, check.sentence), OPERATORS[check.operator].sign
    which = pen.say("checks_which")
    return CheckLine(check.table, sentence, settled.left, sign, settled.right, settled.state, settled.cells, which)


def _note_line(pen: Pen, table: str, sums: NoteSums) -> CheckLine:
    """Count a table's notes, and those that add up to their figure."""
    notes = f"COUNT({sums.column(2)})"
    fitting = f"{notes}-SUM({sums.column(2)})"
    state = f'=IF({notes}=0,"",IF(SUM({sums.column(2)})=0,"{HOLDS}","{FAILS}"))'
    left, right = Formula(f"={notes}", 0), Formula(f"={fitting}", 0)
    return CheckLine(table, pen.say("live_notes"), left, OPERATORS["="].sign, right, Formula(state, None))


def write_checks(worksheet: Worksheet, pen: Pen, lines: Sequence[CheckLine], sheets: Sequence[EntrySheet]) -> None:
    """Write the sheet."""
    heads_of_tables, heads_of_rules = HEADS
    write_title(worksheet, pen, pen.say("checks_title"))
    _write_head(worksheet, pen, TITLE_LINES, heads_of_tables)
    for row, sheet in enumerate(sheets, TITLE_LINES + 1):
        _write_table(worksheet, pen, row, sheet, [line for line in lines if line.table == sheet.table])
    _write_head(worksheet, pen, _first_line(sheets) - 1, heads_of_rules)
    for line in lines:
        _write_line(worksheet, pen, line)
    worksheet.repeat_rows(_first_line(sheets) - 1)
    for column in (LEFT, RIGHT):
        place = xl_range(lines[0].row, column, lines[-1].row, column)
        _redden(worksheet, pen, place, f'=$F{lines[0].row + 1}="{FAILS}"')
    _finish(worksheet, pen, lines[-1].row)


def _first_line(sheets: Sequence[EntrySheet]) -> int:
    return TITLE_LINES + len(sheets) + 3


def _write_head(worksheet: Worksheet, pen: Pen, row: int, names: Sequence[str]) -> None:
    texts = [pen.say(name) if name else "" for name in names]
    for column in range(WHICH + 1):
        write_text(worksheet, (row, column), texts[column] if column < len(texts) else "", pen.formats["head"])
    lines = (style.lines(text, WIDTHS[column] - 1) for column, text in enumerate(texts))
    worksheet.set_row(row, style.height(max(lines)))


def _write_table(worksheet: Worksheet, pen: Pen, row: int, sheet: EntrySheet, lines: Sequence[CheckLine]) -> None:
    """Write how many cells of a table are still blank, and whether all its rules hold."""
    missing, blank = blank_cells(sheet)
    text = f"=IF({missing}=0,{quoted(pen.say('checks_full'))},{_counted(pen, 'checks_blank', missing)})"
    now = pen.say("checks_blank", number=blank) if blank else pen.say("checks_full")
    title = table_title(sheet.table, pen.language)
    worksheet.write_string(row, TABLE, title, pen.formats["stub"])
    worksheet.write_formula(row, RULE, text, pen.formats["rule"], now)
    for column in (LEFT, SIGN, RIGHT):
        worksheet.write_blank(row, column, None, pen.formats["rule"])
    write_result(worksheet, (row, STATE), _state_of(lines), pen.formats["state"])
    worksheet.write_blank(row, WHICH, None, pen.formats["rule"])
    worksheet.set_row(row, style.height(style.lines(title, TITLE_WIDTH)))


def _state_of(lines: Sequence[CheckLine]) -> Formula:
    """Sum up the states of a table's lines: a cross if one fails, a tick once all hold."""
    if not lines:
        return Formula(f'="{HOLDS}"', HOLDS)
    own, states = _states(lines), {line.state.value for line in lines}
    value = FAILS if FAILS in states else OPEN if OPEN in states else HOLDS
    text = f'=IF(COUNTIF({own},"{FAILS}")>0,"{FAILS}",IF(COUNTIF({own},"{OPEN}")>0,"{OPEN}","{HOLDS}"))'
    return Formula(text, value)


def _states(lines: Sequence[CheckLine]) -> str:
    """Name the cells that say whether neighbouring lines hold."""
    return f"$F${lines[0].row + 1}:$F${lines[-1].row + 1}"


def _write_line(worksheet: Worksheet, pen: Pen, line: CheckLine) -> None:
    row, title = line.row, table_title(line.table, pen.language)
    worksheet.write_string(row, TABLE, title, pen.formats["stub"])
    worksheet.write_string(row, RULE, line.sentence, pen.formats["rule"])
    write_result(worksheet, (row, LEFT), line.left, pen.formats["figure"])
    worksheet.write_string(row, SIGN, line.sign, pen.formats["figure"])
    write_result(worksheet, (row, RIGHT), line.right, pen.formats["figure"])
    write_result(worksheet, (row, STATE), line.state, pen.formats["state"])
    if line.which:
        write_result(worksheet, (row, WHICH), _which(line), pen.formats["rule"])
    else:
        worksheet.write_blank(row, WHICH, None, pen.formats["rule"])
    texts = (title, TITLE_WIDTH), (line.sentence, RULE_WIDTH), (line.which, WHICH_WIDTH)
    worksheet.set_row(row, style.height(max(style.lines(*text) for text in texts)))


def _which(line: CheckLine) -> Formula:
    """Say, where a line does not hold, that it is one of its two figures."""
    text = f'=IF($F${line.row + 1}="{FAILS}",{quoted(line.which)},"")'
    return Formula(text, line.which if line.state.value == FAILS else None)


def _finish(worksheet: Worksheet, pen: Pen, bottom: int) -> None:
    """Set the widths, colour crosses and ticks, keep the title in sight, and lock the sheet."""
    for column, width in enumerate(WIDTHS):
        worksheet.set_column(column, column, width)
    for mark, shape in ((FAILS, "fails"), (HOLDS, "holds")):
        rule = {"type": "cell", "criteria": "==", "value": f'"{mark}"', "format": pen.formats[shape]}
        worksheet.conditional_format(TITLE_LINES, STATE, bottom, STATE, rule)
    worksheet.freeze_panes(TITLE_LINES, 0)
    lay_out_print(worksheet, bottom, WHICH)
    protect(worksheet)


def blank_cells(sheet: EntrySheet) -> tuple[str, int]:
    """Count the cells of a table that are still to be filled in: as a formula, and as it is now."""
    needed = [cell for cell in sheet.fields if cell.is_needed]
    filled = sum(cell.value is not None for cell in needed)
    return f"({len(needed)}-COUNT({ranges(needed, sheet=sheet.name)}))", len(needed) - filled


def summary(pen: Pen, lines: Sequence[CheckLine], sheets: Sequence[EntrySheet]) -> Formula:
    """Write on one line how many rules do not hold and how many cells are blank."""
    failing = f'COUNTIF({SHEET}!{_states(lines)},"{FAILS}")'
    blanks = [blank_cells(sheet) for sheet in sheets]
    missing, open_now = "+".join(text for text, _ in blanks), sum(now for _, now in blanks)
    fails_now = sum(line.state.value == FAILS for line in lines)
    none_fails, none_open = f"{HOLDS} {pen.say('live_none_open')}", pen.say("checks_full")
    text = (
        f'=IF({failing}>0,"{FAILS} "&{_counted(pen, "live_open", failing)},{quoted(none_fails)})&" "&'
        f"IF({missing}>0,{_counted(pen, 'live_to_fill', missing)},{quoted(none_open)})"
    )
    first = f"{FAILS} {pen.say('live_open', number=fails_now)}" if fails_now else none_fails
    return Formula(text, f"{first} {pen.say('live_to_fill', number=open_now) if open_now else none_open}")


def _counted(pen: Pen, name: str, number: str) -> str:
    """Write a sentence that says a number as a part of a formula: in two languages it says the number twice."""
    return f"SUBSTITUTE({quoted(pen.say(name, number=NUMBER))},{quoted(NUMBER)},{number})"


def redden(worksheet: Worksheet, pen: Pen, sheet: EntrySheet, lines: Sequence[CheckLine]) -> None:
    """Turn a table's cells red while a rule that speaks of them does not hold."""
    for line in lines:
        cells = ranges(line.cells.get(sheet.table, ()))
        if cells:
            _redden(worksheet, pen, cells, f'={SHEET}!$F${line.row + 1}="{FAILS}"')


def redden_slips(worksheet: Worksheet, pen: Pen, sheet: EntrySheet) -> None:
    """Turn red what is no number where one is typed, a name that stands twice, and figures without a name."""
    first, *_ = sheet.counts
    typed = (cell for cell in sheet.fields if cell.is_entry and cell.slot.role in ("count", PAPER))
    _redden(worksheet, pen, ranges(typed), f"=ISTEXT({ranges([first])})")
    stubs = [cell for cell in sheet.fields if cell.slot.role == "stub" and cell.row <= sheet.counts[-1].row]
    column = f"$A${stubs[0].row + 1}:$A${stubs[-1].row + 1}"
    for stub in (stub for stub in stubs if stub.is_free):
        name = f"$A${stub.row + 1}"
        own = ranges(cell for cell in sheet.counts if cell.row == stub.row)
        criteria = f'=OR(AND({name}<>"",COUNTIF({column},{name})>1),AND({name}="",COUNT({own})>0))'
        _redden(worksheet, pen, ranges([stub]), criteria)


def redden_notes(worksheet: Worksheet, pen: Pen, sums: NoteSums) -> None:
    """Turn the notes red that differ from their figures."""
    for note, row in sums.rows.items():
        _redden(worksheet, pen, ranges([note.field]), f"={LISTS}!$C${row + 1}=1")


def _redden(worksheet: Worksheet, pen: Pen, cells: str, criteria: str) -> None:
    first, *_ = cells.split(",")
    rule = {"type": "formula", "criteria": criteria, "format": pen.formats["alarm"]}
    worksheet.conditional_format(first, rule | {"multi_range": cells.replace(",", " ")})
