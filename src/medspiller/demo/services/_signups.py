"""Letting people of the demo sign up for what its municipality offers, as the open pages would let them."""

import random
from datetime import datetime
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.catalogue import selectors as catalogue
from medspiller.core import clock, ids, tenancy
from medspiller.core.errors import NotFound
from medspiller.demo.domain import signups as told
from medspiller.demo.domain.names import NORWEGIAN
from medspiller.demo.services import _house as house
from medspiller.demo.services._acting import acting
from medspiller.signups import selectors, services
from medspiller.signups.domain.who import Wish


def sign_up(tenant_id: UUID, *, seed: int) -> int:
    """Let people sign up, unless somebody has; return how many did."""
    system, everybody = actors.system(tenant_id), actors.anonymous(tenant_id)
    chance = random.Random(seed)  # noqa: S311 - demo data is to be foreseen
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=system.id), ids.repeatable(seed):
        has_place = acting(system, told.HAS_PLACE, organisation=house.MUNICIPALITY_NAME)
        if selectors.own_places(actor=has_place):
            return 0
        now, made = clock.now(), 0
        if full := _first(everybody, told.FULL, now):
            session_id, seats = full
            waits = acting(system, told.WAITS, organisation=house.MUNICIPALITY_NAME)
            _one(has_place, told.FULL, session_id, Wish())
            made += 2 + _many(everybody, told.FULL, session_id, seats - 1 + told.TOO_MANY - 1, chance)
            _one(waits, told.FULL, session_id, Wish())
        for name, count in told.WITH_ROOM.items():
            if found := _first(everybody, name, now):
                made += _many(everybody, name, found[0], min(count, found[1]), chance)
        return made


def _first(actor: Actor, offer_name: str, now: datetime) -> tuple[UUID, int] | None:
    """The first meeting of an offer, and how many seats there are."""
    try:
        offer = catalogue.offer_by_slug(actor=actor, slug=offer_name, on=clock.today())
    except NotFound:
        return None
    if offer.entry_id is None:
        return None
    for session in catalogue.sessions_of(actor=actor, entry_id=offer.entry_id, after=now):
        if session.capacity and selectors.to_sign_up_for(
            actor=actor, offer_name=offer_name, session_id=session.id
        ).why is None:  # fmt: skip
            return session.id, session.capacity
    return None


def _many(actor: Actor, offer_name: str, session_id: UUID, count: int, chance: random.Random) -> int:
    for number in range(count):
        name = f"{chance.choice(NORWEGIAN.adults)} {chance.choice(NORWEGIAN.surnames)}"
        wish = Wish(
            name=name,
            contact=f"+4700{chance.randrange(10**6):06}",
            needs=told.NEEDS.get(number, ""),
            for_name=told.FOR_SOMEBODY.get(number, ""),
        )
        _one(actor, offer_name, session_id, wish)
    return count


def _one(actor: Actor, offer_name: str, session_id: UUID, wish: Wish) -> None:
    # Each comes from somewhere else: nobody is slowed down.
    services.sign_up(
        actor=actor,
        offer_name=offer_name,
        session_id=session_id,
        wish=wish,
        press=str(ids.new_id()),
        address=str(ids.new_id()),
    )
