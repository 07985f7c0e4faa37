"""Who must be called stands on the list of the organiser's unit; nobody's failing keeps others waiting."""

from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.services import rounds
from medspiller.catalogue import services as catalogue
from medspiller.catalogue.domain.events import EntryMoved, SessionCancelled
from medspiller.catalogue.domain.refusals import PeopleAwait
from medspiller.catalogue.models import Closure, Entry, PublishedOffer
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.people.tests.factories import worker
from medspiller.signups import selectors, services, subscribers, tasks
from medspiller.signups.domain.events import PlaceOffered, SignUpsChanged
from medspiller.signups.domain.places import State
from medspiller.signups.domain.who import Wish
from medspiller.signups.models import SignUp
from medspiller.signups.tests.factories import IN_A_WEEK, make_course, make_meeting, make_series, sign_up
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.database import HERE


@pytest.fixture(autouse=True)
def only_here(monkeypatch):
    monkeypatch.setattr(rounds.organisations, "tenant_ids", lambda *, actor: [HERE])


@pytest.fixture
def course(house):
    return make_course(house.carers)


@pytest.fixture
def organiser(house):
    return worker(HERE, house.carers, Role.CARER_CONTACT)


def cancelled(meeting):
    meeting.status = "cancelled"
    meeting.save(update_fields=["status"])
    subscribers.session_cancelled(SessionCancelled(meeting.id))


def to_call():
    return list(WorkItem.objects.filter(OPEN, kind="signups.to_call").values_list("subject_id", "unit_id", "due_on"))


class TestTheUnitsList:
    def test_says_once_that_people_must_be_called_and_no_more_when_all_know(self, course, organiser, house):
        meeting = make_meeting(course)
        rows = [sign_up(meeting) for _each in range(2)]
        for _again in range(2):
            cancelled(meeting)

        tomorrow = clock.day_of(clock.now() + timedelta(days=1))
        assert to_call() == [(meeting.id, house.carers, tomorrow)]
        for left, row in zip((1, 0), rows, strict=True):
            services.note_told(actor=organiser, entry_id=course.id, sign_up_id=row.id, now=clock.now())
            subscribers.sign_ups_changed(SignUpsChanged(meeting.id))
            assert len(to_call()) == left

    def test_one_item_for_a_series(self, course):
        meetings = make_series(course)
        sign_up(meetings[0])
        cancelled(meetings[1])
        cancelled(meetings[2])

        assert len(to_call()) == 1

    def test_a_place_that_is_offered_and_taken(self, course, organiser):
        meeting = make_meeting(course, capacity=1)
        first, second = sign_up(meeting), sign_up(meeting)
        services.strike_off(actor=organiser, entry_id=course.id, sign_up_id=first.id)
        subscribers.place_offered(PlaceOffered(second.id))
        assert len(to_call()) == 1

        services.give_place(actor=organiser, entry_id=course.id, sign_up_id=second.id)
        subscribers.sign_ups_changed(SignUpsChanged(meeting.id))
        assert to_call() == []

    def test_nobody_can_call_the_anonymous(self, course):
        meeting = make_meeting(course, allows_anonymous=True)
        sign_up(meeting, Wish(anonymous=True))
        cancelled(meeting)

        assert to_call() == []

    def test_follows_the_offer_to_another_unit(self, course, house):
        meeting = make_meeting(course)
        sign_up(meeting)
        cancelled(meeting)
        Entry.objects.filter(id=course.id).update(unit_id=house.home_care)

        subscribers.entry_moved(EntryMoved(course.id, house.carers))

        assert [unit_id for _subject, unit_id, _due in to_call()] == [house.home_care]

    def test_every_night_what_was_taken_off_comes_back_until_it_is_over(self, course):
        meeting = make_meeting(course)
        sign_up(meeting)
        cancelled(meeting)
        WorkItem.objects.all().delete()

        tasks.keep_calls(0)
        assert len(to_call()) == 1
        with clock.frozen(clock.now() + 2 * IN_A_WEEK):
            tasks.keep_calls(0)
        assert to_call() == []

    def test_leads_to_the_list_of_the_meeting(self, course, staff, house):
        meeting = make_meeting(course)
        sign_up(meeting)
        cancelled(meeting)
        client = staff(Role.CARER_CONTACT, house.carers)

        led = client.get(f"/arbeid/samlinger/{meeting.id}/ringes/")

        assert led.url == f"/arbeid/tilbud/{course.id}/samlinger/{meeting.id}/deltakere/#ringes"
        assert 'id="ringes"' in client.get(led.url.partition("#")[0]).content.decode()


class TestAnOfferThatGoesAway:
    @pytest.fixture
    def leader(self, house):
        return worker(HERE, house.carers, Role.LEADER)

    def test_stays_until_its_meetings_are_cancelled(self, course, leader):
        meeting = make_meeting(course, capacity=3)
        sign_up(meeting)

        with pytest.raises(PeopleAwait) as refusal:
            catalogue.take_down(actor=leader, entry_id=course.id)
        assert refusal.value.meetings == 1

        catalogue.cancel_session(actor=leader, session_id=meeting.id, reason={"nb": "Kursholderen er syk."})
        catalogue.take_down(actor=leader, entry_id=course.id)
        subscribers.session_cancelled(SessionCancelled(meeting.id))
        # Whoever had a place is to be told although the offer is not shown any more.
        assert len(to_call()) == 1

    def test_goes_where_nobody_has_a_place(self, course, leader):
        make_meeting(course)
        past = make_meeting(course, starts_at=clock.now() + timedelta(hours=1))
        sign_up(past)
        past.starts_at, past.ends_at = clock.now() - timedelta(hours=3), clock.now() - timedelta(hours=1)
        past.save()

        assert catalogue.take_down(actor=leader, entry_id=course.id).taken_down_at is not None

    def test_is_not_closed_over_meetings_that_people_come_to(self, course, leader):
        sign_up(make_meeting(course))
        day = clock.day_of(clock.now() + IN_A_WEEK)

        def close(begins, ends):
            catalogue.close_for_a_time(actor=leader, entry_id=course.id, closed_from=begins, opens_on=ends, text={})

        with pytest.raises(PeopleAwait):
            close(day, day + timedelta(days=1))
        assert not Closure.objects.exists()

    def test_nobody_gets_a_place_once_it_is_gone(self, course, leader, monkeypatch):
        meeting = make_meeting(course)
        found = selectors.to_sign_up_for(actor=actors.anonymous(HERE), offer_name=course.slug, session_id=meeting.id)
        # Somebody had read the page a moment before.
        monkeypatch.setattr(selectors, "to_sign_up_for", lambda **_asked: found)
        PublishedOffer.objects.filter(entry_id=course.id).delete()

        with pytest.raises(NotFound):
            sign_up(meeting)
        assert not SignUp.objects.exists()


class TestMovingUp:
    def waits(self, course):
        meeting = make_meeting(course, capacity=1)
        sign_up(meeting)
        waiting = sign_up(meeting)
        meeting.capacity = 2
        meeting.save(update_fields=["capacity"])
        return waiting

    def test_one_that_fails_keeps_nobody_waiting(self, course, monkeypatch, caplog):
        rows = [self.waits(course) for _each in range(3)]
        fails, fill = rows[1].session_id, services.fill

        def fill_or_fail(*, session_id, **more):
            if session_id == fails:
                raise RuntimeError("no")
            return fill(session_id=session_id, **more)

        monkeypatch.setattr(tasks.services, "fill", fill_or_fail)
        tasks.move_up(0)

        assert [SignUp.objects.get(id=row.id).state for row in rows] == [
            State.OFFERED, State.WAITING, State.OFFERED,
        ]  # fmt: skip
        assert "signups.filled.failed" in caplog.text

    def test_one_tenant_that_fails_keeps_no_other_waiting(self, course, monkeypatch, caplog):
        row = self.waits(course)
        monkeypatch.setattr(rounds.organisations, "tenant_ids", lambda *, actor: [course.id, HERE])

        tasks.move_up(0)

        assert SignUp.objects.get(id=row.id).state == State.OFFERED
        assert "signups.moved_up.failed" in caplog.text
