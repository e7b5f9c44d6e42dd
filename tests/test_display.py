import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from workbooks import changed, with_rows

from ccpcr_lib import CATALOGUE, load, release
from ccpcr_lib.publish.text.table import table_html

NAMES = [spec.name for spec in CATALOGUE]
LANGUAGES = ("en", "km", "en+km")
COLUMNS = {
    "referrals_by_type": 6,
    "referrals_by_sex": 14,
    "referrals_by_age": 10,
    "referral_sources": 5,
    "education": 6,
    "other_services": 2,
    "life_skills": 13,
    "vocational_skills": 6,
    "family_assessments": 7,
    "family_visits": 7,
    "reintegration": 6,
    "partner_referrals": 6,
    "follow_up_support": 4,
    "skills_follow_up": 3,
}


class Rows(HTMLParser):
    """Collects a table's sections as rows of [tag, rowspan, colspan, text]."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sections, self.cell, self.tags = {}, None, []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        given = dict(attributes)
        if tag in ("thead", "tbody"):
            self.section = self.sections.setdefault(tag, [])
        elif tag == "tr":
            self.section.append([])
        elif tag in ("td", "th"):
            self.cell = [tag, int(given.get("rowspan", 1)), int(given.get("colspan", 1)), ""]
            self.section[-1].append(self.cell)
        elif tag == "br" and self.cell:
            self.cell[3] += "\n"

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None

    def handle_data(self, data):
        if self.cell:
            self.cell[3] += data


def grid(rows: list[list]) -> list[list[str]]:
    """Resolve the spans of a section: every place of the grid must be filled by one cell."""
    filled: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        column = 0
        for _, high, wide, text in row:
            while (number, column) in filled:
                column += 1
            for place in ((r, c) for r in range(number, number + high) for c in range(column, column + wide)):
                assert place not in filled, f"two cells at {place}"
                filled[place] = text
            column += wide
    width = 1 + max(column for _, column in filled)
    assert set(filled) == {(row, column) for row in range(len(rows)) for column in range(width)}
    return [[filled[row, column] for column in range(width)] for row in range(len(rows))]


def shown(report, name: str, language: str = "en") -> str:
    return table_html(release(report, language), name)


def every_table(report) -> Iterator[str]:
    return (shown(report, name, language) for name in NAMES for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_row_fills_the_same_columns_once_its_spans_are_resolved(quarter, name, language):
    sections = Rows(shown(quarter, name, language)).sections
    widths = {len(row) for section in sections.values() for row in grid(section)}
    assert widths == {COLUMNS[name]}


def test_a_table_reads_as_its_slide_with_what_is_recomputed(quarter):
    sections = Rows(shown(quarter, "referrals_by_sex")).sections
    assert grid(sections["tbody"])[-1] == [
        "Total",
        "18",
        *("1\n6 %", "1\n6 %", "1\n6 %", "2\n11 %", "2\n11 %", "3\n17 % †", "3\n17 % †"),  # 15 % in H9
        *("0\n0 %", "10\n56 %", "10\n56 %", "1\n6 %", "27 †d"),  # two boys among girls only in N9
    ]
    assert [row[1:5] for row in grid(sections["thead"])] == [
        ["Total", *["Clients referred to CCPCR-SVR"] * 3],
        ["Total", "DV", "DV", "SA"],
        ["Total", "Female", "Male", "SA"],
    ]


def test_a_stock_leaves_its_place_in_the_total_row_empty(quarter):
    rows = grid(Rows(shown(quarter, "referrals_by_age")).sections["tbody"])
    assert rows[-1][:3] == ["Total", "", "4\n22 % †"]


def test_the_title_unit_period_and_source_are_said(quarter):
    html = shown(quarter, "skills_follow_up")
    assert "Follow-up on vocational skills and formal education" in html
    assert "Number of clients; Number of times; April to June 2010" in html
    assert "Source: 2010-Q2.xlsx, Slide 21" in html


def test_footnotes_spell_out_what_was_noted_in_a_cell(quarter):
    html = shown(quarter, "vocational_skills")
    assert '<td class="total">6 †<sup>a</sup></td>' in html
    noted = "“6 (SA1, NC2, TL2)”: Sexual Abuse 1, Neglected Children 2, Trafficking for Labor 2"
    assert f"<sup>a</sup> {noted}" in html
    assert "“4/2”: Male 2" in shown(quarter, "follow_up_support")


def test_footnotes_come_in_the_language_of_the_table(quarter):
    assert "“4/2”៖ ប្រុស 2" in shown(quarter, "follow_up_support", "km")
    assert "“4/2”: Male 2 · “4/2”៖ ប្រុស 2" in shown(quarter, "follow_up_support", "en+km")


def test_every_mark_in_a_cell_has_its_footnote_and_every_footnote_its_cell(quarter):
    for html in every_table(quarter):
        body, foot = html.split("<figcaption>")
        marks = re.findall(r"<sup>(.+?)</sup>", body)
        assert marks == re.findall(r"<sup>(.+?)</sup>", foot)


def test_a_table_of_clients_who_may_stand_in_several_figures_says_so(quarter):
    says = "One client may stand in several of these figures, so a total is only at least so many"
    assert [name for name in quarter.tables if says in shown(quarter, name)] == [
        "other_services",
        "life_skills",
        "skills_follow_up",
    ]  # who was followed up, was so in June alone: 12 are 12


def test_both_languages_stand_in_one_cell_on_two_lines(quarter):
    rows = grid(Rows(shown(quarter, "education", "en+km")).sections["tbody"])
    assert rows[1] == ["Grade 1\nថ្នាក់ទី1", "2", "0", "0", "2", "18 %"]


def test_a_blank_is_an_ellipsis_that_is_explained_and_never_a_zero(tmp_path, quarter):
    html = shown(load(changed(tmp_path, {"Slide 12!C6": None})), "education")
    assert grid(Rows(html).sections["tbody"])[1] == ["Grade 1", "… †", "0", "0", "… †", ""]
    assert "… not reported" in html
    assert "not reported" not in shown(quarter, "education")


def test_no_percent_is_promised_where_none_can_be_worked_out(tmp_path):
    html = shown(load(changed(tmp_path, {"Slide 12!C6": None})), "education")
    assert "%" not in Rows(html).sections["tbody"][-1][-1][3]
    assert "The percents" not in html


def percent_notes(report, language="en"):
    """List, table by table, what is said under it of the sum of its percents."""
    said = {"en": ("percents", "rounded"), "km": ("ភាគរយ", "បង្គត់")}[language]
    lines = {name: shown(report, name, language).split("<figcaption>")[1].split("<br>") for name in report.tables}
    found = {name: [line for line in notes if all(word in line for word in said)] for name, notes in lines.items()}
    return {name: notes for name, notes in found.items() if notes}


def test_a_table_whose_percents_miss_100_says_so_with_the_sum_and_no_other_does(quarter):
    # Slides 7 and 16: 6 + 6 + 11 + 17 + 0 + 56 + 6. Slide 12: 18 + 45 + 9 + 9 + 9 + 9.
    assert percent_notes(quarter) == {
        "referrals_by_sex": ["The percents add to 102, because each is rounded by itself."],
        "education": ["The percents add to 99, because each is rounded by itself."],
        "family_assessments": ["The percents add to 102, because each is rounded by itself."],
    }
    assert percent_notes(quarter, "km")["education"] == [
        "ភាគរយបូកបាន 99 ព្រោះបង្គត់ម្តងមួយៗ។",
    ]
    both = shown(quarter, "education", "en+km")
    assert "The percents add to 99, because each is rounded by itself. · ភាគរយបូកបាន 99 ព្រោះ" in both


def test_percents_down_a_column_and_along_its_row_of_totals_are_told_apart(tmp_path):
    # Both organisations sent 4 of 8, which is 50 + 50; 1 of 8 and 7 of 8 are girls and boys, which is 13 + 88.
    report = load(changed(tmp_path, {"Slide 9!C5": 1, "Slide 9!D5": 3, "Slide 9!C6": 0, "Slide 9!D6": 4}))
    assert row_of(report, "referral_sources", 0)[-1].startswith("50 %")
    assert percent_notes(report)["referral_sources"] == [
        "The percents in the row of totals add to 101, because each is rounded by itself.",
    ]
    assert row_of(report, "referral_sources", -1)[-1].startswith("100 %")


def row_of(report, name, place):
    return grid(Rows(shown(report, name)).sections["tbody"])[place]


def test_what_was_typed_as_a_name_is_text_and_never_markup(tmp_path):
    name = '<script>alert("x")</script> & <img src=x onerror=alert(1)>'
    report = load(with_rows(tmp_path, "Slide 9", 7, [[3, name, 0, 4, 4, 0.2]]))
    html = shown(report, "referral_sources")
    tags = Rows(html).tags
    assert not {"script", "img"} & set(tags)
    assert grid(Rows(html).sections["tbody"])[2] == [name, "4 †", "0", "4 †", "18 % †"]


def test_a_note_typed_with_markup_in_it_is_text(tmp_path):
    report = load(changed(tmp_path, {"Slide 15!F5": "6 (SA1, <b>NC2</b>)"}))
    assert "b" not in Rows(shown(report, "vocational_skills")).tags


def test_the_same_figures_give_the_same_bytes(quarter, tmp_path):
    again = load(changed(tmp_path, {}))
    assert list(every_table(again)) == list(every_table(quarter))


def test_no_table_holds_an_address_of_memory_or_of_the_web(quarter):
    for html in every_table(quarter):
        assert not re.search(r"0x[0-9a-f]{4,}|https?:|//", html)


def test_an_unknown_language_is_refused_with_those_there_are(quarter):
    with pytest.raises(ValueError, match=r"language is 'fr'\. Choose one of: en, km, en\+km\."):
        release(quarter, "fr")
