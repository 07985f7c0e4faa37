"""The same three forms, the whole way, by somebody who uses no mouse and touches nothing."""

import pytest

from tests.journeys.asking import BOY, CHILDREN, DAUGHTER, SMALL, ask_the_family, at_forms_of, at_own_forms

pytestmark = pytest.mark.browser


@pytest.fixture
def family(town):
    ask_the_family(town)
    return town.persons


def test_a_daughter(device, family):
    kari = at_own_forms(device(SMALL), DAUGHTER)
    kari.enters("Hva er viktig for deg?").enters("Begynn på skjemaet").is_at("Før du begynner")
    kari.tabs_into("q-what-matters").keys("Sove.").enters("Neste").is_at("Hverdagen din")
    kari.tabs_into("q-tasks").presses("Space").is_asked("Omtrent hvor mange timer")
    # What has appeared comes next, and one is still where one was
    kari.tabs_into("q-hours").presses("Space", "ArrowDown").enters("Neste").is_at("Du selv")
    for step in ("De rundt deg", "Hva ville hjelpe?", "Veien videre"):
        kari.enters("Neste").is_at(step)

    kari.enters("Se over svarene").reads_heading("Se over: Hva er viktig for deg?")
    kari.enters("Fullfør").sees("Svarene er lagret.", "Sove.", "5–10")


def test_a_boy(device, family):
    noah = at_own_forms(device(SMALL), BOY).enters("Hvordan har du det? (13–15 år)").enters("Begynn på skjemaet")
    for step in ("Dagene dine", "Hjemme", "Er du trygg?"):
        noah.enters("Neste").is_at(step)
    noah.tabs_into("q-safe-now").presses("Space", "ArrowDown").sees("Det finnes hjelp nå", "Ring 116 111")
    for step in ("Voksne rundt deg", "Til slutt"):
        noah.enters("Neste").is_at(step)

    noah.enters("Se over svarene").enters("Fullfør").sees("Svarene er lagret.", "Ikke alltid")


def test_a_nurse(device, family):
    nurse = at_forms_of(device(SMALL), family["Solveig"]).enters(CHILDREN)
    nurse.tabs_into("how").presses("Space").enters("Begynn på skjemaet").is_at("Før du begynner")
    nurse.enters("Neste").is_at("Er det barn?").tabs_into("q-has-children").presses("Space", "ArrowDown")
    nurse.tabs_into("q-has-siblings").presses("Space", "ArrowDown").sees("Da er avklaringen gjort for nå.")
    nurse.enters("Neste").is_at("Ferdig for nå").enters("Se over svarene").enters("Fullfør")
    nurse.sees("Ett svar mangler eller må rettes").enters("Hva er bakgrunnen – Svar på dette for å gå videre.")
    nurse.reads_heading(CHILDREN).is_at("Før du begynner").tabs_into("q-occasion").presses("Space").enters(
        "Neste"
    ).is_at("Er det barn?")

    nurse.enters("Se alle svar så langt").enters("Fullfør").sees("Svarene er lagret.", "Psykisk sykdom")
