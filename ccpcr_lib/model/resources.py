"""Where the project's own files are: code lists and notebooks, in a checkout or in an installed package."""

import os
from pathlib import Path

from ..words import say
from .errors import CannotReadError

PACKAGE = Path(__file__).resolve().parent.parent
LISTS, OTHER_LISTS = "data/codelists", "CCPCR_LISTS"
"""The folder of the code lists in a project, and the variable that names another one."""
LISTS_COPY = "CCPCR_LISTS_COPY"
"""The variable that names a copy of that folder, from which a report reads the lists as they were when it began."""


def resource(name: str) -> Path:
    """Give the path of a project file or folder such as ``data/codelists`` or ``notebooks``.

    In a checkout it stands beside the package; an installed wheel carries a copy.
    Raise CannotReadError where neither is there.
    """
    for home in (PACKAGE.parent, PACKAGE / "_bundled"):
        if (home / name).exists():
            return home / name
    raise CannotReadError(say("resource_missing", name=name, folder=PACKAGE))


def lists_folder() -> Path:
    """Give the folder of the code lists: the one that the variable ``CCPCR_LISTS`` names, else ``data/codelists``.

    While a report is made, it is a copy of that folder. Raise CannotReadError where the named folder is not there.
    """
    copy, named = os.environ.get(LISTS_COPY, ""), os.environ.get(OTHER_LISTS, "")
    if copy:
        return Path(copy)
    if named and not Path(named).is_dir():
        raise CannotReadError(say("lists_missing", folder=named))
    return Path(named) if named else resource(LISTS)


def list_name(name: str) -> str:
    """Name the file of a code list as somebody looks for it: ``data/codelists/skills.csv``."""
    return f"{os.environ.get(OTHER_LISTS) or LISTS}/{name}.csv"
