"""How long a person waits in the explorer: from a choice to its finished chart on the screen, in a real browser."""

from statistics import median

from lab import TOKEN, TWENTY, chromium, jupyterlab, milliseconds, open_explorer, project_copy
from workbooks import WORKBOOK

MOST = 300


def test_a_choice_is_on_the_screen_within_300_milliseconds(tmp_path):
    (tmp_path / "home").mkdir()
    project = project_copy(tmp_path / "project", [WORKBOOK])
    with chromium(tmp_path) as (page, _), jupyterlab(project, tmp_path / "home") as address:
        page.goto(f"{address}/?token={TOKEN}")
        open_explorer(page)
        times = [milliseconds(page, *choice) for choice in TWENTY]
    print(f"\nfrom a choice to its redraw: median {median(times):.0f} ms, {min(times):.0f} to {max(times):.0f} ms")
    assert median(times) <= MOST
