"""Programs that tests look at results with: where one is missing a test says so, or fails where all is tested.

`.ci/run` sets CI and installs them: there no test may be left out.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from extent import extent

PACKAGES = {
    "chromium": "chromium",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "soffice": "libreoffice-calc libreoffice-impress",
}
SECONDS, MANY = 600, 50
"""How long one run of LibreOffice may take before it is taken for dead, and how many files it is given."""


def needs(program: str) -> str:
    """Give a program's path. Without it a test is skipped, but never where all is tested (CI is set)."""
    path = shutil.which(program)
    if path is None:
        leave = pytest.fail if os.environ.get("CI") else pytest.skip
        leave(f"{program} is not installed (apt install {PACKAGES[program]}).")
    if extent() == "quick":
        pytest.fail(f"A quick run starts no {program}: mark this test slow.")
    return path


def soffice(files: Sequence[Path], folder: Path, kind: str) -> list[Path]:
    """Convert files with LibreOffice, many in one run and without a window; give the new files, in the same order.

    It calculates what has no stored result. `kind` is ``xlsx``, ``pdf`` and so on.
    """
    folder.mkdir(exist_ok=True)
    profile = (folder / "profile").absolute().as_uri()
    command = [needs("soffice"), f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    for first in range(0, len(files), MANY):
        given = [*command, "--outdir", str(folder), *map(str, files[first : first + MANY])]
        subprocess.run(given, check=True, capture_output=True, timeout=SECONDS)
    made = [folder / f"{file.stem}.{kind.partition(':')[0]}" for file in files]
    assert [file for file in made if not file.exists()] == []
    return made
