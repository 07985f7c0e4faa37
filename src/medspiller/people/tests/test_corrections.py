"""How many requests for correction somebody may have waiting."""

import pytest

from medspiller.people import services
from medspiller.people.domain.corrections import UNANSWERED_MOST, About, Outcome, TooManyUnanswered
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.models import CorrectionRequest
from medspiller.people.tests import factories
from medspiller.people.tests.test_web import text_of
from tests.support.staff import sign_in

ADDRESS = "/min-side/rettelser/"
FULL = "Du venter på mange svar allerede."


@pytest.fixture
def account(here):
    return factories.citizen_account(here)


@pytest.fixture
def actor(account, house):
    kari = factories.make_person("Kari", user=account)
    factories.involve(kari, house.carers, basis=InvolvementBasis.SUPPORT)
    return factories.as_actor(account)


@pytest.fixture
def waiting(actor):
    """As many as may wait."""
    return [
        services.ask_for_correction(actor=actor, about=About.OTHER, text=f"Feil nummer {number}.")
        for number in range(UNANSWERED_MOST)
    ]


def test_one_more_than_may_wait_is_refused(actor, waiting):
    with pytest.raises(TooManyUnanswered):
        services.ask_for_correction(actor=actor, about=About.OTHER, text="Enda en.")

    assert CorrectionRequest.objects.count() == UNANSWERED_MOST


def test_an_answer_makes_room_for_another(actor, waiting, house):
    leader = factories.worker(house.tenant_id, house.carers, factories.Role.LEADER)
    services.answer_correction(actor=leader, request_id=waiting[0].id, outcome=Outcome.CORRECTED, answer="Rettet.")

    assert services.ask_for_correction(actor=actor, about=About.OTHER, text="Enda en.").text == "Enda en."


def test_the_page_says_so_before_anything_is_typed_and_keeps_what_was(client, account, actor, waiting):
    sign_in(client, account)

    page = text_of(client.get(ADDRESS))
    refused = client.post(ADDRESS, {"about": "other", "text": "Enda en."})

    assert FULL in page
    assert 'name="text"' not in page
    assert refused.status_code == 422
    assert FULL in text_of(refused)
    assert "Enda en." in text_of(refused)
