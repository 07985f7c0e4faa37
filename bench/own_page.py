"""Figures of the person's own page, with 20,000 and 200,000 relations in the register."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connections
from django.test import Client

from bench.measure import Bench
from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.models import User
from medspiller.core import clock, ids, tenancy
from medspiller.core.actors import ActorKind
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.models import CarerRole, Consent, Person, Relation
from tests.support.database import HERE
from tests.support.staff import build_house, sign_in

SIZES = (20_000, 200_000)
AROUND = 6
AIM = "median ≤ 50 ms, p95 ≤ 120 ms, ≤ 12 SQL"
PAGES = {
    "home": "/min-side/",
    "the people around me": "/min-side/rundt-meg/",
    "my consents": "/min-side/samtykker/",
}


def bench_own_page(bench: Bench) -> None:
    """The pages that a carer with six people around them sees most, whole requests, log and session included."""
    for relations in SIZES:
        with _carer_among_many(relations) as account:
            client = Client()
            with tenancy.tenant_transaction(tenant_id=HERE, actor_id=account.id):
                sign_in(client, account)
            for name, path in PAGES.items():
                bench.measure(
                    f"min side: {name}",
                    lambda path=path, client=client: _fetched(client, path),
                    size=f"{relations:,} relations",
                    aim=AIM,
                    count_sql=True,
                    n=60,
                )


def _fetched(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


@contextmanager
def _carer_among_many(relations: int) -> Iterator[User]:
    """A carer with an account, and a register around them; all thrown away afterwards."""
    try:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            account = _register(relations)
        with connections["owner"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE people_person, people_relation, people_carerrole, people_consent")
        yield account
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("TRUNCATE people_person, organisations_unit, access_user CASCADE")
        connections["owner"].close()


def _register(relations: int) -> User:
    build_house(HERE)
    chance, today, now = random.Random(4), clock.today(), clock.now()  # noqa: S311 - made to be foreseen
    account = access.register_account(
        actor=actors.system(HERE),
        issuer="https://citizen.example",
        subject=str(ids.new_id()),
        kind=ActorKind.CITIZEN,
        name="Kari Demoås",
    )
    persons = [
        Person(given_name=f"G{chance.randrange(3000)}", family_name=f"F{chance.randrange(9000)}")
        for _ in range(relations // 3)
    ]
    me = persons[0]
    me.user = account
    Person.objects.bulk_create(persons, batch_size=2000)
    since = today - timedelta(days=400)
    pairs = {(number, (number + step) % len(persons)) for number in range(len(persons)) for step in (1, 7, 31)}
    rows = [
        Relation(person=persons[one], related=persons[other], kind=RelationKind.FRIEND.value, valid_from=since)
        for one, other in sorted(pairs)
    ]
    Relation.objects.bulk_create(rows, batch_size=2000)
    mine = [row for row in rows if me in (row.person, row.related)][:AROUND]
    CarerRole.objects.bulk_create(
        CarerRole(
            relation=row, patient=row.person, carer=row.related, role=Role.PAARORENDE.value, named_by_patient=True,
            valid_from=since, recorded_by=account.id, recorded_at=now,
        )
        for row in mine
    )  # fmt: skip
    Consent.objects.bulk_create(
        Consent(
            owner=me, to_person=row.related if row.person == me else row.person, topics=["health"], decision="given",
            obtained="oral", starts_at=now - timedelta(days=3), recorded_by=account.id, recorded_at=now,
        )
        for row in mine
    )  # fmt: skip
    return account
