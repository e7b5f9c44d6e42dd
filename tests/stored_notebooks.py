"""The report's notebooks as they are committed, the parameters each of them takes, and nbval, which compares them."""

import os
import subprocess
import sys
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


def compared(folder: Path) -> subprocess.CompletedProcess[str]:
    """Let nbval, and no other plugin of pytest, run the notebooks of a folder and compare what they show."""
    command = [sys.executable, "-m", "pytest", "-p", "nbval.plugin", "--nbval", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, "--rootdir", str(folder), "notebooks"],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=False,
    )
