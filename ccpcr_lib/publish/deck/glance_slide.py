"""A quarter at a glance → the slide behind the cover: its message, the plan, six figures on tiles, what changed.

Where it is too much for one slide, as in two languages, the tiles come first and the words go on to the next one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, product
from typing import TYPE_CHECKING, NamedTuple

from ...model.wording import quarter_label
from ...words import in_languages, languages_of, say
from .. import theme
from ..release import DAGGER, Release, marked
from ..text.glance import glance_table
from ..text.indicators import history_line
from ..text.open_figures import open_lines
from ..text.summary import changes_told, people, standing, summary
from ..text.tiles import Tile, tiles
from .bands import FIGURES, TIGHT, Band, text_band, tile_bands
from .draw import LONGEST_NUMBER, TITLE_GAP, TITLE_STYLES, add_slide, add_text, numbered, titled
from .stage import GAP, Box, Stage
from .table_slides import fingerprint
from .text import Style, count_lines, height

if TYPE_CHECKING:
    from pptx.slide import Slide

LEADS = tuple(Style(size) for size in theme.LEAD_POINTS)
HEADING = Style(theme.CELL_POINTS, bold=True, colour=theme.DARK)
FOOT = Style(theme.SMALL_POINTS, colour=theme.MUTED)
TITLE_LINES, TITLE_HIGHEST = 2, 120.0
"""How many lines a title may have in each language, and how high it may be in all where the master leaves it open."""
ROWS_OF, DETAILS = (6, 3, 2), (3, 2, 1)
"""How many tiles stand in a row, and how many lines of details they have: the first that fits."""
ONE_SLIDE = 4
"""So many of the sizes of the sentences are tried before they go on to a slide of their own."""
AT_LEAST = "≥"


@dataclass(frozen=True)
class Content:
    """What is to be shown: the sentences below the title, the tiles, what changed, and what stands at the foot."""

    lead: Sequence[str]
    tiles: Sequence[Tile]
    changes: Sequence[str]
    heading: Sequence[str]
    foot: Sequence[str]


class Laid(NamedTuple):
    """What is laid out for a slide: its bands, and the lines at its foot."""

    bands: Sequence[Band]
    foot: Sequence[str]

    @property
    def is_disputed(self) -> bool:
        """Whether a figure on it is in dispute."""
        return any(DAGGER in text for band in self.bands for text in band.texts)

    def fits(self, room: Box) -> bool:
        """Whether its bands fit a room, with gaps between them and the foot below."""
        high = sum(band.height + GAP for band in self.bands) - GAP
        return high + _foot_high(self.foot, room) <= room.height

    def draw(self, slide: "Slide", room: Box) -> None:
        """Draw the bands from the top, the foot at the bottom."""
        top = room.top
        for band in self.bands:
            band.draw(slide, Box(room.left, top, room.width, band.height))
            top += band.height + GAP
        if self.foot:
            high = _foot_high(self.foot, room) - GAP
            add_text(slide, Box(room.left, room.bottom - high, room.width, high), self.foot, FOOT).name = "Source"


def add_glance(stage: Stage, release: Release, corrected: Sequence[str] = ()) -> None:
    """Add the quarter at a glance; nothing where the lists name nothing that is shown of a quarter."""
    if not release.glance.rows:
        return
    title, stage, lead = _headed(stage, release)
    shown = tiles(release)
    changes = [line for change in changes_told(release) for line in change.split("\n")]
    foot = _foot(release, shown, [*people(release), *lead, *changes], corrected)
    content = Content(lead, shown, changes, release.say_each("glance_changes"), foot)
    slides, notes = _laid_out(content, stage.body), _notes(release, shown)
    for number, laid in enumerate(slides, 1):
        heading = marked(title, laid.is_disputed and DAGGER not in title)
        laid.draw(add_slide(stage, heading, notes, page=(number, len(slides))), stage.body)


def _headed(stage: Stage, release: Release) -> tuple[str, Stage, list[str]]:
    """Give the title, the stage with room for it, and what stands below: the message as far as it is short enough.

    Where it is not, the title names the quarter, and the whole message stands below it.
    """
    message = people(release)
    room = stage.title.height - TITLE_GAP if stage.has_donors_title else TITLE_HIGHEST
    lines = [numbered(text, *LONGEST_NUMBER) for text in message]
    for style in TITLE_STYLES:
        high = height(lines, style, stage.title.width)
        if high <= room and all(count_lines(text, style, stage.title.width) <= TITLE_LINES for text in lines):
            return "\n".join(message), _with_title(stage, high + TITLE_GAP), standing(release)
    name = partial(quarter_label, release.period)
    short = "\n".join(
        in_languages(release.language, lambda language: say("glance_short_title", language, quarter=name))
    )
    return short, titled(stage, short), summary(release).split("\n")


def _with_title(stage: Stage, high: float) -> Stage:
    """Make our own title so high; a donor's keeps its place."""
    if stage.has_donors_title:
        return stage
    title, bottom = replace(stage.title, height=high), stage.body.bottom
    top = title.bottom + GAP
    return replace(stage, title=title, body=replace(stage.body, top=top, height=bottom - top))


def _laid_out(content: Content, room: Box) -> list[Laid]:
    """Choose of the layouts that fit the one with the fewest slides; the last of all where none fits.

    Where there is room for the foot on the first slide at least, it is not left out.
    """
    layouts = [
        [Laid(bands, foot if place == 0 or is_everywhere else ()) for place, bands in enumerate(slides)]
        for foot, is_everywhere in ((content.foot, True), (content.foot, False), ((), False))
        for slides in _layouts(content, room)
    ]
    fitting = [slides for slides in layouts if all(laid.fits(room) for laid in slides)]
    return min(fitting, key=lambda slides: (not slides[0].foot, len(slides)), default=layouts[-1])


def _layouts(content: Content, room: Box) -> Iterator[list[list[Band]]]:
    """List the layouts that are worth trying: all on a slide, the tiles and the words apart, each row on its own."""
    for details, figures, style, columns in product(DETAILS[:2], (FIGURES, TIGHT), LEADS[:ONE_SLIDE], ROWS_OF[:2]):
        lead, changes = _words(content, style, room)
        if rows := tile_bands(content.tiles, columns, (details, figures), room.width):
            yield [[*lead, *rows, *changes]]
    for details, columns, style in product(DETAILS, ROWS_OF, LEADS):
        lead, changes = _words(content, style, room)
        if rows := tile_bands(content.tiles, columns, (details, FIGURES), room.width):
            yield [rows, [*lead, *changes]]
            yield [*([row] for row in rows), [*lead, *changes]]
            yield [*([row] for row in rows), lead, changes]


def _words(content: Content, style: Style, room: Box) -> tuple[list[Band], list[Band]]:
    """Lay the sentences out, and what changed under its heading."""
    heading = text_band("Heading", content.heading, HEADING, room.width)
    changes = text_band("Changes", content.changes, replace(style, bullets=True), room.width)
    return [text_band("Sentence", content.lead, style, room.width)], [heading, changes]


def _foot_high(foot: Sequence[str], room: Box) -> float:
    return height(foot, FOOT, room.width) + GAP if foot else 0


def _foot(release: Release, shown: Sequence[Tile], texts: Sequence[str], corrected: Sequence[str]) -> list[str]:
    """Say where the figures come from, how many are open, and what the marks mean that are there: a line a language."""
    there = " ".join([*texts, *(text for tile in shown for text in (tile.figure, *sum(tile.details, ())))])
    said = [history_line(release, between="\n").split("\n"), open_lines(release, corrected)]
    said += [release.say_each("deck_dispute")] if DAGGER in there else []
    said += [release.say_each("glance_note_least")] if AT_LEAST in there else []
    places = range(len(languages_of(release.language)))
    return [" ".join(_stopped(lines[min(place, len(lines) - 1)]) for lines in said) for place in places]


def _stopped(text: str) -> str:
    """Close a text as a sentence, if it is open."""
    return text if text.endswith((".", "។")) else f"{text}."


def _notes(release: Release, shown: Sequence[Tile]) -> list[str]:
    """Give two sentences to say aloud, then where the figures come from, what must be known of them, the workbook."""
    spoken = [line for pair in zip(people(release), standing(release), strict=False) for line in pair]
    return [*spoken, *(_cells(release, tile) for tile in shown if tile.cells), *_remarks(release), fingerprint(release)]


def _remarks(release: Release) -> list[str]:
    return [line for note in glance_table(release).notes for line in note.split("\n")]


def _cells(release: Release, tile: Tile) -> str:
    """Name the cells that a figure comes from, the first and the last of each sheet."""
    named = "glance_cells_one" if len(tile.cells) == 1 else "glance_cells"
    name, cells = partial(_name, tile, release), partial(_spans, tile.cells)
    return release.say(named, name=name, count=len(tile.cells), cells=cells)


def _spans(cells: Sequence[str], language: str) -> str:
    sheets = (list(there) for _, there in groupby(cells, key=lambda cell: cell.rpartition("!")[0]))
    return ", ".join(_span(there, language) for there in sheets)


def _span(cells: Sequence[str], language: str) -> str:
    return cells[0] if len(cells) == 1 else say("glance_span", language, first=cells[0], last=cells[-1])


def _name(tile: Tile, release: Release, language: str) -> str:
    languages = languages_of(release.language)
    return tile.name[min(languages.index(language), len(tile.name) - 1)]
