"""Letting a unit have to do with a person: what several services do."""

from datetime import datetime
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, BasisCode, Information
from medspiller.core import clock, events
from medspiller.core.actors import ActorKind
from medspiller.core.constraints import refused_as
from medspiller.organisations import selectors as organisations
from medspiller.people import policies
from medspiller.people.domain import involvements
from medspiller.people.domain.consents import ConsentTopic
from medspiller.people.domain.events import InvolvementOpened
from medspiller.people.domain.involvements import AlreadyInvolved, InvolvementBasis
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.models import EmergencyAccess, Involvement, Person, live_at


def begin(
    actor: Actor,
    person: Person,
    *,
    unit_id: UUID,
    basis: InvolvementBasis,
    starts_at: datetime,
    ends_at: datetime | None,
    now: datetime,
    through: UUID | None = None,
    handed_on_why: str = "",
    only_while_let: frozenset[ConsentTopic] = frozenset(),
) -> Involvement:
    """
    Store that a unit has to do with a person, and announce it. Where it has by their leave, it has without from now on.

    :raises AlreadyInvolved: if it has, on this basis, in some of that time.
    """
    involvements.ensure_may_begin(
        basis=basis,
        protected_address=ProtectedAddress(person.protected_address),
        starts_at=starts_at,
        ends_at=ends_at,
        now=now,
    )
    lent = None if only_while_let else _lent(person, unit_id, basis, now=now)
    if lent is not None and starts_at <= now:
        lent.only_while_let, lent.ends_at = [], ends_at
        with refused_as({"people_involvement_once": AlreadyInvolved()}):
            lent.save(update_fields=["only_while_let", "ends_at"])
        return lent
    with refused_as({"people_involvement_once": AlreadyInvolved()}):
        opened = Involvement.objects.create(
            person=person,
            unit_id=unit_id,
            basis=basis.value,
            starts_at=starts_at,
            ends_at=ends_at,
            opened_by=actor.id,
            opened_by_name=actor.name,
            opened_at=now,
            emergency_access_id=through,
            handed_on_why=handed_on_why,
            only_while_let=sorted(topic.value for topic in only_while_let),
        )
    events.publish(
        InvolvementOpened(
            involvement_id=opened.id, person_id=person.id, unit_id=unit_id, basis=basis.value, starts_at=starts_at
        )
    )
    return opened


def _lent(person: Person, unit_id: UUID, basis: InvolvementBasis, *, now: datetime) -> Involvement | None:
    """What the unit has to do with somebody on this ground because it is let, locked; None if nothing."""
    live = Involvement.objects.select_for_update(of=("self",)).filter(
        live_at(now), person=person, unit_id=unit_id, basis=basis.value
    )
    return live.exclude(only_while_let=[]).first()


def recorded(actor: Actor, opened: Involvement) -> None:
    """Write in the log that a unit has to do with a person from now on."""
    audit.record(
        actor=actor,
        action=policies.OPEN_INVOLVEMENT,
        information=Information.INVOLVEMENT,
        subject_type="people.Involvement",
        subject_id=opened.id,
        person_id=opened.person_id,
        basis=through(actor, opened),
    )


def through(actor: Actor, involvement: Involvement) -> Basis:
    """The ground on which the unit writes about the person: the involvement itself, or the access it came from."""
    if actor.kind is ActorKind.SYSTEM:
        return Basis(code=BasisCode.SYSTEM)
    unit = organisations.unit(actor=actor, unit_id=involvement.unit_id)
    if involvement.emergency_access_id is not None and involvement.closed_at is None:
        written = EmergencyAccess.objects.get(id=involvement.emergency_access_id)
        return Basis(
            code=BasisCode.BLUE_LIGHT,
            text=written.reason,
            decision_id=written.id,
            decided_at=written.starts_at,
            chosen_by_actor=True,
            unit_id=unit.id,
            unit_name=unit.name,
        )
    return Basis(
        code=BasisCode.INVOLVEMENT,
        decision_id=involvement.id,
        decided_at=involvement.starts_at,
        unit_id=unit.id,
        unit_name=unit.name,
    )


def unit_to_answer(actor: Actor, person_id: UUID) -> UUID | None:
    """
    Return which unit answers somebody who asks about themselves; None if there is no unit at all.

    The one that follows them up since last; else one that only has their number, since it wrote
    them down; else the top of the house.
    """
    live = Involvement.objects.filter(live_at(clock.now()), person_id=person_id).order_by("-starts_at", "id")
    found = list(live.values_list("basis", "unit_id"))
    number_only = InvolvementBasis.EMERGENCY_CONTACT.value
    for _basis, unit_id in sorted(found, key=lambda each: each[0] == number_only):
        return unit_id
    units = organisations.units(actor=actors.system(actor.tenant_id), on=clock.today())
    top: UUID | None = units.filter(parent_id=None).values_list("id", flat=True).first()
    return top
