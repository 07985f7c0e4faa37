"""
Items of the work list in words: `{% load work_items %}`.

A test holds every table to the codes that there are: whoever adds a kind says here what it
is called and why it is on the list.
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from medspiller.worklist import registry
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import Outcome, SnoozedWhy, WithdrawnWhy
from medspiller.worklist.domain.kinds import Deadline, Kind

register = template.Library()

TITLES: Mapping[str, Promise] = {
    kinds.CHILDREN_QUESTION.code: _("Ask about children and siblings under 18"),
    kinds.REVIEW_COMPETENCE.code: _("Look again at whether the patient can decide"),
    kinds.REVIEW_CONSENT.code: _("Ask again about a consent"),
    kinds.REVIEW_CIRCUMSTANCE.code: _("Look again at an assessment of what may be told"),
    kinds.INFORM_CARER.code: _("Tell a carer that they are registered"),
    kinds.HANDED_ON.code: _("Get in touch with somebody who was handed over to you"),
    kinds.AGE_AHEAD.code: _("A birthday changes which rules apply"),
    kinds.CORRECTION.code: _("Answer somebody who asks for a correction"),
    kinds.NOTICE.code: _("Deal with a notice that may not have arrived"),
    kinds.SAFETY_ANSWER.code: _("Talk to somebody about safety today"),
    kinds.REVIEW_ANSWERS.code: _("Go through something that was agreed"),
    kinds.RIGHTS_HANDED_OVER.code: _("Read what a carer may be entitled to"),
    kinds.OFFER_PROPOSAL.code: _("Decide about a new text on support"),
    kinds.OFFER_REVIEW.code: _("Look over support that your unit offers"),
    kinds.OFFER_REPORT.code: _("Look into what a reader says is wrong"),
    kinds.OFFER_LINK.code: _("Put right a link that does not work"),
    kinds.CALL_BACK.code: _("Call somebody who asks for it"),
    kinds.FEEDBACK.code: _("Read what somebody says about the open pages"),
    kinds.SIGNUPS_TO_CALL.code: _("Call people about a change to what they signed up for"),
    kinds.FOLLOWUP_STEP.code: _("A step in a plan"),
    kinds.FOLLOWUP_HANDOVER.code: _("Answer whether you take over a plan"),
    kinds.FOLLOWUP_LEFT_OVER.code: _("Find somebody to take over a plan"),
    kinds.FOLLOWUP_SUGGESTION.code: _("Ask again about something that could wait"),
    kinds.FOLLOWUP_ANSWERED.code: _("Read what a carer has answered"),
    kinds.FOLLOWUP_NO_CONTACT.code: _("Name somebody a carer can call"),
    kinds.FOLLOWUP_AGREEMENT.code: _("Go through the agreement with a carer"),
    kinds.FOLLOWUP_RIGHT_CHANGED.code: _("See what a new rule means for a carer"),
    kinds.FOLLOWUP_CONCERN.code: _("Look for an answer from the child welfare service"),
    kinds.FOLLOWUP_CHILD_ELSEWHERE.code: _("Find out who follows up a patient's child"),
    kinds.FOLLOWUP_GROWN_UP.code: _("A young carer turns 18"),
    kinds.STRATEGY_STATUS.code: _("Say how a measure is going"),
    kinds.STRATEGY_IMPORT.code: _("Look through a plan that was read from a file"),
}
_OF_OFFERS = (kinds.OFFER_PROPOSAL, kinds.OFFER_REVIEW, kinds.OFFER_REPORT, kinds.OFFER_LINK)
EXPLANATIONS: Mapping[str, Promise] = {
    kinds.CHILDREN_QUESTION.code: _(
        "The unit has begun to follow somebody up, and it is not written down whether there are children or "
        "siblings under 18. Children as next of kin have a right to be seen. This goes away by itself when "
        "the answer is registered."
    ),
    kinds.REVIEW_COMPETENCE.code: _(
        "It was decided that the patient could not decide in one matter. That applies for a time only: see "
        "whether it is still so. This goes away by itself when the decision is renewed or ended."
    ),
    kinds.REVIEW_CONSENT.code: _(
        "Somebody has said what may be told about them, and asked to be asked again. See whether this is "
        "still what they want."
    ),
    kinds.REVIEW_CIRCUMSTANCE.code: _(
        "Somebody assessed that something changes what may be told. It stops counting on the day it is due, "
        "unless it is assessed again."
    ),
    kinds.INFORM_CARER.code: _(
        "Anybody who is registered without asking for it must be told that they are, why, and what they can "
        "do about it. Or write down why they cannot be told. This goes away by itself when one of the two is "
        "registered."
    ),
    kinds.HANDED_ON.code: _(
        "Another unit asks yours to follow somebody up, and has written why. Read it, and begin to follow the"
        " person up. If it is a mistake, end it on the same page."
    ),
    kinds.AGE_AHEAD.code: _(
        "At 12, 16 and 18, young people decide more for themselves, and their parents are told less. It "
        "happens by itself on the birthday. Prepare the young person and the parents for it."
    ),
    kinds.CORRECTION.code: _(
        "Somebody has read on their own page what is registered about them, and says that something is wrong. You "
        "will find the request under Asked to be corrected in the menu. This goes away by itself when it is "
        "answered."
    ),
    kinds.NOTICE.code: _(
        "A notice to somebody could not be sent, or nobody knows whether it arrived. It is not sent again by itself. "
        "Say under Notices sent whether it is to be tried again or left. Then this goes away by itself."
    ),
    kinds.SAFETY_ANSWER.code: _(
        "Somebody has answered questions on their own page, and one of the answers is about their safety. Read the "
        "answers under Forms on the person's page, and talk to the person today. Think of who may be listening or "
        "reading."
    ),
    kinds.REVIEW_ANSWERS.code: _(
        "When a form was filled in, a day was agreed on which to go through it again. You will find it under "
        "Forms on the person's page."
    ),
    kinds.RIGHTS_HANDED_OVER.code: _(
        "A carer has found out on their own page what they may be entitled to, and lets you read it. You will "
        "find it under Rights on the carer's page. Talk with them about what to do first."
    ),
    kinds.OFFER_PROPOSAL.code: _(
        "Somebody has written about support that your unit or an organisation offers. The public sees the old text "
        "until you have said yes. This goes away by itself when it is decided."
    ),
    kinds.OFFER_REVIEW.code: _(
        "Nobody has looked at this text since the day you set. See whether times, places and names are right, and set "
        "a new day. After 30 days the public is told that nobody has looked. This goes away by itself when you have."
    ),
    kinds.OFFER_REPORT.code: _(
        "Somebody who read about support says that something is not right. Find out, change the text if need be, and "
        "say that it was dealt with. Then this goes away by itself."
    ),
    kinds.OFFER_LINK.code: _(
        "A link in one of your texts has not worked the last three times we looked. Find the right one, or "
        "take it out. This goes away by itself when the link works again."
    ),
    kinds.CALL_BACK.code: _(
        "Somebody has asked on the open pages to be called, and was told by when. Call, and write down what came of "
        "it. Then this goes away by itself."
    ),
    kinds.FEEDBACK.code: _(
        "Somebody says that a page cannot be used, or asks about privacy. Find out, answer if they want it, and write "
        "down what came of it. Then this goes away by itself."
    ),
    kinds.SIGNUPS_TO_CALL.code: _(
        "A place is free for somebody, or a meeting is moved or cancelled, and no notice could be sent. Call "
        "them, and note here that they know. Then this goes away by itself."
    ),
    kinds.FOLLOWUP_STEP.code: _(
        "A carer has a plan, and this step in it can be done now. This goes away by itself when the step is done, "
        "skipped with a reason, or no longer needed."
    ),
    kinds.FOLLOWUP_HANDOVER.code: _(
        "A colleague asks whether you will hold a plan from now on. Until you have said yes, it stays with them. If "
        "you do not answer in time, it goes back."
    ),
    kinds.FOLLOWUP_LEFT_OVER.code: _(
        "Whoever held a plan is away or has left, and nobody was named to take it. It is yours until you have given "
        "it to somebody."
    ),
    kinds.FOLLOWUP_SUGGESTION.code: _(
        "A carer was told about something that might help, and wanted to wait until now. Ask whether it suits them now."
    ),
    kinds.FOLLOWUP_ANSWERED.code: _(
        "A carer has said yes to something on their own page, or written a few words there. They were told that it is "
        "read by this day. Read it, and get in touch."
    ),
    kinds.FOLLOWUP_NO_CONTACT.code: _(
        "The contact person of a carer does not work here any more. Name another, so that the carer knows who to "
        "call. Then this goes away by itself."
    ),
    kinds.FOLLOWUP_AGREEMENT.code: _(
        "You agreed with a carer to go through the agreement by this day. See together whether it is still right."
    ),
    kinds.FOLLOWUP_RIGHT_CHANGED.code: _(
        "A right that was suggested to a carer has changed. See whether it means anything for them, and tell them."
    ),
    kinds.FOLLOWUP_CONCERN.code: _(
        "A concern for a child was reported. By this day the child welfare service should have answered. Ask if they "
        "have not, and write down what they said."
    ),
    kinds.FOLLOWUP_CHILD_ELSEWHERE.code: _(
        "A child of this patient has to be followed up, and the unit cannot begin: it only has the child's "
        "number. Find out who follows the child up, and make sure that somebody goes on. Tell them no more about "
        "the patient than you may."
    ),
    kinds.FOLLOWUP_GROWN_UP.code: _(
        "From 18, nobody is followed up as a child. Talk with the young person about what they want from now "
        "on, and make the file an adult's or close it."
    ),
    kinds.STRATEGY_STATUS.code: _(
        "Your unit is responsible for a measure in a plan, and somebody asks to know by this day how it is "
        "going. This goes away by itself when the status is reported."
    ),
    kinds.STRATEGY_IMPORT.code: _(
        "A plan has been read from a file. Compare what was read with the file, and confirm it or delete it. None "
        "of it counts before that."
    ),
}
DEADLINES: Mapping[Deadline, Promise] = {
    Deadline.LAW: _("The deadline is in the law."),
    Deadline.LOCAL: _("The law sets no number of days. The deadline is local practice."),
    Deadline.PRACTICE: _("The deadline is local practice."),
    Deadline.AGREED: _("The day was set by whoever decided it."),
    Deadline.BIRTHDAY: _("The day is the birthday."),
    Deadline.PATHWAY: _("The day comes from the plan."),
}
# Where an agreed day comes from, for the kinds where it was agreed otherwise than with a judgement or a consent.
AGREED: Mapping[str, Promise] = {
    kinds.REVIEW_ANSWERS.code: _("The day was agreed on when the form was filled in."),
    kinds.OFFER_REVIEW.code: _("The day was set by the unit when the text was last looked over."),
    kinds.FOLLOWUP_SUGGESTION.code: _("The carer wanted to wait until this day."),
    kinds.FOLLOWUP_AGREEMENT.code: _("The day was agreed on with the carer."),
    kinds.STRATEGY_STATUS.code: _("The day was set by those who follow up the plan."),
}
OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.DONE: pgettext_lazy("task", "Done"),
    Outcome.NOT_NEEDED: _("Not needed"),
    Outcome.COULD_NOT: _("Could not be done"),
}
SNOOZED: Mapping[SnoozedWhy, Promise] = {
    SnoozedWhy.WAITING_FOR_OTHERS: _("I am waiting for others"),
    SnoozedWhy.AGREED_LATER: _("We agreed to do it later"),
    SnoozedWhy.NO_ANSWER: _("I could not get hold of them"),
    SnoozedWhy.OTHER: _("Something else"),
}
WHY_WITHDRAWN: Mapping[WithdrawnWhy, Promise] = {
    WithdrawnWhy.ANSWERED: _("The question has been answered."),
    WithdrawnWhy.INFORMED: _("The person has been told."),
    WithdrawnWhy.RENEWED: _("There is no longer a day when it must be looked at."),
    WithdrawnWhy.ENDED: _("What it was about no longer applies."),
    WithdrawnWhy.NOT_FOLLOWED_UP: _("The unit no longer follows this person up."),
    WithdrawnWhy.SEEN_TO: _("Somebody has said what is to be done with the notice, or it arrived."),
    WithdrawnWhy.MOVED: _("The unit no longer follows this person up, and it was moved to a unit that does."),
    WithdrawnWhy.MERGED: _("The person was registered twice, and this was moved to the other registration."),
}


@register.filter
def item_title(line: Any) -> str:
    """Write what an item is called; with the age where somebody comes of one and may be known."""
    born = line.person.birth_date if line.person else None
    if line.kind is kinds.AGE_AHEAD and born is not None and line.due_on is not None:
        return gettext("Turns %(age)s") % {"age": line.due_on.year - born.year}
    return in_language(line.title) or str(TITLES[line.kind.code])


@register.filter
def item_in_a_line(line: Any) -> str:
    """Write what an item is called and, after a colon, whom it is about or where it comes from."""
    title, after = item_title(line), item_about(line) or item_origin(line)
    # Measures and steps are called what somebody wrote, and that may be a sentence.
    return f"{title.rstrip('.')}: {after}" if after else title


@register.filter
def kind_title(code: str) -> str:
    """Write what a kind of item is called."""
    return str(TITLES[code])


@register.filter
def item_origin(line: Any) -> str:
    """Write from where an item comes, as the pathway it is a step of or the offer it is about; else nothing."""
    return in_language(line.origin)


@register.filter
def item_origin_label(line: Any) -> str:
    """Write what that is, before it."""
    return gettext("Which offer") if line.kind in _OF_OFFERS else gettext("From which plan")


@register.filter
def item_why_put_off(line: Any) -> str:
    """Write why an item was put off."""
    return str(SNOOZED[line.snoozed_why]) if line.snoozed_why else ""


def in_language(texts: Mapping[str, str] | None) -> str:
    """Return the text for the language that is read, bokmål where it has none; nothing for None."""
    if not texts:
        return ""
    return texts.get(get_language() or "nb") or texts.get("nb", "")


@register.filter
def item_about(line: Any) -> str:
    """Write whom an item is about; that it cannot be said, where the reader has no need to know."""
    if line.person is not None:
        return str(line.person.name)
    return gettext("Somebody whose page you cannot open") if line.is_nameless else ""


@register.filter
def item_place(line: Any) -> str:
    """Return the address where an item is done; empty where the reader cannot go there."""
    if line.kind.whole_list:
        return reverse(line.kind.view)
    if line.kind.by_subject and not line.is_nameless:
        return reverse(registry.place_of(line.kind.code), args=[line.subject_id])
    if line.person is None:
        return ""
    # The person is closed to whoever is only to tell them.
    view = "people:inform_person" if line.person.only_to_tell else line.kind.view
    place = reverse(view, args=[line.person.id])
    return f"{place}#{line.kind.part}" if line.kind.part else place


@register.filter
def item_holder(line: Any) -> str:
    """Write who has taken an item; nothing if nobody has."""
    return gettext("You") if line.is_mine else str(line.taken_by_name)


@register.filter
def item_explanation(line: Any) -> str:
    """Write why an item is on the list."""
    return str(EXPLANATIONS[line.kind.code])


def kinds_with(text: str) -> tuple[str, ...]:
    """Return the kinds whose title or explanation has these words, in the language that is read."""
    words = text.casefold().split()

    def said_of(kind: Kind) -> str:
        return f"{TITLES[kind.code]} {EXPLANATIONS[kind.code]} {kind.law}".casefold()

    return tuple(kind.code for kind in kinds.KINDS.values() if all(word in said_of(kind) for word in words))
