"""That a carer lets whoever follows them up read what they have answered."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AnswersHandedOver:
    """A carer has handed over answers that they keep."""

    kept_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class HandingOverTakenBack:
    """A carer has taken back what they had handed over, or deleted it."""

    kept_id: UUID
