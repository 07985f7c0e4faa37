import pytest
from django.test import RequestFactory, override_settings

from medspiller.ui.appearance import Appearance, chosen
from medspiller.ui.tests.pages import request_to
from medspiller.ui.web.views import appearance


def choose(theme="dark", next_page="/tilbud/?q=barn"):
    return appearance(RequestFactory().post("/utseende/", {"theme": theme, "next": next_page}))


def test_a_choice_is_remembered_and_leads_back():
    response = choose()

    assert response.status_code == 302
    assert response["Location"] == "/tilbud/?q=barn"
    assert response.cookies["medspiller_theme"].value == "dark"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "///example.org",
        "javascript:alert(1)",
        "tilbud/",
        "",
        "/\n//example.org",
    ],
)
def test_it_never_leads_to_another_site(elsewhere):
    assert choose(next_page=elsewhere)["Location"] == "/"


def test_an_unknown_look_is_refused():
    response = choose(theme="rosa")

    assert response.status_code == 400
    assert "medspiller_theme" not in response.cookies


def test_looking_changes_nothing():
    assert appearance(request_to("/utseende/?theme=dark")).status_code == 405


@pytest.mark.parametrize(
    ("cookie", "look"),
    [
        ("light", Appearance.LIGHT),
        ("dark", Appearance.DARK),
        ("", Appearance.AUTO),
        ("DARK", Appearance.AUTO),
        ('"><script>', Appearance.AUTO),
    ],
)
def test_only_looks_we_know_are_taken_from_the_cookie(cookie, look):
    request = RequestFactory().get("/")
    request.COOKIES["medspiller_theme"] = cookie

    assert chosen(request) is look


@override_settings(HTTPS=True)
def test_over_https_the_cookie_stays_there():
    assert choose().cookies["medspiller_theme"]["secure"]
