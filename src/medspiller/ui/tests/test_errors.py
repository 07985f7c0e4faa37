import html5lib
import pytest
from django.utils import translation

from medspiller.ui import errors
from medspiller.ui.tests.pages import request_to

ANSWERS = [
    (errors.bad_request, 400),
    (errors.forbidden, 403),
    (errors.csrf_failure, 403),
    (errors.not_found, 404),
    (errors.too_large, 413),
    (errors.server_error, 500),
    (errors.unavailable, 503),
]


def page_of(response):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())


# No test here may reach the database: a query would fail it.
@pytest.mark.parametrize(("answer", "status"), ANSWERS)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_error_has_the_look_of_the_site_and_a_way_on(answer, status, language):
    with translation.override(language):
        response = answer(request_to("/tilbud/"))
        page = page_of(response)

    heading = "".join(page.find(".//h1").itertext()).strip()
    assert response.status_code == status
    assert page.find(".//body").get("data-layout") == "public"
    assert page.get("lang") == language
    assert page.find(".//title").text == f"{heading} – Medspiller"
    assert page.find(".//main//a[@href='/']") is not None


@pytest.mark.parametrize(("answer", "status"), ANSWERS)
def test_whom_to_call_is_on_public_errors_only(answer, status):
    assert b"tel:113" in answer(request_to("/tilbud/")).content
    assert b"tel:113" not in answer(request_to("/arbeid/")).content


def test_staff_are_led_back_to_their_work():
    assert (
        page_of(errors.not_found(request_to("/arbeid/finnes-ikke/"))).find(".//main//a[@href='/arbeid/']") is not None
    )


@pytest.mark.parametrize(
    ("address", "ways"),
    [
        ("/finnes-ikke/", ["/", "/tilbud/"]),
        ("/min-side/finnes-ikke/", ["/min-side/", "/"]),
        ("/arbeid/finnes-ikke/", ["/arbeid/", "/arbeid/hjelp/"]),
    ],
)
@pytest.mark.parametrize("answer", [errors.forbidden, errors.not_found, errors.server_error])
def test_each_is_shown_two_ways_on_from_where_they_are(answer, address, ways):
    actions = page_of(answer(request_to(address))).findall(".//main//div[@class='m-actions']//a")

    assert [each.get("href") for each in actions][:2] == ways


def test_unavailable_says_when_to_come_back():
    assert errors.unavailable(request_to("/"))["Retry-After"] == "30"


def test_a_reader_is_not_sent_to_repeat_what_was_posted():
    request = request_to("/sok/")
    request.method = "POST"

    assert b"ArrowsCirclepath" not in errors.server_error(request).content
    assert "Prøv igjen" not in errors.server_error(request).content.decode()


@pytest.mark.parametrize("answer", [errors.server_error, errors.unavailable])
def test_a_fault_in_the_layout_still_gives_a_page(answer, settings, caplog):
    # As when a template of the layout itself is broken
    settings.ICONS_DIR = settings.BASE_DIR / "nowhere"
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]

    page = page_of(answer(request_to("/")))

    assert page.find(".//h1").text in {"Noe gikk galt hos oss", "Vi er straks tilbake"}
    assert "ui.error_page_failed" in caplog.text
