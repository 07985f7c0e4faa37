"""The public pages: what they say, in which language, and what they cost."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain.roles import Role

PAGES = ["/", "/tilbud/", "/rettigheter/", "/snakk-med-noen/", "/hjelp-na/", "/ung/"]
# What stands on each page, in a language whose words no other one has.
SAYS = {
    "nb": {
        "/": "Hvilken hjelp finnes?",
        "/tilbud/": "Dette kan du gjøre allerede nå",
        "/rettigheter/": "Hva har jeg rett til?",
        "/snakk-med-noen/": "Hvem kan jeg snakke med?",
        "/hjelp-na/": "Jeg trenger hjelp nå",
        "/ung/": "Det er ikke din skyld.",
    },
    "nn": {
        "/": "Kva hjelp finst?",
        "/tilbud/": "Dette kan du gjere allereie no",
        "/rettigheter/": "Kva har eg rett til?",
        "/snakk-med-noen/": "Kven kan eg snakke med?",
        "/hjelp-na/": "Eg treng hjelp no",
        "/ung/": "Det er ikkje di skuld.",
    },
    "en": {
        "/": "What help is there?",
        "/tilbud/": "What you can do already",
        "/rettigheter/": "What am I entitled to?",
        "/snakk-med-noen/": "Who can I talk to?",
        "/hjelp-na/": "I need help now",
        "/ung/": "It is not your fault.",
    },
}
NUMBERS = ["113", "110", "112", "116117", "116111", "116123"]


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

    def test_says_that_it_is_not_finished(self, client, here):
        assert "under bygging" in client.get("/").content.decode()

    def test_lets_staff_in_from_the_footer(self, client, here):
        assert 'href="/arbeid/"' in client.get("/").content.decode().partition("<footer")[2]

    def test_stands_where_no_municipality_is_set_up(self, client, db, settings):
        settings.DEFAULT_MUNICIPALITY = "9999"

        page = client.get("/")

        assert page.status_code == 200
        assert "kommune</p>" not in page.content.decode()

    def test_asks_the_database_three_times_at_most(self, client, here):
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")

        statements = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
        assert len(statements) <= 3, statements


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


class TestPagesThatAreNotReady:
    @pytest.mark.parametrize("path", ["/tilbud/", "/snakk-med-noen/"])
    def test_say_so(self, client, here, path):
        assert "Denne siden er ikke ferdig ennå" in client.get(path).content.decode()

    @pytest.mark.parametrize("path", PAGES)
    def test_no_number_can_be_called_but_those_for_all(self, client, here, path):
        assert set(dialled(client.get(path))) <= set(NUMBERS)


class TestHelpNow:
    def test_has_the_numbers_in_the_order_of_danger(self, client, here):
        assert dialled(client.get("/hjelp-na/")) == NUMBERS

    def test_is_one_step_away_from_every_public_page(self, client, here):
        assert all('href="/hjelp-na/"' in client.get(path).content.decode() for path in PAGES)


class TestYoung:
    def test_has_a_quick_way_out_before_anything_else(self, client, here):
        content = main_of(client.get("/ung/"))

        assert content.index('id="quick-exit"') < content.index("<h1")
        assert 'href="https://' in content[content.index("<a") : content.index("<h1")]

    def test_offers_the_childrens_line_first(self, client, here):
        assert dialled(client.get("/ung/")) == ["116111", "113", "112"]

    def test_asks_for_nothing(self, client, here):
        content = main_of(client.get("/ung/"))

        assert "<input" not in content
        assert "<textarea" not in content


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
