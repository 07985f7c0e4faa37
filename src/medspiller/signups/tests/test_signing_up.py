"""From signing up to moving up: seats, the line, offers that run out; and that no seat is given twice."""

from contextlib import suppress
from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.services import rounds
from medspiller.catalogue.models import PublishedOffer
from medspiller.core import clock, ids
from medspiller.core.errors import InvalidInput, NotFound
from medspiller.people.tests.factories import as_actor, worker
from medspiller.signups import services, tasks
from medspiller.signups.domain.meetings import AlreadySignedUp, NotOpen, Why
from medspiller.signups.domain.places import NothingOffered, State
from medspiller.signups.domain.who import Wish
from medspiller.signups.models import SignUp
from medspiller.signups.tests.factories import (
    IN_A_WEEK,
    citizen,
    make_course,
    make_meeting,
    make_series,
    sign_up,
    somebody,
)
from tests.support.database import HERE

SYSTEM = actors.system(HERE)


@pytest.fixture(autouse=True)
def only_here(monkeypatch):
    """A test's transaction is one tenant's."""
    monkeypatch.setattr(rounds.organisations, "tenant_ids", lambda *, actor: [HERE])


@pytest.fixture
def course(house):
    return make_course(house.carers)


def states(meeting):
    return [row.state for row in SignUp.objects.filter(session=meeting).order_by("number")]


def taken(meeting):
    meeting.refresh_from_db()
    return meeting.taken


class TestSeats:
    def test_are_given_until_there_are_no_more_then_one_waits(self, course):
        meeting = make_meeting(course, capacity=2)
        for _each in range(4):
            sign_up(meeting)

        assert states(meeting) == ["held", "held", "waiting", "waiting"]
        assert taken(meeting) == 2

    def test_are_never_short_without_a_limit(self, course):
        meeting = make_meeting(course)
        sign_up(meeting)

        assert states(meeting) == ["held"]

    def test_of_a_series_are_taken_together_or_not_at_all(self, course):
        meetings = make_series(course, capacity=2)
        meetings[1].capacity = 1
        meetings[1].save()
        sign_up(meetings[2])
        sign_up(meetings[0])

        assert states(min(meetings, key=lambda each: each.id)) == ["held", "waiting"]
        assert [taken(each) for each in meetings] == [1, 1, 1]

    def test_are_one_for_the_same_press(self, course):
        meeting, press = make_meeting(course, capacity=5), str(ids.new_id())

        assert sign_up(meeting, somebody(), press=press).id == sign_up(meeting, somebody(), press=press).id
        assert taken(meeting) == 1

    def test_are_one_for_one_person(self, course):
        meeting, kari = make_meeting(course, capacity=5), citizen(HERE)
        sign_up(meeting, somebody())
        sign_up(meeting, by=kari)

        for wish, by in ((somebody(), None), (Wish(name=" demo  PERSON 1", contact="Person1@Example.org"), None)):
            with pytest.raises(AlreadySignedUp):
                sign_up(meeting, wish, by=by)
        with pytest.raises(AlreadySignedUp):
            sign_up(meeting, by=kari)
        sign_up(meeting, Wish(for_name="Mor Demoli"), by=kari)
        assert taken(meeting) == 3

    def test_can_be_taken_again_after_giving_up(self, course):
        meeting, kari = make_meeting(course, capacity=1), citizen(HERE)
        first = sign_up(meeting, by=kari)
        services.cancel(actor=as_actor(kari), sign_up_id=first.id)
        sign_up(meeting, by=kari)

        assert states(meeting) == ["cancelled", "held"]
        assert taken(meeting) == 1


class TestMovingUp:
    @pytest.fixture
    def full(self, course):
        meeting = make_meeting(course, capacity=1)
        self.kari, self.ola = citizen(HERE), citizen(HERE, "Ola Demoli")
        self.first, self.second = sign_up(meeting, by=self.kari), sign_up(meeting, by=self.ola)
        self.third = sign_up(meeting)
        return meeting

    def give_up(self):
        services.cancel(actor=as_actor(self.kari), sign_up_id=self.first.id)

    def make_room(self, meeting, capacity):
        meeting.refresh_from_db()
        meeting.capacity = capacity
        meeting.save(update_fields=["capacity"])

    def test_offers_the_seat_to_whoever_is_next(self, full):
        self.give_up()

        self.second.refresh_from_db()
        assert states(full) == ["cancelled", "offered", "waiting"]
        assert self.second.offer_ends_at == self.second.offered_at + timedelta(hours=24)
        assert taken(full) == 1

    def test_once_however_often_one_gives_up(self, full):
        self.give_up()
        self.give_up()

        assert states(full) == ["cancelled", "offered", "waiting"]

    def test_holds_the_seat_once_they_say_yes(self, full):
        self.give_up()
        services.accept(actor=as_actor(self.ola), sign_up_id=self.second.id)
        services.accept(actor=as_actor(self.ola), sign_up_id=self.second.id)

        assert states(full) == ["cancelled", "held", "waiting"]
        assert taken(full) == 1

    def test_goes_on_by_itself_when_nobody_answers(self, full):
        self.give_up()
        with clock.frozen(clock.now() + timedelta(hours=25)):
            with pytest.raises(NothingOffered):
                services.accept(actor=as_actor(self.ola), sign_up_id=self.second.id)
            tasks.move_up(0)
            tasks.move_up(0)

        assert states(full) == ["cancelled", "expired", "offered"]
        assert taken(full) == 1

    def test_goes_on_when_they_say_no(self, full):
        self.give_up()
        services.cancel(actor=as_actor(self.ola), sign_up_id=self.second.id)

        assert states(full) == ["cancelled", "cancelled", "offered"]

    def test_leaves_less_time_near_the_start(self, full):
        with clock.frozen(full.starts_at - timedelta(hours=4)):
            self.give_up()

        self.second.refresh_from_db()
        assert self.second.offer_ends_at == full.starts_at - timedelta(hours=2)

    def test_is_too_late_just_before_the_start(self, full):
        with clock.frozen(full.starts_at - timedelta(minutes=30)):
            self.give_up()

        assert states(full) == ["cancelled", "waiting", "waiting"]

    def test_happens_when_there_are_more_seats(self, full):
        self.make_room(full, 3)
        tasks.move_up(0)

        assert states(full) == ["held", "offered", "offered"]

    def test_happens_in_a_series_whose_first_one_is_cancelled(self, course):
        meetings = make_series(course, capacity=1)
        sign_up(meetings[0])
        waiting = sign_up(meetings[0])
        anchor = waiting.session
        anchor.status = "cancelled"
        anchor.save(update_fields=["status"])
        for each in meetings:
            if each.id != anchor.id:
                self.make_room(each, 2)
        with clock.frozen(anchor.starts_at - timedelta(days=1)):
            tasks.move_up(0)

        assert states(anchor) == ["held", "offered"]

    def test_comes_before_whoever_signs_up_now(self, full):
        self.make_room(full, 2)
        sign_up(full)

        assert states(full) == ["held", "offered", "waiting", "waiting"]


class TestWhoCannot:
    @pytest.mark.parametrize(
        ("more", "when", "why"),
        [
            ({"status": "cancelled"}, timedelta(), Why.CANCELLED),
            ({}, IN_A_WEEK + timedelta(minutes=1), Why.OVER),
            ({"deadline": timedelta(days=1)}, timedelta(days=2), Why.CLOSED),
            ({"capacity": 0, "has_waiting_list": False}, timedelta(), Why.FULL),
        ],
    )
    def test_is_told_why(self, course, more, when, why):
        if "deadline" in more:
            more = {"deadline": clock.now() + more["deadline"]}
        meeting = make_meeting(course, **more)

        with clock.frozen(clock.now() + when), pytest.raises(NotOpen) as refusal:
            sign_up(meeting)

        assert refusal.value.why is why

    @pytest.mark.parametrize(("waiting_list", "states_then"), [(True, ["held", "waiting"]), (False, ["held"])])
    def test_who_calls_after_the_deadline_waits_only_where_there_is_a_list(self, course, waiting_list, states_then):
        meeting = make_meeting(
            course, capacity=1, deadline=clock.now() + timedelta(days=1), has_waiting_list=waiting_list
        )
        leader = worker(HERE, course.unit_id, Role.LEADER)
        with clock.frozen(clock.now() + timedelta(days=2)):
            for number in range(2):
                with suppress(NotOpen):
                    services.add(actor=leader, entry_id=course.id, session_id=meeting.id, wish=somebody(number))

        assert states(meeting) == states_then

    def test_child_is_asked_for_no_needs(self, course):
        PublishedOffer.objects.update(is_for_children=True)

        assert sign_up(make_meeting(course), somebody(needs="n" * 400)).needs is None

    def test_may_be_nobody_only_where_the_meeting_allows_it(self, course):
        with pytest.raises(NotOpen) as refusal:
            sign_up(make_meeting(course), Wish(anonymous=True))
        row = sign_up(make_meeting(course, allows_anonymous=True), Wish(anonymous=True, name="Kari", needs="x"))

        assert refusal.value.why is Why.NOT_ANONYMOUS
        assert (row.name, row.contact, row.needs, row.owner_id, row.number) == (None, None, None, None, 1)

    @pytest.mark.parametrize(
        ("wish", "problems"),
        [
            (Wish(), {"name": "required", "contact": "required"}),
            (Wish(name="Kari", contact="hei"), {"contact": "no-contact"}),
            (Wish(name="K" * 200, contact="22334455", needs="n" * 400), {"name": "too-long", "needs": "too-long"}),
        ],
    )
    def test_is_told_what_is_missing(self, course, wish, problems):
        with pytest.raises(InvalidInput) as refusal:
            sign_up(make_meeting(course), wish)

        assert refusal.value.problems == problems

    def test_finds_nothing_of_another_offer(self, course, house):
        other = make_course(house.carers, slug="noe-annet")
        meeting = make_meeting(other)
        with pytest.raises(NotFound):
            services.sign_up(
                actor=actors.anonymous(HERE), offer_name=course.slug, session_id=meeting.id, wish=somebody(),
                press="x", address="a",
            )  # fmt: skip

    def test_is_sent_elsewhere_where_one_need_not_sign_up(self, house):
        with pytest.raises(NotOpen) as refusal:
            sign_up(make_meeting(make_course(house.carers, slug="apent-hus", way="open")))

        assert refusal.value.why is Why.NOT_HERE


def test_what_somebody_says_is_sealed(course):
    row = sign_up(make_meeting(course), somebody(needs="Sitter i rullestol"))
    assert row.needs == "Sitter i rullestol"
    assert State(row.state) is State.HELD
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("medspiller.core.encryption.EncryptedText.from_db_value", lambda *args: args[1])
        sealed = SignUp.objects.get()
        assert b"rullestol" not in bytes(sealed.needs)
        assert b"Demo Person" not in bytes(sealed.name)
