"""A pathway as it is declared: frozen, and the same for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from medspiller.content.domain.definitions import Pin
from medspiller.pathways.domain.conditions import Condition, parts_of
from medspiller.pathways.domain.vocabulary import (
    PATIENTS_EVENTS,
    CarersSituation,
    Certainty,
    Event,
    PatientsCondition,
    Subject,
)

Texts: TypeAlias = Mapping[str, str]


class Unit(StrEnum):
    """In what a distance between two days is counted."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Span:
    """A distance between two days; less than nothing is before."""

    unit: Unit
    count: int


class Anchor(StrEnum):
    """What a due day is counted from."""

    START = "start"
    PHASE = "phase"
    STEP = "step"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Due:
    """By when: `name` is the step or event it is counted from, empty for the others."""

    after: Anchor
    span: Span
    name: str = ""


@dataclass(frozen=True, slots=True)
class Beat:
    """How far apart, and how many times; `times=None` goes on until the phase ends."""

    span: Span
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """
    How a step comes back: by beats, each counted from the day of the former time, or each time an event happens.

    Exactly one of `beats` and `each` is there. It stops for good once `until` holds.
    """

    beats: tuple[Beat, ...] = ()
    each: str = ""
    until: Condition | None = None

    def distance(self, number: int) -> Span | None:
        """Return the distance of that number, the first being 0; None if the rhythm has come to its end."""
        for beat in self.beats:
            if beat.times is None or number < beat.times:
                return beat.span
            number -= beat.times
        return None

    @property
    def is_endless(self) -> bool:
        """Whether nothing but the end of the phase stops it."""
        return self.until is None and bool(self.beats) and self.beats[-1].times is None


class DoneBy(StrEnum):
    """What counts as done: somebody says so, a questionnaire is answered, an event happens, a fact becomes known."""

    CONFIRM = "confirm"
    RESPONSE = "response"
    EVENT = "event"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Done:
    """
    What counts as done; `name` is the questionnaire's url, the event or the fact.

    Answers count too that were given `given_within` before the run began: what has been said is not asked again.
    """

    by: DoneBy
    name: str = ""
    given_within: Span | None = None


class UsesKind(StrEnum):
    """What a step is done with."""

    QUESTIONNAIRE = "questionnaire"
    LETTER = "letter"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Uses:
    """A questionnaire by its canonical address, a letter by its slug, or one of our pages."""

    kind: UsesKind
    name: str


@dataclass(frozen=True, slots=True)
class Result:
    """One way in which a step can come out."""

    code: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Basis:
    """What a step rests on: lines of the guideline, laws, or local practice with its reason."""

    lines: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    local: Texts | None = None


@dataclass(frozen=True)
class Step:
    """
    One thing to do. `who` are codes of roles, or `holder`. The carer reads `for_carer` of it, and without that nothing.

    A statutory step keeps a run from being closed until it is done, skipped with a reason, or not needed. Where a law
    is named, whoever writes the step `says_whether_statutory` it is.
    """

    id: str
    title: Texts
    who: tuple[str, ...]
    done: Done
    basis: Basis
    due: Due | None
    text: Texts | None = None
    when: Condition | None = None
    waits_for: tuple[str, ...] = ()
    repeats: Rhythm | None = None
    uses: Uses | None = None
    results: tuple[Result, ...] = ()
    is_statutory: bool = False
    says_whether_statutory: bool = False
    for_carer: Texts | None = None

    @cached_property
    def asks_about(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The facts, events and steps that its condition asks about."""
        asked = tuple(parts_of(self.when))
        return (
            frozenset(part.fact for part in asked if hasattr(part, "fact")),
            frozenset(part.event for part in asked if hasattr(part, "event")),
            frozenset(part.step for part in asked if hasattr(part, "step")),
        )

    @cached_property
    def result_codes(self) -> frozenset[str]:
        """The codes of its results."""
        return frozenset(result.code for result in self.results)


@dataclass(frozen=True)
class Phase:
    """Some steps that belong together in time. It ends once `ends` holds; None: when every step is settled."""

    id: str
    title: Texts
    ends: Condition | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Exit:
    """
    A reason to close. One with a condition is reached once that holds; the others are for a person to judge.

    `leads_to` is the slug of the pathway to offer then.
    """

    id: str
    text: Texts
    when: Condition | None = None
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Tells:
    """What follows from having such a plan, for what else fits: of whom it is about, and of the carer's own life."""

    conditions: frozenset[PatientsCondition] = frozenset()
    situations: frozenset[CarersSituation] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """What a pathway was written from."""

    ref: str
    url: str | None = None


@dataclass(frozen=True)
class Pathway:
    """
    One version of a pathway. `pin` says which.

    `patients_facts` are those of its facts that are about whom the carer cares for. `own_title` is what the carer reads
    as the name of the plan; without it they read none. `tells` is None where the pathway does not say it.
    """

    pin: Pin
    slug: str
    title: Texts
    summary: Texts
    subject: Subject
    holder: str
    trigger: Event
    trigger_text: Texts
    facts: Mapping[str, Texts]
    events: frozenset[str]
    phases: tuple[Phase, ...]
    evaluations: tuple[str, ...]
    exits: tuple[Exit, ...]
    sources: tuple[Source, ...] = ()
    certainty: Certainty = Certainty.CERTAIN
    to_check: Texts | None = field(default=None)
    patients_facts: frozenset[str] = frozenset()
    own_title: Texts | None = None
    tells: Tells | None = None

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """All steps by id, in the order in which they stand."""
        return {step.id: step for phase in self.phases for step in phase.steps}

    @cached_property
    def phase_of(self) -> Mapping[str, int]:
        """The place of each step's phase, by the step's id."""
        return {step.id: place for place, phase in enumerate(self.phases) for step in phase.steps}

    @cached_property
    def stopping(self) -> tuple[Step, ...]:
        """The steps that repeat until something is there."""
        return tuple(step for step in self.steps.values() if step.repeats and step.repeats.until)

    @cached_property
    def reacts_to(self) -> frozenset[str]:
        """The codes of the events that change anything here."""
        return self.events | {self.trigger.value}

    @cached_property
    def patients_events(self) -> frozenset[str]:
        """The codes of those of its events that are about whom the carer cares for."""
        return self.reacts_to & PATIENTS_EVENTS

    @cached_property
    def tells_of_patient(self) -> bool:
        """Whether anything of it is about whom the carer cares for."""
        return bool(self.patients_facts or self.patients_events)

    @cached_property
    def responses(self) -> frozenset[str]:
        """The urls of the questionnaires whose answers count as a step done."""
        return frozenset(step.done.name for step in self.steps.values() if step.done.by is DoneBy.RESPONSE)
