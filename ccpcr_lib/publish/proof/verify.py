"""A report's folder → the proof of it: its notebooks run again on the workbook they name, compared figure by figure."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ...analysis.report import load
from ...model.finding import CannotReadError
from ..files import counts_text
from ..pages.notebooks import Executed, NotebookError, execute_all, for_report, notebook_paths
from ..release import Release
from .compare import Compared, compare
from .provenance import Provenance, beside, fingerprint, fingerprints, read, versions

INJECTED = "injected-parameters"
"""How papermill marks the cell that holds the parameters of a run."""


@dataclass(frozen=True)
class Proof:
    """What is the same and what changed.

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


def verify(folder: Path) -> Proof:
    """Make a report's figures again and compare them with those it shows.

    The project's own notebooks run, and the archived ones are held against them, code and figures: no other code proves
    a report. Raise CannotReadError for a folder that is no report, or a workbook that is gone or cannot be shown any
    more.
    """
    known = read(folder)
    workbook = folder / known.workbook
    if not workbook.is_file():
        raise CannotReadError(
            f"{workbook.name}: the workbook that this report was made of is not there any more. It belongs in "
            f"{Path(known.workbook).parent.as_posix()}, seen from {folder.as_posix()}; was the report moved?"
        )
    archived = _archived(folder)
    return Proof(
        known,
        workbook,
        tuple(_changes(known.beside, beside(workbook, known.period))),
        (*_changes(known.files, fingerprints(folder)), *_other_counts(folder, known, workbook)),
        tuple(_changes(known.versions, versions())),
        tuple(_foreign(archived)),
        _run_again(archived, known, workbook),
    )


def _archived(folder: Path) -> dict[str, NotebookNode]:
    """Read the notebooks that a report keeps; raise CannotReadError where there is none, or one is broken."""
    found = {path.stem: _notebook(path) for path in sorted((folder / "notebooks").glob("*.ipynb"))}
    if not found:
        raise CannotReadError(f"{folder}: the report has no notebooks any more. Make it anew with ccpcr report.")
    return found


def _notebook(path: Path) -> NotebookNode:
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (nbformat.ValidationError, nbformat.reader.NotJSONError, ValueError, AttributeError, KeyError) as error:
        why = f"{path.name}: this notebook is broken. Make the report anew with ccpcr report."
        raise CannotReadError(why) from error
    return notebook


def _foreign(archived: Mapping[str, NotebookNode]) -> Iterator[str]:
    """Name the notebooks that are not as the project has them."""
    own = {path.stem: _code(nbformat.read(path, as_version=4)) for path in notebook_paths()}
    for name in sorted({*own, *archived}):
        if name not in archived:
            yield f"{name}.ipynb: not there any more"
        elif name not in own:
            yield f"{name}.ipynb: no notebook of the project"
        elif _code(archived[name]) != own[name]:
            yield f"{name}.ipynb: its code is not that of the project"


def _code(notebook: NotebookNode) -> list[str]:
    """Give a notebook's code without the parameters that were put in."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return [cell.source for cell in cells if INJECTED not in cell.metadata.get("tags", [])]


def _other_counts(folder: Path, known: Provenance, workbook: Path) -> Iterator[str]:
    """Name a list of counts that is not the workbook's."""
    expected = counts_text(Release(load(workbook, known.period), known.language).counts)
    for path in sorted(folder.glob("counts*.csv")):
        if path.read_bytes() != expected.encode("utf-8"):
            yield f"{path.name}: its counts are not those of the workbook"


def _changes(before: dict[str, str], now: dict[str, str]) -> Iterator[str]:
    """Name what differs; a fingerprint says nothing to a person, a version does."""
    for name in sorted({*before, *now}):
        was, is_now = before.get(name), now.get(name)
        if was is None or is_now is None:
            yield f"{name}: {'new' if was is None else 'not there any more'}"
        elif was != is_now:
            yield f"{name}: changed" if len(was) == len(is_now) == 64 else f"{name} {was}, now {is_now}"


def _run_again(archived: Mapping[str, NotebookNode], known: Provenance, workbook: Path) -> dict[str, list[Compared]]:
    """Run the project's notebooks and compare what they show with what the archived ones do."""
    own = {path.stem: path for path in notebook_paths() if path.stem in archived}
    found: dict[str, list[Compared]] = dict.fromkeys(own)

    def finished(executed: Executed) -> None:
        found[executed.name] = compare(archived[executed.name], executed.notebook)

    about = {"workbook": workbook, "language": known.language, "period": known.period}
    try:
        with tempfile.TemporaryDirectory() as charts:
            notebooks = {name: for_report(path, **about) for name, path in own.items()}
            execute_all(notebooks, charts=Path(charts), finished=finished)
    except NotebookError as reason:
        raise CannotReadError(f"The report's notebooks cannot be run again: {reason}") from reason
    return found


def lines_of(proof: Proof) -> Iterator[tuple[bool | None, str]]:
    """Say what is the same and what changed, in lines: whether it is the same, and what it is.

    None: it is another than it was, which by itself changes no figure.
    """
    same, name = proof.is_same_workbook, proof.workbook.name
    mark = proof.provenance.sha256[:12]
    yield same, f"{name} is {'' if same else 'not '}the workbook that the report was made of (SHA-256 {mark}…)."
    for line in proof.inputs:
        yield None, f"Read beside it: {line}."
    yield (
        None if proof.versions else True,
        f"Versions: {'; '.join(proof.versions) or ', '.join(map(' '.join, proof.provenance.versions.items()))}.",
    )
    count = len(proof.provenance.files)
    yield not proof.files, f"Files of the report: {'; '.join(proof.files) or f'all {count} as they were written'}."
    for line in proof.foreign:
        yield False, f"Notebooks: {line}."
    for name, outputs in proof.notebooks.items():
        yield all(not output.differences for output in outputs), f"{name}"
        for output in outputs:
            yield from _output_lines(output)


def _output_lines(output: Compared) -> Iterator[tuple[bool, str]]:
    if not output.differences:
        yield True, f"  {output.what}: {output.figures} compared."
    for difference in output.differences:
        yield False, f"  {output.what}: {difference}"
