"""What the register tells becomes items, and takes them away again; once, however often it is told."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from medspiller.access.domain import actors
from medspiller.config.wiring import SUBSCRIPTIONS
from medspiller.core import clock, ids, tenancy
from medspiller.core.clock import OSLO
from medspiller.messages.domain.events import NoticeFailed, NoticeSeenTo, NoticeUncertain
from medspiller.people import services as people
from medspiller.people.domain import events
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.models import ChildrenAnswer, InformationGiven, Involvement
from medspiller.worklist import services, subscribers
from medspiller.worklist.models import OPEN, WorkItem
from medspiller.worklist.tasks import withdraw_not_followed_up
from medspiller.worklist.tests import factories
from tests.support.database import HERE
from tests.support.jobs import run_jobs
from tests.support.staff import build_house

DAY = date(2027, 3, 1)
STARTS = datetime(2026, 11, 20, 23, 30, tzinfo=OSLO)


def tell(event):
    """Tell an event to whoever listens, twice: a subscriber's effect is there once."""
    told = [subscriber for event_type, subscriber in SUBSCRIPTIONS if event_type is type(event)]
    ours = [subscriber for subscriber in told if subscriber.__module__ == subscribers.__name__]
    assert ours, f"nobody listens to {type(event).__name__}"
    for subscriber in ours * 2:
        subscriber(event)


def waiting():
    return [(row.kind, row.person_id, row.unit_id, row.due_on) for row in WorkItem.objects.filter(OPEN).order_by("id")]


def opened(person, unit_id, basis="treatment"):
    return events.InvolvementOpened(
        involvement_id=ids.new_id(), person_id=person.id, unit_id=unit_id, basis=basis, starts_at=STARTS
    )


@pytest.fixture
def patient(house):
    return factories.followed(house.home_care)


def answer(patient, unit_id, topic, reply):
    ChildrenAnswer.objects.update_or_create(
        patient=patient,
        topic=topic,
        defaults={"unit_id": unit_id, "reply": reply, "asked_by": ids.new_id(), "asked_at": clock.now()},
    )
    tell(events.ChildrenAsked(patient_id=patient.id, unit_id=unit_id, topic=topic, answer=reply))


class TestTheQuestionAboutChildren:
    def test_is_put_when_treatment_begins_a_week_ahead(self, house, patient):
        tell(opened(patient, house.home_care))

        assert waiting() == [("children_question", patient.id, house.home_care, date(2026, 11, 27))]

    @pytest.mark.parametrize("basis", ["support", "application", "emergency_contact", "coordination"])
    def test_is_not_put_for_anything_else(self, house, patient, basis):
        tell(opened(patient, house.home_care, basis))

        assert waiting() == []

    def test_goes_from_every_list_when_both_that_the_law_asks_are_answered(self, house, patient):
        tell(opened(patient, house.home_care))
        tell(opened(patient, house.carers))

        answer(patient, house.home_care, "minor_children", "no")
        assert len(waiting()) == 2
        answer(patient, house.home_care, "minor_siblings", "yes")

        assert waiting() == []

    def test_is_not_put_where_it_is_answered_already(self, house, patient):
        answer(patient, house.home_care, "minor_children", "no")
        answer(patient, house.home_care, "minor_siblings", "no")

        tell(opened(patient, house.carers))

        assert waiting() == []

    def test_comes_back_when_it_is_said_that_nobody_has_asked(self, house, patient):
        answer(patient, house.home_care, "minor_children", "not_asked")

        assert [row[:3] for row in waiting()] == [("children_question", patient.id, house.home_care)]

    def test_is_no_matter_of_what_only_local_practice_asks(self, house, patient):
        answer(patient, house.home_care, "imprisonment", "not_asked")

        assert waiting() == []


class TestReviews:
    @pytest.mark.parametrize(
        ("kind", "put", "ended"),
        [
            ("review_competence", events.CompetenceDecided, events.CompetenceEnded),
            ("review_consent", events.ConsentGiven, events.ConsentWithdrawn),
            ("review_circumstance", events.CircumstanceJudged, events.CircumstanceEnded),
        ],
    )
    def test_are_put_for_their_day_and_go_with_what_they_review(self, house, patient, kind, put, ended):
        subject = ids.new_id()

        tell(put(subject, patient.id, house.home_care, DAY))
        assert waiting() == [(kind, patient.id, house.home_care, DAY)]
        tell(ended(subject, patient.id))

        assert waiting() == []

    def test_follow_a_new_day_and_go_when_there_is_none(self, house, patient):
        subject = ids.new_id()
        tell(events.CompetenceDecided(subject, patient.id, house.home_care, DAY))

        tell(events.CompetenceDecided(subject, patient.id, house.home_care, DAY + timedelta(days=9)))
        assert waiting() == [("review_competence", patient.id, house.home_care, DAY + timedelta(days=9))]
        tell(events.CompetenceDecided(subject, patient.id, house.home_care, None))

        assert waiting() == []

    def test_of_a_consent_given_on_ones_own_page_come_to_all_who_follow_one_up(self, house, patient):
        factories.involve(patient, house.carers)

        tell(events.ConsentGiven(ids.new_id(), patient.id, None, DAY))

        assert {row[2] for row in waiting()} == {house.home_care, house.carers}


class TestTellingACarer:
    def test_is_due_within_a_month_and_goes_when_done(self, house, patient):
        carer = factories.followed(house.home_care, "Kari")

        tell(events.CarerRegistered(carer.id, patient.id, house.home_care, date(2026, 1, 31)))
        assert waiting() == [("inform_carer", carer.id, house.home_care, date(2026, 2, 28))]
        tell(events.PersonInformed(carer.id))

        assert waiting() == []

    @pytest.fixture
    def untold(self, house, patient):
        """A carer whom the home care registered and never told, and has nothing more to do with."""
        carer = factories.followed(house.home_care, "Kari")
        InformationGiven.objects.create(
            person=carer, unit_id=house.home_care, registered_on=date(2026, 11, 1), due_on=date(2026, 12, 1)
        )
        tell(events.CarerRegistered(carer.id, patient.id, house.home_care, date(2026, 11, 1)))
        Involvement.objects.filter(person=carer).update(ends_at=clock.now())
        return carer

    def test_outlasts_the_follow_up_and_is_the_leaders_where_nobody_else_has_to_do_with_them(self, house, untold):
        tell(events.InvolvementClosed(ids.new_id(), untold.id, house.home_care, clock.now()))

        assert waiting() == [("inform_carer", untold.id, house.home_care, date(2026, 12, 1))]
        assert WorkItem.objects.get().roles == ["leader"]

    def test_goes_on_to_the_unit_that_still_has_to_do_with_them(self, house, untold):
        factories.involve(untold, house.carers)

        assert services.withdraw_not_followed_up(actor=actors.system(HERE)) == 1

        assert waiting() == [("inform_carer", untold.id, house.carers, date(2026, 12, 1))]
        assert WorkItem.objects.exclude(OPEN).get().withdrawn_why == "moved"

    def test_comes_to_a_unit_that_begins_to_have_to_do_with_them(self, house, untold):
        tell(opened(untold, house.carers, "support"))

        assert ("inform_carer", untold.id, house.carers, date(2026, 12, 1)) in waiting()

    def test_is_not_asked_twice_of_somebody_who_was_told(self, house, patient):
        carer = factories.followed(house.home_care, "Kari")
        InformationGiven.objects.create(
            person=carer,
            unit_id=house.home_care,
            registered_on=date(2026, 1, 1),
            due_on=date(2026, 2, 1),
            informed_at=clock.now(),
            how="letter",
        )

        tell(events.CarerRegistered(carer.id, patient.id, house.home_care, date(2026, 11, 1)))

        assert waiting() == []


class TestAUnitThatOnlyHasTheNumber:
    @pytest.fixture
    def number_only(self, house, patient):
        return factories.involve(patient, house.carers, basis=InvolvementBasis.EMERGENCY_CONTACT)

    def test_is_not_told_of_a_consent_given_on_ones_own_page(self, house, patient, number_only):
        tell(events.ConsentGiven(ids.new_id(), patient.id, None, DAY))

        assert {row[2] for row in waiting()} == {house.home_care}

    @pytest.mark.parametrize("told_of_the_end", [True, False])
    def test_keeps_no_more_than_it_can_do_with_that(self, house, patient, number_only, told_of_the_end):
        factories.involve(patient, house.carers, ended=True)
        tell(events.CompetenceDecided(ids.new_id(), patient.id, house.carers, DAY))
        tell(events.CarerRegistered(patient.id, ids.new_id(), house.carers, date(2026, 11, 1)))

        if told_of_the_end:
            tell(events.InvolvementClosed(ids.new_id(), patient.id, house.carers, clock.now()))
        else:
            services.withdraw_not_followed_up(actor=actors.system(HERE))

        assert [row[0] for row in waiting()] == ["inform_carer"]


class TestADeath:
    def test_ends_what_nobody_does_for_the_dead(self, house, patient):
        tell(events.CarerRegistered(patient.id, ids.new_id(), house.home_care, date(2026, 11, 1)))
        tell(events.AgeChangeAhead(patient.id, DAY, 16))
        for topic in ("minor_children", "minor_siblings"):
            answer(patient, house.home_care, topic, "no")

        tell(events.PersonDied(patient.id, date(2026, 11, 20)))

        assert waiting() == []

    def test_asks_the_units_that_treated_them_of_the_children(self, house, patient):
        factories.involve(patient, house.carers, basis=InvolvementBasis.SUPPORT)

        tell(events.PersonDied(patient.id, date(2026, 11, 20)))

        assert [row[:3] for row in waiting()] == [("children_question", patient.id, house.home_care)]

    def test_that_was_a_mistake_lets_them_be_told_after_all(self, house, patient):
        InformationGiven.objects.create(
            person=patient, unit_id=house.home_care, registered_on=date(2026, 11, 1), due_on=date(2026, 12, 1)
        )
        patient.died_on = date(2026, 11, 20)
        patient.save(update_fields=["died_on"])
        tell(events.PersonChanged(patient.id, ("died_on",)))
        assert waiting() == []

        patient.died_on = None
        patient.save(update_fields=["died_on"])
        tell(events.PersonChanged(patient.id, ("given_name",)))
        assert waiting() == []
        tell(events.PersonChanged(patient.id, ("died_on",)))

        assert waiting() == [("inform_carer", patient.id, house.home_care, date(2026, 12, 1))]


def test_a_request_to_correct_something_waits_for_the_unit_that_was_asked_whoever_follows_one_up(house, patient):
    tell(events.CorrectionAsked(ids.new_id(), patient.id, house.home_care, DAY))
    Involvement.objects.filter(person=patient).update(ends_at=clock.now())

    tell(events.InvolvementClosed(ids.new_id(), patient.id, house.home_care, clock.now()))

    assert [row[0] for row in waiting()] == ["correction"]


def test_a_birthday_ahead_comes_to_those_who_follow_the_person_up(house, patient):
    factories.involve(patient, house.carers, ended=True)

    tell(events.AgeChangeAhead(patient.id, DAY, 16))

    assert waiting() == [("age_ahead", patient.id, house.home_care, DAY)]


class TestWhenFollowUpEnds:
    def closed(self, person, unit_id):
        return events.InvolvementClosed(ids.new_id(), person.id, unit_id, clock.now())

    def end(self, person, unit_id, *, at=None):
        Involvement.objects.filter(person=person, unit_id=unit_id).update(ends_at=at or clock.now())

    def test_the_units_items_go_and_no_others(self, house, patient):
        factories.involve(patient, house.carers)
        for unit_id in (house.home_care, house.carers):
            tell(opened(patient, unit_id))
        self.end(patient, house.home_care)

        tell(self.closed(patient, house.home_care))

        assert [row[2] for row in waiting()] == [house.carers]
        assert WorkItem.objects.exclude(OPEN).get().withdrawn_why == "not_followed_up"

    def test_nothing_goes_while_another_ground_lasts_or_the_end_lies_ahead(self, house, patient):
        tell(opened(patient, house.home_care))
        tell(self.closed(patient, house.home_care))
        assert len(waiting()) == 1

        self.end(patient, house.home_care, at=clock.now() + timedelta(days=2))
        tell(self.closed(patient, house.home_care))
        assert len(waiting()) == 1

    def test_an_end_that_came_by_itself_is_found(self, house, patient):
        stays = factories.followed(house.home_care, "Kari")
        for person in (patient, stays):
            tell(opened(person, house.home_care))
        self.end(patient, house.home_care)

        assert services.withdraw_not_followed_up(actor=actors.system(HERE)) == 1
        assert [row[1] for row in waiting()] == [stays.id]


class TestANotice:
    @pytest.mark.parametrize("event", [NoticeUncertain, NoticeFailed])
    def test_that_may_not_have_arrived_is_looked_into_the_next_day_until_it_is_seen_to(self, house, event):
        notice_id = ids.new_id()

        tell(event(notice_id, house.home_care))
        assert waiting() == [("notice", None, house.home_care, clock.today() + timedelta(days=1))]
        tell(NoticeSeenTo(notice_id, house.home_care))

        assert waiting() == []


class TestMerging:
    def test_what_was_about_one_row_is_about_the_other_and_back(self, house, patient):
        kept = factories.followed(house.home_care, "Kari")
        decision = ids.new_id()
        tell(opened(patient, house.home_care))
        tell(events.CompetenceDecided(decision, patient.id, house.home_care, DAY))

        tell(events.PersonsMerged(merge_id=ids.new_id(), kept_id=kept.id, gone_id=patient.id))
        assert {row[1] for row in waiting()} == {kept.id}
        assert len(waiting()) == 2

        tell(events.MergeUndone(merge_id=ids.new_id(), kept_id=kept.id, gone_id=patient.id))
        assert {(row[0], row[1]) for row in waiting() if row[1] == patient.id} == {
            ("children_question", patient.id),
            ("review_competence", patient.id),
        }


class TestForReal:
    """From the service through the job queue to the list."""

    @pytest.fixture
    def registered(self, committed) -> UUID:
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            house = build_house(HERE)
            return people.register_person(
                actor=actors.system(HERE),
                details=PersonDetails(given_name="Oddny", family_name="Demoli"),
                unit_id=house.home_care,
                basis="treatment",
            ).id

    def test_registering_a_patient_puts_the_question_and_the_hourly_job_runs(self, registered):
        run_jobs()
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            assert [row[:2] for row in waiting()] == [("children_question", registered)]
            Involvement.objects.update(ends_at=clock.now())

        withdraw_not_followed_up(timestamp=0)

        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            assert waiting() == []
