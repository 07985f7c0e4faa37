"""Every table is a tenant's, with all that belongs to it, or is on a list of those that are not."""

import pytest
from django.db import connection

from medspiller.core.schema import SEARCH_ROLE
from tests.tenancy import catalogue, register

pytestmark = pytest.mark.django_db

OWNED = catalogue.tables_of(catalogue.tenant_owned())
HISTORIES = catalogue.tables_of(catalogue.histories())
TENANT_POLICY = ("tenant", "PERMISSIVE", "ALL", ("public",), catalogue.OWN_TENANT, catalogue.OWN_TENANT)
PUBLISHED_POLICY = ("published", "PERMISSIVE", "SELECT", ("public",), "true", None)
SEARCH_POLICY = ("search", "PERMISSIVE", "SELECT", (SEARCH_ROLE,), "true", None)


class TestTheList:
    def test_every_table_is_a_tenants_or_excused_by_name(self):
        known = {*OWNED, *HISTORIES, *register.GLOBAL, *register.OWN_POLICIES}

        assert catalogue.all_tables() - known == set()

    def test_nothing_is_excused_that_does_not_exist_or_is_a_tenants(self):
        excused = {*register.GLOBAL, *register.OWN_POLICIES}

        assert excused - catalogue.all_tables() == set()
        assert excused & {*OWNED, *HISTORIES} == set()

    def test_what_is_said_to_have_no_tenant_column_has_none_and_a_policy_of_its_own(self):
        assert set(register.OWN_POLICIES) >= register.NO_TENANT_COLUMN
        assert register.NO_TENANT_COLUMN & catalogue.tables_with_a_tenant_column() == set()

    def test_every_table_with_a_tenant_is_known_as_one(self):
        owned = {*OWNED, *HISTORIES, *register.OWN_POLICIES}

        assert catalogue.tables_with_a_tenant_column() - owned == set()

    def test_there_are_tables_to_check(self):
        assert {"organisations_unit", "organisations_post", "core_delivery"} <= set(OWNED)
        assert "organisations_unithistoryrow" in HISTORIES


@pytest.mark.parametrize("table", [*OWNED, *HISTORIES, *register.OWN_POLICIES])
def test_row_level_security_is_on_and_holds_for_the_owner_too(table):
    assert catalogue.rows(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = to_regclass(%s)", table
    ) == [(True, True)]


@pytest.mark.parametrize("table", [*OWNED, *HISTORIES])
class TestEveryTableOfTenants:
    def test_its_policies_are_the_tenant_and_what_the_register_says(self, table):
        ((owner,),) = catalogue.rows("SELECT tableowner::text FROM pg_tables WHERE tablename = %s", table)
        # The owner is a member of the search role: without the second it would see all that is searched.
        for_search = {SEARCH_POLICY, ("owner", "RESTRICTIVE", "ALL", (owner,), catalogue.OWN_TENANT, None)}
        found = catalogue.policies(table)
        # Restrictive, so it only narrows; what it lets through is tested where rows are somebody's own.
        own = {each for each in found if each[:4] == ("own", "RESTRICTIVE", "ALL", ("public",))}
        staff = {each for each in found if each[:4] == ("staff", "RESTRICTIVE", "ALL", ("public",))}

        for_all = {PUBLISHED_POLICY} if table in register.PUBLISHED else set()
        assert found - own - staff == {TENANT_POLICY} | for_all | (for_search if table in register.SEARCHED else set())
        assert bool(own) is (table in register.OWN_ROWS_ONLY)
        assert bool(staff) is (table in register.STAFF_ROWS_ONLY)

    def test_a_row_has_a_tenant_and_it_is_the_transactions_unless_said(self, table):
        ((not_null, default),) = catalogue.rows(
            "SELECT attnotnull, pg_get_expr(adbin, adrelid) FROM pg_attribute "
            "LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum "
            "WHERE attrelid = to_regclass(%s) AND attname = 'tenant_id'",
            table,
        )

        assert (not_null, default) == (True, "medspiller_tenant()")


@pytest.mark.parametrize("table", OWNED)
class TestEveryTenantOwnedTable:
    def test_tenant_and_id_together_are_a_key_to_point_at(self, table):
        assert {"tenant_id", "id"} in [set(columns) for columns in catalogue.keys(table).values()]

    def test_the_tenant_is_part_of_every_other_key(self, table):
        without = {name for name, columns in catalogue.keys(table).items() if "tenant_id" not in columns}

        assert without == set()


@pytest.mark.parametrize(
    "reference",
    [each for each in catalogue.references() if each.table not in register.NO_TENANT_COLUMN],
    ids=lambda each: f"{each.table}.{each.column}",
)
def test_every_reference_between_tenant_owned_tables_holds_the_tenant(reference):
    same_tenant = (("tenant_id", reference.column), reference.target, ("tenant_id", "id"))

    assert same_tenant in catalogue.foreign_keys(reference.table)


def test_there_are_references_to_check():
    assert {("organisations_unit", "parent_id"), ("organisations_post", "unit_id")} <= {
        (each.table, each.column) for each in catalogue.references()
    }


def test_tables_that_live_with_their_tenant_point_at_it():
    pointing = {
        table for table in OWNED if (("tenant_id",), "organisations_tenant", ("id",)) in catalogue.foreign_keys(table)
    }

    assert {"organisations_unit", "organisations_organisation", "organisations_post"} <= pointing


class TestTheChecksThemselves:
    """Each looks at a table made wrong on purpose. The web role makes none, so it is a temporary one."""

    @pytest.fixture
    def careless(self):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE careless (id uuid PRIMARY KEY, tenant_id uuid, name text UNIQUE)")
        return "careless"

    def test_a_table_without_protection_would_be_caught(self, careless):
        assert catalogue.policies(careless) == set()
        assert catalogue.keys(careless) == {"careless_name_key": ("name",)}
        assert catalogue.foreign_keys(careless) == set()
