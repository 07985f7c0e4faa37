"""Concerns for a child, for those who follow the child up and nobody else; and what the law asks of who is worried."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind, Shown
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.followup import policies
from medspiller.followup.domain import concerns as rules
from medspiller.followup.domain.concerns import (
    ConcernDetails,
    Consulted,
    Danger,
    Feedback,
    FeedbackDay,
    Judgement,
    ParentsTold,
    Prompt,
    ReportedHow,
    ReportedTo,
)
from medspiller.followup.domain.duties import DUTIES, HOW, LAWS_OF, Duty, Law, ReporterRole
from medspiller.followup.models import ConcernAssessment
from medspiller.followup.selectors._days import days_of
from medspiller.people import selectors as people
from medspiller.people.domain.sentences import Sentence
from medspiller.people.selectors import Mentioned, Subject
from medspiller.questionnaires import selectors as questionnaires
from medspiller.questionnaires.domain.definition.audience import Tag

MOST_DUE = 200


@dataclass(frozen=True, slots=True)
class SeenConcern:
    """
    A concern as it was judged. `prompts` are what has not been done, `days` those after a report.

    `next_on` is the next day on which somebody looks; None where nothing is waited for, and once it is settled.
    """

    id: UUID
    child_id: UUID
    details: ConcernDetails
    recorded_at: datetime
    recorded_by: str
    response_id: UUID | None
    earlier_id: UUID | None
    prompts: tuple[Prompt, ...]
    days: tuple[FeedbackDay, ...]
    next_on: date | None
    investigates: bool | None
    is_special: bool
    settled_at: datetime | None
    settled_by: str
    settled_why: str
    version: int


@dataclass(frozen=True, slots=True)
class ConcernDue:
    """A concern of which somebody is to look today or has been: whose, and what for (None: to judge it again)."""

    id: UUID
    child: Mentioned
    on: date
    waits_for: Feedback | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class DutyHelp:
    """What the law asks of whoever is worried about a child: duties, the laws of each role, and how it is done."""

    duties: tuple[Duty, ...]
    laws_of: dict[ReporterRole, tuple[Law, ...]]
    how: tuple[Sentence, ...]


def duty_help(*, actor: Actor) -> DutyHelp:
    """
    Return what helps somebody who is worried about a child. It is about nobody, and is read in no log.

    :raises NotAllowed: for everybody but staff.
    """
    policies.ensure(actor, policies.READ_FILE)
    return DutyHelp(DUTIES, dict(LAWS_OF), HOW)


def concerns_of(*, actor: Actor, child_id: UUID) -> list[SeenConcern]:
    """
    Return the concerns for a child, the newest first. The read is in the child's log, and held back there.

    :raises NotFound: if there is no such child, and for everybody but staff; `Closed`, without a need to know.
    :raises NotAllowed: if nobody at the actor's units follows the child up.
    """
    found = _opened(actor, child_id)
    rows = list(ConcernAssessment.objects.filter(child_id=child_id).order_by("-recorded_at", "-id"))
    _log(found)
    return [_seen(row) for row in rows]


def _open_concerns_in_file(opened: policies.OpenedFile) -> tuple[SeenConcern, ...]:
    """Return the open concerns for the child of a file that was opened. Where there are any, it is in the log."""
    if opened.actor.kind is not ActorKind.STAFF:
        return ()
    rows = ConcernAssessment.objects.filter(child_id=opened.file.carer_id, settled_at=None)
    found = tuple(_seen(row) for row in rows.order_by("-recorded_at", "-id"))
    if found:
        _log(opened.subject)
    return found


def has_concerns(*, actor: Actor, child_id: UUID) -> bool:
    """
    Say whether anybody has written down a concern for somebody, who may have grown up since. Nothing is logged by this.

    :raises NotFound: if there is no such person, and for everybody but staff; `Closed`, without a need to know.
    :raises NotAllowed: if nobody at the actor's units follows them up.
    """
    _opened(actor, child_id)
    return ConcernAssessment.objects.filter(child_id=child_id).exists()


@dataclass(frozen=True, slots=True)
class ConcernForm:
    """That a form about concern for a child was filled in, when and by whom: nothing of what stands in it."""

    response_id: UUID
    completed_on: date
    author: str


def concern_forms_of(*, actor: Actor, child_id: UUID) -> list[ConcernForm]:
    """
    Return the newest filled-in forms about concern for a child, one of each kind. Nothing is logged by this.

    :raises NotFound: if there is no such child, and for everybody but staff; `Closed`, without a need to know.
    :raises NotAllowed: if nobody at the actor's units follows the child up.
    """
    _opened(actor, child_id)
    found = questionnaires.coded_responses(actor=actors.system(actor.tenant_id), subject_id=child_id)
    return [
        ConcernForm(each.id, each.completed_on, each.author_name)
        for each in reversed(found)
        if Tag.CONCERN_FOR_CHILD in each.tags
    ]


def concern(*, actor: Actor, concern_id: UUID) -> SeenConcern:
    """
    Return one concern. The read is in the child's log, and held back there.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the child up.
    """
    row = ConcernAssessment.objects.filter(id=concern_id).first()
    if row is None:
        raise NotFound(f"concern {concern_id}")
    _log(_opened(actor, row.child_id))
    return _seen(row)


def feedback_due(*, actor: Actor) -> list[ConcernDue]:
    """
    Return the concerns for children the actor may open of which somebody is to look by today, the longest due first.

    Each child named is in the log, held back there.

    :raises NotAllowed: without the role anywhere.
    """
    policies.ensure(actor, policies.READ_FILE)
    children = people.own_subjects(actor=actor, action=policies.READ_FILE)
    rows = ConcernAssessment.objects.filter(settled_at=None, child_id__in=children.values("id")).order_by("id")
    due = sorted((found for row in rows if (found := _due(row))), key=lambda each: (each[1], each[0].id))[:MOST_DUE]
    within = people.reach(actor=actor)
    named = people.mentioned(actor=actor, person_ids={row.child_id for row, _on, _code in due}, within=within)
    audit.record_list(
        actor=actor,
        action=policies.READ_FILE,
        information=(Information.CONCERN_FOR_CHILD,),
        shown=[
            Shown(row.child_id, "followup.ConcernAssessment", row.id, basis=named[row.child_id].basis)
            for row, _on, _code in due
            if row.child_id in named
        ],
    )
    return [
        ConcernDue(row.id, named[row.child_id], on, code, row.recorded_by_name)
        for row, on, code in due
        if row.child_id in named
    ]


def _due(row: ConcernAssessment) -> tuple[ConcernAssessment, date, Feedback | None] | None:
    days = days_of(row)
    on = rules.next_day(days, investigates=row.investigates, look_again_on=row.look_again_on)
    if on is None or on > clock.today():
        return None
    return row, on, next((each.code for each in days if each.on == on and each.answered_on is None), None)


def _opened(actor: Actor, child_id: UUID) -> Subject:
    if actor.kind is not ActorKind.STAFF:
        raise NotFound(f"person {child_id}")
    return policies.opened_carer(actor, child_id, action=policies.READ_FILE)


def _seen(row: ConcernAssessment) -> SeenConcern:
    details, days = _details(row), days_of(row)
    on = rules.next_day(days, investigates=row.investigates, look_again_on=row.look_again_on)
    return SeenConcern(
        id=row.id,
        child_id=row.child_id,
        details=details,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by_name,
        response_id=row.response_id,
        earlier_id=row.earlier_id,
        prompts=() if row.settled_at else rules.prompts(details),
        days=days,
        next_on=None if row.settled_at else on,
        investigates=row.investigates,
        is_special=row.is_special,
        settled_at=row.settled_at,
        settled_by=row.settled_by_name,
        settled_why=str(row.settled_why or ""),
        version=row.version,
    )


def _details(row: ConcernAssessment) -> ConcernDetails:
    return ConcernDetails(
        judgement=Judgement(row.judgement),
        reason=str(row.reason),
        danger=Danger(row.danger),
        role=row.role,
        consulted=tuple(Consulted(each) for each in row.consulted),
        consulted_on=row.consulted_on,
        parents_told=ParentsTold(row.parents_told),
        reported_on=row.reported_on,
        reported_to=ReportedTo(row.reported_to) if row.reported_to else None,
        reported_how=ReportedHow(row.reported_how) if row.reported_how else None,
        look_again_on=row.look_again_on,
    )


def _log(found: Subject) -> None:
    audit.record(
        actor=found.actor,
        action=policies.READ_FILE,
        kind=Kind.READ,
        information=(Information.CONCERN_FOR_CHILD,),
        subject_type="people.Person",
        subject_id=found.person_id,
        person_id=found.person_id,
        basis=found.basis,
    )
