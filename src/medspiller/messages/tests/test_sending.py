"""Sending: once for an event and a telephone, and only where it is safe."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from medspiller.access.domain import actors
from medspiller.core import ids
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.messages import registry, selectors, services, subscribers
from medspiller.messages.domain.notices import BadEventKey, Reason, State
from medspiller.messages.domain.texts import DayMissing, NoticeKind
from medspiller.messages.models import Notice
from medspiller.messages.tests.factories import ANOTHER_PHONE, KEY, MAIL, PHONE, Said, make_notice
from medspiller.people import selectors as people_register
from medspiller.people import services as people_services
from medspiller.people.domain.consents import ConsentDetails, ConsentTopic
from medspiller.people.domain.events import CarerRegistered, ConsentWithdrawn
from medspiller.people.models import Person
from medspiller.people.tests import factories as people

# Put together here, so that no number that may ring stands in the file.
REAL_PHONE = "+47" + "9" * 8


@pytest.fixture
def send(house, kari, nurse):
    def sending(person=kari, actor=nurse, event_key=KEY, **more):
        more = {"kind": NoticeKind.NEW_ON_MY_PAGE, "unit_id": house.home_care} | more
        return services.send_notice(actor=actor, person_id=person.id, event_key=event_key, **more)

    return sending


def jobs():
    return list(ProcrastinateJob.objects.filter(task_name="messages.hand_over").values_list("args", flat=True))


class TestSending:
    def test_stores_the_notice_with_its_job(self, send, here):
        made = send()

        assert (made.state, made.channel, made.address, made.attempts) == (State.WAITING, "sms", "+4700000001", 0)
        assert jobs() == [{"tenant_id": str(here), "notice_id": str(made.id)}]

    def test_keeps_the_address_sealed_and_out_of_the_history(self, send):
        made = send()
        with connection.cursor() as cursor:
            cursor.execute("SELECT address FROM notices_notice WHERE id = %s", [made.id])
            (sealed,) = cursor.fetchone()
            cursor.execute("SELECT * FROM notices_noticehistoryrow WHERE id = %s", [made.id])
            kept = {column.name for column in cursor.description}

        assert b"00000001" not in bytes(sealed)
        assert "state" in kept
        assert kept.isdisjoint({"address", "address_hash"})

    def test_leaves_neither_row_nor_job_when_the_rest_is_undone(self, send):
        with transaction.atomic():
            send()
            transaction.set_rollback(True)

        assert (Notice.objects.count(), jobs()) == (0, [])

    def test_falls_back_on_e_mail(self, send, register, kari):
        register.safe = {(kari.id, "email"): MAIL}

        assert send().channel == "email"

    @pytest.mark.parametrize(
        ("preferred", "channel"), [("email", "email"), ("sms", "sms"), ("letter", "sms"), (None, "sms")]
    )
    def test_goes_where_the_person_would_rather_have_it(self, send, register, kari, preferred, channel):
        register.safe[kari.id, "email"] = MAIL
        register.said[kari.id] = Said(preferred_channel=preferred)

        assert send().channel == channel

    def test_goes_another_way_where_the_preferred_is_not_safe(self, send, register, kari):
        register.said[kari.id] = Said(preferred_channel="email")

        assert send().channel == "sms"

    def test_is_in_the_persons_language(self, send, register, kari):
        register.said[kari.id] = Said(language="nn-NO")

        assert send().language == "nn"

    def test_is_for_staff_who_may_open_the_person(self, send, house, leader_elsewhere):
        stranger = people.make_person("Ola")

        with pytest.raises(NotFound):
            send(stranger)
        with pytest.raises(NotAllowed):
            send(actor=leader_elsewhere)

    def test_refuses_words_in_the_key_and_a_day_too_many(self, send):
        with pytest.raises(BadEventKey):
            send(event_key="Kari er syk")
        with pytest.raises(DayMissing):
            send(about_day=date(2026, 9, 30))
        assert Notice.objects.count() == 0

    def test_the_database_refuses_words_in_the_key_too(self, kari, house):
        with pytest.raises(IntegrityError, match="notices_notice_event_key"), transaction.atomic():
            make_notice(kari, house.home_care, event_key="Kari er syk")


class TestOnce:
    def test_for_an_event_and_a_person(self, send, register, kari):
        first = send()
        register.safe[kari.id, "sms"] = ANOTHER_PHONE

        assert send().id == first.id
        assert len(jobs()) == 1

    def test_for_an_event_and_a_telephone(self, send, register, house):
        ola = people.make_person("Ola")
        people.involve(ola, house.home_care)
        # The same telephone, written otherwise.
        register.safe[ola.id, "sms"] = PHONE.replace(" ", "")
        send()

        shared = send(ola)

        assert (shared.state, shared.reason, shared.address) == (State.STOPPED, Reason.SAME_ADDRESS, None)
        assert len(jobs()) == 1

    def test_another_event_is_another_notice(self, send):
        assert send().id != send(event_key="new_on_my_page:2").id

    def test_two_at_the_same_moment_are_judged_by_the_database(self, kari, house):
        make_notice(kari, house.home_care)

        with pytest.raises(IntegrityError, match="notices_notice_once"), transaction.atomic():
            make_notice(kari, house.home_care)
        with pytest.raises(IntegrityError, match="notices_notice_once_address"), transaction.atomic():
            make_notice(people.make_person("Ola"), house.home_care)


class TestNothingIsSent:
    @pytest.fixture
    def stopped(self, send):
        def why(**more):
            made = send(**more)
            assert (made.state, made.address, jobs()) == (State.STOPPED, None, [])
            return made.reason

        return why

    def test_where_nothing_safe_is_known(self, stopped, register):
        register.safe = {}

        assert stopped() == Reason.NO_SAFE_ADDRESS

    def test_to_whom_does_not_want_it(self, stopped, register, kari):
        register.said[kari.id] = Said(wants_notices=False)

        assert stopped() == Reason.NOT_WANTED

    def test_without_the_consent_it_rests_on(self, stopped):
        assert stopped(consent_id=ids.new_id()) == Reason.CONSENT_WITHDRAWN

    def test_to_what_is_no_mobile_telephone(self, stopped, register, kari):
        register.safe[kari.id, "sms"] = "+47" + "22" * 4

        assert stopped() == Reason.NO_SAFE_ADDRESS

    def test_to_a_number_that_may_be_somebodys_among_made_up_people(self, stopped, register, kari):
        register.safe[kari.id, "sms"] = REAL_PHONE

        assert stopped() == Reason.NOT_MADE_UP

    def test_to_a_made_up_number_among_real_people(self, stopped, settings):
        settings.TEST_PERSON_NUMBERS = False

        assert stopped() == Reason.NO_SAFE_ADDRESS

    def test_where_there_is_no_way_out(self, stopped, register):
        registry.connect(gateways=[], register=register)

        assert stopped() == Reason.NO_GATEWAY


class TestWhenSomethingHappens:
    @pytest.fixture
    def registered(self, kari, house):
        return CarerRegistered(
            carer_id=kari.id, patient_id=ids.new_id(), unit_id=house.home_care, registered_on=date(2026, 11, 21)
        )

    def test_a_carer_who_wants_notices_is_told_once(self, registered):
        subscribers.tell_carer(registered)
        subscribers.tell_carer(registered)

        (told,) = Notice.objects.all()
        assert (told.kind, told.state) == (NoticeKind.REGISTERED_AS_CARER, State.WAITING)
        assert str(registered.patient_id) not in told.event_key

    @pytest.mark.parametrize("answer", [None, False])
    def test_a_carer_who_has_not_said_so_is_not(self, registered, register, kari, answer):
        register.said[kari.id] = Said(wants_notices=answer)

        subscribers.tell_carer(registered)

        assert Notice.objects.count() == 0

    def test_a_consent_withdrawn_stops_what_waits_on_it(self, kari, house, register):
        consent, another = ids.new_id(), ids.new_id()
        waits = make_notice(kari, house.home_care, consent_id=consent)
        other = make_notice(kari, house.home_care, consent_id=another, event_key="x:2")
        gone = make_notice(kari, house.home_care, State.HANDED_OVER, consent_id=consent, event_key="x:3")

        subscribers.stop_for_consent(ConsentWithdrawn(consent_id=consent, owner_id=kari.id))

        states = dict(Notice.objects.values_list("id", "state"))
        assert states == {waits.id: State.STOPPED, other.id: State.WAITING, gone.id: State.HANDED_OVER}

    def test_citizens_and_strangers_send_nothing(self, kari, house):
        with pytest.raises(NotAllowed):
            services.stop_for_consent(actor=actors.anonymous(house.tenant_id), consent_id=ids.new_id())


class TestTheRealRegister:
    @pytest.mark.parametrize(
        ("own", "safe", "state"),
        [(True, True, State.WAITING), (True, None, State.STOPPED), (False, True, State.STOPPED)],
    )
    def test_gives_only_a_telephone_of_ones_own_that_is_said_to_be_safe(self, send, kari, own, safe, state):
        registry.connect(gateways=registry.gateways(), register=people_register)
        kari.contact_points.create(
            system="phone",
            value=PHONE,
            value_hash=b"1" * 32,
            own=own,
            safe_for_notices=safe,
            valid_from=date(2026, 1, 1),
        )

        assert send().state == state

    @pytest.mark.parametrize(("withdrawn", "state"), [(False, State.WAITING), (True, State.STOPPED)])
    def test_lets_a_notice_rest_on_a_consent_that_holds(self, send, kari, nurse, here, withdrawn, state):
        registry.connect(gateways=registry.gateways(), register=people_register)
        kari.contact_points.create(
            system="phone", value=PHONE, value_hash=b"1" * 32, safe_for_notices=True, valid_from=date(2026, 1, 1)
        )
        details = ConsentDetails(topics=frozenset({ConsentTopic.HEALTH}), to_other="Fastlegen")
        consent = people_services.give_consent(actor=nurse, owner_id=kari.id, details=details)
        if withdrawn:
            people_services.withdraw_consent(actor=nurse, consent_id=consent.id)

        assert send(actor=actors.system(here), consent_id=consent.id).state == state


class TestSomebodyRegisteredTwice:
    @pytest.fixture
    def twice(self, kari, house, nurse):
        """A notice to a row that turned out to be Kari's."""
        other = people.make_person("Kari", "Demoås")
        people.involve(other, house.home_care)
        notice = make_notice(other, house.home_care, State.UNCERTAIN)
        Person.objects.filter(id=other.id).update(merged_into=kari)
        return notice

    def test_has_the_notices_of_both(self, twice, kari, nurse):
        (line,) = selectors.notices(actor=nurse)[:5]
        assert (line.person_id, line.person_name) == (kari.id, "Kari Demoli")

        kari.user = people.citizen_account(kari.tenant_id)
        kari.save(update_fields=["user"])
        (own,) = selectors.own_notices(actor=people.as_actor(kari.user))
        assert own.id == twice.id

    def test_is_two_again_when_that_is_undone(self, twice, nurse):
        Person.objects.filter(id=twice.person_id).update(merged_into=None)

        (line,) = selectors.notices(actor=nurse)[:5]
        assert line.person_id == twice.person_id

    def test_is_reached_where_the_one_who_is_kept_is_reached(self, twice, kari, here):
        assert selectors.person_of_notice(actor=actors.system(here), notice_id=twice.id) == kari.id


def test_what_waits_is_found_by_an_index_of_what_waits_alone(here):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'notices_notice_waiting'")
        (definition,) = cursor.fetchone()

    assert "(tenant_id, next_try_at)" in definition
    assert "'waiting'" in definition.split("WHERE")[1]
