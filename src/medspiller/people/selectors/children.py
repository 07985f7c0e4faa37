"""What was answered about minor children and siblings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind
from medspiller.core import clock
from medspiller.people.domain import children
from medspiller.people.domain.children import BY_LAW, REASONS_BY_LAW, ChildrenReply, ChildrenTopic, ReasonToAsk
from medspiller.people.models import ChildrenAnswer, ChildrenReason
from medspiller.people.selectors import _owned as owned

ANSWER_CHILDREN = "people.answer_children"
VIEW = "people.view_children_answers"


@dataclass(frozen=True, slots=True)
class SeenAnswer:
    """
    The last answer to one question; *not asked* where there is none. `ask_again`: it is time to.

    `by_law` tells the law's own questions from those of local practice.
    """

    topic: ChildrenTopic
    reply: ChildrenReply
    by_law: bool
    asked_by: str
    asked_at: datetime | None
    ask_again: bool


@dataclass(frozen=True, slots=True)
class SeenReason:
    """A reason to ask that holds. `by_law` tells the law's own from those of local practice."""

    id: UUID
    code: ReasonToAsk
    by_law: bool
    recorded_by: str
    recorded_at: datetime


def children_reasons(*, actor: Actor, person_id: UUID) -> list[SeenReason]:
    """
    Return why a patient must be asked about children and siblings, as far as anybody recorded it. It is in the log.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    """
    found = owned.opened(actor=actor, person_id=person_id, action=ANSWER_CHILDREN)
    owned.ensure_as_patient(found, action=ANSWER_CHILDREN)
    audit.record(
        actor=actor,
        action=VIEW,
        kind=Kind.READ,
        information=(Information.CHILDREN, Information.HEALTH),
        subject_type="people.Person",
        subject_id=person_id,
        person_id=person_id,
        basis=found.basis,
    )
    rows = ChildrenReason.objects.filter(patient_id=person_id, ended_at=None).order_by("recorded_at", "id")
    return [
        SeenReason(
            id=row.id,
            code=ReasonToAsk(row.code),
            by_law=ReasonToAsk(row.code) in REASONS_BY_LAW,
            recorded_by=row.recorded_by_name,
            recorded_at=row.recorded_at,
        )
        for row in rows
    ]


def children_answers(*, actor: Actor, person_id: UUID) -> list[SeenAnswer]:
    """
    Return the answer to each question about a patient's children and siblings. The read is in the log.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    """
    found = owned.opened(actor=actor, person_id=person_id, action=ANSWER_CHILDREN)
    owned.ensure_as_patient(found, action=ANSWER_CHILDREN)
    audit.record(
        actor=actor,
        action=VIEW,
        kind=Kind.READ,
        information=Information.CHILDREN,
        subject_type="people.Person",
        subject_id=person_id,
        person_id=person_id,
        basis=found.basis,
    )
    return _answers_of(person_id)


def _answers_of(person_id: UUID) -> list[SeenAnswer]:
    """Return the same for a person whom the caller has opened, and logs. One statement."""
    reasons = ChildrenReason.objects.filter(patient_id=OuterRef("patient_id"), ended_at=None)
    newest = Subquery(reasons.order_by("-recorded_at").values("recorded_at")[:1])
    answers = ChildrenAnswer.objects.filter(patient_id=person_id).annotate(changed_at=newest)
    rows = {ChildrenTopic(row.topic): row for row in answers}
    return [_seen(topic, rows.get(topic)) for topic in ChildrenTopic]


def unit_to_ask_for(*, actor: Actor, person_id: UUID) -> UUID:
    """
    Return the unit through which the actor asks a patient about children.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    """
    found = owned.opened(actor=actor, person_id=person_id, action=ANSWER_CHILDREN)
    owned.ensure_as_patient(found, action=ANSWER_CHILDREN)
    if found.unit_id is None:
        raise ValueError("staff ask for a unit")
    return found.unit_id


def _seen(topic: ChildrenTopic, row: Any) -> SeenAnswer:
    # What was not asked is asked whatever has changed.
    reply = ChildrenReply(row.reply) if row else ChildrenReply.NOT_ASKED
    asked_at, changed_at = (row.asked_at, row.changed_at) if row else (None, None)
    return SeenAnswer(
        topic=topic,
        reply=reply,
        by_law=topic in BY_LAW,
        asked_by=row.asked_by_name if row else "",
        asked_at=asked_at,
        ask_again=children.ask_again(reply=reply, asked_at=asked_at, now=clock.now(), changed_at=changed_at),
    )
