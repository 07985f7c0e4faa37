"""What is made up in a demo says so: on its page, and in every format that others read."""

import json
import re

import icalendar
import pytest
from django.db import connection

from medspiller.catalogue.domain.outside.made_up import marked_name, marked_offer
from medspiller.catalogue.domain.reading import read_offer
from medspiller.catalogue.models import PublishedOffer
from medspiller.catalogue.tests.every_offer import every_offer
from medspiller.catalogue.tests.offers import offer_body
from medspiller.cli import main as command

OWN, NATIONAL = "mannegruppe", "demenslinjen"
SAID = "Dette er en demo. Tilbudet er oppdiktet og finnes ikke."


@pytest.fixture(scope="module")
def offers(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), every_offer() as tenant_id:
        yield tenant_id


@pytest.fixture
def demo(settings, offers, django_db_blocker):
    with django_db_blocker.unblock():
        settings.DEMO = True
        yield
        connection.close()


def page(client, slug):
    return client.get(f"/tilbud/{slug}/").content.decode()


def graph(client, slug):
    (written,) = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page(client, slug), re.DOTALL)
    return {one["@type"]: one for one in json.loads(written)["@graph"]}


class TestADemosOwnOffer:
    def test_says_so_on_its_page_and_its_sheet(self, client, demo):
        for address in (OWN, f"{OWN}/utskrift"):
            assert "Dette tilbudet er oppdiktet" in page(client, address), address

    def test_says_so_to_search_engines(self, client, demo):
        found = graph(client, OWN)

        offer = next(one for kind, one in found.items() if "Service" in kind)
        provider = next(one for kind, one in found.items() if "Service" not in kind and "Event" not in kind)
        assert offer["name"].endswith("(demo, oppdiktet)")
        assert offer["description"].startswith(SAID)
        assert provider["name"].endswith("(demo, oppdiktet)")

    def test_says_so_in_hsds(self, client, demo):
        own = PublishedOffer.objects.get(slug=OWN)
        service = client.get(f"/api/hsds/services/{own.id}").json()

        assert service["name"].endswith("(demo, oppdiktet)")
        assert SAID in service["description"]
        organizations = client.get("/api/hsds/organizations", {"per_page": 200}).json()["contents"]
        marked = {each["id"] for each in organizations if each["name"].endswith("(demo, oppdiktet)")}
        assert str(own.provider_id) in marked

    def test_says_so_in_calendars(self, client, demo):
        feed = icalendar.Calendar.from_ical(client.get("/tilbud/kalender.ics").content)

        of_own = [str(each["SUMMARY"]) for each in feed.walk("VEVENT")]
        assert of_own
        assert all("demo" in summary for summary in of_own)

    def test_is_as_it_is_anywhere_else(self, client, offers, django_db_blocker):
        with django_db_blocker.unblock():
            assert "oppdiktet" not in page(client, OWN)
            assert not graph(client, OWN)["GovernmentService"]["name"].endswith("oppdiktet)")
            connection.close()


def test_a_national_offer_is_true_in_a_demo_too(client, demo):
    assert "oppdiktet" not in re.sub(r'<aside class="m-demo".*?</aside>', "", page(client, NATIONAL), flags=re.DOTALL)


def test_an_export_of_a_demo_says_so_though_commands_are_not_told(demo, settings, capsysbinary):
    settings.DEMO = False

    assert command.main(["export", "cpsv", "--own"]) == 0

    turtle = capsysbinary.readouterr().out.decode()
    assert "(demo, oppdiktet)" in turtle
    assert SAID in turtle
    # What one command finds out changes nothing for what runs beside it.
    assert settings.DEMO is False


def test_every_language_is_marked_and_others_are_told_in_english():
    marked = marked_offer(read_offer(offer_body(title={"nb": "Gruppe", "nn": "Gruppe", "en": "Group", "pl": "Grupa"})))

    assert marked.title["pl"] == "Grupa (demo, made up)"
    assert marked.summary["nn"].startswith("Dette er ein demo.")
    assert marked_name("Bærum kommune") == "Bærum kommune (demo, oppdiktet)"
