"""Everything that is registered about somebody and is theirs, for them to take with them (GDPR art. 15 and 20)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information, Kind
from medspiller.people import policies
from medspiller.people.models import ChildrenAnswer, ChildrenReason, CompetenceDecision
from medspiller.people.selectors.consents import SeenConsent, consents
from medspiller.people.selectors.corrections import SeenCorrection, own_corrections
from medspiller.people.selectors.own_log import MOST_COPIED, OwnLog, own_access_log
from medspiller.people.selectors.own_page import OwnPage, log_named, own_page
from medspiller.people.selectors.questions import Question, own_access_questions
from medspiller.people.selectors.statements import SeenStatement, statements

TAKEN_OUT = (
    Information.NAME_AND_BIRTH,
    Information.REGISTRATION,
    Information.CONTACT_DETAILS,
    Information.INVOLVEMENT,
    Information.CARERS,
    Information.CARED_FOR,
    Information.CHILDREN,
    Information.HEALTH,
    Information.CONSENTS,
    Information.MAY_BE_TOLD,
    Information.NEEDS,
    Information.ANSWERS,
    Information.ACCESS_LOG,
)


@dataclass(frozen=True, slots=True)
class OwnDecision:
    """A decision on whether the person could decide in one matter."""

    matter: str
    competent: bool
    reason: str
    decided_at: datetime
    decided_by: str
    review_on: date | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What the person answered to a question about children or siblings."""

    topic: str
    reply: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class OwnReason:
    """Why the person was asked about children and siblings, from when and until when somebody had it so."""

    code: str
    recorded_at: datetime
    recorded_by: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnData:
    """
    All of it. `person_number` is the person's own.

    What somebody judged about them because of danger or a child is left out: it is in no copy
    until it is released, and nothing here tells whether there is any.
    """

    page: OwnPage
    person_number: str
    consents: tuple[SeenConsent, ...]
    statements: tuple[SeenStatement, ...]
    corrections: tuple[SeenCorrection, ...]
    decisions: tuple[OwnDecision, ...]
    children_answers: tuple[OwnAnswer, ...]
    children_reasons: tuple[OwnReason, ...]
    questions: tuple[Question, ...]
    log: OwnLog


def own_data(*, actor: Actor) -> OwnData | None:
    """
    Return everything that is the actor's own, for a file; None for somebody in no register here.

    That it was taken out is in the log, once; of others there is what their own page shows of
    them, and those named are in the log.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.TAKE_OUT_OWN_DATA)
    page = own_page(actor=actor)
    if page is None:
        return None
    oneself, me = page.actor, page.person_id
    log_named(actor=oneself, page=page)
    audit.record(
        actor=oneself,
        action=policies.TAKE_OUT_OWN_DATA,
        kind=Kind.READ,
        information=TAKEN_OUT,
        subject_type="people.Person",
        subject_id=me,
        person_id=me,
        basis=BasisCode.OWN,
    )
    return OwnData(
        page=page,
        person_number=str(policies.own_persons(oneself).values_list("pid", flat=True).first() or ""),
        consents=tuple(consents(actor=oneself, owner_id=me)),
        statements=tuple(statements(actor=oneself, owner_id=me)),
        corrections=tuple(own_corrections(actor=oneself)),
        decisions=_decisions(me),
        children_answers=_children_answers(me),
        children_reasons=_children_reasons(me),
        questions=tuple(own_access_questions(actor=oneself)),
        log=own_access_log(actor=oneself, size=MOST_COPIED),
    )


def _decisions(person_id: UUID) -> tuple[OwnDecision, ...]:
    return tuple(
        OwnDecision(
            matter=each.matter,
            competent=each.competent,
            reason=each.reason,
            decided_at=each.judged_at,
            decided_by=each.judged_by_name,
            review_on=each.review_on,
            ended_at=each.ended_at,
        )
        for each in CompetenceDecision.objects.filter(patient_id=person_id).order_by("-judged_at", "-id")
    )


def _children_answers(person_id: UUID) -> tuple[OwnAnswer, ...]:
    return tuple(
        OwnAnswer(topic=each.topic, reply=each.reply, asked_at=each.asked_at)
        for each in ChildrenAnswer.objects.filter(patient_id=person_id).order_by("topic")
    )


def _children_reasons(person_id: UUID) -> tuple[OwnReason, ...]:
    return tuple(
        OwnReason(each.code, each.recorded_at, each.recorded_by_name, each.ended_at)
        for each in ChildrenReason.objects.filter(patient_id=person_id).order_by("recorded_at", "id")
    )
