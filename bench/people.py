"""Figures of the register: a person's page, a carer's page and the list, with 20,000 and with 200,000 relations."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.test import Client

from bench._filling import FAMILY_NAME, GIVEN_NAME, SEARCH_NAMES, bulk, empty, ensure_search_names, insert
from bench.measure import Bench, sized
from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import tenancy
from medspiller.people.models import CarerRole, Person
from tests.support.database import HERE
from tests.support.staff import build_house, employ, sign_in

FEW, MANY = sized(20_000), sized(200_000)
# Four carers to each patient, of whom two may be told; and everybody has said what matters.
CARERS = 4
EACH = CARERS + 1
AIM = "≤ 12 SQL, ≤ 50 ms, p95 ≤ 120 ms, ≤ 1.3 × with ten times the data"

_NUMBERS = f"generate_series(0, %(relations)s / {CARERS} * {EACH} - 1) AS n"
_PAIRS = f"{_NUMBERS} WHERE n %% {EACH} <> 0"
_ID, _PATIENT = "md5(n::text)::uuid", f"md5((n / {EACH} * {EACH})::text)::uuid"
_ROWS = {
    "people_person": f"""
        INSERT INTO people_person (tenant_id, id, given_name, family_name, birth_date, protected_address, gender,
            language, preferred_channel, best_time, version)
        SELECT %(tenant)s, {_ID}, {GIVEN_NAME}, {FAMILY_NAME},
            CASE WHEN n %% {EACH} = 0 THEN '1948-05-17' ELSE '1975-04-02' END::date, 'none', '', '', '', '', 1
        FROM {_NUMBERS}""",  # noqa: S608 - constants; values are parameters
    "people_searchname": SEARCH_NAMES,
    "people_relation": f"""
        INSERT INTO people_relation (tenant_id, id, person_id, related_id, kind, valid_from, version)
        SELECT %(tenant)s, md5('relation' || n)::uuid, least({_PATIENT}, {_ID}), greatest({_PATIENT}, {_ID}), 'friend',
            current_date - 900, 1
        FROM {_PAIRS}""",  # noqa: S608 - as above
    "people_involvement": f"""
        INSERT INTO people_involvement (tenant_id, id, person_id, unit_id, basis, starts_at, opened_by, opened_by_name,
            opened_at, handed_on_why, only_while_let)
        SELECT %(tenant)s, gen_random_uuid(), {_ID}, %(unit)s,
            CASE WHEN n %% {EACH} = 0 THEN 'treatment' ELSE 'emergency_contact' END, now() - interval '9 days',
            %(system)s, '', now() - interval '9 days', '', ARRAY[]::varchar[]
        FROM {_NUMBERS}""",  # noqa: S608 - as above
    "people_carerrole": f"""
        INSERT INTO people_carerrole (tenant_id, id, relation_id, patient_id, carer_id, role, named_by_patient, basis,
            reasoning, valid_from, recorded_by, recorded_by_name, recorded_at, end_reason)
        SELECT %(tenant)s, gen_random_uuid(), md5('relation' || n)::uuid, {_PATIENT}, {_ID},
            CASE WHEN n %% {EACH} = 1 THEN 'NAERMESTE' ELSE 'PAARORENDE' END, true, '', '', current_date - 100,
            %(system)s, 'Solveig Demomyr', now(), ''
        FROM {_PAIRS}""",  # noqa: S608 - as above
    "people_consent": f"""
        INSERT INTO people_consent (tenant_id, id, owner_id, to_person_id, to_other, topics, decision, obtained,
            obtained_note, starts_at, recorded_by, recorded_by_name, recorded_at, withdrawn_by_name)
        SELECT %(tenant)s, gen_random_uuid(), {_PATIENT}, {_ID}, '', ARRAY['health'], 'given', 'oral', '',
            now() - interval '2 days', %(system)s, 'Solveig Demomyr', now() - interval '2 days', ''
        FROM {_PAIRS} AND n %% 2 = 0""",  # noqa: S608 - as above
    "people_statement": f"""
        INSERT INTO people_statement (tenant_id, id, owner_id, text, said_at, recorded_by, recorded_by_name)
        SELECT %(tenant)s, gen_random_uuid(), {_ID}, 'Vil være hjemme så lenge som mulig.', now() - interval '1 day',
            %(system)s, 'Solveig Demomyr'
        FROM {_NUMBERS}""",  # noqa: S608 - as above
    "people_childrenanswer": f"""
        INSERT INTO people_childrenanswer (tenant_id, id, patient_id, unit_id, topic, reply, asked_by, asked_by_name,
            asked_at)
        SELECT %(tenant)s, gen_random_uuid(), {_ID}, %(unit)s, topic, 'no', %(system)s, 'Solveig Demomyr', now()
        FROM {_NUMBERS}, (VALUES ('minor_children'), ('minor_siblings')) AS asked(topic) WHERE n %% {EACH} = 0""",  # noqa: S608 - as above
}


@dataclass(frozen=True, slots=True)
class Register:
    """A nurse whose unit follows everybody up, and some of the patients."""

    account: User
    unit_id: UUID
    patients: list[UUID]

    def signed_in(self) -> Client:
        """The nurse's browser."""
        client = Client()
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            sign_in(client, self.account)
        return client

    def a_carer_of_each(self) -> list[tuple[UUID, UUID]]:
        """Each of the patients with one of the carers."""
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            rows = CarerRole.objects.filter(patient_id__in=self.patients).values_list("patient_id", "carer_id")
            return sorted(dict(rows).items())


def bench_persons_and_list(bench: Bench) -> None:
    """Whole requests as a browser sends them, each a transaction that is kept: another patient each time."""
    for number in (FEW, MANY):
        with register_of(number) as register:
            size, client = f"{number:,} relations", register.signed_in()
            for name, addresses in (
                ("a person's page", [f"/arbeid/personer/{each}/" for each in register.patients]),
                ("a carer's page", [f"/arbeid/personer/{patient}/parorende/{carer}/"
                                    for patient, carer in register.a_carer_of_each()]),
                ("list of persons", ["/arbeid/personer/"]),
                ("list of persons, page 40", ["/arbeid/personer/?side=40"]),
            ):  # fmt: skip
                bench.measure(
                    f"people: {name}, server time",
                    visits(client, addresses),
                    size=size,
                    aim=AIM,
                    count_sql=True,
                )


def visits(client: Client, addresses: list[str]):  # type: ignore[no-untyped-def]
    waiting: list[str] = []

    def visit() -> None:
        if not waiting:
            waiting.extend(addresses)
        address = waiting.pop()
        assert client.get(address).status_code == 200, address

    return visit


def _fill(relations: int, unit_id: UUID) -> None:
    """Fill the tables without what each row sets off: history has nothing to do with what is read."""
    given = {"relations": relations, "tenant": HERE, "unit": unit_id, "system": actors.SYSTEM_ID}
    with bulk(*_ROWS):
        for statement in _ROWS.values():
            insert(statement, given)


@contextmanager
def register_of(relations: int) -> Iterator[Register]:
    """A register with so many relations; all thrown away afterwards."""
    try:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            house = build_house(HERE)
            account = employ(tenant_id=HERE, unit_id=house.home_care, role=Role.CARE_WORKER)
        _fill(relations, house.home_care)
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            ensure_search_names()
            patients = Person.objects.filter(birth_date="1948-05-17").order_by("id").values_list("id", flat=True)
            register = Register(account=account, unit_id=house.home_care, patients=list(patients[:500]))
        yield register
    finally:
        empty()
