"""One of each thing that has a page of its own, for the journeys that look at every page."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext

from medspiller.access import selectors as accounts
from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import PostHolding, User
from medspiller.access.tests.provider_world import register as register_provider
from medspiller.core import clock, tenancy
from medspiller.demo.domain.personas import CITIZENS
from medspiller.organisations import services as organisations
from medspiller.people import selectors as people
from medspiller.people import services as people_services
from tests.journeys.town import Town, acting_as
from tests.support import staff
from tests.support.authenticator import code_at
from tests.support.browser import Site
from tests.support.database import HERE
from tests.support.fake_issuer import FakeIssuer


@dataclass(frozen=True, slots=True)
class Things:
    """Ids of what stands in the town. `nurse` works at night, signs in here with a password and a code."""

    nurse: User
    holding_id: UUID
    grant_id: UUID
    factor_id: int
    invitation: str
    empty_post_id: UUID
    provider_id: UUID
    emergency_id: UUID
    entry_id: UUID
    question_id: UUID


def make(town: Town, issuer: FakeIssuer) -> Things:
    """Let people in the town do what leaves something behind, for real."""
    system, house, now = actors.system(HERE), town.house, clock.now()
    provider = register_provider(issuer)
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=system.id):
        nurse = staff.employ(
            tenant_id=HERE,
            unit_id=house.night,
            role=Role.CARE_WORKER,
            name="Ragna Demotun",
            subject="ragna@demo.example",
        )
        holding = PostHolding.objects.get(user=nurse)
        at_night = acting_as(nurse)
        secret = access.new_totp_secret(actor=at_night)
        access.add_totp(actor=at_night, secret=secret, code=code_at(secret, now), now=now)
        factor_id = accounts.second_factors(actor=at_night).totp_id
        assert factor_id is not None
        emergency = people_services.open_emergency_access(
            actor=at_night,
            person_id=town.persons["Kari"],
            unit_id=house.night,
            reason="Moren har falt hjemme, og jeg må vite hvem som kan komme til henne i natt.",
        )
        post = organisations.open_post(actor=system, unit_id=house.carers, title="Vernepleier", opened_on=clock.today())
        citizen = acting_as(CITIZENS[0].id)
        newest, *_, oldest = people.own_access_log(actor=citizen).entries
        question = people_services.ask_about_access(
            actor=citizen, entry_id=oldest.id, text="Hva brukte dere dette til?"
        )
        return Things(
            nurse=nurse,
            holding_id=holding.id,
            grant_id=holding.grants.get().id,
            factor_id=factor_id,
            invitation=access.invite(actor=system, user_id=nurse.id, now=now),
            empty_post_id=post.id,
            provider_id=provider.id,
            emergency_id=emergency.id,
            entry_id=newest.id,
            question_id=question.id,
        )


def sign_in_nurse(window: BrowserContext, site: Site, things: Things) -> None:
    """Let the nurse be signed in at a window, as if she had just shown password and code."""
    client = Client()
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=things.nurse.id):
        staff.sign_in(client, things.nurse)
    name = settings.SESSION_COOKIE_NAME
    window.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site.url}])
