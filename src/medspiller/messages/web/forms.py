"""What the list of notices is narrowed by."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspiller.core.clock import OSLO
from medspiller.messages.domain.notices import State
from medspiller.messages.selectors import Narrowed
from medspiller.messages.web.wording import STATES
from medspiller.ui.forms import DayField, Form


class NarrowForm(Form):
    """A state and a period; all may be left open."""

    tilstand = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *((state.value, words) for state, words in STATES.items())],
    )
    fra = DayField(label=_("From"), required=False)
    til = DayField(label=_("Up to and including"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        typed = super().clean() or {}
        since, until = typed.get("fra"), typed.get("til")
        if since and until and until < since:
            self.add_error("til", gettext("The last day cannot be before the first."))
        # The day after it must exist too.
        if until == date.max:
            self.add_error("til", gettext("Enter a real date."))
        return typed

    @property
    def narrowed(self) -> Narrowed:
        """What was asked for; everything if it was not understood."""
        if not self.is_valid():
            return Narrowed()
        typed = self.cleaned_data
        since, until = typed["fra"], typed["til"]
        return Narrowed(
            states=(State(typed["tilstand"]),) if typed["tilstand"] else (),
            since=_begins(since) if since else None,
            until=_begins(until + timedelta(days=1)) if until else None,
        )


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=OSLO)
