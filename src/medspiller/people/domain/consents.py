"""
What somebody lets be told about themselves, to whom, about what, and until when.

A consent is never cached and never copied: whether it holds is computed from its row each
time, so that a withdrawal holds the same second.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import MedspillerError

NOTE_MOST = 500
RECEIVER_MOST = 200
# Local practice: the law does not say when a consent is gone through again.
REVIEWED_AFTER = timedelta(days=365)
_DECIDES, _OWN_MATTERS = 16, 12


class ConsentTopic(StrEnum):
    """What a consent is about. A code is stored for good."""

    HEALTH = "health"
    DAILY_LIFE = "daily_life"
    SERVICES = "services"
    PLAN = "plan"
    OWN_SITUATION = "own_situation"
    CHILD_FOLLOW_UP = "child_follow_up"


class ConsentDecision(StrEnum):
    """What the owner decided (FHIR Consent.provision.type): both are remembered."""

    GIVEN = "given"
    REFUSED = "refused"


class Obtained(StrEnum):
    """How it became known."""

    ORAL = "oral"
    WRITTEN = "written"
    ELECTRONIC = "electronic"
    BY_PARENTS = "by_parents"
    BY_REPRESENTATIVE = "by_representative"


class ConsentState(StrEnum):
    """What is known of what somebody lets be told. Unknown is neither yes nor no."""

    GIVEN = "given"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class AlreadyWithdrawn(MedspillerError):
    """The consent was withdrawn before."""


class NotNarrower(MedspillerError):
    """What was to be narrowed would be as wide as before, or wider. That is a new consent, not a narrower one."""


class ConsentInvalid(MedspillerError):
    """What was told of a consent cannot be stored; `problems` maps the detail to a code of what is wrong."""

    def __init__(self, problems: dict[str, str]):
        self.problems = problems
        super().__init__(", ".join(f"{name}: {problem}" for name, problem in problems.items()))


@dataclass(frozen=True, slots=True)
class ConsentDetails:
    """
    What somebody decided: about what, to exactly one receiver, in [starts_at, ends_at).

    Without `starts_at` it holds from now on; it cannot begin earlier, since it would then make
    right afterwards what was told before. Without `review_on` it is gone through again in a year.
    """

    topics: frozenset[ConsentTopic]
    to_person_id: UUID | None = None
    to_unit_id: UUID | None = None
    to_other: str = ""
    decision: ConsentDecision = ConsentDecision.GIVEN
    obtained: Obtained = Obtained.ORAL
    obtained_note: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class OwnerFacts:
    """
    What decides who may consent for somebody.

    `age` in whole years, None where it is not known. `lacks_competence`: it was decided that
    they cannot decide in some matter. `parents_not_told`: of some matter of the child's the
    parents are not informed. `has_nearest`: somebody is their nearest.
    """

    age: int | None
    dead: bool = False
    lacks_competence: bool = False
    parents_not_told: bool = False
    has_nearest: bool = False


@dataclass(frozen=True, slots=True)
class HeldConsent:
    """A stored consent, as far as it says what may be told."""

    id: UUID
    topics: frozenset[str]
    decision: ConsentDecision
    starts_at: datetime
    ends_at: datetime | None
    withdrawn_at: datetime | None
    recorded_at: datetime
    obtained: Obtained = Obtained.ORAL
    to_person_id: UUID | None = None

    def is_live(self, at: datetime) -> bool:
        """Say whether it holds at a moment."""
        return is_live(starts_at=self.starts_at, ends_at=self.ends_at, withdrawn_at=self.withdrawn_at, at=at)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known at a moment, and the consent that says so, if any does."""

    state: ConsentState = ConsentState.UNKNOWN
    consent: HeldConsent | None = None


def is_live(*, starts_at: datetime, ends_at: datetime | None, withdrawn_at: datetime | None, at: datetime) -> bool:
    """Say whether a consent holds at a moment: begun, not ended, not withdrawn by then."""
    return starts_at <= at and (ends_at is None or at < ends_at) and (withdrawn_at is None or at < withdrawn_at)


def standing(consents: Iterable[HeldConsent], *, topic: ConsentTopic, at: datetime) -> Standing:
    """
    Return what somebody's consents to one receiver say about a topic at a moment.

    The last word counts: a consent that began, or the withdrawal of one. Whoever takes back
    what they gave has said no; whoever takes back a refusal has said nothing. Of two that
    began in the same moment the refusal counts, and one that began when another was withdrawn
    replaces it. One that ran out says nothing any more.
    """
    words: list[tuple[datetime, int, ConsentState, HeldConsent]] = []
    for each in consents:
        if topic.value not in each.topics or each.starts_at > at:
            continue
        if each.is_live(at):
            rank = 2 if each.decision is ConsentDecision.REFUSED else 1
            words.append((each.starts_at, rank, ConsentState(each.decision.value), each))
        elif each.withdrawn_at is not None and each.withdrawn_at <= at and each.decision is ConsentDecision.GIVEN:
            words.append((each.withdrawn_at, 0, ConsentState.REFUSED, each))
    if not words:
        return Standing()
    _at, _rank, state, consent = max(words, key=lambda word: (word[0], word[1], word[3].recorded_at, word[3].id))
    return Standing(state=state, consent=consent)


def tidy(details: ConsentDetails, *, owner_id: UUID, now: datetime, today: date) -> ConsentDetails:
    """
    Return a consent that can be stored, with its start and the day it is gone through again.

    :raises ConsentInvalid: with every detail that cannot be stored.
    """
    problems: dict[str, str] = {}
    other = " ".join(details.to_other.split())
    receivers = [each for each in (details.to_person_id, details.to_unit_id, other) if each]
    if len(receivers) != 1:
        problems["receiver"] = "missing" if not receivers else "more_than_one"
    elif details.to_person_id == owner_id:
        problems["receiver"] = "oneself"
    if len(other) > RECEIVER_MOST:
        problems["receiver"] = "too_long"
    if not details.topics:
        problems["topics"] = "missing"
    note = details.obtained_note.strip()
    if len(note) > NOTE_MOST:
        problems["obtained_note"] = "too_long"
    if details.obtained in (Obtained.BY_PARENTS, Obtained.BY_REPRESENTATIVE) and not note:
        problems["obtained_note"] = "says_not_who"
    starts_at = details.starts_at or now
    if starts_at < now:
        problems["starts_at"] = "past"
    if details.ends_at is not None and details.decision is ConsentDecision.REFUSED:
        # A no ends what was let before, for good: one that ran out would seem to give it back.
        problems["ends_at"] = "of_a_no"
    elif details.ends_at is not None and details.ends_at <= starts_at:
        problems["ends_at"] = "before_start"
    review_on = details.review_on or today + REVIEWED_AFTER
    if review_on <= today:
        problems["review_on"] = "past"
    if problems:
        raise ConsentInvalid(problems)
    return replace(details, to_other=other, obtained_note=note, starts_at=starts_at, review_on=review_on)


def ensure_may_consent(details: ConsentDetails, owner: OwnerFacts) -> None:
    """
    Accept a consent from whoever the law lets give it. To refuse is open to everybody.

    From sixteen one consents oneself. Below that, whoever has parental responsibility does
    (pbrl § 4-4), but from twelve the child in matters that the parents are not told of
    (§ 4-3 first paragraph c). For somebody who cannot decide in the matter, the nearest may
    consent to sharing (hpl § 22).

    :raises ConsentInvalid: naming in `obtained` what stands against it.
    """
    if details.decision is ConsentDecision.REFUSED:
        return
    problem = _who_cannot(details.obtained, owner)
    if problem:
        raise ConsentInvalid({"obtained": problem})


def ended_by_a_no(obtained: Obtained, owner: OwnerFacts) -> frozenset[Obtained]:
    """
    Return whose yes a no ends, by how the no became known.

    Parents and the nearest speak for somebody else: their no takes back what they let, and never what the owner
    has let. The owner's own no takes back what parents let too. What the nearest let stands while it is decided
    that the owner cannot decide in some matter: there it is the nearest who may consent (hpl § 22).
    """
    if obtained in (Obtained.BY_PARENTS, Obtained.BY_REPRESENTATIVE):
        return frozenset({obtained})
    return frozenset(Obtained) - ({Obtained.BY_REPRESENTATIVE} if owner.lacks_competence else set())


def narrowed(before: ConsentDetails, *, topics: frozenset[ConsentTopic], ends_at: datetime | None) -> ConsentDetails:
    """
    Return a consent to the same receiver about less, or until earlier.

    :raises NotNarrower: if it would be about anything more, for longer, or the same as before.
    """
    longer = before.ends_at is not None and (ends_at is None or ends_at > before.ends_at)
    same = topics == before.topics and ends_at == before.ends_at
    if not topics or not topics <= before.topics or longer or same:
        raise NotNarrower
    return replace(before, topics=topics, ends_at=ends_at)


def _who_cannot(obtained: Obtained, owner: OwnerFacts) -> str:
    if owner.dead:
        return "dead"
    if obtained is Obtained.BY_REPRESENTATIVE:
        if not owner.lacks_competence:
            return "is_competent"
        return "" if owner.has_nearest else "no_nearest"
    if owner.age is None:
        return "age_unknown" if obtained is Obtained.BY_PARENTS else ""
    if obtained is Obtained.BY_PARENTS:
        return "old_enough" if owner.age >= _DECIDES else ""
    if owner.age >= _DECIDES or (owner.age >= _OWN_MATTERS and owner.parents_not_told):
        return ""
    return "too_young"
