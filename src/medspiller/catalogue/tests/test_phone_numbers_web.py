"""Telephone numbers of offers, where those who keep the catalogue read and write them."""

import pytest

from medspiller.access.domain.roles import Role
from medspiller.catalogue import services
from medspiller.catalogue.domain.reading import LANGUAGES
from medspiller.catalogue.models import Version
from medspiller.catalogue.tests import factories
from medspiller.catalogue.tests.test_staff_web import PAGES, form_of


@pytest.mark.parametrize("number", ["116123", "00112233", "80012345", "+46812345678", "+12015550123"])
def test_a_number_is_read_in_groups_and_stays_what_it_was(page, entry, number):
    label = dict.fromkeys(LANGUAGES, "Vakta")
    body = {**entry.live.body, "contact": {"phones": [{"number": number, "label": label}]}}
    Version.objects.filter(entry=entry).update(body=body)

    begun = page.get(f"{PAGES}{entry.id}/endre/").context["sent"].phones.forms[0]["number"].value()
    typed = form_of(body, based_on=1, title_nb="Nytt") | {"phones-0-number": begun}
    page.post(f"{PAGES}{entry.id}/endre/", typed)

    assert " " in begun
    latest = Version.objects.filter(entry=entry).latest("number")
    assert latest.body["title"]["nb"] == "Nytt"
    assert [each["number"] for each in latest.body["contact"]["phones"]] == [number]


def test_a_new_number_is_said_as_people_read_it(page, here, house, entry):
    colleague = factories.worker(here, house.carers, Role.VOLUNTEER_COORDINATOR, name="Eva Demoås")
    label = dict.fromkeys(LANGUAGES, "Vakta")
    body = {**entry.live.body, "contact": {"phones": [{"number": "00112233", "label": label}]}}
    waiting = services.propose(actor=colleague, entry_id=entry.id, body=body, based_on=1)

    proposal = page.get(f"{PAGES}venter/{waiting.id}/").context["changes"]

    assert any("00 11 22 33" in line.after for line in proposal)
