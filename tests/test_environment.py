"""What the project asks for is said once, in pyproject.toml; the locks and environment.yml agree with it."""

import re
import tomllib
from collections import defaultdict
from itertools import chain
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]
CONDA_NAMES = {"matplotlib": "matplotlib-base", "jupyter-client": "jupyter_client"}
ONLY_FOR_THE_LOCKS = {"uv", "playwright", "openxml-audit"}
"""Not for the computer of an officer: what installs the locks, drives the tests' browser, and audits Office files."""
LOCKS = {"requirements.lock": ("build",), "requirements-test.lock": ("build", "test")}

PIN = re.compile(r"(?P<name>[a-z0-9-]+(\.[a-z0-9-]+)*)==(?P<version>[^ ;]+)(?P<marker> ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def declared(*extras: str) -> dict[str, SpecifierSet]:
    """What pyproject.toml asks for: the dependencies and those of `extras`, name → range."""
    lists = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] for extra in extras)]
    return {(asked := Requirement(line)).name: asked.specifier for line in chain(*lists)}


def conda_environment() -> dict[str, SpecifierSet]:
    """The packages of environment.yml, name → range; conda writes one ``=`` before ``0.13.*``."""
    lines = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    asked = (Requirement(re.sub(r"(?<![<>=!~])=(?!=)", "==", line)) for line in lines)
    return {package.name: package.specifier for package in asked}


def pins(lock: str) -> dict[str, set[str]]:
    """The pinned versions of a lock, name → versions; one package may have two, for different machines."""
    found = defaultdict(set)
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if pin := PIN.fullmatch(line):
            found[pin["name"]].add(pin["version"])
    return found


def test_the_conda_environment_asks_for_the_same_packages_and_ranges():
    asked = {CONDA_NAMES.get(name, name): spec for name, spec in declared("build", "test").items()}
    expected = {name: spec for name, spec in asked.items() if name not in ONLY_FOR_THE_LOCKS}
    assert conda_environment() == {
        **expected,
        "python": SpecifierSet(PROJECT["requires-python"]),
        "pip": SpecifierSet(),
    }


def test_the_conda_environment_comes_from_conda_forge_alone():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    assert set(environment) == {"name", "channels", "dependencies"}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_satisfies_every_range(lock):
    pinned = pins(lock)
    wrong = {
        name: pinned.get(name, "missing")
        for name, spec in declared(*LOCKS[lock]).items()
        if not pinned.get(name) or not all(spec.contains(version) for version in pinned[name])
    }
    assert wrong == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_and_their_hashes_and_nothing_else(lock):
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    kinds = "".join(
        "p" if PIN.fullmatch(line) else "h" if HASH.fullmatch(line) else "?"
        for line in lines
        if not line.lstrip().startswith("#")
    )
    assert re.fullmatch("(ph+)+", kinds), "a pin without a hash, or a line that is neither"


def test_the_tests_run_on_the_versions_the_report_runs_on():
    runtime, test = pins("requirements.lock"), pins("requirements-test.lock")
    assert {name: test.get(name) for name in runtime} == runtime


def test_the_report_needs_no_test_tool():
    assert pins("requirements.lock").keys().isdisjoint(declared("test").keys() - declared("build").keys())
