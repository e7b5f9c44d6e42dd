"""Charts with a shape of their own: the age pyramid, the matrix of who was reached, the movement of clients."""

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis.tables import Table
from ...model import period as calendar
from ...model.codelist import codelist
from ...model.wording import month_label
from ...words import in_language
from .. import theme
from ..release import Release
from .canvas import code_label, draw_page, row_size, stub_labels


def by_age_and_sex(release: Release, table: Table) -> pd.DataFrame:
    """Lay age bands out against sexes, the eldest on top."""
    bands = list(reversed(codelist("age_bands").members))
    columns = {
        code_label(release, "sexes", sex): [table.total(age_band=band, sex=sex) for band in bands] for sex in ("F", "M")
    }
    return pd.DataFrame(
        columns, index=pd.Index([code_label(release, "age_bands", band) for band in bands]), dtype="Int64"
    )


def pyramid(release: Release, table: Table, title: str, numbers: pd.DataFrame) -> Figure:
    """Draw women to the left and men to the right of the age bands."""
    figure, axes = draw_page(release, table, title, 2)
    top = max(float(numbers.max().fillna(0).max()), 1.0) * 1.18
    with matplotlib.rc_context(theme.rc()):
        for axis, heading, tone, side in zip(
            axes, numbers.columns, (theme.DARK, theme.LIGHT), ("right", "left"), strict=True
        ):
            _half(axis, heading, numbers[heading], tone, side)
            axis.set_xlim((top, 0) if side == "right" else (0, top))
    return figure


def _half(axis: Axes, heading: str, values: pd.Series, tone: str, side: str) -> None:
    heights = values.fillna(0).astype(int)
    axis.barh(range(len(values)), heights, color=tone, edgecolor=theme.DARK, height=0.7)
    axis.set_yticks(range(len(values)), list(values.index))
    axis.invert_yaxis() if side == "right" else None
    axis.set_title(heading, loc=side, size=theme.LABEL_SIZE, weight="bold", pad=8)
    axis.set_xticks([])
    axis.spines["bottom"].set_visible(False)
    offset = (-6, 0) if side == "right" else (6, 0)
    for row, value in enumerate(values):
        text = theme.number(None if pd.isna(value) else int(value))
        axis.annotate(
            text,
            (heights.iloc[row], row),
            offset,
            textcoords="offset points",
            va="center",
            ha=side,
            size=theme.LABEL_SIZE,
        )


def reach(release: Release, table: Table) -> pd.DataFrame:
    """Lay rows out against every column the table divides by, such as case type and sex."""
    columns = {}
    for column in table.spec.counts:
        names = [
            code if name == "case_type" else code_label(release, "sexes", code) for name, code in column.key.items()
        ]
        values = {item.key["category"]: item.value for item in table.base if _divides(item.key, column.key)}
        columns["\n".join(names)] = [values.get(member) for member in table.members]
    return pd.DataFrame(
        columns, index=pd.Index(stub_labels(release, table, table.members, table.spec.codelist)), dtype="Int64"
    )


def _divides(key, wanted) -> bool:
    return {name: code for name, code in key.items() if name not in ("period", "category")} == dict(wanted)


def matrix(release: Release, table: Table, title: str, numbers: pd.DataFrame) -> Figure:
    """Draw a matrix of counts, darker for more; a zero is an empty field, so that gaps show."""
    import seaborn
    from matplotlib.colors import LinearSegmentedColormap

    figure, (axis,) = draw_page(release, table, title, 1)
    shades = LinearSegmentedColormap.from_list("house", [theme.PAPER, theme.LIGHT, theme.MIDDLE])
    text = numbers.map(lambda value: theme.number(None if pd.isna(value) else int(value)))
    with matplotlib.rc_context(theme.rc()):
        seaborn.heatmap(
            numbers.fillna(0).astype(int),
            annot=text,
            fmt="",
            cmap=shades,
            cbar=False,
            linewidths=1,
            linecolor=theme.RULE,
            annot_kws={"color": theme.INK, "size": row_size(text.iloc[:, 0])},
            ax=axis,
        )
        axis.xaxis.tick_top()
        axis.tick_params(axis="x", rotation=0, labelcolor=theme.INK)
        axis.tick_params(axis="y", rotation=0, labelsize=row_size(numbers.index))
    return figure


def flows(release: Release, table: Table) -> pd.DataFrame:
    """Lay out how clients moved: counted in a month, less those reintegrated and referred on, plus the newly referred.

    The sheet counts everyone served in a month, so who leaves in April is missing from May. Columns: step, change.
    """
    months = calendar.months(table.quarter)
    stock = {month: _in(table, "in_shelter", month) for month in months}
    out = release.table("partner_referrals") if "partner_referrals" in release.tables else None
    steps = []
    for before, after in zip(months, (*months[1:], None), strict=True):
        steps.append((_month(release, before), stock[before], "level"))
        if after is not None:
            gone = out.total(period=before) if out else None
            steps.append(
                (release.say("reintegrated", between="\n"), _minus(_in(table, "reintegrated", before)), "step")
            )
            steps.append((release.say("referred_on", between="\n"), _minus(gone), "step"))
            steps.append((release.say("newly_referred", between="\n"), table.total(period=after), "step"))
    frame = pd.DataFrame(steps, columns=["label", "clients", "kind"]).set_index("label")
    return frame.astype({"clients": "Int64"})


def _in(table: Table, measure: str, month: str) -> int | None:
    values = [item.value for item in table.base if item.measure == measure and item.key["period"] == month]
    return values[0] if values else None


def _minus(value: int | None) -> int | None:
    return None if value is None else -value


def _month(release: Release, month: str) -> str:
    return in_language(release.language, lambda one: month_label(month, one), between="\n")


def movement(release: Release, table: Table, title: str, numbers: pd.DataFrame) -> Figure:
    """Draw the movement as steps from one month's count to the next; a gap between them would show as one."""
    figure, (axis,) = draw_page(release, table, title, 1)
    level = 0
    with matplotlib.rc_context(theme.rc()):
        for place, row in enumerate(numbers.itertuples()):
            value = 0 if pd.isna(row.clients) else int(row.clients)
            start = 0 if row.kind == "level" else level
            tone, hatch = (
                (theme.DARK, "") if row.kind == "level" else (theme.MIDDLE, "") if value > 0 else (theme.LIGHT, "////")
            )
            axis.bar(
                place, value, bottom=start, color=tone, hatch=hatch, edgecolor=theme.DARK, linewidth=0.6, width=0.66
            )
            level = start + value
            _step_label(axis, place, max(start, level), row, value)
        axis.set_xticks(range(len(numbers)), list(numbers.index))
        axis.tick_params(axis="x", labelcolor=theme.INK, labelsize=theme.SMALL_SIZE)
        axis.set_yticks([])
        axis.margins(y=0.12)
    return figure


def _step_label(axis: Axes, place: int, top: float, row, value: int) -> None:
    text = theme.number(None) if pd.isna(row.clients) else f"{value:+d}" if row.kind == "step" and value else str(value)
    weight = "bold" if row.kind == "level" else "normal"
    axis.annotate(
        text, (place, top), (0, 4), textcoords="offset points", ha="center", size=theme.LABEL_SIZE, weight=weight
    )
