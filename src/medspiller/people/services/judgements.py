"""What staff judge about a patient: competence in one matter, and circumstances that change what may be told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information
from medspiller.core import clock, events
from medspiller.people import selectors
from medspiller.people.domain import circumstances, competence
from medspiller.people.domain import events as happenings
from medspiller.people.domain.circumstances import (
    END_REASON_MOST,
    AlreadyEnded,
    CircumstanceDetails,
    JudgementInvalid,
)
from medspiller.people.domain.competence import CompetenceDetails
from medspiller.people.models import CircumstanceJudged, CompetenceDecision
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._judging import JUDGE, information_of, owner_facts
from medspiller.people.selectors._owned import Opened


@transaction.atomic
def decide_competence(*, actor: Actor, patient_id: UUID, details: CompetenceDetails) -> CompetenceDecision:
    """
    Write down whether a patient can decide for themselves in one matter, and why (pbrl § 4-3).

    Earlier decisions on the same matter end: there is one answer at a time.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    :raises JudgementInvalid: with every detail that cannot be stored.
    """
    found = _opened(actor, patient_id)
    details = competence.tidy(details, today=clock.today())
    now, unit_id = clock.now(), _unit(found)
    earlier = CompetenceDecision.objects.filter(
        patient_id=patient_id, matter__iexact=details.matter, ended_at=None
    ).select_for_update()
    for row in earlier:
        _end(found, row, reason="", now=now)
        events.publish(happenings.CompetenceEnded(decision_id=row.id, patient_id=patient_id))

    made = CompetenceDecision.objects.create(
        patient=found.person,
        unit_id=unit_id,
        matter=details.matter,
        competent=details.competent,
        reason=details.reason,
        review_on=details.review_on,
        judged_by=actor.id,
        judged_by_name=actor.name,
        judged_at=now,
    )
    _record(found, "people.decide_competence", made, (Information.DECISIONS, Information.HEALTH))
    events.publish(
        happenings.CompetenceDecided(
            decision_id=made.id, patient_id=patient_id, unit_id=unit_id, review_on=made.review_on
        )
    )
    return made


@transaction.atomic
def end_competence(*, actor: Actor, decision_id: UUID, reason: str) -> CompetenceDecision:
    """
    End a decision on competence: the patient is taken to decide again.

    :raises NotFound: if there is none that the actor may know of.
    :raises AlreadyEnded: if it was ended before.
    :raises JudgementInvalid: if it does not say why.
    """
    found, row = _decision(actor, decision_id)
    if row.ended_at is not None:
        raise AlreadyEnded
    _end(found, row, reason=_tidy_end(reason), now=clock.now())
    _record(found, "people.end_competence", row, (Information.DECISIONS, Information.HEALTH))
    events.publish(happenings.CompetenceEnded(decision_id=row.id, patient_id=row.patient_id))
    return row


@transaction.atomic
def shown_to(*, actor: Actor, decision_id: UUID, patient: bool = False, nearest: bool = False) -> CompetenceDecision:
    """
    Write down that a decision was shown to the patient, the nearest, or both: at once, where that is possible.

    :raises ValueError: if it was shown to neither.
    :raises NotFound: if there is none that the actor may know of.
    """
    if not (patient or nearest):
        raise ValueError("shown to nobody")
    found, row = _decision(actor, decision_id)
    now = clock.now()
    if patient and row.shown_to_patient_at is None:
        row.shown_to_patient_at = now
    if nearest and row.shown_to_nearest_at is None:
        row.shown_to_nearest_at = now
    row.save(update_fields=["shown_to_patient_at", "shown_to_nearest_at"])
    _record(found, "people.show_competence", row, Information.DECISIONS)
    return row


@transaction.atomic
def judge_circumstance(
    *, actor: Actor, patient_id: UUID, details: CircumstanceDetails, recipient_id: UUID | None = None
) -> CircumstanceJudged:
    """
    Write down that a circumstance is there, for one recipient or for all, and why. One that held already ends.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    :raises JudgementInvalid: with every detail that cannot be stored.
    """
    found = _opened(actor, patient_id)
    today, now = clock.today(), clock.now()
    facts = owner_facts(found)
    details = circumstances.tidy(details, today=today, age=facts.age, dead=facts.dead)
    _ensure_recipient(patient_id, recipient_id)
    same = CircumstanceJudged.objects.filter(
        patient_id=patient_id, code=details.code.value, recipient_id=recipient_id, ended_at=None
    ).select_for_update()
    for row in same:
        _end(found, row, reason="", now=now)

    made = CircumstanceJudged.objects.create(
        patient=found.person,
        recipient_id=recipient_id,
        unit_id=_unit(found),
        code=details.code.value,
        reason=details.reason,
        review_on=details.review_on,
        judged_by=actor.id,
        judged_by_name=actor.name,
        judged_at=now,
    )
    _record(found, "people.judge_circumstance", made, information_of(details.code))
    events.publish(
        happenings.CircumstanceJudged(
            circumstance_id=made.id, patient_id=patient_id, unit_id=made.unit_id, review_on=made.review_on
        )
    )
    return made


@transaction.atomic
def end_circumstance(*, actor: Actor, circumstance_id: UUID, reason: str) -> CircumstanceJudged:
    """
    Write down that a circumstance is there no more.

    :raises NotFound: if there is none that the actor may know of.
    :raises AlreadyEnded: if it was ended before.
    :raises JudgementInvalid: if it does not say why.
    """
    found, row = _circumstance(actor, circumstance_id)
    if row.ended_at is not None:
        raise AlreadyEnded
    _end(found, row, reason=_tidy_end(reason), now=clock.now())
    _record(found, "people.end_circumstance", row, information_of(circumstances.Circumstance(row.code)))
    events.publish(happenings.CircumstanceEnded(circumstance_id=row.id, patient_id=row.patient_id))
    return row


def _opened(actor: Actor, patient_id: UUID) -> Opened:
    found = owned.opened(actor=actor, person_id=patient_id, action=JUDGE, lock=True)
    return owned.ensure_own_subject(found, action=JUDGE)


def _decision(actor: Actor, decision_id: UUID) -> tuple[Opened, CompetenceDecision]:
    found, row = selectors.competence_for_update(actor=actor, decision_id=decision_id)
    return owned.ensure_own_subject(found, action=JUDGE), row


def _circumstance(actor: Actor, circumstance_id: UUID) -> tuple[Opened, CircumstanceJudged]:
    found, row = selectors.circumstance_for_update(actor=actor, circumstance_id=circumstance_id)
    return owned.ensure_own_subject(found, action=JUDGE), row


def _unit(found: Opened) -> UUID:
    if found.unit_id is None:
        raise ValueError("staff judge for a unit")
    return found.unit_id


def _ensure_recipient(patient_id: UUID, recipient_id: UUID | None) -> None:
    if recipient_id is not None and not owned.have_to_do_with(patient_id, recipient_id):
        raise JudgementInvalid({"recipient": "not_a_carer"})


def _tidy_end(reason: str) -> str:
    written = " ".join(reason.split())
    if not written:
        raise JudgementInvalid({"reason": "missing"})
    if len(written) > END_REASON_MOST:
        raise JudgementInvalid({"reason": "too_long"})
    return written


def _end(found: Opened, row: CompetenceDecision | CircumstanceJudged, *, reason: str, now: datetime) -> None:
    row.ended_at, row.ended_by, row.ended_by_name, row.end_reason = now, found.actor.id, found.actor.name, reason
    row.save(update_fields=["ended_at", "ended_by", "ended_by_name", "end_reason"])


def _record(
    found: Opened,
    action: str,
    row: CompetenceDecision | CircumstanceJudged,
    information: Information | tuple[Information, ...],
) -> None:
    audit.record(
        actor=found.actor,
        action=action,
        information=information,
        subject_type=f"people.{type(row).__name__}",
        subject_id=row.id,
        person_id=row.patient_id,
        basis=found.basis,
    )
