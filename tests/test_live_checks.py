"""A new workbook, typed into and calculated by LibreOffice: what is read of it, and what it says of itself."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from consistent import consistent
from programs import soffice
from test_template import frame, said
from truth import Truth, records
from typist import Kept, typed

from ccpcr_lib import load
from ccpcr_lib.analysis.new_workbook import draft_from
from ccpcr_lib.excel.reader import read_workbook

QUARTERS = 54


@cache
def drafted(period: str, language: str = "en") -> Kept:
    return Kept(draft_from(period, Path("new.xlsx"), language=language, plan=60))


def random_quarter(seed: int) -> Truth:
    """Draw a quarter that agrees with itself, with organisations of its own; every third one leaves tables blank."""
    draw, truth = random.Random(seed), consistent(seed, 2008 + seed % 3, 1 + seed % 4)
    names = {"Provincial Police": draw.choice(("Provincial Police", "Hagar (Phnom Penh)", "ភូមិសុខភាព", "+855 Hotline"))}
    sources = {names.get(name, name): row for name, row in truth.tables["referral_sources"].items()}
    tables = truth.tables | {"referral_sources": sources}
    empty = draw.sample(sorted(tables), k=draw.randint(1, 4)) if seed % 3 == 0 else ()
    return replace(truth, tables={name: rows for name, rows in tables.items() if name not in empty})


@pytest.fixture(scope="module")
def calculated(tmp_path_factory) -> dict[int, tuple[Truth, Path]]:
    """Random quarters typed into new workbooks and calculated, all in one run."""
    folder = tmp_path_factory.mktemp("typed")
    truths = {seed: random_quarter(seed) for seed in range(QUARTERS)}
    languages = ("en", "km", "en+km")
    files = [
        typed(folder / f"{seed}.xlsx", drafted(truth.period, languages[seed % 3]), truth)
        for seed, truth in truths.items()
    ]
    made = folder / "made"
    made.mkdir()
    return dict(zip(truths, zip(truths.values(), soffice(files, made, "xlsx"), strict=True), strict=True))


def expected_total(truth: Truth, claim) -> int:
    """Add a printed total's counts up, without the reader: as the slides do, each person once for life skills."""
    own = [record for record in records(truth) if record[:2] == (claim.table, claim.measure)]
    codes = (claim.case_type, claim.sex, claim.age_band, claim.category)
    covered = [
        record
        for record in own
        if record[7] == claim.unit
        and (record[2] == claim.period or (claim.period == truth.period and record[2] in truth.months))
        and all(code != code or code == other for code, other in zip(codes, record[3:7], strict=True))
    ]
    if claim.table != "life_skills":
        return sum(record[-1] for record in covered)
    columns = {record[3:5]: [] for record in covered}
    for record in covered:
        columns[record[3:5]].append(record[-1])
    return sum(map(max, columns.values()))


@pytest.mark.parametrize("seed", range(QUARTERS))
def test_what_is_typed_is_read_and_every_total_is_right(calculated, seed):
    truth, path = calculated[seed]
    reading = read_workbook(path)
    assert reading.findings == ()
    assert reading.period == truth.period
    assert said(reading.counts[reading.counts["value"].notna()]) == said(frame(truth))
    totals = reading.printed[reading.printed["kind"] == "total"]
    wrong = [claim for claim in totals.itertuples() if claim.value != expected_total(truth, claim)]
    assert (wrong, len(totals) > 60) == ([], True)


@pytest.mark.parametrize("seed", range(QUARTERS))
def test_a_quarter_that_agrees_with_itself_has_no_cross(calculated, seed):
    _, path = calculated[seed]
    states = Counter(state for _, _, state in check_lines(path))
    assert states["✗"] == 0
    if seed % 3:
        problems = [item.message for item in load(path).problems if item.severity != "note"]
        assert problems == []
        assert states["✓"] > 80


def check_lines(path: Path) -> Iterator[tuple[str, str, str]]:
    """Give what stands below the second heading of the sheet Checks: table, sentence, state."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Checks"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = max(number for number, row in enumerate(rows) if row[2])
    start = next(number for number, row in enumerate(rows) if isinstance(row[3], str) and row[3] in "=≤≥⇔≠")
    assert start < top
    yield from ((row[0], row[1], row[5]) for row in rows[start:])
