"""
Writing the access log. Everything here adds; nothing changes or removes.

An entry is written in the transaction of what it tells of: if it cannot be written the
exception goes on to the caller, and nothing is shown or stored. Only a refusal has a
transaction of its own, after the refused one was rolled back.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from medspiller.audit import policies
from medspiller.audit.domain import information as informations
from medspiller.audit.domain import visibility
from medspiller.audit.domain.basis import Basis, BasisCode
from medspiller.audit.domain.entries import Shown
from medspiller.audit.domain.information import Information
from medspiller.audit.domain.kinds import Kind
from medspiller.audit.domain.visibility import Audience, Withheld, WithheldReason
from medspiller.audit.models import AccessEntry, Release
from medspiller.audit.policies import ReadingActor
from medspiller.core import clock, ids, tenancy
from medspiller.core.actors import Actor
from medspiller.core.errors import InvalidInput, NotAllowed, NotFound

__all__ = ["NoTenant", "record", "record_each", "record_list", "record_refusal", "record_search", "release"]


class NoTenant(RuntimeError):
    """A refusal was to be logged for an actor who belongs to no tenant, so there is no log to write it in."""


def record(
    *,
    actor: Actor,
    action: str,
    kind: Kind | str = Kind.WRITE,
    information: str | Collection[str] = (),
    subject_type: str = "",
    subject_id: UUID | None = None,
    person_id: UUID | None = None,
    basis: Basis | str = "",
    withheld: Withheld | str = Withheld.NONE,
    withheld_reason: WithheldReason | str = "",
) -> UUID:
    """
    Write one entry in the open transaction and return its id.

    `information` is one code of `domain.Information` or several. Information about a
    concern for a child, safety, a protected address or what parents are not told withholds
    the entry by itself.

    :raises InformationMissing: if a person's data was read and it is not said which.
    :raises UnknownInformation: if a code of `information` is none.
    :raises WithholdingIncomplete: if the entry is to be withheld and it is not said why.
    """
    about = Shown(
        person_id=person_id,
        subject_type=subject_type,
        subject_id=subject_id,
        withheld=withheld,
        withheld_reason=withheld_reason,
    )
    return AccessEntry.objects.write(
        about, actor=actor, action=action, kind=Kind(kind), information=information, basis=basis
    )


def record_each(
    *,
    actor: Actor,
    action: str,
    information: str | Collection[str],
    about: Sequence[Shown],
    basis: Basis | str = "",
) -> None:
    """Write that the same was done to each of these persons, in one statement; nothing if there is nobody."""
    if about:
        AccessEntry.objects.write(
            *about, actor=actor, action=action, kind=Kind.WRITE, information=information, basis=basis
        )


def record_list(
    *,
    actor: Actor,
    action: str,
    information: str | Collection[str],
    shown: Sequence[Shown],
    basis: Basis | str = "",
) -> UUID:
    """
    Write that each of these persons was shown in one list, in one statement, and return the list's id.

    An empty list shows nobody and writes nothing.

    :raises InformationMissing: if it is not said which information was shown.
    """
    list_id = ids.new_id()
    if shown:
        AccessEntry.objects.write(
            *shown,
            actor=actor,
            action=action,
            kind=Kind.READ,
            information=information,
            basis=basis,
            list_id=list_id,
        )
    return list_id


def record_search(
    *,
    actor: Actor,
    action: str,
    terms_description: str | Collection[str],
    shown: Sequence[Shown],
    information: str | Collection[str] = (),
    basis: Basis | str = "",
) -> UUID:
    """
    Write that somebody searched and whom they found, in one statement, and return the search's id.

    `terms_description` says what the search went by, in codes of `domain.SearchTerm`; what
    was typed is never stored. The search itself is one entry about nobody, also when
    nothing was found; each person found has one more.

    :raises UnknownSearchTerm: if the search is described by anything but codes.
    :raises InformationMissing: if persons were shown and it is not said which information.
    """
    list_id = ids.new_id()
    AccessEntry.objects.write(
        Shown(person_id=None),
        *shown,
        actor=actor,
        action=action,
        kind=Kind.SEARCH,
        information=information,
        basis=basis,
        list_id=list_id,
        searched_by=list(informations.terms(terms_description)),
    )
    return list_id


def record_refusal(
    *,
    actor: Actor,
    refusal: NotAllowed,
    subject_type: str = "",
    person_id: UUID | None = None,
    information: str | Collection[str] = (),
    withheld: Withheld | str = Withheld.NONE,
    withheld_reason: WithheldReason | str = "",
) -> UUID:
    """
    Write that the actor was refused, in a transaction of its own, and return the entry's id.

    To be called when the refused transaction has been rolled back: inside it, the entry
    would be lost with it.

    :raises RuntimeError: if a transaction is open.
    :raises NoTenant: if the actor has no tenant.
    """
    if actor.tenant_id is None:
        raise NoTenant(refusal.action)
    about = Shown(
        person_id=person_id or refusal.person_id,
        subject_type=subject_type,
        subject_id=refusal.subject_id,
        withheld=withheld,
        withheld_reason=withheld_reason,
    )
    # Durable: Django refuses it inside another transaction.
    with transaction.atomic(durable=True), tenancy.tenant_transaction(tenant_id=actor.tenant_id, actor_id=actor.id):
        return AccessEntry.objects.write(
            about,
            actor=actor,
            action=refusal.action,
            kind=Kind.REFUSED,
            information=information,
            refusal_reason=refusal.reason,
        )


@transaction.atomic
def release(*, actor: ReadingActor, entry_id: UUID, reason: str, to_whom: Audience | str = Audience.PERSON) -> UUID:
    """
    Open a withheld entry to the person it is about, or to them and their representatives.

    Nobody else sees more by it, and it cannot be taken back. The release is itself an
    entry, withheld from those the released one is still withheld from.

    :raises InvalidInput: if no reason is given.
    :raises NotFound: if there is no such entry about a person that concerns the actor's units.
    :raises NotAllowed: if the actor may not release entries, or the entry is about them.
    :raises NothingToRelease: if those named can see the entry already.
    """
    if not reason.strip():
        raise InvalidInput({"reason": "required"})
    entry = _entry_to_release(actor, entry_id)
    released_to = [Audience(earlier.to_whom) for earlier in entry.releases.all()]
    level, audience = Withheld(entry.withheld), Audience(to_whom)
    visibility.ensure_release_changes_something(withheld=level, released_to=released_to, to_whom=audience)

    made = Release.objects.create(
        entry=entry,
        to_whom=audience,
        reason=reason.strip(),
        released_by=actor.id,
        released_by_name=actor.name,
        at=clock.now(),
    )
    left = visibility.still_withheld(withheld=level, released_to=[*released_to, audience])
    record(
        actor=actor,
        action=policies.RELEASE_ENTRY,
        information=Information.ACCESS_LOG,
        subject_type="audit.AccessEntry",
        subject_id=entry_id,
        person_id=entry.person_id,
        basis=BasisCode.REVIEW,
        withheld=left,
        withheld_reason=entry.withheld_reason if left is not Withheld.NONE else "",
    )
    return made.id


def _entry_to_release(actor: ReadingActor, entry_id: UUID) -> AccessEntry:
    units = policies.reviewed_units(actor, policies.RELEASE_ENTRY, subject_id=entry_id)
    entry = (
        AccessEntry.objects.filter(policies.concerning(units), id=entry_id, person_id__isnull=False)
        .prefetch_related("releases")
        .first()
    )
    if entry is None:
        raise NotFound("no such entry")
    if entry.person_id == actor.person_id:
        raise NotAllowed(action=policies.RELEASE_ENTRY, reason=policies.OWN_FILE, subject_id=entry_id)
    return entry
