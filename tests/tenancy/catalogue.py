"""What PostgreSQL itself says about tables, policies, constraints and roles."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from medspiller.core.history import HistoryRow
from medspiller.core.tenancy import TenantOwned

OWN_TENANT = "(tenant_id = medspiller_tenant())"


@dataclass(frozen=True)
class Reference:
    """A foreign key column of one tenant-owned table to another."""

    table: str
    column: str
    target: str


def tenant_owned() -> list[type[models.Model]]:
    """Return every model whose rows belong to one tenant."""
    return [model for model in apps.get_models(include_auto_created=True) if issubclass(model, TenantOwned)]


def histories() -> list[type[models.Model]]:
    """Return every model of earlier versions."""
    return [model for model in apps.get_models() if issubclass(model, HistoryRow)]


def tables_of(found: list[type[models.Model]]) -> list[str]:
    return sorted(model._meta.db_table for model in found)


def references() -> list[Reference]:
    """Return every foreign key from one tenant-owned table to another, many-to-many ones included."""
    owned = set(tables_of(tenant_owned()))
    return [
        Reference(model._meta.db_table, field.column, field.related_model._meta.db_table)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if model._meta.managed
        and not model._meta.proxy
        and field.is_relation
        and field.db_constraint
        and field.related_model._meta.db_table in owned
    ]


def rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def values(sql: str, *parameters: Any) -> set[Any]:
    return {value for (value,) in rows(sql, *parameters)}


def all_tables() -> set[str]:
    """Return every table, view and partition in the schema."""
    return values(
        "SELECT relname FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')"
    )


def tables_with_a_tenant_column() -> set[str]:
    return values(
        "SELECT relname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
        "WHERE attname = 'tenant_id' AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm', 'f') "
        "AND relnamespace = 'public'::regnamespace"
    )


def policies(table: str) -> set[tuple[Any, ...]]:
    """Return each policy as (name, permissive, command, roles, using, with check)."""
    return {
        (name, permissive, command, tuple(roles), using, check)
        for name, permissive, command, roles, using, check in rows(
            "SELECT policyname, permissive, cmd, roles::text[], qual, with_check FROM pg_policies "
            "WHERE schemaname = 'public' AND tablename = %s",
            table,
        )
    }


def foreign_keys(table: str) -> set[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """Return each validated foreign key as (columns, table pointed at, columns there)."""
    return {
        (tuple(columns), target, tuple(target_columns))
        for columns, target, target_columns in rows(
            """
            SELECT
                (SELECT array_agg(attname::text ORDER BY place)
                    FROM unnest(conkey) WITH ORDINALITY AS key(number, place)
                    JOIN pg_attribute ON attrelid = conrelid AND attnum = number),
                confrelid::regclass::text,
                (SELECT array_agg(attname::text ORDER BY place)
                    FROM unnest(confkey) WITH ORDINALITY AS key(number, place)
                    JOIN pg_attribute ON attrelid = confrelid AND attnum = number)
            FROM pg_constraint WHERE contype = 'f' AND convalidated AND conrelid = to_regclass(%s)
            """,
            table,
        )
    }


def keys(table: str) -> dict[str, tuple[str, ...]]:
    """Return each unique or exclusion index but the primary key, with the columns in it."""
    return {
        name: tuple(columns)
        for name, columns in rows(
            """
            SELECT indexrelid::regclass::text, ARRAY(
                SELECT attname::text FROM unnest(indkey) AS number
                JOIN pg_attribute ON attrelid = indrelid AND attnum = number
            )
            FROM pg_index
            WHERE (indisunique OR indisexclusion) AND NOT indisprimary AND indrelid = to_regclass(%s)
            """,
            table,
        )
    }


def privileges(role: str, table: str) -> set[str]:
    """Return what a role may do to a table, by any way it came to that."""
    return values(
        "SELECT what FROM unnest(%s::text[]) AS what WHERE has_table_privilege(%s, to_regclass(%s), what)",
        ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"],
        role,
        table,
    )
