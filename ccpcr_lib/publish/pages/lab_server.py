"""JupyterLab, as `ccpcr lab` runs it: it never looks for Node.js, with which one builds extensions.

Already when it is imported JupyterLab starts `node`, only to learn where packages would be fetched from, and no option
turns that off. So it is told beforehand that there is none.
"""

from typing import NoReturn

from jupyterlab import commands


def no_program(command: str, env: object = None) -> NoReturn:
    """Answer as `jupyterlab.commands.which` does where a program is not installed; JupyterLab only runs it to build."""
    raise ValueError(command)


def main() -> None:
    """Run JupyterLab until it is ended."""
    commands.which = no_program
    from jupyterlab.labapp import main as run

    run()


if __name__ == "__main__":
    main()
