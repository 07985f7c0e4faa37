"""The municipality with its families: who can open whom, and that more of it can be loaded later."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from medspiller.access import selectors as accounts
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.demo.domain import families
from medspiller.demo.domain.personas import CITIZENS
from medspiller.demo.services import _filling as filling
from medspiller.demo.services import _house as house
from medspiller.demo.services import _telling as telling
from medspiller.people import selectors as people
from medspiller.people.models import CarerRole, Consent, InformationGiven, Person

SAID = []


@pytest.fixture
def units(here):
    """The units of the municipality, and who works there."""
    chance = random.Random(1)  # noqa: S311 - to be foreseen
    with clock.frozen(clock.now() - timedelta(days=300)):
        return house.furnish_municipality(actors.system(here), chance=chance, today=clock.today())


@pytest.fixture
def furnished(here, units):
    """The municipality without anybody in its register."""
    return here


@pytest.fixture
def town(here, units):
    """The municipality as it stands once its families are told."""
    today = clock.today()
    told = [story for story in families.stories(today) if not story.health_trust]
    telling.tell(actors.system(here), told, units, organisation="Bærum kommune", today=today)
    return here


def filled(town, carers, seed=1):
    return filling.fill(town, carers=carers, seed=seed, today=clock.today(), say=SAID.append)


def acting(town, persona_id):
    nobody, now = actors.anonymous(town), clock.now()
    user = accounts.account(actor=nobody, issuer=DEMO_ISSUER, subject=persona_id)
    return accounts.actor_for(actor=nobody, user=user, organisation="Bærum kommune", today=clock.today(), now=now)


def opens(town, persona_id):
    return {each.name for each in people.persons(actor=acting(town, persona_id), size=1000).persons}


class TestWhoOpensWhom:
    def test_each_persona_opens_those_of_its_own_units(self, town):
        worker, lead, office = (opens(town, who) for who in ("omsorgsarbeider", "barneansvarlig", "saksbehandler"))

        assert {"Solveig Demoås", "Kari Demoås", "Emil Tangen"} <= worker
        assert {"Trond Demolund", "Noah Demoås"} <= lead
        assert {"Solveig Demoås", "Nina Tangen"} <= office
        assert "Trond Demolund" not in worker | office
        assert "Linda Simonsen" not in office

    def test_the_leader_opens_all_of_them_and_whoever_only_steers_nobody(self, town):
        assert len(opens(town, "leder")) == Person.objects.count()
        for persona_id in ("strategiansvarlig", "frivilligkoordinator", "tilgangsstyrer"):
            with pytest.raises(NotAllowed):
                opens(town, persona_id)

    def test_every_citizen_is_somebody_with_a_page_of_their_own(self, town):
        for citizen in CITIZENS:
            who = acting(town, citizen.id)

            assert people.registered_as(actor=who).person_id is not None, citizen.id
            assert people.own_page(actor=who) is not None, citizen.id


class TestFilling:
    def test_makes_as_many_carers_as_asked_for_and_each_once(self, furnished):
        filled(furnished, 30)

        assert InformationGiven.objects.count() == 30
        assert filled(furnished, 30) == 0

    def test_goes_on_with_the_same_people(self, furnished):
        filled(furnished, 8)
        few = set(Person.objects.values_list("id", "given_name", "family_name", "birth_date"))

        filled(furnished, 24)

        assert few < set(Person.objects.values_list("id", "given_name", "family_name", "birth_date"))

    def test_opens_one_more_district_for_the_next_carers(self, furnished):
        filled(furnished, 403)

        inside = Counter(
            people.involvements_to_come(actor=actors.system(furnished)).values_list("unit__name", flat=True)
        )
        assert inside["Hjemmetjenesten nord"] > 0
        assert inside["Hjemmetjenesten øst"] > 200

    def test_keeps_the_history_of_every_row(self, furnished):
        filled(furnished, 12)

        for model in (Person, CarerRole, Consent):
            kept = set(model.pgh_event_model.objects.values_list("id", flat=True))
            assert set(model.objects.values_list("id", flat=True)) <= kept
