"""Seats under the lock of their meetings: counting, moving up, giving back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.catalogue import services as catalogue
from medspiller.core import events
from medspiller.messages import services as messages
from medspiller.signups.domain.events import PlaceOffered, SignUpsChanged
from medspiller.signups.domain.meetings import Meeting, free_seats, starts_at
from medspiller.signups.domain.places import SEATED, State, offer_ends_at
from medspiller.signups.models import SignUp
from medspiller.signups.selectors._rows import anchor_of, meeting_of


@dataclass(frozen=True, slots=True)
class Locked:
    """The meetings of one sign-up, by start, whose rows nobody else changes until the transaction ends."""

    sessions: tuple[Any, ...]

    @property
    def anchor(self) -> Any:
        """The one that sign-ups are written at: whichever is moved to another day, it stays the same."""
        return anchor_of(self.sessions)

    @property
    def meetings(self) -> list[Meeting]:
        return [meeting_of(each) for each in self.sessions]

    @property
    def planned(self) -> Sequence[Any]:
        """Those that take place. A cancelled one is not counted in: nobody comes."""
        return [each for each in self.sessions if not meeting_of(each).is_cancelled]


def lock(actor: Actor, session_id: UUID) -> Locked:
    """Hold the rows of a meeting and of its series. The seats are the catalogue's, and handed out by the system."""
    return Locked(tuple(catalogue.lock_meetings(actor=actors.system(actor.tenant_id), session_id=session_id)))


def lock_of(actor: Actor, sign_up: SignUp) -> tuple[Locked, SignUp]:
    """Hold the meetings of a sign-up, then its own row, always in this order, and return both as they are now."""
    locked = lock(actor, sign_up.session_id)
    return locked, SignUp.objects.select_for_update().get(id=sign_up.id)


def take(actor: Actor, locked: Locked) -> None:
    """Count one seat more at each of the meetings."""
    catalogue.change_seats(actor=actors.system(actor.tenant_id), meetings=locked.planned, change=1)


def end(actor: Actor, locked: Locked, row: SignUp, *, state: State, now: datetime) -> None:
    """Let a sign-up be over, give its seat back if it has one, and offer it to whoever is next."""
    had_seat = State(row.state) in SEATED
    row.state, row.ended_at, row.told_at = state.value, now, None
    row.save(update_fields=["state", "ended_at", "told_at"])
    if row.may_message:
        messages.stop_contact(actor=actors.system(actor.tenant_id), about_id=row.id)
    if row.news_at is not None:
        events.publish(SignUpsChanged(row.session_id))
    if had_seat:
        catalogue.change_seats(actor=actors.system(actor.tenant_id), meetings=locked.planned, change=-1)
        move_up(actor, locked, now=now)


def move_up(actor: Actor, locked: Locked, *, now: datetime) -> int:
    """
    Offer free seats to those who wait, in their order, and return to how many.

    Nothing is offered so late that nobody could answer. Safe to run again at any time: what was offered has its seat.
    """
    if not locked.planned:
        return 0
    ends_at = offer_ends_at(now=now, starts_at=starts_at(locked.meetings))
    if ends_at is None:
        return 0
    free = free_seats(locked.meetings)
    waiting = SignUp.objects.filter(session_id=locked.anchor.id, state=State.WAITING.value).order_by("number")
    offered = 0
    for row in waiting.select_for_update()[: free if free is not None else None]:
        row.state, row.offered_at, row.offer_ends_at = State.OFFERED.value, now, ends_at
        row.news_at, row.told_at = now, None
        row.save(update_fields=["state", "offered_at", "offer_ends_at", "news_at", "told_at"])
        take(actor, locked)
        events.publish(PlaceOffered(row.id))
        offered += 1
    return offered
