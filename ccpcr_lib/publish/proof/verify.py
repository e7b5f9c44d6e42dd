"""A report's folder → the proof of it: its notebooks run again on the workbook they name, compared figure by figure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ...excel.reader import workbooks
from ...model.errors import CannotReadError
from ...words import say
from ..files import counts_text
from ..pages.notebooks import Executed, NotebookError, execute_all, for_report, notebook_paths
from ..pages.work import Places
from ..release import release
from .compare import Compared, compare
from .provenance import Provenance, beside, fingerprint, fingerprints, read, versions

DATA = "data"
"""How the folder of the workbooks is usually called."""
FINGERPRINT_LENGTH = 64
INJECTED = "injected-parameters"
"""How papermill marks the cell that holds the parameters of a run."""


@dataclass(frozen=True)
class Proof:
    """What is the same and what changed, each change in words.

    `inputs` and `versions` differ without a figure having to; `files` of the report are others than were written,
    `foreign` are notebooks that are missing or whose code is not the project's own; `notebooks` holds each notebook's
    outputs compared.
    """

    provenance: Provenance
    workbook: Path
    inputs: tuple[str, ...]
    files: tuple[str, ...]
    versions: tuple[str, ...]
    foreign: tuple[str, ...]
    notebooks: dict[str, list[Compared]]

    @property
    def is_same_workbook(self) -> bool:
        """Whether the workbook is, byte by byte, the one that the report was made of."""
        return fingerprint(self.workbook) == self.provenance.sha256

    @property
    def has_changed(self) -> bool:
        """Whether the workbook, a file of the report, its code or one of its figures is another than it was."""
        outputs = (output for outputs in self.notebooks.values() for output in outputs)
        is_other = not self.is_same_workbook or bool(self.files) or bool(self.foreign)
        return is_other or any(output.differences for output in outputs)


def verify(folder: Path, data: Path | None = None, *, step: Callable[[str], None] = lambda name: None) -> Proof:
    """Make a report's figures again and compare them with those it shows.

    The workbook is sought in the folder `data`, or as `find_workbook_of` has it. The project's own notebooks run, and
    the archived ones are held against them, code and figures: no other code proves a report. `step` hears the name of
    each notebook as it is done. Raise CannotReadError for a folder that is no report, or a workbook that is gone or
    cannot be shown any more.
    """
    known = read(folder)
    workbook = find_workbook_of(known, folder, data)
    archived = _archived(folder)
    return Proof(
        known,
        workbook,
        tuple(_changes(known.beside, beside(workbook, known.period))),
        (*_changes(known.files, fingerprints(folder)), *_other_counts(folder, known, workbook)),
        tuple(_changes(known.versions, versions())),
        tuple(_foreign(archived)),
        _run_again(archived, known, workbook, step=step),
    )


def find_workbook_of(known: Provenance, report: Path, data: Path | None) -> Path:
    """Find the workbook that a report was made of: by its fingerprint, whatever it is called by now, or by its name.

    Without a folder `data` it is sought beside the folder of the reports, then in ``data`` of the current folder. Raise
    CannotReadError where there is none.
    """
    folders = (data,) if data else (report.absolute().parent.parent / DATA, Path(DATA))
    name = Path(known.workbook).name  # an earlier version wrote where it was found
    for folder in filter(Path.is_dir, folders):
        there = [path for path in workbooks(folder) if path.name == name or _is_the_same(path, known)]
        if there:
            return next((path for path in there if _is_the_same(path, known)), there[0])
    places = ", ".join(folder.as_posix() for folder in folders)
    raise CannotReadError(say("workbook_gone", file=name, places=places, report=report.as_posix()))


def _is_the_same(workbook: Path, known: Provenance) -> bool:
    try:
        return fingerprint(workbook) == known.sha256
    except OSError:
        return False


def _archived(folder: Path) -> dict[str, NotebookNode]:
    """Read the notebooks that a report keeps; raise CannotReadError where there is none, or one is broken."""
    archived = {path.stem: _notebook(path) for path in sorted((folder / "notebooks").glob("*.ipynb"))}
    if not archived:
        raise CannotReadError(say("notebooks_gone", folder=folder))
    return archived


def _notebook(path: Path) -> NotebookNode:
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (nbformat.ValidationError, nbformat.reader.NotJSONError, ValueError, AttributeError, KeyError) as error:
        raise CannotReadError(say("notebook_broken", file=path.name)) from error
    return notebook


def _foreign(archived: Mapping[str, NotebookNode]) -> Iterator[str]:
    """Name the notebooks that are not as the project has them."""
    own = {path.stem: _code(nbformat.read(path, as_version=4)) for path in notebook_paths()}
    for name in sorted({*own, *archived}):
        if name not in archived:
            yield say("change_gone", name=f"{name}.ipynb")
        elif name not in own:
            yield say("change_foreign", name=f"{name}.ipynb")
        elif _code(archived[name]) != own[name]:
            yield say("change_code", name=f"{name}.ipynb")


def _code(notebook: NotebookNode) -> list[str]:
    """Give a notebook's code without the parameters that were put in."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return [cell.source for cell in cells if INJECTED not in cell.metadata.get("tags", [])]


def _other_counts(folder: Path, known: Provenance, workbook: Path) -> Iterator[str]:
    """Name a list of counts that is not the workbook's."""
    expected = counts_text(release(workbook, known.language, period=known.period).counts)
    for path in sorted(folder.glob("counts*.csv")):
        if path.read_bytes() != expected.encode("utf-8"):
            yield say("change_counts", name=path.name)


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Name what differs; a fingerprint says nothing to a person, a version does."""
    for name in sorted({*before, *now}):
        was, is_now = before.get(name), now.get(name)
        if was is None:
            yield say("change_new", name=name)
        elif is_now is None:
            yield say("change_gone", name=name)
        elif was != is_now:
            are_fingerprints = len(was) == len(is_now) == FINGERPRINT_LENGTH
            yield say("change" if are_fingerprints else "change_version", name=name, before=was, now=is_now)


def _run_again(
    archived: Mapping[str, NotebookNode], known: Provenance, workbook: Path, *, step: Callable[[str], None]
) -> dict[str, list[Compared]]:
    """Run the project's notebooks and compare what they show with what the archived ones do."""
    own = {path.stem: path for path in notebook_paths() if path.stem in archived}
    about = {"workbook": workbook.name, "language": known.language, "period": known.period}
    outputs: dict[str, list[Compared]] = {name: [] for name in own}

    def finished(executed: Executed) -> None:
        outputs[executed.name] = compare(archived[executed.name], executed.notebook)
        step(executed.name)

    try:
        notebooks = {name: for_report(path, **about) for name, path in own.items()}
        execute_all(notebooks, Places(workbook.absolute().parent), finished=finished)
    except NotebookError as reason:
        raise CannotReadError(say("notebooks_not_run", reason=reason)) from reason
    return outputs
