import os
import subprocess
import sys
from pathlib import Path

import pytest
from workbooks import WORKBOOK

from ccpcr_lib import load
from ccpcr_lib.analysis.report import Report

CCPCR = (sys.executable, "-c", "from ccpcr_lib.cli import main; main()")


@pytest.fixture(scope="session")
def quarter() -> Report:
    """The real quarter, read once."""
    return load(WORKBOOK)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real quarter's report, in both languages, made once by the command itself."""
    out = tmp_path_factory.mktemp("reports")
    command = [*CCPCR, "report", str(WORKBOOK), "--out", str(out), "--language", "en+km"]
    made = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"NO_COLOR": "1"}, check=False)
    assert (made.returncode, made.stderr) == (0, "")
    return out / "2010-Q2"
