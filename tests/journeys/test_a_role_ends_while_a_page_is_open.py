"""A leader writes in the unit's form; meanwhile the administrator ends the post that lets her."""

import pytest
from playwright.sync_api import expect

from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.access.models import PostHolding
from medspiller.core import tenancy
from medspiller.organisations.models import Unit
from tests.journeys.conftest import DESK
from tests.journeys.person import Person
from tests.journeys.town import sign_in
from tests.support.browser import axe_violations
from tests.support.database import HERE

pytestmark = pytest.mark.browser

NOTICE = "Beskjed til kolleger"
TYPED = "Gruppa på torsdag er flyttet til rom 7.\nTa med kake."
BEFORE = "Ny kveldsgruppe starter i januar."


@pytest.fixture
def ends_post(device, town):
    """The administrator, who ends the leader's post on the page for that."""

    def end():
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=town.house.top):
            holding = PostHolding.objects.get(user__issuer=DEMO_ISSUER, user__subject="leder")
        administrator = Person(sign_in(device(DESK), "tilgangsstyrer"))
        administrator.visit(f"/arbeid/styring/ansatte/{holding.user_id}/stilling/{holding.id}/avslutt/")
        administrator.press("Avslutt stillingen nå").sees("Stillingen er avsluttet")

    return end


def stored_notice(town):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=town.house.top):
        return Unit.objects.get(id=town.unit_id).notice


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_nothing_is_stored_and_no_word_is_lost(device, town, ends_post, script):
    leader = Person(sign_in(device(DESK, java_script_enabled=script), "leder"))
    leader.visit(f"/arbeid/enhet/{town.unit_id}/endre/").type(NOTICE, TYPED)

    ends_post()
    leader.press("Lagre")

    # She is told what has happened and that nothing is stored; what she wrote can be copied
    leader.reads_heading("Du har ikke tilgang til dette").sees("Ingenting er lagret.", "En rolle kan ha gått ut")
    kept = leader.page.get_by_role("textbox").filter(visible=True)
    assert TYPED in [each.input_value() for each in kept.all()]
    for each in kept.all():
        expect(each).not_to_be_editable()
    assert stored_notice(town) == BEFORE
    if script:
        assert axe_violations(leader.page) == []

    # No other door is open either
    answer = leader.page.goto(f"/arbeid/enhet/{town.unit_id}/endre/")
    assert answer.status == 403
    leader.reads_heading("Du har ikke tilgang til dette").does_not_see(NOTICE)
