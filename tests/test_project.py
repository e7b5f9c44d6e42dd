"""The project's own files: they name no machine and no address, and the commands they promise are there."""

import os
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MADE_HERE = re.compile(r"\.(?!ci$).*|reports|exports|__pycache__|.*\.egg-info")
REGISTRY = re.compile(rb"(pypi|pythonhosted|anaconda|npmjs|deb\.debian)\.(org|com)\b")
ADDRESS = re.compile(rb"https?://|--(extra-)?index-url|--find-links")
HOMES = re.compile(rb"/(home|Users|root)/\w|[A-Z]:\\+Users\\+\w")
NAMES_ONLY = (
    "requirements.lock",
    "requirements-test.lock",
    "pyproject.toml",
    "environment.yml",
    "Makefile",
    ".ci/run",
)


def project_files() -> Iterator[Path]:
    """Every file that belongs to the project, not what was made or installed in its folder."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if not MADE_HERE.fullmatch(name)]
        yield from (Path(folder, name) for name in files)


def naming(pattern: re.Pattern[bytes]) -> list[str]:
    """The project's files in which `pattern` is found."""
    return [str(path.relative_to(ROOT)) for path in project_files() if pattern.search(path.read_bytes())]


def test_no_file_names_a_folder_of_this_machine():
    assert naming(HOMES) == []
    if ROOT.parent != Path(ROOT.anchor):
        absolute = rb"(?<![\w.-])" + re.escape(os.fsencode(ROOT.parent / "_")[:-1])
        assert naming(re.compile(absolute)) == []


def test_no_file_names_a_registry():
    assert naming(REGISTRY) == []


@pytest.mark.parametrize("name", NAMES_ONLY)
def test_packages_are_asked_for_by_name_and_not_by_address(name):
    assert not ADDRESS.search((ROOT / name).read_bytes())


def test_the_readme_shows_both_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make report" in text
    assert "make test" in text


def test_the_makefile_has_every_command_and_explains_it():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = re.findall(r"^([a-z]+):.* ## \S", text, re.MULTILINE)
    assert explained == [
        *("help", "report", "demo", "quick", "test", "proof", "notebooks", "sentences", "bench", "lab", "lock", "clean")
    ]


def test_what_the_makefile_takes_from_the_library_is_there():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for module, name in re.findall(r"from (ccpcr_lib[\w.]*) import (\w+)", text):
        assert hasattr(import_module(module), name)


def test_the_unattended_run_calls_the_tests_and_the_proofs():
    called = re.findall(r"^make (\w+)", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
    assert called == ["test", "proof"]


def test_every_file_of_the_tests_is_short_enough_to_be_read_at_once():
    lines = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "tests").rglob("*.py")}
    assert {name: count for name, count in lines.items() if count >= 300} == {}


def test_every_list_in_the_data_folder_is_described():
    text = (ROOT / "data/README.md").read_text(encoding="utf-8")
    lists = [path.name for path in (ROOT / "data").rglob("*.csv")]
    assert lists
    assert [name for name in lists if f"`{name}`" not in text] == []
