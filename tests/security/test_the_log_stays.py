"""
The web role adds to the access log and to histories, and can do nothing else to them, by whatever way.

`audit.tests.test_protection` tries the plain statements on the log; here are the ways round
them, and the histories too.
"""

import pytest
from django.db import DatabaseError, connection, transaction

from medspiller.access.domain.actors import system
from medspiller.audit import services as audit
from tests.tenancy import catalogue, register

LOG = ["audit_accessentry", "audit_release"]
HISTORIES = catalogue.tables_of(catalogue.histories())
REFUSED = "permission denied|must be owner|cannot|row-level security|must be superuser|must have admin option"

PLAIN = ("UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}")
ROUNDABOUT = (
    "WITH gone AS (DELETE FROM {} RETURNING 1) SELECT count(*) FROM gone",
    "MERGE INTO {} AS kept USING (SELECT 1) AS x ON true WHEN MATCHED THEN DELETE",
    "DO $$ BEGIN DELETE FROM {}; END $$",
    "DO $$ BEGIN EXECUTE 'TRUNCATE {}'; END $$",
    "SELECT 1 FROM {} FOR UPDATE",
    "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
    "ALTER TABLE {} OWNER TO medspiller_web",
    "ALTER TABLE {} NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "CREATE RULE nothing AS ON INSERT TO {} DO INSTEAD NOTHING",
    "CREATE TRIGGER swallow BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE POLICY everything ON {} USING (true)",
    "CREATE INDEX slow ON {} (tenant_id)",
    "VACUUM FULL {}",
)
# Ways to become somebody else, or to switch protection off for oneself.
SOMEBODY_ELSE = (
    "SET ROLE medspiller_owner",
    "SET ROLE medspiller_search",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION medspiller_owner",
    "SET session_replication_role = replica",
    "ALTER ROLE medspiller_web BYPASSRLS",
    "ALTER ROLE medspiller_web SUPERUSER",
    "CREATE ROLE another",
    "GRANT medspiller_owner TO medspiller_web",
    "CREATE FUNCTION public.wipe() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    "COPY audit_accessentry TO PROGRAM 'cat'",
    "COPY audit_accessentry TO '/tmp/log'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    "CREATE EXTENSION dblink",
    "ALTER SYSTEM SET log_statement = 'none'",
)


@pytest.fixture
def an_entry(here):
    audit.record(actor=system(here), action="access.sign_out")


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", LOG)
@pytest.mark.parametrize("statement", ROUNDABOUT)
def test_v16_4_2_the_log_is_changed_by_no_roundabout_way(an_entry, table, statement):
    refused(statement.format(table))


@pytest.mark.parametrize("table", HISTORIES)
@pytest.mark.parametrize("statement", PLAIN)
def test_v16_4_2_no_history_is_changed(an_entry, table, statement):
    refused(statement.format(table))


@pytest.mark.parametrize("statement", SOMEBODY_ELSE)
def test_the_web_role_stays_what_it_is(an_entry, statement):
    refused(statement)


@pytest.mark.parametrize("table", LOG)
def test_the_web_role_gives_itself_no_rights(an_entry, table):
    with connection.cursor() as cursor:
        # PostgreSQL only warns here.
        cursor.execute(f"GRANT ALL ON {table} TO medspiller_web")

    assert catalogue.privileges("medspiller_web", table) == {"SELECT", "INSERT"}


def test_row_level_security_switched_off_shows_nothing_but_an_error(an_entry):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")

        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute("SELECT 1 FROM audit_accessentry")


def test_no_function_that_the_web_role_may_call_writes_with_more_rights_than_its_own(an_entry):
    callable_with_more = catalogue.values(
        "SELECT proname FROM pg_proc WHERE prosecdef AND provolatile = 'v' AND pronamespace = 'public'::regnamespace "
        "AND has_function_privilege('medspiller_web', oid, 'EXECUTE')"
    )

    assert callable_with_more == set()


def test_all_that_is_append_only_is_tried_here():
    assert set(LOG) == {table for table in register.APPEND_ONLY if table.startswith("audit_")}
    assert HISTORIES
