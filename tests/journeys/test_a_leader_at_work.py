"""A leader who keeps the unit's page up to date, while a colleague does the same."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.person import Person
from tests.journeys.town import sign_in

pytestmark = pytest.mark.browser

NOTICE = "Beskjed til kolleger"
OPENING_HOURS = "Åpningstider"

with_and_without_script = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@pytest.fixture
def at_work(device):
    """Let a persona be at work: `at_work("leder", script=False)`."""

    def begin(persona_id, *, script=True, kind=DESK):
        return Person(sign_in(device(kind, java_script_enabled=script), persona_id))

    return begin


@with_and_without_script
def test_tells_colleagues_something(at_work, town, script):
    leader = at_work("leder", script=script).reads_heading("Helse og mestring")

    leader.press("Endre det som står om enheten").type(NOTICE, "Møtet er flyttet til torsdag.").press("Lagre")

    leader.reads_heading("Helse og mestring").sees("Endringene er lagret.", "Møtet er flyttet til torsdag.")
    # A colleague, somewhere else
    at_work("omsorgsarbeider").sees("Møtet er flyttet til torsdag.").does_not_see("Endre det som står om enheten")


@with_and_without_script
def test_sees_that_a_colleague_was_quicker_and_loses_nothing(at_work, town, script):
    # Both open the same unit at the same time
    address = f"/arbeid/enhet/{town.unit_id}/endre/"
    leader = at_work("leder", script=script).visit(address)
    colleague = at_work("tilgangsstyrer", script=script).visit(address)

    # The colleague saves first, and is done
    colleague.type(NOTICE, "Gruppa møtes på rom 2.").type(OPENING_HOURS, "Hver dag 8–16").press("Lagre")
    colleague.sees("Endringene er lagret.")

    # The leader is told, with both texts side by side; her own still stands in the form
    leader.type(NOTICE, "Gruppa møtes på rom 7.").press("Lagre")
    leader.sees("Noen andre endret dette mens du skrev", "Står nå", "Gruppa møtes på rom 2.", "Du skrev")
    leader.has_typed(NOTICE, "Gruppa møtes på rom 7.")
    # What she did not touch is the colleague's
    leader.has_typed(OPENING_HOURS, "Hver dag 8–16")

    # She puts the two together, and that is what everybody sees
    leader.type(NOTICE, "Gruppa møtes på rom 2 og 7.").press("Lagre").sees("Endringene er lagret.")
    colleague.visit(f"/arbeid/enhet/{town.unit_id}/").sees("Gruppa møtes på rom 2 og 7.", "Hver dag 8–16")


@with_and_without_script
def test_writes_too_much_and_is_shown_where(at_work, town, script):
    leader = at_work("leder", script=script).visit(f"/arbeid/enhet/{town.unit_id}/endre/")

    leader.type(NOTICE, "Les dette. " * 60).press("Lagre")

    # The list of what is wrong has the focus, and leads to the field
    summary = leader.page.get_by_role("group", name="Én ting må rettes før du kan gå videre")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(leader.page.get_by_label(NOTICE)).to_be_focused()
    leader.has_typed(NOTICE, ("Les dette. " * 60))


@with_and_without_script
def test_finds_a_unit_by_a_part_of_its_name(at_work, script):
    leader = at_work("leder", script=script).visit("/arbeid/enheter/")

    leader.page.get_by_role("searchbox").fill("natt")
    leader.page.get_by_role("searchbox").press("Enter")

    leader.sees("Nattpatruljen").does_not_see("Pårørendesenteret")
    leader.press("Nattpatruljen").reads_heading("Nattpatruljen")


def test_opens_the_menu_on_a_phone(at_work):
    leader = at_work("leder", kind=PHONE)
    leader.does_not_see("Enheter")

    leader.page.get_by_text("Meny", exact=True).click()

    leader.press("Enheter").reads_heading("Enheter")


@with_and_without_script
def test_signs_out_and_the_door_is_shut(at_work, script):
    leader = at_work("leder", script=script)

    leader.goes_by("Logg ut").visit("/arbeid/")

    assert "/arbeid/logg-inn/" in leader.page.url


def test_takes_the_unit_along_on_paper(at_work, town):
    leader = at_work("leder").visit(f"/arbeid/enhet/{town.unit_id}/").sees("Min enhet")

    leader.page.emulate_media(media="print")

    leader.reads_heading("Pårørendesenteret").sees("Ny kveldsgruppe starter i januar.", "Mandag til fredag 9–15")
    leader.does_not_see("Min enhet", "Logg ut", "Endre det som står om enheten")
