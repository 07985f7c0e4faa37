"""Which tenant this is about."""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.organisations import policies
from medspiller.organisations.domain.tenants import normal_host
from medspiller.organisations.models import Tenant


def tenant_for(*, actor: Actor, host: str, default_number: str | None) -> UUID | None:
    """
    Return the tenant that a host name means, else the municipality with the default number.

    None if there is neither. Asked before any tenant is set, by whoever comes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT medspiller_tenant_for(%s, %s)", [normal_host(host), default_number])
        found: tuple[UUID | None] = cursor.fetchone()
    return found[0]


def tenant(*, actor: Actor) -> Tenant:
    """
    Return the tenant of the open transaction.

    :raises NotFound: outside any tenant's transaction.
    """
    # Row-level security leaves one row at most.
    row = Tenant.objects.first()
    if row is None:
        raise NotFound("no tenant")
    return row


def tenant_names(*, actor: Actor) -> QuerySet[Tenant]:
    """Return the tenant of the open transaction, for a query of another table to be told its `name` with; else none."""
    return Tenant.objects.only("name")


def tenant_ids(*, actor: Actor) -> list[UUID]:
    """
    Return all tenants, the oldest first, for a job that visits them one transaction each.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_installation(actor, policies.LIST_TENANTS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT medspiller_tenant_ids()")
        return [tenant_id for (tenant_id,) in cursor.fetchall()]
