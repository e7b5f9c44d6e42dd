"""Names that a sentence lists among those of a table, and that no table has."""

import pytest
from narratives import with_sentences
from workbooks import WORKBOOK, with_rows

from ccpcr_lib import load
from ccpcr_lib.quality.enumerations import Enumeration, enumerations

SECTION = [["Section", "Order", "Text", "Text (Khmer)"]]


def told(folder, *rows) -> list[tuple[str, str]]:
    path = with_sentences(folder, [*SECTION, *rows])
    return [(item.where[0], item.printed) for item in load(path).problems if item.rule == "unlisted"]


def test_the_real_quarter_speaks_of_a_topic_that_no_table_has(quarter):
    (asked,) = [item for item in quarter.problems if item.rule == "unlisted"]
    assert (asked.severity, asked.table) == ("note", "life_skills")
    assert asked.message == (
        "Narrative!C40: the sentence lists “business management” among the rows of the table “Clients receiving life "
        "skills at the shelter”, but no table has such a row. Where is it counted? Add the row with its figures, or "
        "correct the sentence."
    )


UNKNOWN = [
    ("Life skills: reproductive health, morality, hygiene, budgeting, business management", "“business management”"),
    (
        "Clients received life skills such as child rights, business management and body hygiene.",
        "“business management”",
    ),
    ("Life skills include budgeting, child rights and First Aid.", "“First Aid”"),
    (
        "{life_skills.total} learned budgeting, first aid, anger management and child rights.",
        "“first aid”, “anger management”",
    ),
    ("They learned Vocational Skills (sewing, weaving, or pottery).", "“pottery”"),
    ("{vocational_skills.total} began: Sewing; later on, sewing, basket weaving and pottery", "“pottery”"),
    (
        "{vocational_skills.total} began a skill, e.g. sewing, hairdressing, motorbike repair & weaving",
        "“motorbike repair”",
    ),
    ("{skills_follow_up.clients} were followed up: sewing, weaving, cooking, hairdressing.", "“cooking”"),
    ("{referral_sources.total} came through RAO, own network, and Licadho.", "“Licadho”"),
    ("{partner_referrals.total} went on to COSECAM, Hagar or CWDA.", "“Hagar”"),
    ("{other_services.english} take part in English, computer class, yoga.", "“yoga”"),
    ("{education.total} entered Grade 1, Grade 2, Grade 3 and bridging class.", "“bridging class”"),
]


@pytest.mark.parametrize(("text", "names"), UNKNOWN)
def test_a_name_that_no_table_has_is_one_question_at_its_sentence(tmp_path, text, names):
    assert told(tmp_path, ["Results", 1, text]) == [("Narrative!C4", names)]


KNOWN = [
    "Life skills: reproductive health, morality, body hygiene, budgeting and HIV/AIDS.",
    "Life skills: reproductive health, hygiene, and budgeting.",  # a part of a name
    "Life skills: reproductive health, child right, budgetting.",  # one letter off
    "{life_skills.total} learned budgeting, child rights, sewing and weaving.",  # another table has them
    "{life_skills.total} clients learned, played, and went home.",
    "{life_skills.total} learned budgeting and business management.",  # one known name makes no list
    "{life_skills.total} learned first aid, yoga, swimming, budgeting and child rights.",  # fewer than half
    "Clients learned budgeting, child rights, and were happy to come again.",
    "Clients learned budgeting, child rights, and enjoyed games.",
    "Clients learned budgeting, child rights, and 12 of them yoga.",
    "Life skills: child rights, budgeting, and {vocational_skills.sewing} girls.",
    "First, child rights and budgeting were taught: life skills.",
    "Clients of DV, SA and NC attended life skills.",
    "Formal education: {education.total}; English, computers, non-formal education, sports for all.",
    "Life skills are in budgeting, child rights, as well as body hygiene.",
]


@pytest.mark.parametrize("text", KNOWN)
def test_a_sentence_that_lists_what_is_known_or_nothing_raises_no_question(tmp_path, text):
    assert told(tmp_path, ["Results", 1, text]) == []


LISTED = "Taught were reproductive health, budgeting, business management."


@pytest.mark.parametrize(
    ("rows", "is_asked"),
    [
        ([["Results", 1, LISTED]], False),
        ([["Results", 1, LISTED], ["Results", 2, "{life_skills.total} came."]], True),
        ([["Results", 1, LISTED], ["Results", 2, "", "{life_skills.total}"]], True),
        ([["Results", 1, LISTED], ["Strengths", 1, "{life_skills.total} came."]], False),
        ([["Results", 1, LISTED], ["Results", 2, "{vocational_skills.total} came."]], False),
        ([["Results", 1, LISTED.replace("Taught", "Life skills taught")]], True),
    ],
)
def test_only_a_sentence_that_is_tied_to_a_table_is_held_against_it(tmp_path, rows, is_asked):
    assert bool(told(tmp_path, *rows)) == is_asked


def test_a_khmer_sentence_is_read_by_its_own_commas(tmp_path):
    text = "បំណិនជីវិត៖ សុខភាពបន្តពូជ, សិទ្ធិកុមារ, ការគ្រប់គ្រងអាជីវកម្ម និងអនាម័យរាងកាយ។"
    row = ["Results", 1, "{life_skills.total} came.", text]
    assert told(tmp_path, row) == [("Narrative!D4", "“ការគ្រប់គ្រងអាជីវកម្ម”")]
    known = text.replace("ការគ្រប់គ្រងអាជីវកម្ម", "ការគ្រប់គ្រងថវិកា")
    assert told(tmp_path, ["Results", 1, "{life_skills.total} came.", known]) == []


def test_a_row_that_the_workbook_adds_is_known(tmp_path):
    path = with_rows(tmp_path, "Slide 14", 13, [[8, "Business management", 5, 0, 5, 10, 0, 3, 0, 0, 1, 0, 1]])
    assert [item for item in load(path).problems if item.rule == "unlisted"] == []
    assert [item.printed for item in load(WORKBOOK).problems if item.rule == "unlisted"] == ["“business management”"]


OWN = ["Sewing", "Weaving", "Cooking and baking", "Others (Photoshop)"]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("sewing, weaving, pottery", (3, 2, ("pottery",))),
        ("sewing, weaving and pottery", (3, 2, ("pottery",))),
        ("cooking and baking, weaving, pottery", (3, 2, ("pottery",))),
        ("They like sewing, weaving, pottery", (3, 2, ("pottery",))),
        ("We teach pottery, sewing, weaving", (3, 2, ())),
        ("sewing, and weaving, or pottery", (3, 2, ("pottery",))),
        ("for example pottery, sewing, weaving", (3, 2, ("pottery",))),
        ("SEWINGS, weaving,pottery", (3, 2, ("pottery",))),
        ("sewing, weaving, others (photoshop)", (3, 3, ())),
        ("sewing, baking, weaving", (3, 3, ())),
        ("sewing, weaving, {pottery.total}", (3, 2, ())),
        ("nothing of it; sewing and weaving", (0, 0, ())),
    ],
)
def test_a_sentence_is_split_into_the_names_it_lists(text, listed):
    assert next(enumerations(text, OWN, [])) == Enumeration(*listed)


@pytest.mark.parametrize("text", ["", "sewing", "nothing of it", "Sewing: {vocational_skills.sewing}."])
def test_a_sentence_without_a_comma_lists_nothing(text):
    assert list(enumerations(text, OWN, [])) == []
