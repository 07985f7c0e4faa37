"""What must be asked about children and siblings who are next of kin (helsepersonelloven §§ 10 a and 10 b)."""

from datetime import datetime, timedelta
from enum import StrEnum


class ChildrenTopic(StrEnum):
    """
    What is asked. The first two are the law's; the others are local practice where § 10 a does not apply.

    A code is stored for good.
    """

    MINOR_CHILDREN = "minor_children"
    MINOR_SIBLINGS = "minor_siblings"
    IMPRISONMENT = "imprisonment"
    DISABILITY = "disability"


BY_LAW = frozenset({ChildrenTopic.MINOR_CHILDREN, ChildrenTopic.MINOR_SIBLINGS})


class ChildrenReply(StrEnum):
    """What was answered. Not asked is a reply of its own: it is never taken for no."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


# Local practice: the law asks again at every change, which nobody can see from a register.
ASKED_AGAIN_AFTER = timedelta(days=365)


def ask_again(*, reply: ChildrenReply, asked_at: datetime | None, now: datetime) -> bool:
    """Say whether it is time to ask: nobody has, or it was more than a year ago."""
    return reply is ChildrenReply.NOT_ASKED or asked_at is None or now - asked_at > ASKED_AGAIN_AFTER
