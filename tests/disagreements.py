"""The disagreements of a report, each for itself: those that one finding settles, too."""

from collections.abc import Iterable

from ccpcr_lib.model.finding import Finding


def disagreements(problems: Iterable[Finding], rule: str = "") -> list[Finding]:
    """List what disagrees, of one rule or of all, in the place of the findings that stand for it."""
    each = [told for item in problems for told in (item.settled or (item,))]
    return [item for item in each if rule in ("", item.rule)]
