"""A cell is known however somebody writes it after ``ccpcr explain``; where nothing is found, the nearest is named."""

import pytest

from ccpcr_lib.model.cell_names import cell_name
from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.model.finding import Finding
from ccpcr_lib.quality.explaining import finding_at

WAYS = (
    "Family visits!B8",
    "family visits!b8",
    "'Family visits'!$B$8",
    "Family Visits ! B8",
    " FAMILY  VISITS!B 8 ",
    "Family visits!B8:B8",
    "=Family visits!B8",
    "='[2010-Q2.xlsx]Family visits'!$B$8",
    "[2010-Q2.xlsx]Family visits!B8",
    "'C:\\data\\[2010-Q2.xlsx]Family visits'!B8",
    "$'Family visits'.$B$8",
    "“Family visits”!B8",
    "‘family visits’!b8",
    "FamilyVisits!B8",
    "Family visits！Ｂ８",
    "Family visits!B៨",
    "Family\u00a0visits\u200b!B8",
)
HERE = [
    Finding("blank", "warning", "family_visits", ("Family visits!B8",), evidence=("Education!C3",)),
    Finding("share", "warning", "family_visits", ("Family visits!D20",)),
    Finding("total", "warning", "education", ("Education!H4", "Education!H5")),
    Finding("negative", "error", "education", ("Education!C9",)),
    Finding("explanation_void", "warning", "education", ("Education!H4",)),
]
CELLS = "The cells with findings are: Family visits!B8, Family visits!D20, Education!H4, Education!C9."


@pytest.mark.parametrize("way", WAYS)
def test_a_cell_is_known_however_it_is_written(way):
    assert finding_at(HERE, way).where == ("Family visits!B8",)


def test_the_sheet_as_it_is_written_goes_before_one_that_is_written_nearly_so():
    twins = [Finding("blank", "warning", "", (f"{sheet}!A1",)) for sheet in ("Slide 1", "SLIDE1")]
    assert finding_at(twins, "SLIDE1!A1").where == ("SLIDE1!A1",)


def test_an_apostrophe_in_the_name_of_a_sheet_is_written_once_or_twice():
    assert cell_name("'O''Brien''s'!A1") == cell_name("o'brien's!a1")


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("Family visits!B9", "Family visits!B8"),
        ("Family visits!D18", "Family visits!D20"),
        ("Family visit!B8", "Family visits!B8"),
        ("Famly vists!D20", "Family visits!D20"),
        ("Education!H5", "Education!H4"),
        ("Education!C3", "Family visits!B8"),
        ("b8", "Family visits!B8"),
        ("Education", "Education!H4"),
        ("Education!nonsense", "Education!H4"),
    ],
)
def test_a_cell_without_a_finding_names_the_nearest(asked, near):
    with pytest.raises(CannotReadError) as refusal:
        finding_at(HERE, asked)
    assert str(refusal.value) == f"{asked}: there is no finding at this cell. Did you mean {near}? {CELLS}"


@pytest.mark.parametrize("asked", ["", "!", "Zebra!A1", "Z", "!!", "'!'", "A1"])
def test_a_cell_near_to_nothing_lists_the_cells_with_findings(asked):
    with pytest.raises(CannotReadError) as refusal:
        finding_at(HERE, asked)
    assert str(refusal.value) == f"{asked}: there is no finding at this cell. {CELLS}"


def test_a_rule_is_asked_for_where_several_stand_at_a_cell_and_an_error_is_refused():
    two = [*HERE, Finding("relation", "note", "education", ("Education!H4",))]
    assert finding_at(two, "education!h4", "Relation").rule == "relation"
    assert finding_at(HERE, "education!h4").rule == "total"
    several = "Education!H4: there is more than one finding. Choose with --rule: total, relation."
    other = "Education!H4: there is no finding of the rule share at this cell. Choose with --rule: total, relation."
    whys = {
        ("education!h4", None): several,
        ("Education!H4", "share"): other,
        ("education!c9", None): "Education!C9: a figure that cannot be read cannot be explained. Correct the cell.",
    }
    for (asked, rule), why in whys.items():
        with pytest.raises(CannotReadError) as refusal:
            finding_at(two, asked, rule)
        assert str(refusal.value) == why
