"""
Where a run stands on a day: what can be done now, by when, what waits, what must be known first.

It is computed anew from the happenings each time and depends on nothing else: whoever asks twice gets the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from medspiller.pathways.domain import days
from medspiller.pathways.domain.course import Course
from medspiller.pathways.domain.definition import Anchor, Exit, Pathway, Phase, Span, Step
from medspiller.pathways.domain.happenings import Happening


class RunState(StrEnum):
    """Whether a run goes on."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class StepState(StrEnum):
    """Where a step stands. `unknown` is that facts must be known before anybody can say whether it is needed."""

    WAITING = "waiting"
    OPEN = "open"
    LATE = "late"
    DONE = "done"
    SKIPPED = "skipped"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"


CAN_BE_DONE = frozenset({StepState.OPEN, StepState.LATE})
UNSETTLED = frozenset({StepState.OPEN, StepState.LATE, StepState.WAITING, StepState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class StepProgress:
    """
    How one step stands.

    `occurrence` counts the times of a step that repeats, from 1: the one that is open, else the last one. `due_on` and
    `opened_on` are set while it can be done; `due_on` is then None only while the event it is counted from has no day.
    `waits_for` are steps, `facts` what must be known; `settled_on` and `result` tell of the last time.
    """

    step: Step
    state: StepState
    occurrence: int = 1
    due_on: date | None = None
    opened_on: date | None = None
    waits_for: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    settled_on: date | None = None
    result: str = ""
    times: int = 0

    @property
    def can_be_done(self) -> bool:
        return self.state in CAN_BE_DONE


@dataclass(frozen=True, slots=True)
class PhaseProgress:
    """When a phase began, and was left; `began_on` is None while it lies ahead."""

    phase: Phase
    began_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Progress:
    """
    Where a run stands.

    `reached` are the exits whose event or fact is there: reasons to close, which a person weighs. `keeps_open` are
    statutory steps that forbid it. `is_through` says that the last phase has come to its end. On `look_again_on`
    something changes by itself, and not before; None: nothing will.
    """

    state: RunState
    paused_until: date | None
    phase: str
    phases: tuple[PhaseProgress, ...]
    steps: tuple[StepProgress, ...]
    facts: tuple[tuple[str, bool], ...]
    keeps_open: tuple[str, ...]
    reached: tuple[Exit, ...]
    is_through: bool
    look_again_on: date | None
    ended_on: date | None = None
    end_reason: str = ""

    @property
    def may_close(self) -> bool:
        return not self.keeps_open

    @property
    def open_steps(self) -> tuple[StepProgress, ...]:
        """What can be done now; nothing once it is closed."""
        if self.state is RunState.CLOSED:
            return ()
        return tuple(one for one in self.steps if one.can_be_done)

    @property
    def late_steps(self) -> tuple[StepProgress, ...]:
        """Those of them that are past their day."""
        return tuple(one for one in self.open_steps if one.state is StepState.LATE)

    @property
    def missing_facts(self) -> tuple[str, ...]:
        """What should be found out now, since steps wait for it."""
        return tuple(dict.fromkeys(fact for one in self.steps for fact in one.facts))

    def step(self, step_id: str) -> StepProgress | None:
        """Return how one step stands; None if the pathway has none of that id."""
        return next((one for one in self.steps if one.step.id == step_id), None)


def progress(pathway: Pathway, happenings: Sequence[Happening], *, on: date) -> Progress:
    """
    Return where a run stands on a day, by what was told up to that day.

    :raises NotStarted: if the run has not begun by then.
    """
    course = Course(pathway, happenings, on=on)
    # Once it is closed nothing becomes late any more.
    today = min(on, course.closed_on) if course.closed_on else on
    steps = tuple(_step(course, step, today) for step in pathway.steps.values())
    until = next((end for begin, end in course.pauses if begin <= on < end), None)
    is_closed = course.closed_on is not None
    return Progress(
        state=RunState.CLOSED if is_closed else RunState.PAUSED if until else RunState.OPEN,
        paused_until=None if is_closed else until,
        phase=pathway.phases[len(course.began) - 1].id,
        phases=tuple(_phases(course)),
        steps=steps,
        facts=tuple(course.facts.items()),
        keeps_open=tuple(one.step.id for one in steps if _keeps_open(one)),
        reached=tuple(each for each in pathway.exits if each.when and course.is_there(each.when)),
        is_through=len(course.began) == len(pathway.phases) and course.is_ended(pathway.phases[-1]),
        look_again_on=None if is_closed else _look_again_on(course, steps, until),
        ended_on=course.closed_on,
        end_reason=course.end_reason,
    )


def _phases(course: Course) -> Iterator[PhaseProgress]:
    for place, phase in enumerate(course.pathway.phases):
        began_on = course.began[place] if place < len(course.began) else None
        ended_on = course.began[place + 1] if place + 1 < len(course.began) else None
        yield PhaseProgress(phase, began_on, ended_on)


def _keeps_open(one: StepProgress) -> bool:
    return one.step.is_statutory and one.state in UNSETTLED and not one.times


def _step(course: Course, step: Step, today: date) -> StepProgress:
    times = course.settled.get(step.id, ())
    last = times[-1] if times else None
    is_over = last is not None and course.is_over(step)
    as_it_is = partial(
        StepProgress,
        step,
        occurrence=len(times) + (0 if is_over else 1),
        settled_on=last.on if last else None,
        result=last.result if last else "",
        times=len(times),
    )
    if is_over:
        return as_it_is(StepState.DONE if any(time.was_done for time in times) else StepState.SKIPPED)
    truth = course.needs(step)
    if truth.holds is False:
        return as_it_is(StepState.NOT_NEEDED)
    waits = tuple(one for one in step.waits_for if not course.is_past(course.pathway.steps[one]))
    if course.pathway.phase_of[step.id] >= len(course.began):
        return as_it_is(StepState.WAITING, waits_for=waits)
    if truth.facts:
        return as_it_is(StepState.UNKNOWN, waits_for=waits, facts=truth.facts)
    if waits or truth.holds is None:
        return as_it_is(StepState.WAITING, waits_for=tuple(dict.fromkeys((*waits, *truth.steps))))
    due_on = _due_on(course, step)
    state = StepState.LATE if due_on is not None and today > due_on else StepState.OPEN
    return as_it_is(state, due_on=due_on, opened_on=_opened_on(course, step))


def _due_on(course: Course, step: Step) -> date | None:
    times = course.settled.get(step.id, ())
    span: Span | None
    anchor: date | None
    if step.repeats and step.repeats.beats and (times or step.due is None):
        span = step.repeats.distance(len(times) - (0 if step.due is None else 1))
        anchor = times[-1].on if times else course.began[course.pathway.phase_of[step.id]]
    else:
        span, anchor = step.due.span if step.due else None, _anchor(course, step)
    if span is None or anchor is None:
        return None
    due_on = days.moved(anchor, span)
    # What is to be done before something is held by that, and what the law demands by the law, not by our pauses.
    return due_on if span.count < 0 or step.is_statutory else _after_pauses(course, anchor, due_on)


def _anchor(course: Course, step: Step) -> date | None:
    match step.due:
        case None:
            return None
        case due if due.after is Anchor.START:
            return course.started_on
        case due if due.after is Anchor.PHASE:
            return course.began[course.pathway.phase_of[step.id]]
        case due if due.after is Anchor.EVENT:
            return course.known_events.get(due.name) or course.happened.get(due.name)
        case due:
            return _day_of(course, course.pathway.steps[due.name])


def _day_of(course: Course, other: Step) -> date | None:
    """The first day on which a step was settled; of one that is not needed, the day its phase began."""
    if times := course.settled.get(other.id):
        return times[0].on
    place = course.pathway.phase_of[other.id]
    return course.began[place] if place < len(course.began) and course.is_past(other) else None


def _after_pauses(course: Course, anchor: date, due_on: date) -> date:
    for begin, end in course.pauses:
        # What was late before the pause stays late.
        if begin <= due_on and end > anchor:
            due_on += end - max(begin, anchor)
    return due_on


def _opened_on(course: Course, step: Step) -> date:
    """The day from which it could be done: the last of all that it took."""
    times = course.settled.get(step.id)
    if times and step.repeats and step.repeats.each:
        return max(times[-1].on, course.happened[step.repeats.each])
    if times:
        return times[-1].on
    facts, events, steps = step.asks_about
    found = [course.began[course.pathway.phase_of[step.id]]]
    found += [day for fact in facts if (day := course.fact_days.get(fact))]
    events |= {step.repeats.each} if step.repeats else frozenset()
    found += [day for event in events if (day := course.happened.get(event))]
    found += [time.on for one in (*step.waits_for, *steps) for time in course.settled.get(one, ())[:1]]
    return max(found)


def _look_again_on(course: Course, steps: Sequence[StepProgress], paused_until: date | None) -> date | None:
    found = list(course.ahead)
    found += [one.due_on + timedelta(days=1) for one in steps if one.state is StepState.OPEN and one.due_on]
    if paused_until:
        found.append(paused_until)
    return min(found, default=None)
