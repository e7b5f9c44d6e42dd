"""The made-up history: the same seed the same files, SYNTHETIC everywhere, its faults and its signal found."""

from dataclasses import replace
from types import SimpleNamespace

import openpyxl
import pytest
from commands import ccpcr, run
from hypothesis import given
from hypothesis import strategies as st
from workbooks import DEMO

from ccpcr_lib import CATALOGUE, load_all, release
from ccpcr_lib.forms import story as made_up
from ccpcr_lib.forms.demo import SEED
from ccpcr_lib.forms.simulate import FAULTS, FAULTY_QUARTER, simulate
from ccpcr_lib.forms.story import SIGNAL_MONTH, check_weights
from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.publish.pages.show import show_table
from ccpcr_lib.publish.text.indicators import indicator_table

pytestmark = pytest.mark.slow

LAST = DEMO / "2011-Q4-SYNTHETIC.xlsx"


@pytest.fixture(scope="module")
def history():
    return load_all(DEMO)


def test_the_command_writes_the_files_that_are_kept_and_says_where(tmp_path):
    made = ccpcr("demo", "--out", tmp_path / "demo")
    assert (made.returncode, made.stderr) == (0, b"")
    assert b"13 files of SYNTHETIC data" in made.stdout
    written = sorted((tmp_path / "demo").iterdir())
    assert [path.name for path in written] == sorted(path.name for path in DEMO.iterdir())
    assert [path.name for path in written if path.read_bytes() != (DEMO / path.name).read_bytes()] == []


def test_another_seed_gives_other_figures(history):
    kept = history.reports[0].counts["value"].dropna().tolist()
    other = simulate(SEED + 1)["2009-Q1"]["value"].dropna().tolist()
    assert len(kept) == len(other)
    assert kept != other


def test_the_command_makes_up_the_history_of_the_seed_it_is_given(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("ccpcr_lib.forms.demo.write_demo", lambda out, seed: asked.append((out, seed)) or [DEMO, DEMO])
    run("demo", "--out", tmp_path / "demo", "--seed", 3)
    assert asked == [(tmp_path / "demo", 3)]


def test_every_sheet_says_synthetic():
    for path in DEMO.iterdir():
        book = openpyxl.load_workbook(path)
        silent = [
            sheet.title
            for sheet in book
            if sheet.sheet_state == "visible" and not str(sheet["A1"].value).startswith("SYNTHETIC")
        ]
        assert (path.name, silent) == (path.name, [])


def test_there_are_twelve_quarters_of_a_shelter_of_forty_to_sixty(history):
    assert history.periods == tuple(f"{year}-Q{number}" for year in (2009, 2010, 2011) for number in (1, 2, 3, 4))
    counts = history.counts
    stock = counts[(counts["measure"] == "in_shelter") & (counts["reported_in"] != FAULTY_QUARTER)]["value"]
    assert stock.between(40, 60).all()


def test_the_planted_faults_are_found_in_their_quarter_and_none_elsewhere(history):
    found = {
        report.period: [(item.rule, item.where[0], item.odd) for item in report.problems if item.severity != "note"]
        for report in history.reports
    }
    planted = [
        ("odd_one_out", "Referrals by age!B9", 1),  # the August count of clients, too low: September follows from it
        ("odd_one_out", "Referral sources!B8", 0),  # one girl more by organisation than in three tables: here, or in B7
        ("previous_quarter", "Family visits!B7", 1),
        ("odd_one_out", "Skills follow up!D6", 1),  # clients followed up not once
    ]
    assert len(FAULTS) == 4
    assert found.pop(FAULTY_QUARTER) == planted
    assert set(map(tuple, found.values())) == {()}


def test_the_planted_signal_is_found_where_it_is_no_planned_work_and_none_elsewhere():
    shown = release(LAST)
    countable = [known for known in shown.plan.indicators if not known.ratio]
    assert [known.code for known in countable if shown.history.run(known).signals] == []
    happened = {known.code: shown.history.run(replace(known, nature="event")).signals for known in countable}
    found = {
        code: [(signal.rule, signal.periods) for signal in signals] for code, signals in happened.items() if signals
    }
    assert found == {"visited": [("outside", (SIGNAL_MONTH,))]}


def test_every_state_that_a_whole_year_can_have_is_there(history):
    states = {one.state for report in history.reports for one in release(report).achievements}
    assert {"on_plan", "behind", "over_achieved", "incomplete", "open", "no_target"} <= states


def test_what_is_shown_of_it_says_synthetic_first():
    shown = release(LAST)
    assert shown.banner.startswith("SYNTHETIC DATA")
    assert "<br>SYNTHETIC · Number of clients" in show_table(shown, "education").html
    assert indicator_table(shown).subtitle.startswith("SYNTHETIC · ")


def test_the_real_quarter_does_not(quarter):
    assert release(quarter).banner == ""
    assert "SYNTHETIC" not in show_table(release(quarter), "education").html


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "demo").write_text("a file", encoding="utf-8")
    made = ccpcr("demo", "--out", tmp_path / "demo")
    assert (made.returncode, made.stdout) == (2, b"")
    assert b"Traceback" not in made.stderr


# --- lists that its weights do not cover ---

LISTS = {
    "case_types": ["DV", "SA", "NC", "TL", "ST", "RC", "SW"],
    "sexes": ["F", "M"],
    "age_bands": ["0-10", "11-17", "18-25"],
    "destinations": ["family_community", "factory"],
    "services": ["english", "computer", "school_materials", "non_formal_education", "case_management"],
}
NEW = ["OT", "0-9", "10-14", "U", "relatives", "dancing"]


def with_list(monkeypatch, name: str, codes: list[str]) -> None:
    """Put another list in the place of one of the shelter's."""
    real = made_up.codelist
    own = SimpleNamespace(members=dict.fromkeys(codes))
    monkeypatch.setattr(made_up, "codelist", lambda asked: own if asked == name else real(asked))


@pytest.mark.parametrize("name", LISTS)
def test_the_weights_cover_the_projects_own_lists(name):
    check_weights(name)


@given(st.sampled_from(list(LISTS)), st.data())
def test_a_list_is_covered_or_refused_with_the_codes_that_are_not(name, data):
    kept = data.draw(st.lists(st.sampled_from(LISTS[name]), unique=True))
    new = data.draw(st.lists(st.sampled_from(NEW), unique=True))
    with pytest.MonkeyPatch.context() as patch:
        with_list(patch, name, [*kept, *new])
        if not new and set(kept) == set(LISTS[name]):
            check_weights(name)
            return
        with pytest.raises(CannotReadError) as refused:
            check_weights(name)
    named = new or [code for code in LISTS[name] if code not in kept]
    assert str(refused.value).startswith(f"{name}.csv: the made-up history has ")
    assert ", ".join(named) in str(refused.value)


def test_a_case_type_without_a_weight_is_refused_before_anything_is_made_up(monkeypatch):
    with_list(monkeypatch, "case_types", [*LISTS["case_types"], "OT"])
    with pytest.raises(CannotReadError, match=r"^case_types\.csv: the made-up history has no clients with OT, so"):
        simulate(SEED)


def test_other_age_bands_are_refused_by_their_codes(monkeypatch):
    with_list(monkeypatch, "age_bands", ["0-9", "10-14", "15-17", "18-25"])
    with pytest.raises(CannotReadError, match=r"^age_bands\.csv: .* no clients with 0-9, 10-14, 15-17, so"):
        simulate(SEED)


def test_a_sex_that_the_list_lacks_is_refused(monkeypatch):
    with_list(monkeypatch, "sexes", ["F"])
    with pytest.raises(CannotReadError, match=r"^sexes\.csv: .* has clients with M, which this list lacks"):
        simulate(SEED)


def test_every_measure_has_a_course_of_its_own_or_happens_to_some():
    counted = {column.measure for table in CATALOGUE for column in table.counts}
    assert counted == made_up.OWN_STORY
