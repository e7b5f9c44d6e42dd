"""Tables of the made-up quarter of `by_hand`, filled by the library, and the real quarter with one of them in it."""

from dataclasses import replace

import pandas as pd
from by_hand import (
    PLANNED,
    ROWS,
    Q,
    cell,
    real_key,
    words,
)

from ccpcr_lib import release
from ccpcr_lib.analysis.filling import build_table
from ccpcr_lib.analysis.tables import Table
from ccpcr_lib.model.chart_forms import CHART_FORMS
from ccpcr_lib.model.records import Claim, Count
from ccpcr_lib.model.table import TableSpec
from ccpcr_lib.publish.charts.captions import crossed_plot
from ccpcr_lib.publish.charts.forms import picture_of
from ccpcr_lib.publish.charts.kinds import laid
from ccpcr_lib.quality.facts import Facts


def fill(spec: TableSpec) -> Table:
    """Fill a declared table with the counts of the made-up quarter."""
    counts = [
        Count(
            "education", own.measure, own.unit, real_key(words(own.key), spec.rows, member), value, f"S!{place}.{line}"
        )
        for place, own in enumerate(spec.counts)
        for line, member in enumerate(ROWS[spec.rows])
        for value in [cell(spec.rows, member, words(own.key), own.unit)]
    ]
    plans = [
        Claim("education", own.measure, own.unit, {"period": "2010"}, PLANNED, "S!A1", "plan", str(PLANNED))
        for own in spec.columns
        if own.role == "plan"
    ]
    return build_table(spec, Facts(Q, tuple(counts), tuple(plans)), ROWS[spec.rows])


def shown(quarter, table):
    """The real quarter, shown with another table in the place of its own."""
    report = replace(quarter)
    report._filled[table.spec.name] = table
    return release(report)


def numbers_of(shown, form: str, name: str = "education") -> pd.DataFrame:
    """The numbers of a chart form; it is drawn only where it has a drawing of its own."""
    crossed = CHART_FORMS[form].crossed
    if crossed is None:
        return picture_of(shown, name, form).numbers
    return laid(crossed_plot(shown, shown.table(name), form, crossed)).frame


def plain(frame: pd.DataFrame) -> list[list[int | None]]:
    """A frame's numbers, row by row."""
    return [[None if pd.isna(value) else int(value) for value in row] for row in frame.to_numpy(dtype=object)]
