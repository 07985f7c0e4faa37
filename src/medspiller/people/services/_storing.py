"""What services of people do alike: comparing with what was seen, recording, the columns of a way to reach somebody."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, BasisCode, Information, Shown
from medspiller.core.encryption import keyed_hash
from medspiller.people.domain.contacts import CONTACT_VALUE, ContactDetails
from medspiller.people.domain.persons import Changed


def ensure_seen(row: Any, *, version: int, details: Sequence[str]) -> None:
    """
    Accept a change of a row that is as it was seen.

    :raises Changed: with those of the details that are not what they were in that version.
    """
    if row.version == version:
        return
    earlier = row.pgh_event_model.objects.filter(id=row.id, version=version).order_by("-pgh_id").first()
    now = {name: getattr(row, name) for name in details}
    seen = {name: getattr(earlier, name) if earlier else None for name in details}
    changed = [name for name in details if earlier is None or now[name] != seen[name]]
    raise Changed(
        seen={name: seen[name] for name in changed},
        now={name: now[name] for name in changed},
        version=row.version,
    )


def record(
    actor: Actor,
    action: str,
    subject: Model,
    *,
    person_id: UUID,
    information: Sequence[Information],
    basis: Basis,
    other_id: UUID | None = None,
    told_other: Sequence[Information] = (),
) -> None:
    """Write in the log what was done to whom; `other_id` is somebody else whom it also is about."""
    kind = subject._meta.label
    about = [Shown(person_id, kind, subject.pk, tuple(information), basis)]
    if other_id is not None:
        # Where the one is followed up is nothing that the other's log may tell.
        why = Basis(code=BasisCode.INVOLVEMENT) if basis.code is BasisCode.INVOLVEMENT else basis
        about.append(Shown(other_id, kind, subject.pk, tuple(told_other), why))
    audit.record_each(actor=actor, action=action, information=(), about=about)


def contact_columns(details: ContactDetails) -> dict[str, object]:
    """Return what is stored of a valid way to reach somebody, by column."""
    hashed = keyed_hash(f"{details.system}:{details.value}", purpose=CONTACT_VALUE)
    return {
        "system": details.system.value,
        "value": details.value,
        "value_hash": hashed,
        "own": details.own,
        "safe_to_call": details.safe_to_call,
        "safe_to_leave_message": details.safe_to_leave_message,
        "safe_for_notices": details.safe_for_notices,
        "note": details.note,
        "rank": details.rank,
    }
