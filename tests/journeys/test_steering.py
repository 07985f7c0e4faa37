"""A strategy goes from a file to the public and to the yearly report; gaps in the guideline become measures."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from medspiller.access.domain import actors
from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.content import services as content
from medspiller.core import clock, tenancy
from medspiller.strategy.models import LineAssessment, Measure, StatusReport, Strategy
from tests.journeys.asking import library
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.following import the_house_hears
from tests.journeys.town import sign_in
from tests.support.browser import follow, sideways_scroll
from tests.support.database import HERE

pytestmark = pytest.mark.browser

PLAN = Path(__file__).resolve().parents[2] / "src/medspiller/demo/plans/kommunal-parorendestrategi.txt"
KINDS = ("guideline", "indicators", "figures", "questionnaires")


@pytest.fixture
def ready(town):
    """The town, with the guideline and its self-assessment published."""
    wanted = [each for kind in KINDS for each in library().of_kind(kind)]
    wanted = [each for each in wanted if each.kind != "questionnaires" or "self-assessment" in each.url]
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        content.publish(actor=actors.system(HERE), definitions=wanted)
    return town


def stored(look):
    """Look at what is stored, as jobs do."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        return look()


def send(page: Page, field: str) -> None:
    """Press the first button of the form that a field stands in, and come to the next page."""
    follow(page, page.locator(f"form:has(#{field}) button:not([name]):not([type=button])").last)


def read_in(page: Page) -> str:
    page.goto("/arbeid/strategi/les-inn/")
    page.locator("#id_file").set_input_files(PLAN)
    send(page, "id_file")
    the_house_hears()
    page.reload()
    # Side by side: the file's own line, and what was read from it, which can be changed.
    expect(page.locator(".s-beside")).to_contain_text("Kartleggingsverktøy for pårørende")
    page.locator("#id_owner_name").fill("Demokommune")
    assert stored(Strategy.objects.count) == 0
    page.locator("#id_title").locator("xpath=ancestor::form").locator(
        "button:not([name]):not([type=button])"
    ).last.click()
    expect(page).to_have_url(re.compile(r"/arbeid/strategi/[0-9a-f-]{36}/$"))
    return page.url


def adopt_and_publish(page: Page, strategy: str) -> None:
    page.goto(f"{strategy}vedta/")
    page.locator("#id_adopted_by").fill("Kommunestyret")
    send(page, "id_adopted_by")
    page.locator('form[action$="/publiser/"] button').first.click()
    expect(page.locator('form[action$="/avpubliser/"]').first).to_be_attached()


def tell_how_it_goes(page: Page) -> None:
    """The owner takes the status request from the work list and answers it."""
    page.goto("/arbeid/oppgaver/?type=strategy.status_due")
    page.locator("#items tbody a:visible").first.click()
    page.locator('main a[href$="/status/"]').first.click()
    page.locator('input[name="status"][value="under_way"]').check()
    page.locator('input[name="light"][value="yellow"]').check()
    page.locator("#id_text").fill("Kartleggingen er i bruk i to av fem tjenester.")
    page.locator("#id_evidence").fill("Tall fra egne skjema")
    send(page, "id_text")
    expect(page.locator("main")).to_contain_text("Kartleggingen er i bruk i to av fem tjenester.")


def test_from_the_file_to_the_yearly_report(device, ready):
    owner = sign_in(device(DESK), "strategiansvarlig")
    strategy = read_in(owner)
    assert stored(Measure.objects.count) == 31
    adopt_and_publish(owner, strategy)
    owner.goto(f"{strategy}be-om-status/")
    send(owner, "id_due_on")
    the_house_hears()

    tell_how_it_goes(sign_in(device(PHONE), "leder"))
    assert stored(StatusReport.objects.count) == 1

    for view, shown in (("tavle/", "Kartleggingsverktøy"), ("tidslinje/", "Innsatsområde")):
        owner.goto(f"{strategy}{view}")
        expect(owner.locator("main")).to_contain_text(re.compile(f"{shown}|Ivaretagelse"))
    expect(owner.locator("main svg").first).to_be_visible()

    anybody = device(PHONE).new_page()
    anybody.goto("/plan/")
    expect(anybody.locator("main")).to_contain_text("Pårørendestrategi")
    anybody.goto(f"/plan/{stored(Strategy.objects.get).slug}/")
    expect(anybody.locator("main")).to_contain_text("Kartleggingsverktøy for pårørende")
    assert sideways_scroll(anybody) <= 0

    year = stored(Strategy.objects.get).to_year
    owner.goto(f"{strategy}arsstatus/")
    follow(owner, owner.locator(f'button[name="aar"][value="{min(year, clock.today().year)}"]'))
    expect(owner.locator("main")).to_contain_text("Kartleggingsverktøy")
    report = owner.url
    owner.goto(f"{report}pdf/")
    follow(owner, owner.locator("main form button").first)
    the_house_hears()
    owner.reload()
    with owner.expect_download() as fetched:
        owner.locator('main a[href$="/pdf/fil/"]').click()
    file = Path(fetched.value.path()).read_bytes()
    assert file.startswith(b"%PDF-")
    assert len(file) > 20_000


def test_two_gaps_of_the_self_assessment_become_measures(device, ready):
    owner = sign_in(device(DESK), "strategiansvarlig")
    strategy = read_in(owner)
    for chapter in (3, 2):
        owner.goto(f"/arbeid/strategi/veileder/egenvurdering/administration/{chapter}/")
        if not owner.locator('input[value="not_met"]').count():
            owner.goto(f"/arbeid/strategi/veileder/egenvurdering/mental_health/{chapter}/")
        owner.locator('input[value="not_met"]').first.check()
        send(owner, "id_form_version")
    assert stored(LineAssessment.objects.count) == 2
    for row in stored(lambda: list(LineAssessment.objects.order_by("line"))):
        owner.goto(f"/arbeid/strategi/veileder/linjer/{row.line}/{row.service}/tiltak/")
        owner.locator("#id_text").fill(f"Tette hullet i {row.line}.")
        send(owner, "id_text")
        expect(owner.locator("main")).to_contain_text(f"Tette hullet i {row.line}.")
    owner.goto(strategy)
    expect(owner.locator("main")).to_contain_text("Tette hullet i")
    assert stored(Measure.objects.count) == 33
