"""Whatever happens to a run, in whatever order: what was accepted keeps these promises."""

import random
from datetime import date, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from medspiller.pathways.domain import happenings as told
from medspiller.pathways.domain.course import counting
from medspiller.pathways.domain.definition import DoneBy
from medspiller.pathways.domain.happenings import UNDOABLE, Happening, HappeningRefused, Kind
from medspiller.pathways.domain.progress import CAN_BE_DONE, Progress, RunState, StepState, progress
from medspiller.pathways.tests.factories import FORM, START, Story, by_the_side, clarified

PATHWAY = by_the_side()
STEPS = st.sampled_from([*PATHWAY.steps, "no-such-step"])
RESULTS = st.sampled_from(["", "agreed", "declined", "perhaps"])
EVENTS = st.sampled_from([*sorted(PATHWAY.reacts_to), "moved"])
FACTS = st.sampled_from([*PATHWAY.facts, "rich"])
BACK = st.integers(min_value=-20, max_value=0)


class AnyCourse(RuleBasedStateMachine):
    """People tell things, late or beforehand, right or wrong, and take them back."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story(PATHWAY)
        self.today = START
        self.settled: dict[str, int] = {}
        self.over: set[str] = set()
        self.began = 1

    @initialize(is_clarified=st.booleans(), is_home=st.booleans())
    def it_has_come_somewhere(self, is_clarified: bool, is_home: bool) -> None:
        if is_clarified:
            clarified(self.story)
            self.today = START + timedelta(days=3)
            if is_home:
                self.story.then(told.event_told("discharged", on=self.today))

    def tell(self, happening: Happening) -> None:
        """Let it happen if it can have happened; if not, nothing is any different."""
        before = self.story.on(self.today)
        try:
            self.story.then(happening)
        except HappeningRefused:
            assert self.story.on(self.today) == before

    @rule(days=st.integers(min_value=1, max_value=45))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(step=STEPS, result=RESULTS, back=BACK, occurrence=st.integers(min_value=0, max_value=3))
    def somebody_does_a_step(self, step: str, result: str, back: int, occurrence: int) -> None:
        on = self.today + timedelta(days=back)
        self.tell(told.done(step, on=on, told_on=self.today, result=result, occurrence=occurrence))

    @rule(choice=st.randoms(use_true_random=False))
    def somebody_does_what_can_be_done(self, choice: random.Random) -> None:
        doable = [one for one in self.story.on(self.today).open_steps if one.step.done.by is DoneBy.CONFIRM]
        if doable:
            one = choice.choice(doable)
            result = choice.choice(sorted(one.step.result_codes)) if one.step.results else ""
            on = max(self.today - timedelta(days=choice.randrange(3)), START)
            self.tell(told.done(one.step.id, on=on, told_on=self.today, result=result))

    @rule(step=STEPS, reason=st.sampled_from(["", "moved away"]))
    def somebody_skips_a_step(self, step: str, reason: str) -> None:
        self.tell(told.skipped(step, on=self.today, reason=reason))

    @rule(fact=FACTS, value=st.sampled_from([True, False, None]), back=BACK)
    def a_fact_becomes_known(self, fact: str, value: bool | None, back: int) -> None:
        self.tell(told.fact_told(fact, value, on=self.today + timedelta(days=back), told_on=self.today))

    @rule(fact=st.sampled_from([*PATHWAY.facts]), value=st.booleans())
    def somebody_finds_out(self, fact: str, value: bool) -> None:
        self.tell(told.fact_told(fact, value, on=self.today))

    @rule(event=EVENTS, days=st.integers(min_value=-30, max_value=60))
    def an_event_is_told(self, event: str, days: int) -> None:
        self.tell(told.event_told(event, on=self.today + timedelta(days=days), told_on=self.today))

    @rule(source=st.integers(min_value=1, max_value=2))
    def a_form_is_answered(self, source: int) -> None:
        line = told.answered(FORM, on=self.today)
        values = {name: getattr(line, name) for name in Happening.__slots__}
        self.tell(Happening(**values | {"source_type": "response", "source_id": UUID(int=source)}))

    @rule(source=st.integers(min_value=1, max_value=2))
    def answers_turn_out_to_be_wrong(self, source: int) -> None:
        self.story.add(
            Happening(
                kind=Kind.WITHDRAWN,
                on=self.today,
                told_on=self.today,
                source_type="response",
                source_id=UUID(int=source),
            )
        )
        self._forget()

    @rule(days=st.integers(min_value=-1, max_value=40))
    def it_is_paused(self, days: int) -> None:
        self.tell(told.paused(on=self.today, until=self.today + timedelta(days=days), reason="away"))

    @precondition(lambda self: self.story.on(self.today).state is RunState.PAUSED or len(self.story.lines) % 5 == 0)
    @rule()
    def it_goes_on(self) -> None:
        self.tell(told.resumed(on=self.today))

    @precondition(lambda self: len(self.story.lines) > 1)
    @rule()
    def the_last_thing_is_undone(self) -> None:
        last = counting(self.story.lines, on=self.today + timedelta(days=1000))[-1]
        if last.kind in UNDOABLE:
            self.story.add(Happening(kind=Kind.UNDONE, on=self.today, told_on=self.today, undoes=last.seq))
            self._forget()

    def _forget(self) -> None:
        now = self.story.on(self.today)
        self.settled = {one.step.id: one.times for one in now.steps}
        self.over = _over(now)
        self.began = sum(each.began_on is not None for each in now.phases)

    @invariant()
    def it_is_the_same_whoever_asks_and_however_often(self) -> None:
        shuffled = random.Random(7).sample(self.story.lines, len(self.story.lines))  # noqa: S311 - made to be foreseen

        assert progress(PATHWAY, shuffled, on=self.today) == self.story.on(self.today)

    @invariant()
    def what_was_done_or_skipped_stays_so(self) -> None:
        now = self.story.on(self.today)
        times = {one.step.id: one.times for one in now.steps}
        began = sum(each.began_on is not None for each in now.phases)

        assert all(times[step] >= count for step, count in self.settled.items())
        assert self.over <= _over(now)
        assert began >= self.began
        self.settled, self.over, self.began = times, _over(now), began

    @invariant()
    def what_is_open_can_be_done_and_nothing_else(self) -> None:
        now = self.story.on(self.today)
        for one in now.steps:
            if one.step.done.by is not DoneBy.CONFIRM:
                continue
            result = next(iter(sorted(one.step.result_codes)), "")
            try:
                self.story.then(told.done(one.step.id, on=self.today, result=result))
            except HappeningRefused:
                assert one.state not in CAN_BE_DONE or now.state is RunState.CLOSED
            else:
                assert one.state in CAN_BE_DONE
                self.story.lines.pop()

    @invariant()
    def late_is_what_is_past_its_day(self) -> None:
        for one in self.story.on(self.today).open_steps:
            is_past = one.due_on is not None and one.due_on < self.today
            assert (one.state is StepState.LATE) is is_past
            assert one.opened_on is not None
            assert one.opened_on <= self.today

    @invariant()
    def nothing_changes_by_itself_before_the_day_on_which_to_look_again(self) -> None:
        now = self.story.on(self.today)
        if now.look_again_on is None:
            ahead = self.today + timedelta(days=400)
        else:
            assert now.look_again_on > self.today
            ahead = now.look_again_on - timedelta(days=1)
        between = self.today + (ahead - self.today) / 2

        assert self.story.on(ahead) == now
        assert self.story.on(between) == now

    @invariant()
    def phases_follow_each_other(self) -> None:
        now = self.story.on(self.today)
        days = [each.began_on for each in now.phases if each.began_on]

        assert days == sorted(days)
        assert now.phase == now.phases[len(days) - 1].phase.id

    @invariant()
    def it_can_be_closed_only_when_nothing_that_the_law_demands_is_left(self) -> None:
        now = self.story.on(self.today)
        left = [
            one.step.id
            for one in now.steps
            if one.step.is_statutory and not one.times and one.state is not StepState.NOT_NEEDED
        ]

        assert list(now.keeps_open) == left
        try:
            self.story.then(told.closed(on=self.today, reason="goals-met"))
        except HappeningRefused:
            assert left
        else:
            assert not left
            self.story.lines.pop()


def _over(now: Progress) -> set[str]:
    """What is done or skipped for good. What comes back with an event is so only until it happens again."""
    is_each = {step.id for step in PATHWAY.steps.values() if step.repeats and step.repeats.each}
    return {one.step.id for one in now.steps if one.state in (StepState.DONE, StepState.SKIPPED)} - is_each


TestAnyCourse = AnyCourse.TestCase
TestAnyCourse.settings = settings(
    max_examples=70,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@settings(max_examples=60, deadline=None)
@given(begin=st.integers(0, 30), length=st.integers(1, 60), days=st.integers(0, 60))
def test_a_pause_moves_what_lies_ahead_by_its_length_and_leaves_the_rest(begin, length, days):
    story = clarified()
    on = START + timedelta(days=3 + begin)
    until = on + timedelta(days=length)
    before = story.due(on)
    story.then(told.paused(on=on, until=until, reason="away"))
    later = max(on, START + timedelta(days=days))

    for step, due_on in story.due(later).items():
        was = before[step]
        assert due_on == (was if was is None or was < on else was + timedelta(days=length))
    assert (story.on(later).state is RunState.PAUSED) is (on <= later < until)


@settings(max_examples=60, deadline=None)
@given(
    pauses=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 60)), min_size=1, max_size=3), days=st.integers(0, 90)
)
def test_no_pause_moves_or_hides_what_the_law_demands(pauses, days):
    story, as_it_would_be = Story(), Story()
    for begin, length in sorted(pauses):
        on = START + timedelta(days=begin)
        if story.on(on).state is RunState.OPEN:
            story.then(told.paused(on=on, until=on + timedelta(days=length), reason="away"))
    later = START + timedelta(days=days)

    demanded = _by_law(as_it_would_be.on(later))
    assert "call" in {step for step, _, due_on in demanded if due_on}
    assert _by_law(story.on(later)) == demanded


def _by_law(now: Progress) -> list[tuple[str, StepState, date | None]]:
    return [(one.step.id, one.state, one.due_on) for one in now.steps if one.step.is_statutory]
