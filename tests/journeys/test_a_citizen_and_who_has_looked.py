"""Solveig signs in with ID-porten, sees who has looked at her, asks why, and is signed out from ID-porten's side."""

import re
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from medspiller.access.tests.provider_world import register
from medspiller.demo.domain.families import FAMILIES
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.person import Person
from tests.journeys.town import sign_in
from tests.support.browser import axe_violations, listen_for_complaints

pytestmark = pytest.mark.browser

# Of the family she alone has had no account until now.
SOLVEIG = next(member for member in FAMILIES if member.given_name == "Solveig")
SESSION_THERE = "session-at-the-issuer"
QUESTION = "Hvorfor så du på meg i går kveld?"


@pytest.fixture
def id_porten(town, fake_issuer):
    """ID-porten knows Solveig, though it does not tell what she is called."""
    register(fake_issuer)
    fake_issuer.claims["pid"] = SOLVEIG.person_number
    return fake_issuer


@pytest.fixture
def solveig(device, id_porten):
    """Solveig at her phone, signed in."""
    solveig = Person(device(PHONE).new_page()).visit("/min-side/")
    solveig.reads_heading("Logg inn på Min side").press("Logg inn med ID-porten")
    return solveig.reads_heading("Min side")


@pytest.fixture
def sign_out_there(site, id_porten):
    """ID-porten's page asks for the address it was given, from a browser that sends it no cookie of ours."""

    def ask(sid):
        query = urlencode({"iss": id_porten.issuer, "sid": sid})
        with urlopen(f"{site.url}/min-side/logg-ut/frontkanal/?{query}") as answer:  # noqa: S310 - our own site
            return answer.read()

    return ask


def to_the_log(solveig):
    solveig.press("Se hvem som har sett på det som er lagret om deg")
    return solveig.reads_heading("Hvem har sett på opplysninger om meg?")


def test_sees_who_has_looked_and_asks_why(solveig, device):
    complaints = listen_for_complaints(solveig.page)

    # Two have looked at her; it says who, from where and why
    to_the_log(solveig).sees("Ingrid Demovik", "Amina Demodal", "Helse og mestring")
    assert axe_violations(solveig.page) == []

    # She asks about what Amina did
    entry = solveig.page.get_by_role("listitem").filter(has_text="Amina Demodal")
    entry.get_by_role("link", name=re.compile("^Spør om dette")).click()
    solveig.reads_heading("Spør om dette").sees("Amina Demodal")
    solveig.type("Hva vil du vite?", QUESTION).press("Send spørsmålet")
    solveig.sees("Spørsmålet er sendt. Svaret kommer her.")
    expect(entry).to_contain_text(QUESTION)

    # The question lies with the leader
    leader = Person(sign_in(device(DESK), "leder")).visit("/arbeid/sporsmal-om-innsyn/")
    leader.sees("Solveig Demoås", QUESTION)
    assert complaints == []


def test_is_signed_out_from_id_portens_side(solveig, sign_out_there):
    to_the_log(solveig)

    # Another's session ends there: nothing happens to Solveig
    assert sign_out_there("session-of-somebody-else") == b"ok"
    solveig.visit("/min-side/innsyn/").sees("Amina Demodal")

    # Hers ends there: what she has open stays on the screen, and her next click leads to sign-in
    assert sign_out_there(SESSION_THERE) == b"ok"
    solveig.page.get_by_role("link", name=re.compile("^Spør om dette")).first.click()
    solveig.reads_heading("Logg inn på Min side").sees("Du ble logget ut fra et annet sted.")

    # Going back shows nothing that was hers
    solveig.page.go_back()
    solveig.page.reload()
    solveig.reads_heading("Logg inn på Min side").does_not_see("Amina Demodal")


def test_signs_out_though_nobody_knows_her_name(solveig, id_porten):
    solveig.page.get_by_role("banner").get_by_role("button", name="Logg ut").click()

    # She is sent on to end the session there too, and the one here is over
    solveig.page.wait_for_url(f"{id_porten.issuer}/logout?**")
    assert "id_token_hint=" in solveig.page.url
    solveig.visit("/min-side/").reads_heading("Logg inn på Min side")
