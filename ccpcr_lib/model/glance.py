"""The way of a child through the shelter: ``glance.csv`` → the lines that are shown of a period at a glance.

Each line is a measure at one stage of the way, and the measure that its clients are a part of, if they are one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from ..words import Words, in_language, say
from .errors import CannotReadError
from .list_file import numbered_list
from .measure import measures
from .resources import lists_folder, resource
from .text import seen

GLANCE = "glance"
Stage = Literal["in", "care", "out", "after"]
"""Where on its way a child is: it comes, it is cared for, it leaves, it is followed up."""
BY_CLIENT, TO_DATE = "by_client", "to_date"
"""What is typed where each client counts once in a quarter, and where a whole has grown since the beginning."""


@dataclass(frozen=True)
class GlanceLine:
    """One line: its measure, what it is called here, its stage, and the measure that its clients are a part of, if any.

    `by_client`: as a part, each client counts once in a quarter. `to_date`: the whole is everything there has been
    since the first workbook's year began.
    """

    measure: str
    label: Words
    stage: Stage
    whole: str = ""
    by_client: bool = False
    to_date: bool = False

    def name(self, language: str = "en") -> str:
        """Name what is counted, in a word or two."""
        return in_language(language, self.label.label)


@cache
def glance_lines() -> tuple[GlanceLine, ...]:
    """Give the lines in their order, read once; the project's own where the lists in use have none.

    Raise CannotReadError for a line that names a measure or a stage nobody knows.
    """
    own = lists_folder() / f"{GLANCE}.csv"
    path = own if own.is_file() else resource(f"data/codelists/{GLANCE}.csv")
    return tuple(_line(number, line) for number, line in numbered_list(path).items())


def _line(number: int, line: Mapping[str, str]) -> GlanceLine:
    allowed = {
        "code": [*measures()],
        "stage": [*get_args(Stage)],
        "of": ["", *measures()],
        "of_what": ["", TO_DATE],
        "counted": ["", BY_CLIENT],
    }
    for column, known in allowed.items():
        if line.get(column, "") not in known:
            named = ", ".join(filter(None, known))
            why = say("glance_list", line=number, column=column, written=seen(line.get(column, "")), known=named)
            raise CannotReadError(why, file=f"{GLANCE}.csv")
    label = Words(line.get("label_en", "") or line["code"], line.get("label_km", ""))
    counts = {"by_client": line.get("counted") == BY_CLIENT, "to_date": line.get("of_what") == TO_DATE}
    return GlanceLine(line["code"], label, cast(Stage, line["stage"]), line.get("of", ""), **counts)
