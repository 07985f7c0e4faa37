"""
How far services have come with the lines of the guideline on carers.

What a law demands (`krav`) is met, not met or not assessed, and is never counted into a share: nine demands met out of
ten is not ninety per cent of the law. What is recommended has the states that the ministry's evaluation asks after.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from medspiller.core.errors import MedspillerError
from medspiller.pathways.domain.content_guideline import Line
from medspiller.pathways.domain.vocabulary import LineType
from medspiller.strategy.domain.vocabulary import TEXT_MOST, TITLE_MOST, Service


class LineState(StrEnum):
    """How far a service has come with a line. The first three are for demands, the others for recommendations."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ASSESSED = "not_assessed"
    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    IN_PLACE = "in_place"
    EVALUATED = "evaluated"
    NOT_RELEVANT = "not_relevant"


class EvidenceKind(StrEnum):
    """What an assessment rests on: an indicator of our own, a document, or what somebody says."""

    OWN_DATA = "own_data"
    DOCUMENT = "document"
    STATEMENT = "statement"


class Barrier(StrEnum):
    """What stands in the way."""

    TIME = "time"
    MONEY = "money"
    COMPETENCE = "competence"
    ROUTINES = "routines"
    RESPONSIBILITY = "responsibility"
    MANAGEMENT = "management"
    COOPERATION = "cooperation"
    CONFIDENTIALITY = "confidentiality"
    TOOLS = "tools"
    OTHER = "other"


DEMAND_STATES = (LineState.MET, LineState.NOT_MET, LineState.NOT_ASSESSED)
# Nobody has said anything of a recommendation: it is not assessed either.
ADVICE_STATES = (
    LineState.NOT_STARTED,
    LineState.UNDER_WAY,
    LineState.IN_PLACE,
    LineState.EVALUATED,
    LineState.NOT_RELEVANT,
    LineState.NOT_ASSESSED,
)
# Here something is to be done.
GAPS = frozenset({LineState.NOT_MET, LineState.NOT_STARTED, LineState.UNDER_WAY})
DONE = frozenset({LineState.MET, LineState.IN_PLACE, LineState.EVALUATED})

_SPECIALIST = frozenset({Service.HOSPITAL})
_CHAPTERS_WITHOUT_LINES = ("1",)


class Refusal(StrEnum):
    """Why an assessment is not taken as it is."""

    NO_LINE = "no_line"
    NOT_ITS_STATE = "not_its_state"
    NOT_ITS_SERVICE = "not_its_service"
    NO_EVIDENCE = "no_evidence"
    NO_INDICATOR = "no_indicator"
    AHEAD = "ahead"
    TOO_LONG = "too_long"
    NO_GAP = "no_gap"
    OLD_FORM = "old_form"


class AssessmentRefused(MedspillerError):
    """An assessment does not hold together; `field` is what is wrong with it."""

    def __init__(self, why: Refusal, field: str, *, line: str = ""):
        self.why, self.field, self.line = why, field, line
        super().__init__(f"{line} {field}: {why.value}")


@dataclass(frozen=True, slots=True)
class AssessmentDetails:
    """
    What a service says of one line.

    `evidence` is where it can be seen, and of own data the `indicator` that shows it. `who` does `next_step`.
    """

    line: str
    service: Service
    state: LineState
    on: date
    evidence_kind: EvidenceKind | None = None
    evidence: str = ""
    indicator: str = ""
    barrier: Barrier | None = None
    barrier_text: str = ""
    next_step: str = ""
    who: str = ""


def is_demand(line: Line) -> bool:
    """Whether a law demands what the line says."""
    return line.type is LineType.DEMAND


def is_assessed(line: Line) -> bool:
    """Whether a service can be held against the line; chapter 1 and what explains say nothing to do."""
    return line.type is not LineType.INFORMATION and chapter_of(line.id) not in _CHAPTERS_WITHOUT_LINES


def states_for(line: Line) -> tuple[LineState, ...]:
    """Return the states that a line can have, in the order in which they are offered."""
    return DEMAND_STATES if is_demand(line) else ADVICE_STATES


def chapter_of(line_id: str) -> str:
    """Return the chapter of a line such as PV-2.1.3: 2."""
    return section_of(line_id).split(".", 1)[0]


def section_of(line_id: str) -> str:
    """Return the section of a line such as PV-2.1.3: 2.1."""
    return line_id.removeprefix("PV-").rsplit(".", 1)[0]


def order_of(line_id: str) -> tuple[int, ...]:
    """Return by what lines are sorted: PV-2.1.10 comes after PV-2.1.9."""
    return tuple(int(part) for part in line_id.removeprefix("PV-").split("."))


def concerns(line: Line, service: Service) -> bool:
    """
    Whether the line is said to the service.

    K is the municipality's own services, S the specialist health service, A both; T is said to whoever works together
    with schools, kindergartens and others, which all of them do. Another service can be of either kind.
    """
    if service is Service.OTHER:
        return True
    wanted = {"A", "T", "S" if service in _SPECIALIST else "K"}
    return bool(wanted & set(line.targets))


def ensure_holds(details: AssessmentDetails, line: Line | None, *, today: date, indicators: Collection[str]) -> None:
    """
    Take an assessment only if it can be what it says.

    That a demand is met must rest on something, if only on what somebody says. `indicators` are those that are
    computed here.

    :raises AssessmentRefused: with the first field that is wrong.
    """
    if line is None or not is_assessed(line):
        raise AssessmentRefused(Refusal.NO_LINE, "line", line=details.line)

    def refuse(why: Refusal, field: str) -> AssessmentRefused:
        return AssessmentRefused(why, field, line=line.id)

    if not concerns(line, details.service):
        raise refuse(Refusal.NOT_ITS_SERVICE, "service")
    if details.state not in states_for(line):
        raise refuse(Refusal.NOT_ITS_STATE, "state")
    if details.on > today:
        raise refuse(Refusal.AHEAD, "on")
    if details.evidence_kind is EvidenceKind.OWN_DATA and details.indicator not in indicators:
        raise refuse(Refusal.NO_INDICATOR, "indicator")
    if details.evidence_kind is EvidenceKind.DOCUMENT and not details.evidence.strip():
        raise refuse(Refusal.NO_EVIDENCE, "evidence")
    if details.state is LineState.MET and details.evidence_kind is None:
        raise refuse(Refusal.NO_EVIDENCE, "evidence_kind")
    for field, most in (
        ("evidence", TEXT_MOST),
        ("barrier_text", TEXT_MOST),
        ("next_step", TEXT_MOST),
        ("who", TITLE_MOST),
    ):
        if len(getattr(details, field)) > most:
            raise refuse(Refusal.TOO_LONG, field)


def counted(states: Mapping[str, LineState], lines: Collection[Line]) -> Mapping[LineState, int]:
    """Count the states of these lines; a line of which nothing is said is not assessed."""
    found = dict.fromkeys(LineState, 0)
    for line in lines:
        found[states.get(line.id, LineState.NOT_ASSESSED)] += 1
    return found
