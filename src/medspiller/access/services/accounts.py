"""Accounts, posts held and roles granted: what administrators do. Everything gets an end date."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.events import HoldingEnded, HoldingStarted, RoleGranted
from medspiller.access.domain.roles import Role
from medspiller.access.models import PostHolding, RoleGrant, User
from medspiller.access.policies import ensure
from medspiller.audit import services as audit
from medspiller.core import events
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.errors import InvalidInput, NotFound
from medspiller.core.periods import Period


@transaction.atomic
def register_account(*, actor: Actor, issuer: str, subject: str, kind: ActorKind, name: str, email: str = "") -> User:
    """
    Return the account of issuer and subject, made if there is none.

    :raises NotAllowed: if the actor may not administer accounts.
    """
    ensure(actor, "access.administer")
    user, made = User.objects.get_or_create(
        issuer=issuer, subject=subject, defaults={"kind": kind, "name": name, "email": email, "password": ""}
    )
    if made:
        audit.record(actor=actor, action="access.register_account", subject_type="access.User", subject_id=user.id)
    return user


@transaction.atomic
def give_post(*, actor: Actor, user_id: UUID, post_id: UUID, period: Period) -> PostHolding:
    """
    Let somebody hold a post in `period`, whose end must be known.

    :raises NotAllowed: if the actor may not administer accounts.
    :raises InvalidInput: if the period is open-ended.
    """
    ensure(actor, "access.administer")
    holding = PostHolding.objects.create(
        user_id=user_id, post_id=post_id, valid_from=period.start, valid_to=_end_of(period)
    )
    audit.record(actor=actor, action="access.give_post", subject_type="access.PostHolding", subject_id=holding.id)
    events.publish(HoldingStarted(holding_id=holding.id, user_id=user_id, post_id=post_id))
    return holding


@transaction.atomic
def grant_role(*, actor: Actor, holding_id: UUID, role: Role, unit_id: UUID, period: Period) -> RoleGrant:
    """
    Give a holding a role for a unit and all below it, in `period`, whose end must be known.

    :raises NotAllowed: if the actor may not administer accounts.
    :raises InvalidInput: if the period is open-ended.
    """
    ensure(actor, "access.administer")
    grant = RoleGrant.objects.create(
        holding_id=holding_id, role=role, unit_id=unit_id, valid_from=period.start, valid_to=_end_of(period)
    )
    audit.record(actor=actor, action="access.grant_role", subject_type="access.RoleGrant", subject_id=grant.id)
    events.publish(RoleGranted(grant_id=grant.id, holding_id=holding_id, role=role, unit_id=unit_id))
    return grant


@transaction.atomic
def end_holding(*, actor: Actor, holding_id: UUID, at: datetime) -> PostHolding:
    """
    End somebody's time in a post at a moment. Its roles end with it, the same second.

    :raises NotAllowed: if the actor may not administer accounts.
    :raises NotFound: if there is no such holding, or it has ended already.
    """
    ensure(actor, "access.administer")
    holding = PostHolding.objects.select_for_update().filter(id=holding_id, ended_at=None).first()
    if holding is None:
        raise NotFound(holding_id)
    holding.ended_at = at
    holding.save(update_fields=["ended_at"])
    audit.record(actor=actor, action="access.end_holding", subject_type="access.PostHolding", subject_id=holding.id)
    events.publish(HoldingEnded(holding_id=holding.id, user_id=holding.user_id, post_id=holding.post_id, ended_at=at))
    return holding


def _end_of(period: Period) -> date:
    if period.end is None:
        raise InvalidInput({"valid_to": "needs an end date"})
    return period.end
