"""Handing over, with real commits: what was sent is known, or said to be uncertain, and never sent twice by itself."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from medspiller.access.domain import actors
from medspiller.core import clock, ids, tenancy
from medspiller.core.errors import NotAllowed
from medspiller.messages import registry, services, tasks
from medspiller.messages.domain.notices import (
    ADDRESS_KEPT,
    LATE_AFTER,
    MOST_TRIES,
    PAUSES,
    STUCK_AFTER,
    NotNow,
    Reason,
    State,
)
from medspiller.messages.domain.texts import NoticeKind
from medspiller.messages.gateways.sms_http import SmsHttpGateway
from medspiller.messages.models import Notice
from medspiller.messages.services import InsideTransaction, handing_over
from medspiller.messages.tests.factories import ANOTHER_PHONE, KEY, PHONE
from medspiller.people.tests import factories as people
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.database import HERE
from tests.support.jobs import run_jobs
from tests.support.sms_gateway import Bent
from tests.support.staff import build_house

SYSTEM = actors.system(HERE)


def here():
    return tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM.id)


@pytest.fixture
def sent(committed, register, sms_gateway):
    """A notice that waits, to somebody whose telephone is safe."""
    consent = ids.new_id()
    register.live.add(consent)
    with here():
        house, person = build_house(HERE), people.make_person("Kari")
        people.involve(person, house.home_care)
        register.safe[person.id, "sms"] = PHONE
        return services.send_notice(
            actor=SYSTEM,
            person_id=person.id,
            kind=NoticeKind.NEW_ON_MY_PAGE,
            event_key=KEY,
            unit_id=house.home_care,
            consent_id=consent,
        )


def now_is(notice):
    with here():
        return Notice.objects.get(id=notice.id)


def state_of(notice):
    return now_is(notice).state


def decide(what, notice):
    with here():
        row = now_is(notice)
        nurse = people.worker(HERE, row.unit_id)
        return what(actor=nurse, notice_id=notice.id)


class TestAWorker:
    def test_hands_it_over_once_with_the_words_and_nothing_else(self, sent, sms_gateway):
        run_jobs()
        run_jobs()

        row = now_is(sent)
        assert (row.state, row.gateway, row.gateway_reference) == (State.HANDED_OVER, "sms_http", "sms-1")
        (message,) = sms_gateway.sent
        assert message["id"] == str(sent.id)
        assert message["text"] == "Hei fra Bærum kommune. Det er noe nytt å lese på siden din: 127.0.0.1/min-side/"

    def test_does_nothing_with_a_job_that_is_run_again(self, sent, sms_gateway):
        for _ in range(3):
            services.hand_over(actor=SYSTEM, notice_id=sent.id)

        assert (state_of(sent), len(sms_gateway.asked)) == (State.HANDED_OVER, 1)

    def test_never_works_within_a_transaction_that_could_be_undone(self, sent, sms_gateway):
        with here(), pytest.raises(InsideTransaction):
            services.hand_over(actor=SYSTEM, notice_id=sent.id)
        assert sms_gateway.asked == []

    def test_is_the_only_one_who_may(self, sent, sms_gateway):
        with pytest.raises(NotAllowed):
            services.hand_over(actor=actors.anonymous(HERE), notice_id=sent.id)
        assert sms_gateway.asked == []

    def test_finds_nothing_of_another_tenant(self, sent, sms_gateway):
        elsewhere = actors.system(ids.new_id())

        services.hand_over(actor=elsewhere, notice_id=sent.id)

        assert (state_of(sent), sms_gateway.asked) == (State.WAITING, [])


class TestDoubt:
    @pytest.mark.parametrize("bent", [Bent.HANGS_UP_AFTER_TAKING, Bent.BREAKS_AFTER_TAKING])
    def test_is_said_and_nothing_is_sent_again(self, sent, sms_gateway, bent):
        sms_gateway.next = [bent]

        run_jobs()
        run_jobs()

        assert (state_of(sent), len(sms_gateway.asked)) == (State.UNCERTAIN, 1)

    def test_is_the_senders_to_end_by_trying_again_with_the_same_key(self, sent, sms_gateway):
        sms_gateway.next = [Bent.HANGS_UP_AFTER_TAKING]
        run_jobs()

        decide(services.try_again, sent)
        run_jobs()

        assert state_of(sent) == State.HANDED_OVER
        assert [key for key, _ in sms_gateway.asked] == [str(sent.id)] * 2
        assert len(sms_gateway.sent) == 1

    def test_is_the_senders_to_end_by_letting_it_be(self, sent, sms_gateway):
        sms_gateway.next = [Bent.HANGS_UP_AFTER_TAKING]
        run_jobs()

        decide(services.stop, sent)
        run_jobs()

        assert (state_of(sent), now_is(sent).reason, len(sms_gateway.asked)) == (State.STOPPED, Reason.BY_SENDER, 1)

    def test_ends_once(self, sent):
        run_jobs()

        with pytest.raises(NotNow):
            decide(services.try_again, sent)
        with pytest.raises(NotNow):
            decide(services.stop, sent)


class Killed(BaseException):
    """The process is gone."""


class TestAWorkerThatIsKilled:
    def hand_over_and_die(self, notice):
        with pytest.raises(Killed):
            services.hand_over(actor=SYSTEM, notice_id=notice.id)

    def test_before_anything_is_sent_leaves_it_waiting(self, sent, sms_gateway, monkeypatch):
        with monkeypatch.context() as patched:
            patched.setattr(handing_over, "_outgoing", _dies)
            self.hand_over_and_die(sent)

        assert state_of(sent) == State.WAITING
        services.hand_over(actor=SYSTEM, notice_id=sent.id)
        assert (state_of(sent), len(sms_gateway.sent)) == (State.HANDED_OVER, 1)

    def test_between_the_two_leaves_it_uncertain_and_not_resent(self, sent, sms_gateway, monkeypatch):
        with monkeypatch.context() as patched:
            patched.setattr(handing_over, "_settle", _dies)
            self.hand_over_and_die(sent)
        assert (state_of(sent), len(sms_gateway.sent)) == (State.HANDING_OVER, 1)

        # The job is started again, twice.
        run_jobs()
        services.hand_over(actor=SYSTEM, notice_id=sent.id)

        assert (state_of(sent), len(sms_gateway.asked)) == (State.UNCERTAIN, 1)

    def test_as_it_asks_leaves_it_uncertain_too(self, sent, sms_gateway, monkeypatch):
        with monkeypatch.context() as patched:
            patched.setattr(SmsHttpGateway, "hand_over", _dies)
            self.hand_over_and_die(sent)

        run_jobs()

        assert (state_of(sent), sms_gateway.asked) == (State.UNCERTAIN, [])

    def test_only_as_the_sweeper_thinks_still_tells_what_it_knows(self, sent, monkeypatch):
        really = SmsHttpGateway.hand_over

        def meanwhile(gateway, outgoing):
            services.hand_over(actor=SYSTEM, notice_id=sent.id)
            assert state_of(sent) == State.UNCERTAIN
            return really(gateway, outgoing)

        monkeypatch.setattr(SmsHttpGateway, "hand_over", meanwhile)
        services.hand_over(actor=SYSTEM, notice_id=sent.id)

        assert state_of(sent) == State.HANDED_OVER

    def test_when_the_database_goes_is_as_if_killed(self, sent, monkeypatch, sms_gateway):
        def gone(*_):
            raise OperationalError

        with monkeypatch.context() as patched, pytest.raises(OperationalError):
            patched.setattr(handing_over, "_settle", gone)
            services.hand_over(actor=SYSTEM, notice_id=sent.id)
        run_jobs()

        assert (state_of(sent), len(sms_gateway.asked)) == (State.UNCERTAIN, 1)


def _dies(*_):
    raise Killed


class TestAJobThatIsLostForGood:
    @pytest.fixture
    def lost(self, sent, monkeypatch):
        with monkeypatch.context() as patched, pytest.raises(Killed):
            patched.setattr(handing_over, "_settle", _dies)
            services.hand_over(actor=SYSTEM, notice_id=sent.id)
        return sent

    def test_leaves_a_notice_that_is_called_uncertain_after_a_quarter_of_an_hour(self, lost):
        tasks.give_up_lost(timestamp=0)
        assert state_of(lost) == State.HANDING_OVER

        with clock.frozen(clock.now() + STUCK_AFTER + timedelta(seconds=1)):
            tasks.give_up_lost(timestamp=0)

        assert state_of(lost) == State.UNCERTAIN

    def test_is_put_on_the_units_list_until_somebody_has_decided(self, lost):
        def waiting():
            with here():
                items = WorkItem.objects.filter(OPEN, kind="notice")
                return list(items.values_list("subject_id", "unit_id", "person_id"))

        with clock.frozen(clock.now() + STUCK_AFTER + timedelta(seconds=1)):
            tasks.give_up_lost(timestamp=0)
        # The one job is lost; the other is what listens.
        run_jobs()
        assert waiting() == [(lost.id, lost.unit_id, None)]

        decide(services.stop, lost)
        run_jobs()
        assert waiting() == []

    def test_is_no_matter_for_anybody_else(self, committed):
        with here(), pytest.raises(NotAllowed):
            services.give_up_lost(actor=actors.anonymous(HERE))


class TestANoticeWhoseJobIsGone:
    @pytest.fixture
    def later(self):
        with clock.frozen(clock.now() + LATE_AFTER + timedelta(seconds=1)):
            yield

    def jobs(self):
        with here():
            return ProcrastinateJob.objects.filter(task_name="messages.hand_over", status="todo").count()

    def lose_jobs(self):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'messages.hand_over'")

    def test_is_handed_over_once_however_often_it_is_looked_for(self, sent, sms_gateway, later):
        self.lose_jobs()

        for _ in range(2):
            tasks.take_up_forgotten(timestamp=0)
        assert self.jobs() == 1
        run_jobs()

        assert (state_of(sent), len(sms_gateway.sent)) == (State.HANDED_OVER, 1)

    def test_is_left_alone_while_a_job_waits_for_it(self, sent, later):
        tasks.take_up_forgotten(timestamp=0)

        assert self.jobs() == 1

    def test_is_left_alone_until_it_is_late(self, sent):
        self.lose_jobs()

        tasks.take_up_forgotten(timestamp=0)

        assert self.jobs() == 0

    def test_is_no_matter_for_anybody_else(self, committed):
        with here(), pytest.raises(NotAllowed):
            services.take_up_forgotten(actor=actors.anonymous(HERE))


class TestWhereOldNoticesWent:
    def test_is_forgotten_after_ninety_days_and_what_was_said_is_not(self, sent):
        run_jobs()
        tasks.forget_addresses(timestamp=0)
        assert now_is(sent).address == "+4700000001"

        with clock.frozen(clock.now() + ADDRESS_KEPT + timedelta(hours=1)):
            tasks.forget_addresses(timestamp=0)

        row = now_is(sent)
        assert (row.address, row.address_hash, row.state, row.channel) == (None, None, State.HANDED_OVER, "sms")

    def test_is_kept_while_somebody_must_decide(self, sent, sms_gateway):
        sms_gateway.next = [Bent.HANGS_UP_AFTER_TAKING]
        run_jobs()

        with clock.frozen(clock.now() + 2 * ADDRESS_KEPT):
            tasks.forget_addresses(timestamp=0)

        assert now_is(sent).address == "+4700000001"

    def test_cannot_be_tried_again(self, sent, sms_gateway):
        sms_gateway.next = [Bent.REFUSES]
        run_jobs()
        with clock.frozen(clock.now() + 2 * ADDRESS_KEPT):
            tasks.forget_addresses(timestamp=0)

        with pytest.raises(NotNow):
            decide(services.try_again, sent)


class TestWhatIsCertainlyNotTaken:
    def test_is_tried_again_with_growing_pauses_and_then_given_up(self, sent, sms_gateway):
        sms_gateway.next = [Bent.IS_BUSY] * MOST_TRIES
        at = clock.now()
        for pause in [*PAUSES, timedelta(0)]:
            with clock.frozen(at):
                services.hand_over(actor=SYSTEM, notice_id=sent.id)
                # Not before its time.
                services.hand_over(actor=SYSTEM, notice_id=sent.id)
            at += pause

        row = now_is(sent)
        assert (row.state, row.reason, row.attempts) == (State.FAILED, Reason.GAVE_UP, MOST_TRIES)
        assert len(sms_gateway.asked) == MOST_TRIES

    def test_arrives_when_the_provider_is_back(self, sent, sms_gateway):
        sms_gateway.next = [Bent.IS_BUSY]
        run_jobs()
        assert state_of(sent) == State.WAITING

        with clock.frozen(clock.now() + PAUSES[0]):
            services.hand_over(actor=SYSTEM, notice_id=sent.id)

        assert (state_of(sent), len(sms_gateway.sent)) == (State.HANDED_OVER, 1)

    def test_is_not_tried_again_when_it_never_will_be(self, sent, sms_gateway):
        sms_gateway.next = [Bent.REFUSES]

        run_jobs()

        assert (state_of(sent), now_is(sent).reason) == (State.FAILED, Reason.REFUSED)


class TestWhatIsWithdrawnBeforeTheHandOver:
    @pytest.fixture
    def stopped(self, sent, sms_gateway):
        def why():
            run_jobs()
            row = now_is(sent)
            assert (row.state, sms_gateway.asked) == (State.STOPPED, [])
            return row.reason

        return why

    def test_a_consent(self, stopped, register):
        register.live.clear()

        assert stopped() == Reason.CONSENT_WITHDRAWN

    def test_the_safety_of_the_telephone(self, stopped, register):
        register.safe.clear()

        assert stopped() == Reason.NO_SAFE_ADDRESS

    def test_the_telephone(self, stopped, register, sent):
        register.safe[sent.person_id, "sms"] = ANOTHER_PHONE

        assert stopped() == Reason.ADDRESS_CHANGED

    def test_the_wish(self, stopped, register, sent):
        register.said[sent.person_id] = registry.NothingSaid(wants_notices=False)

        assert stopped() == Reason.NOT_WANTED

    def test_the_way_out(self, stopped, register):
        registry.connect(gateways=[], register=register)

        assert stopped() == Reason.NO_GATEWAY
