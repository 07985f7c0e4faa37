"""The client that tests fetch pages with refuses bad pages and templates that ask the database."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from tests.architecture.test_page_rules import GOOD, HEADERS
from tests.support.pages import BadPage, CheckedClient


def answer(html: str) -> HttpResponse:
    return HttpResponse(html, headers=HEADERS)


def render(html: str, **context: object) -> HttpResponse:
    return answer(engines["django"].from_string(html).render(context))


def ask() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'asked'")
        return cursor.fetchone()[0]


WITHOUT_TOKEN = GOOD.replace('<input type="hidden" name="csrfmiddlewaretoken" value="x">', "")
ASKING = GOOD.replace("Denne uka", "{{ ask }}")
SWALLOWING = GOOD.replace("Denne uka", "{% if ask > 3 %}x{% endif %}Denne uka")
INCLUDING = GOOD.replace("Denne uka", "{% include part %}")


def included(request: HttpRequest) -> HttpResponse:
    return render(INCLUDING, part=engines["django"].from_string("{{ ask }}").template, ask=ask)


urlpatterns = [
    path("good/", lambda request: answer(GOOD)),
    path("bad/", lambda request: answer(GOOD.replace(' alt=""', ""))),
    path("bad-refusal/", lambda request: HttpResponse("<h1>No</h1>", status=403, headers=HEADERS)),
    path("bad-part/", lambda request: answer('<input name="x">')),
    path("to-bad/", lambda request: redirect("/bad/")),
    path("free/", csrf_exempt(lambda request: answer(WITHOUT_TOKEN.replace("/avtale/", "/free/")))),
    path("json/", lambda request: JsonResponse({"html": "<p>"})),
    path("empty/", lambda request: HttpResponse()),
    path("asked-before/", lambda request: render(ASKING, ask=ask())),
    path("asking/", lambda request: render(ASKING, ask=ask)),
    path("swallowing/", lambda request: render(SWALLOWING, ask=ask)),
    path("included/", included),
]


@pytest.fixture(autouse=True)
def _planted_pages(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []


def test_the_client_of_every_test_is_the_checked_one(client):
    assert type(client) is CheckedClient


@pytest.mark.parametrize("address", ["/good/", "/free/", "/json/", "/empty/"])
def test_a_good_page_and_what_is_no_page_are_let_through(client, address):
    assert client.get(address).status_code == 200


def test_a_bad_page_is_refused_with_its_address_and_what_is_wrong(client):
    with pytest.raises(BadPage, match=r"GET /bad/\?x=1 \(200\)(.|\n)*pictures: <img"):
        client.get("/bad/?x=1")


def test_a_refusal_is_checked_too(client):
    with pytest.raises(BadPage, match=r"\(403\)(.|\n)*whole page"):
        client.get("/bad-refusal/")


def test_a_part_that_htmx_asks_for_is_checked_too(client):
    with pytest.raises(BadPage, match="labels") as refusal:
        client.get("/bad-part/", headers={"HX-Request": "true"})

    assert "whole page" not in str(refusal.value)


def test_the_answer_to_a_form_is_checked_too(client):
    with pytest.raises(BadPage, match="POST /bad/"):
        client.post("/bad/", {"name": "Kari"})


def test_a_page_that_is_redirected_to_is_checked_too(client):
    with pytest.raises(BadPage, match="GET /bad/"):
        client.get("/to-bad/", follow=True)


@pytest.mark.django_db
class TestQueriesFromTemplates:
    def test_a_query_before_the_template_is_free(self, client):
        assert "asked" in client.get("/asked-before/").content.decode()

    @pytest.mark.parametrize("address", ["/asking/", "/swallowing/", "/included/"])
    def test_a_query_from_a_template_is_refused(self, client, address):
        with pytest.raises(BadPage, match=r"no query from a template: .*SELECT 'asked'"):
            client.get(address)

    def test_the_watch_ends_with_the_request(self, client):
        client.get("/good/")

        assert ask() == "asked"
        assert connection.execute_wrappers == []
