"""The page by which a whole first talk is taken back."""

import pytest

from medspiller.access.domain.roles import Role
from medspiller.core import tenancy
from medspiller.people import services
from medspiller.people.models import CarerRole, FirstTalk, Person
from medspiller.people.tests import factories
from medspiller.people.tests.test_first_talk_web import TALK, text_of, typed
from tests.support.staff import employ, sign_in


@pytest.fixture
def become(client, house):
    """Let the browser be one of two colleagues."""
    here = {"tenant_id": house.tenant_id, "unit_id": house.night, "role": Role.CARE_WORKER}
    accounts = {"nurse": employ(**here), "colleague": employ(**here, name="Ragna Demoeng")}

    def became(who):
        sign_in(client, accounts[who])
        return client

    return became


@pytest.fixture
def nurse(become):
    return become("nurse")


@pytest.fixture
def saved(nurse, house):
    """The page that stands after a talk, and the way from it to taking all of it back."""
    form = {"unit": str(house.night), **typed()}
    answer = nurse.post(TALK, form)
    assert answer.status_code == 302
    where = answer.headers["Location"]
    return form, where, f"{where}angre/"


def test_it_is_offered_where_one_sees_the_mistake_and_asked_first(nurse, saved):
    _form, where, angre = saved

    assert f'href="{angre}"' in nurse.get(where).content.decode()
    asked = text_of(nurse.get(angre))

    assert "3 personer som samtalen registrerte, er ikke registrert lenger." in asked
    assert FirstTalk.objects.get().taken_back_at is None


def test_afterwards_one_begins_anew_and_nothing_holds(nurse, saved):
    _form, where, angre = saved

    answer = nurse.post(angre, follow=True)

    assert answer.redirect_chain == [(TALK, 302)]
    assert "Samtalen er tatt tilbake. Ingenting av den gjelder lenger." in text_of(answer)
    assert nurse.get(where).status_code == 404
    assert not CarerRole.objects.exists()


def test_pressed_twice_it_is_taken_back_once(nurse, saved):
    _form, _where, angre = saved
    nurse.post(angre)

    again = nurse.post(angre, follow=True)

    assert again.redirect_chain == [(TALK, 302)]
    assert "Samtalen er tatt tilbake fra før." in text_of(again)


@pytest.mark.parametrize("changed", [{}, {"given_name": "Borghild"}])
def test_the_same_form_sent_again_says_so_and_loses_nothing(nurse, saved, changed):
    form, _where, angre = saved
    nurse.post(angre)

    again = nurse.post(TALK, form | changed)

    assert again.status_code == 409
    assert "Denne samtalen ble tatt tilbake" in text_of(again)
    assert 'value="Kari"' in again.content.decode()
    assert Person.objects.count() == 3


def test_a_colleague_is_not_offered_it_and_may_not(saved, become):
    _form, where, angre = saved
    colleague = become("colleague")

    assert angre not in colleague.get(where).content.decode()
    assert colleague.get(angre).status_code == 404
    assert colleague.post(angre).status_code == 404
    assert FirstTalk.objects.get().taken_back_at is None


def test_what_a_colleague_changed_is_said_and_corrected_piece_by_piece(nurse, saved, house):
    _form, where, angre = saved
    colleague = factories.worker(house.tenant_id, house.night, Role.CARE_WORKER, name="Ragna Demoeng")
    tenancy.enter_tenant(tenant_id=house.tenant_id, actor_id=colleague.id)
    services.end_role(actor=colleague, role_id=CarerRole.objects.get(role="NAERMESTE").id)

    refused = nurse.post(angre)

    assert refused.status_code == 422
    said = text_of(refused)
    assert "Noen har endret eller avsluttet en rolle." in said
    assert f'href="/arbeid/personer/{FirstTalk.objects.get().patient_id}/"' in refused.content.decode()
    assert nurse.get(where).status_code == 200
