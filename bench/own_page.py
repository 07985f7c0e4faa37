"""Figures of the person's own page, with 20,000 and 200,000 relations in the register."""

from datetime import timedelta

from django.test import Client

from bench.measure import Bench
from bench.people import FEW, MANY, Register, register_of
from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.models import User
from medspiller.core import clock, ids, tenancy
from medspiller.core.actors import ActorKind
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.models import CarerRole, Person, Relation
from tests.support.database import HERE
from tests.support.staff import sign_in

AIM = "median ≤ 50 ms, p95 ≤ 120 ms, ≤ 12 SQL, ≤ 1.3 × with ten times the data"
PAGES = {
    "home": "/min-side/",
    "the people around me": "/min-side/rundt-meg/",
    "my consents": "/min-side/samtykker/",
}


def bench_own_page(bench: Bench) -> None:
    """The pages that somebody with six people around them sees most, whole requests, log and session included."""
    for relations in (FEW, MANY):
        with register_of(relations) as register:
            client = Client()
            with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
                sign_in(client, _account_of_somebody(register))
            for name, path in PAGES.items():
                bench.measure(
                    f"min side: {name}",
                    lambda path=path, client=client: _fetched(client, path),
                    size=f"{relations:,} relations",
                    aim=AIM,
                    count_sql=True,
                )


def _fetched(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _account_of_somebody(register: Register) -> User:
    """Give a patient with four carers an account, and two others to care for themselves."""
    me, *others = Person.objects.filter(id__in=register.patients[:3]).order_by("id")
    account = access.register_account(
        actor=actors.system(HERE),
        issuer="https://citizen.example",
        subject=str(ids.new_id()),
        kind=ActorKind.CITIZEN,
        name="Kari Demoås",
    )
    Person.objects.filter(id=me.id).update(user=account)
    since = clock.today() - timedelta(days=400)
    for other in others:
        relation = Relation.objects.create(person=me, related=other, kind=RelationKind.FRIEND.value, valid_from=since)
        CarerRole.objects.create(
            relation=relation, patient=other, carer=me, role=Role.PAARORENDE.value, named_by_patient=True,
            valid_from=since, recorded_by=account.id, recorded_at=clock.now(),
        )  # fmt: skip
    return account
