"""Finishing answers, saying that they are wrong, and answering anew."""

from uuid import UUID

from django.db import IntegrityError, transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, events
from medspiller.core.errors import Conflict
from medspiller.questionnaires import selectors
from medspiller.questionnaires.domain.events import ResponseCompleted, ResponseEnteredInError
from medspiller.questionnaires.domain.filling.finishing import Finished, finish
from medspiller.questionnaires.domain.states import (
    AlreadyAmended,
    How,
    NotComplete,
    NotCompleted,
    Source,
    Status,
    ensure_reason,
)
from medspiller.questionnaires.models import Response, Upload
from medspiller.questionnaires.selectors import Filling
from medspiller.questionnaires.services._storing import given, record, store_finished

COMPLETE = "questionnaires.complete"
COMPLETE_ON_BEHALF = "questionnaires.complete_on_behalf"


@transaction.atomic
def complete(*, actor: Actor, response_id: UUID, seen: int | None = None) -> Response:
    """
    Finish answers: from now on they stay as they are, and those who follow the person up can read them.

    What is not asked any more is dropped, and scores are stored. `seen` is the version that the
    actor has looked through.

    :raises NotFound: if there are none of the actor's; `Closed`, if they have no need to know the person any more.
    :raises NotAllowed: if they may not write about the person any more.
    :raises AlreadyCompleted: if they are finished.
    :raises AlreadyAmended: if somebody else has finished a newer version of the same answers.
    :raises Conflict: if they were changed in another tab since.
    :raises NotComplete: with what is missing or wrong; nothing of the answers is lost.
    """
    found = selectors.filling_for_update(actor=actor, response_id=response_id)
    row = found.row
    if seen is not None and seen != row.version:
        raise Conflict(changed={"answers": "version"})
    finished = _finished(found)

    now = clock.now()
    try:
        with transaction.atomic():
            store_finished(row, finished, at=now)
    except IntegrityError as fault:
        if "questionnaires_response_amended_once" in str(fault):
            raise AlreadyAmended from None
        raise
    _drop_unused_files(row)
    action = COMPLETE if row.source == Source.SELF else COMPLETE_ON_BEHALF
    record(found.found.actor, action, row, found.found.basis)
    events.publish(
        ResponseCompleted(response_id=row.id, person_id=row.subject_id, definition=row.canonical, completed_at=now)
    )
    return row


@transaction.atomic
def mark_entered_in_error(*, actor: Actor, response_id: UUID, reason: str) -> Response:
    """
    Say that finished answers are wrong: given to the wrong person, say. They stay, marked, and nothing rests on them.

    :raises NotFound: if there are none that the actor may know of.
    :raises NotAllowed: if they may not write about the person; a citizen, about answers that somebody else wrote.
    :raises NotCompleted: if they are marked already.
    :raises ReasonRefused: if it is not said why, or in too many words.
    """
    row, found = selectors.response_for_update(actor=actor, response_id=response_id)
    if row.status != Status.COMPLETED:
        raise NotCompleted
    row.status, row.wrong_at = Status.ENTERED_IN_ERROR.value, clock.now()
    row.wrong_by, row.wrong_by_name, row.wrong_reason = actor.id, found.actor.name, ensure_reason(reason)
    row.save(update_fields=["status", "wrong_at", "wrong_by", "wrong_by_name", "wrong_reason"])
    record(found.actor, "questionnaires.mark_entered_in_error", row, found.basis)
    events.publish(ResponseEnteredInError(response_id=row.id, person_id=row.subject_id, definition=row.canonical))
    return row


@transaction.atomic
def amend(*, actor: Actor, response_id: UUID, how: How | None = None) -> Response:
    """
    Begin a new version of finished answers, with the same answers in it. The old ones stay until it is finished.

    It answers the same version of the questionnaire, also where there is a newer one: answers
    move to no questions that nobody has seen. What the actor has begun already is gone on with.

    :raises NotFound: if there are none that the actor may know of.
    :raises NotAllowed: if they may not write about the person; a citizen, about answers that somebody else wrote.
    :raises NotCompleted: if they are marked as wrong.
    :raises AlreadyAmended: if there is a newer version already.
    :raises FormRefused: if staff do not say how they were told.
    """
    row, found = selectors.response_for_update(actor=actor, response_id=response_id)
    if row.status != Status.COMPLETED:
        raise NotCompleted
    if Response.objects.filter(amends=row, status=Status.COMPLETED.value).exists():
        raise AlreadyAmended
    begun = Response.objects.filter(amends=row, author=actor.id, status=Status.IN_PROGRESS.value).first()
    if begun is not None:
        return begun
    source, told = given(actor, how)
    now = clock.now()
    made = Response.objects.create(
        subject_id=row.subject_id,
        about_id=row.about_id,
        unit_id=found.unit_id,
        questionnaire_url=row.questionnaire_url,
        questionnaire_version=row.questionnaire_version,
        questionnaire_digest=row.questionnaire_digest,
        belongs_to=row.belongs_to,
        tags=row.tags,
        language=row.language,
        status=Status.IN_PROGRESS.value,
        answers={**row.answers, "status": "in-progress"},
        source=source.value,
        how=told.value,
        author=actor.id,
        author_name=found.actor.name,
        started_at=now,
        saved_at=now,
        amends=row,
    )
    record(found.actor, "questionnaires.amend", made, found.basis)
    return made


def _finished(found: Filling) -> Finished:
    """The answers as they are completed; refused where something is wrong or cannot be read."""
    finished = finish(found.engine, found.row.answers, at=clock.now())
    unread = [field for field, typed in found.row.unreadable.items() if typed.strip()]
    if finished.issues or unread:
        raise NotComplete(finished.response, finished.issues, unread)
    return finished


def _drop_unused_files(row: Response) -> None:
    """Files that were added and taken away again, or stood at what is no longer asked."""
    written = str(row.answers)
    unused = [each for each in row.uploads.values_list("id", flat=True) if str(each) not in written]
    if unused:
        Upload.objects.filter(id__in=unused).delete()
