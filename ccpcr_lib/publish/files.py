"""Files appear whole or not at all: written beside their place, then renamed into it."""

import json
import os
import sys
import tempfile
from contextlib import suppress
from glob import escape
from io import BytesIO
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from ..model.list_cells import as_text
from ..words import meant, say

if TYPE_CHECKING:
    import pandas as pd

UNFINISHED = ".part"
"""How the name of a file ends that is being written."""


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file so that nobody ever sees half of it; folders are made as needed.

    Raise OSError, naming the file, where it cannot be written; nothing is left behind then. What a program that was
    killed has left beside it is cleared.
    """
    path = Path(path)
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for left in path.parent.glob(f".{escape(path.name)}.*{UNFINISHED}"):
            _clear(left)
        _write_beside(path, data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _write_beside(path: Path, data: bytes) -> None:
    """Write a file beside its place, and rename it into it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=UNFINISHED)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            _hold(handle)
            file.write(data)
            beside.chmod(0o644)
            if os.name == "posix":  # there a file is renamed while it is held, so that nobody clears it before
                file.flush()
                beside.replace(path)
        if os.name != "posix":
            beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


if sys.platform == "win32":

    def _hold(handle: int) -> None:
        """Do nothing: Windows removes no file that is open."""

else:
    import fcntl

    def _hold(handle: int) -> None:
        """Hold a file as long as it is open; raise OSError where another program holds it."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _clear(left: Path) -> None:
    """Remove an unfinished file, unless somebody is writing it."""
    with suppress(OSError):
        with left.open("rb") as file:
            _hold(file.fileno())
        left.unlink()


def counts_csv(counts: "pd.DataFrame") -> str:
    """Write counts as CSV text; a name that begins like a formula is quoted, so that Excel shows it as text."""
    frame = counts.copy()
    for column in ("category", "source"):
        frame[column] = frame[column].map(as_text, na_action="ignore")
    return frame.to_csv(index=False, lineterminator="\n")


def counts_text(counts: "pd.DataFrame") -> str:
    """Give counts as the text of a CSV file that Excel opens as UTF-8."""
    return "\ufeff" + counts_csv(counts)


def write_counts(counts: "pd.DataFrame", path: Path) -> None:
    """Write counts as ``.csv`` or ``.parquet``, whole or not at all; raise ValueError for another ending."""
    if path.suffix.lower() == ".csv":
        write_whole(path, counts_text(counts))
    elif path.suffix.lower() == ".parquet":
        write_whole(path, _parquet(counts))
    else:
        raise ValueError(say("counts_ending", name=path.name))


def _parquet(counts: "pd.DataFrame") -> bytes:
    import fastparquet

    class Kept(BytesIO):
        """A file in memory, which can still be read when it has been written."""

        def close(self) -> None:
            """Stay open."""

    written = Kept()
    fastparquet.write("counts.parquet", counts, open_with=lambda *_: written)
    return written.getvalue()


def json_text(value: object, *, indent: int | None = None) -> str:
    """Write JSON as a person reads it; where a name in it is no text, with escapes for all that is not ASCII.

    >>> json_text(["ក"]), json_text(["\\udcff"])
    ('["ក"]', '["\\\\udcff"]')
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text if meant(text) == text else json.dumps(value, indent=indent)


def fill_in(path: Path, **fields: object) -> str:
    """Read a text that comes with the library, its ``$fields`` filled in, without its last line break."""
    return Template(path.read_text(encoding="utf-8")).substitute(fields).removesuffix("\n")
