"""The charts of the real quarter: what each plots, by hand from the slides, and what was drawn."""

from functools import cache

from figures import texts
from workbooks import WORKBOOK

from ccpcr_lib import CATALOGUE, Release, load, release
from ccpcr_lib.publish.charts import Chart, chart

LANGUAGES = ("en", "km", "en+km")
CHARTS = [(spec.name, form) for spec in CATALOGUE for form in spec.charts]

# What each chart plots, by hand from the slides: a row of numbers for each bar, row or step from the top; a full stop
# where the sheet does not say how many there are.
PLOTTED = {
    ("referrals_by_type", "against_plan"): "1; 1; 2; 3; 0; 10; 1; 18; 15; 18; 30",
    ("referrals_by_type", "months"): "1 0 0 1; 0 1 0 1; 1 0 1 2; 3 0 0 3; 0 0 0 0; 10 0 0 10; 0 1 0 1",
    ("referrals_by_sex", "type_and_sex"): "1 0 0 1; . . 1 1; 2 0 0 2; 3 0 0 3; 0 0 0 0; 10 0 0 10; . . 1 1",
    ("referrals_by_age", "pyramid"): "4 0; 9 1; 4 0",
    ("referrals_by_age", "movement"): "61; -12; 0; 2; 51; -6; -3; 1; 43",
    ("referral_sources", "members_by_sex"): "2 0 2; 16 0 16",
    (
        "education",
        "months",
    ): "0 0 0 0; 2 0 0 2; 5 0 0 5; 1 0 0 1; 0 0 0 0; 1 0 0 1; 1 0 0 1; 0 0 0 0; 0 0 0 0; "
    "1 0 0 1; 0 0 0 0; 0 0 0 0; 0 0 0 0",
    ("other_services", "members"): "12; 18; 6; 1; 52",
    ("life_skills", "matrix"): "; ".join(["5 0 5 10 0 3 0 0 1 0 1"] * 7),
    ("vocational_skills", "months"): "4 1 1 6; 0 0 0 0; 0 0 0 0; 0 0 0 0",
    ("family_assessments", "previous_and_this"): "3 1; 3 1; 29 2; 0 3; 0 0; 1 10; 0 1",
    ("family_visits", "previous_and_this"): "2 7; 2 9; 1 12; 1 8; 0 0; 0 1; 0 0",
    ("reintegration", "months"): "12 6 6 24; 0 0 0 0",
    ("partner_referrals", "months"): "0 2 0 2; 0 1 0 1",
    ("follow_up_support", "months"): "0 0 3 3; 0 0 1 1; 0 0 4 4; 0 0 4 4; 0 0 0 0; 0 0 0 0; 0 0 0 0",
    ("skills_follow_up", "clients_and_times"): "15 3; 20 3; 1 3; 16 2; 10 2",
}
# Which numbers of bars are in dispute, by hand from the findings of the quarter: row and column, from 0.
IN_DISPUTE = {
    ("vocational_skills", "months"): {(0, 3)},  # Slide 15!F5: the note in the total
    ("reintegration", "months"): {(0, 2), (0, 3)},  # Slide 18!E5: June
}
BARS = [key for key in PLOTTED if key[1] not in ("pyramid", "movement", "matrix", "against_plan")]
ONE_OF_EACH_FORM = list({form: (name, form) for name, form in reversed(CHARTS)}.values())


@cache
def shown(language: str) -> Release:
    """Give the real quarter in a language, read once."""
    return release(load(WORKBOOK), language)


@cache
def real(key: tuple[str, str], language: str = "en") -> Chart:
    """Draw a chart of the real quarter; once, because drawing takes time."""
    return chart(shown(language), *key)


def by_hand(key: tuple[str, str]) -> list[list[int | None]]:
    """Give what a chart plots, row by row, from the slides."""
    return [[None if number == "." else int(number) for number in row.split()] for row in PLOTTED[key].split("; ")]


def numbers(drawn: Chart) -> list[list[int | None]]:
    """Give what a chart says that it plots, row by row."""
    frame = drawn.numbers.select_dtypes("Int64").astype(object)
    return frame.where(frame.notna(), None).values.tolist()


def words(drawn: Chart) -> list[str]:
    """List every text that is seen in a chart."""
    return [text for text, _ in texts(drawn.figure)]
