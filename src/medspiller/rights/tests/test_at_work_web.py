"""Asking at work, with what the register knows filled in, for those whom the unit follows up."""

import pytest
from django.test import Client

from medspiller.access.models import User
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.people.tests import factories as people
from medspiller.rights import selectors
from medspiller.rights.models import KeptAnswer
from medspiller.rights.tests.family import settle
from medspiller.rights.tests.publishing import publish_rules
from medspiller.rights.tests.walking import Walker, heading, hidden, text_of
from tests.support.staff import sign_in


@pytest.fixture
def family(here, house):
    publish_rules(here)
    return settle(here, house)


@pytest.fixture
def contact(client, family):
    sign_in(client, family.contact)
    return client


def address(family, more=""):
    return f"/arbeid/personer/{family.kari.id}/rettigheter/{more}"


def walk(client, family):
    return Walker(
        client, client.get(address(family)), ask=address(family, "sporsmal/"), answers=address(family, "svar/")
    )


class TestWhatTheRegisterKnows:
    def test_is_filled_in_and_marked(self, contact, family):
        page = text_of(contact.get(address(family)))

        assert str(family.kari.birth_date.year) in page
        assert "Hentet fra registeret" in page

    def test_is_no_more_than_the_actor_may_see(self, family):
        known = selectors.known_of_carer(actor=people.as_actor(family.contact), person_id=family.kari.id).known

        assert known == {"carer.birth_year": family.kari.birth_date.year, "children": 1}

    def test_holds_years_of_those_whom_the_unit_follows_up_too(self, family, house):
        people.involve(family.oddny, house.carers)
        known = selectors.known_of_carer(actor=people.as_actor(family.contact), person_id=family.kari.id).known

        assert (known["recipient.birth_year"], known["recipient.relation"]) == (1930, "parent")

    def test_is_not_marked_any_more_when_it_was_changed(self, contact, family):
        walker = walk(contact, family)
        walker.change("carer.birth_year")
        assert "Hentet fra registeret" in text_of(walker.page)
        walker.say("1950")
        walker.change("carer.birth_year")

        assert "Hentet fra registeret" not in text_of(walker.page)

    def test_is_logged_as_read(self, contact, family):
        contact.get(address(family))

        entry = AccessEntry.objects.get(action="rights.ask_for_carer", kind="read")
        assert (entry.person_id, list(entry.information)) == (family.kari.id, ["rights"])


class TestTheQuestions:
    def test_begin_in_a_situation_and_end_with_answers_that_nobody_keeps(self, contact, family, rulebook):
        walker = walk(contact, family)
        walker.send(situasjon=rulebook.situations[0].id)
        assert heading(walker.page) == "Spørsmål 1"
        walker.skip()

        assert heading(walker.so_far()) == "Hva de kan ha rett til"
        assert heading(walker.send(address(family, "svar/rett/omsorgspenger/"))).startswith("Omsorgspenger")
        assert heading(walker.send(address(family, "svar/utskrift/"))) == "Hva du kan ha rett til"
        assert not KeptAnswer.objects.exists()

    def test_can_be_asked_for_any_day(self, contact, family):
        walker = walk(contact, family)

        assert f"1. mai {clock.today().year}" in text_of(walker.send(gjor="dato", dag=f"{clock.today().year}-05-01"))

    def test_about_one_carer_open_on_no_other_page(self, contact, family):
        state = hidden(contact.get(address(family)))

        assert contact.post("/rettigheter/svar/", {"tilstand": state})["Location"] == "/rettigheter/"


class TestWhoIsTurnedAway:
    def test_a_unit_that_has_nothing_to_do_with_the_carer(self, client, here, house, family):
        stranger = people.worker(here, house.night, name="Odd Demosvingen")
        sign_in(client, stranger_account(stranger))

        for more in ("", "sporsmal/", "svar/", "svar/utskrift/", "svar/rett/omsorgspenger/"):
            assert client.get(address(family, more)).status_code == 404

    def test_strangers(self, family):
        assert "logg-inn" in Client().get(address(family))["Location"]


def stranger_account(actor):
    return User.objects.get(id=actor.id)
