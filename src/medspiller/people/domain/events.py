"""What has happened to persons, involvements and emergency accesses."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PersonRegistered:
    """Somebody has become known to the tenant."""

    person_id: UUID


@dataclass(frozen=True, slots=True)
class InvolvementOpened:
    """A unit has to do with a person, from a moment that may lie ahead."""

    involvement_id: UUID
    person_id: UUID
    unit_id: UUID
    basis: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class InvolvementClosed:
    """A unit has nothing more to do with a person from a moment on, on this basis."""

    involvement_id: UUID
    person_id: UUID
    unit_id: UUID
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class EmergencyAccessOpened:
    """Somebody has opened a person without a relation; the leader of the unit looks at why."""

    emergency_access_id: UUID
    person_id: UUID
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class EmergencyAccessReviewed:
    """The leader has said whether it was in order."""

    emergency_access_id: UUID
    unit_id: UUID
    verdict: str


@dataclass(frozen=True, slots=True)
class AccessQuestionAsked:
    """A person has asked a unit about an entry of the access log."""

    question_id: UUID
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class AccessQuestionAnswered:
    """The unit has answered."""

    question_id: UUID
    person_id: UUID
