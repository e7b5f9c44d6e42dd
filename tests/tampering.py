"""What somebody can do to a report that is finished, by hand: each kind, with and without mending the fingerprints.

    python tests/tampering.py reports/2010-Q2 "a figure in a page" --mended

Nothing here knows the library: a report's files are opened as anybody can open them.
"""

import sys
from pathlib import Path

import tampered_files
import tampered_glance
import tampered_office
import tampered_pages
from tampering_tools import KINDS, picture, tamper

__all__ = ["KINDS", "picture", "tamper"]
MODULES = (tampered_files, tampered_glance, tampered_office, tampered_pages)
"""Where the kinds are written."""

if __name__ == "__main__":
    tamper(Path(sys.argv[1]), sys.argv[2], mended="--mended" in sys.argv)
