"""The rules of the checks: name → severity. Names are stable: explanations and the README refer to them.

What each of them says stands in ``words/checks.csv``.
"""

from collections.abc import Iterable
from types import MappingProxyType

from ..model.finding import Finding

CHECK_RULES = MappingProxyType(
    {
        "total": "warning",
        "total_once": "warning",
        "plan": "warning",
        "plan_file": "warning",
        "plan_quarters": "warning",
        "share": "warning",
        "shares_to_100": "note",
        "note_sum": "warning",
        "note_part": "warning",
        "note_parts": "warning",
        "margin": "warning",
        "relation": "warning",
        "relation_broken": "error",
        "blank": "warning",
        "empty_months": "note",
        "copied": "warning",
        "previous_quarter": "warning",
        "unusual": "note",
        "unknown_figure": "error",
        "open_brace": "error",
        "figure_missing": "warning",
        "typed_number": "note",
        "explanation_void": "warning",
        "explanation_unused": "note",
    }
)


def make_finding(rule: str, where: Iterable[str], *, variant: str = "", table: str = "", **fields: str) -> Finding:
    """Make a finding of the checks from its rule, its cells, and the fields that its sentence names.

    A cell is named once. `variant` chooses among the sentences of a rule: ``blank.many``. Raise KeyError for no such
    rule.
    """
    return Finding(rule, CHECK_RULES[rule], table, tuple(dict.fromkeys(where)), variant, fields)
