"""Figures of the access log: writing it for a list, and reading it about a person who has been looked at a lot."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from bench.measure import Bench, sized
from medspiller.audit import selectors, services
from medspiller.audit.domain import Basis, BasisCode, Shown
from medspiller.core import tenancy
from medspiller.core.actors import ActorKind
from tests.support.database import HERE

PERSONS, LISTS = sized(2_000), sized(1_000)


@dataclass(frozen=True)
class _Actor:
    kind: ActorKind
    id: UUID
    person_id: UUID | None = None
    tenant_id: UUID = HERE
    name: str = "Nora Nattevakt"
    organisation: str = "Bærum kommune"
    unit_id: UUID | None = None
    unit_name: str = "Hjemmetjenesten øst"

    def may(self, action: str, *, unit_id: UUID | None = None) -> bool:
        return False

    def units_with(self, action: str) -> frozenset[UUID]:
        return frozenset()


_NURSE = _Actor(kind=ActorKind.STAFF, id=uuid4(), unit_id=uuid4())


def bench_access_log_for_a_list_of_50(bench: Bench) -> None:
    """One list of 50 persons, each with a basis of their own, inside a transaction that stays open."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=_NURSE.id):
        shown = [_shown(uuid4()) for _ in range(50)]
        bench.measure(
            "access log: a list of 50", lambda: _log(shown), size="empty log", aim="≤ 3 ms, 1 SQL", count_sql=True
        )
        persons = _fill()
        size = f"{LISTS * 50:,} entries"
        shown = [_shown(person) for person in persons[:50]]
        bench.measure("access log: a list of 50", lambda: _log(shown), size=size, aim="≤ 3 ms, 1 SQL", count_sql=True)
        transaction.set_rollback(True)


def bench_access_log_about_a_person(bench: Bench) -> None:
    """The first page that a person sees of who has looked."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=_NURSE.id):
        person = _fill()[0]
        reader = _Actor(kind=ActorKind.CITIZEN, id=uuid4(), person_id=person)
        bench.measure(
            "access log: first page about a person",
            lambda: selectors.entries_about(actor=reader, person_id=person),
            size=f"{LISTS * 50:,} entries",
            count_sql=True,
        )
        transaction.set_rollback(True)


def _fill() -> list[UUID]:
    persons = [uuid4() for _ in range(PERSONS)]
    for number in range(LISTS):
        start = number * 50 % PERSONS
        _log([_shown(person) for person in persons[start : start + 50]])
    return persons


def _log(shown: list[Shown]) -> None:
    services.record_list(actor=_NURSE, action="people.list", information=("name_and_birth", "carers"), shown=shown)


def _shown(person_id: UUID) -> Shown:
    basis = Basis(code=BasisCode.INVOLVEMENT, decision_id=uuid4(), unit_id=_NURSE.unit_id, unit_name=_NURSE.unit_name)
    return Shown(person_id=person_id, subject_type="people.Person", subject_id=person_id, basis=basis)
