"""The page of what carers let a patient's team know of their own follow-up: all by consent, and gone with it."""

import pytest

from medspiller.access.models import User
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.followup import services
from medspiller.followup.tests import families
from medspiller.people.domain.consents import ConsentTopic
from medspiller.people.models import Consent
from medspiller.people.tests.test_compartments import Allowed, allow
from tests.support.staff import sign_in

WORDS = "At mor får bli hjemme."


def text_of(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def carer(here, house):
    carer = families.make_carer(here, house)
    file = carer.file
    changes = {"what_matters": WORDS, "contact_id": carer.contact.id, "contact_name": carer.contact.name}
    for name, value in changes.items():
        setattr(file, name, value)
    file.save(update_fields=list(changes))
    draft, today = services.draft_agreement(actor=carer.contact, file_id=file.id), clock.today()
    services.activate_agreement(
        actor=carer.contact, agreement_id=draft.id, agreed_on=today, review_on=today.replace(year=today.year + 1),
        version=draft.version,
    )  # fmt: skip
    return carer


@pytest.fixture
def team(client, carer):
    """Those who treat the patient, and follow up her carer by nothing."""
    sign_in(client, User.objects.get(id=carer.nurse.id))
    return client


def lets(carer, topic):
    allow(carer.kari, carer.house.home_care, Allowed(1, "home_care", topic, "given", "live"))


def page_of(team, carer):
    return text_of(team.get(f"/arbeid/oppfolging/delt/{carer.oddny.id}/"))


class TestThePatientsTeam:
    def test_finds_the_way_there_on_the_patients_page_and_nothing_without_a_consent(self, team, carer):
        assert f"/arbeid/oppfolging/delt/{carer.oddny.id}/" in text_of(team.get(f"/arbeid/personer/{carer.oddny.id}/"))

        page = page_of(team, carer)

        assert "Ingen har latt dere få vite noe" in page
        assert "Demoli" not in page
        assert not AccessEntry.objects.filter(action="followup.read_shared").exists()

    def test_who_may_know_of_the_plan_sees_whom_to_call_and_the_agreement_and_no_words(self, team, carer):
        lets(carer, ConsentTopic.PLAN)

        page = page_of(team, carer)

        assert "Kari Demoli" in page
        assert "Gro Demodal" in page
        assert "Har en avtale som gjelder" in page
        assert WORDS not in page
        logged = AccessEntry.objects.filter(action="followup.read_shared").values_list("person_id", flat=True)
        assert set(logged) == {carer.kari.id, carer.oddny.id}

    def test_who_may_know_of_how_they_are_sees_what_matters_and_nothing_of_the_plan(self, team, carer):
        lets(carer, ConsentTopic.OWN_SITUATION)

        page = page_of(team, carer)

        assert WORDS in page
        assert "Gro Demodal" not in page
        assert "Har en avtale" not in page

    def test_sees_nothing_any_more_once_it_is_withdrawn(self, team, carer):
        lets(carer, ConsentTopic.OWN_SITUATION)
        assert WORDS in page_of(team, carer)

        Consent.objects.update(withdrawn_at=clock.now(), withdrawn_by=carer.kari.id)

        assert WORDS not in page_of(team, carer)
