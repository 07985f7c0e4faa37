"""What the pages of sign-ups say: who reads what is filled in, where meetings are, and whom the organiser calls."""

import re

import pytest

from medspiller.access.domain.roles import Role
from medspiller.catalogue.models import PublishedProvider, Session
from medspiller.signups.domain.who import Wish
from medspiller.signups.tests.factories import make_course, make_meeting, make_series, sign_up
from medspiller.signups.tests.test_signing_up_web import send

HALL, LIBRARY = ({"name": name, "street": "Eksempelveien 1"} for name in ("Kultursalen", "Biblioteket"))


@pytest.fixture
def course(house):
    return make_course(house.carers)


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"nb": "Pårørendesenteret", "nn": "Pårørandesenteret"}, "blir sett av Pårørandesenteret."),
        ({"nb": "Demolaget", "nn": "Demolaget"}, "blir sett av Demolaget og Pårørendesenteret i kommunen."),
    ],
)
def test_a_unit_that_runs_its_own_offer_is_named_once_in_either_norwegian(client, course, names, said):
    PublishedProvider.objects.update(body={"name": names})
    type(course.unit).objects.filter(id=course.unit_id).update(name="Pårørendesenteret")

    page = client.get(f"/tilbud/{course.slug}/pamelding/{make_meeting(course).id}/", {"lang": "nn"})

    assert said in text_of(page)


def test_where_meetings_are_stands_once_if_it_is_the_same_for_all(client, course):
    first, *_others, last = make_series(course, place=HALL)
    path = f"/tilbud/{course.slug}/pamelding/{first.id}/"

    together = text_of(client.get(path))
    Session.objects.filter(id=last.id).update(place=LIBRARY)
    apart = text_of(client.get(path))

    assert "Samme sted hver gang: Kultursalen, Eksempelveien 1." in together
    assert [together.count("Kultursalen"), apart.count("Kultursalen"), apart.count("Biblioteket")] == [1, 2, 1]
    assert "Samme sted" not in apart


def test_the_organiser_calls_with_one_press(staff, house, course):
    meeting = make_meeting(course, capacity=1)
    first = sign_up(meeting)
    sign_up(meeting, Wish(name="Ola Demoli", contact="+4700112233"))
    sign_up(meeting, Wish(name="Eva Demoås", contact="eva@example.org"))
    organiser = staff(Role.CARER_CONTACT, house.carers)
    path = f"/arbeid/tilbud/{course.id}/samlinger/{meeting.id}/deltakere/"

    organiser.post(path, {"gjor": f"stryk:{first.id}"})
    page = organiser.get(path).content.decode()

    assert 'href="tel:+4700112233"' in page
    assert "tel:eva" not in page


def test_whoever_waits_is_told_that_somebody_gets_in_touch_and_that_the_number_is_no_place_in_the_queue(client, course):
    meeting = make_meeting(course, capacity=1)
    sign_up(meeting)

    page = text_of(send(client, course, meeting, name="Kari", contact="kari@example.org"))

    assert "De som holder samlingen, tar kontakt med deg" in page
    assert "Påmeldingen din har nummer 2. Det sier ikke hvor du står i køen." in page
    assert ("ringer deg" in page, "Nummeret ditt" in page) == (False, False)


def test_the_organiser_is_asked_before_somebody_loses_their_place_and_told_where_they_went(staff, house, course):
    meeting = make_meeting(course)
    first = sign_up(meeting)
    organiser = staff(Role.CARER_CONTACT, house.carers)
    path = f"/arbeid/tilbud/{course.id}/samlinger/{meeting.id}/deltakere/"

    page = organiser.get(path).content.decode()
    asked = page.split(f'id="stryk-{first.id}"')[1].split("</details>")[0]
    said = text_of(organiser.post(path, {"gjor": f"stryk:{first.id}"}, follow=True))

    assert "Vil du stryke" in asked
    assert page.count(f'value="stryk:{first.id}"') == asked.count(f'value="stryk:{first.id}"') == 1
    assert "Du finner påmeldingen under «Kommer ikke» lenger nede." in said
    assert "står i innsynsloggen" in said
    assert said.count("Kommer ikke") > 1
