"""
Pathways in words: `{% load pathway_words %}`.

Tests hold every table to the codes that there are.
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from medspiller.pathways.domain.definition import Anchor, Due, Pathway, Rhythm, Span, Step, Unit
from medspiller.pathways.domain.vocabulary import Event, LineType, Subject

register = template.Library()

# As a noun that stands after «etter» and before «skjer».
EVENTS: Mapping[Event, Promise] = {
    Event.IDENTIFIED: _("the day the carer became known"),
    Event.FIRST_TALK_HELD: _("the first talk"),
    Event.PARENT_TALK_HELD: _("the talk with the parent"),
    Event.PARENT_ILL: _("the parent's illness becoming known"),
    Event.SIBLING_ILL: _("the sibling's illness becoming known"),
    Event.ADMITTED: _("admission"),
    Event.DISCHARGED: _("discharge"),
    Event.DISCHARGE_PLANNED: _("the planning of discharge"),
    Event.MOVED: _("the move"),
    Event.MOVE_PLANNED: _("the planning of the move"),
    Event.DEATH: _("the death"),
    Event.SUDDEN_DEATH: _("the sudden death"),
    Event.SUICIDE: _("the suicide"),
    Event.CRISIS: _("the crisis"),
    Event.DIAGNOSIS: _("the diagnosis"),
    Event.REFERRED: _("the referral"),
    Event.TREATMENT_STARTED: _("the start of treatment"),
    Event.TREATMENT_ENDED: _("the end of treatment"),
    Event.CRISIS_IN_TREATMENT: _("the crisis during treatment"),
    Event.AGREEMENT_MADE: _("the making of the agreement"),
    Event.AGREEMENT_ENDED: _("the end of the agreement"),
    Event.RESPITE_STARTED: _("the start of respite"),
    Event.RESPITE_ENDED: _("the end of respite"),
    Event.ALARM_INSTALLED: _("the day the alarm was installed"),
    Event.ALARM_REMOVED: _("the day the alarm was removed"),
    Event.COUNCIL_HELD: _("the family group conference"),
    Event.PLAN_MADE: _("the making of the individual plan"),
    Event.PLAN_ENDED: _("the end of the individual plan"),
    Event.CONVERSATION_HELD: _("the advance care conversation"),
    Event.CHILD_TALK_HELD: _("the talk with the child"),
    Event.CONCERN_RAISED: _("the day the concern was raised"),
    Event.CONCERN_SETTLED: _("the day the concern was settled"),
    Event.LEVEL_RAISED: _("going up a level"),
    Event.LEVEL_LOWERED: _("going down a level"),
    Event.PATIENT_DIED: _("the patient's death"),
    Event.TURNS_18: _("the 18th birthday"),
    Event.CARER_WITHDRAWS: _("the carer not wanting more follow-up"),
    Event.MOVED_AWAY: _("moving to another municipality"),
}
SUBJECTS: Mapping[Subject, Promise] = {
    Subject.ADULT: _("For an adult carer"),
    Subject.CHILD: _("For a child or young person"),
    Subject.FAMILY: _("For the whole family"),
}
LINE_TYPES: Mapping[LineType, Promise] = {
    LineType.DEMAND: _("Required by law"),
    LineType.RECOMMENDATION: pgettext_lazy("guideline", "Recommended"),
    LineType.INFORMATION: pgettext_lazy("guideline", "For information"),
}


@register.filter
def in_words(texts: Mapping[str, str] | None) -> str:
    """Return a text for the language that is read, bokmål where it has none; nothing for None."""
    if not texts:
        return ""
    return texts.get(get_language() or "nb") or texts.get("nb", "")


@register.filter
def event_name(code: str) -> str:
    """Write an event as a noun."""
    return str(EVENTS[Event(code)])


@register.filter
def subject_name(code: str) -> str:
    """Write for whom a pathway is."""
    return str(SUBJECTS[Subject(code)])


@register.filter
def line_type(code: str) -> str:
    """Write what a line of the guideline is."""
    return str(LINE_TYPES[LineType(code)])


@register.filter
def span_words(span: Span) -> str:
    """Write a distance between two days, without saying before or after."""
    count = abs(span.count)
    match span.unit:
        case Unit.DAYS:
            return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}
        case Unit.WORKING_DAYS:
            return ngettext("%(count)s working day", "%(count)s working days", count) % {"count": count}
        case Unit.WEEKS:
            return ngettext("%(count)s week", "%(count)s weeks", count) % {"count": count}
        case Unit.MONTHS:
            return ngettext("%(count)s month", "%(count)s months", count) % {"count": count}


@register.simple_tag
def due_rule(due: Due | None, pathway: Pathway) -> str:
    """Write by when a step is to be done, as the pathway says it; nothing where it does not."""
    if due is None:
        return ""
    named = {"span": span_words(due.span), "what": _anchor(due, pathway)}
    if due.span.count == 0:
        return gettext("On the day of %(what)s") % named
    if due.span.count < 0:
        return gettext("Within %(span)s before %(what)s") % named
    return gettext("Within %(span)s after %(what)s") % named


@register.simple_tag
def rhythm_words(rhythm: Rhythm | None) -> str:
    """Write how a step comes back; nothing for one that does not."""
    if rhythm is None:
        return ""
    parts = []
    for beat in rhythm.beats:
        span = span_words(beat.span)
        if beat.times is None:
            parts.append(gettext("then every %(span)s") % {"span": span})
        else:
            words = ngettext(
                "once after %(span)s", "%(times)s times, %(span)s apart", beat.times
            )  # the number of times, not of days
            parts.append(words % {"span": span, "times": beat.times})
    return ", ".join(parts)


@register.simple_tag
def guideline_line(line_id: str, lines: Mapping[str, Any]) -> Any:
    """Return a line of the guideline by its id; None if it is not there any more."""
    return lines.get(line_id)


@register.filter
def step_title(pathway: Pathway, step_id: str) -> str:
    """Write what a step of a pathway is called."""
    step: Step | None = pathway.steps.get(step_id)
    return in_words(step.title) if step else step_id


def _anchor(due: Due, pathway: Pathway) -> str:
    match due.after:
        case Anchor.START:
            return gettext("the start of the plan")
        case Anchor.PHASE:
            return gettext("the start of this phase")
        case Anchor.STEP:
            return gettext("“%(step)s”") % {"step": step_title(pathway, due.name)}
        case Anchor.EVENT:
            return event_name(due.name)
