"""What takes long to make is made once a run, whoever asks first, and shared by its parallel workers."""

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

FOLDER = "CCPCR_TEST_RUN"
"""The variable that names the folder which the workers of one run share."""


def share_a_folder() -> None:
    """Make the folder of this run, which goes when the run ends; parallel workers find it by its variable."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="ccpcr-run-")
        atexit.register(shutil.rmtree, os.environ[FOLDER], ignore_errors=True)


def once(name: str, make: Callable[[Path], object]) -> Path:
    """Let `make` fill the folder of this name, if it has not been done in this run; give the folder.

    Another worker that asks meanwhile waits. What is shared is only looked at: a test that changes it takes a copy.
    """
    folder = Path(os.environ[FOLDER]) / name
    done = folder.with_name(f"{name} is made")
    with folder.with_name(f"{name} is locked").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
