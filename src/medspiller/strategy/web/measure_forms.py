"""What is written down about a measure, and what owners tell of it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medspiller.core import clock
from medspiller.strategy.domain.inputs import IndicatorDetails
from medspiller.strategy.templatetags.strategy_words import LIGHTS, LINK_KINDS, SERVICES, STATUSES
from medspiller.strategy.web.forms import (
    YearsForm,
    codes,
    line_field,
    seen_field,
    text_field,
    version_field,
    year_field,
)
from medspiller.ui.forms import DayField, Form

OWNERS_MOST = 60
ADDRESS_MOST = 500
WORDS_MOST = 100


class MeasureForm(YearsForm):
    """A measure: what, when, for how much, with whom."""

    text = text_field(_("What is to be done?"), rows=3, required=True)
    from_year = year_field(_("First year"), help_text=_("Leave both open if it runs as long as the strategy."))
    to_year = year_field(_("Last year"))
    goals = forms.MultipleChoiceField(
        label=_("Which goals does it serve?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    deliverables = text_field(_("What will it lead to?"), rows=3, help_text=_("What can be seen when it is done."))
    partners = text_field(_("With whom?"), rows=2)
    budget = forms.IntegerField(
        label=_("Budget in whole kroner"),
        required=False,
        min_value=0,
        max_value=10**12,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write the amount with digits only.")},
    )
    funding = line_field(_("Where does the money come from?"))
    services = forms.MultipleChoiceField(
        label=_("Which services carry it out?"),
        required=False,
        choices=codes(SERVICES),
        widget=forms.CheckboxSelectMultiple,
    )
    learnt = text_field(_("What has been learnt?"), rows=3)
    version = version_field()
    seen = seen_field()

    def __init__(self, *args: Any, goals: Iterable[tuple[str, str]], **given: Any):
        super().__init__(*args, **given)
        self.fields["goals"].choices = list(goals)  # type: ignore[attr-defined]

    def written(self) -> dict[str, Any]:
        """Return the measure's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "seen", "goals")}

    def goal_ids(self) -> list[UUID]:
        """Return the goals that were ticked."""
        return [UUID(each) for each in self.cleaned_data["goals"]]


class OwnerForm(Form):
    """One owner: a name, and the unit it means. Without a name there is none."""

    name = line_field(pgettext_lazy("measure", "Owner"))
    unit = forms.ChoiceField(label=pgettext_lazy("owner of a measure", "Unit"), required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **given: Any):
        super().__init__(*args, **given)
        self.fields["unit"].choices = [("", _("No unit")), *units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take the unit's name for one that has none of its own."""
        asked: dict[str, Any] = super().clean() or {}
        if asked.get("unit") and not asked.get("name"):
            named = dict(self.fields["unit"].choices)  # type: ignore[attr-defined]
            asked["name"] = str(named.get(asked["unit"], ""))
        return asked


def owner_forms(
    data: Any, *, units: Sequence[tuple[str, str]], owners: Sequence[tuple[str, str]], room_for: int = 0
) -> list[OwnerForm]:
    """Return a form for each owner and two empty ones. `owners` are names with the id of a unit, or nothing."""
    asked = str(data.get("owners", "")) if data is not None else ""
    shown = int(asked) if asked.isdecimal() else len(owners) + 2
    count = max(1, min(shown + room_for, max(OWNERS_MOST, len(owners) + 2)))
    given = [*owners[:count], *[("", "")] * (count - len(owners))]
    return [
        OwnerForm(data, prefix=f"owner{at}", units=units, initial={"name": name, "unit": unit})
        for at, (name, unit) in enumerate(given)
    ]


def owners_of(rows: Iterable[OwnerForm]) -> list[tuple[str, UUID | None]]:
    """Return the owners that were written, in their order."""
    found = []
    for each in rows:
        if each.cleaned_data.get("name"):
            unit = each.cleaned_data.get("unit")
            found.append((each.cleaned_data["name"], UUID(unit) if unit else None))
    return found


class MoveForm(Form):
    """Which focus area a measure belongs to."""

    area = forms.ChoiceField(label=_("Which focus area?"))
    version = version_field()

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **given: Any):
        super().__init__(*args, **given)
        self.fields["area"].choices = list(areas)  # type: ignore[attr-defined]


class StopForm(Form):
    """Why a measure is stopped."""

    why = text_field(_("Why is it stopped?"), rows=3, required=True)


class ReportForm(Form):
    """How it goes with a measure."""

    status = forms.ChoiceField(label=_("How far has it come?"), choices=codes(STATUSES), widget=forms.RadioSelect)
    light = forms.ChoiceField(label=_("How is it going?"), choices=codes(LIGHTS), widget=forms.RadioSelect)
    text = text_field(
        _("Tell in a few words"), required=True, help_text=_("What has been done, and what has it led to?")
    )
    evidence = text_field(
        _("What shows it?"), rows=2, help_text=_("A figure, a report, minutes, a page: what others can look at.")
    )
    evidence_url = line_field(
        _("Where can it be read?"), most=ADDRESS_MOST, help_text=_("A web address that begins with https://")
    )
    deviation = text_field(_("What has not gone as planned, and why?"), rows=2)
    decision_needed = text_field(_("Does somebody have to decide something?"), rows=2)
    on = DayField(label=_("What date does this apply to?"))
    version = version_field()

    def __init__(self, *args: Any, **given: Any):
        super().__init__(*args, **given)
        self.fields["on"].initial = clock.today()

    def clean_evidence_url(self) -> str:
        """Refuse what no browser should open from here."""
        written: str = self.cleaned_data["evidence_url"].strip()
        if written and not written.startswith(("https://", "http://")):
            raise forms.ValidationError(_("A web address begins with https://"))
        return written


class IndicatorForm(Form):
    """
    A figure that shows whether a measure helps: one that is computed, or one whose values are written down by hand.

    `computed` are those that can be chosen, by id and name; None where there is nothing to choose any more.
    """

    indicator = forms.ChoiceField(
        label=_("Is it calculated already?"),
        required=False,
        help_text=_("What Medspiller calculates from your own data is filled in automatically."),
    )
    name = line_field(
        _("What is counted or measured?"), help_text=_("Can be left open for an indicator that is calculated.")
    )
    definition = text_field(_("How is it counted?"), rows=2)
    unit_of_value = line_field(
        _("Measured in what?"), most=WORDS_MOST, help_text=_("Such as: people, per cent, weeks.")
    )
    target = forms.DecimalField(
        label=_("What do we aim for?"),
        required=False,
        localize=True,
        max_digits=16,
        decimal_places=4,
        error_messages={"invalid": _("Write a number.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    seen = seen_field()

    def __init__(self, *args: Any, computed: Sequence[tuple[str, str]] | None, **given: Any):
        super().__init__(*args, **given)
        if computed:
            self.fields["indicator"].choices = [("", _("No, its values are written by hand")), *computed]  # type: ignore[attr-defined]
            return
        del self.fields["indicator"]
        self.fields["name"].required, self.fields["name"].help_text = True, ""

    def clean(self) -> dict[str, Any]:
        """Take the name of a computed indicator for one that has none of its own."""
        asked: dict[str, Any] = super().clean() or {}
        if "name" in asked and not asked["name"]:
            if not asked.get("indicator"):
                self.add_error("name", str(_("Write something here.")))
            else:
                asked["name"] = str(dict(self.fields["indicator"].choices)[asked["indicator"]])  # type: ignore[attr-defined]
        return asked

    def details(self, *, indicator: str = "") -> IndicatorDetails:
        """Return what was written, of the computed `indicator` where none could be chosen."""
        asked = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return IndicatorDetails(**{"indicator": indicator, **asked})


class ValueForm(Form):
    """One value, for which time, and where it is from."""

    value = forms.DecimalField(
        label=_("Value"),
        localize=True,
        max_digits=16,
        decimal_places=4,
        error_messages={"invalid": _("Write a number.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    first_day = DayField(label=_("First day it is for"))
    last_day = DayField(
        label=_("Last day it is for"), help_text=_("If the value is for one day only, choose the same day.")
    )
    source = line_field(_("Where is it from?"), required=True, most=ADDRESS_MOST)

    def clean(self) -> dict[str, Any]:
        """Refuse days that run backwards."""
        asked: dict[str, Any] = super().clean() or {}
        first, last = asked.get("first_day"), asked.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", str(_("The last day cannot be before the first.")))
        return asked


class LinkSearchForm(Form):
    """What to look for, and among which things."""

    slag = forms.ChoiceField(
        label=_("What kind?"), choices=[each for each in codes(LINK_KINDS) if each[0] != "indicator"]
    )
    q = forms.CharField(label=_("Words or number"), required=False, max_length=WORDS_MOST)


class WrittenLinkForm(Form):
    """Something that no list here has, such as a course."""

    label = line_field(_("What is it called?"), required=True)
    address = line_field(_("Where can it be read?"), help_text=_("A web address that begins with https://"))

    def clean_address(self) -> str:
        """Refuse what no browser should open from here."""
        written: str = self.cleaned_data["address"].strip()
        if written and not written.startswith("https://"):
            raise forms.ValidationError(_("A web address begins with https://"))
        return written
