"""
Reading the access log, newest entry first.

Whoever reads it as staff or for somebody else leaves entries of their own, written before
anything is returned: if they cannot be written, nothing is shown.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from medspiller.audit import policies
from medspiller.audit.domain.basis import Basis, BasisCode
from medspiller.audit.domain.entries import Cursor, Entry, Page, SeenEntry, Shown, Volume, as_seen
from medspiller.audit.domain.information import Information, SearchTerm
from medspiller.audit.domain.kinds import Kind
from medspiller.audit.domain.visibility import Viewer, Withheld, WithheldReason
from medspiller.audit.domain.who import Who
from medspiller.audit.models import AccessEntry
from medspiller.audit.policies import ReadingActor
from medspiller.core import ids
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.errors import NotFound

__all__ = [
    "actor_to_ask_about",
    "entries_about",
    "entries_about_each",
    "entries_by",
    "entry_to_ask_about",
    "looks_under_review",
    "reads_without_basis",
    "unit_to_ask",
    "unusual_volume",
]

PAGE_SIZE = 50
_LOOKED = (Kind.READ, Kind.SEARCH)
# Whoever reviews the log, or answers a question about it, meets names on these grounds.
_WORK_WITH_THE_LOG = (BasisCode.REVIEW, BasisCode.LEGAL_DUTY)


def entries_about(
    *,
    actor: ReadingActor,
    person_id: UUID,
    as_representative: bool = False,
    before: Cursor | None = None,
    size: int = PAGE_SIZE,
) -> Page[SeenEntry]:
    """
    Return what was done with a person's data, as far as the actor may know (pasientjournalloven § 22 a).

    The person and a representative see what is not withheld from them, or released to
    them. Staff see all of it that concerns the units they review, withheld or not.

    :raises NotFound: if the log is not the actor's to see.
    :raises NotAllowed: for staff without the role, or about themselves.
    """
    viewer = policies.viewer_of(actor, person_id=person_id, as_representative=as_representative)
    found = AccessEntry.objects.filter(policies.visible_to(viewer), person_id=person_id)
    if viewer is Viewer.STAFF:
        found = found.filter(policies.concerning(policies.reviewed_units(actor, policies.VIEW_LOG)))
    entries, after = _page(found, before=before, size=size)
    if viewer is not Viewer.PERSON:
        AccessEntry.objects.write(
            Shown(person_id=person_id),
            actor=actor,
            action=policies.VIEW_LOG,
            kind=Kind.READ,
            information=Information.ACCESS_LOG,
            basis=BasisCode.REVIEW if viewer is Viewer.STAFF else BasisCode.REPRESENTATIVE,
        )
    return Page(tuple(as_seen(entry, viewer=viewer, viewer_id=actor.id) for entry in entries), after)


def entry_to_ask_about(
    *, actor: ReadingActor, person_id: UUID, entry_id: UUID, as_representative: bool = False
) -> SeenEntry:
    """
    Return one entry, for a page on which the person asks about it.

    :raises NotFound: if there is no such entry about the person, or it is not the actor's to see.
    :raises NotAllowed: for staff.
    """
    viewer, entry = _one_about(actor, person_id=person_id, entry_id=entry_id, as_representative=as_representative)
    return as_seen(entry, viewer=viewer, viewer_id=actor.id)


def unit_to_ask(
    *, actor: ReadingActor, person_id: UUID, entry_id: UUID, as_representative: bool = False
) -> UUID | None:
    """
    Return the unit that answers questions about one entry: the actor's own, else the one that follows up the person.

    For routing only: the unit's name may give away what somebody else is treated for.
    None where nobody from a unit acted.

    :raises NotFound: if there is no such entry about the person, or it is not the actor's to see.
    :raises NotAllowed: for staff.
    """
    _, entry = _one_about(actor, person_id=person_id, entry_id=entry_id, as_representative=as_representative)
    return entry.who.unit_id or entry.basis.unit_id


def actor_to_ask_about(
    *, actor: ReadingActor, person_id: UUID, entry_id: UUID, as_representative: bool = False
) -> UUID:
    """
    Return who acted in one entry, so that the question about it is not answered by them.

    For routing only: it is never shown.

    :raises NotFound: if there is no such entry about the person, or it is not the actor's to see.
    :raises NotAllowed: for staff.
    """
    _, entry = _one_about(actor, person_id=person_id, entry_id=entry_id, as_representative=as_representative)
    return entry.who.id


def entries_about_each(*, actor: ReadingActor, person_ids: Collection[UUID], most: int) -> tuple[Entry, ...]:
    """
    Return what was done with these persons' data as far as it concerns the units the reader reviews, newest first.

    No more than `most`. That somebody reviewed the log is left out.

    :raises NotAllowed: without the role.
    """
    found = _under_review(actor).filter(person_id__in=list(person_ids)).exclude(basis__in=_WORK_WITH_THE_LOG)
    return _reviewed(actor, found, before=None, size=most).entries


def entries_by(
    *,
    actor: ReadingActor,
    actor_id: UUID,
    since: datetime,
    before: Cursor | None = None,
    size: int = PAGE_SIZE,
) -> Page[Entry]:
    """
    Return what one actor did since a moment, as far as it concerns the units the reader reviews.

    :raises NotAllowed: without the role.
    """
    found = _under_review(actor).filter(actor_id=actor_id, at__gte=since)
    return _reviewed(actor, found, before=before, size=size, subject_id=actor_id)


def reads_without_basis(
    *, actor: ReadingActor, since: datetime, before: Cursor | None = None, size: int = PAGE_SIZE
) -> Page[Entry]:
    """
    Return the times staff looked at somebody since a moment without any basis being stated.

    A blue light is a basis; leaders review those in a list of their own.

    :raises NotAllowed: without the role.
    """
    found = _under_review(actor).filter(
        at__gte=since,
        basis=BasisCode.UNSTATED,
        person_id__isnull=False,
        kind__in=_LOOKED,
        actor_kind=ActorKind.STAFF,
    )
    return _reviewed(actor, found, before=before, size=size)


def unusual_volume(*, actor: ReadingActor, since: datetime, threshold: int) -> list[Volume]:
    """
    Return the staff who since a moment looked at more than `threshold` different persons, most first.

    :raises NotAllowed: without the role.
    """
    units = policies.reviewed_units(actor, policies.VIEW_LOG)
    counted = (
        AccessEntry.objects.filter(
            at__gte=since,
            actor_unit_id__in=units,
            actor_kind=ActorKind.STAFF,
            kind__in=_LOOKED,
            person_id__isnull=False,
        )
        .values("actor_id")
        .annotate(name=Max("actor_name"), persons=Count("person_id", distinct=True), entries=Count("id"))
        .filter(persons__gt=threshold)
        .order_by("-persons", "actor_id")
    )
    volumes = [
        Volume(actor_id=row["actor_id"], actor_name=row["name"], persons=row["persons"], entries=row["entries"])
        for row in counted
    ]
    _record_review(actor)
    return volumes


def looks_under_review(
    *, actor: ReadingActor, units: Collection[UUID], since: datetime, until: datetime
) -> QuerySet[AccessEntry]:
    """
    Return the times staff of these units looked at somebody in [since, until), for an app above to narrow and count.

    Only units that the reader reviews count, and what is about the reader is left out. Reading the
    log itself is no look. That it was read is in the log before anything is.

    :raises NotAllowed: without the role.
    """
    reviewed = policies.reviewed_units(actor, policies.VIEW_LOG).intersection(units)
    _record_review(actor)
    return AccessEntry.objects.filter(
        policies.not_about(actor),
        at__gte=since,
        at__lt=until,
        actor_unit_id__in=reviewed,
        actor_kind=ActorKind.STAFF,
        kind__in=_LOOKED,
        person_id__isnull=False,
    ).exclude(basis__in=_WORK_WITH_THE_LOG)


def _one_about(
    actor: ReadingActor, *, person_id: UUID, entry_id: UUID, as_representative: bool
) -> tuple[Viewer, Entry]:
    viewer = policies.viewer_of(actor, person_id=person_id, as_representative=as_representative)
    row = AccessEntry.objects.filter(policies.visible_to(viewer), person_id=person_id, id=entry_id).first()
    if row is None:
        raise NotFound("no such entry")
    return viewer, _entry(row)


def _under_review(actor: ReadingActor) -> QuerySet[AccessEntry]:
    units = policies.reviewed_units(actor, policies.VIEW_LOG)
    return AccessEntry.objects.filter(policies.concerning(units), policies.not_about(actor))


def _reviewed(
    actor: ReadingActor,
    found: QuerySet[AccessEntry],
    *,
    before: Cursor | None,
    size: int,
    subject_id: UUID | None = None,
) -> Page[Entry]:
    entries, after = _page(found, before=before, size=size)
    _record_review(actor, persons=(entry.person_id for entry in entries), subject_id=subject_id)
    return Page(entries, after)


def _record_review(actor: Actor, *, persons: Iterable[UUID | None] = (), subject_id: UUID | None = None) -> None:
    """Write that the log was read: one entry about nobody, and one for each person who appeared in it."""
    AccessEntry.objects.write(
        Shown(person_id=None, subject_type="core.Actor" if subject_id else "", subject_id=subject_id),
        *(Shown(person_id=person_id) for person_id in dict.fromkeys(persons) if person_id is not None),
        actor=actor,
        action=policies.VIEW_LOG,
        kind=Kind.READ,
        information=Information.ACCESS_LOG,
        basis=BasisCode.REVIEW,
        list_id=ids.new_id(),
    )


def _page(found: QuerySet[AccessEntry], *, before: Cursor | None, size: int) -> tuple[tuple[Entry, ...], Cursor | None]:
    if before is not None:
        found = found.filter(Q(at__lte=before.at), Q(at__lt=before.at) | Q(id__lt=before.id))
    rows = list(found.order_by("-at", "-id")[: size + 1])
    entries = tuple(_entry(row) for row in rows[:size])
    after = Cursor(at=entries[-1].at, id=entries[-1].id) if len(rows) > size else None
    return entries, after


def _entry(row: AccessEntry) -> Entry:
    return Entry(
        id=row.id,
        at=row.at,
        kind=Kind(row.kind),
        action=row.action,
        who=_who(row),
        basis=_basis(row),
        information=tuple(Information(code) for code in row.information),
        searched_by=tuple(SearchTerm(code) for code in row.searched_by),
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        person_id=row.person_id,
        refusal_reason=row.refusal_reason,
        request_id=row.request_id,
        list_id=row.list_id,
        withheld=Withheld(row.withheld),
        withheld_reason=WithheldReason(row.withheld_reason),
    )


def _who(row: AccessEntry) -> Who:
    return Who(
        id=row.actor_id,
        kind=ActorKind(row.actor_kind),
        name=row.actor_name,
        organisation=row.actor_organisation,
        organisation_number=row.actor_organisation_number,
        place_number=row.actor_place_number,
        place_name=row.actor_place_name,
        unit_id=row.actor_unit_id,
        unit_name=row.actor_unit_name,
        role=row.actor_role,
        authorisation=row.actor_authorisation,
        hpr_number=row.actor_hpr_number,
    )


def _basis(row: AccessEntry) -> Basis:
    return Basis(
        code=BasisCode(row.basis),
        text=row.basis_text,
        decision_id=row.decision_id,
        decided_at=row.decided_at,
        chosen_by_actor=row.chosen_by_actor,
        unit_id=row.care_unit_id,
        unit_name=row.care_unit_name,
        place_number=row.care_place_number,
        place_name=row.care_place_name,
        service_code=row.service_code,
    )
