"""A quarter, and the workbook of the quarter before → the draft of the workbook to type the quarter into."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..analysis.report import beside
from ..excel.dating import quarter_in
from ..excel.frames import counts_frame
from ..excel.plan_file import plan_in
from ..excel.reader import Reading, read_workbook, workbooks
from ..model import period as calendar
from ..model.catalogue import CATALOGUE
from ..model.finding import SEVERITIES, CannotReadError, Finding
from ..model.table import KEY_COLUMNS, Slot, slots
from ..quality.check import check_reading, relations_file
from ..quality.cube import Facts, add, facts_of
from ..quality.relation_file import read_relations
from ..words import in_language, say
from .live import Ahead, live_checks
from .workbook import Draft, lay_out_pages

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
    known_plans = (plan, _planned(period, out.parent), _printed(before, period))
    pages = lay_out_pages(period, counts, next((one for one in known_plans if one is not None), None))
    relations, _ = read_relations(relations_file(out.parent))
    members = {page.spec.name: page.members for page in pages}
    checks = live_checks(Ahead(period, members, known), relations)
    draft = Draft(pages, language, checks=checks, headings=())
    return replace(_taken_over(draft, before), told=_told(before, others, left_out)) if before else draft


def _taken_over(draft: Draft, before: Reading) -> Draft:
    """Take over what the workbook of the quarter before says of itself: new names, sections, that it is made up."""
    banner = in_language(draft.language, partial(say, "synthetic")) if before.is_synthetic else ""
    names = _new_names(before)
    return replace(draft, banner=banner, source=before.path.name, names=names, headings=before.headings)


def _told(before: Reading, others: Sequence[Reading], left_out: Iterable[Finding]) -> tuple[str, ...]:
    """Say which workbooks of the folder were left out, and what is still wrong with the one that is taken over from."""
    graded = Counter(item.severity for item in check_reading(before, others))
    many = [_many(graded[severity], severity) for severity in SEVERITIES if severity != "note" and graded[severity]]
    wrong = f"{before.path.name} has {' and '.join(many)}; its figures were taken over as they stand."
    return (*(item.message for item in left_out), *([wrong] if many else []))


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _refuse(period: str, out: Path) -> None:
    if not calendar.is_quarter(period):
        raise CannotReadError(f"{period}: this is not a quarter. Write it like 2010-Q3.")
    if out.suffix.lower() not in SUFFIXES:
        raise CannotReadError(f"{out.name}: a new workbook is an .xlsx file. Choose a name that ends in .xlsx.")
    if out.exists():
        raise CannotReadError(
            f"{out.name}: this file is there already, and is not overwritten. Choose another with -o."
        )


def _before(period: str, out: Path, previous: Path | None) -> Reading | None:
    """Read the workbook of the quarter before: the one that was named, else one in the folder named after it."""
    wanted = calendar.previous(period)
    if previous is None:
        there = workbooks(out.parent) if out.parent.is_dir() else []
        named = [path for path in there if quarter_in(path.stem) == calendar.split_quarter(wanted)]
        if not named:
            return None
        previous = _only(named, wanted)
    reading = read_workbook(previous)
    if reading.period != wanted:
        raise CannotReadError(
            f"{previous.name}: this is the workbook of {reading.period}. "
            f"A workbook of {period} takes over from the quarter before, {wanted}."
        )
    return reading


def _only(named: Sequence[Path], wanted: str) -> Path:
    """Choose the workbook named after the quarter and nothing else; raise CannotReadError where that is unclear."""
    exact = [path for path in named if path.stem.casefold() == wanted.casefold()]
    first, *more = exact or named
    if more:
        files = " and ".join(path.name for path in (first, *more))
        raise CannotReadError(f"{files}: each could be the workbook of {wanted}. Name the right one with --from.")
    return first


def _given(period: str, before: Facts) -> Iterator[tuple]:
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
    counts = before.covered(table, slot.measure, slot.unit, slot.key)
    return add(counts) if counts else None


def _planned(period: str, folder: Path) -> int | None:
    """Take the year's plan from the folder's plan file: the target of what a table prints the plan of."""
    plan, _ = plan_in(folder)
    printed = {
        (column.measure, column.unit) for table in CATALOGUE for column in table.columns if column.role == "plan"
    }
    whole = (one for one in plan.indicators if (one.measure, one.unit) in printed and not one.key)
    target = next((plan.in_year(one.code, period[:4]) for one in whole), None)
    return None if target is None else int(target)


def _printed(before: Reading | None, period: str) -> int | None:
    """Take the year's plan as the quarter before prints it; a new year has a new plan."""
    if before is None or before.period[:4] != period[:4]:
        return None
    plans = before.printed[before.printed["kind"] == "plan"]["value"]
    return int(plans.iloc[0]) if len(plans) else None


def _new_names(before: Reading) -> dict[str, tuple[str, ...]]:
    """List what the quarter before called the new members of its open lists."""
    return {
        table.name: tuple(name for name in before.members.get(table.name, ()) if name not in table.members)
        for table in CATALOGUE
        if table.is_open
    }
