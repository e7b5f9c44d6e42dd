"""Lists that do not fit the declared tables end every command in one line that says what does not fit."""

import re
import shutil
from pathlib import Path

import pytest
from commands import ccpcr
from workbooks import ROOT

from ccpcr_lib.model.catalogue import catalogue_of, count
from ccpcr_lib.model.errors import DeclarationError
from ccpcr_lib.model.table import TableSpec

WORKBOOK = ROOT / "data" / "2010-Q2.xlsx"
MISFITS = {
    "enrolled derived": (
        "measures",
        r"^(enrolled,.*?),flow,",
        r"\1,derived,",
        "one of: flow, attendance, stock.",
    ),
    "in_care a flow": (
        "measures",
        r"^(in_care,.*?),derived,",
        r"\1,flow,",
        "in the column adds of line 14 one of: derived.",
    ),
    "referred a stock": (
        "measures",
        r"^(referred,.*?),flow,",
        r"\1,stock,",
        "referrals_by_type: it counts a stock",
    ),
    "referred an attendance": (
        "measures",
        r"^(referred,.*?),flow,",
        r"\1,attendance,",
        "referrals_by_type: no chart 'against_plan' can be drawn of it",
    ),
    "a stock that flows": (
        "measures",
        r"^(in_shelter,.*?),stock,",
        r"\1,flow,",
        "referrals_by_age: no chart",
    ),
    "no measures": ("measures", r"\n[\s\S]*", "\n", "a column counts 'referred', which is no measure of measures.csv"),
    "a skill less": ("skills", r"^photoshop,.*\n", "", "vocational_skills: ['photoshop'] not in the code list skills"),
    "no case types": ("case_types", r"\n[\s\S]*", "\n", "case_types.csv: the list has no lines, and it must have some"),
    "a sex less": ("sexes", r"^M,.*\n", "", "the code list sexes has no M, which notes such as 4/2 speak of"),
    "a unit less": ("units", r"^times,.*\n", "", "a column of followed_up_skills counts in 'times', which is no unit"),
    "a title less": ("tables", r"^education,.*\n", "", "education: it has no title in tables.csv"),
}


def changed(folder: Path, name: str, before: str, after: str) -> str:
    """Copy the project's lists, one of them changed; give the folder."""
    lists = shutil.copytree(ROOT / "data" / "codelists", folder / "lists")
    text = (lists / f"{name}.csv").read_text(encoding="utf-8-sig")
    assert re.search(before, text, re.MULTILINE)
    (lists / f"{name}.csv").write_text(re.sub(before, after, text, flags=re.MULTILINE), encoding="utf-8")
    return str(lists)


@pytest.mark.parametrize(("name", "before", "after", "why"), MISFITS.values(), ids=MISFITS)
def test_lists_that_do_not_fit_the_tables_end_a_check_in_one_line(tmp_path, name, before, after, why):
    done = ccpcr("check", WORKBOOK, CCPCR_LISTS=changed(tmp_path, name, before, after))
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert why in done.stderr.decode()


def test_they_end_every_other_command_too(tmp_path):
    lists = changed(tmp_path, *MISFITS["a skill less"][:3])
    said = (
        "the lists in the folder lists and the tables do not fit together: vocational_skills: ['photoshop'] not in the "
        "code list skills. Correct the list that was changed last.\n"
    )
    for command in (
        ("report", "2010-Q2", "--data", ROOT / "data", "--out", tmp_path / "reports"),
        ("tidy", WORKBOOK, "-o", tmp_path / "counts.csv"),
        ("explain", WORKBOOK, "Slide 7!H9", "typed by hand"),
        ("new", "2010-Q3", "-o", tmp_path / "new.xlsx"),
        ("demo", "-o", tmp_path / "demo"),
    ):
        done = ccpcr(*command, CCPCR_LISTS=lists)
        assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", said)
    assert ccpcr("--help", CCPCR_LISTS=lists).returncode == 0


def test_what_is_refused_has_one_name():
    with pytest.raises(DeclarationError, match="no column counts in_care"):
        count("in_care", "clients")
    with pytest.raises(DeclarationError, match="there is no slide 0"):
        TableSpec("education", 0, "grade", (count("enrolled", "clients"),))
    table = TableSpec("education", 12, "service", (count("served", "clients"),))
    with pytest.raises(DeclarationError, match="two tables are called 'education'"):
        catalogue_of(table, table)
    assert issubclass(DeclarationError, ValueError)
