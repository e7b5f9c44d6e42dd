"""A seed → a folder of SYNTHETIC quarterly workbooks and their plan, to try on it all that needs a history."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..excel.plan_file import PLAN_FILE
from ..model.plan import SHAPES, Indicator, Plan, Target, default_indicator
from ..publish.files import write_whole
from ..words import say, sentences
from .plan_definitions import defined
from .plan_workbook import plan_workbook
from .simulate import simulate
from .workbook import new_workbook

SEED = 60
NAME = "{period}-SYNTHETIC.xlsx"
REFERRALS = 60
DIRECTIONS = {"referred": "neutral", "assessed": "neutral", "in_shelter": "neutral", "referred_out": "neutral"}
YEARS = ("2009", "2010", "2011")
EQUAL, BY_QUARTER, AT_THE_END = SHAPES


def write_demo(folder: Path, seed: int = SEED, *, step: Callable[[str], None] = lambda name: None) -> list[Path]:
    """Write twelve workbooks and a plan, each marked SYNTHETIC on every sheet; give their paths, the plan's last.

    The same seed gives the same bytes. `step` is called with the name of each workbook as it is made; they are written
    once all are there.
    """
    banner, made = say("synthetic"), {}
    for period, counts in simulate(seed).items():
        path = folder / NAME.format(period=period)
        made[path] = new_workbook(period, counts=counts, plan=REFERRALS, banner=banner)
        step(path.name)
    made[folder / PLAN_FILE] = plan_workbook(demo_plan(), banner=banner)
    for path, content in made.items():
        write_whole(path, content)
    return list(made)


def demo_plan() -> Plan:
    """Make a plan with a target of every shape; it is as synthetic as the counts."""
    indicators = [replace(own, direction=DIRECTIONS.get(own.code, "up")) for own in Plan().indicators]
    name = sentences()["demo_assessed_share"]
    share = Indicator(
        "assessed_share",
        name.en,
        name.km,
        unit="percent",
        ratio=("assessed", "referred"),
        direction="up",
        baseline=0.9,
        baseline_period="2008",
        nature=default_indicator("assessed", "clients").nature,
    )
    return Plan(tuple(map(defined, (*indicators, share))), tuple(target for year in YEARS for target in _targets(year)))


def _targets(year: str) -> list[Target]:
    """Set the targets of a year: spread evenly, quarter by quarter, for the year as a whole, as a level to hold.

    The level is one of clients who come again, whom the counts bound.
    """
    by_quarter = [Target("reintegrated", f"{year}-Q{number}", 12, BY_QUARTER, "") for number in range(1, 5)]
    return [
        Target("referred", year, REFERRALS, EQUAL, ""),
        Target("reintegrated", year, 48, BY_QUARTER, ""),
        *by_quarter,
        Target("followed_up_skills_times", year, 60, AT_THE_END, ""),
        Target("visited", year, 80, EQUAL, ""),
        Target("trained", year, 24, EQUAL, ""),
        Target("followed_up", year, 12, EQUAL, ""),
        Target("assessed_share", year, 0.95, AT_THE_END, ""),
    ]
