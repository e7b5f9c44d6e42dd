"""Which figures were corrected since the last report of a quarter: named with both figures, and held on afterwards."""

from dataclasses import replace

import pytest
from planting import plant
from workbooks import WORKBOOK

from ccpcr_lib import load, release
from ccpcr_lib.publish.corrected import corrected_since
from ccpcr_lib.publish.files import counts_text
from ccpcr_lib.publish.proof.provenance import FILE, Provenance, fingerprint, options_of, write
from ccpcr_lib.publish.text.glance_html import open_line


def report_of(folder, counts, *, corrected=()):
    """Lay a report's counts and its provenance into a folder."""
    folder.mkdir(exist_ok=True)
    path = folder / "counts.csv"
    path.write_text(counts_text(counts), encoding="utf-8")
    options = options_of(None, final=False, fresh_kernels=False, corrected=corrected)
    known = Provenance("2010-Q2.xlsx", "", "2010-Q2", "en", {}, {}, {path.name: fingerprint(path)}, options)
    (folder / FILE).write_text(write(known), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def before():
    return load(WORKBOOK).counts


def now(tmp_path, *cells):
    return load(plant(tmp_path, *cells)).counts


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([("Slide 18", "E5", 9)], ("Slide 18!E5 (6 → 9)",)),
        ([("Slide 18", "E5", None)], ("Slide 18!E5 (6 → …)",)),
        ([("Slide 12", "C6", 3), ("Slide 6", "D11", 11)], ("Slide 6!D11 (10 → 11)", "Slide 12!C6 (2 → 3)")),
        ([("Slide 6", "C5", 61)], ()),  # the plan: no count
        ([], ()),
    ],
)
def test_a_figure_that_says_something_else_is_named_with_both_figures(tmp_path, before, cells, told):
    assert corrected_since(report_of(tmp_path / "report", before), now(tmp_path, *cells)) == told


def test_the_same_workbook_again_tells_the_same_corrections(tmp_path, before):
    """Or a report made twice would forget what was corrected, and two reports of one workbook would differ."""
    report = report_of(tmp_path / "report", before, corrected=["Slide 18!E5 (5 → 6)", "Slide 12!C6 (1 → 2)"])
    assert corrected_since(report, before) == ("Slide 18!E5 (5 → 6)", "Slide 12!C6 (1 → 2)")


def test_nothing_is_said_without_an_older_report_or_where_its_counts_are_not_as_they_were_made(tmp_path, before):
    changed = now(tmp_path, ("Slide 18", "E5", 9))
    assert corrected_since(tmp_path / "nowhere", changed) == ()
    report = report_of(tmp_path / "report", before)
    (report / "counts.csv").write_text("value\n1\n", encoding="utf-8")
    assert corrected_since(report, changed) == ()
    (report / FILE).write_text("{", encoding="utf-8")
    assert corrected_since(report, changed) == ()


def test_the_first_page_names_them_and_of_many_the_first():
    quarter = replace(load(WORKBOOK), problems=())
    cells = [f"Slide 12!C{row} (1 → 2)" for row in range(5, 12)]
    assert open_line(release(quarter), cells[:1]).endswith("; 1 corrected since the last report: Slide 12!C5 (1 → 2).")
    assert open_line(release(quarter), cells).endswith("Slide 12!C9 (1 → 2) and 2 more.")
