"""What messages must know of a person before anything is sent; the register of people answers."""

from typing import Protocol
from uuid import UUID

from medspiller.access.domain.actors import Actor


class SafeAddress(Protocol):
    """A contact point of the person's own that they have said is safe for notices."""

    @property
    def value(self) -> str: ...


class Preferences(Protocol):
    """How a person wants to hear from us: a language's tag, empty if unknown; None where nobody asked."""

    @property
    def language(self) -> str: ...

    @property
    def wants_notices(self) -> bool | None: ...

    @property
    def preferred_channel(self) -> str | None: ...


class Register(Protocol):
    """Who can be told something, and where. Each answer holds for now."""

    def notice_address(self, *, actor: Actor, person_id: UUID, channel: str) -> SafeAddress | None:
        """Return where a notice may be sent; None if nothing is known to be safe."""

    def notice_preferences(self, *, actor: Actor, person_id: UUID) -> Preferences:
        """Return what the person said about notices."""

    def consent_is_live(self, *, actor: Actor, consent_id: UUID) -> bool:
        """Say whether a consent holds, and keep it so until the end of the transaction."""

    def consent_is_live_now(self, *, actor: Actor, consent_id: UUID) -> bool:
        """Say whether a consent holds, for a page that only shows something."""
