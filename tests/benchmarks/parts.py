"""Where the time of a report goes: processor seconds of each part, done once in a program of its own.

    python tests/benchmarks/parts.py data/2010-Q2.xlsx

A report does some of it in several programs at once: what is imported, it imports in each of them.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

SPENT: dict[str, float] = {}


@contextmanager
def part(name: str) -> Iterator[None]:
    """Add what this program spends within the block to a part."""
    before = seconds()
    yield
    SPENT[name] = SPENT.get(name, 0) + seconds() - before


def seconds() -> float:
    """The processor seconds of this program and of those it has started and that have ended."""
    return sum(psutil.Process().cpu_times()[:4])


def main(workbook: Path) -> None:
    """Do each part, and print its seconds, the longest first."""
    with part("import what draws"):
        import ccpcr_lib.publish.pages.show as show
    with part("import IPython, nbformat, python-pptx, XlsxWriter, mistune"):
        import mistune  # noqa: F401
        import nbformat  # noqa: F401
        import pptx.chart.data  # noqa: F401
        import xlsxwriter  # noqa: F401
        from IPython.core.interactiveshell import InteractiveShell  # noqa: F401
    with part("import seaborn"):
        import seaborn  # noqa: F401
    with part("read, check"):
        from ccpcr_lib import release

        quarter = release(workbook)
        assert quarter.problems
    drawn = [show_one() for show_one in charts(show, quarter)]
    with tempfile.TemporaryDirectory() as folder:
        with part("23 charts: drawings (SVG)"):
            show.save_shown(folder)
        office(quarter)
        printing(Path(folder))
    for name, spent in sorted(SPENT.items(), key=lambda pair: -pair[1]):
        print(f"{spent:6.2f} s  {name}")
    assert len(drawn) == 23


def charts(show, quarter) -> Iterator[Callable[[], object]]:
    """Everything that the notebooks draw: its numbers and axes, then its picture."""
    from ccpcr_lib import CATALOGUE
    from ccpcr_lib.publish.charts import chart
    from ccpcr_lib.publish.charts.bullets import bullets

    over_time = [("family_assessments", "slope"), ("family_visits", "slope"), ("referrals_by_type", "multiples")]
    tables = [(spec.name, form) for spec in CATALOGUE for form in spec.charts]
    indicators = [("referred", "burn_up"), ("referred", "run"), ("visited", "run")]
    makers = [lambda key=key: chart(quarter, *key) for key in (*tables, *over_time)]
    makers += [lambda: bullets(quarter)]
    makers += [lambda code=code, form=form: show.INDICATOR_FORMS[form](quarter, code) for code, form in indicators]

    def draw(make: Callable) -> object:
        with part("23 charts: numbers and axes"):
            made = make()
        with part("23 charts: layout and pictures (PNG)"):
            return show.Picture(made)._repr_mimebundle_()

    yield from (lambda make=make: draw(make) for make in makers)


def office(quarter) -> None:
    """The deck and the hand-out."""
    from ccpcr_lib.publish.deck import build_deck
    from ccpcr_lib.publish.handout import build_handout

    with part("slide deck"):
        build_deck(quarter)
    with part("hand-out"):
        build_handout(quarter)


def printing(folder: Path) -> None:
    """A page with every chart, printed; the browser's helpers end unseen, so this is the least it takes."""
    from ccpcr_lib.publish.pages.paper import find_browser, print_pdf

    pictures = "".join(f'<img src="{path.name}">' for path in sorted(folder.glob("*.svg")))
    browser = find_browser()
    if browser:
        with part("browser, the least it takes"):
            print_pdf(f"<html><body>{pictures}</body></html>", folder, browser)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
