"""Asking another unit to follow somebody up."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information
from medspiller.core import clock, events
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors as organisations
from medspiller.people import policies, selectors
from medspiller.people.domain import involvements
from medspiller.people.domain.events import PersonHandedOn
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.models import Involvement
from medspiller.people.services import _involving


@transaction.atomic
def hand_on(*, actor: Actor, person_id: UUID, unit_id: UUID, basis: InvolvementBasis | str, reason: str) -> Involvement:
    """
    Let another unit follow somebody up from now on, with why in words that it reads.

    Open to whoever follows the person up for their own sake, and only to them: a colleague who
    knows the person answers for that the other unit needs to. The actor needs no role there,
    and their own unit's relation stays as it is.

    :raises NotFound: if there is no such person, or no such unit that is open; `Closed`, if the actor has no need to
        know.
    :raises NotAllowed: if the actor may not, has only the person's number, or looks in an emergency.
    :raises HandOnRefused: if the reason says too little or too much.
    :raises AlreadyInvolved: if the unit has to do with the person on this basis now.
    """
    person = selectors.person_for_update(actor=actor, person_id=person_id)
    now = clock.now()
    ground = policies.ensure_edit(actor, person, policies.OPEN_INVOLVEMENT, at=now)
    if not organisations.units(actor=actor, on=clock.today()).filter(id=unit_id).exists():
        raise NotFound(f"unit {unit_id}")
    why = involvements.tidy_reason(reason)

    opened = _involving.begin(
        actor,
        person,
        unit_id=unit_id,
        basis=InvolvementBasis(basis),
        starts_at=now,
        ends_at=None,
        now=now,
        handed_on_why=why,
    )
    audit.record(
        actor=actor,
        action="people.hand_on",
        information=Information.INVOLVEMENT,
        subject_type="people.Involvement",
        subject_id=opened.id,
        person_id=person_id,
        basis=ground,
    )
    events.publish(
        PersonHandedOn(involvement_id=opened.id, person_id=person_id, unit_id=unit_id, handed_on=clock.today())
    )
    return opened
