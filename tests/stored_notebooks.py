"""The report's notebooks as they are committed, the parameters they all take, and nbval, which compares them."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat

from ccpcr_lib.publish.pages.notebooks import notebook_paths

PATHS = notebook_paths()
PARAMETERS = {"data": "../data", "period": "2010-Q2", "compare_with": "", "language": "en"}
"""What every notebook of the report takes, with what it is stored with."""


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
