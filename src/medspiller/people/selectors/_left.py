"""
Whom nobody follows up any more, and who has not been told that they are registered (GDPR art. 14).

The duty does not end with the follow-up. It stays with the unit that had to do with the person
last, and there with whoever may take it up for the unit: its leader. Nothing of this is stored.
It holds while there is nobody else and the person is untold, and no second longer.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis, BasisCode
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.people import policies
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.models import InformationGiven, Involvement


def waiting(person_ids: Collection[UUID]) -> QuerySet[InformationGiven]:
    """Return what waits to be told to those of these persons whom no unit has to do with, now or later."""
    to_come = Involvement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()), person_id=OuterRef("person_id"))
    return InformationGiven.objects.filter(
        ~Exists(to_come),
        person_id__in=person_ids,
        informed_at=None,
        reason_not_to="",
        person__died_on=None,
        person__merged_into=None,
    ).select_related("person")


def last_units(person_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """
    Return the unit that had to do with each of these persons last, with its name.

    A number alone opens nobody who is strictly protected, and leaves nobody behind to tell them.
    """
    rows = Involvement.objects.filter(person_id__in=person_ids, ends_at__gt=F("starts_at")).exclude(
        basis=InvolvementBasis.EMERGENCY_CONTACT.value, person__protected_address=ProtectedAddress.STRICT.value
    )
    found: dict[UUID, tuple[UUID, str]] = {}
    for person_id, unit_id, name in rows.order_by("ends_at", "starts_at", "id").values_list(
        "person_id", "unit_id", "unit__name"
    ):
        found[person_id] = (unit_id, name)
    return found


def left_to(
    actor: Actor, person_ids: Collection[UUID], *, closed: Collection[UUID]
) -> dict[UUID, tuple[InformationGiven, Basis]]:
    """
    Return what is left to the actor to tell, by person, with the ground on which they see whom. At most two statements.

    `closed` are the persons the actor is, or is too close to.
    """
    units = actor.units_with(policies.TELL_AFTER_FOLLOW_UP) if actor.kind is ActorKind.STAFF else frozenset()
    wanted = set(person_ids) - set(closed)
    if not units or not wanted:
        return {}
    rows = {row.person_id: row for row in waiting(wanted)}
    last = last_units(rows) if rows else {}
    return {
        person_id: (row, _basis(row, *last[person_id]))
        for person_id, row in rows.items()
        if person_id in last and last[person_id][0] in units
    }


def _basis(row: InformationGiven, unit_id: UUID, unit_name: str) -> Basis:
    return Basis(code=BasisCode.LEGAL_DUTY, decision_id=row.id, unit_id=unit_id, unit_name=unit_name)
