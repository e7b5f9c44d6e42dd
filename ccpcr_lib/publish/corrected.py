"""The last report of a quarter, and its counts now → which figures were corrected since."""

import csv
import io
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.errors import CannotReadError
from ..words import say
from . import theme
from .files import counts_csv
from .proof.provenance import corrected_by, fingerprint, read

if TYPE_CHECKING:
    import pandas as pd

COUNTS = "counts*.csv"
NOT_KEY = ("value", "source")

Figures = dict[tuple[str, ...], tuple[str, str]]
"""What a count stands for → its value, and the cell it stands in."""


def corrected_since(report: Path, counts: "pd.DataFrame") -> tuple[str, ...]:
    """List the figures that say something else than the last report of the quarter did, with both figures.

    Where nothing has changed since that report, what it says itself of corrections holds on, so that the same workbook
    gives the same report again. Nothing is said where there is no such report, or somebody has changed its counts.
    """
    before = _counts_of(report)
    if before is None:
        return ()
    told = tuple(_differences(before, _figures(counts_csv(counts))))
    return told or corrected_by(read(report).options)


def _counts_of(report: Path) -> Figures | None:
    """Read the counts of a report, as it was made; None where they are not there, or not as they were."""
    with suppress(CannotReadError, OSError, ValueError):
        made = read(report).files
        for path in sorted(report.glob(COUNTS)):
            if made.get(path.name) == fingerprint(path):
                return _figures(path.read_text(encoding="utf-8-sig"))
    return None


def _figures(text: str) -> Figures:
    lines = csv.DictReader(io.StringIO(text, newline=""))
    return {
        tuple(entry for name, entry in line.items() if name not in NOT_KEY): (line["value"], line["source"])
        for line in lines
    }


def _differences(before: Figures, now: Figures) -> list[str]:
    """Name each figure that has changed by the cell it stands in now, or stood in."""
    told = []
    for key in dict.fromkeys([*before, *now]):
        (old, was_in), (new, cell) = before.get(key, ("", "")), now.get(key, ("", ""))
        if old != new:
            fields = {"before": old or theme.number(None), "now": new or theme.number(None)}
            told.append(say("corrected_cell", cell=cell or was_in, **fields))
    return told
