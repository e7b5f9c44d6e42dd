"""Which files come first: the long ones, so that at the end of a run no worker is left alone with one of them.

Files are given to parallel workers one after another. xdist would begin with those of the most tests, but it is a few
slow tests that take long, not many quick ones.
"""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Let xdist give the files out as they come."""
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that have slow tests first, and notebooks; nothing else changes its place."""
    slow = {item.path for item in items if item.get_closest_marker("slow") or item.path.suffix == ".ipynb"}
    items.sort(key=lambda item: item.path not in slow)
