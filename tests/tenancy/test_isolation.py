"""Tenants do not see or touch each other's rows, however the statement was written."""

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, connections, transaction

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import ids, tenancy
from medspiller.organisations import selectors
from medspiller.organisations.models import Post, Unit
from medspiller.organisations.tests import factories
from tests.support.database import ELSEWHERE, HERE
from tests.tenancy import catalogue

OWNED = catalogue.tables_of(catalogue.tenant_owned())
HISTORIES = catalogue.tables_of(catalogue.histories())
# A trigger of these looks for what the row points at before row-level security is asked.
TRIGGER_COMES_FIRST = {"organisations_post", "people_carerrole"}


def enter(tenant_id):
    tenancy.enter_tenant(tenant_id=tenant_id, actor_id=SYSTEM_ID)


@pytest.fixture
def theirs(here):
    """A unit and a post of the other tenant; the transaction is then ours again."""
    enter(ELSEWHERE)
    unit = factories.make_unit("Deres hjemmetjeneste")
    factories.make_post(unit, "Deres sykepleier")
    enter(HERE)
    return unit


class TestUnset:
    @pytest.mark.parametrize("table", [*OWNED, *HISTORIES, "organisations_tenant"])
    def test_no_row_is_there(self, here, theirs, table):
        factories.make_post(factories.make_unit())

        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('medspiller.tenant', '', true)")

        assert catalogue.rows(f'SELECT FROM "{table}"') == []

    @pytest.mark.parametrize("table", OWNED)
    def test_no_row_can_be_added_by_default(self, db, table):
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute(f'INSERT INTO "{table}" DEFAULT VALUES')

    def test_a_tenant_that_is_no_uuid_is_an_error_and_no_way_round(self, db):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('medspiller.tenant', 'x'' OR true --', true)")

            with pytest.raises(DatabaseError, match="uuid"):
                cursor.execute("SELECT FROM organisations_unit")

    def test_outside_a_transaction_nothing_can_be_entered(self, committed):
        with pytest.raises(tenancy.NoTransaction):
            enter(HERE)


@pytest.mark.parametrize("table", [*OWNED, *HISTORIES])
@pytest.mark.parametrize("current", [None, HERE], ids=["unset", "another"])
def test_a_row_for_another_tenant_is_refused(db, table, current):
    if current:
        enter(current)

    with pytest.raises(DatabaseError) as refusal, connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{table}" (tenant_id) VALUES (%s)', [ELSEWHERE])

    if table not in TRIGGER_COMES_FIRST:
        assert "row-level security" in str(refusal.value)


class TestAnotherTenant:
    def test_is_not_seen_by_its_id(self, theirs):
        assert not Unit.objects.filter(id=theirs.id).exists()
        assert catalogue.rows("SELECT FROM organisations_unit WHERE id = %s OR true", theirs.id) == []

    def test_is_neither_changed_nor_removed(self, theirs):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE organisations_unit SET name = 'Vår'")
            changed = cursor.rowcount
            cursor.execute("DELETE FROM organisations_post")
            removed = cursor.rowcount

        assert (changed, removed) == (0, 0)
        enter(ELSEWHERE)
        assert (Unit.objects.get().name, Post.objects.count()) == ("Deres hjemmetjeneste", 1)

    def test_is_not_given_a_row_of_ours(self, theirs):
        ours = factories.make_unit("Vår hjemmetjeneste")

        with pytest.raises(ProgrammingError, match="row-level security"):
            Unit.objects.filter(id=ours.id).update(tenant_id=ELSEWHERE)

    def test_has_the_same_names_without_being_told(self, theirs):
        assert factories.make_unit("Deres hjemmetjeneste").name == theirs.name

    def test_is_not_pointed_at(self, theirs):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO organisations_post (id, unit_id, title, opened_on) VALUES (%s, %s, 'Spion', '2026-01-01')",
                [ids.new_id(), theirs.id],
            )

    def test_its_units_are_no_roots_of_ours(self, theirs):
        assert selectors.subtree_ids(actor=factories.system(HERE), roots=[theirs.id]) == frozenset()


@pytest.fixture
def owner(django_db_setup, django_db_blocker):
    """The owner's connection in a transaction that is thrown away; triggers of ours are off in it."""
    with django_db_blocker.unblock(), transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            for table in ("organisations_unit", "organisations_post"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield cursor
        transaction.set_rollback(True, using="owner")
    connections["owner"].close()


class TestTheForeignKeysAlone:
    """What is left when neither a policy nor a trigger looks: the owner, its triggers off."""

    def insert_unit(self, cursor, tenant_id, parent_id=None):
        unit_id = ids.new_id()
        cursor.execute("SELECT set_config('medspiller.tenant', %s, true)", [str(tenant_id)])
        cursor.execute(
            "INSERT INTO organisations_unit "
            "(id, parent_id, name, kind, about, opening_hours, notice, opened_on, version) "
            "VALUES (%s, %s, 'Enhet', 'other', '', '', '', '2020-01-01', 1)",
            [unit_id, parent_id],
        )
        return unit_id

    def test_refuse_a_unit_under_another_tenants(self, owner):
        theirs = self.insert_unit(owner, ELSEWHERE)
        self.insert_unit(owner, HERE, parent_id=theirs)

        with pytest.raises(IntegrityError, match="organisations_unit_parent_id_same_tenant"):
            owner.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_refuse_a_post_in_another_tenants_unit(self, owner):
        theirs = self.insert_unit(owner, ELSEWHERE)
        owner.execute("SELECT set_config('medspiller.tenant', %s, true)", [str(HERE)])
        owner.execute(
            "INSERT INTO organisations_post (id, unit_id, title, opened_on) VALUES (%s, %s, 'Spion', '2026-01-01')",
            [ids.new_id(), theirs],
        )

        with pytest.raises(IntegrityError, match="organisations_post_unit_id_same_tenant"):
            owner.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_refuse_a_row_of_a_tenant_that_does_not_exist(self, owner):
        with pytest.raises(IntegrityError, match="organisations_unit_tenant_fk"):
            self.insert_unit(owner, ids.new_id())

    @pytest.mark.parametrize("table", [*OWNED, *HISTORIES, "organisations_tenant"])
    @pytest.mark.parametrize("current", ["", str(HERE)], ids=["unset", "another"])
    def test_and_the_owner_sees_no_foreign_row_either(self, owner, table, current):
        self.insert_unit(owner, ELSEWHERE)
        owner.execute("SELECT set_config('medspiller.tenant', %s, true)", [current])

        column = "id" if table == "organisations_tenant" else "tenant_id"
        owner.execute(f'SELECT FROM "{table}" WHERE {column} = %s', [ELSEWHERE])
        assert owner.fetchall() == []
