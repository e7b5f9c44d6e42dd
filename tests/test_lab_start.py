"""JupyterLab as `ccpcr lab` starts it: it runs no Node.js, and offers no terminal unless one is asked for."""

import json
import os
import re
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from lab import TOKEN, jupyterlab
from workbooks import ROOT

pytestmark = pytest.mark.slow
BUILDERS = ("node", "nodejs", "npm", "npx", "yarn", "jlpm")


@pytest.fixture
def builders(tmp_path) -> Path:
    """Programs that only leave a mark, named like those with which one builds extensions."""
    folder = tmp_path / "builders"
    folder.mkdir()
    for name in BUILDERS:
        program = folder / name
        program.write_text(f"#!/bin/sh\necho {name} \"$@\" >> '{folder / 'mark'}'\n", encoding="utf-8")
        program.chmod(0o755)
    return folder


@pytest.mark.parametrize(("options", "has_terminals"), [((), False), (("--terminals",), True)])
def test_jupyterlab_starts_no_node_and_has_terminals_only_where_they_are_asked_for(
    tmp_path, builders, options, has_terminals
):
    home = tmp_path / "home"
    home.mkdir()
    path = os.pathsep.join([str(builders), os.environ["PATH"]])
    with jupyterlab(ROOT, home, *options, PATH=path) as address:
        page = asked(address, "lab/tree/notebooks/start.ipynb")
        asked(address, "lsp/status")
        terminals = asked(address, "api/terminals")
    assert not (builders / "mark").exists()
    assert (terminals is not None) == has_terminals
    settings = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    assert settings["terminalsAvailable"] == has_terminals
    assert ("@jupyterlab/terminal-extension" in settings["disabledExtensions"]) == (not has_terminals)
    assert (settings["buildAvailable"], settings["buildCheck"]) == (False, False)


def asked(address: str, path: str) -> str | None:
    """What the server answers; None where it has no such page."""
    try:
        with urlopen(f"{address}/{path}?token={TOKEN}") as answer:
            return answer.read().decode("utf-8")
    except HTTPError:
        return None
