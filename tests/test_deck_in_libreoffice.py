"""The slide deck as LibreOffice shows it: every slide whole, and the label of every row of every chart."""

import re
import subprocess
from pathlib import Path

import pytest
from decks import SYNTHETIC, deck_in
from extent import only_whole, part, proof
from programs import needs, soffice
from readback import deck_slides
from workbooks import WORKBOOK, changed

from ccpcr_lib import load, release
from ccpcr_lib.publish.deck import build_deck

pytestmark = pytest.mark.slow
DECKS = (("en", WORKBOOK), ("en+km", WORKBOOK), ("en+km", SYNTHETIC), ("en", SYNTHETIC))
PRINTED = 1
"""How many of these a sample has."""


def words_of(text: str) -> str:
    return "".join(re.findall(r"[A-Za-z0-9]", text))


def in_tables(slide, label: str) -> int:
    """Count the cells of a slide's tables that have a label too."""
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    texts = [cell.text_frame.text for table in tables for row in table.rows for cell in row.cells]
    return sum(words_of(text).count(words_of(label.split(" · ")[0])) for text in texts)


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[tuple[str, Path], Path]:
    """The decks as LibreOffice prints them, by language and workbook."""
    folder = tmp_path_factory.mktemp("decks")
    decks = part(DECKS, PRINTED)
    files = [folder / f"{language} {path.stem}.pptx" for language, path in decks]
    for deck, file in zip(decks, files, strict=True):
        file.write_bytes(deck_in(*deck))
    return dict(zip(decks, soffice(files, folder, "pdf"), strict=True))


def words_in(pdf: Path, how: str) -> str:
    """Read the words of a PDF, as text (``-raw``) or with their boxes (``-bbox``)."""
    command = [needs("pdftotext"), how, str(pdf), "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


@proof("language, path", DECKS, sample=PRINTED, ids=lambda value: getattr(value, "stem", value))
def test_libreoffice_shows_the_label_of_every_row_of_every_chart(printed, language, path):
    """Of a label in two languages the English half is looked for: Khmer does not come out of a PDF as it went in."""
    pages = words_in(printed[language, path], "-raw").split("\f")
    slides = deck_slides(deck_in(language, path))
    charts = [
        (number, shape)
        for number, slide in enumerate(slides)
        for shape in slide.shapes
        if shape.has_chart and not shape.name.startswith("plan")
    ]
    missing = [
        (number + 1, label)
        for number, shape in charts
        for label in shape.chart.plots[0].categories
        if words_of(pages[number]).count(words_of(label.split(" · ")[0])) <= in_tables(slides[number], label)
    ]
    assert len(charts) >= 15
    assert missing == []


@proof("language, path", DECKS, sample=PRINTED, ids=lambda value: getattr(value, "stem", value))
def test_libreoffice_shows_every_slide_and_nothing_below_it(printed, language, path):
    pages = words_in(printed[language, path], "-bbox").split("<page ")[1:]
    assert len(pages) == len(deck_slides(deck_in(language, path)))
    for number, page in enumerate(pages, 1):
        high = float(re.search(r'height="([\d.]+)"', page)[1])
        words = [(float(bottom), text) for bottom, text in re.findall(r'yMax="([\d.]+)">(.*?)</word>', page)]
        assert words, f"slide {number} is empty"
        assert [text for bottom, text in words if bottom > high] == [], f"slide {number}"


@only_whole
def test_libreoffice_draws_a_table_with_empty_cells_no_higher_than_it_was_laid_out(tmp_path):
    """With a grade not reported every percent of the table is empty."""
    deck = build_deck(release(load(changed(tmp_path, {"Slide 12!C6": None}))))
    number, shape = next(
        (number, shape)
        for number, slide in enumerate(deck_slides(deck))
        for shape in slide.shapes
        if shape.has_table and shape.name == "education"
    )
    assert {row.cells[5].text_frame.text for row in list(shape.table.rows)[2:]} == {""}
    (tmp_path / "deck.pptx").write_bytes(deck)
    (pdf,) = soffice([tmp_path / "deck.pptx"], tmp_path, "pdf")
    page = words_in(pdf, "-bbox").split("<page ")[1:][number]
    bottom = max(float(end) for end in re.findall(r'yMax="([\d.]+)">Total</word>', page))
    assert shape.top.pt + shape.height.pt - 21.8 < bottom <= shape.top.pt + shape.height.pt
