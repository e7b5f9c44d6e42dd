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
@click.option(
    "--template", type=click.Path(path_type=Path), metavar="FILE.pptx", help="The presentation the deck was made with."
)
def verify(folder: Path, data: Path | None, template: Path | None) -> None:
    """Prove a report: make all of it again, and compare.

    REPORT is a report's folder, such as reports/2010-Q2. The workbook it was made of is found by its name or its
    fingerprint, whatever it is called by now. The report is made again in a place of its own; nothing in the folder is
    changed, and none of its code is run. Pages, slides, charts, hand-out, counts, notebooks and print are compared in
    what they show, so that a figure is found that was changed together with its fingerprint.

    \b
    same        made again, and the same
    changed     what was there, and what it should be
    note        another version, list or plan than then: no figure is changed by that alone
    not proved  what cannot be made again here: a deck without its template, a print without a browser

    \b
    Exit code: 0 everything is the same, 1 something changed, 2 it cannot be run again. What is not proved is named.
    """
    with one_line():
        from .. import __version__
        from ..publish.proof.verdict import print_proof
        from ..publish.proof.verify import verify as prove

        notebooks = list((folder / "notebooks").glob("*.ipynb"))
        with progress(say("verify_progress", report=folder.name), len(notebooks) + 1) as step:
            proof = prove(folder, data, version=__version__, template=template, step=step)
    print_proof(proof)
    raise SystemExit(EXIT_FINDINGS if proof.has_changed else 0)
