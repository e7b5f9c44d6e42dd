"""Which figures of a quarter carry †, and which rest on a cell: those that change where the cell does.

What a figure rests on is not asked of the library: a quarter with one more thousand in a cell is shown beside the same
quarter without, and what differs rests on the cell.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser

import openpyxl
from histories import recounted
from matplotlib.text import Text
from pptx import Presentation

from ccpcr_lib import explore, release
from ccpcr_lib.analysis.history import History
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.publish.charts import chart
from ccpcr_lib.publish.charts.bullets import bullets
from ccpcr_lib.publish.charts.burn_up import burn_up
from ccpcr_lib.publish.charts.forms import plots_of
from ccpcr_lib.publish.charts.runs import run_chart
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.deck.charts import read_aloud
from ccpcr_lib.publish.deck.word_slides import sentence_lines
from ccpcr_lib.publish.handout import build_handout
from ccpcr_lib.publish.text.indicators import indicator_table
from ccpcr_lib.publish.text.progress import progress_sentence
from ccpcr_lib.publish.text.sentences import sentence
from ccpcr_lib.publish.text.table import table_html
from ccpcr_lib.quality.rules import make_finding

NUMBER = re.compile(r"(\d[\d,]*)(\s%)?(\s†)?")
NAMED = re.compile(r"Grade \d+|\d+-\d+ years")
IN_LETTERS = str.maketrans("0123456789", "abcdefghij")
MORE = 1000


def disputed(report: Report, *cells: str, rule: str = "note_sum") -> Report:
    """Put just these cells of a quarter in question, and no others."""
    fields = {"printed": "a note", "total": "few", "value": "many", "expected": "some"}
    fields |= {"part": "a part", "exact": "so many"}
    return Report(report.reading, (make_finding(rule, cells, **fields),), report.others)


def with_more(report: Report, cell: str) -> Report:
    """Count a thousand more in a base cell; what the sheets print stays."""
    return recounted(report, lambda count: count.value + MORE if count.source == cell else count.value)


# --- artefacts as texts, each figure with its mark if it has one ---


class _Cells(HTMLParser):
    """Every cell of an HTML table, and what stands around it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = [""]
        self.feed(html)

    def handle_starttag(self, tag: str, _: object) -> None:
        """Begin a new text with a cell, and with the percent in it."""
        if tag in ("td", "th", "small", "figcaption", "caption"):
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        """Take the text in."""
        self.texts[-1] += data


def of_table(report: Report, name: str) -> list[str]:
    """Give every cell of a table as the page shows it."""
    html = table_html(release(report), name)
    return _Cells(html.partition("<figcaption>")[0].partition("</caption>")[2]).texts


def of_sentences(report: Report, name: str) -> list[str]:
    """Give the sentences below a table, one a text."""
    return [f"{text}." for text in _parted(sentence(release(report), name))]


def _parted(text: str) -> list[str]:
    """Part a text into its sentences; a name with digits, such as an age, is no figure."""
    return NAMED.sub(lambda name: name[0].translate(IN_LETTERS), text).split(". ")


def of_narrative(report: Report) -> list[str]:
    """Give the sentences of the workbook with their figures."""
    shown = release(report)
    return [line for bullet in report.reading.narrative for line in sentence_lines(shown, bullet)]


def of_pictures(report: Report, name: str) -> list[str]:
    """Give the numbers in a table's pictures, not what stands around them."""
    shown = release(report)
    spec = shown.table(name).spec
    has_months = any(column.key.get("period") == "m1" for column in spec.columns)
    forms = (*spec.charts, "multiples") if has_months else spec.charts
    return [text for form in forms for text in _in_axes(chart(shown, name, form).figure)]


def _in_axes(figure) -> list[str]:
    return [text.get_text() for axis in figure.axes for text in axis.texts if isinstance(text, Text)]


def of_native_charts(report: Report, name: str) -> list[str]:
    """Give what native charts read aloud."""
    return [part for plot in plots_of(release(report), name) for part in read_aloud(plot).split("; ")]


def of_indicators(report: Report) -> list[str]:
    """Give the indicators as table and as sentences."""
    shown = release(report)
    cells = [text for row in indicator_table(shown).rows for text in row[1:-2]]
    progress = [progress_sentence(shown, achieved) for achieved in shown.achievements]
    return [*cells, *(f"{part}." for text in progress for part in text.split(". "))]


def of_indicator_pictures(report: Report, code: str) -> list[str]:
    """Give the numbers in the pictures of an indicator."""
    shown = release(report)
    drawn = (burn_up(shown, code), run_chart(shown, code), bullets(shown))
    return [text for picture in drawn for text in _in_axes(picture.figure)]


def of_explorer(report: Report, name: str) -> list[str]:
    """Give the cells of a table as the explorer breaks it down."""
    page = explore(History((report,)), name).page
    return _Cells(page.html.partition("<figcaption>")[0].partition("</caption>")[2]).texts


def of_handout(report: Report) -> Iterator[tuple[str, object, bool]]:
    """Give every number of the hand-out: its place, its value, whether its format shows the mark."""
    book = openpyxl.load_workbook(io.BytesIO(build_handout(release(report))))
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, int | float):
                yield f"{sheet.title}!{cell.coordinate}", cell.value, "†" in cell.number_format


YEAR_OF_TITLE = re.compile(r"(?<=\b2010) †(?=\. )")
"""The mark of a chart's title that ends with the year: that is no figure."""


def of_deck(report: Report) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    """Give each slide: its title, and the texts of its tables, its charts (as they are read aloud), and all others."""
    for slide in Presentation(io.BytesIO(build_deck(release(report)))).slides:
        texts: dict[str, list[str]] = {"tables": [], "charts": [], "others": []}
        for shape in slide.shapes:
            if shape.has_table:
                texts["tables"] += [line for row in shape.table.rows for cell in row.cells for line in _lines(cell)]
            elif shape.has_chart:
                read = shape._element.xpath(".//p:cNvPr/@descr")[0]
                texts["charts"] += YEAR_OF_TITLE.sub("", read).split("; ")
            elif shape.has_text_frame and shape.name not in ("Source",) and shape != slide.shapes.title:
                texts["others"] += [part for line in _lines(shape) for part in _parted(line)]
        yield slide.shapes.title.text_frame.text, texts


def by_title(slides: Iterable[tuple[str, Mapping[str, list[str]]]]) -> dict[tuple[str, str], list[str]]:
    """Join what slides of one title have of a kind: where a table is larger, its chart has a slide of its own."""
    joined: dict[tuple[str, str], list[str]] = {}
    for title, texts in slides:
        for kind, some in texts.items():
            place = NUMBER.sub("#", title).removesuffix(" †"), kind
            joined[place] = joined.get(place, []) + some
    return joined


def _lines(shape) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in shape.text_frame.paragraphs]


# --- what differs must be marked, and nothing else ---


def mistakes(shown: Iterable[str], with_more: Iterable[str]) -> tuple[list[str], int]:
    """List figures that differ without a mark, or are marked without a difference; count those that are right.

    A text whose words differ says something else, and is not compared. A percent or a median that is marked may stay
    the same.
    """
    wrong, right = [], 0
    for text, other in zip(shown, with_more, strict=False):
        if NUMBER.sub("#", text) != NUMBER.sub("#", other):
            continue
        for before, after in zip(NUMBER.finditer(text), NUMBER.finditer(other), strict=True):
            differs, is_marked = before[1] != after[1], bool(before[3])
            right += differs and is_marked
            is_derived = before[2] or text.startswith("Median")
            if differs != is_marked and not (is_derived and is_marked):
                wrong.append(f"{before[0]!r} in {text!r}, then {after[0]!r}")
    return wrong, right


def marked_texts(texts: Iterable[str]) -> list[str]:
    """List the figures with a mark."""
    return [match[0] for text in texts for match in NUMBER.finditer(text) if match[3]]
