"""The forms of administration. What a period may be is the service's to say."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.access.domain.administration import REASON_LENGTH, latest_end
from medspiller.access.domain.reviews import NOTE_LENGTH
from medspiller.access.selectors.administration import HeldPost
from medspiller.access.templatetags.access_words import ROLES, role_name
from medspiller.core.errors import InvalidInput
from medspiller.core.periods import Period
from medspiller.ui.components.formats import short_day
from medspiller.ui.forms import DayField, Form

Choices = Sequence[tuple[str, Any]]
_ONE_DAY = timedelta(days=1)


class AdministrationForm(Form):
    """A form whose service answers in the names of columns; `shown_at` says which field each is shown at."""

    shown_at: dict[str, str] = {}

    def refuse(self, refusal: InvalidInput) -> None:
        """Show what the service found wrong at the fields it is about; the rest above them."""
        for name, problem in refusal.problems.items():
            field = self.shown_at.get(name, name)
            self.add_error(field if field in self.fields else None, problem)


class PeriodForm(AdministrationForm):
    """From a first day to a last one, which is included: that is how people say it."""

    shown_at = {"valid_from": "first_day", "valid_to": "last_day"}

    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), help_text=_("Included. At most five years after the first."))

    @property
    def period(self) -> Period:
        """The half-open period that was typed. Only for a valid form."""
        return Period(self.cleaned_data["first_day"], self.cleaned_data["last_day"] + _ONE_DAY)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that would hold no day."""
        typed = super().clean() or {}
        first, last = typed.get("first_day"), typed.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day must not be before the first."))
        return typed


class NewAccountForm(AdministrationForm):
    """A local account for somebody who has no work account to sign in with."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off", "size": 40})
    )
    email = forms.CharField(
        label=_("E-mail address"),
        help_text=_("They sign in with this address. Nothing is sent to it: you give them the link yourself."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email", "size": 40}),
    )


class AccountStateForm(AdministrationForm):
    """Why an account is closed, or opened again. `wanted` is what the page was about when it was shown."""

    wanted = forms.ChoiceField(choices=[("closed", ""), ("open", "")], widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("It is kept with the account's history. Do not write about anybody's health."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": REASON_LENGTH}),
    )


class ChangedWithinForm(Form):
    """From and to and with. Both may be left open."""

    fra = DayField(label=_("From"), required=False)
    til = DayField(label=_("Up to and including"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, and one whose last day has no day after it."""
        typed = super().clean() or {}
        since, until = typed.get("fra"), typed.get("til")
        if since and until and until < since:
            self.add_error("til", _("The last day cannot be before the first."))
        if until == date.max:
            self.add_error("til", _("Enter a real date."))
        return typed


class ReviewForm(AdministrationForm):
    """That a list has been gone through, for which unit, and what came of it."""

    unit_id = forms.TypedChoiceField(label=_("For which unit"), coerce=UUID)
    listed_on = DayField(label=_("Date on the list"))
    note = forms.CharField(
        label=_("What came of it"),
        help_text=_("For example how many roles were ended. It cannot be changed afterwards."),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LENGTH}),
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = units  # type: ignore[attr-defined]


class ChooseUnitForm(Form):
    """In which unit to look for a post."""

    enhet = forms.ChoiceField(label=_("In which unit"))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any):
        super().__init__(*args, auto_id="unit-%s", **kwargs)
        self.fields["enhet"].choices = units  # type: ignore[attr-defined]


class GivePostForm(PeriodForm):
    """Which of a unit's open posts, and for how long."""

    shown_at = {**PeriodForm.shown_at, "post": "post_id"}
    field_order = ("post_id", "first_day", "last_day")

    post_id = forms.TypedChoiceField(label=_("Post"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, posts: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices = posts  # type: ignore[attr-defined]


class GiveRoleForm(PeriodForm):
    """Which role, for which unit and all below it, and for how long: at most as long as the post."""

    shown_at = {**PeriodForm.shown_at, "unit": "unit_id"}
    field_order = ("role", "unit_id", "first_day", "last_day")

    role = forms.ChoiceField(
        label=_("Role"),
        help_text=_("What each role lets somebody do is listed under “Who may do what”."),
        widget=forms.RadioSelect,
        choices=list(ROLES.items()),
    )
    unit_id = forms.TypedChoiceField(
        label=_("For which unit"), help_text=_("The role applies to this unit and all below it."), coerce=UUID
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = units  # type: ignore[attr-defined]


class UntilForm(AdministrationForm):
    """A new last day for something that goes on."""

    shown_at = {"valid_to": "last_day"}

    last_day = DayField(label=_("New last day"), help_text=_("Included."))

    @property
    def until(self) -> date:
        """The first day on which it is over. Only for a valid form."""
        last: date = self.cleaned_data["last_day"]
        return last + _ONE_DAY


class ExtendPostForm(UntilForm):
    """A new last day for a post, and which of its roles go on with it."""

    grant_ids = forms.TypedMultipleChoiceField(
        label=_("Roles that go on"),
        help_text=_("Clear the tick from what is no longer needed."),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, held: HeldPost, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [(str(each.id), f"{role_name(each.role)}, {each.unit_name}") for each in held.roles_to_go_on]
        self.fields["grant_ids"].choices = choices  # type: ignore[attr-defined]
        self.fields["grant_ids"].initial = [grant_id for grant_id, _name in choices]
        if not choices:
            del self.fields["grant_ids"]


class ProviderForm(AdministrationForm):
    """
    What is agreed with a provider. The service answers in codes; `PROBLEMS` are their words.

    `version` is the one the form was filled from, and travels with it unseen.
    """

    kind = forms.ChoiceField(
        label=_("Who signs in here"),
        widget=forms.RadioSelect,
        choices=[("staff", _("Staff")), ("citizen", _("Carers, through ID-porten"))],
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("Shown on the button, for example: ID-porten, or Work account."),
        widget=forms.TextInput(attrs={"size": 40}),
    )
    issuer = forms.CharField(
        label=_("Issuer"),
        help_text=_("The provider's address, exactly as it writes it, for example https://idporten.no."),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "size": 50}),
    )
    client_id = forms.CharField(
        label=_("Client ID"),
        help_text=_("What the provider knows us by."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "size": 50}),
    )
    scopes = forms.CharField(
        label=_("Scopes"),
        help_text=_("With spaces between them. Must have openid."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "size": 40}),
    )
    acr_values = forms.CharField(
        label=_("Lowest levels that count (acr)"),
        required=False,
        help_text=_("With spaces between them. ID-porten: idporten-loa-substantial or idporten-loa-high."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "size": 50}),
    )
    amr_values = forms.CharField(
        label=_("Methods that count (amr)"),
        required=False,
        help_text=_("With spaces between them, for example: mfa hwk."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "size": 40}),
    )

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def seen_version(self) -> int:
        """The version that was changed here; 0, which no provider ever had, if the browser sent none."""
        return self.cleaned_data.get("version") or 0

    def refuse(self, refusal: InvalidInput) -> None:
        """Show what the service found wrong, in words."""
        words = {field: str(PROBLEMS.get(code, code)) for field, code in refusal.problems.items()}
        super().refuse(InvalidInput(words))


PROBLEMS = {
    "required": _("Fill this in to go on."),
    "too_long": _("This is too long."),
    "not_an_address": _("Write the whole web address, beginning with https://."),
    "needs_openid": _("One of the scopes must be openid."),
    "needs_substantial": _("For carers, name ID-porten's level substantial, high, or both."),
    "needs_acr_or_amr": _("For staff, name a level or a method: a password alone must not be enough."),
    "taken": _("There is already a provider with this issuer and client ID."),
    "other_kind": _("This issuer is registered for others. Staff and carers cannot sign in at the same one."),
    "fixed": _("This cannot be changed. Add a new provider instead."),
    "unreachable": _("The provider does not answer. Check the address, or try again later."),
    "nonsense": _("What the provider answered cannot be used. Check that the address is right."),
    "wrong_issuer": _("The provider says that it has another address. Write it exactly as the provider does."),
    "two_live": _("Two keys are in use already. Change the key instead: the oldest one then ends."),
    "last": _("This is the only key in use. Without it nobody could sign in: change the key instead."),
}


def longest(start: date, *, end: date | None) -> date:
    """Return the last day to suggest for something that begins on a day: the end of what it hangs on, or five years."""
    latest = latest_end(start)
    return (min(latest, end) if end else latest) - _ONE_DAY


def until_words(day: date) -> str:
    """Write a half-open end as people say it: with the last day."""
    return short_day(day - _ONE_DAY)
