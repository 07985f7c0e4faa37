"""What answers set going, what happens to them when a person turns out to be another, and what is not lost."""

from datetime import date

import pytest
from django.db import transaction

from medspiller.config.wiring import SUBSCRIPTIONS
from medspiller.core import clock, ids
from medspiller.people.domain.events import MergeUndone, PersonsMerged
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.tests import factories as people
from medspiller.questionnaires import services, subscribers
from medspiller.questionnaires.domain.answering.blanks import ROLE_SYSTEM, SAFETY_SYSTEM
from medspiller.questionnaires.domain.events import ResponseCompleted, ResponseEnteredInError
from medspiller.questionnaires.domain.filling.writing import answers_of
from medspiller.questionnaires.domain.states import How
from medspiller.questionnaires.models import Moved, Response, Score, Total
from medspiller.questionnaires.tests import factories
from medspiller.questionnaires.tests.factories import begin, complete, item, options, publish, type_in, written
from medspiller.worklist.models import WorkItem


class Killed(Exception):
    """The process ends in the middle."""


YOUNG, AGREEMENT = f"{factories.BASE}young", f"{factories.BASE}agreement"


def completed(response):
    return ResponseCompleted(response.id, response.subject_id, response.canonical, response.completed_at)


@pytest.fixture
def young(here):
    safe = item(
        "safe", "choice", code=[{"system": SAFETY_SYSTEM, "code": "question"}], answerOption=options("yes", "no")
    )
    no = {"question": "safe", "operator": "=", "answerCoding": options("no")[0]["valueCoding"]}
    help_now = item(
        "help", "group", code=[{"system": SAFETY_SYSTEM, "code": "help"}], enableWhen=[no],
        item=[item("call", "display", "Ring 116 111")],
    )  # fmt: skip
    return publish(here, written([safe, help_now], name="young"))


@pytest.fixture
def agreement(here):
    code = [{"system": ROLE_SYSTEM, "code": "review-date"}]
    return publish(here, written([item("review", "date", code=code)], name="agreement", tags=("agreement",)))


def answered(actor, family, code):
    response = begin(actor, family.kari, url=YOUNG)
    type_in(actor, response, safe=code)
    return services.complete(actor=actor, response_id=response.id)


class TestAnAnswerAboutSafety:
    def test_waits_for_the_units_that_follow_the_person_up_without_a_word_of_it(self, family, young, house):
        people.involve(family.kari, house.home_care, basis=InvolvementBasis.EMERGENCY_CONTACT)
        done = answered(family.citizen, family, "no")

        subscribers.follow_up(completed(done))
        subscribers.follow_up(completed(done))

        item = WorkItem.objects.get()
        assert (item.kind, item.unit_id, item.person_id) == ("questionnaires.safety", house.carers, family.kari.id)
        assert item.due_on == clock.today()

    def test_waits_for_nobody_where_it_is_well(self, family, young):
        subscribers.follow_up(completed(answered(family.citizen, family, "yes")))

        assert not WorkItem.objects.exists()

    def test_waits_for_nobody_where_staff_were_told_it(self, family, young):
        subscribers.follow_up(completed(answered(family.contact, family, "no")))

        assert not WorkItem.objects.exists()

    def test_is_taken_off_the_list_when_it_was_wrong(self, family, young):
        done = answered(family.citizen, family, "no")
        subscribers.follow_up(completed(done))

        subscribers.stop_following_up(ResponseEnteredInError(done.id, done.subject_id, done.canonical))

        assert WorkItem.objects.get().withdrawn_why == "ended"


class TestADayThatWasAgreed:
    def test_is_put_on_the_list_of_the_unit(self, family, agreement, house):
        done = complete(family.contact, family.kari, url=AGREEMENT, review="2027-03-01")

        subscribers.follow_up(completed(done))

        item = WorkItem.objects.get()
        assert (item.kind, item.unit_id, item.due_on) == ("questionnaires.review", house.carers, date(2027, 3, 1))

    def test_gives_way_to_a_newer_one(self, family, agreement):
        done = complete(family.contact, family.kari, url=AGREEMENT, review="2027-03-01")
        subscribers.follow_up(completed(done))
        anew = services.amend(actor=family.contact, response_id=done.id, how=How.PHONE)
        type_in(family.contact, anew, review="2027-09-01")
        anew = services.complete(actor=family.contact, response_id=anew.id)

        subscribers.follow_up(completed(anew))

        open_items = WorkItem.objects.filter(withdrawn_at=None)
        assert [each.due_on for each in open_items] == [date(2027, 9, 1)]


class TestAPersonRegisteredTwice:
    @pytest.fixture
    def other(self, family, house):
        made = people.make_person("Karin", "Demoli")
        people.involve(made, house.carers, basis=InvolvementBasis.SUPPORT)
        return made

    def merged(self, kept, gone):
        return PersonsMerged(merge_id=ids.new_id(), kept_id=kept.id, gone_id=gone.id)

    def test_has_all_answers_in_one_place_and_back_again(self, family, other):
        finished, begun = complete(family.contact, other), begin(family.contact, other)
        about = complete(family.contact, family.kari, about=family.oddny)
        total = Total.objects.create(
            person=other, instrument_url="urn:example", instrument_version="1", total_id="sum", value=3,
            measured_on=clock.today(), recorded_by=family.contact.id, recorded_at=clock.now(),
        )  # fmt: skip
        event = self.merged(family.kari, other)

        subscribers.persons_merged(event)
        subscribers.persons_merged(event)

        rows = Response.objects.filter(id__in=[finished.id, begun.id])
        assert {each.subject_id for each in rows} == {family.kari.id}
        total.refresh_from_db()
        assert total.person_id == family.kari.id

        subscribers.merge_undone(MergeUndone(event.merge_id, event.kept_id, event.gone_id))
        subscribers.merge_undone(MergeUndone(event.merge_id, event.kept_id, event.gone_id))

        assert {each.subject_id for each in rows.all()} == {other.id}
        assert Response.objects.get(id=about.id).subject_id == family.kari.id
        assert Total.objects.get().person_id == other.id
        assert not Moved.objects.exists()

    def test_whom_answers_speak_of_moves_too(self, family):
        twin = people.make_person("Oddny", "Demolie")
        done = complete(family.contact, family.kari, about=family.oddny)
        event = self.merged(twin, family.oddny)

        subscribers.persons_merged(event)
        assert Response.objects.get(id=done.id).about_id == twin.id

        subscribers.merge_undone(MergeUndone(event.merge_id, event.kept_id, event.gone_id))
        assert Response.objects.get(id=done.id).about_id == family.oddny.id

    def test_who_turns_out_to_be_whom_they_spoke_of_is_spoken_of_no_more(self, family):
        done = complete(family.contact, family.kari, about=family.oddny)
        event = self.merged(family.oddny, family.kari)

        subscribers.persons_merged(event)
        moved = Response.objects.get(id=done.id)
        assert (moved.subject_id, moved.about_id) == (family.oddny.id, None)

        subscribers.merge_undone(MergeUndone(event.merge_id, event.kept_id, event.gone_id))
        back = Response.objects.get(id=done.id)
        assert (back.subject_id, back.about_id) == (family.kari.id, family.oddny.id)

    def test_is_wired_to_what_the_register_tells(self):
        assert (PersonsMerged, subscribers.persons_merged) in SUBSCRIPTIONS
        assert (MergeUndone, subscribers.merge_undone) in SUBSCRIPTIONS


class TestAFaultWhileFinishing:
    def test_leaves_everything_that_was_saved_and_nothing_half_done(self, family):
        begun = begin(family.contact, family.kari)
        type_in(family.contact, begun, helps="true", hours="12", words="Søvn")

        with pytest.raises(Killed), transaction.atomic():
            services.complete(actor=family.contact, response_id=begun.id)
            raise Killed

        begun.refresh_from_db()
        assert begun.status == "in_progress"
        assert answers_of(begun.answers)["words"] == [{"valueString": "Søvn"}]
        assert not Score.objects.exists()
        assert services.complete(actor=family.contact, response_id=begun.id).status == "completed"
