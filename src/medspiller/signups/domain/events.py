"""What happens to sign-ups."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PlaceOffered:
    """A seat is kept free for somebody who waited, for a time."""

    sign_up_id: UUID
