"""A dated meeting of an offer: states, and what can be said of its seats without knowing who has them."""

from enum import StrEnum


class SessionStatus(StrEnum):
    """Whether a meeting takes place."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
