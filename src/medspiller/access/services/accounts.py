"""
Accounts, posts held and roles granted: what administrators do.

Everything gets an end date. An administrator acts within the units of that role, and never
on their own posts and roles: that takes a second person.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from medspiller.access.domain.accounts import PERSON_NUMBER
from medspiller.access.domain.administration import (
    MOST_YEARS,
    LastAdministrator,
    PeriodProblem,
    PostStillHeld,
    problem_of,
    without_administrator,
)
from medspiller.access.domain.events import HoldingEnded, HoldingStarted, RoleEnded, RoleGranted
from medspiller.access.domain.roles import Role
from medspiller.access.models import PostHolding, RoleGrant, User
from medspiller.access.policies import administered_accounts, ensure, ensure_not_second, live_grants
from medspiller.audit import services as audit
from medspiller.core import clock, events
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.encryption import keyed_hash
from medspiller.core.errors import InvalidInput, NotAllowed, NotFound
from medspiller.core.periods import Period
from medspiller.organisations import selectors as organisations
from medspiller.organisations import services as organisation

_ADMINISTER = "access.administer"


@transaction.atomic
def register_account(
    *,
    actor: Actor,
    issuer: str,
    subject: str,
    kind: ActorKind,
    name: str,
    email: str = "",
    person_number: str = "",
) -> User:
    """
    Return the account of issuer and subject, made if there is none.

    A citizen's `person_number` is what ties the account to who they are in the register.

    :raises NotAllowed: if the actor may not administer accounts.
    """
    ensure(actor, _ADMINISTER)
    about: dict[str, Any] = {"kind": kind, "name": name, "email": email, "password": ""}
    if person_number:
        about |= {"pid": person_number, "pid_hash": keyed_hash(person_number, purpose=PERSON_NUMBER)}
    user, made = User.objects.get_or_create(issuer=issuer, subject=subject, defaults=about)
    if made:
        audit.record(actor=actor, action="access.register_account", subject_type="access.User", subject_id=user.id)
    return user


@transaction.atomic
def give_post(*, actor: Actor, user_id: UUID, post_id: UUID, period: Period) -> PostHolding:
    """
    Let a member of staff hold a post in `period`, whose end must be known.

    The system may enter what began before today; nobody else may.

    :raises NotFound: if there is no such post, or no such account the actor may administer.
    :raises NotAllowed: if the actor may not administer the post's unit, or it is their own account.
    :raises SecondAccount: if it has the actor's own e-mail address.
    :raises InvalidInput: with what is wrong at `valid_from`, `valid_to` or `post`.
    """
    post = organisations.post_for_update(actor=actor, post_id=post_id)
    _ensure_may(actor, user_id=user_id, unit_id=post.unit_id)
    user = _locked_account(actor, user_id)
    ensure_not_second(actor, email=user.email, user_id=user_id)
    _ensure_possible(actor, period, within=post.period, outside=_("The post is not open for all of this time."))
    held = PostHolding.objects.filter(
        user=user, post=post, ended_at=None, valid_from__lt=period.end, valid_to__gt=period.start
    )
    if held.exists():
        raise InvalidInput({"post": _("The person already holds this post for part of this time.")})

    holding = PostHolding.objects.create(user=user, post_id=post_id, valid_from=period.start, valid_to=_end_of(period))
    _record(actor, "access.give_post", holding)
    events.publish(HoldingStarted(holding_id=holding.id, user_id=user_id, post_id=post_id))
    return holding


@transaction.atomic
def extend_holding(*, actor: Actor, holding_id: UUID, until: date, grant_ids: Collection[UUID]) -> PostHolding:
    """
    Let somebody go on in a post from the day it would end up to `until`, and in those of its roles that are named.

    A new holding and new roles follow on the old ones, which stay as they were. Only roles
    that last as long as the holding can be named.

    :raises NotFound: if there is no such holding or role, or it is over.
    :raises NotAllowed: if the actor may not administer it, or it is their own.
    :raises InvalidInput: with what is wrong at `valid_to`.
    """
    old = _locked_holding(holding_id)
    _ensure_may(actor, user_id=old.user_id, unit_id=old.post.unit_id)
    if old.valid_to <= clock.today():
        raise NotFound(holding_id)
    last_as_long = {grant.id: grant for grant in old.grants.filter(ended_at=None, valid_to=old.valid_to)}
    if not last_as_long.keys() >= set(grant_ids):
        raise NotFound(holding_id)

    period = _period(old.valid_to, until)
    new = give_post(actor=actor, user_id=old.user_id, post_id=old.post_id, period=period)
    for grant_id in grant_ids:
        grant = last_as_long[grant_id]
        grant_role(actor=actor, holding_id=new.id, role=Role(grant.role), unit_id=grant.unit_id, period=period)
    return new


@transaction.atomic
def end_holding(*, actor: Actor, holding_id: UUID, at: datetime) -> PostHolding:
    """
    End somebody's time in a post at a moment. Its roles end with it, the same second.

    :raises NotFound: if there is no such holding, or it has ended already.
    :raises NotAllowed: if the actor may not administer it, or it is their own.
    :raises LastAdministrator: if nobody would be left to give roles there.
    """
    holding = _locked_holding(holding_id)
    _ensure_may(actor, user_id=holding.user_id, unit_id=holding.post.unit_id)
    ensure_administered(actor=actor, ending=[grant.id for grant in holding.grants.all()], at=at)

    holding.ended_at = at
    holding.save(update_fields=["ended_at"])
    _record(actor, "access.end_holding", holding)
    events.publish(HoldingEnded(holding_id=holding.id, user_id=holding.user_id, post_id=holding.post_id, ended_at=at))
    return holding


@transaction.atomic
def grant_role(*, actor: Actor, holding_id: UUID, role: Role, unit_id: UUID, period: Period) -> RoleGrant:
    """
    Give a holding a role for a unit and all below it, in `period`, whose end must be known and within the holding.

    :raises NotFound: if there is no such holding or unit, or the holding has ended.
    :raises NotAllowed: if the actor may not administer both, or the holding is their own.
    :raises InvalidInput: with what is wrong at `valid_from`, `valid_to`, `unit` or `role`.
    """
    holding = _locked_holding(holding_id)
    unit = organisations.unit(actor=actor, unit_id=unit_id)
    _ensure_may(actor, user_id=holding.user_id, unit_id=holding.post.unit_id)
    _ensure_may(actor, user_id=holding.user_id, unit_id=unit_id)
    _ensure_possible(
        actor,
        period,
        within=Period(holding.valid_from, holding.valid_to),
        outside=_("The role must lie within the time of the post."),
    )
    if unit.closed_from is not None and unit.closed_from < _end_of(period):
        raise InvalidInput({"unit": _("The unit closes before the role would end.")})
    same = holding.grants.filter(
        role=role, unit=unit, ended_at=None, valid_from__lt=period.end, valid_to__gt=period.start
    )
    if same.exists():
        raise InvalidInput({"role": _("The person already has this role for this unit for part of this time.")})

    grant = RoleGrant.objects.create(
        holding=holding, role=role, unit=unit, valid_from=period.start, valid_to=_end_of(period)
    )
    audit.record(actor=actor, action="access.grant_role", subject_type="access.RoleGrant", subject_id=grant.id)
    events.publish(RoleGranted(grant_id=grant.id, holding_id=holding_id, role=role, unit_id=unit_id))
    return grant


@transaction.atomic
def extend_role(*, actor: Actor, grant_id: UUID, until: date) -> RoleGrant:
    """
    Give a role again from the day it would end up to `until`, within the same holding. The old grant stays.

    :raises NotFound: if there is no such role, or it is over.
    :raises NotAllowed: if the actor may not administer it, or it is their own.
    :raises InvalidInput: with what is wrong at `valid_to`.
    """
    old = _locked_grant(grant_id)
    _ensure_may(actor, user_id=old.holding.user_id, unit_id=old.unit_id)
    if old.valid_to <= clock.today():
        raise NotFound(grant_id)
    return grant_role(
        actor=actor,
        holding_id=old.holding_id,
        role=Role(old.role),
        unit_id=old.unit_id,
        period=_period(old.valid_to, until),
    )


@transaction.atomic
def end_role(*, actor: Actor, grant_id: UUID, at: datetime) -> RoleGrant:
    """
    End one role at a moment; the post and its other roles go on.

    :raises NotFound: if there is no such role, or it has ended already.
    :raises NotAllowed: if the actor may not administer its unit, or it is their own.
    :raises LastAdministrator: if nobody would be left to give roles there.
    """
    grant = _locked_grant(grant_id)
    _ensure_may(actor, user_id=grant.holding.user_id, unit_id=grant.unit_id)
    ensure_administered(actor=actor, ending=[grant.id], at=at)

    grant.ended_at = at
    grant.save(update_fields=["ended_at"])
    audit.record(actor=actor, action="access.end_role", subject_type="access.RoleGrant", subject_id=grant.id)
    events.publish(RoleEnded(grant_id=grant.id, holding_id=grant.holding_id, role=grant.role, ended_at=at))
    return grant


@transaction.atomic
def close_post(*, actor: Actor, post_id: UUID, closed_from: date) -> None:
    """
    Close a post from a day on, if nobody holds it then or later: who leaves a post is not the post's to say.

    :raises PostStillHeld: with the names of those who hold it.
    :raises NotFound: and the other refusals of `organisations.services.close_post`.
    """
    # It locks the post, which giving it does too.
    organisation.close_post(actor=actor, post_id=post_id, closed_from=closed_from)
    held = PostHolding.objects.filter(post_id=post_id, ended_at=None, valid_to__gt=closed_from)
    holders = list(held.order_by("user__name").values_list("user__name", flat=True).distinct())
    if holders:
        raise PostStillHeld(holders=holders)


def ensure_administered(*, actor: Actor, ending: Collection[UUID], at: datetime) -> None:
    """
    Accept that some roles end, unless a part of the house would have no administrator any more.

    :raises LastAdministrator: if it would.
    """
    # All are locked in one order: two administrators who end each other wait for one another.
    live = RoleGrant.objects.filter(live_grants(today=clock.today(), now=at), role=Role.ADMINISTRATOR)
    administrators = list(live.select_related("holding").select_for_update(of=("self", "holding")).order_by("id"))
    ended = [grant.unit_id for grant in administrators if grant.id in ending]
    left = [grant.unit_id for grant in administrators if grant.id not in ending]
    if ended and without_administrator(ended, left, organisations.parents(actor=actor)):
        raise LastAdministrator


def _ensure_may(actor: Actor, *, user_id: UUID, unit_id: UUID) -> None:
    ensure(actor, _ADMINISTER, unit_id=unit_id, subject_id=user_id)
    if user_id == actor.id:
        raise NotAllowed(action=_ADMINISTER, reason="own_role", subject_id=user_id)


def _ensure_possible(actor: Actor, period: Period, *, within: Period, outside: str) -> None:
    today = None if actor.kind is ActorKind.SYSTEM else clock.today()
    problem = problem_of(period, today=today, within=within)
    if problem is None:
        return
    at, text = {
        PeriodProblem.NO_END: ("valid_to", _("Choose a last day: every post and role has one.")),
        PeriodProblem.TOO_LONG: (
            "valid_to",
            _("Choose a last day at most %(years)s years after the first.") % {"years": MOST_YEARS},
        ),
        PeriodProblem.BEGINS_IN_THE_PAST: ("valid_from", _("Choose today or a later day.")),
        PeriodProblem.OUTSIDE: ("valid_to", outside),
    }[problem]
    raise InvalidInput({at: text})


def _locked_account(actor: Actor, user_id: UUID) -> User:
    accounts = User.objects.filter(administered_accounts(actor), id=user_id, is_active=True)
    user = accounts.select_for_update().first()
    if user is None:
        raise NotFound(user_id)
    return user


def _locked_holding(holding_id: UUID) -> PostHolding:
    holdings = PostHolding.objects.select_related("post").select_for_update(of=("self",))
    holding = holdings.filter(id=holding_id, ended_at=None).first()
    if holding is None:
        raise NotFound(holding_id)
    return holding


def _locked_grant(grant_id: UUID) -> RoleGrant:
    grants = RoleGrant.objects.select_related("holding").select_for_update(of=("self",))
    grant = grants.filter(id=grant_id, ended_at=None, holding__ended_at=None).first()
    if grant is None:
        raise NotFound(grant_id)
    return grant


def _period(start: date, end: date) -> Period:
    if end <= start:
        raise InvalidInput({"valid_to": _("Choose a later day than the one it ends on now.")})
    return Period(start, end)


def _end_of(period: Period) -> date:
    if period.end is None:
        raise InvalidInput({"valid_to": _("Choose a last day: every post and role has one.")})
    return period.end


def _record(actor: Actor, action: str, holding: PostHolding) -> None:
    audit.record(actor=actor, action=action, subject_type="access.PostHolding", subject_id=holding.id)
