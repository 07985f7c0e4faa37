"""
What migrations say about protection: tenants, append-only tables, search functions.

Three database roles: the *owner* owns every table and runs migrations; the *web* role
owns nothing and serves requests and jobs; the *search* role owns the search functions
and nothing else, and cannot log in. None of them bypasses row-level security.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.migrations.operations import RunSQL

# As RunSQL takes them: a statement, or one with its parameters.
_Statements = list[str | tuple[str, Any]]

WEB_ROLE = "medspiller_web"
SEARCH_ROLE = "medspiller_search"
# As whom jobs act.
SYSTEM_ACTOR = UUID(int=0)


class ProtectTenantTable(RunSQL):
    """
    Force row-level security on a table and put the tenant into its keys.

    `references` maps each foreign key column to the tenant-owned table it points at; the
    pair (tenant, column) must exist there, so no row can point into another tenant
    however it was written. `tenant_table` is the table of tenants itself, or None for
    rows that outlive their tenant.
    """

    def __init__(self, table: str, *, references: Mapping[str, str] | None = None, tenant_table: str | None):
        self.table, self.references, self.tenant_table = table, dict(references or {}), tenant_table
        super().__init__(sql=self._protect(), reverse_sql=self._expose())

    def _protect(self) -> _Statements:
        table = self.table
        statements: _Statements = [
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_tenant_id_key" UNIQUE (tenant_id, id)',
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY tenant ON "{table}" '
            "USING (tenant_id = medspiller_tenant()) WITH CHECK (tenant_id = medspiller_tenant())",
        ]
        if self.tenant_table:
            statements.append(
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_tenant_fk" '
                f'FOREIGN KEY (tenant_id) REFERENCES "{self.tenant_table}" (id)'
            )
        for column, target in self.references.items():
            statements.append(
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{column}_same_tenant" '
                f'FOREIGN KEY (tenant_id, "{column}") REFERENCES "{target}" (tenant_id, id) '
                "DEFERRABLE INITIALLY DEFERRED"
            )
        return statements

    def _expose(self) -> _Statements:
        table = self.table
        return [
            *(
                f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_{column}_same_tenant"'
                for column in reversed(self.references)
            ),
            *([f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_tenant_fk"'] if self.tenant_table else []),
            f'DROP POLICY tenant ON "{table}"',
            f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_tenant_id_key"',
        ]


class PublicTable(RunSQL):
    """
    Let everybody read a tenant-owned table, besides what `ProtectTenantTable` lets the tenant do: it is published.

    For tables in which nobody is named, and only those.
    """

    def __init__(self, table: str):
        super().__init__(
            sql=f'CREATE POLICY published ON "{table}" FOR SELECT USING (true)',
            reverse_sql=f'DROP POLICY published ON "{table}"',
        )


class OwnRowsOnly(RunSQL):
    """
    Let nobody but the one a row belongs to see or change it, and jobs; besides what `ProtectTenantTable` demands.

    `column` holds that person's id, as `core.tenancy` tells it to the transaction. With
    `only_if`, a condition in SQL, that holds for the rows that it holds for.
    """

    def __init__(self, table: str, *, column: str, only_if: str = ""):
        own = f"nullif(current_setting('medspiller.actor', true), '')::uuid IN (\"{column}\", '{SYSTEM_ACTOR}')"
        super().__init__(
            sql=f'CREATE POLICY own ON "{table}" AS RESTRICTIVE '
            f"USING ({f'NOT ({only_if}) OR {own}' if only_if else own})",
            reverse_sql=f'DROP POLICY own ON "{table}"',
        )


class StaffRowsOnly(RunSQL):
    """
    Let nobody but staff, and jobs, see or change the rows of a table; besides what `ProtectTenantTable` demands.

    `accounts` is the table of accounts, with what kind each is. With `anybody_adds`, whoever is not signed in, or is
    no staff, may add a row, and does not see it again.
    """

    def __init__(self, table: str, *, accounts: str, anybody_adds: bool = False):
        actor = "nullif(current_setting('medspiller.actor', true), '')::uuid"
        is_staff = (
            f"{actor} = '{SYSTEM_ACTOR}' OR EXISTS (SELECT 1 FROM \"{accounts}\" staff "
            f"WHERE staff.id = {actor} AND staff.kind = 'staff')"
        )
        super().__init__(
            sql=f'CREATE POLICY staff ON "{table}" AS RESTRICTIVE USING ({is_staff}) '
            f"WITH CHECK ({'true' if anybody_adds else is_staff})",
            reverse_sql=f'DROP POLICY staff ON "{table}"',
        )


class ProtectHistory(RunSQL):
    """Force row-level security on a table of earlier versions, and let the web role only add to it."""

    def __init__(self, table: str):
        super().__init__(
            sql=[
                f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
                f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
                f'CREATE POLICY tenant ON "{table}" '
                "USING (tenant_id = medspiller_tenant()) WITH CHECK (tenant_id = medspiller_tenant())",
                f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {WEB_ROLE}',
            ],
            reverse_sql=[
                f'GRANT UPDATE, DELETE ON "{table}" TO {WEB_ROLE}',
                f'DROP POLICY tenant ON "{table}"',
                f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
                f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
            ],
        )


class AppendOnly(RunSQL):
    """Take from the web role the right to change or remove rows of a table."""

    def __init__(self, table: str):
        super().__init__(
            sql=f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {WEB_ROLE}',
            reverse_sql=f'GRANT UPDATE, DELETE ON "{table}" TO {WEB_ROLE}',
        )


class ReadOnly(RunSQL):
    """Let the web role read a table and nothing else."""

    def __init__(self, table: str):
        super().__init__(
            sql=f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "{table}" FROM {WEB_ROLE}',
            reverse_sql=f'GRANT INSERT, UPDATE, DELETE ON "{table}" TO {WEB_ROLE}',
        )


class SearchFunction(RunSQL):
    """
    Create a function that searches one tenant-owned table with its indexes and returns ids.

    Full-text and trigram operators are not leakproof, so under row-level security the
    planner may not use their indexes. The function runs as the search role, which sees
    all rows of this table and of no other, and filters the tenant itself: `body` is one
    SQL query that must compare `tenant_id` with `medspiller_tenant()` and return ids.
    Rows come back through row-level security again when the ids are used.
    """

    def __init__(self, name: str, *, table: str, arguments: str, body: str):
        if "medspiller_tenant()" not in body:
            raise ValueError(f"{name} does not filter the tenant")
        signature = f'"{name}"({arguments})'
        super().__init__(
            sql=[
                f'GRANT SELECT ON "{table}" TO {SEARCH_ROLE}',
                f'CREATE POLICY search ON "{table}" FOR SELECT TO {SEARCH_ROLE} USING (true)',
                # The owner is a member of the search role, and policies hold for members too.
                f'CREATE POLICY owner ON "{table}" AS RESTRICTIVE TO CURRENT_USER '
                "USING (tenant_id = medspiller_tenant())",
                f"CREATE FUNCTION {signature} RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER "
                f"SET search_path = public, pg_temp AS $search$ {body} $search$",
                f"ALTER FUNCTION {signature} OWNER TO {SEARCH_ROLE}",
                f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {signature} TO {WEB_ROLE}",
            ],
            reverse_sql=[
                f"DROP FUNCTION {signature}",
                f'DROP POLICY owner ON "{table}"',
                f'DROP POLICY search ON "{table}"',
                f'REVOKE SELECT ON "{table}" FROM {SEARCH_ROLE}',
            ],
        )
