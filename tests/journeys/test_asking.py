"""Three people fill in a form the whole way: a daughter, a boy of fifteen, and a nurse for a patient."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import tenancy
from medspiller.questionnaires.domain.filling.writing import answers_of
from medspiller.questionnaires.models import Response
from medspiller.worklist.domain.kinds import SAFETY_ANSWER
from medspiller.worklist.models import WorkItem
from tests.journeys.asking import BOY, CHILDREN, DAUGHTER, SMALL, ask_the_family, at_forms_of, at_own_forms
from tests.support.browser import listen_for_complaints
from tests.support.database import HERE
from tests.support.jobs import run_jobs

pytestmark = pytest.mark.browser

WITH_AND_WITHOUT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@pytest.fixture
def family(town):
    ask_the_family(town)
    return town.persons


@pytest.fixture
def stored(town):
    """Look at what is stored, as jobs do."""

    def looked(at):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
            return at()

    return looked


def the_answers() -> dict[str, list[object]]:
    """What was finished, by question: codes, and texts as they were written."""
    done = answers_of(Response.objects.get(status="completed").answers)
    return {link_id: [plain(each) for each in given] for link_id, given in done.items()}


def the_house_hears() -> None:
    """Let what waits to be told be told. In a thread of its own: the browser has an event loop here."""
    with ThreadPoolExecutor(max_workers=1) as worker:
        worker.submit(run_jobs).result()


def waits_for(stored) -> list[tuple[object, object]]:
    """Which units are told about whom that somebody is not safe. What waits holds no word of what was answered."""

    def looked():
        items = WorkItem.objects.filter(kind=SAFETY_ANSWER.code)
        assert "Ikke si det til far" not in str(list(items.values()))
        return sorted(items.values_list("unit_id", "person_id"))

    return stored(looked)


def plain(answer: dict[str, object]) -> object:
    value = next(iter(answer.values()))
    return value["code"] if isinstance(value, dict) else value


@WITH_AND_WITHOUT
def test_a_daughter_tells_what_matters_to_her(device, family, stored, script):
    kari = at_own_forms(device(SMALL, java_script_enabled=script), DAUGHTER, script=script)
    heard = listen_for_complaints(kari.page)
    kari.finds_nothing_wrong().begins("Hva er viktig for deg?", about="Solveig Demoås").is_at("Før du begynner")
    kari.writes("Hva er viktigst for deg", "Å få sove.").goes_on().is_at("Hverdagen din")

    # Who does nothing fixed is not asked how much it is; who does something is
    kari.is_not_asked("Omtrent hvor mange timer").answers("Hva gjør du for den", "Husarbeid, mat og innkjøp")
    kari.follows().is_asked("Omtrent hvor mange timer", "Hvor ofte må du opp om natta")
    kari.answers("Gjør du noe som du helst ikke vil", "Ja").answers("Omtrent hvor mange timer", "22–40")
    kari.follows().writes("Hva gjelder det?", "Dusjingen.").finds_nothing_wrong()
    kari.goes_on().is_at("Når du gjør mye").goes_on().is_at("Du selv").answers("Går det ut over helsa", "Ja, mye")
    kari.follows().sees("Snakk med fastlegen din")
    kari.answers("På hvilken måte?", "Jeg sover dårlig").goes_on().is_at("De rundt deg")
    kari.goes_on().is_at("Hva ville hjelpe?").answers("Savner du pause", "Noen timer fri innimellom")
    kari.goes_on().is_at("Veien videre").press("Se over svarene")

    kari.reads_heading("Se over: Hva er viktig for deg?").sees("Dusjingen.", "22–40")
    kari.finds_nothing_wrong().finishes().reads_heading("Hva er viktig for deg?").sees("Å få sove.", "Dusjingen.")
    kari.finds_nothing_wrong()
    said = stored(the_answers)
    assert said["what-matters"] == ["Å få sove."]
    assert (said["hours"], said["unwanted-tasks-which"], said["own-health"]) == (
        ["22-to-40"],
        ["Dusjingen."],
        ["a-lot"],
    )
    assert said["missing-relief"] == ["respite-hours"]
    # A request that a newer one replaces is no complaint
    assert [each for each in heard if each.startswith("script:") or "Security Policy" in each] == []


@WITH_AND_WITHOUT
def test_a_boy_of_fifteen_is_shown_help_at_once(device, town, family, stored, script):
    noah = at_own_forms(device(SMALL, java_script_enabled=script), BOY, script=script)
    # Nothing that is written for grown people
    noah.does_not_see("Hva er viktig for deg?").begins("Hvordan har du det? (13–15 år)").goes_on().is_at("Dagene dine")
    noah.answers("Hvordan har du det for tiden?", "Ikke bra").goes_on().is_at("Hjemme").goes_on().is_at("Er du trygg?")
    noah.does_not_see("Det finnes hjelp nå").answers("Føler du deg trygg hjemme", "Nei")

    noah.follows().sees("Det finnes hjelp nå", "Ring 116 111", "ring politiet på 112", "Ring 113").finds_nothing_wrong()
    noah.goes_on().is_at("Voksne rundt deg").goes_on().is_at("Til slutt").writes(
        "Er det noe mer", "Ikke si det til far."
    )
    noah.goes_by("Se over svarene")
    noah.sees("Det finnes hjelp nå").finds_nothing_wrong().finishes().sees(
        "Ikke si det til far.", "Det finnes hjelp nå"
    )
    noah.finds_nothing_wrong()

    assert stored(the_answers)["safe-now"] == ["no"]
    the_house_hears()
    assert waits_for(stored) == [(town.house.carers, family["Noah"])]


@WITH_AND_WITHOUT
def test_a_nurse_clarifies_whether_there_are_children(device, family, stored, script):
    nurse = at_forms_of(device(SMALL, java_script_enabled=script), family["Solveig"], script=script)
    nurse.finds_nothing_wrong().begins(CHILDREN, how="I en samtale").is_at("Før du begynner")
    nurse.goes_on().is_at("Er det barn?").answers("Har pasienten barn", "Ja").answers("Har pasienten søsken", "Nei")
    nurse.follows().writes("Fornavn eller initialer", "Liv").writes("Alder i år", "sju").goes_on()
    nurse.sees("Skriv et helt tall").finds_nothing_wrong().has_typed("Alder i år", "sju")
    nurse.writes("Alder i år", "7").answers("Er det klart hvem som tar seg av", "Nei")
    nurse.follows().sees("Avklar dette nå").press("Legg til et barn").sees("(2 av 2)").press("Fjern Barn 2")
    nurse.waits_until_gone("(2 av 2)").goes_on().is_at("Samtalen med foreldrene").goes_on().is_at(
        "Samtykke til oppfølging"
    ).goes_on()
    nurse.is_at("Hva gjøres nå?").press("Se over svarene")

    # The background was skipped. The list of what is missing leads to it
    nurse.press("Fullfør").sees("Ett svar mangler eller må rettes").finds_nothing_wrong()
    nurse.page.get_by_role("alert").get_by_role("link").click()
    nurse.reads_heading(CHILDREN).is_at("Før du begynner").sees("Svar på dette for å gå videre.").finds_nothing_wrong()
    nurse.answers("Hva er bakgrunnen?", "Psykisk sykdom").goes_on().is_at("Er det barn?").press("Se alle svar så langt")

    nurse.finishes().reads_heading(CHILDREN).sees("Liv", "7", "Psykisk sykdom").finds_nothing_wrong()
    said = stored(the_answers)
    assert (said["occasion"], said["has-children"], said["has-siblings"]) == (["mental-illness"], ["yes"], ["no"])
