"""The code lists that the truths of the tests rest on: a shelter that changes its own lists breaks no test.

`tests/lists` holds what a shelter reports: case types, age bands, grades, titles … as the truths know them. The words
that the program itself speaks (headings, months, sentences) are taken as they stand in `data/codelists`.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDERS = (Path(__file__).parents[1] / "data" / "codelists", Path(__file__).parent / "lists")
"""Where the lists come from; a list of a later folder takes the place of one of the same name."""


def use_own_lists() -> None:
    """Let this process, and every command and kernel that it starts, read the lists of the tests.

    They are put together once a run, in a folder that ``CCPCR_LISTS`` names; parallel workers share it.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = tempfile.mkdtemp(prefix="ccpcr-lists-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        for source in FOLDERS:
            shutil.copytree(source, folder, dirs_exist_ok=True)
        os.environ["CCPCR_LISTS"] = folder
