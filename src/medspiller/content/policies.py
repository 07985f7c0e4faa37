"""Who may read and write definitions: all read what is shipped and their tenant's own, and write only the latter."""

from django.db.models import Q

from medspiller.content.models import Definition
from medspiller.core.actors import Actor
from medspiller.core.errors import NotAllowed

PUBLISH = "content.publish"
RETIRE = "content.retire"


def visible_to(actor: Actor) -> Q:
    """Narrow definitions to those shipped to all and those of the actor's own tenant."""
    return Q(tenant_id=None) if actor.tenant_id is None else Q(tenant_id=None) | Q(tenant_id=actor.tenant_id)


def ensure(actor: Actor, action: str) -> None:
    """
    Let an actor pass who may do `action`.

    :raises NotAllowed: if not.
    """
    if not actor.may(action):
        raise NotAllowed(action=action, reason="role")


def ensure_own(actor: Actor, action: str, definition: Definition) -> None:
    """
    Let an actor pass who acts for whom the definition belongs to; shipped ones belong to no tenant.

    :raises NotAllowed: if not.
    """
    if definition.tenant_id != actor.tenant_id:
        raise NotAllowed(action=action, reason="not_own", subject_id=definition.id)
