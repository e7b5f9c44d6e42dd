import json
import subprocess
import sys

import pytest
from workbooks import ROOT

HEAVY = (
    "matplotlib",
    "seaborn",
    "IPython",
    "nbclient",
    "mistune",
    "nbformat",
    "papermill",
    "jupyter_client",
    "scipy",
)
LOOK = "import json, sys; print(json.dumps(sorted(set(sys.modules) & set({names!r}))))"


def loaded(code: str, names: tuple[str, ...]) -> list[str]:
    """Run code in a Python of its own and list which of the modules it brought in."""
    program = f"{code}\n{LOOK.format(names=list(names))}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    "code", ["import ccpcr_lib", "from ccpcr_lib import load", "from ccpcr_lib import load_all, CATALOGUE"]
)
def test_importing_the_library_brings_in_no_chart_and_no_notebook(code):
    assert loaded(code, HEAVY) == []


def test_importing_the_library_alone_brings_in_not_even_pandas():
    assert loaded("import ccpcr_lib", ("pandas", "numpy", "openpyxl", "click")) == []


def test_checking_a_workbook_brings_in_neither_pandas_nor_numpy():
    workbook = str(ROOT / "data" / "2010-Q2.xlsx")
    run = f"try: main(['check', {workbook!r}, '--json'])\nexcept SystemExit as end: assert end.code == 1"
    code = f"from ccpcr_lib.cli import main\n{run}"
    assert loaded(code, (*HEAVY, "pandas", "numpy", "openpyxl", "lxml", "rich")) == []


def test_help_of_the_command_brings_in_nothing_but_click():
    code = "import sys\nfrom ccpcr_lib.cli import main\nmain(['--help'], standalone_mode=False)"
    assert loaded(code, (*HEAVY, "pandas", "numpy", "openpyxl", "python_calamine", "rich")) == []


def test_the_shop_window_names_what_it_sells():
    import ccpcr_lib

    assert {"load", "load_all", "release", "show_table", "show_chart", "save"} <= set(dir(ccpcr_lib))
    for name in ccpcr_lib.__all__:
        assert getattr(ccpcr_lib, name).__doc__


def test_a_name_that_is_not_sold_is_refused_by_name():
    import ccpcr_lib

    with pytest.raises(AttributeError, match="module 'ccpcr_lib' has no attribute 'lod'"):
        ccpcr_lib.lod  # noqa: B018
