"""
The test database: made by the owner role, used as the web role, under row-level security.

Two tenants stand in it from the start. `db` tests are rolled back; `committed` tests really
commit, and everything they wrote is thrown away by the owner afterwards.
"""

import fcntl
import hashlib
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from django.db import connection, connections, transaction
from psycopg import sql

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.config import secrets
from medspiller.core import tenancy

HERE = UUID("01940000-0000-7000-8000-000000003201")
ELSEWHERE = UUID("01940000-0000-7000-8000-000000003203")

_TEMPLATE = "test_template_"
_KEPT = {"django_migrations", "django_content_type", "auth_permission", "core_installation", "organisations_tenant"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock(), made_database() as name:  # type: ignore[attr-defined]
        _hurry(name)
        yield


@contextmanager
def made_database() -> Iterator[str]:
    """Make a database of its own as the owner, let `default` be the web role in it, and give its name."""
    owner, web = connections["owner"], connections["default"]
    real_name = owner.settings_dict["NAME"]
    # Each process of a suite that runs on several cores has a database of its own.
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    name = os.environ.get("MEDSPILLER_TEST_DB", "test_medspiller") + process
    with _one_at_a_time():
        owner.settings_dict["TEST"] |= {"TEMPLATE": _template(), "NAME": name}
        # Whatever the copy lacks is migrated now.
        owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    web.close()
    web.close_pool()
    web.settings_dict["NAME"] = name
    _found_tenants()
    owner.close()
    try:
        yield name
    finally:
        web.close()
        web.close_pool()
        owner.close()
        if _nobody_else_is_in():
            owner.creation.destroy_test_db(real_name, verbosity=0)


def _template() -> str:
    """
    Return a database that has all migrations, to be copied: a second instead of twenty. Made once for each digest.

    It keeps its name only when it is whole, so that an interrupted making is begun again.
    """
    owner, name = connections["owner"], f"{_TEMPLATE}{_digest_of_the_schema()}"
    with owner.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_TEMPLATE])
        there = [row[0] for row in cursor.fetchall()]
    if name in there:
        return name
    real_name, half = owner.settings_dict["NAME"], f"{_TEMPLATE}unfinished"
    owner.settings_dict["TEST"] |= {"TEMPLATE": None, "NAME": half}
    owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    owner.close()
    owner.settings_dict["NAME"] = real_name
    with owner.creation._nodb_cursor() as cursor:
        for old in set(there) - {half}:
            cursor.execute(f'DROP DATABASE "{old}"')
        cursor.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
    return name


def _digest_of_the_schema() -> str:
    """Over all that makes a schema: the migrations, `core`, of which they may import, and the versions of libraries."""
    source = secrets.ROOT / "src/medspiller"
    files = {*source.glob("*/migrations/*.py"), *source.glob("core/*.py"), *secrets.ROOT.glob("requirements/*.txt")}
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(secrets.ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _nobody_else_is_in(*, seconds: float = 10) -> bool:
    """
    Whether the database may be dropped; wait for the sessions of killed processes, which end when it notices.

    If some stay, say whose they are and let the next run drop it: the tests themselves have all been judged.
    """
    others: list[tuple[object, ...]] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "SELECT usename, application_name, state, backend_start, left(query, 200) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            others = cursor.fetchall()
        connections["owner"].close()
        if not others:
            return True
        time.sleep(0.2)
    logging.getLogger(__name__).warning("still in the test database: %s", others)
    return False


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Roles belong to the whole cluster: migrations that touch them at once would be in each other's way."""
    with (secrets.DATA / "test-databases.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _hurry(name: str) -> None:
    """Let nobody who commits wait for the disk. What a power cut leaves is no matter of these databases."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    # It holds for whoever comes from now on.
    connections["owner"].close()


def _found_tenants() -> None:
    tenants = [(HERE, "3201", "Bærum kommune"), (ELSEWHERE, "3203", "Asker kommune")]
    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO core_installation (id, demo) VALUES (1, true) ON CONFLICT DO NOTHING")
        for tenant_id, number, name in tenants:
            cursor.execute("SELECT set_config('medspiller.tenant', %s, false)", [str(tenant_id)])
            cursor.execute(
                "INSERT INTO organisations_tenant (id, kind, name, municipality_number) "
                "VALUES (%s, 'municipality', %s, %s) ON CONFLICT DO NOTHING",
                [tenant_id, name, number],
            )


@pytest.fixture
def here(db: None) -> Iterator[UUID]:
    """Within a transaction of the tenant that most tests are about."""
    # Marked as a test's own, like those of Django's TestCase: what insists on a transaction of its own gets one.
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        tenancy.enter_tenant(tenant_id=HERE, actor_id=SYSTEM_ID)
        yield HERE


@contextmanager
def thrown_away() -> Iterator[None]:
    """Do something in the database, and undo it."""
    # Marked as a test's own, like those of Django's TestCase: what insists on a transaction of its own gets one.
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


_WITH_PAGES = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
    "AND pg_relation_size(oid) > 0"
)


@contextmanager
def commits() -> Iterator[None]:
    """
    Let commits be real for a while, then throw away all that was written.

    :raises AssertionError: if somebody still has a transaction open five seconds later; what it writes would stay.
    """
    try:
        yield
    finally:
        connection.close()
        _empty_tables()
        _found_tenants()
        connections["owner"].close()


def _empty_tables() -> None:
    """Delete as the superuser and as a replica: without foreign keys, and the triggers that keep logs and history."""
    kept = secrets.stored()
    with psycopg.connect(
        host=kept["socket_dir"], port=kept["port"], user=secrets.SUPERUSER, password=kept["superuser_password"],
        dbname=connection.settings_dict["NAME"],
    ) as database:  # fmt: skip
        assert _nobody_is_at_work(database), "a transaction is still open"
        database.execute("SET LOCAL session_replication_role = replica")
        # A page or more does not mean a row, but no page means none. Emptying a table by TRUNCATE costs files.
        for (name,) in database.execute(_WITH_PAGES).fetchall():
            if name not in _KEPT:
                database.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))


def _nobody_is_at_work(database: psycopg.Connection[tuple[object, ...]], *, seconds: float = 5) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        (count,) = database.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND xact_start IS NOT NULL"
        ).fetchone() or (0,)
        if not count:
            return True
        database.rollback()
        time.sleep(0.05)
    return False


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """A database in which commits are real. Use `tenancy.tenant_transaction` yourself."""
    with django_db_blocker.unblock(), commits():  # type: ignore[attr-defined]
        yield
