"""What a report was made of, for a program to read: the workbook with its fingerprint, versions, parameters, files.

`provenance.json` stands in the report's folder; `ccpcr verify` makes the report's figures again from it.
"""

import json
import os
import platform
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from ...excel.dating import quarter_in
from ...excel.reader import workbooks
from ...model import period as calendar
from ...model.errors import CannotReadError
from ...model.resources import lists_folder
from ...quality.check import BESIDE
from ...quality.misnamed import nearly_named
from ...words import say
from ..files import json_text
from ..photographs import PHOTOGRAPHS, photographs_of
from ..release import Release

FILE = "provenance.json"
LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini", ".ds_store", ".directory"})
"""What Windows and other systems leave in a folder that somebody looks at."""
CHECKPOINTS = ".ipynb_checkpoints"
OPENED = (".pptx", ".xlsx", ".csv", ".pdf")
"""Files beside which an office program leaves one of its own while it has them open."""
LIBRARIES = ("matplotlib", "numpy", "pandas", "seaborn")
WRITERS = ("ipython", "lxml", "mistune", "nbformat", "pillow", "python-pptx", "XlsxWriter")
"""What pages, pictures and Office files are written with: another version may write them otherwise."""
PRINTED, PACKED = "PDF", "zlib"
"""Versions of what has printed the report, and of what packs its files."""
NEXT, NEXT_MARK = " / ", ", "
"""Stand between the names of several workbooks, where no name can have it, and between their fingerprints."""
FINAL, KERNELS, TEMPLATE, TEMPLATE_MARK = "deck", "kernels", "template", "template_sha256"
CORRECTED = "corrected"
"""What the options say of figures that were corrected since the report before."""
BETWEEN = "; "
"""Stands between them."""


@dataclass(frozen=True)
class Provenance:
    """What a report was made of. `workbook` is the name of the file; where it lies, a report does not say.

    Of a half-year or a year `workbook` has the names of all files, and `sha256` their fingerprints in the same order.
    `beside` are the files in the workbook's folder that it was read with, `files` those of the report: each with its
    fingerprint (SHA-256). `options` says how it was made, where that was not as usual, as `options_of` gives it.
    """

    workbook: str
    sha256: str
    period: str
    language: str
    versions: Mapping[str, str]
    beside: Mapping[str, str]
    files: Mapping[str, str]
    options: Mapping[str, str] = field(default_factory=dict)


def provenance_of(release: Release, folder: Path, options: Mapping[str, str], writer: str) -> Provenance:
    """Take down what a report in `folder` was made of, and how; `writer` has written the print, if there is one."""
    return Provenance(
        NEXT.join(path.name for path in release.paths),
        release.sha256,
        release.period,
        release.language,
        versions() | ({PRINTED: writer} if writer else {}),
        beside(release.path, release.period, release.missing),
        fingerprints(folder),
        options,
    )


def options_of(
    template: Path | None, *, final: bool, fresh_kernels: bool, corrected: Sequence[str] = ()
) -> dict[str, str]:
    """Write down how a report is made, where that is not as usual; of a template its name and fingerprint only."""
    made = {FINAL: "final"} if final else {}
    if fresh_kernels:
        made[KERNELS] = "fresh"
    if corrected:
        made[CORRECTED] = BETWEEN.join(corrected)
    return made | ({TEMPLATE: template.name, TEMPLATE_MARK: fingerprint(template)} if template else {})


def corrected_by(options: Mapping[str, str]) -> tuple[str, ...]:
    """List the corrections that the options of a report name."""
    return tuple(filter(None, options.get(CORRECTED, "").split(BETWEEN)))


def write(provenance: Provenance) -> str:
    """Write it as JSON text."""
    return json_text(asdict(provenance), indent=2) + "\n"


def read(folder: Path) -> Provenance:
    """Read a report's provenance. Raise CannotReadError for a folder that is no report, or a file that is broken."""
    path = folder / FILE
    if not path.is_file():
        raise CannotReadError(say("no_report", folder=folder, file=FILE))
    try:
        known = Provenance(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise _broken(path) from error
    texts = (known.workbook, known.sha256, known.period, known.language)
    lists = (known.versions, known.beside, known.files, known.options)
    if not all(isinstance(text, str) for text in texts) or not all(map(_is_list, lists)):
        raise _broken(path)
    return known


def _is_list(entries: object) -> bool:
    return isinstance(entries, dict) and all(isinstance(value, str) for value in entries.values())


def _broken(path: Path) -> CannotReadError:
    return CannotReadError(say("provenance_broken", file=path))


def versions() -> dict[str, str]:
    """Name what the figures are computed, drawn and written with."""
    own = {"ccpcr": version("ccpcr"), "Python": platform.python_version()}
    return own | {name: version(name) for name in (*LIBRARIES, *WRITERS)} | {PACKED: zlib.ZLIB_RUNTIME_VERSION}


def fingerprints(folder: Path) -> dict[str, str]:
    """Take the fingerprint of every file of a report but its provenance, and but what programs leave behind."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / FILE)
    kept = [path for path in files if not _is_left_behind(path)]
    return {path.relative_to(folder).as_posix(): fingerprint(path) for path in kept}


def _is_left_behind(path: Path) -> bool:
    """Check whether a file is one that looking at a report leaves: of Jupyter, of an office program, of Windows.

    >>> _is_left_behind(Path("~$deck.pptx")), _is_left_behind(Path(".hidden.html"))
    (True, False)
    """
    name, ending = path.name, path.suffix.removesuffix("#").lower()
    is_opened = name.startswith(("~$", ".~lock.")) and ending in OPENED
    return name.lower() in LEFT_BEHIND or is_opened or (path.parent.name == CHECKPOINTS and ending == ".ipynb")


def beside(workbook: Path, period: str, missing: Sequence[str] = ()) -> dict[str, str]:
    """Take the fingerprints of what a workbook is read with: earlier quarters, plan, photographs, code lists …

    A later quarter changes no earlier report, unless it speaks of the last of a year's quarters, which is `missing`.
    """
    quarters = calendar.quarters_in(period)
    last = calendar.following(quarters[-1]) if quarters[-1] in missing else quarters[-1]
    named = ((path, quarter_in(path.stem)) for path in other_quarters(workbook))
    earlier = [path for path, quarter in named if quarter and quarter <= calendar.split_quarter(last)]
    files = [*earlier, *(path for path in read_with(workbook) if path != workbook)]
    lists = sorted(filter(Path.is_file, lists_folder().glob("*.csv")))
    pictures = [path for quarter in quarters for path in photographs_of(workbook, quarter) if path.is_file()]
    inside = [(PHOTOGRAPHS, path) for path in pictures] + [("codelists", path) for path in lists]
    return {path.name: fingerprint(path) for path in files if path.is_file()} | {
        f"{folder}/{path.name}": fingerprint(path) for folder, path in inside
    }


def read_with(workbook: Path) -> list[Path]:
    """List what a workbook cannot be shown without, as far as it is there: itself, plan, relations, explanations.

    What has such a name and is no file is listed too, and what is called nearly so: it must not be passed over.
    """
    folder = workbook.parent
    others = (path for name in BESIDE for path in (folder / name, *nearly_named(folder, name)))
    return [path for path in (workbook, *others) if os.path.lexists(path)] if workbook.is_file() else []


def other_quarters(workbook: Path) -> list[Path]:
    """List the other quarters' workbooks in the folder of one that is there."""
    there = workbooks(workbook.parent) if workbook.is_file() else []
    return [path for path in there if path.name != workbook.name and quarter_in(path.stem)]


def fingerprint(path: Path) -> str:
    """Take a file's fingerprint."""
    return sha256(path.read_bytes()).hexdigest()
