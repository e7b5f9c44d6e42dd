"""A seed → what happens to made-up clients: they come, stay, learn, visit their families and leave.

Nothing here comes from a real shelter. What happens to a client is one event with all that could be said of it.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp

from ..model import period as calendar
from ..model.catalogue import CATALOGUE
from ..model.codelist import codelist
from ..model.column import row_dimension
from ..model.errors import CannotReadError
from ..model.measure import is_stock
from ..words import say

FIRST, LAST = "2009-Q1", "2011-Q4"

WARM_UP = 8
"""Quarters before the first one, in which the shelter fills up."""

SERVICES = {
    "english": 0.2,
    "computer": 0.3,
    "school_materials": 0.1,
    "non_formal_education": 0.05,
    "case_management": 1,
}
"""How likely a client is to have each of the other services in a quarter."""

SCHOOL = "formal_education"
"""The row of the follow-up on skills that is about school."""

SIGNAL_MONTH = "2011-05"
"""A month in which far more clients visit their families than chance would give."""

ARRIVALS, MONTHS_OF_STAY = 5.0, 10
"""How many clients come in a month, and how many months they stay, on average."""

CASE_TYPES = {"DV": 12, "SA": 12, "NC": 30, "TL": 15, "ST": 6, "RC": 20, "SW": 5}
SEXES = {"F": 80, "M": 20}
AGES = {"0-10": 25, "11-17": 55, "18-25": 20}
DESTINATIONS = {"family_community": 85, "factory": 7, "": 8}

WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "case_types": CASE_TYPES,
    "sexes": SEXES,
    "age_bands": AGES,
    "destinations": DESTINATIONS,
    "services": SERVICES,
}
"""The lists whose members are not all alike here: these weights cover all of them, or nothing is made up."""

OWN_STORY = frozenset(
    {
        "referred",
        "in_shelter",
        "enrolled",
        "attended",
        "trained",
        "assessed",
        "visited",
        "reintegrated",
        "referred_out",
        "followed_up",
        "followed_up_skills",
        "served",
    }
)
"""The measures whose course is told below; whatever else a table counts happens to some clients each month."""

ELSE_CHANCE, MOST_TIMES = 0.3, 3


@dataclass
class Client:
    """A made-up client: what the tables divide by, the months until leaving, and the month of going home, if so."""

    key: dict[str, str]
    months_left: int
    trained_in: str = ""
    is_new: bool = True
    home_since: str = field(default="", compare=False)


@dataclass(frozen=True)
class Event:
    """Something that is counted once in a month. `key` has every dimension, code lists by their names."""

    measure: str
    period: str
    key: Mapping[str, str]
    unit: str = "clients"


@dataclass
class Shelter:
    """Who is there, who has left, what has happened."""

    draw: random.Random
    clients: list[Client] = field(default_factory=list)
    left: list[Client] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def record(self, measure: str, month: str, client: Client, **more: str) -> None:
        """Note one event of a client."""
        self.events.append(Event(measure, month, {**client.key, **more}))


def tell(seed: int) -> list[Event]:
    """Make up what happens in each quarter, those in which the shelter fills up included.

    Raise CannotReadError where a list has members that these clients never have, or lacks one that they have.
    """
    for name in WEIGHTS:
        check_weights(name)
    shelter, apart = Shelter(random.Random(seed)), random.Random(seed + 1)
    draws = {counted: random.Random(f"{seed} {counted}") for counted in _without_story()}
    for quarter in _quarters():
        for month in calendar.months(quarter):
            _live(shelter, month)
        _teach(shelter, quarter)
        _follow_up_skills(shelter, quarter)
        _serve(shelter, quarter, apart)
        for counted, draw in draws.items():
            _happen(shelter, quarter, counted, draw)
    return shelter.events


def check_weights(name: str) -> None:
    """Refuse a list whose members are not just those that the made-up clients may have; raise CannotReadError."""
    weights = [code for code in WEIGHTS[name] if code]
    uncovered = [code for code in codelist(name).members if code not in weights]
    missing = [code for code in weights if code not in codelist(name).members]
    if uncovered:
        raise CannotReadError(say("demo_uncovered", codes=", ".join(uncovered)), file=f"{name}.csv")
    if missing:
        raise CannotReadError(say("demo_missing", codes=", ".join(missing)), file=f"{name}.csv")


def _without_story() -> list[str]:
    """List the measures that some table counts and no story is told of."""
    counted = dict.fromkeys(column.measure for spec in CATALOGUE for column in spec.counts)
    return [measure for measure in counted if measure not in OWN_STORY]


def _quarters() -> list[str]:
    first = FIRST
    for _ in range(WARM_UP):
        first = calendar.previous(first)
    quarters = [first]
    while quarters[-1] < LAST:
        quarters.append(calendar.following(quarters[-1]))
    return quarters


def _live(shelter: Shelter, month: str) -> None:
    """Live through a month: those who left in the month before are gone, new ones arrive, all are cared for."""
    shelter.left += [client for client in shelter.clients if client.months_left <= 0]
    shelter.clients = [client for client in shelter.clients if client.months_left > 0]
    for _ in range(_poisson(shelter.draw, ARRIVALS)):
        _arrive(shelter, month)
    for client in shelter.clients:
        shelter.record("in_shelter", month, client)
        _care(shelter, month, client)
        client.months_left -= 1
        if client.months_left <= 0:
            _leave(shelter, month, client)
    _follow_up(shelter, month)


def _arrive(shelter: Shelter, month: str) -> None:
    draw = shelter.draw
    key = {"case_type": _choose(draw, CASE_TYPES), "sex": _choose(draw, SEXES), "age_band": _choose(draw, AGES)}
    key["organisations"] = _choose(draw, dict.fromkeys(codelist("organisations").members, 1))
    client = Client(key, 1 + int(draw.expovariate(1 / MONTHS_OF_STAY)))
    shelter.clients.append(client)
    shelter.record("referred", month, client)
    shelter.record("assessed", month, client)


def _care(shelter: Shelter, month: str, client: Client) -> None:
    draw = shelter.draw
    if client.is_new and client.key["age_band"] != "18-25" and draw.random() < 0.6:
        shelter.record("enrolled", month, client, grades=draw.choice(list(codelist("grades").members)))
    client.is_new = False
    if not client.trained_in and client.key["age_band"] != "0-10" and draw.random() < 0.08:
        client.trained_in = draw.choice(_members("vocational_skills"))
        shelter.record("trained", month, client, skills=client.trained_in)
    if draw.random() < (0.6 if month == SIGNAL_MONTH else 0.12):
        shelter.record("visited", month, client)


def _leave(shelter: Shelter, month: str, client: Client) -> None:
    """Record that a client goes home, to a factory, or on to a partner."""
    destination = _choose(shelter.draw, DESTINATIONS)
    if destination:
        client.home_since = month
        shelter.record("reintegrated", month, client, destinations=destination)
    else:
        partner = shelter.draw.choice(list(codelist("partners").members))
        shelter.record("referred_out", month, client, partners=partner)


def _follow_up(shelter: Shelter, month: str) -> None:
    """Visit some of those who left, each of them once; counted are those who went home in quarters that are told."""
    seen = [client for client in shelter.left if shelter.draw.random() < 0.08]
    shelter.left = [client for client in shelter.left if client not in seen]
    for client in seen:
        if _is_told(client.home_since):
            shelter.record("followed_up", month, client)


def _teach(shelter: Shelter, quarter: str) -> None:
    """Teach life skills, topic by topic, to those who are there at the quarter's end and were at its beginning."""
    first = calendar.months(quarter)[0]
    there = [event.key for event in shelter.events if event.measure == "in_shelter" and event.period == first]
    for key in there:
        for topic in codelist("topics").members:
            if shelter.draw.random() < 0.9:
                shelter.events.append(Event("attended", first, {**key, "topics": topic}))


def _follow_up_skills(shelter: Shelter, quarter: str) -> None:
    """Follow up on skills: some of those who learned each skill or went to school, once to three times together."""
    month = calendar.months(quarter)[0]
    for skill in _members("skills_follow_up"):
        drawn = _poisson(shelter.draw, 4)
        times = shelter.draw.randint(1, 3) if drawn else 0
        clients = min(drawn, _learned(shelter, skill, drawn))
        for unit, count in (("clients", clients), ("times", times if clients else 0)):
            shelter.events += [Event("followed_up_skills", month, {"skills": skill}, unit)] * count


def _learned(shelter: Shelter, skill: str, otherwise: int) -> int:
    """Count who began to learn a skill or entered a grade in quarters that are told; `otherwise` where none says so."""
    told = [event for event in shelter.events if _is_told(event.period)]
    if skill == SCHOOL:
        return sum(event.measure == "enrolled" for event in told)
    if skill in _members("vocational_skills"):
        return sum(event.measure == "trained" and event.key["skills"] == skill for event in told)
    return otherwise


def _is_told(month: str) -> bool:
    """Check whether a month lies in a quarter that has a workbook: what was before that, no workbook says."""
    return bool(month) and calendar.quarter_of(month) >= FIRST


def _serve(shelter: Shelter, quarter: str, draw: random.Random) -> None:
    """Give other services: every case is managed, some clients learn more. It draws apart, so that the rest stays.

    Of those who come later in the quarter, the case is managed and no more.
    """
    first, *later = calendar.months(quarter)
    there = [event.key for event in shelter.events if event.measure == "in_shelter" and event.period == first]
    for key in there:
        served = [service for service, chance in SERVICES.items() if draw.random() < chance]
        shelter.events += [Event("served", first, {**key, "services": service}) for service in served]
    new = [event.key for event in shelter.events if event.measure == "referred" and event.period in later]
    always = [service for service, chance in SERVICES.items() if chance == 1]
    shelter.events += [Event("served", first, {**key, "services": service}) for key in new for service in always]


def _happen(shelter: Shelter, quarter: str, measure: str, draw: random.Random) -> None:
    """Let something happen that has no story: to some of those who are there, once a month each, all if it is a stock.

    It draws apart, so that the rest stays.
    """
    tables = [spec for spec in CATALOGUE if any(column.measure == measure for column in spec.counts)]
    units = {column.unit for spec in tables for column in spec.counts if column.measure == measure}
    lists = {spec.codelist: spec.members for spec in tables if row_dimension(spec.rows) == "category"}
    months, chance = calendar.months(quarter), 1 if is_stock(measure) else ELSE_CHANCE
    there = [event for event in shelter.events if event.measure == "in_shelter" and event.period in months]
    for event in (event for event in there if draw.random() < chance):
        key = {**event.key, **{name: draw.choice(members) for name, members in lists.items()}}
        for unit in sorted(units):
            times = draw.randint(1, MOST_TIMES) if unit == "times" else 1
            shelter.events += [Event(measure, event.period, key, unit)] * times


def _members(table: str) -> tuple[str, ...]:
    return next(spec.members for spec in CATALOGUE if spec.name == table)


def _choose(draw: random.Random, weights: Mapping[str, int]) -> str:
    return draw.choices(list(weights), list(weights.values()))[0]


def _poisson(draw: random.Random, mean: float) -> int:
    """Draw a count with a mean (Knuth's product of uniform numbers)."""
    limit, product, count = exp(-mean), draw.random(), 0
    while product > limit:
        product *= draw.random()
        count += 1
    return count
