"""Actors of the tests: each says in its name what matters about it."""

from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from medspiller.core.actors import ActorKind
from tests.support.database import ELSEWHERE, HERE

HOME_CARE = UUID("01940000-0000-7000-8000-00000000a001")
NURSING_HOME = UUID("01940000-0000-7000-8000-00000000a002")


@dataclass(frozen=True)
class SomeActor:
    """An actor with everything the log can keep of one; `units` are those it reviews."""

    kind: ActorKind
    name: str
    id: UUID = field(default_factory=uuid4)
    tenant_id: UUID | None = HERE
    organisation: str = "Bærum kommune"
    organisation_number: str = "000000001"
    place_number: str = "000000002"
    place_name: str = "Hjemmebaserte tjenester"
    unit_id: UUID | None = None
    unit_name: str = ""
    role: str = ""
    authorisation: str = ""
    hpr_number: str = ""
    request_id: str = ""
    person_id: UUID | None = None
    represents: frozenset[UUID] = frozenset()
    units: frozenset[UUID] = frozenset()

    def may(self, action: str, *, unit_id: UUID | None = None) -> bool:
        return bool(self.units) if unit_id is None else unit_id in self.units

    def units_with(self, action: str) -> frozenset[UUID]:
        return self.units if action in {"audit.view_log", "audit.release_entry"} else frozenset()


def nurse(**changes: object) -> SomeActor:
    usual = SomeActor(
        kind=ActorKind.STAFF,
        name="Nora Nattevakt",
        unit_id=HOME_CARE,
        unit_name="Hjemmetjenesten øst",
        role="Sykepleier",
        authorisation="SP",
        hpr_number="0000001",
        request_id="req-1",
    )
    return replace(usual, **changes)


def leader(**changes: object) -> SomeActor:
    usual = SomeActor(
        kind=ActorKind.STAFF, name="Leif Leder", unit_id=HOME_CARE, unit_name="Ledelsen", units=frozenset({HOME_CARE})
    )
    return replace(usual, **changes)


def citizen(person_id: UUID | None = None, **changes: object) -> SomeActor:
    usual = SomeActor(kind=ActorKind.CITIZEN, name="Kari Innbygger", organisation="", person_id=person_id or uuid4())
    return replace(usual, **changes)


def representative_of(person_id: UUID) -> SomeActor:
    return citizen(represents=frozenset({person_id}))


def job() -> SomeActor:
    return SomeActor(kind=ActorKind.SYSTEM, name="Medspiller", organisation="")


def nurse_elsewhere() -> SomeActor:
    return nurse(tenant_id=ELSEWHERE)
