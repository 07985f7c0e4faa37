"""What is written down about strategies and their parts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medspiller.core import clock
from medspiller.strategy.domain.vocabulary import FIRST_YEAR, LAST_YEAR, TEXT_MOST, TITLE_MOST
from medspiller.strategy.templatetags.strategy_words import BODIES, HAPPENED, LEVELS
from medspiller.ui.forms import DayField, Form

NAME_MOST = 200
ROLLS_MOST = 20
MARK_MOST = 64


def text_field(
    label: Any, *, rows: int = 4, help_text: Any = "", required: bool = False, most: int = TEXT_MOST
) -> forms.CharField:
    """Return room for a longer text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line_field(label: Any, *, help_text: Any = "", required: bool = False, most: int = TITLE_MOST) -> forms.CharField:
    """Return room for one line."""
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text)


def year_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.IntegerField:
    """Return room for a calendar year."""
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "5"}),
        error_messages={
            "invalid": _("Write a year with four digits."),
            "min_value": _("Write a year with four digits."),
            "max_value": _("Write a year with four digits."),
        },
    )


def version_field() -> forms.IntegerField:
    """Return the version that a page was shown with."""
    return forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"data-draft-keep": "yes"}))


def seen_field() -> forms.CharField:
    """Return the mark of the texts that a page was shown with."""
    hidden = forms.HiddenInput(attrs={"data-draft-keep": "yes"})
    return forms.CharField(required=False, max_length=MARK_MOST, widget=hidden)


def codes(table: Any, *, first: Any = None) -> list[tuple[str, Any]]:
    """Return the choices of a table of words, `first` before them for none."""
    choices = [(str(code), words) for code, words in table.items()]
    return choices if first is None else [("", first), *choices]


class YearsForm(Form):
    """From which year to which, both included."""

    def clean(self) -> dict[str, Any]:
        """Refuse years that run backwards."""
        asked: dict[str, Any] = super().clean() or {}
        first, last = asked.get("from_year"), asked.get("to_year")
        if first and last and last < first:
            self.add_error("to_year", str(_("The last year cannot be before the first.")))
        return asked


class StrategyForm(YearsForm):
    """Whose strategy it is, for which years, and who answers for it."""

    title = line_field(_("What is the strategy called?"), required=True)
    level = forms.ChoiceField(label=_("Whose strategy is it?"), choices=codes(LEVELS), initial="municipal")
    owner_name = line_field(_("The name of the municipality, county, trust or ministry"), required=True, most=NAME_MOST)
    from_year = year_field(_("First year"), required=True)
    to_year = year_field(_("Last year"), required=True)
    unit = forms.ChoiceField(
        label=_("Which unit is responsible for it?"),
        required=False,
        help_text=_("Measures that no owner has taken on go to this unit's work list."),
    )
    responsible = line_field(_("Who is responsible?"), help_text=_("A title, such as director of welfare."))
    rolls_every_years = forms.IntegerField(
        label=_("How many years between roll-overs?"),
        required=False,
        min_value=1,
        max_value=ROLLS_MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "3"}),
    )
    version = version_field()

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **given: Any):
        super().__init__(*args, **given)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]

    def written(self) -> dict[str, Any]:
        """Return what was written, by the strategy's own names."""
        asked = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "unit")}
        unit = self.cleaned_data["unit"]
        return {**asked, "unit_id": UUID(unit) if unit else None}


class AreaForm(Form):
    """One focus area."""

    title = line_field(_("What is the focus area called?"), required=True)
    text = text_field(_("What is it about?"))
    seen = seen_field()


class GoalForm(Form):
    """How it is to be."""

    text = text_field(_("How do we want it to be?"), rows=3, required=True)
    seen = seen_field()


class ApproachForm(Form):
    """How it is gone about."""

    text = text_field(_("How will we go about it?"), rows=3, required=True)
    seen = seen_field()


class LogForm(Form):
    """One line of who heard, commented or decided."""

    on = DayField(label=_("On which day?"))
    body = forms.ChoiceField(label=pgettext_lazy("political body", "Who?"), choices=codes(BODIES))
    body_name = line_field(
        _("Its own name"), most=NAME_MOST, help_text=_("Needed where you have chosen somebody else.")
    )
    what = forms.ChoiceField(label=_("What happened?"), choices=codes(HAPPENED))
    text = text_field(_("What did they say or decide?"), rows=3)

    def __init__(self, *args: Any, **given: Any):
        super().__init__(*args, **given)
        self.fields["on"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        """Ask for the name of somebody else."""
        asked: dict[str, Any] = super().clean() or {}
        if asked.get("body") == "other" and not asked.get("body_name"):
            self.add_error("body_name", str(_("Write who it was.")))
        return asked


class AdoptForm(Form):
    """Who decided a strategy, and when."""

    adopted_by = line_field(_("Who adopted it?"), required=True, most=NAME_MOST)
    adopted_on = DayField(label=_("On which day?"))
    version = version_field()


class RollOverForm(YearsForm):
    """The years of the next strategy."""

    from_year = year_field(_("First year"), required=True)
    to_year = year_field(_("Last year"), required=True)


class AskForm(Form):
    """By which day owners are to tell."""

    due_on = DayField(label=_("By which day?"))
