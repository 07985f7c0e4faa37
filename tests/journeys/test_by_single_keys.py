"""A nurse who is quick with the keyboard goes from page to page by single keys, and can turn them off."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK
from tests.journeys.person import Person
from tests.journeys.town import sign_in
from tests.support.browser import axe_violations

pytestmark = pytest.mark.browser


def hears_keys_at(page, address):
    """Come to a page, and wait for its script, which hears the keys."""
    expect(page).to_have_url(address)
    page.wait_for_load_state()


def test_goes_to_her_list_and_back_reads_the_sheet_and_turns_it_off(device):
    page = sign_in(device(DESK), "omsorgsarbeider")
    nurse, keys = Person(page), page.keyboard
    # She is shown around once
    nurse.sees("Velkommen. Her er det du trenger").press("Jeg har sett dette, ikke vis det igjen")
    nurse.sees("Du finner det igjen under Hjelp.")
    expect(page.get_by_text("Velkommen. Her er det du trenger")).to_have_count(0)
    page.wait_for_load_state()

    keys.press("g")
    keys.press("a")
    hears_keys_at(page, "/arbeid/oppgaver/")
    keys.press("?")
    sheet = page.get_by_role("dialog", name="Hurtigtaster")
    expect(sheet).to_contain_text("Første samtale")
    assert axe_violations(page) == []
    # While the sheet lies open, keys lead nowhere
    keys.press("g")
    keys.press("f")
    keys.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page).to_have_url("/arbeid/oppgaver/")

    # In a field they are letters
    keys.press("g")
    keys.press("f")
    expect(page).to_have_url("/arbeid/forste-samtale/")
    page.locator("#id_given_name").focus()
    keys.type("ga?")
    expect(page.locator("#id_given_name")).to_have_value("ga?")
    expect(sheet).to_be_hidden()

    page.goto("/arbeid/hjelp/")
    with page.expect_navigation():
        nurse.press("Slå av hurtigtastene")
    nurse.sees("De er av på denne enheten.")
    keys.press("g")
    keys.press("a")
    keys.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url("/arbeid/hjelp/#hurtigtaster")
