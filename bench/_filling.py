"""
Filling tables with hundreds of thousands of rows, so that what is measured afterwards stands as it would in a house.

Triggers, foreign keys, exclusions and further indexes are taken away while rows are added, and made anew at once when
all are there: many times faster than row by row. What stands afterwards is held against what stood before.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections, transaction

from medspiller.access.domain import actors
from medspiller.core import tenancy
from tests.support.database import HERE

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


def _one_of(words: Sequence[str], number: str) -> str:
    """SQL for the word at a place, counted round and round."""
    return f"('{{{','.join(words)}}}'::text[])[1 + ({number}) %% {len(words)}]"


# SQL for the names of the person with number n.
GIVEN_NAME = (
    f"CASE WHEN n %% 4 = 0 THEN {_one_of(_GIVEN, 'n / 4')} "
    f"ELSE {_one_of(_GIVEN_BEGIN.split(), 'n')} || {_one_of(_GIVEN_END.split(), 'n / 30')} END"
)
FAMILY_NAME = f"{_one_of(_FAMILY_BEGIN.split(), 'n / 7')} || {_one_of(_FAMILY_END.split(), 'n / 280')}"
# The names by which persons are found, as their trigger writes them; how each sounds is asked once for each word.
SEARCH_NAMES = """
WITH word AS MATERIALIZED (
    SELECT word, medspiller_name_sounds(word) AS sounds
    FROM (SELECT given_name AS word FROM people_person UNION SELECT family_name FROM people_person) AS used
)
INSERT INTO people_searchname (tenant_id, id, person_id, name, sounds)
SELECT tenant_id, gen_random_uuid(), id, medspiller_fold(given_name || ' ' || family_name),
    ARRAY(SELECT DISTINCT sound FROM unnest(given.sounds || family.sounds) AS sound ORDER BY sound)
FROM people_person JOIN word AS given ON given.word = given_name JOIN word AS family ON family.word = family_name
"""
_UNLIKE_THE_TRIGGERS = """
SELECT count(*) FROM people_searchname TABLESAMPLE SYSTEM (1) JOIN people_person AS p ON p.id = person_id
WHERE sounds <> medspiller_name_sounds(given_name || ' ' || family_name)
"""

# Of constraints only those that no foreign key of another table rests on.
_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'x') ORDER BY conrelid::regclass::text, conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY indexrelid::regclass::text
"""


@contextmanager
def bulk(*tables: str) -> Iterator[None]:
    """Within, rows of the tables cost little, and nothing is set off by them; checked and counted afterwards."""
    before = _shape(tables)
    constraints, indexes = before
    _as_owner([
        *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables),
        *(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' for table, name, _definition in constraints),
        *(f"DROP INDEX {name}" for name, _definition in indexes),
    ])  # fmt: skip
    yield
    _as_owner([
        *(definition for _name, definition in indexes),
        *(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in constraints),
        *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables),
    ])  # fmt: skip
    assert _shape(tables) == before
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connections["owner"].close()
    # What was planned for empty tables is forgotten with the connection.
    connection.close()


def insert(statement: str, given: dict[str, Any]) -> None:
    """Add rows as the web role does: under row-level security, as the system."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID), connection.cursor() as cursor:
        cursor.execute(statement, given)


def ensure_search_names() -> None:
    """Hold a part of the names against what the triggers would have written."""
    with connection.cursor() as cursor:
        cursor.execute(_UNLIKE_THE_TRIGGERS)
        assert cursor.fetchone() == (0,)


def empty() -> None:
    """Throw all away that a benchmark stored of persons, units and accounts."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE people_person, organisations_unit, access_user CASCADE")
    connections["owner"].close()


def _shape(tables: Sequence[str]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    with connections["owner"].cursor() as cursor:
        found = []
        for ask in (_CONSTRAINTS, _INDEXES):
            cursor.execute(ask, [list(tables)])
            found.append(cursor.fetchall())
    return found[0], found[1]


def _as_owner(statements: Sequence[str]) -> None:
    """
    Change tables as their owner, and as the tenant: a foreign key is checked on the rows that are seen.

    Each by itself: none may wait for what another has not yet checked.
    """
    for statement in statements:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [tenancy.TENANT_SETTING, str(HERE)])
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            cursor.execute(statement)
