"""Who acted, as they were when it happened."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from medspiller.core.actors import Actor, ActorKind


@dataclass(frozen=True, slots=True)
class Who:
    """
    The actor of one entry.

    `organisation` is the data controller they act for, `place` the business (treatment
    place) and `unit` the part of it they work in. `role` is what their post is called,
    `authorisation` a health personnel category (Volven 9060).
    """

    id: UUID
    kind: ActorKind
    name: str
    organisation: str
    organisation_number: str = ""
    place_number: str = ""
    place_name: str = ""
    unit_id: UUID | None = None
    unit_name: str = ""
    role: str = ""
    authorisation: str = ""
    hpr_number: str = ""


def of(actor: Actor) -> Who:
    """
    Return what the log keeps of an actor.

    Beyond `core.actors.Actor` an actor may have `organisation_number`, `place_number`,
    `place_name`, `unit_id`, `unit_name`, `role`, `authorisation` and `hpr_number`; what it
    lacks stays empty.
    """

    def text(attribute: str) -> str:
        value: Any = getattr(actor, attribute, "")
        return str(value) if value else ""

    return Who(
        id=actor.id,
        kind=ActorKind(actor.kind),
        name=actor.name,
        organisation=actor.organisation,
        organisation_number=text("organisation_number"),
        place_number=text("place_number"),
        place_name=text("place_name"),
        unit_id=getattr(actor, "unit_id", None),
        unit_name=text("unit_name"),
        role=text("role"),
        authorisation=text("authorisation"),
        hpr_number=text("hpr_number"),
    )
