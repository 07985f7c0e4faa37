"""Giving posts and roles: who may, what is refused, what is written."""

from datetime import timedelta

import pytest

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.access.tests.administration_world import Job, acting, days, newcomer, open_post, roles_of
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.core.errors import InvalidInput, NotAllowed, NotFound
from medspiller.core.periods import Period
from tests.support.database import ELSEWHERE
from tests.support.staff import build_house, employ


@pytest.fixture
def administrator(house):
    return acting(employ(tenant_id=house.tenant_id, unit_id=house.top, role=Role.ADMINISTRATOR))


@pytest.fixture
def nurse(house):
    account = employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.CARE_WORKER, name="Odd Demosvingen")
    return Job.of(account)


class TestGiving:
    def test_a_post_and_a_role_let_somebody_in(self, administrator, house):
        account, post = newcomer(house), open_post(house, house.home_care)

        holding = services.give_post(actor=administrator, user_id=account.id, post_id=post.id, period=days())
        assert roles_of(account) == set()
        services.grant_role(
            actor=administrator, holding_id=holding.id, role=Role.CARE_WORKER, unit_id=house.home_care, period=days()
        )

        assert roles_of(account) == {Role.CARE_WORKER}
        written = AccessEntry.objects.filter(actor_id=administrator.id).values_list("action", flat=True)
        assert {"access.give_post", "access.grant_role"} <= set(written)

    def test_a_role_is_live_within_its_days_only(self, administrator, house, nurse):
        services.grant_role(
            actor=administrator,
            holding_id=nurse.holding.id,
            role=Role.CASE_WORKER,
            unit_id=house.night,
            period=days(3, 5),
        )

        assert Role.CASE_WORKER not in roles_of(nurse.account)
        with clock.frozen(clock.now() + timedelta(days=3)):
            assert Role.CASE_WORKER in roles_of(nurse.account)
        with clock.frozen(clock.now() + timedelta(days=5)):
            assert Role.CASE_WORKER not in roles_of(nurse.account)

    @pytest.mark.parametrize(
        ("first", "last", "field"),
        [(-1, 10, "valid_from"), (0, 5 * 366, "valid_to")],
    )
    def test_a_post_begins_today_and_ends_within_five_years(self, administrator, house, first, last, field):
        account, post = newcomer(house), open_post(house, house.top)

        with pytest.raises(InvalidInput) as refusal:
            services.give_post(actor=administrator, user_id=account.id, post_id=post.id, period=days(first, last))

        assert list(refusal.value.problems) == [field]

    def test_nothing_is_without_an_end(self, administrator, house, nurse):
        forever = Period(clock.today())

        with pytest.raises(InvalidInput):
            services.grant_role(
                actor=administrator, holding_id=nurse.holding.id, role=Role.LEADER, unit_id=house.top, period=forever
            )

    def test_a_role_does_not_outlast_the_post(self, administrator, house, nurse):
        beyond = Period(clock.today(), nurse.holding.valid_to + timedelta(days=1))

        with pytest.raises(InvalidInput) as refusal:
            services.grant_role(
                actor=administrator, holding_id=nurse.holding.id, role=Role.LEADER, unit_id=house.top, period=beyond
            )

        assert list(refusal.value.problems) == ["valid_to"]

    def test_a_post_is_held_once_at_a_time(self, administrator, nurse):
        with pytest.raises(InvalidInput) as refusal:
            services.give_post(
                actor=administrator, user_id=nurse.account.id, post_id=nurse.holding.post_id, period=days()
            )

        assert list(refusal.value.problems) == ["post"]

    def test_the_same_role_is_given_once_at_a_time(self, administrator, nurse):
        with pytest.raises(InvalidInput) as refusal:
            services.grant_role(
                actor=administrator,
                holding_id=nurse.holding.id,
                role=Role.CARE_WORKER,
                unit_id=nurse.grant.unit_id,
                period=days(),
            )

        assert list(refusal.value.problems) == ["role"]

    def test_a_closed_post_is_given_to_nobody(self, administrator, house):
        post = open_post(house, house.top)
        services.close_post(actor=administrator, post_id=post.id, closed_from=clock.today())

        with pytest.raises(InvalidInput) as refusal:
            services.give_post(actor=administrator, user_id=newcomer(house).id, post_id=post.id, period=days())

        assert list(refusal.value.problems) == ["valid_to"]


class TestWhoMay:
    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_nobody_but_an_administrator_changes_roles(self, house, nurse, role):
        somebody = acting(employ(tenant_id=house.tenant_id, unit_id=house.top, role=role))

        for change in (
            lambda: services.grant_role(
                actor=somebody, holding_id=nurse.holding.id, role=Role.LEADER, unit_id=house.top, period=days()
            ),
            lambda: services.end_holding(actor=somebody, holding_id=nurse.holding.id, at=clock.now()),
            lambda: services.end_role(actor=somebody, grant_id=nurse.grant.id, at=clock.now()),
            lambda: services.extend_role(actor=somebody, grant_id=nurse.grant.id, until=clock.today()),
        ):
            # Whoever may see no unit is told of some that there is none.
            with pytest.raises((NotAllowed, NotFound) if role is Role.ORGANISATION_EDITOR else NotAllowed):
                change()

    def test_nobody_gives_themself_a_role(self, administrator, house):
        own = Job.of(User.objects.get(id=administrator.id))

        with pytest.raises(NotAllowed) as refusal:
            services.grant_role(
                actor=administrator, holding_id=own.holding.id, role=Role.LEADER, unit_id=house.top, period=days()
            )

        assert refusal.value.reason == "own_role"

    def test_nobody_gives_extends_or_ends_their_own_post(self, administrator, house):
        own, post, now = Job.of(User.objects.get(id=administrator.id)), open_post(house, house.top), clock.now()
        later = own.holding.valid_to + timedelta(days=1)

        for change in (
            lambda: services.give_post(actor=administrator, user_id=administrator.id, post_id=post.id, period=days()),
            lambda: services.extend_holding(
                actor=administrator, holding_id=own.holding.id, until=later, grant_ids=[own.grant.id]
            ),
            lambda: services.extend_role(actor=administrator, grant_id=own.grant.id, until=later),
            lambda: services.end_holding(actor=administrator, holding_id=own.holding.id, at=now),
            lambda: services.end_role(actor=administrator, grant_id=own.grant.id, at=now),
        ):
            with pytest.raises(NotAllowed) as refusal:
                change()
            assert refusal.value.reason == "own_role"

    def test_an_administrator_of_a_part_stays_in_it(self, house, nurse):
        partly = acting(employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.ADMINISTRATOR))

        services.grant_role(
            actor=partly, holding_id=nurse.holding.id, role=Role.LEADER, unit_id=house.night, period=days()
        )
        for unit_id in (house.top, house.carers):
            with pytest.raises(NotAllowed):
                services.grant_role(
                    actor=partly, holding_id=nurse.holding.id, role=Role.LEADER, unit_id=unit_id, period=days()
                )

    def test_an_account_at_work_elsewhere_only_is_not_theirs(self, house, nurse):
        partly = acting(employ(tenant_id=house.tenant_id, unit_id=house.carers, role=Role.ADMINISTRATOR))
        post = open_post(house, house.carers)

        with pytest.raises(NotFound):
            services.give_post(actor=partly, user_id=nurse.account.id, post_id=post.id, period=days())

    def test_who_hands_out_a_way_in_administers_all_that_it_opens(self, house):
        both = employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.CARE_WORKER)
        above = open_post(house, house.top)
        system = actors.system(house.tenant_id)
        held = services.give_post(actor=system, user_id=both.id, post_id=above.id, period=days())
        services.grant_role(actor=system, holding_id=held.id, role=Role.ADMINISTRATOR, unit_id=house.top, period=days())
        partly = acting(employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.ADMINISTRATOR))

        for way_in in (
            lambda: services.invite(actor=partly, user_id=both.id, now=clock.now()),
            lambda: services.forget_second_factors(actor=partly, user_id=both.id, now=clock.now()),
        ):
            with pytest.raises(NotAllowed) as refusal:
                way_in()
            assert refusal.value.reason == "beyond_own_units"

    def test_what_belongs_to_another_tenant_is_not_there(self, administrator, house):
        tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
        there = build_house(ELSEWHERE)
        foreign = Job.of(employ(tenant_id=ELSEWHERE, unit_id=there.top, role=Role.LEADER))
        tenancy.enter_tenant(tenant_id=house.tenant_id, actor_id=administrator.id)

        for change in (
            lambda: services.end_holding(actor=administrator, holding_id=foreign.holding.id, at=clock.now()),
            lambda: services.end_role(actor=administrator, grant_id=foreign.grant.id, at=clock.now()),
            lambda: services.give_post(
                actor=administrator, user_id=newcomer(house).id, post_id=foreign.holding.post_id, period=days()
            ),
            lambda: services.give_post(
                actor=administrator, user_id=foreign.account.id, post_id=open_post(house, house.top).id, period=days()
            ),
        ):
            with pytest.raises(NotFound):
                change()
