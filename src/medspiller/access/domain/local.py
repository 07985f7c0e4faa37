"""
Local accounts: names, invitations, and what must be shown before a session opens.

An account is invited, never signed up for. A password alone opens nothing: it lets one
show a second factor, or set one up where there is none yet (ASVS 5.0 V6.3.3, V6.4.1).
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import MedspillerError

INVITATION_LASTS = timedelta(days=7)
# Between the password and the second factor, or while one is being set up.
HALFWAY_LASTS = timedelta(minutes=15)

# A code holds for 30 seconds; clocks may be one such step apart (RFC 6238 § 5.2).
CODE_SECONDS = 30
STEPS_APART = 1
# Further apart, nothing is accepted, but at set-up we can tell that it is the clock.
STEPS_RECOGNISED = 20

RECOVERY_CODES = 10


class Shown(StrEnum):
    """What somebody has shown, in the words of RFC 8176 (`amr`)."""

    PASSWORD = "pwd"  # noqa: S105 - a name
    CODE = "otp"
    PASSKEY = "pop user mfa"


class GoneReason(StrEnum):
    """Why an invitation opens nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"
    WITHDRAWN = "withdrawn"


class InvitationGone(MedspillerError):
    """The link of an invitation opens nothing, or nothing any more."""

    def __init__(self, reason: GoneReason):
        self.reason = reason
        super().__init__(reason)


class WrongCredentials(MedspillerError):
    """
    Account and password do not fit; which of them is wrong is not said.

    `user_id` is the account that was tried, None if there is none: for the access log, never for the browser.
    """

    def __init__(self, *, user_id: UUID | None = None):
        self.user_id = user_id
        super().__init__("wrong")


class WrongCode(MedspillerError):
    """
    The code is not the one expected now.

    `clock_is_off` is told at set-up only, when the code was right for another moment.
    """

    def __init__(self, *, clock_is_off: bool = False):
        self.clock_is_off = clock_is_off
        super().__init__("clock" if clock_is_off else "wrong")


class WrongPasskey(MedspillerError):
    """What the browser sent does not show a passkey that is expected here and now."""


class LastFactor(MedspillerError):
    """The only second factor cannot be removed: another must be there first."""


@dataclass(frozen=True, slots=True)
class Site:
    """The place that passkeys are for: the host name (WebAuthn's RP ID), and what it is called."""

    host: str
    name: str


def account_name(typed: str) -> str:
    """
    Return the name of an account as it is compared, however it was typed.

    >>> account_name(" Solveig.Demomyr@Kommune.example ")
    'solveig.demomyr@kommune.example'
    """
    return unicodedata.normalize("NFKC", typed).strip().lower()


def ensure_open(
    *, expires_at: datetime, accepted_at: datetime | None, withdrawn_at: datetime | None, now: datetime
) -> None:
    """
    Accept an invitation that can still be used. At the moment it expires it cannot.

    :raises InvitationGone: with the reason.
    """
    if accepted_at is not None:
        raise InvitationGone(GoneReason.USED)
    if withdrawn_at is not None:
        raise InvitationGone(GoneReason.WITHDRAWN)
    if now >= expires_at:
        raise InvitationGone(GoneReason.EXPIRED)


def step_of(moment: datetime) -> int:
    """Return the number of the 30 seconds that a moment lies in (RFC 6238 § 4.2)."""
    return int(moment.timestamp()) // CODE_SECONDS


def steps_around(moment: datetime, *, apart: int = STEPS_APART) -> list[int]:
    """Return the steps whose codes are accepted at a moment, the present one first."""
    return sorted(range(step_of(moment) - apart, step_of(moment) + apart + 1), key=lambda n: abs(n - step_of(moment)))


def normal_code(typed: str) -> str:
    """
    Return a code without the spaces and dashes people put into it, in capitals.

    >>> normal_code(" 7kx2q-m3rtb ")
    '7KX2QM3RTB'
    """
    return "".join(each for each in unicodedata.normalize("NFKC", typed).upper() if each.isalnum())
