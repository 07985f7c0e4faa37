"""Figures of the search for persons: by a common name, a rare one, a slip and a number, among 20,000 and 200,000."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.test import Client

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
# A quarter has one of ten common given names; 600 others, and 1,000 family names that end as Norwegian ones do.
_GIVEN = ("Kari", "Kristian", "Bjørn", "Oddny", "Mohammed", "Anne", "Ola", "Gerd", "Solveig", "Arne")
_GIVEN_BEGIN = (
    "Ag Al Arn Ast Ber Bod Da Ed Ein Elg Emb Er Frid Gun Hal Her Ing Jor Lau Mag Nan Ol Ran Rol Sig Sten Sver Tor Ulr "
    "Vil"
)
_GIVEN_END = "a ar bjørg e eif finn fred geir gunn hild ia ine mar mund ny ot rid stein ulf vald"
_FAMILY_BEGIN = (
    "Berg Bjerk Bratt Dal Eike Elve Fjell Fure Gran Grøn Haug Hav Helle Holm Kleiv Klepp Lauv Lind Lyng Marka Moen "
    "Mæl Nord Nygård Oppe Rogn Rud Sand Selje Skog Slett Sol Stein Strand Sund Svart Tveit Vest Vind Østre"
)
_FAMILY_END = (
    "sen bakken berg bø dal eng fjord flaten haugen heim hus land li lien lund moen mark nes rud set stad sveen vang "
    "vik voll"
)
# The names by which persons are found are written as their trigger does, at once instead of one by one.
_FILL = """
INSERT INTO people_person (tenant_id, id, given_name, family_name, birth_date, protected_address, gender, language,
    preferred_channel, best_time, version)
SELECT medspiller_tenant(), gen_random_uuid(),
    CASE WHEN n %% 4 = 0 THEN (%(given)s::text[])[1 + n / 4 %% 10]
        ELSE (%(given_begin)s::text[])[1 + n %% 30] || (%(given_end)s::text[])[1 + n / 30 %% 20] END,
    (%(family_begin)s::text[])[1 + n / 7 %% 40] || (%(family_end)s::text[])[1 + n / 280 %% 25],
    date '1920-01-01' + (n * 7919 %% 36000), 'none', '', '', '', '', 1
FROM generate_series(1, %(number)s) AS n;
INSERT INTO people_searchname (tenant_id, id, person_id, name, sounds)
SELECT tenant_id, gen_random_uuid(), id, medspiller_fold(given_name || ' ' || family_name),
    medspiller_name_sounds(given_name || ' ' || family_name)
FROM people_person;
"""
# Half are the nurse's own unit's.
_INVOLVE = """
INSERT INTO people_involvement
    (tenant_id, id, person_id, unit_id, basis, starts_at, opened_at, opened_by, opened_by_name,
    handed_on_why)
SELECT tenant_id, gen_random_uuid(), id, CASE WHEN get_byte(uuid_send(id), 0) %% 2 = 0 THEN %s::uuid ELSE %s::uuid END,
    'treatment', now() - interval '9 days', now() - interval '9 days', %s::uuid, '', ''
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
        _as_owner("ALTER TABLE people_person DISABLE TRIGGER keep_search_names")
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID), connection.cursor() as cursor:
            cursor.execute(_FILL, {
                "number": number, "given": list(_GIVEN), "given_begin": _GIVEN_BEGIN.split(),
                "given_end": _GIVEN_END.split(), "family_begin": _FAMILY_BEGIN.split(),
                "family_end": _FAMILY_END.split(),
            })  # fmt: skip
            cursor.execute(_INVOLVE, [house.home_care, house.carers, actors.SYSTEM_ID])
        _as_owner("ALTER TABLE people_person ENABLE TRIGGER keep_search_names")
        _as_owner("VACUUM ANALYZE people_person, people_searchname, people_involvement, people_contactpoint")
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=nurse.id):
            yield account, nurse
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("TRUNCATE people_person, organisations_unit, access_user CASCADE")
        connections["owner"].close()


def _as_owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
