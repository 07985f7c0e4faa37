"""Asking to have something corrected, and answering."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information
from medspiller.core import clock, events
from medspiller.core.errors import NotFound
from medspiller.people import policies, selectors
from medspiller.people.domain import corrections
from medspiller.people.domain.corrections import About, AlreadyAnswered, NobodyToAsk, Outcome, TooManyUnanswered
from medspiller.people.domain.events import CorrectionAnswered, CorrectionAsked
from medspiller.people.models import CorrectionRequest
from medspiller.people.services._involving import unit_to_answer


@transaction.atomic
def ask_for_correction(*, actor: Actor, about: About, text: str) -> CorrectionRequest:
    """
    Ask the unit that follows the actor up, else the top of the house, to correct something about the actor.

    :raises NotAllowed: for anybody but a citizen.
    :raises NotFound: for somebody who is in no register here.
    :raises CorrectionRefused: without words, or with too many.
    :raises TooManyUnanswered: if as many wait already as anybody may have waiting.
    :raises NobodyToAsk: if there is no unit to answer.
    """
    policies.ensure(actor, policies.ASK_FOR_CORRECTION)
    oneself = policies.registered_as(actor)
    if oneself.person_id is None:
        raise NotFound("registered nowhere here")
    # Locked, so that two that are sent at once are counted one after the other.
    selectors.person_for_update(actor=oneself, person_id=oneself.person_id)
    words, today = corrections.tidy(text), clock.today()
    waiting = CorrectionRequest.objects.filter(person_id=oneself.person_id, answered_at=None)
    if waiting.count() >= corrections.UNANSWERED_MOST:
        raise TooManyUnanswered
    unit_id = unit_to_answer(oneself, oneself.person_id)
    if unit_id is None:
        raise NobodyToAsk
    made = CorrectionRequest.objects.create(
        person_id=oneself.person_id,
        unit_id=unit_id,
        about=about.value,
        text=words,
        asked_at=clock.now(),
        answer_by=corrections.answer_by(today),
    )
    _record(oneself, policies.ASK_FOR_CORRECTION, made, basis=BasisCode.OWN)
    events.publish(
        CorrectionAsked(request_id=made.id, person_id=made.person_id, unit_id=made.unit_id, answer_by=made.answer_by)
    )
    return made


@transaction.atomic
def answer_correction(*, actor: Actor, request_id: UUID, outcome: Outcome, answer: str) -> CorrectionRequest:
    """
    Say what came of a request at one of the actor's units; once. The person reads it on their own page.

    :raises NotFound: if there is none, or it is about the actor or their family.
    :raises NotAllowed: without the role.
    :raises AlreadyAnswered: with who did.
    :raises CorrectionRefused: without words, or with too many.
    """
    row = selectors.correction_for_update(actor=actor, request_id=request_id)
    if row.answered_at is not None:
        raise AlreadyAnswered(by=row.answered_by_name)
    row.answer, row.outcome = corrections.tidy(answer), outcome.value
    row.answered_at, row.answered_by, row.answered_by_name = clock.now(), actor.id, actor.name
    row.save(update_fields=["answer", "outcome", "answered_at", "answered_by", "answered_by_name"])
    _record(actor, policies.ANSWER_CORRECTION, row, basis=BasisCode.LEGAL_DUTY)
    events.publish(CorrectionAnswered(request_id=row.id, person_id=row.person_id))
    return row


def _record(actor: Actor, action: str, row: CorrectionRequest, *, basis: BasisCode) -> None:
    audit.record(
        actor=actor,
        action=action,
        information=Information.REGISTRATION,
        subject_type="people.CorrectionRequest",
        subject_id=row.id,
        person_id=row.person_id,
        basis=basis,
    )
