"""Why an actor needed the information (tjenstlig behov)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from medspiller.core.actors import ActorKind


class BasisCode(StrEnum):
    """
    The grounds on which somebody may look or write.

    `UNSTATED` is stored when nobody gave a ground: it is not refused here, because the
    log must hold what happened, and it is what the leader's report looks for.
    """

    INVOLVEMENT = "involvement"
    BLUE_LIGHT = "blue_light"
    OWN = "own"
    REPRESENTATIVE = "representative"
    CONSENT = "consent"
    LEGAL_DUTY = "legal_duty"
    ADMINISTRATION = "administration"
    REVIEW = "review"
    SYSTEM = "system"
    UNSTATED = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """
    The ground of one access, with the attributes of the Norwegian trust framework for data sharing.

    `decision_id` names the involvement or the blue light that the access rests on,
    `decided_at` when it was opened or written (the framework's time of attestation), and
    `chosen_by_actor` says whether the actor wrote it, as with a blue light. `text` is the
    actor's own words and is never shown to the person: it may tell of somebody else.
    `unit_id` and `unit_name` are where the person is followed up, `place_number` and
    `place_name` the business that the unit belongs to, `service_code` the type of service
    (Volven 8663).
    """

    code: BasisCode = BasisCode.UNSTATED
    text: str = ""
    decision_id: UUID | None = None
    decided_at: datetime | None = None
    chosen_by_actor: bool = False
    unit_id: UUID | None = None
    unit_name: str = ""
    place_number: str = ""
    place_name: str = ""
    service_code: str = ""


def stated(basis: Basis | str) -> Basis:
    """
    Return the basis that a code or a whole basis stands for.

    :raises ValueError: if the code is none of `BasisCode`.
    """
    return basis if isinstance(basis, Basis) else Basis(code=BasisCode(basis))


def known(basis: Basis, *, actor_kind: ActorKind, about_actor: bool) -> Basis:
    """
    Return the basis, filled in where the actor alone decides it.

    The system acts as the system, and a citizen who looks at what is their own needs no
    other ground. Staff are never given one: an unstated basis of theirs stays unstated.
    """
    if basis.code is not BasisCode.UNSTATED:
        return basis
    if actor_kind is ActorKind.SYSTEM:
        return replace(basis, code=BasisCode.SYSTEM)
    if actor_kind is ActorKind.CITIZEN and about_actor:
        return replace(basis, code=BasisCode.OWN)
    return basis
