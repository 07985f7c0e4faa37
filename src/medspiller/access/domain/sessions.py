"""
How long a session lasts, and what it is at a moment.

The limits (ASVS 5.0 V7.1.1, V7.3.1, V7.3.2): staff may leave their desk for half an hour,
and a session never outlasts a working day (NIST SP 800-63B AAL2 allows 12 hours). A
citizen's is shorter than ID-porten's own, 30 and 120 minutes, so that ID-porten never
ends a session that lives on here. A person may have several sessions at once, one for
each browser, and sees and ends them on a page of their own (V7.1.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from medspiller.core.actors import ActorKind

# What the browser's session remembers: whose tenant it is, and the secret that finds its record.
TENANT_KEY = "tenant_id"
RECORD_KEY = "record_key"

# Before a session ends, the page says so.
WARN_BEFORE = timedelta(minutes=2)
# A sensitive act asks that somebody has shown who they are within this time (V7.5.3).
RECENT_SIGN_IN = timedelta(minutes=5)
# Being seen is written at most this often.
TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session may lie still, and how long it may last at all."""

    inactivity: timedelta
    absolute: timedelta


LIMITS: Mapping[ActorKind, Limits] = MappingProxyType(
    {
        ActorKind.STAFF: Limits(inactivity=timedelta(minutes=30), absolute=timedelta(hours=10)),
        ActorKind.CITIZEN: Limits(inactivity=timedelta(minutes=20), absolute=timedelta(minutes=60)),
    }
)


class SessionState(StrEnum):
    """What a session is at a moment. Only a live one lets anybody do anything."""

    LIVE = "live"
    IDLE = "idle"
    EXPIRED = "expired"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why a session was ended."""

    SIGNED_OUT = "signed_out"
    ELSEWHERE = "elsewhere"
    REPLACED = "replaced"
    PROVIDER = "provider"
    ACCOUNT = "account"
    IDLE = "idle"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """The moments of one session. `expires_at` is the absolute limit, whatever happens until then."""

    kind: ActorKind
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None

    @property
    def closes_at(self) -> datetime:
        """The first moment at which the session lets nobody in any more, if nothing happens until then."""
        return min(self.seen_at + LIMITS[self.kind].inactivity, self.expires_at)

    @property
    def can_be_prolonged(self) -> bool:
        """Whether doing something would move the moment it closes; not when the absolute limit comes first."""
        return self.closes_at < self.expires_at

    @property
    def warns_at(self) -> datetime:
        """When the page says that the session is about to close."""
        return self.closes_at - WARN_BEFORE


def expiry(*, kind: ActorKind, started_at: datetime) -> datetime:
    """Return the absolute limit of a session that starts at a moment."""
    return started_at + LIMITS[kind].absolute


def state_at(times: SessionTimes, *, now: datetime) -> SessionState:
    """
    Say what a session is. Limits are half-open: at the very moment of a limit it is over.

    What was ended stays ended, and the absolute limit counts before inactivity, since
    nothing the person could have done would have changed it.
    """
    if times.ended_at is not None:
        return SessionState.ENDED
    if now >= times.expires_at:
        return SessionState.EXPIRED
    if now >= times.seen_at + LIMITS[times.kind].inactivity:
        return SessionState.IDLE
    return SessionState.LIVE


def is_recent(*, auth_time: datetime, now: datetime) -> bool:
    """Say whether somebody has shown who they are recently enough for a sensitive act."""
    return now < auth_time + RECENT_SIGN_IN


def worth_touching(*, seen_at: datetime, now: datetime) -> bool:
    """Say whether having been seen is to be written, so that a busy page does not write at every request."""
    return now >= seen_at + TOUCH_EVERY
