"""Questions about who has looked: those at the actor's units, and a person's own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information, Kind, Shown
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.people import policies
from medspiller.people.models import AccessQuestion

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what the entry said, and the answer if there is one."""

    id: UUID
    entry_id: UUID
    entry_at: datetime
    entry_actor_name: str
    entry_information: tuple[Information, ...]
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    answered_by_name: str
    person_name: str = ""
    unit_name: str = ""


def access_questions(*, actor: Actor, answered: bool = False) -> list[Question]:
    """
    Return the questions that landed at the actor's units and wait, oldest first, or those answered, newest first.

    Questions about the actor's own looking are not among them, nor those of the actor or
    the actor's family: a colleague answers. Each person named is in the log.

    :raises NotAllowed: without the role.
    """
    policies.ensure_units(actor, policies.ANSWER_QUESTION)
    stands = policies.standing(actor, at=clock.now())
    rows = AccessQuestion.objects.filter(policies.answerable(actor, stands), answered_at__isnull=not answered)
    rows = rows.select_related("person", "unit").order_by("-answered_at" if answered else "asked_at", "id")
    listed = list(rows[:MOST_LISTED])
    audit.record_list(
        actor=actor,
        action=policies.ANSWER_QUESTION,
        information=(Information.NAME_AND_BIRTH, Information.ACCESS_LOG),
        shown=[
            Shown(person_id=row.person_id, subject_type="people.AccessQuestion", subject_id=row.id) for row in listed
        ],
        # Whoever is asked must know who asks (pasientjournalloven § 22 a).
        basis=BasisCode.LEGAL_DUTY,
    )
    return [_question(row, person_name=row.person.name, unit_name=row.unit.name) for row in listed]


def access_question(*, actor: Actor, question_id: UUID) -> Question:
    """
    Return one question the actor may answer, or that has been answered. That it was read is in the log.

    :raises NotFound: if there is none.
    :raises NotAllowed: without the role.
    """
    row = _answerable(actor, AccessQuestion.objects.select_related("person", "unit"), question_id)
    audit.record(
        actor=actor,
        action=policies.ANSWER_QUESTION,
        kind=Kind.READ,
        information=(Information.NAME_AND_BIRTH, Information.ACCESS_LOG),
        subject_type="people.AccessQuestion",
        subject_id=row.id,
        person_id=row.person_id,
        basis=BasisCode.LEGAL_DUTY,
    )
    return _question(row, person_name=row.person.name, unit_name=row.unit.name)


def access_question_for_update(*, actor: Actor, question_id: UUID) -> AccessQuestion:
    """
    Return a question the actor may answer, locked until the end of the transaction.

    :raises NotFound: if there is none.
    :raises NotAllowed: without the role.
    """
    return _answerable(actor, AccessQuestion.objects.select_for_update(), question_id)


def own_access_questions(*, actor: Actor, entry_ids: Collection[UUID] | None = None) -> list[Question]:
    """Return what the actor has asked, newest first, about these entries if any are given."""
    own = policies.registered_as(actor).person_id
    if own is None:
        return []
    rows = AccessQuestion.objects.filter(person_id=own).order_by("-asked_at", "-id")
    if entry_ids is not None:
        rows = rows.filter(entry_id__in=entry_ids)
    return [_question(row) for row in rows]


def _answerable(actor: Actor, rows: QuerySet[AccessQuestion], question_id: UUID) -> AccessQuestion:
    policies.ensure_units(actor, policies.ANSWER_QUESTION)
    stands = policies.standing(actor, at=clock.now())
    row = rows.filter(policies.answerable(actor, stands), id=question_id).first()
    if row is None:
        raise NotFound(f"question {question_id}")
    return row


def _question(row: AccessQuestion, *, person_name: str = "", unit_name: str = "") -> Question:
    return Question(
        id=row.id,
        entry_id=row.entry_id,
        entry_at=row.entry_at,
        entry_actor_name=row.entry_actor_name,
        entry_information=tuple(Information(code) for code in row.entry_information),
        text=row.text,
        asked_at=row.asked_at,
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by_name=row.answered_by_name,
        person_name=person_name,
        unit_name=unit_name,
    )
