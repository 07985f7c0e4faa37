"""
The test database: made by the owner role, used as the web role, under row-level security.

Two tenants stand in it from the start. `db` tests are rolled back; `committed` tests really
commit, and everything they wrote is thrown away by the owner afterwards.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import connection, connections

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import tenancy

HERE = UUID("01940000-0000-7000-8000-000000003201")
ELSEWHERE = UUID("01940000-0000-7000-8000-000000003203")

_KEPT = {"django_migrations", "django_content_type", "auth_permission", "core_installation", "organisations_tenant"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock(), made_database():  # type: ignore[attr-defined]
        yield


@contextmanager
def made_database() -> Iterator[None]:
    """Make a database of its own as the owner, and let `default` be the web role in it."""
    owner, web = connections["owner"], connections["default"]
    real_name = owner.settings_dict["NAME"]
    name = os.environ.get("MEDSPILLER_TEST_DB", "test_medspiller")
    owner.settings_dict["TEST"]["NAME"] = name
    owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    web.close()
    web.close_pool()
    web.settings_dict["NAME"] = name
    _found_tenants()
    owner.close()
    try:
        yield
    finally:
        web.close()
        web.close_pool()
        owner.close()
        owner.creation.destroy_test_db(real_name, verbosity=0)


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
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        yield HERE


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """A database in which commits are real. Use `tenancy.tenant_transaction` yourself."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        connection.close()
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = [f'"{name}"' for (name,) in cursor.fetchall() if name not in _KEPT]
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        _found_tenants()
        connections["owner"].close()
