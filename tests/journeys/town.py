"""
The people and places of journeys: the units of one municipality, with a persona of each kind at work in them, and a
family that some of them have to do with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit
from uuid import UUID

from playwright.sync_api import BrowserContext, Page

from medspiller.access import selectors as accounts
from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.access.domain.actors import SYSTEM_ID, Actor
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import clock, tenancy
from medspiller.core.actors import ActorKind
from medspiller.demo.domain.families import FAMILIES, Member
from medspiller.demo.domain.personas import CITIZENS, PERSONAS, Persona
from medspiller.people import selectors as people
from medspiller.people import services as register
from medspiller.people.domain.persons import PersonDetails
from tests.support.database import HERE
from tests.support.staff import House, build_house, employ

# Who has opened the files of the family: not everybody, so that an entry tells of somebody.
LOOKED = ("pårørendekontakt", "omsorgsarbeider")


@dataclass(frozen=True, slots=True)
class Town:
    """
    One municipality. Every persona in it works at the top, so that each role sees all that it may see.

    `persons` are those of the register, by given name.
    """

    house: House
    persons: dict[str, UUID]

    @property
    def unit_id(self) -> UUID:
        """The unit that the stories are about."""
        return self.house.carers


def settle(*, members: Sequence[Member] = FAMILIES, numbers: Mapping[str, str] = MappingProxyType({})) -> Town:
    """
    Build the town, for real: what is written here is committed.

    `members` are those whom somebody has registered already; `numbers` are the person numbers of
    citizens who have others than in the stories.
    """
    system = actors.system(HERE)
    numbers = {**{member.citizen: member.person_number for member in FAMILIES}, **numbers}
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        house = build_house(HERE)
        for somebody in PERSONAS:
            employ(
                tenant_id=HERE,
                unit_id=house.top,
                role=somebody.role,
                name=somebody.name,
                issuer=DEMO_ISSUER,
                subject=somebody.id,
            )
        for citizen in CITIZENS:
            access.register_account(
                actor=system,
                issuer=DEMO_ISSUER,
                subject=citizen.id,
                kind=ActorKind.CITIZEN,
                name=citizen.name,
                person_number=numbers.get(citizen.id) or citizen.person_number,
            )
        persons = {member.given_name: _register(system, house, member) for member in members}
        for persona_id in LOOKED:
            for person_id in persons.values():
                people.person(actor=acting_as(persona_id), person_id=person_id)
    return Town(house=house, persons=persons)


def acting_as(who: str | User) -> Actor:
    """Return a persona, or the owner of an account, as signing in would make them. The transaction must be theirs."""
    nobody, now = actors.anonymous(HERE), clock.now()
    user = who if isinstance(who, User) else accounts.account(actor=nobody, issuer=DEMO_ISSUER, subject=who)
    return accounts.actor_for(actor=nobody, user=user, organisation="Bærum kommune", today=clock.today(), now=now)


def persona_with(roles: frozenset[Role]) -> Persona:
    """
    Return who in the town can do what these roles may: the leader if it is one of the leader's tasks.

    :raises LookupError: if nobody can.
    """
    able = [somebody for somebody in PERSONAS if somebody.role in roles and not somebody.health_trust]
    able.sort(key=lambda somebody: somebody.role is not Role.LEADER)
    if not able:
        raise LookupError(f"nobody in the town has any of {sorted(roles)}")
    return able[0]


# Whoever edits for an organisation has no unit to come home to.
_HOMES = {"organisasjon": "/arbeid/tilbud/"}


def sign_in(window: BrowserContext, persona_id: str) -> Page:
    """Sign in as a persona, as one does in a demo, and return the page where they begin."""
    page = window.new_page()
    answer = page.goto(f"/demo/logg-inn/{persona_id}/")
    begins = "/min-side/" if persona_id in {citizen.id for citizen in CITIZENS} else _HOMES.get(persona_id, "/arbeid/")
    assert answer is not None, persona_id
    assert (answer.status, urlsplit(page.url).path) == (200, begins), persona_id
    return page


def _register(system: Actor, house: House, member: Member) -> UUID:
    units = {"home-0": house.home_care, "carers": house.carers, "office": house.top, "mental": house.carers}
    details = PersonDetails(
        given_name=member.given_name,
        family_name=member.family_name,
        birth_date=member.birth_date,
        person_number=member.person_number,
    )
    first, *others = {units[key]: basis for key, basis in member.involved}.items()
    made = register.register_person(actor=system, details=details, unit_id=first[0], basis=first[1])
    for unit_id, basis in others:
        register.open_involvement(actor=system, person_id=made.id, unit_id=unit_id, basis=basis)
    return made.id
