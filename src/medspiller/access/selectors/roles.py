"""Who holds a role just now."""

from datetime import date, datetime
from uuid import UUID

from medspiller.access.domain.actions import action as action_named
from medspiller.access.domain.roles import Role
from medspiller.access.models import RoleGrant, User
from medspiller.access.policies import ensure, live_grants
from medspiller.core.actors import Actor


def holders_of_role(*, actor: Actor, role: Role, today: date, now: datetime) -> list[User]:
    """
    Return the accounts that hold a role somewhere in the actor's municipality, by name.

    :raises NotAllowed: for anybody who may not see who works here.
    """
    ensure(actor, "organisations.view_unit")
    rows = RoleGrant.objects.filter(live_grants(today=today, now=now), role=role.value)
    return list(User.objects.filter(id__in=rows.values("holding__user_id"), is_active=True).order_by("name", "id"))


def is_done_by_somebody(*, actor: Actor, action: str, unit_id: UUID, today: date, now: datetime) -> bool:
    """
    Say whether anybody holds a role for this very unit, not one above it, with which `action` can be done.

    Tells nothing of who: whoever is not signed in may ask, to know whether what they write would be read.

    :raises UnknownAction: if the table of actions has no such name.
    """
    roles = sorted(role.value for role in action_named(action).roles)
    rows = RoleGrant.objects.filter(live_grants(today=today, now=now), unit_id=unit_id, role__in=roles)
    return rows.exists()
