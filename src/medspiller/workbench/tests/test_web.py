"""A unit's home, other units and the list of them: what is shown, to whom, and in which language."""

import csv
import io
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.organisations import services as organisations
from medspiller.organisations.domain.details import OrganisationDetails, UnitDetails
from medspiller.organisations.domain.kinds import OrganisationKind, UnitKind
from medspiller.people import services as people
from medspiller.people.domain.persons import PersonDetails
from medspiller.worklist import services as worklist
from tests.support.database import ELSEWHERE
from tests.support.staff import build_house

NO_UNIT = UUID("01940000-0000-7000-8000-00000000dead")


def text(page):
    return page.content.decode()


def open_unit(house, name, *, parent_id=None, **details):
    return organisations.open_unit(
        actor=actors.system(house.tenant_id),
        parent_id=parent_id or house.top,
        details=UnitDetails(name=name, kind=UnitKind.OTHER, **details),
        opened_on=clock.today() - timedelta(days=300),
    )


def put_something(house, unit_id):
    """Something that is overdue, about somebody the unit follows up; returns whom."""
    system = actors.system(house.tenant_id)
    patient = people.register_person(
        actor=system, details=PersonDetails(given_name="Oddny", family_name="Demoli"), unit_id=unit_id
    ).id
    worklist.put(
        actor=system,
        kind="children_question",
        subject_type="people.Person",
        subject_id=patient,
        person_id=patient,
        unit_id=unit_id,
        due_on=clock.today() - timedelta(days=1),
    )
    return patient


@pytest.fixture
def foreign_unit(house):
    """A unit of another tenant, of the same name; the open transaction visits that one for it."""
    tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
    foreign = build_house(ELSEWHERE).carers
    tenancy.enter_tenant(tenant_id=house.tenant_id, actor_id=actors.SYSTEM_ID)
    return foreign


class TestHome:
    def test_is_the_unit_that_one_works_in(self, staff, house):
        page = text(staff(Role.CARER_CONTACT, house.carers).get("/arbeid/"))

        assert "<h1" in page
        assert ">Pårørendesenteret</h1>" in page
        assert "Ny kveldsgruppe starter i januar." in page
        assert "Mandag til fredag 9–15" in page
        assert f'href="/arbeid/enhet/{house.top}/"' in page

    @pytest.mark.parametrize(
        ("language", "says"),
        [("nb", "Ingenting venter på deg"), ("nn", "Ingenting ventar på deg"), ("en", "Nothing is waiting for you")],
    )
    def test_says_when_nothing_waits(self, staff, house, language, says):
        page = staff(Role.CARE_WORKER, house.home_care).get("/arbeid/", {"lang": language})

        assert f'lang="{language}"' in text(page).partition("<head>")[0]
        assert says in text(page)

    def test_shows_first_what_waits_with_how_much_there_is(self, staff, house):
        patient = put_something(house, house.home_care)

        page = text(staff(Role.CARE_WORKER, house.home_care).get("/arbeid/"))

        assert "Spør om barn og søsken under 18 år: Oddny Demoli" in page
        assert "Over fristen: 1. Dine: 0. Ledige: 1." in page
        assert AccessEntry.objects.filter(action="worklist.view_items", person_id=patient).count() == 1

    def test_shows_no_list_to_whoever_has_none(self, staff, house):
        put_something(house, house.home_care)

        page = text(staff(Role.ADMINISTRATOR, house.top).get("/arbeid/"))

        assert "Dette trenger deg" not in page
        assert "Oddny" not in page

    def test_leads_to_the_units_below(self, staff, house):
        page = text(staff(Role.LEADER, house.top).get("/arbeid/"))

        assert f'href="/arbeid/enhet/{house.carers}/"' in page
        assert f'href="/arbeid/enhet/{house.home_care}/"' in page
        assert f'href="/arbeid/enhet/{house.night}/"' not in page

    def test_counts_the_posts_that_are_open(self, staff, house):
        signed_in = staff(Role.CARE_WORKER, house.carers)

        assert "1 stilling er åpen i dag." in text(signed_in.get("/arbeid/"))

    def test_names_those_the_municipality_works_with(self, staff, house):
        organisations.register_organisation(
            actor=actors.system(house.tenant_id),
            details=OrganisationDetails(
                name="Mestringsverket", kind=OrganisationKind.VOLUNTARY, website="https://mestringsverket.example/"
            ),
        )

        page = text(staff(Role.CARE_WORKER, house.carers).get("/arbeid/"))

        assert 'href="https://mestringsverket.example/"' in page

    def test_shows_what_people_typed_as_text(self, staff, house):
        odd = open_unit(house, "<b>Fet</b>", notice="<script>alert(1)</script>")

        page = text(staff(Role.CARE_WORKER, odd.id).get("/arbeid/"))

        assert "<b>Fet" not in page
        assert "<script>alert" not in page

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ORGANISATION_EDITOR])
    def test_every_role_has_one(self, staff, house, role):
        assert staff(role, house.carers).get("/arbeid/").status_code == 200

    def test_an_organisations_editor_is_led_to_what_they_keep(self, staff, house):
        answer = staff(Role.ORGANISATION_EDITOR, house.carers).get("/arbeid/")

        assert (answer.status_code, answer["Location"]) == (302, "/arbeid/tilbud/")

    def test_only_who_may_change_the_unit_is_offered_to(self, staff, house):
        change = f"/arbeid/enhet/{house.carers}/endre/"

        assert change not in text(staff(Role.CARER_CONTACT, house.carers).get("/arbeid/"))
        assert change in text(staff(Role.LEADER, house.carers).get("/arbeid/"))

    def test_costs_no_more_queries_for_more_units(self, staff, house):
        signed_in = staff(Role.LEADER, house.top)
        with CaptureQueriesContext(connection) as few:
            signed_in.get("/arbeid/")
        for number in range(20):
            open_unit(house, f"Avdeling {number}")

        with CaptureQueriesContext(connection) as many:
            signed_in.get("/arbeid/")

        assert len(many) == len(few)


class TestNotSignedIn:
    @pytest.mark.parametrize("path", ["/arbeid/", "/arbeid/enheter/", "/arbeid/enheter/liste.csv"])
    def test_is_sent_to_sign_in_and_remembers_where_to(self, client, here, path):
        page = client.get(path)

        assert page.status_code == 302
        assert page.url == f"/arbeid/logg-inn/?next={path.replace('/', '%2F')}"

    @pytest.mark.parametrize(
        ("language", "says"),
        [("nb", "Logg inn som ansatt"), ("nn", "Logg inn som tilsett"), ("en", "Sign in as staff")],
    )
    def test_is_told_how_to_sign_in(self, client, here, language, says):
        assert says in text(client.get("/arbeid/logg-inn/", {"lang": language}))

    def test_is_offered_the_demo_only_where_there_is_one(self, client, here, settings):
        settings.DEMO = False
        assert 'href="/demo/"' not in text(client.get("/arbeid/logg-inn/"))

        settings.DEMO = True
        assert 'href="/demo/"' in text(client.get("/arbeid/logg-inn/"))


class TestAnotherUnit:
    def test_is_shown_with_the_way_to_it(self, staff, house):
        page = text(staff(Role.CARE_WORKER, house.carers).get(f"/arbeid/enhet/{house.night}/"))

        assert ">Nattpatruljen</h1>" in page
        assert f'href="/arbeid/enhet/{house.top}/"' in page
        assert f'href="/arbeid/enhet/{house.home_care}/"' in page

    def test_of_another_tenant_is_not_there(self, staff, house, foreign_unit):
        assert staff(Role.LEADER, house.top).get(f"/arbeid/enhet/{foreign_unit}/").status_code == 404

    def test_that_is_none_looks_the_same(self, staff, house):
        assert staff(Role.LEADER, house.top).get(f"/arbeid/enhet/{NO_UNIT}/").status_code == 404

    def test_that_is_closed_says_so_and_cannot_be_changed(self, staff, house):
        old = open_unit(house, "Gamlehjemmet")
        old.closed_from = clock.today() + timedelta(days=30)
        old.save()

        page = text(staff(Role.LEADER, house.top).get(f"/arbeid/enhet/{old.id}/"))

        assert "Lagt ned fra" in page
        assert f"/arbeid/enhet/{old.id}/endre/" not in page


class TestListOfUnits:
    def test_shows_all_with_what_they_are_part_of(self, staff, house):
        page = text(staff(Role.CARE_WORKER, house.carers).get("/arbeid/enheter/"))

        assert "Helse og mestring › Hjemmetjenesten vest" in page
        assert "4 enheter" in page

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_is_there_in_every_language(self, staff, house, language):
        signed_in = staff(Role.CARE_WORKER, house.carers)

        assert signed_in.get("/arbeid/enheter/", {"lang": language}).status_code == 200
        assert signed_in.get("/arbeid/enheter/", {"lang": language, "vis": "tre"}).status_code == 200

    def test_finds_by_a_part_of_the_name(self, staff, house):
        page = text(staff(Role.CARE_WORKER, house.carers).get("/arbeid/enheter/", {"q": "hjemmetj"}))

        assert "Hjemmetjenesten vest" in page
        assert "Nattpatruljen" not in page

    def test_says_when_nothing_is_found_and_how_to_go_on(self, staff, house):
        page = text(staff(Role.CARE_WORKER, house.carers).get("/arbeid/enheter/", {"q": "xqzw"}))

        assert "Vi fant ingen enhet" in page
        assert 'value="xqzw"' in page
        assert 'href="/arbeid/enheter/"' in page

    @pytest.mark.parametrize("sought", ["%", "_", "'; --", "\x00", "ø" * 500, "<b>"])
    def test_takes_any_text(self, staff, house, sought):
        assert staff(Role.CARE_WORKER, house.carers).get("/arbeid/enheter/", {"q": sought}).status_code == 200

    def test_never_finds_another_tenants(self, staff, house, foreign_unit):
        page = text(staff(Role.LEADER, house.top).get("/arbeid/enheter/", {"q": "Pårørendesenteret"}))

        assert str(house.carers) in page
        assert str(foreign_unit) not in page

    def test_comes_a_page_at_a_time(self, staff, house):
        for number in range(60):
            open_unit(house, f"Avdeling {number:02}")
        signed_in = staff(Role.LEADER, house.top)

        first, second = text(signed_in.get("/arbeid/enheter/")), text(signed_in.get("/arbeid/enheter/", {"side": "2"}))

        assert "64 enheter" in first
        assert "Avdeling 00" in first
        assert "Avdeling 00" not in second
        assert "Pårørendesenteret" in second

    def test_can_be_sorted_both_ways(self, staff, house):
        signed_in = staff(Role.LEADER, house.top)

        rising, falling = (text(signed_in.get("/arbeid/enheter/", {"sorter": word})) for word in ("name", "-name"))

        assert rising.index("Hjemmetjenesten vest") < rising.index("Nattpatruljen")
        assert falling.index(">Nattpatruljen<") < falling.index(">Hjemmetjenesten vest<")

    def test_is_a_tree_as_well(self, staff, house):
        page = text(staff(Role.LEADER, house.top).get("/arbeid/enheter/", {"vis": "tre"})).partition("w-tree")[2]

        above, below = page.index("Hjemmetjenesten vest"), page.index("Nattpatruljen")
        assert "<ul" in page[above:below]

    def test_gives_only_the_list_to_htmx(self, staff, house):
        page = staff(Role.LEADER, house.top).get("/arbeid/enheter/", {"q": "natt"}, headers={"HX-Request": "true"})

        assert text(page).strip().startswith('<div id="units"')
        assert "Nattpatruljen" in text(page)
        assert "HX-Request" in page.headers["Vary"]


class TestFileOfUnits:
    def rows(self, answer):
        assert answer.content.decode().startswith("\N{BYTE ORDER MARK}")
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    def test_has_every_unit_with_its_place(self, staff, house):
        answer = staff(Role.LEADER, house.top).get("/arbeid/enheter/liste.csv")
        header, *rows = self.rows(answer)

        assert header[:3] == ["Navn", "Type", "Del av"]
        assert [row[0] for row in rows] == [
            "Helse og mestring", "Hjemmetjenesten vest", "Nattpatruljen", "Pårørendesenteret"
        ]  # fmt: skip
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="enheter-')

    def test_has_what_was_searched_for(self, staff, house):
        rows = self.rows(staff(Role.LEADER, house.top).get("/arbeid/enheter/liste.csv", {"q": "natt"}))

        assert [row[0] for row in rows[1:]] == ["Nattpatruljen"]

    @pytest.mark.parametrize("name", ["=1+1", "+47", "-2", "@SUM(A1)"])
    def test_has_no_formula_that_a_spreadsheet_would_run(self, staff, house, name):
        open_unit(house, name)

        rows = self.rows(staff(Role.LEADER, house.top).get("/arbeid/enheter/liste.csv"))

        assert f"'{name}" in [row[0] for row in rows]


def test_whoever_edits_for_an_organisation_comes_to_what_it_offers(staff, house):
    client = staff(Role.ORGANISATION_EDITOR, house.carers)

    assert client.get("/arbeid/").url == "/arbeid/tilbud/"
    assert client.get("/arbeid/tilbud/").status_code == 200
    assert client.get("/arbeid/oppgaver/").status_code == 403
    assert client.get("/arbeid/enheter/").status_code == 403
