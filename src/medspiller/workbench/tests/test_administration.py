"""The pages of administration that belong to no single app: the index, units and posts."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core import clock, ids, tenancy
from medspiller.core.actors import ActorKind
from medspiller.organisations import selectors
from medspiller.organisations import services as organisations
from tests.support.database import ELSEWHERE, HERE
from tests.support.staff import build_house, employ, sign_in

INDEX = "/arbeid/styring/"
UNITS = f"{INDEX}enheter/"
NOBODY = UUID("01940000-0000-7000-8000-00000000dead")
MOST_QUERIES = 12


def text(page):
    return " ".join(page.content.decode().split())


def unit_page(unit_id):
    return f"{UNITS}{unit_id}/"


def unit_of(house, unit_id):
    return selectors.unit(actor=actors.system(house.tenant_id), unit_id=unit_id)


def open_post(house, unit_id, title="Vikar"):
    return organisations.open_post(
        actor=actors.system(house.tenant_id), unit_id=unit_id, title=title, opened_on=clock.today() - timedelta(days=9)
    )


@pytest.fixture
def administrator(staff, house):
    return staff(Role.ADMINISTRATOR, house.top)


def pages_of(unit_id, post_id):
    page = unit_page(unit_id)
    actions = [f"{page}{action}/" for action in ("ny", "endre", "flytt", "lukk", "stilling")]
    return [page, *actions, f"{page}stilling/{post_id}/lukk/"]


class TestTheIndex:
    def test_leads_an_administrator_everywhere(self, administrator):
        page = text(administrator.get(INDEX))

        assert 'href="/arbeid/ui/"' in page
        for path in ("ansatte", "enheter", "hvem-kan-hva", "historikk", "innlogging"):
            assert f'href="{INDEX}{path}/"' in page

    def test_leads_a_leader_to_what_leaders_may(self, staff, house):
        page = text(staff(Role.LEADER, house.top).get(INDEX))

        for path in ("enheter", "hvem-kan-hva", "historikk"):
            assert f'href="{INDEX}{path}/"' in page
        for path in ("ansatte", "innlogging"):
            assert f'href="{INDEX}{path}/"' not in page

    def test_stands_in_the_menu_of_those_who_may(self, staff, house):
        assert f'href="{INDEX}"' in text(staff(Role.LEADER, house.top).get("/arbeid/"))

    def test_does_not_stand_in_the_menu_of_others(self, staff, house):
        assert f'href="{INDEX}"' not in text(staff(Role.CARE_WORKER, house.top).get("/arbeid/"))

    def test_says_who_waits_and_that_one_is_alone(self, administrator, house):
        access.register_account(
            actor=actors.system(house.tenant_id),
            issuer="https://login.kommune.example",
            subject=str(ids.new_id()),
            kind=ActorKind.STAFF,
            name="Aslaug Demonybø",
        )

        page = text(administrator.get(INDEX))

        assert "1 person venter på en rolle" in page
        assert "Du er den eneste tilgangsstyreren" in page

    def test_is_quiet_about_it_when_there_are_two(self, administrator, house):
        employ(tenant_id=house.tenant_id, unit_id=house.top, role=Role.ADMINISTRATOR, name="Nils Demomoen")

        assert "Du er den eneste tilgangsstyreren" not in text(administrator.get(INDEX))

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_is_there_in_every_language(self, administrator, language):
        page = administrator.get(INDEX, {"lang": language})

        assert f'lang="{language}"' in text(page).partition("<head>")[0]


class TestWhoSees:
    def test_an_administrator_sees_every_page(self, administrator, house):
        for path in [UNITS, *pages_of(house.night, open_post(house, house.night).id)]:
            assert administrator.get(path).status_code == 200

    def test_a_leader_is_shown_own_units(self, staff, house):
        page = text(staff(Role.LEADER, house.home_care).get(UNITS))

        assert unit_page(house.home_care) in page
        assert unit_page(house.night) in page
        assert unit_page(house.carers) not in page

    def test_what_belongs_to_another_tenant_is_not_there(self, administrator, house):
        tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
        there = build_house(ELSEWHERE)
        foreign = organisations.open_post(
            actor=actors.system(ELSEWHERE), unit_id=there.top, title="Vikar", opened_on=clock.today()
        )
        tenancy.enter_tenant(tenant_id=house.tenant_id, actor_id=actors.SYSTEM_ID)

        for path in pages_of(there.top, foreign.id):
            assert administrator.get(path).status_code == 404
        assert administrator.get(f"{unit_page(house.top)}stilling/{foreign.id}/lukk/").status_code == 404

    def test_a_post_of_another_unit_is_not_there(self, administrator, house):
        post = open_post(house, house.carers)

        assert administrator.get(f"{unit_page(house.top)}stilling/{post.id}/lukk/").status_code == 404

    def test_it_costs_the_same_for_many_posts(self, administrator, house):
        with CaptureQueriesContext(connection) as few:
            administrator.get(unit_page(house.top))
        for number in range(20):
            open_post(house, house.top, f"Vikar {number}")

        with CaptureQueriesContext(connection) as many:
            administrator.get(unit_page(house.top))

        assert len(many) == len(few) <= MOST_QUERIES


class TestOpening:
    def test_a_unit_puts_it_below_the_other(self, administrator, house):
        typed = {"name": "Dagpatruljen", "kind": "home_care", "opened_on": clock.today()}

        answer = administrator.post(f"{unit_page(house.home_care)}ny/", typed, follow=True)

        assert answer.status_code == 200
        assert "Administrer Dagpatruljen" in text(answer)
        assert 'href="' + unit_page(house.home_care) in text(answer)

    def test_with_the_name_of_another_is_refused_and_keeps_what_was_typed(self, administrator, house):
        typed = {"name": "Nattpatruljen", "kind": "day_centre", "opened_on": clock.today()}

        page = administrator.post(f"{unit_page(house.home_care)}ny/", typed)

        assert page.status_code == 422
        assert 'value="Nattpatruljen"' in text(page)
        assert 'id="error-summary"' in text(page)
        assert re.search(r'value="day_centre"\s+selected', text(page))

    def test_before_the_unit_above_is_refused_with_its_day(self, administrator, house):
        typed = {"name": "Dagpatruljen", "kind": "home_care", "opened_on": clock.today() - timedelta(days=4000)}

        page = administrator.post(f"{unit_page(house.home_care)}ny/", typed)

        assert page.status_code == 422
        assert "Velg den dagen eller en senere." in text(page)

    def test_a_post_shows_it_without_a_holder(self, administrator, house):
        answer = administrator.post(
            f"{unit_page(house.night)}stilling/", {"title": "Nattevakt", "opened_on": clock.today()}, follow=True
        )

        assert "Nattevakt" in text(answer)
        assert "Ingen har den ennå." in text(answer)

    def test_a_post_without_a_title_is_refused(self, administrator, house):
        page = administrator.post(f"{unit_page(house.night)}stilling/", {"title": " ", "opened_on": clock.today()})

        assert page.status_code == 422

    def test_a_post_that_opens_later_is_shown_already(self, administrator, house):
        later = clock.today() + timedelta(days=30)

        answer = administrator.post(
            f"{unit_page(house.night)}stilling/", {"title": "Nattevakt", "opened_on": later}, follow=True
        )

        assert f'<time datetime="{later}">' in text(answer)


class TestChanging:
    def version_in(self, page):
        return re.search(r'name="version" value="(\d*)"', text(page))[1]

    def test_name_and_kind_are_stored_and_the_rest_stays(self, administrator, house):
        address = f"{unit_page(house.carers)}endre/"
        version = self.version_in(administrator.get(address))

        administrator.post(address, {"name": "Pårørendehuset", "kind": "other", "version": version})

        now = unit_of(house, house.carers)
        assert (now.name, now.kind) == ("Pårørendehuset", "other")
        assert now.notice == "Ny kveldsgruppe starter i januar."

    def test_somebody_who_was_quicker_is_shown_and_nothing_lost(self, administrator, house):
        address = f"{unit_page(house.carers)}endre/"
        version = self.version_in(administrator.get(address))
        unit = unit_of(house, house.carers)
        unit.name, unit.version = "Senteret", unit.version + 1
        unit.save()

        page = administrator.post(address, {"name": "Pårørendehuset", "kind": "carers_centre", "version": version})

        assert page.status_code == 409
        assert "Senteret" in text(page)
        assert 'value="Pårørendehuset"' in text(page)
        administrator.post(
            address, {"name": "Pårørendehuset", "kind": "carers_centre", "version": self.version_in(page)}
        )
        assert unit_of(house, house.carers).name == "Pårørendehuset"

    @pytest.mark.parametrize("typed", [{"name": ""}, {"kind": "palace"}, {"name": "x" * 500}])
    def test_what_cannot_be_is_refused(self, administrator, house, typed):
        whole = {"name": "Pårørendehuset", "kind": "other", "version": "1", **typed}

        assert administrator.post(f"{unit_page(house.carers)}endre/", whole).status_code == 422

    def test_moving_takes_what_is_below_along(self, administrator, house):
        administrator.post(f"{unit_page(house.home_care)}flytt/", {"parent_id": str(house.carers)})

        assert unit_of(house, house.home_care).parent_id == house.carers
        assert unit_of(house, house.night).parent_id == house.home_care

    def test_into_itself_is_neither_offered_nor_done(self, administrator, house):
        address = f"{unit_page(house.home_care)}flytt/"

        assert f'value="{house.night}"' not in text(administrator.get(address))
        assert administrator.post(address, {"parent_id": str(house.night)}).status_code == 422


class TestClosing:
    def test_a_unit_in_use_says_what_must_go_first(self, administrator, house):
        open_post(house, house.home_care, "Nattevakt")

        page = administrator.post(f"{unit_page(house.home_care)}lukk/", {"closed_from": clock.today()})

        assert page.status_code == 422
        assert "Enheten Nattpatruljen er en del av den." in text(page)
        assert "Stillingen Nattevakt er åpen." in text(page)

    def test_an_empty_unit_closes_and_offers_nothing_more(self, administrator, house):
        administrator.post(f"{unit_page(house.night)}lukk/", {"closed_from": clock.today()})

        assert unit_of(house, house.night).closed_from == clock.today()
        page = text(administrator.get(unit_page(house.night)))
        assert "Lagt ned fra" in page
        assert f"{unit_page(house.night)}ny/" not in page
        again = administrator.post(f"{unit_page(house.night)}lukk/", {"closed_from": clock.today()})
        assert again.status_code == 422
        assert "Den er allerede lagt ned fra" in text(again)

    def test_before_it_opened_is_refused(self, administrator, house):
        long_ago = clock.today() - timedelta(days=4000)

        assert administrator.post(f"{unit_page(house.night)}lukk/", {"closed_from": long_ago}).status_code == 422

    def test_a_post_that_somebody_holds_names_them(self, administrator, house):
        employ(tenant_id=house.tenant_id, unit_id=house.night, role=Role.CARE_WORKER, name="Odd Demosvingen")
        post = selectors.posts(actor=actors.system(house.tenant_id), unit_id=house.night, on=clock.today()).get()
        address = f"{unit_page(house.night)}stilling/{post.id}/lukk/"
        assert "Odd Demosvingen" in text(administrator.get(unit_page(house.night)))

        page = administrator.post(address, {"closed_from": clock.today()})

        assert page.status_code == 422
        assert "Odd Demosvingen har den da." in text(page)
        post.refresh_from_db()
        assert post.closed_from is None

    def test_a_post_that_nobody_holds_closes(self, administrator, house):
        post = open_post(house, house.night)

        administrator.post(f"{unit_page(house.night)}stilling/{post.id}/lukk/", {"closed_from": clock.today()})

        post.refresh_from_db()
        assert post.closed_from == clock.today()


class TestRefused:
    """Refusals are written in a transaction of their own, so these really commit."""

    @pytest.fixture
    def built(self, committed):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            return build_house(HERE)

    def signed_in(self, client, role, unit_id):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            sign_in(client, employ(tenant_id=HERE, unit_id=unit_id, role=role))
        return client

    @pytest.mark.parametrize("role", [role for role in Role if role not in (Role.LEADER, Role.ADMINISTRATOR)])
    def test_is_whoever_neither_leads_nor_administers(self, client, built, role):
        signed_in = self.signed_in(client, role, built.top)

        for path in [INDEX, UNITS, *pages_of(built.night, NOBODY)]:
            assert signed_in.get(path).status_code == 403

    @pytest.mark.parametrize("action", ["", "ny/", "endre/", "flytt/", "lukk/", "stilling/"])
    def test_is_the_leader_of_another_unit(self, client, built, action):
        signed_in = self.signed_in(client, Role.LEADER, built.carers)

        assert signed_in.get(f"{unit_page(built.night)}{action}").status_code == 403

    def test_is_moving_a_unit_into_one_that_is_not_ones_own(self, client, built):
        signed_in = self.signed_in(client, Role.LEADER, built.home_care)

        page = signed_in.post(f"{unit_page(built.night)}flytt/", {"parent_id": str(built.carers)})

        assert page.status_code == 422
