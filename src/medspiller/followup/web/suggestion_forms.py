"""What is written about a carer's needs, and what carers answer to a suggestion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.catalogue.domain.vocabulary import Need
from medspiller.followup.domain.suggesting import NOTE_MOST, SuggestionRefused
from medspiller.followup.templatetags.suggestion_words import DECLINED, NEEDS
from medspiller.ui.forms import DayField, Form

SEARCH_MOST = 100
_REFUSED = {
    "reason": ("grunn", _("Choose why not: the municipality learns from it.")),
    "day": ("dag", _("Choose a later day, within a year.")),
    "too_long": ("merknad", _("This is too long. Write it shorter, at most 1000 characters.")),
    "answer": (None, _("Choose an answer.")),
    "over": (None, _("This suggestion was taken back. It can no longer be answered.")),
    "there": (None, _("This is suggested already. Answer the one that is in the file.")),
    "unknown": (None, _("This offer is not in the catalogue any more. Search again.")),
}


def _note(help_text: Any, label: Any = None) -> forms.CharField:
    return forms.CharField(
        label=label or _("Anything to remember?"),
        required=False,
        max_length=NOTE_MOST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NeedForm(Form):
    """A need that was said in a talk."""

    behov = forms.ChoiceField(label=_("What would help the carer?"))

    def __init__(self, *args: Any, noted: frozenset[Need] = frozenset(), **kwargs: Any):
        super().__init__(*args, **kwargs)
        left = [(each.value, words) for each, words in NEEDS.items() if each not in noted]
        self.fields["behov"].choices = [("", _("Choose")), *left]  # type: ignore[attr-defined]


class SearchForm(Form):
    """Words of what is looked for among the offers."""

    q = forms.CharField(label=_("What are you looking for?"), required=False, max_length=SEARCH_MOST)


class ChosenForm(Form):
    """One of the offers that were found."""

    tilbud = forms.SlugField(widget=forms.HiddenInput, max_length=200)


class YesForm(Form):
    """Yes, with a word about it."""

    merknad = _note(_("For example who signs up, and when."))


class NoForm(Form):
    """No thanks, and why."""

    grunn = forms.ChoiceField(
        label=_("Why not?"),
        choices=[(each.value, words) for each, words in DECLINED.items()],
        widget=forms.RadioSelect,
    )
    merknad = _note(_("For example what would have suited."))


class LaterForm(Form):
    """When to ask again."""

    dag = DayField(label=_("When shall we ask again?"), help_text=_("A later day, within a year."))
    merknad = _note("")


class OwnYesForm(Form):
    """The carer's own yes."""

    merknad = _note(_("Those who follow you up will read it within two working days."), _("Do you want to say more?"))


class YoungYesForm(Form):
    """The yes of somebody under 18: no words, for nobody is there to read them the same evening."""


class OwnNoForm(Form):
    """The carer's own no, and why."""

    grunn = forms.ChoiceField(
        label=_("Why not?"),
        choices=[(each.value, words) for each, words in DECLINED.items()],
        widget=forms.RadioSelect,
        help_text=_("Your answer helps the municipality to see what is missing. It is counted without your name."),
    )
    merknad = _note(_("Those who follow you up will read it within two working days."), _("Do you want to say more?"))


class YoungNoForm(OwnNoForm):
    """The no of somebody under 18, and why."""

    merknad = None  # type: ignore[assignment]


class OwnLaterForm(Form):
    """When the carer wants to be asked again."""

    dag = DayField(label=_("When shall we ask you again?"), help_text=_("A later day, within a year."))
    merknad = _note(_("Those who follow you up will read it within two working days."), _("Do you want to say more?"))


class YoungLaterForm(OwnLaterForm):
    """When somebody under 18 wants to be asked again."""

    merknad = None  # type: ignore[assignment]


ANSWER_FORMS: dict[str, type[Form]] = {"ja": YesForm, "nei": NoForm, "senere": LaterForm}
OWN_ANSWER_FORMS: dict[str, type[Form]] = {"ja": OwnYesForm, "nei": OwnNoForm, "senere": OwnLaterForm}
YOUNG_ANSWER_FORMS: dict[str, type[Form]] = {"ja": YoungYesForm, "nei": YoungNoForm, "senere": YoungLaterForm}


def refuse_answer(form: Form, fault: SuggestionRefused) -> None:
    """Say in a form why an answer could not be stored, at the field it is about where there is one."""
    field, words = _REFUSED[fault.problem]
    form.add_error(field if field in form.fields else None, str(words))


def why_refused(fault: SuggestionRefused) -> str:
    """Write the same for a page without a form."""
    return str(_REFUSED[fault.problem][1])
