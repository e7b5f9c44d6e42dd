"""What is wrong with a workbook → a list on a page."""

from collections.abc import Sequence
from html import escape

from ...model.finding import Finding
from ..release import Release


def findings_html(release: Release, findings: Sequence[Finding]) -> str:
    """Lay findings out as a list, the gravity of each said by a word and not by colour alone.

    What else the correction of its cell would settle stands below a finding.
    """
    if not findings:
        return f'<p class="ccpcr-findings">{escape(release.say("no_findings"))}</p>'
    lines = (
        f'<li class="{finding.severity}"><strong>{escape(release.say(finding.severity))}</strong> '
        f"{escape(finding.message)}{_settled(finding)}</li>"
        for finding in findings
    )
    return f'<ul class="ccpcr-findings">{"".join(lines)}</ul>'


def folded_html(
    release: Release, findings: Sequence[Finding], title: str = "", *, name: str = "findings_folded"
) -> str:
    """Fold findings into one line that opens when it is clicked, `title` in front; nothing where there is none.

    `name` is the sentence that says how many there are.
    """
    if not findings:
        return ""
    name = f"{name}_one" if len(findings) == 1 else name
    line = escape(release.say(name, count=len(findings)))
    line = f"{escape(title)}: {line}" if title else line
    return f"<details><summary>{line}</summary>{findings_html(release, findings)}</details>"


def _settled(finding: Finding) -> str:
    others = "".join(f"<li>{escape(other.statement)}</li>" for other in finding.settled[1:])
    return f"<ul>{others}</ul>" if others else ""
