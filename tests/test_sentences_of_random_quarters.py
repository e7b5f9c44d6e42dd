"""Whatever a quarter has, its sentences are in order: singular and plural, no figure twice, both languages alike."""

import random
import re
from dataclasses import replace

from extent import proof
from histories import report_of

from ccpcr_lib import Release
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.model.catalogue import CATALOGUE
from ccpcr_lib.publish.text.sentences import sentence

EMPTY = report_of("2010-Q2", **{declared.name: {} for declared in CATALOGUE})
WRONG = re.compile(r"\b1 (?:clients|times|girls|boys)\b|(?<![\d,])0 (?:clients|times)|  |[{}]|\.\.|\( |, \.")
SINGULAR = re.compile(r"\b(?!1 )[\d,]+ (?:client|time|girl|boy)\b")
NAMES = re.compile(r"2nd quarter of 2010|Grade \d+|ត្រីមាសទី2 ឆ្នាំ 2010|ថ្នាក់ទី\d+")


def quarter(seed: int) -> Report:
    """Make a quarter of any figures: few or many, of which some are blank, and some zero."""
    chance = random.Random(seed)
    blank, zero, most = (chance.choice(of) for of in ((0, 0.05, 0.3, 0.9), (0.2, 0.6, 0.95, 1), (1, 2, 9, 2000)))

    def value() -> int | None:
        if chance.random() < blank:
            return None
        return 0 if chance.random() < zero else chance.randint(0, most)

    base = tuple(replace(count, value=value()) for count in EMPTY.reading.base)
    return Report(replace(EMPTY.reading, base=base), ())


def figures(text: str) -> list[str]:
    return sorted(re.findall(r"\d[\d,]*", re.sub(r"(?<=\d),(?= )", " ", NAMES.sub("", text))))


@proof("seed", range(400), sample=12)
def test_every_sentence_of_a_quarter_is_in_order(seed):
    shown = Release(quarter(seed))
    said = {declared.name: sentence(shown, declared.name) for declared in CATALOGUE}
    for name, text in said.items():
        assert not WRONG.search(text), text
        assert not SINGULAR.search(text), text
        assert text == text[:1].upper() + text[1:]
        assert figures(text) == figures(sentence(replace(shown, language="km"), name))


@proof("seed", range(400), sample=12)
def test_no_figure_of_a_quarter_is_said_twice_in_the_same_words(seed):
    shown = Release(quarter(seed))
    parts = [part for declared in CATALOGUE for part in sentence(shown, declared.name).rstrip(".").split(". ")]
    told = [part for part in parts if part and "reported" not in part and not part.startswith("The quarter before")]
    assert sorted(told) == sorted(set(told))
