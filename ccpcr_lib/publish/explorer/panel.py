"""Widgets for a notebook: shown alive where a person looks, and as plain HTML and text where a notebook is kept.

A stored notebook must not change from run to run, and widgets have random names: what is stored is the page.
"""

from .. import theme
from ..pages.show import Page

STYLE = f"""<style>
.ccpcr-panel {{ font-family: {theme.WEB_FONT}; color: {theme.INK}; line-height: 1.45; max-width: 64rem; }}
.ccpcr-panel .widget-html-content {{ line-height: 1.45; }}
.ccpcr-panel :focus-visible {{ outline: 2px solid {theme.ACCENT}; outline-offset: 1px; }}
.ccpcr-panel figure {{ margin: .4rem 0; overflow-x: auto; }}
.ccpcr-panel .ccpcr-table table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; }}
.ccpcr-panel .ccpcr-table caption {{ text-align: left; color: {theme.MUTED}; padding-bottom: .3rem;
  white-space: nowrap; }}
.ccpcr-panel .ccpcr-table caption strong {{ color: {theme.INK}; }}
.ccpcr-panel .ccpcr-table :is(th, td) {{ border: 1px solid {theme.RULE}; padding: .15rem .55rem; text-align: right; }}
.ccpcr-panel .ccpcr-table td {{ white-space: nowrap; }}
.ccpcr-panel .ccpcr-table thead th {{ text-align: center; font-weight: 600; }}
.ccpcr-panel .ccpcr-table tbody th {{ text-align: left; font-weight: 400; }}
.ccpcr-panel .ccpcr-table tr.total > * {{ font-weight: 700; }}
.ccpcr-panel figcaption {{ color: {theme.MUTED}; font-size: .9em; }}
.ccpcr-panel .ccpcr-sentence {{ border-left: 4px solid {theme.MIDDLE}; padding-left: .7rem; }}
.ccpcr-panel .ccpcr-sentence p {{ margin: .2rem 0; }}
.ccpcr-panel img {{ max-width: 100%; height: auto; border: 1px solid {theme.RULE}; }}
.ccpcr-panel .ccpcr-message {{ border-left: 4px solid {theme.ACCENT}; padding: .2rem .7rem; }}
.ccpcr-panel .ccpcr-drop {{ border: 2px dashed {theme.MIDDLE}; padding: .8rem 1.2rem; }}
</style>"""


class Panel:
    """A box of widgets, and the page that stands for it where nothing runs."""

    def __init__(self, box, page: Page) -> None:
        box.add_class("ccpcr-panel")
        self.box, self.page = box, page

    def _repr_mimebundle_(self, **options: object) -> dict[str, object]:
        return {**self.box._repr_mimebundle_(**options), **self.page._repr_mimebundle_()}
