"""Carers see whom they can call, and whoever is worried about a child the municipality's child welfare service."""

import html
import re

import pytest
from django.urls import reverse

from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import clock
from medspiller.enquiries.domain.enquiries import Purpose
from medspiller.enquiries.models import Recipient
from medspiller.followup import services
from medspiller.followup.models import CarerFile
from medspiller.followup.tests import families
from medspiller.followup.tests.test_safety_first import child_pathway
from medspiller.organisations.models import Unit
from medspiller.pathways.tests import factories as pathways
from medspiller.people.tests import factories as people
from tests.support.staff import sign_in

OWN, SWITCHBOARD = "00445566", "00112233"


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(page.content.decode())).split())


@pytest.fixture
def carer(here, house):
    return families.make_carer(here, house)


def own_page(client, carer):
    sign_in(client, carer.account)
    return client.get(reverse("own_followup:home"))


class TestTheCarersPage:
    def test_has_the_units_number_to_press(self, client, carer, house):
        Unit.objects.filter(id=house.carers).update(phone=OWN)

        page = own_page(client, carer)

        assert f'href="tel:{OWN}"' in page.content.decode()
        assert "Ring 00 44 55 66" in text_of(page)

    def test_has_that_of_the_unit_above_and_says_whom_to_ask_for(self, client, carer, house):
        Unit.objects.filter(id=house.top).update(phone=SWITCHBOARD)

        page = own_page(client, carer)

        assert f'href="tel:{SWITCHBOARD}"' in page.content.decode()
        assert "Spør etter Pårørendesenteret" in text_of(page)

    def test_leads_to_being_called_where_there_is_no_number(self, client, carer, house):
        Recipient.objects.create(purpose=Purpose.CALL.value, unit_id=house.carers, within_days=2, set_at=clock.now())

        page = own_page(client, carer)

        assert 'href="tel:' not in page.content.decode().split('id="kontakt"')[1].split("</section>")[0]
        assert f'href="{reverse("enquiries:call")}"' in page.content.decode()

    def test_says_how_else_where_nobody_calls_back_either(self, client, carer):
        assert "Ring sentralbordet i kommunen" in text_of(own_page(client, carer))

    def test_leads_the_young_to_whoever_answers_and_to_no_form(self, client, carer, house):
        Recipient.objects.create(purpose=Purpose.CALL.value, unit_id=house.carers, within_days=2, set_at=clock.now())
        CarerFile.objects.filter(id=carer.file.id).update(kind="child")

        page = own_page(client, carer)

        assert f'href="{reverse("enquiries:call")}"' not in page.content.decode()
        assert "Spør helsesykepleieren på skolen" in text_of(page)


class TestTheSafetyPage:
    @pytest.fixture
    def child(self, here, house):
        pathways.publish(here, child_pathway())
        family = families.make_parent(here, house)
        file = services.open_child_file(actor=family.nurse, patient_id=family.arne.id, child_id=family.ida.id)
        return family, reverse("followup:safety", args=[file.file_id])

    def test_has_the_municipalitys_own_child_welfare_service(self, client, child, house):
        family, address = child
        Unit.objects.create(
            name="Barnevernstjenesten", kind="child_welfare", phone=OWN, parent_id=house.top, opened_on=clock.today()
        )
        sign_in(client, User.objects.get(id=family.nurse.id))

        page = client.get(address)

        assert f'href="tel:{OWN}"' in page.content.decode()
        assert "Skriv inn barnevernstjenesten" not in text_of(page)

    def test_says_where_to_find_it_where_nobody_has_written_it_down(self, client, child):
        family, address = child
        sign_in(client, User.objects.get(id=family.nurse.id))

        said = text_of(client.get(address))

        assert "116 111" in said
        assert "er ikke skrevet inn her" in said
        assert "Skriv inn barnevernstjenesten" not in said

    def test_tells_the_leader_who_can_write_it_down(self, client, here, house):
        leader = people.worker(here, house.top, Role.LEADER, name="Leif Demoleder")
        sign_in(client, User.objects.get(id=leader.id))
        assert "Skriv inn barnevernstjenesten" in text_of(client.get(reverse("followup:children")))

        Unit.objects.create(
            name="Barnevernstjenesten", kind="child_welfare", phone=OWN, parent_id=house.top, opened_on=clock.today()
        )
        assert "Skriv inn barnevernstjenesten" not in text_of(client.get(reverse("followup:children")))


def test_children_see_it_beside_the_alarm_line(client, here, house):
    assert "Barnevernstjenesten" not in text_of(client.get("/ung/"))
    Unit.objects.create(
        name="Barnevernstjenesten", kind="child_welfare", phone=OWN, parent_id=house.top, opened_on=clock.today()
    )

    for address in ("/ung/", "/hjelp-na/"):
        assert f'href="tel:{OWN}"' in client.get(address).content.decode(), address
