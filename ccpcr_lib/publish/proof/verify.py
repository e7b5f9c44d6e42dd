"""A report's folder → the proof of it: the whole report made again, and each file compared in what it shows."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from nbformat import NotebookNode

from ...excel.reader import workbooks
from ...model.errors import CannotReadError
from ...model.period import is_longer
from ...words import say
from .again import Again, Asked, made_again
from .compare import Compared, compare
from .held import Held, Terms, Verdict, hold, judged
from .notebook import cell_changes, read_notebook, without_pictures
from .provenance import NEXT, NEXT_MARK, PRINTED, Provenance, fingerprint, fingerprints, read
from .shown import Difference
from .stated import Stated, stated, versions_stated

DATA = "data"
"""How the folder of the workbooks is usually called."""
FINGERPRINT_LENGTH = 64
MARK = re.compile(r"[0-9a-f]{64}")
"""How a fingerprint looks."""
NOTEBOOKS = "notebooks"


@dataclass(frozen=True)
class Proof:
    """What is the same and what changed, each change in words.

    `period` is the quarter that was proved; `inputs` and `versions` differ without a figure having to; `sayings` are
    what the provenance says and is not so; `files` of the report are others than were written, or no part of it;
    `foreign` are notebooks that are missing or whose cells are not the project's own; `notebooks` holds each notebook's
    outputs compared, `held` every other file; `more` are the other workbooks of a half-year or a year.
    """

    provenance: Provenance
    period: str
    workbook: Path
    inputs: tuple[str, ...]
    files: tuple[str, ...]
    versions: tuple[str, ...]
    foreign: tuple[str, ...]
    notebooks: dict[str, list[Compared]]
    sayings: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    more: tuple[Path, ...] = ()

    @property
    def is_same_workbook(self) -> bool:
        """Whether the workbooks are, byte by byte, those that the report was made of."""
        return _marks_of((self.workbook, *self.more)) == self.provenance.sha256

    @property
    def has_changed(self) -> bool:
        """Whether the workbook, a file of the report, its code or one of its figures is another than it was."""
        outputs = (output for outputs in self.notebooks.values() for output in outputs)
        is_other = not self.is_same_workbook or any((self.files, self.foreign, self.sayings))
        is_held = any(held.verdict == Verdict.CHANGED for held in self.held)
        return is_other or is_held or any(output.differences for output in outputs)

    @property
    def unproved(self) -> list[str]:
        """The names of the files of which it is not known whether they are the same."""
        return [held.name for held in self.held if held.verdict == Verdict.UNPROVED]


def verify(
    folder: Path,
    data: Path | None = None,
    *,
    version: str,
    template: Path | None = None,
    step: Callable[[str], None] = lambda name: None,
) -> Proof:
    """Make a report again, and compare all that it shows with what the folder shows.

    The workbook is sought in the folder `data`, or as `find_workbook_of` has it; `template` is that of the deck, if it
    has one; `version` is that of the program. No code of the folder is run, and nothing that it says is believed by
    itself. `step` hears the name of each part as it is made. Raise CannotReadError for a folder that is no report, or
    a workbook that is gone or cannot be shown any more.
    """
    known = read(folder)
    archived = _archived(folder)
    said = stated(folder, known, archived)
    workbooks_found = find_workbooks_of(known, folder, data, said)
    with made_again(Asked(known, said, folder, workbooks_found, template), version=version, step=step) as again:
        return held_against(folder, again)


def held_against(folder: Path, again: Again) -> Proof:
    """Compare a report with the one that was made again."""
    known, now = read(folder), again.provenance
    archived, others = _archived(folder), _archived(again.folder)
    inputs = tuple(_changes(known.beside, now.beside))
    ours, theirs = (_without_print(one.versions) for one in (known, now))
    is_all_the_same = not inputs and ours == theirs and _marks_of(again.workbooks) == known.sha256
    marks = (known.sha256, now.sha256) if MARK.fullmatch(known.sha256) else ("", "")
    terms = Terms(ours == theirs, is_all_the_same, marks)
    compared = {name: compare(archived[name], others[name]) for name in others if name in archived}
    return Proof(
        known,
        now.period,
        again.workbooks[0],
        inputs,
        tuple(_other_files(folder, known, again)),
        tuple(_changes(ours, theirs)),
        tuple(_foreign(archived, others)),
        {name: [_drawn(output, terms) for output in outputs] for name, outputs in compared.items()},
        tuple(_sayings(folder, known, again, archived)),
        (*_held(folder, again, terms), *_held_notebooks(folder, again, terms, compared)),
        again.workbooks[1:],
    )


def _without_print(versions: Mapping[str, str]) -> dict[str, str]:
    return {name: version for name, version in versions.items() if name != PRINTED}


def _marks_of(workbooks: Iterable[Path]) -> str:
    return NEXT_MARK.join(map(fingerprint, workbooks))


def find_workbooks_of(known: Provenance, report: Path, data: Path | None, said: Stated) -> dict[str, Path]:
    """Find the workbooks that a report was made of, by what it calls them, as `find_workbook_of` finds one.

    Raise CannotReadError where one is gone.
    """
    if not is_longer(said.period):
        return {said.workbook: find_workbook_of(known, report, data, name=said.workbook)}
    names, marks = known.workbook.split(NEXT), known.sha256.split(NEXT_MARK)
    each = zip_longest(names, marks[: len(names)], fillvalue="")
    alone = {name: replace(known, workbook=name, sha256=mark) for name, mark in each}
    return {name: find_workbook_of(one, report, data, name=name) for name, one in alone.items()}


def find_workbook_of(known: Provenance, report: Path, data: Path | None, *, name: str = "") -> Path:
    """Find the workbook that a report was made of: by its fingerprint, whatever it is called by now, or by its name.

    Without a folder `data` it is sought beside the folder of the reports, then in ``data`` of the current folder.
    `name` is what most parts of the report call it. Raise CannotReadError where there is none.
    """
    folders = (data,) if data else (report.absolute().parent.parent / DATA, Path(DATA))
    name = name or Path(known.workbook).name  # an earlier version wrote where it was found
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
    archived = {path.stem: read_notebook(path) for path in sorted((folder / NOTEBOOKS).glob("*.ipynb"))}
    if not archived:
        raise CannotReadError(say("notebooks_gone", folder=folder))
    return archived


def _foreign(archived: Mapping[str, NotebookNode], own: Mapping[str, NotebookNode]) -> Iterator[str]:
    """Name the notebooks that are not as the project has them."""
    for name in sorted({*own, *archived}):
        if name not in archived:
            yield say("change_gone", name=f"{name}.ipynb")
        elif name not in own:
            yield say("change_foreign", name=f"{name}.ipynb")
        else:
            for change in cell_changes(archived[name], own[name]):
                yield say("change_cell", name=f"{name}.ipynb", change=change.removesuffix("."))


def _sayings(folder: Path, known: Provenance, again: Again, archived: Mapping[str, NotebookNode]) -> Iterator[str]:
    """Name what the provenance says of the report and is not so."""
    now = again.provenance
    workbook = known.workbook if is_longer(known.period) else Path(known.workbook).name
    claimed = {"workbook": workbook, "period": known.period, "language": known.language}
    for name, proved in {"workbook": now.workbook, "period": now.period, "language": now.language}.items():
        if claimed[name] != proved:
            yield say(f"saying_{name}", said=claimed[name], proved=proved)
    if "final" in known.options.values() and "final" not in now.options.values():
        yield say("saying_final")
    for name, version in sorted(set(versions_stated(folder, archived))):
        if name in known.versions and known.versions[name] != version:
            yield say("saying_version", name=name, said=known.versions[name], proved=version)


def _other_files(folder: Path, known: Provenance, again: Again) -> Iterator[str]:
    """Name the files that are others than were written, and those that are missing, renamed or no part of a report."""
    there, made = fingerprints(folder), again.provenance.files
    missing = {mark: name for name, mark in {**made, **known.files}.items() if name not in there}
    renamed = {missing[mark]: name for name, mark in there.items() if name not in made and mark in missing}
    foreign = set(there) - set(made) - set(renamed.values())
    if again.print:
        foreign -= {name for name in foreign if name.endswith(".pdf")}
    for name, now in sorted(renamed.items()):
        yield say("change_renamed", name=name, now=now)
    for name in sorted(foreign):
        yield say("change_no_part", name=name)
    told = {*renamed, *renamed.values(), *foreign}
    yield from _changes(
        *({name: mark for name, mark in one.items() if name not in told} for one in (known.files, there))
    )
    for name in sorted(set(made) - set(there) - set(known.files) - told):
        yield say("change_gone", name=name)


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Name what differs; a fingerprint says nothing to a person, a version does."""
    for name in sorted({*before, *now}):
        was, is_now = before.get(name), now.get(name)
        if was is None and is_now is not None:
            is_fingerprint = len(is_now) == FINGERPRINT_LENGTH
            yield say("change_new" if is_fingerprint else "change_version_new", name=name, now=is_now)
        elif was is None or is_now is None:
            yield say("change_gone", name=name)
        elif was != is_now:
            are_fingerprints = len(was) == len(is_now) == FINGERPRINT_LENGTH
            yield say("change" if are_fingerprints else "change_version", name=name, before=was, now=is_now)


# --- file by file ----------------------------------------------------------------------------------------------


def _held(folder: Path, again: Again, terms: Terms) -> Iterator[Held]:
    """Hold every file that both reports have, but notebooks, against the one that was made again."""
    there = fingerprints(folder)
    made = {name for name in again.provenance.files if not name.endswith(".ipynb")}
    for name in sorted(made & set(there)):
        if again.deck and name.endswith(".pptx"):
            yield Held(name, Verdict.UNPROVED, (again.deck,))
        else:
            is_print = name.endswith(".pdf")
            yield hold(folder / name, again.folder / name, name, _of_print(folder, again, terms) if is_print else terms)
    for name in sorted(there):
        if again.print and name.endswith(".pdf"):
            yield Held(name, Verdict.UNPROVED, (again.print,))


def _of_print(folder: Path, again: Again, terms: Terms) -> Terms:
    """A print is drawn alike where the same program has written it."""
    writers = (one.versions.get(PRINTED) for one in (read(folder), again.provenance))
    is_written_alike = len(set(writers)) == 1 and terms.is_drawn_alike
    return replace(terms, is_drawn_alike=is_written_alike, is_all_the_same=is_written_alike and terms.is_all_the_same)


def _held_notebooks(folder: Path, again: Again, terms: Terms, compared: Mapping[str, list[Compared]]) -> Iterator[Held]:
    """Hold notebooks against each other by what is no output: what differs in these is told figure by figure."""
    for stem, outputs in compared.items():
        name = f"{NOTEBOOKS}/{stem}.ipynb"
        paths = folder / name, again.folder / name
        notebooks = tuple(map(read_notebook, paths))
        if paths[0].read_bytes() == paths[1].read_bytes():
            yield Held(name, Verdict.SAME)
        elif not cell_changes(*notebooks) and not any(output.differences for output in outputs):
            drawn = tuple(output.what for output in outputs if output.is_drawn_otherwise)
            is_else = len({*map(without_pictures, notebooks)}) > 1
            yield judged(name, Difference((), drawn, is_else), terms)


def _drawn(output: Compared, terms: Terms) -> Compared:
    """Count a picture that looks otherwise as a difference, where the same program has drawn both."""
    if output.is_drawn_otherwise and terms.is_drawn_alike:
        return replace(output, differences=(*output.differences, say("picture_otherwise")))
    return output
