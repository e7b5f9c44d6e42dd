"""The rules of the checks: name → severity and message. Names are stable: explanations and the README refer to them."""

from collections.abc import Iterable
from types import MappingProxyType

from ..model.finding import Finding, Rule, make

ADVICE = "Correct the cell, or explain it (ccpcr explain)."

CHECK_RULES = MappingProxyType(
    {
        "total": Rule("warning", f"{{seen}}, but {{why}}. {ADVICE}"),
        "total_once": Rule(
            "warning",
            f"the total says {{printed}}; each person counts once, so it must be at least {{largest}} (the largest row) "
            f"and at most {{most}} (all rows together). {ADVICE}",
        ),
        "plan": Rule("warning", f"the plan is {{printed}} here but {{expected}} in {{first}}. {ADVICE}"),
        "share": Rule("warning", f"{{printed}} is printed for {{part}} of {{total}}, which is {{exact}} %: write {{expected}}. {ADVICE}"),
        "shares_to_100": Rule("note", "the percents here add up to {printed}, not 100 %. Rounding can do that; check that it did."),
        "note_sum": Rule("warning", f"the note “{{printed}}” adds up to {{total}}, but the cell says {{value}}. {ADVICE}"),
        "note_part": Rule("warning", f"“{{printed}}” says {{total}} of {{value}}: a part cannot be larger than its whole. {ADVICE}"),
        "note_parts": Rule(
            "warning", f"the note “{{printed}}” says {{label}} {{value}}, but the notes of its own months say {{known}}. {ADVICE}"
        ),
        "margin": Rule("warning", f"{{what}}: {{says}}.{{detail}} Correct the one that is wrong, or explain it (ccpcr explain)."),
        "relation": Rule("warning", f"{{why}} {{left}} says {{printed}}, but it {{must}} ({{right}}). {ADVICE}"),
        "relation_broken": Rule("error", "this relation cannot be read: {why}. Correct the line."),
        "blank": Rule("warning", "{count} blank in the table “{title}”. Type the number, or 0 if there were none."),
        "empty_months": Rule(
            "note", "every figure of {months} is 0 in the table “{title}”. If nothing was reported, leave the cells blank."
        ),
        "copied": Rule(
            "warning", "the table “{title}” is the same as in {other}, figure by figure. Was it copied and not filled in anew?"
        ),
        "previous_quarter": Rule(
            "warning", f"{{what}}: {{printed}} is printed here for {{period}}, but {{file}} itself says {{expected}} ({{other}}). {ADVICE}"
        ),
        "unusual": Rule(
            "note",
            "{what}: {printed} in this quarter; {periods} earlier quarters had {expected} on average. A count this far off is "
            "unlikely to be chance (exact Poisson, p = {p}). Check it, or be ready to say why.",
        ),
        "explanation_void": Rule(
            "warning", "the explanation of {date} no longer holds: it speaks of {expected}, now {printed} stands here. Explain anew, or remove it."
        ),
        "explanation_unused": Rule("note", "the explanation of {date} (“{explanation}”) is no longer needed. Remove its line."),
    }
)


def found(rule: str, where: Iterable[str], *, table: str = "", **fields: str) -> Finding:
    """Make a check's finding from its rule and the fields its message names; a cell is named once."""
    return make(CHECK_RULES[rule], rule, tuple(dict.fromkeys(where)), table, fields)
