"""The report's pages → one PDF for print, by a browser that the computer has; none is brought along.

Chromium, Chrome and Edge all print a page without a window and without the internet.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ...words import say
from ..files import fill_in

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
MAC = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Microsoft Edge.app/Contents/MacOS/Microsoft Edge")
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--proxy-server=http://127.0.0.1:9",  # a closed port: nothing is asked of a network
    "--virtual-time-budget=5000",  # the letters that a page brings along are there before it is printed
)
SECONDS = 90
GALLERY = re.compile(r"<h2>[^<]*</h2><div class='gallery'>.*?</div>", re.DOTALL)
GUARD = (sys.executable, "-P", "-m", "ccpcr_lib.publish.pages.guard")
ORIGIN = re.compile(rb"/(?:Creator|Producer|CreationDate|ModDate)\s*(?:\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f\s]*>)")
"""What stands in a PDF of its origin."""
WRITER = re.compile(rb"Skia/PDF m\d+")
"""What has written a PDF, and its version."""
NODE = re.compile(rb"\(node(\d{8})\)")
"""How a browser numbers what it has printed, for those who have a PDF read to them."""
ENTRY = re.compile(rb"\(node\d{8}\) \d+ 0 R")
INDEX = re.compile(rb"/Limits \[[^\]]*\](\s*)/Names \[(?:%b ?)+\]" % ENTRY.pattern)
"""Where a PDF lists these numbers, in their order, after the first and the last of them."""
STYLE = fill_in(Path(__file__).with_name("paper.css"))


class Printed(NamedTuple):
    """A PDF without its origin, and what has written it, as far as it says so: ``Skia/PDF m140``."""

    pdf: bytes
    writer: str


def find_browser() -> str | None:
    """Give the path of a browser that prints; None where there is none."""
    for name in PROGRAMS:
        path = shutil.which(name)
        if path:
            return path
    return next((str(path) for path in _installed() if path.is_file()), None)


def _installed() -> Iterable[Path]:
    """List where Windows and macOS keep browsers, which are not on the path there."""
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        folder = os.environ.get(variable)
        yield from (Path(folder, name) for name in WINDOWS if folder)
    yield from (Path("/Applications", name) for name in MAC)


def joined(first: str, chapters: Mapping[str, str]) -> str:
    """Put the report's pages into one, each chapter on a new sheet; links between pages lead within it.

    `chapters` maps a page's file name to its whole HTML. Links to files are taken out: on paper they lead nowhere, and
    a PDF would spell out the folders of this computer. So is the gallery: each chart stands in its chapter.
    """
    sections = "".join(
        f'<section class="chapter" id="{name}">{_body(html)}</section>' for name, html in chapters.items()
    )
    joined = GALLERY.sub("", first).replace("</body>", f"<style>{STYLE}</style>{sections}</body>")
    for name in chapters:
        joined = joined.replace(f'href="{name}"', f'href="#{name}"')
    return re.sub(r' href="(?!#)[^"]*"', "", joined)


def with_drawings(html: str, charts: Path) -> str:
    """Put the drawing of each chart (SVG) in the place of its picture (PNG): sharper on paper, and in half the bytes.

    `charts` is the folder of both, which stands beside the page. What is hatched stays a picture: browsers print the
    pattern of a drawing coarsely.
    """
    for drawing in sorted(charts.glob("*.svg")):
        if b"<pattern" not in drawing.read_bytes():
            within = b64encode(drawing.with_suffix(".png").read_bytes()).decode()
            html = html.replace(f"data:image/png;base64,{within}", f"{charts.name}/{drawing.name}")
    return html


def _body(html: str) -> str:
    """Give what stands in the body of a page.

    >>> _body("<html><body class='a'><p>Text</p></body></html>")
    '<p>Text</p>'
    """
    return html.partition("<body")[2].partition(">")[2].rpartition("</body>")[0]


def print_pdf(html: str, folder: Path, browser: str) -> Printed:
    """Print a page that stands in `folder`, where its pictures are. Raise OSError where the browser does not."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        page, out = folder / f".print-{Path(profile).name}.html", Path(profile, "report.pdf")
        try:
            page.write_text(html, encoding="utf-8")
            root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
            command = [browser, *OPTIONS, *root, f"--user-data-dir={profile}", f"--print-to-pdf={out}"]
            if _run([*command, page.resolve().as_uri()]) or not out.is_file():
                raise OSError(say("browser_failed", browser=Path(browser).name))
            made = out.read_bytes()
            writer = WRITER.search(made)
            return Printed(without_origin(made), writer[0].decode() if writer else "")
        finally:
            page.unlink(missing_ok=True)


def _run(command: list[str]) -> int:
    """Run a program that ends with this one, and in time; give its exit code."""
    nothing = subprocess.DEVNULL
    guarded = [*GUARD, *command]
    with subprocess.Popen(guarded, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing) as running:
        with suppress(subprocess.TimeoutExpired):
            return running.wait(SECONDS)
        return 1  # on the way out its input is closed, and it ends


def without_origin(pdf: bytes) -> bytes:
    """Blank what a PDF says of when it was printed, and by which browser and system; nothing else moves.

    A browser numbers the parts of a page on from whatever it had shown before, and two of them now in one order, now
    in the other: they are numbered from 0 instead, as they come.

    >>> without_origin(b"<</Creator (Mozilla)/Title (A)/CreationDate (D:2010)/ID (node00000140)>>")
    b'<<                  /Title (A)                      /ID (node00000000)>>'
    >>> index = b"/Limits [(node00000004) (node00000009)] /Names [(node00000004) 7 0 R (node00000009) 5 0 R]"
    >>> without_origin(b"/ID (node00000009) /ID (node00000004) " + index).partition(b"/Limits ")[2]
    b'[(node00000000) (node00000001)] /Names [(node00000000) 5 0 R (node00000001) 7 0 R]'
    """
    numbers = {node: b"(node%08d)" % number for number, node in enumerate(dict.fromkeys(NODE.findall(pdf)))}
    blank = ORIGIN.sub(lambda entry: b" " * len(entry[0]), pdf)
    return INDEX.sub(_in_order, NODE.sub(lambda node: numbers[node[1]], blank))


def _in_order(index: re.Match) -> bytes:
    entries = sorted(ENTRY.findall(index[0]))
    first, last = (entry.partition(b" ")[0] for entry in (entries[0], entries[-1]))
    return b"/Limits [%b %b]%b/Names [%b]" % (first, last, index[1], b" ".join(entries))
