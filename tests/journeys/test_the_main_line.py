"""
The main line as one story: a family is seen early, asked, helped with reasons, followed up by somebody, and evaluated.

In the end the municipality's plan shows it, and shows nobody.
"""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import clock, tenancy
from medspiller.demo.domain.made_up import PersonNumbers
from medspiller.followup.models import Holding, Plan
from medspiller.followup.tasks import look_after_holders, recompute_plans
from medspiller.people.models import FirstTalk
from medspiller.people.models import Person as Registered
from tests.journeys.asking import BOY, DAUGHTER, NURSE
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.following import Following, the_house_hears
from tests.journeys.main_line import MEASURE, Ready, make_ready
from tests.journeys.town import Town, sign_in
from tests.support.browser import axe_violations, follow
from tests.support.database import HERE
from tests.support.jobs import run_jobs

pytestmark = pytest.mark.browser

CONTACT, CHILDREN_LEAD, STEERS = "pårørendekontakt", "barneansvarlig", "strategiansvarlig"
KARIS_NUMBER = "14857412320"
COURSE_TITLE, RESPITE_TITLE = "Ta vare på deg selv: kurs for slitne pårørende", "Avlastning noen timer hjemme"
ADULT, CHILD = "Voksen pårørende: fast samarbeid", "Barn som pårørende: når en forelder er syk"
TOO_FEW = "For få til å vises"
FAMILY = ("Trond", "Kari", "Noah")


@pytest.fixture
def ready(site) -> Ready:
    return make_ready()


@pytest.fixture
def town(ready) -> Iterator[Town]:
    return ready.town


def stored(look):
    """Look at what is stored, as jobs do."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        return look()


def the_night_comes() -> None:
    """Let the jobs of the night run, and what follows. In a thread of its own: the browser has an event loop here."""

    def work() -> None:
        look_after_holders(timestamp=0)
        recompute_plans(timestamp=0)
        run_jobs()

    with ThreadPoolExecutor(max_workers=1) as night:
        night.submit(work).result()


def test_a_family_is_seen_helped_and_told_of_by_no_name(device, ready, days_go_by):
    def somebody(persona: str, kind=DESK) -> Following:
        return Following(sign_in(device(kind), persona), script=True)

    year = clock.today().year
    tells_too_little(somebody(STEERS), ready)
    nurse = somebody(NURSE)
    father, kari = meets_the_family(nurse)
    asks_what_may_be_told(nurse)
    file = opens_a_file(nurse, kari)
    plan = begins_a_plan(nurse, file)
    daughter = somebody(DAUGHTER, PHONE)
    says_what_matters(daughter, "Ja, mye")
    suggests(nurse, file)
    chooses(daughter, ready)
    agrees_on_the_plan(nurse, file, plan)
    knows_whom_to_call(daughter)
    lead = somebody(CHILDREN_LEAD)
    childs_plan = begins_with_the_boy(lead, father)
    sees_the_adult_who_is_there(somebody(BOY, PHONE))
    goes_on_leave(lead, childs_plan)

    days_go_by(15)
    the_night_comes()
    second_talk(somebody(CONTACT), childs_plan)

    days_go_by(15)
    the_night_comes()
    third_talk(somebody(CHILDREN_LEAD), childs_plan)

    days_go_by(62)
    the_night_comes()
    says_what_matters(somebody(DAUGHTER, PHONE), "Litt")
    evaluates(somebody(NURSE), plan, kari)
    steers(somebody(STEERS), ready, year)


def meets_the_family(nurse):
    nurse.visit("/arbeid/forste-samtale/").fills("given_name", "Trond").fills("family_name", "Demoås")
    nurse.fills("birth_date", "1953-02-03").fills("matters", "At Noah får være ung.")
    nurse.fills("carers-0-given_name", "Kari").fills("carers-0-family_name", "Demoås").picks("carers-0-kind", "Barn")
    nurse.ticks("carers-0-wants_contact", "yes").ticks("carers-0-may_know", "yes")
    nurse.page.locator("#id_carers-0-said_to_be").select_option("nearest")
    nurse.page.get_by_text("Mer om denne pårørende").click()
    nurse.fills("carers-0-person_number", KARIS_NUMBER)
    nurse.ticks("minor_children", "yes").ticks("minor_siblings", "no")
    nurse.fills("children-0-given_name", "Noah").fills("children-0-born", f"01.01.{clock.today().year - 15}")
    nurse.page.locator("#id_children-0-looked_after_by").select_option("family")
    nurse.sends("Lagre samtalen").reads_heading("Første samtale med Trond Demoås")
    nurse.sees("Kari Demoås", "Noah Demoås", "Nærmeste pårørende")
    return stored(
        lambda: (
            FirstTalk.objects.get().patient_id,
            Registered.objects.get(given_name="Kari").id,
        )
    )


def asks_what_may_be_told(nurse):
    nurse.press("Hva Kari Demoås kan få vite").reads_heading("Kari Demoås")
    nurse.sees("Du skal fortelle dette til nærmeste pårørende. Pasienten har sagt ja til det.")
    expect(nurse.page.get_by_role("main")).to_contain_text("pasient- og brukerrettighetsloven § 3-3")


def opens_a_file(nurse, kari):
    nurse.visit(f"/arbeid/oppfolging/person/{kari}/").fills("hva_er_viktig", "Én kveld i uka.")
    return nurse.ticks("alder", "adult").sends("Åpne mappen").sees("Én kveld i uka.").at()


def says_what_matters(daughter, of_health):
    daughter.visit("/min-side/skjema/").begins("Hva er viktig for deg?", about="Trond Demoås")
    daughter.goes_through_the_form({"Går det ut over helsa": of_health, "Savner du pause": "Noen timer fri innimellom"})
    the_house_hears()


def suggests(nurse, file):
    nurse.visit(f"{file}forslag/").sees("Noen timer fri").sends("Finn forslag")
    for offer in (RESPITE_TITLE, COURSE_TITLE):
        expect(suggested(nurse.page, offer).get_by_role("list", name="Hvorfor det er foreslått")).to_be_visible()
    nurse.sees("Rettighet")


def suggested(page, title):
    """The card of a suggestion, also where it lies folded among more of them."""
    return page.get_by_role("article").filter(has_text=title)


def chooses(daughter, ready):
    page = daughter.visit("/min-side/oppfolging/").page
    assert axe_violations(page) == []
    expect(suggested(page, RESPITE_TITLE)).to_contain_text("Det kan hjelpe med: noen timer fri.")
    follow(page, suggested(page, RESPITE_TITLE).get_by_role("link", name=re.compile("^Nei, fordi")))
    page.get_by_label("Tidspunktet passer ikke").check()
    daughter.sends("Nei takk")
    daughter.visit("/min-side/oppfolging/")
    follow(page, suggested(page, COURSE_TITLE).get_by_role("button", name=re.compile("^Ja takk")))
    daughter.visit("/min-side/oppfolging/").sees("Det du har svart")
    follow(page, page.locator("#svart").get_by_role("link", name=COURSE_TITLE))
    follow(page, page.get_by_role("link", name="Les mer om det"))
    daughter.reads_heading(COURSE_TITLE)
    follow(page, page.locator(f'a[href$="/pamelding/{ready.meeting_id}/"]').first)
    follow(page, page.get_by_role("button", name="Ta en plass"))
    daughter.sees("Har plass")


def begins_a_plan(nurse, file):
    nurse.visit(file).press("Start en plan").press(ADULT).reads_heading(ADULT).picks("om", "Trond Demoås")
    for fact, answer in {"has-minor-children": "ja", "heavy-care": "nei", "wants-agreement": "nei"}.items():
        nurse.ticks(f"fakta-{fact}", answer)
    plan = nurse.sends("Start planen").reads_heading(ADULT).at()
    nurse.finds(plan, "patient-consents", "ja").does(plan, "invite", "agreed").does(plan, "who-asks", "we")
    nurse.finds(plan, "children-duty", "ja").tells(plan, "first-talk-held")
    return plan


def agrees_on_the_plan(nurse, file, plan):
    # What she has answered herself is done
    nurse.visit(f"{plan}steg/what-matters/").sees("Besvart")
    nurse.does(plan, "start-for-children", "started").does(plan, "rights-and-offers", "accepted")
    nurse.does(plan, "name-contact").skips(plan, "plan", "Skrevet sammen på papir.")
    nurse.visit(f"{file}kontakt/").picks("til_hvem", "Ingrid Demovik").sends("Lagre")
    writes_of_the_talk(nurse, file, "Ringte. Kurset er på onsdag, og noen er hos Trond imens.")


def writes_of_the_talk(somebody, file, text):
    somebody.visit(f"{file}hendelse/").page.locator("#id_hva").select_option("talk")
    somebody.fills("tekst", text).sends("Lagre").sees(text)


def knows_whom_to_call(daughter):
    daughter.visit("/min-side/oppfolging/").sees("Ingrid Demovik", "Samarbeid med deg som pårørende", "Nei takk")
    daughter.finds_no_sideways_scroll()


def begins_with_the_boy(lead, father):
    lead.visit(f"/arbeid/personer/{father}/barn/").page.get_by_text("Skriv ned en grunn til å spørre").click()
    lead.page.get_by_label("Alvorlig somatisk sykdom eller skade").check()
    lead.sends("Skriv ned grunnen")
    lead.visit(f"/arbeid/oppfolging/barn/{father}/").sees("Noah Demoås")
    follow(lead.page, lead.page.get_by_role("link", name=re.compile("^Begynn å følge opp barnet")))
    lead.sends("Åpne mappen og start planen").reads_heading(CHILD).sees_holder("Jonas Demostad")
    plan = lead.at()
    noah = stored(lambda: Registered.objects.get(given_name="Noah").id)
    number = PersonNumbers().number(stored(lambda: Registered.objects.get(given_name="Noah").birth_date))
    lead.visit(f"/arbeid/personer/{noah}/endre/").fills("person_number", number).sends("Lagre")
    lead.does(plan, "talk-with-parent", "talked").does(plan, "record").does(plan, "safety", "assessed")
    lead.finds(plan, "other-parent", "nei").finds(plan, "parent-away", "nei")
    lead.skips(plan, "assess", "Svarer selv på skjemaet for unge.").does(plan, "guide-parents", "accepted")
    lead.does(plan, "consent", "yes").does(plan, "inform-child", "together").tells(plan, "child-talk-held")
    lead.does(plan, "offers", "later").does(plan, "inform-school", "family-tells").does(plan, "who-follows", "us")
    writes_of_the_talk(lead, of_plan(plan), "Første samtale: Noah vil vite når pappa har en dårlig dag.")
    return plan


def of_plan(plan):
    """The address of the file that a plan stands in."""
    plan_id = plan.rstrip("/").rpartition("/")[2]
    return f"/arbeid/oppfolging/{stored(lambda: Plan.objects.get(id=plan_id).file_id)}/"


def sees_the_adult_who_is_there(boy):
    boy.visit("/min-side/oppfolging/").reads_heading("Hjelp til deg").sees("Jonas Demostad", "116 111")
    boy.finds_no_sideways_scroll()


def goes_on_leave(lead, plan):
    lead.visit("/arbeid/fravar/").fills("fra", (clock.today() + timedelta(days=5)).isoformat())
    lead.fills("til", (clock.today() + timedelta(days=20)).isoformat()).picks("vikar", "Ingrid Demovik").sends("Lagre")
    lead.visit(plan).sees_holder("Jonas Demostad")


def second_talk(contact, plan):
    # It is Ingrid who has it now, and it stands on her list
    contact.visit("/arbeid/oppfolging/").press("Noah Demoås").press(CHILD).sees_holder("Ingrid Demovik")
    contact.does(plan, "check-in", "reached")
    writes_of_the_talk(contact, of_plan(plan), "Andre samtale: han har sagt det til en venn.")


def third_talk(lead, plan):
    lead.visit(plan).sees_holder("Jonas Demostad").does(plan, "check-in", "reached")
    file = of_plan(plan)
    writes_of_the_talk(lead, file, "Tredje samtale: han sover bedre.")
    lead.visit(file).sees("Første samtale", "Andre samtale", "Tredje samtale")
    held = stored(
        lambda: list(
            Holding.objects.filter(plan__file__kind="child").order_by("starts_at").values_list("holder_name", flat=True)
        )
    )
    assert held == ["Jonas Demostad", "Ingrid Demovik", "Jonas Demostad"]


def evaluates(nurse, plan, kari):
    # It is due, and what she answered now stands beside what she answered then
    nurse.visit("/arbeid/oppgaver/").sees("Evaluer samarbeidet og planen")
    nurse.visit(f"/arbeid/personer/{kari}/skjema/utvikling/").press("Hva er viktig for deg?")
    changed = nurse.page.locator("#endret").get_by_role("row").filter(has_text="Går det ut over helsa")
    expect(changed).to_contain_text("Ja, mye")
    expect(changed).to_contain_text("Litt")
    nurse.does(plan, "evaluate", "go-on")


def steers(owner, ready, year):
    page = owner.visit(ready.measure).sees(MEASURE, ADULT, f"100 prosent i {year}.").page
    expect(page.get_by_role("main")).not_to_contain_text(re.compile("|".join(FAMILY)))
    follow(page, page.get_by_role("link", name=re.compile("^Se tallene")))
    # Six were seen that year, all of them talked with in time: Kari and Noah are two of these, and nobody can tell
    in_time, late, _waiting, everybody, share = told_of(page, year)
    assert (in_time, late, everybody, share) == ("6", "0", "6", "100,0 %")
    expect(page.get_by_role("main")).not_to_contain_text(re.compile("|".join(FAMILY)))
    assert axe_violations(page) == []


def told_of(page, year):
    """The numbers of a year, as they stand in the row of the table."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile(f"^{year}")))
    return [" ".join(each.split()) for each in row.get_by_role("cell").all_inner_texts()]


def tells_too_little(owner, ready):
    # Four were talked with before: too few for a number
    page = owner.visit(ready.measure).sees(MEASURE, TOO_FEW).page
    follow(page, page.get_by_role("link", name=re.compile("^Se tallene")))
    assert "4" not in told_of(page, clock.today().year)
