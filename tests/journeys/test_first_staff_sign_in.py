"""Somebody is invited, takes the account into use, and signs in again, in a real browser with script and policy on."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.local import CODE_SECONDS
from medspiller.access.domain.roles import Role
from medspiller.access.models import SessionRecord
from medspiller.core import clock, tenancy
from tests.support.authenticator import code_at
from tests.support.browser import Site, axe_violations, follow
from tests.support.database import HERE
from tests.support.staff import build_house, employ

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("real_hashes")]

NAME = "solveig@kommune.example"
PASSWORD = "blåbær trapp måke seil"


@pytest.fixture
def link(site: Site) -> str:
    """The link that an administrator has sent. Passkeys need a name, so the site is asked for by one."""
    system = actors.system(HERE)
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=system.id):
        house = build_house(HERE)
        account = employ(tenant_id=HERE, unit_id=house.home_care, role=Role.CARE_WORKER, subject=NAME)
        token = services.invite(actor=system, user_id=account.id, now=clock.now())
    return f"{site.url.replace('127.0.0.1', 'localhost')}/arbeid/konto/invitasjon/{token}/"


def press(page: Page, name: str) -> None:
    follow(page, page.get_by_role("button", name=name, exact=True))


def accept(page: Page, link: str) -> None:
    page.goto(link)
    assert axe_violations(page) == []
    press(page, "Begynn")
    page.get_by_label("Nytt passord").fill(PASSWORD)
    page.get_by_label("Det samme en gang til").fill(PASSWORD)
    press(page, "Gå videre")
    page.get_by_role("heading", name="Velg hvordan du viser at det er deg").wait_for()
    assert axe_violations(page) == []


def take_recovery_codes(page: Page) -> list[str]:
    press(page, "Vis kodene")
    page.get_by_role("heading", name="Reservekodene dine").wait_for()
    assert axe_violations(page) == []
    codes = page.locator("li code").all_inner_texts()
    follow(page, page.get_by_role("link", name="Jeg har tatt vare på kodene"))
    page.get_by_role("heading", level=1, name="Hjemmetjenesten vest").wait_for()
    return codes


def sign_out(page: Page) -> None:
    page.context.clear_cookies()
    page.goto(page.url.split("/arbeid/")[0] + "/arbeid/konto/logg-inn/")


def amr() -> str:
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        return SessionRecord.objects.latest("started_at").amr


def test_with_an_app_for_codes(page: Page, link: str):
    # Solveig opens the link, chooses a password, and scans the picture with her phone
    accept(page, link)
    follow(page, page.get_by_role("link", name="En app for koder"))
    assert axe_violations(page) == []
    secret = page.locator("code").text_content() or ""
    page.get_by_label("Kode", exact=True).fill(code_at(secret, clock.now()))
    press(page, "Gå videre")
    codes = take_recovery_codes(page)

    # The next day she signs in with password and code
    sign_out(page)
    assert axe_violations(page) == []
    page.get_by_label("E-postadresse").fill(NAME)
    page.get_by_label("Passord").fill(PASSWORD)
    press(page, "Gå videre")
    assert axe_violations(page) == []
    page.get_by_label("Kode", exact=True).fill(code_at(secret, clock.now() + timedelta(seconds=CODE_SECONDS)))
    press(page, "Gå videre")
    page.get_by_role("heading", level=1, name="Hjemmetjenesten vest").wait_for()
    assert amr() == "pwd otp"

    # Then her phone is lost: a recovery code lets her in
    sign_out(page)
    page.get_by_label("E-postadresse").fill(NAME)
    page.get_by_label("Passord").fill(PASSWORD)
    press(page, "Gå videre")
    page.get_by_label("Kode", exact=True).fill(codes[0])
    press(page, "Gå videre")
    page.get_by_role("heading", level=1, name="Hjemmetjenesten vest").wait_for()

    # Her account page knows how many are left
    page.goto(page.url.split("/arbeid/")[0] + "/arbeid/konto/")
    page.get_by_text("Du har 9 koder igjen.").wait_for()
    assert axe_violations(page) == []


def test_with_a_passkey(page: Page, link: str):
    # Solveig's computer can make passkeys and knows her finger
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    # She opens the link, chooses a password, and makes a passkey
    accept(page, link)
    follow(page, page.get_by_role("link", name="En passnøkkel"))
    page.get_by_label("Hva vil du kalle den?").fill("Pc på jobben")
    assert axe_violations(page) == []
    press(page, "Lag en passnøkkel")
    take_recovery_codes(page)

    # The next day her finger is enough
    sign_out(page)
    press(page, "Bruk en passnøkkel")
    page.get_by_role("heading", level=1, name="Hjemmetjenesten vest").wait_for()
    assert amr() == "pop user mfa"
