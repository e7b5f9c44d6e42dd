"""What has changed → one table: a row for each indicator that can be compared, by the size of the evidence.

The statistics stand in its foot. Beside the table stand lines: what cannot be compared and why, whether last year moved
in the same way, and which figures were stated anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import chain

import pandas as pd

from ...analysis.series import Actual
from ...analysis.tables import MARKS
from ...analysis.trend import Change, Season, Together
from ...model.plan import Indicator
from ...model.wording import month_label
from ...words import in_language, one_line, say
from .. import theme
from ..release import Release, marked
from .indicators import NONE, history_line
from .progress import name_period
from .table import lines_html, marked_total

SINCE = ("since_before", "since_year")
"""Which comparison is spoken of: the first of a pair, the second."""

MEANT = ("unlikely_chance", "may_be_chance", "too_few", "managed", "stock")
"""The verdicts that a note explains, in its order."""

MANY = 5
"""Among so many comparisons some look hardly like chance by chance alone, which is said."""

Pair = tuple[Change, Change]
"""What became of an indicator since the quarter before, and since the same quarter a year before."""

Reason = tuple[str, tuple[str, ...]]
"""Why indicators cannot be compared: the sentence that says so, and the periods it names."""


@dataclass(frozen=True)
class ChangeTable:
    """The table as text, each language on a line of its own; the first cell of a row is its indicator.

    `lines` are sentences to stand below it, `notes` what stands small in its foot. Without rows there are lines alone.
    """

    title: str
    subtitle: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]
    notes: tuple[str, ...]


def change_table(release: Release, indicators: Sequence[Indicator]) -> ChangeTable:
    """Compare indicators with the quarter before and the same quarter a year before, those with most evidence first."""
    pairs = [release.history.changes(indicator) for indicator in indicators]
    places = [place for place in _apart(pairs) if any(pair[place].difference is not None for pair in pairs)]
    shown = sorted((pair for pair in pairs if _differences(pair, places)), key=partial(_evidence, places))
    footnotes = _footnotes(release, shown, places)
    rows = tuple(_row(release, pair, places, footnotes) for pair in shown)
    points = (point for pair in shown for point in (pair[0].now, *(pair[place].before for place in places)))
    why = release.why_disputed(finding for point in points for finding in point.disputes)
    seasons = (release.history.season(pair[0].indicator) for pair in shown)
    return ChangeTable(
        marked(_say(release, "changes_title"), why),
        release.stamp(release.name_quarter()),
        _heads(release, pairs, places),
        rows,
        (*_not_compared(release, pairs, places), *(_season(release, season) for season in seasons if season)),
        (
            *(f"{mark}  {note}" for note, mark in footnotes.items()),
            *_notes(release, shown, places),
            *why,
            history_line(release, between="\n"),
        ),
    )


def _apart(pairs: Sequence[Pair]) -> tuple[int, ...]:
    """Give the comparisons that are two: of a year, the one before is last year's."""
    is_one = any(first.before.period == second.before.period for first, second in pairs)
    return (0,) if is_one else (0, 1)


def _differences(pair: Pair, places: Sequence[int]) -> list[int]:
    """List how much an indicator has changed, as far as that is known."""
    known = (pair[place].difference for place in places)
    return [difference for difference in known if difference is not None]


def _evidence(places: Sequence[int], pair: Pair) -> tuple[float, int]:
    """Sort by the smallest chance, then what has no verdict by the size of the change."""
    chances = [change.p for change in (pair[place] for place in places) if change.p is not None]
    return min(chances, default=2.0), -max(map(abs, _differences(pair, places)))


# --- heads and rows ----------------------------------------------------------------------------------------


def _heads(release: Release, pairs: Sequence[Pair], places: Sequence[int]) -> tuple[str, ...]:
    if not places:
        return ()
    before = [(_name(release, pairs[0][place].before.period), _say(release, "change_column")) for place in places]
    now = (_say(release, "indicator"), _name(release, pairs[0][0].now.period))
    return (*now, *chain.from_iterable(before), _say(release, "said_column"))


def _row(release: Release, pair: Pair, places: Sequence[int], footnotes: dict[str, str]) -> tuple[str, ...]:
    name = _lines(release, pair[0].indicator.name)
    compared = ((_figure(release, pair[place].before), _change(pair[place])) for place in places)
    said = _said(release, pair, places, footnotes)
    return (name, _figure(release, pair[0].now), *chain.from_iterable(compared), said)


def _figure(release: Release, point: Actual) -> str:
    """Write how many there were, or at least how many; a dash where nothing was reported."""
    if point.value is None and not point.total.least:
        return NONE
    if point.value is None:
        return _say(release, "at_least_count", count=marked(theme.number(point.total.least), point.disputes))
    return marked(theme.number(point.count), point.disputes)


def _change(change: Change) -> str:
    """Write how many more there are, with its sign; in dispute where one of the two figures is."""
    disputes = (*change.before.disputes, *change.now.disputes)
    return NONE if change.difference is None else marked(theme.signed(change.difference), disputes)


def _said(release: Release, pair: Pair, places: Sequence[int], footnotes: dict[str, str]) -> str:
    """Write what can be said of a row's comparisons: once where it is the same for both, or one has not changed."""
    changed = [place for place in places if pair[place].verdict != "unchanged"] or places[:1]
    verdicts = [pair[place].verdict for place in changed]
    marks = [[footnotes[note] for note in _own_notes(release, pair[place])] for place in changed]
    if len({*verdicts}) == 1:
        return _with_marks(_say(release, f"verdict_{verdicts[0]}"), dict.fromkeys(chain.from_iterable(marks)))
    verdict = [partial(say, f"verdict_{name}") for name in verdicts]
    said = (_say(release, SINCE[place], verdict=words) for place, words in zip(changed, verdict, strict=True))
    return "\n".join(map(_with_marks, said, marks))


def _with_marks(text: str, marks: Sequence[str] | dict[str, None]) -> str:
    return f"{text} ({', '.join(marks)})" if marks else text


# --- notes and lines ---------------------------------------------------------------------------------------


def _footnotes(release: Release, pairs: Sequence[Pair], places: Sequence[int]) -> dict[str, str]:
    """Give each note on a comparison its mark, in the order of the rows."""
    notes = dict.fromkeys(note for pair in pairs for place in places for note in _own_notes(release, pair[place]))
    return {note: MARKS[place % 26] * (place // 26 + 1) for place, note in enumerate(notes)}


def _own_notes(release: Release, change: Change) -> list[str]:
    """Write the figures by which chance was judged, or who came together."""
    if change.p is None:
        return [_lines(release, partial(_together, group)) for group in change.groups]
    name = "chance_from_none" if change.ratio is None else "chance_figures"
    ratio, low, high = (theme.ratio(value) for value in (change.ratio, change.low, change.high))
    periods = {"before": partial(name_period, change.before.period), "now": partial(name_period, change.now.period)}
    figures = {"ratio": ratio, "low": low, "high": high, "p": theme.chance(change.p)}
    return [_say(release, name, name=change.indicator.name, **periods, **figures)]


def _together(group: Together, language: str) -> str:
    month = month_label(group.month, language, year=True)
    return say("came_together", language, count=group.count, whole=group.whole, month=month, case_type=group.case_type)


def _notes(release: Release, pairs: Sequence[Pair], places: Sequence[int]) -> list[str]:
    """Write what the verdicts mean, and by which method chance was judged."""
    changes = [pair[place] for pair in pairs for place in places]
    verdicts = {change.verdict for change in changes}
    judged = [change for change in changes if change.p is not None]
    names = [f"meant_{verdict}" for verdict in MEANT if verdict in verdicts]
    names += ["chance_method"] * bool(judged) + ["chance_often"] * (len(judged) >= MANY)
    return [_say(release, name) for name in names]


def _not_compared(release: Release, pairs: Sequence[Pair], places: Sequence[int]) -> list[str]:
    """Name what cannot be compared, all together, with the reason of each once."""
    missing = [place for place in (0, 1) if not any(pair[place].before.is_reported for pair in pairs)]
    others = [place for place in (0, 1) if place not in missing]
    reasons: dict[Reason, list[Indicator]] = {}
    for pair in pairs:
        if not _differences(pair, places) and (reason := _reason(pair, others)):
            reasons.setdefault(reason, []).append(pair[0].indicator)
    periods = (partial(name_period, pairs[0][place].before.period) for place in missing if pairs)
    lines = [_say(release, "nothing_from", period=period) for period in periods]
    return [*lines, *([_say(release, "not_compared", reasons=partial(_reasons, reasons))] if reasons else ())]


def _reason(pair: Pair, places: Sequence[int]) -> Reason | None:
    """Say why an indicator is not compared; nothing where the line on a whole quarter says it."""
    if not pair[0].now.is_reported:
        return "not_compared_now", (pair[0].now.period,)
    if any(change.verdict == "bounded" for change in pair):
        return ("not_compared_again" if pair[0].indicator.counts_again else "not_compared_unsaid"), ()
    periods = tuple(pair[place].before.period for place in places)
    return ("not_compared_before", periods) if periods else None


def _reasons(reasons: Mapping[Reason, Sequence[Indicator]], language: str) -> str:
    def told(name: str, periods: Sequence[str], indicators: Sequence[Indicator]) -> str:
        names = ", ".join(indicator.name(language) for indicator in indicators)
        return say(name, language, names=names, period=", ".join(name_period(period, language) for period in periods))

    return "; ".join(told(*reason, indicators) for reason, indicators in reasons.items())


def _season(release: Release, season: Season) -> str:
    """Write whether a year before the same quarter had moved in the same way."""
    difference = season.then.count - season.before.count
    moved = "season_more" if difference > 0 else "season_fewer"
    name = moved if season.is_alike else "season_other" if difference else "season_none"
    counts = (marked(theme.number(point.count), point.disputes) for point in (season.before, season.then))
    periods = (partial(name_period, point.period) for point in (season.before, season.then))
    fields = dict(zip(("count_before", "count_then", "before", "then"), (*counts, *periods), strict=True))
    return _say(release, name, name=season.indicator.name, **fields)


def revision_sentences(release: Release) -> list[str]:
    """Name each figure of which the next quarter's workbook says something else."""
    return [
        release.say(
            "revision",
            between="\n",
            name=indicator.name,
            period=partial(name_period, point.period),
            own=partial(marked_total, point.total, point.disputes),
            now=partial(marked_total, later.total, later.disputes),
            later=later.reported_in,
            cells=", ".join(later.cells),
        )
        for indicator, point in release.history.revisions(release.plan.indicators)
        if (later := point.restated)
    ]


# --- shown -------------------------------------------------------------------------------------------------


def changes_html(table: ChangeTable) -> str:
    """Lay the table out as HTML, the lines below it; the same for the same figures."""
    lines = "".join(f"<p>{lines_html(line)}</p>" for line in table.lines)
    said = f'<div class="ccpcr-sentence">{lines}</div>' if lines else ""
    if not table.rows:
        return said
    head = "".join(f'<th scope="col">{lines_html(text)}</th>' for text in table.heads)
    body = "".join(f"<tr>{_html_row(row)}</tr>" for row in table.rows)
    return (
        f'<figure class="ccpcr-table ccpcr-changes" id="changes"><table><caption><strong>'
        f"{escape(one_line(table.title))}</strong><br>{escape(table.subtitle)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table><figcaption>{'<br>'.join(map(lines_html, table.notes))}</figcaption></figure>"
        f"{said}"
    )


def _html_row(row: Sequence[str]) -> str:
    name, *figures, said = map(lines_html, row)
    cells = "".join(f"<td>{figure}</td>" for figure in figures)
    return f'<th scope="row">{name}</th>{cells}<td class="words">{said}</td>'


def changes_text(table: ChangeTable) -> str:
    """Write the table as a plain frame, with the lines and the notes below it."""
    rows = [tuple(map(one_line, row)) for row in table.rows]
    frame = pd.DataFrame(rows, columns=[one_line(head) for head in table.heads], dtype="str")
    shown = [one_line(table.title), frame.to_string(index=False)] if rows else []
    return "\n".join([*shown, *map(one_line, table.lines), *map(one_line, table.notes if rows else ())])


def _say(release: Release, name: str, /, **fields: object) -> str:
    """Give a sentence in each of the release's languages, one beneath the other."""
    return release.say(name, between="\n", **fields)


def _lines(release: Release, text: Callable[[str], str]) -> str:
    return in_language(release.language, text, between="\n")


def _name(release: Release, period: str) -> str:
    return _lines(release, partial(name_period, period))
