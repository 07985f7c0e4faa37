"""The public pages: what they say, in which language, and what they cost."""

import gzip
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain.roles import Role
from medspiller.catalogue.tests.every_offer import every_offer

YOUNG = ["/ung/", "/ung/8-12/", "/ung/13-15/", "/ung/16-18/"]
ABOUT = ["/kontakt/", "/personvern/", "/tilgjengelighet/", "/uten-nett/"]
PAGES = ["/", "/tilbud/", "/rettigheter/", "/snakk-med-noen/", "/hjelp-na/", *YOUNG, *ABOUT]
# What stands on each page, in a language whose words no other one has.
SAYS = {
    "nb": {
        "/": "Hvilken hjelp finnes?",
        "/tilbud/": "Hvilken hjelp finnes?",
        "/ung/8-12/": "Er det min skyld?",
        "/ung/13-15/": "Skole og venner",
        "/ung/16-18/": "Dette bestemmer du",
        "/kontakt/": "Kontakt kommunen",
        "/personvern/": "Når du bare ser deg om",
        "/tilgjengelighet/": "Dette er et utkast",
        "/uten-nett/": "Hjelp uten nett",
        "/rettigheter/": "Hva har jeg rett til?",
        "/snakk-med-noen/": "Hvem kan jeg snakke med?",
        "/hjelp-na/": "Jeg trenger hjelp nå",
        "/ung/": "Det er ikke din skyld.",
    },
    "nn": {
        "/": "Kva hjelp finst?",
        "/tilbud/": "Kva hjelp finst?",
        "/ung/8-12/": "Er det mi skuld?",
        "/ung/13-15/": "Skule og vener",
        "/ung/16-18/": "Når det blir for mykje",
        "/kontakt/": "Dette kan du seie",
        "/personvern/": "Når du berre ser deg om",
        "/tilgjengelighet/": "Dette er eit utkast",
        "/uten-nett/": "Hjelp utan nett",
        "/rettigheter/": "Kva har eg rett til?",
        "/snakk-med-noen/": "Kven kan eg snakke med?",
        "/hjelp-na/": "Eg treng hjelp no",
        "/ung/": "Det er ikkje di skuld.",
    },
    "en": {
        "/": "What help is there?",
        "/tilbud/": "What help is there?",
        "/ung/8-12/": "Is it my fault?",
        "/ung/13-15/": "School and friends",
        "/ung/16-18/": "What you can decide",
        "/kontakt/": "Contact the municipality",
        "/personvern/": "When you only look",
        "/tilgjengelighet/": "This is a draft",
        "/uten-nett/": "Help without the internet",
        "/rettigheter/": "What am I entitled to?",
        "/snakk-med-noen/": "Who can I talk to?",
        "/hjelp-na/": "I need help now",
        "/ung/": "It is not your fault.",
    },
}
NUMBERS = ["113", "110", "112", "116117", "116111", "116123"]

# The beginning and the end, the tenant and its name, the words of everyday life (by their digest), and the open doors.
MOST_STATEMENTS = 7


@pytest.fixture(scope="module")
def offers(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), every_offer() as tenant_id:
        yield tenant_id


def dialled(page):
    """The numbers that can be called from a page, in its order."""
    return re.findall(r'href="tel:([^"]+)"', page.content.decode())


def main_of(page):
    return page.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_is_whole_in_every_language(client, here, language, path):
    page = client.get(path, {"lang": language})

    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode().partition("<head>")[0]
    assert SAYS[language][path] in page.content.decode()


class TestFrontPage:
    def test_names_the_municipality(self, client, here):
        assert "Bærum kommune" in client.get("/").content.decode()

    @pytest.mark.parametrize("door", ["/tilbud/", "/rettigheter/", "/snakk-med-noen/", "/hjelp-na/", "/ung/"])
    def test_has_a_door_that_leads_somewhere(self, client, here, door):
        assert f'href="{door}"' in main_of(client.get("/"))
        assert client.get(door).status_code == 200

    def test_lets_staff_in_from_the_footer(self, client, here):
        assert 'href="/arbeid/"' in client.get("/").content.decode().partition("<footer")[2]

    def test_stands_where_no_municipality_is_set_up(self, client, db, settings):
        settings.DEFAULT_MUNICIPALITY = "9999"

        page = client.get("/")

        assert page.status_code == 200
        assert "kommune</p>" not in page.content.decode()

    def test_asks_the_database_few_times(self, client, offers):
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")

        statements = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
        assert len(statements) <= MOST_STATEMENTS, statements

    def test_leads_to_what_somebody_needs_in_their_own_words(self, client, offers):
        content = main_of(client.get("/"))

        assert 'action="/tilbud/"' in content
        assert content.count('href="/tilbud/?q=') >= 5
        assert 'href="/tilbud/drop-in-torsdag/"' in content

    def test_one_can_just_come_only_where_a_place_and_hours_are_told(self, client, offers):
        content = main_of(client.get("/kontakt/"))

        assert 'href="/tilbud/drop-in-torsdag/"' in content
        assert 'href="/tilbud/samtale-etter-dodsfall/"' not in content

    def test_is_light(self, client, offers):
        assert len(gzip.compress(client.get("/").content)) < 20_000

    @pytest.mark.parametrize("path", ["/", "/snakk-med-noen/", "/kontakt/", "/personvern/", "/uten-nett/"])
    def test_can_be_had_in_easy_words(self, client, here, path):
        assert 'href="?lettlest=ja"' in client.get(path).content.decode()
        assert "Vis den vanlige teksten" in client.get(path, {"lettlest": "ja"}).content.decode()


class TestNobodyIsRecognised:
    @pytest.mark.parametrize("path", PAGES)
    def test_no_session_is_opened_or_asked_for(self, client, here, path):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(path)

        assert settings.SESSION_COOKIE_NAME not in page.cookies
        assert not [query for query in asked if "session" in query["sql"]]

    @pytest.mark.parametrize("path", PAGES)
    def test_no_cookie_is_set_for_who_only_reads(self, client, here, path):
        assert not client.get(path).cookies


class TestNumbers:
    @pytest.mark.parametrize("path", PAGES)
    def test_that_can_be_called_are_those_for_all(self, client, here, path):
        assert set(dialled(client.get(path))) <= set(NUMBERS)


class TestHelpNow:
    def test_has_the_numbers_in_the_order_of_danger(self, client, here):
        assert dialled(client.get("/hjelp-na/")) == NUMBERS

    def test_is_one_step_away_from_every_public_page(self, client, here):
        assert all('href="/hjelp-na/"' in client.get(path).content.decode() for path in PAGES)


class TestYoung:
    @pytest.mark.parametrize("path", YOUNG)
    def test_has_a_quick_way_out_before_anything_else(self, client, here, path):
        content = main_of(client.get(path))

        assert content.index('id="quick-exit"') < content.index("<h1")
        assert 'href="https://' in content[content.index("<a") : content.index("<h1")]

    @pytest.mark.parametrize("path", YOUNG)
    def test_has_the_numbers_for_children_in_sight_all_the_time(self, client, here, path):
        bar = main_of(client.get(path)).partition('class="c-numbers"')[2]

        assert re.findall(r'href="tel:([^"]+)"', bar) == ["116111", "116117", "112"]

    @pytest.mark.parametrize("path", YOUNG)
    def test_asks_for_nothing(self, client, here, path):
        content = main_of(client.get(path))

        assert not re.search("<(input|textarea|select|form)", content)

    def test_shows_what_is_there_for_that_age(self, client, offers):
        shown = {path: set(re.findall(r'href="/tilbud/([a-z0-9-]+)/"', main_of(client.get(path)))) for path in YOUNG}

        assert "barnegruppe-8-12" in shown["/ung/8-12/"]
        assert "barnegruppe-8-12" not in shown["/ung/16-18/"]
        assert all(shown[path] for path in YOUNG[1:])


def test_staff_may_read_the_public_pages_too(staff, house):
    signed_in = staff(Role.CARE_WORKER, house.carers)

    assert [signed_in.get(path).status_code for path in PAGES] == [200] * len(PAGES)


def test_search_engines_stay_out_of_what_is_personal(client, here):
    page = client.get("/robots.txt")

    assert page.headers["Content-Type"].startswith("text/plain")
    assert {"Disallow: /arbeid/", "Disallow: /min-side/", "Disallow: /demo/"} <= set(page.content.decode().splitlines())


@pytest.mark.parametrize("path", [*PAGES, "/robots.txt"])
def test_nothing_can_be_posted(client, here, path):
    assert client.post(path).status_code == 405


def test_whoever_is_not_signed_in_is_shown_where_to(client, staff, house):
    assert 'href="/min-side/logg-inn/"' in client.get("/").content.decode()

    nurse = staff(Role.CARE_WORKER, house.home_care)
    assert 'href="/min-side/logg-inn/"' not in nurse.get("/").content.decode()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("address", [*PAGES, "/rettigheter/alle/", "/plan/"])
def test_a_page_that_is_shared_says_what_it_is(client, here, address, language):
    page = client.get(address, {"lang": language}).content.decode()
    told = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', page.split("</head>")[0]))

    title = re.search(r"<title>(.+?) – Medspiller</title>", page)
    assert title is not None
    assert told["og:title"] == title[1].strip()
    assert told["og:description"] == told["description"] != ""
    assert (told["og:type"], told["og:site_name"]) == ("website", "Medspiller")
    # Nothing of it is fetched from others
    assert "og:image" not in told
    assert re.search(r'<link rel="icon" href="/static/', page)
