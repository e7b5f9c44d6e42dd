"""A project's folder → JupyterLab on it: on this computer only, asking nothing of the network, on the first page.

All is said for this one run, on the command line and in the folder `jupyter` beside this module, which takes away
the pages that would ask for news or look for extensions, and the empty space below a page in which one gets lost:
nothing a person has set up for other projects changes. It starts no Node.js (`lab_server`), and offers no terminal
unless one is asked for.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from ...model.errors import CannotReadError
from ...words import say

FIRST_PAGE = "notebooks/start.ipynb"
SERVER = f"{__package__}.lab_server"
SETTINGS, TERMINALS = (Path(__file__).with_name(name) for name in ("jupyter", "jupyter_terminals"))
OPTIONS = (
    "--ServerApp.ip=127.0.0.1",
    f"--LabApp.default_url=/lab/tree/{FIRST_PAGE}",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    "--LanguageServerManager.autodetect=False",  # which would ask npm where it keeps its packages
    "--ZMQChannelsWebsocketConnection.limit_rate=False",  # or of many quick choices the last chart is never shown
)


def lab_command(folder: Path, more: Sequence[str] = (), *, terminals: bool = False) -> list[str]:
    """Give the command that opens JupyterLab on a project's folder; raise CannotReadError where there is no project."""
    if not (folder / FIRST_PAGE).is_file():
        raise CannotReadError(say("lab_no_project", page=FIRST_PAGE))
    offered = f"--ServerApp.terminals_enabled={terminals}"
    return [sys.executable, "-m", SERVER, str(folder), *OPTIONS, offered, *more]


def lab_environment(*, terminals: bool = False) -> dict[str, str]:
    """Give the environment to run it in: the project's settings come before a person's own."""
    own = [TERMINALS, SETTINGS] if terminals else [SETTINGS]
    paths = [*map(str, own), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    return os.environ | {"JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}


def open_lab(folder: Path, more: Sequence[str] = (), *, terminals: bool = False) -> int:
    """Run JupyterLab until a person ends it; give its exit code."""
    command = lab_command(folder, more, terminals=terminals)
    running = subprocess.Popen(command, env=lab_environment(terminals=terminals))
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt as stop:  # Ctrl-C reaches JupyterLab too, which asks whether to end, its kernels first
            if stop.args and stop.args[0] != signal.SIGINT:
                running.terminate()
