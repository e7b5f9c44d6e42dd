"""Executed notebooks → self-contained HTML pages, and the index that leads to them. No address, no script, no font.

A page reads on screen and on paper; the code stays in the notebook beside it.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape

from nbformat import NotebookNode

from ...analysis.report import Report
from .. import theme
from ..release import Release
from .show import findings_html

ONLY_IN_NOTEBOOK = "only-in-notebook"
"""The tag of cells that speak to whoever runs a notebook, not to whoever reads the report."""

STYLE = f"""
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{ font-family: {theme.WEB_FONT}; color: {theme.INK}; background: {theme.PAPER}; line-height: 1.5;
  max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }}
h1 {{ font-size: 1.9rem; line-height: 1.2; margin: .5rem 0 .25rem; }}
h2 {{ font-size: 1.3rem; margin: 2.6rem 0 .3rem; padding-top: .8rem; border-top: 2px solid {theme.RULE}; }}
a {{ color: {theme.DARK}; }}
nav, .muted, figcaption, caption {{ color: {theme.MUTED}; font-size: .9rem; }}
nav a {{ margin-right: 1rem; }}
figure {{ margin: 1rem 0; overflow-x: auto; }}
img {{ max-width: 100%; height: auto; border: 1px solid {theme.RULE}; }}
table {{ border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }}
caption {{ text-align: left; padding-bottom: .4rem; }}
caption strong {{ color: {theme.INK}; font-size: 1rem; }}
th, td {{ border: 1px solid {theme.RULE}; padding: .25rem .6rem; text-align: right; vertical-align: middle; }}
td {{ white-space: nowrap; }} small {{ font-weight: 400; color: {theme.MUTED}; }}
thead th {{ background: #eef3f4; text-align: center; font-weight: 600; }}
tbody th {{ text-align: left; font-weight: 400; }}
tr.total th, tr.total td, td.total {{ font-weight: 700; }}
td.plan {{ text-align: center; background: #f7f9f9; }}
figcaption {{ margin-top: .4rem; }}
.banner {{ border: 2px solid {theme.ACCENT}; color: {theme.ACCENT}; font-weight: 700; padding: .4rem .8rem; }}
td.words {{ text-align: left; }} .ccpcr-indicators table {{ font-size: .82rem; }}
.ccpcr-indicators th, .ccpcr-indicators td {{ padding: .2rem .4rem; }} .ccpcr-indicators tbody th {{ min-width: 9rem; }}
.ccpcr-indicators td.percent {{ white-space: normal; min-width: 4.2rem; }}
.gallery {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .8rem; }}
.ccpcr-sentence {{ font-size: 1.08rem; border-left: 4px solid {theme.MIDDLE}; padding-left: .8rem; margin: .8rem 0; }}
.ccpcr-findings li {{ margin: .35rem 0; }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; }}
dt {{ color: {theme.MUTED}; }} dd {{ margin: 0; overflow-wrap: anywhere; }}
.ccpcr-relations td, .ccpcr-relations th {{ text-align: left; white-space: normal; font-weight: 400; }}
@page {{ size: A4; margin: 14mm; }}
@media print {{ body {{ max-width: none; padding: 0; font-size: 9.5pt; }} nav {{ display: none; }}
  h1 {{ font-size: 18pt; }} h2 {{ font-size: 13pt; margin-top: 1.2rem; }}
  h2, h2 + p, p:has(+ figure) {{ break-after: avoid; }}
  figure {{ overflow: visible; margin: .5rem 0; }} figure, img, tr {{ break-inside: avoid; }}
  img {{ width: auto; max-height: 82mm; }} .gallery img {{ max-height: 40mm; }}
  table {{ font-size: 7.5pt; }} th, td {{ padding: .12rem .3rem; }} figcaption, caption {{ font-size: 7.5pt; }} }}
"""


def page(title: str, body: str, *, language: str) -> str:
    """Wrap a body into a whole page, with everything it needs inside; Khmer brings its font along."""
    lang = "km" if language == "km" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_khmer_font() if 'km' in language else ''}{STYLE}</style></head>\n<body>{body}</body></html>\n"
    )


def _khmer_font() -> str:
    fonts = {"400": "NotoSansKhmer-Regular.ttf", "700": "NotoSansKhmer-Bold.ttf"}
    return "".join(
        f"@font-face{{font-family:'Noto Sans Khmer';font-weight:{weight};"
        f"src:url(data:font/ttf;base64,{b64encode((theme.FONT_FOLDER / name).read_bytes()).decode()})}}"
        for weight, name in fonts.items()
    )


def notebook_page(notebook: NotebookNode, release: Release) -> str:
    """Turn an executed notebook into a page: its text and its outputs, without its code."""
    from nbconvert import HTMLExporter
    from nbconvert.preprocessors import TagRemovePreprocessor

    exporter = HTMLExporter(
        template_name="basic", exclude_input=True, exclude_output_prompt=True, exclude_anchor_links=True
    )
    exporter.register_preprocessor(TagRemovePreprocessor(remove_cell_tags={ONLY_IN_NOTEBOOK}), enabled=True)
    body, _ = exporter.from_notebook_node(notebook)
    back = f'<nav><a href="index.html">{escape(release.say("contents"))}</a> {escape(release.name_quarter())}</nav>'
    return page(f"{heading(notebook)}, {release.period}", _banner(release) + back + body, language=release.language)


def _banner(release: Release) -> str:
    return f'<p class="banner">{escape(release.banner)}</p>' if release.banner else ""


def heading(notebook: NotebookNode) -> str:
    """Give a notebook's title: its first heading."""
    lines = (line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.split("\n"))
    return next((line.lstrip("# ").strip() for line in lines if line.startswith("#")), "")


def index_page(
    release: Release, chapters: Mapping[str, str], files: Sequence[str], provenance: Mapping[str, str]
) -> str:
    """Lay out the report's first page: what is in it, what could not be read, where it comes from.

    `chapters` maps a page's file name to its title; `files` are the other files, as paths inside the report.
    """
    links = "".join(f'<li><a href="{escape(name)}">{escape(title)}</a></li>' for name, title in chapters.items())
    pictures = [name for name in files if name.endswith(".png")]
    gallery = "".join(
        f'<a href="{escape(name)}"><img src="{escape(name)}" alt="{escape(_caption(name))}"></a>' for name in pictures
    )
    others = "".join(f'<li><a href="{escape(name)}">{escape(name)}</a></li>' for name in files if name not in pictures)
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in provenance.items())
    body = (
        f"{_banner(release)}<h1>{escape(release.say('report_title', between=' · '))}</h1>"
        f'<p class="muted">{escape(release.name_quarter())}, {escape(release.name_months())}</p>'
        f"<h2>{escape(release.say('contents'))}</h2><ol>{links}</ol>"
        f"<h2>{escape(release.say('findings_title'))}</h2>{findings_html(release, release.problems)}"
        f"<h2>{escape(release.say('charts_title'))}</h2><div class='gallery'>{gallery}</div>"
        f"<h2>{escape(release.say('files_title'))}</h2><ul>{others}</ul>"
        f"<h2>{escape(release.say('provenance_title'))}</h2><dl>{facts}</dl>"
    )
    return page(release.say("report_title"), body, language=release.language)


def _caption(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".png").replace("-", " ")


def provenance(report: Report, version: str, parameters: Mapping[str, object]) -> dict[str, str]:
    """Say what a report was made of, so that it can be made again: the workbook's fingerprint, version, parameters."""
    return {
        "Workbook": report.workbook,
        "SHA-256": report.sha256,
        "Period": report.period,
        "Counts read": str(len(report.counts)),
        "ccpcr": version,
        "Parameters": json.dumps(dict(parameters), ensure_ascii=False),
    }
