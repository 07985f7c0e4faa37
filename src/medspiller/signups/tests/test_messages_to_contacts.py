"""Who has no page of their own is told at the contact they gave, if they said that this is safe; else called."""

from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.services import rounds
from medspiller.catalogue.domain.events import SessionCancelled, SessionChanged
from medspiller.config import wiring
from medspiller.core import clock
from medspiller.messages import registry
from medspiller.messages.domain.events import ContactNotReached
from medspiller.messages.domain.notices import Channel, Reason, State
from medspiller.messages.domain.texts import NoticeKind
from medspiller.messages.gateways.demo import DemoGateway
from medspiller.messages.models import Notice
from medspiller.people.tests.factories import as_actor, worker
from medspiller.signups import selectors, services, subscribers, tasks
from medspiller.signups.domain.events import PlaceOffered
from medspiller.signups.domain.who import Wish
from medspiller.signups.tests.factories import IN_A_WEEK, citizen, make_course, make_meeting, sign_up, somebody
from tests.support.database import HERE

SYSTEM = actors.system(HERE)
SAFE = {"may_message": True}


@pytest.fixture(autouse=True)
def only_here(monkeypatch):
    monkeypatch.setattr(rounds.organisations, "tenant_ids", lambda *, actor: [HERE])


@pytest.fixture(autouse=True)
def way_out(settings):
    """E-mail goes out, and stays here; nobody is in a register that wants notices."""
    settings.TEST_PERSON_NUMBERS = True
    registry.connect(gateways=[DemoGateway(Channel.EMAIL)], register=registry.NobodyKnown())
    yield
    wiring.connect()


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


def to_call(organiser, meeting):
    found = selectors.participants(actor=organiser, entry_id=meeting.entry_id, session_id=meeting.id)
    return [each.number for each in found.seated if each.to_call]


def sent():
    return list(Notice.objects.order_by("created_at", "id").values_list("kind", "address"))


class TestSomebodyWithoutAPage:
    def test_is_told_at_a_contact_that_is_safe_and_called_at_another(self, course, organiser):
        meeting = make_meeting(course)
        sign_up(meeting, somebody(1, **SAFE))
        sign_up(meeting, somebody(2))
        for _again in range(2):
            cancelled(meeting)

        assert sent() == [(NoticeKind.APPOINTMENT_CANCELLED, "person1@example.org")]
        assert to_call(organiser, meeting) == [2]

    def test_is_told_once_for_all_they_signed_up(self, course, organiser):
        meeting = make_meeting(course)
        for child in ("Ola Demoli", "Eva Demoli"):
            sign_up(meeting, somebody(1, for_name=child, **SAFE))
        cancelled(meeting)

        assert len(sent()) == 1
        assert to_call(organiser, meeting) == []

    def test_is_reminded_the_day_before_once(self, course):
        sign_up(make_meeting(course, starts_at=clock.now() + timedelta(days=1)), somebody(1, **SAFE))
        with clock.frozen(clock.now().astimezone(clock.OSLO).replace(hour=11, minute=0)):
            tasks.remind(0)
            tasks.remind(0)

        assert sent() == [(NoticeKind.APPOINTMENT_SOON, "person1@example.org")]
        assert Notice.objects.get().about_day == clock.today() + timedelta(days=1)

    def test_is_told_that_a_meeting_was_moved_and_that_a_place_is_kept(self, course, organiser):
        meeting = make_meeting(course, capacity=1)
        first, _waiting = sign_up(meeting, somebody(1, **SAFE)), sign_up(meeting, somebody(2, **SAFE))
        services.strike_off(actor=organiser, entry_id=course.id, sign_up_id=first.id)
        _waiting.refresh_from_db()
        subscribers.place_offered(PlaceOffered(_waiting.id))
        subscribers.session_changed(SessionChanged(meeting.id, ("starts_at",)))

        assert sent() == [
            (NoticeKind.PLACE_KEPT, "person2@example.org"),
            (NoticeKind.APPOINTMENT_CHANGED, "person2@example.org"),
        ]

    def test_who_has_an_account_and_is_in_no_register_is_told_there_too(self, course, organiser):
        meeting = make_meeting(course)
        wish = Wish(contact="kari@example.org", **SAFE)
        services.sign_up(
            actor=as_actor(citizen(HERE)), offer_name=course.slug, session_id=meeting.id, wish=wish,
            press="p", address="a",
        )  # fmt: skip
        cancelled(meeting)

        assert sent() == [(NoticeKind.APPOINTMENT_CANCELLED, "kari@example.org")]

    def test_reads_it_in_the_language_they_signed_up_in(self, course):
        meeting = make_meeting(course)
        sign_up(meeting, somebody(1, language="en", **SAFE))
        cancelled(meeting)

        assert Notice.objects.get().language == "en"


class TestAMessageThatDidNotArrive:
    @pytest.mark.parametrize(("event_key", "called"), [("meeting_cancelled:1", [1, 2]), ("meeting_soon:1", [])])
    def test_lets_the_unit_call_all_with_that_contact_unless_it_was_a_reminder(
        self, course, organiser, event_key, called
    ):
        meeting = make_meeting(course)
        row = sign_up(meeting, somebody(1, **SAFE))
        sign_up(meeting, somebody(1, for_name="Eva Demoli", **SAFE))
        sign_up(meeting, somebody(3, **SAFE))
        cancelled(meeting)
        assert to_call(organiser, meeting) == []

        for _again in range(2):
            subscribers.contact_not_reached(ContactNotReached(row.id, event_key))

        assert to_call(organiser, meeting) == called

    def test_is_not_sent_on_to_whoever_does_not_come_any_more(self, course, organiser):
        meeting = make_meeting(course)
        row = sign_up(meeting, somebody(1, **SAFE))
        subscribers.session_changed(SessionChanged(meeting.id, ("starts_at",)))
        services.strike_off(actor=organiser, entry_id=course.id, sign_up_id=row.id)

        told = Notice.objects.get()
        assert (told.state, told.reason) == (State.STOPPED, Reason.NOT_WANTED)

    def test_is_deleted_with_the_sign_up(self, course):
        meeting = make_meeting(course)
        sign_up(meeting, somebody(1, **SAFE))
        cancelled(meeting)
        with clock.frozen(clock.now() + IN_A_WEEK + timedelta(days=91)):
            tasks.forget(0)

        assert not Notice.objects.exists()
