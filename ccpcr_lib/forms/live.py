"""The rules of the checks → the same rules in neutral records, for a workbook that checks itself while it is typed.

Totals come from the declarations of the tables, agreement between tables from their margins, everything else from
``relations.csv``. No rule is written down here a second time. What a formula cannot say stays with ``ccpcr check``.
"""

from collections.abc import Iterable

from ..quality.relations import Relation
from .ahead import Ahead
from .checks import Check
from .live_margins import hold_margins
from .live_relations import hold_relations
from .live_totals import hold_paper_totals, hold_previous, hold_totals


def live_checks(ahead: Ahead, relations: Iterable[Relation]) -> list[Check]:
    """List everything that must hold in the quarter's workbook and that a formula can say."""
    within = (*hold_totals(ahead), *hold_paper_totals(ahead), *hold_previous(ahead))
    return [*within, *hold_margins(ahead), *hold_relations(ahead, relations)]
