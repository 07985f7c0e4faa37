"""Filling the municipality with families without a story, one home care district at a time."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.core import clock, ids, tenancy
from medspiller.demo.domain import crowd, places
from medspiller.demo.domain.chances import Chance
from medspiller.demo.domain.crowd import Surroundings
from medspiller.demo.domain.families import FAMILIES
from medspiller.demo.domain.made_up import PersonNumbers
from medspiller.demo.services import _house as house
from medspiller.demo.services._telling import FIRST_NUMBER
from medspiller.people import selectors as people
from medspiller.people import services as register

DISTRICTS_BETWEEN_WORDS = 10


def fill(tenant_id: UUID, *, carers: int, seed: int, today: date, say: Callable[[str], None]) -> int:
    """
    Store the families of so many carers that are not there yet, and return how many persons that made.

    A district is stored as a whole or not at all. Every family is drawn again, also one that is
    there: who somebody is hangs on those who were drawn before.
    """
    actor = actors.system(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id):
        units = house.standing_units(actor, carers=carers, today=today)
        begun_on = house.opened_on(actor, unit_id=units["top"]) + house.AGE
    around = Surroundings(
        home=units["home-0"],
        office=units["office"],
        carers=units["carers"],
        now=clock.now(),
        today=today,
        # Whoever goes on with a demo next year goes on with the same people.
        year_begins=date(begun_on.year, 1, 1),
        new_id=_new_id,
        numbers=PersonNumbers(taken=[each.person_number for each in FAMILIES], end=FIRST_NUMBER),
    )
    made = 0
    for number, district in enumerate(places.districts(carers)):
        quota = max(0, min(places.CARERS_PER_DISTRICT, carers - number * places.CARERS_PER_DISTRICT))
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id):
            if district.key not in units:
                chance = _chance(seed, f"posts of {district.key}")
                opened_on = begun_on - house.AGE
                units = house.open_district(actor, district, units, chance=chance, opened_on=opened_on)
            made += _fill_district(actor, replace(around, home=units[district.key]), number, quota, seed)
        if (number + 1) % DISTRICTS_BETWEEN_WORDS == 0:
            say(f"{number * places.CARERS_PER_DISTRICT + quota} of {carers} carers without a story")
    return made


def _fill_district(actor: actors.Actor, around: Surroundings, number: int, quota: int, seed: int) -> int:
    # All of them, so that the numbers of the next district do not hang on how many are wanted.
    drawn = list(crowd.families(around, _chances(seed, number)))
    there = _persons_of(actor, around.home)
    missing = [family for family in crowd.within(iter(drawn), quota) if family.persons[0].id not in there]
    return register.register_families(actor=actor, families=missing) if missing else 0


def _chances(seed: int, district: int) -> Iterator[Chance]:
    for family in range(places.FAMILIES_PER_DISTRICT):
        yield _chance(seed, f"{district} {family}")


def _chance(seed: int, what: str) -> random.Random:
    return random.Random(f"{seed} {what}")  # noqa: S311 - demo data is to be foreseen


def _new_id(chance: Chance) -> UUID:
    with ids.repeatable(chance.randrange(0, 1 << 62)), clock.frozen(house.IDS_BEGIN):
        return ids.new_id()


def _persons_of(actor: actors.Actor, unit_id: UUID) -> set[UUID]:
    """Return whom a unit has or had to do with."""
    found: set[UUID] = set()
    for rows in (people.involvements_to_come(actor=actor), people.involvements_over(actor=actor)):
        found.update(rows.filter(unit_id=unit_id).values_list("person_id", flat=True))
    return found
