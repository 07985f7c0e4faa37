"""What somebody judges of a child's safety, what they did, and what came after a report."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.followup.domain.concerns import (
    REASON_MOST,
    ConcernDetails,
    ConcernInvalid,
    Consulted,
    Danger,
    Judgement,
    ParentsTold,
    ReportedHow,
    ReportedTo,
)
from medspiller.followup.templatetags.care_words import (
    CONSULTED,
    DANGERS,
    FEEDBACK,
    JUDGEMENTS,
    PARENTS_TOLD,
    REPORTED_HOW,
    REPORTED_TO,
    REPORTERS,
)
from medspiller.ui.forms import DayField, Form

_YES, _NO, _UNKNOWN = "ja", "nei", "vet-ikke"
_KNOWN = {_YES: True, _NO: False, _UNKNOWN: None}
_FIELDS = {
    "reason": "hvorfor",
    "consulted": "droftet",
    "consulted_on": "droftet_dag",
    "reported_on": "meldt",
    "look_again_on": "pa_nytt",
    "on": "dag",
}
_PROBLEMS = {
    "missing": _("Fill this in to go on."),
    "too_long": _("This is too long. Write it shorter, at most 4000 characters."),
    "ahead": _("Choose today or an earlier day. What lies ahead cannot have happened."),
    "past": _("Choose a day that has not passed."),
    "too_far": _("This day is too far away."),
    "nobody_and_somebody": _("Choose either nobody or those you discussed it with."),
    "before_report": _("This is before the day of the report."),
}


def _choices(words: Any, *, empty: Any = None) -> list[tuple[str, Any]]:
    first = [("", empty)] if empty is not None else []
    return [*first, *((each.value, said) for each, said in words.items())]


def _version() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReportForm(Form):
    """That it was reported: when, to whom, how."""

    meldt = DayField(label=_("On which day was it reported?"))
    meldt_til = forms.ChoiceField(label=_("To whom?"), choices=_choices(REPORTED_TO), widget=forms.RadioSelect)
    meldt_hvordan = forms.ChoiceField(label=_("How?"), choices=_choices(REPORTED_HOW), widget=forms.RadioSelect)
    version = _version()


class ConcernForm(Form):
    """What somebody judges. Everything but the judgement and the reason may be left open."""

    fare = forms.ChoiceField(
        label=_("Could the child be in danger right now?"),
        choices=_choices(DANGERS),
        widget=forms.RadioSelect,
        help_text=_("If so: call 112 first, and stay with the child if you can."),
    )
    rolle = forms.ChoiceField(
        label=_("In what role do you have this concern?"),
        required=False,
        choices=_choices(REPORTERS, empty=_("Choose")),
    )
    droftet = forms.MultipleChoiceField(
        label=_("Who have you discussed it with?"),
        required=False,
        choices=_choices(CONSULTED),
        widget=forms.CheckboxSelectMultiple,
    )
    droftet_dag = DayField(label=_("On which day did you discuss it?"), required=False)
    foreldre = forms.ChoiceField(
        label=_("Do the parents know that you are worried?"),
        choices=_choices(PARENTS_TOLD),
        widget=forms.RadioSelect,
    )
    vurdering = forms.ChoiceField(
        label=_("What is your judgement now?"),
        choices=_choices(JUDGEMENTS),
        widget=forms.RadioSelect,
        help_text=_("The judgement is yours. Nothing above decides it."),
    )
    hvorfor = forms.CharField(
        label=_("What did you see and hear, and why is this your judgement?"),
        max_length=REASON_MOST,
        help_text=_("Only what is needed. Write what was seen and said, before what you think it means."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    meldt = DayField(label=_("If reported: on which day?"), required=False)
    meldt_til = forms.ChoiceField(
        label=_("If reported: to whom?"), required=False, choices=_choices(REPORTED_TO, empty=_("Not reported"))
    )
    meldt_hvordan = forms.ChoiceField(
        label=_("If reported: how?"), required=False, choices=_choices(REPORTED_HOW, empty=_("Not reported"))
    )
    pa_nytt = DayField(
        label=_("When will you look at it again?"),
        required=False,
        help_text=_("If it is not reported. Leave this empty for a fortnight from now."),
    )
    skjema = forms.ChoiceField(
        label=_("Is it based on a form that was filled in?"),
        required=False,
        help_text=_("The form can then be read from here, by those who may read it."),
    )
    version = _version()

    def __init__(self, *args: Any, filled_in: Sequence[tuple[str, str]] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        if filled_in:
            self.fields["skjema"].choices = [("", _("No form")), *filled_in]  # type: ignore[attr-defined]
        else:
            del self.fields["skjema"]

    @property
    def response_id(self) -> UUID | None:
        """Return which answers it rests on, if any."""
        chosen = self.cleaned_data.get("skjema")
        return UUID(chosen) if chosen else None

    def details(self) -> ConcernDetails:
        """Return what was judged."""
        said = self.cleaned_data
        return ConcernDetails(
            judgement=Judgement(said["vurdering"]),
            reason=said["hvorfor"],
            danger=Danger(said["fare"]),
            role=said["rolle"],
            consulted=tuple(Consulted(each) for each in said["droftet"]),
            consulted_on=said["droftet_dag"],
            parents_told=ParentsTold(said["foreldre"]),
            reported_on=said["meldt"],
            reported_to=ReportedTo(said["meldt_til"]) if said["meldt_til"] else None,
            reported_how=ReportedHow(said["meldt_hvordan"]) if said["meldt_hvordan"] else None,
            look_again_on=said["pa_nytt"],
        )


class FeedbackForm(Form):
    """What came, and when."""

    hva = forms.ChoiceField(label=_("What have you heard back?"), choices=_choices(FEEDBACK), widget=forms.RadioSelect)
    dag = DayField(label=_("On which day?"))
    undersokelse = forms.ChoiceField(
        label=_("Is there an investigation?"),
        choices=[(_YES, _("Yes")), (_NO, _("No")), (_UNKNOWN, _("We do not know yet"))],
        widget=forms.RadioSelect,
    )
    saerlig = forms.BooleanField(
        label=_("It takes up to six months (a special case)"),
        required=False,
    )
    version = _version()

    def investigates(self) -> bool | None:
        """Return whether there is an investigation; None where that is not known."""
        return _KNOWN[self.cleaned_data["undersokelse"]]


class SettleForm(Form):
    """Why the concern is none any more."""

    hvorfor = forms.CharField(
        label=_("Why is it no longer a concern?"),
        max_length=REASON_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = _version()


FORMS: dict[str, type[Form]] = {"meldt": ReportForm, "svar": FeedbackForm, "avklart": SettleForm}


def details_of(before: ConcernDetails) -> dict[str, Any]:
    """Return what stands, to look at it again: the day of the last talk and of the next look are asked anew."""
    return {
        "rolle": before.role,
        "foreldre": before.parents_told.value,
        "droftet": [each.value for each in before.consulted],
        "droftet_dag": before.consulted_on,
        "meldt": before.reported_on,
        "meldt_til": before.reported_to.value if before.reported_to else "",
        "meldt_hvordan": before.reported_how.value if before.reported_how else "",
    }


def known_of(investigates: bool | None, *, special: bool) -> dict[str, Any]:
    """Return what is known of an investigation, for the form that is filled in when something has come."""
    answer = next(code for code, known in _KNOWN.items() if known is investigates)
    return {"undersokelse": answer, "saerlig": special}


def refuse_concern(form: Form, fault: ConcernInvalid) -> None:
    """Say at each field what is wrong with it."""
    for name, problem in fault.problems.items():
        field = _FIELDS.get(name, "")
        form.add_error(field if field in form.fields else None, str(_PROBLEMS[problem]))
