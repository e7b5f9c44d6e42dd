"""Cells of a notebook → what each of them shows: a program that is asked and answers, a line of JSON each.

It has the shell of every Jupyter kernel without the kernel around it, which would need five sockets and half a second
to begin with. It is asked ``{"code": …, "silent": …}`` and answers ``outputs`` as a notebook stores them, ``count``,
and ``error``: its name, its message, and what it says of a file, or null. It ends with whoever asks.
"""

import gc
import io
import json
import os
import signal
import sys
from binascii import b2a_base64
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from queue import SimpleQueue
from threading import Thread
from typing import Any, TextIO

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from ...words import say

FIRST = "ccpcr_lib.publish.pages.show"
"""What every notebook needs: it is imported while there is nothing to do yet."""
PLOTS = "module://matplotlib_inline.backend_inline"
"""How a kernel shows what is drawn with pyplot."""


class Output:
    """What a cell has shown so far. What it wrote to stderr nobody keeps: there stand folders and names of users."""

    def __init__(self) -> None:
        self.outputs: list[dict[str, Any]] = []
        self.printed = io.StringIO()
        sys.stdout, sys.stderr = self.printed, io.StringIO()

    def add(self, kind: str, data: Mapping[str, object], metadata: object, **more: object) -> None:
        """Add an output behind what was printed before it."""
        texts = {name: _as_text(value) if isinstance(value, bytes) else value for name, value in data.items()}
        self.take_printed()
        self.outputs.append({"output_type": kind, "data": texts, "metadata": metadata or {}, **more})

    def take_printed(self) -> None:
        """Make an output of what was printed, if anything."""
        if self.printed.tell():
            text = self.printed.getvalue().encode("utf-8", "replace").decode("utf-8")  # halves of letters are none
            self.outputs.append({"output_type": "stream", "name": "stdout", "text": text})
        self.printed.seek(0)
        self.printed.truncate()


def _as_text(picture: bytes) -> str:
    return b2a_base64(picture, newline=False).decode("ascii")


class Results(DisplayHook):
    """Takes the value of a cell's last line; IPython asks for a class of this kind."""

    def start_displayhook(self) -> None:
        """Leave out what stands before a value in a terminal."""

    def write_output_prompt(self) -> None:
        """Leave out the number, which goes along with the value."""

    def write_format_data(self, format_dict: Mapping[str, object], md_dict: object = None) -> None:
        """Add the value in all its forms."""
        shown: Output = self.shell.shown  # type: ignore[union-attr]  # declared as optional; there is one
        shown.add("execute_result", format_dict, md_dict, execution_count=self.prompt_count)

    def finish_displayhook(self) -> None:
        """Leave out what stands behind a value in a terminal."""


class Displays(DisplayPublisher):
    """Takes what a cell displays; IPython asks for a class of this kind."""

    def publish(self, data: dict, metadata: dict | None = None, *_: object, update: bool = False, **more: Any) -> None:
        """Add what is displayed; refuse to renew what was displayed before, which needs a kernel."""
        if update:
            raise NotImplementedError(say("needs_kernel"))
        self.shell.shown.add("display_data", data, metadata)

    def clear_output(self, wait: bool = False) -> None:
        """Refuse to take away what was displayed before, which needs a kernel."""
        raise NotImplementedError(say("needs_kernel"))


class Shell(InteractiveShell):
    """IPython's shell; what it shows is kept."""

    kernel = None  # pandas shows as much as a page has room for, not as a terminal has, where there is such a name
    displayhook_class = Results
    display_pub_class = Displays
    shown: Output

    def enable_gui(self, gui: str | None = None) -> None:
        """Enable nothing: no windows are opened from here; ``%matplotlib inline`` asks for it all the same."""

    def ask_exit(self) -> None:
        """Go on: ``exit()`` in a cell ends no kernel that runs a whole notebook either."""

    def _showtraceback(self, *_: object) -> None:
        """Print nothing: the answer has the error."""


def answer(shell: Shell, code: str, *, silent: bool) -> dict[str, object]:
    """Run a cell; give what it shows, its number, and its error."""
    shell.shown = Output()
    result = shell.run_cell(code, store_history=not silent, silent=silent)
    error = result.error_before_exec or result.error_in_exec
    shell.shown.take_printed()
    about = None if error is None else [type(error).__name__, str(error), _of_file(error)]
    return {"outputs": shell.shown.outputs, "count": result.execution_count, "error": about}


def _of_file(error: BaseException) -> list[object] | None:
    """Give what an error says of a file: its number, its reason, the file's name; None where it is about none."""
    return [error.errno, error.strerror, str(error.filename)] if isinstance(error, OSError) else None


def main() -> None:
    """Answer until nobody asks any more."""
    asked, answered = _channels()
    questions = _listen(asked)
    os.environ.setdefault("MPLBACKEND", PLOTS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends whoever asks
    shell = Shell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    sys.path.insert(0, "")
    with shell.builtin_trap, suppress(Exception):  # pandas asks for the shell; what fails here fails in a cell again
        import_module(FIRST)
    gc.freeze()  # what is imported stays: a collection need not look through it each time
    while True:
        question = json.loads(questions.get())
        print(json.dumps(answer(shell, **question), default=str), file=answered, flush=True)


def _channels() -> tuple[TextIO, TextIO]:
    """Keep standard input and output for questions and answers; cells, and what they start, have neither."""
    kept = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return kept


def _listen(asked: TextIO) -> "SimpleQueue[str]":
    """Give the questions as they come; end this program at once, whatever it does, when whoever asks is gone."""
    waiting: SimpleQueue[str] = SimpleQueue()

    def read() -> None:
        for line in asked:
            waiting.put(line)
        os._exit(0)

    Thread(target=read, daemon=True).start()
    return waiting


if __name__ == "__main__":
    main()
