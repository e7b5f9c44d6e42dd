"""JupyterLab on a copy of the project, and a browser that looks at it: what it shows, asks for and complains about."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
from commands import CCPCR
from programs import needs
from workbooks import ROOT

TOKEN = "only-for-this-test"
SCREENSHOTS = ROOT / ".screenshots"
SECONDS = 120
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--proxy-server=http://127.0.0.1:9",  # a closed port: whatever leaves this machine fails
)
SCREEN = {"viewport": {"width": 1093, "height": 614}, "device_scale_factor": 1.25}
"""A laptop of 1366 x 768 at 125 % zoom."""


def project_copy(folder: Path, workbooks: list[Path]) -> Path:
    """Copy what JupyterLab shows of the project, with these quarters' workbooks."""
    for name in ("notebooks", "data"):
        ignored = shutil.ignore_patterns("*.xlsx", "demo", ".ipynb_checkpoints")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "README.md", folder)
    for path in workbooks:
        shutil.copy(path, folder / "data")
    return folder


@contextmanager
def jupyterlab(project: Path, home: Path, *options: str, **environment: str) -> Iterator[str]:
    """Start JupyterLab as `ccpcr lab` does, on a free port, with a home of its own; give its address; stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = {f"JUPYTER_{name}_DIR": str(home / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    quiet = ("--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0")
    command = [*CCPCR, "lab", *quiet, f"--IdentityProvider.token={TOKEN}", *options]
    own = os.environ | folders | {"IPYTHONDIR": str(home)} | environment
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=project, env=own, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/api", process, home / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            for child in psutil.Process(process.pid).children():
                child.terminate()
            process.wait(SECONDS)


def _wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urlopen(address, timeout=SECONDS).close()
            return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(f"JupyterLab did not start: {log.read_text(encoding='utf-8')[-2000:]}")


GIVEN_UP = "WebSocket is closed before the connection is established."
"""What Chromium says where JupyterLab no longer needs a kernel's channel that it had just begun to open."""


@dataclass
class Seen:
    """What a page asked for, and what its console complained about."""

    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def hear(self, message) -> None:
        if message.type in ("error", "warning") and not message.text.endswith(GIVEN_UP):
            self.complaints.append(message.text)


@contextmanager
def chromium(downloads: Path) -> Iterator[tuple]:
    """Open one page of Debian's Chromium; give it with what is seen of it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=needs("chromium"), args=OPTIONS, downloads_path=downloads)
        page, seen = started.new_context(**SCREEN).new_page(), Seen()
        page.set_default_timeout(1000 * SECONDS)
        page.on("request", lambda request: seen.asked.append(request.url))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("console", seen.hear)
        yield page, seen
        started.close()


def photograph(page, name: str) -> None:
    """Keep a picture of what stands on the screen."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


LOST = """async name => {
  const sessions = await (await fetch('/api/sessions')).json();
  const kernel = sessions.find(session => session.path.endsWith(name))?.kernel;
  const cells = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook');
  return kernel?.execution_state === 'idle' && !cells.textContent.includes('[*]');
}"""
"""Whether nothing is being run, though it was asked for."""
TRIES, MILLISECONDS = 8, 5000


def run_all(page, name: str, shows: str) -> None:
    """Run a notebook from top to bottom until it shows something that only lives in a kernel.

    What is asked of JupyterLab while a kernel starts may be lost: then it is asked again, as a person would.
    """
    from playwright.sync_api import TimeoutError as NotYet

    is_lost = True
    for _ in range(TRIES):
        if is_lost:
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        with suppress(NotYet):
            page.locator(shows).wait_for(state="attached", timeout=MILLISECONDS)
            return
        is_lost = page.evaluate(LOST, name)


CHOOSE = """async ([label, value]) => {
  const shown = () => document.querySelector('.ccpcr-chart')?.dataset.shows;
  const named = [...document.querySelectorAll('.ccpcr-panel label')].find(one => one.textContent === label);
  const field = document.getElementById(named.htmlFor) ?? named.querySelector('input');
  const before = shown(), started = performance.now();
  await new Promise(done => {
    const look = new MutationObserver(() => { if (shown() && shown() !== before) { look.disconnect(); done(); } });
    look.observe(document.body, {subtree: true, childList: true});
    if (value === null) field.click();
    else { field.value = value; field.dispatchEvent(new Event('change', {bubbles: true})); }
  });
  await document.querySelector('.ccpcr-chart img').decode();
  await new Promise(requestAnimationFrame);
  return performance.now() - started;
}"""
"""Make a choice, wait until its chart is drawn on the screen, and give the milliseconds in between."""


def milliseconds(page, label: str, value: str | None = None) -> float:
    """Choose a value of a control, or click its box, and measure until the chart is redrawn."""
    return page.evaluate(CHOOSE, [label, value])


TWENTY = (
    ("Table", "Clients enrolled in school by grade"),
    ("Month", None),
    ("Show", "Shares (%)"),
    ("Show", "Counts"),
    ("Table", "Clients referred by case type and sex"),
    ("Sex", None),
    ("Month", None),
    ("Case type", None),
    ("Chart", "Stacked bars"),
    ("Chart", "Bars side by side"),
    ("Table", "Family visits"),
    ("Month", None),
    ("Chart", "Columns over time"),
    ("Chart", "Lines over time"),
    ("Table", "Clients referred by age and sex"),
    ("Month", None),
    ("Age", None),
    ("Sex", None),
    ("Table", "Organizations that referred clients"),
    ("Sex", None),
)
"""Twenty choices, each of which draws another chart, beginning with the explorer as it opens."""


def open_explorer(page) -> None:
    """Open the page for exploring from the first page, and run it from top to bottom."""
    page.locator(".jp-RenderedHTML a", has_text="Explore and check").click()
    page.locator(".jp-RenderedMarkdown h1", has_text="Explore and check").wait_for()
    run_all(page, "explore.ipynb", ".ccpcr-check .widget-upload")
    page.locator(".ccpcr-chart img").wait_for(state="attached")
