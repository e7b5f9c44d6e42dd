"""Random quarters that agree with themselves, typed into new workbooks and calculated by LibreOffice: read as typed."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from consistent import consistent
from counted import by_hand, in_order
from extent import part, proof
from programs import soffice
from truth import Truth, records
from typist import check_lines, drafted, typed

from ccpcr_lib import load
from ccpcr_lib.model.catalogue import CATALOGUE

pytestmark = pytest.mark.slow
QUARTERS = range(204)
CHECKED = QUARTERS[::4]
"""The quarters whose workbooks check themselves as well: these take LibreOffice twice as long."""
READ, HELD = 6, 3
"""How many of each a sample has."""
ATTENDED = ("attended", "followed_up", "followed_up_skills", "served")
"""What counts who was there: one client may stand under several topics, skills, services and months."""


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
    """Random quarters typed into new workbooks and calculated."""
    folder = tmp_path_factory.mktemp("typed")
    truths = {seed: random_quarter(seed) for seed in sorted({*part(QUARTERS, READ), *part(CHECKED, HELD)})}
    languages = ("en", "km", "en+km")
    files = [
        typed(folder / f"{seed}.xlsx", drafted(truth.period, languages[seed % 3], has_checks=seed in CHECKED), truth)
        for seed, truth in truths.items()
    ]
    made = soffice(files, folder / "made", "xlsx")
    return dict(zip(truths, zip(truths.values(), made, strict=True), strict=True))


def expected_total(truth: Truth, claim) -> int:
    """Add a printed total's counts up, without the reader: who attends counts once of each case type and sex."""
    own = [record for record in records(truth) if record[:2] == (claim.table, claim.measure)]
    codes = (claim.case_type, claim.sex, claim.age_band, claim.category)
    covered = [
        record
        for record in own
        if record[7] == claim.unit
        and (record[2] == claim.period or (claim.period == truth.period and record[2] in truth.months))
        and all(code != code or code == other for code, other in zip(codes, record[3:7], strict=True))
    ]
    if claim.measure not in ATTENDED or claim.unit == "times":
        return sum(record[-1] for record in covered)
    columns = {record[3:5]: [] for record in covered}
    for record in covered:
        columns[record[3:5]].append(record[-1])
    return sum(map(max, columns.values()))


@proof("seed", QUARTERS, sample=READ)
def test_what_is_typed_is_read_and_every_total_is_right(calculated, seed):
    truth, path = calculated[seed]
    loaded = load(path)
    reading = loaded.reading
    assert reading.findings == ()
    assert reading.period == truth.period
    assert in_order(reading.counts[reading.counts["value"].notna()]) == by_hand(truth)
    totals = reading.printed[reading.printed["kind"] == "total"]
    wrong = [claim for claim in totals.itertuples() if claim.value != expected_total(truth, claim)]
    assert (wrong, len(totals) > 60) == ([], True)
    blank = [item.table for item in loaded.problems if item.rule == "blank"]
    assert blank == [known.name for known in CATALOGUE if known.name not in truth.tables]
    assert [item.message for item in loaded.problems if item.severity != "note" and item.rule != "blank"] == []


@proof("seed", CHECKED, sample=HELD)
def test_a_quarter_that_agrees_with_itself_has_no_cross(calculated, seed):
    truth, path = calculated[seed]
    states = Counter(state for _, _, state in check_lines(path))
    assert states["✗"] == 0
    if len(truth.tables) == len(CATALOGUE):
        assert states["✓"] > 80
