"""Decks to look at: each made once, its titles, and the shapes that leave their slide or lie upon each other."""

import re
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from once import once
from readback import deck_slides
from workbooks import DEMO, WORKBOOK

from ccpcr_lib import load, release
from ccpcr_lib.publish.deck import build_deck

LANGUAGES = ("en", "km", "en+km")
SYNTHETIC = DEMO / "2011-Q4-SYNTHETIC.xlsx"
ORDER = """
Cambodian Center for the Protection of Children's Rights (CCPCR), Main Shelter in Svay Rieng
In the 2nd quarter of 2010, 64 clients were in care, 18 of them newly referred, and 24 † were reintegrated.
Project summary
Project objective
General situation
The shelter
Types of cases referred to the shelter
Clients referred by case type and sex †
Clients referred by case type and sex
Clients referred by age and sex †
Organizations that referred clients
Services for clients
Services through partners
Clients enrolled in school by grade
Case statistics
Other services for clients
Clients receiving life skills at the shelter
Clients in vocational skills training †
Family assessments †
Family assessments
Family visits
Clients reintegrated into the community †
Clients referred to partner organizations
Reintegrated clients who received follow-up support
Follow-up on vocational skills and formal education
Indicators against the plan, 2010 †
Indicators against the plan, 2010
Relationship and networking
Overall results †
Strengths
Weaknesses
Recommendations
Plan of action
Thank you for your attention
Figures to confirm
""".strip().split("\n")


@cache
def deck_in(language: str, path: Path = WORKBOOK) -> bytes:
    """Make a workbook's deck, once a run for each language."""

    def make(folder: Path) -> None:
        (folder / "deck.pptx").write_bytes(build_deck(release(load(path), language)))

    return (once(f"deck of {path.stem} in {language}", make) / "deck.pptx").read_bytes()


in_all = pytest.mark.parametrize("path", [WORKBOOK, SYNTHETIC], ids=["real", "synthetic"])


def titles(deck: bytes) -> list[str]:
    """List the titles of a deck, one that goes on over several slides once."""
    said = [slide.shapes.title.text_frame.text.split("\n")[0] for slide in deck_slides(deck)]
    return list(dict.fromkeys(re.sub(r" \(\d+/\d+\)$", "", title) for title in said))


def boxes(slide) -> list[tuple[str, tuple[int, int, int, int]]]:
    return [
        (shape.name, (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height))
        for shape in slide.shapes
    ]


def faults(presentation) -> list[str]:
    """Name the shapes that leave their slide or lie upon each other."""
    found, width, height = [], presentation.slide_width, presentation.slide_height
    for number, slide in enumerate(presentation.slides, 1):
        for name, (left, top, right, bottom) in boxes(slide):
            if left < 0 or top < 0 or right > width or bottom > height:
                found.append(f"slide {number}: {name} leaves the slide")
        for (one, a), (other, b) in combinations(boxes(slide), 2):
            if min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1]):
                found.append(f"slide {number}: {one} lies upon {other}")
    return found
