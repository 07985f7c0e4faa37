"""Opening, changing, moving and closing of units."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from medspiller.audit import services as audit
from medspiller.core import events
from medspiller.core.actors import Actor
from medspiller.core.errors import Conflict, InvalidInput
from medspiller.organisations import policies, selectors
from medspiller.organisations.domain import closing, tree
from medspiller.organisations.domain.details import UnitDetails, differing_fields, tidy
from medspiller.organisations.domain.events import UnitChanged, UnitClosed, UnitMoved, UnitOpened
from medspiller.organisations.models import Post, Unit
from medspiller.organisations.services._details import ensure_valid, shown


@transaction.atomic
def open_unit(*, actor: Actor, parent_id: UUID | None, details: UnitDetails, opened_on: date) -> Unit:
    """
    Open a unit under another, or at the top with `parent_id=None`, which only the system does.

    :raises NotFound: if the actor may not see the parent.
    :raises NotAllowed: if the actor may not open units there.
    :raises InvalidInput: if the details cannot be stored, or a sibling has the name.
    :raises TooDeep: if the tree would have too many levels.
    :raises NotOpenThen: if the parent is not open on that day, or has an end.
    """
    parent = selectors.unit_for_update(actor=actor, unit_id=parent_id) if parent_id else None
    policies.ensure(actor, policies.OPEN_UNIT, parent)

    details = tidy(details)
    ensure_valid(details)
    unit = Unit(parent=parent, opened_on=opened_on, **_columns(details))
    if parent is not None:
        tree.ensure_fits(unit_id=unit.id, parent_id=parent.id, parents=selectors.parents(actor=actor))
        closing.ensure_open_on(parent.period, opened_on)
    _ensure_name_free(unit)

    unit.save(force_insert=True)
    _record(actor, "organisations.open_unit", unit)
    events.publish(UnitOpened(unit_id=unit.id, parent_id=parent_id, opened_on=opened_on))
    return unit


@transaction.atomic
def change_unit(*, actor: Actor, unit_id: UUID, seen_version: int, details: UnitDetails) -> Unit:
    """
    Store new details of a unit, unless somebody changed it after the actor saw it.

    `seen_version` is the `version` that the actor's form was filled from. Details that are
    as before store nothing and tell nobody.

    :raises NotFound: if the actor may not see the unit.
    :raises NotAllowed: if the actor may not change it.
    :raises Conflict: with the fields changed meanwhile and what they say now; nothing is stored.
    :raises InvalidInput: if the details cannot be stored, or a sibling has the name.
    :raises AlreadyClosed: if the unit is closed or will be.
    """
    unit = selectors.unit_for_update(actor=actor, unit_id=unit_id)
    policies.ensure(actor, policies.EDIT_UNIT, unit)

    if unit.closed_from is not None:
        raise closing.AlreadyClosed(closed_from=unit.closed_from)
    _ensure_seen(actor, unit, seen_version)
    details = tidy(details)
    ensure_valid(details)
    changed = differing_fields(unit.details, details)
    if not changed:
        return unit
    for field, value in _columns(details).items():
        setattr(unit, field, value)
    _ensure_name_free(unit)

    _save(unit, *changed)
    _record(actor, "organisations.change_unit", unit)
    events.publish(UnitChanged(unit_id=unit.id, fields=changed))
    return unit


@transaction.atomic
def move_unit(*, actor: Actor, unit_id: UUID, parent_id: UUID) -> Unit:
    """
    Put a unit, with everything below it, under another.

    The actor needs to be allowed to change the unit and to open units in the new place.
    Moving it to where it is does nothing. To the top nothing is moved.

    :raises NotFound: if the actor may not see the unit or the new parent.
    :raises NotAllowed: if the actor may not do both.
    :raises WouldMakeCycle: if the new place is inside the unit.
    :raises TooDeep: if the tree would have too many levels.
    :raises AlreadyClosed: if the unit is closed or will be.
    :raises NotOpenThen: if the new parent is not open, or has an end.
    :raises InvalidInput: if a unit there has the name.
    """
    unit = selectors.unit_for_update(actor=actor, unit_id=unit_id)
    parent = selectors.unit_for_update(actor=actor, unit_id=parent_id)
    policies.ensure(actor, policies.EDIT_UNIT, unit)
    policies.ensure(actor, policies.OPEN_UNIT, parent)

    if unit.closed_from is not None:
        raise closing.AlreadyClosed(closed_from=unit.closed_from)
    tree.ensure_fits(unit_id=unit.id, parent_id=parent.id, parents=selectors.parents(actor=actor))
    closing.ensure_open_on(parent.period, max(unit.opened_on, parent.opened_on))
    moved_from = unit.parent_id
    if moved_from == parent.id:
        return unit
    unit.parent = parent
    _ensure_name_free(unit)

    _save(unit, "parent")
    _record(actor, "organisations.move_unit", unit)
    events.publish(UnitMoved(unit_id=unit.id, from_parent_id=moved_from, to_parent_id=parent.id))
    return unit


@transaction.atomic
def close_unit(*, actor: Actor, unit_id: UUID, closed_from: date) -> Unit:
    """
    Close a unit from a day on, which is the first it is no more. The row stays.

    :raises NotFound: if the actor may not see the unit.
    :raises NotAllowed: if the actor may not close it.
    :raises AlreadyClosed: with the day it was closed from.
    :raises EndBeforeStart: if it would never have been open.
    :raises StillInUse: naming the subunits and posts open on that day or later.
    """
    unit = selectors.unit_for_update(actor=actor, unit_id=unit_id)
    policies.ensure(actor, policies.CLOSE_UNIT, unit)

    unit.closed_from = closing.close(unit.period, closed_from=closed_from).end
    subunits = Unit.objects.filter(parent=unit).open_at_or_after(closed_from)
    posts = Post.objects.filter(unit=unit).open_at_or_after(closed_from)
    closing.ensure_empty(
        subunits=list(subunits.order_by("name").values_list("name", flat=True)),
        posts=list(posts.order_by("title").values_list("title", flat=True)),
    )

    _save(unit, "closed_from")
    _record(actor, "organisations.close_unit", unit)
    events.publish(UnitClosed(unit_id=unit.id, closed_from=closed_from))
    return unit


def _columns(details: UnitDetails) -> dict[str, str]:
    return {
        "name": details.name,
        "kind": details.kind.value,
        "about": details.about,
        "opening_hours": details.opening_hours,
        "phone": details.phone,
        "notice": details.notice,
    }


def _save(unit: Unit, *fields: str) -> None:
    unit.version += 1
    unit.save(update_fields=[*fields, "version"])


def _ensure_seen(actor: Actor, unit: Unit, seen_version: int) -> None:
    if seen_version == unit.version:
        return
    seen = selectors.unit_seen(actor=actor, unit_id=unit.id, version=seen_version)
    changed = differing_fields(seen, unit.details) if seen else tuple(shown(unit.details))
    # What was changed and changed back is what the actor saw; so is a unit that only moved.
    if changed:
        raise Conflict(changed={field: text for field, text in shown(unit.details).items() if field in changed})


def _ensure_name_free(unit: Unit) -> None:
    siblings = Unit.objects.filter(parent=unit.parent, name__iexact=unit.name).exclude(id=unit.id)
    if siblings.open_at_or_after(unit.opened_on).exists():
        raise InvalidInput({"name": _("There is already a unit called %(name)s here.") % {"name": unit.name}})


def _record(actor: Actor, action: str, unit: Unit) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="write",
        subject_type="organisations.Unit",
        subject_id=unit.id,
    )
