"""Figures of the search for persons: by a common name, a rare one, a slip and a number, among 20,000 and 200,000."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.test import Client

from bench._filling import FAMILY_NAME, GIVEN_NAME, SEARCH_NAMES, bulk, empty, ensure_search_names, insert
from bench.measure import Bench, sized
from medspiller.access import selectors as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import clock, tenancy
from medspiller.people import selectors
from tests.support.database import HERE
from tests.support.staff import build_house, employ, sign_in

AIM = "≤ 12 SQL, median ≤ 50 ms, p95 ≤ 120 ms, ≤ 1.3 × slower with ten times the data"
_PERSONS = f"""
INSERT INTO people_person (tenant_id, id, given_name, family_name, birth_date, protected_address, gender, language,
    preferred_channel, best_time, version)
SELECT medspiller_tenant(), gen_random_uuid(),
    {GIVEN_NAME}, {FAMILY_NAME},
    date '1920-01-01' + (n * 7919 %% 36000), 'none', '', '', '', '', 1
FROM generate_series(1, %(number)s) AS n
"""  # noqa: S608 - constants; values are parameters
# Half are the nurse's own unit's.
_INVOLVE = """
INSERT INTO people_involvement
    (tenant_id, id, person_id, unit_id, basis, starts_at, opened_at, opened_by, opened_by_name,
    handed_on_why, only_while_let)
SELECT tenant_id, gen_random_uuid(), id,
    CASE WHEN get_byte(uuid_send(id), 0) %% 2 = 0 THEN %(own)s::uuid ELSE %(other)s::uuid END,
    'treatment', now() - interval '9 days', now() - interval '9 days', %(system)s::uuid, '', '', '{}'
FROM people_person
"""


def bench_search_for_persons(bench: Bench) -> None:
    """What a search costs with its policy, its log and its page."""
    for number in (sized(20_000), sized(200_000)):
        with _nurse_among(number) as (account, nurse):
            size = f"{number:,} persons and involvements"
            for what, query in (
                ("a common name", "kari"),
                ("whole name", "kari brattsen"),
                ("a slip", "cristian bratsen"),
                ("nobody", "Xanthippe Brattås"),
                ("birth date", "17.05.1948"),
                ("telephone", "00 11 22 33"),
            ):
                bench.measure(
                    f"search: {what}",
                    lambda query=query: selectors.search_persons(actor=_fresh(nurse), query=query),
                    size=size,
                    aim=AIM,
                    count_sql=True,
                    n=60,
                )
            client = Client()
            sign_in(client, account)
            bench.measure(
                "search: the page, server time",
                lambda client=client: _ok(client, "/arbeid/personer/sok/?q=oddny+brattsen"),
                size=size,
                aim=AIM,
                count_sql=True,
                n=60,
            )


def _ok(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200, address


def _fresh(actor: Actor) -> Actor:
    """The same actor as a new request has it: nothing about units is remembered."""
    return Actor(**{name: getattr(actor, name) for name in actor.__dataclass_fields__})


@contextmanager
def _nurse_among(number: int) -> Iterator[tuple[User, Actor]]:
    """A nurse at work among so many persons, stored in bulk by the database; all thrown away afterwards."""
    try:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            house = build_house(HERE)
            account = employ(tenant_id=HERE, unit_id=house.home_care, role=Role.CARE_WORKER)
            nurse = access.actor_for(
                actor=actors.anonymous(HERE), user=account, organisation="Bærum kommune", today=clock.today(),
                now=clock.now(),
            )  # fmt: skip
        given = {
            "number": number, "own": house.home_care, "other": house.carers, "system": actors.SYSTEM_ID,
        }  # fmt: skip
        with bulk("people_person", "people_searchname", "people_involvement"):
            for statement in (_PERSONS, SEARCH_NAMES, _INVOLVE):
                insert(statement, given)
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=nurse.id):
            ensure_search_names()
            yield account, nurse
    finally:
        empty()
