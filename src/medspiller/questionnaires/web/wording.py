"""Codes of answers in plain words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medspiller.questionnaires.domain.definition.audience import Concerns
from medspiller.questionnaires.domain.states import How

# In the address of a list of forms: the one that was chosen, by its url. The toolbox leads there too.
BEGIN = "begynn"

HOW: Mapping[How, Promise] = {
    How.CONVERSATION: pgettext_lazy("how answers were given", "in a talk"),
    How.PHONE: pgettext_lazy("how answers were given", "by phone"),
    How.PAPER: pgettext_lazy("how answers were given", "on paper"),
    How.INTERPRETER: pgettext_lazy("how answers were given", "with an interpreter"),
    How.ONLINE: pgettext_lazy("how answers were given", "on My page"),
}
CONCERNS: Mapping[Concerns, Promise] = {
    Concerns.CARER: _("About being a carer"),
    Concerns.PERSON: _("About the patient or user"),
    Concerns.CHILD: _("Children and young people"),
}
# Where a prefilled answer comes from, as it stands after "from".
TAKEN_FROM: Mapping[str, Promise] = {
    "carer": pgettext_lazy("taken from", "the register"),
    "patient": pgettext_lazy("taken from", "the register"),
    "unit": pgettext_lazy("taken from", "the unit"),
    "today": pgettext_lazy("taken from", "the calendar"),
}
FILES: Mapping[str, Promise] = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than 5 MB."),
    "not_allowed": _("The file must be a PDF, PNG or JPEG."),
    "harmful": _("The file was not kept: there may be something harmful in it."),
    "too_many": _("There are too many files with this form already. Remove one first."),
}
FORMS: Mapping[str, Promise] = {
    "none": _("Choose a form from the list."),
    "unknown": _("This form is not in use any more. Choose another."),
    "not_for_them": _("This form is for others. Choose another."),
    "about": _("Choose somebody who is registered around the person."),
    "how": _("Say how you get the answers."),
}
REASONS: Mapping[str, Promise] = {
    "missing": _("Write why it is wrong."),
    "too_long": _("Make it shorter: at most 500 characters."),
}
