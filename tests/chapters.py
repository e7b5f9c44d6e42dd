"""Reports of a few short notebooks instead of the real ones: made in a second or two, by the command itself."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from nbformat import v4
from nbformat import write as write_notebook

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def short(path: Path, *sources: str, workbook: str = "") -> Path:
    """Write a short notebook: its parameters, a heading, and a cell for each source."""
    cells = [
        v4.new_code_cell(f'workbook = "{workbook}"\nlanguage = "en"', metadata={"tags": ["parameters"]}),
        v4.new_markdown_cell("# A short notebook"),
        *map(v4.new_code_cell, sources),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_notebook(v4.new_notebook(cells=cells, metadata=KERNEL), path)
    return path


@contextmanager
def chapters(*paths: Path, printed: bool = False) -> Iterator[None]:
    """Let every report that is made or proved within this test have these notebooks, and no PDF unless `printed`.

    It is made as on a computer with no more cores than there are notebooks: each core costs a program that runs cells.
    """
    cores = min(os.cpu_count() or 1, len(paths))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.cpu_count", lambda: cores)
        if not printed:
            patch.setattr("ccpcr_lib.publish.build.find_browser", lambda: None)
        for module in ("build", "pages.notebooks"):
            patch.setattr(f"ccpcr_lib.publish.{module}.notebook_paths", lambda: list(paths))
        yield
