"""Founding of tenants, by a process that is the owner of the database."""

from django.utils.translation import gettext as _

from medspiller.audit import services as audit
from medspiller.core import events, tenancy
from medspiller.core.actors import Actor
from medspiller.core.errors import InvalidInput
from medspiller.organisations import policies
from medspiller.organisations.domain.details import NAME_LENGTH
from medspiller.organisations.domain.events import TenantFounded
from medspiller.organisations.domain.kinds import TenantKind
from medspiller.organisations.domain.tenants import is_host, normal_host, number_fits
from medspiller.organisations.models import Tenant


def found_tenant(
    *,
    actor: Actor,
    kind: TenantKind,
    name: str,
    municipality_number: str | None = None,
    host: str | None = None,
) -> Tenant:
    """
    Make a new data controller, and let the rest of the transaction belong to it.

    The actor acts for the tenant that is to be: `actor.tenant_id` becomes its id. `host` is
    the name under which its pages are asked for, if it has one of its own. That no other
    tenant has the number or the host is the database's to say: nobody else sees them all.

    :raises NotAllowed: for everybody but the system.
    :raises InvalidInput: if a part of it cannot be.
    :raises NoTenant: if the actor acts for no tenant.
    :raises NestedTenant: within a transaction of another tenant.
    """
    policies.ensure_installation(actor, policies.FOUND_TENANT)

    name = " ".join(name.split())
    host = normal_host(host) if host else None
    _ensure_valid(kind=kind, name=name, municipality_number=municipality_number, host=host)

    tenant_id = actor.tenant_id
    if tenant_id is None:
        raise events.NoTenant("found_tenant")
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id):
        tenant = Tenant.objects.create(
            id=tenant_id, kind=kind.value, name=name, municipality_number=municipality_number, host=host
        )
        audit.record(
            actor=actor,
            action=policies.FOUND_TENANT,
            kind="write",
            subject_type="organisations.Tenant",
            subject_id=tenant_id,
        )
        events.publish(TenantFounded(tenant_id=tenant_id))
    return tenant


def _ensure_valid(*, kind: TenantKind, name: str, municipality_number: str | None, host: str | None) -> None:
    problems: dict[str, str] = {}
    if not name:
        problems["name"] = _("Write a name.")
    elif len(name) > NAME_LENGTH:
        problems["name"] = _("Use at most %(limit)s characters.") % {"limit": NAME_LENGTH}
    if not number_fits(kind, municipality_number):
        problems["municipality_number"] = _("A municipality has a number of four digits; others have none.")
    if host is not None and not is_host(host):
        problems["host"] = _("Write a host name, such as carers.example.org.")
    if problems:
        raise InvalidInput(problems)
