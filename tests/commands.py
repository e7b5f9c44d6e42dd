"""The command as a program of its own."""

import os
import subprocess
import sys

CCPCR = (sys.executable, "-c", "from ccpcr_lib.cli import main; main()")


def ccpcr(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own; give its exit code and what it wrote."""
    command = [*CCPCR, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=os.environ | environment, check=False)
