"""A page of a report, its lists → what it shows: the cells of its tables, its texts, its pictures.

What is hidden on a page counts as shown: somebody can make it be seen.
"""

import csv
import io
import re
from typing import TYPE_CHECKING

from ...words import say
from ..release import DAGGER
from .compare import changed_lines, decoded
from .markup import cells_of, free_name, lines_of
from .shown import Difference, Shown, difference

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PICTURE = re.compile(r"data:image/(?:png|jpeg|gif);base64,([A-Za-z0-9+/=\s]+)")


def page_shown(content: bytes) -> Shown:
    """Take a page apart."""
    from lxml.html import document_fromstring

    html = content.decode("utf-8")
    figures: dict[str, str] = {}
    tree = document_fromstring(PICTURE.sub("", html))
    for table in tree.iter("table"):
        for name, value in table_figures(table).items():
            figures[free_name(figures, name)] = value
    return Shown(figures, list(lines_of(tree)), pictures_in(html), PICTURE.sub("", html))


def table_figures(table: "HtmlElement") -> dict[str, str]:
    """Name the figures of a table, with its title."""
    from lxml.html import tostring

    caption = table.find(".//caption/strong")
    title = "" if caption is None else " ".join(caption.text_content().replace(DAGGER, "").split())
    cells = cells_of(tostring(table, encoding="unicode", with_tail=False))
    return {": ".join(filter(None, (title, name))): value for name, value in cells.items()}


def pictures_in(html: str) -> dict[str, bytes]:
    """Number the pictures that stand in a page."""
    contents = (match[1] for match in PICTURE.finditer(html))
    return {say("picture_number", number=number): decoded(content) for number, content in enumerate(contents, 1)}


def counts_shown(content: bytes) -> Shown:
    """Name the entries of a CSV file by line and column, and list its lines."""
    head, *rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) or [[]]
    figures = {
        say("line_and_column", number=number, column=head[place] if place < len(head) else place + 1): entry
        for number, row in enumerate(rows, 2)
        for place, entry in enumerate(row)
    }
    return Shown(figures, head, rest=content)


def counts_difference(before: bytes, now: bytes) -> Difference:
    """Hold one list of counts against another: entry by entry, or line by line where there are more or fewer lines."""
    old, new = counts_shown(before), counts_shown(now)
    if len(old.figures) == len(new.figures):
        return difference(old, new)
    lines = (content.decode("utf-8-sig").splitlines() for content in (before, now))
    return Difference(tuple(changed_lines(*lines)), is_laid_out_otherwise=True)
