"""What a person asks about an entry of the access log, and what the unit answers."""

from medspiller.core.errors import MedspillerError

TEXT_MOST = 2000


class NothingWritten(MedspillerError):
    """A question or an answer without words."""


class TooLong(MedspillerError):
    """More words than are kept."""


class AlreadyAsked(MedspillerError):
    """The person has asked about this entry, and the unit has not answered yet."""


class AlreadyAnswered(MedspillerError):
    """Somebody else in the unit has answered meanwhile."""

    def __init__(self, *, by: str):
        self.by = by
        super().__init__(by)


class NobodyToAsk(MedspillerError):
    """Nobody from a unit acted, and there is no unit to ask."""


def tidy(typed: str) -> str:
    """
    Return the words as they are kept, their lines as they were written.

    :raises NothingWritten: if there are none.
    :raises TooLong: if there are too many.
    """
    text = "\n".join(line.rstrip() for line in typed.splitlines()).strip()
    if not text:
        raise NothingWritten
    if len(text) > TEXT_MOST:
        raise TooLong
    return text
