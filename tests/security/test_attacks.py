"""What somebody who knows the house would try, each told as what must not come of it."""

from datetime import timedelta

import pytest

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.access.selectors import actor_for
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.core.periods import Period
from medspiller.organisations import services as organisations
from medspiller.ui.spreadsheets import harmless
from medspiller.workbench.web import unit_list
from tests.security.world import a_provider
from tests.support.staff import employ, sign_in


def as_actor(account: User) -> actors.Actor:
    return actor_for(
        actor=actors.system(account.tenant_id), user=account, organisation="", today=clock.today(), now=clock.now()
    )


@pytest.fixture
def small_administrator(house):
    """Somebody who administers the night patrol, and nothing else."""
    return employ(tenant_id=house.tenant_id, unit_id=house.night, role=Role.ADMINISTRATOR, subject="natt@example.org")


@pytest.fixture
def leader_of_all(house):
    """The leader of the whole house, who has also held a post in the night patrol."""
    account = employ(tenant_id=house.tenant_id, unit_id=house.top, role=Role.LEADER, subject="leder@example.org")
    system, today = actors.system(house.tenant_id), clock.today()
    post = organisations.open_post(
        actor=system, unit_id=house.night, title="Nattvakt", opened_on=today - timedelta(days=90)
    )
    access.give_post(
        actor=system, user_id=account.id, post_id=post.id,
        period=Period(today - timedelta(days=60), today - timedelta(days=30)),
    )  # fmt: skip
    return account


class TestClimbing:
    """Nobody comes by administering to more than they administer (ASVS 5.0 V8.2.1, V8.3.1)."""

    @pytest.mark.parametrize("act", ["invite", "forget_second_factors"])
    def test_no_way_into_the_account_of_somebody_who_may_more(self, small_administrator, leader_of_all, act):
        with pytest.raises((NotAllowed, NotFound)):
            getattr(access, act)(actor=as_actor(small_administrator), user_id=leader_of_all.id, now=clock.now())

    @pytest.mark.parametrize("act", ["invite", "forget_second_factors", "withdraw_invitation", "end_all_sessions"])
    def test_the_services_themselves_hold_to_the_units(self, house, small_administrator, act):
        stranger = employ(tenant_id=house.tenant_id, unit_id=house.carers, role=Role.LEADER, subject="x@example.org")
        access.invite(actor=actors.system(house.tenant_id), user_id=stranger.id, now=clock.now())

        with pytest.raises((NotAllowed, NotFound)):
            getattr(access, act)(actor=as_actor(small_administrator), user_id=stranger.id, now=clock.now())

    def test_nor_ends_a_stranger_a_session(self, client, house, small_administrator):
        stranger = employ(tenant_id=house.tenant_id, unit_id=house.carers, role=Role.LEADER)
        now = clock.now()
        record = access.start_session(
            actor=as_actor(stranger), user=stranger, key="k" * 43, issuer=stranger.issuer, auth_time=now, now=now
        )

        with pytest.raises((NotAllowed, NotFound)):
            access.end_session(actor=as_actor(small_administrator), session_id=record.id, now=now)

    def test_nobody_makes_a_link_past_their_own_password(self, client, small_administrator):
        """The password is changed where the old one is asked for (ASVS 5.0 V6.2.3)."""
        sign_in(client, small_administrator)

        answer = client.post(f"/arbeid/styring/ansatte/{small_administrator.id}/lenke/")

        assert answer.status_code in (403, 404)

    def test_nobody_gives_themselves_a_role(self, house, small_administrator):
        holding = small_administrator.holdings.get()

        with pytest.raises(NotAllowed):
            access.grant_role(
                actor=as_actor(small_administrator), holding_id=holding.id, role=Role.LEADER, unit_id=house.night,
                period=Period(clock.today(), clock.today() + timedelta(days=9)),
            )  # fmt: skip


class TestSpreadsheets:
    """ASVS 5.0 V1.2.10: a spreadsheet runs nothing of what somebody typed."""

    @pytest.mark.parametrize(
        "typed", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1", "\u00a0=1", "=cmd|' /C calc'!A0"]
    )
    @pytest.mark.parametrize("made_harmless", [harmless, getattr(unit_list, "_harmless", harmless)])
    def test_no_formula_is_left(self, made_harmless, typed):
        assert made_harmless(typed).startswith("'")


class TestGuessing:
    """ASVS 5.0 V6.3.1."""

    def test_a_sign_in_through_a_provider_is_not_begun_without_end(self, client, here, house):
        """Each beginning is a row here, and with pushed requests a question to the provider."""
        provider, _key = a_provider(ActorKind.STAFF)
        answers = {client.get(f"/arbeid/logg-inn/{provider.id}/").status_code for _ in range(200)}

        assert 429 in answers
