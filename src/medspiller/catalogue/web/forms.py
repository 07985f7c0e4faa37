"""What readers fill in: words and filters, and what is wrong with an offer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from medspiller.catalogue.domain.feedback import MOST_LETTERS, Wrong
from medspiller.catalogue.domain.finding import Near
from medspiller.catalogue.domain.vocabulary import Condition, Need, Relation
from medspiller.catalogue.web import wording
from medspiller.ui.forms import Form

# Longer than anybody's sentence; what stands after it is not looked for.
LONGEST_QUERY = 200
OLDEST = 120
_ANY = gettext_lazy("Does not matter")


def _choices(words: Any) -> list[tuple[str, Any]]:
    return [("", _ANY), *((str(code), text) for code, text in words.items())]


class SearchField(forms.CharField):
    """Words to look for: cut where they are too long, and never refused."""

    def to_python(self, value: Any) -> str:
        """Return the words on one line."""
        return " ".join(str(value or "")[:LONGEST_QUERY].split())


class FindForm(Form):
    """Words and filters; all may be left open."""

    q = SearchField(label=gettext_lazy("What do you need help with?"), required=False)
    behov = forms.ChoiceField(label=gettext_lazy("What you need"), required=False)
    til = forms.ChoiceField(label=gettext_lazy("Who you are to the person you care for"), required=False)
    om = forms.ChoiceField(label=gettext_lazy("What it is about"), required=False)
    alder = forms.IntegerField(
        label=gettext_lazy("Your age"),
        required=False,
        min_value=0,
        max_value=OLDEST,
        error_messages={
            "invalid": gettext_lazy("Write your age as a whole number, for example 45."),
            "min_value": gettext_lazy("Write your age as a whole number, for example 45."),
            "max_value": gettext_lazy("Write your age as a whole number, for example 45."),
        },
        widget=forms.TextInput(),
    )
    sprak = forms.ChoiceField(label=gettext_lazy("Language you want to be helped in"), required=False)
    naer = forms.ChoiceField(
        label=gettext_lazy("How far away"),
        required=False,
        choices=[
            ("", _ANY),
            (Near.MUNICIPALITY.value, gettext_lazy("In my municipality")),
            (Near.COUNTY.value, gettext_lazy("In my municipality or county")),
            (Near.NATION.value, gettext_lazy("For all of Norway")),
        ],
    )
    sted = SearchField(label=gettext_lazy("Part of the municipality"), required=False)
    kveld = forms.BooleanField(label=gettext_lazy("In the evening"), required=False)
    digitalt = forms.BooleanField(label=gettext_lazy("By phone or online"), required=False)
    gratis = forms.BooleanField(label=gettext_lazy("Free"), required=False)
    anonymt = forms.BooleanField(label=gettext_lazy("You need not say who you are"), required=False)
    barn = forms.BooleanField(label=gettext_lazy("For children and teenagers"), required=False)
    alle = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, words in (
            ("behov", wording.NEEDS),
            ("til", wording.RELATIONS),
            ("om", wording.CONDITIONS),
            ("naer", None),
            ("sprak", {code: words for code, words in wording.LANGUAGES.items() if code != "nn"}),
        ):
            field = self.fields[name]
            if words:
                field.choices = _choices(words)  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = _("Choose one of the answers.")

    def asked(self) -> dict[str, Any]:
        """Return what can be looked for: what was refused is left out."""
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None, False)}

    def near(self) -> Near | None:
        """Return how far away it may be, if that matters."""
        chosen = self.cleaned_data.get("naer")
        return Near(chosen) if chosen else None

    def needs(self) -> frozenset[Need]:
        """Return the need that was chosen, if any."""
        chosen = self.cleaned_data.get("behov")
        return frozenset({Need(chosen)} if chosen else ())

    def relations(self) -> frozenset[Relation]:
        """Return the relation that was chosen, if any."""
        chosen = self.cleaned_data.get("til")
        return frozenset({Relation(chosen)} if chosen else ())

    def conditions(self) -> frozenset[Condition]:
        """Return the condition that was chosen, if any."""
        chosen = self.cleaned_data.get("om")
        return frozenset({Condition(chosen)} if chosen else ())


class WrongForm(Form):
    """What is wrong with an offer."""

    feil = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=[(each.value, words) for each, words in wording.WRONGS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong.")},
    )
    tekst = forms.CharField(
        label=pgettext_lazy("on a page of help", "What should it say?"),
        help_text=gettext_lazy("Do not write about your own or others' health, and no names."),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea,
    )

    def wrong(self) -> Wrong:
        """Return what was chosen."""
        return Wrong(self.cleaned_data["feil"])
