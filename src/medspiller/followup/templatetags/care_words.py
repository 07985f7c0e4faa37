"""
Agreements, children as next of kin and concern for a child, in words: `{% load care_words %}`.

Tests hold every table to the codes that there are.
"""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medspiller.followup.domain.agreements import AgreementClosed, AgreementState
from medspiller.followup.domain.children import Stage
from medspiller.followup.domain.concerns import (
    Consulted,
    Danger,
    Feedback,
    Judgement,
    ParentsTold,
    ReportedHow,
    ReportedTo,
)
from medspiller.followup.domain.duties import ReporterRole
from medspiller.people.domain.children import ChildrenReply, ReasonToAsk
from medspiller.people.domain.relations import RelationKind

register = template.Library()

AGREEMENT_STATES: Mapping[AgreementState, Promise] = {
    AgreementState.DRAFT: _("In preparation"),
    AgreementState.ACTIVE: _("In force"),
    AgreementState.REVIEWED: _("Reviewed, and in force"),
    AgreementState.CLOSED: pgettext_lazy("agreement", "Ended"),
}
AGREEMENT_ENDED: Mapping[AgreementClosed, Promise] = {
    AgreementClosed.CARER_WISHES: _("The carer wishes to end it"),
    AgreementClosed.NO_LONGER_CARER: _("They are no longer a carer"),
    AgreementClosed.REPLACED: _("A newer one took its place"),
    AgreementClosed.ENTERED_IN_ERROR: _("The answers were wrong"),
    AgreementClosed.FILE_CLOSED: _("Follow-up ended"),
}
STAGES: Mapping[Stage, Promise] = {
    Stage.NOT_A_MATTER: _("No reason to ask is written down"),
    Stage.ASK: _("Nobody has asked about children yet"),
    Stage.NO_CHILDREN: _("There are no minor children or siblings"),
    Stage.REGISTER: _("There are children. Register them"),
    Stage.ASSESS: _("Find out what the child needs"),
    Stage.UNDER_WAY: _("The child's plan is under way"),
    Stage.CLOSED: _("The child's plan is closed"),
}
# Only what a minor is to a patient can stand here.
KINSHIP: Mapping[RelationKind, Promise] = {
    RelationKind.CHILD: pgettext_lazy("kinship", "child"),
    RelationKind.STEP_CHILD: pgettext_lazy("kinship", "stepchild"),
    RelationKind.FOSTER_CHILD: pgettext_lazy("kinship", "foster child"),
    RelationKind.SIBLING: pgettext_lazy("kinship", "sibling"),
    RelationKind.STEP_SIBLING: pgettext_lazy("kinship", "stepsibling"),
    RelationKind.FOSTER_SIBLING: pgettext_lazy("kinship", "foster sibling"),
}
REASONS_TO_ASK: Mapping[ReasonToAsk, Promise] = {
    ReasonToAsk.MENTAL_ILLNESS: _("Mental illness"),
    ReasonToAsk.ADDICTION: _("Addiction"),
    ReasonToAsk.SERIOUS_SOMATIC: _("Serious physical illness or injury"),
    ReasonToAsk.IMPRISONMENT: _("Imprisonment"),
    ReasonToAsk.DISABILITY: _("Disability"),
}
REPLIES: Mapping[ChildrenReply, Promise] = {
    ChildrenReply.YES: _("Yes"),
    ChildrenReply.NO: _("No"),
    ChildrenReply.NOT_ASKED: _("Not asked yet"),
}
JUDGEMENTS: Mapping[Judgement, Promise] = {
    Judgement.REPORTS: _("I report the concern"),
    Judgement.NOT_NOW: _("I do not report now"),
    Judgement.IN_DOUBT: _("I am in doubt"),
}
DANGERS: Mapping[Danger, Promise] = {
    Danger.YES: _("Yes, or it may be"),
    Danger.NO: _("No"),
    Danger.UNSURE: _("I am not sure"),
}
CONSULTED: Mapping[Consulted, Promise] = {
    Consulted.LEADER: _("My leader"),
    Consulted.CHILD_WELFARE: _("The child welfare service, without saying who the child is"),
    Consulted.CHILD_CONTACT: _("The person responsible for children as next of kin"),
    Consulted.COLLEAGUE: _("A colleague"),
    Consulted.POLICE: _("The police"),
    Consulted.OTHER: pgettext_lazy("consulted", "Somebody else"),
    Consulted.NOBODY: _("Nobody yet"),
}
REPORTED_TO: Mapping[ReportedTo, Promise] = {
    ReportedTo.CHILD_WELFARE: _("The child welfare service"),
    ReportedTo.EMERGENCY_SERVICE: _("The child welfare emergency service"),
    ReportedTo.POLICE: _("The police"),
}
REPORTED_HOW: Mapping[ReportedHow, Promise] = {
    ReportedHow.PHONE: _("By phone"),
    ReportedHow.WRITING: _("In writing"),
}
PARENTS_TOLD: Mapping[ParentsTold, Promise] = {
    ParentsTold.YES: _("Yes"),
    ParentsTold.NOT_YET: _("Not yet"),
    ParentsTold.UNSAFE: _("No, it may put the child in danger"),
}
REPORTERS: Mapping[ReporterRole, Promise] = {
    ReporterRole.HEALTH: _("Health personnel"),
    ReporterRole.SOCIAL: _("Nav, social services"),
    ReporterRole.SCHOOL: _("School"),
    ReporterRole.KINDERGARTEN: _("Kindergarten"),
    ReporterRole.OTHER_PUBLIC: _("Another public service"),
    ReporterRole.OTHER: pgettext_lazy("reporter", "None of these"),
}
FEEDBACK: Mapping[Feedback, Promise] = {
    Feedback.REVIEWED: _("The report has been reviewed"),
    Feedback.CONFIRMED: _("We have been told that it was received"),
    Feedback.INVESTIGATED: _("The investigation is finished"),
    Feedback.TOLD: _("We have been told that the investigation is finished"),
}


@register.filter
def agreement_state(code: AgreementState | str) -> str:
    """Write how far an agreement has come."""
    return str(AGREEMENT_STATES[AgreementState(code)])


@register.filter
def agreement_ended(code: AgreementClosed | str) -> str:
    """Write why an agreement ended."""
    return str(AGREEMENT_ENDED[AgreementClosed(code)])


@register.filter
def stage_words(code: Stage | str) -> str:
    """Write how far it has come with a patient or a child."""
    return str(STAGES[Stage(code)])


@register.filter
def kinship_words(code: RelationKind | str) -> str:
    """Write what a minor is to a patient."""
    return str(KINSHIP.get(RelationKind(code), ""))


@register.filter
def reason_to_ask(code: ReasonToAsk | str) -> str:
    """Write why a patient is asked about children."""
    return str(REASONS_TO_ASK[ReasonToAsk(code)])


@register.filter
def children_reply(code: ChildrenReply | str) -> str:
    """Write what was answered."""
    return str(REPLIES[ChildrenReply(code)])


@register.filter
def judgement_words(code: Judgement | str) -> str:
    """Write what somebody judged."""
    return str(JUDGEMENTS[Judgement(code)])


@register.filter
def danger_words(code: Danger | str) -> str:
    """Write whether the child may be in danger now."""
    return str(DANGERS[Danger(code)])


@register.filter
def consulted_words(code: Consulted | str) -> str:
    """Write with whom it was discussed."""
    return str(CONSULTED[Consulted(code)])


@register.filter
def parents_told_words(code: ParentsTold | str) -> str:
    """Write whether the parents know."""
    return str(PARENTS_TOLD[ParentsTold(code)])


@register.filter
def reporter_words(code: ReporterRole | str) -> str:
    """Write as what somebody is worried; nothing where it is not said."""
    return str(REPORTERS[ReporterRole(code)]) if code else ""


@register.filter
def reported_to_words(code: ReportedTo | str | None) -> str:
    """Write to whom it was reported; nothing for None."""
    return str(REPORTED_TO[ReportedTo(code)]) if code else ""


@register.filter
def reported_how_words(code: ReportedHow | str | None) -> str:
    """Write how it was reported; nothing for None."""
    return str(REPORTED_HOW[ReportedHow(code)]) if code else ""
