"""A plan runs in a carer's file: its steps stand on work lists, and what cannot be is refused by name."""

from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors, services
from medspiller.followup.domain.files import (
    DayRefused,
    FileChanged,
    FileChanges,
    FileClosed,
    FileOpenAlready,
    PlansOpen,
    TextRefused,
)
from medspiller.followup.domain.holding import CannotHold, PlanChanged, PlanClosed
from medspiller.followup.domain.plans import AboutRefused, PathwayRefused, PlanRunsAlready
from medspiller.followup.models import CarerFile, Holding, Plan
from medspiller.followup.tests.factories import WHY, ensure_one_holder, open_file, start_plan
from medspiller.pathways.domain.happenings import HappeningRefused, StatutoryStepsOpen
from medspiller.pathways.tests.factories import FORM, body, publish
from medspiller.people.domain.relations import RelationKind
from medspiller.people.tests.factories import involve, make_person, relate, worker
from medspiller.worklist.models import OPEN, WorkItem

DAY = timedelta(days=1)


def on_lists() -> dict[str, WorkItem]:
    """What stands on work lists for follow-up, by its title."""
    return {row.title["nb"]: row for row in WorkItem.objects.filter(OPEN, kind="followup.step")}


class TestAFile:
    def test_is_opened_for_the_carer_and_read_by_whoever_follows_her_up(self, team):
        row = open_file(team, situation="Bor med mor.", contact_id=team.contact.id)

        seen = selectors.file(actor=team.contact, file_id=row.id)

        assert (seen.why, seen.situation, seen.contact) == (WHY, "Bor med mor.", team.contact.name)
        assert (seen.kind, seen.unit_id, seen.carer.person_id) == ("adult", team.unit_id, team.carer.id)
        assert [note.code for note in seen.notes] == ["opened"]

    def test_of_somebody_under_eighteen_is_a_childs(self, team):
        child = make_person("Sander", birth_date=clock.today() - timedelta(days=15 * 366))
        involve(child, team.unit_id)

        assert open_file(team, carer=child).kind == "child"

    def test_is_one_at_a_time(self, team):
        row = open_file(team)

        with pytest.raises(FileOpenAlready) as refused:
            open_file(team)

        assert refused.value.file_id == row.id

    def test_is_nothing_to_a_unit_that_does_not_follow_her_up(self, team):
        row = open_file(team)
        stranger = worker(team.house.tenant_id, team.house.carers, name="Per Demodal")

        with pytest.raises(NotFound):
            selectors.file(actor=stranger, file_id=row.id)
        assert selectors.open_file_of(actor=stranger, carer_id=team.carer.id) is None
        assert selectors.open_file_of(actor=team.contact, carer_id=team.carer.id) == row.id

    def test_that_somebody_else_changed_first_is_not_overwritten(self, team):
        row = open_file(team)
        services.change_file(actor=team.nurse, file_id=row.id, version=1, changes=FileChanges(what_matters="Å sove."))

        with pytest.raises(FileChanged) as refused:
            services.change_file(actor=team.contact, file_id=row.id, version=1, changes=FileChanges(what_matters="Ro"))

        assert refused.value.now == 2
        assert selectors.file(actor=team.nurse, file_id=row.id).what_matters == "Å sove."

    def test_cannot_be_identified_ahead(self, team):
        with pytest.raises(DayRefused) as refused:
            services.open_file(
                actor=team.nurse,
                carer_id=team.carer.id,
                identified_on=clock.today() + DAY,
                identified_how="asked",
            )

        assert (refused.value.field, refused.value.why) == ("identified_on", "ahead")

    def test_takes_no_note_without_words(self, team):
        row = open_file(team)

        with pytest.raises(TextRefused):
            services.add_note(actor=team.nurse, file_id=row.id, code="talk", on=clock.today(), text="  ")

    def test_is_not_closed_while_a_plan_runs_and_opens_again(self, team):
        row = open_file(team)
        plan = start_plan(team, file=row)
        with pytest.raises(PlansOpen) as refused:
            services.close_file(actor=team.nurse, file_id=row.id, version=1, reason="goals_met", outcome=["better"])
        assert refused.value.plan_ids == (plan.id,)
        settle(team, plan)
        services.close_plan(actor=team.nurse, plan_id=plan.id, reason="goals-met")

        closed = services.close_file(
            actor=team.nurse, file_id=row.id, version=1, reason="goals_met", outcome=["better"], note="Hun sover."
        )
        with pytest.raises(FileClosed):
            services.add_note(actor=team.nurse, file_id=row.id, code="talk", on=clock.today(), text="Ringte")
        services.reopen_file(actor=team.nurse, file_id=closed.id, why="Faren ble innlagt igjen.")

        seen = selectors.file(actor=team.nurse, file_id=row.id)
        assert (seen.state, seen.closed_because, seen.outcome) == ("open", None, ())
        assert {note.code for note in seen.notes} >= {"closed", "reopened"}

    def test_stands_in_the_lists_of_whoever_may_open_it(self, team):
        start_plan(team, holder=team.contact)
        mine = selectors.FileNarrowing()
        of_unit = selectors.FileNarrowing(which=selectors.Which.UNIT, words="rand")

        assert [line.name for line in selectors.files(actor=team.contact, narrowing=mine).lines] == ["Randi Demoli"]
        assert selectors.files(actor=team.nurse, narrowing=mine).count == 0
        (line,) = selectors.files(actor=team.nurse, narrowing=of_unit).lines
        assert [(plan.title["nb"], plan.holder, plan.open_steps) for plan in line.plans] == [
            ("By the side", team.contact.name, 3)
        ]
        stranger = worker(team.house.tenant_id, team.house.carers, name="Per Demodal")
        assert selectors.files(actor=stranger, narrowing=of_unit).count == 0


def settle(team, plan: Plan) -> None:
    """Do what the law demands of the pathway."""
    services.do_step(actor=team.nurse, plan_id=plan.id, step="call", result="agreed")


class TestAPlan:
    def test_has_its_holder_from_the_start_and_its_steps_on_the_list(self, team):
        plan = start_plan(team)

        ensure_one_holder(plan)
        found = on_lists()
        assert set(found) == {"call", "ask", "form"}
        assert {(row.unit_id, row.person_id, row.origin["nb"]) for row in found.values()} == {
            (team.unit_id, team.carer.id, "By the side")
        }
        assert (found["call"].roles, found["call"].due_on) == (["carer_contact"], clock.today() + 2 * DAY)

    def test_gives_the_holder_what_only_the_holder_does(self, team):
        plan = start_plan(team)
        services.tell_fact(actor=team.nurse, plan_id=plan.id, fact="children", value=True)
        services.do_step(actor=team.nurse, plan_id=plan.id, step="call", result="agreed")

        assert (on_lists()["school"].taken_by, on_lists()["school"].roles) == (team.nurse.id, [])

    def test_takes_off_the_list_what_is_done_at_once_and_puts_it_back_when_that_is_undone(self, team):
        plan = start_plan(team)
        services.do_step(actor=team.nurse, plan_id=plan.id, step="call", result="agreed")
        assert "call" not in on_lists()

        services.undo(actor=team.nurse, plan_id=plan.id)

        assert "call" in on_lists()

    def test_that_somebody_else_changed_first_is_not_written_over(self, team):
        plan = start_plan(team)
        services.skip_step(actor=team.nurse, plan_id=plan.id, step="form", reason="Hun vil ikke.", version=1)

        with pytest.raises(PlanChanged) as refused:
            services.do_step(actor=team.contact, plan_id=plan.id, step="call", result="agreed", version=1)

        assert refused.value.now == 2
        assert "call" in on_lists()

    def test_refuses_a_step_that_there_is_not_and_stores_nothing(self, team):
        plan = start_plan(team)

        with pytest.raises(HappeningRefused) as refused:
            services.do_step(actor=team.nurse, plan_id=plan.id, step="dance")

        assert refused.value.code == "unknown_step"
        assert Plan.objects.get(id=plan.id).version == 1

    def test_is_not_closed_with_a_statutory_step_open(self, team):
        plan = start_plan(team)

        with pytest.raises(StatutoryStepsOpen) as refused:
            services.close_plan(actor=team.nurse, plan_id=plan.id, reason="goals-met")

        assert "call" in refused.value.names
        assert set(on_lists()) == {"call", "ask", "form"}
        ensure_one_holder(plan)

    def test_closed_leaves_nothing_on_any_list(self, team):
        plan = start_plan(team)
        settle(team, plan)

        services.close_plan(actor=team.nurse, plan_id=plan.id, reason="goals-met", note="Det går bra.")

        ensure_one_holder(plan)
        assert on_lists() == {}
        assert not Holding.objects.filter(plan=plan, ends_at=None).exists()
        with pytest.raises(PlanClosed):
            services.tell_fact(actor=team.nurse, plan_id=plan.id, fact="children", value=True)
        seen = selectors.plan(actor=team.nurse, plan_id=plan.id)
        assert (seen.closing_reason, seen.closing_note, seen.holder) == ("goals-met", "Det går bra.", None)

    def test_begun_last_week_has_late_steps_that_show_it(self, team):
        plan = start_plan(team, started_on=clock.today() - 7 * DAY)

        seen = selectors.plan(actor=team.nurse, plan_id=plan.id)

        assert "call" in {step.step.id for step in seen.run.progress.late_steps}
        assert on_lists()["call"].due_on == clock.today() - 5 * DAY

    @pytest.mark.parametrize(("days", "why"), [(1, "ahead"), (-400, "too_far")])
    def test_does_not_begin_ahead_or_years_ago(self, team, days, why):
        with pytest.raises(DayRefused) as refused:
            start_plan(team, started_on=clock.today() + days * DAY)

        assert refused.value.why == why

    def test_runs_once_about_the_same(self, team):
        row = open_file(team)
        plan = start_plan(team, file=row)

        with pytest.raises(PlanRunsAlready) as refused:
            start_plan(team, file=row)

        assert refused.value.plan_id == plan.id

    def test_is_about_somebody_she_has_to_do_with_and_names_them_to_whoever_may_open_them(self, team):
        mother, stranger = make_person("Oddny", "Demodal"), make_person("Ola", "Demostad")
        relate(team.carer, mother, RelationKind.PARENT)
        row = open_file(team)
        with pytest.raises(AboutRefused):
            start_plan(team, file=row, about_id=stranger.id)

        plan = start_plan(team, file=row, about_id=mother.id)

        assert selectors.plan(actor=team.nurse, plan_id=plan.id).about == ""
        involve(mother, team.unit_id)
        assert selectors.plan(actor=team.nurse, plan_id=plan.id).about == "Oddny Demodal"

    def test_of_children_does_not_run_in_an_adults_file(self, team):
        publish(team.house.tenant_id, body(slug="child", url="https://medspiller.no/pathways/child", subject="child"))

        with pytest.raises(PathwayRefused) as refused:
            services.start_plan(actor=team.nurse, file_id=open_file(team).id, slug="child", holder_id=team.nurse.id)

        assert refused.value.why == "child"

    def test_is_held_by_nobody_who_cannot_open_the_carer(self, team):
        stranger = worker(team.house.tenant_id, team.house.carers, name="Per Demodal")

        with pytest.raises(CannotHold) as refused:
            start_plan(team, holder=stranger)

        assert refused.value.why == "not_followed_up"

    def test_counts_answers_once_however_often_they_are_told(self, team):
        plan = start_plan(team)
        system, response = actors.system(team.house.tenant_id), plan.id
        told = {"actor": system, "response_id": response, "person_id": team.carer.id, "questionnaire": FORM,
                "completed_at": clock.now()}  # fmt: skip

        assert [services.note_response(**told) for _each in range(2)] == [1, 0]
        assert "form" not in on_lists()

        services.note_response_in_error(actor=system, response_id=response)
        assert "form" in on_lists()

    def test_of_a_file_that_is_closed_does_not_begin(self, team):
        row = open_file(team)
        services.close_file(actor=team.nurse, file_id=row.id, version=1, reason="carer_wants", outcome=["better"])

        with pytest.raises(FileClosed):
            start_plan(team, file=CarerFile.objects.get(id=row.id))

    def test_is_worked_out_anew_by_the_night_alone(self, team):
        with pytest.raises(NotAllowed):
            services.recompute_plans(actor=team.nurse, before=clock.today(), limit=10)


class TestTheNight:
    def test_puts_on_lists_what_opens_by_itself_batch_by_batch(self, team):
        plan = start_plan(team)
        services.pause_plan(actor=team.nurse, plan_id=plan.id, until=clock.today() + 7 * DAY, reason="Ferie")
        assert set(on_lists()) == {"call"}
        by_law = WorkItem.objects.get(OPEN, kind="followup.step")
        assert (by_law.by_law, by_law.due_on) == (True, clock.today() + 2 * DAY)
        system, later = actors.system(team.house.tenant_id), clock.now() + 8 * DAY

        with clock.frozen(later):
            looked_at = services.recompute_plans(actor=system, before=clock.today(), limit=1)
            again = services.recompute_plans(actor=system, before=clock.today(), limit=1)

        assert (looked_at, again) == (1, 0)
        assert set(on_lists()) == {"call", "ask", "form"}
