"""A report's folder → the proof of it: its notebooks run again on the workbook they name, compared figure by figure."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from ..model.finding import CannotReadError
from .compare import Compared, compare
from .notebooks import Executed, NotebookError, execute_all, for_report
from .provenance import Provenance, beside, fingerprint, fingerprints, read, versions


@dataclass(frozen=True)
class Proof:
    """What is the same and what changed: the workbook, the files, the versions, and each notebook's outputs."""

    provenance: Provenance
    workbook: Path
    inputs: tuple[str, ...]
    files: tuple[str, ...]
    versions: tuple[str, ...]
    notebooks: dict[str, list[Compared]]

    @property
    def is_same_workbook(self) -> bool:
        """Whether the workbook is, byte by byte, the one that the report was made of."""
        return fingerprint(self.workbook) == self.provenance.sha256

    @property
    def has_changed(self) -> bool:
        """Whether the workbook, a file of the report or one of its figures is another than it was."""
        outputs = (output for outputs in self.notebooks.values() for output in outputs)
        return not self.is_same_workbook or bool(self.files) or any(output.differences for output in outputs)


def verify(folder: Path, *, step: Callable[[str], None] = lambda name: None) -> Proof:
    """Make a report's figures again and compare them with those it shows.

    Raise CannotReadError for a folder that is no report, or a workbook that is gone or cannot be shown any more.
    """
    known = read(folder)
    workbook = folder / known.workbook
    if not workbook.is_file():
        raise CannotReadError(
            f"{workbook.name}: the workbook that this report was made of is not there any more. It belongs in "
            f"{Path(known.workbook).parent.as_posix()}, seen from {folder.as_posix()}."
        )
    inputs = tuple(_changes(known.beside, beside(workbook)))
    others = tuple(_changes(known.versions, versions()))
    files = tuple(_changes(known.files, fingerprints(folder)))
    return Proof(known, workbook, inputs, files, others, _run_again(folder, known, workbook, step))


def _changes(before: dict[str, str], now: dict[str, str]) -> Iterator[str]:
    """Name what differs; a fingerprint says nothing to a person, a version does."""
    for name in sorted({*before, *now}):
        was, is_now = before.get(name), now.get(name)
        if was is None or is_now is None:
            yield f"{name}: {'new' if was is None else 'not there any more'}"
        elif was != is_now:
            yield f"{name}: changed" if len(was) == len(is_now) == 64 else f"{name} {was}, now {is_now}"


def _run_again(folder: Path, known: Provenance, workbook: Path, step: Callable[[str], None]) -> dict:
    paths = {path.stem: path for path in sorted((folder / "notebooks").glob("*.ipynb"))}
    found: dict[str, list[Compared]] = dict.fromkeys(paths)

    def finished(executed: Executed) -> None:
        found[executed.name] = compare(nbformat.read(paths[executed.name], as_version=4), executed.notebook)
        step(executed.name)

    about = {"workbook": workbook, "language": known.language, "period": known.period}
    try:
        with tempfile.TemporaryDirectory() as charts:
            notebooks = {name: for_report(path, **about) for name, path in paths.items()}
            execute_all(notebooks, charts=Path(charts), finished=finished)
    except (NotebookError, nbformat.reader.NotJSONError) as reason:
        raise CannotReadError(f"The report's notebooks cannot be run again: {reason}") from reason
    return found


def lines_of(proof: Proof) -> Iterator[tuple[bool, str]]:
    """Say what is the same and what changed, in lines: whether it is the same, and what it is."""
    same, name = proof.is_same_workbook, proof.workbook.name
    mark = proof.provenance.sha256[:12]
    yield same, f"{name} is {'' if same else 'not '}the workbook that the report was made of (SHA-256 {mark}…)."
    for line in proof.inputs:
        yield False, f"Read beside it: {line}."
    yield (
        not proof.versions,
        f"Versions: {'; '.join(proof.versions) or ', '.join(map(' '.join, proof.provenance.versions.items()))}.",
    )
    count = len(proof.provenance.files)
    yield not proof.files, f"Files of the report: {'; '.join(proof.files) or f'all {count} as they were written'}."
    for name, outputs in proof.notebooks.items():
        yield all(not output.differences for output in outputs), f"{name}"
        for output in outputs:
            yield from _output_lines(output)


def _output_lines(output: Compared) -> Iterator[tuple[bool, str]]:
    if not output.differences:
        yield True, f"  {output.what}: {output.figures} compared."
    for difference in output.differences:
        yield False, f"  {output.what}: {difference}"
