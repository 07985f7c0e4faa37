"""Runs as they are stored: moved to another version, looked at again by themselves, and shown."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock, ids
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed
from medspiller.pathways import selectors, services
from medspiller.pathways.domain import happenings as told
from medspiller.pathways.domain.happenings import HappeningRefused
from medspiller.pathways.domain.progress import RunState
from medspiller.pathways.domain.vocabulary import Subject
from medspiller.pathways.models import Happening, OpenStep, Run
from medspiller.pathways.services import NotNewer
from medspiller.pathways.tests.factories import (
    FORM,
    SLUG,
    START,
    SYSTEM,
    begin,
    body,
    clarify,
    day,
    later,
    publish,
    step,
    stored,
)
from tests.support.database import HERE

pytestmark = pytest.mark.usefixtures("first_day")


class TestMovingToAnotherVersion:
    @pytest.fixture
    def newer(self):
        made = body(version="1.1.0")
        made["phases"][0]["steps"].append(step("walk"))
        made["phases"][0]["steps"][0]["due"] = {"after": "start", "days": 4}
        publish(HERE, made)

    def test_is_shown_first(self, kontakt, run, newer):
        assert selectors.run(actor=kontakt, run_id=run.id).newer_version == "1.1.0"

        changes = selectors.what_would_change(actor=kontakt, run_id=run.id, version="1.1.0")

        assert [one.id for one in changes.opened] == ["walk"]
        assert [(one.step.id, one.before, one.after) for one in changes.due_moved] == [("call", day(2), day(4))]
        assert changes.gone == changes.forgotten == ()

    def test_changes_nothing_before_it_is_chosen(self, kontakt, run, newer):
        assert "walk" not in stored(run)
        with later(1):
            services.skip(actor=kontakt, run_id=run.id, step="form", reason="too much")
        assert "walk" not in stored(run)

    def test_moves_the_pin_and_what_is_open(self, kontakt, run, newer):
        services.move_to_version(actor=kontakt, run_id=run.id, version="1.1.0")
        run.refresh_from_db()

        assert (run.pathway_version, run.version) == ("1.1.0", 2)
        assert stored(run)["walk"] == day(7)
        assert selectors.run(actor=kontakt, run_id=run.id).newer_version is None

    def test_goes_forward_only(self, kontakt, run, newer):
        services.move_to_version(actor=kontakt, run_id=run.id, version="1.1.0")

        with pytest.raises(NotNewer):
            services.move_to_version(actor=kontakt, run_id=run.id, version="1.0.0")


class TestLookingAgain:
    def recompute(self, number: int, limit: int = 100):
        return services.recompute(actor=SYSTEM, before=day(number), limit=limit)

    def test_is_done_once_for_each_run_and_a_day(self, kontakt, run):
        begin(kontakt)
        first, second, third = (self.recompute(3, limit=1) for _ in range(3))

        assert [first.looked_at, second.looked_at, third.looked_at] == [1, 1, 0]
        assert [one.became_late for one in (*first.changed, *second.changed)] == [("call",), ("call",)]

    def test_twice_changes_nothing(self, kontakt, run):
        self.recompute(9)
        before = [*Run.objects.order_by("id").values(), *OpenStep.objects.order_by("id").values()]
        Run.objects.update(look_again_on=day(9))

        again = self.recompute(9)

        assert again.looked_at == 1
        assert [one.opened + one.gone for one in again.changed] in ([], [()])
        run.refresh_from_db()
        assert before == [*Run.objects.order_by("id").values(), *OpenStep.objects.order_by("id").values()]

    def test_lets_a_pause_end_and_an_event_happen(self, kontakt, run):
        clarify(kontakt, run)
        ahead = told.event_told("discharged", on=day(5))
        services.record(actor=kontakt, run_id=run.id, happening=ahead)
        services.pause(actor=kontakt, run_id=run.id, until=day(4), reason="away")

        (ended,), (happened,) = self.recompute(4).changed, self.recompute(5).changed

        assert (ended.state_before, ended.state) == (RunState.PAUSED, RunState.OPEN)
        assert (happened.phase_before, happened.phase) == ("along", "after")
        assert {one.step for one in happened.opened} == {"evaluate"}

    def test_takes_few_statements_however_many(self, kontakt):
        for _ in range(12):
            begin(kontakt)
        with CaptureQueriesContext(connection) as queries:
            assert self.recompute(3).looked_at == 12

        assert len(queries) <= 6

    def test_is_for_jobs_alone(self, kontakt):
        with pytest.raises(NotAllowed):
            services.recompute(actor=kontakt, before=START, limit=1)


class TestLooking:
    def test_at_many_takes_as_many_statements_as_at_one(self, kontakt):
        some = [begin(kontakt).run.id for _ in range(6)]
        for few in (some[:1], some):
            with CaptureQueriesContext(connection) as queries:
                found = selectors.runs(actor=kontakt, run_ids=few)
            assert (len(queries), set(found)) == (2, set(few))

    def test_at_open_steps_puts_first_what_is_due_first(self, kontakt, run):
        found = selectors.open_steps(actor=kontakt, run_ids=[run.id])

        assert [one.step for one in found[run.id]] == ["call", "ask", "form"]

    def test_is_for_staff_who_meet_people_and_for_whom_it_is_about(self, run):
        citizen = Actor(id=ids.new_id(), kind=ActorKind.CITIZEN, tenant_id=HERE)

        assert selectors.run(actor=citizen, run_id=run.id).progress.phase == "clarify"
        with pytest.raises(NotAllowed):
            selectors.runs(actor=actors.anonymous(HERE), run_ids=[run.id])

    def test_at_what_several_go_through_reads_each_pathway_once(self, kontakt):
        some = [begin(kontakt).run for _ in range(3)]
        with CaptureQueriesContext(connection) as queries:
            found = selectors.pathways_of(actor=kontakt, run_ids=[one.id for one in some])

        assert len(queries) == 1
        assert {one.pin for one in found.values()} == {some[0].pin}

    def test_at_pathways_by_subject(self, kontakt):
        assert [one.slug for one in selectors.pathways(actor=kontakt, subject=Subject.ADULT)] == [SLUG]
        assert selectors.pathways(actor=kontakt, subject=Subject.CHILD) == []


def random_happening(chance: random.Random):
    """Something that may or may not be possible."""
    today = clock.today()
    return chance.choice(
        [
            told.done(chance.choice(["call", "meet", "prepare", "notice", "evaluate"]), on=today, result=""),
            told.done("call", on=today, result="agreed"),
            told.skipped(chance.choice(["call", "form", "school", "farewell"]), on=today, reason="x"),
            told.fact_told(chance.choice(["children", "winding-up"]), chance.choice([True, False, None]), on=today),
            told.event_told(
                chance.choice(["admitted", "discharged", "death"]), on=today + timedelta(days=chance.randrange(-5, 9))
            ),
            told.answered(FORM, on=today),
            told.paused(on=today, until=today + timedelta(days=chance.randrange(1, 20)), reason="x"),
            told.resumed(on=today),
        ]
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_stored_is_what_is_computed_whatever_happens(kontakt, seed):
    chance, number = random.Random(seed), 0  # noqa: S311 - made to be foreseen
    run = begin(kontakt).run
    for _ in range(40):
        number += chance.randrange(0, 6)
        with later(number):
            services.recompute(actor=SYSTEM, before=day(number), limit=10)
            with suppress(HappeningRefused):
                services.record(actor=kontakt, run_id=run.id, happening=random_happening(chance))
            now = selectors.run(actor=kontakt, run_id=run.id).progress
            run.refresh_from_db()

            assert stored(run) == {one.step.id: one.due_on for one in now.open_steps}
            assert (run.state, run.phase, run.paused_until) == (now.state, now.phase, now.paused_until)
            assert run.look_again_on == now.look_again_on


class TestTheDatabase:
    def test_holds_history_to_what_was_told(self, run):
        for change in ("UPDATE pathways_happening SET step = 'x'", "DELETE FROM pathways_happening"):
            with transaction.atomic(), connection.cursor() as cursor:
                with pytest.raises(ProgrammingError, match="permission denied"):
                    cursor.execute(change)
                transaction.set_rollback(True)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"state": "closed"},
            {"state": "paused"},
            {"state": "lost"},
            {"paused_until": START},
            {"end_reason": "goals-met"},
            {"state": "closed", "ended_on": day(-3), "end_reason": "x", "look_again_on": None},
        ],
    )
    def test_refuses_a_run_that_contradicts_itself(self, run, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            Run.objects.filter(id=run.id).update(**wrong)

    def test_gives_each_line_its_place(self, kontakt, run):
        row = Happening.objects.get(run=run)
        with pytest.raises(IntegrityError), transaction.atomic():
            Happening.objects.create(run=run, seq=1, kind="done", on=START, told_on=START, at=row.at)

    def test_shows_nothing_to_another_tenant(self, run):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('medspiller.tenant', %s, true)", [str(ids.new_id())])

        assert not Run.objects.exists()
        assert not Happening.objects.exists()
        assert not OpenStep.objects.exists()
