"""Ending and extending posts and roles, and closing posts."""

from datetime import timedelta

import pytest

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.administration import LastAdministrator, PostStillHeld
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.access.tests.administration_world import Job, acting, days, roles_of
from medspiller.core import clock
from medspiller.core.errors import InvalidInput, NotFound
from tests.support.staff import employ


@pytest.fixture
def administrator(house):
    return acting(employ(tenant_id=house.tenant_id, unit_id=house.top, role=Role.ADMINISTRATOR))


@pytest.fixture
def nurse(house):
    account = employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.CARE_WORKER, name="Odd Demosvingen")
    return Job.of(account)


class TestEnding:
    def test_leaving_a_post_ends_every_role_the_same_second(self, administrator, house, nurse):
        services.grant_role(
            actor=administrator, holding_id=nurse.holding.id, role=Role.LEADER, unit_id=house.night, period=days()
        )
        assert roles_of(nurse.account) == {Role.CARE_WORKER, Role.LEADER}

        services.end_holding(actor=administrator, holding_id=nurse.holding.id, at=clock.now())

        assert roles_of(nurse.account) == set()

    def test_one_role_can_end_alone(self, administrator, house, nurse):
        leading = services.grant_role(
            actor=administrator, holding_id=nurse.holding.id, role=Role.LEADER, unit_id=house.night, period=days()
        )

        services.end_role(actor=administrator, grant_id=leading.id, at=clock.now())

        assert roles_of(nurse.account) == {Role.CARE_WORKER}

    def test_what_has_ended_is_not_ended_again(self, administrator, nurse):
        services.end_holding(actor=administrator, holding_id=nurse.holding.id, at=clock.now())

        with pytest.raises(NotFound):
            services.end_holding(actor=administrator, holding_id=nurse.holding.id, at=clock.now())
        with pytest.raises(NotFound):
            services.end_role(actor=administrator, grant_id=nurse.grant.id, at=clock.now())

    def test_the_last_administrator_stays(self, administrator, house):
        only = Job.of(User.objects.get(id=administrator.id))
        system = actors.system(house.tenant_id)

        with pytest.raises(LastAdministrator):
            services.end_holding(actor=system, holding_id=only.holding.id, at=clock.now())
        with pytest.raises(LastAdministrator):
            services.end_role(actor=system, grant_id=only.grant.id, at=clock.now())

    def test_one_of_two_can_go(self, administrator, house):
        other = Job.of(employ(tenant_id=house.tenant_id, unit_id=house.top, role=Role.ADMINISTRATOR))

        services.end_holding(actor=administrator, holding_id=other.holding.id, at=clock.now())

        assert roles_of(other.account) == set()

    def test_an_administrator_of_a_part_does_not_replace_one_of_the_whole(self, administrator, house):
        employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.ADMINISTRATOR)
        whole = Job.of(User.objects.get(id=administrator.id))

        with pytest.raises(LastAdministrator):
            services.end_role(actor=actors.system(house.tenant_id), grant_id=whole.grant.id, at=clock.now())


class TestGoingOn:
    def test_a_post_goes_on_with_the_roles_that_are_named(self, administrator, house, nurse):
        until = nurse.holding.valid_to + timedelta(days=100)

        new = services.extend_holding(
            actor=administrator, holding_id=nurse.holding.id, until=until, grant_ids=[nurse.grant.id]
        )

        assert (new.valid_from, new.valid_to) == (nurse.holding.valid_to, until)
        assert [(grant.role, grant.valid_to) for grant in new.grants.all()] == [("care_worker", until)]
        with clock.frozen(clock.now() + (nurse.holding.valid_to - clock.today()) + timedelta(days=10)):
            assert roles_of(nurse.account) == {Role.CARE_WORKER}

    def test_a_role_that_is_not_named_ends_with_the_old_time(self, administrator, nurse):
        new = services.extend_holding(
            actor=administrator,
            holding_id=nurse.holding.id,
            until=nurse.holding.valid_to + timedelta(days=100),
            grant_ids=[],
        )

        assert not new.grants.exists()

    def test_a_role_of_somebody_else_cannot_be_named(self, administrator, house, nurse):
        other = Job.of(employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.LEADER))

        with pytest.raises(NotFound):
            services.extend_holding(
                actor=administrator,
                holding_id=nurse.holding.id,
                until=nurse.holding.valid_to + timedelta(days=100),
                grant_ids=[other.grant.id],
            )

    def test_a_role_goes_on_within_the_post(self, administrator, house, nurse):
        short = services.grant_role(
            actor=administrator, holding_id=nurse.holding.id, role=Role.LEADER, unit_id=house.night, period=days(0, 10)
        )

        longer = services.extend_role(actor=administrator, grant_id=short.id, until=days(0, 20).end)

        assert (longer.valid_from, longer.valid_to) == (short.valid_to, days(0, 20).end)

    @pytest.mark.parametrize("later", [-5, 0, 10_000])
    def test_to_an_earlier_day_or_beyond_the_post_is_refused(self, administrator, nurse, later):
        until = nurse.grant.valid_to + timedelta(days=later)

        with pytest.raises(InvalidInput) as refusal:
            services.extend_role(actor=administrator, grant_id=nurse.grant.id, until=until)

        assert list(refusal.value.problems) == ["valid_to"]


class TestClosingAPost:
    def test_that_somebody_holds_is_refused_with_the_name(self, administrator, nurse):
        with pytest.raises(PostStillHeld) as refusal:
            services.close_post(actor=administrator, post_id=nurse.holding.post_id, closed_from=clock.today())

        assert refusal.value.holders == ("Odd Demosvingen",)
        nurse.holding.post.refresh_from_db()
        assert nurse.holding.post.closed_from is None

    def test_that_nobody_holds_any_more_closes(self, administrator, nurse):
        services.end_holding(actor=administrator, holding_id=nurse.holding.id, at=clock.now())

        services.close_post(actor=administrator, post_id=nurse.holding.post_id, closed_from=clock.today())

        nurse.holding.post.refresh_from_db()
        assert nurse.holding.post.closed_from == clock.today()

    def test_from_the_day_after_the_last_one_closes(self, administrator, nurse):
        services.close_post(actor=administrator, post_id=nurse.holding.post_id, closed_from=nurse.holding.valid_to)

        nurse.holding.post.refresh_from_db()
        assert nurse.holding.post.closed_from == nurse.holding.valid_to
