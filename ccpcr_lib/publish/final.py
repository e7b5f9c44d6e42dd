"""May a deck be called final? Only when no figure in it is in dispute, or every dispute is explained."""

from .release import Release


class UnsettledError(Exception):
    """A final deck was asked for while figures are in dispute; the message says which and what to do."""


def refuse_unsettled(release: Release) -> None:
    """Raise UnsettledError where a finding above a note is neither mended nor explained."""
    unsettled = [item for item in release.problems if item.severity != "note"]
    if unsettled:
        first = unsettled[0].where[0] if unsettled[0].where else unsettled[0].statement
        many = "one finding is" if len(unsettled) == 1 else f"{len(unsettled)} findings are"
        raise UnsettledError(
            f"--final: {many} not settled yet, first {first}. "
            "Correct or explain what ccpcr check names, or make the report without --final."
        )
