"""Figures of need to know: the policy filter on a long list, and the list with its access log."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.db import connections

from bench.measure import Bench, sized
from medspiller.access import selectors as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.core import clock, ids, tenancy
from medspiller.people import policies, selectors
from medspiller.people.models import Involvement, Person
from tests.support.database import HERE
from tests.support.staff import build_house, employ

PERSONS, PAGE = sized(20_000), 50


def bench_policy_filter_on_20000_persons(bench: Bench) -> None:
    """The first page and the count of all, with and without the filter; half of the persons are the unit's."""
    with _nurse_among_many() as nurse:
        size = f"{PERSONS:,} persons, {PERSONS * 3 // 2:,} involvements"
        ordered = Person.objects.order_by("family_name", "given_name", "id")
        for name, ask in (
            ("first page of 50", lambda rows: list(rows[:PAGE])),
            ("count", lambda rows: rows.count()),
        ):
            without = bench.measure(f"persons, {name}: no filter", lambda ask=ask: ask(ordered), size=size, n=60)
            within = bench.measure(
                f"persons, {name}: policy filter",
                lambda ask=ask: ask(ordered.filter(policies.visible(_fresh(nurse), at=clock.now()))),
                size=size,
                aim="adds ≤ 2 SQL and ≤ 5 ms",
                count_sql=True,
                n=60,
            )
            bench.add(
                f"persons, {name}: what the filter adds",
                [within.median - without.median],
                unit="ms",
                size=size,
                aim="≤ 5 ms",
            )


def bench_list_of_50_persons_with_its_log(bench: Bench) -> None:
    """A page of 50 persons as staff get it: filtered, each with its ground, and logged in one insert."""
    with _nurse_among_many() as nurse:
        bench.measure(
            "persons: a page of 50, filtered and logged",
            lambda: selectors.persons(actor=_fresh(nurse)),
            size=f"{PERSONS:,} persons",
            count_sql=True,
            n=100,
        )


def _fresh(actor: Actor) -> Actor:
    """The same actor as a new request has it: nothing about units is remembered."""
    return Actor(**{name: getattr(actor, name) for name in actor.__dataclass_fields__})


@contextmanager
def _nurse_among_many() -> Iterator[Actor]:
    """
    A nurse at work, and persons of whom half are followed up in the nurse's unit; all thrown away afterwards.

    Stored and counted by the database as in a house that has run for a day: before that the
    planner takes every table for a small one.
    """
    try:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            nurse = _register()
        with connections["owner"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE people_person, people_involvement, people_relation, people_emergencyaccess")
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=nurse.id):
            yield nurse
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("TRUNCATE people_person, organisations_unit, access_user CASCADE")
        connections["owner"].close()


def _register() -> Actor:
    house, chance, now = build_house(HERE), random.Random(7), clock.now()  # noqa: S311 - made to be foreseen
    account = employ(tenant_id=HERE, unit_id=house.home_care, role=Role.CARE_WORKER)
    persons = [
        Person(given_name=f"G{chance.randrange(3000)}", family_name=f"F{chance.randrange(9000)}")
        for _ in range(PERSONS)
    ]
    Person.objects.bulk_create(persons, batch_size=2000)
    units = [house.home_care, house.carers]

    def involvement(person: Person, unit_id: UUID, basis: str) -> Involvement:
        then = now - timedelta(days=chance.randrange(1, 900))
        return Involvement(
            id=ids.new_id(), person=person, unit_id=unit_id, basis=basis, starts_at=then, opened_at=then,
            opened_by=actors.SYSTEM_ID,
        )  # fmt: skip

    rows = [involvement(person, units[number % 2], "treatment") for number, person in enumerate(persons)]
    rows += [involvement(person, house.carers, "support") for person in persons[::2]]
    Involvement.objects.bulk_create(rows, batch_size=2000)
    return access.actor_for(
        actor=actors.anonymous(HERE), user=account, organisation="Bærum kommune", today=clock.today(), now=now
    )
