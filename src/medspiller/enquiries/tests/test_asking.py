"""Who can ask, what is kept of it, and what nobody but staff may read."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.domain.throttling import RULES, TooManyTries, What
from medspiller.access.models import RoleGrant
from medspiller.core import clock
from medspiller.core.errors import InvalidInput, NotAllowed
from medspiller.enquiries import selectors, services
from medspiller.enquiries.domain.enquiries import NobodyReads, Purpose
from medspiller.enquiries.models import Attempt, Enquiry, Recipient
from medspiller.enquiries.tests.factories import (
    PHONE,
    as_somebody,
    ask,
    asked,
    call_wish,
    contact_of,
    leader_of,
    let_read,
    said,
)
from medspiller.people.tests.factories import as_actor, citizen_account, worker


@pytest.fixture
def contact(house):
    return contact_of(house.tenant_id, house.carers)


@pytest.fixture
def read(house, contact):
    """The carers' centre reads what is asked, and somebody works there."""
    for purpose in Purpose:
        let_read(house.tenant_id, house.carers, purpose=purpose)


@pytest.mark.usefixtures("read")
class TestAsking:
    def test_keeps_what_is_needed_and_seals_it(self, here):
        row = asked(here, call_wish(email="kari@example.org", weekdays=(1,)))

        assert (row.name, row.phone, row.email, row.due_on > clock.today()) == (
            "Kari", PHONE, "kari@example.org", True,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, phone, email FROM enquiries_enquiry")
            stored = b"".join(bytes(value) for value in cursor.fetchone())
        assert b"Kari" not in stored
        assert PHONE.encode() not in stored

    def test_the_same_press_is_one_enquiry(self, here):
        for _press in range(2):
            ask(here, press="the same")

        assert Enquiry.objects.count() == 1

    def test_too_many_from_one_address_are_refused(self, here):
        everybody = actors.anonymous(here)

        def once(number):
            services.ask_for_call(actor=everybody, wish=call_wish(), press=f"press {number}", address="2001:db8::1")

        for number in range(RULES[What.ENQUIRY_MADE].free):
            once(number)
        with pytest.raises(TooManyTries):
            once("more")

    def test_what_is_wrong_is_named_and_nothing_kept(self, here):
        with pytest.raises(InvalidInput, match="phone"):
            ask(here, call_wish(phone=""))

        assert not Enquiry.objects.exists()

    def test_a_call_has_no_words(self, here):
        row = asked(here)
        row.text = "Hun har demens."

        with pytest.raises(IntegrityError, match="calls_have_no_words"), transaction.atomic():
            row.save()


class TestNobodyReads:
    def test_without_a_recipient(self, here):
        with pytest.raises(NobodyReads):
            ask(here)

    def test_where_nobody_works(self, here, house):
        let_read(here, house.carers)

        assert selectors.reader_of(actor=actors.anonymous(here), purpose=Purpose.CALL) is None
        with pytest.raises(NobodyReads):
            ask(here)

    def test_where_somebody_works_in_the_unit_above_only(self, here, house):
        leader_of(here, house.top)
        let_read(here, house.carers)

        assert selectors.reader_of(actor=actors.anonymous(here), purpose=Purpose.CALL) is None

    @pytest.mark.usefixtures("read")
    def test_from_the_moment_the_last_role_ends(self, here, contact):
        assert selectors.reader_of(actor=actors.anonymous(here), purpose=Purpose.CALL) is not None
        RoleGrant.objects.update(ended_at=clock.now() - timedelta(seconds=1))

        assert selectors.reader_of(actor=actors.anonymous(here), purpose=Purpose.CALL) is None


@pytest.mark.usefixtures("read")
class TestWhoMayRead:
    """Row-level security: whoever asks can add, and neither read, change nor remove."""

    def test_whoever_is_not_signed_in_reads_nothing(self, here):
        asked(here)

        with as_somebody(actors.anonymous(here)):
            assert (Enquiry.objects.count(), Enquiry.objects.update(language="en")) == (0, 0)
            assert Enquiry.objects.all().delete()[0] == 0
        assert Enquiry.objects.count() == 1

    def test_a_citizen_asks_and_reads_nothing(self, here):
        kari = as_actor(citizen_account(here, name="Kari Demoli"))

        with as_somebody(kari):
            services.ask_for_call(actor=kari, wish=call_wish(), press="press", address="::1")
            assert not Enquiry.objects.exists()
        assert Enquiry.objects.count() == 1

    def test_nobody_but_staff_writes_down_tries(self, here):
        row = asked(here)

        with (
            as_somebody(actors.anonymous(here)),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            Attempt.objects.create(enquiry_id=row.id, reached=True, made_at=clock.now())

    def test_a_colleague_of_another_unit_finds_nothing(self, here, house, contact):
        row = asked(here)
        elsewhere = contact_of(here, house.home_care, name="Eva Demoås")

        assert [line.id for line in selectors.enquiries(actor=contact, narrowing=selectors.Narrowing())] == [row.id]
        assert not selectors.enquiries(actor=elsewhere, narrowing=selectors.Narrowing())

    def test_whoever_has_another_role_may_not(self, here, house):
        care_worker = worker(here, house.carers, Role.CARE_WORKER)

        with pytest.raises(NotAllowed):
            selectors.enquiries(actor=care_worker, narrowing=selectors.Narrowing())


class TestRecipients:
    def test_a_leader_decides_for_their_units_only(self, here, house):
        leader = leader_of(here, house.home_care)

        services.choose_recipient(actor=leader, purpose=Purpose.CALL, unit_id=house.night, within_days=3)
        with pytest.raises(NotAllowed):
            services.choose_recipient(actor=leader, purpose=Purpose.CALL, unit_id=house.carers, within_days=3)

    def test_nobody_takes_it_from_a_unit_that_is_not_theirs(self, here, house):
        let_read(here, house.carers)
        leader = leader_of(here, house.home_care)

        with pytest.raises(NotAllowed):
            services.choose_recipient(actor=leader, purpose=Purpose.CALL, unit_id=house.night, within_days=3)
        with pytest.raises(NotAllowed):
            services.end_recipient(actor=leader, purpose=Purpose.CALL)
        assert Recipient.objects.get().unit_id == house.carers

    @pytest.mark.parametrize("days", [0, 11])
    def test_days_are_few(self, here, house, days):
        with pytest.raises(InvalidInput):
            let_read(here, house.carers, within_days=days)

    @pytest.mark.usefixtures("read")
    def test_what_is_open_goes_with_it(self, here, house, contact):
        open_one, done = asked(here), said(here)
        services.take(actor=contact, enquiry_id=open_one.id)
        leader = leader_of(here, house.top)

        services.choose_recipient(actor=leader, purpose=Purpose.CALL, unit_id=house.top, within_days=1)

        open_one.refresh_from_db()
        assert (open_one.unit_id, open_one.taken_by_id) == (house.top, None)
        done.refresh_from_db()
        assert done.unit_id == house.carers
