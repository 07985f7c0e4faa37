"""Who somebody is: the actor behind a session."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from uuid import UUID

from medspiller.access.domain.actors import Actor, HeldRole, anonymous
from medspiller.access.domain.roles import Role
from medspiller.access.models import RoleGrant, User
from medspiller.access.policies import live_grants
from medspiller.access.selectors.identity import name_of
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors as organisations


def actor_for(*, actor: Actor, user: User, organisation: str, today: date, now: datetime) -> Actor:
    """
    Return the actor that a signed-in account is at this moment.

    `actor` is who asks, which before this answer can only be the anonymous one. Roles whose
    period, holding or grant has ended are left out, so a session loses them by itself.
    """
    if not user.is_active:
        return anonymous(actor.tenant_id)
    grants = (
        RoleGrant.objects.filter(live_grants(today=today, now=now), holding__user=user)
        .select_related("unit")
        # Read with the roles: nearly every page asks which units these reach, and would ask that by itself.
        .annotate(reaches=organisations.subtree_of(actor=actor, column="unit_id"))
        .order_by("valid_from", "id")
    )
    held = list(grants)
    reaches = {grant.unit_id: frozenset(grant.reaches) for grant in held}
    first = held[0] if held else None
    return Actor(
        id=user.id,
        kind=ActorKind(user.kind),
        tenant_id=actor.tenant_id,
        name=name_of(actor=actor, user=user),
        organisation=organisation,
        roles=tuple(HeldRole(role=Role(grant.role), unit_id=grant.unit_id) for grant in held),
        unit_id=first.unit_id if first else None,
        unit_name=first.unit.name if first else "",
        expand=partial(_subtree, actor, reaches),
    )


def actor_with_id(*, actor: Actor, user_id: UUID, today: date, now: datetime) -> Actor:
    """
    Return the actor that an account is at this moment, for a job that goes on with what somebody began.

    :raises NotFound: if there is no such account within the actor's tenant.
    """
    user = User.objects.filter(id=user_id).first()
    if user is None:
        raise NotFound(str(user_id))
    organisation = organisations.tenant(actor=actor).name
    return actor_for(actor=anonymous(actor.tenant_id), user=user, organisation=organisation, today=today, now=now)


def account(*, actor: Actor, issuer: str, subject: str) -> User:
    """
    Return the account that an issuer knows by `subject`, within the actor's tenant.

    :raises NotFound: if there is none, or it has been closed.
    """
    # Row-level security leaves the actor's tenant only.
    found = User.objects.filter(issuer=issuer, subject=subject, is_active=True).first()
    if found is None:
        raise NotFound(subject)
    return found


def _subtree(actor: Actor, known: Mapping[UUID, frozenset[UUID]], roots: frozenset[UUID]) -> frozenset[UUID]:
    if roots <= known.keys():
        return frozenset().union(*(known[root] for root in roots))
    return organisations.subtree_ids(actor=actor, roots=roots)
