"""What is shown of files, plans and those who hold them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.followup.domain.absences import AbsenceState
from medspiller.followup.domain.files import (
    ClosedBecause,
    FileKind,
    FileState,
    Identified,
    NoteCode,
    Outcome,
    who_answers,
)
from medspiller.followup.domain.holding import BouncedBecause, HandoverState, How
from medspiller.pathways.selectors import SeenRun
from medspiller.people.selectors import Subject

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SeenNote:
    """One line of what happened in a file. `about_id` is the plan it is about, if it is about one."""

    id: UUID
    code: NoteCode
    on: date
    text: str
    by: str
    at: datetime
    about_id: UUID | None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """
    A plan as it stands in a list. `title` is the pathway's, by language; `about` names whom it is about.

    `about` is empty where it is about nobody else, or where the reader may not know of them. `open_steps` and
    `late_steps` count what can be done now, `due_on` is the first day of those.
    """

    id: UUID
    run_id: UUID
    slug: str
    title: Texts
    about: str
    about_id: UUID | None
    unit_id: UUID
    holder_id: UUID | None
    holder: str
    is_open: bool
    opened_at: datetime
    closed_at: datetime | None
    closing_reason: str
    open_steps: int
    late_steps: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Let:
    """What the reader may do with a file or plan. `hand_over` also without holding it, as a leader."""

    keep: bool
    hand_over: bool = False


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A carer's file as whoever may open it sees it."""

    id: UUID
    carer: Subject
    kind: FileKind
    state: FileState
    version: int
    unit_id: UUID
    unit_name: str
    identified_on: date
    identified_how: Identified
    why: str
    situation: str
    what_matters: str
    contact_id: UUID | None
    contact: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str
    closed_because: ClosedBecause | None
    closing_note: str
    outcome: tuple[Outcome, ...]
    notes: tuple[SeenNote, ...]
    plans: tuple[PlanLine, ...]
    may: Let

    @property
    def open_plans(self) -> tuple[PlanLine, ...]:
        """The plans that run."""
        return tuple(each for each in self.plans if each.is_open)

    @property
    def who_answers(self) -> str:
        """Whom the carer calls, as their own page says it too."""
        return who_answers(self.contact, [each.holder for each in reversed(self.open_plans)])


@dataclass(frozen=True, slots=True)
class SeenHolding:
    """Somebody who holds a plan, or did. `stands_in_for` is who is away meanwhile."""

    holder_id: UUID
    holder: str
    starts_at: datetime
    ends_at: datetime | None
    how: How
    stands_in_for: str


@dataclass(frozen=True, slots=True)
class PlanOutline:
    """
    How far a plan has come, without anybody whom it is about: what one must know before saying yes to it.

    `phase` is None where it would tell of a patient whom the reader may not open. `next_due` is the first day by which
    something is due, late ones included; None if nothing has a day.
    """

    unit_name: str
    phase: Texts | None
    next_due: date | None
    open_steps: int


@dataclass(frozen=True, slots=True)
class SeenHandover:
    """
    An offer to take over a plan. `carer` is empty where the reader may not open the carer yet.

    `title` is the pathway's, by language. `outline` is None where nothing of it may be read yet, or it is closed.
    """

    id: UUID
    plan_id: UUID
    file_id: UUID
    title: Texts
    carer: str
    from_name: str
    to_id: UUID
    to_name: str
    to_unit_id: UUID | None
    rests_on_consent: bool
    why: str
    offered_at: datetime
    answer_by: date
    state: HandoverState
    bounced_because: BouncedBecause | None
    answered_at: datetime | None
    answer_note: str
    outline: PlanOutline | None = None


@dataclass(frozen=True, slots=True)
class SeenPlan:
    """
    A plan with its run: what can be done now, what has happened, and who has held it. The newest holding first.

    `keeps_back`: what it knows of the patient is left out, since the reader may not open the patient.
    """

    id: UUID
    file_id: UUID
    carer: Subject
    file_is_open: bool
    is_child: bool
    version: int
    unit_id: UUID
    unit_name: str
    goal: str
    about: str
    about_id: UUID | None
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str
    closing_reason: str
    closing_note: str
    left_over_at: datetime | None
    holder: SeenHolding | None
    holdings: tuple[SeenHolding, ...]
    handover: SeenHandover | None
    bounced: SeenHandover | None
    run: SeenRun
    keeps_back: bool
    may: Let

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class SeenAbsence:
    """Somebody's absence in [starts_on, ends_on). `plans` is how many plans others hold for them now."""

    id: UUID
    user_id: UUID
    name: str
    starts_on: date
    ends_on: date | None
    stand_in: str
    state: AbsenceState
    plans: int
    is_own: bool
