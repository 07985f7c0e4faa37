"""
What people say matters to them. It belongs to whoever said it.

What a carer said stays on the carer's own page. On the page of the one they care for it is
shown only while the carer lets the unit there know, and it is looked up anew each time.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, BasisCode, Information, Kind
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.people import policies
from medspiller.people.domain.consents import ConsentDecision, ConsentTopic
from medspiller.people.models import Consent, Involvement, Statement, live_at
from medspiller.people.selectors import _owned as owned

RECORD_STATEMENT = "people.record_statement"
OWN_STATEMENT = "people.record_own_statement"
VIEW = "people.view_statements"


@dataclass(frozen=True, slots=True)
class SeenStatement:
    """One thing somebody said, in their own words."""

    id: UUID
    owner_id: UUID
    about_id: UUID | None
    text: str
    said_at: datetime
    recorded_by: str


def statements(*, actor: Actor, owner_id: UUID) -> list[SeenStatement]:
    """
    Return what somebody says matters to them, newest first. The read is in the log.

    :raises NotFound: if there is no such person; `Closed`, if no unit of the actor's follows them up for their own
        sake.
    :raises NotAllowed: if it is staff's own file, or the role does not reach the unit.
    """
    found = owned.opened(actor=actor, person_id=owner_id, action=RECORD_STATEMENT, own_action=OWN_STATEMENT)
    owned.ensure_own_subject(found, action=RECORD_STATEMENT)
    seen = [_seen(row) for row in _live(owner_id)]
    _log(found.actor, owner_id, found.basis)
    return seen


def statements_of_carer(*, actor: Actor, patient_id: UUID, carer_id: UUID) -> list[SeenStatement]:
    """
    Return what a carer says matters to them, as far as it may stand on the patient's page: nothing without consent.

    What the carer said of somebody else they care for is left out. The read is in the carer's log.

    :raises NotFound: if there is no such patient; `Closed`, if the actor has no need to know.
    """
    if carer_id not in sharing_carers(actor=actor, patient_id=patient_id, carer_ids=[carer_id]):
        return []
    seen = _words_about(patient_id, carer_id)
    if seen:
        _log(actor, carer_id, Basis(code=BasisCode.CONSENT))
    return seen


def _words_about(patient_id: UUID, carer_id: UUID) -> list[SeenStatement]:
    """The carer's words as far as they may be about this patient: for who has found that the carer shares them."""
    return [_seen(row) for row in _live(carer_id).filter(Q(about_id=None) | Q(about_id=patient_id))]


def sharing_carers(
    *, actor: Actor, patient_id: UUID, carer_ids: list[UUID], topic: ConsentTopic = ConsentTopic.OWN_SITUATION
) -> frozenset[UUID]:
    """
    Return which of these carers let a unit of the actor's know of their own situation, right now, or of another topic.

    The unit must be one that has to do with the patient at this moment: a consent to one unit
    opens nothing to another, and none where the unit no longer follows the patient up. That
    the same unit follows up both changes nothing.

    :raises NotFound: if there is no such patient; `Closed`, if the actor has no need to know.
    """
    found = owned.opened(actor=actor, person_id=patient_id, action=policies.VIEW_PERSON)
    if actor.kind is not ActorKind.STAFF or not found.own_subject:
        return frozenset()
    at = clock.now()
    units = Involvement.objects.filter(
        live_at(at), person_id=patient_id, unit_id__in=actor.units_with(policies.VIEW_PERSON)
    )
    closed = policies.standing(actor, at=at).closed
    return frozenset(
        _live_consents(at=at)
        .filter(
            owner_id__in=set(carer_ids) - closed,
            to_unit_id__in=units.values("unit_id"),
            topics__contains=[topic.value],
        )
        .values_list("owner_id", flat=True)
    )


def lets_unit_know(*, actor: Actor, owner_id: UUID, unit_id: UUID, topics: frozenset[ConsentTopic]) -> bool:
    """
    Say to a service whether somebody lets a unit know of one of these topics, and keep it so until the end of the
    transaction: a withdrawal either came before, and this says no, or waits until the act is done.

    For anybody but the system nothing is said, and False looks like it.
    """
    if actor.kind is not ActorKind.SYSTEM:
        return False
    live = _live_consents(at=clock.now()).filter(owner_id=owner_id, to_unit_id=unit_id)
    found = live.filter(topics__overlap=sorted(topic.value for topic in topics))
    return found.select_for_update(no_key=True).first() is not None


def units_let_know(*, actor: Actor, owner_id: UUID, topics: frozenset[ConsentTopic]) -> frozenset[UUID]:
    """Say to a service which units somebody lets know of one of these topics now. To anybody but the system: none."""
    if actor.kind is not ActorKind.SYSTEM:
        return frozenset()
    live = _live_consents(at=clock.now()).filter(owner_id=owner_id, to_unit_id__isnull=False)
    found = live.filter(topics__overlap=sorted(topic.value for topic in topics))
    return frozenset(found.values_list("to_unit_id", flat=True))


def _live_consents(*, at: datetime) -> QuerySet[Consent]:
    """Return the consents given and holding at a moment, for a selector to narrow further: always from the rows."""
    return Consent.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at),
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=at),
        decision=ConsentDecision.GIVEN.value,
        starts_at__lte=at,
    )


def _live(owner_id: UUID) -> QuerySet[Statement]:
    at = clock.now()
    rows = Statement.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), owner_id=owner_id, said_at__lte=at)
    return rows.order_by("-said_at", "-id")


def _seen(row: Statement) -> SeenStatement:
    return SeenStatement(
        id=row.id,
        owner_id=row.owner_id,
        about_id=row.about_id,
        text=row.text,
        said_at=row.said_at,
        recorded_by=row.recorded_by_name,
    )


def _log(actor: Actor, owner_id: UUID, basis: Basis) -> None:
    audit.record(
        actor=actor,
        action=VIEW,
        kind=Kind.READ,
        information=Information.NEEDS,
        subject_type="people.Person",
        subject_id=owner_id,
        person_id=owner_id,
        basis=basis,
    )
