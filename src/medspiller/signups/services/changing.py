"""Saying yes or no to a place, giving it up, being struck off; and what happens by itself when time passes."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, events
from medspiller.signups import policies, selectors
from medspiller.signups.domain.events import SignUpsChanged
from medspiller.signups.domain.meetings import AlreadySignedUp, NotOpen, Why, free_seats, starts_at
from medspiller.signups.domain.places import LIVE, SEATED, State, ensure_offered
from medspiller.signups.models import SignUp
from medspiller.signups.services._log import record
from medspiller.signups.services._seats import Locked, end, lock, lock_of, move_up, take

Change = Callable[[Actor, Locked, SignUp, datetime], None]


@transaction.atomic
def cancel(*, actor: Actor, sign_up_id: UUID) -> SignUp:
    """
    Give up one's own place, or one's place in the line; the seat is offered to whoever is next. Safe to do twice.

    :raises NotFound: if there is no such one of theirs.
    :raises NotOpen: if the meetings have begun.
    :raises NotAllowed: for anybody but a citizen.
    """
    return _changed(actor, selectors.own_row(actor=actor, sign_up_id=sign_up_id), _give_up)


@transaction.atomic
def accept(*, actor: Actor, sign_up_id: UUID) -> SignUp:
    """
    Say yes to the place that was offered. Safe to do twice.

    :raises NotFound: if there is no such one of theirs.
    :raises NothingOffered: if the offer ran out, or there was none.
    :raises NotAllowed: for anybody but a citizen.
    """
    return _changed(actor, selectors.own_row(actor=actor, sign_up_id=sign_up_id), _say_yes)


@sensitive_variables("secret")
@transaction.atomic
def cancel_by_link(*, actor: Actor, secret: str) -> SignUp:
    """
    Do what `cancel` does, for whoever has the private link.

    :raises NotFound: if nothing is behind it.
    :raises NotOpen: if the meetings have begun.
    """
    return _changed(actor, selectors.row_by_link(actor=actor, secret=secret), _give_up)


@sensitive_variables("secret")
@transaction.atomic
def accept_by_link(*, actor: Actor, secret: str) -> SignUp:
    """
    Do what `accept` does, for whoever has the private link.

    :raises NotFound: if nothing is behind it.
    :raises NothingOffered: if the offer ran out, or there was none.
    """
    return _changed(actor, selectors.row_by_link(actor=actor, secret=secret), _say_yes)


@transaction.atomic
def strike_off(*, actor: Actor, entry_id: UUID, sign_up_id: UUID) -> SignUp:
    """
    Write down that somebody called and does not come; the seat is offered to whoever is next. Safe to do twice.

    :raises NotFound: if there is no such one at a meeting of an entry that the actor may see.
    :raises NotAllowed: if the actor may not edit the entry.
    :raises NotOpen: if the meetings have begun.
    """
    return _changed(actor, selectors.row_of(actor=actor, entry_id=entry_id, sign_up_id=sign_up_id), _give_up)


@transaction.atomic
def give_place(*, actor: Actor, entry_id: UUID, sign_up_id: UUID) -> SignUp:
    """
    Give somebody who waits a free seat, or the one they were offered: they have said yes by telephone.

    :raises NotFound: if there is no such one at a meeting of an entry that the actor may see.
    :raises NotAllowed: if the actor may not edit the entry.
    :raises NotOpen: if no seat is free.
    :raises AlreadySignedUp: if they have signed up anew meanwhile.
    """
    return _changed(actor, selectors.row_of(actor=actor, entry_id=entry_id, sign_up_id=sign_up_id), _give)


@transaction.atomic
def expire(*, actor: Actor, sign_up_id: UUID, now: datetime) -> None:
    """
    Let an offer that nobody answered be over, and offer the seat to whoever is next. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = SignUp.objects.filter(id=sign_up_id).first()
    if row is None:
        return
    locked, row = lock_of(actor, row)
    if row.state == State.OFFERED and row.offer_ends_at is not None and row.offer_ends_at <= now:
        end(actor, locked, row, state=State.EXPIRED, now=now)


@transaction.atomic
def fill(*, actor: Actor, session_id: UUID, now: datetime) -> int:
    """
    Offer free seats of a meeting to those who wait, and return to how many. Safe to run twice.

    :raises NotFound: if there is no such meeting.
    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    return move_up(actor, lock(actor, session_id), now=now)


def _changed(actor: Actor, row: SignUp, change: Change) -> SignUp:
    locked, row = lock_of(actor, row)
    change(actor, locked, row, clock.now())
    return row


def _give_up(actor: Actor, locked: Locked, row: SignUp, now: datetime) -> None:
    if State(row.state) not in LIVE:
        return
    if starts_at(locked.meetings) <= now:
        raise NotOpen(Why.OVER)
    end(actor, locked, row, state=State.CANCELLED, now=now)
    record(actor, row)


def _say_yes(actor: Actor, locked: Locked, row: SignUp, now: datetime) -> None:
    if row.state == State.HELD:
        return
    ensure_offered(State(row.state), ends_at=row.offer_ends_at, now=now)
    _hold(actor, row, now)


def _give(actor: Actor, locked: Locked, row: SignUp, now: datetime) -> None:
    if row.state == State.HELD:
        return
    if State(row.state) not in SEATED:
        # Also whose offer ran out, if there is a seat: the organiser has spoken with them.
        if not locked.planned or free_seats(locked.meetings) == 0:
            raise NotOpen(Why.FULL)
        if _has_another(row):
            raise AlreadySignedUp
        take(actor, locked)
    _hold(actor, row, now)


def _has_another(row: SignUp) -> bool:
    live = [each.value for each in LIVE]
    others = SignUp.objects.filter(session_id=row.session_id, who_hash=row.who_hash, state__in=live)
    return row.who_hash is not None and others.exclude(id=row.id).exists()


def _hold(actor: Actor, row: SignUp, now: datetime) -> None:
    row.state, row.ended_at, row.told_at = State.HELD.value, None, now
    row.save(update_fields=["state", "ended_at", "told_at"])
    events.publish(SignUpsChanged(row.session_id))
    record(actor, row)
