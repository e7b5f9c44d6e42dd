"""One run's own place beside the reports: what it reads is copied there, what it makes stands there until it is whole.

``reports/.ccpcr-…`` is locked as long as its run lives, and gone when the run ends. What a run that was killed has left
is cleared by the next one; the report that it was about to replace is put back first.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from ..model.errors import CannotReadError
from ..words import say

PREFIX, LOCK = ".ccpcr-", ".lock"
TEMPORARY = ("TMPDIR", "TEMP", "TMP", "JUPYTER_RUNTIME_DIR")
"""The variables that say, to this program and to those it starts, where what is temporary belongs."""
PATIENCE = 10
"""Seconds in which another run has looked whether a place is still in use."""
A_LOOK = 1
"""Seconds after which it is no other run that only looks, but one that makes the same report."""
OWNER = "~$"
"""What stands before the name of a file that Word, Excel or PowerPoint has open, in a hidden file beside it."""


@dataclass(frozen=True)
class Workshop:
    """The place of one run in the folder of the reports, `out`."""

    out: Path
    place: Path

    def folder(self, name: str) -> Path:
        """Make a folder in it, if it is not there yet, and give its path."""
        (self.place / name).mkdir(exist_ok=True)
        return self.place / name

    @property
    def made(self) -> Path:
        """Where the report stands until it is whole."""
        return self.folder("report")

    def put(self, name: str) -> Path:
        """Put the report in the place of an older one, and give its folder.

        Raise CannotReadError where that cannot be done; the older one stands where it stood then.
        """
        target, new, older = self.out / name, self.made, self.folder("older") / name
        try:
            if target.exists():
                target.rename(older)
            new.rename(target)
        except OSError as error:
            if not _put_back(self.place, self.out):
                raise CannotReadError(say("report_set_aside", folder=target, place=older)) from error
            raise CannotReadError(_why_not_replaced(target, error)) from error
        return target


@contextmanager
def open_workshop(out: Path) -> Iterator[Workshop]:
    """Open a place for one run, where this program and those it starts put everything temporary; clear it at the end.

    Raise CannotReadError where nothing can be written in `out`, which is made, and taken away if it stays empty.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(_existing(out))
            _clear(out)
            shop = Workshop(out, stack.enter_context(_locked_place(out)))
            stack.enter_context(_all_temporary_in(shop.folder("temporary")))
        except OSError as error:
            raise CannotReadError(say("report_not_written", folder=out)) from error
        yield shop


@contextmanager
def only_one(out: Path, name: str) -> Iterator[None]:
    """Let nobody else make the report of this name meanwhile; raise CannotReadError where somebody does."""
    lock = FileLock(out / f"{PREFIX}{name}{LOCK}")
    try:
        lock.acquire(timeout=A_LOOK)
    except Timeout as busy:
        raise CannotReadError(say("report_being_made", name=name, folder=out)) from busy
    try:
        yield
    finally:
        _release(lock)


@contextmanager
def _existing(out: Path) -> Iterator[None]:
    """Make a folder, and those it stands in; take away at the end what was made and is empty."""
    made = [folder for folder in (out, *out.parents) if not folder.exists()]
    out.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        with suppress(OSError):
            for folder in made:
                folder.rmdir()


@contextmanager
def _locked_place(out: Path) -> Iterator[Path]:
    """Make a folder of a new name; its lock stands beside it, and is there before and after it."""
    place = out.resolve() / f"{PREFIX}{token_hex(4)}"
    lock = FileLock(f"{place}{LOCK}")
    lock.acquire(timeout=PATIENCE)
    try:
        place.mkdir(mode=0o700)
        yield place
    finally:
        _discard(place, out)
        _release(lock)


def _release(lock: FileLock) -> None:
    """Let go of a lock. Its file is taken away while it is held; on Windows, which refuses that, by `release`."""
    with suppress(OSError):
        Path(lock.lock_file).unlink()
    lock.release()


@contextmanager
def _all_temporary_in(folder: Path) -> Iterator[None]:
    """Let everything temporary, of this program and of those it starts, lie in a folder."""
    before, there = {name: os.environ.get(name) for name in TEMPORARY}, tempfile.tempdir
    os.environ.update(dict.fromkeys(TEMPORARY, str(folder)))
    tempfile.tempdir = None
    try:
        yield
    finally:
        tempfile.tempdir = there
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


# --- what a run that was killed has left ---------------------------------------------------------------------


def _clear(out: Path) -> None:
    """Clear what runs have left that no longer live."""
    names = {path.name.removesuffix(LOCK) for path in out.glob(f"{PREFIX}*")}
    for name in sorted(names):
        lock = FileLock(out / f"{name}{LOCK}")
        with suppress(Timeout):
            lock.acquire(timeout=0)
            _discard(out / name, out)
            _release(lock)


def _discard(place: Path, out: Path) -> None:
    """Take a place away, unless the only copy of a report stands in it."""
    if _put_back(place, out):
        shutil.rmtree(place, ignore_errors=True)


def _put_back(place: Path, out: Path) -> bool:
    """Put reports back that were moved out of the way; tell whether none is missing now."""
    for older in _folders(place / "older"):
        if not (out / older.name).exists():
            with suppress(OSError):
                older.rename(out / older.name)
    return all((out / older.name).exists() for older in _folders(place / "older"))


def _folders(place: Path) -> Iterable[Path]:
    return sorted(place.iterdir()) if place.is_dir() else ()


# --- what is in the way --------------------------------------------------------------------------------------


def _why_not_replaced(report: Path, error: OSError) -> str:
    """Say why a report could not be replaced: by the file of it that is open, as far as that can be seen."""
    opened = _open_file(report)
    if opened:
        return say("report_open", file=opened, folder=report)
    return say("report_not_replaced", folder=report, reason=error.strerror or error)


def _open_file(report: Path) -> str:
    """Name the first file of a report that another program has open; nothing where none can be seen to be."""
    files = [path for path in sorted(report.rglob("*")) if path.is_file()]
    owners = (path.name.removeprefix(OWNER) for path in files if path.name.startswith(OWNER))
    return next(chain(owners, (path.name for path in files if not _can_be_written(path))), "")


def _can_be_written(path: Path) -> bool:
    try:
        path.open("r+b").close()
    except OSError:
        return False
    return True
