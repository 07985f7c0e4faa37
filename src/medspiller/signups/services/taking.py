"""Signing up: by oneself, for another, as nobody, or by telephone."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.views.decorators.debug import sensitive_variables

from medspiller.access import services as access
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.throttling import What
from medspiller.catalogue import selectors as catalogue
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.signups import selectors
from medspiller.signups.domain import who
from medspiller.signups.domain.meetings import AlreadySignedUp, NotOpen, Why, ensure_open, ensure_room, waits
from medspiller.signups.domain.places import LIVE, State
from medspiller.signups.domain.who import Wish
from medspiller.signups.models import SignUp
from medspiller.signups.services._log import record
from medspiller.signups.services._seats import Locked, lock, move_up, take


@dataclass(frozen=True, slots=True)
class Placed:
    """A sign-up that was made; `secret` is what its private link ends with, empty for whoever has their own page."""

    sign_up: SignUp
    secret: str


@sensitive_variables("press", "wish")
def sign_up(*, actor: Actor, offer_name: str, session_id: UUID, wish: Wish, press: str, address: str) -> Placed:
    """
    Give somebody a seat at a meeting and all of its series, or a place in the line for one.

    `press` is the form's own secret: sent again it is the same sign-up. `address` is where the request comes from; the
    tries of those who are not signed in are counted by it.

    :raises NotFound: if there is no such meeting of an offer that the actor may see.
    :raises InvalidInput: with what is wrong with the fields of the wish.
    :raises NotOpen: with why nobody can sign up.
    :raises AlreadySignedUp: if the one who comes has a place, or waits for one.
    :raises TooManyTries: if too many were made from the same address.
    """
    if there := _pressed(press):
        return _placed(there, press)
    found = selectors.to_sign_up_for(actor=actor, offer_name=offer_name, session_id=session_id)
    if found.why is Why.NOT_HERE:
        raise NotOpen(found.why)
    signed_in = actor.kind is ActorKind.CITIZEN
    if found.offer.is_for_children:
        # A child may come to write of more than what makes it possible to come. Those who run it ask them.
        wish = replace(wish, needs="")
    wish = who.read_wish(wish, signed_in=signed_in)
    now = clock.now()
    if not signed_in:
        # Outside of what is undone by a refusal: else anybody could try names without end.
        access.check_throttle(actor=actor, what=What.SAVED_LINK_MADE, who=address, now=now)
        access.count_try(actor=actor, what=What.SAVED_LINK_MADE, who=address, now=now)
    return _placed(_signed_up(actor, session_id, wish, press, now), press)


@transaction.atomic
def add(*, actor: Actor, entry_id: UUID, session_id: UUID, wish: Wish) -> SignUp:
    """
    Write down somebody who called or came, also after the deadline: they get a seat, or wait for one.

    :raises NotFound: if there is no such meeting of an entry that the actor may see.
    :raises NotAllowed: if the actor may not edit the entry.
    :raises InvalidInput: with what is wrong with the fields of the wish.
    :raises NotOpen: if the meetings are cancelled or over, or full without a waiting list.
    :raises AlreadySignedUp: if the one who comes has a place, or waits for one.
    """
    selectors.organised(actor=actor, entry_id=entry_id, session_id=session_id)
    # Whoever wrote it down may read another language than whoever called.
    wish = replace(who.read_wish(wish, signed_in=False), language="")
    locked, now = lock(actor, session_id), clock.now()
    ensure_room(locked.meetings, now=now)
    row = SignUp(made_by_id=actor.id)
    _seat(actor, locked, row, wish, now)
    return row


@sensitive_variables("press", "wish")
@transaction.atomic
def _signed_up(actor: Actor, session_id: UUID, wish: Wish, press: str, now: datetime) -> SignUp:
    locked = lock(actor, session_id)
    # Whoever pressed twice at once has waited here for themselves.
    if there := _pressed(press):
        return there
    # And whoever takes the offer away looks under the same lock whether anybody has a place.
    catalogue.session(actor=actor, session_id=session_id)
    ensure_open(locked.meetings, now=now, anonymous=wish.anonymous)
    row = SignUp(press_hash=SignUp.hash_of_press(press))
    if actor.kind is ActorKind.CITIZEN:
        row.owner_id = actor.id
    else:
        row.secret_hash = SignUp.hash_of_secret(SignUp.secret_of_press(press))
    _seat(actor, locked, row, wish, now)
    return row


def _seat(actor: Actor, locked: Locked, row: SignUp, wish: Wish, now: datetime) -> None:
    """Store the row with a seat, or in the line, and count it. Whoever waits already comes first."""
    move_up(actor, locked, now=now)
    owner = str(row.owner_id or "")
    row.session, row.who_hash = locked.anchor, SignUp.hash_of_who(who.same_as(wish, owner=owner))
    live = SignUp.objects.filter(session_id=locked.anchor.id, state__in=[each.value for each in LIVE])
    if row.who_hash is not None and live.filter(who_hash=row.who_hash).exists():
        raise AlreadySignedUp
    row.name, row.contact = wish.name or None, wish.contact or None
    row.for_name, row.needs = wish.for_name or None, wish.needs or None
    row.may_message, row.language = wish.may_message, wish.language
    last = SignUp.objects.filter(session_id=locked.anchor.id).aggregate(last=Max("number"))["last"] or 0
    row.number, row.made_at = last + 1, now
    in_line = live.filter(state=State.WAITING.value).exists() and row.made_by_id is None
    row.state = State.WAITING.value if in_line or waits(locked.meetings) else State.HELD.value
    row.save()
    if row.state == State.HELD:
        take(actor, locked)
    record(actor, row)


def _pressed(press: str) -> SignUp | None:
    return SignUp.objects.filter(press_hash=SignUp.hash_of_press(press)).select_related("session").first()


def _placed(row: SignUp, press: str) -> Placed:
    return Placed(row, "" if row.owner_id else SignUp.secret_of_press(press))
