"""Asking a unit about an entry of the access log, and answering."""

from uuid import UUID

from django.db import IntegrityError, transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import selectors as log
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information
from medspiller.core import clock, events
from medspiller.core.errors import NotFound
from medspiller.people import policies, selectors
from medspiller.people.domain import questions
from medspiller.people.domain.events import AccessQuestionAnswered, AccessQuestionAsked
from medspiller.people.domain.questions import AlreadyAnswered, AlreadyAsked, NobodyToAsk
from medspiller.people.models import AccessQuestion
from medspiller.people.services._involving import unit_to_answer


@transaction.atomic
def ask_about_access(*, actor: Actor, entry_id: UUID, text: str) -> AccessQuestion:
    """
    Ask the unit that looked why it did. The person is not told which unit that is if they may not know.

    :raises NotAllowed: for anybody but a citizen.
    :raises NotFound: if there is no such entry about the actor, or it is withheld.
    :raises NothingWritten: without words.
    :raises TooLong: with too many.
    :raises NobodyToAsk: if there is no unit to answer.
    :raises AlreadyAsked: if a question about the entry waits for its answer.
    """
    entry = selectors.own_entry(actor=actor, entry_id=entry_id)
    reader = policies.registered_as(actor)
    if reader.person_id is None:
        raise NotFound("no such entry")
    asked = questions.tidy(text)

    unit_id = log.unit_to_ask(actor=reader, person_id=reader.person_id, entry_id=entry_id)
    # Whoever follows the person up answers for what nobody from a unit did.
    unit_id = unit_id or unit_to_answer(reader, reader.person_id)
    if unit_id is None:
        raise NobodyToAsk
    try:
        with transaction.atomic():
            made = AccessQuestion.objects.create(
                person_id=reader.person_id,
                unit_id=unit_id,
                entry_id=entry_id,
                entry_at=entry.at,
                entry_kind=entry.kind.value,
                entry_actor_id=log.actor_to_ask_about(actor=reader, person_id=reader.person_id, entry_id=entry_id),
                entry_actor_name=entry.actor_name,
                entry_information=[category.value for category in entry.information],
                text=asked,
                asked_at=clock.now(),
            )
    except IntegrityError as fault:
        if "people_accessquestion_one_at_a_time" in str(fault):
            raise AlreadyAsked from None
        raise
    audit.record(
        actor=reader,
        action="people.ask_about_access",
        information=Information.ACCESS_LOG,
        subject_type="people.AccessQuestion",
        subject_id=made.id,
        person_id=reader.person_id,
    )
    events.publish(AccessQuestionAsked(question_id=made.id, unit_id=unit_id))
    return made


@transaction.atomic
def answer_access_question(*, actor: Actor, question_id: UUID, answer: str) -> AccessQuestion:
    """
    Answer a question at one of the actor's units; once. The person reads it on their own page.

    :raises NotFound: if there is none, or it is about the actor's own looking.
    :raises NotAllowed: without the role.
    :raises AlreadyAnswered: with who did.
    :raises NothingWritten: without words.
    :raises TooLong: with too many.
    """
    row = selectors.access_question_for_update(actor=actor, question_id=question_id)
    if row.answered_at is not None:
        raise AlreadyAnswered(by=row.answered_by_name)
    row.answer = questions.tidy(answer)
    row.answered_at, row.answered_by, row.answered_by_name = clock.now(), actor.id, actor.name
    row.save(update_fields=["answer", "answered_at", "answered_by", "answered_by_name"])
    audit.record(
        actor=actor,
        action=policies.ANSWER_QUESTION,
        information=Information.ACCESS_LOG,
        subject_type="people.AccessQuestion",
        subject_id=row.id,
        person_id=row.person_id,
        basis=BasisCode.LEGAL_DUTY,
    )
    events.publish(AccessQuestionAnswered(question_id=row.id, person_id=row.person_id))
    return row
