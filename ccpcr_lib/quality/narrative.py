"""The sentences of a workbook → findings: figures nobody knows or that are not there, typed numbers, unlisted names."""

from collections.abc import Iterator

from ..excel.narrative import Bullet
from ..excel.reader import Reading
from ..model.catalogue import spec
from ..model.figures import UnknownFigureError, figures_in, parse_figure, typed_numbers
from ..model.finding import Finding
from ..model.wording import table_title
from .rules import make_finding
from .unlisted import Lists


def check_narrative(reading: Reading) -> Iterator[Finding]:
    """Check every sentence, in both languages, at its own cell."""
    lists = Lists(reading)
    for bullet in reading.narrative:
        for text, source in _texts(bullet):
            yield from _check_figures(reading, text, source)
            yield from lists.check(bullet, text, source)
            typed = typed_numbers(text)
            if typed:
                yield make_finding("typed_number", [source], printed=", ".join(typed))


def _texts(bullet: Bullet) -> Iterator[tuple[str, str]]:
    yield bullet.text, bullet.source
    if bullet.text_km:
        yield bullet.text_km, bullet.source_km


def _check_figures(reading: Reading, text: str, source: str) -> Iterator[Finding]:
    """Check the names in a sentence; that a table of the report is missing is told once, by the reader."""
    names = figures_in(text)
    if not {"{", "}"}.isdisjoint(names):
        yield make_finding("open_brace", [source])
    for name in (name for name in names if name not in ("{", "}")):
        try:
            table = parse_figure(name, reading.members.get(name.partition(".")[0].strip(), ())).table
        except UnknownFigureError as unknown:
            yield make_finding("unknown_figure", [source], variant=unknown.variant, **unknown.fields)
            continue
        if table and table not in reading.members and spec(table).is_optional:
            fields = {"printed": f"{{{name}}}", "title": table_title(table)}
            yield make_finding("figure_missing", [source], table=table, **fields)
