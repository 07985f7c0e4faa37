"""Search functions keep tenants apart, and really use their indexes."""

import json

import pytest
from django.db import connection, connections, transaction

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import tenancy
from medspiller.core.schema import SEARCH_ROLE
from medspiller.organisations import selectors
from medspiller.organisations.tests import factories
from tests.support.database import ELSEWHERE, HERE

ROWS_PER_TENANT = 3000


def enter(tenant_id):
    tenancy.enter_tenant(tenant_id=tenant_id, actor_id=SYSTEM_ID)


class TestIsolation:
    @pytest.fixture
    def same_name_twice(self, here):
        enter(ELSEWHERE)
        theirs = factories.make_unit("Hjemmetjenesten sør")
        enter(HERE)
        return factories.make_unit("Hjemmetjenesten sør"), theirs

    def test_each_tenant_finds_its_own(self, same_name_twice):
        ours, theirs = same_name_twice

        assert selectors.search_units(actor=factories.system(HERE), text="hjemmetjenesten") == [ours]
        enter(ELSEWHERE)
        assert selectors.search_units(actor=factories.system(ELSEWHERE), text="hjemmetjenesten") == [theirs]

    def test_the_function_itself_tells_no_foreign_id(self, same_name_twice):
        ours, _ = same_name_twice

        with connection.cursor() as cursor:
            cursor.execute("SELECT medspiller_search_units('hjemmetjenesten')")

            assert cursor.fetchall() == [(ours.id,)]

    def test_without_a_tenant_nothing_is_found(self, same_name_twice):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('medspiller.tenant', '', true)")
            cursor.execute("SELECT medspiller_search_units('hjemmetjenesten')")

            assert cursor.fetchall() == []


@pytest.fixture(scope="module")
def many_units(django_db_setup, django_db_blocker):
    """The owner's cursor, with thousands of units of two tenants in a transaction that is thrown away."""
    with django_db_blocker.unblock(), transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute("ALTER TABLE organisations_unit DISABLE TRIGGER USER")
            for tenant_id in (ELSEWHERE, HERE):
                cursor.execute("SELECT set_config('medspiller.tenant', %s, true)", [str(tenant_id)])
                cursor.execute(
                    "INSERT INTO organisations_unit "
                    "(id, name, kind, about, opening_hours, notice, opened_on, version) "
                    "SELECT gen_random_uuid(), md5(number::text) || ' sone ' || number, 'other', '', '', '', "
                    "'2020-01-01', 1 FROM generate_series(1, %s) AS number",
                    [ROWS_PER_TENANT],
                )
            cursor.execute("ANALYZE organisations_unit")
            yield cursor
        transaction.set_rollback(True, using="owner")
    connections["owner"].close()


def plan_of(cursor, body, *, role):
    """The plan a function's query has inside it: made once, before its arguments are known."""
    with transaction.atomic(using="owner"):
        if role:
            cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute(f"PREPARE sought (text) AS {body}")
        cursor.execute("EXPLAIN (FORMAT JSON) EXECUTE sought ('sone sør')")
        ((plan,),) = cursor.fetchall()
        cursor.execute("DEALLOCATE sought")
        cursor.execute("RESET ROLE")
    return plan if isinstance(plan, list) else json.loads(plan)


def conditions(node):
    """Every index condition in a plan."""
    if isinstance(node, list):
        return [found for part in node for found in conditions(part)]
    if isinstance(node, dict):
        own = [node["Index Cond"]] if node.get("Index Name") == "organisations_unit_search" else []
        return own + [found for part in node.values() for found in conditions(part)]
    return []


class TestPlan:
    @pytest.fixture
    def body(self, many_units):
        many_units.execute("SELECT prosrc FROM pg_proc WHERE proname = 'medspiller_search_units'")
        return many_units.fetchone()[0]

    def test_the_search_role_looks_in_the_index_by_tenant_and_by_word(self, many_units, body):
        found = conditions(plan_of(many_units, body, role=SEARCH_ROLE))

        assert len(found) == 2
        assert all("tenant_id" in condition for condition in found)
        assert any("%>" in condition for condition in found)
        assert any("~~" in condition for condition in found)

    def test_no_table_is_read_through(self, many_units, body):
        plan = plan_of(many_units, body, role=SEARCH_ROLE)

        assert "Seq Scan" not in json.dumps(plan)

    def test_under_row_level_security_the_same_query_could_not(self, many_units, body):
        """Why there is such a function. If this ever fails, it may go."""
        found = conditions(plan_of(many_units, body, role=None))

        assert not any("%>" in condition or "~~" in condition for condition in found)
