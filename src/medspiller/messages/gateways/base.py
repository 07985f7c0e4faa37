"""What every gateway promises."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from medspiller.messages.domain.notices import Channel, Outcome

# Seconds for a whole hand-over.
TIME_LIMIT = 10.0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One notice as a gateway gets it. `notice_id` is the idempotency key: it is the same however often it is tried."""

    notice_id: UUID
    address: str
    subject: str
    text: str
    sender: str


class Gateway(Protocol):
    """
    One way out for one channel. Safe to be used by several threads.

    `leaves_machine` says whether anybody outside gets anything.
    """

    name: str
    channel: Channel
    leaves_machine: bool

    def hand_over(self, outgoing: Outgoing) -> Outcome:
        """
        Hand a notice over and say what is known of the outcome, within `TIME_LIMIT`.

        Nothing is logged or raised that holds an address or a text. Whoever is in doubt
        says UNKNOWN: twice is worse than late.
        """
