"""When an agreement was made, when it is gone through, and why it ends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.core import clock
from medspiller.followup.domain.agreements import BY_STAFF, AgreementRefused
from medspiller.followup.templatetags.care_words import AGREEMENT_ENDED
from medspiller.ui.forms import DayField, Form

_REFUSED = {
    "there": (None, _("The carer has an agreement already. It is shown here.")),
    "state": (None, _("The agreement has moved on since then, or has ended. Look at how it is now.")),
    "agreed_on": ("avtalt", _("Choose today or an earlier day.")),
    "review_on": ("gjennomgang", _("Choose a later day, within a year.")),
    "reason": ("arsak", _("Choose why.")),
}


def _version() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


class BeginForm(Form):
    """That an agreement is begun; nothing is asked."""


class AgreedForm(Form):
    """The day on which it was agreed, and when it is gone through."""

    avtalt = DayField(label=_("On which day was it agreed?"))
    gjennomgang = DayField(label=_("When shall we go through it?"), help_text=_("A later day, within a year."))
    version = _version()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["avtalt"].initial = clock.today()


class ReviewForm(Form):
    """When it is gone through the next time."""

    gjennomgang = DayField(label=_("When shall we go through it again?"), help_text=_("A later day, within a year."))
    version = _version()


class EndForm(Form):
    """Why it ends."""

    arsak = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=[(each.value, words) for each, words in AGREEMENT_ENDED.items() if each in BY_STAFF],
        widget=forms.RadioSelect,
    )
    version = _version()


FORMS: dict[str, type[Form]] = {
    "begynn": BeginForm,
    "gjelder": AgreedForm,
    "gjennomgatt": ReviewForm,
    "avslutt": EndForm,
}


def refuse_agreement(form: Form, fault: AgreementRefused) -> None:
    """Say in a form why it could not be stored, at the field it is about where there is one."""
    field, words = _REFUSED[fault.problem]
    form.add_error(field if field in form.fields else None, str(words))
