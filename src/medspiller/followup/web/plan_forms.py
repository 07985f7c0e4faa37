"""What staff write in a plan."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.access.selectors import Colleague
from medspiller.core import clock
from medspiller.followup.domain.files import TEXT_MOST
from medspiller.followup.selectors import HolderElsewhere
from medspiller.pathways.domain.definition import Pathway, Step
from medspiller.pathways.selectors.words import event_name, in_words
from medspiller.ui.forms import DayField, Form

# Between a colleague and the other unit they work in.
_IN = "|"
_YES, _NO, _UNKNOWN = "ja", "nei", "vet-ikke"
ANSWERS: Mapping[str, bool | None] = {_YES: True, _NO: False, _UNKNOWN: None}
_CHOICES = [(_YES, _("Yes")), (_NO, _("No")), (_UNKNOWN, _("We do not know yet"))]


def _version() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


def _text(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=required, max_length=TEXT_MOST, help_text=help_text, widget=widget)


class StartPlanForm(Form):
    """Who holds a plan, from when, and what is known already of what the first phase asks."""

    til_hvem = forms.ChoiceField(label=_("Who holds the plan?"))
    om = forms.ChoiceField(
        label=_("Who does the carer care for?"),
        required=False,
        help_text=_("Anything about that person can be written in the plan only if you choose them here."),
    )
    startet = DayField(label=_("From which day?"))
    mal = _text(_("What does the carer hope it will lead to?"))

    def __init__(
        self,
        *args: Any,
        pathway: Pathway,
        colleagues: Sequence[Colleague],
        about: Sequence[tuple[str, str]],
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.fields["til_hvem"].choices = [("", _("Choose")), *((str(each.id), each.name) for each in colleagues)]  # type: ignore[attr-defined]
        self.fields["om"].choices = [("", _("It is about nobody else")), *about]  # type: ignore[attr-defined]
        self.fields["startet"].initial = clock.today()
        # What is asked later is asked later: whether it is enough belongs to no beginning.
        first = frozenset[str]().union(*(step.asks_about[0] for step in pathway.phases[0].steps))
        self._facts = {f"fakta-{name}": name for name in pathway.facts if name in first}
        for field, name in self._facts.items():
            self.fields[field] = forms.ChoiceField(
                label=in_words(pathway.facts[name]), choices=_CHOICES, initial=_UNKNOWN, widget=forms.RadioSelect
            )

    def started(self) -> dict[str, Any]:
        """Return what a plan is started with. What is not known is left out, never taken for no."""
        asked = self.cleaned_data
        told = {name: ANSWERS[asked[field]] for field, name in self._facts.items()}
        return {
            "holder_id": UUID(asked["til_hvem"]),
            "about_id": UUID(asked["om"]) if asked["om"] else None,
            "started_on": asked["startet"],
            "goal": asked["mal"],
            "facts": {name: value for name, value in told.items() if value is not None},
        }


class DoStepForm(Form):
    """That a step was done, when, and what came of it."""

    resultat = forms.ChoiceField(label=_("What came of it?"), widget=forms.RadioSelect)
    dag = DayField(label=_("On which day?"))
    merknad = _text(_("Anything to remember?"), help_text=_("Only about the carer."))
    version = _version()

    def __init__(self, *args: Any, step: Step, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["dag"].initial = clock.today()
        if step.results:
            self.fields["resultat"].choices = [(each.code, in_words(each.text)) for each in step.results]  # type: ignore[attr-defined]
        else:
            del self.fields["resultat"]


class SkipStepForm(Form):
    """Why a step is not to be done."""

    grunn = _text(_("Why is it not to be done?"), required=True)
    version = _version()


class FactForm(Form):
    """Whether something is so."""

    svar = forms.ChoiceField(choices=_CHOICES, widget=forms.RadioSelect)
    version = _version()

    def __init__(self, *args: Any, question: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["svar"].label = question


class EventForm(Form):
    """What has happened, or will, and when."""

    hendelse = forms.ChoiceField(label=_("What has happened?"))
    dag = DayField(
        label=_("On which day?"), help_text=_("The day may be in the future, for example for a planned discharge.")
    )
    version = _version()

    def __init__(self, *args: Any, events: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        named = sorted(((code, event_name(code)) for code in events), key=lambda pair: pair[1])
        self.fields["hendelse"].choices = [(code, f"{name[:1].upper()}{name[1:]}") for code, name in named]  # type: ignore[attr-defined]
        self.fields["dag"].initial = clock.today()


class PauseForm(Form):
    """Until when a plan rests, and why."""

    til = DayField(label=_("Until when?"))
    grunn = _text(_("Why is it paused?"), required=True)
    version = _version()


class ClosePlanForm(Form):
    """Why a plan ends."""

    arsak = forms.ChoiceField(label=_("Why does the plan end?"), widget=forms.RadioSelect)
    merknad = _text(_("How did it turn out?"))
    version = _version()

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["arsak"].choices = [(each.id, in_words(each.text)) for each in pathway.exits]  # type: ignore[attr-defined]


class GoalForm(Form):
    """What the carer wants from a plan."""

    mal = _text(_("What does the carer hope it will lead to?"))
    version = _version()


class AboutForm(Form):
    """For whom the carer cares, where the plan is about that."""

    om = forms.ChoiceField(
        label=_("Who does the carer care for?"),
        required=False,
        help_text=_("Anything about that person can be written in the plan only if you choose them here."),
    )
    version = _version()

    def __init__(self, *args: Any, about: Sequence[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["om"].choices = [("", _("It is about nobody else")), *about]  # type: ignore[attr-defined]


class PressedForm(Form):
    """Which state of a plan a button stood beside."""

    version = _version()

    @property
    def seen_version(self) -> int | None:
        """Return it; None where the page did not say."""
        return self.cleaned_data.get("version") if self.is_valid() else None


class HandoverForm(Form):
    """To whom a plan is offered, and why."""

    til_hvem = forms.ChoiceField(label=_("Which colleague?"))
    hvorfor = _text(_("What should they know?"), help_text=_("Only about the carer and the plan."))

    def __init__(
        self, *args: Any, colleagues: Sequence[Colleague], elsewhere: Sequence[HolderElsewhere] = (), **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        others = [(f"{each.id}{_IN}{each.unit_id}", f"{each.name} ({each.unit_name})") for each in elsewhere]
        near = [(str(each.id), each.name) for each in colleagues]
        self.fields["til_hvem"].choices = [("", _("Choose")), *near, *others]  # type: ignore[attr-defined]
        if others:
            self.fields["til_hvem"].help_text = _(
                "With a unit after the name: the carer has agreed that the unit may know about the plan. If "
                "the consent is withdrawn, the plan comes back here."
            )

    def to_whom(self) -> tuple[UUID, UUID | None]:
        """Return who was chosen, and in which other unit."""
        user_id, _in, unit_id = self.cleaned_data["til_hvem"].partition(_IN)
        return UUID(user_id), UUID(unit_id) if unit_id else None


class NewerVersionForm(Form):
    """Which version of a pathway was shown, of which state of the plan."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    til = forms.CharField(max_length=20, widget=forms.HiddenInput)


class AnswerHandoverForm(Form):
    """What is said to whoever asks."""

    merknad = _text(_("A word to your colleague"))
