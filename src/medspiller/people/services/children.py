"""What was answered about minor children and siblings (helsepersonelloven §§ 10 a and 10 b)."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Shown
from medspiller.core import clock, events
from medspiller.core.errors import NotFound
from medspiller.people import policies
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic, ReasonRefused, ReasonToAsk
from medspiller.people.domain.events import ChildrenAsked, ChildrenReasonEnded, ChildrenReasonRecorded
from medspiller.people.models import ChildrenAnswer, ChildrenReason
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._owned import Opened
from medspiller.people.selectors.children import ANSWER_CHILDREN


@transaction.atomic
def answer_children(
    *, actor: Actor, patient_id: UUID, unit_id: UUID, topic: ChildrenTopic | str, reply: ChildrenReply | str
) -> ChildrenAnswer:
    """
    Write down what was answered to one of the questions, or that nobody has asked yet. The last answer counts.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    """
    found = owned.opened(actor=actor, person_id=patient_id, action=ANSWER_CHILDREN, lock=True)
    owned.ensure_own_subject(found, action=ANSWER_CHILDREN)
    policies.ensure(actor, ANSWER_CHILDREN, unit_id=unit_id, subject_id=patient_id)
    topic, reply = ChildrenTopic(topic), ChildrenReply(reply)
    (row,) = store_answers(actor=actor, found=found, unit_id=unit_id, replies={topic: reply})
    return row


def store_answers(
    *, actor: Actor, found: Opened, unit_id: UUID, replies: Mapping[ChildrenTopic, ChildrenReply]
) -> list[ChildrenAnswer]:
    """Store several answers of a locked patient at once, for whoever has asked whether the actor may."""
    if not replies:
        return []
    patient_id = found.person.id
    wanted = {topic.value: reply.value for topic, reply in replies.items()}
    before = {row.topic: row for row in ChildrenAnswer.objects.filter(patient_id=patient_id, topic__in=wanted)}
    rows = [before.get(topic) or ChildrenAnswer(patient_id=patient_id, topic=topic) for topic in wanted]
    for row in rows:
        row.unit_id, row.reply = unit_id, wanted[row.topic]
        row.asked_by, row.asked_by_name, row.asked_at = actor.id, actor.name, clock.now()
    ChildrenAnswer.objects.bulk_create([row for row in rows if row.topic not in before])
    if before:
        changed = ("unit", "reply", "asked_by", "asked_by_name", "asked_at")
        ChildrenAnswer.objects.bulk_update(list(before.values()), changed)
    audit.record_each(
        actor=actor,
        action=ANSWER_CHILDREN,
        information=Information.CHILDREN,
        about=[Shown(patient_id, "people.ChildrenAnswer", row.id) for row in rows],
        basis=found.basis,
    )
    for row in rows:
        events.publish(ChildrenAsked(patient_id=patient_id, unit_id=unit_id, topic=row.topic, answer=row.reply))
    return rows


@transaction.atomic
def record_children_reason(*, actor: Actor, patient_id: UUID, code: ReasonToAsk | str) -> ChildrenReason:
    """
    Write down that there is a reason to ask a patient about minor children and siblings.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or nobody at their unit follows the person up.
    :raises ReasonRefused: if it is recorded already.
    """
    found = owned.opened(actor=actor, person_id=patient_id, action=ANSWER_CHILDREN, lock=True)
    owned.ensure_own_subject(found, action=ANSWER_CHILDREN)
    if found.unit_id is None:
        raise ValueError("staff record for a unit")
    reason = ReasonToAsk(code)
    if ChildrenReason.objects.filter(patient_id=patient_id, code=reason.value, ended_at=None).exists():
        raise ReasonRefused("already")
    row = ChildrenReason.objects.create(
        patient_id=patient_id,
        unit_id=found.unit_id,
        code=reason.value,
        recorded_by=actor.id,
        recorded_by_name=actor.name,
        recorded_at=clock.now(),
    )
    _record_reason(found, row, action="people.record_children_reason")
    events.publish(ChildrenReasonRecorded(patient_id=patient_id, unit_id=found.unit_id, code=reason.value))
    return row


@transaction.atomic
def end_children_reason(*, actor: Actor, reason_id: UUID) -> ChildrenReason:
    """
    Write down that a reason holds no more. What was asked and answered stays.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: as `record_children_reason` does.
    :raises ReasonRefused: if it was ended before.
    """
    row = ChildrenReason.objects.select_for_update().filter(id=reason_id).first()
    if row is None:
        raise NotFound(f"reason {reason_id}")
    found = owned.opened(actor=actor, person_id=row.patient_id, action=ANSWER_CHILDREN)
    owned.ensure_own_subject(found, action=ANSWER_CHILDREN)
    if row.ended_at is not None:
        raise ReasonRefused("ended")
    row.ended_at, row.ended_by, row.ended_by_name = clock.now(), actor.id, actor.name
    row.save(update_fields=["ended_at", "ended_by", "ended_by_name"])
    _record_reason(found, row, action="people.end_children_reason")
    events.publish(ChildrenReasonEnded(patient_id=row.patient_id, code=row.code))
    return row


def _record_reason(found: Opened, row: ChildrenReason, *, action: str) -> None:
    audit.record(
        actor=found.actor,
        action=action,
        information=(Information.CHILDREN, Information.HEALTH),
        subject_type="people.ChildrenReason",
        subject_id=row.id,
        person_id=row.patient_id,
        basis=found.basis,
    )
