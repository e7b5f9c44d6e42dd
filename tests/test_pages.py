import base64
import hashlib
import json
import re
import tempfile
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from browser import browser
from nbformat import v4
from programs import needs
from stored_notebooks import PATHS, committed
from workbooks import CHARTS_OVER_TIME, ROOT, WORKBOOK

from ccpcr_lib import CATALOGUE, release
from ccpcr_lib.publish.pages.cells import ONLY_IN_NOTEBOOK, body_html
from ccpcr_lib.publish.pages.html import page
from ccpcr_lib.publish.pages.paper import find_browser

pytestmark = pytest.mark.slow

CHARTS = sum(len(spec.charts) for spec in CATALOGUE) + CHARTS_OVER_TIME
CHAPTERS = [path.stem for path in sorted((ROOT / "notebooks").glob("[0-9]*_*.ipynb"))]


class Tags(HTMLParser):
    """Collects a page's tags with their attributes, and its text."""

    def __init__(self, page: Path | str) -> None:
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(page if isinstance(page, str) else page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += f"{data} "

    def without(self, tag: str) -> list[tuple[str, dict]]:
        """Every tag but some, with its attributes; those that only need to be there have no value."""
        attributes = ({name: value or "" for name, value in found.items()} for _, found in self.tags)
        return [(name, found) for (name, _), found in zip(self.tags, attributes, strict=True) if name != tag]

    def all(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.tags if name == tag]


def pages(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.html"))


def addresses(path: Path) -> list[str]:
    """List whatever a page points to: links, pictures, and what its styles fetch."""
    named = [
        value for _, found in Tags(path).tags for name, value in found.items() if name in ("src", "href", "srcset")
    ]
    return named + re.findall(r"url\(\s*['\"]?(.*?)['\"]?\s*\)", path.read_text(encoding="utf-8"))


def test_the_report_has_a_page_for_each_notebook_and_files_for_each_chart(built):
    assert [path.stem for path in pages(built)] == [*CHAPTERS, "index"]
    assert len(list((built / "charts").glob("*.png"))) == CHARTS
    assert {path.stem for path in (built / "charts").glob("*.svg")} == {
        path.stem for path in (built / "charts").glob("*.png")
    }
    assert sorted(path.stem for path in (built / "notebooks").iterdir()) == CHAPTERS
    others = sorted(path.name for path in built.iterdir() if path.is_file() and path.suffix != ".html")
    printed = ["one-page.pdf", "report.pdf"] if find_browser() else []
    assert others == sorted(["counts.csv", "deck.pptx", "provenance.json", *printed, "tables.xlsx"])


def test_the_printed_report_names_no_folder_of_this_computer(built):
    needs("chromium")
    printed = (built / "report.pdf").read_bytes()
    assert printed.startswith(b"%PDF-")
    assert b"file:" not in printed
    assert b"/URI" not in printed


def test_every_link_of_every_page_leads_to_a_file_of_the_report(built):
    for path in pages(built):
        links = [link for link in addresses(path) if not link.startswith(("data:", "#"))]
        assert links
        for link in links:
            parts = urlsplit(link)
            assert (parts.scheme, parts.netloc) == ("", ""), link
            assert (path.parent / unquote(parts.path)).resolve().is_relative_to(built.resolve())
            assert (path.parent / unquote(parts.path)).is_file(), link


def test_every_file_of_the_report_but_drawings_is_linked_from_its_first_page(built):
    linked = {unquote(link) for link in addresses(built / "index.html")} | {"index.html"}
    there = {
        file.relative_to(built).as_posix() for file in built.rglob("*") if file.is_file() and file.suffix != ".svg"
    }
    assert there - linked == set()


def test_nothing_in_a_page_is_fetched_from_anywhere(built):
    for path in pages(built):
        assert not [link for link in addresses(path) if re.match(r"(?i)(https?:)?//|file:|ftp:", link)]
        found = Tags(path)
        assert found.all("script") == found.all("link") == found.all("iframe") == []
        assert "@import" not in path.read_text(encoding="utf-8")


def test_every_picture_says_in_words_what_it_shows(built):
    for path in pages(built):
        pictures = Tags(path).all("img")
        for picture in pictures:
            assert len(picture["alt"].split()) >= 3, picture["alt"]
    assert len(Tags(built / "index.html").all("img")) == CHARTS


def test_a_page_shows_no_code_and_no_hint_for_those_who_run_notebooks(built):
    for name in CHAPTERS:
        found = Tags(built / f"{name}.html")
        assert "show_table(" not in found.text
        assert "import " not in found.text
        assert "run all cells" not in found.text
        assert "In [" not in found.text


def test_where_the_figures_come_from_is_said_with_the_fingerprint_of_the_workbook(built):
    text = " ".join(Tags(built / "index.html").text.split())
    assert f"SHA-256 {hashlib.sha256(WORKBOOK.read_bytes()).hexdigest()}" in text
    assert "Workbook 2010-Q2.xlsx" in text
    assert "Period 2010-Q2" in text
    assert "Counts read 317" in text
    assert "ccpcr 1.0.0" in text
    assert '"language": "en+km"' in text


def test_the_first_page_lists_what_does_not_add_up(built):
    text = " ".join(Tags(built / "index.html").text.split())
    assert "Slide 15!F5: the note “6 (SA1, NC2, TL2)” adds up to 5, but the cell says 6." in text


def test_no_page_and_no_notebook_names_a_folder_of_the_machine(built):
    for path in [*pages(built), *(built / "notebooks").iterdir()]:
        text = re.sub(r"[A-Za-z0-9+/=]{200,}", "", path.read_text(encoding="utf-8"))
        for secret in (str(ROOT), str(built), "/home/", tempfile.gettempdir()):
            assert secret not in text, (path.name, secret)


def test_the_executed_notebooks_show_what_the_pages_show(built):
    notebook = nbformat.read(built / "notebooks" / f"{CHAPTERS[0]}.ipynb", as_version=4)
    pictures = [
        out.data["image/png"] for cell in notebook.cells for out in cell.get("outputs", []) if "image/png" in out.data
    ]
    shown = [picture["src"].partition(",")[2] for picture in Tags(built / f"{CHAPTERS[0]}.html").all("img")]
    assert ["".join(one.split()) for one in shown] == ["".join(one.split()) for one in pictures]
    on_disk = {path.read_bytes() for path in (built / "charts").glob("*.png")}
    assert {base64.b64decode(one) for one in pictures} <= on_disk


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_page_has_what_nbconvert_would_put_on_it_tag_for_tag(path):
    from nbconvert import HTMLExporter
    from nbconvert.preprocessors import TagRemovePreprocessor

    exporter = HTMLExporter(template_name="basic", exclude_input=True, exclude_output_prompt=True)
    exporter.exclude_anchor_links = True
    exporter.register_preprocessor(TagRemovePreprocessor(remove_cell_tags={ONLY_IN_NOTEBOOK}), enabled=True)
    whole, ours = Tags(exporter.from_notebook_node(committed(path))[0]), Tags(body_html(committed(path)))
    assert len(ours.tags) > 10
    assert ours.without("div") == whole.without("div")
    assert ours.text.split() == whole.text.split()


def test_every_kind_of_output_is_shown_and_what_was_typed_is_text():
    display = partial(v4.new_output, "display_data")
    outputs = [
        v4.new_output("stream", name="stdout", text="1 < 2\n"),
        display({"text/plain": "<b>"}),
        display({"text/markdown": "*a*", "text/plain": "a"}),
        display({"image/png": "AAAA\n", "text/plain": "a"}, metadata={"image/png": {"width": 8, "alt": 'a "b"'}}),
    ]
    cells = [v4.new_code_cell("1 + 1", outputs=outputs), v4.new_code_cell("2")]
    assert body_html(v4.new_notebook(cells=cells)).replace("\n", "") == (
        '<div class="output"><pre>1 &lt; 2</pre></div>'
        '<div class="output"><pre>&lt;b&gt;</pre></div>'
        '<div class="output"><p><em>a</em></p></div>'
        '<div class="output"><img alt="a &quot;b&quot;" src="data:image/png;base64,AAAA" width="8"></div>'
    )


def test_a_title_is_text_whatever_was_typed():
    assert "<title>&lt;script&gt;</title>" in page("<script>", "", language="en")


def test_the_khmer_font_comes_along_where_khmer_is_shown_and_only_there():
    assert "data:font/ttf;base64," in page("", "", language="km")
    assert "data:font" not in page("", "", language="en")


def test_a_release_names_its_quarter_in_both_languages(quarter):
    assert release(quarter, "en+km").name_quarter() == "2nd quarter of 2010 · ត្រីមាសទី2 ឆ្នាំ 2010"


# --- in a browser, with the network off ---

FACTS = """(async () => { await document.fonts.ready; return {
  title: document.title,
  broken: [...document.images].filter(image => !image.complete || !image.naturalWidth).map(image => image.alt),
  wider: document.documentElement.scrollWidth > window.innerWidth,
  fonts: [...document.fonts].map(font => font.family + ' ' + font.status),
}})()"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.mark.parametrize("name", [*CHAPTERS, "index"])
def test_a_page_opens_without_a_failed_request_or_a_word_on_the_console(chromium, built, name):
    seen = chromium.visit((built / f"{name}.html").as_uri(), script=FACTS)
    assert (seen.failed, seen.console) == ([], [])
    assert seen.asked
    assert {urlsplit(address).scheme for address in seen.asked} <= {"file", "data"}
    assert seen.facts["title"]
    assert seen.facts["broken"] == []
    assert not seen.facts["wider"]
    assert any(
        font.endswith('Noto Sans Khmer" loaded') or font.endswith("Khmer loaded") for font in seen.facts["fonts"]
    )


def test_a_page_that_asks_for_what_is_not_there_is_noticed(chromium, tmp_path):
    script = "<script>console.error('oops'); missing()</script>"
    pictures = '<img src="missing.png" alt="one"><img src="http://example.org/a.png" alt="two">'
    (tmp_path / "bad.html").write_text(f"<title>bad</title>{pictures}{script}", encoding="utf-8")
    seen = chromium.visit((tmp_path / "bad.html").as_uri(), script=FACTS)
    assert sorted(seen.failed) == ["net::ERR_FILE_NOT_FOUND", "net::ERR_PROXY_CONNECTION_FAILED"]
    assert "oops" in json.dumps(seen.console)
    assert "missing is not defined" in json.dumps(seen.console)
    assert seen.facts["broken"] == ["one", "two"]
