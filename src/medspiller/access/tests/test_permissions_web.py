"""Who may do what: as a page, as a sheet for the yearly review, as a file; and that every action has its words."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.access.domain.actions import ACTIONS
from medspiller.access.domain.roles import EVERY_ROLE, Role
from medspiller.access.models import PostHolding
from medspiller.access.templatetags import access_words
from medspiller.core import clock, tenancy
from tests.support.database import ELSEWHERE, HERE
from tests.support.staff import build_house, employ, sign_in

PAGE = "/arbeid/styring/hvem-kan-hva/"
SHEET = f"{PAGE}utskrift/"
FILE = f"{PAGE}liste.csv"
MOST_QUERIES = 12


def text(page):
    return page.content.decode()


@pytest.fixture
def people(house):
    """Somebody with a role in each part of the house."""
    for unit_id, name, role in (
        (house.top, "Per Demoberg", Role.ADMINISTRATOR),
        (house.home_care, "Odd Demosvingen", Role.CARE_WORKER),
        (house.night, "Tuva Demonatt", Role.CARE_WORKER),
        (house.carers, "Liv Demoskog", Role.CARER_CONTACT),
    ):
        employ(tenant_id=house.tenant_id, unit_id=unit_id, role=role, name=name)


class TestWords:
    def test_every_action_says_what_it_lets_somebody_do(self):
        assert set(access_words.ACTION_WORDS) == set(ACTIONS)

    def test_every_role_has_a_name(self):
        assert set(access_words.ROLES) == EVERY_ROLE

    def test_every_action_of_staff_is_told_once(self):
        told = [str(line.words) for line in access_words.for_some()] + [
            str(words) for words in access_words.for_everyone()
        ]

        assert len(told) == len(set(told)) == len([action for action in ACTIONS.values() if action.roles])

    def test_the_lines_say_what_the_table_says(self):
        lines = {str(line.words): line for line in access_words.for_some()}
        line = lines[str(access_words.ACTION_WORDS["access.administer"])]

        assert [str(role) for role, may in line.pairs if may] == [str(access_words.ROLES[Role.ADMINISTRATOR])]


class TestThePage:
    def test_tells_an_administrator_of_everybody(self, staff, house, people):
        page = text(staff(Role.ADMINISTRATOR, house.top).get(PAGE))

        for name in ("Per Demoberg", "Odd Demosvingen", "Tuva Demonatt", "Liv Demoskog", "Solveig Demomyr"):
            assert name in page

    def test_tells_a_leader_of_own_units_and_of_roles_from_above(self, staff, house, people):
        page = text(staff(Role.LEADER, house.home_care).get(PAGE))

        assert "Odd Demosvingen" in page
        assert "Tuva Demonatt" in page
        # A role for the whole house holds in this unit too.
        assert "Per Demoberg" in page
        assert "Over dine enheter, og gjelder også i dem" in page
        assert "Liv Demoskog" not in page

    def test_tells_the_last_day_of_a_role(self, staff, house, people):
        last_day = PostHolding.objects.first().valid_to - timedelta(days=1)

        assert f'<time datetime="{last_day}">' in text(staff(Role.LEADER, house.top).get(PAGE))

    def test_leaves_out_what_has_ended(self, staff, house, people):
        PostHolding.objects.filter(user__name="Odd Demosvingen").update(ended_at=clock.now())

        assert "Odd Demosvingen" not in text(staff(Role.LEADER, house.top).get(PAGE))

    def test_tells_what_each_role_may_do(self, staff, house):
        page = text(staff(Role.LEADER, house.top).get(PAGE))

        assert "Gi stillinger og roller, forlenge dem og avslutte dem" in page
        assert "Tilgangsstyrer" in page

    def test_says_nothing_of_another_tenant(self, staff, house):
        tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
        employ(tenant_id=ELSEWHERE, unit_id=build_house(ELSEWHERE).top, role=Role.LEADER, name="Fremmed Demoborg")
        tenancy.enter_tenant(tenant_id=house.tenant_id, actor_id=actors.SYSTEM_ID)

        signed_in = staff(Role.ADMINISTRATOR, house.top)

        for path in (PAGE, SHEET, FILE):
            assert "Fremmed Demoborg" not in text(signed_in.get(path))

    @pytest.mark.parametrize("path", [PAGE, SHEET])
    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_is_there_in_every_language(self, staff, house, path, language):
        page = staff(Role.LEADER, house.top).get(path, {"lang": language})

        assert f'lang="{language}"' in text(page).partition("<head>")[0]

    def test_costs_the_same_for_many_people(self, staff, house, people):
        signed_in = staff(Role.ADMINISTRATOR, house.top)
        with CaptureQueriesContext(connection) as few:
            signed_in.get(PAGE)
        for number in range(20):
            employ(tenant_id=house.tenant_id, unit_id=house.night, role=Role.CARE_WORKER, name=f"Demorad {number}")

        with CaptureQueriesContext(connection) as many:
            signed_in.get(PAGE)

        assert len(many) == len(few) <= MOST_QUERIES


class TestTheSheet:
    def test_has_the_day_the_people_and_a_line_to_sign(self, staff, house, people):
        page = text(staff(Role.LEADER, house.top).get(SHEET, {"lang": "nb"}))

        assert "Gjennomgang av hvem som kan hva" in page
        assert str(clock.today().year) in page
        assert "Liv Demoskog" in page
        assert "Underskrift" in page


class TestTheFile:
    def rows(self, answer):
        return list(csv.reader(io.StringIO(text(answer).removeprefix("\N{BYTE ORDER MARK}")), delimiter=";"))

    def test_has_a_line_for_each_role(self, staff, house, people):
        answer = staff(Role.ADMINISTRATOR, house.top).get(FILE)

        rows = self.rows(answer)
        assert rows[0] == ["Enhet", "Del av", "Navn", "Stilling", "Rolle", "Fra", "Til"]
        assert ["Nattpatruljen", "Helse og mestring › Hjemmetjenesten vest", "Tuva Demonatt"] in [
            row[:3] for row in rows
        ]
        assert answer["Content-Disposition"] == f'attachment; filename="hvem-kan-hva-{clock.today()}.csv"'

    @pytest.mark.parametrize("name", ["=1+1", "+47", "-2", "@sum", "\t=1", "  =cmd"])
    def test_runs_nothing_in_a_spreadsheet(self, staff, house, name):
        employ(tenant_id=house.tenant_id, unit_id=house.night, role=Role.CARE_WORKER, name=name)

        rows = self.rows(staff(Role.ADMINISTRATOR, house.top).get(FILE))

        assert f"'{name}" in [row[2] for row in rows]


class TestRefused:
    """Refusals are written in a transaction of their own, so these really commit."""

    @pytest.mark.parametrize("role", [role for role in Role if role not in (Role.LEADER, Role.ADMINISTRATOR)])
    def test_is_whoever_neither_leads_nor_administers(self, committed, client, role):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            sign_in(client, employ(tenant_id=HERE, unit_id=build_house(HERE).top, role=role))

        for path in (PAGE, SHEET, FILE, "/arbeid/styring/historikk/"):
            assert client.get(path).status_code == 403
