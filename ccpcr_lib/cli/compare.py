"""``ccpcr compare``: two people typed a quarter; what differs, the list to settle it in, the agreed workbook."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..words import say
from .common import EXIT_FINDINGS, EXIT_UNREADABLE, data_option, fail, one_line, period_option, warn_of_old_lists

if TYPE_CHECKING:
    from ..quality.agreed import Settled
    from ..quality.compared import Compared
    from ..quality.difference import Difference


@click.command()
@click.argument("first", metavar="A.xlsx|PERIOD", type=click.Path(path_type=Path))
@click.argument("second", metavar="B.xlsx|PERIOD", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write the differences as a JSON list.")
@click.option(
    "--settle",
    type=click.Path(path_type=Path),
    metavar="LIST.xlsx",
    help="Write a list of the differences, with a column to fill in from the paper forms.",
)
@click.option(
    "--agreed",
    type=click.Path(path_type=Path),
    metavar="LIST.xlsx",
    help="The filled-in list; needs -o.",
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="OUT.xlsx", help="Write the agreed workbook, a copy of A."
)
@data_option
@period_option
def compare(
    first: Path,
    second: Path,
    *,
    as_json: bool,
    settle: Path | None,
    agreed: Path | None,
    out: Path | None,
    data: Path | None,
    period: str | None,
) -> None:
    """Compare two workbooks in which two people typed the same quarter.

    Every cell in which they differ is listed, with both figures. Figures are matched by what they stand for: the two
    workbooks may be laid out differently. A total that a formula works out is not listed if its parts differ.

    \b
    For example:
      ccpcr compare A.xlsx B.xlsx                             what differs?
      ccpcr compare A.xlsx B.xlsx --settle differences.xlsx   a list; fill in its column “Agreed”
      ccpcr compare A.xlsx B.xlsx --agreed differences.xlsx -o 2010-Q3.xlsx

    The agreed workbook is a copy of A with what was agreed in its cells. It is written once every line is settled, or
    at once where nothing differs. A and B are never changed, and no file is written over.

    \b
    Exit code: 0 nothing differs, or the agreed workbook is written; 1 differences, or lines that are not settled;
               2 a workbook cannot be read, or the two cannot be compared.
    """
    with one_line():
        from ..excel.named_files import asked_quarter, find_workbook
        from ..quality.compared import compare_workbooks

        asked = asked_quarter(period)
        first, second = (find_workbook(which, data) for which in (first, second))
        _refuse_options(first, settle, agreed, out)
        warn_of_old_lists()
        compared = compare_workbooks(first, second, asked)
        if compared.unread:
            _print(compared, as_json=as_json)
            fail(say("compare_unread"), EXIT_UNREADABLE)
        if agreed and out:
            _write_agreed(compared, agreed, out)
        elif settle:
            _write_list(compared, settle)
        elif out and not compared.differences:
            _write_copy(compared, out)
        else:
            _print(compared, as_json=as_json)
            _advise(compared, wanted=bool(out))
    if compared.differences and not agreed:
        raise SystemExit(EXIT_FINDINGS)


def _refuse_options(first: Path, settle: Path | None, agreed: Path | None, out: Path | None) -> None:
    """Refuse options that do not go together, and files that are there or of another kind; raise CannotReadError."""
    from ..model.errors import CannotReadError
    from ..quality.agreed import SUFFIXES

    ending = first.suffix.lower()
    refused = {
        say("compare_one_way"): settle and agreed,
        say("compare_settle_alone"): settle and out,
        say("compare_no_out"): agreed and not out,
        say("compare_list_no_xlsx", file=settle and settle.name): settle and settle.suffix.lower() != ".xlsx",
        say("compare_first_no_xlsx", first=first.name): out and first.is_file() and ending not in SUFFIXES,
        say("compare_out_other_kind", file=out and out.name, first=first.name, ending=ending): out
        and out.suffix.lower() != ending,
    }
    refused |= {say("compare_is_there", file=file.name): file.exists() for file in (settle, out) if file}
    for line, is_so in refused.items():
        if is_so:
            raise CannotReadError(line)


# --- what differs ------------------------------------------------------------------------------------------


def _print(compared: "Compared", *, as_json: bool) -> None:
    """Print what cannot be read in either workbook, then the differences by table; or these as JSON, in UTF-8."""
    from ..publish.files import json_text
    from ..publish.terminal import COLOURS

    for reading, findings in compared.unread:
        for finding in findings:
            line = say("compare_error", file=compared.name_of(reading), message=finding.message)
            click.echo(f"{click.style(finding.severity, fg=COLOURS[finding.severity])}: {line}", err=as_json)
    if as_json:
        rows = [difference.record() for difference in compared.differences]
        click.echo(json_text(rows, indent=2).encode())
        return
    click.secho(say("compare_title", **compared.files._asdict(), period=compared.first.period), bold=True)
    _print_by_table(compared, compared.differences)
    count = len(compared.differences)
    click.echo(say({0: "compare_none", 1: "compare_counted_one"}.get(count, "compare_counted"), count=count))


def _print_by_table(compared: "Compared", differences: Sequence["Difference"]) -> None:
    from ..model.wording import table_title

    for table, group in groupby(differences, key=lambda difference: difference.table):
        click.secho(table_title(table) if table else say("compare_sentences"), underline=True)
        for difference in group:
            click.echo(f"  {difference.message(compared.files)}")


def _advise(compared: "Compared", *, wanted: bool) -> None:
    """Say what to do about differences, on the side; `wanted`: that nothing was written."""
    if not compared.differences:
        return
    if wanted:
        click.echo(say("compare_not_written"), err=True)
    name = "compare_to_settle" if all(difference.in_list for difference in compared.differences) else "compare_to_mend"
    click.echo(say(name, **_paths(compared)), err=True)


def _paths(compared: "Compared") -> dict[str, str]:
    """Give both workbooks as they are typed in a command."""
    return {"first": quoted(compared.first.path), "second": quoted(compared.second.path)}


def quoted(path: Path) -> str:
    """Put a path with a space in quotation marks."""
    return f'"{path}"' if " " in str(path) else str(path)


# --- how it is settled -------------------------------------------------------------------------------------


def _write_list(compared: "Compared", settle: Path) -> None:
    """Write the list to fill in; where something is to be mended first, name that and write nothing."""
    from ..forms.differences_list import differences_list
    from ..publish.files import write_whole
    from ..quality.agreed import rehearse

    if not compared.differences:
        click.echo(say("compare_nothing_to_settle"))
        return
    _refuse_to_mend(compared)
    rehearse(compared)
    write_whole(settle, differences_list(compared.differences, compared.files))
    fields = {**_paths(compared), "file": quoted(settle), "period": compared.first.period}
    click.echo(say("compare_list_written", **fields, count=len(compared.differences)))


def _refuse_to_mend(compared: "Compared") -> None:
    to_mend = [difference for difference in compared.differences if not difference.in_list]
    if to_mend:
        _print_by_table(compared, to_mend)
        click.echo(say("compare_not_written"), err=True)
        fail(say("compare_to_mend"), EXIT_FINDINGS)


def _write_agreed(compared: "Compared", agreed: Path, out: Path) -> None:
    """Write the agreed workbook, if each line of the list is settled; else name the lines and end."""
    from ..excel.agreed_list import read_agreed
    from ..publish.files import write_whole
    from ..quality.agreed import agreed_workbook, settle

    _refuse_to_mend(compared)
    settled = settle(compared.differences, read_agreed(agreed))
    _refuse_unsettled(compared, settled, agreed)
    made = agreed_workbook(compared, settled.cells)
    write_whole(out, made.data)
    as_first, as_second, as_neither = settled.as_in
    fields = {**compared.files._asdict(), "file": quoted(out), "list": agreed.name}
    click.echo(say("compare_done", **fields, as_first=as_first, as_second=as_second, as_neither=as_neither))
    if made.is_to_calculate:
        click.echo(say("compare_calculate", file=out.name))
    click.echo(say("compare_next", file=quoted(out)))


def _refuse_unsettled(compared: "Compared", settled: "Settled", agreed: Path) -> None:
    """Name the lines that leave open what is right, and end."""
    if settled.is_of_second:
        fail(say("compare_swapped", file=agreed.name, **_paths(compared)), EXIT_FINDINGS)
    if settled.unfit:
        fields = {"file": agreed.name, **compared.files._asdict(), "lines": ", ".join(settled.unfit)}
        fail(say("compare_unfit", **fields), EXIT_FINDINGS)
    unclear = [say("compare_unclear_line", cell=cell, text=text) for cell, text in settled.unclear.items()]
    for name, lines in (("compare_open", settled.unsettled), ("compare_unclear", unclear)):
        if lines:
            click.echo(say(name, file=agreed.name, lines=", ".join(lines)), err=True)
    if settled.unsettled or unclear:
        fail(say("compare_not_written"), EXIT_FINDINGS)


def _write_copy(compared: "Compared", out: Path) -> None:
    from ..publish.files import write_whole

    write_whole(out, compared.first.data)
    click.echo(say("compare_done_same", file=quoted(out), first=compared.files.first))
    click.echo(say("compare_next", file=quoted(out)))
