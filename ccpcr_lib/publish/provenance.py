"""What a report was made of, for a program to read: the workbook with its fingerprint, versions, parameters, files.

`provenance.json` stands in the report's folder; `ccpcr verify` makes the report's figures again from it.
"""

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from ..analysis.report import Report
from ..excel.dating import quarter_in
from ..excel.plan_file import FILE as PLAN
from ..excel.reader import workbooks
from ..model.finding import CannotReadError
from ..quality.check import RELATIONS
from ..quality.explanations import FILE as EXPLANATIONS
from .files import seen_from

FILE = "provenance.json"
LIBRARIES = ("matplotlib", "numpy", "pandas", "seaborn")


@dataclass(frozen=True)
class Provenance:
    """What a report was made of. `workbook` is the file as found from the report's folder.

    `beside` are the files in the workbook's folder that it was read with, `files` those of the report: each with its
    fingerprint (SHA-256).
    """

    workbook: str
    sha256: str
    period: str
    language: str
    versions: Mapping[str, str]
    beside: Mapping[str, str]
    files: Mapping[str, str]


def provenance_of(report: Report, folder: Path, *, place: Path, language: str) -> Provenance:
    """Take down what a report in `folder`, whose place will be `place`, was made of."""
    path = report.reading.path
    return Provenance(
        seen_from(place, path), report.sha256, report.period, language, versions(), beside(path), fingerprints(folder)
    )


def write(provenance: Provenance) -> str:
    """Write it as JSON text."""
    return json.dumps(asdict(provenance), ensure_ascii=False, indent=2) + "\n"


def read(folder: Path) -> Provenance:
    """Read a report's provenance. Raise CannotReadError for a folder that is no report, or a file that is broken."""
    path = folder / FILE
    if not path.is_file():
        raise CannotReadError(f"{folder}: this is no report: {FILE} is missing. Name a folder such as reports/2010-Q2.")
    try:
        return Provenance(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise CannotReadError(f"{path}: this file is broken. Make the report anew with ccpcr report.") from error


def versions() -> dict[str, str]:
    """Name what the figures are computed and drawn with."""
    return {"ccpcr": version("ccpcr"), "Python": platform.python_version()} | {
        name: version(name) for name in LIBRARIES
    }


def fingerprints(folder: Path) -> dict[str, str]:
    """Take the fingerprint of every file of a report but its provenance."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != FILE)
    return {path.relative_to(folder).as_posix(): fingerprint(path) for path in files}


def beside(workbook: Path) -> dict[str, str]:
    """Take the fingerprints of what a workbook is read with: other quarters, plan, relations, explanations."""
    there = [path for path in workbooks(workbook.parent) if quarter_in(path.stem) and path.name != workbook.name]
    files = [*there, *(workbook.parent / name for name in (PLAN, RELATIONS, EXPLANATIONS))]
    return {path.name: fingerprint(path) for path in files if path.is_file()}


def fingerprint(path: Path) -> str:
    """Take a file's fingerprint."""
    return sha256(path.read_bytes()).hexdigest()
