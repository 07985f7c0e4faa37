"""How it is told that somebody is followed up: who did what in their file and plan, each so many days ago."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from medspiller.catalogue.domain.vocabulary import Need
from medspiller.followup.domain.concerns import ConcernDetails
from medspiller.followup.domain.files import ClosedBecause, Identified, NoteCode, Outcome
from medspiller.followup.domain.suggesting import DeclineReason, SuggestionState
from medspiller.people.domain.children import ReasonToAsk


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a staff persona did so many days ago, in the file of whom it is told under."""

    days: int
    by: str


@dataclass(frozen=True, slots=True)
class Opens(Deed):
    """The file is opened; the persona is the contact person. `seen` is how long ago they were seen to be a carer."""

    how: Identified
    seen: int
    why: str = ""
    situation: str = ""
    matters: str = ""


@dataclass(frozen=True, slots=True)
class Starts(Deed):
    """A plan begins, about somebody else of the story, held by the persona."""

    slug: str
    about: str = ""
    facts: Mapping[str, bool] = field(default_factory=dict)
    goal: str = ""


@dataclass(frozen=True, slots=True)
class StartsForChild(Deed):
    """A child's file is opened with the plan that belongs to it, held by the persona."""

    patient: str
    facts: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Does(Deed):
    """Steps of the plan are done, each with the same result."""

    steps: tuple[str, ...]
    result: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Skips(Deed):
    """A step is not to be done."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finds(Deed):
    """Something that the plan asks about is or is not so."""

    fact: str
    value: bool


@dataclass(frozen=True, slots=True)
class Happens(Deed):
    """Something happened that the plan reacts to."""

    event: str


@dataclass(frozen=True, slots=True)
class Notes(Deed):
    """What happened is written in the file."""

    code: NoteCode
    text: str


@dataclass(frozen=True, slots=True)
class Needs(Deed):
    """The carer has said in a talk what they lack."""

    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Suggests(Deed):
    """
    An offer of the demo's catalogue is suggested, and answered the same day unless `answer` is None.

    `later` is in how many days from the day of the demo it is taken up again.
    """

    offer: str
    answer: SuggestionState | None = None
    reason: DeclineReason | None = None
    later: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class LooksForMore(Deed):
    """Rights and offers are looked for by what is known and lacking."""


@dataclass(frozen=True, slots=True)
class HandsOver(Deed):
    """The plan is offered to another persona, who has not answered."""

    to: str
    why: str


@dataclass(frozen=True, slots=True)
class Worries(Deed):
    """A concern for the child is written down; days are counted from the deed."""

    details: ConcernDetails
    consulted: int
    reported: int


@dataclass(frozen=True, slots=True)
class EndsPlan(Deed):
    """The plan is closed."""

    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Closes(Deed):
    """The file is closed, with what it came to."""

    reason: ClosedBecause
    outcome: tuple[Outcome, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """Somebody of a story who is followed up, and what was done, in any order."""

    story: str
    who: str
    deeds: tuple[Deed, ...]

    @property
    def key(self) -> tuple[str, str]:
        """Who they are in the stories."""
        return self.story, self.who


@dataclass(frozen=True, slots=True)
class GoesAway:
    """
    A persona is away from so many days ago until so many days ahead, or ago where that is negative; another stands in.

    `helps_in` is the unit in which whoever stands in has a post of their own for that time, where they work elsewhere.
    """

    days: int
    who: str
    back_in: int
    stand_in: str
    helps_in: str = ""


@dataclass(frozen=True, slots=True)
class HasReason:
    """There is a reason to ask a patient about children."""

    days: int
    by: str
    story: str
    who: str
    code: ReasonToAsk

    @property
    def key(self) -> tuple[str, str]:
        """Who they are in the stories."""
        return self.story, self.who
