"""Actors with just the rights a test gives them, and units and posts in named states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from medspiller.core import ids
from medspiller.core.actors import ActorKind
from medspiller.organisations.domain.kinds import OrganisationKind, UnitKind
from medspiller.organisations.models import Organisation, Post, Unit

OPENED = date(2020, 1, 1)
TODAY = date(2026, 11, 21)
LAST_YEAR_ENDED = date(2026, 1, 1)


@dataclass(frozen=True)
class StandIn:
    """Somebody who may do what `rights` says, each action in the units given and no others."""

    tenant_id: UUID | None
    kind: ActorKind
    rights: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    id: UUID = field(default_factory=ids.new_id)
    name: str = "Prøve Prøvesen"
    organisation: str = "Prøvekommunen"

    def may(self, action: str, *, unit_id: UUID | None = None) -> bool:
        if self.kind is ActorKind.SYSTEM:
            return True
        return action in self.rights and (unit_id is None or unit_id in self.rights[action])

    def units_with(self, action: str) -> frozenset[UUID]:
        return frozenset() if self.kind is ActorKind.SYSTEM else self.rights.get(action, frozenset())


def system(tenant_id: UUID | None) -> StandIn:
    return StandIn(tenant_id=tenant_id, kind=ActorKind.SYSTEM)


def staff(tenant_id: UUID, *actions: str, units: Iterable[Unit] = ()) -> StandIn:
    """A member of staff who sees the house, and may do `actions` in `units`."""
    reach = frozenset(unit.id for unit in units)
    return StandIn(
        tenant_id=tenant_id,
        kind=ActorKind.STAFF,
        rights={"organisations.view_unit": reach} | dict.fromkeys(actions, reach),
    )


def stranger(tenant_id: UUID | None, kind: ActorKind = ActorKind.ANONYMOUS) -> StandIn:
    """Somebody without any rights."""
    return StandIn(tenant_id=tenant_id, kind=kind)


def make_unit(
    name: str = "Hjemmetjenesten", *, under: Unit | None = None, closed: bool = False, **columns: object
) -> Unit:
    """A unit, open since 2020 unless it is `closed`."""
    known = {"kind": UnitKind.HOME_CARE.value, "opened_on": OPENED, "closed_from": LAST_YEAR_ENDED if closed else None}
    return Unit.objects.create(name=name, parent=under, **(known | columns))


def make_chain(levels: int) -> list[Unit]:
    """Units each under the one before, the top first."""
    units: list[Unit] = []
    for level in range(1, levels + 1):
        units.append(make_unit(f"Nivå {level}", under=units[-1] if units else None))
    return units


def make_post(unit: Unit, title: str = "Sykepleier", *, closed: bool = False, **columns: object) -> Post:
    """A post, open since 2020 unless it is `closed`."""
    known = {"opened_on": OPENED, "closed_from": LAST_YEAR_ENDED if closed else None}
    return Post.objects.create(unit=unit, title=title, **(known | columns))


def make_organisation(name: str = "Demensforeningen", **columns: object) -> Organisation:
    return Organisation.objects.create(name=name, **({"kind": OrganisationKind.VOLUNTARY.value} | columns))
