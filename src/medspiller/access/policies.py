"""Who may do what: the actor is asked, and a refusal carries what the access log needs."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from medspiller.access.models import PostHolding, RoleGrant
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.errors import NotAllowed


def ensure(actor: Actor, action: str, *, unit_id: UUID | None = None, subject_id: UUID | None = None) -> None:
    """
    Let an actor pass who may do `action`, for `unit_id` if one is given.

    :raises NotAllowed: if not.
    :raises UnknownAction: if the table of actions has no such name.
    """
    if not actor.may(action, unit_id=unit_id):
        raise NotAllowed(action=action, reason="role", subject_id=subject_id)


def administered_accounts(actor: Actor) -> Q:
    """
    Return the accounts of staff that the actor may administer.

    Those who hold or held a post in the actor's units, and those who have never held any:
    they wait for somebody to give them one.
    """
    staff = Q(kind=ActorKind.STAFF)
    if actor.kind is ActorKind.SYSTEM:
        return staff if actor.may("access.administer") else Q(pk__in=[])
    units = actor.units_with("access.administer")
    if not units:
        return Q(pk__in=[])
    holdings = PostHolding.objects.filter(user_id=OuterRef("pk"))
    return staff & (Q(Exists(holdings.filter(post__unit_id__in=units))) | Q(~Exists(holdings)))


def ensure_administers(actor: Actor, user_id: UUID) -> None:
    """
    Let an actor pass who administers every unit that an account has a role for, now or later.

    Whoever hands out a new way into an account could use it: without this, an administrator
    of one ward could become the administrator of the house.

    :raises NotAllowed: if not.
    """
    ensure(actor, "access.administer", subject_id=user_id)
    if actor.kind is ActorKind.SYSTEM:
        return
    grants = RoleGrant.objects.filter(holding__user_id=user_id, ended_at=None, holding__ended_at=None)
    if grants.exclude(unit_id__in=actor.units_with("access.administer")).exists():
        raise NotAllowed(action="access.administer", reason="beyond_own_units", subject_id=user_id)


def live_grants(*, today: date, now: datetime) -> Q:
    """Return the roles that let somebody do something now: their day has come, and neither they nor the post ended."""
    return _live("", today=today, now=now) & _live("holding__", today=today, now=now) & Q(holding__user__is_active=True)


def _live(prefix: str, *, today: date, now: datetime) -> Q:
    return Q(
        Q(**{f"{prefix}ended_at": None}) | Q(**{f"{prefix}ended_at__gt": now}),
        **{f"{prefix}valid_from__lte": today, f"{prefix}valid_to__gt": today},
    )
