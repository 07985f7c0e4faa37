"""What has happened to answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ResponseCompleted:
    """Answers were finished. `person_id` is whose they are, `definition` the canonical url|version."""

    response_id: UUID
    person_id: UUID
    definition: str
    completed_at: datetime


@dataclass(frozen=True, slots=True)
class ResponseEnteredInError:
    """Finished answers were marked as wrong: nothing may rest on them any more."""

    response_id: UUID
    person_id: UUID
    definition: str
