"""What can be done to the pages, charts and notebooks of a report."""

import base64
import struct
import zlib
from pathlib import Path

from tampering_tools import cell, edit, edited, first, kind, notebook, one_more, output, picture

# --- pages ---


@kind("a figure in a page")
def _(report: Path) -> None:
    edit(first(report, "1_*.html"), r"(<td[^>]*>)(\d+)(</td>)", one_more)


@kind("a heading of a table in a page")
def _(report: Path) -> None:
    edit(first(report, "1_*.html"), r"(<th[^>]*>)([^<]+)(</th>)", lambda it: f"{it[1]}All {it[2]}{it[3]}")


@kind("the description of a chart in a page")
def _(report: Path) -> None:
    edit(first(report, "1_*.html"), r'<img alt="[^"]+"', '<img alt="All is well"')


@kind("a sentence in a page")
def _(report: Path) -> None:
    edit(
        first(report, "1_*.html"),
        r'(class="ccpcr-sentence[^>]*>[^<]*)()(<)',
        lambda it: f"{it[1]} All is well.{it[3]}",
    )


@kind("a hidden piece of a page")
def _(report: Path) -> None:
    edit(first(report, "1_*.html"), r"</body>", '<div style="display:none">a name</div></body>')


@kind("a remark in a page")
def _(report: Path) -> None:
    edit(first(report, "1_*.html"), r"</body>", "<!-- a name --></body>")


@kind("a row of a page that is hidden by its style")
def _(report: Path) -> None:
    edit(first(report, "1_*.html"), r"<tbody>\s*<tr", '<tbody><tr style="display:none"')


@kind("a picture in a page")
def _(report: Path) -> None:
    grey = base64.b64encode(picture()).decode()
    edit(first(report, "1_*.html"), r"data:image/png;base64,[A-Za-z0-9+/=\s]+", f"data:image/png;base64,{grey}")


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
    path = first(report, "notebooks/1_*.ipynb")
    (path.parent / "9_more.ipynb").write_bytes(path.read_bytes())
