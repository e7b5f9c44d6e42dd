"""Executed notebooks → self-contained HTML pages, and the index that leads to them. No address, no script, no font.

A page reads on screen and on paper; the code stays in the notebook beside it.
"""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from nbformat import NotebookNode

from ...analysis.disputes import each_once
from ...model.period import printed
from .. import theme
from ..files import fill_in, json_text
from ..release import DAGGER, Release
from ..text.findings import folded_html
from ..text.glance_html import glance_html
from ..text.table import listed_quarters
from .cells import body_html

STYLE = theme.stylesheet(Path(__file__).with_name("page.css"))
FONT_FACE = Path(__file__).with_name("khmer_font.css")
SHOWN_TABLE = re.compile(r'<figure class="ccpcr-table" id="(\w+)">')
"""How a page shows a table of the report."""


def page(title: str, body: str, *, language: str) -> str:
    """Wrap a body into a whole page, with everything it needs inside; Khmer brings its font along.

    The mark of what is in dispute never stands on another line than its figure.
    """
    lang, body = "km" if language == "km" else "en", body.replace(f" {DAGGER}", f"&nbsp;{DAGGER}")
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_khmer_font() if 'km' in language else ''}\n{STYLE}\n</style></head>\n<body>{body}</body></html>\n"
    )


def _khmer_font() -> str:
    fonts = {"400": "NotoSansKhmer-Regular.ttf", "700": "NotoSansKhmer-Bold.ttf"}
    return "".join(
        fill_in(FONT_FACE, weight=weight, data=b64encode((theme.FONT_FOLDER / name).read_bytes()).decode())
        for weight, name in fonts.items()
    )


def notebook_page(notebook: NotebookNode, release: Release) -> str:
    """Turn an executed notebook into a page: its text and its outputs, without its code."""
    back = f'<nav><a href="index.html">{escape(release.say("contents"))}</a> {escape(release.name_quarter())}</nav>'
    title, body = f"{heading(notebook)}, {printed(release.period)}", _banner(release) + back + body_html(notebook)
    return page(title, body, language=release.language)


def _banner(release: Release) -> str:
    return f'<p class="banner">{escape(release.banner)}</p>' if release.banner else ""


def _missing(release: Release) -> str:
    """Name the quarters of a half-year or a year that have no workbook."""
    if not release.missing:
        return ""
    text = release.say("quarters_missing", quarters=partial(listed_quarters, release.missing))
    return f'<p class="banner">{escape(text)}</p>'


def heading(notebook: NotebookNode) -> str:
    """Give a notebook's title: its first heading."""
    lines = (line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.split("\n"))
    return next((line.lstrip("# ").strip() for line in lines if line.startswith("#")), "")


class Chapter(NamedTuple):
    """A page of the report: its title, and the tables that it shows."""

    title: str
    tables: tuple[str, ...] = ()


def chapter_of(notebook: NotebookNode) -> Chapter:
    """Take down what an executed notebook is called and which tables it shows."""
    return Chapter(heading(notebook), tuple(dict.fromkeys(SHOWN_TABLE.findall(body_html(notebook)))))


class Contents(NamedTuple):
    """What the first page leads to: each page by its file name, the other files as paths inside the report, and what
    the report was made of, as `origin_of` gives it. `corrected` are figures that the last report had otherwise.
    """

    chapters: Mapping[str, Chapter]
    files: Sequence[str] = ()
    facts: Mapping[str, str] = MappingProxyType({})
    corrected: tuple[str, ...] = ()


def index_page(release: Release, contents: Contents) -> str:
    """Lay out the report's first page: the quarter at a glance, then what is in the report and where it comes from."""
    body = f"{first_screen(release, contents)}{_contents(release, contents)}{_attention(release, contents.chapters)}"
    return page(release.say(release.title_name), f"{body}{_behind(release, contents)}", language=release.language)


def first_screen(release: Release, contents: Contents, *, is_linked: bool = True) -> str:
    """Lay out what a reader with half a minute sees: which quarter it is, and how it was."""
    glance = glance_html(release, corrected=contents.corrected, is_linked=is_linked)
    two = " both" if release.is_bilingual else ""
    return (
        f'<div class="first-screen{two}">{_banner(release)}<h1>{escape(release.say(release.title_name))}</h1>'
        f'<p class="muted">{escape(release.name_quarter())}, {escape(release.name_months())}</p>'
        f"{_missing(release)}{glance}</div>"
    )


def one_page(release: Release, contents: Contents) -> str:
    """Lay the quarter at a glance out as a page of its own, to be printed or sent."""
    title = f"{release.say('glance_title')}, {release.name_quarter()}"
    return page(title, first_screen(release, contents, is_linked=False), language=release.language)


def _contents(release: Release, contents: Contents) -> str:
    links = "".join(
        f'<li><a href="{escape(name)}">{escape(chapter.title)}</a></li>' for name, chapter in contents.chapters.items()
    )
    return f"<h2>{escape(release.say('contents'))}</h2><ol>{links}</ol>"


def _attention(release: Release, chapters: Mapping[str, Chapter]) -> str:
    """Fold what needs attention into a line for each page; nothing where there is nothing."""
    told = {name: each_once(map(release.findings_in, chapter.tables)) for name, chapter in chapters.items()}
    above = [finding for finding in release.problems if finding.severity != "note"]
    others = [finding for finding in above if finding not in each_once(told.values())]
    lines = [folded_html(release, findings, chapters[name].title) for name, findings in told.items()]
    folded = "".join(
        [*lines, folded_html(release, others, release.say("findings_others"), name="findings_others_folded")]
    )
    return f"<h2>{escape(release.say('findings_title'))}</h2>{folded}" if folded else ""


def _behind(release: Release, contents: Contents) -> str:
    """Lay out the pictures, the other files, and last what it was all made of."""
    pictures = [name for name in contents.files if name.endswith(".png")]
    gallery = "".join(
        f'<a href="{escape(name)}"><img src="{escape(name)}" alt="{escape(_caption(name))}"></a>' for name in pictures
    )
    others = (name for name in contents.files if name not in pictures)
    files = "".join(f'<li><a href="{escape(name)}">{escape(name)}</a></li>' for name in others)
    origin = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in contents.facts.items())
    return (
        f"<h2>{escape(release.say('charts_title'))}</h2><div class='gallery'>{gallery}</div>"
        f"<h2>{escape(release.say('files_title'))}</h2><ul>{files}</ul>"
        f"<h2>{escape(release.say('provenance_title'))}</h2><dl>{origin}</dl>"
    )


def _caption(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".png").replace("-", " ")


def origin_of(release: Release, version: str) -> dict[str, str]:
    """Name what a report was made of, so that it can be made again: the workbook's fingerprint, version, parameters."""
    named = {"period": release.period} if release.is_longer else {"workbook": release.workbook}
    parameters = named | {"language": release.language}
    facts = {
        "provenance_workbook": release.workbook,
        "provenance_sha256": release.sha256,
        "provenance_period": release.period,
        "provenance_counts": str(len(release.counts)),
        "provenance_version": version,
        "provenance_parameters": json_text(parameters),
    }
    return {release.say(name): fact for name, fact in facts.items()}
