"""A program → the same program, which ends with whoever asked for it, and leaves nothing temporary behind.

A browser that prints knows nothing of the report it prints for. Run by this one, it ends as soon as standard input
does: when whoever asked closes it, or is killed.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

IS_POSIX = os.name == "posix"
SHORT = Path("/tmp")
"""Where a browser's socket must lie on Linux and macOS: the path of one may have a hundred letters, not more."""


def run(command: Sequence[str]) -> int:
    """Run a program, with those it starts in a group of their own; give its exit code."""
    nothing, place = subprocess.DEVNULL, SHORT if IS_POSIX and os.access(SHORT, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="ccpcr-", dir=place, ignore_cleanup_errors=True) as own:
        temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), own)
        program = subprocess.Popen(
            command,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            env=os.environ | temporary,
            start_new_session=IS_POSIX,
        )
        Thread(target=_end_with_input, args=[program], daemon=True).start()
        return program.wait()


def _end_with_input(program: subprocess.Popen[bytes]) -> None:
    """Wait for the end of standard input, then end the program."""
    while os.read(0, 1):
        pass
    if IS_POSIX:
        os.killpg(program.pid, signal.SIGKILL)
    else:
        program.kill()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends whoever asks
    os._exit(run(sys.argv[1:]) % 256)  # at once: standard input is still being waited for
