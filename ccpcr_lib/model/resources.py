"""Where the project's own files are: code lists and notebooks, in a checkout or in an installed package."""

from pathlib import Path

from ..words import say

PACKAGE = Path(__file__).resolve().parent.parent


def resource(name: str) -> Path:
    """Give the path of a project file or folder such as ``data/codelists`` or ``notebooks``.

    In a checkout it stands beside the package; an installed wheel carries a copy.
    Raise FileNotFoundError where neither is there.
    """
    for home in (PACKAGE.parent, PACKAGE / "_bundled"):
        if (home / name).exists():
            return home / name
    raise FileNotFoundError(say("file_of_project_missing", file=name, folder=PACKAGE))
