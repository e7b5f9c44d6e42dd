"""The report for print: one page out of many, and what is said where no browser can print it."""

import os

import pytest
from programs import needs

from ccpcr_lib.publish.pages import paper
from ccpcr_lib.publish.pages.paper import find_browser, one_page, print_pdf


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head></head><body>{body}</body></html>"


def test_pages_become_one_and_their_links_lead_within_it():
    whole = one_page(page('<a href="1_a.html">A</a>'), {"1_a.html": page("<h1>A</h1>"), "2_b.html": page("<h1>B</h1>")})
    assert whole.count("<body>") == whole.count("</body>") == 1
    assert '<a href="#1_a.html">A</a>' in whole
    assert '<section class="chapter" id="2_b.html"><h1>B</h1></section></body></html>' in whole


def test_links_to_files_are_no_links_on_paper():
    whole = one_page(page('<a href="deck.pptx">deck.pptx</a><img src="charts/a.png">'), {})
    assert '<a>deck.pptx</a><img src="charts/a.png">' in whole


@pytest.mark.slow
def test_chromium_prints_a_page_and_leaves_nothing_behind(tmp_path):
    needs("chromium")
    made = print_pdf(page("<h1>A report</h1>"), tmp_path, find_browser())
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
