"""Who may do what: the actor is asked, and a refusal carries what the access log needs."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from medspiller.access.domain.administration import SecondAccount, may_be_same_person
from medspiller.access.models import PostHolding, RoleGrant, User
from medspiller.core import clock
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.errors import NotAllowed
from medspiller.organisations import selectors as organisations


def ensure(actor: Actor, action: str, *, unit_id: UUID | None = None, subject_id: UUID | None = None) -> None:
    """
    Let an actor pass who may do `action`, for `unit_id` if one is given.

    :raises NotAllowed: if not.
    :raises UnknownAction: if the table of actions has no such name.
    """
    if not actor.may(action, unit_id=unit_id):
        raise NotAllowed(action=action, reason="role", subject_id=subject_id)


def may_everywhere(actor: Actor, action: str) -> bool:
    """Say whether an actor may do `action` in the whole house: for every unit at the top that is open."""
    units = actor.units_with(action)
    if not units:
        return False
    top = organisations.units(actor=actor, on=clock.today()).filter(parent_id=None).values_list("id", flat=True)
    found = frozenset(top)
    return bool(found) and found <= units


def ensure_everywhere(actor: Actor, action: str, *, subject_id: UUID | None = None) -> None:
    """
    Let an actor pass who may do `action` in the whole house: what it changes holds for everybody.

    :raises NotAllowed: if not; `not_whole_house` for whoever may do it in a part only.
    """
    ensure(actor, action, subject_id=subject_id)
    if not may_everywhere(actor, action):
        raise NotAllowed(action=action, reason="not_whole_house", subject_id=subject_id)


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


def ensure_not_second(actor: Actor, *, name: str = "", email: str = "", user_id: UUID | None = None) -> None:
    """
    Accept an account that an administrator lets in, unless it may be one more of their own.

    With two, they could do with one what takes a second person to do to the other. Where a
    name is given, the same name is enough; somebody who is not their namesake then does it.

    :raises SecondAccount: if it has their e-mail address, or the name.
    """
    own = User.objects.filter(id=actor.id).first()
    if own is not None and may_be_same_person(name=name, email=email, other_name=own.name, other_email=own.email):
        raise SecondAccount(action="access.administer", user_id=user_id)


def live_grants(*, today: date, now: datetime) -> Q:
    """Return the roles that let somebody do something now: their day has come, and neither they nor the post ended."""
    return _live("", today=today, now=now) & _live("holding__", today=today, now=now) & Q(holding__user__is_active=True)


def _live(prefix: str, *, today: date, now: datetime) -> Q:
    return Q(
        Q(**{f"{prefix}ended_at": None}) | Q(**{f"{prefix}ended_at__gt": now}),
        **{f"{prefix}valid_from__lte": today, f"{prefix}valid_to__gt": today},
    )
