"""What is filled in to sign up."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspiller.signups.domain.who import Wish
from medspiller.signups.web.wording import problem
from medspiller.ui.forms import Form

YES, NO = "ja", "nei"


class SignUpForm(Form):
    """Name and one way to be reached, who it is for, and what the organiser should know."""

    name = forms.CharField(label=_("Your name"), required=False)
    contact = forms.CharField(label=_("Phone number or e-mail address"), required=False)
    may_message = forms.ChoiceField(
        label=_("Is it safe that we send a message there?"),
        required=False,
        initial=NO,
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
    )
    for_name = forms.CharField(label=_("Name of the one who comes"), required=False)
    needs = forms.CharField(
        label=_("Is there anything they should know to make it possible to come?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def wish(self) -> Wish:
        """Return what was filled in; the service says what is wrong with it."""
        self.full_clean()
        data: Mapping[str, Any] = self.cleaned_data
        return Wish(
            name=data.get("name", ""),
            contact=data.get("contact", ""),
            for_name=data.get("for_name", ""),
            needs=data.get("needs", ""),
            may_message=data.get("may_message") == YES,
            language=(get_language() or "")[:2],
        )

    def show(self, problems: Mapping[str, str]) -> None:
        """Show beside each field what the service said is wrong."""
        for field, code in problems.items():
            self.add_error(field, problem(field, code))
