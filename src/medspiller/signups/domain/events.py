"""What happens to sign-ups."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SignUpsChanged:
    """Somebody knows now, or does not come any more: who must be called about the meetings may be others."""

    session_id: UUID


@dataclass(frozen=True, slots=True)
class PlaceOffered:
    """A seat is kept free for somebody who waited, for a time."""

    sign_up_id: UUID
