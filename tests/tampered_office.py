"""What can be done to the deck and the hand-out of a report."""

import zipfile
from pathlib import Path

from tampering_tools import in_package, kind, one_more

# --- the deck ---

SLIDE, CHART = r"ppt/slides/slide\d+\.xml", r"ppt/charts/chart\d+\.xml"


@kind("a text of a slide")
def _(report: Path) -> None:
    in_package(report / "deck.pptx", SLIDE, r"(<a:t>)([^<]+)(</a:t>)", r"<a:t>Another title</a:t>")


@kind("a figure on a tile of a slide")
def _(report: Path) -> None:
    in_package(report / "deck.pptx", SLIDE, r"(name=\"tile [a-z_]+\"(?:(?!<a:t>).)*<a:t>)(\d+)(</a:t>)", one_more)


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

SHEET, GLANCE = r"xl/worksheets/sheet3\.xml", r"xl/worksheets/sheet1\.xml"


@kind("a figure of the first sheet of the hand-out")
def _(report: Path) -> None:
    in_package(report / "tables.xlsx", GLANCE, r"(<c r=\"[A-Z]+\d+\" s=\"\d+\"><v>)(\d+)(</v>)", one_more)


@kind("what a sparkline of the hand-out is drawn from")
def _(report: Path) -> None:
    in_package(report / "tables.xlsx", GLANCE, r"(<xm:f>[^<]*[A-Z])(\d+)(</xm:f>)", one_more)


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
