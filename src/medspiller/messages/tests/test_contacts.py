"""Notices to a telephone or mailbox that somebody gave who is no person of the register."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core import ids, tenancy
from medspiller.core.errors import NotAllowed
from medspiller.core.models import Delivery
from medspiller.messages import selectors, services
from medspiller.messages.domain.notices import Reason, State
from medspiller.messages.domain.texts import DayMissing, NoticeKind
from medspiller.messages.models import Notice
from medspiller.messages.tests.factories import MAIL, PHONE
from medspiller.people.tests import factories as people
from tests.support.database import HERE
from tests.support.jobs import run_jobs
from tests.support.sms_gateway import Bent
from tests.support.staff import build_house

SYSTEM = actors.system(HERE)
DAY = date(2026, 11, 24)


def tell(unit_id, contact=PHONE, **more):
    wanted = {
        "about_id": ids.new_id(),
        "kind": NoticeKind.APPOINTMENT_SOON,
        "event_key": "meeting_soon:1",
        "about_day": DAY,
    }
    return services.tell_contact(actor=SYSTEM, contact=contact, unit_id=unit_id, **(wanted | more))


class TestTelling:
    @pytest.mark.parametrize("contact", [PHONE, MAIL])
    def test_is_once_for_an_event_and_a_contact(self, here, house, register, contact):
        first, again = (tell(house.home_care, contact) for _time in range(2))

        assert first.id == again.id
        assert (first.person_id, first.state) == (None, State.WAITING)
        assert tell(house.home_care, contact, event_key="meeting_soon:2").id != first.id

    @pytest.mark.parametrize("contact", ["22334455", "kari@kommune.invalid", "not an address"])
    def test_leaves_nothing_where_nothing_can_be_sent(self, here, house, register, contact):
        assert tell(house.home_care, contact) is None
        assert not Notice.objects.exists()

    def test_keeps_the_contact_sealed_and_out_of_the_history(self, here, house, register):
        tell(house.home_care, MAIL)

        with connection.cursor() as cursor:
            cursor.execute("SELECT n::text, h::text FROM notices_notice n, notices_noticehistoryrow h")
            assert MAIL not in str(cursor.fetchall())

    def test_is_for_jobs_alone(self, here, house, register, nurse):
        for call in (
            lambda: services.tell_contact(
                actor=nurse, contact=PHONE, unit_id=house.home_care, about_id=ids.new_id(),
                kind=NoticeKind.PLACE_KEPT, event_key="x:1",
            ),
            lambda: services.stop_contact(actor=nurse, about_id=ids.new_id()),
            lambda: services.forget_contacts(actor=nurse, about_ids=[ids.new_id()]),
        ):  # fmt: skip
            with pytest.raises(NotAllowed):
                call()

    def test_names_the_day_it_is_about(self, here, house, register):
        with pytest.raises(DayMissing):
            tell(house.home_care, about_day=None)

    def test_goes_to_a_person_or_a_contact_and_never_to_both_or_nobody(self, here, house, register, kari):
        told = tell(house.home_care)
        for wrong in ({"person": kari}, {"about_id": None}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Notice.objects.filter(id=told.id).update(**wrong)

    def test_ends_with_what_the_contact_was_given_with(self, here, house, register):
        told, other = tell(house.home_care), tell(house.home_care, MAIL)

        assert services.stop_contact(actor=SYSTEM, about_id=told.about_id) == 1
        told.refresh_from_db()
        assert (told.state, told.reason) == (State.STOPPED, Reason.NOT_WANTED)
        assert services.forget_contacts(actor=SYSTEM, about_ids=[told.about_id]) == 1
        assert Notice.objects.get().id == other.id

    def test_is_in_the_list_of_its_unit_and_of_no_other(self, here, house, register, nurse, leader_elsewhere):
        tell(house.home_care)

        (line,) = selectors.notices(actor=people.worker(HERE, house.home_care, Role.LEADER))[:10]
        assert (line.to_contact, line.person_name, line.address_end) == (True, "", "••• 01")
        assert "avtale 24. november" in line.text
        assert list(selectors.notices(actor=leader_elsewhere)[:10]) == []


class TestHandingOver:
    @pytest.fixture
    def told(self, committed, register):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM.id):
            return tell(build_house(HERE).home_care)

    def seen(self, told):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM.id):
            return Notice.objects.get(id=told.id).state, self.asked_to_call()

    def asked_to_call(self):
        return Delivery.objects.filter(subscriber__contains="contact_not_reached").count()

    def test_sends_it_once_with_its_id_as_key(self, told, sms_gateway):
        run_jobs()
        services.hand_over(actor=SYSTEM, notice_id=told.id)

        (message,) = sms_gateway.sent
        assert message["id"] == str(told.id)
        assert "min-side" not in message["text"]
        assert self.seen(told) == (State.HANDED_OVER, 0)

    def test_lets_the_unit_call_where_nobody_knows(self, told, sms_gateway):
        sms_gateway.next = [Bent.HANGS_UP_AFTER_TAKING]
        run_jobs()

        assert self.seen(told) == (State.UNCERTAIN, 1)

    def test_sends_nothing_that_was_stopped(self, told, sms_gateway):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM.id):
            services.stop_contact(actor=SYSTEM, about_id=told.about_id)
        run_jobs()

        assert sms_gateway.asked == []
