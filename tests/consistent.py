"""Random quarters that agree with themselves: clients are drawn one by one, and every table counts the same clients.

SYNTHETIC: no figure here comes from a real shelter.
"""

import random
from collections import Counter
from dataclasses import replace
from itertools import count

from truth import CASE_TYPES, COLUMNS, SLIDES, Truth, parse

NO_SPLIT = ("SA", "ST", "SW")


def consistent_quarter(seed: int, year: int = 2012, quarter: int = 3) -> Truth:
    """Draw a quarter: referrals, movement, care and follow-up that could all be true together."""
    draw = random.Random(seed)
    size = draw.choice((0, 3, 12, 40))
    clients = [
        (
            draw.choice(("m1", "m2", "m3")),
            draw.choice(CASE_TYPES),
            draw.choice("FM"),
            draw.choice(("0-10", "11-17", "18-25")),
            draw.choice(("RAO", "own_network", "Provincial Police")),
        )
        for _ in range(size)
    ]
    months = [f"{year}-{3 * quarter - 2 + place:02d}" for place in range(3)]
    before = f"{year}-Q{quarter - 1}" if quarter > 1 else f"{year - 1}-Q4"
    tables = _referrals(clients) | _movement(draw, clients) | _care(draw, random.Random(f"{seed} topics"))
    tables |= _families(draw, clients)
    ordered = {name: tables[name] for name in SLIDES} | _cared_for(tables) | _followed_up(tables)
    return Truth(f"{year}-Q{quarter}", tuple(months), before, draw.choice((40, 60, 90)), ordered)


def _referrals(clients: list[tuple]) -> dict:
    by_type = Counter((kind, month) for month, kind, *_ in clients)
    by_sex = Counter((month, kind if kind in NO_SPLIT else f"{kind}/{sex}") for month, kind, sex, *_ in clients)
    sources = Counter((source, sex) for *_, sex, _, source in clients)
    columns = COLUMNS["referrals_by_sex"].split()[:-1]
    return {
        "referrals_by_type": {kind: tuple(by_type[kind, m] for m in ("m1", "m2", "m3")) for kind in CASE_TYPES},
        "referrals_by_sex": {m: tuple(by_sex[m, column] for column in columns) for m in ("m1", "m2", "m3")},
        "referral_sources": {
            source: (sources[source, "M"], sources[source, "F"])
            for source in ("RAO", "own_network", "Provincial Police")
        },
    }


def _movement(draw: random.Random, clients: list[tuple]) -> dict:
    """Let clients arrive and leave so that each month's count follows from the one before."""
    arrived = Counter(month for month, *_ in clients)
    by_age = Counter((month, f"{age}/{sex}") for month, _, sex, age, _ in clients)
    stock, home, factory, onward, ages = 60 + arrived["m1"], [], [], [], {}
    for place, month in enumerate(("m1", "m2", "m3")):
        stock += arrived[month] if place else 0
        left = [draw.randint(0, 5) for _ in range(4)]
        columns = COLUMNS["referrals_by_age"].split()[1:-1]
        ages[month] = (stock, *(by_age[month, column] for column in columns), left[0] + left[1])
        home.append(left[0])
        factory.append(left[1])
        onward.append((left[2], left[3]))
        stock -= sum(left)
    return {
        "referrals_by_age": ages,
        "reintegration": {"family_community": tuple(home), "factory": tuple(factory)},
        "partner_referrals": {
            "COSECAM": tuple(one for one, _ in onward),
            "CWDA": tuple(other for _, other in onward),
        },
    }


def _care(draw: random.Random, apart: random.Random) -> dict:
    """Let clients learn; not all who attend life skills come to every topic."""
    reached = tuple(draw.randint(0, 3) for _ in COLUMNS["life_skills"].split())
    first, *topics = parse(SLIDES["life_skills"])
    came = {topic: tuple(max(most - apart.choice((0, 0, 1)), 0) for most in reached) for topic in topics}
    skills = {}
    for name in parse(SLIDES["skills_follow_up"]):
        clients = draw.choice((0, 4, 15))
        skills[name] = (clients, draw.randint(1, 3) if clients else 0)
    return {
        "education": {name: _months(draw, 2) for name in parse(SLIDES["education"])},
        "other_services": {name: (draw.randint(0, 9),) for name in parse(SLIDES["other_services"])},
        "life_skills": {first: reached, **came},
        "vocational_skills": {name: _months(draw, 4) for name in parse(SLIDES["vocational_skills"])},
        "skills_follow_up": skills,
    }


def _cared_for(tables: dict) -> dict:
    """Let the case of each client in care be managed: of those in the first month, and all who come later."""
    (stock, *_), *_ = tables["referrals_by_age"].values()
    new = sum(sum(later) for _, *later in tables["referrals_by_type"].values())
    return {"other_services": tables["other_services"] | {"case_management": (stock + new,)}}


def _followed_up(tables: dict) -> dict:
    """Let nobody be followed up who was not trained, enrolled or reintegrated in the quarter."""
    learned = {name: sum(months) for name, months in tables["vocational_skills"].items()}
    learned["formal_education"] = sum(map(sum, tables["education"].values()))
    skills = {}
    for name, (clients, times) in tables["skills_follow_up"].items():
        known = min(clients, learned.get(name, clients))
        skills[name] = (known, times if known else 0)
    home, support = sum(map(sum, tables["reintegration"].values())), {}
    for kind, months in tables["follow_up_support"].items():
        support[kind] = months if max(months) <= home else (0, 0, 0)
        home -= max(support[kind])
    return {"skills_follow_up": skills, "follow_up_support": support}


def _families(draw: random.Random, clients: list[tuple]) -> dict:
    new = Counter((kind, month) for month, kind, *_ in clients)
    return {
        "family_assessments": {
            kind: (draw.randint(0, 9), *(new[kind, month] for month in ("m1", "m2", "m3"))) for kind in CASE_TYPES
        },
        "family_visits": {kind: (draw.randint(0, 9), *_months(draw, 6)) for kind in CASE_TYPES},
        "follow_up_support": {kind: _months(draw, 1) for kind in CASE_TYPES},
    }


def _months(draw: random.Random, most: int) -> tuple[int, int, int]:
    return tuple(draw.randint(0, most) for _ in range(3))


def with_reintegrated(truth: Truth) -> Truth:
    """Repeat the reintegrated clients of each month where slide 7 repeats them."""
    tables = dict(truth.tables)
    tables["referrals_by_sex"] = {
        month: (*row, tables["referrals_by_age"][month][-1]) for month, row in tables["referrals_by_sex"].items()
    }
    return Truth(truth.period, truth.months, truth.previous, truth.plan, tables)


def consistent(seed: int, year: int = 2012, quarter: int = 3) -> Truth:
    """Draw a whole quarter that agrees with itself."""
    return with_reintegrated(consistent_quarter(seed, year, quarter))


def consistent_quarters(seed: int, number: int, first: int = 2008) -> list[Truth]:
    """Draw quarters with referrals that agree with each other: each follows from the one before, and repeats it."""
    before, quarters, seeds = None, [], count(1000 * seed)
    for place in range(number):
        drawn = (consistent(seed, first + place // 4, 1 + place % 4) for seed in seeds)
        truth = next(truth for truth in drawn if any(map(sum, truth.tables["referrals_by_type"].values())))
        before = _following(before, truth) if before else _with_stock(truth, 1000)
        quarters.append(before)
    return quarters


def _following(before: Truth, truth: Truth) -> Truth:
    """Let a quarter begin with the clients whom the one before left in the shelter, and repeat its families."""
    last = before.tables["referrals_by_age"]["m3"]
    gone = sum(row[2] for name in ("reintegration", "partner_referrals") for row in before.tables[name].values())
    arrived = sum(row[0] for row in truth.tables["referrals_by_type"].values())
    tables = dict(_with_stock(truth, last[0] - gone + arrived).tables)
    for name in ("family_assessments", "family_visits"):
        earlier = {kind: sum(months) for kind, (_, *months) in before.tables[name].items()}
        tables[name] = {kind: (earlier[kind], *months) for kind, (_, *months) in tables[name].items()}
    return replace(truth, tables=tables)


def _with_stock(truth: Truth, first: int) -> Truth:
    """Count so many clients in the first month, and as many more or less in the others."""
    more = first - truth.tables["referrals_by_age"]["m1"][0]
    ages = {month: (row[0] + more, *row[1:]) for month, row in truth.tables["referrals_by_age"].items()}
    tables = truth.tables | {"referrals_by_age": ages}
    return replace(truth, tables=tables | _cared_for(tables))
