"""
Refusals that a person may meet. Each carries the facts its message needs.

What nobody foresaw is not here: it is logged as it is and shown as an apology.
"""

from collections.abc import Mapping
from uuid import UUID


class MedspillerError(Exception):
    """Something was refused for a reason that can be told."""


class NotFound(MedspillerError):
    """
    There is no such thing, or the actor may not know of it; the two look alike (404).

    `refusal` is what the access log is to hold where there is such a thing.
    """

    refusal: "NotAllowed | None" = None


class NotAllowed(MedspillerError):
    """
    The actor may know of the thing but not do this to it (403). Always logged.

    `person_id` is whom it was about, so that this person sees the attempt too.
    """

    def __init__(self, *, action: str, reason: str, subject_id: UUID | None = None, person_id: UUID | None = None):
        self.action, self.reason = action, reason
        self.subject_id, self.person_id = subject_id, person_id
        super().__init__(f"{action}: {reason}")


class InvalidInput(MedspillerError):
    """What was typed cannot be stored (422). `problems` maps a field's name to what is wrong with it."""

    def __init__(self, problems: Mapping[str, str]):
        self.problems = dict(problems)
        super().__init__("; ".join(f"{field}: {problem}" for field, problem in self.problems.items()))


class Conflict(MedspillerError):
    """Somebody else changed the same thing meanwhile; nothing of it was overwritten (409)."""

    def __init__(self, *, changed: Mapping[str, str]):
        self.changed = dict(changed)
        super().__init__("changed meanwhile: " + ", ".join(self.changed))
