import shutil
from pathlib import Path

import pytest
from commands import ccpcr
from once import once, share_a_folder
from own_lists import use_own_lists
from workbooks import QUARTER, WORKBOOK, changed, next_quarter

share_a_folder()
use_own_lists()  # before anything of ccpcr_lib reads a list

from ccpcr_lib import load, load_all  # noqa: E402
from ccpcr_lib.analysis.history import History  # noqa: E402
from ccpcr_lib.analysis.report import Report  # noqa: E402
from ccpcr_lib.excel.reader import Reading, read_workbook  # noqa: E402

pytest_plugins = ["extent", "order"]
BENCHMARKS = Path(__file__).parent / "benchmarks"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the benchmarks out, which take minutes, unless they are named on the command line, as `make bench` does."""
    named = (Path(str(argument).partition("::")[0]) for argument in config.invocation_params.args)
    is_asked_for = any(path.resolve().is_relative_to(BENCHMARKS) for path in named if path.exists())
    return True if collection_path == BENCHMARKS and not is_asked_for else None


@pytest.fixture(scope="session")
def reading() -> Reading:
    """The real quarter, read and not checked."""
    return read_workbook(WORKBOOK)


@pytest.fixture(scope="session")
def quarter() -> Report:
    """The real quarter, read once."""
    return load(WORKBOOK)


@pytest.fixture(scope="session")
def history() -> History:
    """The real quarter as a history of one."""
    return load_all(QUARTER)


@pytest.fixture(scope="session")
def built() -> Path:
    """The real quarter's report, in both languages, made once a run by the command itself."""

    def make(out: Path) -> None:
        made = ccpcr("report", WORKBOOK, "--out", out, "--language", "en+km", NO_COLOR="1")
        assert (made.returncode, made.stderr) == (0, b"")

    return once("reports", make) / "2010-Q2"


@pytest.fixture(scope="session")
def two_workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The real quarter and the same figures as the quarter after it, in one folder."""
    folder = tmp_path_factory.mktemp("quarters")
    first = Path(shutil.copy(WORKBOOK, folder))
    return [first, next_quarter(folder / "2010-Q3.xlsx")]


@pytest.fixture(scope="session")
def blank_grade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real quarter with one blank figure: grade 2 in April."""
    return changed(tmp_path_factory.mktemp("blank"), {"Slide 12!C7": None})


@pytest.fixture(scope="session")
def third(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the quarter after the real one, made by the command in a folder that has the real one."""
    folder = tmp_path_factory.mktemp("data")
    (folder / WORKBOOK.name).write_bytes(WORKBOOK.read_bytes())
    made = ccpcr("new", "2010-Q3", "-o", folder / "2010-Q3.xlsx", "--language", "en+km")
    assert (made.returncode, made.stderr) == (0, b"")
    assert b"2010-Q3.xlsx. What was known comes from 2010-Q2.xlsx." in made.stdout
    return folder / "2010-Q3.xlsx"
