"""The explorer: controls that offer what there is, and the table, sentence and chart that answer them at once."""

from base64 import b64encode
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from ...analysis.breakdown import ORDER, PERIODS, ChoiceError, Counted, counted_by, dimensions
from ...model.catalogue import spec
from ...model.errors import CannotReadError
from ...model.table import TableSpec
from ...model.wording import measure_label, table_title
from ...words import LANGUAGES, say
from .. import theme
from ..charts import png
from ..pages.show import Page
from ..quarters import Quarters, quarters
from .answer import Answer, answer
from .choice import SHOWN, Choice, name_counted, tables_in
from .draw import draw
from .labels import dimension_label
from .layout import code, file_name, view_html
from .panel import STYLE, Panel
from .save import save_for_slides
from .view import View

WIDEST, WIDE, LABEL = "40.5rem", "20rem", "8rem"


def explorer(folder: str = "../data", exports: str = "../exports") -> Panel:
    """Show the explorer of the workbooks in a folder; what it saves goes into `exports`."""
    try:
        there = quarters(folder)
    except CannotReadError as reason:
        return Panel(widgets.HTML(_message(str(reason))), Page(_message(str(reason)), str(reason)))
    started = Explorer(there, folder, Path(exports))
    return Panel(started.box, started.page)


class Explorer:
    """The controls with what they show. `view` is what is shown, None where the choice has no answer."""

    def __init__(self, there: Quarters, folder: str, exports: Path) -> None:
        self.quarters, self.folder, self.exports = there, folder, exports
        self.view: Answer | None = None
        self._is_busy, self._table = False, ""
        self._make_controls()
        self.answer, self.chart, self.saved = (widgets.HTML() for _ in range(3))
        self.lines = widgets.Textarea(rows=4, layout=_layout(width="100%", display="none"))
        self.unread = [*there.aside, *(f"{name}: {why}" for name, why in there.unread)]
        messages = [widgets.HTML(_message(reason)) for reason in self.unread]
        shown = [self.saved, self.lines, self.answer, self.chart]
        self.box = widgets.VBox([widgets.HTML(STYLE), *messages, *self._rows(), *shown])
        self._answer()
        for control in (*self._chosen(), *self.by.values()):
            control.observe(self._answer, names="value")
        self.save.on_click(self._save)
        self.show_code.on_click(self._show_code)

    def _make_controls(self) -> None:
        periods = self.quarters.periods
        languages = [(say("language_name", language), language) for language in LANGUAGES]
        self.language = _dropdown(options=languages, value="en")
        self.periods = widgets.SelectMultiple(
            options=periods, value=periods[-1:], rows=min(max(len(periods), 2), 4), **_look()
        )
        self.table, self.counted = (_dropdown(WIDEST) for _ in range(2))
        self.kind, self.show = _dropdown(), _dropdown(options=SHOWN)
        self.by = {
            name: widgets.Checkbox(indent=False, layout=_layout(width="auto", margin="2px 1rem 2px 2px"))
            for name in ORDER[1:]
        }
        self.by_label = widgets.Label(layout=_layout(width=LABEL, justify_content="flex-end"))
        self.by_box = widgets.HBox(layout=_layout(width="100%", flex_flow="row wrap"))
        self.save, self.show_code = (widgets.Button(layout=_layout(width="auto")) for _ in range(2))

    def _rows(self) -> list[widgets.Widget]:
        rows = [
            [self.table],
            [self.periods, self.language],
            [self.counted],
            [self.by_box],
            [self.kind, self.show],
            [self.save, self.show_code],
        ]
        return [widgets.HBox(row, layout=_layout(flex_flow="row wrap", width="100%")) for row in rows]

    def _chosen(self) -> tuple[widgets.Widget, ...]:
        return self.language, self.periods, self.table, self.counted, self.kind, self.show

    @property
    def page(self) -> Page:
        """What stands for the explorer where it does not run: its first answer, and how to bring it to life.

        Before them stands which workbooks are left out, and why.
        """
        hint = say("explore_run", "en+km", between=" ")
        first = self.view.page if self.view else Page(self.answer.value, "")
        messages = "".join(map(_message, self.unread))
        html = f'{STYLE}<div class="ccpcr-panel"><p><strong>{escape(hint)}</strong></p>{messages}{first.html}</div>'
        return Page(html, "\n".join([hint, *self.unread, first.text]))

    def _answer(self, change: object = None) -> None:
        """Offer what fits what is chosen, and show the answer to it."""
        if self._is_busy:
            return
        self._is_busy = True
        try:
            self._offer()
            self._show()
        finally:
            self._is_busy = False

    def _offer(self) -> None:
        """Fill the controls with what there is, in the chosen language, keeping what is chosen as far as it fits."""
        self._name_controls()
        tables = tables_in(self.quarters, self.periods.value or self.quarters.periods)
        _fill(self.table, [(table_title(name, self.language.value), name) for name in tables])
        if not self.table.value:
            return
        declared = spec(self.table.value)
        things = {name_counted(thing): thing for thing in counted_by(declared)}
        _fill(self.counted, [(self._name_counted(thing), name) for name, thing in things.items()])
        self.counted.layout.display = "" if len(things) > 1 else "none"
        self._offer_dimensions(declared, dimensions(declared, things[self.counted.value]))

    def _offer_dimensions(self, declared: TableSpec, has: tuple[str, ...]) -> None:
        """Offer the dimensions there are; of another table its own rows are ticked."""
        if self._table != self.table.value:
            self._table = self.table.value
            own = next((name for name in has if name not in PERIODS or declared.rows == "month"), "")
            for name, box in self.by.items():
                box.value = name == own
        for name in has:
            self.by[name].description = dimension_label(name, declared, self.language.value)
        _set(self.by_box, "children", (self.by_label, *(self.by[name] for name in has)))

    def _name_counted(self, thing: Counted) -> str:
        label = measure_label(thing.measure, self.language.value)
        return label if thing.unit == "clients" else f"{label}: {self._say(f'unit_{thing.unit}')}"

    def _name_controls(self) -> None:
        names = {"table": self.table, "counted": self.counted, "periods": self.periods, "language": self.language}
        names |= {"chart": self.kind, "show": self.show, "save": self.save, "code": self.show_code}
        for name, control in names.items():
            _set(control, "description", self._say(f"explore_{name}"))
        _set(self.by_label, "value", self._say("explore_by"))
        _fill(self.show, [(self._say(f"show_{name}"), name) for name in SHOWN])

    def _say(self, name: str, /, **fields: Any) -> str:
        """Give a sentence in the language of the page."""
        return say(name, self.language.value, **fields)

    @property
    def choice(self) -> Choice:
        """What the controls say. Raise ChoiceError where there is nothing to choose from, or no quarter chosen."""
        if not self.table.value:
            raise ChoiceError("choice_no_workbook")
        if not self.periods.value:
            raise ChoiceError("choice_no_quarter")
        by = tuple(name for name, box in self.by.items() if box in self.by_box.children and box.value)
        return Choice(
            self.table.value,
            periods=self.periods.value,
            by=by,
            counted=self.counted.value if self.counted.index else "",
            chart=self.kind.value or "",
            show=self.show.value,
            language=self.language.value,
        )

    def _show(self) -> None:
        """Show the answer, or in a sentence why there is none."""
        self.saved.value, self.lines.layout.display = "", "none"
        try:
            self.view = answer(self.quarters, self.choice)
        except ChoiceError as reason:
            self.view, self.answer.value, self.chart.value = None, _message(reason.say(self.language.value)), ""
            return
        kinds = [(self._say(f"kind_{kind}"), kind) for kind in self.view.kinds]
        _fill(self.kind, kinds, value=self.view.choice.chart)
        name = file_name(self.view)
        self.answer.value = f'<div class="ccpcr-answer" data-shows="{name}">{view_html(self.view)}</div>'
        self.chart.value = f'<div class="ccpcr-chart" data-shows="{name}">{self._picture(self.view)}</div>'

    def _picture(self, view: View) -> str:
        """Draw a view's chart for the screen."""
        if not view.choice.chart:
            return _message(self._say("choice_no_chart"))
        drawn = draw(view)
        drawn.figure.set_dpi(theme.SCREEN_DPI)
        picture = b64encode(png(drawn.figure)).decode()
        return f'<img src="data:image/png;base64,{picture}" alt="{escape(drawn.title)}">'

    def _save(self, _: object) -> None:
        """Save the view for slides and say where; a file that another program holds is a sentence."""
        if self.view is None:
            self.saved.value = _message(self._say("explore_nothing"))
            return
        try:
            files = save_for_slides(self.view, self.exports)
        except OSError as error:
            name = Path(error.filename2 or error.filename or self.exports).name
            self.saved.value = _message(self._say("choice_not_saved", name=name))
            return
        place = escape(self._say("explore_saved", folder=self.exports.resolve()))
        names = "".join(f"<li>{escape(path.name)}</li>" for path in files)
        self.saved.value = f'<div class="ccpcr-saved" role="status">{place}<ul>{names}</ul></div>'

    def _show_code(self, _: object) -> None:
        """Show the lines that make the view in a notebook."""
        if self.view is None:
            self.saved.value = _message(self._say("explore_nothing"))
            return
        self.saved.value = f'<div role="status">{escape(self._say("explore_code_hint"))}</div>'
        self.lines.value, self.lines.layout.display = code(self.view, self.folder), ""


def _message(text: str) -> str:
    return f'<p class="ccpcr-message" role="alert">{escape(text)}</p>'


def _layout(**rules: str) -> widgets.Layout:
    return widgets.Layout(**rules)


def _look(width: str = WIDE) -> dict:
    return {"style": {"description_width": LABEL}, "layout": _layout(width=width, max_width="100%")}


def _dropdown(width: str = WIDE, **options: object) -> widgets.Dropdown:
    return widgets.Dropdown(**options, **_look(width))


def _fill(control: widgets.Widget, options: list[tuple[str, str]], value: str | None = None) -> None:
    """Offer other options; what was chosen stays chosen where it still can be."""
    value = control.value if value is None else value
    _set(control, "options", tuple(options))
    values = [code for _, code in options]
    if values:
        control.value = value if value in values else values[0]


def _set(control: widgets.Widget, name: str, value: object) -> None:
    """Change what differs and nothing else: each change is a message to the browser."""
    if getattr(control, name) != value:
        setattr(control, name, value)
