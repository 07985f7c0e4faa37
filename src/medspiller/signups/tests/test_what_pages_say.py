"""What the pages of sign-ups say: who reads what is filled in, where meetings are, and whom the organiser calls."""

import re

import pytest

from medspiller.access.domain.roles import Role
from medspiller.catalogue.models import PublishedProvider, Session
from medspiller.signups.domain.who import Wish
from medspiller.signups.tests.factories import make_course, make_meeting, make_series, sign_up

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
