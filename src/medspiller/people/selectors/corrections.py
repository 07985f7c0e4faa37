"""Requests to have something corrected: those of the actor, and those at the units that answer them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information, Kind, Shown
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.people import policies
from medspiller.people.domain.corrections import About, Outcome
from medspiller.people.models import CorrectionRequest

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SeenCorrection:
    """A request and what came of it; `person_name` is empty for the person, who knows it."""

    id: UUID
    person_id: UUID
    person_name: str
    unit_name: str
    about: About
    text: str
    asked_at: datetime
    answer_by: date
    outcome: Outcome | None
    answer: str
    answered_at: datetime | None
    answered_by_name: str


def own_corrections(*, actor: Actor) -> list[SeenCorrection]:
    """
    Return what the actor has asked to have corrected, newest first; nothing for somebody in no register here.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.ASK_FOR_CORRECTION)
    oneself = policies.registered_as(actor)
    if oneself.person_id is None:
        return []
    rows = CorrectionRequest.objects.filter(person_id=oneself.person_id).select_related("unit")
    return [_seen(row, name="") for row in rows.order_by("-asked_at", "-id")[:MOST_SHOWN]]


def corrections(*, actor: Actor, answered: bool = False) -> list[SeenCorrection]:
    """
    Return the requests at the actor's units, the one that waits longest first; or those answered, newest first.

    Everybody named is in the log.

    :raises NotAllowed: if the actor may answer none.
    """
    order = ("-answered_at", "id") if answered else ("answer_by", "asked_at", "id")
    rows = _answerable(actor).filter(answered_at__isnull=not answered).order_by(*order)[:MOST_SHOWN]
    seen = [_seen(row, name=row.person.name) for row in rows]
    _log(actor, seen)
    return seen


def correction(*, actor: Actor, request_id: UUID) -> SeenCorrection:
    """
    Return one request at the actor's units. The read is in the log.

    :raises NotAllowed: if the actor may answer none.
    :raises NotFound: if there is none, or it is about the actor or their family.
    """
    row = _answerable(actor).filter(id=request_id).first()
    if row is None:
        raise NotFound(f"correction request {request_id}")
    seen = _seen(row, name=row.person.name)
    audit.record(
        actor=actor,
        action=policies.ANSWER_CORRECTION,
        kind=Kind.READ,
        information=(Information.NAME_AND_BIRTH, Information.REGISTRATION),
        subject_type="people.CorrectionRequest",
        subject_id=row.id,
        person_id=row.person_id,
        basis=BasisCode.LEGAL_DUTY,
    )
    return seen


def correction_for_update(*, actor: Actor, request_id: UUID) -> CorrectionRequest:
    """
    Return a request's row, locked until the end of the transaction, for a service.

    :raises NotAllowed: if the actor may answer none.
    :raises NotFound: if there is none, or it is about the actor or their family.
    """
    row = _answerable(actor).select_for_update(of=("self",)).filter(id=request_id).first()
    if row is None:
        raise NotFound(f"correction request {request_id}")
    return row


def _answerable(actor: Actor) -> QuerySet[CorrectionRequest]:
    units = policies.ensure_units(actor, policies.ANSWER_CORRECTION)
    closed = policies.standing(actor, at=clock.now()).closed
    rows = CorrectionRequest.objects.filter(unit_id__in=units).select_related("person", "unit")
    return rows.exclude(person_id__in=closed) if closed else rows


def _log(actor: Actor, seen: list[SeenCorrection]) -> None:
    if not seen:
        return
    audit.record_list(
        actor=actor,
        action=policies.ANSWER_CORRECTION,
        information=(Information.NAME_AND_BIRTH, Information.REGISTRATION),
        shown=[
            Shown(person_id=each.person_id, subject_type="people.CorrectionRequest", subject_id=each.id)
            for each in seen
        ],
        basis=BasisCode.LEGAL_DUTY,
    )


def _seen(row: CorrectionRequest, *, name: str) -> SeenCorrection:
    return SeenCorrection(
        id=row.id,
        person_id=row.person_id,
        person_name=name,
        unit_name=row.unit.name,
        about=About(row.about),
        text=row.text,
        asked_at=row.asked_at,
        answer_by=row.answer_by,
        outcome=Outcome(row.outcome) if row.outcome else None,
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by_name=row.answered_by_name,
    )
