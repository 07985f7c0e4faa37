"""The agreement with a carer: drafted, agreed on, gone through, ended. What was agreed stands in the answers."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Information
from medspiller.core import clock
from medspiller.core.constraints import refused_as
from medspiller.core.errors import NotFound
from medspiller.followup import policies
from medspiller.followup.domain import agreements
from medspiller.followup.domain.agreements import (
    BY_STAFF,
    HOLDS,
    URL,
    AgreementChanged,
    AgreementClosed,
    AgreementRefused,
    AgreementState,
)
from medspiller.followup.domain.files import FileState
from medspiller.followup.models import Agreement, CarerFile
from medspiller.followup.policies import OpenedFile
from medspiller.followup.services import _attending as attending
from medspiller.followup.services import _storing as storing
from medspiller.questionnaires import selectors as questionnaires
from medspiller.questionnaires.selectors import CodedResponse
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import Placed, WithdrawnWhy

AGREEMENT, RESPONSE = "followup.Agreement", "questionnaires.Response"
_SHOWS = (Information.AGREEMENT,)


@transaction.atomic
def draft_agreement(*, actor: Actor, file_id: UUID) -> Agreement:
    """
    Begin an agreement with a carer.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if the file is closed.
    :raises AgreementRefused: if the carer has one.
    """
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE, lock=True)
    storing.ensure_open_file(opened.file)
    row = _drafted(actor, opened.file)
    _record(opened, row, "followup.draft_agreement")
    return row


@transaction.atomic
def activate_agreement(
    *, actor: Actor, agreement_id: UUID, agreed_on: date, review_on: date, version: int
) -> Agreement:
    """
    Write down that a draft is agreed on, and when it is gone through: on that day it stands on the unit's list.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if the file is closed.
    :raises AgreementChanged: if somebody else changed it first.
    :raises AgreementRefused: with what is wrong.
    """
    opened, row = _for_update(actor, agreement_id, version)
    agreements.ensure_may_activate(
        AgreementState(row.state), agreed_on=agreed_on, review_on=review_on, today=clock.today()
    )
    row.state, row.agreed_on, row.review_on = AgreementState.ACTIVE.value, agreed_on, review_on
    _changed(row, "state", "agreed_on", "review_on")
    _attend(opened.actor, opened.file, row)
    _record(opened, row, "followup.activate_agreement")
    return row


@transaction.atomic
def review_agreement(*, actor: Actor, agreement_id: UUID, review_on: date, version: int) -> Agreement:
    """
    Write down that an agreement was gone through today and holds on, and when it is gone through again.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if the file is closed.
    :raises AgreementChanged: if somebody else changed it first.
    :raises AgreementRefused: with what is wrong.
    """
    opened, row = _for_update(actor, agreement_id, version)
    agreements.ensure_may_review(AgreementState(row.state), review_on=review_on, today=clock.today())
    row.state, row.review_on, row.reviewed_on = AgreementState.REVIEWED.value, review_on, clock.today()
    row.reviewed_by, row.reviewed_by_name = actor.id, actor.name
    _changed(row, "state", "review_on", "reviewed_on", "reviewed_by", "reviewed_by_name")
    _attend(opened.actor, opened.file, row)
    _record(opened, row, "followup.review_agreement")
    return row


@transaction.atomic
def close_agreement(*, actor: Actor, agreement_id: UUID, reason: AgreementClosed | str, version: int) -> Agreement:
    """
    End an agreement. It is voluntary: that the carer wishes it is reason enough.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises AgreementChanged: if somebody else changed it first.
    :raises AgreementRefused: if it is over, or does not say why.
    """
    opened, row = _for_update(actor, agreement_id, version)
    if row.state == AgreementState.CLOSED:
        raise AgreementRefused("state")
    if reason not in BY_STAFF:
        raise AgreementRefused("reason")
    _close(opened.actor, opened.file, row, AgreementClosed(reason))
    _record(opened, row, "followup.close_agreement")
    return row


@transaction.atomic
def rest_agreement_on(*, actor: Actor, response_id: UUID, wrong: bool = False) -> Agreement | None:
    """
    Let a carer's agreement rest on the newest answers to its questionnaire, after some were given or found wrong.

    Answers that were agreed on are an agreement: it holds from their day on. Where the answers
    that it rested on were wrong and there are no others, it ends. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    carer_id = questionnaires.whose(actor=actor, response_id=response_id)
    file = CarerFile.objects.select_for_update().filter(carer_id=carer_id, state=FileState.OPEN.value).first()
    if carer_id is None or file is None:
        return None
    found = questionnaires.coded_responses(actor=actor, subject_id=carer_id)
    answers = next((each for each in found if each.url == URL), None)
    row = Agreement.objects.select_for_update().filter(file=file).exclude(state=AgreementState.CLOSED.value).first()
    if answers is None:
        if row is not None and wrong and row.response_id == response_id:
            _close(actor, file, row, AgreementClosed.ENTERED_IN_ERROR)
            _record_by_system(actor, file, row)
        return row
    if row is not None and row.response_id == answers.id:
        return row
    if Agreement.objects.filter(file=file, response_id=answers.id).exists() and not wrong:
        # It was ended since; the same answers do not bring it back.
        return row
    return _resting_on(actor, file, row, answers)


def leave_agreement(*, actor: Actor, file_ids: Iterable[UUID]) -> None:
    """End the agreements of files that were closed, for a service that has asked."""
    rows = Agreement.objects.select_for_update(of=("self",)).filter(file_id__in=list(file_ids))
    for row in rows.exclude(state=AgreementState.CLOSED.value).select_related("file").order_by("id"):
        _close(actor, row.file, row, AgreementClosed.FILE_CLOSED)


def replace_agreement(*, actor: Actor, row: Agreement) -> None:
    """End an agreement because another one of the same carer's holds, for a service that has asked."""
    _close(actor, row.file, row, AgreementClosed.REPLACED)


def open_agreement_again(*, actor: Actor, agreement_id: UUID) -> None:
    """
    Let an agreement that another one had replaced be as it was, for a service that has asked.

    Nothing changes if it was ended for another reason since, or if the carer has one.
    """
    row = Agreement.objects.select_for_update(of=("self",)).select_related("file").get(id=agreement_id)
    others = Agreement.objects.filter(file_id=row.file_id).exclude(state=AgreementState.CLOSED.value)
    if row.closed_because != AgreementClosed.REPLACED or others.exists():
        return
    row.state = agreements.state_before(agreed_on=row.agreed_on, reviewed_on=row.reviewed_on).value
    row.closed_on, row.closed_by, row.closed_because = None, None, ""
    _changed(row, "state", "closed_on", "closed_by", "closed_because")
    _attend(actor, row.file, row)


def _resting_on(actor: Actor, file: CarerFile, row: Agreement | None, answers: CodedResponse) -> Agreement:
    row = row or _drafted(actor, file)
    row.response_id, row.drafted_by_name = answers.id, row.drafted_by_name or answers.author_name
    row.review_on = agreements.usual_review(answers.review_on, today=clock.today())
    row.agreed_on = row.agreed_on or answers.completed_on
    row.state = row.state if AgreementState(row.state) in HOLDS else AgreementState.ACTIVE.value
    _changed(row, "response", "review_on", "agreed_on", "state", "drafted_by_name")
    _attend(actor, file, row)
    _record_by_system(actor, file, row)
    return row


def _drafted(actor: Actor, file: CarerFile) -> Agreement:
    with refused_as({"followup_agreement_one": AgreementRefused("there")}):
        return Agreement.objects.create(
            file=file,
            state=AgreementState.DRAFT.value,
            drafted_at=clock.now(),
            drafted_by=actor.id,
            drafted_by_name=actor.name,
        )


def _close(actor: Actor, file: CarerFile, row: Agreement, why: AgreementClosed) -> None:
    row.state, row.closed_on, row.closed_by, row.closed_because = (
        AgreementState.CLOSED.value, clock.today(), actor.id, why.value,
    )  # fmt: skip
    _changed(row, "state", "closed_on", "closed_by", "closed_because")
    _attend(actor, file, row)


def _for_update(actor: Actor, agreement_id: UUID, version: int) -> tuple[OpenedFile, Agreement]:
    file_id = Agreement.objects.filter(id=agreement_id).values_list("file_id", flat=True).first()
    if file_id is None:
        raise NotFound(f"agreement {agreement_id}")
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE, lock=True)
    storing.ensure_open_file(opened.file)
    row = Agreement.objects.select_for_update().get(id=agreement_id)
    if row.version != version:
        raise AgreementChanged(now=row.version)
    return opened, row


def _changed(row: Agreement, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _attend(actor: Actor, file: CarerFile, row: Agreement) -> None:
    """Let an agreement that holds stand on the unit's list for the day of its review, and no other."""
    if AgreementState(row.state) in HOLDS:
        attending.put(
            actor,
            Placed(
                kind=kinds.FOLLOWUP_AGREEMENT.code,
                subject_type=AGREEMENT,
                subject_id=row.id,
                unit_id=file.unit_id,
                person_id=file.carer_id,
                due_on=row.review_on,
            ),
        )
    else:
        attending.take_off(actor, kinds.FOLLOWUP_AGREEMENT, AGREEMENT, [row.id])
    if row.response_id is not None:
        # The answers named the same day; once is enough.
        attending.take_off(actor, kinds.REVIEW_ANSWERS, RESPONSE, [row.response_id], why=WithdrawnWhy.MOVED)


def _record(opened: OpenedFile, row: Agreement, action: str) -> None:
    storing.record(opened, action, information=_SHOWS, subject_type=AGREEMENT, subject_id=row.id)


def _record_by_system(actor: Actor, file: CarerFile, row: Agreement) -> None:
    storing.record_by_system(actor, "followup.rest_agreement", file, subject_type=AGREEMENT, subject_id=row.id)
