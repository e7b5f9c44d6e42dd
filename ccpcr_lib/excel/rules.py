"""The rules of the reader: name → severity. Names are stable: the README refers to them.

What each of them says stands in ``words/reading.csv``.
"""

from collections.abc import Iterable
from types import MappingProxyType

from ..model.finding import Finding

READING_RULES = MappingProxyType(
    {
        "not_a_number": "error",
        "fraction": "error",
        "negative": "error",
        "too_large": "error",
        "error_value": "error",
        "date": "error",
        "true_false": "error",
        "not_calculated": "error",
        "merged_count": "error",
        "unknown_row": "error",
        "unknown_column": "error",
        "row_twice": "error",
        "column_twice": "error",
        "wrong_month": "error",
        "wrong_quarter": "error",
        "table_twice": "error",
        "unclear_table": "error",
        "period_conflict": "error",
        "unknown_note": "warning",
        "missing_table": "warning",
        "missing_column": "warning",
        "missing_row": "warning",
        "unread_numbers": "note",
        "subtotal": "note",
        "quarter_twice": "warning",
        "unread_quarter": "note",
        "plan_sheet": "error",
        "plan_column": "error",
        "plan_empty": "error",
        "plan_unknown": "error",
        "plan_twice": "error",
        "plan_number": "error",
        "plan_period": "error",
        "plan_accumulate": "error",
        "plan_filter": "error",
        "plan_no_year": "error",
        "plan_ratio": "error",
        "unknown_section": "warning",
        "sentence_order": "warning",
        "hidden_sheet": "note",
    }
)


def make_finding(
    rule: str, where: str | Iterable[str], *, variant: str = "", table: str = "", **fields: str
) -> Finding:
    """Make a finding of the reader from its rule, its cells, and the fields that its sentence names.

    `variant` chooses among the sentences of a rule: ``blank.many``. Raise KeyError for no such rule.

    >>> make_finding("negative", "Slide 12!D5", table="education", printed="-3").message
    'Slide 12!D5: -3 is below zero. A count cannot be negative; correct the figure.'
    """
    cells = (where,) if isinstance(where, str) else tuple(where)
    return Finding(rule, READING_RULES[rule], table, cells, variant, fields)
