"""A workbook chosen or dropped → its findings as a table to sort and search, and the annotated copy to download.

The file is read from a folder that is gone afterwards, beside copies of the other quarters, relations and explanations,
so that it is checked as it would be in its own place.
"""

import os
import shutil
import tempfile
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from ...excel.annotate import annotate
from ...excel.dating import quarter_in
from ...excel.plan_file import PLAN_FILE
from ...excel.reader import SUFFIXES, workbooks
from ...model.errors import CannotReadError
from ...model.period import quarter
from ...model.wording import in_numbers, table_title
from ...words import in_language, say
from ..files import fill_in
from ..pages.show import Page
from ..release import Release, release
from .panel import STYLE, Panel

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 140
"""How many bytes the name of a file may have: a folder for passing files is deep, and Windows counts the whole path."""
DROP = f"\n{fill_in(Path(__file__).with_name('drop.js'))}\n"
"""What a drop does: the upload button asks its own hidden file input for a file, and is given the dropped one."""


def check_a_workbook(folder: str = "../data", language: str = "en+km") -> Panel:
    """Show a file picker that also takes a dropped file, and checks it against the other quarters in `folder`."""
    checker = Checker(folder, language)
    hint = checker.say("explore_run")
    return Panel(checker.box, Page(f"<p>{escape(hint)}</p>", hint))


class Checker:
    """The picker, and what it has checked last."""

    def __init__(self, folder: str, language: str) -> None:
        self.folder, self.language = Path(folder), language
        self.upload = widgets.FileUpload(
            accept=",".join(SUFFIXES),
            multiple=False,
            description=self.say("check_choose"),
            layout=widgets.Layout(width="auto"),
        )
        drop = f'<div class="ccpcr-drop" ondragover="event.preventDefault()" ondrop="{escape(DROP)}">'
        place = widgets.HTML(f"{drop}{escape(self.say('check_drop'))}</div>")
        self.verdict, self.bundle, self.table = widgets.HTML(), widgets.Output(), widgets.Output()
        picker = widgets.HBox([self.upload, place])
        self.box = widgets.VBox([widgets.HTML(STYLE), picker, self.verdict, self.bundle, self.table])
        self.box.add_class("ccpcr-check")
        self.upload.observe(self._check, names="value")

    def say(self, name: str, /, **fields: Any) -> str:
        """Give a sentence in the language of the page."""
        return say(name, self.language, **fields)

    def _check(self, change: Mapping[str, Any]) -> None:
        """Check what was chosen; where it cannot be read, a sentence says why."""
        self.table.outputs, self.verdict.value = (), ""
        if len(change["new"]) > 1:
            self._refuse(self.say("check_one_at_a_time"))
        for chosen in change["new"] if len(change["new"]) == 1 else ():
            name = Path(chosen["name"]).name
            try:
                self._answer(name, *check_file(name, bytes(chosen["content"]), self.folder, language=self.language))
            except CannotReadError as reason:
                self._refuse(str(reason))
            except OSError as error:
                self._refuse(self.say("check_not_opened", name=Path(error.filename or name).name))

    def _refuse(self, text: str) -> None:
        self.verdict.value = f'<p class="ccpcr-message" role="alert">{escape(text)}</p>'

    def _answer(self, name: str, checked: Release, copy: bytes | None) -> None:
        verdict = f"<p>{escape(self._summary(name, checked))}</p>{self._link(name, copy)}"
        self.verdict.value = f'<div class="ccpcr-checked" role="status">{verdict}</div>'
        if checked.problems:
            self._show_table(findings_table(checked))

    def _summary(self, name: str, checked: Release) -> str:
        sentence = "check_counts" if checked.problems else "check_none"

        def summary(language: str) -> str:
            return say(sentence, language, file=name, period=checked.period, **in_numbers(checked.problems, language))

        return in_language(self.language, summary)

    def _link(self, name: str, copy: bytes | None) -> str:
        if copy is None:
            return ""
        target = f"{Path(name).stem}-checked{Path(name).suffix}"
        address, text = f"data:{EXCEL};base64,{b64encode(copy).decode()}", self.say("check_copy", name=target)
        return f'<p><a download="{escape(target)}" href="{address}">{escape(text)}</a></p>'

    def _show_table(self, frame: pd.DataFrame) -> None:
        """Show a table to sort and search; what it needs in the browser comes along with the first one."""
        from itables import options, to_html_datatable
        from itables.javascript import generate_init_offline_itables_html

        if not self.bundle.outputs:
            self.bundle.outputs = (_html(generate_init_offline_itables_html(options.dt_bundle)),)
        columns = [{"className": "dt-left dt-nowrap", "targets": [0, 1]}, {"className": "dt-left", "targets": "_all"}]
        look: dict[str, Any] = {"connected": False, "showIndex": False, "paging": False, "maxBytes": 0}
        look |= {"classes": "display compact", "columnDefs": columns}
        self.table.outputs = (_html(to_html_datatable(frame, **look)),)


def _html(text: str) -> dict[str, Any]:
    """Wrap HTML as what a cell of a notebook puts out."""
    return {"output_type": "display_data", "data": {"text/html": text, "text/plain": ""}, "metadata": {}}


def check_file(name: str, content: bytes, folder: Path, *, language: str = "en") -> tuple[Release, bytes | None]:
    """Check a workbook given as bytes against the quarters of `folder`; give what is seen, and the annotated copy.

    There is no copy of a kind of file that cannot be annotated. Raise CannotReadError for what is no workbook.
    """
    with tempfile.TemporaryDirectory() as there:
        for path in [*workbooks(folder), *folder.glob("*.csv"), *folder.glob(PLAN_FILE)]:
            shutil.copy(path, there)
        place = Path(there) / _short(name)
        place.write_bytes(content)
        checked = release(place, language)
        can_be_annotated = place.suffix.lower() in (".xlsx", ".xlsm")
        return checked, annotate(place, checked.problems) if can_be_annotated else None


def _short(name: str) -> str:
    """Shorten a name that is too long for some disks, which a Khmer name soon is, but keep the quarter it says.

    >>> _short("2010-Q2.xlsx"), _short("ត្រីមាស" * 20 + " 2010-Q2.xlsx")
    ('2010-Q2.xlsx', '2010-Q2.xlsx')
    """
    if len(os.fsencode(name)) <= LONGEST:
        return name
    named, suffix = quarter_in(Path(name).stem), Path(name).suffix
    return f"{quarter(*named) if named else 'workbook'}{suffix}"


def findings_table(checked: Release) -> pd.DataFrame:
    """Lay findings out for people: where, how grave, in which table, what."""
    heads = ("where", "severity", "table", "message")
    names = [checked.say(f"finding_{head}") for head in heads]
    rows = [
        (
            finding.where[0] if finding.where else "",
            checked.say(finding.severity),
            table_title(finding.table, checked.language) if finding.table else "",
            finding.message,
        )
        for finding in checked.problems
    ]
    return pd.DataFrame(rows, columns=names)
