"""The search box: names in the address, numbers never."""

import pytest

from medspiller.access.domain.roles import Role
from medspiller.people.tests import factories

SEARCH = "/arbeid/personer/sok/"


@pytest.fixture
def nurse(staff, house):
    return staff(Role.CARE_WORKER, house.home_care)


@pytest.fixture
def patient(house):
    person = factories.make_person(number=factories.NUMBER)
    factories.involve(person, house.home_care)
    return person


def test_a_name_is_put_into_the_address(nurse, patient):
    answer = nurse.post(SEARCH, {"q": "oddny demoli"}, follow=True)

    assert answer.redirect_chain == [(f"{SEARCH}?q=oddny+demoli", 302)]
    assert f"/arbeid/personer/{patient.id}/" in answer.content.decode()


@pytest.mark.parametrize("typed", [factories.NUMBER, "17.05.1948", "oddny 170548"])
def test_a_number_is_answered_at_once_and_never_in_an_address(nurse, patient, typed):
    answer = nurse.post(SEARCH, {"q": typed})

    assert answer.status_code == 200
    assert f"/arbeid/personer/{patient.id}/" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_a_number_in_an_address_is_not_searched_by(nurse, patient):
    answer = nurse.get(SEARCH, {"q": factories.NUMBER})

    assert (answer.status_code, answer["Location"]) == (302, SEARCH)


@pytest.mark.parametrize("side", ["0", "-1", "x", "99999", "²"])
def test_a_page_that_is_none_breaks_nothing(nurse, patient, side):
    assert nurse.get(SEARCH, {"q": "oddny", "side": side}).status_code == 200


def test_nobody_found_says_what_to_try(nurse):
    page = nurse.get(SEARCH, {"q": "demobakken"}).content.decode()

    assert "Ingen" in page


def test_the_list_has_the_box(nurse, patient):
    page = nurse.get("/arbeid/personer/").content.decode()

    assert f'action="{SEARCH}"' in page
