"""A nurse meets a patient for the first time: the whole talk on one page, and nothing typed is lost on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.access.models import Draft
from medspiller.core import tenancy
from medspiller.people.models import CarerRole, ChildrenAnswer, FirstTalk
from tests.journeys.conftest import DESK, ON_EVERY_DEVICE, PHONE
from tests.journeys.person import Person as Somebody
from tests.journeys.town import sign_in
from tests.support.browser import axe_violations, sideways_scroll
from tests.support.database import HERE

pytestmark = pytest.mark.browser

NURSE, ADDRESS = "omsorgsarbeider", "/arbeid/forste-samtale/"
MOST_KEYS = 120


@pytest.fixture
def stored(town):
    """Look at what is stored, as jobs do."""

    def looked(at):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
            return at()

    return looked


def the_family() -> tuple[list[str], list[str], dict[str, str]]:
    patient = FirstTalk.objects.get().patient
    around = list(CarerRole.objects.filter(patient=patient).values_list("carer__given_name", "role"))
    answers = dict(ChildrenAnswer.objects.filter(patient=patient).values_list("topic", "reply"))
    return patient.given_name, sorted(f"{name} {role}" for name, role in around), answers


def field(page: Page, name: str):
    return page.locator(f"#id_{name}")


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f'input[name="{name}"][value="{value}"]').check()


def write_the_patient(page: Page) -> None:
    field(page, "given_name").fill("Borghild")
    field(page, "family_name").fill("Demostrand")
    field(page, "birth_date").fill("1979-02-03")
    field(page, "matters").fill("At ungene har det bra.")


def write_the_carer(page: Page, row: int = 0, *, name: str = "Trygve") -> None:
    prefix = f"carers-{row}"
    field(page, f"{prefix}-given_name").fill(name)
    field(page, f"{prefix}-family_name").fill("Demostrand")
    field(page, f"{prefix}-kind").select_option("spouse" if row == 0 else "friend")
    field(page, f"{prefix}-phone").fill(f"00 00 00 4{row}")
    choose(page, f"{prefix}-safe_to_call", "yes")
    choose(page, f"{prefix}-may_know", "yes")
    field(page, f"{prefix}-said_to_be").select_option("nearest" if row == 0 else "carer")


def write_the_child(page: Page) -> None:
    choose(page, "minor_children", "yes")
    choose(page, "minor_siblings", "no")
    field(page, "children-0-given_name").fill("Sunniva")
    field(page, "children-0-born").fill("2017")
    field(page, "children-0-looked_after_by").select_option("other_parent")


@ON_EVERY_DEVICE
def test_a_whole_talk_with_two_carers_and_a_child(device, stored, kind, script):
    nurse = Somebody(sign_in(device(kind, java_script_enabled=script), NURSE)).visit(ADDRESS)
    page = nurse.page
    write_the_patient(page)
    write_the_carer(page)
    write_the_child(page)
    nurse.press("Legg til en pårørende til")
    expect(field(page, "carers-1-given_name")).to_be_focused()
    write_the_carer(page, 1, name="Reidun")
    assert sideways_scroll(page) == 0
    if script:
        assert axe_violations(page) == []
    nurse.press("Lagre samtalen")

    nurse.reads_heading("Første samtale med Borghild Demostrand")
    nurse.sees("Samtalen er lagret.", "Trygve Demostrand", "Reidun Demostrand", "Sunniva Demostrand", "Født i 2017")
    assert sideways_scroll(page) == 0
    name, around, answers = stored(the_family)
    assert name == "Borghild"
    assert around == ["Reidun PAARORENDE", "Sunniva BARN_PAARORENDE", "Trygve NAERMESTE"]
    assert answers == {"minor_children": "yes", "minor_siblings": "no"}


def test_fields_in_a_line_begin_at_the_same_height_though_only_one_has_a_hint(device):
    nurse = Somebody(sign_in(device(DESK), NURSE)).visit(ADDRESS)

    tops = [field(nurse.page, name).bounding_box()["y"] for name in ("person_number", "given_name", "family_name")]
    assert max(tops) - min(tops) < 1


def test_by_keyboard_alone(device, stored):
    nurse = Somebody(sign_in(device(DESK), NURSE)).visit(ADDRESS)
    page, keys = nurse.page, nurse.page.keyboard
    expect(field(page, "person_number")).to_be_focused()

    def goes_to(name: str) -> None:
        """Tab on until the field has the focus."""
        for _ in range(MOST_KEYS):
            keys.press("Tab")
            if page.evaluate("document.activeElement.name || document.activeElement.value") == name:
                return
        raise AssertionError(f"{name} is not reached with the keyboard")

    for name, typed in (
        ("given_name", "Borghild"), ("family_name", "Demostrand"), ("carers-0-given_name", "Trygve"),
        ("carers-0-family_name", "Demostrand"), ("carers-0-kind", "Ektefelle"), ("carers-0-phone", "00000040"),
    ):  # fmt: skip
        goes_to(name)
        keys.type(typed)
    goes_to("carers-0-safe_to_call")
    keys.press("ArrowDown")
    goes_to("carers-0-said_to_be")
    keys.type("Ja")
    goes_to("minor_children")
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    # Enter in a field looks somebody up and stores nothing
    goes_to("children-0-given_name")
    keys.type("Sunniva")
    keys.press("Enter")
    nurse.sees("Du kan ikke se noen som er registrert slik.")
    assert stored(FirstTalk.objects.count) == 0
    expect(field(page, "children-0-given_name")).to_have_value("Sunniva")
    page.get_by_role("button", name="Lagre samtalen").focus()
    keys.press("Enter")

    nurse.reads_heading("Første samtale med Borghild Demostrand")
    _name, around, answers = stored(the_family)
    assert around == ["Sunniva BARN_PAARORENDE", "Trygve NAERMESTE"]
    assert answers["minor_children"] == "yes"


def test_the_network_dies_in_the_middle(device, stored):
    tablet = device({"viewport": {"width": 768, "height": 1024}, "has_touch": True, "is_mobile": True})
    nurse = Somebody(sign_in(tablet, NURSE)).visit(ADDRESS)
    page = nurse.page
    says = page.locator("[data-draft-says]")
    write_the_patient(page)
    write_the_carer(page)
    expect(says).to_have_text(re.compile("^Lagret som kladd"))
    tablet.set_offline(True)
    write_the_child(page)
    nurse.press("Lagre samtalen")
    nurse.sees("Skjemaet er ikke sendt")
    expect(field(page, "children-0-given_name")).to_have_value("Sunniva")
    assert stored(FirstTalk.objects.count) == 0

    # The network is back: what was typed is kept at once, and the same button sends it
    tablet.set_offline(False)
    expect(says).to_have_text(re.compile(r"^Lagret som kladd \d\d:\d\d. Skjemaet er ikke sendt ennå"))
    nurse.press("Lagre samtalen")
    nurse.reads_heading("Første samtale med Borghild Demostrand")
    assert stored(Draft.objects.filter(body__isnull=False).count) == 0


def test_the_browser_is_closed_in_the_middle(device, stored):
    first = device(DESK)
    nurse = Somebody(sign_in(first, NURSE)).visit(ADDRESS)
    write_the_patient(nurse.page)
    write_the_carer(nurse.page)
    nurse.press("Legg til en pårørende til")
    write_the_carer(nurse.page, 1, name="Reidun")
    # What was said before may be of what was typed before
    expect(nurse.page.locator("form[data-draft-unsaved]")).to_have_count(0)
    expect(nurse.page.locator("[data-draft-says]")).to_have_text(re.compile("^Lagret som kladd"))
    first.close()

    again = Somebody(sign_in(device(PHONE), NURSE)).visit(ADDRESS)
    again.sees("Du har en kladd fra")
    expect(field(again.page, "carers-1-given_name")).to_have_value("Reidun")
    expect(field(again.page, "carers-0-kind")).to_have_value("spouse")
    again.press("Lagre samtalen")
    again.reads_heading("Første samtale med Borghild Demostrand")
    _name, around, _answers = stored(the_family)
    assert around == ["Reidun PAARORENDE", "Trygve NAERMESTE"]
