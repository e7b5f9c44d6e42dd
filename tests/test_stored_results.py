"""What a new workbook stores beside its formulas is what LibreOffice calculates."""

from pathlib import Path

import openpyxl
import pytest
from consistent import consistent
from counted import frame
from programs import soffice
from workbooks import DEMO

from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.forms.workbook import Draft, lay_out_sheets, write_workbook

pytestmark = pytest.mark.slow

SUMMARY = {
    "en": "✓ Nothing contradicts itself so far. {} cells are still to be filled in.",
    "km": "✓ មកទល់ពេលនេះគ្មានអ្វីផ្ទុយគ្នាទេ។ {} ក្រឡានៅត្រូវបំពេញ។",
    "en+km": "✓ Nothing contradicts itself so far. · មកទល់ពេលនេះគ្មានអ្វីផ្ទុយគ្នាទេ។ "
    "{0} cells are still to be filled in. · {0} ក្រឡានៅត្រូវបំពេញ។",
}
TO_FILL = {"en": "22 cells to fill in", "km": "22 ក្រឡាត្រូវបំពេញ", "en+km": "22 cells to fill in · 22 ក្រឡាត្រូវបំពេញ"}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, tuple[Path, Path]]:
    """New workbooks as they are stored, and as LibreOffice calculates them without what was stored.

    One for each language is empty; ``filled`` has a whole quarter in it, ``demo`` is a made-up one that is kept.
    """
    folder = tmp_path_factory.mktemp("stored")
    truth = consistent(9, 2012, 3)
    pages = lay_out_sheets(truth.period, frame(truth), truth.plan)
    drafts = {language: draft_from("2012-Q1", folder / "new.xlsx", language=language) for language in SUMMARY}
    relations = draft_from(truth.period, folder / "new.xlsx").checks
    drafts["filled"] = Draft(pages, checks=relations, section_places=())
    stored = [folder / f"{name}.xlsx" for name in drafts]
    fresh = [folder / f"fresh {name}.xlsx" for name in drafts]
    for draft, path, without in zip(drafts.values(), stored, fresh, strict=True):
        path.write_bytes(write_workbook(draft))
        openpyxl.load_workbook(path).save(without)
    drafts["demo"] = drafts["filled"]
    stored.append(DEMO / "2010-Q3-SYNTHETIC.xlsx")
    fresh.append(folder / "fresh demo.xlsx")
    openpyxl.load_workbook(stored[-1]).save(fresh[-1])
    return dict(zip(drafts, zip(stored, soffice(fresh, folder / "made", "xlsx"), strict=True), strict=True))


@pytest.mark.parametrize("language", SUMMARY)
def test_what_is_open_is_counted_in_every_language(made, language):
    """The quarter has 317 counts and one plan; seven case types in three months and the plan are 22 cells."""
    for path in made[language]:
        book = openpyxl.load_workbook(path, data_only=True)
        about = next(cell.value for cell in book["About"]["A"] if str(cell.value).startswith("✓"))
        assert about == SUMMARY[language].format(318)
        assert TO_FILL[language] in [cell.value for cell in book["Checks"]["B"]]


@pytest.mark.parametrize("name", ["filled", "en", "demo"])
def test_stored_results_are_what_libreoffice_calculates(made, name):
    """An empty text is no zero, and no blank."""
    one, other = (openpyxl.load_workbook(path, data_only=True) for path in made[name])
    compared = 0
    for sheet in openpyxl.load_workbook(made[name][0]).worksheets:
        formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        for cell in formulas:
            left, right = (shown(book[sheet.title][cell].value) for book in (one, other))
            assert (sheet.title, cell, left) == (sheet.title, cell, right)
            compared += 1
    assert compared > 400


def shown(content: object) -> object:
    """Give a result as it is compared."""
    if content is None:
        return ""
    return content if isinstance(content, str) else round(content, 9)
