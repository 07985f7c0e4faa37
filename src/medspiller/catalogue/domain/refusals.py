"""Why something cannot be done to an entry, a proposal or a meeting."""

from medspiller.core.errors import MedspillerError


class SlugTaken(MedspillerError):
    """Another offer has the name that its address ends with."""

    def __init__(self, slug: str):
        self.slug = slug
        super().__init__(slug)


class UnknownProvider(MedspillerError):
    """There is no provider of that name here, or none that whoever writes may speak for."""

    def __init__(self, slug: str):
        self.slug = slug
        super().__init__(slug)


class AlreadyWaiting(MedspillerError):
    """Somebody else's proposal waits for a decision: `number` within the entry, `by` is their account's id or None."""

    def __init__(self, *, number: int, by: object):
        self.number, self.by = number, by
        super().__init__(f"version {number}")


class NotWaiting(MedspillerError):
    """The proposal was decided meanwhile, in another way; `status` is what became of it."""

    def __init__(self, status: str):
        self.status = status
        super().__init__(status)


class OwnProposal(MedspillerError):
    """Whoever edits for an organisation cannot approve what they propose."""


class TakenDown(MedspillerError):
    """The public does not see the entry, so that there is nothing to take down."""


class NothingApproved(MedspillerError):
    """No version was ever approved, so that there is nothing to put up again."""


class NotAhead(MedspillerError):
    """The day or moment must lie in the future."""


class TooFarAhead(MedspillerError):
    """An entry would stand too long before anybody looks at it again."""


class ClosedAlready(MedspillerError):
    """The entry is closed in that time already."""


class PeopleAwait(MedspillerError):
    """People have places at meetings ahead, `meetings` of them: they are cancelled first, so that people are told."""

    def __init__(self, meetings: int):
        self.meetings = meetings
        super().__init__(f"{meetings} meetings")


class SessionOver(MedspillerError):
    """The meeting is cancelled, or has begun: it stays as it was."""


class SessionFull(MedspillerError):
    """There are not so many seats left."""


class FewerSeatsThanTaken(MedspillerError):
    """More have a seat, `taken`, than the meeting would have seats."""

    def __init__(self, taken: int):
        self.taken = taken
        super().__init__(f"{taken} taken")


class NotSeries(MedspillerError):
    """There is no meeting to plan, or too many at once."""


class InUse(MedspillerError):
    """Offers name the provider."""
