"""The search for persons really uses its index, in the tenant alone, and could not without its function."""

import json

import pytest
from django.db import connections, transaction

from medspiller.core.schema import SEARCH_ROLE
from tests.support.database import ELSEWHERE, HERE

ROWS_PER_TENANT = 3000


@pytest.fixture(scope="module")
def many_persons(django_db_setup, django_db_blocker):
    """The owner's cursor, with thousands of persons of two tenants in a transaction that is thrown away."""
    with django_db_blocker.unblock(), transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            for tenant_id in (ELSEWHERE, HERE):
                cursor.execute("SELECT set_config('medspiller.tenant', %s, true)", [str(tenant_id)])
                cursor.execute(
                    "INSERT INTO people_person (tenant_id, id, given_name, family_name, protected_address, gender, "
                    "language, preferred_channel, best_time, version) SELECT medspiller_tenant(), gen_random_uuid(), "
                    "md5(n::text), 'Demo' || n, 'none', '', '', '', '', 1 FROM generate_series(1, %s) AS n",
                    [ROWS_PER_TENANT],
                )
            cursor.execute("ANALYZE people_searchname")
            yield cursor
        transaction.set_rollback(True, using="owner")
    connections["owner"].close()


def plan_of(cursor, body, *, role):
    """The plan the function's query has inside it: made once, before its arguments are known."""
    with transaction.atomic(using="owner"):
        if role:
            cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute(f"PREPARE sought (text, uuid[]) AS {body}")
        cursor.execute("EXPLAIN (FORMAT JSON) EXECUTE sought ('kristian demo', NULL)")
        ((plan,),) = cursor.fetchall()
        cursor.execute("DEALLOCATE sought")
        cursor.execute("RESET ROLE")
    return plan if isinstance(plan, list) else json.loads(plan)


def conditions(node):
    """Every condition by which the search's index is asked, in a plan."""
    if isinstance(node, list):
        return [found for part in node for found in conditions(part)]
    if isinstance(node, dict):
        own = [node["Index Cond"]] if node.get("Index Name") == "people_searchname_search" else []
        return own + [found for part in node.values() for found in conditions(part)]
    return []


@pytest.fixture
def body(many_persons):
    many_persons.execute("SELECT prosrc FROM pg_proc WHERE proname = 'medspiller_search_persons'")
    return many_persons.fetchone()[0]


def test_the_search_role_looks_in_the_index_by_tenant_by_sound_and_by_letters(many_persons, body):
    plan = plan_of(many_persons, body, role=SEARCH_ROLE)

    found = conditions(plan)
    assert len(found) == 2
    assert all("tenant_id" in condition for condition in found)
    assert any("@>" in condition for condition in found)
    assert any("%>" in condition for condition in found)
    assert "Seq Scan" not in json.dumps(plan)


def test_those_who_may_be_found_are_looked_up_and_not_gone_through_for_each_name(many_persons, body):
    plan = json.dumps(plan_of(many_persons, body, role=SEARCH_ROLE))

    assert plan.count("hashed SubPlan") == 2
    assert "ANY" not in plan


def test_under_row_level_security_the_same_query_could_not(many_persons, body):
    """Why there is such a function. If this ever fails, it may go."""
    found = conditions(plan_of(many_persons, body, role=None))

    assert not any("%>" in condition for condition in found)
