"""A proof → the lines that say what of a report is the same and what changed, and the terminal that shows them."""

from collections.abc import Iterator, Sequence

import click

from ...model.period import printed
from ...words import say
from .compare import Compared
from .held import Held, Verdict
from .provenance import NEXT
from .verify import Proof

VerdictLine = tuple[Verdict, str]
"""What is proved of something, and what it is."""

MARKS = {
    Verdict.SAME: ("proof_same", "green"),
    Verdict.CHANGED: ("proof_changed", "yellow"),
    Verdict.NOTE: ("proof_note", "cyan"),
    Verdict.UNPROVED: ("proof_unproved", "magenta"),
}
"""The word before a line, and its colour."""
MOST = 5
"""So many lines are said of one file; how many more there are, another one says."""


def verdict_lines(proof: Proof) -> Iterator[VerdictLine]:
    """Give what is the same and what changed, line by line: what the report was made of, then its figures."""
    yield _workbook_line(proof)
    for saying in proof.sayings:
        yield Verdict.CHANGED, say("proof_saying", saying=saying)
    for change in proof.inputs:
        yield Verdict.NOTE, say("proof_input", change=change)
    versions = proof.versions or (", ".join(map(" ".join, proof.provenance.versions.items())),)
    yield Verdict.NOTE if proof.versions else Verdict.SAME, say("proof_versions", versions="; ".join(versions))
    yield _files_line(proof)
    for change in proof.foreign:
        yield Verdict.CHANGED, say("proof_notebook", change=change)
    for name, outputs in proof.notebooks.items():
        yield _of(all(not output.differences for output in outputs)), name
        for output in outputs:
            yield from _output_lines(output)
    yield from _held_lines(proof.held)


def _of(is_same: bool) -> Verdict:
    return Verdict.SAME if is_same else Verdict.CHANGED


def _workbook_line(proof: Proof) -> VerdictLine:
    is_same, fingerprint = proof.is_same_workbook, proof.provenance.sha256[:12]
    name = "proof_workbook_same" if is_same else "proof_workbook_changed"
    names = NEXT.join(path.name for path in (proof.workbook, *proof.more))
    return _of(is_same), say(name, file=names, fingerprint=fingerprint)


def _files_line(proof: Proof) -> VerdictLine:
    if proof.files:
        return Verdict.CHANGED, say("proof_files_changed", changes="; ".join(proof.files))
    return Verdict.SAME, say("proof_files_same", count=len(proof.provenance.files))


def _output_lines(output: Compared) -> Iterator[VerdictLine]:
    if not output.differences:
        yield Verdict.SAME, "  " + say("proof_output_same", output=output.what, figures=output.figures)
    for difference in output.differences:
        yield Verdict.CHANGED, "  " + say("proof_output_changed", output=output.what, difference=difference)


def _held_lines(held: Sequence[Held]) -> Iterator[VerdictLine]:
    """Give what differs in the other files, and how many are the same."""
    same = [one for one in held if one.verdict == Verdict.SAME]
    if same:
        yield Verdict.SAME, say("proof_held_same", count=len(same))
    for one in held:
        yield from ((one.verdict, line) for line in one.lines[:MOST])
        if len(one.lines) > MOST:
            yield one.verdict, say("proof_held_more", file=one.name, count=len(one.lines) - MOST)


def print_proof(proof: Proof) -> None:
    """Print what is the same and what changed of a report that was made again, and the result in the last line."""
    click.secho(say("proof_title", period=printed(proof.period)), bold=True)
    words = {verdict: (say(name), colour) for verdict, (name, colour) in MARKS.items()}
    shown = list(verdict_lines(proof))
    width = max(len(words[verdict][0]) for verdict in (*(verdict for verdict, _ in shown), Verdict.CHANGED))
    for verdict, line in shown:
        word, colour = words[verdict]
        click.echo(f"{click.style(word.ljust(width), fg=colour)} {line}")
    if proof.unproved:
        click.echo(say("proof_not_all", files=", ".join(proof.unproved)))
    outputs = [output for outputs in proof.notebooks.values() for output in outputs]
    same = sum(not output.differences for output in outputs)
    click.echo(say("proof_result", same=same, all=len(outputs)))
