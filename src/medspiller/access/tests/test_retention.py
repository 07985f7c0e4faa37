"""What signing in leaves behind is thrown away by itself, in every tenant, and no earlier."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session

from medspiller.access import services, tasks
from medspiller.access.domain import actors
from medspiller.access.domain.retention import ATTEMPTS_KEPT, DEVICES_KEPT, INVITATIONS_KEPT, SESSIONS_KEPT
from medspiller.access.domain.roles import Role
from medspiller.access.domain.throttling import What
from medspiller.access.models import Invitation, KnownDevice, SessionRecord, SignInAttempt, Throttle
from medspiller.access.tests.administration_world import newcomer
from medspiller.access.tests.provider_world import register
from medspiller.core import clock, tenancy
from medspiller.core.errors import NotAllowed
from tests.support.database import ELSEWHERE, HERE
from tests.support.jobs import run_jobs
from tests.support.staff import build_house, employ

NOW = clock.now()
MOMENT = timedelta(seconds=1)


def forget(now=NOW):
    return services.forget_old_sign_ins(actor=actors.system(HERE), now=now)


def session_of(user, **times):
    wanted = {"auth_time": NOW, "started_at": NOW, "seen_at": NOW, "expires_at": NOW}
    return SessionRecord.objects.create(
        user=user, key_hash=uuid4().bytes, kind="staff", issuer="local", **(wanted | times)
    )


@pytest.fixture
def somebody(house):
    return employ(tenant_id=HERE, unit_id=house.night, role=Role.CARE_WORKER)


class TestSessions:
    def test_are_kept_ninety_days_after_their_end(self, somebody):
        kept = session_of(somebody, ended_at=NOW - SESSIONS_KEPT, expires_at=NOW - SESSIONS_KEPT + MOMENT)
        session_of(somebody, ended_at=NOW - SESSIONS_KEPT - MOMENT, expires_at=NOW)

        assert forget().sessions == 1
        assert SessionRecord.objects.get() == kept

    def test_that_nobody_ended_go_after_they_ran_out(self, somebody):
        session_of(somebody, expires_at=NOW - SESSIONS_KEPT - MOMENT)

        assert forget().sessions == 1

    def test_that_are_live_stay(self, somebody):
        session_of(somebody, expires_at=NOW + timedelta(hours=1))

        assert forget().sessions == 0


class TestTheRest:
    def test_a_browser_is_forgotten_a_year_after_it_was_seen_last(self, somebody):
        for days in (DEVICES_KEPT, DEVICES_KEPT + MOMENT):
            KnownDevice.objects.create(
                user=somebody, token_hash=uuid4().bytes, first_seen_at=NOW - days, last_seen_at=NOW - days
            )

        assert forget().devices == 1
        assert KnownDevice.objects.get().last_seen_at == NOW - DEVICES_KEPT

    @pytest.mark.parametrize("over", ["accepted_at", "withdrawn_at", "expires_at"])
    def test_an_invitation_is_forgotten_a_month_after_it_is_over(self, house, somebody, over):
        for age in (INVITATIONS_KEPT, INVITATIONS_KEPT + MOMENT):
            when = {"expires_at": NOW + timedelta(days=1), "withdrawn_at": None} | {over: NOW - age}
            if over == "expires_at":
                when["withdrawn_at"] = NOW
            Invitation.objects.create(
                user=somebody, token_hash=uuid4().bytes, invited_by=somebody.id, created_at=NOW, **when
            )

        assert forget().invitations == 1
        assert Invitation.objects.count() == 1

    def test_one_that_waits_stays(self, house):
        account = services.open_local_account(actor=actors.system(HERE), email="ny@kommune.example", name="Ny Demo")
        services.invite(actor=actors.system(HERE), user_id=account.id, now=NOW)

        assert forget(NOW + timedelta(days=6)).invitations == 0

    def test_a_sign_in_that_came_to_nothing_goes_after_a_day(self, here, fake_issuer):
        provider = register(fake_issuer)
        for age in (ATTEMPTS_KEPT, ATTEMPTS_KEPT + MOMENT):
            SignInAttempt.objects.create(
                provider=provider,
                state_hash=uuid4().bytes,
                browser_hash=b"x" * 32,
                nonce="n",
                verifier="v",
                created_at=NOW - age,
            )

        assert forget().attempts == 1

    def test_counts_of_tries_go_with_them(self, here):
        services.count_try(actor=actors.anonymous(HERE), what=What.SIGN_IN_ACCOUNT, who="x", now=NOW)

        assert forget(NOW + timedelta(hours=2)).tries == 1
        assert not Throttle.objects.exists()

    def test_twice_does_no_more_than_once(self, somebody):
        session_of(somebody, expires_at=NOW - SESSIONS_KEPT - MOMENT)
        forget()

        assert set(forget().counts.values()) == {0}


class TestWhoMay:
    @pytest.mark.parametrize("role", list(Role))
    @pytest.mark.parametrize("name", ["forget_old_sign_ins", "clear_browser_sessions", "forget_old_tries"])
    def test_nobody_but_the_system(self, here, name, role):
        held = actors.HeldRole(role=role, unit_id=uuid4())
        somebody = actors.Actor(id=uuid4(), kind="staff", tenant_id=HERE, roles=(held,))

        with pytest.raises(NotAllowed):
            getattr(services, name)(actor=somebody, now=NOW)


class TestJobs:
    def left(self, tenant_id):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
            return SessionRecord.objects.count()

    def test_visit_every_tenant(self, committed):
        for tenant_id in (HERE, ELSEWHERE):
            with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
                session_of(newcomer(build_house(tenant_id)), expires_at=NOW - timedelta(days=400))

        tasks.forget_old_sign_ins.defer(timestamp=0)
        run_jobs()

        assert (self.left(HERE), self.left(ELSEWHERE)) == (0, 0)

    def test_clear_browsers_sessions_that_have_run_out(self, committed):
        for number, expiry in enumerate((NOW - MOMENT, NOW + timedelta(hours=1))):
            Session.objects.create(session_key=f"key{number}", session_data="", expire_date=expiry)

        with clock.frozen(NOW):
            tasks.clear_browser_sessions(timestamp=0)
            tasks.clear_browser_sessions(timestamp=0)

        assert list(Session.objects.values_list("session_key", flat=True)) == ["key1"]
