"""Where the project's own files are: code lists and notebooks, in a checkout or in an installed package."""

import os
from pathlib import Path

from .finding import CannotReadError

PACKAGE = Path(__file__).resolve().parent.parent


def resource(name: str) -> Path:
    """Give the path of a project file or folder such as ``data/codelists`` or ``notebooks``.

    In a checkout it stands beside the package; an installed wheel carries a copy.
    Raise FileNotFoundError where neither is there.
    """
    for home in (PACKAGE.parent, PACKAGE / "_bundled"):
        if (home / name).exists():
            return home / name
    raise FileNotFoundError(f"{name} is missing beside {PACKAGE}. Install the project again.")


def lists_folder() -> Path:
    """Give the folder of the code lists: the one that the variable ``CCPCR_LISTS`` names, else ``data/codelists``.

    Raise CannotReadError where the named folder is not there.
    """
    named = os.environ.get("CCPCR_LISTS", "")
    if named and not Path(named).is_dir():
        raise CannotReadError(f"{named}: CCPCR_LISTS names this folder of code lists, and there is no such folder.")
    return Path(named) if named else resource("data/codelists")
