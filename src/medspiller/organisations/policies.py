"""
Who may look at and change units, posts and organisations: one rule, as predicate and as filter.

Whoever may see units in some part of the house sees all of it; all staff with a live role
do. To change something in a unit the actor needs the action for that unit or one above
it: `Actor.units_with` names those units, subunits included. Organisations belong to no unit: whoever has the action
anywhere has it. The system acts in the whole tenant, for the actions its own short list has.
"""

from typing import TypeAlias
from uuid import UUID

from django.db.models import Q

from medspiller.core.actors import Actor, ActorKind
from medspiller.core.errors import NotAllowed
from medspiller.organisations.models import Organisation, Post, Unit

VIEW_UNIT = "organisations.view_unit"
EDIT_UNIT = "organisations.edit_unit"
OPEN_UNIT = "organisations.open_unit"
CLOSE_UNIT = "organisations.close_unit"
EDIT_POST = "organisations.edit_post"
EDIT_ORGANISATION = "organisations.edit_organisation"
ACTIONS = frozenset({VIEW_UNIT, EDIT_UNIT, OPEN_UNIT, CLOSE_UNIT, EDIT_POST, EDIT_ORGANISATION})

# Only the installation itself does these, in a process that is the owner of the database.
FOUND_TENANT = "organisations.found_tenant"
PUBLISH_REGISTER = "organisations.publish_register"
LIST_TENANTS = "organisations.list_tenants"

Subject: TypeAlias = Unit | Post | Organisation | None

_NOTHING = Q(pk__in=[])


class UnknownAction(LookupError):
    """This app knows no action of that name: a slip in the code, not a refusal."""


def may(actor: Actor, action: str, subject: Subject) -> bool:
    """
    Say whether the actor may do `action` to a unit, a post or an organisation.

    Without a subject the action is at the top of the tree or, for organisations, not yet
    about one.

    :raises UnknownAction: if there is no such action here.
    """
    _must_exist(action)
    if actor.tenant_id is None or (subject is not None and subject.tenant_id != actor.tenant_id):
        return False
    if _has_everywhere(actor, action):
        return True
    unit_id = _unit_of(subject)
    return unit_id is not None and actor.kind is ActorKind.STAFF and unit_id in actor.units_with(action)


def units(actor: Actor, action: str) -> Q:
    """
    Return the units, or versions of units, to which the actor may do `action`: the same answer as `may`.

    :raises UnknownAction: if there is no such action here.
    """
    return _rows(actor, action, column="id")


def posts(actor: Actor, action: str) -> Q:
    """
    Return the posts to which the actor may do `action`: the same answer as `may`.

    :raises UnknownAction: if there is no such action here.
    """
    return _rows(actor, action, column="unit_id")


def organisations(actor: Actor, action: str) -> Q:
    """
    Return the organisations to which the actor may do `action`: the same answer as `may`.

    :raises UnknownAction: if there is no such action here.
    """
    return _rows(actor, action, column=None)


def ensure(actor: Actor, action: str, subject: Subject) -> None:
    """
    Let the actor through, or refuse.

    :raises NotAllowed: if they may not.
    :raises UnknownAction: if there is no such action here.
    """
    if not may(actor, action, subject):
        raise NotAllowed(action=action, reason="role", subject_id=subject.pk if subject else None)


def ensure_installation(actor: Actor, action: str) -> None:
    """
    Let only the system through. That the process owns the database is the database's to check.

    :raises NotAllowed: for everybody else.
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise NotAllowed(action=action, reason="only the system")


def _rows(actor: Actor, action: str, *, column: str | None) -> Q:
    _must_exist(action)
    if actor.tenant_id is None:
        return _NOTHING
    own = Q(tenant_id=actor.tenant_id)
    if _has_everywhere(actor, action):
        return own
    if column is None or actor.kind is not ActorKind.STAFF:
        return _NOTHING
    return own & Q(**{f"{column}__in": actor.units_with(action)})


def _has_everywhere(actor: Actor, action: str) -> bool:
    # `Actor.may` without a unit means anywhere at all, so only these two may be asked that way of staff.
    if actor.kind is ActorKind.SYSTEM or action in {VIEW_UNIT, EDIT_ORGANISATION}:
        return actor.may(action)
    return False


def _unit_of(subject: Subject) -> UUID | None:
    if isinstance(subject, Unit):
        return subject.pk
    return subject.unit_id if isinstance(subject, Post) else None


def _must_exist(action: str) -> None:
    if action not in ACTIONS:
        raise UnknownAction(action)
