"""Every sentence a person can read is one line of a word file: complete, unique, the same fields in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from workbooks import ROOT

from ccpcr_lib.words import LISTS, Words, say, sentences, word_file

PACKAGE = ROOT / "ccpcr_lib"
MODULES = sorted(PACKAGE.rglob("*.py"))
FILES = sorted(path.stem for path in (PACKAGE / "words").glob("*.csv"))
A_SENTENCE = re.compile(r"[^\W\d_] [^\W\d_]")
MARKUP = re.compile(r"<[^<>]*(?:>|$)")
FOR_PROGRAMMERS = {"DeclarationError", "ValueError", "KeyError", "TypeError", "AttributeError", "RuntimeError"}
NAMES_OF_OTHERS = {
    "offset points",  # how matplotlib measures
    "lower left",  # where matplotlib puts a legend
    "DejaVu Sans",  # fonts
    "Noto Sans Khmer",
    "Segoe UI",
    "Khmer UI",
    "Leelawadee UI",
    "row wrap",  # how a browser lays out a box
    "dt-left dt-nowrap",  # how DataTables styles a table
    "display compact",
    "Google Chrome.app/Contents/MacOS/Google Chrome",  # where macOS keeps browsers
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "by quarter",  # how a target is due: a code, as it is typed into plan.xlsx
    "per quarter",  # what has no year: likewise
}
"""What other programs call things, and codes: no message to a person."""


def is_exempt(node: ast.AST) -> bool:
    """Whether strings inside a piece of code are no messages: help of a command, a pattern, a programmer's error."""
    if isinstance(node, ast.keyword):
        return node.arg == "help"
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        return getattr(node.exc.func, "id", "") in FOR_PROGRAMMERS
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_call and getattr(node.func.value, "id", "") == "re"


def strings(node: ast.AST) -> Iterator[tuple[int, str]]:
    """The strings of a piece of code but its docstrings, fields left out: (line, text)."""
    if is_exempt(node) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        return
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
        yield node.lineno, "".join(map(str, parts))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    inner = [part for part in ast.iter_child_nodes(node) if not isinstance(node, ast.JoinedStr)]
    inner += [part.value for part in getattr(node, "values", ()) if isinstance(part, ast.FormattedValue)]
    for part in inner:
        yield from strings(part)


def messages(source: str) -> list[str]:
    """The strings of a module that read like a message: a space between two letters, markup put aside."""
    found = ((line, MARKUP.sub("", text)) for line, text in strings(ast.parse(source)))
    return [f"{line}: {text}" for line, text in found if A_SENTENCE.search(text) and text not in NAMES_OF_OTHERS]


def fields(text: str) -> set[str]:
    """The named fields of a sentence."""
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_message_stands_in_the_code(path):
    assert messages(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('say("The file is empty.")', ["1: The file is empty."]),
        ('raise CannotReadError(f"{name}: no sheet")', ["1: {}: no sheet"]),
        ('html = f"<p class=\\"big red\\">{text} is new</p>"', ["1: {} is new"]),
        ("f\"{fill('not there')}\"", ["1: not there"]),
        ('"""What it does."""\nx = 1\n"""What it is."""', []),
        ('click.option("--out", help="File to write.")', []),
        ('re.compile("sub total")', []),
        ('raise ValueError(f"{name!r} is no table")', []),
        ('html = f"<td class=\\"big red\\">{number}</td>"', []),
        ("offset = 'offset points'", []),
    ],
)
def test_a_message_in_code_is_seen(source, expected):
    assert messages(source) == expected


@pytest.mark.parametrize("file", FILES)
def test_a_sentence_has_the_same_named_fields_in_both_languages(file):
    lines = word_file(file)
    named = {name: (fields(words.en), fields(words.km)) for name, words in lines.items() if words.km}
    assert [name for name, (english, khmer) in named.items() if english != khmer] == []
    assert all(field.isidentifier() for words in lines.values() for field in fields(words.en))
    assert all(words.en for words in lines.values())


def test_every_list_of_words_is_one_of_the_files():
    assert set(FILES) > LISTS


def test_where_the_khmer_is_not_written_the_english_stands_once():
    assert Words("English", "").label("km") == "English"
    without = next(name for name, words in sentences().items() if not words.km and not fields(words.en))
    assert say(without, "en+km") == say(without, "km") == say(without)


def test_a_field_may_depend_on_the_language():
    assert say("pair", "en+km", between=" / ", first=str.upper, second="B") == "EN and B / KM និង B"


def test_a_word_file_is_plain_utf_8_with_three_columns():
    for file in FILES:
        text = Path(PACKAGE, "words", f"{file}.csv").read_bytes().decode("utf-8")
        assert text.startswith("name,en,km\n")
        assert "\r" not in text
