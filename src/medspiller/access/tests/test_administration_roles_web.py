"""The pages that give posts and roles, let them go on, and end them."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import RoleGrant, User
from medspiller.access.tests.administration_world import account_page, holding_of, in_days, newcomer, text
from medspiller.organisations import services as organisations
from tests.support.staff import employ

NOBODY = UUID("01940000-0000-7000-8000-00000000dead")


@pytest.fixture
def administrator(staff, house):
    """The administrator of the whole house, signed in."""
    return staff(Role.ADMINISTRATOR, house.top)


@pytest.fixture
def nurse(house):
    return employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.CARE_WORKER, name="Odd Demosvingen")


class TestGivingAPost:
    @pytest.fixture
    def post(self, house):
        return organisations.open_post(
            actor=actors.system(house.tenant_id), unit_id=house.home_care, title="Vernepleier", opened_on=in_days(-9)
        )

    def test_goes_by_unit_then_post(self, administrator, house, post):
        account = newcomer(house)
        address = f"{account_page(account)}stilling/"
        assert "Hjemmetjenesten vest" in text(administrator.get(address))

        address = f"{address}?enhet={house.home_care}"
        assert "Vernepleier" in text(administrator.get(address))
        answer = administrator.post(
            address, {"post_id": str(post.id), "first_day": in_days(0), "last_day": "31.12.2027"}
        )

        assert answer.status_code == 302
        assert holding_of(account).valid_to == date(2028, 1, 1)

    def test_says_what_is_wrong_and_keeps_what_was_typed(self, administrator, house, post):
        address = f"{account_page(newcomer(house))}stilling/?enhet={house.home_care}"

        page = administrator.post(address, {"post_id": str(post.id), "first_day": in_days(-3), "last_day": in_days(30)})

        assert page.status_code == 422
        assert "Velg i dag eller en senere dag." in text(page)
        assert f'value="{in_days(30)}"' in text(page)

    @pytest.mark.parametrize(
        "typed",
        [
            {"first_day": "", "last_day": ""},
            {"first_day": "2027-01-05", "last_day": "2027-01-04"},
            {"first_day": "2027-01-05", "last_day": "2099-01-04"},
            {"first_day": "i morgen", "last_day": "2027-01-04"},
        ],
    )
    def test_needs_both_days_in_order(self, administrator, house, post, typed):
        address = f"{account_page(newcomer(house))}stilling/?enhet={house.home_care}"

        page = administrator.post(address, {"post_id": str(post.id), **typed})

        assert page.status_code == 422
        assert 'id="error-summary"' in text(page)

    def test_in_a_unit_of_nobody_is_not_offered(self, administrator, house):
        page = administrator.get(f"{account_page(newcomer(house))}stilling/", {"enhet": NOBODY})

        assert page.status_code == 200
        assert "Gi stillingen" not in text(page)


class TestGivingARole:
    def test_suggests_the_posts_end_and_gives_it(self, administrator, house, nurse):
        held = holding_of(nurse)
        address = f"{account_page(nurse)}stilling/{held.id}/rolle/"
        last_day = held.valid_to - timedelta(days=1)
        assert f'value="{last_day}"' in text(administrator.get(address))

        answer = administrator.post(
            address, {"role": "leader", "unit_id": str(house.night), "first_day": in_days(0), "last_day": last_day}
        )

        assert answer.status_code == 302
        assert held.grants.get(role="leader").valid_to == held.valid_to

    def test_beyond_the_post_is_refused(self, administrator, house, nurse):
        held = holding_of(nurse)
        typed = {"role": "leader", "unit_id": str(house.night), "first_day": in_days(0), "last_day": held.valid_to}

        page = administrator.post(f"{account_page(nurse)}stilling/{held.id}/rolle/", typed)

        assert page.status_code == 422
        assert "Rollen må ligge innenfor tiden i stillingen." in text(page)

    def test_for_a_unit_of_nobody_is_refused(self, administrator, nurse):
        held = holding_of(nurse)
        typed = {"role": "leader", "unit_id": str(NOBODY), "first_day": in_days(0), "last_day": in_days(9)}

        assert administrator.post(f"{account_page(nurse)}stilling/{held.id}/rolle/", typed).status_code == 422

    def test_to_oneself_is_not_offered(self, administrator):
        page = text(administrator.get(account_page(User.objects.get(holdings__grants__role="administrator"))))

        assert "Ingen endrer sine egne stillinger og roller." in page
        assert "/rolle/" not in page
        assert "/stilling/" not in page


class TestEnding:
    def test_a_post_is_asked_first_and_cannot_be_undone(self, administrator, nurse):
        address = f"{account_page(nurse)}stilling/{holding_of(nurse).id}/avslutt/"

        page = text(administrator.get(address))

        assert "Det kan ikke angres" in page
        assert "Omsorgsarbeider" in page
        assert holding_of(nurse).ended_at is None

    def test_a_post_ends_it_and_all_its_roles(self, administrator, nurse):
        answer = administrator.post(f"{account_page(nurse)}stilling/{holding_of(nurse).id}/avslutt/", follow=True)

        assert holding_of(nurse).ended_at is not None
        assert "Stillinger som er over" in text(answer)
        assert administrator.post(f"{account_page(nurse)}stilling/{holding_of(nurse).id}/avslutt/").status_code == 404

    def test_a_role_ends_it_alone(self, administrator, nurse):
        grant = holding_of(nurse).grants.get()

        administrator.post(f"{account_page(nurse)}rolle/{grant.id}/avslutt/")

        grant.refresh_from_db()
        assert grant.ended_at is not None
        assert holding_of(nurse).ended_at is None


class TestGoingOn:
    def test_a_post_and_the_roles_that_keep_their_mark(self, administrator, nurse):
        held = holding_of(nurse)
        address = f"{account_page(nurse)}stilling/{held.id}/forleng/"
        assert "checked" in text(administrator.get(address))

        answer = administrator.post(
            address, {"last_day": held.valid_to + timedelta(days=99), "grant_ids": [str(held.grants.get().id)]}
        )

        assert answer.status_code == 302
        assert nurse.holdings.count() == 2
        assert RoleGrant.objects.filter(holding__user=nurse).count() == 2

    def test_a_role_that_lasts_as_long_as_the_post_leads_to_extending_that(self, administrator, nurse):
        held = holding_of(nurse)

        page = text(administrator.get(f"{account_page(nurse)}rolle/{held.grants.get().id}/forleng/"))

        assert f"{account_page(nurse)}stilling/{held.id}/forleng/" in page

    def test_a_role_to_an_earlier_day_is_refused(self, administrator, nurse):
        grant = holding_of(nurse).grants.get()

        page = administrator.post(f"{account_page(nurse)}rolle/{grant.id}/forleng/", {"last_day": in_days(1)})

        assert page.status_code == 422
