"""JupyterLab, as `ccpcr lab` runs it: it never looks for Node.js, with which one builds extensions.

Already when it is imported JupyterLab starts `node`, only to learn where packages would be fetched from, and no option
turns that off. So it is told beforehand that nobody has said where.
"""

from jupyterlab import commands


def no_yarn_settings(_: object = None) -> dict[str, dict[str, str]]:
    """Answer as JupyterLab does where there is no Node.js."""
    return {"yarn config": {}, "npm config": {}}


def main() -> None:
    """Run JupyterLab until it is ended."""
    commands._yarn_config = no_yarn_settings
    from jupyterlab.labapp import main as run

    run()


if __name__ == "__main__":
    main()
