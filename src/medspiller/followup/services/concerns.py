"""
Writing down a concern for a child: what somebody judged and did, and what came after a report.

Nothing here decides or sends anything. What was judged stays as it was written; who looks again writes anew.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.audit import services as audit
from medspiller.audit.domain import Information
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import policies
from medspiller.followup.domain import concerns as rules
from medspiller.followup.domain import files
from medspiller.followup.domain.concerns import (
    ConcernChanged,
    ConcernDetails,
    ConcernInvalid,
    ConcernSettled,
    Feedback,
    ReportedHow,
    ReportedTo,
)
from medspiller.followup.domain.duties import ReporterRole
from medspiller.followup.models import ConcernAssessment
from medspiller.followup.selectors._days import days_of
from medspiller.followup.services import _attending as attending
from medspiller.followup.services._letting import follows
from medspiller.people.selectors import Subject
from medspiller.questionnaires import selectors as questionnaires
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import Placed, WithdrawnWhy

CONCERN = "followup.ConcernAssessment"
_COLUMNS = {
    Feedback.REVIEWED: "reviewed_on",
    Feedback.CONFIRMED: "confirmed_on",
    Feedback.INVESTIGATED: "investigated_on",
    Feedback.TOLD: "told_on",
}
# Whoever wrote it down has the item from the start; should they be away, these see to it.
_SEES_TO_IT = frozenset({Role.LEADER, Role.CHILDREN_LEAD, Role.CARER_CONTACT})


@transaction.atomic
def record_concern(
    *, actor: Actor, child_id: UUID, details: ConcernDetails, response_id: UUID | None = None
) -> ConcernAssessment:
    """
    Write down what somebody judged about a child's safety, and what they did. Nothing of it is refused as a judgement.

    It may rest on answers about the child. The day on which an answer is waited for, or on which
    somebody looks again, stands on the unit's list.

    :raises NotFound: if there is no such child or answers; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the child up.
    :raises ConcernInvalid: with every detail that cannot be stored.
    """
    found = _opened(actor, child_id)
    _ensure_about(actor, child_id, response_id)
    return _stored(found, details, response_id=response_id, earlier=None)


@transaction.atomic
def look_at_concern_again(
    *, actor: Actor, concern_id: UUID, details: ConcernDetails, version: int, response_id: UUID | None = None
) -> ConcernAssessment:
    """
    Write down a new judgement of the same concern. The one before stays as it was, and waits for nothing more.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the child up.
    :raises ConcernSettled: if it is settled.
    :raises ConcernChanged: if somebody else changed it first.
    :raises ConcernInvalid: with every detail that cannot be stored.
    """
    found, row = _for_update(actor, concern_id, version)
    _ensure_about(actor, row.child_id, response_id)
    if details.reported_on is None and row.reported_on is not None:
        raise ConcernInvalid({"reported_on": "missing"})
    made = _stored(found, details, response_id=response_id, earlier=row)
    _settle(found, row, why="")
    return made


@transaction.atomic
def note_report(
    *,
    actor: Actor,
    concern_id: UUID,
    on: date,
    to: ReportedTo | str,
    how: ReportedHow | str,
    version: int,
) -> ConcernAssessment:
    """
    Write down that a concern was reported, when, to whom and how. From then on answers are waited for.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the child up.
    :raises ConcernSettled: if it is settled.
    :raises ConcernChanged: if somebody else changed it first.
    :raises ConcernInvalid: if the day lies ahead.
    """
    found, row = _for_update(actor, concern_id, version)
    if on > clock.today():
        raise ConcernInvalid({"reported_on": "ahead"})
    row.reported_on, row.reported_to, row.reported_how = on, ReportedTo(to).value, ReportedHow(how).value
    _changed(row, "reported_on", "reported_to", "reported_how")
    _attend(found, row)
    _record(found, row, "followup.note_report")
    return row


@transaction.atomic
def note_feedback(
    *,
    actor: Actor,
    concern_id: UUID,
    code: Feedback | str,
    on: date,
    version: int,
    investigates: bool | None = None,
    special: bool | None = None,
) -> ConcernAssessment:
    """
    Write down what came after a report, and whether there is an investigation; `special` is one of six months.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the child up.
    :raises ConcernSettled: if it is settled.
    :raises ConcernChanged: if somebody else changed it first.
    :raises ConcernInvalid: if nothing was reported, or the day cannot be so.
    """
    found, row = _for_update(actor, concern_id, version)
    said = rules.ensure_feedback(code, on, reported_on=row.reported_on, today=clock.today())
    setattr(row, _COLUMNS[said], on)
    row.investigates = row.investigates if investigates is None else investigates
    row.is_special = row.is_special if special is None else special
    _changed(row, _COLUMNS[said], "investigates", "is_special")
    _attend(found, row)
    _record(found, row, "followup.note_feedback")
    return row


@transaction.atomic
def settle_concern(*, actor: Actor, concern_id: UUID, why: str, version: int) -> ConcernAssessment:
    """
    Write down why a concern is none any more.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the child up.
    :raises ConcernSettled: if it is settled already.
    :raises ConcernChanged: if somebody else changed it first.
    :raises TextRefused: if it is not said why.
    """
    found, row = _for_update(actor, concern_id, version)
    _settle(found, row, why=files.tidy("why", why, needed=True))
    _record(found, row, "followup.settle_concern")
    return row


def _opened(actor: Actor, child_id: UUID, *, lock: bool = True) -> Subject:
    if actor.kind is not ActorKind.STAFF:
        # Neither the child nor those who represent it learn from this that there is one.
        raise NotFound(f"person {child_id}")
    return policies.opened_carer(actor, child_id, action=policies.KEEP_FILE, lock=lock)


def _ensure_about(actor: Actor, child_id: UUID, response_id: UUID | None) -> None:
    """Answers that it rests on are the child's, and the actor may read them."""
    if response_id is None:
        return
    read = questionnaires.response(actor=actor, response_id=response_id)
    if read.row.subject_id != child_id:
        raise NotFound(f"response {response_id}")


def _stored(
    found: Subject, details: ConcernDetails, *, response_id: UUID | None, earlier: ConcernAssessment | None
) -> ConcernAssessment:
    before = {"consulted_on": earlier.consulted_on, "reported_on": earlier.reported_on} if earlier else {}
    said = rules.tidy(details, today=clock.today(), said_before=before)
    if found.unit_id is None:
        raise NotAllowed(action=policies.KEEP_FILE, reason=policies.NOT_FOLLOWED_UP, person_id=found.person_id)
    row = ConcernAssessment(
        child_id=found.person_id,
        unit_id=found.unit_id,
        response_id=response_id,
        earlier=earlier,
        recorded_at=clock.now(),
        recorded_by=found.actor.id,
        recorded_by_name=found.actor.name,
        role=ReporterRole(said.role).value if said.role else "",
        danger=said.danger.value,
        consulted=[each.value for each in said.consulted],
        consulted_on=said.consulted_on,
        judgement=said.judgement.value,
        reason=said.reason,
        parents_told=said.parents_told.value,
        reported_on=said.reported_on,
        reported_to=said.reported_to.value if said.reported_to else "",
        reported_how=said.reported_how.value if said.reported_how else "",
        look_again_on=said.look_again_on,
    )
    if earlier is not None:
        for column in (*_COLUMNS.values(), "investigates", "is_special"):
            setattr(row, column, getattr(earlier, column))
    row.save(force_insert=True)
    _attend(found, row)
    _record(found, row, "followup.record_concern")
    return row


def _for_update(actor: Actor, concern_id: UUID, version: int) -> tuple[Subject, ConcernAssessment]:
    child_id = ConcernAssessment.objects.filter(id=concern_id).values_list("child_id", flat=True).first()
    if child_id is None:
        raise NotFound(f"concern {concern_id}")
    found = _opened(actor, child_id)
    row = ConcernAssessment.objects.select_for_update(of=("self",)).get(id=concern_id)
    if row.settled_at is not None:
        raise ConcernSettled
    if row.version != version:
        raise ConcernChanged(now=row.version)
    return found, row


def _settle(found: Subject, row: ConcernAssessment, *, why: str) -> None:
    row.settled_at, row.settled_by, row.settled_by_name = clock.now(), found.actor.id, found.actor.name
    row.settled_why = why or None
    _changed(row, "settled_at", "settled_by", "settled_by_name", "settled_why")
    _attend(found, row)


def _changed(row: ConcernAssessment, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _attend(found: Subject, row: ConcernAssessment) -> None:
    """
    Let the next day of a concern stand on the list of whoever wrote it down, in the unit that follows the child.

    Where their unit does so no more, it is of whoever goes on with it, in theirs.
    """
    on = rules.next_day(days_of(row), investigates=row.investigates, look_again_on=row.look_again_on)
    if on is None or row.settled_at is not None:
        attending.take_off(found.actor, kinds.FOLLOWUP_CONCERN, CONCERN, [row.id])
        return
    stays = follows(found.actor, row.child_id, row.unit_id)
    if not stays:
        attending.take_off(found.actor, kinds.FOLLOWUP_CONCERN, CONCERN, [row.id], why=WithdrawnWhy.MOVED)
    attending.put(
        found.actor,
        Placed(
            kind=kinds.FOLLOWUP_CONCERN.code,
            subject_type=CONCERN,
            subject_id=row.id,
            unit_id=row.unit_id if stays else found.unit_id or row.unit_id,
            person_id=row.child_id,
            due_on=on,
            roles=_SEES_TO_IT,
            taken_by=row.recorded_by if stays else found.actor.id,
            taken_by_name=row.recorded_by_name if stays else found.actor.name,
        ),
    )


def _record(found: Subject, row: ConcernAssessment, action: str) -> None:
    """That there is a concern is held back in the log from the child and from those who represent it."""
    audit.record(
        actor=found.actor,
        action=action,
        information=(Information.CONCERN_FOR_CHILD,),
        subject_type=CONCERN,
        subject_id=row.id,
        person_id=row.child_id,
        basis=found.basis,
    )
