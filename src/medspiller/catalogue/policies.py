"""
Who may keep the catalogue: the unit that owns an entry, and whoever edits for the organisation that offers it.

Whoever edits for an organisation proposes wordings, and takes back what they proposed themselves; a moderator of
the unit decides which the public sees. Two things that need no words they do at once, for all to see: to close for
a time and open again, and to say that an entry was looked at. What is published, everybody may read.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.catalogue.models import Editor, Entry, Version
from medspiller.core.errors import NotAllowed

VIEW_ENTRIES = "catalogue.view_entries"
EDIT_ENTRY = "catalogue.edit_entry"
EDIT_OWN_ORGANISATION = "catalogue.edit_own_organisation"
MODERATE = "catalogue.moderate"
IMPORT_ENTRIES = "catalogue.import_entries"
REPORT_WRONG = "catalogue.report_wrong"
HOLD_SEATS = "catalogue.hold_seats"
LOOK_AFTER = "catalogue.look_after"


def ensure(actor: Actor, action: str, *, unit_id: UUID | None = None, subject_id: UUID | None = None) -> None:
    """
    Let an actor pass who may do `action`, for `unit_id` if one is given.

    :raises NotAllowed: if not.
    """
    if not actor.may(action, unit_id=unit_id):
        raise NotAllowed(action=action, reason="role", subject_id=subject_id)


def entries_of(actor: Actor, *, on: date) -> Q:
    """Return the entries that an actor may see the making of: their units', and their own organisations'."""
    if actor.may(LOOK_AFTER):
        return Q(tenant_id=actor.tenant_id)
    own = Q(unit_id__in=actor.units_with(EDIT_ENTRY))
    if actor.may(EDIT_OWN_ORGANISATION):
        own |= Q(organisation_id__in=organisations_of(actor, on=on))
    return own


def decidable_by(actor: Actor) -> Q:
    """Return the entries of which an actor decides what the public sees: the same answer as `may_moderate`."""
    return Q(unit_id__in=actor.units_with(MODERATE))


def reports_to(actor: Actor, *, on: date) -> Q:
    """Return what readers said that an actor may read: of entries they see; of what is shipped, every moderator."""
    about_shipped = Q(entry_id=None) if actor.may(MODERATE) or actor.may(LOOK_AFTER) else Q(pk__in=[])
    return about_shipped | Q(entry_id__in=Entry.objects.filter(entries_of(actor, on=on)).values("id"))


def may_edit(actor: Actor, entry: Entry, *, on: date) -> bool:
    """Say whether an actor may propose what is said of an entry."""
    if actor.may(EDIT_ENTRY, unit_id=entry.unit_id):
        return True
    return entry.organisation_id is not None and edits_for(actor, entry.organisation_id, on=on)


def may_moderate(actor: Actor, entry: Entry) -> bool:
    """Say whether an actor decides what the public sees of an entry."""
    return actor.may(MODERATE, unit_id=entry.unit_id)


def may_deal_with(actor: Actor, entry: Entry | None, *, on: date) -> bool:
    """Say whether an actor may say that they looked into what was said of an entry, or of what is shipped (None)."""
    return actor.may(MODERATE) if entry is None else may_edit(actor, entry, on=on)


def edits_for(actor: Actor, organisation_id: UUID, *, on: date) -> bool:
    """Say whether an actor edits for an organisation on a day."""
    return actor.may(EDIT_OWN_ORGANISATION) and organisations_of(actor, on=on).filter(
        organisation_id=organisation_id
    ).exists()  # fmt: skip


def proposes_for_organisation(actor: Actor, version: Version, *, on: date) -> bool:
    """Say whether an actor has proposed a version as somebody who edits for its organisation."""
    organisation_id = version.entry.organisation_id
    if version.made_by_id != actor.id or organisation_id is None:
        return False
    return edits_for(actor, organisation_id, on=on)


def organisations_of(actor: Actor, *, on: date) -> QuerySet[Editor, UUID]:
    """Return the organisations that an account edits for on a day. Whether its role lasts is not asked here."""
    return Editor.objects.filter(
        user_id=actor.id, valid_from__lte=on, valid_to__gt=on
    ).values_list("organisation_id", flat=True)  # fmt: skip


def units_to_own(actor: Actor) -> Collection[UUID]:
    """Return the units that an actor may make a new entry for."""
    return actor.units_with(EDIT_ENTRY) | actor.units_with(EDIT_OWN_ORGANISATION)


def ensure_may_edit(actor: Actor, entry: Entry, *, on: date) -> None:
    """
    Let an actor pass who may propose what is said of an entry.

    :raises NotAllowed: if not.
    """
    if not may_edit(actor, entry, on=on):
        raise NotAllowed(action=EDIT_ENTRY, reason="not_own", subject_id=entry.id)


def ensure_may_keep(actor: Actor, entry: Entry) -> None:
    """
    Let an actor pass of the unit that owns an entry: who plans its meetings and looks after it.

    :raises NotAllowed: if not.
    """
    ensure(actor, EDIT_ENTRY, unit_id=entry.unit_id, subject_id=entry.id)


def ensure_may_moderate(actor: Actor, entry: Entry) -> None:
    """
    Let an actor pass who decides what the public sees of an entry.

    :raises NotAllowed: if not.
    """
    ensure(actor, MODERATE, unit_id=entry.unit_id, subject_id=entry.id)
