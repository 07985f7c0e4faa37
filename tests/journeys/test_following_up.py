"""A carer is followed up from the first talk to the end; children of a patient; and a holder who goes on leave."""

import re
from datetime import timedelta

import pytest

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import clock, tenancy
from medspiller.followup import services
from medspiller.followup.models import CarerFile, Holding, Plan
from medspiller.people import services as register
from medspiller.people.domain.children import ReasonToAsk
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import Person as Registered
from medspiller.people.tests import factories
from medspiller.worklist.models import OPEN, WorkItem
from tests.journeys.asking import NURSE
from tests.journeys.conftest import DESK, ON_EVERY_DEVICE, PHONE
from tests.journeys.following import Following, publish_pathways, the_house_hears
from tests.journeys.town import acting_as, sign_in
from tests.support.browser import follow
from tests.support.database import HERE

pytestmark = pytest.mark.browser

# The longest of the journeys: the other way of working is in the soak.
ON_TWO_DEVICES = pytest.mark.parametrize(
    ("kind", "script"),
    [
        pytest.param(PHONE, True, id="360px-script"),
        pytest.param(DESK, False, id="1280px-no script", marks=pytest.mark.soak),
    ],
)
CONTACT, CHILDREN_LEAD = "pårørendekontakt", "barneansvarlig"
ADULT = "Voksen pårørende: fast samarbeid"


@pytest.fixture
def ready(town):
    """The town, with the pathways published."""
    publish_pathways()
    return town


def stored(look):
    """Look at what is stored, as jobs do."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        return look()


def holders():
    return list(Holding.objects.order_by("starts_at").values_list("holder_name", flat=True))


@ON_TWO_DEVICES
def test_a_daughter_is_followed_up_from_the_first_talk_to_the_end(device, ready, kind, script):
    nurse = Following(sign_in(device(kind, java_script_enabled=script), NURSE), script)
    daughter = registers_a_daughter(nurse, ready)
    file, plan = opens_file_and_plan(nurse, daughter)
    nurse.finds(plan, "patient-consents", "ja").does(plan, "invite", "agreed")
    nurse.does(plan, "who-asks", "others").tells(plan, "first-talk-held")

    # She maps what matters: the step is done by that, and what would help stands in the file
    nurse.visit(f"/arbeid/personer/{daughter}/skjema/").begins("Hva er viktig for deg?", how="I en samtale")
    nurse.goes_through_the_form({"Savner du pause eller praktisk hjelp?": "Ro om natta"})
    the_house_hears()
    nurse.visit(f"{plan}steg/what-matters/").sees("Besvart")
    nurse.visit(file).sees("Søvn om natta")

    # Somebody who has more time goes on
    nurse.visit(f"{plan}overlevering/").picks("til_hvem", "Ingrid Demovik").fills("hvorfor", "Hun trenger tid.").sends(
        "Spør"
    )
    nurse.sees_holder("Amina Demodal")
    contact = Following(sign_in(device(kind, java_script_enabled=script), CONTACT), script)
    contact.visit("/arbeid/oppfolging/").press("Les og svar").sees("Hun trenger tid.").sends("Ja, jeg tar over")
    contact.is_at_plan(plan).sees_holder("Ingrid Demovik").finds_no_sideways_scroll()

    contact.does(plan, "rights-and-offers", "accepted").skips(plan, "plan", "Skrevet sammen på papir.")
    contact.does(plan, "name-contact").does(plan, "evaluate", "end").finds(plan, "winding-up", "ja")
    contact.visit(f"{plan}avslutt/").ticks("arsak", "goals-met").sends("Avslutt planen").is_at_plan(plan)
    contact.sees("Planen er avsluttet")
    contact.visit(f"{file}ferdig/")
    contact.page.locator("#id_arsak").select_option("goals_met")
    contact.ticks("utfall", "better").sends("Avslutt mappen").sees("Oppfølgingen er avsluttet")
    assert stored(holders) == ["Amina Demodal", "Ingrid Demovik"]
    assert stored(lambda: CarerFile.objects.get().outcome) == ["better"]
    assert stored(WorkItem.objects.filter(OPEN, kind="followup.step").count) == 0


def registers_a_daughter(nurse, town):
    nurse.visit(f"/arbeid/personer/{town.persons['Solveig']}/ny-parorende/")
    nurse.fills("given_name", "Ragnhild").fills("family_name", "Demostrand").picks("kind", "Barn")
    nurse.picks("unit", "Hjemmetjenesten vest").sends("Lagre")
    daughter = stored(lambda: Registered.objects.get(given_name="Ragnhild").id)
    # From now on the unit has to do with her for her own sake
    nurse.visit(f"/arbeid/personer/{daughter}/oppfolging/ny/").picks("unit", "Hjemmetjenesten vest")
    nurse.ticks("basis", "support").sends("Lagre")
    return daughter


def opens_file_and_plan(nurse, daughter):
    nurse.visit(f"/arbeid/oppfolging/person/{daughter}/").fills("hva_er_viktig", "Én kveld i uka.")
    # Nobody has asked her when she was born
    nurse.ticks("alder", "adult").sends("Åpne mappen")
    file = nurse.sees("Én kveld i uka.").at()
    nurse.visit(f"{file}plan/adult-carer/").reads_heading(ADULT).picks("om", "Solveig Demoås")
    for fact, answer in {
        "has-minor-children": "nei",
        "heavy-care": "nei",
        "wants-agreement": "nei",
    }.items():
        nurse.ticks(f"fakta-{fact}", answer)
    return file, nurse.sends("Start planen").reads_heading(ADULT).at()


@pytest.mark.parametrize(
    ("kind", "script", "agrees"),
    [
        pytest.param(PHONE, True, True, id="360px-script-agrees"),
        pytest.param(DESK, False, False, id="1280px-no script-refuses"),
    ],
)
def test_the_children_of_a_father_who_is_admitted(device, ready, kind, script, agrees):
    father, noah = stored(lambda: a_father_of_two(ready))
    lead = Following(sign_in(device(kind, java_script_enabled=script), CHILDREN_LEAD), script)

    # Nobody has asked: it stands there until somebody has
    lead.visit("/arbeid/barn/").sees("Hjemmetjenesten vest").goes_by("Trond Demolund")
    lead.visit(f"/arbeid/personer/{father}/barn/").ticks("minor_children", "yes").ticks("minor_siblings", "no")
    lead.sends("Skriv det ned").visit(f"/arbeid/oppfolging/barn/{father}/").sees("Noah Demoås", "Selma Demolund")
    for child in ("Selma Demolund", "Noah Demoås"):
        lead.visit(f"/arbeid/oppfolging/barn/{father}/")
        follow(lead.page, lead.page.get_by_role("link", name=re.compile(f"^Begynn å følge opp barnet.*{child}$")))
        lead.sends("Åpne mappen og start planen").sees_holder("Jonas Demostad")
    plan = lead.sees("Er barnet trygt?").finds_no_sideways_scroll().at()

    talks_with_the_parents(lead, plan, agrees=agrees)
    lead.does(plan, "inform-child", "together").does(plan, "visit", "visited").tells(plan, "child-talk-held")
    lead.does(plan, "offers", "accepted")
    if agrees:
        lead.does(plan, "inform-school", "family-tells")
    else:
        # Without the other parent nothing is told to the school
        lead.visit(f"{plan}steg/inform-school/").sees("Det trengs ikke her")
    lead.does(plan, "who-follows", "agreed").does(plan, "evaluate", "go-on")
    phases = stored(lambda: dict(Plan.objects.values_list("file__carer__given_name", "run__phase")))
    assert phases == {"Noah": "follow", "Selma": "clarify"}
    assert stored(lambda: CarerFile.objects.get(carer_id=noah).kind) == "child"


def talks_with_the_parents(lead, plan, *, agrees):
    lead.does(plan, "talk-with-parent", "talked").does(plan, "record").does(plan, "safety", "assessed")
    lead.finds(plan, "other-parent", "ja").finds(plan, "parent-away", "ja")
    lead.skips(plan, "assess", "Svarer selv på skjemaet for unge.")
    lead.does(plan, "guide-parents", "accepted").does(plan, "consent", "yes")
    lead.finds(plan, "other-parent-agrees", "ja" if agrees else "nei")


def a_father_of_two(town):
    """A father who is treated by the home care, with reason to ask about children; and his son of fifteen."""
    today, unit = clock.today(), town.house.home_care
    father = factories.make_person("Trond", "Demolund", birth_date=today.replace(year=today.year - 46, day=1))
    selma = factories.make_person("Selma", "Demolund", birth_date=today.replace(year=today.year - 10, day=1))
    noah = Registered.objects.get(id=town.persons["Noah"])
    noah.birth_date = today.replace(year=today.year - 15, day=1)
    noah.save(update_fields=["birth_date"])
    factories.involve(father, unit)
    factories.involve(selma, unit, basis=InvolvementBasis.CHILD_NEXT_OF_KIN)
    for child in (noah, selma):
        factories.relate(father, child, RelationKind.CHILD)
    register.record_children_reason(actor=acting_as(NURSE), patient_id=father.id, code=ReasonToAsk.MENTAL_ILLNESS)
    return father.id, noah.id


@ON_EVERY_DEVICE
def test_a_holder_goes_on_leave_in_the_middle(device, ready, kind, script):
    plan = stored(lambda: a_plan_of_the_nurse(ready))
    nurse = Following(sign_in(device(kind, java_script_enabled=script), NURSE), script)
    back = clock.today() + timedelta(days=8)

    nurse.does(plan, "invite", "agreed").visit("/arbeid/fravar/")
    nurse.fills("til", back.isoformat()).picks("vikar", "Ingrid Demovik").sends("Lagre").finds_no_sideways_scroll()

    # The plan goes on without a gap, and stands on the other's list
    contact = Following(sign_in(device(kind, java_script_enabled=script), CONTACT), script)
    contact.visit("/arbeid/oppfolging/").press("Kari Demoås").press(ADULT).sees_holder("Ingrid Demovik")
    contact.tells(plan, "first-talk-held")

    nurse.visit("/arbeid/fravar/").sends("Tilbake på jobb – Amina Demodal").visit(plan).sees_holder("Amina Demodal")
    assert stored(holders) == ["Amina Demodal", "Ingrid Demovik", "Amina Demodal"]
    instants = stored(lambda: list(Holding.objects.order_by("starts_at").values_list("starts_at", "ends_at")))
    assert [ends for _starts, ends in instants] == [*(starts for starts, _ends in instants[1:]), None]


def a_plan_of_the_nurse(town):
    nurse = acting_as(NURSE)
    made = services.open_file(
        actor=nurse, carer_id=town.persons["Kari"], identified_on=clock.today(), identified_how="first_talk"
    )
    plan = services.start_plan(actor=nurse, file_id=made.id, slug="adult-carer", holder_id=nurse.id)
    return f"/arbeid/oppfolging/plan/{plan.id}/"
