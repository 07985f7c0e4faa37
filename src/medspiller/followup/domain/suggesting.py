"""A right or an offer that is suggested to a carer: why, what they answered, and what of it counts as unmet demand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from medspiller.catalogue.domain.vocabulary import Need
from medspiller.core.errors import Conflict, MedspillerError
from medspiller.followup.domain.holding import answer_by
from medspiller.rights.domain.findings import Answer
from medspiller.rights.domain.rights import RightKind

NOTE_MOST = 1000
# Whoever wants to think about it longer is asked anew by somebody who knows how things are then.
LATEST = timedelta(days=366)
# What a carer answers on their own page, and may have written there, is read within this time. Local practice.
READ_WITHIN_WORKING_DAYS = 2
# Fewer carers than this are not shown as a number.
FEWEST_SHOWN = 5


class SuggestionKind(StrEnum):
    """What is suggested. A code is stored for good."""

    RIGHT = "right"
    OFFER = "offer"


class SuggestionState(StrEnum):
    """What has become of a suggestion. A code is stored for good."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LATER = "later"
    WITHDRAWN = "withdrawn"


LIVE = frozenset({SuggestionState.SUGGESTED, SuggestionState.ACCEPTED, SuggestionState.LATER})
# What a carer or somebody at work may answer.
ANSWERS = frozenset({SuggestionState.ACCEPTED, SuggestionState.DECLINED, SuggestionState.LATER})


class DeclineReason(StrEnum):
    """Why somebody says no thanks. A code is stored for good."""

    DOES_NOT_FIT = "does_not_fit"
    WRONG_TIME = "wrong_time"
    TOO_FAR = "too_far"
    LONG_WAIT = "long_wait"
    COSTS = "costs"
    LANGUAGE = "language"
    NOT_FOR_MINE = "not_for_mine"
    NOT_ENTITLED = "not_entitled"
    HAS_IT = "has_it"
    MANAGES = "manages"
    NOT_SAID = "not_said"


# The need is still there: the house had nothing that fits.
UNMET = frozenset(
    {
        DeclineReason.DOES_NOT_FIT,
        DeclineReason.WRONG_TIME,
        DeclineReason.TOO_FAR,
        DeclineReason.LONG_WAIT,
        DeclineReason.COSTS,
        DeclineReason.LANGUAGE,
        DeclineReason.NOT_FOR_MINE,
    }
)

# Which needs a right of a kind can be an answer to.
NEEDS_OF_RIGHT: Mapping[RightKind, frozenset[Need]] = MappingProxyType(
    {
        RightKind.LEAVE: frozenset({Need.WORK_AND_LEAVE}),
        RightKind.MONEY: frozenset({Need.ECONOMY, Need.WORK_AND_LEAVE}),
        RightKind.REFUND: frozenset({Need.ECONOMY}),
        RightKind.PENSION: frozenset({Need.ECONOMY, Need.WORK_AND_LEAVE}),
        RightKind.SERVICE: frozenset(
            {Need.RESPITE_HOURS, Need.RESPITE_STAY, Need.NIGHT_REST, Need.PRACTICAL_HELP, Need.COORDINATION}
        ),
        RightKind.ADVICE: frozenset({Need.INFORMATION, Need.TRAINING_SKILLS}),
    }
)


class SuggestionAnswered(Conflict):
    """Somebody else has answered meanwhile: `now` is the version of the suggestion."""

    def __init__(self, *, now: int):
        self.now = now
        super().__init__(changed={"suggestion": ""})


class SuggestionRefused(MedspillerError):
    """
    A suggestion cannot be answered or made so; `problem` says what is wrong.

    `reason`: no thanks needs to say why. `day`: later needs a day ahead, within a year. `answer`: no such answer.
    `over`: it was withdrawn. `there`: it is suggested already. `unknown`: there is no such offer. `too_long`: the note.
    """

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to a suggestion, as it is stored."""

    state: SuggestionState
    reason: DeclineReason | None = None
    later_on: date | None = None
    note: str = ""


def answered(
    answer: SuggestionState | str,
    *,
    now: SuggestionState,
    reason: DeclineReason | str = "",
    on: date | None = None,
    note: str = "",
    today: date,
) -> Given:
    """
    Return what an answer to a suggestion comes to. It may be answered anew: people change their minds.

    :raises SuggestionRefused: with what is wrong.
    """
    if now is SuggestionState.WITHDRAWN:
        raise SuggestionRefused("over")
    if answer not in ANSWERS:
        raise SuggestionRefused("answer")
    state, note = SuggestionState(answer), note.replace("\x00", "").strip()
    if len(note) > NOTE_MOST:
        raise SuggestionRefused("too_long")
    if state is SuggestionState.DECLINED:
        if reason not in set(DeclineReason):
            raise SuggestionRefused("reason")
        return Given(state, reason=DeclineReason(reason), note=note)
    if state is SuggestionState.LATER:
        if on is None or not today < on <= today + LATEST:
            raise SuggestionRefused("day")
        return Given(state, later_on=on, note=note)
    return Given(state, note=note)


def read_by(today: date) -> date:
    """Return by when what a carer answers on their own page is read. They are told this day."""
    return answer_by(today, working_days=READ_WITHIN_WORKING_DAYS)


def need_of(reasons: Iterable[str]) -> Need | None:
    """Return the need that speaks most for a suggestion: the first among its reasons."""
    named = [code.removeprefix("need:") for code in reasons if code.startswith("need:")]
    return next((Need(code) for code in named if code in set(Need)), None)


def reasons_for_right(kind: RightKind, answer: Answer, needs: Iterable[Need], *, told: bool) -> tuple[str, ...]:
    """
    Return why a right is suggested; empty where nothing speaks for it.

    A right that the carer may have is always suggested. One of which that is not known is where it answers a need:
    unknown is not no. `told` means that the answer rests on what the carer told themselves.
    """
    needed = [f"need:{need}" for need in needs if need in NEEDS_OF_RIGHT[kind]]
    if answer is Answer.YES:
        return ("right:yes", *(["right:told"] if told else []), *needed)
    if answer is Answer.UNKNOWN and needed:
        return (*needed, "right:unknown")
    return ()


def shown(count: int) -> int | None:
    """Return a number of carers that may be shown; None for one so small that somebody could be known by it."""
    return count if count == 0 or count >= FEWEST_SHOWN else None
