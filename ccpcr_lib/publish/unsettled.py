"""A quarter whose figures are in dispute → no final deck."""

from ..words import say
from .release import Release


class UnsettledError(Exception):
    """A final deck was asked for while figures are in dispute; the message says which and what to do."""


def refuse_unsettled(release: Release) -> None:
    """Raise UnsettledError where a finding above a note is neither mended nor explained: no deck is final then."""
    unsettled = [finding for finding in release.problems if finding.severity != "note"]
    if unsettled:
        first = unsettled[0].where[0] if unsettled[0].where else unsettled[0].statement
        name = "final_unsettled_one" if len(unsettled) == 1 else "final_unsettled"
        raise UnsettledError(say(name, count=len(unsettled), first=first))
