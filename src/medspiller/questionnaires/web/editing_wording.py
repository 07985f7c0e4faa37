"""What pages of editors say of forms and of what is wrong with them."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspiller.questionnaires.domain.definition.audience import Subject, Tag
from medspiller.questionnaires.domain.definition.outcomes import Code, Severity
from medspiller.questionnaires.selectors.editing import FormState

STATES: Mapping[FormState, Promise] = {
    FormState.DRAFT: _("Draft"),
    FormState.ACTIVE: _("In use"),
    FormState.REPLACED: _("Replaced"),
    FormState.RETIRED: _("Out of use"),
}
STATE_COLORS: Mapping[FormState, str] = {
    FormState.DRAFT: "warning",
    FormState.ACTIVE: "success",
    FormState.REPLACED: "neutral",
    FormState.RETIRED: "neutral",
}
SUBJECTS: Mapping[Subject, Promise] = {
    Subject.CARER: _("The carer"),
    Subject.PERSON: _("The person it is about"),
}
TAGS: Mapping[Tag, Promise] = {
    Tag.CHILD_8_12: _("For children of 8 to 12"),
    Tag.CHILD_13_15: _("For young people of 13 to 15"),
    Tag.CHILD_16_18: _("For young people of 16 to 18"),
    Tag.CONCERN_FOR_CHILD: _("Concern for a child"),
    Tag.STAFF_ONLY: _("Filled in by staff"),
    Tag.SELF: _("Can be filled in on the person's own page"),
    Tag.CHECKLIST: _("Checklist"),
    Tag.COUNTED: _("Counted without a name, and kept about nobody"),
    Tag.AGREEMENT: _("Agreement, not a decision on services"),
}
LANGUAGES: Mapping[str, Promise] = {
    "nb": _("Bokmål"),
    "nn": _("Nynorsk"),
    "en": _("English"),
    "se": _("Northern Sámi"),
}
SEVERITIES: Mapping[Severity, Promise] = {
    Severity.ERROR: _("Must be put right"),
    Severity.WARNING: _("Look at this"),
    Severity.INFORMATION: _("Good to know"),
}
SEVERITY_COLORS: Mapping[Severity, str] = {
    Severity.ERROR: "danger",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "info",
}
PROBLEMS: Mapping[Code, Promise] = {
    Code.STRUCTURE: _("It is not built as a form must be."),
    Code.REQUIRED: _("Something that must be there is missing."),
    Code.VALUE: _("A value is not of the kind it must be."),
    Code.INVARIANT: _("It breaks a rule of the format."),
    Code.INVALID: _("It is not allowed here."),
    Code.BUSINESS_RULE: _("It does not work, or not as somebody will expect."),
    Code.CODE_INVALID: _("A code is used that the format does not have."),
    Code.NOT_FOUND: _("It points to something that is not in the form."),
    Code.NOT_SUPPORTED: _("It uses something that Medspiller does not know."),
    Code.DUPLICATE: _("The same name is used twice."),
    Code.TOO_LONG: _("It is longer than it may be."),
    Code.TOO_COSTLY: _("It is too large, or would take too long."),
    Code.SECURITY: _("It may not be safe."),
    Code.INCOMPLETE: _("Something is missing."),
    Code.INFORMATIONAL: _("Good to know."),
}


def in_order(codes: Iterable[str]) -> list[str]:
    """Return languages in the order in which we name them everywhere, others last."""
    known = list(LANGUAGES)
    return sorted(codes, key=lambda code: (known.index(code) if code in known else len(known), code))


def language_name(code: str) -> str:
    """Write a language as people say it; a code that nobody here knows stands as it is."""
    return str(LANGUAGES.get(code, code))
