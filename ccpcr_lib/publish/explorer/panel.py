"""Widgets for a notebook: shown alive where a person looks, and as plain HTML and text where a notebook is kept.

A stored notebook must not change from run to run, and widgets have random names: what is stored is the page.
"""

from pathlib import Path

import ipywidgets as widgets

from .. import theme
from ..pages.show import Page

STYLE = f"<style>\n{theme.stylesheet(Path(__file__).with_name('panel.css'))}\n</style>"


class Panel:
    """A box of widgets, and the page that stands for it where nothing runs."""

    def __init__(self, box: widgets.DOMWidget, page: Page) -> None:
        box.add_class("ccpcr-panel")
        self.box, self.page = box, page

    def _repr_mimebundle_(self, **options: object) -> dict[str, object]:
        return {**self.box._repr_mimebundle_(**options), **self.page._repr_mimebundle_()}
