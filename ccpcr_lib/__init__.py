"""Analytics for the quarterly reports of a shelter: an Excel workbook in, counts, tables and charts out.

    from ccpcr_lib import load
    report = load("data/2010-Q2.xlsx")
    report.table("family_visits")

`help(load)` and tab completion on a report tell the rest.
"""

from importlib import import_module

__version__ = "1.0.0"

_HOME = {
    "CATALOGUE": "model.catalogue",
    "CannotReadError": "model.errors",
    "Finding": "model.finding",
    "History": "analysis.history",
    "Release": "publish.release",
    "Report": "analysis.report",
    "check_a_workbook": "publish.explorer.check",
    "explore": "publish.explorer.answer",
    "explorer": "publish.explorer.controls",
    "load": "analysis.report",
    "load_all": "analysis.history",
    "release": "publish.release",
    "save": "publish.charts",
    "show_bullets": "publish.pages.show",
    "show_changes": "publish.pages.show",
    "show_chart": "publish.pages.show",
    "show_definitions": "publish.pages.show",
    "show_findings": "publish.pages.show",
    "show_glance": "publish.pages.show",
    "show_indicator": "publish.pages.show",
    "show_indicators": "publish.pages.show",
    "show_notebooks": "publish.explorer.start",
    "show_progress": "publish.pages.show",
    "show_relations": "publish.pages.show",
    "show_revisions": "publish.pages.show",
    "show_runs": "publish.pages.show",
    "show_sentence": "publish.pages.show",
    "show_table": "publish.pages.show",
    "show_workbooks": "publish.explorer.start",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> object:
    """Import a name of the shop window when it is first used: charts and notebooks are heavy."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
