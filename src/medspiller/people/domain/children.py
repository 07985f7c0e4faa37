"""What must be asked about children and siblings who are next of kin (helsepersonelloven §§ 10 a and 10 b)."""

from datetime import datetime, timedelta
from enum import StrEnum

from medspiller.core.errors import MedspillerError


class ChildrenTopic(StrEnum):
    """
    What is asked. The first two are the law's; the others are local practice where § 10 a does not apply.

    A code is stored for good.
    """

    MINOR_CHILDREN = "minor_children"
    MINOR_SIBLINGS = "minor_siblings"
    IMPRISONMENT = "imprisonment"
    DISABILITY = "disability"


class ReasonToAsk(StrEnum):
    """
    Why it must be clarified whether a patient has minor children or siblings. The code is stored for good.

    It says no more than the law needs; a diagnosis has no place here. The first three are the law's (§ 10 a); the
    others are local practice.
    """

    MENTAL_ILLNESS = "mental_illness"
    ADDICTION = "addiction"
    SERIOUS_SOMATIC = "serious_somatic"
    IMPRISONMENT = "imprisonment"
    DISABILITY = "disability"


REASONS_BY_LAW = frozenset({ReasonToAsk.MENTAL_ILLNESS, ReasonToAsk.ADDICTION, ReasonToAsk.SERIOUS_SOMATIC})
BY_LAW = frozenset({ChildrenTopic.MINOR_CHILDREN, ChildrenTopic.MINOR_SIBLINGS})


class ChildrenReply(StrEnum):
    """What was answered. Not asked is a reply of its own: it is never taken for no."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


# Local practice: the law asks again at every change. Of those, a register only sees that another reason was recorded.
ASKED_AGAIN_AFTER = timedelta(days=365)
# Who asks and records the reason in the same talk has not asked before the change.
SAME_TALK = timedelta(days=1)


class ReasonRefused(MedspillerError):
    """A reason cannot be recorded or ended so: `problem` is `already` or `ended`."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


def ask_again(
    *, reply: ChildrenReply, asked_at: datetime | None, now: datetime, changed_at: datetime | None = None
) -> bool:
    """
    Say whether it is time to ask: nobody has, it was more than a year ago, or before something changed.

    `changed_at` is when the newest reason to ask was recorded, None where there is none.
    """
    if reply is ChildrenReply.NOT_ASKED or asked_at is None or now - asked_at > ASKED_AGAIN_AFTER:
        return True
    return changed_at is not None and changed_at - asked_at > SAME_TALK
