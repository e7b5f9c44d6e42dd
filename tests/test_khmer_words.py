"""Khmer words: none that is known to be wrong, one style of digits, terms as the glossary has them, old labels read."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import openpyxl
import pytest
from own_lists import FOLDERS
from workbooks import DEMO, PLAN, ROOT, WORKBOOK, changed

from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.excel.values import parse_value
from ccpcr_lib.model.codelist import codelist, read_codelist
from ccpcr_lib.quality.enumerations import enumerations
from ccpcr_lib.words import say

WORDS = ROOT / "ccpcr_lib" / "words"
NUMBER = r"\{(?:count|number|tables|counts|columns|quarters|known|all|others)\}|\d++"

WRONG = {
    r"បោះបង់ចោល": "means abandoned; neglect is រងការមិនអើពើ",
    r"ជួញដូរមនុស្សដើម្បី": "is no usual term; say ការជួញដូរពលកម្ម, ការជួញដូរផ្លូវភេទ",
    r"រកស៊ីផ្លូវភេទ": "is a hard word, and these are children; say ជនរងគ្រោះដោយអំពើធ្វើអាជីវកម្មផ្លូវភេទ",
    r"គោលដៅ": "is a target and a destination; a target is ចំណុចដៅ, a destination ទីកន្លែងទៅ",
    r"ច្បាប់(?!ចម្លង)": "is a law; the rule of a check is វិធានត្រួតពិនិត្យ (a copy, ច្បាប់ចម្លង, is another word)",
    r"វិវាទ": "is a quarrel; a figure in dispute is មិនទាន់ប្រាកដ",
    r"(?<!\u17d2)ត្រី(?!មាស|កោណ)": "is a fish; a quarter is ត្រីមាស, with its number ត្រីមាសទី1",
    r"គំនូសតាង": "is a second word for a chart, which is ក្រាហ្វ",
    r"សៀវភៅការងារ": "is a second word for a workbook, which is ឯកសារ",
    r"សៀវភៅកំណត់ត្រា": "is a second word for a notebook, which is សៀវភៅកត់ត្រា",
    r"កូនសោ": "is the key of a lock; a key column is ជួរឈរដែលបែងចែកតួលេខ",
    r"ឲ្យ": "is spelt ឱ្យ here",
    r"[០-៩]": "is a Khmer digit; all figures are written 0-9, as Excel and the tables show them: ត្រីមាសទី1, 95%",
    r"\{(?:quarter|period|year|now_period|before_period)\}[\u1780-\u17b3]": "may end in a digit, which "
    "touches the word behind it: put a blank between them, as in {quarter} ទេ",
    rf"(?:ត្រីមាស|តារាង|តួលេខ|ឯកសារ|រូបមន្ត|ក្រឡា|ជួរឈរ|សូចនាករ|អតិថិជន|កំហុស|ការព្រមាន|កំណត់សម្គាល់) ?(?:{NUMBER})"
    r"(?![-.]| ?(?:នាក់|ដង|កន្លែង))": "is number so-and-so, as in table 5; for so many say តារាងចំនួន 5, or អតិថិជន 5 នាក់",
}
"""What is wrong, as a pattern → why, and what to say."""

NOT_SAID = {"human trafficking", "abandonment", "at least so many in all", "due by the end of (a month)"}
"""Terms in the glossary that tell others apart, or are put together of others, and that no single line says."""

SIGN = re.compile(r"^[^\w%]+ ")


class Said(NamedTuple):
    """One text that somebody can read: where it stands, and its words."""

    where: str
    en: str
    km: str


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV file by their columns."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def said_in(path: Path) -> Iterator[Said]:
    """Every pair of texts of a word file, a list or the relations; what is only read (``label_…``, aliases) is none."""
    for row in rows(path):
        name = row.get("name") or row["code"]
        if path.stem == "reading" and name.startswith("label_"):
            continue
        for column, khmer in row.items():
            if khmer and (column == "km" or column.endswith("_km")):
                yield Said(f"{path.relative_to(ROOT)}, {name}, {column}", row.get(column[:-2] + "en", ""), khmer)


def said_in_notebooks() -> Iterator[Said]:
    """The text between the cells of code."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                yield Said(f"{path.relative_to(ROOT)}, {cell.id}", "", cell.source)


def said_in_plans() -> Iterator[Said]:
    """The names, and what else an indicator says, of the plans that come with the project."""
    for path in (ROOT / "data" / "plan.xlsx", DEMO / "plan.xlsx", PLAN):
        sheet = openpyxl.load_workbook(path)["Indicators"]
        texts = (cell for line in sheet.iter_rows(values_only=True) for cell in line if isinstance(cell, str))
        yield from (Said(f"{path.relative_to(ROOT)}, Indicators", "", text) for text in texts)


FILES = [*sorted(WORDS.glob("*.csv")), *(path for folder in FOLDERS for path in sorted(folder.glob("*.csv")))]
FILES.append(ROOT / "data" / "relations.csv")
SAID = [said for path in FILES for said in said_in(path)]
GLOSSARY = rows(ROOT / "docs" / "glossary.csv")


@pytest.mark.parametrize(("pattern", "why"), WRONG.items())
def test_no_word_that_is_known_to_be_wrong_is_said(pattern, why):
    texts = [*SAID, *said_in_notebooks(), *said_in_plans()]
    found = [f"{where}: “{hit[0]}” {why}" for where, _, khmer in texts if (hit := re.search(pattern, khmer))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("កុមារដែលត្រូវបានបោះបង់ចោល", True),
        ("ត្រី{number}", True),
        ("ត្រី1", True),
        ("ត្រីមាសទី{number}", False),
        ("មន្ត្រី និងត្រីកោណ", False),
        ("ត្រីមាសទី២ ឆ្នាំ 2010", True),
        ("ត្រីមាសទី2 ឆ្នាំ 2010", False),
        ("ត្រីមាស 1៖ {first}", True),
        ("ត្រីមាសចំនួន 1៖ {first}", False),
        ("{number} ច្បាប់មិនត្រឹមត្រូវ", True),
        ("ច្បាប់ចម្លងនៃ {first}", False),
        ("ចន្លោះ ៩៥% ពី {low} ដល់ {high}", True),
        ("អតិថិជន {count} នាក់ ក្នុងចំណោម {all} ត្រីមាស", False),
        ("អតិថិជន 15 នាក់", False),
        ("អតិថិជន {count}។", True),
        ("{count} ក្នុង{quarter}។", False),
        ("មិនដឹងសម្រាប់{quarter}ទេ។", True),
        ("ឯកសារ 2010-Q2.xlsx", False),
        ("តារាង {name} មានពីរដង", False),
    ],
)
def test_a_wrong_word_is_seen_and_a_right_one_left(text, is_wrong):
    assert any(re.search(pattern, text) for pattern in WRONG) == is_wrong


def test_a_target_and_a_destination_go_by_two_words():
    target, heading = say("target_column", "km"), codelist("headings").label("destination", "km")
    destination = say("dim_destination", "km")
    assert (target, destination) == ("ចំណុចដៅ", "ទីកន្លែងទៅ")
    assert heading.startswith(destination)
    assert target not in heading


def test_a_number_at_a_time_is_never_called_a_total():
    about_stocks = [said for said in SAID if re.search(r"\bstocks?\b", said.en)]
    assert {said.where.split(", ")[1] for said in about_stocks} >= {"remark_stock"}
    assert [said.where for said in about_stocks if "សរុប" in said.km] == []


def test_a_line_of_the_glossary_has_a_term_once_its_khmer_and_who_reviewed_it():
    assert list(GLOSSARY[0]) == ["term", "khmer", "where_from", "reviewed_by"]
    assert all(row["term"] and row["khmer"] for row in GLOSSARY)
    terms = [row["term"] for row in GLOSSARY]
    assert sorted(terms) == sorted({*terms})
    still_open = [row for row in GLOSSARY if row["where_from"].startswith("open:")]
    assert [row["term"] for row in still_open if row["reviewed_by"]] == [], "reviewed: no longer open"


def test_what_the_glossary_has_a_term_for_is_said_in_its_words():
    khmer = {row["term"]: row["khmer"] for row in GLOSSARY}
    said = [(where, SIGN.sub("", english), SIGN.sub("", text)) for where, english, text in SAID]
    other = [
        f"{where}: {text}, in docs/glossary.csv: {khmer[en]}" for where, en, text in said if khmer.get(en, text) != text
    ]
    assert not other, "\n".join(other)


def test_every_term_of_the_glossary_is_said_somewhere():
    said = "\n".join(said.km for said in SAID)
    assert [row["term"] for row in GLOSSARY if row["khmer"] not in said and row["term"] not in NOT_SAID] == []


OLD = {
    ("case_types", "កុមារដែលត្រូវបានបោះបង់ចោល"): "NC",
    ("case_types", "កុមារដែលត្រូវបានបោះបង់ចោល (NC)"): "NC",
    ("case_types", "ការជួញដូរមនុស្សដើម្បីពលកម្ម"): "TL",
    ("case_types", "TL - ការជួញដូរមនុស្សដើម្បីពលកម្ម"): "TL",
    ("case_types", "ការជួញដូរមនុស្សដើម្បីផ្លូវភេទ"): "ST",
    ("case_types", "អ្នករកស៊ីផ្លូវភេទ"): "SW",
    ("age_bands", "០-១០ ឆ្នាំ"): "0-10",
    ("age_bands", "១៨-២៥ ឆ្នាំ"): "18-25",
    ("grades", "ថ្នាក់ទី១"): "grade_1",
    ("grades", "ថ្នាក់ទី១២"): "grade_12",
    ("headings", "គោលដៅសមាហរណកម្ម"): "destination",
}


@pytest.mark.parametrize(("written", "code"), OLD.items())
def test_a_label_of_earlier_workbooks_is_still_read(written, code):
    name, text = written
    assert codelist(name).find(text) == code


@pytest.mark.parametrize(
    "note",
    [
        "៣ (អ្នករកស៊ីផ្លូវភេទ ១, កុមារដែលត្រូវបានបោះបង់ចោល ២)",
        "3 (ជនរងគ្រោះដោយអំពើធ្វើអាជីវកម្មផ្លូវភេទ 1, កុមាររងការមិនអើពើ 2)",
    ],
)
def test_a_note_may_say_a_case_type_in_the_old_words_and_in_the_new_ones(note):
    value = parse_value(note)
    assert (value.number, value.parts) == (3, (("case_type", "SW", 1), ("case_type", "NC", 2)))


def test_a_label_of_a_shelters_own_list_is_shown_in_one_style_of_digits_and_known_in_both(tmp_path):
    path = tmp_path / "grades.csv"
    path.write_text("code,label_en,label_km,aliases\nnine,Grade 9,ថ្នាក់ទី៩ (ថ្មី),Ninth\n", encoding="utf-8")
    member = read_codelist(path, is_open=False).member("nine")
    assert member.label("en+km") == "Grade 9 · ថ្នាក់ទី9 (ថ្មី)"
    assert member.spellings == ("Grade 9", "ថ្នាក់ទី9 (ថ្មី)", "Ninth", "ថ្នាក់ទី៩ (ថ្មី)", "nine")


def test_a_workbook_in_the_old_khmer_words_says_what_it_said(tmp_path):
    old = changed(
        tmp_path,
        {
            "Slide 6!B8": "កុមារដែលត្រូវបានបោះបង់ចោល",
            "Slide 6!B9": "ការជួញដូរមនុស្សដើម្បីពលកម្ម (TL)",
            "Slide 8!C4": "០-១០ ឆ្នាំ",
            "Slide 12!B6": "ថ្នាក់ទី១",
            "Slide 16!B9": "កុមារដែលត្រូវបានបោះបង់ចោល (NC)",
            "Slide 16!C5": "ត្រីមាសទី១",
            "Slide 18!B3": "គោលដៅសមាហរណកម្ម",
        },
    )
    read, before = read_workbook(old), read_workbook(WORKBOOK)
    assert read.findings == before.findings
    assert read.counts.equals(before.counts)


def test_a_sentence_may_name_a_row_by_its_old_label_and_its_new_one():
    grades = [text for member in codelist("grades").members.values() for text in member.spellings]
    for text in ("ពួកគេរៀនថ្នាក់ទី១ និងថ្នាក់ទី១២។", "ពួកគេរៀនថ្នាក់ទី1 និងថ្នាក់ទី12។"):
        assert next(enumerations(text, grades, [])).own == 2


def test_words_lists_relations_notebooks_and_plans_are_looked_through():
    places = {said.where.split(", ")[0] for said in [*SAID, *said_in_notebooks(), *said_in_plans()]}
    assert places >= {
        "ccpcr_lib/words/indicators.csv",
        "ccpcr_lib/words/months.csv",
        "data/codelists/case_types.csv",
        "tests/lists/case_types.csv",
        "data/relations.csv",
        "notebooks/5_checks.ipynb",
        "data/plan.xlsx",
    }
