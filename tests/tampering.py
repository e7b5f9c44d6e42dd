"""What somebody can do to a report that is finished, by hand: each kind, with and without mending the fingerprints.

    python tests/tampering.py reports/2010-Q2 "a figure in a page" --mended

Nothing here knows the library: a report's files are opened as anybody can open them.
"""

import base64
import hashlib
import io
import json
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

Tampering = Callable[[Path], None]
KINDS: dict[str, Tampering] = {}


def kind(name: str) -> Callable[[Tampering], Tampering]:
    """List a kind of tampering by its name."""

    def listed(tampering: Tampering) -> Tampering:
        KINDS[name] = tampering
        return tampering

    return listed


def tamper(report: Path, name: str, *, mended: bool) -> None:
    """Do something to a report, and take the fingerprints of its files anew, if they are to be mended."""
    KINDS[name](report)
    if mended and not name.startswith("provenance"):
        known = provenance(report)
        files = sorted(path for path in report.rglob("*") if path.is_file() and path.name != "provenance.json")
        known["files"] = {
            path.relative_to(report).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
        }
        write_provenance(report, known)


def provenance(report: Path) -> dict:
    return json.loads((report / "provenance.json").read_text(encoding="utf-8"))


def write_provenance(report: Path, known: dict) -> None:
    (report / "provenance.json").write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def first(report: Path, pattern: str) -> Path:
    return sorted(report.glob(pattern))[0]


def edit(path: Path, pattern: str, new: str | Callable[[re.Match], str], *, which: int = 0) -> None:
    """Write something else in one place of a text file; fail where there is no such place."""
    content = path.read_bytes().decode("utf-8")
    path.write_bytes(edited(content, pattern, new, which).encode())


def edited(content: str, pattern: str, new: str | Callable[[re.Match], str], which: int = 0) -> str:
    places = list(re.finditer(pattern, content, re.DOTALL))
    place = places[which]
    return content[: place.start()] + (new if isinstance(new, str) else new(place)) + content[place.end() :]


def in_package(
    path: Path, part: str, pattern: str, new: str | Callable[[re.Match], str], *, within: str | None = None
) -> None:
    """Edit the first part of an Office file, by a pattern of its name, that has such a place; or one packed in it."""
    path.write_bytes(repacked(path.read_bytes(), part, pattern, new, within))


def repacked(
    package: bytes, part: str, pattern: str, new: str | Callable[[re.Match], str], within: str | None = None
) -> bytes:
    buffer, done = io.BytesIO(), False
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as other:
        for name in old.namelist():
            content = old.read(name)
            if not done and re.fullmatch(part, name):
                if within:
                    content, done = repacked(content, within, pattern, new), True
                elif re.search(pattern, content.decode(), re.DOTALL):
                    content, done = edited(content.decode(), pattern, new).encode(), True
            other.writestr(name, content)
    assert done, (part, pattern)
    return buffer.getvalue()


def one_more(place: re.Match) -> str:
    """Write the number in the middle one larger."""
    return f"{place[1]}{int(place[2]) + 1}{place[3]}"


def picture(width: int = 400, height: int = 225) -> bytes:
    """Draw a picture that is all grey."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    dots = zlib.compress((b"\0" + b"\x80\x80\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def notebook(report: Path, change: Callable[[dict], None]) -> None:
    """Change the first notebook."""
    path = first(report, "notebooks/*.ipynb")
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def cell(content: dict, kind: str, word: str = "") -> dict:
    """Give the first cell of a kind that says a word."""
    return next(one for one in content["cells"] if one["cell_type"] == kind and word in json.dumps(one["source"]))


def output(content: dict, kind: str, word: str = "") -> dict:
    """Give the data of the first output that has something of a kind."""
    shown = (one.get("data", {}) for each in content["cells"] for one in each.get("outputs", []))
    return next(data for data in shown if word in json.dumps(data.get(kind, "")) and kind in data)


# --- pages ---


@kind("a figure in a page")
def _(report: Path) -> None:
    edit(first(report, "[0-9]*.html"), r"(<td[^>]*>)(\d+)(</td>)", one_more)


@kind("a heading of a table in a page")
def _(report: Path) -> None:
    edit(first(report, "[0-9]*.html"), r"(<th[^>]*>)([^<]+)(</th>)", lambda it: f"{it[1]}All {it[2]}{it[3]}")


@kind("the description of a chart in a page")
def _(report: Path) -> None:
    edit(first(report, "[0-9]*.html"), r'<img alt="[^"]+"', '<img alt="All is well"')


@kind("a sentence in a page")
def _(report: Path) -> None:
    edit(
        first(report, "[0-9]*.html"),
        r'(class="ccpcr-sentence[^>]*>[^<]*)()(<)',
        lambda it: f"{it[1]} All is well.{it[3]}",
    )


@kind("a hidden piece of a page")
def _(report: Path) -> None:
    edit(first(report, "[0-9]*.html"), r"</body>", '<div style="display:none">a name</div></body>')


@kind("a remark in a page")
def _(report: Path) -> None:
    edit(first(report, "[0-9]*.html"), r"</body>", "<!-- a name --></body>")


@kind("a row of a page that is hidden by its style")
def _(report: Path) -> None:
    edit(first(report, "[0-9]*.html"), r"<tbody>\s*<tr", '<tbody><tr style="display:none"')


@kind("a picture in a page")
def _(report: Path) -> None:
    grey = base64.b64encode(picture()).decode()
    edit(first(report, "[0-9]*.html"), r"data:image/png;base64,[A-Za-z0-9+/=\s]+", f"data:image/png;base64,{grey}")


@kind("the fingerprint on the first page")
def _(report: Path) -> None:
    edit(report / "index.html", r"<dd>[0-9a-f]{64}</dd>", f"<dd>{'0' * 64}</dd>")


@kind("a link of the first page")
def _(report: Path) -> None:
    edit(report / "index.html", r'href="counts.csv"', 'href="other.csv"')


# --- charts ---


@kind("a chart exchanged for another one")
def _(report: Path) -> None:
    charts = sorted(report.glob("charts/*.png"))
    charts[0].write_bytes(charts[1].read_bytes())


@kind("a chart painted over")
def _(report: Path) -> None:
    chart = first(report, "charts/*.png")
    chart.write_bytes(picture(*struct.unpack(">II", chart.read_bytes()[16:24])))


@kind("a remark in a chart's file")
def _(report: Path) -> None:
    chart = first(report, "charts/*.png")
    text = b"tEXtComment\0a name"
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    chart.write_bytes(chart.read_bytes()[:33] + chunk + chart.read_bytes()[33:])


@kind("the height of a bar in a drawing")
def _(report: Path) -> None:
    edit(first(report, "charts/*.svg"), r"(L )(\d+)(\.\d+ )", one_more, which=3)


@kind("a word in a drawing")
def _(report: Path) -> None:
    edit(first(report, "charts/*.svg"), r"<!-- [^>]* -->", "<!-- another word -->")


@kind("a drawing with a text put over it")
def _(report: Path) -> None:
    edit(first(report, "charts/*.svg"), r"</svg>\s*$", '<text x="100" y="100">7</text></svg>\n')


# --- notebooks ---


@kind("a figure in the text that a notebook shows")
def _(report: Path) -> None:
    def change(content: dict) -> None:
        shown = output(content, "text/plain")
        shown["text/plain"] = [*shown["text/plain"][:-1], shown["text/plain"][-1] + " 7"]

    notebook(report, change)


@kind("a figure in a table of a notebook")
def _(report: Path) -> None:
    def change(content: dict) -> None:
        shown = output(content, "text/html", "<td")
        shown["text/html"] = edited("".join(shown["text/html"]), r"(<td[^>]*>)(\d+)(</td>)", one_more)

    notebook(report, change)


@kind("a picture in a notebook")
def _(report: Path) -> None:
    grey = base64.b64encode(picture()).decode()
    notebook(report, lambda content: output(content, "image/png").update({"image/png": grey}))


@kind("a text of a notebook")
def _(report: Path) -> None:
    notebook(report, lambda content: cell(content, "markdown").update(source="# Another heading"))


@kind("the parameters of a notebook")
def _(report: Path) -> None:
    def change(content: dict) -> None:
        given = next(one for one in content["cells"] if "injected-parameters" in one["metadata"].get("tags", []))
        given["source"] = "".join(given["source"]).replace('"2010-Q2.xlsx"', '"2010-Q1.xlsx"')

    notebook(report, change)


@kind("the code of a notebook")
def _(report: Path) -> None:
    def change(content: dict) -> None:
        found = cell(content, "code", "show_")
        found["source"] = "".join(found["source"]) + "  # changed"

    notebook(report, change)


@kind("a cell added to a notebook")
def _(report: Path) -> None:
    added = {"cell_type": "markdown", "id": "added", "metadata": {}, "source": "All is well."}
    notebook(report, lambda content: content["cells"].append(added))


@kind("a cell with code added to a notebook")
def _(report: Path) -> None:
    added = {"cell_type": "code", "id": "added", "metadata": {}, "source": "7", "outputs": [], "execution_count": 99}
    notebook(report, lambda content: content["cells"].append(added))


@kind("a cell taken out of a notebook")
def _(report: Path) -> None:
    notebook(report, lambda content: content["cells"].remove(cell(content, "markdown")))


@kind("a cell with a figure taken out of a notebook")
def _(report: Path) -> None:
    notebook(report, lambda content: content["cells"].pop())


@kind("what an output of a notebook is taken out of")
def _(report: Path) -> None:
    def change(content: dict) -> None:
        next(one for one in content["cells"] if one.get("outputs"))["outputs"] = []

    notebook(report, change)


@kind("what a notebook says of itself")
def _(report: Path) -> None:
    notebook(report, lambda content: content["metadata"].update(author="a name"))


@kind("how a cell of a notebook is marked")
def _(report: Path) -> None:
    notebook(report, lambda content: content["cells"][-1]["metadata"].update(tags=["hide-cell"]))


@kind("a notebook of another name")
def _(report: Path) -> None:
    path = first(report, "notebooks/*.ipynb")
    (path.parent / "9_more.ipynb").write_bytes(path.read_bytes())


# --- the deck ---

SLIDE, CHART = r"ppt/slides/slide\d+\.xml", r"ppt/charts/chart\d+\.xml"


@kind("a text of a slide")
def _(report: Path) -> None:
    in_package(report / "deck.pptx", SLIDE, r"(<a:t>)([^<]+)(</a:t>)", r"<a:t>Another title</a:t>")


@kind("a cell of a table on a slide")
def _(report: Path) -> None:
    in_package(report / "deck.pptx", SLIDE, r"(<a:tc>(?:(?!</a:tc>).)*<a:t>)(\d+)(</a:t>)", one_more)


@kind("a number in the workbook behind a chart of a slide")
def _(report: Path) -> None:
    book = r"ppt/embeddings/.*\.xlsx"
    in_package(
        report / "deck.pptx", book, r"(<c r=\"B2\"[^>]*><v>)(\d+)(</v>)", one_more, within=r"xl/worksheets/sheet1\.xml"
    )


@kind("a number that a chart of a slide plots")
def _(report: Path) -> None:
    in_package(report / "deck.pptx", CHART, r"(<c:numCache>.*?<c:v>)(\d+)(</c:v>)", one_more)


@kind("how a chart of a slide writes its numbers")
def _(report: Path) -> None:
    in_package(report / "deck.pptx", CHART, r'formatCode="[^"]*"', 'formatCode="&quot;7&quot;"')


@kind("the speaker notes of a slide")
def _(report: Path) -> None:
    in_package(
        report / "deck.pptx", r"ppt/notesSlides/notesSlide\d+\.xml", r"<a:t>[^<]+</a:t>", "<a:t>Say nothing</a:t>"
    )


@kind("the description of a chart on a slide")
def _(report: Path) -> None:
    in_package(report / "deck.pptx", SLIDE, r'descr="[^"]+"', 'descr="All is well"')


@kind("a slide that is hidden")
def _(report: Path) -> None:
    in_package(report / "deck.pptx", SLIDE, r"<p:sld ", '<p:sld show="0" ')


@kind("slides in another order")
def _(report: Path) -> None:
    swap = r"(<p:sldId [^>]*/>)(<p:sldId [^>]*/>)"
    in_package(report / "deck.pptx", r"ppt/presentation\.xml", swap, lambda it: it[2] + it[1])


@kind("a slide taken out")
def _(report: Path) -> None:
    in_package(report / "deck.pptx", r"ppt/presentation\.xml", r"<p:sldId [^>]*/>", "")


@kind("a slide shown twice")
def _(report: Path) -> None:
    twice = r'(<p:sldId [^>]*id=")(\d+)("[^>]*/>)'
    in_package(report / "deck.pptx", r"ppt/presentation\.xml", twice, lambda it: f"{it[0]}{it[1]}9999{it[3]}")


@kind("a colour of a slide")
def _(report: Path) -> None:
    in_package(report / "deck.pptx", SLIDE, r'srgbClr val="[0-9A-F]{6}"', 'srgbClr val="FFFFFF"')


@kind("a part of the deck that nobody sees")
def _(report: Path) -> None:
    with zipfile.ZipFile(report / "deck.pptx", "a") as package:
        package.writestr("ppt/hidden.xml", "<a>a name</a>")


# --- the hand-out ---

SHEET = r"xl/worksheets/sheet2\.xml"


@kind("a cell of the hand-out")
def _(report: Path) -> None:
    in_package(report / "tables.xlsx", SHEET, r"(<c r=\"[A-Z]+\d+\" s=\"\d+\"><v>)(\d+)(</v>)", one_more)


@kind("a label of the hand-out")
def _(report: Path) -> None:
    in_package(report / "tables.xlsx", r"xl/sharedStrings\.xml", r"(<t[^>]*>)([^<]+)(</t>)", "<t>Another label</t>")


@kind("a formula in the hand-out that shows a number of its own")
def _(report: Path) -> None:
    cell = r"(<c r=\"[A-Z]+\d+\" s=\"\d+\">)<v>(\d+)</v>"
    in_package(report / "tables.xlsx", SHEET, cell, lambda it: f"{it[1]}<f>1+1</f><v>{it[2]}</v>")


@kind("a sheet of the hand-out that is hidden")
def _(report: Path) -> None:
    in_package(
        report / "tables.xlsx", r"xl/workbook\.xml", r'<sheet name="([^"]*)"', lambda it: it[0] + ' state="hidden"'
    )


@kind("a number format of the hand-out that shows another number")
def _(report: Path) -> None:
    formats = r'<numFmt numFmtId="(\d+)" formatCode="[^"]*"'
    new = lambda it: f'<numFmt numFmtId="{it[1]}" formatCode="&quot;7&quot;"'  # noqa: E731
    in_package(report / "tables.xlsx", r"xl/styles\.xml", formats, new)


@kind("the colour of what stands in the hand-out")
def _(report: Path) -> None:
    in_package(report / "tables.xlsx", r"xl/styles\.xml", r'<color rgb="[0-9A-F]{8}"', '<color rgb="FFFFFFFF"')


@kind("a number that a chart of the hand-out plots")
def _(report: Path) -> None:
    in_package(report / "tables.xlsx", r"xl/charts/chart\d+\.xml", r"(<c:numCache>.*?<c:v>)(\d+)(</c:v>)", one_more)


@kind("a row of the hand-out that is hidden")
def _(report: Path) -> None:
    in_package(report / "tables.xlsx", SHEET, r'<row r="10"', '<row hidden="1" r="10"')


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
    with first(report, "*.pdf").open("ab") as file:
        file.write(b"% a name\n")


@kind("a print that cannot be opened")
def _(report: Path) -> None:
    first(report, "*.pdf").write_bytes(b"%PDF-1.4 broken")


@kind("another report's print")
def _(report: Path) -> None:
    objects = (
        "1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj",
        "2 0 obj\n<</Type /Pages /Kids [3 0 R] /Count 1>>\nendobj",
        "3 0 obj\n<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>\nendobj",
    )
    text = "\n".join(("%PDF-1.4", *objects, "trailer\n<</Root 1 0 R>>", "%%EOF", ""))
    first(report, "*.pdf").write_bytes(text.encode())


@kind("a letter of the print")
def _(report: Path) -> None:
    """Write another letter where the first page says its first one, and pack the page anew."""
    path = first(report, "*.pdf")
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


if __name__ == "__main__":
    tamper(Path(sys.argv[1]), sys.argv[2], mended="--mended" in sys.argv)
