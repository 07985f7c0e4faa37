"""Loading the demo, and being one of its people."""

import random
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings

from medspiller.access import selectors as accounts
from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.core import clock, ids, tenancy
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.core.models import Installation
from medspiller.core.periods import Period
from medspiller.demo.domain import places
from medspiller.demo.domain.families import FAMILIES, Member
from medspiller.demo.domain.personas import CITIZENS, PERSONAS, Citizen, Persona, UnknownPersona, persona
from medspiller.demo.domain.places import Place
from medspiller.organisations import selectors as organisations
from medspiller.organisations import services as organisation
from medspiller.organisations.domain.details import OrganisationDetails, UnitDetails
from medspiller.organisations.domain.kinds import TenantKind
from medspiller.people import selectors as people
from medspiller.people import services as register
from medspiller.people.domain.persons import PersonDetails

__all__ = ["account_of", "allowed", "load"]

MUNICIPALITY_NUMBER = "3201"
MUNICIPALITY_NAME = "Bærum kommune"
HEALTH_TRUST_NAME = "Demo helseforetak"
HEALTH_TRUST_HOST = "demo-helseforetak.localhost"
POST_TITLES = ("Sykepleier", "Helsefagarbeider", "Vernepleier", "Hjemmehjelp", "Ergoterapeut")
# Ids of the demo do not depend on the day it is loaded.
_IDS_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def allowed(*, actor: Actor) -> bool:
    """Say whether this is a demo: the process was started as one, and its database was created as one."""
    return bool(settings.DEMO) and Installation.objects.filter(demo=True).exists()


def account_of(*, actor: Actor, persona_id: str) -> accounts.Account:
    """
    Return the account of a persona, with the transaction now belonging to that persona's tenant.

    :raises NotFound: if there is no such persona, none is loaded, or this is no demo.
    """
    if not allowed(actor=actor):
        raise NotFound(persona_id)
    try:
        wanted = persona(persona_id)
    except UnknownPersona:
        raise NotFound(persona_id) from None
    tenant_id = _tenant_of(wanted)
    if tenant_id is None:
        raise NotFound(persona_id)
    tenancy.enter_tenant(tenant_id=tenant_id, actor_id=actor.id)
    return accounts.account(actor=actors.anonymous(tenant_id), issuer=DEMO_ISSUER, subject=persona_id)


def load(*, actor: Actor, carers: int, seed: int, today: date) -> dict[str, object]:
    """
    Load the demo municipality and health trust, sized for so many carers; once.

    The same number and seed give the same people and ids. Where the demo stands already,
    nothing is changed and `loaded` is false. Must run as the owner role, which founds tenants.

    :raises NotAllowed: if the database is not marked as a demo.
    """
    if not Installation.objects.filter(demo=True).exists():
        raise NotAllowed(action="demo.load", reason="the database is not a demo")
    if _municipality() is not None:
        return {"loaded": False, "reason": "the demo municipality stands already"}
    # The health trust first: the municipality's being there says that all of it is.
    with ids.repeatable(seed), clock.frozen(_IDS_BEGIN):
        chance = random.Random(seed)  # noqa: S311 - demo data is to be foreseen
        if _health_trust() is None:
            _load_tenant(ids.new_id(), carers=0, chance=chance, today=today)
        units = _load_tenant(ids.new_id(), carers=carers, chance=chance, today=today)
    return {"loaded": True, "carers": carers, "seed": seed, "units": units, "personas": len(PERSONAS) + len(CITIZENS)}


def _load_tenant(tenant_id: UUID, *, carers: int, chance: random.Random, today: date) -> int:
    """Load one tenant in one transaction and return how many units it got; without carers it is the trust."""
    actor = actors.system(tenant_id)
    trust = carers == 0
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id):
        organisation.found_tenant(
            actor=actor,
            kind=TenantKind.HEALTH_TRUST if trust else TenantKind.MUNICIPALITY,
            name=HEALTH_TRUST_NAME if trust else MUNICIPALITY_NAME,
            municipality_number=None if trust else MUNICIPALITY_NUMBER,
            host=HEALTH_TRUST_HOST if trust else None,
        )
        wanted = places.HEALTH_TRUST if trust else places.MUNICIPALITY + places.districts(carers)
        units = _open_units(actor, wanted, today=today)
        if not trust:
            for partner in places.PARTNERS:
                organisation.register_organisation(
                    actor=actor,
                    details=OrganisationDetails(name=partner.name, kind=partner.kind, about=partner.about),
                )
            _open_posts(actor, units, carers=carers, chance=chance, today=today)
        for somebody in PERSONAS:
            if somebody.health_trust is trust:
                _employ(actor, somebody, units[somebody.unit], today=today)
    if not trust:
        _load_families(actor, units, today=today)
    return len(units)


def _load_families(actor: actors.Actor, units: dict[str, UUID], *, today: date) -> None:
    """Register the families, let staff have opened their files, and give carers an account."""
    tenant_id = actor.tenant_id
    assert tenant_id is not None  # noqa: S101 - a demo tenant's own actor
    begun = datetime.combine(today - timedelta(days=60), time(9), tzinfo=clock.OSLO)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id), clock.frozen(begun):
        persons = {member: _register(actor, member, units) for member in FAMILIES}
        for citizen in CITIZENS:
            access.register_account(
                actor=actor,
                issuer=DEMO_ISSUER,
                subject=citizen.id,
                kind=ActorKind.CITIZEN,
                name=citizen.name,
                person_number=citizen.person_number,
            )
    looks = [(days, persona_id, persons[member]) for member in FAMILIES for persona_id, days in member.seen_by]
    for days, persona_id, person_id in sorted(looks, reverse=True):
        at = datetime.combine(today - timedelta(days=days), time(10, 15), tzinfo=clock.OSLO)
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id), clock.frozen(at):
            people.person(actor=_staff(actor, persona_id), person_id=person_id)


def _register(actor: actors.Actor, member: Member, units: dict[str, UUID]) -> UUID:
    details = PersonDetails(
        given_name=member.given_name,
        family_name=member.family_name,
        birth_date=member.birth_date,
        person_number=member.person_number,
    )
    (first_unit, first_basis), *others = member.involved
    made = register.register_person(actor=actor, details=details, unit_id=units[first_unit], basis=first_basis)
    for key, basis in others:
        register.open_involvement(actor=actor, person_id=made.id, unit_id=units[key], basis=basis)
    return made.id


def _staff(actor: actors.Actor, persona_id: str) -> actors.Actor:
    """Return a staff persona as an actor, as signing in would make it."""
    account = accounts.account(actor=actor, issuer=DEMO_ISSUER, subject=persona_id)
    return accounts.actor_for(
        actor=actors.anonymous(actor.tenant_id),
        user=account,
        organisation=MUNICIPALITY_NAME,
        today=clock.today(),
        now=clock.now(),
    )


def _open_units(actor: Actor, wanted: tuple[Place, ...], *, today: date) -> dict[str, UUID]:
    units: dict[str, UUID] = {}
    for place in wanted:
        unit = organisation.open_unit(
            actor=actor,
            details=UnitDetails(
                name=place.name,
                kind=place.kind,
                about=place.about,
                opening_hours=place.opening_hours,
                notice=place.notice,
            ),
            parent_id=units[place.parent] if place.parent else None,
            opened_on=_start(today),
        )
        units[place.key] = unit.id
    return units


def _open_posts(actor: Actor, units: dict[str, UUID], *, carers: int, chance: random.Random, today: date) -> None:
    """Open one post for every ten carers, spread over the home care districts."""
    homes = [unit_id for key, unit_id in units.items() if key.startswith("home-")]
    for number in range(carers // places.CARERS_PER_POST):
        organisation.open_post(
            actor=actor,
            unit_id=homes[number % len(homes)],
            title=chance.choice(POST_TITLES),
            opened_on=_start(today),
        )


def _employ(actor: Actor, somebody: Persona, unit_id: UUID, *, today: date) -> None:
    post = organisation.open_post(actor=actor, unit_id=unit_id, title=somebody.title, opened_on=_start(today))
    account = access.register_account(
        actor=actor, issuer=DEMO_ISSUER, subject=somebody.id, kind=ActorKind.STAFF, name=somebody.name
    )
    period = Period(_start(today), date(today.year + 2, 1, 1))
    holding = access.give_post(actor=actor, user_id=account.id, post_id=post.id, period=period)
    access.grant_role(actor=actor, holding_id=holding.id, role=somebody.role, unit_id=unit_id, period=period)


def _start(today: date) -> date:
    return today - timedelta(days=365)


def _tenant_of(somebody: Persona | Citizen) -> UUID | None:
    works_there = isinstance(somebody, Persona) and somebody.health_trust
    return _health_trust() if works_there else _municipality()


def _health_trust() -> UUID | None:
    return organisations.tenant_for(actor=actors.anonymous(None), host=HEALTH_TRUST_HOST, default_number=None)


def _municipality() -> UUID | None:
    return organisations.tenant_for(actor=actors.anonymous(None), host="", default_number=MUNICIPALITY_NUMBER)
