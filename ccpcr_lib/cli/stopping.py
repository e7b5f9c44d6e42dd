"""Ctrl-C, no memory left, a terminal that lacks letters → one line and an exit code, at whatever moment it comes.

Ctrl-C counts once. What was begun is then put aside in peace: a second one would break that off.
"""

import errno
import signal
import sys
from _thread import interrupt_main
from io import TextIOWrapper
from threading import Timer
from typing import Any, NoReturn

import click

from ..words import say

STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Ctrl-C, a request to end, and a terminal that is closed; Windows has not all of them."""
MOMENT = 0.05
"""Seconds after which Python has done what it was at when nobody could be told."""
EXIT_STOPPED, EXIT_FAILED = 130, 2
"""What a program ends with that was stopped, and one that was too much for the computer or cannot say anything."""


class Commands(click.Group):
    """The commands, each of which ends in one line when it is stopped or runs out of memory."""

    def main(self, args: Any = None, *more: Any, **options: Any) -> Any:
        """Run a command; without `args` that of this program, which is deaf to Ctrl-C from the first one on."""
        _speak_anyhow()
        if args is not None:
            return super().main(args, *more, **options)
        try:
            _hear()
            return super().main(args, *more, **options)
        except KeyboardInterrupt:
            end_stopped()
        finally:
            _be_deaf()

    def invoke(self, context: click.Context) -> Any:
        """Run a command; say in one line that it was stopped, lacked memory, or cannot print where it is told to."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            end_stopped()
        except MemoryError:
            click.echo(say("no_memory"), err=True)
            raise SystemExit(EXIT_FAILED) from None
        except OSError as reason:
            if reason.errno == errno.EPIPE:  # whoever reads has read enough
                raise
            click.echo(say("not_said", reason=reason.strerror or reason), err=True)
            raise SystemExit(EXIT_FAILED) from None


def _speak_anyhow() -> None:
    """Print a "?" for what a terminal or a file does not know: not every one on Windows knows Khmer letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _stop(number: int, frame: object) -> NoReturn:
    _be_deaf()
    raise KeyboardInterrupt(number)


def _hear() -> None:
    """Be stopped by a signal from now on, but for those that are ignored, as `nohup` has it."""
    for number in STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    sys.unraisablehook = _stop_later


def _be_deaf() -> None:
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)


def _stop_later(lost: "sys.UnraisableHookArgs") -> None:
    """Stop in a moment, where Ctrl-C came while Python was clearing up and could not be told."""
    if lost.exc_type is KeyboardInterrupt:
        signal.signal(signal.SIGINT, _stop)
        Timer(MOMENT, interrupt_main).start()
    else:
        sys.__unraisablehook__(lost)


def end_stopped() -> NoReturn:
    """Say that the command was stopped, and end it with the exit code that says so too."""
    click.echo(say("stopped"), err=True)
    raise SystemExit(EXIT_STOPPED) from None
