"""The files that a report is made of → copies of one moment.

Pages, deck, hand-out and counts are made one after the other; meanwhile somebody may save the workbook, the plan or a
list. Everything is copied first, in a blink, and only the copies are read.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ..model.errors import CannotReadError
from ..model.resources import LISTS_COPY, lists_folder
from ..words import say
from .files import write_whole

TRIES = 5
"""How often a file is read again that was being written meanwhile."""


class Copied(NamedTuple):
    """A file, the copy of it, and its fingerprint (SHA-256) when it was copied."""

    original: Path
    copy: Path
    sha256: str


@dataclass(frozen=True)
class Snapshot:
    """Copies of files, below a folder; `asked` are all that were to be copied, also what could not be read."""

    folder: Path
    copied: list[Copied] = field(default_factory=list)
    asked: list[Path] = field(default_factory=list)

    def take(self, files: Iterable[Path], into: str, *, is_needed: bool = True, name: str = "") -> list[Path]:
        """Copy files into a folder of it; give those that cannot be read, or raise CannotReadError if one is needed.

        A single file may get another `name`.
        """
        place, unread = self.folder / into, []
        place.mkdir(parents=True, exist_ok=True)
        for path in files:
            self.asked.append(path)
            content = _content(path)
            if content is not None:
                copy = place / (name or path.name)
                write_whole(copy, content)
                self.copied.append(Copied(path, copy, sha256(content).hexdigest()))
            elif is_needed:
                raise CannotReadError(say("file_not_read", file=path.name))
            else:
                unread.append(path)
        return unread

    def of(self, path: Path) -> Path:
        """Give the copy of a file; the file itself where there is none."""
        return next((copied.copy for copied in self.copied if copied.original == path), path)

    @property
    def changed(self) -> list[str]:
        """The names of the files that are others by now, or gone."""
        return [path.name for path, _, mark in self.copied if _mark(path) != mark]


def _content(path: Path) -> bytes | None:
    """Read a file as it is at one moment; None where it cannot be read."""
    content = None
    try:
        for _ in range(TRIES if path.is_file() else 0):  # a pipe would never end
            before, content, after = path.stat(), path.read_bytes(), path.stat()
            if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, len(content)):
                break
    except OSError:
        return None
    return content


def _mark(path: Path) -> str | None:
    content = _content(path)
    return None if content is None else sha256(content).hexdigest()


@contextmanager
def lists_of_now(snapshot: Snapshot) -> Iterator[None]:
    """Let this program, and those it starts, read the code lists from copies; nothing may have read them yet."""
    before = os.environ.get(LISTS_COPY)
    snapshot.take(sorted(filter(Path.is_file, lists_folder().glob("*.csv"))), "lists")
    os.environ[LISTS_COPY] = str(snapshot.folder / "lists")
    try:
        yield
    finally:
        os.environ.pop(LISTS_COPY) if before is None else os.environ.update({LISTS_COPY: before})
