"""
The course a run has taken: its happenings told in order, and what stands at the end.

What is told late counts from the day it was told, and an event that lies ahead from its own day. So the course up to a
day is what was known on that day, and no later line changes it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from medspiller.pathways.domain import earlier
from medspiller.pathways.domain.conditions import NO, YES, Condition, Outcome, Truth
from medspiller.pathways.domain.definition import DoneBy, Pathway, Phase, Step
from medspiller.pathways.domain.happenings import Happening, Kind


class NotStarted(ValueError):
    """The happenings do not begin with the start of a run."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One time that a step was done or skipped."""

    was_done: bool
    on: date
    result: str = ""


class Course:
    """
    What stands on a day: facts, events, settled steps, phases, pauses.

    `began` are the days on which the phases began that have; the last of them is the one that the run is in. `ahead`
    are days after `on` from which something counts that is known already.

    :raises NotStarted: if the run has not begun by that day.
    """

    def __init__(self, pathway: Pathway, happenings: Sequence[Happening], *, on: date):
        self.pathway, self.on = pathway, on
        self.facts: dict[str, bool] = {}
        self.fact_days: dict[str, date] = {}
        self.known_events: dict[str, date] = {}
        self.happened: dict[str, date] = {}
        self.how_often: dict[str, int] = {}
        self.answered: dict[str, int] = {}
        self.settled: dict[str, list[Settled]] = {}
        self.stopped: set[str] = set()
        self.began: list[date] = []
        self.pauses: list[tuple[date, date]] = []
        self.closed_on: date | None = None
        self.end_reason = ""
        self.ahead: list[date] = [line.told_on for line in happenings if line.told_on > on]
        lines = counting(happenings, on=on)
        self._follow(lines)
        if not self.began:
            raise NotStarted(str(on))

    @property
    def started_on(self) -> date:
        """The day on which the run began."""
        return self.began[0]

    def has_happened(self, event: str) -> bool:
        """Say whether an event has happened by the day."""
        return event in self.happened

    def outcome(self, step: str) -> Outcome | None:
        """Return how a step was settled the last time; one that is not needed was settled without being done."""
        if times := self.settled.get(step):
            return Outcome(times[-1].was_done, times[-1].result)
        declared = self.pathway.steps.get(step)
        if declared is None or self.is_past(declared):
            return Outcome(was_done=False, result="")
        return None

    def needs(self, step: Step) -> Truth:
        """Say whether a step is needed."""
        if step.id not in self.settled and (step.id in self.stopped or self._awaits_event(step)):
            return NO
        return YES if step.when is None else step.when.hold(self)

    def is_over(self, step: Step) -> bool:
        """Say whether a step that was settled does not come again."""
        times = self.settled.get(step.id)
        if not times or step.repeats is None:
            return bool(times)
        if step.repeats.each:
            return step.id in self.stopped or self._awaits_event(step)
        has_left = self.pathway.phase_of[step.id] < len(self.began) - 1
        return has_left or step.id in self.stopped or self._came_to_its_end(step, len(times))

    def is_past(self, step: Step) -> bool:
        """Say whether nobody need wait for a step: it was settled at least once, or is not needed."""
        return step.id in self.settled or self.needs(step).holds is False

    def is_there(self, wanted: Condition) -> bool:
        """Say whether a condition holds for certain."""
        return wanted.hold(self).holds is True

    def is_ended(self, phase: Phase) -> bool:
        """Say whether what ends a phase is there."""
        if phase.ends is not None:
            return self.is_there(phase.ends)
        return all(self.is_over(step) or self.needs(step).holds is False for step in phase.steps)

    def _follow(self, lines: Iterable[Happening]) -> None:
        for line in lines:
            if line.kind is Kind.EVENT:
                self.known_events[line.event] = line.on
        for line in sorted(lines, key=lambda line: (line.counts_on, line.seq)):
            if line.counts_on > self.on:
                self.ahead.append(line.counts_on)
                continue
            self._take(line)
            if line.kind in _MOVES:
                self._stop_repeating()
                self._advance(line.on)

    def _take(self, line: Happening) -> None:
        match line.kind:
            case Kind.STARTED:
                self.began.append(line.on)
                self._event(self.pathway.trigger.value, line.on)
            case Kind.DONE | Kind.SKIPPED:
                self._settle_by_hand(line)
            case Kind.FACT:
                self._fact(line)
            case Kind.EVENT:
                self._event(line.event, line.on)
            case Kind.RESPONSE:
                self._settle_by(DoneBy.RESPONSE, line.response, line.on)
            case Kind.PAUSED | Kind.RESUMED:
                self._pause(line)
            case Kind.CLOSED:
                self.closed_on, self.end_reason = line.on, line.result

    def _fact(self, line: Happening) -> None:
        if line.value is None:
            self.facts.pop(line.fact, None)
        elif self.facts.get(line.fact) is not line.value:
            self.facts[line.fact] = line.value
            self.fact_days[line.fact] = line.on
        if line.value is not None:
            self._settle_by(DoneBy.FACT, line.fact, line.on)

    def _event(self, event: str, on: date) -> None:
        before = self.happened.get(event)
        self.happened[event] = on
        # The trigger counts as happened on the first day; told with its own day, it is the same one.
        is_trigger_again = event == self.pathway.trigger and before is not None and on <= self.began[0]
        if not is_trigger_again:
            self.how_often[event] = self.how_often.get(event, 0) + 1
            self._settle_by(DoneBy.EVENT, event, on)

    def _settle_by_hand(self, line: Happening) -> None:
        step = self.pathway.steps.get(line.step)
        # A later version of the pathway may have another step of this name, or none.
        if step is not None and line.occurrence > len(self.settled.get(step.id, ())):
            self._settle(step, Settled(line.kind is Kind.DONE, line.on, line.result))

    def _settle_by(self, by: DoneBy, name: str, on: date) -> None:
        for step in self.pathway.steps.values():
            if step.done.by is not by or step.done.name != name:
                continue
            if step.repeats is not None and not self._is_in_its_phase(step, on):
                continue
            if by is DoneBy.RESPONSE and not earlier.counts(step, given_on=on, started_on=self.started_on):
                continue
            self._settle(step, Settled(True, on))

    def _settle(self, step: Step, time: Settled) -> None:
        if not self.is_over(step):
            self.settled.setdefault(step.id, []).append(time)
            if step.repeats and step.repeats.each:
                # Once done, it answers every time that it has happened so far.
                self.answered[step.id] = self.how_often.get(step.repeats.each, 0)

    def _is_in_its_phase(self, step: Step, on: date) -> bool:
        place = self.pathway.phase_of[step.id]
        return place < len(self.began) and self.began[place] <= on

    def _awaits_event(self, step: Step) -> bool:
        """Whether a step that comes back with an event has nothing to come back for."""
        if step.repeats is None or not step.repeats.each:
            return False
        return self.how_often.get(step.repeats.each, 0) <= self.answered.get(step.id, 0)

    def _came_to_its_end(self, step: Step, times: int) -> bool:
        rhythm = step.repeats
        return rhythm is None or rhythm.distance(times - (0 if step.due is None else 1)) is None

    def _pause(self, line: Happening) -> None:
        if self.pauses and self.pauses[-1][1] > line.on:
            begin, _ = self.pauses.pop()
            if begin < line.on:
                self.pauses.append((begin, line.on))
        if line.kind is Kind.PAUSED and line.until is not None and line.until > line.on:
            self.pauses.append((line.on, line.until))

    def _stop_repeating(self) -> None:
        # For good: a step that has stopped does not begin again by itself.
        for step in self.pathway.stopping:
            until = step.repeats.until if step.repeats else None
            if until is not None and self.is_there(until):
                self.stopped.add(step.id)

    def _advance(self, on: date) -> None:
        # A phase that was left is not entered again, whatever is told later.
        while len(self.began) < len(self.pathway.phases):
            phase = self.pathway.phases[len(self.began) - 1]
            if not self.is_ended(phase):
                return
            times = [] if phase.ends else [time.on for step in phase.steps for time in self.settled.get(step.id, ())]
            self.began.append(max(self.began[-1], on, *times))


_MOVES = frozenset({Kind.STARTED, Kind.DONE, Kind.SKIPPED, Kind.FACT, Kind.EVENT, Kind.RESPONSE})


def counting(happenings: Iterable[Happening], *, on: date) -> list[Happening]:
    """
    Return what counts of all that was told up to a day, in the order in which it was told.

    Left out is what was undone, what its source no longer says, and days that were ahead and were told anew.
    """
    known = sorted((line for line in happenings if line.told_on <= on), key=lambda line: line.seq)
    undone = {line.undoes for line in known if line.kind is Kind.UNDONE}
    withdrawn = {(line.source_type, line.source_id): line.seq for line in known if line.kind is Kind.WITHDRAWN}
    left: list[Happening] = []
    for line in known:
        if line.seq in undone or line.kind in (Kind.UNDONE, Kind.WITHDRAWN):
            continue
        if line.source_id is not None and line.seq < withdrawn.get((line.source_type, line.source_id), 0):
            continue
        if line.kind is Kind.EVENT:
            left = [one for one in left if one.event != line.event or one.on <= line.told_on]
        left.append(line)
    return left
