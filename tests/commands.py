"""The commands: as a program of its own, or run within the test."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

CCPCR = (sys.executable, "-c", "from ccpcr_lib.cli import main; main()")


def ccpcr(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own; give its exit code and what it wrote."""
    command = [*CCPCR, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=os.environ | environment, check=False)


def run(*arguments: object) -> Result:
    """Run a command within the test; it may end with an exit code, and in no other way."""
    from ccpcr_lib.cli import main

    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def refused(result: Result, code: int, start: str) -> None:
    """Hold that a command did nothing but say why in one line."""
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(start)
    assert result.stderr.count("\n") == 1
    assert "Errno" not in result.stderr


def digest(path: Path) -> str:
    """Take the fingerprint of a file, to see whether it was changed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
