"""
The agreement between a carer and whoever follows them up: who does what, how they keep in touch, when it is reviewed.

It is voluntary and binds nobody in law: no decision on services, nothing to complain about. What was agreed stands in
the answers that it rests on; here is only how far it has come.
"""

from datetime import date, timedelta
from enum import StrEnum

from medspiller.core.errors import Conflict, MedspillerError
from medspiller.people.domain.sentences import Sentence

URL = "https://medspiller.no/fhir/Questionnaire/carer-agreement"
# Local practice: an agreement that nobody has looked at for a year is none any more.
LONGEST = timedelta(days=366)

NOT_A_DECISION = Sentence(
    "Avtalen er ikke et vedtak om tjenester, og den er ikke juridisk bindende. Den som trenger mer hjelp, kan søke.",
    "Avtalen er ikkje eit vedtak om tenester, og han er ikkje juridisk bindande. Den som treng meir hjelp, kan søkje.",
    "The agreement is not a decision on services, and it is not legally binding. Whoever needs more help can apply.",
)


class AgreementState(StrEnum):
    """How far an agreement has come. `reviewed` holds as `active` does. A code is stored for good."""

    DRAFT = "draft"
    ACTIVE = "active"
    REVIEWED = "reviewed"
    CLOSED = "closed"


HOLDS = frozenset({AgreementState.ACTIVE, AgreementState.REVIEWED})


class AgreementClosed(StrEnum):
    """Why an agreement holds no more. A code is stored for good."""

    CARER_WISHES = "carer_wishes"
    NO_LONGER_CARER = "no_longer_carer"
    REPLACED = "replaced"
    ENTERED_IN_ERROR = "entered_in_error"
    FILE_CLOSED = "file_closed"


# What somebody at work may say; the others follow from what happened.
BY_STAFF = frozenset({AgreementClosed.CARER_WISHES, AgreementClosed.NO_LONGER_CARER})


class AgreementRefused(MedspillerError):
    """
    An agreement cannot come to be so; `problem` says why.

    `there`: the carer has one already. `state`: it has not come that far, or is over. `agreed_on`: the day lies ahead.
    `review_on`: it is not ahead, or more than a year away. `reason`: it does not say why.
    """

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


class AgreementChanged(Conflict):
    """Somebody else changed the agreement first: `now` is its version."""

    def __init__(self, *, now: int):
        self.now = now
        super().__init__(changed={"agreement": ""})


def ensure_may_activate(state: AgreementState, *, agreed_on: date, review_on: date, today: date) -> None:
    """
    Accept that a draft is agreed on.

    :raises AgreementRefused: if it is no draft, or a day cannot be so.
    """
    if state is not AgreementState.DRAFT:
        raise AgreementRefused("state")
    if agreed_on > today:
        raise AgreementRefused("agreed_on")
    ensure_review(review_on, today=today)


def ensure_may_review(state: AgreementState, *, review_on: date, today: date) -> None:
    """
    Accept that an agreement was gone through, and holds on until the next review.

    :raises AgreementRefused: if it does not hold, or the day cannot be so.
    """
    if state not in HOLDS:
        raise AgreementRefused("state")
    ensure_review(review_on, today=today)


def ensure_review(review_on: date, *, today: date) -> date:
    """
    Accept a day on which an agreement is gone through.

    :raises AgreementRefused: if it is not ahead, or more than a year away.
    """
    if not today < review_on <= today + LONGEST:
        raise AgreementRefused("review_on")
    return review_on


def state_before(*, agreed_on: date | None, reviewed_on: date | None) -> AgreementState:
    """Return how far an agreement that was ended had come, by the days it bears."""
    if agreed_on is None:
        return AgreementState.DRAFT
    return AgreementState.ACTIVE if reviewed_on is None else AgreementState.REVIEWED


def usual_review(asked: date | None, *, today: date) -> date:
    """Return a day of review that can be: what was answered, else half a year on, which is local practice."""
    return asked if asked is not None and today < asked <= today + LONGEST else today + LONGEST / 2
