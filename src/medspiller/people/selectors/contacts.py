"""How persons are reached: for a page that changes it, and for notices."""

from dataclasses import dataclass
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.people import policies
from medspiller.people.domain.contacts import Channel, ContactDetails, ContactSystem
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.models import ContactPoint, Person
from medspiller.people.selectors._reaching import ensure_may_write

SEND_NOTICE = "messages.send_notice"
# What a notice by a channel is sent to. By the others nothing leaves by itself.
_SYSTEM_OF = {Channel.SMS: ContactSystem.PHONE, Channel.EMAIL: ContactSystem.EMAIL}


@dataclass(frozen=True, slots=True)
class ContactToChange:
    """One way to reach a person, as it is changed. `number_only`: by a unit that has nothing but the number."""

    id: UUID
    person_id: UUID
    person_name: str
    details: ContactDetails
    number_only: bool = False


@dataclass(frozen=True, slots=True)
class NoticeAddress:
    """Where a notice may be sent."""

    contact_id: UUID
    value: str


@dataclass(frozen=True, slots=True)
class NoticePreferences:
    """How a person wants to hear from us: a language's tag, empty if unknown; None where nobody asked."""

    language: str = ""
    wants_notices: bool | None = None
    preferred_channel: Channel | None = None


def contact_to_change(*, actor: Actor, contact_id: UUID) -> ContactToChange:
    """
    Return one way to reach a person, for whoever may change it. The read is in the log.

    :raises NotFound: if there is none in use of somebody the actor may open.
    :raises NotAllowed: if the actor may not change how this person is reached.
    """
    today = clock.today()
    row = ContactPoint.objects.select_related("person").filter(id=contact_id).first()
    if row is None or (row.valid_to is not None and row.valid_to <= today):
        raise NotFound(f"contact point {contact_id}")
    system = ContactSystem(row.system)
    basis, number_only = ensure_may_write(actor, row.person, system, row=row)
    audit.record(
        actor=actor,
        action=policies.EDIT_PERSON,
        kind=Kind.READ,
        information=Information.CONTACT_DETAILS,
        subject_type="people.ContactPoint",
        subject_id=row.id,
        person_id=row.person_id,
        basis=basis,
    )
    details = ContactDetails(
        system=system,
        value=str(row.value),
        own=row.own,
        safe_to_call=row.safe_to_call,
        safe_to_leave_message=row.safe_to_leave_message,
        safe_for_notices=row.safe_for_notices,
        note=row.note,
        rank=row.rank,
    )
    return ContactToChange(
        id=row.id, person_id=row.person_id, person_name=row.person.name, details=details, number_only=number_only
    )


def notice_address(*, actor: Actor, person_id: UUID, channel: str) -> NoticeAddress | None:
    """
    Return where a notice to a person may be sent by a channel now; None if nothing is known to be safe.

    Only the person's own, only where they have said that notices are safe, never to the dead,
    never to whoever has said no to notices, and never to a strictly protected person: that
    something was sent would tell whoever holds the telephone. For the system, and for staff who
    may open the person. Nothing is logged by this: whoever sends anything logs that.
    """
    system = _SYSTEM_OF.get(Channel(channel))
    person = _addressed(actor, person_id)
    if system is None or person is None or person.died_on is not None or person.wants_notices is False:
        return None
    if person.protected_address == ProtectedAddress.STRICT:
        return None
    today = clock.today()
    rows = ContactPoint.objects.filter(
        person=person, system=system.value, own=True, safe_for_notices=True, valid_from__lte=today
    )
    for row in rows.order_by("rank", "valid_from", "id"):
        if row.valid_to is None or today < row.valid_to:
            return NoticeAddress(contact_id=row.id, value=str(row.value))
    return None


def notice_preferences(*, actor: Actor, person_id: UUID) -> NoticePreferences:
    """Return what a person said about notices; nothing for somebody the actor may not send any."""
    person = _addressed(actor, person_id)
    if person is None:
        return NoticePreferences()
    said = person.changes
    return NoticePreferences(
        language=said.language, wants_notices=said.wants_notices, preferred_channel=said.preferred_channel
    )


def _addressed(actor: Actor, person_id: UUID) -> Person | None:
    rows = Person.objects.filter(id=person_id, merged_into=None)
    if actor.kind is ActorKind.SYSTEM:
        return rows.first() if actor.may(SEND_NOTICE) else None
    return rows.filter(policies.visible(actor, at=clock.now())).first()
