"""Which cell is named after a slip in typing: a table of it, and each fault that was not noticed or not named.

PYTHONPATH=.:tests .venv/bin/python tests/benchmarks/naming.py --faults 10 --way typed --kind one_more --show-missed
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from own_lists import use_own_lists

use_own_lists()  # before anything of ccpcr_lib reads a list

from named_cells import SEEDS, Outcome, measure  # noqa: E402
from typing_faults import KINDS, TWO, UNSEEN  # noqa: E402
from ways_of_totals import WAYS  # noqa: E402

GROUPS = {"all": [*KINDS], "unseen": [*UNSEEN], "two": [TWO]}
SHOWN = 8
"""How many cells of a finding are listed."""


def main() -> None:
    """Measure what the command line asks for."""
    options = _options()
    groups = [GROUPS[name] for name in options.kind if name in GROUPS]
    single = [name for name in options.kind if name not in GROUPS]
    start = time.perf_counter()
    of_groups = [
        measure(kinds, options.way, options.faults, tuple(options.seeds)) for kinds in (*groups, single) if kinds
    ]
    tried = [one for of_group in of_groups for one in of_group]
    print(f"\n{time.perf_counter() - start:.0f} s")
    if options.show_missed:
        print(missed(tried))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [*GROUPS, *KINDS, *UNSEEN]
    parser.add_argument("--kind", nargs="+", choices=names, default=["all"], help="kinds, or a group of them")
    parser.add_argument("--way", nargs="+", choices=[*WAYS], default=[*WAYS], help="how totals came about")
    parser.add_argument("--faults", type=int, default=40, help="how many of each kind")
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS, help="the made-up histories they are planted in")
    parser.add_argument("--show-missed", action="store_true", help="list what was not noticed, or not named first")
    return parser.parse_args()


def missed(tried: Sequence[Outcome]) -> str:
    """Say of each fault whose cell is not named first what was typed, and what was told instead; then of the others."""
    stories = [_story(one) for one in tried if one.is_noticed and not one.is_named]
    return "\n".join([*stories, *(f"{_fault(one)}: not noticed" for one in tried if not one.is_noticed)])


def _story(one: Outcome) -> str:
    told = (f"    {item.rule} {_cells(item.where)}\n        {item.statement}" for item in one.findings)
    return "\n".join((_fault(one), *told))


def _fault(one: Outcome) -> str:
    fault = one.fault
    return (
        f"{fault.kind} {fault.number}, totals {one.way.name}, seed {fault.seed}, {fault.period}: {fault.told(one.way)}"
    )


def _cells(where: Sequence[str]) -> str:
    more = f" and {len(where) - SHOWN} more" if len(where) > SHOWN else ""
    return ", ".join(where[:SHOWN]) + more


if __name__ == "__main__":
    main()
