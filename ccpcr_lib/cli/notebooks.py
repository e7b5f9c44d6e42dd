"""``ccpcr lab`` and ``ccpcr verify``: look at the figures in a browser, and prove a report."""

from pathlib import Path

import click

from ..words import say
from .common import EXIT_FINDINGS, one_line, progress


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--terminals", is_flag=True, help="Also offer terminals, in which anything can be run.")
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def lab(options: tuple[str, ...], *, terminals: bool) -> None:
    """Open the notebooks in JupyterLab, on this computer only. OPTIONS are passed on to it.

    Run it in the folder of the project. The first page, notebooks/start.ipynb, leads to everything else.

    \b
    Exit code: 0 ended by hand, 2 there is no such page in this folder.
    """
    with one_line():
        from ..publish.pages.lab import open_lab

        raise SystemExit(open_lab(Path.cwd(), options, terminals=terminals))


@click.command()
@click.argument("folder", metavar="REPORT", type=click.Path(path_type=Path))
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the workbooks.  [default: data]")
def verify(folder: Path, data: Path | None) -> None:
    """Prove a report: make its figures again.

    Each figure is compared with what the report shows. REPORT is a report's folder, such as reports/2010-Q2. Its
    notebooks run again on the workbook it was made of, which is known by its fingerprint, and by its name. Pictures are
    compared by the numbers they plot.

    \b
    Exit code: 0 everything is the same, 1 something changed, 2 it cannot be run again.
    """
    with one_line():
        from ..publish.proof.verdict import print_proof
        from ..publish.proof.verify import verify as prove

        notebooks = list((folder / "notebooks").glob("*.ipynb"))
        with progress(say("verify_progress", report=folder.name), len(notebooks)) as step:
            proof = prove(folder, data, step=step)
    print_proof(proof)
    raise SystemExit(EXIT_FINDINGS if proof.has_changed else 0)
