"""The reference sheet: what each indicator counts, as text, on the page, in the hand-out and on paper."""

import io
import re
import subprocess
from html.parser import HTMLParser

import openpyxl
import pytest
from commands import run
from extent import proof
from plans import edited
from programs import needs
from workbooks import DEMO, WORKBOOK, changed

from ccpcr_lib import release, show_definitions
from ccpcr_lib.publish.handout import build_handout
from ccpcr_lib.publish.pages.html import page
from ccpcr_lib.publish.pages.paper import find_browser, print_pdf
from ccpcr_lib.publish.text.definitions import definitions_html, definitions_text
from ccpcr_lib.publish.text.indicators import indicator_html
from ccpcr_lib.publish.text.table import table_html

LANGUAGES = ("en", "km", "en+km")
REFERRED = """\
Clients referred to the shelter
  What counts: Everybody newly referred to the shelter, at each referral.
  What does not count: Clients who are there already.
  Unit: clients
  Formula: year to date ÷ the year's target
  Direction: neither more nor fewer is better
  Source: Types of cases referred to the shelter (sheet Slide 6)
  Responsible: social worker
  How often: monthly
  Managed or event: event
  Group arrivals: yes"""
SHARE = """\
Families assessed, in percent of newly referred clients
  What counts: Family assessments, in percent of the clients newly referred in the same time. It may pass 100 %: \
the counts do not say that they are the same clients.
  What does not count: Visits without an assessment; clients who were there already.
  Unit: percent
  Formula: Family assessments ÷ Clients referred to the shelter
  Direction: more is better
  Source: Family assessments (sheet Slide 16) · Types of cases referred to the shelter (sheet Slide 6)
  Responsible: M&E officer
  How often: quarterly
  Managed or event: managed
  Group arrivals: no"""
IN_KHMER = """\
អតិថិជនចូលរៀន
  អ្វីដែលរាប់: អតិថិជនដែលទើបចូលរៀនថ្នាក់ណាមួយក្នុងខែ។
  អ្វីដែលមិនរាប់: អ្នកដែលបន្តរៀនថ្នាក់ដដែល។
  ឯកតា: អតិថិជន
  រូបមន្ត: ពីដើមឆ្នាំ ÷ ចំណុចដៅប្រចាំឆ្នាំ
  ទិសដៅ: ច្រើនជាងល្អជាង"""


def paragraphs(shown) -> dict[str, str]:
    """The plain text of a sheet, cut into its paragraphs, by the name each begins with."""
    return {text.partition("\n")[0]: text for text in definitions_text(shown).split("\n\n")}


def sheet_of(folder, *, language="en", **cells) -> dict[str, str]:
    """The sheet of the real quarter with a plan in which some cells say something else."""
    edited(folder, **{f"Indicators_{cell}": text for cell, text in cells.items()})
    return paragraphs(release(changed(folder, {}), language))


@pytest.mark.parametrize("expected", [REFERRED, SHARE], ids=["a count", "a percent"])
def test_an_indicator_is_a_paragraph_that_says_all_of_it(quarter, expected):
    assert paragraphs(release(quarter))[expected.partition("\n")[0]] == expected


def test_in_khmer_all_of_it_is_khmer(quarter):
    assert paragraphs(release(quarter, "km"))["អតិថិជនចូលរៀន"].startswith(IN_KHMER)


def test_every_indicator_stands_there_once_in_the_order_of_the_plan(quarter):
    shown = release(quarter)
    assert list(paragraphs(shown)) == [known.name_en for known in shown.plan.indicators]


@pytest.mark.parametrize(
    ("language", "formula"),
    [
        ("en", "  Formula: Clients who visited their families ÷ Clients in care, per quarter"),
        ("km", "  រូបមន្ត: អតិថិជនដែលបានទៅលេងគ្រួសារ ÷ អតិថិជនក្រោមការថែទាំ ប្រចាំត្រីមាស"),
    ],
)
def test_a_rate_per_quarter_is_written_in_words(tmp_path, language, formula):
    sheet = sheet_of(tmp_path, language=language, B9="Visiting", C9="ទៅលេង", K9="visited / in_care per quarter")
    assert formula in sheet["Visiting" if language == "en" else "ទៅលេង"].split("\n")


def test_a_percent_that_nobody_has_defined_is_defined_by_its_part_and_whole(tmp_path):
    sheet = sheet_of(tmp_path, B9="Visiting", K9="visited / in_care per quarter", M9=None, N9=None, O9=None, P9=None)
    lines = sheet["Visiting"].split("\n")
    assert lines[1] == (
        "  What counts: As counted for “Clients who visited their families”, in percent of what is counted for "
        "“Clients in care”."
    )
    assert lines[2] == "  Unit: percent"


def test_what_nobody_has_written_is_taken_from_the_measure_and_a_role_is_left_out(tmp_path):
    lines = sheet_of(tmp_path, M5=None, N5=None, O5=None, P5=None, Q5=None, R5=None)["Clients enrolled in school"]
    assert lines.split("\n")[1:3] == [
        "  What counts: Everybody who newly entered a grade in the month. Pupils who go on in the same grade are not "
        "counted again.",
        "  Unit: clients",
    ]
    assert "Responsible" not in lines
    assert "  How often: monthly" in lines


def test_a_part_of_a_table_says_which(tmp_path):
    sheet = sheet_of(tmp_path, B2="Beaten at home", F2="case_type=DV", M2=None, N2=None)
    lines = sheet["Beaten at home"].split("\n")
    assert lines[1].endswith(" are not counted again. Only: Domestic Violence (DV).")


def test_a_percent_of_what_is_due_and_fewer_that_are_better_say_so(tmp_path):
    lines = sheet_of(tmp_path, H5="down", K5="actual / due", Q5="night guard")["Clients enrolled in school"].split("\n")
    assert "  Formula: year to date ÷ due by now" in lines
    assert "  Direction: fewer is better" in lines
    assert "  Responsible: night guard" in lines


def test_a_table_that_the_workbook_lacks_is_named_by_its_slide(tmp_path):
    edited(tmp_path)
    book = openpyxl.load_workbook(WORKBOOK)
    del book["Slide 12"]
    book.save(tmp_path / "2010-Q2.xlsx")
    lines = paragraphs(release(tmp_path / "2010-Q2.xlsx"))["Clients enrolled in school"].split("\n")
    assert "  Source: Clients enrolled in school by grade (slide 12)" in lines


class Cells(HTMLParser):
    """Collects the heads, the names of rows, and the languages of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.scopes: list[str] = []
        self.languages: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.scopes += [known["scope"]] if tag == "th" else []
        self.languages |= {known["lang"]} if "lang" in known else set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_four_headed_columns_a_named_row_for_each_and_says_its_languages(quarter, language):
    shown, cells = release(quarter, language), Cells()
    cells.feed(definitions_html(shown))
    assert cells.scopes == ["col"] * 4 + ["row"] * len(shown.plan.indicators)
    assert cells.languages == set(language.split("+"))


def test_what_the_plan_says_is_no_markup(tmp_path):
    edited(tmp_path, Indicators_M5="Pupils <b>& others</b>", Indicators_Q5='<img src="x">')
    html = definitions_html(release(changed(tmp_path, {})))
    assert "Pupils &lt;b&gt;&amp; others&lt;/b&gt;" in html
    assert "<img" not in html


def test_what_is_shown_has_both_and_is_the_same_each_time(quarter):
    first, again = (show_definitions(release(quarter, "en+km"))._repr_mimebundle_() for _ in range(2))
    assert first == again
    assert first["text/plain"] == definitions_text(release(quarter, "en+km"))
    assert first["text/html"] == definitions_html(release(quarter, "en+km"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hand_out_has_it_behind_the_indicators_one_thing_a_column(quarter, language):
    shown = release(quarter, language)
    book = openpyxl.load_workbook(io.BytesIO(build_handout(shown)))
    assert book.sheetnames[book.sheetnames.index("Indicators") + 1] == "Definitions"
    sheet = book["Definitions"]
    (table,) = sheet.tables.values()
    head, *rows = sheet[table.ref]
    assert len(head) == 11
    assert [row[0].value for row in rows] == [known.name(language) for known in shown.plan.indicators]
    assert "Definitions" in [cell.value for row in book["Contents"].iter_rows() for cell in row]


def test_the_sentence_that_defines_an_indicator_stands_on_its_page_once(tmp_path):
    edited(tmp_path, Indicators_M5="Everybody who sat in class, in words of their own.")
    shown = release(changed(tmp_path, {}))
    assert definitions_html(shown).count("in words of their own") == 1
    assert "in words of their own" not in table_html(shown, "education") + indicator_html(shown)


def test_the_command_names_a_slip_in_a_definition_at_its_cell(tmp_path):
    edited(tmp_path, Indicators_R5="sometimes")
    done = run("check", changed(tmp_path, {}))
    assert "[plan.xlsx]Indicators!R5: “sometimes” is not known as frequency." in done.stdout


@pytest.mark.slow
@proof("language", LANGUAGES, sample=1)
def test_no_table_is_so_wide_that_the_whole_print_shrinks(tmp_path, language):
    shown = release(DEMO / "2011-Q4-SYNTHETIC.xlsx", language)
    tables = "".join(table_html(shown, name) for name in shown.tables)
    wide = f"{tables}{indicator_html(shown)}{definitions_html(shown)}"
    alone, beside = (word_width(f"<h1>Measure</h1>{body}", language, tmp_path) for body in ("", wide))
    assert alone == beside


def word_width(body: str, language: str, folder) -> float:
    """How wide the word “Measure” is printed, in points."""
    needs("chromium")
    pdf = print_pdf(page("Print", body, language=language), folder, find_browser()).pdf
    words = subprocess.run([needs("pdftotext"), "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    first, last = re.findall(rb'xMin="([\d.]+)".* xMax="([\d.]+)".*>Measure<', words)[0]
    return round(float(last) - float(first), 1)
