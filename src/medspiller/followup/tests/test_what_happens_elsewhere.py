"""What files and plans do when something happens elsewhere: answers, deaths, birthdays, rows that are one person."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.access.domain.events import HoldingEnded
from medspiller.core import clock, ids
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors, services, subscribers
from medspiller.followup.models import CarerFile, Plan
from medspiller.followup.tests.factories import ensure_one_holder, holder_of, open_file, start_plan
from medspiller.pathways.tests.factories import FORM, body, publish
from medspiller.people.domain.events import AgeReached, PersonChanged, PersonDied
from medspiller.people.domain.relations import RelationKind
from medspiller.people.tests.factories import as_actor, citizen_account, involve, make_person, relate
from medspiller.questionnaires.domain.events import ResponseCompleted
from medspiller.worklist.models import OPEN, WorkItem

DAY = timedelta(days=1)


@pytest.fixture
def system(team):
    return actors.system(team.house.tenant_id)


def on_lists(kind: str) -> list:
    return list(WorkItem.objects.filter(OPEN, kind=f"followup.{kind}").values_list("subject_id", flat=True))


class TestAnswers:
    def told(self, team, at) -> ResponseCompleted:
        return ResponseCompleted(
            response_id=ids.new_id(), person_id=team.carer.id, definition=f"{FORM}|1.0.0", completed_at=at
        )

    def test_count_on_the_day_they_were_given(self, team):
        plan = start_plan(team, started_on=clock.today() - 3 * DAY)

        subscribers.response_completed(self.told(team, clock.now() - DAY))

        step = selectors.plan(actor=team.nurse, plan_id=plan.id).run.progress.step("form")
        assert (step.state, step.settled_on) == ("done", clock.today() - DAY)

    def test_from_before_the_plan_count_as_long_as_its_pathway_says(self, team):
        plan = start_plan(team)

        subscribers.response_completed(self.told(team, clock.now() - 100 * DAY))
        assert selectors.plan(actor=team.nurse, plan_id=plan.id).run.progress.step("form").state == "open"

        subscribers.response_completed(self.told(team, clock.now() - 80 * DAY))
        step = selectors.plan(actor=team.nurse, plan_id=plan.id).run.progress.step("form")
        assert (step.state, step.settled_on) == ("done", clock.today() - 80 * DAY)

    def test_of_somebody_else_change_nothing(self, team, system):
        start_plan(team)

        told = services.note_response(
            actor=system,
            response_id=ids.new_id(),
            person_id=make_person("Ola").id,
            questionnaire=FORM,
            completed_at=clock.now(),
        )

        assert told == 0


class TestADeath:
    def test_of_whom_the_plan_is_about_is_told_to_the_plan(self, team):
        mother = make_person("Oddny", "Demodal")
        relate(team.carer, mother, RelationKind.PARENT)
        plan = start_plan(team, about_id=mother.id)

        for _twice in range(2):
            subscribers.person_died(PersonDied(person_id=mother.id, died_on=clock.today()))

        assert selectors.plan(actor=team.nurse, plan_id=plan.id).run.progress.reached == ()
        involve(mother, team.unit_id)
        seen = selectors.plan(actor=team.nurse, plan_id=plan.id)
        assert [each.id for each in seen.run.progress.reached] == ["died"]
        assert seen.is_open
        assert len([each for each in seen.run.history if each.line.event == "death"]) == 1

    def test_of_the_carer_is_put_before_the_leader_and_ends_nothing_by_itself(self, team):
        plan = start_plan(team)

        for _twice in range(2):
            subscribers.person_died(PersonDied(person_id=team.carer.id, died_on=clock.today()))

        assert on_lists("left_over") == [plan.id]
        assert [each.code for each in selectors.file(actor=team.nurse, file_id=plan.file_id).notes].count("died") == 1
        ensure_one_holder(plan)


def test_a_child_who_becomes_an_adult_is_shown_once(team):
    child = make_person("Sander", birth_date=clock.today().replace(year=clock.today().year - 17))
    involve(child, team.unit_id)
    file = open_file(team, carer=child)
    reached = AgeReached(person_id=child.id, unit_id=team.unit_id, on=clock.today(), age=18)

    for _twice in range(2):
        subscribers.age_reached(reached)
    subscribers.age_reached(AgeReached(person_id=child.id, unit_id=team.unit_id, on=clock.today(), age=16))

    assert on_lists("grown_up") == [file.id]


def born_years_ago(child, years):
    child.birth_date = clock.today().replace(year=clock.today().year - years, day=1)
    child.save(update_fields=["birth_date"])
    subscribers.person_changed(PersonChanged(person_id=child.id, fields=("birth_date",)))


def test_a_birth_date_typed_wrong_makes_nobody_an_adult_for_good(team):
    made = body(
        slug="young", url="https://medspiller.no/pathways/young", subject="child",
        events=["admitted", "discharged", "death", "turns-18"],
    )  # fmt: skip
    publish(team.house.tenant_id, made)
    child = make_person("Sander", birth_date=clock.today().replace(year=clock.today().year - 11, day=1))
    involve(child, team.unit_id)
    file = open_file(team, carer=child)
    plan = services.start_plan(actor=team.nurse, file_id=file.id, slug="young", holder_id=team.nurse.id)

    def told() -> int:
        lines = selectors.plan(actor=team.nurse, plan_id=plan.id).run.history
        return len([each for each in lines if each.counts and each.line.event == "turns-18"])

    for _twice in range(2):
        born_years_ago(child, 21)
    assert (on_lists("grown_up"), told()) == ([file.id], 1)
    for _twice in range(2):
        born_years_ago(child, 11)
    assert (on_lists("grown_up"), told()) == ([], 0)

    reached = AgeReached(person_id=child.id, unit_id=team.unit_id, on=clock.today(), age=18)
    for _twice in range(2):
        subscribers.age_reached(reached)
    assert (on_lists("grown_up"), told()) == ([file.id], 1)


class TestTwoRowsOfOnePerson:
    def test_become_one_with_the_plans_of_both_and_two_again(self, team, system):
        kept = make_person("Randi", "Demoli")
        involve(kept, team.unit_id)
        plan, other = start_plan(team), start_plan(team, file=open_file(team, carer=kept))
        gone_file, kept_file = plan.file_id, other.file_id
        merge = {"actor": system, "merge_id": ids.new_id(), "gone_id": team.carer.id, "kept_id": kept.id}

        services.move_person(**merge)

        assert set(Plan.objects.filter(file_id=kept_file).values_list("id", flat=True)) == {plan.id, other.id}
        assert CarerFile.objects.get(id=gone_file).closed_because == "merged"
        ensure_one_holder(plan)

        services.move_person_back(**merge)

        assert Plan.objects.get(id=plan.id).file_id == gone_file
        back = CarerFile.objects.get(id=gone_file)
        assert (back.state, back.carer_id) == ("open", team.carer.id)

    def test_keep_the_file_of_the_one_that_had_one(self, team, system):
        kept, file = make_person("Randi", "Demoli"), open_file(team)
        merge = {"actor": system, "merge_id": ids.new_id(), "gone_id": team.carer.id, "kept_id": kept.id}

        services.move_person(**merge)
        assert CarerFile.objects.get(id=file.id).carer_id == kept.id

        services.move_person_back(**merge)
        assert CarerFile.objects.get(id=file.id).carer_id == team.carer.id


def test_a_post_that_ends_elsewhere_changes_nothing_here(team):
    plan = start_plan(team)

    subscribers.holding_ended(
        HoldingEnded(holding_id=ids.new_id(), user_id=team.contact.id, post_id=ids.new_id(), ended_at=clock.now())
    )

    assert holder_of(plan) == team.nurse.id


class TestOnMyPage:
    def test_the_carer_sees_their_own_file_and_nobody_elses(self, team, here):
        account = citizen_account(here)
        team.carer.user_id = account.id
        team.carer.save(update_fields=["user"])
        start_plan(team, file=open_file(team, what_matters="Å sove.", contact_id=team.contact.id))

        seen = selectors.own_file(actor=as_actor(account))

        assert (seen.what_matters, seen.contact) == ("Å sove.", team.contact.name)
        assert [plan.title["nb"] for plan in seen.plans] == ["Oppfølging"]
        assert selectors.own_file(actor=as_actor(citizen_account(here, name="Ola Demostad"))) is None
        with pytest.raises(NotAllowed):
            selectors.own_file(actor=team.nurse)

    def test_a_citizen_opens_no_file_as_staff_do(self, team, here):
        account = citizen_account(here)
        team.carer.user_id = account.id
        team.carer.save(update_fields=["user"])

        with pytest.raises((NotFound, NotAllowed)):
            selectors.file(actor=as_actor(account), file_id=open_file(team).id)


def test_a_list_of_files_costs_the_same_for_two_as_for_six(team):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            selectors.files(actor=team.nurse, narrowing=selectors.FileNarrowing(which=selectors.Which.UNIT))
        return len(asked)

    def more(count: int) -> None:
        for number in range(count):
            carer = make_person(f"Liv{number}", "Demoland")
            involve(carer, team.unit_id)
            start_plan(team, file=open_file(team, carer=carer))

    more(2)
    few = cost()
    more(4)

    assert cost() == few <= 12
