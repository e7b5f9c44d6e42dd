"""A quarter, and the workbook of the quarter before → the draft of the workbook to type the quarter into."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..excel.copies import the_one
from ..excel.dating import quarter_in
from ..excel.frames import counts_frame
from ..excel.plan_file import plan_in
from ..excel.reader import Reading, read_workbook, workbooks
from ..model import period as calendar
from ..model.catalogue import CATALOGUE
from ..model.errors import CannotReadError
from ..model.finding import Finding
from ..model.table import KEY_COLUMNS, Slot, slots
from ..model.text import name_of
from ..model.wording import in_numbers, listed
from ..quality.check import check_reading, relations_file
from ..quality.checked import beside
from ..quality.cube import NoAnswerError
from ..quality.facts import Facts, facts_of
from ..quality.relation_lines import read_relations
from ..words import in_language, say
from .ahead import Ahead
from .live import live_checks
from .workbook import Draft, lay_out_sheets

SUFFIXES = (".xlsx",)


def draft_from(
    period: str, out: Path, previous: Path | None = None, *, language: str = "en", plan: int | None = None
) -> Draft:
    """Draft the workbook `out` of a quarter.

    `previous` is the workbook of the quarter before; without it, the one in the folder of `out` is taken if it is
    there. Its figures, new names and sections are carried over; what still older workbooks beside it say is known to
    the checks. The year's plan is `plan`, else that of the folder's plan file, else what the quarter before prints if
    the year is the same. Raise CannotReadError for a period that is no quarter, a file that is there already, a
    workbook of another quarter, and a folder in which several could be that of the quarter before.
    """
    _refuse(period, out)
    before = _before(period, out, previous)
    others, left_out = beside(before) if before else ((), [])
    known = [facts_of(reading) for reading in (before, *others) if reading and reading.period < period]
    counts = counts_frame(_given(period, known[0]) if known else ())
    plans = (plan, _planned(period, out.parent), _printed(before, period))
    sheets = lay_out_sheets(period, counts, next((planned for planned in plans if planned is not None), None))
    relations, _ = read_relations(relations_file(out.parent))
    members = {sheet.table: sheet.members for sheet in sheets}
    checks = live_checks(Ahead(period, members, known), relations)
    draft = Draft(sheets, language, checks=checks, section_places=())
    return replace(_taken_over(draft, before), remarks=_remarks(before, others, left_out)) if before else draft


def _taken_over(draft: Draft, before: Reading) -> Draft:
    """Take over what the workbook of the quarter before says of itself: new names, sections, that it is made up."""
    banner = in_language(draft.language, partial(say, "synthetic")) if before.is_synthetic else ""
    names = _new_names(before)
    return replace(draft, banner=banner, source=name_of(before.path), names=names, section_places=before.section_places)


def _remarks(before: Reading, others: Sequence[Reading], left_out: Iterable[Finding]) -> tuple[str, ...]:
    """Name the workbooks of the folder that were left out, and what is still wrong with the one taken over from."""
    findings = check_reading(before, others)
    graded, counted = {finding.severity for finding in findings}, in_numbers(findings)
    remarks = [finding.message for finding in left_out]
    unsettled = [severity for severity in ("error", "warning") if severity in graded]
    if unsettled:
        sentence = f"draft_from_{unsettled[0] if len(unsettled) == 1 else 'both'}"
        remarks.append(say(sentence, file=before.path.name, **counted))
    return tuple(remarks)


def _refuse(period: str, out: Path) -> None:
    if not calendar.is_quarter(period):
        raise CannotReadError(say("draft_no_quarter", period=period))
    if out.suffix.lower() not in SUFFIXES:
        raise CannotReadError(say("draft_no_xlsx", file=out.name))
    if out.exists():
        raise CannotReadError(say("draft_file_is_there", file=out.name))


def _before(period: str, out: Path, previous: Path | None) -> Reading | None:
    """Read the workbook of the quarter before: the one that was named, else one in the folder named after it."""
    wanted = calendar.previous(period)
    if previous is None:
        there = workbooks(out.parent) if out.parent.is_dir() else []
        named = [path for path in there if quarter_in(path.stem) == calendar.split_quarter(wanted)]
        if not named:
            return None
        previous = the_one(named, wanted)
        if previous is None:
            files = listed(path.name for path in named)
            raise CannotReadError(say("draft_unclear_before", files=files, period=wanted))
    reading = read_workbook(previous)
    if reading.period != wanted:
        raise CannotReadError(
            say("draft_other_quarter", file=previous.name, other=reading.period, period=period, before=wanted)
        )
    return reading


def _given(period: str, before: Facts) -> Iterator[tuple[object, ...]]:
    """Give what the quarter before reported, for the columns that repeat it, as rows of counts."""
    for table in CATALOGUE:
        for slot in slots(table, period):
            value = _value(before, table.name, slot)
            if value is not None:
                codes = (slot.key.get(name) for name in KEY_COLUMNS)
                yield (table.name, slot.measure, *codes, slot.unit, value, None)


def _value(before: Facts, table: str, slot: Slot) -> int | None:
    if slot.role != "count" or slot.key["period"] != before.period:
        return None
    try:
        return before.cube(slot.measure, slot.unit).total(slot.key, table=table).exact
    except NoAnswerError:
        return None


def _planned(period: str, folder: Path) -> int | None:
    """Take the year's plan from the folder's plan file: the target of what a table prints the plan of."""
    plan, _ = plan_in(folder)
    columns = [column for table in CATALOGUE for column in table.columns if column.role == "plan"]
    printed = {(column.measure, column.unit) for column in columns}
    code = next((own.code for own in plan.indicators if (own.measure, own.unit) in printed and not own.key), None)
    target = plan.in_year(code, period[:4]) if code else None
    return None if target is None else int(target)


def _printed(before: Reading | None, period: str) -> int | None:
    """Take the year's plan as the quarter before prints it; a new year has a new plan."""
    if before is None or before.period[:4] != period[:4]:
        return None
    return next((int(claim.value) for claim in before.claims if claim.kind == "plan"), None)


def _new_names(before: Reading) -> dict[str, tuple[str, ...]]:
    """List what the quarter before called the new members of its open lists."""
    return {
        table.name: tuple(name for name in before.members.get(table.name, ()) if name not in table.members)
        for table in CATALOGUE
        if table.is_open
    }
