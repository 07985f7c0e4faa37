"""Codes of people in words."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspiller.audit.domain import Kind
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic, ReasonToAsk
from medspiller.people.domain.circumstances import Circumstance
from medspiller.people.domain.consents import ConsentDecision, ConsentTopic, Obtained
from medspiller.people.domain.emergency import Verdict
from medspiller.people.domain.involvements import InvolvementBasis

BASES: Mapping[InvolvementBasis, Promise] = {
    InvolvementBasis.TREATMENT: _("Health care and follow-up"),
    InvolvementBasis.ASSESSMENT: _("Finding out what is needed"),
    InvolvementBasis.APPLICATION: _("Handling an application"),
    InvolvementBasis.SUPPORT: _("Support as a carer"),
    InvolvementBasis.CHILD_NEXT_OF_KIN: _("Looking after a child as next of kin"),
    InvolvementBasis.COORDINATION: _("Coordinating services"),
    InvolvementBasis.EMERGENCY_CONTACT: _("A carer we can call"),
}
VERDICTS: Mapping[Verdict, Promise] = {
    Verdict.OK: _("In order"),
    Verdict.NOT_OK: _("Not in order"),
}
# What somebody may narrow their own log to.
KINDS: Mapping[Kind, Promise] = {
    Kind.READ: _("Looked at"),
    Kind.SEARCH: _("Searched for"),
    Kind.WRITE: _("Registered or changed"),
    Kind.REFUSED: _("Tried, but was refused"),
}

CIRCUMSTANCES: Mapping[Circumstance, Promise] = {
    Circumstance.WEIGHTY_INTEREST_AGAINST_PARENTS: _(
        "Weighty concern for the child speaks against telling the parents"
    ),
    Circumstance.CHILD_REFUSES_WITH_REASON: _("The child says no, for reasons that should be respected"),
    Circumstance.NECESSARY_FOR_PARENTAL_RESPONSIBILITY: _("The parents must know this to take care of the child"),
    Circumstance.DANGER_TO_OTHERS: _("Serious mental illness, and a near and serious danger to others"),
    Circumstance.CONCERN_FOR_CHILD_IN_CARE: _("Concern for a child the patient takes care of"),
    Circumstance.DEATH_UNEXPECTED: _("The death was unexpected"),
    Circumstance.WEIGHTY_REASON_AFTER_DEATH: _("There are weighty reasons to tell after the death"),
    Circumstance.SITUATION_CALLS_FOR_IT: _("The situation calls for it: the patient cannot be asked now"),
}
CONSENT_TOPICS: Mapping[ConsentTopic, Promise] = {
    ConsentTopic.HEALTH: _("Health and treatment"),
    ConsentTopic.DAILY_LIFE: _("Daily life: sleep, meals, mood, what the day was like"),
    ConsentTopic.SERVICES: _("The services the person gets"),
    ConsentTopic.PLAN: _("Plans, and taking part in them"),
    ConsentTopic.OWN_SITUATION: _("How they themselves are, as a carer"),
    ConsentTopic.CHILD_FOLLOW_UP: _("Following up children as next of kin, with school and others"),
}
CONSENT_DECISIONS: Mapping[ConsentDecision, Promise] = {
    ConsentDecision.GIVEN: _("Says yes"),
    ConsentDecision.REFUSED: _("Says no"),
}
OBTAINED: Mapping[Obtained, Promise] = {
    Obtained.ORAL: _("The person said it"),
    Obtained.WRITTEN: _("In writing"),
    Obtained.ELECTRONIC: _("On their own page"),
    Obtained.BY_PARENTS: _("Their parents said it for them"),
    Obtained.BY_REPRESENTATIVE: _("The nearest said it, for somebody who cannot decide in the matter"),
}
CHILDREN_TOPICS: Mapping[ChildrenTopic, Promise] = {
    ChildrenTopic.MINOR_CHILDREN: _("Does the patient have children under 18?"),
    ChildrenTopic.MINOR_SIBLINGS: _("Does the patient have siblings under 18?"),
    ChildrenTopic.IMPRISONMENT: _("Is a parent of the children in prison?"),
    ChildrenTopic.DISABILITY: _("Do the children live with somebody who has a disability?"),
}
CHILDREN_REPLIES: Mapping[ChildrenReply, Promise] = {
    ChildrenReply.YES: _("Yes"),
    ChildrenReply.NO: _("No"),
    ChildrenReply.NOT_ASKED: _("Not asked yet"),
}
REASONS_TO_ASK: Mapping[ReasonToAsk, Promise] = {
    ReasonToAsk.MENTAL_ILLNESS: _("Mental illness"),
    ReasonToAsk.ADDICTION: _("Addiction"),
    ReasonToAsk.SERIOUS_SOMATIC: _("Serious physical illness or injury"),
    ReasonToAsk.IMPRISONMENT: _("Imprisonment"),
    ReasonToAsk.DISABILITY: _("Disability"),
}
# What is wrong with what was typed about consents and judgements, by field and code.
PROBLEMS: Mapping[tuple[str, str], Promise] = {
    ("topics", "missing"): _("Choose at least one."),
    ("receiver", "missing"): _("Choose who is to be told."),
    ("receiver", "more_than_one"): _("Choose one receiver, and write one consent for each."),
    ("receiver", "oneself"): _("Nobody needs a consent from themselves."),
    ("receiver", "not_a_carer"): _("This person has no relation to the one who decides."),
    ("receiver", "no_such_unit"): _("This unit is not open any more."),
    ("receiver", "too_long"): _("Make it shorter."),
    ("obtained_note", "too_long"): _("Make it shorter."),
    ("obtained_note", "says_not_who"): _("Write who said it."),
    ("starts_at", "past"): _("It cannot begin before now."),
    ("ends_at", "of_a_no"): _("A “no” has no last day. It applies until it is taken back. Leave this empty."),
    ("ends_at", "before_start"): _("The last day cannot be before today."),
    ("review_on", "past"): _("Choose a day that is still to come."),
    ("review_on", "too_far"): _("Choose an earlier day. This must be looked at again before that."),
    ("obtained", "too_young"): _(
        "Under 16 years the parents decide, unless it is about something they are not told about."
    ),
    ("obtained", "old_enough"): _("From 16 years the person decides, and not the parents."),
    ("obtained", "age_unknown"): _("Write down the date of birth first."),
    ("obtained", "is_competent"): _(
        "Nobody can consent for somebody who can decide. Assess first whether the person can decide in the matter."
    ),
    ("obtained", "no_nearest"): _("Write down first who is nearest."),
    ("obtained", "dead"): _("Nobody can consent for somebody who is dead. Assess instead what may be told."),
    ("reason", "missing"): _("Write why."),
    ("reason", "too_long"): _("Make it shorter."),
    ("matter", "missing"): _("Write what it is about."),
    ("matter", "too_long"): _("Make it shorter."),
    ("code", "does_not_fit"): _("This is not possible for somebody of this age."),
    ("recipient", "not_a_carer"): _("This person has no relation to the patient."),
}


def role_words(role: str) -> str:
    """Return a role's code as people say it; empty for none. The words are `access`' own."""
    return render_to_string("people/_role.txt", {"role": role}).strip()
