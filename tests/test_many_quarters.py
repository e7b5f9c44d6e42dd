"""Many quarters in one folder: all are read, none contradicts another, and each year is the sum of its quarters."""

import pytest
from consistent import consistent_quarters
from extent import proof
from layouts import LAYOUTS, write

from ccpcr_lib import load_all, release

QUIET_LAYOUTS = [layout for layout in LAYOUTS.values() if not layout.notes]
YEARS = 6


@pytest.mark.slow
@proof("seed", range(16), sample=1)
def test_six_years_in_one_folder_agree_and_add_up(seed, tmp_path):
    truths = consistent_quarters(seed, 4 * YEARS)
    for place, truth in enumerate(truths):
        path, _ = write(truth, QUIET_LAYOUTS[(seed + 5 * place) % len(QUIET_LAYOUTS)], tmp_path)
        path.rename(tmp_path / f"{truth.period}.xlsx")
    history = load_all(tmp_path)
    assert (history.periods, history.unread) == (tuple(truth.period for truth in truths), ())
    problems = [item for report in history.reports for item in report.problems if item.severity != "note"]
    assert [item.message for item in problems] == []
    referred = {truth.period: sum(map(sum, truth.tables["referrals_by_type"].values())) for truth in truths}
    for period in ("2008-Q1", "2011-Q3", "2013-Q4"):
        year = [value for other, value in referred.items() if other[:4] == period[:4] and other <= period]
        assert release(history[period]).achievement("referred").to_date == sum(year)
