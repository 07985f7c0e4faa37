"""Runs in the database: what services let happen, store and announce."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core import ids
from medspiller.core.errors import Conflict, NotAllowed, NotFound
from medspiller.pathways import selectors, services
from medspiller.pathways.domain import happenings as told
from medspiller.pathways.domain.events import RunChanged, StepDone
from medspiller.pathways.domain.happenings import HappeningRefused, Kind, Refusal, StatutoryStepsOpen
from medspiller.pathways.models import Happening, OpenStep
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
    somebody,
    stored,
)
from tests.support.database import HERE

pytestmark = pytest.mark.usefixtures("first_day")


class TestStarting:
    def test_pins_the_pathway_and_opens_what_can_be_done(self, kontakt, run):
        assert (run.slug, run.state, run.phase, run.look_again_on) == (SLUG, "open", "clarify", day(3))
        assert run.pin == selectors.pathway(actor=kontakt, slug=SLUG).pin
        assert stored(run) == {"call": day(2), "ask": day(7), "form": day(14)}

    def test_takes_along_what_is_known(self, kontakt):
        begun = begin(kontakt, facts={"children": False})

        assert begun.progress.step("school").state == "not_needed"
        assert "ask" not in stored(begun.run)

    def test_may_lie_back(self, kontakt):
        begun = begin(kontakt, started_on=day(-5))

        assert begun.progress.step("call").state == "late"

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [({"started_on": day(1)}, Refusal.IN_THE_FUTURE), ({"facts": {"rich": True}}, Refusal.UNKNOWN_FACT)],
    )
    def test_is_refused_ahead_of_time_and_with_strange_facts(self, kontakt, wrong, code):
        with pytest.raises(HappeningRefused) as refusal:
            begin(kontakt, **wrong)

        assert refusal.value.code is code

    def test_needs_a_pathway_that_is_there(self, kontakt):
        with pytest.raises(NotFound):
            begin(kontakt, slug="nowhere")

    def test_is_for_those_who_meet_people(self):
        for nobody in (somebody(Role.STRATEGY_OWNER), actors.anonymous(HERE)):
            with pytest.raises(NotAllowed):
                begin(nobody)


class TestRecording:
    def test_stores_what_happened_and_what_is_open_then(self, kontakt, run):
        done = services.record(
            actor=kontakt, run_id=run.id, happening=told.done("call", on=START, result="agreed"), version=run.version
        )

        row = Happening.objects.get(run=run, seq=2)
        assert (row.kind, row.step, row.result, row.by, row.by_name) == (
            "done", "call", "agreed", kontakt.id, "Demo Kontakt",
        )  # fmt: skip
        assert (row.occurrence, row.told_on) == (1, START)
        assert "call" not in stored(run)
        assert (len(done.gone), done.run.version, done.run_id) == (1, 2, run.id)

    def test_keeps_the_row_of_what_stays_open(self, kontakt, run):
        before = set(OpenStep.objects.filter(run=run).values_list("id", flat=True))
        done = services.record(actor=kontakt, run_id=run.id, happening=told.done("call", on=START, result="agreed"))

        after = set(OpenStep.objects.filter(run=run).values_list("id", flat=True))
        assert before - after == set(done.gone)
        assert after < before

    def test_gives_each_time_of_a_repeating_step_a_row_of_its_own(self, kontakt, run):
        clarify(kontakt, run)
        first = OpenStep.objects.get(run=run, step="meet")
        done = services.record(actor=kontakt, run_id=run.id, happening=told.done("meet", on=START))

        second = OpenStep.objects.get(run=run, step="meet")
        assert (first.id, second.occurrence, second.due_on) == (done.gone[0], 2, day(2))

    def test_refuses_what_was_changed_meanwhile(self, kontakt, run):
        services.skip(actor=kontakt, run_id=run.id, step="call", reason="moved", version=1)

        with pytest.raises(Conflict):
            services.pause(actor=kontakt, run_id=run.id, until=day(9), reason="away", version=1)

    def test_is_told_once_by_one_source(self, kontakt, run):
        source = {"source_type": "questionnaires.Response", "source_id": ids.new_id()}
        first, again = (
            services.record(actor=SYSTEM, run_id=run.id, happening=told.answered(FORM, on=START), **source)
            for _ in range(2)
        )

        assert first.happening is not None
        assert again.happening is None
        assert again.progress == first.progress
        assert Happening.objects.filter(run=run, kind="response").count() == 1

    def test_one_source_can_tell_several_facts(self, run):
        source = {"source_type": "questionnaires.Response", "source_id": ids.new_id()}
        for fact in ("children", "winding-up"):
            new = told.fact_told(fact, True, on=START)
            assert services.record(actor=SYSTEM, run_id=run.id, happening=new, **source).happening

    def test_counts_from_the_day_on_which_it_is_told(self, kontakt, run):
        with later(6):
            services.record(actor=kontakt, run_id=run.id, happening=told.done("call", on=day(1), result="agreed"))

        row = Happening.objects.get(run=run, seq=2)
        assert (row.on, row.told_on) == (day(1), day(6))

    def test_announces_the_step_and_the_change(self, kontakt, run, announced):
        done = services.record(actor=kontakt, run_id=run.id, happening=told.done("call", on=START, result="agreed"))

        assert announced == [StepDone(run.id, "call", 1, "agreed", START), RunChanged(run.id, 2, (), done.gone)]

    def test_announces_what_answers_and_facts_have_done(self, kontakt, run, announced):
        services.record(actor=SYSTEM, run_id=run.id, happening=told.answered(FORM, on=START))
        services.record(actor=kontakt, run_id=run.id, happening=told.fact_told("children", True, on=START))
        services.skip(actor=kontakt, run_id=run.id, step="call", reason="moved")

        assert [one.step for one in announced if isinstance(one, StepDone)] == ["form", "ask"]

    def test_keeps_reasons_sealed(self, kontakt, run):
        services.skip(actor=kontakt, run_id=run.id, step="call", reason="They have moved")
        with connection.cursor() as cursor:
            cursor.execute("SELECT reason FROM pathways_happening WHERE seq = 2 AND run_id = %s", [run.id])
            (sealed,) = cursor.fetchone()

        assert b"moved" not in bytes(sealed)
        assert selectors.run(actor=kontakt, run_id=run.id).history[0].reason == "They have moved"

    def test_has_services_of_their_own_for_the_rest(self, kontakt, run):
        with pytest.raises(ValueError, match="closed"):
            services.record(actor=kontakt, run_id=run.id, happening=told.closed(on=START, reason="x"))

    def test_is_for_runs_that_are_there(self, kontakt):
        with pytest.raises(NotFound):
            services.resume(actor=kontakt, run_id=ids.new_id())


class TestUndoing:
    def test_takes_back_the_last_thing_and_keeps_the_line(self, kontakt, run):
        services.record(actor=kontakt, run_id=run.id, happening=told.done("call", on=START, result="agreed"))
        services.undo_last(actor=kontakt, run_id=run.id)

        seen = selectors.run(actor=kontakt, run_id=run.id)
        assert "call" in stored(run)
        assert [(one.line.kind, one.counts) for one in seen.history] == [
            (Kind.UNDONE, False), (Kind.DONE, False), (Kind.STARTED, True),
        ]  # fmt: skip

    def test_is_for_what_one_has_told_oneself_within_a_day(self, kontakt, run):
        services.record(actor=kontakt, run_id=run.id, happening=told.done("call", on=START, result="agreed"))

        for who, days in ((somebody(), 0), (kontakt, 2)):
            with later(days), pytest.raises(HappeningRefused, match="nothing_to_undo"):
                services.undo_last(actor=who, run_id=run.id)

    def test_the_history_says_who_may(self, kontakt, run):
        services.record(actor=kontakt, run_id=run.id, happening=told.done("call", on=START, result="agreed"))

        assert [one.may_undo for one in selectors.run(actor=kontakt, run_id=run.id).history] == [True, False]
        assert not any(one.may_undo for one in selectors.run(actor=somebody(), run_id=run.id).history)

    def test_does_not_take_back_the_start(self, kontakt, run):
        with pytest.raises(HappeningRefused, match="nothing_to_undo"):
            services.undo_last(actor=kontakt, run_id=run.id)


class TestPausing:
    def test_stands_still_and_goes_on(self, kontakt, run):
        services.pause(actor=kontakt, run_id=run.id, until=day(10), reason="On holiday")
        run.refresh_from_db()
        assert (run.state, run.paused_until, stored(run)["ask"]) == ("paused", day(10), day(17))

        services.resume(actor=kontakt, run_id=run.id)
        run.refresh_from_db()
        assert (run.state, run.paused_until, stored(run)["ask"]) == ("open", None, day(7))


class TestClosing:
    def test_is_refused_while_the_law_demands_something(self, kontakt, run):
        with pytest.raises(StatutoryStepsOpen):
            services.close_run(actor=kontakt, run_id=run.id, reason="goals-met")

    def test_leaves_nothing_open_and_nothing_to_look_at(self, kontakt, run):
        clarify(kontakt, run)
        services.close_run(actor=kontakt, run_id=run.id, reason="goals-met")
        run.refresh_from_db()

        assert (run.state, run.ended_on, run.end_reason, run.look_again_on) == ("closed", START, "goals-met", None)
        assert stored(run) == {}
        with pytest.raises(HappeningRefused, match="ended"):
            services.undo_last(actor=kontakt, run_id=run.id)


class TestWithdrawing:
    def test_a_source_no_longer_counts_in_any_run(self, kontakt, run):
        source = {"source_type": "questionnaires.Response", "source_id": ids.new_id()}
        other = begin(kontakt).run
        new = told.answered(FORM, on=START)
        services.tell_runs(actor=SYSTEM, run_ids=[run.id, other.id], happenings=[new], **source)
        assert "form" not in stored(run)

        changed = services.withdraw_source(actor=SYSTEM, **source)

        assert {one.run.id for one in changed} == {run.id, other.id}
        assert "form" in stored(run)
        assert services.withdraw_source(actor=SYSTEM, **source) == []


class TestTellingMany:
    def test_leaves_those_alone_that_do_not_listen(self, kontakt, run):
        deaf = body(slug="deaf", url="https://medspiller.no/pathways/deaf", events=["discharged"])
        deaf["phases"][1]["steps"].pop(1)
        deaf["phases"][2]["steps"].pop(1)
        deaf["exit"].pop()
        publish(HERE, deaf)
        others = [begin(kontakt, slug="deaf").run, begin(kontakt).run]
        clarify(kontakt, others[1])
        services.close_run(actor=kontakt, run_id=others[1].id, reason="goals-met")
        event = told.event_told("death", on=START)

        heard = services.tell_runs(actor=SYSTEM, run_ids=[run.id, *(one.id for one in others)], happenings=[event])

        assert [one.run.id for one in heard] == [run.id]

    def test_more_than_one_thing_at_once_as_if_one_by_one(self, kontakt, run):
        other = begin(kontakt).run
        things = [told.answered(FORM, on=START), told.event_told("death", on=START)]
        source = {"source_type": "questionnaires.Response", "source_id": ids.new_id()}

        (heard,) = services.tell_runs(actor=SYSTEM, run_ids=[run.id], happenings=things, **source)
        for each in things:
            services.record(actor=SYSTEM, run_id=other.id, happening=each, **source)

        run.refresh_from_db()
        assert stored(run) == stored(other)
        lines = Happening.objects.filter(run=run).order_by("seq").values_list("seq", "kind")
        assert list(lines) == list(Happening.objects.filter(run=other).order_by("seq").values_list("seq", "kind"))
        assert heard.run.version == run.version
        assert services.tell_runs(actor=SYSTEM, run_ids=[run.id], happenings=things, **source) == []

    def test_asks_the_database_as_often_for_many_runs_as_for_one(self, kontakt, run):
        runs = [run, *(begin(kontakt).run for _each in range(4))]

        def asked(some, form_day):
            with CaptureQueriesContext(connection) as statements:
                services.tell_runs(
                    actor=SYSTEM,
                    run_ids=[one.id for one in some],
                    happenings=[told.answered(FORM, on=form_day)],
                    source_type="questionnaires.Response",
                    source_id=ids.new_id(),
                )
            return len(statements)

        assert asked(runs[1:], START) == asked(runs[:1], START)
