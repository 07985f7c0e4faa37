"""A gateway that sends nothing: how one is written, and what the demo uses."""

import logging

from medspiller.messages.domain.notices import Answer, Channel, Outcome
from medspiller.messages.gateways.base import Outgoing

logger = logging.getLogger(__name__)


class DemoGateway:
    """
    Takes every notice and keeps it on this machine.

    The notice itself is the outbox: staff find it with its text among the notices, and the
    person on their own page.
    """

    leaves_machine = False

    def __init__(self, channel: Channel):
        self.channel = channel
        self.name = f"demo_{channel}"

    def hand_over(self, outgoing: Outgoing) -> Outcome:
        logger.info("messages.demo.taken", extra={"notice_id": str(outgoing.notice_id), "channel": self.channel.value})
        return Outcome(Answer.TAKEN, reference=f"demo-{outgoing.notice_id}")
