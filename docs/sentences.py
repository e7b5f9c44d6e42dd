"""Write `docs/sentences.md`: each kind of sentence, in both languages, for many, few and unknown figures.

The figures are made up: a handful of clients, each counted in every table as a shelter would count it. Run it with
``make sentences`` after a change of a sentence; `tests/test_sentences_page.py` holds that the page is what it makes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from ccpcr_lib.analysis.achievement import achieve
from ccpcr_lib.analysis.history import History
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.excel.reader import Reading
from ccpcr_lib.model import period as calendar
from ccpcr_lib.model.catalogue import CATALOGUE, spec
from ccpcr_lib.model.measure import is_stock
from ccpcr_lib.model.plan import Plan, Target
from ccpcr_lib.model.records import Count
from ccpcr_lib.model.table import Slot, TableSpec, slots
from ccpcr_lib.model.wording import table_title
from ccpcr_lib.publish.pages.show import show_changes, show_runs
from ccpcr_lib.publish.release import Release
from ccpcr_lib.publish.text.progress import progress_sentence
from ccpcr_lib.publish.text.sentences import sentence
from ccpcr_lib.publish.text.summary import changes_told, summary

PAGE = Path(__file__).with_suffix(".md")
QUARTER = "2010-Q2"
LANGUAGES = ("en", "km")
SITUATIONS = ("many", "few", "unknown")
BEGINNING = """# Sentences

Each kind of sentence that the program writes, in both languages, for many clients, for few, and where something was not
reported. All figures are SYNTHETIC. `docs/sentences.py` writes this page (`make sentences`); a test holds that it is
what the program says. The sentences stand in `ccpcr_lib/words/`, mostly in `sentences.csv`, `verbs.csv` and
`progress.csv`. Where nobody has written the Khmer yet, the English stands in its place.
"""


@dataclass(frozen=True)
class Client:
    """A made-up client, with what happened to it in one month of the quarter; `place` tells one from another."""

    place: int
    month: str
    case_type: str
    sex: str
    age_band: str

    def is_in(self, slot: Slot, declared: TableSpec) -> bool:
        """Check whether a cell of a table counts the client."""
        own = {"case_type": self.case_type, "sex": self.sex, "age_band": self.age_band}
        if any(own[name] != code for name, code in slot.key.items() if name in own):
            return False
        return slot.key["period"] in (self.month, QUARTER) and self._is_under(slot.key.get("category"), declared)

    def _is_under(self, category: str | None, declared: TableSpec) -> bool:
        """Check it for a row: everybody takes part in every other topic or service, and goes to one place."""
        if category is None:
            return True
        row = declared.members.index(category)
        if declared.rows in ("topic", "service"):
            return (self.place + row) % 3 < 2
        others = len(declared.members) - 1
        return row == (0 if self.place % 3 < 2 else 1 + self.place // 3 % others)


def clients(count: int) -> list[Client]:
    """Make up clients: most in the first month, most girls of 11 to 17."""
    first, second, third = calendar.months(QUARTER)
    months, types, ages = (first, first, first, second, second, third), ("RC", "DV", "RC", "TL"), ("11-17", "0-10")
    return [
        Client(place, months[place % 6], types[place % 4], "M" if place % 5 == 4 else "F", ages[place % 3 // 2])
        for place in range(count)
    ]


def report(situation: str, quarter: str = QUARTER) -> Report:
    """Make the report of a quarter with every table; another quarter than the page's has the same, month by month."""
    counts = tuple(
        Count(
            declared.name,
            slot.measure,
            slot.unit,
            {**slot.key, "period": _moved(slot.key["period"], quarter)},
            _value(situation, slot, declared),
            f"{declared.name}!{chr(65 + slot.column)}{slot.row + 1}",
        )
        for declared in CATALOGUE
        for slot in slots(declared, QUARTER)
        if slot.role == "count"
    )
    members = MappingProxyType({declared.name: declared.members for declared in CATALOGUE})
    places = MappingProxyType({declared.name: f"{declared.name}!A1" for declared in CATALOGUE})
    reading = Reading(Path(f"{quarter}-SYNTHETIC.xlsx"), b"", quarter, counts, (), (), members, places)
    return Report(reading, ())


def _moved(period: str, quarter: str) -> str:
    """Give the period of another quarter that a period of the page's quarter is."""
    periods = (QUARTER, calendar.previous(QUARTER), *calendar.months(QUARTER))
    others = (quarter, calendar.previous(quarter), *calendar.months(quarter))
    return dict(zip(periods, others, strict=True))[period]


def _value(situation: str, slot: Slot, declared: TableSpec) -> int | None:
    """Count the clients of a cell; of unknown figures the last month, or row, and the quarter before are blank."""
    months, period = calendar.months(QUARTER), slot.key["period"]
    is_before = period == calendar.previous(QUARTER)
    is_last = period == months[-1] or (period == QUARTER and slot.row == declared.depth + len(declared.members) - 1)
    if situation == "unknown" and (is_last or is_before):
        return None
    there = clients(1 if situation == "few" else 24)
    if is_before:
        return len(there) // 4 if slot.row == declared.depth else 0
    if is_stock(slot.measure):
        return len(there) + (0 if situation == "few" else 30 - 5 * months.index(period))
    counted = [client for client in there if client.is_in(slot, declared)]
    return 2 * len(counted) if slot.unit == "times" else len(counted)


# --- the page ----------------------------------------------------------------------------------------------


def page() -> str:
    """Write the page."""
    parts = [BEGINNING, "## At a glance\n", *_at_a_glance(), "## Of the tables\n", *_of_tables()]
    parts += ["## Against the plan\n", *_of_plan()]
    parts += ["## From one quarter to another, and over time\n", *_over_time()]
    return "\n".join(parts)


def _at_a_glance() -> Iterator[str]:
    """Write the sentence of a whole quarter, and what changed, as the first page has them."""
    for situation in SITUATIONS:
        shown = [Release(report(situation), language) for language in LANGUAGES]
        yield _block(f"{situation}: how it was", [summary(one) for one in shown])
        yield _block(f"{situation}: what changed", [" ".join(changes_told(one)) for one in shown])


def _of_tables() -> Iterator[str]:
    shown = {situation: report(situation) for situation in SITUATIONS}
    for declared in CATALOGUE:
        yield f"### {table_title(declared.name)}\n"
        for situation, made in shown.items():
            lines = [sentence(Release(made, language), declared.name) for language in LANGUAGES]
            yield _block(situation, lines)


def _of_plan() -> Iterator[str]:
    """Write how referrals stand against a plan of 60: the clients of each quarter, and what more is wanted."""
    cases: tuple[tuple[str, tuple[int | None, ...], float | None, str], ...] = (
        ("many: on plan", (15, 15), 60, "up"),
        ("many: ahead of plan", (24, 16), 60, "up"),
        ("many: the year's target is reached", (20, 18, 14, 15), 60, "up"),
        ("few: behind plan", (8, 1), 60, "up"),
        ("few: more is neither good nor bad", (8, 1), 60, "neutral"),
        ("few: no target", (8, 1), None, "up"),
        ("unknown: a quarter is not reported", (None, 18), 60, "up"),
        ("unknown: no target, and a quarter is not reported", (None, 18), None, "up"),
    )
    for heading, figures, target, direction in cases:
        yield _block(heading, [_against_plan(figures, target, direction, language) for language in LANGUAGES])


def _against_plan(figures: tuple[int | None, ...], target: float | None, direction: str, language: str) -> str:
    names = calendar.quarters_to("2010-Q4")
    made = [_with_referrals(name, figure) for name, figure in zip(names, figures, strict=False) if figure is not None]
    history = History(tuple(made))
    indicator = replace(next(known for known in Plan().indicators if known.code == "referred"), direction=direction)
    targets = () if target is None else (Target("referred", "2010", target, "equal", ""),)
    return progress_sentence(Release(made[-1], language), achieve(history, Plan((indicator,), targets), indicator))


def _with_referrals(quarter: str, figure: int) -> Report:
    """Make a quarter with so many referrals, all of the first type: as many in each month, the rest in its first."""
    made, declared = report("few", quarter), spec("referrals_by_type")
    each, months = figure // 3, calendar.months(quarter)
    values = dict(zip(months, (figure - 2 * each, each, each), strict=True))

    def value(count: Count) -> int | None:
        if count.table != declared.name:
            return count.value
        return values[count.key["period"]] if count.key["case_type"] == declared.members[0] else 0

    base = tuple(replace(count, value=value(count)) for count in made.reading.base)
    return replace(made, reading=replace(made.reading, base=base))


def _over_time() -> Iterator[str]:
    """Write how referrals changed, and how they run, over twelve quarters, over two, and where one is missing."""
    years = [calendar.quarter(year, number) for year in (2008, 2009, 2010) for number in (1, 2, 3, 4)]
    cases: Mapping[str, Mapping[str, int]] = {
        "many": {name: 12 + 7 * place % 9 for place, name in enumerate(years)} | {years[-1]: 31},
        "few": {years[-2]: 2, years[-1]: 1},
        "unknown": {years[0]: 14, years[-1]: 12},
    }
    for situation, figures in cases.items():
        made = [_with_referrals(name, figure) for name, figure in figures.items()]
        whole = replace(made[-1], others=tuple(one.reading for one in made[:-1]))
        shown = [Release(whole, language) for language in LANGUAGES]
        yield _block(f"{situation}: what has changed", [show_changes(one, "referred").text for one in shown])
        yield _block(f"{situation}: over all periods", [show_runs(one, "referred").text for one in shown])


def _block(heading: str, lines: list[str]) -> str:
    """Write what is said in each language beneath a heading; where a table has nothing to add, a dash."""
    said = "\n".join(f"  - {' '.join(line.split(chr(10))) or '–'}" for line in dict.fromkeys(lines))
    return f"- *{heading}*\n{said}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
