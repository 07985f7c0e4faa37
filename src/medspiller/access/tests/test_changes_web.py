"""The history of posts, roles, sign-in and units: complete, filtered, and only of one's own units."""

import csv
import io
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import PostHolding, Provider, User
from medspiller.access.selectors.changes import ChangeKind, _own_kinds
from medspiller.access.tests.provider_world import administrator as provider_administrator
from medspiller.access.web.changes import FIELDS, HAPPENED, KINDS
from medspiller.core import clock, tenancy
from medspiller.organisations import selectors as places
from medspiller.organisations import services as organisations
from medspiller.organisations.domain.details import OrganisationDetails
from medspiller.organisations.domain.kinds import OrganisationKind
from tests.support.database import ELSEWHERE
from tests.support.staff import build_house, employ

PAGE = "/arbeid/styring/historikk/"
NOBODY = UUID("01940000-0000-7000-8000-00000000dead")
MOST_QUERIES = 14


def text(page):
    return " ".join(page.content.decode().split())


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def administrator(staff, house):
    return staff(Role.ADMINISTRATOR, house.top)


@pytest.fixture
def nurse(house):
    return employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.CARE_WORKER, name="Odd Demosvingen")


def change_everything(house):
    """Write one change of every kind."""
    system = actors.system(house.tenant_id)
    organisations.register_organisation(
        actor=system, details=OrganisationDetails(name="Mestringsverket", kind=OrganisationKind.VOLUNTARY)
    )
    Provider.objects.create(
        kind="staff", name="Jobbruker", issuer="https://login.kommune.example", client_id="medspiller", amr_values="mfa"
    )
    return system


class TestWhatItTells:
    def test_who_did_what_and_when(self, administrator, house, nurse):
        held = PostHolding.objects.get(user=nurse)
        administrator.post(f"/arbeid/styring/ansatte/{nurse.id}/stilling/{held.id}/avslutt/")

        page = text(administrator.get(PAGE))

        assert "Tid i stilling avsluttet: Odd Demosvingen" in page
        assert "Solveig Demomyr" in page
        assert "<dt>Avsluttet</dt><dd><del>ingenting</del> → <ins>" in page

    def test_what_a_change_of_a_unit_was(self, administrator, house):
        now = places.unit(actor=actors.system(house.tenant_id), unit_id=house.night)
        administrator.post(
            f"/arbeid/styring/enheter/{house.night}/endre/",
            {"name": "Natteravnene", "kind": "day_centre", "version": now.version},
        )

        page = text(administrator.get(PAGE, {"vis": "unit"}))

        assert "<del>Nattpatruljen</del> → <ins>Natteravnene</ins>" in page
        assert "<ins>Dagsenter</ins>" in page

    def test_a_phone_number_as_people_read_it(self, administrator, house):
        unit = places.unit(actor=actors.system(house.tenant_id), unit_id=house.night)
        unit.phone = "00112233"
        unit.save()

        assert "<ins>00 11 22 33</ins>" in text(administrator.get(PAGE, {"vis": "unit"}))

    def test_every_kind(self, administrator, house, nurse):
        change_everything(house)

        page = text(administrator.get(PAGE))

        for told in (
            "Stilling gitt: Odd Demosvingen",
            "Rolle gitt: Odd Demosvingen",
            "Leverandør lagt til: Jobbruker",
            "Enhet opprettet: Nattpatruljen",
            "Stilling opprettet: Sykepleier",
            "Organisasjon registrert: Mestringsverket",
        ):
            assert told in page

    def test_what_the_system_did_as_the_systems(self, administrator):
        assert "Systemet" in text(administrator.get(PAGE, {"vis": "unit"}))

    def test_the_last_day_as_people_say_it(self, administrator, nurse):
        last_day = PostHolding.objects.get(user=nurse).valid_to - timedelta(days=1)

        assert f"<dt>Siste dag</dt><dd>{last_day:%d.%m.%Y}</dd>" in text(administrator.get(PAGE, {"vis": "holding"}))

    def test_shows_what_people_typed_as_text(self, administrator, house):
        organisations.open_post(
            actor=actors.system(house.tenant_id), unit_id=house.top, title="<b>Fet</b>", opened_on=clock.today()
        )

        assert "<b>Fet" not in text(administrator.get(PAGE))


class TestNarrowed:
    def test_to_a_kind(self, administrator, house, nurse):
        change_everything(house)

        page = text(administrator.get(PAGE, {"vis": "provider"}))

        assert "Jobbruker" in page
        assert "Odd Demosvingen" not in page

    def test_to_what_was_given_to_somebody(self, administrator, house, nurse):
        employ(tenant_id=house.tenant_id, unit_id=house.carers, role=Role.LEADER, name="Liv Demoskog")

        page = text(administrator.get(PAGE, {"person": str(nurse.id)}))

        assert "Bare det Odd Demosvingen gjorde eller fikk" in page
        assert "Liv Demoskog" not in page

    def test_to_what_somebody_did(self, administrator, house, nurse):
        administrator.post(
            f"/arbeid/styring/enheter/{house.night}/stilling/", {"title": "Vikar", "opened_on": clock.today()}
        )
        doer = User.objects.get(name="Solveig Demomyr")

        page = text(administrator.get(PAGE, {"person": str(doer.id)}))

        assert "Stilling opprettet: Vikar" in page
        assert "Odd Demosvingen" not in page

    @pytest.mark.parametrize("typed", [{"vis": "alt"}, {"person": "meg"}, {"side": "-1"}, {"vis": "\x00"}])
    def test_by_nonsense_is_not_narrowed(self, administrator, nurse, typed):
        page = administrator.get(PAGE, typed)

        assert page.status_code == 200
        assert "Odd Demosvingen" in text(page)

    def test_to_days_and_given_as_a_file(self, administrator, house, nurse):
        today = clock.today()
        asked = {"fra": today.isoformat(), "til": today.isoformat()}
        page = text(administrator.get(PAGE, asked))
        before = {"til": (today - timedelta(days=1)).isoformat()}

        assert "Odd Demosvingen" in page
        assert f"{PAGE}liste.csv?fra={today}&amp;til={today}" in page
        assert "Ingenting er endret" in text(administrator.get(PAGE, before))
        heading, *lines = rows_of(administrator.get(f"{PAGE}liste.csv", asked))
        assert heading == ["Når", "Hva", "Endret", "Av"]
        assert any("Odd Demosvingen" in line[1] for line in lines)
        assert rows_of(administrator.get(f"{PAGE}liste.csv", before)) == [heading]

    def test_to_days_that_cannot_be_is_refused_in_words(self, administrator):
        backwards = {"fra": "2026-11-02", "til": "2026-11-01"}
        answer = administrator.get(PAGE, backwards)

        assert answer.status_code == 422
        assert "Den siste dagen kan ikke være før den første." in text(answer)

    def test_to_nobody_known_says_so(self, administrator):
        page = text(administrator.get(PAGE, {"person": str(NOBODY)}))

        assert "Ingenting er endret" in page


class TestWhoSeesWhat:
    def test_a_leader_sees_own_units_only(self, staff, house, nurse):
        employ(tenant_id=house.tenant_id, unit_id=house.carers, role=Role.LEADER, name="Liv Demoskog")
        change_everything(house)

        page = text(staff(Role.LEADER, house.home_care).get(PAGE))

        assert "Odd Demosvingen" in page
        assert "Liv Demoskog" not in page
        assert "Enhet opprettet: Pårørendesenteret" not in page
        assert "Leverandør lagt til" not in page

    def test_nobody_sees_another_tenants(self, administrator, house):
        tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
        employ(tenant_id=ELSEWHERE, unit_id=build_house(ELSEWHERE).top, role=Role.LEADER, name="Fremmed Demoborg")
        tenancy.enter_tenant(tenant_id=house.tenant_id, actor_id=actors.SYSTEM_ID)

        assert "Fremmed Demoborg" not in text(administrator.get(PAGE))

    def test_it_costs_the_same_for_many_changes(self, administrator, house, nurse):
        change_everything(house)
        with CaptureQueriesContext(connection) as few:
            administrator.get(PAGE)
        for number in range(60):
            organisations.open_post(
                actor=actors.system(house.tenant_id),
                unit_id=house.top,
                title=f"Vikar {number}",
                opened_on=clock.today(),
            )

        with CaptureQueriesContext(connection) as many:
            page = text(administrator.get(PAGE))

        assert len(many) == len(few) <= MOST_QUERIES
        assert "?side=2" in page


class TestTheWords:
    def test_every_kind_has_a_name_and_a_word_for_each_thing_that_happens(self):
        assert set(KINDS) == set(ChangeKind)
        for kind in ChangeKind:
            assert {"insert", "update", "delete"} <= {label for name, label in HAPPENED if name == kind}

    def test_every_field_has_a_name(self, administrator, house):
        told = [*_own_kinds(provider_administrator()), *places.versions(actor=actors.system(house.tenant_id))]

        assert "provider" in {kind.name for kind in told}

        assert {field for kind in told for field in kind.fields} <= set(FIELDS)
