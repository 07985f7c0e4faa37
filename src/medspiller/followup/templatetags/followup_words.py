"""
The carer's file in words: `{% load followup_words %}`.

Tests hold every table to the codes that there are.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from medspiller.core import clock
from medspiller.followup.domain.files import ClosedBecause, Identified, NoteCode, Outcome
from medspiller.followup.domain.holding import BouncedBecause, How
from medspiller.pathways.domain.definition import Pathway
from medspiller.pathways.domain.happenings import Happening, Kind
from medspiller.pathways.selectors.words import event_name, in_words, step_title

register = template.Library()

IDENTIFIED: Mapping[Identified, Promise] = {
    Identified.ASKED: _("We asked"),
    Identified.FIRST_TALK: _("In the first talk about somebody who is ill"),
    Identified.SAID_SO: _("They told us themselves"),
    Identified.PATIENT_SAID: _("The one they care for told us"),
    Identified.ANOTHER_SERVICE: _("Another service told us"),
    Identified.SCHOOL: _("School or kindergarten told us"),
    Identified.CHILDREN_QUESTION: _("We asked about children in the family"),
    Identified.ANSWERS: _("From what they answered in a form"),
    Identified.OTHER: _("In another way"),
}
CLOSED_BECAUSE: Mapping[ClosedBecause, Promise] = {
    ClosedBecause.GOALS_MET: _("What we set out to do is done"),
    ClosedBecause.NO_LONGER_CARER: _("They are no longer a carer"),
    ClosedBecause.PATIENT_DIED: _("The one they cared for has died, and follow-up after that is over"),
    ClosedBecause.CARER_WANTS: _("They do not want more follow-up"),
    ClosedBecause.CARER_DIED: _("The carer has died"),
    ClosedBecause.MOVED_AWAY: _("They have moved to another municipality"),
    ClosedBecause.NOT_REACHED: _("We have not got hold of them"),
    ClosedBecause.ANOTHER_FOLLOWS: _("Somebody else follows them up now"),
    ClosedBecause.MERGED: _("They were registered twice"),
    ClosedBecause.OTHER: pgettext_lazy("reason", "Something else"),
}
# What a person can say; the others are said by what happened.
CLOSED_BY_HAND = [code for code in ClosedBecause if code is not ClosedBecause.MERGED]
OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.BETTER: _("They say that daily life is better"),
    Outcome.SAME: _("They say that it is about the same"),
    Outcome.WORSE: _("They say that it is worse"),
    Outcome.SUPPORT_IN_PLACE: _("Support is in place"),
    Outcome.KNOWS_WHOM_TO_ASK: _("They know who to ask"),
    Outcome.HANDED_ON: _("Somebody else goes on"),
    Outcome.NOT_KNOWN: _("We do not know"),
}
NOTES: Mapping[NoteCode, Promise] = {
    NoteCode.TALK: pgettext_lazy("event", "Talk"),
    NoteCode.CALL: pgettext_lazy("event", "Phone call"),
    NoteCode.MEETING: pgettext_lazy("event", "Meeting"),
    NoteCode.CHANGE: _("Something has changed"),
    NoteCode.OPENED: _("The file was opened"),
    NoteCode.CLOSED: _("The file was closed"),
    NoteCode.REOPENED: _("The file was opened again"),
    NoteCode.CONTACT: _("Contact person"),
    NoteCode.PLAN_STARTED: _("A plan began"),
    NoteCode.PLAN_CLOSED: _("A plan was closed"),
    NoteCode.HANDED_OVER: _("A plan has a new holder"),
    NoteCode.BECAME_ADULT: _("Turned 18: the file is an adult's now"),
    NoteCode.RIGHT_CHANGED: _("A right has changed"),
    NoteCode.DIED: _("The carer has died"),
    NoteCode.OTHER: pgettext_lazy("event", "Something else"),
}
HOW: Mapping[How, Promise] = {
    How.OPENED: _("began the plan"),
    How.ACCEPTED: _("took over"),
    How.STAND_IN: _("stands in"),
    How.RETURNED: _("came back"),
    How.LEFT: _("took over when the one before left"),
    How.LEADER: _("has it as leader until somebody else can"),
}
BOUNCED: Mapping[BouncedBecause, Promise] = {
    BouncedBecause.DECLINED: _("They said no."),
    BouncedBecause.NOT_ANSWERED: _("They did not answer in time."),
    BouncedBecause.LEFT: _("They do not work there any more."),
    BouncedBecause.AWAY: _("They are away."),
    BouncedBecause.CONSENT_WITHDRAWN: _("The carer has withdrawn the consent that it needs."),
    BouncedBecause.NOT_FOLLOWED_UP: _("Their unit does not follow the carer up any more."),
    BouncedBecause.PLAN_CLOSED: _("The plan was closed."),
}
# As `selectors.AtRisk`.
RISKS: Mapping[str, Promise] = {
    "left_over": _("Nobody but the leader has it"),
    "away": _("Whoever holds it is away"),
    "late": _("Steps are late"),
}
HAPPENED: Mapping[Kind, Promise] = {
    Kind.STARTED: _("The plan began"),
    Kind.DONE: pgettext_lazy("happening", "Done"),
    Kind.SKIPPED: pgettext_lazy("happening", "Left out"),
    Kind.FACT: _("Answered"),
    Kind.EVENT: pgettext_lazy("happening", "Happened"),
    Kind.RESPONSE: _("A form was filled in"),
    Kind.PAUSED: _("The plan was paused"),
    Kind.RESUMED: _("The plan was continued"),
    Kind.UNDONE: _("Something was taken back"),
    Kind.WITHDRAWN: _("Answers were marked as wrong and no longer count"),
    Kind.MOVED: _("Moved to another version of the pathway"),
    Kind.CLOSED: _("The plan was closed"),
}


@register.filter
def identified_how(code: str) -> str:
    """Write how somebody was seen to be a carer."""
    return str(IDENTIFIED[Identified(code)])


@register.filter
def closed_because(code: str) -> str:
    """Write why a file was closed."""
    return str(CLOSED_BECAUSE[ClosedBecause(code)])


@register.filter
def outcome_words(code: str) -> str:
    """Write what follow-up came to."""
    return str(OUTCOMES[Outcome(code)])


@register.filter
def note_words(code: str) -> str:
    """Write what a line among the events is about."""
    return str(NOTES[NoteCode(code)])


@register.filter
def held_how(code: str) -> str:
    """Write how somebody came to hold a plan."""
    return str(HOW[How(code)])


@register.filter
def risk_words(code: str) -> str:
    """Write why a plan is at risk."""
    return str(RISKS[str(code)])


@register.filter
def bounced_words(code: str) -> str:
    """Write why an offer to take over came back."""
    return str(BOUNCED[BouncedBecause(code)])


@register.simple_tag
def happening_words(line: Happening, pathway: Pathway) -> str:
    """Write one line of a plan's history: what happened, of which step, fact or event, and what came of it."""
    said = str(HAPPENED[line.kind])
    if line.step:
        said = f"{said}: {step_title(pathway, line.step)}"
    if line.fact and line.fact in pathway.facts:
        answer = {True: gettext("Yes"), False: gettext("No"), None: gettext("We do not know yet")}[line.value]
        said = f"{said}: {in_words(pathway.facts[line.fact])} {answer}"
    if line.event:
        said = f"{said}: {event_name(line.event)}"
    step = pathway.steps.get(line.step)
    result = next((each for each in step.results if each.code == line.result), None) if step else None
    return f"{said} – {in_words(result.text)}" if result else said


@register.filter
def due_in_words(day: date | None) -> str:
    """Write how far off a day is, as people say it: today, in three days, four days late. Nothing for no day."""
    if day is None:
        return ""
    left = (day - clock.today()).days
    if left == 0:
        return gettext("Today")
    if left == 1:
        return gettext("Tomorrow")
    if left > 0:
        return ngettext("In %(days)s day", "In %(days)s days", left) % {"days": left}
    return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}


@register.filter
def due_within_a_sentence(day: date | None) -> str:
    """Write the same where it does not begin a sentence: tomorrow, in three days."""
    said = due_in_words(day)
    return said[:1].lower() + said[1:]


@register.simple_tag
def of_step(progress: Any, step_id: str) -> Any:
    """Return how far one step has come."""
    return progress.step(step_id)
