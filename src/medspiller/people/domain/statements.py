"""What somebody says matters to them, in their own words."""

from medspiller.core.errors import MedspillerError

TEXT_MOST = 2000


class StatementInvalid(MedspillerError):
    """The words cannot be stored; `problem` is missing or too_long."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


class AlreadyEnded(MedspillerError):
    """The statement was taken back before."""


def tidy(text: str) -> str:
    """
    Return the words without the spaces around them.

    :raises StatementInvalid: if there are none, or too many.
    """
    words = text.strip()
    if not words:
        raise StatementInvalid("missing")
    if len(words) > TEXT_MOST:
        raise StatementInvalid("too_long")
    return words
