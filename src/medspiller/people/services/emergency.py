"""Emergency access (blålys): opened with a reason, ended by itself or early, reviewed by the leader."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, BasisCode, Information
from medspiller.core import clock, events
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors as organisations
from medspiller.people import policies, selectors
from medspiller.people.domain import emergency, need_to_know
from medspiller.people.domain.emergency import AlreadyEnded, AlreadyOpen, AlreadyReviewed, NotNeeded, Verdict
from medspiller.people.domain.events import EmergencyAccessOpened, EmergencyAccessReviewed, InvolvementClosed
from medspiller.people.models import EmergencyAccess, Involvement, Person


@transaction.atomic
def open_emergency_access(*, actor: Actor, person_id: UUID, unit_id: UUID, reason: str) -> EmergencyAccess:
    """
    Open a person to the actor alone, for `domain.emergency.LASTS`, with a reason that the leader will read.

    :raises NotAllowed: if the actor may not do so for this unit, or it is their own file.
    :raises NotFound: if there is no such person; `Closed`, if it is a relative or the address is strictly protected.
    :raises NotNeeded: if a unit of the actor's follows the person up.
    :raises AlreadyOpen: if the actor has one that is live.
    :raises ReasonTooThin: if the reason cannot be judged later.
    :raises ReasonTooLong: if it is longer than a reason.
    """
    policies.ensure(actor, policies.USE_EMERGENCY, unit_id=unit_id, subject_id=person_id)
    # Locked, so that a second press of the button finds the first one's access.
    person = selectors.person_for_update(actor=actor, person_id=person_id)
    now = clock.now()
    _ensure_needed_and_possible(actor, person, at=now)
    written = emergency.tidy_reason(reason)

    made = EmergencyAccess.objects.create(
        person=person,
        unit_id=unit_id,
        used_by=actor.id,
        used_by_name=actor.name,
        used_by_role=actor.role,
        reason=written,
        starts_at=now,
        ends_at=emergency.ends_at(now=now),
    )
    unit = organisations.unit(actor=actor, unit_id=unit_id)
    audit.record(
        actor=actor,
        action=policies.USE_EMERGENCY,
        information=Information.REGISTRATION,
        subject_type="people.EmergencyAccess",
        subject_id=made.id,
        person_id=person_id,
        basis=Basis(
            code=BasisCode.BLUE_LIGHT,
            text=written,
            decision_id=made.id,
            decided_at=now,
            chosen_by_actor=True,
            unit_id=unit_id,
            unit_name=unit.name,
        ),
    )
    events.publish(EmergencyAccessOpened(emergency_access_id=made.id, person_id=person_id, unit_id=unit_id))
    return made


@transaction.atomic
def end_emergency_access(*, actor: Actor, emergency_access_id: UUID) -> EmergencyAccess:
    """
    End the actor's own emergency access before its time.

    :raises NotFound: if the actor has no such access.
    :raises AlreadyEnded: if it is over.
    """
    row = EmergencyAccess.objects.select_for_update().filter(id=emergency_access_id, used_by=actor.id).first()
    if row is None:
        raise NotFound(f"emergency access {emergency_access_id}")
    now = clock.now()
    if row.ends_at <= now:
        raise AlreadyEnded
    row.ends_at = now
    row.save(update_fields=["ends_at"])
    audit.record(
        actor=actor,
        action="people.end_emergency_access",
        information=Information.REGISTRATION,
        subject_type="people.EmergencyAccess",
        subject_id=row.id,
        person_id=row.person_id,
        basis=Basis(code=BasisCode.BLUE_LIGHT, text=row.reason, decision_id=row.id, decided_at=row.starts_at),
    )
    return row


@transaction.atomic
def review_emergency_access(
    *, actor: Actor, emergency_access_id: UUID, verdict: Verdict | str, note: str = ""
) -> EmergencyAccess:
    """
    Say whether an emergency access was in order; once, by a leader who did not use it.

    One that was not in order ends now if it is still live, and so do the involvements that
    were opened through it.

    :raises NotFound: if there is none in the actor's units.
    :raises NotAllowed: without the role, or if the actor used it.
    :raises AlreadyReviewed: with what another leader said meanwhile; nothing of it is changed.
    :raises NoteMissing: if it was not in order and it is not said why.
    """
    row = selectors.emergency_access_for_update(actor=actor, emergency_access_id=emergency_access_id)
    if row.verdict:
        raise AlreadyReviewed(by=row.reviewed_by_name, verdict=Verdict(row.verdict))
    said = Verdict(verdict)
    row.note = emergency.tidy_note(note, verdict=said)

    now = clock.now()
    row.verdict, row.reviewed_at = said.value, now
    row.reviewed_by, row.reviewed_by_name = actor.id, actor.name
    if said is Verdict.NOT_OK:
        row.ends_at = min(row.ends_at, now)
        _close_what_it_led_to(actor, row)
    row.save(update_fields=["verdict", "note", "reviewed_at", "reviewed_by", "reviewed_by_name", "ends_at"])
    audit.record(
        actor=actor,
        action=policies.REVIEW_EMERGENCY,
        information=Information.ACCESS_LOG,
        subject_type="people.EmergencyAccess",
        subject_id=row.id,
        person_id=row.person_id,
        basis=BasisCode.REVIEW,
    )
    events.publish(EmergencyAccessReviewed(emergency_access_id=row.id, unit_id=row.unit_id, verdict=said.value))
    return row


def _ensure_needed_and_possible(actor: Actor, person: Person, *, at: datetime) -> None:
    known = policies.facts(actor, at=at)
    answer = policies.answers(actor, known, [person], at=at)[person.id]
    if policies.opens_own_facts(answer):
        raise NotNeeded(person_id=person.id)
    if answer.emergency is not None:
        raise AlreadyOpen(person_id=person.id, ends_at=answer.emergency.ends_at)
    closed = need_to_know.may_ask_for_emergency(actor=known, person=policies.about(person))
    if closed is not None:
        raise policies.refusal_of(closed, action=policies.USE_EMERGENCY, person_id=person.id)


def _close_what_it_led_to(actor: Actor, row: EmergencyAccess) -> None:
    now = clock.now()
    led_to = Involvement.objects.select_for_update().filter(emergency_access=row).order_by("id")
    for opened in led_to:
        if opened.ends_at is not None and opened.ends_at <= now:
            continue
        opened.ends_at = max(now, opened.starts_at)
        opened.closed_by, opened.closed_at = actor.id, now
        opened.save(update_fields=["ends_at", "closed_by", "closed_at"])
        events.publish(
            InvolvementClosed(
                involvement_id=opened.id, person_id=opened.person_id, unit_id=opened.unit_id, ends_at=opened.ends_at
            )
        )
