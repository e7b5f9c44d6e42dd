"""The rules of the checks: name → severity. Names are stable: explanations and the README refer to them.

What each of them says stands in ``words/checks.csv``.
"""

from functools import partial
from types import MappingProxyType

from ..model import finding

CHECK_RULES = MappingProxyType(
    {
        "odd_one_out": "warning",
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
        "relations_empty": "note",
        "blank": "warning",
        "empty_months": "note",
        "copied": "warning",
        "alike": "note",
        "previous_quarter": "warning",
        "unusual": "note",
        "unknown_figure": "error",
        "open_brace": "error",
        "figure_missing": "warning",
        "typed_number": "note",
        "unlisted": "note",
        "explanation_void": "warning",
        "explanation_unused": "note",
        "explanation_unknown": "warning",
        "misnamed_file": "note",
        "missing_quarter": "warning",
    }
)

make_finding = partial(finding.make_finding, CHECK_RULES)
"""Make a finding of the checks, as `finding.make_finding` does, from a rule of these."""
