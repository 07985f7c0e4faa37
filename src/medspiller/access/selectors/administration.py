"""Accounts, and the posts and roles they give: what administrators and leaders look at."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from medspiller.access.domain.accounts import LOCAL_ISSUER
from medspiller.access.domain.administration import SOON_DAYS
from medspiller.access.domain.roles import Role
from medspiller.access.models import Invitation, PostHolding, RoleGrant, User
from medspiller.access.policies import administered_accounts, ensure, live_grants
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.core.periods import Period

ADMINISTER = "access.administer"


class Only(StrEnum):
    """
    Which accounts to show. `waiting` have never had a role, `ended` had one and have none now or later.

    Closed accounts are in a list of their own.
    """

    ALL = "alle"
    WAITING = "venter"
    ENDING_SOON = "snart"
    ENDED = "avsluttet"
    CLOSED = "stengt"


@dataclass(frozen=True, slots=True)
class AccountLine:
    """
    An account in a list. `until` is the first day without any role; None if there is none to end.

    `address` is where mail goes, else the issuer's; empty for a local account without either.
    """

    id: UUID
    name: str
    address: str
    posts: tuple[str, ...]
    roles: tuple[Role, ...]
    until: date | None
    is_waiting: bool
    ends_soon: bool
    is_closed: bool = False

    @property
    def last_day(self) -> date | None:
        """The last day with a role, as people say it."""
        return self.until - timedelta(days=1) if self.until else None


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role somebody has or had through a holding. `is_over` also when the holding is."""

    id: UUID
    role: Role
    unit_id: UUID
    unit_name: str
    period: Period
    ended_at: datetime | None
    is_over: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class HeldPost:
    """Somebody's time in a post. `may_change` says whether the actor may give and end roles in it."""

    id: UUID
    post_title: str
    unit_id: UUID
    unit_name: str
    period: Period
    ended_at: datetime | None
    is_over: bool
    is_ahead: bool
    may_change: bool
    roles: tuple[GivenRole, ...]

    @property
    def roles_to_go_on(self) -> tuple[GivenRole, ...]:
        """The roles that last as long as the holding, so that they can be given on with it."""
        return tuple(each for each in self.roles if not each.is_over and each.period.end == self.period.end)


@dataclass(frozen=True, slots=True)
class AccountDetail:
    """An account with everything it holds and held: what is live first. `is_own` when it is the actor's."""

    id: UUID
    name: str
    email: str
    issuer: str
    subject: str
    created_at: datetime
    is_active: bool
    state_reason: str
    is_local: bool
    is_own: bool
    invited_until: datetime | None
    held: tuple[HeldPost, ...]

    @property
    def live(self) -> tuple[HeldPost, ...]:
        return tuple(each for each in self.held if not each.is_over)

    @property
    def over(self) -> tuple[HeldPost, ...]:
        return tuple(each for each in self.held if each.is_over)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post on a day or later, and the first day on which they do not."""

    user_id: UUID
    name: str
    period: Period


@dataclass(frozen=True, slots=True)
class Notices:
    """What an administrator should see first. `alone_until` if they are the only one, and until when."""

    waiting: int
    ending_soon: int
    alone_until: date | None

    @property
    def alone_last_day(self) -> date | None:
        """The last day there is an administrator, as people say it."""
        return self.alone_until - timedelta(days=1) if self.alone_until else None


def accounts(*, actor: Actor, text: str = "", only: Only = Only.ALL, today: date, now: datetime) -> QuerySet[Any]:
    """
    Return the accounts of staff that the actor may administer, by name; `text` is looked for in name and address.

    :raises NotAllowed: if the actor administers none.
    """
    ensure(actor, ADMINISTER)
    rows = _with_roles(
        User.objects.filter(administered_accounts(actor), is_active=only is not Only.CLOSED), today=today, now=now
    )
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if only is Only.WAITING:
        rows = rows.filter(until=None, had_role=False)
    elif only is Only.ENDED:
        rows = rows.filter(until=None, had_role=True)
    elif only is Only.ENDING_SOON:
        rows = rows.filter(until__lte=today + timedelta(days=SOON_DAYS))
    return rows.order_by("name", "id")


def account_lines(*, actor: Actor, shown: Iterable[Any], today: date, now: datetime) -> list[AccountLine]:
    """
    Return accounts from `accounts` as lines of a list, with the posts and roles that are live.

    :raises NotAllowed: if the actor administers none.
    """
    ensure(actor, ADMINISTER)
    users = list(shown)
    posts, roles = defaultdict(list), defaultdict(list)
    holdings = _not_over(PostHolding.objects.filter(user__in=users), today=today, now=now)
    for user_id, title, unit in holdings.values_list("user_id", "post__title", "post__unit__name"):
        posts[user_id].append(f"{title}, {unit}")
    grants = RoleGrant.objects.filter(live_grants(today=today, now=now), holding__user__in=users)
    for user_id, role in grants.order_by("role").values_list("holding__user_id", "role").distinct():
        roles[user_id].append(Role(role))
    return [
        AccountLine(
            id=user.id,
            name=user.name,
            address=user.email or (user.issuer if "://" in user.issuer else ""),
            posts=tuple(sorted(set(posts[user.id]))),
            roles=tuple(roles[user.id]),
            until=user.until,
            is_waiting=user.until is None and not user.had_role,
            is_closed=not user.is_active,
            ends_soon=user.until is not None and user.until <= today + timedelta(days=SOON_DAYS),
        )
        for user in users
    ]


def account_detail(*, actor: Actor, user_id: UUID, today: date, now: datetime) -> AccountDetail:
    """
    Return an account with its posts and roles, those that are over last.

    :raises NotAllowed: if the actor administers no accounts.
    :raises NotFound: if there is no such account, or it is not the actor's to administer.
    """
    ensure(actor, ADMINISTER)
    user = User.objects.filter(administered_accounts(actor), id=user_id).first()
    if user is None:
        raise NotFound(user_id)
    holdings = PostHolding.objects.filter(user=user).select_related("post__unit")
    grants = defaultdict(list)
    for grant in RoleGrant.objects.filter(holding__user=user).select_related("unit").order_by("-valid_from", "role"):
        grants[grant.holding_id].append(grant)
    held = [
        _held(actor, holding, grants[holding.id], today=today, now=now)
        for holding in holdings.order_by("-valid_to", "id")
    ]
    invited = Invitation.objects.filter(user=user, accepted_at=None, withdrawn_at=None, expires_at__gt=now).first()
    return AccountDetail(
        id=user.id,
        name=user.name,
        email=user.email,
        issuer=user.issuer,
        subject=user.subject,
        created_at=user.created_at,
        is_active=user.is_active,
        state_reason=user.state_reason,
        is_local=user.issuer == LOCAL_ISSUER,
        is_own=user.id == actor.id,
        invited_until=invited.expires_at if invited else None,
        held=tuple(sorted(held, key=lambda each: each.is_over)),
    )


def holders(*, actor: Actor, post_ids: Collection[UUID], today: date, now: datetime) -> dict[UUID, list[Holder]]:
    """
    Return who holds each of some posts today or later, by name. Only posts the actor may change are answered for.

    :raises NotAllowed: if the actor may change posts nowhere.
    """
    ensure(actor, "organisations.edit_post")
    rows = PostHolding.objects.filter(
        post_id__in=post_ids, post__unit_id__in=actor.units_with("organisations.edit_post")
    )
    found: dict[UUID, list[Holder]] = defaultdict(list)
    for row in _not_over(rows, today=today, now=now).select_related("user").order_by("user__name", "valid_from"):
        found[row.post_id].append(
            Holder(user_id=row.user_id, name=row.user.name, period=Period(row.valid_from, row.valid_to))
        )
    return dict(found)


def notices(*, actor: Actor, today: date, now: datetime) -> Notices:
    """
    Return what an administrator should see first.

    :raises NotAllowed: if the actor administers no accounts.
    """
    waiting = accounts(actor=actor, only=Only.WAITING, today=today, now=now).count()
    ending = accounts(actor=actor, only=Only.ENDING_SOON, today=today, now=now).count()
    administrators = RoleGrant.objects.filter(live_grants(today=today, now=now), role=Role.ADMINISTRATOR)
    until: dict[UUID, date] = {}
    for user_id, valid_to in administrators.values_list("holding__user_id", "valid_to"):
        until[user_id] = max(valid_to, until.get(user_id, valid_to))
    alone = until.get(actor.id) if len(until) == 1 else None
    return Notices(waiting=waiting, ending_soon=ending, alone_until=alone)


def _held(actor: Actor, holding: PostHolding, grants: Iterable[RoleGrant], *, today: date, now: datetime) -> HeldPost:
    is_over = _is_over(holding, today=today, now=now)
    others = holding.user_id != actor.id
    shown = HeldPost(
        id=holding.id,
        post_title=holding.post.title,
        unit_id=holding.post.unit_id,
        unit_name=holding.post.unit.name,
        period=Period(holding.valid_from, holding.valid_to),
        ended_at=holding.ended_at,
        is_over=is_over,
        is_ahead=holding.valid_from > today,
        may_change=others and not is_over and actor.may(ADMINISTER, unit_id=holding.post.unit_id),
        roles=(),
    )
    return replace(shown, roles=tuple(_given(actor, grant, shown, today=today, now=now) for grant in grants))


def _given(actor: Actor, grant: RoleGrant, held: HeldPost, *, today: date, now: datetime) -> GivenRole:
    is_over = held.is_over or _is_over(grant, today=today, now=now)
    return GivenRole(
        id=grant.id,
        role=Role(grant.role),
        unit_id=grant.unit_id,
        unit_name=grant.unit.name,
        period=Period(grant.valid_from, grant.valid_to),
        ended_at=grant.ended_at,
        is_over=is_over,
        may_change=held.may_change and not is_over and actor.may(ADMINISTER, unit_id=grant.unit_id),
    )


def _is_over(row: PostHolding | RoleGrant, *, today: date, now: datetime) -> bool:
    return row.valid_to <= today or (row.ended_at is not None and row.ended_at <= now)


def _not_over(rows: QuerySet[PostHolding], *, today: date, now: datetime) -> QuerySet[PostHolding]:
    return rows.filter(Q(ended_at=None) | Q(ended_at__gt=now), valid_to__gt=today)


def _with_roles(rows: QuerySet[User], *, today: date, now: datetime) -> QuerySet[Any]:
    """Add `until`, the first day without any role (None if none is live or ahead), and `had_role`."""
    grants = RoleGrant.objects.filter(holding__user_id=OuterRef("pk"))
    coming = grants.filter(
        Q(ended_at=None) | Q(ended_at__gt=now),
        Q(holding__ended_at=None) | Q(holding__ended_at__gt=now),
        valid_to__gt=today,
        holding__valid_to__gt=today,
    )
    last = coming.order_by().values("holding__user_id").annotate(last=Max("valid_to")).values("last")
    return rows.annotate(until=Subquery(last), had_role=Exists(grants))
