"""Where a notice may go, asked when it is made and once more right before it is handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from medspiller.access.domain.actors import Actor
from medspiller.core.encryption import keyed_hash
from medspiller.messages import registry
from medspiller.messages.domain import addresses
from medspiller.messages.domain.notices import Channel, Reason

_PURPOSE = "messages.address"


@dataclass(frozen=True, slots=True)
class Way:
    """A channel with the address there, normal, and its keyed hash."""

    channel: Channel
    address: str

    @property
    def hashed(self) -> bytes:
        return keyed_hash(f"{self.channel}:{self.address}", purpose=_PURPOSE)


def way_to(
    actor: Actor, *, person_id: UUID, channels: Sequence[Channel], consent_id: UUID | None
) -> tuple[Way | None, Reason | None]:
    """Return the first way that is safe now, or the reason why nothing may be sent. One of the two is there."""
    register = registry.register()
    if consent_id is not None and not register.consent_is_live(actor=actor, consent_id=consent_id):
        return None, Reason.CONSENT_WITHDRAWN
    if register.notice_preferences(actor=actor, person_id=person_id).wants_notices is False:
        return None, Reason.NOT_WANTED
    reason = Reason.NO_SAFE_ADDRESS
    for channel in channels:
        found = register.notice_address(actor=actor, person_id=person_id, channel=channel.value)
        if found is None:
            continue
        way, why = way_at(found.value, channel=channel)
        if way is not None:
            return way, None
        # That an address cannot be used tells less than that one could not be sent to.
        reason = reason if why is None else why
    return None, reason


def way_at(value: str, *, channel: Channel) -> tuple[Way | None, Reason | None]:
    """Return the way to an address; or none, with the reason, which is left out where it is no address at all."""
    address = addresses.normal(value, channel=channel)
    if not addresses.is_usable(address, channel=channel):
        return None, None
    # Where made-up people are kept, nobody real is written to. Elsewhere nobody made-up is.
    if settings.TEST_PERSON_NUMBERS is not addresses.is_made_up(address, channel=channel):
        return None, Reason.NOT_MADE_UP if settings.TEST_PERSON_NUMBERS else Reason.NO_SAFE_ADDRESS
    if registry.gateway_for(channel) is None:
        return None, Reason.NO_GATEWAY
    return Way(channel=channel, address=address), None
