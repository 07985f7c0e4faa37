"""Which units follow a person up: all of them, one more, and one no more."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.people import policies, selectors, services
from medspiller.people.domain.informing import StillToBeTold
from medspiller.people.domain.involvements import (
    HAND_ON_MOST,
    AlreadyClosed,
    AlreadyInvolved,
    EndBeforeStart,
    HandOnRefused,
    InvolvementBasis,
)
from medspiller.people.selectors import PersonInvolvements, SeenInvolvement
from medspiller.people.web.acting import acting, end_of
from medspiller.people.web.family_forms import Refusable
from medspiller.people.web.family_wording import problem
from medspiller.people.web.wording import BASES
from medspiller.ui.forms import DayField

_MOST_YEARS = timedelta(days=366 * 30)
_OFFERED = [(each.value, words) for each, words in BASES.items() if each is not InvolvementBasis.EMERGENCY_CONTACT]


class InvolveForm(Refusable):
    """A unit that is to follow somebody up: one's own, or another that is asked to."""

    unit = forms.ChoiceField(label=gettext_lazy("Which unit?"))
    basis = forms.ChoiceField(label=gettext_lazy("What for?"), choices=_OFFERED, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why the other unit should"),
        required=False,
        max_length=HAND_ON_MOST,
        help_text=gettext_lazy("Only if it is not your own unit. They read this. Write about this person only."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )

    def __init__(self, *args: Any, own: Iterable[tuple[UUID, str]], others: Iterable[tuple[UUID, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._own = {str(unit_id) for unit_id, _name in own}
        offered = [(str(unit_id), name) for unit_id, name in (*own, *others)]
        self.fields["unit"].choices = offered  # type: ignore[attr-defined]
        if not others:
            del self.fields["reason"]

    @property
    def unit_id(self) -> UUID:
        """The unit that was chosen, one of those offered."""
        return UUID(self.cleaned_data["unit"])

    @property
    def is_own(self) -> bool:
        """Whether it is one of the actor's own."""
        return self.cleaned_data["unit"] in self._own


class EndInvolvementForm(Refusable):
    """The last day on which a unit follows somebody up."""

    last_day = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave it empty to end it at once."),
    )

    def clean_last_day(self) -> date | None:
        """Refuse a day so far ahead that no calendar of ours has it."""
        day: date | None = self.cleaned_data["last_day"]
        if day is not None and day > clock.today() + _MOST_YEARS:
            raise forms.ValidationError(_("Choose an earlier day."))
        return day


@requires("people.view_person")
def involvements(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show which units follow a person up now, and which did."""
    found = selectors.involvements_of(actor=acting(request), person_id=person_id)
    shown = {
        "found": found,
        "now": _in_words(found.now),
        "earlier": _in_words(found.earlier),
        "columns": [_("Unit"), _("Why"), _("Since"), _("Until"), _("What you can do")],
        "may_open": bool(found.own_units) and (found.may_widen or found.may_hand_on),
    }
    return render(request, "people/involvements.html", shown)


@requires("people.open_involvement", methods=("GET", "POST"))
def open_involvement(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Let one of the actor's units follow a person up, or ask another; 422 for what cannot be, 403 with the way on."""
    found = selectors.involvements_of(actor=acting(request), person_id=person_id)
    others = selectors.units_to_hand_on_to(actor=acting(request)) if found.may_hand_on else ()
    form = InvolveForm(request.POST or None, own=found.own_units, others=others)
    if request.method != "POST" or not form.is_valid():
        return _open_page(request, found, form, status=422 if request.method == "POST" else 200)
    try:
        _store(request, person_id, form)
    except AlreadyInvolved:
        form.add_error("unit", _("This unit follows the person up for that already."))
    except HandOnRefused as refusal:
        form.add_error("reason", problem(refusal.problem))
    except NotAllowed as refusal:
        if refusal.reason != policies.NOT_FOLLOWED_UP:
            raise
        # Told in plain words instead of by a page of refusal; it is in the access log all the same.
        request.refusal = refusal  # type: ignore[attr-defined]
        return _open_page(request, found, form, status=403, refused=True)
    else:
        messages.success(request, _("The unit follows the person up from now on."))
        return redirect("people:involvements", person_id)
    return _open_page(request, found, form, status=422)


def _store(request: HttpRequest, person_id: UUID, form: InvolveForm) -> None:
    chosen = {"person_id": person_id, "unit_id": form.unit_id, "basis": form.cleaned_data["basis"]}
    if form.is_own:
        services.open_involvement(actor=acting(request), **chosen)
    else:
        services.hand_on(actor=acting(request), **chosen, reason=form.cleaned_data["reason"])


def _open_page(
    request: HttpRequest, found: PersonInvolvements, form: InvolveForm, *, status: int, refused: bool = False
) -> HttpResponse:
    shown = {"found": found, "form": form, "refused": refused or not found.may_widen, "may_ask": found.may_hand_on}
    return render(request, "people/involvement_open.html", shown, status=status)


@requires("people.close_involvement", methods=("GET", "POST"))
def close_involvement(request: HttpRequest, involvement_id: UUID) -> HttpResponse:
    """End that a unit follows a person up; 422 for a day that cannot be, and where nobody is left to tell them."""
    actor = acting(request)
    seen = selectors.involvement_to_end(actor=actor, involvement_id=involvement_id)
    form = EndInvolvementForm(request.POST) if request.method == "POST" else EndInvolvementForm()
    shown = {"seen": seen, "why": BASES[seen.basis], "form": form}
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            at = end_of(last_day) if last_day else None
            services.close_involvement(actor=actor, involvement_id=involvement_id, at=at)
        except EndBeforeStart:
            form.add_error("last_day", _("The last day cannot be before today."))
        except AlreadyClosed:
            form.add_error("last_day", _("It ends no later than that already."))
        except StillToBeTold as refusal:
            shown["tell_by"] = refusal.due_on
        else:
            messages.success(request, _("The date when the unit stops following the person up has been saved."))
            return _back(request, seen.person_id)
    return render(request, "people/involvement_end.html", shown, status=422 if request.method == "POST" else 200)


def _back(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """To the same page, or to the list where the person is closed from now on."""
    actor = acting(request)
    known = selectors.mentioned(actor=actor, person_ids=[person_id], within=selectors.reach(actor=actor))
    return redirect("people:involvements", person_id) if person_id in known else redirect("people:person_list")


def _in_words(seen: Iterable[SeenInvolvement]) -> list[tuple[SeenInvolvement, str]]:
    return [(each, str(BASES[each.basis])) for each in seen]
