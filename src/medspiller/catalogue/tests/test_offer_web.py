"""What the page of one offer says of its days: when it is, whether there is room, and when it cannot be trusted."""

import json
import re
from datetime import time, timedelta

import pytest
from django.utils import translation

from medspiller.catalogue import services
from medspiller.catalogue.domain.offers import Audience, OpeningTime
from medspiller.catalogue.models import PublishedOffer, Session
from medspiller.catalogue.tests.factories import approved, contact, meeting, plan, provider
from medspiller.catalogue.web import presenting
from medspiller.core import clock
from medspiller.organisations.models import Unit

OFFER = "/tilbud/kveldsgruppe/"


@pytest.fixture
def keeper(house):
    somebody = contact(house.tenant_id, house.carers)
    provider(somebody)
    return somebody


@pytest.fixture
def entry(keeper, house):
    return approved(keeper, house.carers, certainty="check", to_check={"nb": "Ring.", "nn": "Ring.", "en": "Call."})


def text_of(page):
    return " ".join(
        re.sub(r"<[^>]+>", " ", page.content.decode().partition("<main")[2].partition("</main>")[0]).split()
    )


def test_leads_to_the_sign_up_of_each_meeting_with_room_for_more(client, keeper, entry):
    open_one = meeting(keeper, entry.id, capacity=8)
    meeting(keeper, entry.id, starts_in=timedelta(days=14), capacity=1, has_waiting_list=False)
    called_off = meeting(keeper, entry.id, starts_in=timedelta(days=21))
    services.cancel_session(actor=keeper, session_id=called_off.id, reason={"nb": "Lederen er syk."})

    page = client.get(OFFER)

    assert f"{open_one.id}" in page.content.decode()
    assert f"{called_off.id}" not in page.content.decode().partition("<main")[2]
    assert all(said in text_of(page) for said in ("8 plasser igjen", "1 plass igjen", "Avlyst Lederen er syk."))
    assert 'href="/tilbud/kveldsgruppe/kalender.ics"' in page.content.decode()


class TestWhomOneCalls:
    def test_is_the_unit_that_keeps_it_where_the_offer_names_no_number(self, client, entry, house):
        assert "tel:00112233" not in client.get(OFFER).content.decode()
        Unit.objects.filter(id=house.top).update(phone="00112233")

        page = client.get(OFFER)

        assert 'href="tel:00112233"' in page.content.decode()
        assert "Ring 00 11 22 33" in text_of(page)

    def test_is_the_offers_own_number_before_that_of_the_unit(self, client, keeper, house):
        phones = [{"number": "116123", "label": {"nb": "Vakta", "nn": "Vakta", "en": "Duty"}}]
        approved(keeper, house.carers, contact={"phones": phones})
        Unit.objects.filter(id=house.top).update(phone="00112233")

        assert "tel:00112233" not in client.get(OFFER).content.decode()

    def test_is_the_municipality_where_nothing_at_all_is_given(self, client, keeper, house):
        approved(keeper, house.carers, contact={"phones": []})

        page = client.get(OFFER)

        assert "Her står det ikke noe telefonnummer." in text_of(page)
        assert 'href="/kontakt/"' in page.content.decode().partition("<main")[2].partition("</main>")[0]


def test_says_that_the_unit_that_keeps_it_reads_what_is_wrong(client, entry):
    said = text_of(client.get(f"{OFFER}feil/"))

    assert "Enheten som holder dette tilbudet oppdatert, leser det innen 7 dager." in said


def test_leads_to_no_later_meeting_of_a_series_that_has_begun(client, keeper, entry):
    plans = [plan(timedelta(days=days)) for days in (7, 14)]
    first, _second = services.plan_sessions(actor=keeper, entry_id=entry.id, plans=plans, is_series=True)
    PublishedOffer.objects.update(way="sign-up")

    assert f"/pamelding/{first.id}/" in client.get(OFFER).content.decode()
    with clock.frozen(first.ends_at):
        page = client.get(OFFER)
    assert "/pamelding/" not in page.content.decode()
    assert "Påmeldingen er over" in text_of(page)


def test_a_series_is_signed_up_for_at_the_first_of_its_meetings_alone(client, keeper, entry):
    plans = [plan(timedelta(days=days)) for days in (7, 14, 21)]
    first, *later = services.plan_sessions(actor=keeper, entry_id=entry.id, plans=plans, is_series=True)
    alone = meeting(keeper, entry.id, starts_in=timedelta(days=8))
    PublishedOffer.objects.update(way="sign-up")

    page = client.get(OFFER).content.decode()
    assert [f"/pamelding/{each.id}/" in page for each in (first, *later, alone)] == [True, False, False, True]
    assert page.count("Du melder deg på alle sammen.") == 1

    # It is the next one that takes place where the first does not
    services.cancel_session(actor=keeper, session_id=first.id, reason={})
    page = client.get(OFFER).content.decode()
    assert [f"/pamelding/{each.id}/" in page for each in (first, *later)] == [False, True, False]


def test_the_button_of_a_full_meeting_says_that_one_waits(client, keeper, entry):
    made = meeting(keeper, entry.id, capacity=1)
    PublishedOffer.objects.update(way="sign-up")
    before = client.get(OFFER).content.decode()
    Session.objects.filter(id=made.id).update(taken=1)

    assert ("Stå på venteliste" in before, "Stå på venteliste" in client.get(OFFER).content.decode()) == (False, True)


def test_a_full_meeting_without_a_waiting_list_has_no_button(client, keeper, entry):
    made = meeting(keeper, entry.id, capacity=1, has_waiting_list=False)
    PublishedOffer.objects.update(way="sign-up")
    before = client.get(OFFER).content.decode()
    Session.objects.filter(id=made.id).update(taken=1)

    assert [f"/pamelding/{made.id}/" in page for page in (before, client.get(OFFER).content.decode())] == [True, False]


def test_the_button_of_a_series_says_that_one_waits_where_any_of_its_meetings_is_full(client, keeper, entry):
    plans = [plan(timedelta(days=days), capacity=2) for days in (7, 14)]
    first, second = services.plan_sessions(actor=keeper, entry_id=entry.id, plans=plans, is_series=True)
    PublishedOffer.objects.update(way="sign-up")
    Session.objects.filter(id=second.id).update(taken=2)

    page = client.get(OFFER).content.decode()

    assert f"/pamelding/{first.id}/" in page
    assert "Stå på venteliste" in page


def test_says_what_is_not_certain_closed_or_long_unchecked(client, keeper, entry):
    services.close_for_a_time(
        actor=keeper, entry_id=entry.id, closed_from=clock.today(),
        opens_on=clock.today() + timedelta(days=30), text={"nb": "Vi pusser opp.", "nn": "", "en": ""},
    )  # fmt: skip
    PublishedOffer.objects.update(review_on=clock.today() - timedelta(days=60))

    said = text_of(client.get(OFFER))

    assert all(words in said for words in ("Ikke alt her er sikkert", "Ring.", "Vi pusser opp.", "Det åpner igjen"))
    assert "Ikke kontrollert i det siste" in said


def test_says_it_to_machines_too(client, entry):
    page = client.get(OFFER).content.decode()
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)

    assert "Kveldsgruppe" in json.dumps(json.loads(found[1]), ensure_ascii=False)


class TestInWords:
    @pytest.mark.parametrize(
        ("opening", "said"),
        [
            (OpeningTime((2,), time(18), time(20), 2), "Tirsdager 18.00–20.00, annenhver uke"),
            (OpeningTime((1, 2, 3, 4, 5), time(9), time(15)), "Mandager til fredager 09.00–15.00"),
            (OpeningTime((2, 4), time(10)), "Tirsdager og torsdager fra 10.00"),
            (OpeningTime((1, 3, 6)), "Mandager, onsdager og lørdager"),
            (OpeningTime(tuple(range(1, 8)), time(8), time(22)), "Hver dag 08.00–22.00"),
            (OpeningTime(), "Hele døgnet"),
            (OpeningTime(note={"nb": "Siste uka i måneden", "nn": "", "en": ""}), "Siste uka i måneden"),
            (
                OpeningTime((2,), time(18), time(20), note={"nb": "Seks på rad.", "nn": "", "en": ""}),
                "Tirsdager 18.00–20.00. Seks på rad.",
            ),
        ],
    )
    def test_times(self, opening, said):
        with translation.override("nb"):
            assert presenting.times_in_words(opening) == said

    @pytest.mark.parametrize(
        ("ages", "said"),
        [((13, 19), "13 til 18 år"), ((18, None), "Fra 18 år"), ((None, 13), "Opptil 12 år"), ((None, None), "")],
    )
    def test_ages_name_the_last_one(self, ages, said):
        with translation.override("nb"):
            assert presenting.ages_in_words(Audience(age_from=ages[0], age_to=ages[1])) == said

    @pytest.mark.parametrize(
        ("capacity", "taken", "waits", "said"),
        [
            (None, 90, True, "Det er plass til alle"),
            (8, 7, True, "1 plass igjen"),
            (8, 8, True, "Fullt, men det er venteliste"),
            (8, 8, False, "Fullt"),
        ],
    )
    def test_seats(self, capacity, taken, waits, said):
        with translation.override("nb"):
            assert presenting.seats_in_words(capacity, taken, waits=waits) == said
