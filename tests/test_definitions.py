"""What counts and what does not: said of every measure, where it is typed and where it is read, in both languages."""

import io
from html import unescape
from math import ceil

import openpyxl
import pytest

from ccpcr_lib import release
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.forms.layout import TITLE_LINES, sheet_name
from ccpcr_lib.forms.style import length
from ccpcr_lib.forms.workbook import new_workbook
from ccpcr_lib.model.catalogue import CATALOGUE, spec
from ccpcr_lib.model.measure import measures
from ccpcr_lib.model.wording import definitions
from ccpcr_lib.publish.deck.table_slides import table_notes
from ccpcr_lib.publish.text.table import table_html

LANGUAGES = ("en", "km", "en+km")
NEWLY = {"enrolled": "newly entered a grade", "trained": "newly began to learn a skill", "referred": "newly referred"}
MEASURES = {
    "referrals_by_type": ["referred"],
    "referrals_by_sex": ["referred", "reintegrated"],
    "referrals_by_age": ["referred", "in_shelter", "reintegrated"],
    "education": ["enrolled"],
    "skills_follow_up": ["followed_up_skills"],  # clients and times
}


@pytest.mark.parametrize("code", measures())
def test_every_measure_says_what_counts_in_both_languages(code):
    english, khmer = (measures()[code].definition(language) for language in ("en", "km"))
    assert english.endswith(".")
    assert khmer.endswith("។")
    assert english != khmer


@pytest.mark.parametrize(("code", "words"), NEWLY.items())
def test_who_newly_comes_counts_and_who_goes_on_does_not(code, words):
    assert words in measures()[code].definition("en")
    assert "not counted again" in measures()[code].definition("en")
    assert "ទើប" in measures()[code].definition("km")
    assert "មិនរាប់ម្តងទៀត" in measures()[code].definition("km")


@pytest.mark.parametrize(("table", "codes"), MEASURES.items())
def test_a_table_defines_each_measure_that_it_counts_once(table, codes):
    labels = [text.partition(":")[0] for text in definitions(spec(table))]
    assert labels == [measures()[code].label("en") for code in codes]


def template(language: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(new_workbook("2010-Q3", language=language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_stands_above_the_table_to_type_into_and_is_not_cut(language):
    book = template(language)
    for table in CATALOGUE:
        sheet = book[sheet_name(table.name)]
        text = sheet.cell(TITLE_LINES, 1).value
        assert text.split("\n") == "\n".join(definitions(table, language, between="\n")).split("\n")
        (merged,) = [area for area in sheet.merged_cells.ranges if area.min_row == area.max_row == TITLE_LINES]
        wide = sum(
            sheet.column_dimensions[openpyxl.utils.get_column_letter(n)].width for n in range(1, merged.max_col + 1)
        )
        lines = sum(ceil(length(line) / wide) for line in text.split("\n"))
        assert sheet.row_dimensions[TITLE_LINES].height >= 15 * lines
        assert sheet.cell(TITLE_LINES, 1).alignment.wrap_text


@pytest.mark.parametrize(
    ("table", "language", "words"),
    [
        ("education", "en", ["newly entered a grade", "0 if there were none."]),
        ("vocational_skills", "en", ["newly began to learn a skill", "0 if there were none."]),
        ("education", "km", ["ទើបចូលរៀនថ្នាក់", "0 ប្រសិនបើគ្មាន។"]),
        ("vocational_skills", "en+km", ["ទើបចាប់ផ្តើមរៀនជំនាញ", "0 ប្រសិនបើគ្មាន។"]),
    ],
)
def test_the_prompt_at_a_cell_says_what_counts_and_how_it_is_typed(table, language, words):
    (prompt,) = prompts_at_counts(table, language)
    assert len(prompt) <= 255
    assert [word for word in words if word not in prompt] == []


def prompts_at_counts(table: str, language: str) -> set[str]:
    """The prompts at whole numbers, but for the one at totals on paper, which count nothing."""
    rules = template(language)[sheet_name(table)].data_validations.dataValidation
    prompts = {rule.prompt for rule in rules if rule.type == "whole"}
    on_paper = {prompt for prompt in prompts if "paper form" in prompt or "ទម្រង់ក្រដាស" in prompt}
    assert len(on_paper) == 1
    return prompts - on_paper


def test_the_prompt_of_each_measure_is_its_own():
    prompts = {prompt.partition(".")[0] for prompt in prompts_at_counts("referrals_by_age", "en")}
    assert len(prompts) == 3
    assert any(prompt.startswith("Everybody who was in the shelter at any time of the month") for prompt in prompts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_is_no_part_of_what_is_read(tmp_path, language):
    path = tmp_path / "new.xlsx"
    path.write_bytes(new_workbook("2010-Q3", language=language))
    reading = read_workbook(path)
    assert set(reading.members) >= {table.name for table in CATALOGUE if not table.is_optional}
    assert [finding.rule for finding in reading.findings if finding.severity != "note"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_stands_below_a_table_once(quarter, language):
    html = unescape(table_html(release(quarter, language), "referrals_by_age"))
    foot = html.partition("<figcaption>")[2]
    for text in definitions(spec("referrals_by_age"), language, between="\n"):
        for line in text.split("\n"):
            assert foot.count(line) == 1
            assert html.count(line) == 1


def test_what_is_counted_is_said_in_the_speaker_notes(quarter):
    notes = table_notes(release(quarter), "education", [])
    assert [line for line in notes if "newly entered a grade" in line] == definitions(spec("education"))
