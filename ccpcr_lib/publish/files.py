"""Files appear whole or not at all: written beside their place, then renamed into it."""

import os
import tempfile
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from ..words import say

if TYPE_CHECKING:
    import pandas as pd


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file so that nobody ever sees half of it; folders are made as needed.

    Raise OSError where the folder cannot be written to; nothing is left behind then.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def counts_csv(counts: "pd.DataFrame") -> str:
    """Write counts as CSV text; a name that begins like a formula is quoted, so that Excel shows it as text."""
    frame = counts.copy()
    for column in ("category", "source"):
        frame[column] = frame[column].map(as_text, na_action="ignore")
    return frame.to_csv(index=False, lineterminator="\n")


def as_text(value: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    >>> as_text("=SUM(A1)"), as_text("RAO")
    ("'=SUM(A1)", 'RAO')
    """
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def counts_text(counts: "pd.DataFrame") -> str:
    """Give counts as the text of a CSV file that Excel opens as UTF-8."""
    return "\ufeff" + counts_csv(counts)


def write_counts(counts: "pd.DataFrame", path: Path) -> None:
    """Write counts as ``.csv`` or ``.parquet``, whole or not at all; raise ValueError for another ending."""
    if path.suffix.lower() == ".csv":
        write_whole(path, counts_text(counts))
    elif path.suffix.lower() == ".parquet":
        import fastparquet

        with tempfile.TemporaryDirectory() as folder:
            beside = Path(folder) / "counts.parquet"
            fastparquet.write(str(beside), counts)
            write_whole(path, beside.read_bytes())
    else:
        raise ValueError(say("counts_ending", name=path.name))


def fill_in(path: Path, **fields: object) -> str:
    """Read a text that comes with the library, its ``$fields`` filled in, without its last line break."""
    return Template(path.read_text(encoding="utf-8")).substitute(fields).removesuffix("\n")


def seen_from(folder: Path, path: Path) -> str:
    """Name a file as it is found from a folder; on another Windows drive only its full path will do."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return path.resolve().as_posix()
