"""What has happened to posts held and roles granted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HoldingStarted:
    """Somebody has been given a post, from a day that may lie ahead."""

    holding_id: UUID
    user_id: UUID
    post_id: UUID


@dataclass(frozen=True, slots=True)
class HoldingEnded:
    """Somebody's time in a post has been cut short, and with it the roles it gave."""

    holding_id: UUID
    user_id: UUID
    post_id: UUID
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class RoleGranted:
    """A holding has been given a role for a unit and all below it."""

    grant_id: UUID
    holding_id: UUID
    role: str
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class RoleEnded:
    """One role has been ended before its day; the post and its other roles go on."""

    grant_id: UUID
    holding_id: UUID
    role: str
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class NewDeviceSignedIn:
    """Somebody has signed in from a browser that they had not signed in from before."""

    user_id: UUID
    device: str
    at: datetime
