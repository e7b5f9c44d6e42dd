"""What can be done to the counts, the print and the provenance of a report, and to its folder."""

import re
import zlib
from pathlib import Path

from tampering_tools import edit, first, kind, one_more, provenance, write_provenance

BROKEN = b"%PDF-1.4 broken"

# --- counts, print ---


@kind("a value of counts.csv")
def _(report: Path) -> None:
    edit(report / "counts.csv", r"(,clients,)(\d+)(,)", one_more)


@kind("a row added to counts.csv")
def _(report: Path) -> None:
    path = report / "counts.csv"
    path.write_bytes(path.read_bytes() + path.read_bytes().splitlines(keepends=True)[-1])


@kind("a row taken out of counts.csv")
def _(report: Path) -> None:
    path = report / "counts.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


@kind("a print with other bytes")
def _(report: Path) -> None:
    with first(report, "report*.pdf").open("ab") as file:
        file.write(b"% a name\n")


@kind("a print that cannot be opened")
def _(report: Path) -> None:
    first(report, "report*.pdf").write_bytes(BROKEN)


@kind("another report's print")
def _(report: Path) -> None:
    objects = (
        "1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj",
        "2 0 obj\n<</Type /Pages /Kids [3 0 R] /Count 1>>\nendobj",
        "3 0 obj\n<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>\nendobj",
    )
    text = "\n".join(("%PDF-1.4", *objects, "trailer\n<</Root 1 0 R>>", "%%EOF", ""))
    first(report, "report*.pdf").write_bytes(text.encode())


@kind("a letter of the print")
def _(report: Path) -> None:
    letter_of_the_first_page(first(report, "report*.pdf"))


def letter_of_the_first_page(path: Path) -> None:
    """Write another letter where the first page says its first one, and pack the page anew."""
    pdf = path.read_bytes()
    for place in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            drawn = zlib.decompress(place[1])
        except zlib.error:
            continue
        if b" Tf" in drawn and re.search(rb"<[0-9A-F]{4}> Tj", drawn):
            other = re.sub(rb"<[0-9A-F]{4}> Tj", b"<0013> Tj", drawn, count=1)
            path.write_bytes(pdf[: place.start(1)] + zlib.compress(other) + pdf[place.end(1) :])
            return
    raise AssertionError


# --- provenance ---


def _say(report: Path, **entries: object) -> None:
    write_provenance(report, provenance(report) | entries)


@kind("provenance: another quarter")
def _(report: Path) -> None:
    _say(report, period="2010-Q3")


@kind("provenance: another language")
def _(report: Path) -> None:
    _say(report, language="km")


@kind("provenance: another fingerprint of the workbook")
def _(report: Path) -> None:
    _say(report, sha256="0" * 64)


@kind("provenance: another name of the workbook")
def _(report: Path) -> None:
    _say(report, workbook="2010-Q1.xlsx")


@kind("provenance: another version of Python")
def _(report: Path) -> None:
    _say(report, versions=provenance(report)["versions"] | {"Python": "3.9.0"})


@kind("provenance: another version of matplotlib")
def _(report: Path) -> None:
    _say(report, versions=provenance(report)["versions"] | {"matplotlib": "2.0.0"})


@kind("provenance: a file not listed")
def _(report: Path) -> None:
    _say(report, files={name: mark for name, mark in provenance(report)["files"].items() if name != "counts.csv"})


@kind("provenance: a file listed that is not there")
def _(report: Path) -> None:
    _say(report, files=provenance(report)["files"] | {"letter.pdf": "0" * 64})


@kind("provenance: a final deck")
def _(report: Path) -> None:
    _say(report, options={"deck": "final"})


# --- files ---


@kind("a page added")
def _(report: Path) -> None:
    (report / "6_more.html").write_text("<p>All is well.</p>", encoding="utf-8")


@kind("a hidden page added")
def _(report: Path) -> None:
    (report / ".more.html").write_text("<p>All is well.</p>", encoding="utf-8")


@kind("a hidden folder added")
def _(report: Path) -> None:
    (report / ".more").mkdir()
    (report / ".more" / "page.html").write_text("<p>All is well.</p>", encoding="utf-8")


@kind("a page added under the name of an office program's file")
def _(report: Path) -> None:
    (report / "~$page.html").write_text("<p>All is well.</p>", encoding="utf-8")


@kind("a chart removed")
def _(report: Path) -> None:
    first(report, "charts/*.png").unlink()


@kind("a chart renamed")
def _(report: Path) -> None:
    path = first(report, "charts/*.png")
    path.rename(path.with_name("of-another-quarter.png"))
