"""What three quarters report, written down without the reader: the first by hand from the slides of 2010-Q2.

A block has one line a row: the row's code, then its counts in the order of the columns beside the block's name.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

COLUMNS = {
    "referrals_by_type": "m1 m2 m3",
    "referrals_by_sex": "DV/F DV/M SA NC/F NC/M TL/F TL/M ST RC/F RC/M SW reintegrated",
    "referrals_by_age": "in_shelter 0-10/F 0-10/M 11-17/F 11-17/M 18-25/F 18-25/M reintegrated",
    "referral_sources": "M F",
    "education": "m1 m2 m3",
    "other_services": "clients",
    "life_skills": "DV/F DV/M SA NC/F NC/M TL/F TL/M ST RC/F RC/M SW",
    "vocational_skills": "m1 m2 m3",
    "family_assessments": "previous m1 m2 m3",
    "family_visits": "previous m1 m2 m3",
    "reintegration": "m1 m2 m3",
    "partner_referrals": "m1 m2 m3",
    "follow_up_support": "m1 m2 m3",
    "skills_follow_up": "clients times",
}
MEASURES = {
    "referrals_by_type": "referred",
    "referrals_by_sex": "referred",
    "referrals_by_age": "referred",
    "referral_sources": "referred",
    "education": "enrolled",
    "other_services": "served",
    "life_skills": "attended",
    "vocational_skills": "trained",
    "family_assessments": "assessed",
    "family_visits": "visited",
    "reintegration": "reintegrated",
    "partner_referrals": "referred_out",
    "follow_up_support": "followed_up",
    "skills_follow_up": "followed_up_skills",
}
CASE_TYPES = ("DV", "SA", "NC", "TL", "ST", "RC", "SW")

SLIDES = {
    "referrals_by_type": """
        DV 1 0 0
        SA 0 1 0
        NC 1 0 1
        TL 3 0 0
        ST 0 0 0
        RC 10 0 0
        SW 0 1 0""",
    "referrals_by_sex": """
        m1 1 0 0 1 0 3 0 0 10 0 0 12
        m2 0 0 1 0 0 0 0 0 0 0 1 6
        m3 0 0 0 1 0 0 0 0 0 0 0 9""",
    "referrals_by_age": """
        m1 61 4 0 8 0 3 0 12
        m2 51 0 0 1 0 1 0 6
        m3 43 0 0 0 1 0 0 9""",
    "referral_sources": """
        RAO 0 2
        own_network 0 16""",
    "education": """
        pre_school 0 0 0
        grade_1 2 0 0
        grade_2 5 0 0
        grade_3 1 0 0
        grade_4 0 0 0
        grade_5 1 0 0
        grade_6 1 0 0
        grade_7 0 0 0
        grade_8 0 0 0
        grade_9 1 0 0
        grade_10 0 0 0
        grade_11 0 0 0
        grade_12 0 0 0""",
    "other_services": """
        english 12
        computer 18
        school_materials 6
        non_formal_education 1
        case_management 52""",
    "life_skills": """
        reproductive_health 5 0 5 10 0 3 0 0 1 0 1
        moral_hygiene 5 0 5 10 0 3 0 0 1 0 1
        shelter_disciplines 5 0 5 10 0 3 0 0 1 0 1
        budgeting 5 0 5 10 0 3 0 0 1 0 1
        child_rights 5 0 5 10 0 3 0 0 1 0 1
        body_hygiene 5 0 5 10 0 3 0 0 1 0 1
        hiv_aids 5 0 5 10 0 3 0 0 1 0 1""",
    "vocational_skills": """
        sewing 4 1 1
        weaving 0 0 0
        hairdressing 0 0 0
        photoshop 0 0 0""",
    "family_assessments": """
        DV 3 1 0 0
        SA 3 0 1 0
        NC 29 1 0 1
        TL 0 3 0 0
        ST 0 0 0 0
        RC 1 10 0 0
        SW 0 0 1 0""",
    "family_visits": """
        DV 2 7 0 0
        SA 2 7 2 0
        NC 1 11 1 0
        TL 1 3 5 0
        ST 0 0 0 0
        RC 0 1 0 0
        SW 0 0 0 0""",
    "reintegration": """
        family_community 12 6 6
        factory 0 0 0""",
    "partner_referrals": """
        COSECAM 0 2 0
        CWDA 0 1 0""",
    "follow_up_support": """
        DV 0 0 3
        SA 0 0 1
        NC 0 0 4
        TL 0 0 4
        ST 0 0 0
        RC 0 0 0
        SW 0 0 0""",
    "skills_follow_up": """
        sewing 15 3
        hairdressing 20 3
        weaving 1 3
        formal_education 16 2
        formal_education_community 10 2""",
}


@dataclass(frozen=True)
class Truth:
    """A quarter's counts: table → row → numbers in the order of COLUMNS. The previous quarter has its own name."""

    period: str
    months: tuple[str, str, str]
    previous: str
    plan: int
    tables: dict[str, dict[str, tuple[int, ...]]]


def parse(block: str) -> dict[str, tuple[int, ...]]:
    lines = (line.split() for line in block.split("\n") if line.strip())
    return {code: tuple(map(int, numbers)) for code, *numbers in lines}


def drawn(seed: int, figures: Sequence[int], names: Mapping[str, Sequence[str]]) -> dict:
    """Draw other numbers for the same tables, with new names in some open lists."""
    draw, tables = random.Random(seed), {}
    for name, block in SLIDES.items():
        width = len(COLUMNS[name].split())
        rows = [*parse(block), *names.get(name, ())]
        tables[name] = {row: tuple(draw.choice(figures) for _ in range(width)) for row in rows}
    return tables


NEW_NAMES = {
    "referral_sources": ("Provincial Police",),
    "partner_referrals": ("Licadho", "Hagar (Phnom Penh)"),
    "vocational_skills": ("Motorbike repair",),
}
LONG_NAMES = {
    "referral_sources": (
        "Department of Social Affairs, Veterans and Youth Rehabilitation (DoSVY)",
        "Commune Council of Ou Mal",
    ),
    "partner_referrals": ("Friends-International", "Cambodian Center for the Protection of the Rights of the Disabled"),
    "vocational_skills": ("Small engine and bicycle repair for older boys",),
    "skills_follow_up": ("Traditional music and dance", "Growing mushrooms and vegetables at home"),
    "life_skills": ("How to keep money and plan for one's own future",),
    "other_services": ("Legal advice and company to the provincial court",),
    "reintegration": ("Clients who went to live with foster parents",),
}
Q2_2010 = Truth(
    "2010-Q2",
    ("2010-04", "2010-05", "2010-06"),
    "2010-Q1",
    60,
    {name: parse(block) for name, block in SLIDES.items()},
)
Q4_2011 = Truth(
    "2011-Q4",
    ("2011-10", "2011-11", "2011-12"),
    "2011-Q3",
    75,
    drawn(2011, (0, 0, 1, 2, 3, 7, 12, 45), NEW_NAMES),
)
Q1_2013 = Truth(
    "2013-Q1",
    ("2013-01", "2013-02", "2013-03"),
    "2012-Q4",
    480,
    drawn(2013, (0, 0, 4, 17, 58, 103, 126, 214, 350), LONG_NAMES),
)
TRUTHS = (Q2_2010, Q4_2011, Q1_2013)
"""The real quarter; another; and one of a larger shelter, with three-digit counts and long new names."""


def record(truth: Truth, table: str, row: str, column: str, value: int | None) -> tuple:
    """Write one count as (table, measure, period, case_type, sex, age_band, category, unit, value)."""
    periods = dict(zip(("m1", "m2", "m3"), truth.months, strict=True)) | {"previous": truth.previous}
    own = column if column in ("in_shelter", "reintegrated") else MEASURES[table]
    words = [row, *column.split("/")]
    period = next((periods[word] for word in words if word in periods), truth.period)
    case_type = next((word for word in words if word in CASE_TYPES), None)
    sex = next((word for word in words if word in ("F", "M")), None)
    age = next((word for word in words if word in ("0-10", "11-17", "18-25")), None)
    category = None if row in CASE_TYPES or row in periods else row
    return (
        table,
        own,
        period,
        case_type,
        sex,
        age,
        category,
        "times" if column == "times" else "clients",
        value,
    )


def records(truth: Truth) -> list[tuple]:
    """List every count of a quarter."""
    return [
        record(truth, table, row, column, value)
        for table, rows in truth.tables.items()
        for row, values in rows.items()
        for column, value in zip(COLUMNS[table].split(), values, strict=True)
    ]
