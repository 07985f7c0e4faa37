"""The page of personas, and becoming one of them: only behind both locks."""

import re

import pytest

from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.access.domain.roles import Role
from medspiller.demo.domain.main_line import STAGES
from medspiller.demo.domain.personas import CITIZENS, PERSONAS
from medspiller.demo.web.views import OF_STAGES, ROLES
from tests.support.staff import employ


@pytest.fixture
def demo(settings):
    """The start flag is set; the test database is marked as a demo already."""
    settings.DEMO = True


@pytest.fixture
def loaded(demo, house):
    """One persona, as loading the demo makes it."""
    employ(tenant_id=house.tenant_id, unit_id=house.carers, role=Role.LEADER, issuer=DEMO_ISSUER, subject="leder")


class TestPersonas:
    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_are_all_on_one_page_with_a_way_in(self, client, here, demo, language):
        page = client.get("/demo/", {"lang": language}).content.decode()

        assert [each.id for each in (*PERSONAS, *CITIZENS) if each.name not in page] == []
        assert page.count("/demo/logg-inn/") == len(PERSONAS) + len(CITIZENS)

    def test_each_role_is_told_in_words(self):
        assert set(ROLES) == set(Role)

    def test_are_not_there_without_the_start_flag(self, client, here, settings):
        settings.DEMO = False

        assert client.get("/demo/").status_code == 404


class TestTheMainLine:
    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_stands_above_the_personas_with_a_link_for_each_stage(self, client, here, demo, language):
        page = client.get("/demo/", {"lang": language}).content.decode()

        assert re.findall(r'href="(/demo/historien/[^"]+)"', page) == [each.href for each in STAGES]
        assert page.index("/demo/historien/") < page.index("/demo/logg-inn/")

    def test_tells_of_every_stage(self):
        assert list(OF_STAGES) == [each.id for each in STAGES]

    @pytest.mark.parametrize("stage_id", ["mott", "finnes-ikke"])
    def test_is_not_there_without_the_start_flag(self, client, loaded, settings, stage_id):
        settings.DEMO = False

        assert client.get(f"/demo/historien/{stage_id}/").status_code == 404

    def test_has_no_other_stages(self, client, loaded):
        assert client.get("/demo/historien/finnes-ikke/").status_code == 404

    def test_leads_home_where_the_family_is_not_there(self, client, house, demo):
        employ(
            tenant_id=house.tenant_id,
            unit_id=house.top,
            role=Role.STRATEGY_OWNER,
            issuer=DEMO_ISSUER,
            subject="strategiansvarlig",
        )

        assert client.get("/demo/historien/tallene/", follow=True).redirect_chain == [("/arbeid/", 302)]


class TestBecomingAPersona:
    def test_begins_where_its_work_begins(self, client, loaded):
        answer = client.get("/demo/logg-inn/leder/", follow=True)

        assert answer.redirect_chain == [("/arbeid/", 302)]
        assert "Pårørendesenteret" in answer.content.decode()

    def test_is_refused_without_the_start_flag(self, client, loaded, settings):
        settings.DEMO = False

        assert client.get("/demo/logg-inn/leder/").status_code == 404
        assert client.get("/arbeid/").status_code == 302

    @pytest.mark.parametrize("persona_id", ["ingen", "pårørendekontakt", "%00", "leder%27--"])
    def test_is_refused_for_one_that_is_unknown_or_not_loaded(self, client, loaded, persona_id):
        assert client.get(f"/demo/logg-inn/{persona_id}/").status_code == 404

    def test_ends_being_the_one_before(self, client, house, loaded):
        employ(
            tenant_id=house.tenant_id,
            unit_id=house.home_care,
            role=Role.CARE_WORKER,
            name="Amina Demodal",
            issuer=DEMO_ISSUER,
            subject="omsorgsarbeider",
        )
        client.get("/demo/logg-inn/leder/")
        before = client.session.session_key

        client.get("/demo/logg-inn/omsorgsarbeider/")

        assert "Amina Demodal" in client.get("/arbeid/").content.decode()
        assert client.session.session_key != before
