"""What has happened to notices."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NoticeUncertain:
    """Nobody knows whether a notice was handed over; somebody in the unit decides what to do."""

    notice_id: UUID
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class NoticeSeenTo:
    """Somebody has decided about a notice that was uncertain or had failed, or it became known that it arrived."""

    notice_id: UUID
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class ContactNotReached:
    """
    A notice to a contact that somebody gave did not arrive, or nobody knows: somebody calls instead.

    `about_id` is what the contact was given with, and `event_key` what the notice was about.
    """

    about_id: UUID
    event_key: str


@dataclass(frozen=True, slots=True)
class NoticeFailed:
    """A notice could not be handed over, and is not tried again by itself."""

    notice_id: UUID
    unit_id: UUID
