"""The rules of the reader: name → severity. Names are stable: the README refers to them.

What each of them says stands in ``words/reading.csv``.
"""

from functools import partial
from types import MappingProxyType

from ..model import finding

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
        "table_unread": "error",
        "period_conflict": "error",
        "two_members": "error",
        "unknown_total": "error",
        "below_total": "error",
        "stray_number": "error",
        "perhaps_total": "warning",
        "near_name": "warning",
        "only_some": "warning",
        "title_says_more": "warning",
        "other_time": "warning",
        "title_of_another": "warning",
        "perhaps_continued": "warning",
        "subtotal_wrong": "warning",
        "unknown_note": "warning",
        "missing_table": "warning",
        "missing_column": "warning",
        "missing_row": "warning",
        "unread_numbers": "note",
        "subtotal": "note",
        "named_total": "note",
        "part_of": "note",
        "continued": "note",
        "quarter_twice": "warning",
        "copy_aside": "note",
        "unread_quarter": "note",
        "plan_sheet": "error",
        "plan_column": "error",
        "plan_empty": "error",
        "plan_unknown": "error",
        "plan_twice": "error",
        "plan_number": "error",
        "plan_period": "error",
        "plan_accumulate": "note",
        "plan_filter": "error",
        "plan_no_year": "error",
        "plan_ratio": "error",
        "plan_person": "error",
        "unknown_section": "warning",
        "sentence_order": "warning",
        "hidden_sheet": "note",
        "hidden_cells": "note",
        "struck_text": "error",
        "raised_figure": "error",
        "raised_mark": "note",
    }
)

make_finding = partial(finding.make_finding, READING_RULES)
"""Make a finding of the reader, as `finding.make_finding` does, from a rule of these."""
