"""How an officer happens to arrange a table: turned on its side, continued, spaced out, with sums between its rows.

Each shape makes of one picture a list of pictures: what stands below each other, or on one sheet after another.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from layout_typing import Typing
from pictures import Picture, across, flip, pick, put, with_row

LEVELS = {
    "referrals_by_sex": ("types", "sexes"),
    "life_skills": ("types", "sexes"),
    "referrals_by_age": ("age_bands", "sexes"),
    "referral_sources": ("sexes",),
    "other_services": ("service",),
    "skills_follow_up": ("skill",),
}
"""Table → the headings of the columns of labels, once what stood across stands down; of all others it is the month."""

Shape = Callable[[Picture, Typing, str], list[Picture]]


# --- turned on its side ---


def pasted(picture: Picture, typing: Typing, table: str) -> list[Picture]:
    """Paste it transposed, as it is."""
    return [flip(picture)]


def turned(picture: Picture, typing: Typing, table: str) -> list[Picture]:
    """Type it with rows for columns: each column of labels has its own heading, and no spanner is left."""
    plain = _with_named_share(flip(_one_total(_without_spanner(picture))))
    depth, words = plain.columns.count("head"), LEVELS.get(table, ("month",))
    corner = {(0, level): typing.heading(word) for level, word in enumerate(words[:depth])}
    spans = {at: size for at, size in plain.spans.items() if at != (0, 0) or len(words) < depth}
    return [put(_with_spans(plain, spans), corner)]


def turned_under_a_spanner(picture: Picture, typing: Typing, table: str) -> list[Picture]:
    """Type it with rows for columns, under a heading that spans what stands across."""
    (plain,) = turned(picture, typing, table)
    members = [place for place, role in enumerate(plain.columns) if role == "member"]
    others = [place for place, role in enumerate(plain.columns) if role != "member"]
    spanned = with_row(plain, 0, {members[0]: picture.at(0, picture.columns.index("stub"))}, "stub")
    spans = {(row, column): size for (row, column), size in spanned.spans.items() if row > 1}
    cells, spans[0, members[0]] = dict(spanned.cells), (1, len(members))
    for place in others:
        if (1, place) in cells:
            cells[0, place], spans[0, place] = cells.pop((1, place)), (2, plain.spans.get((0, place), (1, 1))[1])
    return [Picture(plain.title, spanned.rows, spanned.columns, cells, spans)]


def nested(picture: Picture, typing: Typing, table: str, *, with_sums: bool = True) -> list[Picture]:
    """Turn it, with one column of labels: under the row of a type, which may hold its sum, the rows of its sexes."""
    (plain,) = turned(picture, typing, table)
    if plain.columns.count("head") != 2:
        return [plain]
    plain = put(plain, {(0, 0): " / ".join(str(plain.at(0, level)) for level in (0, 1) if plain.at(0, level))})
    groups = {top: size[0] for (top, left), size in plain.spans.items() if left == 0 and size[0] > 1}
    plain = _with_spans(plain, {at: size for at, size in plain.spans.items() if at[1] > 1})
    for top, height in sorted(groups.items(), reverse=True):
        inside = range(top + 1, top + 1 + height)
        name, plain = plain.at(top, 0), with_row(plain, top, {}, "subtotal")
        sums = {(top, column): _sum(plain, inside, column) for column in _figures(plain)} if with_sums else {}
        plain = put(plain, {(top, 0): name, **sums, **{(row, 0): f"   {plain.at(row, 1)}" for row in inside}})
    return [across(pick, plain, [column for column, _ in enumerate(plain.columns) if column != 1])]


def nested_bare(picture: Picture, typing: Typing, table: str) -> list[Picture]:
    """Turn it, with one column of labels, in which the row of a type with two sexes holds nothing."""
    return nested(picture, typing, table, with_sums=False)


def unmerged(shape: Shape) -> Shape:
    """Take the merged cells apart."""
    return lambda *given: [_with_spans(picture, {}) for picture in shape(*given)]


def _with_named_share(picture: Picture) -> Picture:
    """Write a percent sign before the row of percents, which stood beside its total under one heading."""
    if "share" not in picture.rows:
        return picture
    row, depth = picture.rows.index("share"), picture.columns.count("head")
    spans = {at: (1 if at[0] < row < at[0] + size[0] else size[0], size[1]) for at, size in picture.spans.items()}
    spans |= {(row, 0): (1, depth)} if depth > 1 else {}
    return put(_with_spans(picture, {at: size for at, size in spans.items() if size != (1, 1)}), {(row, 0): "%"})


def _without_spanner(picture: Picture) -> Picture:
    depth = picture.rows.count("head")
    return pick(picture, range(1, len(picture.rows))) if depth > 1 else picture


def _one_total(picture: Picture) -> Picture:
    """Leave out the figure below the total of a table that adds its months up once more."""
    totals = [row for row, role in enumerate(picture.rows) if role == "total"]
    return pick(picture, [row for row in range(len(picture.rows)) if row not in totals[1:]])


def _with_spans(picture: Picture, spans: dict) -> Picture:
    return replace(picture, spans=spans)


def _figures(picture: Picture) -> list[int]:
    return [column for column, role in enumerate(picture.columns) if role in ("member", "count", "total")]


def _sum(picture: Picture, rows: range, column: int) -> int:
    """Add up counts; a total beside them is the sum of the sums."""
    counts = [cell for (row, place), cell in picture.cells.items() if row in rows and place == column]
    if any(cell.count for cell in counts):
        return sum(cell.count[-1] for cell in counts if cell.count)
    return sum(cell.count[-1] for (row, _), cell in picture.cells.items() if row in rows and cell.count)


# --- continued ---


def continued(picture: Picture, typing: Typing, table: str) -> list[Picture]:
    """Break it off in the middle, and repeat its headings over the rest."""
    heads = [row for row, role in enumerate(picture.rows) if role == "head"]
    body = [row for row, role in enumerate(picture.rows) if role != "head"]
    middle = (picture.rows.count("member") + 1) // 2
    first, second = pick(picture, heads + body[:middle]), pick(picture, heads + body[middle:])
    once = {place: None for place in second.cells if second.columns[place[1]] in ("plan", "joined")}
    once = {place: None for place in once if second.rows[place[0]] != "head"}
    return [first, replace(put(second, once), title=None)]


def continued_with_title(picture: Picture, typing: Typing, table: str) -> list[Picture]:
    """Break it off in the middle; the rest begins with the title, which says so."""
    first, second = continued(picture, typing, table)
    word = "(ត)" if typing.layout.labels == "khmer" else "(continued)"
    return [first, replace(second, title=f"{picture.title} {word}")]


# --- spaced out ---


def spaced(picture: Picture, *, after: str = "", before: str = "") -> Picture:
    """Put blank columns after the first column of one kind, or before it."""
    places = [place for place, role in enumerate(picture.columns) if role == (after or before)]
    if not places:
        return picture
    return across(with_row, picture, places[0] + (1 if after else 0))


def spacer(**where: str) -> Shape:
    """Put in one blank column."""
    return lambda picture, typing, table: [spaced(picture, **where)]


def spacers_everywhere(picture: Picture, typing: Typing, table: str) -> list[Picture]:
    """Put blank columns after the numbers, the labels, and before every total; blank rows below the headings."""
    wide = spaced(spaced(spaced(picture, after="no"), after="stub"), before="total")
    return spacer_rows(wide, typing, table)


def spacer_rows(picture: Picture, typing: Typing, table: str) -> list[Picture]:
    """Put a blank row between the headings and the first row, and one before the total."""
    total = picture.rows.index("total") if "total" in picture.rows else None
    opened = with_row(picture, total) if total else picture
    return [with_row(opened, picture.rows.count("head"))]


# --- sums elsewhere ---


def total_on_top(picture: Picture, typing: Typing, table: str) -> list[Picture]:
    """Put the row of totals right below the headings."""
    plain = _one_total(picture)
    total = plain.rows.index("total") if "total" in plain.rows else None
    depth = plain.rows.count("head")
    rest = [row for row in range(len(plain.rows)) if row >= depth and row != total]
    return [pick(plain, [*range(depth), *([] if total is None else [total]), *rest])]


def with_subtotals(picture: Picture, typing: Typing, table: str) -> list[Picture]:
    """Put sums between the rows of a table that has many: of the first three, and of the next three."""
    members = [row for row, role in enumerate(picture.rows) if role == "member"]
    stub, plain = picture.columns.index("stub"), picture
    for start, stop in reversed(list(pairwise(range(0, len(members), 3)))):
        rows = range(members[start], members[stop])
        sums = {column: _sum(picture, rows, column) for column in _figures(picture)}
        plain = with_row(plain, members[stop], {stub: _subtotal(typing), **sums}, "subtotal")
    return [plain]


def _subtotal(typing: Typing) -> str:
    return typing.heading("total") if typing.layout.labels == "khmer" else "Subtotal"


def as_it_is(picture: Picture, typing: Typing, table: str) -> list[Picture]:
    """Draw it as it is."""
    return [picture]


TURNED: dict[str, Shape] = {
    "as it is": as_it_is,
    "pasted": pasted,
    "pasted, unmerged": unmerged(pasted),
    "turned": turned,
    "turned, unmerged": unmerged(turned),
    "turned under a spanner": turned_under_a_spanner,
    "nested": nested,
    "nested, bare": nested_bare,
    "continued": continued,
    "continued with its title": continued_with_title,
    "a spacer after the labels": spacer(after="stub"),
    "a spacer after the numbers": spacer(after="no"),
    "a spacer between figures": spacer(after="count"),
    "a spacer before the total": spacer(before="total"),
    "spacer rows": spacer_rows,
    "spacers everywhere": spacers_everywhere,
    "total on top": total_on_top,
    "subtotals": with_subtotals,
}
"""What a layout may say of its shape."""
