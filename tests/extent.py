"""How far the tests go: a quick look while working, a sample of every long proof, or every proof whole.

A long proof gives an argument many values, of which ``make test`` takes a sample:

    @proof("seed", range(400), sample=12)
    def test_a_quarter_that_agrees_with_itself_raises_no_alarm(seed): ...

``make quick`` (``--extent quick``) takes a quarter of the sample, and leaves out what is marked ``slow``: whatever
needs LibreOffice, a browser, a kernel or a whole report. ``make proof`` (``--extent whole``) takes every value, and
leaves out the tests that have no long form. What Hypothesis draws is a long proof too. A sample is the same in every
run, and the summary of a run says of which tests one was taken. What takes very long, and goes on where a quicker test
ends, is ``only_whole``: `make proof` runs it, and nothing else does.
"""

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, settings

EXAMPLES = {"quick": 25, "sample": 100, "whole": 2000}
"""How many examples Hypothesis draws for a test; a slow one says which part of them it takes."""

SEED = 2010
only_whole = pytest.mark.proof(0, 1)
"""A test that `make proof` alone runs."""
_extent = "sample"


def extent() -> str:
    """Give the extent of this run, quick, sample or whole; it is known before the first test is imported."""
    return _extent


def part(values: Sequence, size: int) -> list:
    """Take what this run asks for of many values: a sample of `size`, a quarter of it, or all, in their own order."""
    wanted = {"quick": max(1, size // 4), "sample": size, "whole": len(values)}[extent()]
    places = random.Random(SEED).sample(range(len(values)), min(wanted, len(values)))
    return [values[place] for place in sorted(places)]


def proof(names: str, values: Sequence, *, sample: int, ids: Callable | None = None) -> Callable:
    """Make a test a long proof over `values` of an argument, or of several (``"name, truth"``)."""
    taken = part(values, sample)

    def long(test: Callable) -> Callable:
        return pytest.mark.proof(len(taken), len(values))(pytest.mark.parametrize(names, taken, ids=ids)(test))

    return long


# --- what pytest asks of a plugin ---


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that says how far to go."""
    parser.addoption("--extent", choices=EXAMPLES, default="sample", help="how much of each long proof to run")


def pytest_configure(config: pytest.Config) -> None:
    """Set the extent, and how much Hypothesis draws: the same in every run, but for a whole proof."""
    global _extent
    _extent = config.getoption("extent")
    settings.register_profile(
        extent(),
        max_examples=EXAMPLES[extent()],
        derandomize=extent() != "whole",
        print_blob=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile(extent())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this run does not ask for, and note on each long proof how much of it was taken."""
    for item in items:
        if getattr(getattr(item, "function", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.proof(1, EXAMPLES["whole"] // EXAMPLES[extent()]))
        for mark in item.iter_markers("proof"):
            item.user_properties.append(("taken", mark.args))
    unwanted = {item for item in items if _is_left_out(item)}
    config.hook.pytest_deselected(items=[item for item in items if item in unwanted])
    items[:] = [item for item in items if item not in unwanted]


def _is_left_out(item: pytest.Item) -> bool:
    """Check whether this run does not ask for a test."""
    mark = item.get_closest_marker("proof")
    if extent() == "whole":
        return mark is None
    is_long = mark is not None and mark.args[0] == 0
    return is_long or (extent() == "quick" and item.get_closest_marker("slow") is not None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say of which long proofs only a sample was taken."""
    reports = [report for name in ("passed", "failed") for report in terminalreporter.stats.get(name, [])]
    taken = {
        report.nodeid.partition("[")[0]: dict(report.user_properties)["taken"]
        for report in reports
        if "taken" in dict(report.user_properties)
    }
    sampled = {name: share for name, share in sorted(taken.items()) if 0 < share[0] < share[1]}
    if sampled:
        terminalreporter.section("of these proofs a sample was taken; make proof takes them whole")
        for name, (size, whole) in sampled.items():
            terminalreporter.line(f"{size} of {whole}  {name}")
