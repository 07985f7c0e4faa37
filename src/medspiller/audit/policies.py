"""May this actor look at the access log, and at which entries: the rule as check and as filter."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from medspiller.audit.domain import visibility
from medspiller.audit.domain.visibility import Viewer
from medspiller.audit.models import Release
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.errors import NotAllowed, NotFound

VIEW_LOG = "audit.view_log"
RELEASE_ENTRY = "audit.release_entry"

OWN_FILE = "own_file"
NO_ROLE = "role"


class ReadingActor(Actor, Protocol):
    """
    An actor who may be somebody in the register.

    `person_id` is who; None if nobody. An actor may also have `represents`, the ids of the
    persons they act for; without it they act for nobody.
    """

    @property
    def person_id(self) -> UUID | None: ...


def viewer_of(actor: ReadingActor, *, person_id: UUID, as_representative: bool) -> Viewer:
    """
    Return in which capacity the actor may look at the log about a person.

    :raises NotFound: for anybody but staff who is neither the person nor acts for them.
    :raises NotAllowed: for staff without the role, or about themselves: staff see what is
        withheld, so whoever works here looks at their own entries as a citizen.
    """
    if actor.kind is ActorKind.STAFF:
        reviewed_units(actor, VIEW_LOG, subject_id=person_id)
        if person_id == actor.person_id:
            raise NotAllowed(action=VIEW_LOG, reason=OWN_FILE, subject_id=person_id)
        return Viewer.STAFF
    if actor.kind is ActorKind.CITIZEN:
        if as_representative and person_id in _represented_by(actor):
            return Viewer.REPRESENTATIVE
        if not as_representative and person_id == actor.person_id:
            return Viewer.PERSON
    raise NotFound("no such log")


def reviewed_units(actor: Actor, action: str, *, subject_id: UUID | None = None) -> frozenset[UUID]:
    """
    Return the units for which staff hold an action on the log; never empty.

    :raises NotAllowed: if there are none.
    """
    units = actor.units_with(action) if actor.kind is ActorKind.STAFF else frozenset()
    if not units:
        raise NotAllowed(action=action, reason=NO_ROLE, subject_id=subject_id)
    return units


def visible_to(viewer: Viewer) -> Q:
    """Return the filter that keeps the entries a viewer may see; `domain.visibility.may_see` says the same of one."""
    released = Release.objects.filter(entry=OuterRef("pk"), to_whom__in=visibility.releases_for(viewer))
    return Q(withheld__in=visibility.seen_without_release(viewer)) | Q(Exists(released))


def concerning(units: Collection[UUID]) -> Q:
    """Return the filter that keeps what was done from these units, and what was done to those they follow up."""
    return Q(actor_unit_id__in=units) | Q(care_unit_id__in=units)


def not_about(actor: ReadingActor) -> Q:
    """Return the filter that leaves out what is about the actor, who does not review that as staff."""
    return Q() if actor.person_id is None else Q(person_id__isnull=True) | ~Q(person_id=actor.person_id)


def _represented_by(actor: ReadingActor) -> Collection[UUID]:
    represents: Collection[UUID] = getattr(actor, "represents", frozenset())
    return represents
