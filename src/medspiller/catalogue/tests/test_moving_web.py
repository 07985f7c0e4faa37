"""Handing an offer to another unit on a page."""

import re

import pytest

from medspiller.access.domain.roles import Role
from medspiller.catalogue.tests import factories

MOVED = "En annen enhet har det nå."


@pytest.fixture
def entry(here, house):
    keeper = factories.contact(here, house.carers)
    factories.provider(keeper)
    return factories.approved(keeper, house.carers)


def address(entry):
    return f"/arbeid/tilbud/{entry.id}/flytt/"


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_a_leader_of_both_units_hands_it_over(entry, house, staff):
    client = staff(Role.LEADER, house.top)
    assert address(entry) in client.get(f"/arbeid/tilbud/{entry.id}/").content.decode()

    # Not where it is already, and not nowhere.
    for unit in (house.carers, ""):
        assert client.post(address(entry), {"unit": str(unit)}).status_code == 422
    sent = client.post(address(entry), {"unit": str(house.home_care)}, follow=True)

    assert MOVED in text_of(sent)
    entry.refresh_from_db()
    assert entry.unit_id == house.home_care


def test_whoever_decides_for_one_unit_only_is_told_so(entry, house, staff):
    client = staff(Role.CARER_CONTACT, house.carers)

    assert "ingen annen enhet som du bestemmer for" in text_of(client.get(address(entry)))
    assert client.post(address(entry), {"unit": str(house.home_care)}).status_code == 422
    entry.refresh_from_db()
    assert entry.unit_id == house.carers
