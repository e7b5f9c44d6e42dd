"""Repairs → findings: one for each mistake, at the cell that settles most, with all that it settles."""

from collections.abc import Sequence
from dataclasses import replace

from ...model.finding import SEVERITIES, Finding, cell_of, sheet_of
from ...model.wording import listed
from ...words import say
from ..rules import make_finding
from .proof import Settled
from .search import Repair
from .system import System

MOST_NAMED = 4
"""So many of several equals are named in full."""

TELLING = (
    "margin",
    "note_sum",
    "note_part",
    "note_parts",
    "relation",
    "previous_quarter",
    "total",
    "total_once",
    "share",
)
"""Rules by how much their findings say of what disagrees, the most telling first."""

PLAIN = frozenset({"total", "total_once", "share", "note_sum", "note_part", "note_parts", "previous_quarter", "plan"})
"""Rules whose sentence begins at the cell that they question, and says what should stand there."""


def tell(system: System, settled: Settled) -> list[Finding]:
    """Make one finding of what a repair settles, or leave a finding as it is where nothing is to be added."""
    repairs, odd = settled.repairs, len(_wrong_in_all(settled.repairs))
    cells = _cells(system, repairs)
    first, *others = sorted(settled.findings, key=_how_telling)
    are_many = not odd and not others and len(repairs) > MOST_NAMED and first.where[0] in cells
    if are_many:
        return [first]
    if first.where[0] == cells[0] and _says_it_all(first, others, repairs[0]):
        return [replace(_narrowed(first, cells, odd), settled=(first, *others))]
    return [_odd_one_out(system, repairs, first, others)]


def _wrong_in_all(repairs: Sequence[Repair]) -> list[int]:
    """List the figures that every repair changes, the likelier first: these are wrong, however it came about.

    Of several blocks that may be left from another quarter nothing is known but that one is.
    """
    best, *others = repairs
    if others and any(move.kind == "block" for repair in repairs for move in repair.moves):
        return []
    return [number for number in best.figures if all(number in other.figures for other in others)]


def _says_it_all(first: Finding, others: Sequence[Finding], best: Repair) -> bool:
    """Check whether a finding says by itself what is wrong: the others are about its cell, or notes.

    None says of a figure that it is a text; what a percent or a note should be, its finding alone knows.
    """
    kinds = {move.kind for move in best.moves}
    if "text" in kinds:
        return False
    if first.variant == "cell" or (kinds == {"figure"} and not any(move.steps for move in best.moves)):
        return True
    return first.rule in PLAIN and all(
        other.where[:1] == first.where[:1] or other.severity == "note" for other in others
    )


def _how_telling(finding: Finding) -> tuple[int, int]:
    place = TELLING.index(finding.rule) if finding.rule in TELLING else len(TELLING)
    return SEVERITIES.index(finding.severity), place


def _cells(system: System, repairs: Sequence[Repair]) -> list[str]:
    """Name the cells that may be wrong, the likeliest first."""
    numbers = (*_wrong_in_all(repairs), *(number for repair in repairs for number in repair.figures))
    return list(dict.fromkeys(system.figures[number].source for number in numbers))


def _narrowed(finding: Finding, cells: Sequence[str], odd: int) -> Finding:
    """Question only the cells that may be wrong; the first of them are likely so."""
    others = tuple(cell for cell in (*finding.where, *finding.evidence) if cell not in cells)
    where = tuple(dict.fromkeys((*finding.where[:1], *cells, *finding.where[: finding.named])))
    return replace(finding, where=where, evidence=tuple(dict.fromkeys(others)), odd=odd)


def _odd_one_out(system: System, repairs: Sequence[Repair], first: Finding, others: Sequence[Finding]) -> Finding:
    best, cells, wrong = repairs[0], _cells(system, repairs), _wrong_in_all(repairs)
    is_open = len(repairs) > 1
    fields = {
        "printed": listed(_printed(system, number) for number in (wrong or best.figures)),
        "expected": _all_expected(system, best, wrong or best.figures),
        "what": _what(len(others)),
        "main": _main(first, cells),
        "count": str(len(cells)),
        "other": system.past.before.period if system.past.before else "",
        "choices": _choices(system, repairs) if is_open and not wrong else "",
        "others": _others(cells, len(wrong)) if is_open and wrong else "",
    }
    odd = make_finding(
        "odd_one_out",
        cells,
        variant=_variant_of(repairs, len(wrong)),
        table=system.figures[best.figures[0]].fact.table,
        evidence=[cell for finding in (first, *others) for cell in (*finding.where, *finding.evidence)],
        **fields,
    )
    return replace(
        odd,
        severity=first.severity,
        named=2 if len(wrong) == 2 else 1,
        odd=len(wrong),
        settled=(first, *others),
    )


def _what(others: int) -> str:
    """Say what a cell would settle: the disagreement that is told, and how many more."""
    if not others:
        return say("odd_this")
    return say("odd_this_and_one") if others == 1 else say("odd_this_and_more", count=others)


def _variant_of(repairs: Sequence[Repair], wrong: int) -> str:
    if len(repairs) > 1:
        return "open" if not wrong else "wrong" if wrong == 1 else "all_wrong"
    move, *others = repairs[0].moves
    if others:
        return "several"
    return "likely" if move.kind == "figure" else move.kind


def _printed(system: System, number: int) -> str:
    return f"{system.values[number]:g}"


def _all_expected(system: System, repair: Repair, figures: Sequence[int]) -> str:
    """Write what should stand in some of its cells; of a block nobody knows."""
    known = [number for number in figures if repair.move_of(number).kind != "block"]
    return listed(_expected(system, repair, number) for number in known) if known else ""


def _others(cells: Sequence[str], wrong: int) -> str:
    """Name the cells that may be wrong together with the first ones, and how many more there are if they are many."""
    sheet, others = sheet_of(cells[0]), cells[wrong:]
    return _and_others(", ".join(_named(cell, sheet) for cell in others[:MOST_NAMED]), len(others) - MOST_NAMED)


def _expected(system: System, repair: Repair, number: int) -> str:
    """Write what should stand in a cell: so much, or at least or at most so much."""
    step = repair.step(number)
    value = f"{system.values[number] + step:g}"
    if repair.move_of(number).is_exact:
        return value
    return say("number_or_more" if step > 0 else "number_or_fewer", number=value)


def _choices(system: System, repairs: Sequence[Repair]) -> str:
    """Name what may have happened, and how many more there are if they are many."""
    sheet = sheet_of(_cells(system, repairs)[0])
    told = say("odd_or").join(_choice(system, repair, sheet) for repair in repairs[:MOST_NAMED])
    return _and_others(told, len(repairs) - MOST_NAMED)


def _and_others(told: str, left: int) -> str:
    if left <= 0:
        return told
    return say("odd_or_other", told=told) if left == 1 else say("odd_or_others", told=told, count=left)


def _named(cell: str, sheet: str) -> str:
    """Name a cell, with its sheet where that is another."""
    return cell_of(cell) if sheet_of(cell) == sheet else cell


def _choice(system: System, repair: Repair, sheet: str) -> str:
    """Name one of several repairs: ``4 in B7 (then 3)``, with its sheet where that is another."""
    changes = []
    for number in repair.figures:
        cell = _named(system.figures[number].source, sheet)
        printed, expected = _printed(system, number), _expected(system, repair, number)
        changes.append(say("odd_choice", printed=printed, cell=cell, expected=expected))
    return listed(changes)


def _main(finding: Finding, cells: Sequence[str]) -> str:
    """Say what disagrees; where, if that is not plain."""
    is_plain = finding.rule == "margin" or finding.where[0] in cells
    return finding.sentence if is_plain else finding.statement
