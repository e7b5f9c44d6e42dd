"""A report made again, in a place of its own, of the same workbook and in the same way as the one to be proved."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ...model.errors import CannotReadError
from ...model.period import is_longer
from ...words import say
from ..build import PRINT, Listener, Options, build_report
from ..copies import copy_photographs, copy_together, copy_workbook
from ..pages.notebooks import NotebookError
from ..release import Release, release
from ..snapshot import Snapshot, lists_of_now
from ..unsettled import UnsettledError
from ..workshop import open_workshop
from .provenance import FINAL, TEMPLATE, TEMPLATE_MARK, Provenance, corrected_by, fingerprint, other_quarters, read
from .stated import INDEX, Stated

MASTERS = ("*.pptx", "*.potx")


class Again(NamedTuple):
    """A report that was made again: its folder, what it was made of, and what could not be made as it was, in lines.

    `deck` and `print` say why these are not proved; nothing where they are.
    """

    folder: Path
    provenance: Provenance
    workbooks: tuple[Path, ...]
    deck: str = ""
    print: str = ""


class Asked(NamedTuple):
    """What is to be made again: what the report says of itself, in which folder, of which workbooks and template.

    `workbooks` are by the names that the report calls them.
    """

    known: Provenance
    stated: Stated
    folder: Path
    workbooks: Mapping[str, Path]
    template: Path | None = None

    @property
    def workbook(self) -> Path:
        """The workbook; of several, the first."""
        return next(iter(self.workbooks.values()))


@contextmanager
def made_again(asked: Asked, *, version: str, step: Callable[[str], None] = lambda name: None) -> Iterator[Again]:
    """Make a report again in a temporary place, which is cleared at the end; raise CannotReadError if that fails."""
    place = _place()
    place.mkdir(mode=0o700, exist_ok=True)  # here and not by the workshop, which takes away what it has made
    with open_workshop(place) as shop:
        snapshot = Snapshot(shop.folder("read"))
        with lists_of_now(snapshot):
            shown = _opened(_copied(snapshot, asked), asked.stated)
            copy_photographs(snapshot, asked.workbook, shown.period)
            template = find_template(asked)
            if template:
                snapshot.take([template], "template")
            options = Options(
                template=snapshot.of(template) if template else None,
                final=FINAL in asked.known.options,
                printed=_was_printed(asked),
                corrected=corrected_by(asked.known.options),
            )
            make = partial(build_report, shown, shop, version=version)
            _make(make, options, Listener(step))
            yield _judged(asked, shop.made, options)


def _place() -> Path:
    """Give the folder for what is temporary, of this person: on a shared computer others have their own."""
    whose = os.getuid() if hasattr(os, "getuid") else ""
    return Path(tempfile.gettempdir()) / f"ccpcr-verify-{whose}"


def _copied(snapshot: Snapshot, asked: Asked) -> Path:
    """Copy what a report is made of; of a half-year or a year no other workbooks than it was made with."""
    if not is_longer(asked.stated.period):
        return copy_workbook(snapshot, asked.workbook, asked.stated.workbook)
    there = {path.name for path in other_quarters(asked.workbook)}
    return copy_together(snapshot, asked.workbooks, without=there - set(asked.known.beside))


def _opened(copy: Path, stated: Stated) -> Release:
    """Open the workbook as it dates itself; where it does not, and a half-year or year, as the report has it."""
    try:
        shown = release(copy, stated.language, period=stated.period if is_longer(stated.period) else None)
    except CannotReadError:
        shown = release(copy, stated.language, period=stated.period or None)
    if shown.has_errors:
        raise CannotReadError(say("again_has_errors", file=copy.name))
    return shown


def _make(make: Callable[..., None], options: Options, listener: Listener) -> None:
    """Make a report; raise CannotReadError where its notebooks do not run."""
    try:
        try:
            make(options, listener=listener)
        except UnsettledError:  # a deck of such figures was never final
            make(replace(options, final=False), listener=listener)
    except NotebookError as reason:
        raise CannotReadError(say("notebooks_not_run", reason=reason)) from reason


def _was_printed(asked: Asked) -> bool:
    """Whether the report has a print, or says that it had one."""
    name = Path(PRINT).stem
    there = [*asked.known.files, *(path.name for path in asked.folder.glob("*.pdf"))]
    listed = asked.folder / INDEX
    text = listed.read_text(encoding="utf-8", errors="replace") if listed.is_file() else ""
    return any(file.startswith(name) and file.endswith(".pdf") for file in there) or f'href="{name}' in text


def find_template(asked: Asked) -> Path | None:
    """Find the template of a deck by its fingerprint: the one that is named, or one beside workbook or reports."""
    mark = asked.known.options.get(TEMPLATE_MARK)
    if not mark:
        return None
    folders = (asked.workbook.parent, asked.folder.absolute().parent.parent, Path())
    beside = [path for folder in folders for pattern in MASTERS for path in sorted(folder.glob(pattern))]
    every = [asked.template] if asked.template else beside
    return next((path for path in every if path.is_file() and fingerprint(path) == mark), None)


def _judged(asked: Asked, folder: Path, options: Options) -> Again:
    """Say which files cannot be proved here."""
    name = asked.known.options.get(TEMPLATE, "")
    deck = say("deck_unproved", template=name) if name and not options.template else ""
    is_printed = any(folder.glob("*.pdf"))
    unprinted = say("print_unproved") if options.printed and not is_printed else ""
    return Again(folder, read(folder), tuple(asked.workbooks.values()), deck, unprinted)
