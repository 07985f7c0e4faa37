"""Loading the demo, step by step: each is done as a whole or not at all, and what is done is not done again."""

import logging
import random
from collections.abc import Callable
from datetime import date
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.core import clock, ids, tenancy
from medspiller.core.actors import Actor
from medspiller.core.errors import NotAllowed
from medspiller.core.models import Installation
from medspiller.demo.domain import families
from medspiller.demo.domain.personas import CITIZENS, PERSONAS
from medspiller.demo.services import (
    _answering,
    _enquiring,
    _filling,
    _following,
    _house,
    _keeping,
    _offering,
    _signups,
    _steering,
    _telling,
)

logger = logging.getLogger(__name__)

_SEEDS_APART = 1 << 40


def load(
    *, actor: Actor, carers: int, seed: int, today: date, say: Callable[[str], None] = logger.info
) -> dict[str, object]:
    """
    Load the demo municipality and health trust with so many carers, or go on until there are so many.

    The same seed gives the same people whatever their number: the first of many are those of
    few. Broken off in the middle it is gone on with by being called again, and nobody is there
    twice. Where all of it stands already nothing is changed and `loaded` is false. `say` is told
    how far it has come. Must run as the owner role, which founds tenants.

    :raises NotAllowed: if the database is not marked as a demo.
    """
    _ensure_demo("demo.load")
    trust_id, municipality_id = _tenants(seed)
    stands = _house.municipality()
    if stands not in (None, municipality_id):
        return {"loaded": False, "reason": "another demo municipality stands already"}

    if _house.health_trust() is None:
        _found(trust_id, seed, today, trust=True)
        say("the health trust stands")
    if stands is None:
        _found(municipality_id, seed + 1, today, trust=False)
        say("the municipality stands, with its families")
    made = _filling.fill(municipality_id, carers=carers - _story_carers(today), seed=seed, today=today, say=say)
    if stands is not None and not made:
        return {"loaded": False, "reason": "the demo municipality stands already"}
    with tenancy.tenant_transaction(tenant_id=municipality_id, actor_id=actors.SYSTEM_ID):
        units = len(_house.standing_units(actors.system(municipality_id), carers=carers, today=today))
    return {"loaded": True, "carers": carers, "seed": seed, "units": units, "personas": len(PERSONAS) + len(CITIZENS)}


def load_answers(*, actor: Actor, seed: int, say: Callable[[str], None] = logger.info) -> int:
    """
    Let the families of the demo municipality that was loaded with `seed` answer forms, and keep what they may be
    entitled to; return how many answers to forms that made.

    None where they have, or where the forms are not published yet: then another call does it. Must run as the role
    that requests run as, since a municipality's own forms are among what is made.

    :raises NotAllowed: if the database is not marked as a demo.
    """
    _ensure_demo("demo.load_answers")
    _trust_id, municipality_id = _tenants(seed)
    if _house.municipality() != municipality_id:
        return 0
    answers = _answering.answer(municipality_id, seed=(seed + 2) * _SEEDS_APART, say=say)
    if _keeping.keep(municipality_id, seed=(seed + 3) * _SEEDS_APART):
        say("carers have asked what they may be entitled to, and kept it")
    return answers


def load_offers(*, actor: Actor, seed: int, say: Callable[[str], None] = logger.info) -> int:
    """
    Let the staff of the demo municipality that was loaded with `seed` write its catalogue; return how many entries.

    None where there is one. Must run as the role that requests run as, since it is the municipality's own.

    :raises NotAllowed: if the database is not marked as a demo.
    """
    _ensure_demo("demo.load_offers")
    _trust_id, municipality_id = _tenants(seed)
    if _house.municipality() != municipality_id:
        return 0
    entries = _offering.offer(municipality_id, seed=(seed + 4) * _SEEDS_APART)
    if entries:
        say(f"the municipality's catalogue has {entries} entries")
    if signed_up := _signups.sign_up(municipality_id, seed=(seed + 5) * _SEEDS_APART):
        say(f"{signed_up} have signed up for what it offers")
    if asked := _enquiring.ask(municipality_id, seed=(seed + 6) * _SEEDS_APART):
        say(f"{asked} have asked it something on the open pages")
    return entries


def load_follow_up(*, actor: Actor, seed: int, say: Callable[[str], None] = logger.info) -> int:
    """
    Let the staff of the demo municipality that was loaded with `seed` follow its families up; return how many files.

    None where they do, or where the pathways are not published yet: then another call does it. Must run as the role
    that requests run as, after `load_answers` and `load_offers`.

    :raises NotAllowed: if the database is not marked as a demo.
    """
    _ensure_demo("demo.load_follow_up")
    _trust_id, municipality_id = _tenants(seed)
    if _house.municipality() != municipality_id:
        return 0
    files = _following.follow_up_families(municipality_id, seed=(seed + 7) * _SEEDS_APART, say=say)
    if files:
        say(f"{files} carers are followed up, each in a file of their own")
    return files


def load_strategies(*, actor: Actor, seed: int, say: Callable[[str], None] = logger.info) -> int:
    """
    Let the demo municipality that was loaded with `seed` steer by its strategy; return how many measures it has.

    None where it has one, or where the guideline is not published yet: then another call does it. Must run as the role
    that requests run as.

    :raises NotAllowed: if the database is not marked as a demo.
    """
    _ensure_demo("demo.load_strategies")
    _trust_id, municipality_id = _tenants(seed)
    if _house.municipality() != municipality_id:
        return 0
    measures = _steering.steer(municipality_id, seed=(seed + 8) * _SEEDS_APART, say=say)
    if measures:
        say(f"the municipality steers by a strategy with {measures} measures")
    return measures


def _ensure_demo(action: str) -> None:
    if not Installation.objects.filter(demo=True).exists():
        raise NotAllowed(action=action, reason="the database is not a demo")


def _tenants(seed: int) -> tuple[UUID, UUID]:
    """Return the ids that a seed gives the health trust and the municipality."""
    with ids.repeatable(seed), clock.frozen(_house.IDS_BEGIN):
        return ids.new_id(), ids.new_id()


def _story_carers(today: date) -> int:
    """Return how many carers the families with a story have in the municipality."""
    return sum(len(story.carers()) for story in families.stories(today) if not story.health_trust)


def _found(tenant_id: UUID, seed: int, today: date, *, trust: bool) -> None:
    """Found one of the two tenants and tell its stories, in one transaction."""
    actor = actors.system(tenant_id)
    told = [story for story in families.stories(today) if story.health_trust is trust]
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id), ids.repeatable(seed * _SEEDS_APART):
        with clock.frozen(_house.IDS_BEGIN):
            if trust:
                units = _house.found_health_trust(actor, today=today)
            else:
                chance = random.Random(seed)  # noqa: S311 - demo data is to be foreseen
                units = _house.found_municipality(actor, chance=chance, today=today)
        name = _house.HEALTH_TRUST_NAME if trust else _house.MUNICIPALITY_NAME
        _telling.tell(actor, told, units, organisation=name, today=today)
