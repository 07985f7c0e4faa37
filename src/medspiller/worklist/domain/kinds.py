"""
What can stand on a work list: each kind with its law, its deadline and where one goes to do it.

The words of a kind are `web.wording`'s. A code is stored for good.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from medspiller.access.domain.roles import Role
from medspiller.audit.domain.information import Information

PERSON = "people.Person"

# How soon it should be asked about children. The law says only that it shall be clarified
# (helsepersonelloven § 10 a): a week is local practice, and the page says so.
CHILDREN_WITHIN = timedelta(days=7)

# Whom a colleague has handed on is looked at within the week.
HANDED_ON_WITHIN = timedelta(days=7)

# A notice that has not arrived is looked into on the next day: the person waits for it, and does not know.
NOTICE_WITHIN = timedelta(days=1)


class Deadline(StrEnum):
    """Where the day by which something is due comes from."""

    LAW = "law"
    LOCAL = "local"
    PRACTICE = "practice"
    AGREED = "agreed"
    BIRTHDAY = "birthday"
    PATHWAY = "pathway"


class UnknownKind(LookupError):
    """An item of a kind was asked for that there is not: a slip in the code."""


@dataclass(frozen=True, slots=True)
class Kind:
    """
    One kind of item.

    `law` is where the duty stands, empty where it is in no law. `view` is the page where it is
    done, which takes the person's id, and nothing with `whole_list`; `part` is the place on it. With
    `by_subject` the wiring says where it is done, and the page takes the id of what the item is about. What is
    `done_there` goes by itself when it is done, and is not ticked off here. `shows`
    are the categories of information that the item itself tells about the person, for the
    access log. What `outlasts_follow_up` must be done also when the unit follows the person up
    no more. `roles` is whom it is for unless the item says else; empty means everybody in the
    unit who may take items.
    """

    code: str
    law: str
    deadline: Deadline
    shows: tuple[Information, ...]
    view: str = "people:person"
    part: str = ""
    whole_list: bool = False
    by_subject: bool = False
    done_there: bool = False
    outlasts_follow_up: bool = False
    roles: frozenset[Role] = frozenset()


CHILDREN_QUESTION = Kind(
    "children_question", law="helsepersonelloven § 10 a", deadline=Deadline.LOCAL, shows=(Information.CHILDREN,)
)
REVIEW_COMPETENCE = Kind(
    "review_competence",
    law="pasient- og brukerrettighetsloven § 4-3",
    deadline=Deadline.AGREED,
    shows=(Information.MAY_BE_TOLD,),
)
REVIEW_CONSENT = Kind(
    "review_consent", law="helsepersonelloven § 22", deadline=Deadline.AGREED, shows=(Information.CONSENTS,)
)
REVIEW_CIRCUMSTANCE = Kind(
    "review_circumstance",
    law="pasient- og brukerrettighetsloven § 3-3",
    deadline=Deadline.AGREED,
    shows=(Information.MAY_BE_TOLD,),
)
INFORM_CARER = Kind(
    "inform_carer",
    law="personvernforordningen art. 14",
    deadline=Deadline.LAW,
    shows=(Information.REGISTRATION,),
    outlasts_follow_up=True,
)
HANDED_ON = Kind(
    "handed_on",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(Information.INVOLVEMENT,),
    view="people:involvements",
)
AGE_AHEAD = Kind(
    "age_ahead",
    law="pasient- og brukerrettighetsloven §§ 3-4, 4-3 og 4-4",
    deadline=Deadline.BIRTHDAY,
    shows=(Information.NAME_AND_BIRTH,),
)

CORRECTION = Kind(
    "correction",
    law="personvernforordningen art. 16",
    deadline=Deadline.LAW,
    shows=(Information.REGISTRATION,),
    roles=frozenset({Role.LEADER, Role.CARER_CONTACT}),
)

NOTICE = Kind(
    "notice",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(Information.MESSAGES,),
    view="messages:notices",
    whole_list=True,
)

# Somebody who answers that they are not safe waits for a call, not for a deadline: today.
SAFETY_ANSWER = Kind(
    "questionnaires.safety",
    law="helsepersonelloven §§ 10 a og 33",
    deadline=Deadline.PRACTICE,
    shows=(Information.SAFETY,),
    outlasts_follow_up=True,
)

# The carer has chosen to show it, and waits for somebody to look: within the week is local practice.
RIGHTS_HANDED_OVER = Kind("rights.handed_over", law="", deadline=Deadline.PRACTICE, shows=(Information.RIGHTS,))

REVIEW_ANSWERS = Kind("questionnaires.review", law="", deadline=Deadline.AGREED, shows=(Information.ANSWERS,))

# The catalogue of support: what the unit that owns an entry must look at. Nothing of it is about a person.
_DECIDES = frozenset({Role.LEADER, Role.CARER_CONTACT})
OFFER_PROPOSAL = Kind(
    "catalogue.proposal",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(),
    view="catalogue_staff:waiting",
    whole_list=True,
    roles=_DECIDES,
)
OFFER_REVIEW = Kind(
    "catalogue.review",
    law="",
    deadline=Deadline.AGREED,
    shows=(),
    view="catalogue_staff:entries",
    whole_list=True,
)
OFFER_REPORT = Kind(
    "catalogue.report",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(),
    view="catalogue_staff:reports",
    whole_list=True,
)
OFFER_LINK = Kind(
    "catalogue.link",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(),
    view="catalogue_staff:links",
    whole_list=True,
)
# What is asked on the open pages, by somebody whom nobody has registered: answered within what the page promised.
CALL_BACK = Kind(
    "enquiries.call",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(),
    by_subject=True,
    roles=_DECIDES,
)
FEEDBACK = Kind(
    "enquiries.feedback",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(),
    by_subject=True,
    roles=_DECIDES,
)
# Who has a place at a meeting and could not be told of what is new: the organiser calls.
SIGNUPS_TO_CALL = Kind(
    "signups.to_call",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(),
    by_subject=True,
)

# Following carers up. What such an item is called comes with it: the step of a pathway.
FOLLOWUP_STEP = Kind(
    "followup.step",
    law="",
    deadline=Deadline.PATHWAY,
    shows=(Information.PLAN,),
    by_subject=True,
    done_there=True,
)
FOLLOWUP_HANDOVER = Kind(
    "followup.handover",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(Information.PLAN,),
    by_subject=True,
    done_there=True,
)
FOLLOWUP_LEFT_OVER = Kind(
    "followup.left_over",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(Information.PLAN,),
    by_subject=True,
    done_there=True,
    roles=frozenset({Role.LEADER}),
)
FOLLOWUP_SUGGESTION = Kind(
    "followup.suggestion_later",
    law="",
    deadline=Deadline.AGREED,
    shows=(Information.PLAN,),
    by_subject=True,
    outlasts_follow_up=True,
)
FOLLOWUP_ANSWERED = Kind(
    "followup.carer_answered",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(Information.PLAN,),
    by_subject=True,
    outlasts_follow_up=True,
)
FOLLOWUP_NO_CONTACT = Kind(
    "followup.no_contact",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(Information.CONTACT_PERSON,),
    by_subject=True,
    done_there=True,
    outlasts_follow_up=True,
    roles=frozenset({Role.LEADER}),
)
FOLLOWUP_AGREEMENT = Kind(
    "followup.agreement_review",
    law="",
    deadline=Deadline.AGREED,
    shows=(Information.AGREEMENT,),
    by_subject=True,
    outlasts_follow_up=True,
    done_there=True,
)
FOLLOWUP_RIGHT_CHANGED = Kind(
    "followup.right_changed",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(Information.RIGHTS,),
    by_subject=True,
    outlasts_follow_up=True,
)
FOLLOWUP_CONCERN = Kind(
    "followup.concern_feedback",
    law="barnevernsloven §§ 2-1, 2-2 og 13-3",
    deadline=Deadline.LAW,
    shows=(Information.CONCERN_FOR_CHILD,),
    by_subject=True,
    outlasts_follow_up=True,
    done_there=True,
)
FOLLOWUP_CHILD_ELSEWHERE = Kind(
    "followup.child_elsewhere",
    law="helsepersonelloven § 10 a",
    deadline=Deadline.LOCAL,
    shows=(Information.CHILDREN,),
    by_subject=True,
    roles=frozenset({Role.CHILDREN_LEAD, Role.LEADER}),
)
FOLLOWUP_GROWN_UP = Kind(
    "followup.grown_up",
    law="",
    deadline=Deadline.BIRTHDAY,
    shows=(Information.PLAN,),
    by_subject=True,
    outlasts_follow_up=True,
)

# The plans of the municipality. Nothing of it is about a person; whoever owns the strategy sees these and no others.
_STEERS = frozenset({Role.LEADER, Role.STRATEGY_OWNER})
STRATEGY_STATUS = Kind(
    "strategy.status_due",
    law="",
    deadline=Deadline.AGREED,
    shows=(),
    by_subject=True,
    done_there=True,
    roles=_STEERS,
)
STRATEGY_IMPORT = Kind(
    "strategy.import_waiting",
    law="",
    deadline=Deadline.PRACTICE,
    shows=(),
    by_subject=True,
    done_there=True,
    roles=_STEERS,
)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            CHILDREN_QUESTION,
            REVIEW_COMPETENCE,
            REVIEW_CONSENT,
            REVIEW_CIRCUMSTANCE,
            INFORM_CARER,
            HANDED_ON,
            AGE_AHEAD,
            CORRECTION,
            NOTICE,
            SAFETY_ANSWER,
            REVIEW_ANSWERS,
            RIGHTS_HANDED_OVER,
            OFFER_PROPOSAL,
            OFFER_REVIEW,
            OFFER_REPORT,
            OFFER_LINK,
            CALL_BACK,
            FEEDBACK,
            SIGNUPS_TO_CALL,
            FOLLOWUP_STEP,
            FOLLOWUP_HANDOVER,
            FOLLOWUP_LEFT_OVER,
            FOLLOWUP_SUGGESTION,
            FOLLOWUP_ANSWERED,
            FOLLOWUP_NO_CONTACT,
            FOLLOWUP_AGREEMENT,
            FOLLOWUP_RIGHT_CHANGED,
            FOLLOWUP_CONCERN,
            FOLLOWUP_CHILD_ELSEWHERE,
            FOLLOWUP_GROWN_UP,
            STRATEGY_STATUS,
            STRATEGY_IMPORT,
        )
    }
)


def kind(code: str) -> Kind:
    """
    Return the kind of a code.

    :raises UnknownKind: if there is none.
    """
    try:
        return KINDS[code]
    except KeyError:
        raise UnknownKind(code) from None


# What is about texts of the unit's, and about nobody who waits.
_UPKEEP = frozenset({OFFER_REVIEW.code, OFFER_LINK.code})


def urgency(code: str, due_on: date | None, *, by_law: bool, today: date) -> tuple[bool, date, int]:
    """
    Return by what items are ordered where a few are shown: safety first, then by day, and on a day law before upkeep.

    Upkeep that is overdue is worth no more than what is due today.
    """
    upkeep = code in _UPKEEP
    day = due_on or date.max
    weight = 2 if upkeep else 0 if by_law or kind(code).deadline is Deadline.LAW else 1
    return (code != SAFETY_ANSWER.code, max(day, today) if upkeep else day, weight)
