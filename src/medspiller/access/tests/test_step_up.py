"""ASVS 5.0 V7.5.3: before a sensitive act, one shows once more who one is."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as configured

from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.access.models import SessionRecord
from medspiller.access.tests.world import MINUTE, only_session, text, worker
from medspiller.core import clock
from tests.support.staff import sign_in

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SENSITIVE = "/arbeid/okter/avslutt-andre/"
PAGE = "http://testserver/arbeid/okter/"


@pytest.fixture
def someone(client, house, settings):
    settings.DEMO = True
    with clock.frozen(NINE):
        account = worker(house.top)
        sign_in(client, account)
    SessionRecord.objects.update(issuer=DEMO_ISSUER)
    return account


def test_v7_5_3_a_recent_sign_in_is_enough(client, someone):
    with clock.frozen(NINE + 4 * MINUTE):
        assert client.post(SENSITIVE).url == "/arbeid/okter/"


def test_v7_5_3_an_older_one_leads_to_the_page_that_asks_and_back(client, someone):
    with clock.frozen(NINE + 5 * MINUTE):
        asked = client.post(SENSITIVE, headers={"Referer": PAGE})
        assert asked.url == "/arbeid/bekreft/?next=%2Farbeid%2Fokter%2F"
        assert "Vis en gang til at det er deg" in text(client.get(asked.url))

        assert client.post("/arbeid/bekreft/", {"next": "/arbeid/okter/"}).url == "/arbeid/okter/"
        assert client.post(SENSITIVE).url == "/arbeid/okter/"


def test_what_was_typed_is_kept_while_one_confirms(client, someone):
    with clock.frozen(NINE + 5 * MINUTE):
        answer = client.post(SENSITIVE, {"why": "Telefonen er borte"})

    assert answer.status_code == 403
    assert "Telefonen er borte" in text(answer)
    assert 'href="/arbeid/bekreft/?next=' in text(answer)


def test_v7_2_4_confirming_changes_the_cookie_and_keeps_the_session(client, someone):
    before, cookie = only_session(someone), client.cookies[configured.SESSION_COOKIE_NAME].value
    with clock.frozen(NINE + 5 * MINUTE):
        client.post("/arbeid/bekreft/", {"next": "/arbeid/"})

    after = only_session(someone)
    assert client.cookies[configured.SESSION_COOKIE_NAME].value != cookie
    assert (after.id, after.expires_at, after.auth_time) == (before.id, before.expires_at, NINE + 5 * MINUTE)


@pytest.mark.parametrize("wanted", ["https://evil.invalid/", "//evil.invalid/arbeid/", "/min-side/", "/arbeid\n/", ""])
def test_v3_7_2_one_is_led_back_to_this_part_of_this_site_only(client, someone, wanted):
    with clock.frozen(NINE + 5 * MINUTE):
        assert client.post("/arbeid/bekreft/", {"next": wanted}).url == "/arbeid/"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_is_there_in_every_language(client, someone, language):
    with clock.frozen(NINE + MINUTE):
        assert client.get("/arbeid/bekreft/", {"lang": language}).status_code == 200
