"""A proof → the lines that say what of a report is the same and what changed, and the terminal that shows them."""

from collections.abc import Iterator

import click

from ...words import say
from .compare import Compared
from .verify import Proof

VerdictLine = tuple[bool | None, str]
"""Whether something is the same, and what it is. None: it is another than it was, which by itself changes no figure."""

MARKS = {True: ("proof_same", "green"), False: ("proof_changed", "yellow"), None: ("proof_note", "cyan")}
"""The word before a line, and its colour."""


def verdict_lines(proof: Proof) -> Iterator[VerdictLine]:
    """Give what is the same and what changed, line by line: what the report was made of, then its figures."""
    yield _workbook_line(proof)
    for change in proof.inputs:
        yield None, say("proof_input", change=change)
    versions = proof.versions or (", ".join(map(" ".join, proof.provenance.versions.items())),)
    yield None if proof.versions else True, say("proof_versions", versions="; ".join(versions))
    yield _files_line(proof)
    for change in proof.foreign:
        yield False, say("proof_notebook", change=change)
    for name, outputs in proof.notebooks.items():
        yield all(not output.differences for output in outputs), name
        for output in outputs:
            yield from _output_lines(output)


def _workbook_line(proof: Proof) -> VerdictLine:
    is_same, fingerprint = proof.is_same_workbook, proof.provenance.sha256[:12]
    name = "proof_workbook_same" if is_same else "proof_workbook_changed"
    return is_same, say(name, file=proof.workbook.name, fingerprint=fingerprint)


def _files_line(proof: Proof) -> VerdictLine:
    if proof.files:
        return False, say("proof_files_changed", changes="; ".join(proof.files))
    return True, say("proof_files_same", count=len(proof.provenance.files))


def _output_lines(output: Compared) -> Iterator[VerdictLine]:
    if not output.differences:
        yield True, "  " + say("proof_output_same", output=output.what, figures=output.figures)
    for difference in output.differences:
        yield False, "  " + say("proof_output_changed", output=output.what, difference=difference)


def print_proof(proof: Proof) -> None:
    """Print what is the same and what changed of a report that was made again, and the result in the last line."""
    click.secho(say("proof_title", period=proof.provenance.period), bold=True)
    words = {is_same: (say(name), colour) for is_same, (name, colour) in MARKS.items()}
    width = max(len(word) for word, _ in words.values())
    for is_same, line in verdict_lines(proof):
        word, colour = words[is_same]
        click.echo(f"{click.style(word.ljust(width), fg=colour)} {line}")
    outputs = [output for outputs in proof.notebooks.values() for output in outputs]
    same = sum(not output.differences for output in outputs)
    click.echo(say("proof_result", same=same, all=len(outputs)))
