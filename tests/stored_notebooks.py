"""The report's notebooks as they are committed, and the parameters each of them takes."""

from pathlib import Path

import nbformat

from ccpcr_lib.publish.pages.notebooks import notebook_paths

PATHS = notebook_paths()
WORKBOOK_AND_LANGUAGE = {"workbook": "../data/2010-Q2.xlsx", "language": "en"}
FOLDER_AND_PERIOD = {"data": "../data", "period": "2010-Q2", "language": "en"}


def parameters(path: Path) -> dict[str, str]:
    """The parameters of a notebook of the report: one that looks over time takes a folder."""
    return FOLDER_AND_PERIOD if path.stem.startswith("4_") else WORKBOOK_AND_LANGUAGE


def committed(path: Path) -> nbformat.NotebookNode:
    """Read a notebook with the results that are stored in it."""
    return nbformat.read(path, as_version=4)
