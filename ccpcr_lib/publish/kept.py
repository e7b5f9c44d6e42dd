"""What somebody has changed or laid into a report's folder → kept beside it, when a new report takes its place."""

import shutil
from itertools import count
from pathlib import Path

from ..model.errors import CannotReadError
from .proof.provenance import fingerprints, read

KEPT = "kept"


def own_files(report: Path) -> list[Path]:
    """List the files in a report's place that are not as the report was made: changed or added by hand.

    In a folder that is no report, and where a file stands in its place, that is everything.
    """
    if report.is_file():
        return [report]
    try:
        made = read(report).files
    except CannotReadError:
        made = {}
    return [report / name for name, mark in fingerprints(report).items() if made.get(name) != mark]


def keep(report: Path) -> list[Path]:
    """Copy what is somebody's own in a report's place into a folder beside it, and give the copies.

    Raise OSError where that cannot be done; then nothing is to take the report's place.
    """
    own = own_files(report)
    place = _free(report)
    copies = [place / path.relative_to(report.parent if path == report else report) for path in own]
    try:
        for path, copy in zip(own, copies, strict=True):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)
    except OSError:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return copies


def _free(report: Path) -> Path:
    """Give a folder that is not there yet: ``2010-Q2-kept``, ``2010-Q2-kept-2`` …"""
    names = (f"{report.name}-{KEPT}" + (f"-{number}" if number > 1 else "") for number in count(1))
    return next(path for path in map(report.with_name, names) if not path.exists())
