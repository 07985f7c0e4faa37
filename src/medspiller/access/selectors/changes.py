"""What has changed in who may do what: posts held, roles, providers, and the units and posts they are about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.access.models import PostHolding, Provider, RoleGrant, User
from medspiller.access.policies import administered_accounts, ensure, may_everywhere
from medspiller.core import versions
from medspiller.core.actors import Actor
from medspiller.core.versions import Kind, Version
from medspiller.organisations import selectors as organisations

VIEW_CHANGES = "access.view_changes"

# A version that was found and not yet read: its moment, number and kind.
Found = tuple[datetime, int, str]


class ChangeKind(StrEnum):
    """What a change is about."""

    HOLDING = "holding"
    GRANT = "grant"
    ACCOUNT = "account"
    PROVIDER = "provider"
    UNIT = "unit"
    POST = "post"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Change:
    """One change, and the name of whoever made it; empty if it is not known, or the person is gone."""

    version: Version
    who: str
    by_system: bool


def changes(
    *,
    actor: Actor,
    kind: ChangeKind | None = None,
    person_id: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Any] | list[Found]:
    """
    Return the changes the actor may see, the newest first, to be cut into pages and read by `changes_read`.

    A leader and an administrator see those of their own units; accounts are for whoever
    administers them, and settings of providers for administrators of the whole house.
    `person_id` narrows to what this person did, or what was done to their account, posts
    and roles; `since` and `until` to [since, until).

    :raises NotAllowed: if the actor may see none.
    """
    ensure(actor, VIEW_CHANGES)
    within = Q() if since is None else Q(pgh_created_at__gte=since)
    within &= Q() if until is None else Q(pgh_created_at__lt=until)
    wanted = [
        replace(each, rows=each.rows.filter(within))
        for each in _kinds(actor, person_id)
        if kind is None or each.name == kind
    ]
    return versions.newest_first(wanted) if wanted else []


def changes_read(*, actor: Actor, found: Sequence[Found]) -> list[Change]:
    """
    Return what changes from `changes` were, in the same order.

    :raises NotAllowed: if the actor may see none.
    """
    ensure(actor, VIEW_CHANGES)
    named = {kind for _, _, kind in found}
    read = versions.read([kind for kind in _kinds(actor, None) if kind.name in named], found)
    actor_ids = {each.actor_id for each in read if each.actor_id is not None}
    names = dict(User.objects.filter(id__in=actor_ids).values_list("id", "name"))
    return [
        Change(
            version=each,
            who=names.get(each.actor_id, "") if each.actor_id else "",
            by_system=each.actor_id == SYSTEM_ID,
        )
        for each in read
    ]


def person_name(*, actor: Actor, person_id: UUID) -> str:
    """
    Return the name of a member of staff whose changes are looked at; empty if there is none.

    :raises NotAllowed: if the actor may see no changes.
    """
    ensure(actor, VIEW_CHANGES)
    return User.objects.filter(id=person_id, kind="staff").values_list("name", flat=True).first() or ""


def _kinds(actor: Actor, person_id: UUID | None) -> list[Kind]:
    kinds = [*_own_kinds(actor), *organisations.versions(actor=actor)]
    if person_id is None:
        return kinds
    about = {"holding": Q(user_id=person_id), "grant": Q(holding__user_id=person_id), "account": Q(id=person_id)}
    did = Q(pgh_actor_id=person_id)
    return [replace(each, rows=each.rows.filter(did | about.get(each.name, Q(pk__in=[])))) for each in kinds]


def _own_kinds(actor: Actor) -> list[Kind]:
    units = actor.units_with(VIEW_CHANGES)
    holding, grant, provider, account = (
        model.pgh_event_model.objects  # type: ignore[attr-defined, union-attr]  # made by `history.keep`
        for model in (PostHolding, RoleGrant, Provider, User)
    )
    period = {"valid_from": F("valid_from"), "valid_to": F("valid_to"), "ended_at": F("ended_at")}
    kinds = [
        Kind(
            "holding",
            holding.filter(post__unit_id__in=units),
            {"person": F("user__name"), "post": F("post__title"), "unit": F("post__unit__name"), **period},
        ),
        Kind(
            "grant",
            grant.filter(unit_id__in=units),
            {"person": F("holding__user__name"), "role": F("role"), "unit": F("unit__name"), **period},
        ),
    ]
    if actor.may("access.administer"):
        administered = User.objects.filter(administered_accounts(actor)).values("id")
        of_account = ("name", "email", "is_active", "state_reason")
        kinds.append(Kind("account", account.filter(id__in=administered), {name: F(name) for name in of_account}))
    if may_everywhere(actor, "access.administer_providers"):
        told = ("name", "issuer", "client_id", "scopes", "acr_values", "amr_values", "is_active")
        kinds.append(Kind("provider", provider.all(), {name: F(name) for name in told}))
    return kinds
