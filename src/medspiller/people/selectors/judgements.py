"""What staff have judged about a patient, now and before, and what decides who may consent for them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Information
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.people.domain import circumstances, competence
from medspiller.people.domain.circumstances import Circumstance
from medspiller.people.models import CircumstanceJudged, CompetenceDecision
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._judging import JUDGE, log_reading
from medspiller.people.selectors._owned import Opened, name_shown

VIEW = "people.view_judgements"


@dataclass(frozen=True, slots=True)
class SeenCompetence:
    """A decision on competence with all that is written down about it. `stands`: made and not ended."""

    id: UUID
    patient_id: UUID
    matter: str
    competent: bool
    reason: str
    by: str
    at: datetime
    review_on: date | None
    stands: bool
    overdue: bool
    ended_at: datetime | None
    ended_by: str
    end_reason: str
    shown_to_patient_at: datetime | None
    shown_to_nearest_at: datetime | None


@dataclass(frozen=True, slots=True)
class SeenCircumstance:
    """A circumstance with all that is written down about it. `recipient` is a name; empty for all, or a hidden name."""

    id: UUID
    patient_id: UUID
    code: Circumstance
    recipient_id: UUID | None
    recipient: str
    reason: str
    by: str
    at: datetime
    review_on: date | None
    holds: bool
    ended_at: datetime | None
    ended_by: str
    end_reason: str


@dataclass(frozen=True, slots=True)
class Judgements:
    """Everything that was judged about a patient, newest first; what holds or stands before what does not."""

    decisions: tuple[SeenCompetence, ...] = ()
    circumstances: tuple[SeenCircumstance, ...] = ()


def judgements(*, actor: Actor, patient_id: UUID) -> Judgements:
    """
    Return everything that was judged about a patient. The read is in the log, withheld where it must be.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    """
    found = _opened(actor, patient_id)
    at = clock.now()
    decisions = CompetenceDecision.objects.filter(patient_id=patient_id).order_by("-judged_at", "-id")
    judged = CircumstanceJudged.objects.filter(patient_id=patient_id).select_related("recipient")
    seen = Judgements(
        decisions=tuple(sorted((_decision(row, at=at) for row in decisions), key=lambda each: not each.stands)),
        circumstances=tuple(
            sorted(
                (_circumstance(found, row, at=at) for row in judged.order_by("-judged_at", "-id")),
                key=lambda each: not each.holds,
            )
        ),
    )
    log_reading(found, VIEW, {each.code for each in seen.circumstances}, also=(Information.DECISIONS,))
    return seen


def decision(*, actor: Actor, decision_id: UUID) -> SeenCompetence:
    """
    Return one decision on competence. The read is in the log.

    :raises NotFound: if there is none that the actor may know of.
    """
    found, row = competence_for_update(actor=actor, decision_id=decision_id)
    log_reading(found, VIEW, (), also=(Information.DECISIONS,))
    return _decision(row, at=clock.now())


def circumstance(*, actor: Actor, circumstance_id: UUID) -> SeenCircumstance:
    """
    Return one circumstance. The read is in the log, withheld where it must be.

    :raises NotFound: if there is none that the actor may know of.
    """
    found, row = circumstance_for_update(actor=actor, circumstance_id=circumstance_id)
    log_reading(found, VIEW, {Circumstance(row.code)}, also=(Information.DECISIONS,))
    return _circumstance(found, row, at=clock.now())


def competence_for_update(*, actor: Actor, decision_id: UUID) -> tuple[Opened, CompetenceDecision]:
    """
    Return a decision's row, locked until the end of the transaction, with its opened patient.

    :raises NotFound: if there is none that the actor may know of.
    """
    row = CompetenceDecision.objects.select_for_update().filter(id=decision_id).first()
    if row is None:
        raise NotFound(f"decision {decision_id}")
    return _opened(actor, row.patient_id), row


def circumstance_for_update(*, actor: Actor, circumstance_id: UUID) -> tuple[Opened, CircumstanceJudged]:
    """
    Return a circumstance's row, locked until the end of the transaction, with its opened patient.

    :raises NotFound: if there is none that the actor may know of.
    """
    row = CircumstanceJudged.objects.select_for_update().filter(id=circumstance_id).first()
    if row is None:
        raise NotFound(f"circumstance {circumstance_id}")
    return _opened(actor, row.patient_id), row


def _opened(actor: Actor, patient_id: UUID) -> Opened:
    found = owned.opened(actor=actor, person_id=patient_id, action=JUDGE)
    return owned.ensure_as_patient(found, action=JUDGE)


def _decision(row: CompetenceDecision, *, at: datetime) -> SeenCompetence:
    stands = competence.stands(judged_at=row.judged_at, ended_at=row.ended_at, at=at)
    day = clock.day_of(at)
    said = competence.answer(competent=row.competent, review_on=row.review_on, day=day)
    return SeenCompetence(
        id=row.id,
        patient_id=row.patient_id,
        matter=row.matter,
        competent=row.competent,
        reason=row.reason,
        by=row.judged_by_name,
        at=row.judged_at,
        review_on=row.review_on,
        stands=stands,
        overdue=stands and said is None,
        ended_at=row.ended_at,
        ended_by=row.ended_by_name,
        end_reason=row.end_reason,
        shown_to_patient_at=row.shown_to_patient_at,
        shown_to_nearest_at=row.shown_to_nearest_at,
    )


def _circumstance(found: Opened, row: CircumstanceJudged, *, at: datetime) -> SeenCircumstance:
    return SeenCircumstance(
        id=row.id,
        patient_id=row.patient_id,
        code=Circumstance(row.code),
        recipient_id=row.recipient_id,
        recipient=name_shown(found.actor, row.recipient, on_page_of=row.patient_id) if row.recipient else "",
        reason=row.reason,
        by=row.judged_by_name,
        at=row.judged_at,
        review_on=row.review_on,
        holds=circumstances.holds(
            judged_at=row.judged_at,
            ended_at=row.ended_at,
            review_on=row.review_on,
            at=at,
            day=clock.day_of(at),
        ),
        ended_at=row.ended_at,
        ended_by=row.ended_by_name,
        end_reason=row.end_reason,
    )
