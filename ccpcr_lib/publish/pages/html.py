"""Executed notebooks → self-contained HTML pages, and the index that leads to them. No address, no script, no font.

A page reads on screen and on paper; the code stays in the notebook beside it.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from nbformat import NotebookNode

from .. import theme
from ..files import fill_in, json_text
from ..release import Release
from ..text.findings import findings_html
from .cells import body_html

STYLE = theme.stylesheet(Path(__file__).with_name("page.css"))
FONT_FACE = Path(__file__).with_name("khmer_font.css")


def page(title: str, body: str, *, language: str) -> str:
    """Wrap a body into a whole page, with everything it needs inside; Khmer brings its font along."""
    lang = "km" if language == "km" else "en"
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
    title, body = f"{heading(notebook)}, {release.period}", _banner(release) + back + body_html(notebook)
    return page(title, body, language=release.language)


def _banner(release: Release) -> str:
    return f'<p class="banner">{escape(release.banner)}</p>' if release.banner else ""


def heading(notebook: NotebookNode) -> str:
    """Give a notebook's title: its first heading."""
    lines = (line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.split("\n"))
    return next((line.lstrip("# ").strip() for line in lines if line.startswith("#")), "")


def index_page(release: Release, chapters: Mapping[str, str], files: Sequence[str], facts: Mapping[str, str]) -> str:
    """Lay out the report's first page: what is in it, what could not be read, where it comes from.

    `chapters` maps a page's file name to its title; `files` are the other files, as paths inside the report; `facts`
    are what `origin_of` gives.
    """
    links = "".join(f'<li><a href="{escape(name)}">{escape(title)}</a></li>' for name, title in chapters.items())
    pictures = [name for name in files if name.endswith(".png")]
    gallery = "".join(
        f'<a href="{escape(name)}"><img src="{escape(name)}" alt="{escape(_caption(name))}"></a>' for name in pictures
    )
    others = "".join(f'<li><a href="{escape(name)}">{escape(name)}</a></li>' for name in files if name not in pictures)
    origin = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items())
    body = (
        f"{_banner(release)}<h1>{escape(release.say('report_title'))}</h1>"
        f'<p class="muted">{escape(release.name_quarter())}, {escape(release.name_months())}</p>'
        f"<h2>{escape(release.say('contents'))}</h2><ol>{links}</ol>"
        f"<h2>{escape(release.say('findings_title'))}</h2>{findings_html(release, release.problems)}"
        f"<h2>{escape(release.say('charts_title'))}</h2><div class='gallery'>{gallery}</div>"
        f"<h2>{escape(release.say('files_title'))}</h2><ul>{others}</ul>"
        f"<h2>{escape(release.say('provenance_title'))}</h2><dl>{origin}</dl>"
    )
    return page(release.say("report_title"), body, language=release.language)


def _caption(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".png").replace("-", " ")


def origin_of(release: Release, version: str) -> dict[str, str]:
    """Name what a report was made of, so that it can be made again: the workbook's fingerprint, version, parameters."""
    parameters = {"workbook": release.workbook, "language": release.language}
    facts = {
        "provenance_workbook": release.workbook,
        "provenance_sha256": release.sha256,
        "provenance_period": release.period,
        "provenance_counts": str(len(release.counts)),
        "provenance_version": version,
        "provenance_parameters": json_text(parameters),
    }
    return {release.say(name): fact for name, fact in facts.items()}
