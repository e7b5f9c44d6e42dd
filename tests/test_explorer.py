"""What can be chosen in the explorer, and what a view says: totals, the largest group, what is missing or disputed."""

import re

import pytest
from explored import slide_of
from workbooks import DEMO, changed

from ccpcr_lib import explore, load_all
from ccpcr_lib.analysis.breakdown import ChoiceError
from ccpcr_lib.publish.explorer.choice import Choice
from ccpcr_lib.publish.explorer.draw import draw, plot_of
from ccpcr_lib.publish.explorer.labels import notes
from ccpcr_lib.publish.explorer.layout import file_name


@pytest.fixture(scope="module")
def two(two_workbooks):
    return load_all(two_workbooks[0].parent)


# --- choices ---


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"table": "educaton"}, "table is 'educaton'. Choose of: referrals_by_type, "),
        ({"table": "education", "by": ["sex"]}, "by is 'sex'. Choose of: month, category."),
        ({"table": "education", "chart": "pie"}, "chart is 'pie'. Choose of: bars, stacked, columns, lines, pyramid."),
        ({"table": "education", "show": "percent"}, "show is 'percent'. Choose of: counts, shares."),
        ({"table": "education", "counted": "referred"}, "counted is 'referred'. Choose of: enrolled."),
    ],
)
def test_what_cannot_be_chosen_is_refused_with_what_can(wrong, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        Choice(**wrong)


def test_a_quarter_without_a_workbook_is_refused_with_those_there_are(two):
    with pytest.raises(ValueError, match=r"^periods is '2011-Q1'\. Choose of: 2010-Q2, 2010-Q3\."):
        explore(two, "education", periods=["2010-Q2", "2011-Q1"])


def test_one_name_stands_for_a_list_of_one(two):
    choice = explore(two, "education", periods="2010-Q2", by="month").choice
    assert (choice.periods, choice.by) == (("2010-Q2",), ("month",))


@pytest.mark.parametrize(
    ("table", "by", "language", "said"),
    [
        # 18 + 45 + 9 + 9 + 9 + 9 of 11.
        ("education", ["category"], "en", "The percents add to 99, because each is rounded by itself."),
        ("education", ["category"], "km", "ភាគរយបូកបាន 99 ព្រោះបង្គត់ម្តងមួយៗ។"),
        ("partner_referrals", ["category"], "en", None),  # 67 + 33
        ("family_visits", ["case_type"], "en", None),  # 19 + 24 + 32 + 22 + 3
        (
            # April 7, 7, 11, 3 and 1 of 29: 24 + 24 + 38 + 10 + 3. May 2, 1 and 5 of 8: 25 + 13 + 63.
            "family_visits",
            ["case_type", "month"],
            "en",
            "The percents of some columns do not add to 100, because each is rounded by itself: April 99; May 101.",
        ),
        (
            "family_visits",
            ["case_type", "month"],
            "km",
            "ភាគរយនៃជួរឈរខ្លះបូកមិនបាន 100 ទេ ព្រោះបង្គត់ម្តងមួយៗ៖ មេសា 99; ឧសភា 101។",
        ),
    ],
)
def test_shares_that_miss_100_are_explained_with_their_sums_under_table_and_chart(two, table, by, language, said):
    answer = explore(two, table, periods="2010-Q2", by=by, show="shares", language=language)
    under = [line for line in notes(answer) if "100" in line or "add to" in line or "បង្គត់" in line]
    assert under == ([said] if said else [])
    foot = " ".join(plot_of(answer).heading.foot)
    assert not said or said in foot
    counts = explore(two, table, periods="2010-Q2", by=by, language=language)
    assert not any("rounded" in line or "បង្គត់" in line for line in notes(counts))


def test_quarters_that_are_no_neighbours_are_named_one_by_one():
    demo = load_all(DEMO)
    assert len(demo) > 2
    apart = explore(demo, "family_visits", periods=["2009-Q1", "2009-Q3"])
    together = explore(demo, "family_visits", periods=["2009-Q1", "2009-Q2", "2009-Q3"])
    assert file_name(apart).startswith("2009-Q1-and-2009-Q3-family-visits-by-")
    assert file_name(together).startswith("2009-Q1-to-2009-Q3-family-visits-by-")
    first, last = "January to March 2009", "July to September 2009"
    assert f"; {first}, {last}\n" in apart.page.text
    assert f"; {first} – {last}\n" in together.page.text


def test_what_is_left_out_is_chosen(two):
    choice = explore(two, "referrals_by_sex").choice
    assert (choice.periods, choice.by, choice.chart) == (("2010-Q3",), ("month",), "bars")
    assert explore(two, "education").choice.by == ("category",)


def test_each_chart_is_offered_only_where_it_suits(two):
    assert explore(two, "family_visits").kinds == ("bars",)
    assert explore(two, "family_visits", by=["case_type", "month"]).kinds == ("bars", "stacked", "columns", "lines")
    assert explore(two, "referrals_by_age", by=["age_band", "sex"]).kinds == ("bars", "stacked", "pyramid")
    assert explore(two, "education", by=["category", "month"]).kinds == ("bars", "stacked")
    assert explore(two, "family_visits", by=["case_type", "month"], show="shares").kinds == ("bars", "columns", "lines")
    assert explore(two, "referrals_by_sex", by=["case_type", "month", "sex"]).kinds == ()
    both = explore(two, "family_visits", periods=["2010-Q2", "2010-Q3"])
    assert both.kinds == ("bars", "columns")


def test_a_chart_that_does_not_suit_is_replaced_by_one_that_does(history):
    assert explore(history, "education", chart="lines").choice.chart == "bars"


def test_bars_are_stacked_only_where_every_part_is_known(tmp_path):
    changed(tmp_path, {"Slide 17!D7": None, "Slide 17!F7": 3})
    view = explore(str(tmp_path), "family_visits", by=["case_type", "month"], chart="stacked")
    assert view.kinds == ("bars", "columns", "lines")
    assert view.choice.chart == "bars"
    assert "Bars are not stacked here, because a part of them was not reported." in view.page.html
    marks = [text.get_text() for axis in draw(view).figure.axes for text in axis.texts]
    assert [mark for mark in marks if "…" in mark] == ["… †"]  # April of sexual abuse
    assert [mark for mark in marks if "≥" in mark] == ["≥ 5 †"]  # 2 in May and 3 in June
    assert [mark for mark in marks if "=" in mark] == []


def test_errors_in_a_workbook_are_said_before_any_of_its_figures(tmp_path):
    changed(tmp_path, {"Slide 12!D5": "some"})
    with pytest.raises(ChoiceError, match=r"^2010-Q2\.xlsx has errors, so none of its figures are shown\."):
        explore(str(tmp_path), "education")


def test_an_empty_folder_is_said(tmp_path):
    with pytest.raises(ChoiceError, match=r"^There is no quarter's workbook in the folder\."):
        explore(str(tmp_path), "education")


@pytest.mark.parametrize(
    ("table", "choice"),
    [
        ("life_skills", {}),
        ("referrals_by_age", {"by": ["month"], "counted": "in_shelter"}),
        ("family_visits", {"by": [], "periods": ["2010-Q2", "2010-Q3"]}),
    ],
)
def test_shares_are_refused_where_rows_are_no_parts_of_a_whole(two, table, choice):
    with pytest.raises(ChoiceError, match=r"^Shares cannot be shown here: these rows do not add up to a whole\."):
        explore(two, table, show="shares", **choice)


# --- what a view says ---


def test_a_sentence_says_the_total_and_the_largest_group(history):
    text = explore(history, "referrals_by_sex", by=["case_type", "sex"]).page.text
    assert "18 clients were referred to the shelter in the 2nd quarter of 2010." in text
    assert "“Returnee Children (RC), Female” had the most: 10 clients." in text


def test_several_quarters_are_said_one_by_one(two):
    view = explore(two, "family_visits", periods=["2010-Q2", "2010-Q3"])
    assert "37 † clients were counted under “Clients who visited their families” in each quarter." in view.page.text
    alone = explore(two, "family_visits", periods=["2010-Q2"])
    said = "In the 2nd quarter of 2010, family visits came to 37 in all (a client counts once in each month)."
    assert said in alone.page.text
    assert "Quarters stand side by side and are not added up" in view.page.html


def test_a_stock_is_said_by_month(history):
    text = explore(history, "referrals_by_age", by=["month"], counted="in_shelter").page.text
    assert "\nClients in the shelter fell from 61 in April to 43 in June.\n" in text


def test_quarters_and_months_of_several_years_are_said_with_their_names():
    demo = str(DEMO)
    said = explore(demo, "follow_up_support", periods=["2010-Q1", "2010-Q2"], by=[]).page.text
    assert (
        "At least 7 clients were followed up after reintegration in the 1st quarter of 2010 and at least 10 in the "
        "2nd quarter of 2010." in said
    )
    said = explore(demo, "referrals_by_age", periods=["2009-Q4", "2010-Q1"], by=["month"], counted="in_shelter").page
    assert (
        "54 clients were in the shelter in October 2009, 54 in November 2009, 53 in December 2009, 51 in January 2010, "
        "54 in February 2010 and 53 in March 2010." in said.text
    )


def headings(page):
    return [text.split("<")[0] for text in re.findall(r'<th scope="(?:row|col)"[^>]*>(.*?)</th>', page.html)]


AT_LEAST_NOTE = "One client may stand in several of these figures"


def test_a_total_is_called_at_least_only_where_one_of_its_figures_is_not_exact(history):
    """All 12 who were followed up were so in one month: one client may stand in several months, but none does."""
    exact = explore(history, "follow_up_support", by=["month"]).page
    assert "Total" in headings(exact)
    assert "At least" not in headings(exact)
    assert AT_LEAST_NOTE not in exact.html
    bound = explore(history, "life_skills", by=["category"]).page
    assert "At least" in headings(bound)
    assert "Total" not in headings(bound)
    assert AT_LEAST_NOTE in bound.html


@pytest.mark.parametrize("by", [["month"], ["case_type", "month"]])
def test_with_a_blank_a_total_called_at_least_has_the_note_that_says_why(tmp_path, by):
    changed(tmp_path, {"Slide 20!D6": None})
    page = explore(str(tmp_path), "follow_up_support", by=by).page
    assert "At least" in headings(page)
    assert AT_LEAST_NOTE in page.html


def test_with_a_blank_a_total_that_adds_is_called_a_total_and_has_no_such_note(blank_grade):
    page = explore(str(blank_grade.parent), "education").page
    assert "At least" not in headings(page)
    assert AT_LEAST_NOTE not in page.html


def test_what_was_not_reported_is_neither_a_zero_nor_left_out(blank_grade):
    page = explore(str(blank_grade.parent), "education").page
    assert "One figure of this table was not reported." in page.text
    assert '<th scope="row">Grade 2</th><td>… †</td>' in page.html
    assert "had the most" not in page.text
    assert "… not reported" in page.html


@pytest.mark.parametrize("by", [[], ["month"], ["category"], ["category", "month"]])
def test_what_was_not_reported_is_counted_the_same_however_it_is_broken_down(tmp_path, by):
    changed(tmp_path, {"Slide 12!C7": None, "Slide 12!D7": None})
    assert "2 figures of this table were not reported." in explore(str(tmp_path), "education", by=by).page.text


def test_under_a_chart_and_on_a_slide_it_is_said_what_was_not_reported(blank_grade):
    view = explore(str(blank_grade.parent), "education")
    assert "… not reported" in plot_of(view).heading.foot
    texts = [shape.text_frame.text for shape in slide_of(view)[0].shapes if shape.has_text_frame]
    assert "One figure of this table was not reported." in texts[2].split("\n")


def test_a_column_without_shares_says_why(blank_grade, history):
    no_share, nothing = "A column has no shares where a figure of it was not reported.", "A column that adds up to 0"
    page = explore(str(blank_grade.parent), "education", show="shares")
    assert no_share in page.page.html
    assert no_share in plot_of(page).heading.foot
    assert nothing not in page.page.html
    by_month = explore(history, "education", by=["category", "month"], show="shares").page.html
    assert f"{nothing} has no shares." in by_month
    assert no_share not in by_month
    assert nothing not in explore(history, "education", show="shares").page.html


def test_only_what_disputes_a_shown_figure_stands_below(history):
    view = explore(history, "referrals_by_age", by=["month"], counted="reintegrated")
    note = "the note “27 (F25, M2)” says Female 25, but the notes of its own parts say 27."
    assert plot_of(view).heading.foot[0] == f"† Slide 7!N9 and Slide 8!J9: {note}"
    assert re.findall(r"† (Slide [^:]*):", view.page.html) == ["Slide 7!N9 and Slide 8!J9"]
    referred = explore(history, "referrals_by_age", by=["month"], counted="referred").page.html
    assert re.findall(r"† (Slide [^:]*):", referred) == ["Slide 8!E8 and Slide 8!F8"]


def test_below_a_chart_stands_the_first_of_the_disputes_and_how_many_more(tmp_path):
    """The totals of grades 2 and 3 are planted, each one too high: 5 and 1 are their figures."""
    changed(tmp_path, {"Slide 12!F7": 6, "Slide 12!F8": 2})
    view = explore(str(tmp_path), "education")
    assert plot_of(view).heading.foot[0] == "† Slide 12!F7: the total says 6, but its 3 figures add up to 5. (+1)"
    assert re.findall(r"† (Slide [^:]*):", view.page.html) == ["Slide 12!F7", "Slide 12!F8"]


def test_a_disputed_figure_carries_its_dagger_and_the_reason_stands_below(history):
    page = explore(history, "vocational_skills").page
    assert re.findall(r"<td>(\d+ †)</td>", page.html) == ["6 †"]
    assert "† Slide 15!F5: the note “6 (SA1, NC2, TL2)” adds up to 5, but the cell says 6." in page.html
    assert "†" not in explore(history, "family_visits").page.html
