"""The table of a quarter at a glance → what must be known to read it: what is missing, bound, or from elsewhere."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from ...analysis.glance import GlanceRow
from ...analysis.series import Actual
from ...model import period as calendar
from ...model.wording import listed, quarter_label
from ...words import in_language
from .. import theme
from ..release import Release
from .table import listed_quarters


def remarks(release: Release, cells: Sequence[Sequence[str]]) -> list[str]:
    """Explain the marks that stand in `cells`, name what is missing and what comes from another quarter's workbook."""
    rows = release.glance.rows
    points = [point for row in rows for point in _shown(row) if point.total.is_known]
    lines = []
    if any(cell == theme.number(None) for row in cells for cell in row):
        lines.append("glance_note_dots")
    lines += ["glance_note_part"] if any(_lacks_a_part(point) for point in points) else []
    lines += ["glance_note_least"] if any(point.is_bound for point in points) else []
    said = [release.say(name, between="\n") for name in lines]
    return [*said, *_missing(release, rows), *_by_client(release, rows), *_stood_in(release, rows)]


def _shown(row: GlanceRow) -> tuple[Actual, ...]:
    return row.now, row.before, row.year_before


def _lacks_a_part(point: Actual) -> bool:
    return bool(point.total.blanks and point.total.least)


def _missing(release: Release, rows: Sequence[GlanceRow]) -> Iterator[str]:
    """Name the quarters of the year that were not reported, or not in full."""
    missing = {point.period for row in rows for point in row.achievement.quarters if not point.is_reported}
    if missing:
        name = "glance_note_longer" if release.is_longer else "glance_note_missing"
        name = f"{name}_many" if len(missing) > 1 else name
        quarters = partial(listed_quarters, sorted(missing))
        yield release.say(name, between="\n", quarters=quarters, year=release.period[:4])


def _by_client(release: Release, rows: Sequence[GlanceRow]) -> Iterator[str]:
    """Say where a client counts once in each month."""
    for row in rows:
        if row.line.by_client and row.now.total.is_known:
            yield release.say("glance_note_client", between="\n", name=row.line.name)


def _stood_in(release: Release, rows: Sequence[GlanceRow]) -> Iterator[str]:
    """Name the figures of a quarter that only the next one's workbook says."""
    named: dict[tuple[str, str], list[GlanceRow]] = defaultdict(list)
    for row in rows:
        points = [point for point in (*_shown(row), *row.achievement.quarters) if calendar.is_quarter(point.period)]
        for point in {point.period: point for point in points}.values():
            if point.reported_in not in ("", point.period):
                named[point.period, point.reported_in].append(row)
    for (quarter, later), those in sorted(named.items()):
        names = partial(_names, those)
        label = partial(quarter_label, quarter)
        yield release.say("glance_note_stand_in", between="\n", quarter=label, later=later, names=names)


def _names(rows: Sequence[GlanceRow], language: str) -> str:
    return listed((in_language(language, row.line.name) for row in rows), language)
