"""Counts as plain records, so that what was read can be held against a truth."""

import pandas as pd
from truth import Truth, records

from ccpcr_lib.excel.frames import counts_frame

FIELDS = ["table", "measure", "period", "case_type", "sex", "age_band", "category", "unit", "value"]

COUNTS_OF_THE_QUARTER = {
    "referrals_by_type": 21,
    "referrals_by_sex": 36,
    "referrals_by_age": 24,
    "referral_sources": 4,
    "education": 39,
    "other_services": 5,
    "life_skills": 77,
    "vocational_skills": 12,
    "family_assessments": 28,
    "family_visits": 28,
    "reintegration": 6,
    "partner_referrals": 6,
    "follow_up_support": 21,
    "skills_follow_up": 10,
}
"""How many counts each table of the real quarter has, by hand from the slides."""


def as_records(counts: pd.DataFrame) -> list[tuple]:
    """Give every count of a frame as a truth writes it, in the order of the frame; what is not said is None."""
    plain = counts[FIELDS].astype(object)
    return list(plain.where(plain.notna(), None).itertuples(index=False, name=None))


def in_order(counts: pd.DataFrame) -> list[tuple]:
    """Give every count of a frame in an order of its own, whatever the order of the sheets."""
    return sorted(as_records(counts), key=repr)


def by_hand(truth: Truth) -> list[tuple]:
    """Give every count of a truth in the same order."""
    return sorted(records(truth), key=repr)


def frame(truth: Truth) -> pd.DataFrame:
    """Give a truth's counts as the reader would; none of them has a cell."""
    return counts_frame((*record, None) for record in records(truth))
