"""Somebody who is worn out, on a phone, who only wants to know what number to call."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.person import Person

pytestmark = pytest.mark.browser

URGENT = ["113", "110", "112"]
SOON = ["116 117", "116 111", "116 123"]


@pytest.fixture
def carer(device):
    return Person(device(PHONE).new_page())


def test_finds_in_nynorsk_whom_to_call_with_the_keyboard_only(carer):
    # The front page is in bokmål; nynorsk is what she reads at home
    carer.visit("/").reads_heading("For deg som er pårørende")
    carer.tabs_to("Nynorsk").presses_enter()
    carer.reads_heading("For deg som er pårørande")

    # What she needs is one of the four questions, before anything else on the page
    carer.skips_to_the_content().tabs_to("Eg treng hjelp no").presses_enter()
    carer.reads_heading("Eg treng hjelp no")

    # The numbers stand there with the most urgent first, and each of them calls
    for number in URGENT + SOON:
        carer.tabs_to(f"Ring {number}")
        expect(carer.page.locator(":focus")).to_have_attribute("href", f"tel:{number.replace(' ', '')}")


def test_needs_no_script_for_it(device):
    carer = Person(device(PHONE, java_script_enabled=False).new_page())

    carer.visit("/").press("Nynorsk").press("Hjelp no").reads_heading("Eg treng hjelp no")

    carer.sees("Ring 113", "Ring 116 117")


def test_is_not_asked_for_language_and_colours_again(carer):
    carer.visit("/").goes_by("Nynorsk").press("Mørkt")
    expect(carer.page.locator("html")).to_have_attribute("data-color-scheme", "dark")

    # Another page, and another day
    carer.visit("/tilbud/")
    tomorrow = Person(carer.page.context.new_page()).visit("/ung/")

    for seen in (carer, tomorrow):
        expect(seen.page.locator("html")).to_have_attribute("lang", "nn")
        expect(seen.page.locator("html")).to_have_attribute("data-color-scheme", "dark")


def test_chooses_colours_without_script_too_and_stays_on_the_page(device):
    carer = Person(device(PHONE, java_script_enabled=False).new_page())

    carer.visit("/hjelp-na/").press("Mørkt").reads_heading("Jeg trenger hjelp nå")

    expect(carer.page.locator("html")).to_have_attribute("data-color-scheme", "dark")


def test_leaves_nothing_behind_but_what_was_chosen(carer):
    carer.visit("/").goes_by("Hjelp nå").visit("/ung/").visit("/rettigheter/")
    assert carer.page.context.cookies() == []

    carer.press("Nynorsk").reads_heading("Kva har eg rett til?")
    assert [cookie["name"] for cookie in carer.page.context.cookies()] == ["medspiller_language"]


def test_has_the_numbers_on_paper(device):
    carer = Person(device(DESK).new_page())
    carer.visit("/hjelp-na/").sees("Hjelp nå", "Mørkt")

    carer.page.emulate_media(media="print")

    carer.sees(*[f"Ring {number}" for number in URGENT + SOON])
    # What can only be pressed has no business on paper
    carer.does_not_see("Hjelp nå", "Mørkt", "Nynorsk")


def test_who_goes_astray_is_told_so_and_helped_on(carer):
    carer.visit("/finnes-ikke/").reads_heading("Vi finner ikke denne siden")

    carer.press("Til forsiden").reads_heading("For deg som er pårørende")
