"""What can be done to the quarter at a glance: page 0, its notebook, the first screen, the page to print alone."""

import shutil
from pathlib import Path

from tampered_files import BROKEN, letter_of_the_first_page
from tampering_tools import edit, edited, kind, notebook, one_more, output

# --- page 0 and the first screen, which show the same ---

SHOWN_ON = {"page 0": "0_at_a_glance.html", "the first screen": "index.html"}
IN_PAGE = {
    "a figure at a glance": (r'(<td class="now">)(\d+)(</td>)', one_more),
    "the message at a glance": (r'<p class="lead">', '<p class="lead">All is well. '),
    "a mark of dispute at a glance": r"&nbsp;†",
    "what changed at a glance": (r"(<li>[^<]*: )(\d+)(,)", one_more),
    "a rate at a glance": (r'(<td class="rate">)(\d+)( of )', one_more),
    "what is due at a glance": (r'(<td class="due">)(\d+)(</td>)', one_more),
    "at least at a glance": (r'<td class="to_date">≥ ', '<td class="to_date">'),
    "a state at a glance": (r'<td class="state">◔ incomplete', '<td class="state">● on plan'),
    "a row at a glance that is hidden": (r"<tbody><tr", '<tbody><tr style="display:none"'),
    "a bar of a sparkline at a glance": (r'(<rect x="0" y="2" width="7" height=")(\d+)(")', one_more),
    "what a sparkline at a glance says": (r'(<svg class="spark" role="img" aria-label=")(\d+)(,)', one_more),
}
"""What can be changed of the quarter at a glance: a pattern and what is put in its place; alone it is taken out."""


def _edits(file: str, change: str | tuple):
    pattern, new = (change, "") if isinstance(change, str) else change
    return lambda report: edit(report / file, pattern, new)


for place, file in SHOWN_ON.items():
    for what, change in IN_PAGE.items():
        kind(f"{what} on {place}")(_edits(file, change))


@kind("page 0 taken out")
def _(report: Path) -> None:
    (report / "0_at_a_glance.html").unlink()


# --- its notebook ---

NOTEBOOK = "0_*.ipynb"


@kind("a figure in the text of notebook 0")
def _(report: Path) -> None:
    def change(content: dict) -> None:
        shown = output(content, "text/plain", "64")
        shown["text/plain"] = edited("".join(shown["text/plain"]), r"()(64)()", one_more)

    notebook(report, change, NOTEBOOK)


def _edits_notebook(pattern: str, new):
    def change(content: dict) -> None:
        shown = output(content, "text/html", "<td")
        shown["text/html"] = edited("".join(shown["text/html"]), pattern, new)

    return lambda report: notebook(report, change, NOTEBOOK)


kind("a figure at a glance of notebook 0")(_edits_notebook(*IN_PAGE["a figure at a glance"]))
kind("the message at a glance of notebook 0")(_edits_notebook(*IN_PAGE["the message at a glance"]))
kind("a sparkline of notebook 0")(_edits_notebook(*IN_PAGE["what a sparkline at a glance says"]))


@kind("notebook 0 taken out")
def _(report: Path) -> None:
    (report / "notebooks" / "0_at_a_glance.ipynb").unlink()


@kind("notebook 0 that shows nothing")
def _(report: Path) -> None:
    def change(content: dict) -> None:
        for cell in content["cells"]:
            cell.update({"outputs": []} if "outputs" in cell else {})

    notebook(report, change, NOTEBOOK)


# --- the page to print alone ---


@kind("a letter of the one page")
def _(report: Path) -> None:
    letter_of_the_first_page(report / "one-page.pdf")


@kind("the one page with other bytes")
def _(report: Path) -> None:
    with (report / "one-page.pdf").open("ab") as file:
        file.write(b"% a name\n")


@kind("the one page that cannot be opened")
def _(report: Path) -> None:
    (report / "one-page.pdf").write_bytes(BROKEN)


@kind("the whole print in the place of the one page")
def _(report: Path) -> None:
    shutil.copy(report / "report.pdf", report / "one-page.pdf")


@kind("the one page taken out")
def _(report: Path) -> None:
    (report / "one-page.pdf").unlink()


@kind("the one page under another name")
def _(report: Path) -> None:
    (report / "one-page.pdf").rename(report / "two-pages.pdf")
