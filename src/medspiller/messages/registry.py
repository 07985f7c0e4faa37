"""What the wiring connects: the gateways of this process, and the register that knows where somebody can be reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.messages.domain.notices import Channel
from medspiller.messages.domain.register import Preferences, Register, SafeAddress
from medspiller.messages.gateways.base import Gateway


class TwoForOneChannel(ValueError):
    """Two gateways were connected for the same channel; nobody could say which is used."""


@dataclass(frozen=True, slots=True)
class NothingSaid:
    """What is known of somebody who was not asked."""

    language: str = ""
    wants_notices: bool | None = None
    preferred_channel: str | None = None


class NobodyKnown:
    """A register in which nobody can be reached: nothing leaves."""

    def notice_address(self, *, actor: Actor, person_id: UUID, channel: str) -> SafeAddress | None:
        return None

    def notice_preferences(self, *, actor: Actor, person_id: UUID) -> Preferences:
        return NothingSaid()

    def consent_is_live(self, *, actor: Actor, consent_id: UUID) -> bool:
        return False

    def consent_is_live_now(self, *, actor: Actor, consent_id: UUID) -> bool:
        return False


_gateways: dict[Channel, Gateway] = {}
_register: list[Register] = []


def connect(*, gateways: Iterable[Gateway], register: Register) -> None:
    """
    Make these the gateways, and this the register, of this process.

    :raises TwoForOneChannel: if a channel has two gateways.
    """
    by_channel: dict[Channel, Gateway] = {}
    for gateway in gateways:
        if gateway.channel in by_channel:
            raise TwoForOneChannel(gateway.channel)
        by_channel[gateway.channel] = gateway
    _gateways.clear()
    _gateways.update(by_channel)
    _register[:] = [register]


def gateway_for(channel: Channel) -> Gateway | None:
    """Return the way out for a channel; None if there is none."""
    return _gateways.get(channel)


def gateways() -> list[Gateway]:
    """Return every way out."""
    return list(_gateways.values())


def register() -> Register:
    """Return who knows where somebody can be reached."""
    return _register[0] if _register else NobodyKnown()
