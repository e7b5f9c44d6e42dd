"""Small plans, and histories of a few referrals to hold against them."""

from dataclasses import replace

import openpyxl
from histories import history_of_counts
from workbooks import PLAN

from ccpcr_lib.analysis.achievement import achieve
from ccpcr_lib.analysis.history import History
from ccpcr_lib.excel.plan_file import read_plan
from ccpcr_lib.model.plan import Plan, Target, default_indicator

REFERRED = default_indicator("referred", "clients")
VISITED = default_indicator("visited", "clients")
ATTENDED = default_indicator("attended", "clients")
ASSESSED = default_indicator("assessed", "clients")
FOLLOWED_UP = default_indicator("followed_up", "clients")
IN_SHELTER = default_indicator("in_shelter", "clients")
QUARTERS = ("2010-Q1", "2010-Q2", "2010-Q3", "2010-Q4")


def planned(value: float, shape: str = "equal", direction: str = "up") -> Plan:
    """Plan so many referrals for 2010."""
    return Plan((replace(REFERRED, direction=direction),), (Target("referred", "2010", value, shape, ""),))


def referred(*quarters: int | None) -> History:
    """Refer so many clients in the first month of each quarter of 2010; None: there is no workbook."""
    known = {name: value for name, value in zip(QUARTERS, quarters, strict=False) if value is not None}
    return history_of_counts("referrals_by_type", {name: {"m1": value} for name, value in known.items()})


def state(plan: Plan, *quarters: int | None) -> str:
    """Give the state of the referrals when these quarters are held against a plan."""
    return achieve(referred(*quarters), plan, plan.indicator("referred")).state


def edited(folder, **cells):
    """Copy the project's plan with other contents in some cells: ``Targets_C2=61``."""
    book = openpyxl.load_workbook(PLAN)
    for name, content in cells.items():
        sheet, _, cell = name.partition("_")
        book[sheet][cell] = content
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def told(path):
    """List the findings of a plan as (rule, cell)."""
    return [(item.rule, *(cell.partition("]")[2] for cell in item.where)) for item in read_plan(path)[1]]
