"""
The transaction in which everything happens, and the tenant it belongs to.

The tenant and the actor are told to PostgreSQL with `set_config(…, true)`: they end
with the transaction, so a pooled connection never carries one tenant into another
request. Row-level security reads them; unset means no rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, models, transaction

TENANT_SETTING = "medspiller.tenant"
ACTOR_SETTING = "medspiller.actor"


class NoTransaction(RuntimeError):
    """The tenant was set outside a transaction, where it would be lost or, worse, stay."""


class NestedTenant(RuntimeError):
    """A transaction for one tenant was opened inside another's."""


@contextmanager
def tenant_transaction(*, tenant_id: UUID, actor_id: UUID) -> Iterator[None]:
    """
    Open a transaction for one tenant, as commands, jobs and tests do.

    Within a transaction that already belongs to the same tenant it makes a savepoint.

    :raises NestedTenant: within a transaction of another tenant.
    """
    outer = current_tenant() if connection.in_atomic_block else None
    if outer is not None and outer != tenant_id:
        raise NestedTenant(f"{tenant_id} inside {outer}")
    with transaction.atomic():
        enter_tenant(tenant_id=tenant_id, actor_id=actor_id)
        yield


def enter_tenant(*, tenant_id: UUID, actor_id: UUID) -> None:
    """
    Make the open transaction belong to a tenant and an actor.

    :raises NoTransaction: if none is open.
    """
    if not connection.in_atomic_block:
        raise NoTransaction("enter_tenant needs an open transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, true), set_config(%s, %s, true)",
            [TENANT_SETTING, str(tenant_id), ACTOR_SETTING, str(actor_id)],
        )


def current_tenant() -> UUID | None:
    """Return the tenant of the open transaction as the database knows it; None if unset."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nullif(current_setting(%s, true), '')", [TENANT_SETTING])
        (value,) = cursor.fetchone()
    return UUID(value) if value else None


def in_each_tenant(statement: str) -> str:
    """
    Return the SQL by which a migration runs one statement in every tenant in turn: its own role sees no rows of any.

    `statement` is our own text, never anything that was typed.
    """
    return f"""
DO $each$
DECLARE
    before text := current_setting('{TENANT_SETTING}', true);
    tenant uuid;
BEGIN
    FOR tenant IN SELECT medspiller_tenant_ids() LOOP
        PERFORM set_config('{TENANT_SETTING}', tenant::text, true);
        {statement.strip().rstrip(";")};
    END LOOP;
    PERFORM set_config('{TENANT_SETTING}', coalesce(before, ''), true);
END
$each$
"""


class CurrentTenant(models.Func):
    """The transaction's tenant, as a column default. Unset, the insert fails."""

    function = "medspiller_tenant"
    arity = 0
    output_field = models.UUIDField()


class TenantOwned(models.Model):
    """
    A row that belongs to one tenant.

    Its migration protects the table with `core.schema.ProtectTenantTable`; a test
    refuses a subclass without it.
    """

    tenant_id = models.UUIDField(db_default=CurrentTenant(), editable=False)

    class Meta:
        abstract = True
