"""What a unit does with what is asked, what stands on its list, and when it is deleted."""

from datetime import UTC, datetime, timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.services import rounds
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.enquiries import selectors, services, subscribers, tasks
from medspiller.enquiries.domain.enquiries import Done, NoSuchOutcome, Outcome, Purpose, State, Taken
from medspiller.enquiries.domain.events import EnquiryDone, EnquiryMade, EnquiryMoved
from medspiller.enquiries.models import Enquiry
from medspiller.enquiries.selectors import Narrowing
from medspiller.enquiries.tests.factories import asked, call_wish, contact_of, leader_of, let_read, said
from medspiller.worklist.models import OPEN, WorkItem

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


@pytest.fixture
def contact(house):
    for purpose in Purpose:
        let_read(house.tenant_id, house.carers, purpose=purpose)
    return contact_of(house.tenant_id, house.carers)


@pytest.fixture
def row(here, contact):
    return asked(here)


def on_lists():
    return set(WorkItem.objects.filter(OPEN).values_list("kind", "subject_id", "unit_id"))


class TestAnswering:
    def test_a_try_takes_it_and_a_colleague_is_told_who_has_it(self, here, house, contact, row):
        colleague = contact_of(here, house.carers, name="Jonas Demostad")

        services.note_attempt(actor=contact, enquiry_id=row.id, reached=False)
        services.note_attempt(actor=contact, enquiry_id=row.id, reached=True)

        seen = selectors.enquiry(actor=contact, enquiry_id=row.id)
        assert [(reached, who) for _at, reached, who in seen.attempts] == [
            (False, "Ingrid Demovik"), (True, "Ingrid Demovik"),
        ]  # fmt: skip
        for change in (services.take, services.give_back):
            with pytest.raises(Taken) as refusal:
                change(actor=colleague, enquiry_id=row.id)
            assert refusal.value.by == "Ingrid Demovik"

    def test_a_leader_gives_back_for_whoever_is_away(self, here, house, contact, row):
        services.take(actor=contact, enquiry_id=row.id)

        services.give_back(actor=leader_of(here, house.top), enquiry_id=row.id)

        assert selectors.enquiry(actor=contact, enquiry_id=row.id).line.state is State.WAITING

    def test_done_says_what_came_of_it_and_stays_so(self, contact, row):
        services.finish(actor=contact, enquiry_id=row.id, outcome=Outcome.AGREED)

        seen = selectors.enquiry(actor=contact, enquiry_id=row.id)
        assert (seen.line.state, seen.line.outcome, seen.done_by) == (State.DONE, Outcome.AGREED, "Ingrid Demovik")
        for change in (services.take, services.give_back):
            with pytest.raises(Done):
                change(actor=contact, enquiry_id=row.id)

    def test_it_comes_to_what_such_ones_can(self, contact, row):
        with pytest.raises(NoSuchOutcome):
            services.finish(actor=contact, enquiry_id=row.id, outcome=Outcome.MENDED)

        row.refresh_from_db()
        assert row.taken_by_id is None

    def test_another_unit_finds_nothing(self, here, house, row):
        elsewhere = contact_of(here, house.home_care, name="Eva Demoås")

        for change in (services.take, services.give_back):
            with pytest.raises(NotFound):
                change(actor=elsewhere, enquiry_id=row.id)


class TestTheList:
    def test_open_by_due_day_and_done_latest_first(self, here, contact):
        with clock.frozen(MONDAY):
            first, second = asked(here), asked(here)
        with clock.frozen(MONDAY + timedelta(days=1)):
            third = asked(here)
            services.finish(actor=contact, enquiry_id=first.id, outcome=Outcome.TALKED)

        listed = selectors.enquiries(actor=contact, narrowing=Narrowing())
        done = selectors.enquiries(actor=contact, narrowing=Narrowing(is_open=False))

        assert [each.id for each in listed] == [second.id, third.id]
        assert [each.id for each in done] == [first.id]

    @pytest.mark.parametrize("words", ["KARI", "00 10 02 00", "kari demo", "example.org kari"])
    def test_is_found_by_what_was_said(self, here, contact, words):
        wanted = asked(here, call_wish(name="Kari Demo", email="kari@example.org"))
        asked(here, call_wish(name="Ola", phone="00 90 00 01"))

        found = selectors.enquiries(actor=contact, narrowing=Narrowing(words=words))

        assert [each.id for each in found] == [wanted.id]

    def test_reading_it_is_in_the_log(self, contact, row):
        selectors.shown(actor=contact, rows=[row])
        selectors.enquiry(actor=contact, enquiry_id=row.id)

        assert AccessEntry.objects.filter(kind="read", subject_type="enquiries.Enquiry", subject_id=row.id).count() == 2


class TestTheWorkList:
    def test_it_stands_there_until_it_is_done(self, house, contact, row):
        for _again in range(2):
            subscribers.enquiry_made(EnquiryMade(row.id))
        assert on_lists() == {("enquiries.call", row.id, house.carers)}
        assert WorkItem.objects.get().due_on == row.due_on

        services.finish(actor=contact, enquiry_id=row.id, outcome=Outcome.TALKED)
        subscribers.enquiry_done(EnquiryDone(row.id))
        assert on_lists() == set()

    def test_it_follows_to_another_unit(self, here, house, contact, row):
        subscribers.enquiry_made(EnquiryMade(row.id))

        let_read(here, house.top)
        subscribers.enquiry_moved(EnquiryMoved(row.id, house.carers))

        assert on_lists() == {("enquiries.call", row.id, house.top)}

    def test_a_second_press_tells_of_nothing(self, here, contact):
        subscribers.enquiry_made(EnquiryMade(said(here).unit_id))

        assert on_lists() == set()

    def test_nobody_but_jobs_looks_after_it(self, contact, row):
        for change in (services.bring_up_to_date, selectors.open_ids, services.forget):
            arguments = {"enquiry_id": row.id} if change is services.bring_up_to_date else {}
            arguments |= {"now": clock.now()} if change is services.forget else {}
            with pytest.raises(NotAllowed):
                change(actor=contact, **arguments)


class TestForgetting:
    @pytest.mark.parametrize(
        ("age", "done_for", "is_there"),
        [(1, None, True), (179, None, True), (181, None, False), (40, 29, True), (40, 31, False), (181, 1, False)],
    )
    def test_thirty_days_after_it_is_done_and_half_a_year_at_most(self, here, contact, age, done_for, is_there):
        row, now = asked(here), clock.now()
        if done_for is not None:
            services.finish(actor=contact, enquiry_id=row.id, outcome=Outcome.TALKED)
        done_at = None if done_for is None else now - timedelta(days=done_for)
        Enquiry.objects.update(received_at=now - timedelta(days=age), done_at=done_at)
        services.bring_up_to_date(actor=actors.system(here), enquiry_id=row.id)

        for _again in range(2):
            services.forget(actor=actors.system(here), now=now)

        assert Enquiry.objects.filter(id=row.id).exists() is is_there
        assert bool(on_lists()) is (is_there and done_for is None)

    def test_the_job_puts_back_what_somebody_took_off_the_list(self, here, contact, row, monkeypatch):
        monkeypatch.setattr(rounds.organisations, "tenant_ids", lambda actor: [here])

        tasks.look_after(timestamp=0)

        assert {kind for kind, _subject, _unit in on_lists()} == {"enquiries.call"}

    def test_one_tenant_that_fails_does_not_stop_the_others(self, here, contact, row, monkeypatch, caplog):
        nobody = row.id
        monkeypatch.setattr(rounds.organisations, "tenant_ids", lambda actor: [nobody, here])

        tasks.look_after(timestamp=0)

        assert "enquiries.looked_after.failed" in caplog.text
        assert len(on_lists()) == 1
