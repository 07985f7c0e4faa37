"""The places of the demo: tenants, units, posts, and the personas who work there."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from medspiller.access import selectors as access_selectors
from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.errors import NotFound
from medspiller.core.periods import Period
from medspiller.demo.domain import places
from medspiller.demo.domain.personas import PERSONAS, Persona
from medspiller.demo.domain.places import Place
from medspiller.organisations import selectors as organisations
from medspiller.organisations import services as organisation
from medspiller.organisations.domain.details import OrganisationDetails, UnitDetails
from medspiller.organisations.domain.kinds import TenantKind

MUNICIPALITY_NUMBER = "3201"
MUNICIPALITY_NAME = "Bærum kommune"
HEALTH_TRUST_NAME = "Demo helseforetak"
HEALTH_TRUST_HOST = "demo-helseforetak.localhost"
POST_TITLES = ("Sykepleier", "Helsefagarbeider", "Vernepleier", "Hjemmehjelp", "Ergoterapeut")
# Ids of the demo do not depend on the day it is loaded.
IDS_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
# So long before the day of loading everything was opened.
AGE = timedelta(days=365)


def health_trust() -> UUID | None:
    """Return the tenant of the health trust, if it is loaded."""
    return organisations.tenant_for(actor=actors.anonymous(None), host=HEALTH_TRUST_HOST, default_number=None)


def municipality() -> UUID | None:
    """Return the tenant of the municipality, if it is loaded."""
    return organisations.tenant_for(actor=actors.anonymous(None), host="", default_number=MUNICIPALITY_NUMBER)


def found_health_trust(actor: Actor, *, today: date) -> dict[str, UUID]:
    """Found the health trust with its units and personas, and return the units by key."""
    organisation.found_tenant(
        actor=actor,
        kind=TenantKind.HEALTH_TRUST,
        name=HEALTH_TRUST_NAME,
        municipality_number=None,
        host=HEALTH_TRUST_HOST,
    )
    units = open_units(actor, places.HEALTH_TRUST, {}, opened_on=today - AGE)
    _employ_all([each for each in PERSONAS if each.health_trust], actor, units, today=today)
    return units


def found_municipality(actor: Actor, *, chance: random.Random, today: date) -> dict[str, UUID]:
    """Found the municipality with its units, partners and personas, and return the units by key."""
    organisation.found_tenant(
        actor=actor,
        kind=TenantKind.MUNICIPALITY,
        name=MUNICIPALITY_NAME,
        municipality_number=MUNICIPALITY_NUMBER,
        host=None,
    )
    return furnish_municipality(actor, chance=chance, today=today)


def furnish_municipality(actor: Actor, *, chance: random.Random, today: date) -> dict[str, UUID]:
    """Open the units of a municipality that is founded, let its personas work there, and return the units by key."""
    units = open_units(actor, places.MUNICIPALITY, {}, opened_on=today - AGE)
    for district in places.districts(1):
        units = open_district(actor, district, units, chance=chance, opened_on=today - AGE)
    for partner in places.PARTNERS:
        organisation.register_organisation(
            actor=actor, details=OrganisationDetails(name=partner.name, kind=partner.kind, about=partner.about)
        )
    _employ_all([each for each in PERSONAS if not each.health_trust], actor, units, today=today)
    return units


def standing_units(actor: Actor, *, carers: int, today: date) -> dict[str, UUID]:
    """Return those units of the municipality that stand, by key, as far as so many carers need them."""
    by_name = {place.name: place.key for place in places.MUNICIPALITY + places.districts(carers)}
    found = organisations.units(actor=actor, on=today).values_list("name", "id")
    return {by_name[name]: unit_id for name, unit_id in found if name in by_name}


def opened_on(actor: Actor, *, unit_id: UUID) -> date:
    """Return the day a unit was opened, which tells when the demo was loaded first."""
    day: date = organisations.unit(actor=actor, unit_id=unit_id).opened_on
    return day


def open_units(
    actor: Actor, wanted: Sequence[Place], standing: Mapping[str, UUID], *, opened_on: date
) -> dict[str, UUID]:
    """Open these units and return them by key, with those that stood before."""
    units = dict(standing)
    for place in wanted:
        details = UnitDetails(
            name=place.name,
            kind=place.kind,
            about=place.about,
            opening_hours=place.opening_hours,
            notice=place.notice,
        )
        parent_id = units[place.parent] if place.parent else None
        unit = organisation.open_unit(actor=actor, details=details, parent_id=parent_id, opened_on=opened_on)
        units[place.key] = unit.id
    return units


def open_district(
    actor: Actor, district: Place, standing: Mapping[str, UUID], *, chance: random.Random, opened_on: date
) -> dict[str, UUID]:
    """Open a home care district with its posts, and return the units by key, with those that stood before."""
    units = open_units(actor, [district], standing, opened_on=opened_on)
    for _number in range(places.POSTS_PER_DISTRICT):
        title = chance.choice(POST_TITLES)
        organisation.open_post(actor=actor, unit_id=units[district.key], title=title, opened_on=opened_on)
    return units


def employ_later(actor: Actor, persona_id: str, *, today: date) -> None:
    """Let a persona work in a municipality that was loaded before there was one; nothing if they do."""
    somebody = next(each for each in PERSONAS if each.id == persona_id)
    try:
        access_selectors.account(actor=actors.system(actor.tenant_id), issuer=DEMO_ISSUER, subject=persona_id)
    except NotFound:
        _employ_all([somebody], actor, standing_units(actor, carers=1, today=today), today=today)


def lend(actor: Actor, persona_id: str, unit_key: str, *, period: Period) -> None:
    """Let a persona who works elsewhere have a post in this unit too in `period`, with the role that is theirs."""
    somebody = next(each for each in PERSONAS if each.id == persona_id)
    account = access_selectors.account(actor=actors.system(actor.tenant_id), issuer=DEMO_ISSUER, subject=persona_id)
    units = standing_units(actor, carers=1, today=period.start)
    _employ(actor, somebody, account.id, unit_id=units[unit_key], period=period)


def _employ_all(personas: Sequence[Persona], actor: Actor, units: Mapping[str, UUID], *, today: date) -> None:
    period = Period(today - AGE, date(today.year + 2, 1, 1))
    for somebody in personas:
        account = access.register_account(
            actor=actor, issuer=DEMO_ISSUER, subject=somebody.id, kind=ActorKind.STAFF, name=somebody.name
        )
        _employ(actor, somebody, account.id, unit_id=units[somebody.unit], period=period)


def _employ(actor: Actor, somebody: Persona, user_id: UUID, *, unit_id: UUID, period: Period) -> None:
    post = organisation.open_post(actor=actor, unit_id=unit_id, title=somebody.title, opened_on=period.start)
    holding = access.give_post(actor=actor, user_id=user_id, post_id=post.id, period=period)
    access.grant_role(actor=actor, holding_id=holding.id, role=somebody.role, unit_id=unit_id, period=period)
