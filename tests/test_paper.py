"""The report for print: one page out of many, and what is said where no browser can print it."""

import os
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor

import pytest
from extent import proof
from programs import needs
from workbooks import DEMO, WORKBOOK

from ccpcr_lib import release
from ccpcr_lib.publish.pages import paper
from ccpcr_lib.publish.pages.html import Chapter, Contents, index_page, one_page
from ccpcr_lib.publish.pages.paper import find_browser, joined, print_pdf, with_drawings


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head></head><body>{body}</body></html>"


def test_pages_become_one_and_their_links_lead_within_it():
    whole = joined(page('<a href="1_a.html">A</a>'), {"1_a.html": page("<h1>A</h1>"), "2_b.html": page("<h1>B</h1>")})
    assert whole.count("<body>") == whole.count("</body>") == 1
    assert '<a href="#1_a.html">A</a>' in whole
    assert '<section class="chapter" id="2_b.html"><h1>B</h1></section></body></html>' in whole


def test_links_to_files_are_no_links_on_paper():
    whole = joined(page('<a href="deck.pptx">deck.pptx</a><img src="charts/a.png">'), {})
    assert '<a>deck.pptx</a><img src="charts/a.png">' in whole


def test_the_gallery_of_charts_is_not_printed_for_each_stands_in_its_chapter():
    gallery = "<h2>Charts</h2><div class='gallery'><a><img src='charts/a.png'></a></div>"
    whole = joined(page(f"<h2>Contents</h2><ol></ol>{gallery}<h2>Files</h2><ul></ul>"), {})
    assert "<body><h2>Contents</h2><ol></ol><h2>Files</h2><ul></ul><style>" in whole


def test_what_the_first_page_calls_its_gallery_is_what_is_left_out(quarter):
    first = index_page(release(quarter), Contents({"1_a.html": Chapter("A")}, ["charts/a.png", "deck.pptx"]))
    assert first.count("<img") == 1
    whole = joined(first, {})
    assert "<img" not in whole
    assert whole.count("<h2>") == first.count("<h2>") - 1


def test_a_chart_is_printed_as_its_drawing_and_as_its_picture_where_it_is_hatched(tmp_path):
    charts = tmp_path / "charts"
    charts.mkdir()
    for name, drawing in (("plain", b"<svg/>"), ("hatched", b"<svg><pattern/></svg>")):
        (charts / f"{name}.svg").write_bytes(drawing)
        (charts / f"{name}.png").write_bytes(name.encode())
    pictures = {name: f"data:image/png;base64,{b64encode(name.encode()).decode()}" for name in ("plain", "hatched")}
    html = "".join(f'<img alt="A" src="{picture}">' for picture in pictures.values())
    assert with_drawings(html, charts) == html.replace(pictures["plain"], "charts/plain.svg")


@pytest.mark.slow
def test_chromium_prints_a_page_and_leaves_nothing_behind(tmp_path):
    needs("chromium")
    made = print_pdf(page("<h1>A report</h1>"), tmp_path, find_browser()).pdf
    assert made.startswith(b"%PDF-")
    assert list(tmp_path.iterdir()) == []


def test_a_browser_that_fails_is_said_in_one_line(tmp_path):
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\nexit 3\n")
    browser.chmod(0o755)
    if os.name == "nt":
        pytest.skip("a shell script is no program on Windows")
    with pytest.raises(OSError, match=r"^the browser did not print: browser$"):
        print_pdf(page(""), tmp_path, str(browser))
    assert [path.name for path in tmp_path.iterdir()] == ["browser"]


def test_a_browser_is_found_where_windows_keeps_it(tmp_path, monkeypatch):
    program = tmp_path / "Microsoft/Edge/Application/msedge.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr(paper.shutil, "which", lambda name: None)
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert find_browser() == str(program)


@pytest.mark.slow
@proof("language", ["en", "km", "en+km"], sample=1)
@pytest.mark.parametrize(
    ("folder", "period"), [(WORKBOOK.parent, "2010-Q2"), (DEMO, "2011-Q4"), (WORKBOOK.parent, "2010")]
)
def test_a_period_at_a_glance_is_one_page(tmp_path, folder, period, language):
    needs("chromium")
    html = one_page(release(folder, language, period=period), Contents({}))
    assert print_pdf(html, tmp_path, find_browser()).pdf.count(b"/Type /Page\n") == 1


@pytest.mark.slow
def test_prints_that_are_made_at_once_are_the_same_with_all_their_letters(quarter, tmp_path):
    needs("chromium")
    html, browser = one_page(release(quarter, "en+km"), Contents({})), find_browser()
    with ThreadPoolExecutor(4) as beside:
        made = list(beside.map(lambda _: print_pdf(html, tmp_path, browser).pdf, range(4)))
    assert len(set(made)) == 1
