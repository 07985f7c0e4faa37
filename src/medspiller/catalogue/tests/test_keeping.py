"""Keeping entries true: reviews, closures, meetings, reports and addresses, and what work lists say of them."""

from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.services import TooManyTries
from medspiller.catalogue import selectors, services, subscribers
from medspiller.catalogue.domain import links
from medspiller.catalogue.domain.entries import is_doubtful, is_overdue
from medspiller.catalogue.domain.events import EntryMoved, ReportMade
from medspiller.catalogue.domain.feedback import KEPT_AFTER, KEPT_UNREAD, LinkState, Wrong
from medspiller.catalogue.domain.laying_out import closed_on
from medspiller.catalogue.domain.links import Look
from medspiller.catalogue.domain.refusals import (
    ClosedAlready,
    FewerSeatsThanTaken,
    InUse,
    NotAhead,
    SessionOver,
    TooFarAhead,
)
from medspiller.catalogue.domain.sessions import SessionStatus
from medspiller.catalogue.models import LinkCheck, Report, Session
from medspiller.catalogue.tests import factories
from medspiller.catalogue.tests.offers import in_days, offer_body, provider_body, texts
from medspiller.core import clock
from medspiller.core.errors import InvalidInput, NotAllowed, NotFound
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.database import HERE

ADDRESS = "192.0.2.1"


@pytest.fixture
def contact(house):
    by = factories.contact(house.tenant_id, house.carers)
    factories.provider(by)
    return by


@pytest.fixture
def entry(contact, house):
    return factories.approved(contact, house.carers)


@pytest.fixture
def system(here):
    return actors.system(here)


def reader():
    return actors.anonymous(HERE)


def seen():
    return selectors.offer_by_slug(actor=reader(), slug="kveldsgruppe", on=clock.today())


def on_list(kind, unit_id):
    return WorkItem.objects.filter(OPEN, kind=kind, unit_id=unit_id).count()


class TestReview:
    def test_stands_on_the_list_of_the_unit_while_it_is_overdue(self, contact, system, house):
        entry = factories.approved(contact, house.carers, review_on=in_days(-3))

        assert services.entries_to_look_at(actor=system, today=clock.today()) == [entry.id]
        for _ in range(2):
            services.bring_up_to_date(actor=system, entry_id=entry.id)
        assert on_list("catalogue.review", house.carers) == 1

        services.review(actor=contact, entry_id=entry.id, review_on=clock.today() + timedelta(days=90))
        services.bring_up_to_date(actor=system, entry_id=entry.id)
        assert on_list("catalogue.review", house.carers) == 0
        assert seen().review_on == clock.today() + timedelta(days=90)

    def test_on_the_list_it_is_said_which_offer_it_is(self, contact, system, house):
        entry = factories.approved(contact, house.carers, review_on=in_days(-3))

        services.bring_up_to_date(actor=system, entry_id=entry.id)

        item = WorkItem.objects.get(OPEN, kind="catalogue.review")
        assert item.origin == entry.live.body["title"]

    def test_needs_a_day_ahead_and_somebody_who_may(self, entry, contact, house):
        with pytest.raises(NotAhead):
            services.review(actor=contact, entry_id=entry.id, review_on=clock.today())
        with pytest.raises(TooFarAhead):
            services.review(actor=contact, entry_id=entry.id, review_on=clock.today() + timedelta(days=732))
        stranger = factories.worker(house.tenant_id, house.home_care, Role.CARER_CONTACT)
        with pytest.raises(NotFound):
            services.review(actor=stranger, entry_id=entry.id, review_on=clock.today() + timedelta(days=9))

    @pytest.mark.parametrize(("days", "overdue", "doubtful"), [(0, False, False), (-1, True, False), (-31, True, True)])
    def test_the_public_is_told_after_a_time_of_grace(self, days, overdue, doubtful):
        today = clock.today()
        day = today + timedelta(days=days)

        assert (is_overdue(day, today=today), is_doubtful(day, today=today)) == (overdue, doubtful)

    def test_only_the_system_reminds(self, contact, entry):
        with pytest.raises(NotAllowed):
            services.bring_up_to_date(actor=contact, entry_id=entry.id)


class TestAProposal:
    def test_waits_on_the_list_until_it_is_decided(self, contact, house, system):
        version = factories.proposed(contact, house.carers)
        services.bring_up_to_date(actor=system, entry_id=version.entry_id)

        assert on_list("catalogue.proposal", house.carers) == 1

        services.approve(actor=contact, version_id=version.id)
        services.bring_up_to_date(actor=system, entry_id=version.entry_id)
        assert on_list("catalogue.proposal", house.carers) == 0


class TestAnotherUnit:
    def test_takes_over_what_waits(self, contact, house, system):
        version = factories.proposed(contact, house.carers)
        services.bring_up_to_date(actor=system, entry_id=version.entry_id)
        leader = factories.worker(house.tenant_id, house.top, Role.LEADER)

        with pytest.raises(NotAllowed):
            services.move_to_unit(actor=contact, entry_id=version.entry_id, unit_id=house.home_care)
        services.move_to_unit(actor=leader, entry_id=version.entry_id, unit_id=house.home_care)
        subscribers.entry_moved(EntryMoved(version.entry_id, house.carers))

        assert on_list("catalogue.proposal", house.carers) == 0
        assert on_list("catalogue.proposal", house.home_care) == 1


class TestAClosure:
    def test_is_shown_while_it_lasts(self, contact, entry):
        start, end = clock.today(), clock.today() + timedelta(days=14)
        closure = services.close_for_a_time(
            actor=contact, entry_id=entry.id, closed_from=start, opens_on=end, text=texts("Ferie")
        )

        assert closed_on(seen().closures, start)["text"]["nn"] == "Ferie"
        assert closed_on(seen().closures, end) is None

        services.end_closure(actor=contact, closure_id=closure.id, opens_on=start + timedelta(days=1))
        assert closed_on(seen().closures, start + timedelta(days=1)) is None
        services.remove_closure(actor=contact, closure_id=closure.id)
        assert seen().closures == []

    def test_lasts_until_somebody_says_so_and_survives_a_new_text(self, contact, entry):
        close = {"actor": contact, "entry_id": entry.id, "closed_from": clock.today(), "opens_on": None, "text": {}}
        first, second = (services.close_for_a_time(**close) for _ in range(2))

        version = services.propose(actor=contact, entry_id=entry.id, body=offer_body(title=texts("Ny")))
        services.approve(actor=contact, version_id=version.id)

        assert first.id == second.id
        assert closed_on(seen().closures, clock.today() + timedelta(days=900))
        with pytest.raises(ClosedAlready):
            services.close_for_a_time(**close | {"opens_on": clock.today() + timedelta(days=3)})

    def test_ends_after_it_begins(self, contact, entry):
        today = clock.today()
        with pytest.raises(InvalidInput):
            services.close_for_a_time(actor=contact, entry_id=entry.id, closed_from=today, opens_on=today, text={})


class TestAMeeting:
    def test_is_read_by_everybody_and_planned_once(self, contact, entry):
        plan = factories.plan(capacity=8)
        first, second = (services.plan_session(actor=contact, entry_id=entry.id, plan=plan) for _ in range(2))

        assert first.id == second.id
        assert [s.id for s in selectors.sessions_of(actor=reader(), entry_id=entry.id, after=clock.now())] == [first.id]

    def test_of_a_series_belong_together(self, contact, entry):
        plans = [factories.plan(timedelta(weeks=week)) for week in (1, 2, 3)]

        planned = services.plan_sessions(actor=contact, entry_id=entry.id, plans=plans, is_series=True)

        assert len({session.series for session in planned}) == 1
        assert planned[0].series is not None

    def test_keeps_the_seats_that_are_taken(self, contact, entry):
        session = factories.meeting(contact, entry.id, capacity=8)
        Session.objects.filter(id=session.id).update(taken=5)

        with pytest.raises(FewerSeatsThanTaken):
            services.change_session(actor=contact, session_id=session.id, plan=factories.plan(capacity=4))
        changed = services.change_session(actor=contact, session_id=session.id, plan=factories.plan(capacity=5))
        assert (changed.capacity, changed.taken) == (5, 5)

    def test_cancelled_stays_so(self, contact, entry):
        session = factories.meeting(contact, entry.id)

        for _ in range(2):
            services.cancel_session(actor=contact, session_id=session.id, reason=texts("Sykdom"))

        assert selectors.session(actor=reader(), session_id=session.id).status == SessionStatus.CANCELLED
        with pytest.raises(SessionOver):
            services.change_session(actor=contact, session_id=session.id, plan=factories.plan())

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"starts_in": timedelta(days=-1)}, NotAhead),
            ({"capacity": 0}, InvalidInput),
            ({"online_address": "http://x.org"}, InvalidInput),
            ({"deadline": "later"}, InvalidInput),
        ],
    )
    def test_is_one_that_can_be(self, contact, entry, changes, refusal):
        if changes.get("deadline"):
            changes = {"deadline": clock.now() + timedelta(days=99)}
        with pytest.raises(refusal):
            services.plan_session(actor=contact, entry_id=entry.id, plan=factories.plan(**changes))

    def test_of_an_organisation_is_planned_by_the_unit(self, contact, house):
        organisation = factories.make_organisation("Mestringsverket")
        own = factories.approved(contact, house.carers, organisation_id=organisation.id)
        editor = factories.editor(house.tenant_id, house.carers, organisation, by=contact)

        with pytest.raises(NotAllowed):
            services.plan_session(actor=editor, entry_id=own.id, plan=factories.plan())


class TestAReport:
    def report(self, **changes):
        said = {"wrong": Wrong.TIME_OR_PLACE, "text": "Døra er stengt.", "address": ADDRESS, "on": clock.today()}
        return services.report_wrong(**{"actor": reader(), "slug": "kveldsgruppe"} | said | changes)

    def test_becomes_a_task_until_somebody_has_dealt_with_it(self, entry, contact, system, house):
        report = self.report()
        services.see_to_report(actor=system, report_id=report.id)

        assert on_list("catalogue.report", house.carers) == 1
        assert [row.text for row in selectors.reports(actor=contact, on=clock.today())] == ["Døra er stengt."]

        services.deal_with_report(actor=contact, report_id=report.id)
        services.see_to_report(actor=system, report_id=report.id)
        assert on_list("catalogue.report", house.carers) == 0

    def test_of_what_no_unit_keeps_goes_to_the_top(self, house, contact, system):
        report = Report.objects.create(
            offer_id=house.top, slug="alarmtelefonen", wrong=Wrong.OTHER.value, reported_at=clock.now()
        )
        subscribers.report_made(ReportMade(report.id))

        assert on_list("catalogue.report", house.top) == 1
        services.deal_with_report(actor=contact, report_id=report.id)
        services.see_to_report(actor=system, report_id=report.id)
        assert on_list("catalogue.report", house.top) == 0

    def test_is_not_for_everybody_to_read(self, entry, house):
        self.report()
        colleague = factories.worker(house.tenant_id, house.home_care, Role.CHILDREN_LEAD)

        assert list(selectors.reports(actor=colleague, on=clock.today())) == []

    def test_loses_its_words_in_the_end(self, entry, contact, system):
        report = self.report()
        services.deal_with_report(actor=contact, report_id=report.id)

        assert services.forget_old_reports(actor=system, now=clock.now() + KEPT_AFTER - timedelta(days=1)) == 0
        assert services.forget_old_reports(actor=system, now=clock.now() + KEPT_AFTER) == 1
        report.refresh_from_db()
        assert report.text is None

    def test_that_nobody_deals_with_loses_its_words_too(self, entry, system):
        report = self.report()
        a_year_on = report.reported_at + KEPT_UNREAD

        assert services.forget_old_reports(actor=system, now=a_year_on - timedelta(seconds=1)) == 0
        assert services.forget_old_reports(actor=system, now=a_year_on) == 1

    def test_is_of_an_offer_that_there_is(self, entry):
        with pytest.raises(NotFound):
            self.report(slug="nowhere")
        with pytest.raises(InvalidInput):
            self.report(text="x" * 1001)

    def test_does_not_fill_the_list(self, entry):
        with pytest.raises(TooManyTries):
            for _ in range(30):
                self.report()


class TestAddresses:
    LINK = "https://example.org/gruppe"

    @pytest.mark.parametrize(
        ("status", "state"),
        [(200, "fine"), (301, "moved"), (302, "fine"), (404, "gone"), (410, "gone"), (503, "unreachable")],
    )  # fmt: skip
    def test_what_an_answer_tells(self, status, state):
        assert links.state_of(status) == state

    def test_only_failures_in_a_row_count(self):
        look = None
        for found in (LinkState.GONE, LinkState.FINE, LinkState.GONE, LinkState.UNREACHABLE):
            look = links.after(look, found)

        assert look == Look(LinkState.UNREACHABLE, 2)
        assert not look.is_told
        assert links.after(look, LinkState.GONE).is_told

    @pytest.mark.parametrize(
        ("found", "cut_off"),
        [({}, False), ({"a": "unreachable", "b": "unreachable"}, True), ({"a": "unreachable", "b": "gone"}, False)],
    )
    def test_where_nothing_can_be_reached_it_is_us(self, found, cut_off):
        assert links.were_cut_off({address: LinkState(state) for address, state in found.items()}) is cut_off

    def test_somebody_is_told_after_the_third_time_and_no_sooner(self, entry, system, house, contact):
        assert services.addresses_to_look_at(actor=system) == {self.LINK: [entry.id]}
        told = [self.look(system, LinkState.GONE) for _ in range(3)]
        services.bring_up_to_date(actor=system, entry_id=entry.id)

        assert told == [[], [], [self.LINK]]
        assert on_list("catalogue.link", house.carers) == 1
        (broken,) = selectors.broken_links(actor=contact, on=clock.today())
        assert (broken.address, broken.failures, broken.entries) == (self.LINK, 3, (entry,))

        assert self.look(system, LinkState.FINE) == [self.LINK]
        services.bring_up_to_date(actor=system, entry_id=entry.id)
        assert on_list("catalogue.link", house.carers) == 0

    def test_a_round_that_reached_nobody_counts_for_nothing(self, entry, system):
        found = {self.LINK: LinkState.UNREACHABLE}

        assert services.keep_looks(actor=system, found=found, now=clock.now()) == []
        assert not LinkCheck.objects.exists()

    def look(self, system, state):
        found = {self.LINK: state}
        return services.keep_looks(actor=system, found=found, now=clock.now())


class TestAProvider:
    def test_that_is_renamed_is_renamed_on_every_card(self, contact, entry):
        factories.provider(contact, name=texts("Senteret"))

        assert seen().card["provider"]["nb"] == "Senteret"
        assert seen().provider.name == "Senteret"

    def test_stays_while_it_offers_something(self, contact, entry):
        with pytest.raises(InUse):
            services.remove_provider(actor=contact, slug="parorendesenteret")
        services.take_down(actor=contact, entry_id=entry.id)
        services.remove_provider(actor=contact, slug="parorendesenteret")

        assert not selectors.providers(actor=contact).exists()

    def test_is_a_moderators_to_make(self, house):
        lead = factories.worker(house.tenant_id, house.carers, Role.CHILDREN_LEAD)
        with pytest.raises(NotAllowed):
            services.save_provider(actor=lead, body=provider_body())
