"""Who holds a role just now."""

from datetime import date, datetime

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
