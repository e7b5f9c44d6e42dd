"""What the explorer shows in both languages, and of data that are made up."""

import re

import pytest
from workbooks import DEMO

from ccpcr_lib import explore
from ccpcr_lib.model.catalogue import CATALOGUE
from ccpcr_lib.publish.explorer.draw import draw
from ccpcr_lib.publish.explorer.layout import file_name


def test_khmer_is_shown_in_khmer(history):
    view = explore(history, "referrals_by_sex", by=["case_type", "sex"], language="km")
    assert "អំពើហិង្សាក្នុងគ្រួសារ (DV)" in view.page.html
    assert not re.search(r"\b(Female|Total|Clients)\b", view.page.html.partition("<figcaption>")[0])


def test_data_that_are_made_up_say_so_in_table_chart_and_file_name():
    view = explore(str(DEMO), "family_visits", periods=["2009-Q1", "2009-Q2"])
    assert "SYNTHETIC" in view.page.text
    assert "SYNTHETIC" in " ".join(text.get_text() for text in draw(view).figure.texts)
    assert file_name(view).endswith("-SYNTHETIC")


@pytest.mark.parametrize("known", CATALOGUE, ids=lambda known: known.name)
def test_every_table_can_be_seen_in_both_languages_with_a_chart(history, known):
    view = explore(history, known.name, language="en+km")
    drawn = draw(view)
    frame = history["2010-Q2"].frame(known.name)
    what, dimension = view.choice.what, view.breakdown.rows
    counts = frame[(frame["measure"] == what.measure) & (frame["unit"] == what.unit)]
    counts = counts[counts["period"].isin(["2010-04", "2010-05", "2010-06", "2010-Q2"])]
    # Where one client may stand in several counts of a row, the largest of them is known for sure.
    over = {"follow_up_support": ["period"], "life_skills": ["category"]}.get(known.name, [])
    keys = ["period" if dimension == "month" else dimension, *over]
    sums = counts.groupby(keys, observed=True)["value"].sum().groupby(level=0, observed=True).max()
    assert len(view.breakdown.columns) == 0
    assert drawn.numbers.iloc[: len(sums), 0].to_list() == [sums[code] for code in view.breakdown.members]
    assert len(view.breakdown.members) == len(sums)
