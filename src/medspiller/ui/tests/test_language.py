import pytest
from django.http import HttpResponse
from django.utils import translation

from medspiller.ui import languages
from medspiller.ui.middleware import Language
from medspiller.ui.tests.pages import request_to


def answered(request):
    """What the middleware makes of a request, with the language the view saw as its text."""
    return Language(lambda _: HttpResponse(translation.get_language()))(request)


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/", {}, "nb"),
        ("/?lang=en", {}, "en"),
        ("/?lang=nn", {"Accept-Language": "en"}, "nn"),
        ("/?lang=klingon", {}, "nb"),
        ("/?lang=", {"Cookie": "medspiller_language=nn"}, "nn"),
        ("/?lang=en", {"Cookie": "medspiller_language=nn"}, "en"),
        ("/", {"Cookie": "medspiller_language=../../etc"}, "nb"),
        ("/", {"Accept-Language": "no"}, "nb"),
        ("/", {"Accept-Language": "nn-NO,nb;q=0.5"}, "nn"),
        ("/", {"Accept-Language": "de,en-GB;q=0.7,nb;q=0.3"}, "en"),
        ("/", {"Accept-Language": "de"}, "nb"),
        ("/", {"Accept-Language": ";;;q=x"}, "nb"),
        ("/?lang=se", {}, "se"),
    ],
)
def test_address_goes_before_cookie_and_cookie_before_browser(address, headers, language):
    assert answered(request_to(address, **headers)).content.decode() == language


def test_a_choice_is_remembered():
    assert answered(request_to("/?lang=nn")).cookies["medspiller_language"].value == "nn"


@pytest.mark.parametrize("address", ["/", "/?lang=klingon"])
def test_nothing_is_remembered_without_a_choice(address):
    assert "medspiller_language" not in answered(request_to(address)).cookies


def test_answers_say_their_language_and_what_they_depend_on():
    response = answered(request_to("/?lang=en"))

    assert response["Content-Language"] == "en"
    assert {each.strip() for each in response["Vary"].split(",")} == {"Accept-Language", "Cookie"}


def test_the_language_does_not_leak_into_the_next_request():
    before = translation.get_language()
    answered(request_to("/?lang=en"))

    assert translation.get_language() == before


def test_the_switch_keeps_path_and_query():
    choices = languages.choices(request_to("/tilbud/?q=barn&q=ung&lang=en"))

    assert [choice.url for choice in choices] == [
        "?q=barn&q=ung&lang=nb",
        "?q=barn&q=ung&lang=nn",
        "?q=barn&q=ung&lang=en",
    ]


class TestNorthernSami:
    def test_it_is_offered_only_where_the_text_is_checked(self):
        request = request_to("/")
        assert "se" not in [choice.code for choice in languages.choices(request)]

        request.sami_checked = True
        assert "se" in [choice.code for choice in languages.choices(request)]

    def test_a_page_that_is_not_checked_says_that_it_is_in_bokmal(self):
        assert answered(request_to("/?lang=se"))["Content-Language"] == "nb"
