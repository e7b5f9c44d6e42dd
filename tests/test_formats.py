"""One quarter in many layouts reads alike from .xlsx, .xls and .ods, and alike whatever Python hashes strings to."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from counted import as_records
from extent import part, proof
from layouts import DIVIDED, LAYOUTS, write
from once import once
from one_table import drawn, leaf, written
from pictures import put
from programs import soffice
from truth import TRUTHS

from ccpcr_lib.excel.reader import read_workbook

NAMES = (
    "as the slides",
    "turned",
    "nested",
    "continued with its title",
    "spacers everywhere",
    "subtotals",
    "both languages",
    "invisible characters",
    "touching tables",
    "turned, months as dates",
)
CHOSEN = {
    f"{place:02d}-{truth.period}": (name, truth)
    for place, name in enumerate(part(NAMES, 4))
    for truth in [TRUTHS[place % len(TRUTHS)]]
}
READ = """
import sys, hashlib
from pathlib import Path
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.errors import CannotReadError
for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    try:
        reading = read_workbook(path)
    except CannotReadError as refusal:
        print(path.name, refusal)
        continue
    said = [(item.rule, item.severity, item.table, item.where, item.message) for item in reading.findings]
    text = repr((reading.period, reading.base, reading.claims, said, dict(reading.members), dict(reading.places)))
    print(path.name, hashlib.sha256(text.encode()).hexdigest())
"""


def made(folder: Path) -> None:
    """Write a quarter in each of the chosen layouts."""
    for name, (layout, truth) in CHOSEN.items():
        path, _ = write(truth, LAYOUTS[layout], folder)
        path.rename(folder / f"{name}.xlsx")


def converted(kind: str) -> Path:
    """Let LibreOffice save all of them in another format, in one run."""
    files = sorted(once("layouts", made).glob("*.xlsx"))
    return once(f"layouts as {kind}", lambda folder: soffice(files, folder, kind))


def said(path: Path) -> tuple:
    """Give all that is read of a workbook; a message may name the file, by its own suffix."""
    reading = read_workbook(path)
    messages = [item.message.replace(path.name, path.stem) for item in reading.findings]
    places = dict(zip(reading.counts["source"], as_records(reading.counts), strict=True))
    return reading.period, places, messages


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xls", "ods"])
@pytest.mark.parametrize("name", CHOSEN)
def test_a_layout_reads_alike_in_every_format(name, kind):
    assert said(converted(kind) / f"{name}.{kind}") == said(once("layouts", made) / f"{name}.xlsx")


# --- whatever strings hash to ---


def mixed(folder: Path) -> None:
    """Write some layouts, divided ones too, and tables in which labels name two members or an unknown total."""
    for place, name in enumerate(("turned under a spanner", "nested, bare", "both languages", "everything at once")):
        truth = TRUTHS[place % len(TRUTHS)]
        write(truth, LAYOUTS[name], folder)[0].rename(folder / f"{place}-{truth.period}.xlsx")
    write(TRUTHS[1], DIVIDED["by sexes"], folder)[0].rename(folder / f"4-{TRUTHS[1].period}.xlsx")
    for number, label in enumerate(("F/M", "Girls, boys", "SA/SW", "April–May", "Sex", "Toal")):
        picture = drawn("2010-Q2", "referral_sources")
        path, _ = written(folder, "2010-Q2", "referral_sources", put(picture, {leaf(picture, number % 2): label}))
        path.rename(folder / f"{5 + number}-2010-Q2.xlsx")


def digests(seed: str) -> str:
    """Read them all in a process of its own, which hashes strings by this seed."""
    command = [sys.executable, "-c", READ, str(once("mixed layouts", mixed))]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


@proof("seed", range(1, 11), sample=1)
def test_every_seed_of_the_hash_reads_alike(seed):
    assert digests(str(seed)) == digests("0")
