"""Proposing and approving: what the public sees, who decides, and what happens when two do at once."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connections

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.catalogue import selectors, services
from medspiller.catalogue.domain.entries import Status
from medspiller.catalogue.domain.reading import Unreadable
from medspiller.catalogue.domain.refusals import (
    AlreadyWaiting,
    NothingApproved,
    NotWaiting,
    OwnProposal,
    SlugTaken,
    TakenDown,
    UnknownProvider,
)
from medspiller.catalogue.models import Entry, PublishedOffer, Version
from medspiller.catalogue.tests import factories
from medspiller.catalogue.tests.offers import in_days, offer_body, texts
from medspiller.core import clock, tenancy
from medspiller.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from medspiller.organisations.models import Organisation
from tests.support.database import HERE
from tests.support.staff import build_house


@pytest.fixture
def contact(house):
    by = factories.contact(house.tenant_id, house.carers)
    factories.provider(by)
    return by


@pytest.fixture
def organisation(here):
    return factories.make_organisation("Mestringsverket")


@pytest.fixture
def editor(house, contact, organisation):
    return factories.editor(house.tenant_id, house.carers, organisation, by=contact)


def seen(slug="kveldsgruppe"):
    """What the public here reads."""
    return selectors.offer_by_slug(actor=actors.anonymous(HERE), slug=slug, on=clock.today())


def title(slug="kveldsgruppe"):
    return seen(slug).body["title"]["nb"]


def again(by, entry, **changes):
    body = offer_body(**{"review_on": in_days(200)} | changes)
    return services.propose(actor=by, entry_id=entry.id, body=body)


class TestProposing:
    def test_the_public_sees_nothing_of_it_until_it_is_approved(self, contact, house):
        version = factories.proposed(contact, house.carers)

        with pytest.raises(NotFound):
            seen()
        services.approve(actor=contact, version_id=version.id)

        row = seen()
        assert (row.id, row.entry_id, row.version) == (version.entry_id, version.entry_id, "1")
        assert row.provider.slug == "parorendesenteret"
        assert {"kind:group", "need:peers", "condition:dementia", "access:step-free"} <= set(row.concepts)
        assert row.area == ["3201"]
        assert row.is_evening
        assert row.card["provider"]["en"] == "The carers' centre"

    def test_the_last_approved_stays_while_another_waits(self, contact, house):
        entry = factories.approved(contact, house.carers)

        newer = again(contact, entry, title=texts("Ny gruppe"))

        assert title() == "Kveldsgruppe"
        services.approve(actor=contact, version_id=newer.id)
        assert title() == "Ny gruppe"
        assert [(v.number, v.status) for v in Version.objects.filter(entry=entry).order_by("number")] == [
            (1, Status.SUPERSEDED),
            (2, Status.APPROVED),
        ]

    def test_pressing_twice_is_pressing_once(self, contact, house):
        first, second = (factories.proposed(contact, house.carers) for _ in range(2))
        entry = services.approve(actor=contact, version_id=first.id).entry
        third, fourth = (again(contact, entry, title=texts("Ny")) for _ in range(2))
        once_more = services.approve(actor=contact, version_id=first.id) if False else third

        assert first.id == second.id
        assert third.id == fourth.id == once_more.id

    def test_ones_own_proposal_takes_the_place_of_ones_own(self, contact, house):
        entry = factories.approved(contact, house.carers)
        earlier = again(contact, entry, title=texts("Ny"))

        later = again(contact, entry, title=texts("Nyere"))

        earlier.refresh_from_db()
        assert earlier.status == Status.WITHDRAWN
        assert [v.id for v in selectors.waiting(actor=contact, on=clock.today())] == [later.id]

    def test_somebody_elses_that_waits_is_not_written_over(self, contact, house):
        entry = factories.approved(contact, house.carers)
        colleague = factories.worker(house.tenant_id, house.carers, Role.CHILDREN_LEAD)
        again(colleague, entry, title=texts("Ny"))

        with pytest.raises(AlreadyWaiting):
            again(contact, entry, title=texts("En annen"))

    def test_whoever_saw_an_older_version_is_told(self, contact, house):
        entry = factories.approved(contact, house.carers)
        services.approve(actor=contact, version_id=again(contact, entry, title=texts("Ny")).id)

        with pytest.raises(Conflict):
            services.propose(actor=contact, entry_id=entry.id, body=offer_body(), based_on=1)
        assert services.propose(actor=contact, entry_id=entry.id, body=offer_body(), based_on=2).number == 3

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"title": texts("x" * 99)}, Unreadable),
            ({"provider": "nobody"}, UnknownProvider),
            ({"slug": "another"}, InvalidInput),
            ({"review_on": in_days(800)}, Unreadable),
        ],
    )
    def test_what_cannot_be_is_refused(self, contact, house, changes, refusal):
        entry = factories.approved(contact, house.carers)

        with pytest.raises(refusal):
            again(contact, entry, **changes)

    def test_a_name_is_used_once(self, contact, house):
        factories.approved(contact, house.carers)

        with pytest.raises(SlugTaken):
            factories.proposed(contact, house.carers, title=texts("En annen"))


class TestDeciding:
    def test_no_leaves_everything_as_it_was_and_says_why(self, contact, house):
        entry = factories.approved(contact, house.carers)
        version = again(contact, entry, title=texts("Ny"))

        with pytest.raises(InvalidInput):
            services.reject(actor=contact, version_id=version.id, reason=" ")
        services.reject(actor=contact, version_id=version.id, reason="Tidene stemmer ikke.")

        assert title() == "Kveldsgruppe"
        with pytest.raises(NotWaiting):
            services.approve(actor=contact, version_id=version.id)

    def test_yes_twice_is_yes_once(self, contact, house):
        version = factories.proposed(contact, house.carers)

        first, second = (services.approve(actor=contact, version_id=version.id) for _ in range(2))

        assert (first.id, second.status) == (second.id, Status.APPROVED)
        with pytest.raises(NotWaiting):
            services.withdraw(actor=contact, version_id=version.id)

    def test_taken_down_and_put_up_again_nothing_is_lost(self, contact, house):
        entry = factories.approved(contact, house.carers)

        services.take_down(actor=contact, entry_id=entry.id)
        with pytest.raises(NotFound):
            seen()
        with pytest.raises(TakenDown):
            services.take_down(actor=contact, entry_id=entry.id)

        services.put_up_again(actor=contact, entry_id=entry.id)
        assert title() == "Kveldsgruppe"
        assert seen().id == entry.id

    def test_what_nobody_offers_any_more_is_not_put_up_again(self, contact, house):
        entry = factories.approved(contact, house.carers)
        services.take_down(actor=contact, entry_id=entry.id)
        services.remove_provider(actor=contact, slug="parorendesenteret")

        with pytest.raises(UnknownProvider):
            services.put_up_again(actor=contact, entry_id=entry.id)

    def test_a_proposal_does_not_set_the_day_of_review_back(self, contact, house):
        entry = factories.approved(contact, house.carers)
        version = again(contact, entry, title=texts("Ny"))
        services.review(actor=contact, entry_id=entry.id, review_on=clock.today() + timedelta(days=400))

        services.approve(actor=contact, version_id=version.id)

        assert seen().review_on == clock.today() + timedelta(days=400)

    def test_what_was_never_approved_cannot_be_put_up(self, contact, house):
        version = factories.proposed(contact, house.carers)

        with pytest.raises(NothingApproved):
            services.put_up_again(actor=contact, entry_id=version.entry_id)


class TestAnOrganisation:
    def test_proposes_for_itself_and_a_moderator_decides(self, contact, editor, organisation, house):
        entry = factories.approved(contact, house.carers, organisation_id=organisation.id)

        version = again(editor, entry, title=texts("Fra oss"))

        with pytest.raises(NotAllowed):
            services.approve(actor=editor, version_id=version.id)
        services.approve(actor=contact, version_id=version.id)
        assert title() == "Fra oss"

    def test_takes_back_what_it_proposed_itself_and_nothing_else(self, contact, editor, organisation, house):
        entry = factories.approved(contact, house.carers, organisation_id=organisation.id)
        of_the_unit = again(contact, entry, title=texts("Ny"))

        with pytest.raises(NotAllowed):
            services.withdraw(actor=editor, version_id=of_the_unit.id)
        colleague = factories.worker(house.tenant_id, house.carers, Role.CHILDREN_LEAD)
        services.withdraw(actor=colleague, version_id=of_the_unit.id)
        own = again(editor, entry, title=texts("Fra oss"))
        assert services.withdraw(actor=editor, version_id=own.id).status == Status.WITHDRAWN

    def test_closes_for_a_time_without_words(self, contact, editor, organisation, house):
        entry = factories.approved(contact, house.carers, organisation_id=organisation.id)
        time = {"actor": editor, "entry_id": entry.id, "closed_from": clock.today(), "opens_on": None}

        with pytest.raises(NotAllowed):
            services.close_for_a_time(**time, text=texts("Ring oss hjemme"))
        assert services.close_for_a_time(**time, text={}).text == {}

    def test_may_begin_an_entry_of_its_own(self, contact, editor, organisation, house):
        factories.provider(contact, slug="mestringsverket", name=texts("Mestringsverket"))

        version = factories.proposed(editor, None, organisation_id=organisation.id, provider="mestringsverket")

        assert version.entry.unit_id == house.carers
        assert [v.id for v in selectors.waiting(actor=contact, on=clock.today())] == [version.id]

    def test_names_nobody_else_as_the_one_who_offers_it(self, contact, editor, organisation, house):
        entry = factories.approved(contact, house.carers, organisation_id=organisation.id)
        factories.provider(contact, slug="mestringsverket", name=texts("Mestringsverket"))

        with pytest.raises(UnknownProvider):
            again(editor, entry, provider="mestringsverket")
        with pytest.raises(UnknownProvider):
            factories.proposed(editor, None, organisation_id=organisation.id, slug="ny")
        assert again(contact, entry, provider="mestringsverket").body["provider"] == "mestringsverket"

    def test_sees_and_touches_nothing_of_others(self, contact, editor, house):
        entry = factories.approved(contact, house.carers)
        other = factories.make_organisation("Demensforeningen")

        assert list(selectors.entries(actor=editor, on=clock.today())) == []
        with pytest.raises(NotFound):
            again(editor, entry, title=texts("Min"))
        with pytest.raises(NotAllowed):
            factories.proposed(editor, house.carers, organisation_id=other.id, slug="min")
        with pytest.raises(NotAllowed):
            factories.proposed(editor, house.carers, slug="min")

    def test_stops_when_the_time_is_over(self, contact, editor, organisation, house):
        entry = factories.approved(contact, house.carers, organisation_id=organisation.id)
        (row,) = selectors.editors(actor=contact, on=clock.today())

        services.end_editor(actor=contact, editor_id=row.id, on=clock.today())

        with pytest.raises(NotFound):
            again(editor, entry, title=texts("Fra oss"))

    def test_whoever_also_moderates_does_not_approve_what_they_wrote_for_it(self, organisation, house, contact):
        both = factories.contact(house.tenant_id, house.carers)
        as_editor = factories.editor(house.tenant_id, house.carers, organisation, by=contact)
        actor = actors.Actor(**{**vars(both), "id": as_editor.id, "roles": (*both.roles, *as_editor.roles)})
        version = factories.proposed(actor, house.carers, organisation_id=organisation.id)

        with pytest.raises(OwnProposal):
            services.approve(actor=actor, version_id=version.id)
        assert not selectors.may_decide(actor=actor, version=version, on=clock.today())
        assert selectors.may_decide(actor=contact, version=version, on=clock.today())


def until_somebody_waits_for_us():
    """Return when another connection waits for what this one has locked."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    give_up = time.monotonic() + 20
    with connections["default"].cursor() as cursor:
        while time.monotonic() < give_up:
            cursor.execute(asked)
            if cursor.fetchone()[0]:
                return
    pytest.fail("nobody waited")


# Who of the house may do what to an entry of the carers' unit.
MATRIX = """
role                   unit       propose approve
carer_contact          carers     yes     yes
carer_contact          top        yes     yes
carer_contact          home_care  no      no
leader                 carers     yes     yes
volunteer_coordinator  carers     yes     no
children_lead          carers     yes     no
care_worker            carers     no      no
administrator          top        no      no
organisation_editor    carers     no      no
"""


@pytest.mark.parametrize("line", MATRIX.strip().splitlines()[1:])
def test_who_may(line, contact, house):
    role, unit, proposes, approves = line.split()
    entry = factories.approved(contact, house.carers)
    actor = factories.worker(house.tenant_id, getattr(house, unit), Role(role))
    waiting = again(contact, entry, title=texts("Ny"))

    assert selectors.may_edit(actor=actor, entry=entry, on=clock.today()) is (proposes == "yes")
    listed = actor.may("catalogue.view_entries") and entry in selectors.entries(actor=actor, on=clock.today())
    assert listed is (proposes == "yes")
    if approves == "yes":
        services.approve(actor=actor, version_id=waiting.id)
    else:
        with pytest.raises((NotAllowed, NotFound)):
            services.approve(actor=actor, version_id=waiting.id)


class TestAtTheSameTime:
    @pytest.fixture
    def entry_id(self, committed):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            house = build_house(HERE)
            contact = factories.contact(HERE, house.carers)
            factories.provider(contact)
            self.contact = contact
            return factories.approved(contact, house.carers).id

    def test_whoever_waits_for_an_approval_finds_what_was_approved(self, entry_id):
        told = []

        def take_down():
            try:
                with tenancy.tenant_transaction(tenant_id=HERE, actor_id=self.contact.id):
                    told.append(services.take_down(actor=self.contact, entry_id=entry_id).live.number)
            except TakenDown:
                told.append("nothing there")
            finally:
                connections.close_all()

        waiting = threading.Thread(target=take_down)
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=self.contact.id):
            entry = Entry.objects.get(id=entry_id)
            services.approve(actor=self.contact, version_id=again(self.contact, entry, title=texts("Ny")).id)
            waiting.start()
            until_somebody_waits_for_us()
        waiting.join()

        assert told == [2]

    def test_two_proposals_leave_one_waiting(self, entry_id):
        told = []

        def propose(name):
            try:
                with tenancy.tenant_transaction(tenant_id=HERE, actor_id=self.contact.id):
                    body = offer_body(title=texts(name), review_on=in_days(200))
                    services.propose(actor=self.contact, entry_id=entry_id, body=body, based_on=1)
                told.append("waits")
            except Conflict:
                told.append("conflict")
            finally:
                connections.close_all()

        threads = [threading.Thread(target=propose, args=(f"Ny {number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(told) == ["conflict"] * 3 + ["waits"]
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            assert Version.objects.filter(entry_id=entry_id, status=Status.PROPOSED.value).count() == 1
            assert Entry.objects.get().live.number == 1
            assert PublishedOffer.objects.get().review_on > clock.today() + timedelta(days=100)
            assert Organisation.objects.count() == 0
