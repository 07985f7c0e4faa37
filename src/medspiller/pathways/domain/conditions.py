"""
Conditions on what is known and has happened. Three answers: yes, no, not known yet.

A fact that nobody has told is never taken for granted. What a condition then comes to says which facts would have to be
known, and which steps settled, before it can say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias


class Known(Protocol):
    """What conditions are held against."""

    @property
    def facts(self) -> Mapping[str, bool]: ...
    def has_happened(self, event: str) -> bool: ...
    def outcome(self, step: str) -> "Outcome | None": ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step was settled; `result` is empty where none was told."""

    was_done: bool
    result: str


@dataclass(frozen=True, slots=True)
class Truth:
    """
    What a condition comes to: True, False, or None for not known yet.

    Only then do `facts` and `steps` say what would have to be known or settled first.
    """

    holds: bool | None
    facts: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


YES, NO = Truth(True), Truth(False)


@dataclass(frozen=True, slots=True)
class FactIs:
    """A fact is so, or is not so."""

    fact: str
    wanted: bool = True

    def hold(self, known: Known) -> Truth:
        """Say whether it is."""
        told = known.facts.get(self.fact)
        if told is None:
            return Truth(None, facts=(self.fact,))
        return YES if told is self.wanted else NO


@dataclass(frozen=True, slots=True)
class Happened:
    """An event has happened. What has not happened yet is no, and may become yes."""

    event: str

    def hold(self, known: Known) -> Truth:
        """Say whether it has."""
        return YES if known.has_happened(self.event) else NO


@dataclass(frozen=True, slots=True)
class StepCameTo:
    """A step was done, with a certain result if one is named. Of one that repeats it is the last time that counts."""

    step: str
    result: str = ""

    def hold(self, known: Known) -> Truth:
        """Say whether it did; not known before it is settled."""
        outcome = known.outcome(self.step)
        if outcome is None:
            return Truth(None, steps=(self.step,))
        return YES if outcome.was_done and self.result in ("", outcome.result) else NO


@dataclass(frozen=True, slots=True)
class Every:
    """All of these hold."""

    parts: tuple["Condition", ...]

    def hold(self, known: Known) -> Truth:
        """Say whether all do; one that does not is enough for no."""
        return _joined([part.hold(known) for part in self.parts], decisive=False)


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of these holds."""

    parts: tuple["Condition", ...]

    def hold(self, known: Known) -> Truth:
        """Say whether one does; one that does is enough for yes."""
        return _joined([part.hold(known) for part in self.parts], decisive=True)


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    part: "Condition"

    def hold(self, known: Known) -> Truth:
        """Say whether it does not; what is not known stays so."""
        truth = self.part.hold(known)
        return truth if truth.holds is None else NO if truth.holds else YES


Condition: TypeAlias = FactIs | Happened | StepCameTo | Every | Some | Not


@dataclass(frozen=True, slots=True)
class Guess:
    """A state of things that somebody made up, to try what conditions come to."""

    facts: Mapping[str, bool] = field(default_factory=dict)
    happened: frozenset[str] = frozenset()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)

    def has_happened(self, event: str) -> bool:
        """Say whether it has, in this guess."""
        return event in self.happened

    def outcome(self, step: str) -> Outcome | None:
        """Return how the step was settled, in this guess."""
        return self.outcomes.get(step)


def parts_of(condition: Condition | None) -> Iterator[FactIs | Happened | StepCameTo]:
    """Yield what a condition asks about, each time it does."""
    match condition:
        case None:
            return
        case Every(parts) | Some(parts):
            for part in parts:
                yield from parts_of(part)
        case Not(part):
            yield from parts_of(part)
        case _:
            yield condition


def shown_by(condition: Condition | None, *, denied: bool = False) -> Iterator[FactIs | Happened | StepCameTo]:
    """
    Yield what somebody learns who sees that a condition holds.

    That something has not happened is how everything begins, so nobody learns anything from it.
    """
    match condition:
        case None:
            return
        case Every(parts) | Some(parts):
            for part in parts:
                yield from shown_by(part, denied=denied)
        case Not(part):
            yield from shown_by(part, denied=not denied)
        case Happened():
            if not denied:
                yield condition
        case _:
            yield condition


def _joined(truths: list[Truth], *, decisive: bool) -> Truth:
    """`decisive` is the answer that one part alone is enough for."""
    if any(truth.holds is decisive for truth in truths):
        return YES if decisive else NO
    open_ = [truth for truth in truths if truth.holds is None]
    if not open_:
        return NO if decisive else YES
    facts = dict.fromkeys(fact for truth in open_ for fact in truth.facts)
    steps = dict.fromkeys(step for truth in open_ for step in truth.steps)
    return Truth(None, tuple(facts), tuple(steps))
