"""What the database roles may do, exactly."""

import pytest
from django.db import ProgrammingError, connection

from medspiller.core.schema import SEARCH_ROLE, WEB_ROLE
from tests.tenancy import catalogue, register

pytestmark = pytest.mark.django_db

HISTORIES = set(catalogue.tables_of(catalogue.histories()))
EVERYTHING = {"SELECT", "INSERT", "UPDATE", "DELETE"}


def expected(table: str) -> set[str]:
    if table in register.READ_ONLY:
        return {"SELECT"}
    if table in register.APPEND_ONLY | HISTORIES:
        return {"SELECT", "INSERT"}
    if table in register.NEVER_REMOVED:
        return EVERYTHING - {"DELETE"}
    return EVERYTHING


def test_tests_run_as_the_web_role():
    assert catalogue.rows("SELECT current_user, session_user") == [(WEB_ROLE, WEB_ROLE)]


def test_no_statement_is_compiled_before_it_runs():
    """In a large town compiling would take longer than the page; see the settings of the database."""
    assert catalogue.values("SHOW jit") == {"off"}


@pytest.mark.parametrize("role", [WEB_ROLE, SEARCH_ROLE, "medspiller_owner"])
def test_no_role_of_ours_is_above_the_rules(role):
    if role == "medspiller_owner" and not catalogue.rows("SELECT FROM pg_roles WHERE rolname = %s", role):
        pytest.skip("the owner of this database has another name")

    assert catalogue.rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = %s", role
    ) == [(False, False, False, False)]


def test_the_owner_of_every_table_is_above_no_rule():
    owners = catalogue.values("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")

    assert len(owners) == 1
    assert catalogue.rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", owners.pop()) == [
        (False, False)
    ]


def test_the_web_role_owns_nothing():
    owned = catalogue.values(
        "SELECT relname FROM pg_class WHERE relowner = %s::regrole AND relpersistence <> 't' "
        "UNION SELECT proname FROM pg_proc WHERE proowner = %s::regrole "
        "UNION SELECT nspname FROM pg_namespace WHERE nspowner = %s::regrole AND nspname !~ '^pg_' "
        "UNION SELECT datname FROM pg_database WHERE datdba = %s::regrole",
        *[WEB_ROLE] * 4,
    )

    assert owned == set()


def test_the_web_role_is_a_member_of_no_other():
    assert (
        catalogue.values("SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s::regrole", WEB_ROLE)
        == set()
    )


def test_the_web_role_creates_nothing_that_stays():
    assert catalogue.rows(
        "SELECT has_schema_privilege(%s, 'public', 'CREATE'), has_database_privilege(%s, current_database(), 'CREATE')",
        WEB_ROLE, WEB_ROLE,
    ) == [(False, False)]  # fmt: skip


def test_the_search_role_cannot_log_in():
    assert catalogue.values("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", SEARCH_ROLE) == {False}


def test_the_web_role_may_do_to_each_table_what_is_listed_and_no_more():
    wrong = {
        table: sorted(catalogue.privileges(WEB_ROLE, table))
        for table in sorted(catalogue.all_tables())
        if catalogue.privileges(WEB_ROLE, table) != expected(table)
    }

    assert wrong == {}


def test_every_table_on_a_list_exists():
    listed = register.READ_ONLY | register.APPEND_ONLY | register.NEVER_REMOVED | register.SEARCHED

    assert listed - catalogue.all_tables() == set()


def test_no_right_is_given_column_by_column():
    assert (
        catalogue.values(
            "SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
            "WHERE attacl IS NOT NULL AND relnamespace = 'public'::regnamespace"
        )
        == set()
    )


class TestTheSearchRole:
    def test_reads_the_searched_tables_and_nothing_else(self):
        rights = {table: catalogue.privileges(SEARCH_ROLE, table) for table in catalogue.all_tables()}

        assert {table: what for table, what in rights.items() if what} == {
            table: {"SELECT"} for table in register.SEARCHED
        }

    def test_owns_every_function_that_runs_with_anothers_rights_and_nothing_else(self):
        assert catalogue.values(
            "SELECT proowner::regrole::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        ) == {SEARCH_ROLE}
        assert catalogue.values(
            "SELECT relname FROM pg_class WHERE relowner = %s::regrole UNION SELECT proname FROM pg_proc "
            "WHERE proowner = %s::regrole AND NOT prosecdef",
            SEARCH_ROLE, SEARCH_ROLE,
        ) == set()  # fmt: skip

    def test_its_functions_cannot_be_fooled_about_names(self):
        paths = catalogue.rows("SELECT proname, proconfig FROM pg_proc WHERE proowner = %s::regrole", SEARCH_ROLE)

        assert paths
        assert all(settings == ["search_path=public, pg_temp"] for _, settings in paths)

    def test_its_functions_tell_ids_and_filter_the_tenant(self):
        functions = catalogue.rows(
            "SELECT proname, prorettype::regtype::text, prosrc FROM pg_proc WHERE proowner = %s::regrole", SEARCH_ROLE
        )

        assert {result for _, result, _ in functions} == {"uuid"}
        assert {name for name, _, body in functions if "medspiller_tenant()" not in body} == set(
            register.ASKED_WITHOUT_TENANT
        )

    def test_its_functions_are_called_by_the_web_role_only(self):
        assert catalogue.values(
            "SELECT grantee::regrole::text FROM pg_proc, aclexplode(proacl) WHERE proowner = %s::regrole "
            "AND grantee <> proowner",
            SEARCH_ROLE,
        ) == {WEB_ROLE}


@pytest.mark.parametrize("table", sorted(register.READ_ONLY))
def test_what_the_web_role_may_not_do_is_refused_when_tried(table):
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}"')
