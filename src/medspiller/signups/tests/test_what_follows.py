"""What happens by itself: notices, reminders, cancelled meetings, evaluation, forgetting."""

from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.services import rounds
from medspiller.catalogue.domain.events import SessionCancelled, SessionChanged
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.messages.models import Notice
from medspiller.people.tests.factories import as_actor, involve, make_person, worker
from medspiller.signups import selectors, services, subscribers, tasks
from medspiller.signups.domain.evaluation import ANSWERS_TAKEN, FEWEST_SHOWN, NothingAsked
from medspiller.signups.domain.events import PlaceOffered
from medspiller.signups.models import OpinionCount, SignUp
from medspiller.signups.services import telling
from medspiller.signups.tests.factories import (
    IN_A_WEEK,
    citizen,
    make_course,
    make_meeting,
    make_series,
    sign_up,
    somebody,
)
from medspiller.signups.tests.opinions import publish_evaluation
from tests.support.database import HERE

SYSTEM = actors.system(HERE)
LATER = timedelta(days=100)


@pytest.fixture(autouse=True)
def only_here(monkeypatch):
    """A test's transaction is one tenant's."""
    monkeypatch.setattr(rounds.organisations, "tenant_ids", lambda *, actor: [HERE])


@pytest.fixture
def course(house):
    return make_course(house.carers)


@pytest.fixture
def kari(house):
    """Somebody who is in the register, and wants notices."""
    account = citizen(HERE)
    person = make_person("Kari", "Demoli", user=account)
    person.wants_notices = True
    person.save()
    involve(person, house.carers)
    return account


class TestNotices:
    def test_tell_of_an_offer_once(self, course, kari):
        meeting = make_meeting(course, capacity=1)
        first, waiting = sign_up(meeting), sign_up(meeting, by=kari)
        with clock.frozen(clock.now() + timedelta(minutes=1)):
            services.strike_off(
                actor=worker(HERE, course.unit_id, Role.LEADER), entry_id=course.id, sign_up_id=first.id
            )
        for _time in range(2):
            subscribers.place_offered(PlaceOffered(waiting.id))

        assert Notice.objects.filter(event_key__startswith="place_offered").count() == 1

    def test_remind_the_day_before_once(self, course, kari):
        meeting = make_meeting(course, starts_at=clock.now() + timedelta(days=1))
        sign_up(meeting, by=kari)
        noon = clock.now().astimezone(clock.OSLO).replace(hour=11, minute=0)
        with clock.frozen(noon):
            tasks.remind(0)
            tasks.remind(0)

        assert Notice.objects.filter(event_key__startswith="meeting_soon").count() == 1

    def test_do_not_disturb_at_night(self, course, kari):
        meeting = make_meeting(course, starts_at=clock.now() + timedelta(days=1))
        sign_up(meeting, by=kari)
        with clock.frozen(clock.now().replace(hour=2, minute=0)):
            tasks.remind(0)

        assert not Notice.objects.filter(event_key__startswith="meeting_soon").exists()

    def test_tell_that_a_meeting_is_cancelled_and_who_must_be_called(self, course, kari, house):
        meeting = make_meeting(course)
        sign_up(meeting, by=kari)
        sign_up(meeting, somebody())
        meeting.status = "cancelled"
        meeting.save(update_fields=["status"])
        subscribers.session_cancelled(SessionCancelled(meeting.id))

        organiser = worker(HERE, house.carers, Role.CARER_CONTACT)
        found = selectors.participants(actor=organiser, entry_id=course.id, session_id=meeting.id)
        assert Notice.objects.filter(event_key__startswith="meeting_cancelled").count() == 1
        # There is no safe address to send Kari's to.
        assert [each.to_call for each in found.seated] == [True, True]

    @pytest.mark.parametrize(("channel", "to_call"), [("sms", [False, True]), ("", [True, True])])
    def test_that_went_nowhere_leave_those_who_come_to_a_moved_meeting_to_be_called(
        self, course, kari, house, monkeypatch, channel, to_call
    ):
        meeting = make_meeting(course)
        sign_up(meeting, by=kari)
        sign_up(meeting, somebody())
        monkeypatch.setattr(telling.messages, "tell_of_news", lambda **_event: Notice(channel=channel))
        organiser = worker(HERE, house.carers, Role.CARER_CONTACT)

        def called():
            found = selectors.participants(actor=organiser, entry_id=course.id, session_id=meeting.id)
            return [each.to_call for each in found.seated]

        assert called() == [False, False]
        subscribers.session_changed(SessionChanged(meeting.id, ("starts_at",)))
        assert called() == to_call

    def test_tell_of_a_new_time_but_not_of_more_seats(self, course, kari):
        meeting = make_meeting(course)
        sign_up(meeting, by=kari)
        subscribers.session_changed(SessionChanged(meeting.id, ("capacity",)))
        assert not Notice.objects.filter(event_key__startswith="meeting_moved").exists()

        subscribers.session_changed(SessionChanged(meeting.id, ("starts_at",)))
        assert Notice.objects.filter(event_key__startswith="meeting_moved").count() == 1


class TestForgetting:
    def test_leaves_what_can_be_counted(self, course):
        row = sign_up(make_meeting(course), somebody(needs="Rullestol"))
        with clock.frozen(clock.now() + IN_A_WEEK + timedelta(days=31)):
            tasks.forget(0)
            row.refresh_from_db()
            assert (row.needs, row.name) == (None, "Demo Person 1")
        with clock.frozen(clock.now() + LATER):
            tasks.forget(0)
            tasks.forget(0)

        row.refresh_from_db()
        gone = (row.name, row.contact, row.for_name, row.who_hash, row.press_hash, row.secret_hash, row.owner_id)
        assert set(gone) == {None}
        assert (row.state, row.number) == ("held", 1)

    def test_waits_for_the_last_meeting_of_a_series(self, course):
        row = sign_up(make_series(course, count=4)[0], somebody())
        with clock.frozen(clock.now() + LATER):
            tasks.forget(0)

        row.refresh_from_db()
        assert row.name == "Demo Person 1"


class TestEvaluation:
    @pytest.fixture
    def meeting(self, course):
        publish_evaluation(HERE)
        return make_meeting(course)

    def answer(self, account, row, **answers):
        questions = selectors.evaluation(actor=SYSTEM)
        given = {each.id: each.answers[0][0] for each in questions} | answers
        services.give_opinion(actor=as_actor(account), sign_up_id=row.id, answers=given, now=clock.now())

    def test_asks_at_most_four_questions_in_three_languages(self, meeting):
        questions = selectors.evaluation(actor=SYSTEM)

        assert 0 < len(questions) <= 4
        assert all(each.text and each.answers for each in questions)

    def test_counts_once_without_a_name_and_shows_from_five_when_nobody_can_answer_any_more(
        self, course, meeting, house
    ):
        accounts = [citizen(HERE, f"Demo Person {number}") for number in range(FEWEST_SHOWN)]
        rows = [sign_up(meeting, by=account) for account in accounts]
        organiser = worker(HERE, house.carers, Role.CARER_CONTACT)

        def shown():
            found = selectors.participants(actor=organiser, entry_id=course.id, session_id=meeting.id)
            return [counts for _question, counts in found.opinions]

        with clock.frozen(meeting.ends_at + ANSWERS_TAKEN), pytest.raises(NothingAsked):
            self.answer(accounts[0], rows[0])
        with clock.frozen(meeting.ends_at):
            for account, row in list(zip(accounts, rows, strict=True))[:-1]:
                self.answer(account, row)
                self.answer(account, row)
        with clock.frozen(meeting.ends_at + ANSWERS_TAKEN):
            assert set(shown()) == {None}
        with clock.frozen(meeting.ends_at):
            self.answer(accounts[-1], rows[-1])
            assert shown() == []
        with clock.frozen(meeting.ends_at + ANSWERS_TAKEN):
            assert all(counts[0] == FEWEST_SHOWN for counts in shown())
        assert {each.count for each in OpinionCount.objects.all()} == {FEWEST_SHOWN}

    def test_is_not_asked_before_it_is_over_nor_of_whoever_had_no_place(self, meeting, kari):
        row = sign_up(meeting, by=kari)
        with pytest.raises(NothingAsked):
            self.answer(kari, row)
        services.cancel(actor=as_actor(kari), sign_up_id=row.id)
        with clock.frozen(meeting.ends_at), pytest.raises(NothingAsked):
            self.answer(kari, row)

    def test_is_asked_after_the_last_meeting_that_took_place_and_never_of_a_cancelled_one(self, course, kari):
        publish_evaluation(HERE)
        meetings = make_series(course)
        meetings[2].status = "cancelled"
        meetings[2].save(update_fields=["status"])
        row, called_off = sign_up(meetings[0], by=kari), sign_up(make_meeting(course), by=kari)
        called_off.session.status = "cancelled"
        called_off.session.save(update_fields=["status"])

        def asked(at, of):
            with clock.frozen(at):
                return selectors.own_place(actor=as_actor(kari), sign_up_id=of.id).may_evaluate

        assert [asked(each.ends_at, row) for each in meetings[:2]] == [False, True]
        assert not asked(called_off.session.ends_at, called_off)
        with clock.frozen(called_off.session.ends_at), pytest.raises(NothingAsked):
            self.answer(kari, called_off)

    def test_takes_no_answer_that_is_none(self, meeting, kari):
        row = sign_up(meeting, by=kari)
        with clock.frozen(meeting.ends_at), pytest.raises(NothingAsked):
            services.give_opinion(actor=as_actor(kari), sign_up_id=row.id, answers={"x": "y"}, now=clock.now())


class TestWhoMay:
    @pytest.mark.parametrize("role", [Role.CARE_WORKER, Role.ADMINISTRATOR, Role.STRATEGY_OWNER])
    def test_see_no_list_without_keeping_offers(self, course, house, role):
        meeting = make_meeting(course)
        with pytest.raises(NotAllowed):
            selectors.participants(actor=worker(HERE, house.top, role), entry_id=course.id, session_id=meeting.id)

    def test_see_no_list_of_another_entry(self, course, house):
        other = make_meeting(make_course(house.carers, slug="noe-annet"))
        organiser = worker(HERE, house.carers, Role.CARER_CONTACT)
        with pytest.raises(NotFound):
            selectors.participants(actor=organiser, entry_id=course.id, session_id=other.id)

    def test_do_what_only_the_system_does(self, course, kari):
        meeting = make_meeting(course)
        for call in (
            lambda: services.fill(actor=as_actor(kari), session_id=meeting.id, now=clock.now()),
            lambda: services.forget_names(actor=as_actor(kari), now=clock.now()),
            lambda: selectors.offers_run_out(actor=as_actor(kari), now=clock.now()),
        ):
            with pytest.raises(NotAllowed):
                call()

    def test_take_out_what_is_theirs(self, course, kari):
        sign_up(make_meeting(course), by=kari)
        (table,) = selectors.own_tables(actor=as_actor(kari))

        assert "Kurs i å stå nær" in str(table.rows)
        assert SignUp.objects.count() == 1
