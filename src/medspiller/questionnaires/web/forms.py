"""The forms around the questionnaires: which to begin, how one is told the answers, and why answers are wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.questionnaires.domain.definition.audience import Subject
from medspiller.questionnaires.domain.states import ON_BEHALF, REASON_MOST, FormRefused, How, ReasonRefused
from medspiller.questionnaires.selectors import Offered, Other
from medspiller.questionnaires.web.wording import CONCERNS, FORMS, HOW, REASONS
from medspiller.ui.forms import Form


def _ways() -> list[tuple[str, str]]:
    return [(each.value, capfirst(str(HOW[each]))) for each in ON_BEHALF]


@dataclass(frozen=True, slots=True)
class Group:
    """Forms that are listed under one heading. `id` is where it stands on the page."""

    id: str
    heading: str
    forms: tuple[Offered, ...]


def grouped(offered: Iterable[Offered]) -> list[Group]:
    """Return forms by whom they are about, without groups that nothing stands in."""
    found = list(offered)
    groups = [
        Group(f"om-{each.value}", str(heading), tuple(form for form in found if form.concerns is each))
        for each, heading in CONCERNS.items()
    ]
    return [each for each in groups if each.forms]


class StartForm(Form):
    """
    What is asked before a questionnaire is begun: about whom it speaks, and how staff are told the answers.

    Which one was chosen from the list on the page before.
    """

    form = forms.ChoiceField(choices=[], required=False, widget=forms.HiddenInput)
    about = forms.ChoiceField(label=gettext_lazy("Who are you a carer for?"), choices=[], required=False)
    how = forms.ChoiceField(
        label=gettext_lazy("How do you get the answers?"),
        choices=_ways,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, offered: Sequence[Offered], others: Sequence[Other], asks_how: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.groups = grouped(offered)
        self.fields["form"].choices = [(each.url, each.title) for each in offered]  # type: ignore[attr-defined]
        chosen = self["form"].value()
        self.chosen = next((each for each in offered if each.url == chosen), None)
        named = [(str(each.person_id), each.name or _("Somebody I am registered as close to")) for each in others]
        # Whom somebody is a carer for says nothing where they are asked for themselves.
        if named and (self.chosen is None or self.chosen.belongs_to is Subject.CARER):
            self.fields["about"].choices = [("", _("Not about one person")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["about"]
        if not asks_how:
            del self.fields["how"]
        elif "about" in self.fields:
            self.fields["about"].label = _("Who is the person a carer for, if the form is about that?")

    def clean(self) -> dict[str, Any]:
        if self.chosen is None:
            # Nothing else is asked yet.
            self.errors.clear()
            raise forms.ValidationError(str(FORMS["unknown" if self["form"].value() else "none"]))
        return self.cleaned_data

    @property
    def about_id(self) -> UUID | None:
        """Whom the answers speak of; None if nobody was chosen."""
        chosen = self.cleaned_data.get("about")
        return UUID(chosen) if chosen else None

    @property
    def told(self) -> How | None:
        """How staff are told; None for a citizen."""
        chosen = self.cleaned_data.get("how")
        return How(chosen) if chosen else None

    def refuse(self, refusal: FormRefused) -> None:
        """Say beside the field what is wrong."""
        name = refusal.problem if refusal.problem in ("about", "how") else ""
        self.add_error(name if name in self.fields else None, str(FORMS[refusal.problem]))


class AmendForm(Form):
    """How staff are told the new answers."""

    how = forms.ChoiceField(
        label=gettext_lazy("How do you get the answers?"),
        choices=_ways,
        widget=forms.RadioSelect,
    )


class WrongForm(Form):
    """Why finished answers are wrong, as staff say it; as whoever they belong to says it, where `is_own`."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it wrong?"),
        help_text=gettext_lazy("For example: about another person, or filled in twice. The person can read this."),
        max_length=REASON_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, is_own: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_own:
            self.fields["reason"].help_text = _(
                "For example: you filled it in twice. Those who follow you up can read this."
            )

    def refuse(self, refusal: ReasonRefused) -> None:
        """Say beside the field what is wrong."""
        self.add_error("reason", str(REASONS[refusal.problem]))
