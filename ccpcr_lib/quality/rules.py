"""The rules of the checks: name → severity and message. Names are stable: explanations and the README refer to them."""

from collections.abc import Iterable
from types import MappingProxyType

from ..model.finding import Finding, Rule, make

CELL = "Correct the cell, or explain it (ccpcr explain)."
ONE = "Correct the one that is wrong, or explain it (ccpcr explain)."

CHECK_RULES = MappingProxyType(
    {
        "total": Rule("warning", "{seen}, but {why}.", CELL),
        "total_once": Rule(
            "warning",
            "the total says {printed}; each person counts once, so it must be at least {largest} (the largest row) "
            "and at most {most} (all rows together).",
            CELL,
        ),
        "plan": Rule("warning", "the plan is {printed} here but {expected} in {first}.", CELL),
        "plan_file": Rule(
            "warning",
            "the year's plan is {printed} here, but {expected} in {file} ({cell}).",
            "Correct the one that is wrong.",
        ),
        "plan_quarters": Rule(
            "warning",
            "the quarters of {year} add up to {printed}, but the year's target is {expected} ({cell}).",
            "Correct the one that is wrong.",
        ),
        "share": Rule(
            "warning", "{printed} is printed for {part} of {total}, which is {exact} %; it should be {expected}.", CELL
        ),
        "shares_to_100": Rule(
            "note", "the percents here add up to {printed}, not 100 %.", "Rounding can do that; check that it did."
        ),
        "note_sum": Rule("warning", "the note “{printed}” adds up to {total}, but the cell says {value}.", CELL),
        "note_part": Rule(
            "warning", "“{printed}” says {total} of {value}; a part cannot be larger than its whole.", CELL
        ),
        "note_parts": Rule(
            "warning", "the note “{printed}” says {label} {value}, but the notes of its own parts say {known}.", CELL
        ),
        "margin": Rule("warning", "{what}: {says}.{detail}", ONE),
        "relation": Rule("warning", "{why} {left} says {printed}, but it {must} ({right}).", CELL),
        "relation_broken": Rule("error", "this relation cannot be read: {why}.", "Correct the line."),
        "blank": Rule("warning", "{count} blank in the table “{title}”.", "Type the number, or 0 if there were none."),
        "empty_months": Rule(
            "note",
            "every figure of {months} is 0 in the table “{title}”.",
            "If nothing was reported, leave the cells blank.",
        ),
        "copied": Rule(
            "warning",
            "the table “{title}” is the same as in {other}, figure by figure.",
            "If it was copied, fill it in anew; if not, explain it (ccpcr explain).",
        ),
        "previous_quarter": Rule(
            "warning",
            "{what}: {printed} is printed here for the {period}, but {file} says {expected} ({other}).",
            ONE,
        ),
        "unusual": Rule(
            "note",
            "{what}: {printed} in this quarter; the {periods} earlier quarters had {expected} on average. A count "
            "this far off is unlikely to be chance (exact Poisson, p = {p}).",
            "Check it, or be ready to say why.",
        ),
        "unknown_figure": Rule(
            "error",
            "the sentence asks for {printed}, but {why}.",
            "Correct the name in braces (data/README.md lists the names), or type words in its place.",
        ),
        "open_brace": Rule(
            "error",
            "a brace stands alone in this sentence.",
            "Write one opening brace before a figure's name and one closing brace behind it.",
        ),
        "figure_missing": Rule(
            "warning",
            "the sentence asks for {printed}, but the table “{title}” is not in this workbook.",
            "Add the table, or take the figure out of the sentence.",
        ),
        "typed_number": Rule(
            "note",
            "a number is typed into this sentence: {printed}. Is it in a table?",
            "Then write its name in braces (data/README.md lists the names), so that the two cannot disagree.",
        ),
        "explanation_void": Rule(
            "warning",
            "the explanation of {date} no longer holds: it speaks of {expected}, now {printed} stands here.",
            "Explain anew, or remove its line in explanations.csv.",
        ),
        "explanation_unused": Rule(
            "note",
            "the explanation of {date} (“{explanation}”) is no longer needed.",
            "Remove its line in explanations.csv.",
        ),
    }
)


def found(rule: str, where: Iterable[str], *, table: str = "", **fields: str) -> Finding:
    """Make a check's finding from its rule and the fields its message names; a cell is named once."""
    return make(CHECK_RULES[rule], rule, tuple(dict.fromkeys(where)), table, fields)
