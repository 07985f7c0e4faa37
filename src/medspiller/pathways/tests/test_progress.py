"""Where a run stands, told as stories from day to day."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from medspiller.pathways.domain import happenings as told
from medspiller.pathways.domain.course import NotStarted
from medspiller.pathways.domain.days import moved
from medspiller.pathways.domain.definition import Span, Unit
from medspiller.pathways.domain.happenings import Happening, HappeningRefused, Kind, Refusal, StatutoryStepsOpen
from medspiller.pathways.domain.progress import RunState
from medspiller.pathways.tests.factories import FORM, START, Story, body, by_the_side, clarified, day, step


class TestTheFirstDay:
    def test_opens_what_can_be_done_and_leaves_open_what_is_not_known(self):
        assert Story().states(START) == {
            "call": "open",
            "ask": "open",
            "school": "unknown",
            "form": "open",
            "meet": "waiting",
            "notice": "not_needed",
            "prepare": "waiting",
            "evaluate": "waiting",
            "farewell": "not_needed",
        }

    def test_counts_due_days_from_start_and_phase(self):
        assert Story().due(START) == {"call": day(2), "ask": day(7), "form": day(14)}

    def test_names_the_fact_that_must_be_known(self):
        school = Story().on(START).step("school")

        assert (school.facts, school.waits_for) == (("children",), ("call",))
        assert Story().on(START).missing_facts == ("children",)

    def test_there_is_nothing_before_it(self):
        with pytest.raises(NotStarted):
            Story().on(START - timedelta(days=1))


class TestLate:
    def test_is_the_day_after_the_last_one(self):
        assert Story().states(day(2))["call"] == "open"
        assert Story().states(day(3))["call"] == "late"

    def test_is_the_day_on_which_to_look_again(self):
        assert Story().on(START).look_again_on == day(3)
        assert Story().on(day(3)).look_again_on == day(8)
        assert Story().on(day(30)).look_again_on is None


class TestConditions:
    def test_a_fact_makes_a_step_needed_or_not(self):
        needed = Story().then(told.fact_told("children", True, on=START))
        not_needed = Story().then(told.fact_told("children", False, on=START))

        assert needed.states(START)["school"] == "waiting"
        assert needed.on(START).step("school").waits_for == ("call",)
        assert not_needed.states(START)["school"] == "not_needed"

    def test_a_fact_that_is_not_known_any_more_leaves_it_open_again(self):
        story = Story().then(told.fact_told("children", False, on=START), told.fact_told("children", None, on=day(1)))

        assert story.states(day(1))["school"] == "unknown"
        # It was found out once, and that was the step.
        assert story.states(day(1))["ask"] == "done"

    def test_a_step_waits_for_another_and_is_then_counted_from_it(self):
        story = Story().then(told.fact_told("children", True, on=START), told.done("call", on=day(4), result="agreed"))

        assert story.due(day(4))["school"] == day(7)
        assert story.on(day(4)).step("school").opened_on == day(4)

    def test_a_result_decides_what_is_needed(self):
        agreed, declined = clarified(), Story().then(told.done("call", on=START, result="declined"))

        assert agreed.states(day(4))["prepare"] == "open"
        assert declined.states(START)["prepare"] == "not_needed"

    def test_a_fact_told_later_opens_a_step_of_a_phase_that_is_over(self):
        story = clarified().then(told.fact_told("children", True, on=day(20)))

        assert story.on(day(20)).phase == "along"
        assert story.states(day(20))["school"] == "late"


class TestPhases:
    def test_one_ends_when_all_its_steps_are_settled(self):
        story = Story().then(told.done("call", on=day(1), result="agreed"), told.answered(FORM, on=day(1)))

        assert story.on(day(1)).phase == "clarify"

        story.then(told.fact_told("children", False, on=day(2)))

        assert story.on(day(2)).phase == "along"
        assert story.on(day(2)).phases[1].began_on == day(2)

    def test_one_ends_by_its_event_and_leaves_what_was_not_done(self):
        story = clarified().then(told.event_told("discharged", on=day(9)))

        assert story.on(day(9)).phase == "after"
        assert story.states(day(9))["meet"] == "late"

    def test_what_was_told_late_began_on_the_day_that_it_happened(self):
        story = Story().then(
            told.fact_told("children", False, on=day(1)),
            told.answered(FORM, on=day(4)),
            told.done("call", on=day(2), told_on=day(6), result="agreed"),
        )

        assert story.on(day(5)).phase == "clarify"
        assert story.on(day(6)).phases[1].began_on == day(4)

    def test_the_last_one_is_through_when_nothing_is_left(self):
        story = clarified().then(
            told.event_told("discharged", on=day(5)), told.fact_told("winding-up", True, on=day(6))
        )

        assert not story.on(day(5)).is_through
        assert story.on(day(6)).is_through


class TestRepeating:
    def test_follows_its_rhythm_from_the_day_of_the_former_time(self):
        story, on, dues = clarified(), day(3), []
        for distance in (4, 2, 9, 7, 31):
            dues.append((story.due(on)["meet"] - on).days)
            on += timedelta(days=distance)
            story.then(told.done("meet", on=on))

        # Five days into the phase, two days on, weekly twice, then by the month: October has 31 days.
        assert dues == [5, 2, 7, 7, 30]
        assert story.on(on).step("meet").occurrence == 6

    def test_a_skipped_time_is_one_time_only(self):
        story = clarified().then(told.skipped("meet", on=day(4), reason="on holiday"))

        assert story.states(day(4))["meet"] == "open"
        assert story.due(day(4))["meet"] == day(6)

    def test_stops_with_its_phase_once_it_was_done(self):
        story = clarified().then(told.done("meet", on=day(4)), told.event_told("discharged", on=day(9)))

        assert story.states(day(9))["meet"] == "done"

    def test_is_counted_from_its_phase_where_no_first_day_is_said(self):
        story = clarified().then(told.event_told("discharged", on=day(9)))

        assert story.due(day(9))["evaluate"] == date(2026, 12, 10)

    def test_stops_for_good_when_it_was_said_enough(self):
        story = clarified().then(
            told.event_told("discharged", on=day(9)),
            told.done("evaluate", on=day(10)),
            told.fact_told("winding-up", True, on=day(11)),
            told.fact_told("winding-up", False, on=day(12)),
        )

        assert story.states(day(12))["evaluate"] == "done"

    def test_comes_back_each_time_the_event_happens(self):
        story = clarified().then(told.event_told("admitted", on=day(5)))
        assert story.due(day(5))["notice"] == day(6)

        story.then(told.done("notice", on=day(5)))
        assert story.states(day(5))["notice"] == "done"

        story.then(told.event_told("admitted", on=day(30)))
        assert story.due(day(30))["notice"] == day(31)
        assert story.on(day(30)).step("notice").occurrence == 2


class TestAnEventThatLiesAhead:
    def test_gives_a_day_to_what_is_due_before_it(self):
        story = clarified()
        assert story.due(day(3))["prepare"] is None

        story.then(told.event_told("discharged", on=day(20), told_on=day(5)))

        assert story.due(day(5))["prepare"] == day(18)

    def test_happens_on_its_day_by_itself(self):
        story = clarified().then(told.event_told("discharged", on=day(7), told_on=day(5)))

        assert story.on(day(6)).phase == "along"
        assert story.on(day(6)).look_again_on == day(7)
        assert story.on(day(7)).phase == "after"

    def test_is_replaced_when_it_is_told_anew(self):
        story = clarified().then(
            told.event_told("discharged", on=day(7), told_on=day(5)),
            told.event_told("discharged", on=day(20), told_on=day(6)),
        )

        assert story.on(day(19)).phase == "along"
        assert story.on(day(20)).phase == "after"


class TestPausing:
    def test_moves_the_days_that_lie_ahead_by_its_length(self):
        story = Story().then(told.paused(on=day(1), until=day(11), reason="away"))

        assert story.due(day(1)) == {"call": day(2), "ask": day(17), "form": day(24)}

    def test_does_not_move_what_the_law_demands(self):
        story = Story().then(told.paused(on=day(1), until=day(11), reason="away"))

        assert story.states(day(5))["call"] == "late"

    def test_leaves_late_what_was_late(self):
        story = Story().then(told.paused(on=day(8), until=day(18), reason="away"))

        assert story.due(day(8)) == {"call": day(2), "ask": day(7), "form": day(24)}

    def test_ends_by_itself_on_its_day(self):
        story = Story().then(told.paused(on=day(1), until=day(11), reason="away"))

        assert story.on(day(10)).state is RunState.PAUSED
        assert story.on(day(10)).look_again_on == day(11)
        assert story.on(day(11)).state is RunState.OPEN

    def test_can_be_ended_before(self):
        story = Story().then(told.paused(on=day(1), until=day(11), reason="away"), told.resumed(on=day(3)))

        assert story.on(day(3)).state is RunState.OPEN
        assert story.due(day(3))["ask"] == day(9)

    def test_can_be_made_longer(self):
        story = Story().then(
            told.paused(on=day(1), until=day(3), reason="away"), told.paused(on=day(2), until=day(11), reason="ill")
        )

        assert story.on(day(10)).state is RunState.PAUSED
        assert story.due(day(10))["ask"] == day(17)

    def test_does_not_move_what_is_due_before_an_event(self):
        story = clarified().then(
            told.event_told("discharged", on=day(30), told_on=day(4)), told.paused(on=day(5), until=day(15), reason="x")
        )

        assert story.due(day(5))["prepare"] == day(28)


class TestTakingBack:
    def test_what_was_undone_never_was(self):
        story = Story().then(told.done("call", on=START, result="agreed"))
        story.add(Happening(kind=Kind.UNDONE, on=day(1), told_on=day(1), undoes=2))

        assert story.states(START)["call"] == "done"
        assert story.states(day(1))["call"] == "open"

    def test_what_its_source_takes_back_counts_no_more(self):
        story, source = Story(), {"source_type": "response", "source_id": UUID(int=7)}
        story.add(Happening(kind=Kind.RESPONSE, on=START, told_on=START, response=FORM, **source))
        assert story.states(START)["form"] == "done"

        story.add(Happening(kind=Kind.WITHDRAWN, on=day(1), told_on=day(1), **source))

        assert story.states(day(1))["form"] == "open"


class TestClosing:
    def test_is_refused_while_a_statutory_step_is_open(self):
        with pytest.raises(StatutoryStepsOpen) as refusal:
            Story().then(told.closed(on=START, reason="goals-met"))

        assert refusal.value.names == ("call",)

    def test_is_possible_once_it_was_done_or_skipped_with_a_reason(self):
        for settled in (told.done("call", on=START, result="agreed"), told.skipped("call", on=START, reason="moved")):
            story = Story().then(settled, told.closed(on=START, reason="goals-met"))

            assert story.on(START).state is RunState.CLOSED
            assert story.on(day(99)).open_steps == ()
            assert story.on(day(99)).look_again_on is None

    def test_is_refused_again_when_an_event_demands_something(self):
        story = clarified().then(told.event_told("discharged", on=day(5)), told.event_told("death", on=day(6)))

        assert story.on(day(6)).keeps_open == ("farewell",)
        assert [each.id for each in story.on(day(6)).reached] == ["died"]

    def test_ends_everything(self):
        story = clarified().then(told.closed(on=day(5), reason="goals-met"))

        for late in (told.done("meet", on=day(6)), told.event_told("death", on=day(6))):
            with pytest.raises(HappeningRefused, match="ended"):
                story.then(late)


REFUSED = [
    (told.done("nothing", on=START), Refusal.UNKNOWN_STEP),
    (told.done("call", on=START), Refusal.RESULT_MISSING),
    (told.done("call", on=START, result="perhaps"), Refusal.UNKNOWN_RESULT),
    (told.done("call", on=START, result="agreed", occurrence=2), Refusal.NOT_REPEATING),
    (told.done("call", on=day(1), told_on=START, result="agreed"), Refusal.IN_THE_FUTURE),
    (told.done("call", on=day(-1), told_on=START, result="agreed"), Refusal.BEFORE_START),
    (told.done("ask", on=START), Refusal.NOT_BY_HAND),
    (told.done("school", on=START), Refusal.FACTS_MISSING),
    (told.done("meet", on=START), Refusal.WAITS),
    (told.done("farewell", on=START), Refusal.NOT_NEEDED),
    (told.skipped("call", on=START, reason="  "), Refusal.REASON_MISSING),
    (told.skipped("farewell", on=START, reason="no need"), Refusal.NOT_NEEDED),
    (told.fact_told("rich", True, on=START), Refusal.UNKNOWN_FACT),
    (told.fact_told("children", True, on=day(1), told_on=START), Refusal.IN_THE_FUTURE),
    (told.event_told("moved", on=START), Refusal.UNKNOWN_EVENT),
    (told.event_told("death", on=day(800), told_on=START), Refusal.TOO_FAR),
    (told.answered("https://example.no/other", on=START), Refusal.UNKNOWN_RESPONSE),
    (told.paused(on=START, until=START, reason="x"), Refusal.BAD_PAUSE),
    (told.paused(on=START, until=day(500), reason="x"), Refusal.BAD_PAUSE),
    (told.paused(on=START, until=day(5), reason=""), Refusal.REASON_MISSING),
    (told.resumed(on=START), Refusal.NOT_PAUSED),
    (told.started(on=START), Refusal.ALREADY),
]


@pytest.mark.parametrize(("happening", "code"), REFUSED, ids=[code.value for _, code in REFUSED])
def test_what_cannot_have_happened_is_refused(happening, code):
    with pytest.raises(HappeningRefused) as refusal:
        Story().then(happening)

    assert refusal.value.code is code


class TestDoneOnce:
    def test_is_done(self):
        with pytest.raises(HappeningRefused, match="already"):
            Story().then(*[told.done("call", on=START, result="agreed")] * 2)

    def test_the_same_time_of_a_repeating_step_is_not_done_twice(self):
        with pytest.raises(HappeningRefused, match="already"):
            clarified().then(told.done("meet", on=day(4), occurrence=1), told.done("meet", on=day(4), occurrence=1))

    def test_a_time_is_not_before_the_former_one(self):
        with pytest.raises(HappeningRefused, match="too_early"):
            clarified().then(told.done("meet", on=day(6)), told.done("meet", on=day(5), told_on=day(6)))


def test_the_trigger_can_be_told_with_its_own_day():
    made = body()
    made["phases"][0]["steps"].append(step("soon", due={"after": "event:identified", "days": 3}))
    story = Story(by_the_side(phases=made["phases"]))
    assert story.due(START)["soon"] == day(3)

    story.then(told.event_told("identified", on=day(-2), told_on=START))

    assert story.due(START)["soon"] == day(1)


def test_what_another_version_does_not_know_is_left_aside():
    story = clarified().then(told.done("meet", on=day(4)))
    made = body()
    made["phases"][1]["steps"] = [step("walk", due={"after": "phase", "days": 1})]
    story.pathway = by_the_side(phases=made["phases"])

    assert story.states(day(5)) == {
        "call": "done", "ask": "done", "school": "not_needed", "form": "done", "walk": "late", "evaluate": "waiting",
        "farewell": "not_needed",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("begin", "span", "end"),
    [
        (date(2026, 1, 31), Span(Unit.MONTHS, 1), date(2026, 2, 28)),
        (date(2026, 12, 31), Span(Unit.MONTHS, 2), date(2027, 2, 28)),
        (date(2028, 2, 29), Span(Unit.MONTHS, 12), date(2029, 2, 28)),
        (date(2026, 3, 1), Span(Unit.MONTHS, -1), date(2026, 2, 1)),
        (date(2026, 9, 4), Span(Unit.WORKING_DAYS, 1), date(2026, 9, 7)),
        # Maundy Thursday, Good Friday and Easter Monday.
        (date(2026, 4, 1), Span(Unit.WORKING_DAYS, 2), date(2026, 4, 8)),
        (date(2026, 9, 7), Span(Unit.WORKING_DAYS, -1), date(2026, 9, 4)),
        (date(2026, 3, 28), Span(Unit.DAYS, 2), date(2026, 3, 30)),
        (date(2026, 9, 1), Span(Unit.WEEKS, 2), date(2026, 9, 15)),
    ],
)
def test_days_are_counted_as_people_do(begin, span, end):
    assert moved(begin, span) == end
