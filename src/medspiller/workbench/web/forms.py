"""What staff may say about their unit."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.core import telephones
from medspiller.core.errors import InvalidInput
from medspiller.organisations.domain.details import UnitDetails
from medspiller.ui.forms import Form, PhoneInput

LABELS = {
    "about": _("About the unit"),
    "opening_hours": _("Opening hours"),
    "phone": _("Phone number that anybody may call"),
    "notice": _("Notice to colleagues"),
}


class UnitForm(Form):
    """
    What a unit says of itself. How long a text may be is the service's to say.

    `version` is the one the form was filled from, and travels with it unseen.
    """

    notice = forms.CharField(
        label=LABELS["notice"],
        required=False,
        help_text=_("Shown at the top of the unit's page. Do not write about patients or carers here."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
    )
    about = forms.CharField(
        label=LABELS["about"],
        required=False,
        help_text=_("What you do, and for whom. In plain words: people outside the unit read this too."),
        widget=forms.Textarea(attrs={"rows": 6, "cols": 80}),
    )
    opening_hours = forms.CharField(
        label=LABELS["opening_hours"],
        required=False,
        help_text=_("As you would say it, for example: Monday to Friday 8–15.30."),
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
    )
    phone = forms.CharField(
        label=LABELS["phone"],
        required=False,
        help_text=_("Carers see it on their own page, also carers of units below that have no number of their own."),
        widget=PhoneInput,
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Give lines one kind of end, whichever browser sent them."""
        typed = super().clean() or {}
        return {name: "\n".join(text.splitlines()) for name, text in typed.items()}

    @property
    def seen_version(self) -> int:
        """The version that was changed here; 0, which no unit ever had, if the browser sent none."""
        version: str = self.cleaned_data.get("version", "")
        return int(version) if version.isdecimal() and len(version) < 10 else 0

    def over(self, details: UnitDetails) -> UnitDetails:
        """Return the details with what was typed here in place of what they say."""
        return replace(details, **{name: self.cleaned_data[name] for name in LABELS})

    def refuse(self, refusal: InvalidInput) -> None:
        """Show what the service found wrong at the fields it is about; the rest above them."""
        for name, problem in refusal.problems.items():
            self.add_error(name if name in self.fields else None, problem)


def filled(details: UnitDetails, *, version: int) -> UnitForm:
    """Return the form as it is before anything is typed."""
    return UnitForm(initial={"version": version, **{name: shown(name, getattr(details, name)) for name in LABELS}})


def shown(name: str, value: str) -> str:
    """Return what a field says, as it is read."""
    return telephones.written(value) if name == "phone" else value
