"""Figures of the work list: a page of it and the part on the home page, with 20,000 items and with 2,000."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connections
from django.test import Client

from bench.measure import Bench, sized
from medspiller.access import selectors as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import clock, ids, tenancy
from medspiller.people import selectors as people
from medspiller.people.models import Involvement, Person
from medspiller.worklist import selectors
from medspiller.worklist.domain.kinds import KINDS, PERSON
from medspiller.worklist.domain.narrowing import Narrowing
from medspiller.worklist.models import WorkItem
from tests.support.database import HERE
from tests.support.staff import build_house, employ, sign_in

MANY, FEW, PAGE = sized(20_000), sized(2_000), 25
AIM = "≤ 12 SQL, ≤ 50 ms"


def bench_list_of_work_items(bench: Bench) -> None:
    """The first page of the actor's list with its counts, every name in it logged; the home page's part; the page."""
    for number in (FEW, MANY):
        with _nurse_with(number) as (account, nurse):
            size = f"{number:,} items on the actor's lists"
            bench.measure("work list: first page", lambda: _list(_fresh(nurse)), size=size, aim=AIM, count_sql=True)
            bench.measure(
                "work list: on the home page",
                lambda: selectors.waiting(actor=_fresh(nurse)),
                size=size,
                aim=AIM,
                count_sql=True,
            )
            client = Client()
            sign_in(client, account)
            for address in ("/arbeid/oppgaver/", "/arbeid/"):
                bench.measure(
                    f"work list: {address}, server time",
                    lambda address=address: _ok(client, address),  # noqa: B023
                    size=size,
                    n=60,
                    count_sql=True,
                )


def _list(actor: Actor) -> None:
    within = people.reach(actor=actor)
    counted = selectors.counts(actor=actor, within=within)
    rows = selectors.items(actor=actor, narrowing=Narrowing(), within=within, counts=counted)
    len(rows)
    selectors.shown(actor=actor, rows=rows[:PAGE], within=within, counts=counted)


def _ok(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200, address


def _fresh(actor: Actor) -> Actor:
    """The same actor as a new request has it: nothing about units is remembered."""
    return Actor(**{name: getattr(actor, name) for name in actor.__dataclass_fields__})


@contextmanager
def _nurse_with(number: int) -> Iterator[tuple[User, Actor]]:
    """A nurse at work with so many items on her lists; all thrown away afterwards."""
    try:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            account, nurse = _fill(number)
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "VACUUM ANALYZE people_person, people_involvement, people_relation, organisations_unit, "
                "worklist_workitem"
            )
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=nurse.id):
            yield account, nurse
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("TRUNCATE worklist_workitem, people_person, organisations_unit, access_user CASCADE")
        connections["owner"].close()


def _fill(number: int) -> tuple[User, Actor]:
    house, chance, now, today = build_house(HERE), random.Random(7), clock.now(), clock.today()  # noqa: S311 - made to be foreseen
    account = employ(tenant_id=HERE, unit_id=house.home_care, role=Role.CARE_WORKER)
    persons = [Person(given_name=f"G{each}", family_name="Demoli") for each in range(number // 2)]
    Person.objects.bulk_create(persons, batch_size=2000)
    units, then = [house.home_care, house.night], now - timedelta(days=9)
    Involvement.objects.bulk_create(
        (
            Involvement(
                id=ids.new_id(), person=person, unit_id=unit, basis="treatment", starts_at=then, opened_at=then,
                opened_by=actors.SYSTEM_ID,
            )
            for person in persons
            for unit in units
        ),
        batch_size=2000,
    )  # fmt: skip
    codes = list(KINDS)
    WorkItem.objects.bulk_create(
        (
            WorkItem(
                kind=codes[each % len(codes)],
                subject_type=PERSON,
                subject_id=ids.new_id(),
                person=persons[each // 2],
                unit_id=units[each % 2],
                due_on=today + timedelta(days=chance.randrange(-20, 90)),
                put_at=then,
            )
            for each in range(number)
        ),
        batch_size=2000,
    )
    actor = access.actor_for(
        actor=actors.anonymous(HERE), user=account, organisation="Bærum kommune", today=today, now=now
    )
    return account, actor
