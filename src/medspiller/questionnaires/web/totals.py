"""The page on which a total is entered, and what was entered before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.questionnaires.domain.library.instruments import (
    Certainty,
    Change,
    Direction,
    Instrument,
    OutOfRange,
    Respondent,
    in_language,
)
from medspiller.questionnaires.domain.library.totals import AlreadyWrong, NotEntered
from medspiller.questionnaires.domain.states import ReasonRefused
from medspiller.questionnaires.selectors import totals as selectors
from medspiller.questionnaires.selectors.totals import SeenTotal
from medspiller.questionnaires.services import totals as services
from medspiller.ui.forms import DayField, Form

ANSWER = "questionnaires.answer"

DIRECTIONS: Mapping[Direction, Promise] = {
    Direction.BETTER: gettext_lazy("Higher is better."),
    Direction.WORSE: gettext_lazy("Higher is a heavier burden."),
    Direction.MORE_CARING: gettext_lazy("Higher is more caring."),
}
CHANGES: Mapping[Change, Promise] = {
    Change.BETTER: gettext_lazy("Better than last time"),
    Change.WORSE: gettext_lazy("Worse than last time"),
    Change.MORE: gettext_lazy("More caring tasks than last time"),
    Change.LESS: gettext_lazy("Fewer caring tasks than last time"),
    Change.SMALL: gettext_lazy("A small difference that does not count as a change"),
    Change.NONE: gettext_lazy("As last time"),
}
RESPONDENTS: Mapping[Respondent, Promise] = {
    Respondent.CARER: gettext_lazy("Answered by the carer"),
    Respondent.CHILD: gettext_lazy("Answered by a child or young person. Never shown to them without an adult's plan."),
    Respondent.STAFF: gettext_lazy("Filled in by staff"),
}
REFUSALS: Mapping[str, Promise] = {
    "unknown": gettext_lazy("Choose one from the list."),
    "future": gettext_lazy("The day is still to come."),
    "too_old": gettext_lazy("The day is too long ago."),
}


class TotalForm(Form):
    """Which total, what it came to, and when."""

    total = forms.ChoiceField(label=gettext_lazy("What was used?"))
    value = forms.CharField(
        label=gettext_lazy("Total"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("A whole number. Leave it empty for an instrument without a score."),
    )
    measured_on = DayField(label=gettext_lazy("On which day was it answered?"))

    def __init__(self, *args: Any, known: Sequence[Instrument], **given: Any):
        super().__init__(*args, **given)
        language = _language()
        self.fields["total"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *(
                (f"{each.id} {scale.id}", _scale_name(each, scale.name, language))
                for each in sorted(known, key=lambda each: in_language(each.name, language))
                for scale in each.scales
            ),
        ]

    def clean_value(self) -> Decimal | None:
        """Read a whole number as people write one."""
        typed = str(self.cleaned_data["value"]).strip()
        if not typed:
            return None
        if not typed.isascii() or not typed.isdecimal():
            raise forms.ValidationError(_("Write a whole number."))
        return Decimal(typed)


class WrongForm(Form):
    """Why a total is wrong."""

    reason = forms.CharField(label=gettext_lazy("What is wrong with it?"), max_length=500)


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A total in words."""

    seen: SeenTotal
    name: str
    value: str
    band: str
    is_verified: bool
    change: str


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """What an instrument is about, and what one must know of it before one uses it."""

    name: str
    about: str
    attribution: str
    owner_link: str
    not_a_diagnosis: str
    missing: str
    respondent: str
    scales: tuple[str, ...]


@requires(ANSWER, methods=("GET", "POST"))
def totals(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show a person's totals, and take a new one in."""
    actor = _acting(request)
    known = selectors.instruments_to_enter(actor=actor)
    seen = selectors.totals_of(actor=actor, person_id=person_id)
    form = TotalForm(request.POST or None, known=known, initial={"measured_on": clock.today()})
    if request.method == "POST" and form.is_valid() and _entered(actor, person_id, form, known):
        messages.success(request, _("The total is kept. It is not a diagnosis: use it to talk together."))
        return redirect("questionnaires:totals", person_id)
    language = _language()
    shown = {
        "form": form,
        "subject": seen.subject,
        "lines": [_line(each, language) for each in seen.totals],
        "instruments": [_instrument(each, language) for each in known],
        "columns": [_("Day"), _("What was used"), _("Total"), _("What it may mean"), _("Entered by")],
    }
    return render(request, "questionnaires/totals/totals.html", shown, status=422 if request.method == "POST" else 200)


@requires(ANSWER, methods=("GET", "POST"))
def wrong(request: HttpRequest, person_id: UUID, total_id: UUID) -> HttpResponse:
    """Ask why a total is wrong, and mark it."""
    actor = _acting(request)
    seen = selectors.totals_of(actor=actor, person_id=person_id)
    line = next((each for each in seen.totals if each.id == total_id), None)
    if line is None:
        raise Http404
    form = WrongForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.mark_total_wrong(actor=actor, total_id=total_id, reason=form.cleaned_data["reason"])
        except ReasonRefused:
            form.add_error("reason", _("Say it in a few words."))
        except AlreadyWrong:
            messages.warning(request, _("It was marked as wrong before."))
            return redirect("questionnaires:totals", person_id)
        else:
            messages.success(request, _("It is marked as wrong, and nothing is compared with it."))
            return redirect("questionnaires:totals", person_id)
    shown = {"form": form, "subject": seen.subject, "line": _line(line, _language())}
    return render(request, "questionnaires/totals/wrong.html", shown, status=422 if request.method == "POST" else 200)


def _entered(actor: Actor, person_id: UUID, form: TotalForm, known: Sequence[Instrument]) -> bool:
    """Keep what the form says; where it is refused, say why at the field."""
    instrument_id, _space, total_id = form.cleaned_data["total"].partition(" ")
    url = next(each.url for each in known if each.id == instrument_id)
    value = form.cleaned_data["value"]
    try:
        services.record_total(
            actor=actor,
            person_id=person_id,
            instrument_url=url,
            total_id=total_id,
            value=value,
            measured_on=form.cleaned_data["measured_on"],
        )
    except OutOfRange as refusal:
        form.add_error("value", _range_told(refusal))
    except NotEntered as refusal:
        form.add_error("total" if refusal.problem == "unknown" else "measured_on", str(REFUSALS[refusal.problem]))
    else:
        return True
    return False


def _range_told(refusal: OutOfRange) -> str:
    if refusal.range is None:
        return _("This one has no score. Leave the total empty.")
    least, most = refusal.range
    return _("Write a whole number from %(least)s to %(most)s.") % {"least": f"{least:f}", "most": f"{most:f}"}


def _line(seen: SeenTotal, language: str) -> TotalLine:
    return TotalLine(
        seen=seen,
        name=_scale_name(seen.instrument, seen.scale.name, language),
        value=_value(seen),
        band=in_language(seen.band.label, language) if seen.band else "",
        is_verified=seen.band is None or seen.band.certainty is Certainty.READ,
        change=str(CHANGES[seen.change]) if seen.change else "",
    )


def _value(seen: SeenTotal) -> str:
    if seen.value is None or seen.scale.range is None:
        return _("No score")
    return _("%(value)s of %(most)s") % {
        "value": f"{seen.value.normalize():f}",
        "most": f"{seen.scale.range[1].normalize():f}",
    }


def _instrument(each: Instrument, language: str) -> InstrumentLine:
    return InstrumentLine(
        name=in_language(each.name, language),
        about=in_language(each.about, language),
        attribution=each.attribution,
        owner_link=each.owner_link or "",
        not_a_diagnosis=in_language(each.not_a_diagnosis, language),
        missing=in_language(each.missing_text, language),
        respondent=str(RESPONDENTS[each.respondent]),
        scales=tuple(_scale_told(scale, language) for scale in each.scales if scale.range and scale.higher),
    )


def _scale_told(scale: Any, language: str) -> str:
    least, most = scale.range
    told = _("%(name)s: %(least)s to %(most)s.") % {
        "name": in_language(scale.name, language),
        "least": f"{least:f}",
        "most": f"{most:f}",
    }
    unsure = "" if scale.certainty is Certainty.READ else " " + _("The range is not verified.")
    return f"{told} {DIRECTIONS[scale.higher]}{unsure}"


def _scale_name(each: Instrument, name: Mapping[str, str], language: str) -> str:
    whole = in_language(each.name, language)
    return f"{whole}: {in_language(name, language)}" if len(each.scales) > 1 else whole


def _language() -> str:
    return get_language() or "nb"


def _acting(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
