"""Why something could not be stored, in words, and at which field it is said."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspiller.core.errors import MedspillerError
from medspiller.followup.domain.absences import AbsenceOver, AbsenceOverlaps, StandInRefused
from medspiller.followup.domain.files import (
    AnswersUnread,
    DayRefused,
    FileClosed,
    FileNotClosed,
    OutcomeMissing,
    PlansOpen,
    TextRefused,
)
from medspiller.followup.domain.holding import (
    CannotHold,
    ConsentGone,
    HandoverOver,
    HoldsAlready,
    NotTheHolder,
    OfferedAlready,
    PlanClosed,
    SecondHolder,
)
from medspiller.followup.domain.plans import AboutRefused, AboutSettled, KeptBack, PathwayRefused, PlanRunsAlready
from medspiller.pathways.domain.happenings import HappeningRefused, Refusal
from medspiller.ui.forms import Form

DAYS: Mapping[str, Promise] = {
    "past": _("Choose a day that has not passed."),
    "ahead": _("Choose today or an earlier day. What lies ahead cannot have happened."),
    "before_start": _("Choose a day after the first one."),
    "too_far": _("This day is too far away."),
}
TEXTS: Mapping[str, Promise] = {
    "missing": _("Write some words here."),
    "too_long": _("This is too long. Write it shorter, at most 4000 characters."),
}
HOLD: Mapping[str, Promise] = {
    "role": _("This colleague has no role that can hold plans here. Choose somebody else."),
    "not_followed_up": _("The unit of this colleague does not follow the carer up. Choose somebody else."),
    "too_close": _("This colleague is too close to the carer to hold the plan. Choose somebody else."),
    "away": _("This colleague is away now. Choose somebody else."),
    "closed": _("This account is closed. Choose somebody else."),
}
STAND_IN: Mapping[str, Promise] = {
    "elsewhere": _(
        "This colleague does not work in any of the units of these plans. Choose somebody who does, or nobody."
    ),
    "oneself": _("Somebody else must stand in."),
    "away": _("This colleague is away for part of that time. Choose somebody else."),
    "role": _("This colleague has no role that can hold plans here. Choose somebody else."),
    "closed": _("This account is closed. Choose somebody else."),
}
PATHWAY: Mapping[str, Promise] = {
    "unknown": _("This pathway is not in use."),
    "child": _("This pathway is for children. The file is an adult's."),
    "adult": _("This pathway is for adults. The file is a child's."),
}
HAPPENED: Mapping[Refusal, Promise] = {
    Refusal.UNKNOWN_STEP: _("The plan has no such step any more. Open the plan again."),
    Refusal.UNKNOWN_RESULT: _("Choose one of the results."),
    Refusal.UNKNOWN_FACT: _("The plan does not ask about that. Open the plan again."),
    Refusal.UNKNOWN_EVENT: _("The plan does not react to that. Open the plan again."),
    Refusal.UNKNOWN_RESPONSE: _("This form completes no step in the plan."),
    Refusal.RESULT_MISSING: _("Choose what came of it."),
    Refusal.REASON_MISSING: _("Write why."),
    Refusal.WAITS: _("Other steps come first. Do those, or skip them with a reason."),
    Refusal.FACTS_MISSING: _("Something must be known first. Answer that on the page of the plan."),
    Refusal.NOT_NEEDED: _("This step is not needed here."),
    Refusal.ALREADY: _("This is done already."),
    Refusal.NOT_BY_HAND: _(
        "This step is marked as done automatically when the form is filled in or the event is written down."
    ),
    Refusal.NOT_REPEATING: _("This step does not come back."),
    Refusal.IN_THE_FUTURE: _("Choose today or an earlier day. What lies ahead cannot have happened."),
    Refusal.TOO_FAR: _("This day is too far away."),
    Refusal.BEFORE_START: _("The plan had not begun on that day."),
    Refusal.TOO_EARLY: _("Something that was written down later stands in the way. Choose a later day."),
    Refusal.ENDED: _("The plan is closed."),
    Refusal.NOT_PAUSED: _("The plan is not paused."),
    Refusal.BAD_PAUSE: _("Choose a later day, within a year."),
    Refusal.STATUTORY_OPEN: _("Steps that the law requires are not settled. Do them, or skip them with a reason."),
    Refusal.NOTHING_TO_UNDO: _("There is nothing of yours to take back here."),
}
_WHOLE: Mapping[type[MedspillerError], Promise] = {
    FileClosed: _("The file is closed. Open it again to write in it."),
    FileNotClosed: _("The file is open already."),
    PlansOpen: _("Plans are still running in this file. Close each of them first, with its own reason."),
    AnswersUnread: _("The carer has answered something that nobody has read. Read it first: that was promised."),
    OutcomeMissing: _("Say how it turned out. If nobody knows, choose that we do not know."),
    PlanClosed: _("The plan is closed. Nothing more can be written in it."),
    PlanRunsAlready: _("This plan is already running in the file."),
    KeptBack: _(
        "This is about the person the carer cares for. It can be written only in a plan that says who it is "
        "about, by somebody who may open that person's page."
    ),
    AboutRefused: _("This person is not registered as somebody the carer cares for."),
    AboutSettled: _(
        "Something about that person is written in the plan already, so it stays about them. Close this plan "
        "and begin another."
    ),
    HoldsAlready: _("This colleague holds the plan already."),
    SecondHolder: _("Somebody else got the plan at the same moment. Open the page again and see who has it."),
    ConsentGone: _("The carer has withdrawn the consent that this needs. The plan stays where it is."),
    HandoverOver: _("This has been answered or has expired already. The plan has one holder, and you see who it is."),
    AbsenceOver: _("This absence is over already."),
}
_DAY_FIELDS = {
    "on": "dag",
    "starts_on": "fra",
    "ends_on": "til",
    "started_on": "startet",
    "identified_on": "dag",
    "until": "til",
}
_TEXT_FIELDS = {
    "text": "tekst",
    "reason": "grunn",
    "why": "hvorfor",
    "note": "merknad",
    "goal": "mal",
    "situation": "situasjon",
}


def refuse(form: Form, fault: MedspillerError) -> None:
    """Say in a form why it could not be stored, at the field it is about where there is one."""
    field, words = _said(fault)
    form.add_error(field if field in form.fields else None, str(words))


def words_of(fault: MedspillerError) -> str:
    """Write why something could not be stored, for a page without a form."""
    return str(_said(fault)[1])


def _said(fault: MedspillerError) -> tuple[str | None, Promise | str]:
    match fault:
        case DayRefused():
            return _DAY_FIELDS.get(fault.field), DAYS[fault.why]
        case TextRefused():
            return _TEXT_FIELDS.get(fault.field), TEXTS[fault.why]
        case CannotHold():
            return "til_hvem", HOLD[fault.why]
        case StandInRefused():
            return "vikar", STAND_IN[fault.why]
        case PathwayRefused():
            return None, PATHWAY[fault.why]
        case HappeningRefused():
            field = {Refusal.RESULT_MISSING: "resultat", Refusal.REASON_MISSING: "grunn", Refusal.BAD_PAUSE: "til"}
            return field.get(fault.code, "dag" if fault.code in _ABOUT_DAYS else None), HAPPENED[fault.code]
        case NotTheHolder():
            return None, str(_("%(name)s holds the plan, and is the one who hands it over.")) % {"name": fault.holder}
        case OfferedAlready():
            return None, str(_("%(name)s has been asked already.")) % {"name": fault.to}
        case AbsenceOverlaps():
            return "fra", _("Another absence is already written down for part of that time.")
        case _:
            return None, _WHOLE[type(fault)]


_ABOUT_DAYS = frozenset({Refusal.IN_THE_FUTURE, Refusal.TOO_FAR, Refusal.BEFORE_START, Refusal.TOO_EARLY})
REFUSED: tuple[type[MedspillerError], ...] = (
    DayRefused,
    TextRefused,
    CannotHold,
    StandInRefused,
    PathwayRefused,
    HappeningRefused,
    NotTheHolder,
    OfferedAlready,
    AbsenceOverlaps,
    *_WHOLE,
)
