"""What is typed on the pages of people. How long a text may be is the domain's to say."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspiller.audit.domain import Kind
from medspiller.people.domain.emergency import NOTE_MOST, REASON_MOST, Verdict
from medspiller.people.domain.persons import NAME_LENGTH, looks_like_person_number, number_digits
from medspiller.people.domain.questions import TEXT_MOST
from medspiller.people.selectors import Sought
from medspiller.people.web.wording import KINDS, VERDICTS
from medspiller.ui.forms import DayField, Form


class EmergencyForm(Form):
    """Whom to open, and why. Either the number, or the whole name and the birth date."""

    person_number = forms.CharField(
        label=_("National identity number"),
        required=False,
        help_text=_("11 digits. If you do not have it, use the name and the date of birth."),
        max_length=20,
    )
    given_name = forms.CharField(label=_("Given name"), required=False, max_length=NAME_LENGTH)
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=NAME_LENGTH)
    birth_date = DayField(label=_("Date of birth"), required=False)
    unit = forms.ChoiceField(label=_("Which unit are you acting for?"))
    reason = forms.CharField(
        label=_("Why do you have to see this person now?"),
        help_text=_("In a sentence or two. Your leader reads it, and the person can too, if they ask."),
        max_length=REASON_MOST,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
    )
    # Said anew each time.
    sure = forms.BooleanField(
        label=_("I need this to help the person, and it cannot wait"),
        widget=forms.CheckboxInput(attrs={"data-draft-keep": "no"}),
    )

    def __init__(self, *args: Any, units: list[tuple[UUID, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(str(unit_id), name) for unit_id, name in units]  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = str(units[0][0])

    def clean(self) -> dict[str, Any]:
        """Ask for one whole way to find somebody, and not for both."""
        typed = super().clean() or {}
        digits = number_digits(typed.get("person_number", ""))
        if digits:
            if not looks_like_person_number(digits):
                self.add_error("person_number", gettext("A national identity number has 11 digits."))
            return typed
        for name in ("given_name", "family_name", "birth_date"):
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, gettext("Fill in the name and the date of birth, or the number above."))
        return typed

    @property
    def sought(self) -> Sought:
        """Whom to look for; the number alone if there is one."""
        typed = self.cleaned_data
        if typed.get("person_number"):
            return Sought(person_number=number_digits(typed["person_number"]))
        return Sought(given_name=typed["given_name"], family_name=typed["family_name"], birth_date=typed["birth_date"])

    @property
    def unit_id(self) -> UUID:
        """The unit that was chosen, one of those offered."""
        return UUID(self.cleaned_data["unit"])


class ReviewForm(Form):
    """What the leader says of one emergency access."""

    verdict = forms.ChoiceField(
        label=_("Was it in order?"),
        choices=[(verdict.value, words) for verdict, words in VERDICTS.items()],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=NOTE_MOST,
        help_text=_("Needed if it was not in order: what was wrong, and what you have done about it."),
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )

    @property
    def said(self) -> Verdict:
        return Verdict(self.cleaned_data["verdict"])


class AnswerForm(Form):
    """The unit's answer to one question."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=TEXT_MOST,
        help_text=_("The person reads this on their own page. Do not write about anybody else."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
    )


class QuestionForm(Form):
    """What a person asks about one entry."""

    text = forms.CharField(
        label=_("What would you like to know?"),
        max_length=TEXT_MOST,
        help_text=_("For example: Why did you look at this? You need not give a reason for asking."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )


class PeriodForm(Form):
    """From and to and with. Both may be left open."""

    fra = DayField(label=_("From"), required=False)
    til = DayField(label=_("Up to and including"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        typed = super().clean() or {}
        since, until = typed.get("fra"), typed.get("til")
        if since and until and until < since:
            self.add_error("til", gettext("The last day cannot be before the first."))
        # The day after it must exist too.
        if until and until == date.max:
            self.add_error("til", gettext("Enter a real date."))
        return typed


class OwnLogForm(PeriodForm):
    """What somebody narrows their own log to."""

    hvem = forms.ChoiceField(
        label=_("Who did it"),
        required=False,
        choices=[("", _("Everybody, including you")), ("andre", _("Everybody except you"))],
    )
    hva = forms.ChoiceField(
        label=_("What was done"),
        required=False,
        choices=[("", _("Everything")), *((kind.value, words) for kind, words in KINDS.items())],
    )

    @property
    def kind(self) -> Kind | None:
        """The kind asked for; None for all."""
        value = self.cleaned_data.get("hva") if self.is_valid() else ""
        return Kind(value) if value else None
