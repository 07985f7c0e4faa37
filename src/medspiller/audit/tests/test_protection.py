"""The log holds against the web role itself: other tenants do not exist, and nothing can be changed."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from medspiller.audit import services
from medspiller.audit.models import AccessEntry, Release
from medspiller.audit.tests.actors import leader, nurse, nurse_elsewhere
from medspiller.core import tenancy
from tests.support.database import ELSEWHERE, HERE

REFUSED = "permission denied|must be owner"
TABLES = ["audit_accessentry", "audit_release"]


def inside(tenant_id):
    return tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=uuid4())


def entry_and_release():
    entry_id = services.record(
        actor=nurse(), action="people.view", kind="read", information="safety", person_id=uuid4()
    )
    return entry_id, services.release(actor=leader(), entry_id=entry_id, reason="Faren er over")


@pytest.fixture
def filled(here):
    return entry_and_release()


class TestAppendOnly:
    @pytest.mark.parametrize("table", TABLES)
    @pytest.mark.parametrize(
        "statement",
        ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE", "DROP TABLE {} CASCADE"],
    )
    def test_the_database_refuses_raw_sql(self, filled, table, statement):
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(table))

    @pytest.mark.parametrize("table", TABLES)
    def test_protection_cannot_be_switched_off(self, filled, table):
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

    @pytest.mark.parametrize("model", [AccessEntry, Release])
    def test_the_database_refuses_a_changed_row(self, filled, model):
        row = model.objects.first()

        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            row.save(force_update=True)

    @pytest.mark.parametrize("model", [AccessEntry, Release])
    def test_the_database_refuses_a_change_of_many(self, filled, model):
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            model.objects.update(at="2026-01-01T00:00:00Z")

    def test_the_database_refuses_to_remove(self, filled):
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            Release.objects.all().delete()
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            AccessEntry.objects.all()._raw_delete(using="default")

    def test_locks_no_row_either(self, filled):
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            list(AccessEntry.objects.select_for_update())


class TestTenants:
    @pytest.mark.parametrize("model", [AccessEntry, Release])
    def test_see_nothing_of_one_another(self, committed, model):
        with inside(HERE):
            entry_and_release()
            assert model.objects.exists()

        with inside(ELSEWHERE):
            assert not model.objects.exists()

    @pytest.mark.parametrize("table", TABLES)
    def test_nobody_sees_anything_outside_a_tenants_transaction(self, committed, table):
        with inside(HERE):
            entry_and_release()

        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)

    def test_cannot_release_one_anothers_entries_in_raw_sql(self, committed):
        with inside(HERE):
            entry_id, _ = entry_and_release()

        with pytest.raises(Exception, match="same_tenant"), inside(ELSEWHERE):
            Release.objects.create(
                entry_id=entry_id, to_whom="person", reason="x", released_by=uuid4(), released_by_name="x",
                at="2026-01-01T00:00:00Z",
            )  # fmt: skip

    def test_take_turns_on_the_same_connection(self, committed):
        for tenant_id, actor in ((HERE, nurse()), (ELSEWHERE, nurse_elsewhere()), (HERE, nurse())):
            with inside(tenant_id):
                services.record(actor=actor, action="access.sign_out")
                assert {row.tenant_id for row in AccessEntry.objects.all()} == {tenant_id}
