"""The sentences of the workbook, the cover, photographs and the figures to confirm → slides of text and pictures."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ...excel.narrative import Bullet
from ...model.codelist import codelist
from ...model.figures import figures_in, fill_figures
from ...model.wording import quarter_label, span_label
from ...words import in_language, in_languages, languages_of, say
from .. import theme
from ..release import DAGGER, Release, marked
from ..text.table import total_text
from .draw import add_picture, add_slide, add_text, finish, place, titled, write_into
from .photos import Photo
from .stage import GAP, Box, Stage
from .table_slides import fingerprint
from .text import Style, fit, height

if TYPE_CHECKING:
    from pptx.shapes.autoshape import Shape

COVER = tuple(Style(size, bold=True, colour=theme.DARK, align="center") for size in range(theme.COVER_POINTS, 17, -2))
UNDER = tuple(Style(size, align="center") for size in theme.BODY_POINTS[1:])
BULLETS = tuple(Style(size, bullets=True) for size in theme.BODY_POINTS)
COVER_TITLE = 0.4
"""The part of a small cover that its title takes."""
SMALL = Style(theme.SLIDE_POINTS, colour=theme.MUTED)


def add_cover(stage: Stage, release: Release) -> None:
    """Add the first slide: who reports, on which project, for which quarter."""
    lines = [line for bullet in release.bullets("title") for line in sentence_lines(release, bullet)]
    title = lines[:1] or release.say_each(release.title_name)
    names = (partial(name, release.period) for name in (quarter_label, span_label))
    dates = (line for name in names for line in in_languages(release.language, name))
    _add_front(stage, title, [*lines[1:], *dates], fingerprint(release))


def _add_front(stage: Stage, title: list[str], under: list[str], notes: str) -> None:
    """Add a slide in the cover's layout, with a title and what stands under it, if anything."""
    slide = stage.presentation.slides.add_slide(stage.cover)
    boxes = {shape.placeholder_format.type.name: shape for shape in slide.placeholders}
    heading = boxes.pop("CENTER_TITLE", None) or boxes.pop("TITLE", None)
    below = boxes.pop("SUBTITLE", None) if under else None
    for shape in boxes.values():
        shape._element.getparent().remove(shape._element)
    if heading is not None and below is not None and _is_cramped(stage, heading, below, under):
        upper, lower = _halves(stage)
        place(heading, upper)
        place(below, lower)
    write_into(slide, heading, stage.title, (title, COVER))
    if under:
        write_into(slide, below, stage.body, (under, UNDER), grows=True)
    finish(stage, slide, [notes])


def _is_cramped(stage: Stage, heading: "Shape", below: "Shape", under: Sequence[str]) -> bool:
    """Return whether what stands under the title of a cover would reach into the title, the banner or the footer."""
    needed = height(under, UNDER[-1], below.width.pt)
    top = min(below.top.pt, stage.body.bottom - max(needed, below.height.pt))
    return top < heading.top.pt + heading.height.pt


def _halves(stage: Stage) -> tuple[Box, Box]:
    """Give a box for the title of a cover, and one for what stands under it."""
    title, bottom = stage.title, stage.body.bottom
    middle = title.top + (bottom - title.top) * COVER_TITLE
    upper = Box(title.left, title.top, title.width, middle - title.top)
    return upper, Box(title.left, middle + GAP, title.width, bottom - middle - GAP)


class _Typed(NamedTuple):
    """A sentence as it was typed: its text, the cell that stands in, and its language."""

    text: str
    cell: str
    language: str


def sentence_lines(release: Release, bullet: Bullet) -> list[str]:
    """Give a sentence in the release's language, its figures filled in; once where both languages say the same."""

    return list(dict.fromkeys(_filled(release, text) for text in _texts(release, bullet)))


def _filled(release: Release, typed: _Typed) -> str:
    """Fill the figures into a sentence; where it says "at least" itself, that is not said again."""
    text = fill_figures(typed.text, lambda name: _figure(release, name, typed.language))
    at_least = say("number_at_least", typed.language, least="")
    text = said_once(text, at_least.strip())
    return text[:1].upper() + text[1:] if text.startswith(at_least) else text


def said_once(text: str, phrase: str) -> str:
    """Take the second of two phrases away where one follows the other, whatever the case of their letters.

    >>> said_once("At least at least 25 came.", "at least")
    'At least 25 came.'
    """
    words = re.escape(phrase)
    return re.sub(rf"({words})\s*{words}", r"\1", text, flags=re.IGNORECASE)


def _texts(release: Release, bullet: Bullet) -> list[_Typed]:
    """Give a sentence as it was typed, in each of the release's languages; in English where there is no Khmer."""
    english = _Typed(bullet.text, bullet.source, "en")
    khmer = _Typed(bullet.text_km, bullet.source_km, "km") if bullet.text_km else english
    return [{"en": english, "km": khmer}[language] for language in languages_of(release.language)]


def add_section(stage: Stage, release: Release, section: str) -> None:
    """Add the slides of one section of the narrative; none where the workbook has no sentence for it."""
    bullets = release.bullets(section)
    paragraphs = [line for bullet in bullets for line in sentence_lines(release, bullet)]
    heading = codelist("sections").label(section, release.language, between="\n")
    foot = release.say_each("deck_dispute") if any(DAGGER in text for text in paragraphs) else ()
    add_bullets(stage, heading, paragraphs, _text_notes(release, bullets), foot=foot)


def _text_notes(release: Release, bullets: Sequence[Bullet]) -> list[str]:
    """Name the cells that the sentences shown stand in, and what each figure in them is."""
    texts = [text for bullet in bullets for text in _texts(release, bullet)]
    cells = ", ".join(dict.fromkeys(text.cell for text in texts))
    names = dict.fromkeys(name for text in texts for name in figures_in(text.text))
    figures = [f"{{{name}}} = {in_language(release.language, partial(_figure, release, name))}" for name in names]
    return [release.say("deck_text_cells", cells=cells), *figures, fingerprint(release)]


def _figure(release: Release, name: str, language: str) -> str:
    """Write a figure that a sentence asks for, marked where it is in dispute."""
    return marked(total_text(release.figure(name), language), release.figure_disputes(name))


def add_bullets(
    stage: Stage, heading: str, paragraphs: Sequence[str], notes: Sequence[str], *, foot: Sequence[str] = ()
) -> None:
    """Add slides with paragraphs as bullets, as many as they need; none for no paragraph."""
    stage = titled(stage, heading)
    body = stage.body
    below = height(foot, SMALL, body.width) + GAP if foot else 0
    room = Box(body.left, body.top + GAP, body.width, body.height - GAP - below)
    style = fit(paragraphs, BULLETS, (room.width, room.height))
    pages = list(_pages(paragraphs, style, room))
    for number, page in enumerate(pages, 1):
        is_disputed = any(DAGGER in text for text in page)
        slide = add_slide(stage, marked(heading, is_disputed), notes, page=(number, len(pages)))
        add_text(slide, room, page, style).name = "Sentences"
        if foot:
            add_text(slide, Box(body.left, room.bottom + GAP, body.width, below - GAP), foot, SMALL).name = "Remark"


def _pages(paragraphs: Iterable[str], style: Style, room: Box) -> Iterator[list[str]]:
    """Share paragraphs out over as many slides as they need, each as full as its room allows."""
    page: list[str] = []
    for text in paragraphs:
        if page and height([*page, text], style, room.width) > room.height:
            yield page
            page = []
        page.append(text)
    if page:
        yield page


def add_photo(stage: Stage, release: Release, photo: Photo) -> None:
    """Add a photograph on a slide of its own, its caption as the title."""
    words = release.say("deck_photograph", caption=photo.caption)
    slide = add_slide(stage, photo.caption, [words])
    body = stage.body
    add_picture(slide, Box(body.left, body.top, body.width, body.height - GAP), photo.jpeg, words)


def add_confirm(stage: Stage, release: Release) -> None:
    """Add the working slide with every finding above a note."""
    statements = [finding.statement for finding in release.problems if finding.severity != "note"]
    paragraphs = statements or release.say_each("no_findings")
    foot = release.say_each("deck_working") if statements else ()
    add_bullets(stage, release.say("deck_confirm", between="\n"), paragraphs, [fingerprint(release)], foot=foot)


def add_thanks(stage: Stage, release: Release) -> None:
    """Add the last slide for the audience."""
    _add_front(stage, release.say_each("deck_thanks"), [], fingerprint(release))
