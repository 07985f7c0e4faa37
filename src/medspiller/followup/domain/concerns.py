"""
A concern for a child: what somebody judged, with whom they discussed it, and when an answer may be expected.

It never says whether to report. It asks what has not been done, and remembers the days.
"""

import calendar
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from medspiller.core.errors import Conflict, MedspillerError
from medspiller.people.domain.sentences import Sentence

REASON_MOST = 4000
# Local practice: a concern that was not reported is looked at again within a fortnight.
LOOK_AGAIN_AFTER = timedelta(days=14)
LOOK_AGAIN_LATEST = timedelta(days=366)
# Every answer to a report is due long before: a day further back is a slip, and what was so is told in words.
LONGEST_BACK = timedelta(days=366)
REVIEW_WITHIN = timedelta(days=7)
CONFIRM_WITHIN = TELL_WITHIN = timedelta(days=21)
INVESTIGATE_MONTHS, INVESTIGATE_MONTHS_SPECIAL = 3, 6


class Judgement(StrEnum):
    """What somebody judges. A code is stored for good; they are those of the questionnaire."""

    REPORTS = "reports"
    NOT_NOW = "not-now"
    IN_DOUBT = "in-doubt"


class Consulted(StrEnum):
    """With whom it was discussed."""

    LEADER = "leader"
    CHILD_WELFARE = "child-welfare"
    CHILD_CONTACT = "child-contact"
    COLLEAGUE = "colleague"
    POLICE = "police"
    OTHER = "other"
    NOBODY = "nobody"


class Danger(StrEnum):
    """Whether the child may be in danger just now."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class ReportedTo(StrEnum):
    """To whom it was reported."""

    CHILD_WELFARE = "child-welfare"
    EMERGENCY_SERVICE = "emergency-service"
    POLICE = "police"


class ReportedHow(StrEnum):
    """How it was reported."""

    PHONE = "phone"
    WRITING = "writing"


class ParentsTold(StrEnum):
    """Whether the parents know of the concern."""

    YES = "yes"
    NOT_YET = "not-yet"
    UNSAFE = "unsafe"


class Feedback(StrEnum):
    """What the child welfare service does after a report, in its order."""

    REVIEWED = "reviewed"
    CONFIRMED = "confirmed"
    INVESTIGATED = "investigated"
    TOLD = "told"


# What whoever reported waits for, and asks about when the day has passed.
AWAITED = frozenset({Feedback.CONFIRMED, Feedback.INVESTIGATED, Feedback.TOLD})

WHAT: Mapping[Feedback, tuple[Sentence, str]] = {
    Feedback.REVIEWED: (
        Sentence(
            "Barnevernstjenesten skal ha gått gjennom meldingen.",
            "Barnevernstenesta skal ha gått gjennom meldinga.",
            "The child welfare service has gone through the report.",
        ),
        "barnevernsloven § 2-1",
    ),
    Feedback.CONFIRMED: (
        Sentence(
            "Du skal ha fått bekreftet at meldingen er mottatt.",
            "Du skal ha fått stadfesta at meldinga er motteken.",
            "You have been told that the report was received.",
        ),
        "barnevernsloven § 13-3",
    ),
    Feedback.INVESTIGATED: (
        Sentence(
            "En undersøkelse skal være ferdig.",
            "Ei undersøking skal vere ferdig.",
            "An investigation has been finished.",
        ),
        "barnevernsloven § 2-2",
    ),
    Feedback.TOLD: (
        Sentence(
            "Du som meldte fra i offentlig tjeneste, skal ha fått vite at undersøkelsen er ferdig.",
            "Du som melde frå i offentleg teneste, skal ha fått vite at undersøkinga er ferdig.",
            "You who reported in a public service have been told that the investigation is finished.",
        ),
        "barnevernsloven § 13-3",
    ),
}


class Prompt(StrEnum):
    """What is asked of whoever writes a concern down, because it has not been done. It stops nothing."""

    IN_DANGER = "in_danger"
    DISCUSS = "discuss"
    ASK_ANONYMOUSLY = "ask_anonymously"
    REPORT_YOURSELF = "report_yourself"
    NOT_SAFE_TO_TELL = "not_safe_to_tell"


PROMPTS: Mapping[Prompt, Sentence] = {
    Prompt.IN_DANGER: Sentence(
        "Ring 112 nå. Bli hos barnet hvis du kan.",
        "Ring 112 no. Bli hos barnet om du kan.",
        "Call 112 now. Stay with the child if you can.",
    ),
    Prompt.DISCUSS: Sentence(
        "Ikke stå alene med det. Drøft det med lederen din, eller ring barnevernstjenesten uten å si hvem barnet er.",
        "Ikkje stå aleine med det. Drøft det med leiaren din, eller ring barnevernstenesta utan å seie kven barnet er.",
        "Do not carry it alone. Discuss it with your leader, or call the child welfare service without saying who "
        "the child is.",
    ),
    Prompt.ASK_ANONYMOUSLY: Sentence(
        "Er du i tvil? Ring barnevernstjenesten og drøft det uten å si hvem barnet er.",
        "Er du i tvil? Ring barnevernstenesta og drøft det utan å seie kven barnet er.",
        "In doubt? Call the child welfare service and discuss it without saying who the child is.",
    ),
    Prompt.REPORT_YOURSELF: Sentence(
        "Meld fra selv, uten ugrunnet opphold. Ingenting blir sendt herfra.",
        "Meld frå sjølv, utan ugrunna opphald. Ingenting blir sendt herifrå.",
        "Report it yourself, without undue delay. Nothing is sent from here.",
    ),
    Prompt.NOT_SAFE_TO_TELL: Sentence(
        "Snakk med barnevernstjenesten eller politiet før noen sier noe til foreldrene.",
        "Snakk med barnevernstenesta eller politiet før nokon seier noko til foreldra.",
        "Speak with the child welfare service or the police before anybody says anything to the parents.",
    ),
}


class ConcernInvalid(MedspillerError):
    """What was judged cannot be stored; `problems` maps the detail to a code of what is wrong."""

    def __init__(self, problems: Mapping[str, str]):
        self.problems = dict(problems)
        super().__init__(", ".join(f"{name}: {problem}" for name, problem in self.problems.items()))


class ConcernSettled(MedspillerError):
    """The concern was settled before; a new one is written down anew."""


class ConcernChanged(Conflict):
    """Somebody else changed it first: `now` is its version."""

    def __init__(self, *, now: int):
        self.now = now
        super().__init__(changed={"concern": ""})


@dataclass(frozen=True, slots=True)
class ConcernDetails:
    """
    What somebody judged and did. `look_again_on` is set by local practice where it is not said, and not reported.

    `role` is as what they are worried (`duties.ReporterRole`); empty where it is not said.
    """

    judgement: Judgement
    reason: str
    danger: Danger = Danger.UNSURE
    role: str = ""
    consulted: tuple[Consulted, ...] = ()
    consulted_on: date | None = None
    parents_told: ParentsTold = ParentsTold.NOT_YET
    reported_on: date | None = None
    reported_to: ReportedTo | None = None
    reported_how: ReportedHow | None = None
    look_again_on: date | None = None


@dataclass(frozen=True, slots=True)
class FeedbackDay:
    """By which day something should have happened after a report; `answered_on` is when it did."""

    code: Feedback
    on: date
    what: Sentence
    law: str
    answered_on: date | None
    is_late: bool


def tidy(
    details: ConcernDetails, *, today: date, said_before: Mapping[str, date | None] | None = None
) -> ConcernDetails:
    """
    Return what can be stored. Whatever was judged and left undone can be: it is prompted for, and never refused.

    A day that was `said_before` of the same concern, by its field, is no slip for being long ago by now.

    :raises ConcernInvalid: with every detail that cannot be so.
    """
    problems: dict[str, str] = {}
    said_before = said_before or {}
    reason = details.reason.replace("\x00", "").strip()
    if not reason:
        problems["reason"] = "missing"
    elif len(reason) > REASON_MOST:
        problems["reason"] = "too_long"
    for field, day in (("consulted_on", details.consulted_on), ("reported_on", details.reported_on)):
        if day is not None and day > today:
            problems[field] = "ahead"
        elif day is not None and day < today - LONGEST_BACK and day != said_before.get(field):
            problems[field] = "too_far"
    look_again_on = details.look_again_on
    if look_again_on is not None and not today < look_again_on <= today + LOOK_AGAIN_LATEST:
        problems["look_again_on"] = "past" if look_again_on <= today else "too_far"
    if details.reported_on is None and (details.reported_to or details.reported_how):
        problems["reported_on"] = "missing"
    if Consulted.NOBODY in details.consulted and len(details.consulted) > 1:
        problems["consulted"] = "nobody_and_somebody"
    if problems:
        raise ConcernInvalid(problems)
    if look_again_on is None and details.reported_on is None:
        look_again_on = today + LOOK_AGAIN_AFTER
    return replace(details, reason=reason, look_again_on=look_again_on)


def prompts(details: ConcernDetails) -> tuple[Prompt, ...]:
    """Return what to ask of whoever judged this, the most urgent first."""
    found = []
    if details.danger is Danger.YES:
        found.append(Prompt.IN_DANGER)
    if details.parents_told is ParentsTold.UNSAFE:
        found.append(Prompt.NOT_SAFE_TO_TELL)
    if details.judgement is Judgement.REPORTS and details.reported_on is None:
        found.append(Prompt.REPORT_YOURSELF)
    if not set(details.consulted) - {Consulted.NOBODY}:
        found.append(Prompt.DISCUSS)
    elif details.judgement is Judgement.IN_DOUBT and Consulted.CHILD_WELFARE not in details.consulted:
        found.append(Prompt.ASK_ANONYMOUSLY)
    return tuple(found)


def feedback_days(
    reported_on: date | None,
    answered: Mapping[Feedback, date],
    *,
    investigates: bool | None,
    special: bool = False,
    today: date,
) -> tuple[FeedbackDay, ...]:
    """
    Return the days after a report, in their order; none where nothing was reported.

    Without an investigation (`investigates` is False) there are no days of one; while it is not known, they are shown.
    `special` cases have six months instead of three.
    """
    if reported_on is None:
        return ()
    due = {Feedback.REVIEWED: reported_on + REVIEW_WITHIN, Feedback.CONFIRMED: reported_on + CONFIRM_WITHIN}
    if investigates is not False:
        # The months are counted from the end of the week in which the report is gone through.
        months = INVESTIGATE_MONTHS_SPECIAL if special else INVESTIGATE_MONTHS
        due[Feedback.INVESTIGATED] = add_months(due[Feedback.REVIEWED], months)
        due[Feedback.TOLD] = answered.get(Feedback.INVESTIGATED, due[Feedback.INVESTIGATED]) + TELL_WITHIN
    # Who has confirmed the report has gone through it.
    met = answered.keys() | ({Feedback.REVIEWED} if Feedback.CONFIRMED in answered else set())
    return tuple(
        FeedbackDay(code, on, *WHAT[code], answered.get(code), code not in met and on < today)
        for code, on in due.items()
    )


def next_day(days: Collection[FeedbackDay], *, investigates: bool | None, look_again_on: date | None) -> date | None:
    """
    Return the next day on which somebody looks whether an answer has come; None where none is waited for.

    It is the first day of the law that is not met. Whether there is an investigation is told with the confirmation:
    before that, nobody waits for its end; and after it, nobody asks whether the report was gone through.
    """
    if not days:
        return look_again_on
    awaited = AWAITED if investigates else AWAITED - {Feedback.INVESTIGATED, Feedback.TOLD}
    if any(each.code is Feedback.CONFIRMED and each.answered_on is None for each in days):
        awaited |= {Feedback.REVIEWED}
    return min((each.on for each in days if each.code in awaited and each.answered_on is None), default=None)


def ensure_feedback(code: Feedback | str, on: date, *, reported_on: date | None, today: date) -> Feedback:
    """
    Accept that something happened on a day after a report.

    :raises ConcernInvalid: if nothing was reported, or the day is before that or lies ahead.
    """
    if reported_on is None:
        raise ConcernInvalid({"reported_on": "missing"})
    if on > today:
        raise ConcernInvalid({"on": "ahead"})
    if on < reported_on:
        raise ConcernInvalid({"on": "before_report"})
    return Feedback(code)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months on; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
