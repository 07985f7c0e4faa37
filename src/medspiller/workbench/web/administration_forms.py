"""The forms by which units and posts are opened, changed, moved and closed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.core.errors import InvalidInput
from medspiller.organisations.domain.details import NAME_LENGTH, UnitDetails
from medspiller.organisations.domain.kinds import UnitKind
from medspiller.ui.forms import DayField, Form

Choices = Sequence[tuple[str, Any]]


class UnitForm(Form):
    """What a unit is called and what it mainly does. `version` travels unseen with a form that changes one."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "off", "size": 40})
    )
    kind = forms.ChoiceField(label=_("Kind"), help_text=_("What the unit mainly does. It decides nothing else."))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: Sequence[tuple[UnitKind, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, name) for kind, name in kinds]  # type: ignore[attr-defined]

    @property
    def details(self) -> UnitDetails:
        """What was typed, for a new unit. Only for a valid form."""
        return UnitDetails(name=self.cleaned_data["name"], kind=UnitKind(self.cleaned_data["kind"]))

    def refuse(self, refusal: InvalidInput) -> None:
        """Show what the service found wrong at the fields it is about; the rest above them."""
        for name, problem in refusal.problems.items():
            self.add_error(name if name in self.fields else None, problem)


class NewUnitForm(UnitForm):
    """A unit that opens on a day."""

    opened_on = DayField(label=_("Open from"))


class MoveUnitForm(Form):
    """Where a unit is to belong."""

    parent_id = forms.TypedChoiceField(label=_("Part of"), coerce=UUID)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["parent_id"].choices = units  # type: ignore[attr-defined]


class CloseForm(Form):
    """The first day on which something is no more."""

    closed_from = DayField(label=_("Closed from"), help_text=_("The first day on which it is closed."))


class NewPostForm(Form):
    """A post, and the day it opens."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("For example: Nurse. Several posts may have the same title."),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 40}),
    )
    opened_on = DayField(label=_("Open from"))
