"""A program: every table that `by_hand` knows beside the fourteen, typed, read again, and what is shown of each.

Run it with a folder; it prints what was read and drawn wrongly. The lists of ``CCPCR_LISTS`` must have the titles and
the measures of `extra_lists`. The catalogue is put together before anything else of the library reads it.
"""

import sys
from dataclasses import replace
from pathlib import Path

from by_hand import BREAKDOWNS, ROWS, cell, declare, drawn, native, real_key, suits, words

from ccpcr_lib.model import catalogue
from ccpcr_lib.model.catalogue import catalogue_of, total

AXES = ("grade", "topic", "case_type", "month")
"""Row axes of every kind: a closed list, an open one, a dimension, and months."""
NAMES = {
    (rows, breakdown): f"trial_{place}"
    for place, (rows, breakdown) in enumerate((rows, breakdown) for rows in AXES for breakdown in BREAKDOWNS)
    if suits(rows, breakdown) and "plan" not in breakdown
}


def extra_lists() -> dict[str, list[str]]:
    """Give the lines that the lists need: a title for each table, a measure for each row axis."""
    titles = [f"{name},Trial number {name[6:]} of tables,," for name in NAMES.values()]
    return {"tables": titles, "measures": [f"by_{rows},Counted by {rows},,,flow,," for rows in AXES]}


def declared(rows: str, breakdown: str, name: str):
    """Declare one of the tables, with a total of each row where there is room for one."""
    measure = f"by_{rows}"
    spec = declare(rows, breakdown, *sorted(suits(rows, breakdown)), measure=measure)
    columns = spec.columns if breakdown == "nothing" else (*spec.columns, total(measure))
    return replace(spec, name=name, slide=22 + int(name[6:]), columns=columns)


if __name__ == "__main__":
    specs = {about: declared(*about, name) for about, name in NAMES.items()}
    catalogue.CATALOGUE = catalogue_of(*catalogue.CATALOGUE, *specs.values())

    from made_up import numbers_of, plain

    from ccpcr_lib import load, release
    from ccpcr_lib.excel.frames import counts_frame
    from ccpcr_lib.forms.workbook import new_workbook
    from ccpcr_lib.publish.charts.forms import plots_of
    from ccpcr_lib.publish.handout import build_handout
    from ccpcr_lib.publish.pages.show import show_sentence, show_table

    typed = []
    for (rows, _), spec in specs.items():
        for own in spec.counts:
            for member in ROWS[rows]:
                key = real_key(words(own.key), rows, member)
                codes = (key.get(name) for name in ("period", "case_type", "sex", "age_band", "category"))
                value = cell(rows, member, words(own.key), own.unit)
                typed.append((spec.name, own.measure, *codes, own.unit, value, None))
    path = Path(sys.argv[1], "2010-Q2.xlsx")
    path.write_bytes(new_workbook("2010-Q2", counts=counts_frame(typed)))
    report = load(path)
    shown = release(report)
    for finding in report.problems:
        is_alike = finding.rule == "alike"  # rows counted by one formula may be
        if (finding.table in NAMES.values() and not is_alike) or finding.severity == "error":
            print("found", finding.rule, finding.table, finding.where[:1])
    for (rows, breakdown), spec in specs.items():
        if spec.name not in report.tables:
            print("missing", rows, breakdown)
            continue
        for form in spec.charts:
            if plain(numbers_of(shown, form, spec.name)) != drawn(rows, breakdown, form):
                print("drawn", rows, breakdown, form)
        for plot in plots_of(shown, spec.name):
            if plain(plot.frame) != native(rows, breakdown, plot.form):
                print("native", rows, breakdown, plot.form)
        show_table(shown, spec.name), show_sentence(shown, spec.name)
    build_handout(shown)
    print(len(specs), "tables")
