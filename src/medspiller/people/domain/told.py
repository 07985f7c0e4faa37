"""That something was told to a carer, and what it rested on."""

from medspiller.core.errors import MedspillerError
from medspiller.people.domain.telling.answers import Telling


class ToldNoMore(MedspillerError):
    """What was shown when the page was opened holds no more; `now` is what holds instead."""

    def __init__(self, now: Telling):
        self.now = now
        super().__init__(f"{now.answer} by {now.rule}")


def ensure_may_tell(telling: Telling, *, relied_on: str) -> None:
    """
    Accept that something was told on the strength of the rule that stood on the page.

    :raises ToldNoMore: if another rule decides now, or nothing may be told.
    """
    if not telling.reach or telling.rule != relied_on:
        raise ToldNoMore(telling)
