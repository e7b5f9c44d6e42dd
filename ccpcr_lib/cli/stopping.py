"""Ctrl-C, no memory left, a terminal that lacks letters → one line and an exit code, at whatever moment it comes.

Ctrl-C counts once. What was begun is then put aside in peace: a second one would break that off.
"""

import signal
import sys
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from ..words import say

EXIT_STOPPED, EXIT_NO_MEMORY = 130, 2
"""What a program ends with that was stopped by Ctrl-C, and one that was too much for the computer."""


class Commands(click.Group):
    """The commands, each of which ends in one line when it is stopped or runs out of memory."""

    def main(self, args: Any = None, *more: Any, **options: Any) -> Any:
        """Run a command; without `args` that of this program, which is deaf to Ctrl-C from the first one on."""
        _speak_anyhow()
        if args is not None:
            return super().main(args, *more, **options)
        try:
            signal.signal(signal.SIGINT, _stop)
            return super().main(args, *more, **options)
        except KeyboardInterrupt:
            end_stopped()
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    def invoke(self, context: click.Context) -> Any:
        """Run a command; say in one line that it was stopped, or that there was not enough memory for it."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            end_stopped()
        except MemoryError:
            click.echo(say("no_memory"), err=True)
            raise SystemExit(EXIT_NO_MEMORY) from None


def _speak_anyhow() -> None:
    """Print a "?" for what a terminal or a file does not know: not every one on Windows knows Khmer letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _stop(number: int, frame: object) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def end_stopped() -> NoReturn:
    """Say that the command was stopped, and end it with the exit code that says so too."""
    click.echo(say("stopped"), err=True)
    raise SystemExit(EXIT_STOPPED) from None
