"""One carer of a patient: what may be told to them, why, what is missing, and that they were told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.people import selectors, services
from medspiller.people.domain.roles import FACTS
from medspiller.people.domain.telling import (
    FORMAL_LAW,
    PERIOD_LAW,
    Answer,
    Scope,
    Telling,
    complaint_period,
    formal_procedure_in_words,
    who_consents_in_words,
    who_decides_in_words,
)
from medspiller.people.domain.telling.complaints import Complaint
from medspiller.people.domain.told import ToldNoMore
from medspiller.people.selectors import CarerPage, InMatter, Tellings
from medspiller.people.web.acting import acting, end_of
from medspiller.people.web.wording import CIRCUMSTANCES
from medspiller.ui import navigation
from medspiller.ui.components.formats import day as day_in_words
from medspiller.ui.forms import DayField, Form

ANSWERS: Mapping[Answer, tuple[Promise, str]] = {
    Answer.MUST: (gettext_lazy("Yes, it is a right"), "success"),
    Answer.MAY: (gettext_lazy("Yes, it is allowed"), "success"),
    Answer.NO: (gettext_lazy("No"), "danger"),
    Answer.UNKNOWN: (gettext_lazy("We do not know enough"), "warning"),
}
SCOPES: Mapping[Scope, Promise] = {
    Scope.FULL: gettext_lazy("All of it"),
    Scope.NECESSARY_ONLY: gettext_lazy("Only what is necessary"),
    Scope.GENERAL_ONLY: gettext_lazy("Only what is general"),
    Scope.NONE: gettext_lazy("Nothing of it"),
}
COMPLAINTS: Mapping[Complaint, Promise] = {
    Complaint.PATIENT_RIGHTS: gettext_lazy("That the patient does not get what they have a right to"),
    Complaint.OWN_RIGHTS: gettext_lazy("Their own right to be told and to take part"),
    Complaint.OWN_SUPPORT: gettext_lazy("A decision about support for themselves"),
    Complaint.SUPERVISION: gettext_lazy("Ask the county governor to look into it"),
}
# What is missing → what is said of it, and the page where it is entered; empty where it is no page of ours.
_MISSING: Mapping[str, tuple[Promise, str]] = {
    "consent": (gettext_lazy("Write down what the patient says"), "people:carer_consent"),
    "competent": (gettext_lazy("Assess whether the patient can decide in this matter"), "people:decide_competence"),
    "emergency": (gettext_lazy("Write down that the situation calls for it"), "people:carer_circumstance"),
    "circumstances": (gettext_lazy("Write down your assessment"), "people:carer_circumstance"),
    "age": (gettext_lazy("Write down the patient's date of birth"), "people:person"),
    "patient_objects": (gettext_lazy("Ask the patient, and write down the answer"), "people:new_consent"),
    "roles": (gettext_lazy("Write down what role the carer has"), "people:person"),
}
MOST_AHEAD = timedelta(days=100 * 365)
_OF_A_CARER = frozenset({"people:carer_consent", "people:carer_circumstance"})


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that would change the answer, and where it is entered."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of a table as a page says it: the sentence first, the law behind a click."""

    about: str
    sentence: str
    word: str
    color: str
    scope: str
    law: tuple[str, ...]
    reservation: str
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a table says that is neither yes nor no: the sentence first, the law behind a click."""

    about: str
    sentence: str
    law: tuple[str, ...]


def said(telling: Telling, *, patient_id: UUID, carer_id: UUID | None = None, about: str = "") -> Said:
    """
    Return an answer in the language of the page, with links to where what is missing is entered.

    Without `carer_id` it is about no single carer.
    """
    language = get_language() or "nb"
    word, color = ANSWERS[telling.answer]
    return Said(
        about=about,
        sentence=telling.why.in_language(language),
        word=str(word),
        color=color,
        scope=str(SCOPES[telling.scope]),
        law=telling.law,
        reservation=telling.reservation.in_language(language) if telling.reservation else "",
        missing=tuple(_missing(name, patient_id, carer_id) for name in telling.missing if name in _MISSING),
    )


def said_of_each(found: Tellings) -> dict[UUID, Said]:
    """Return, for each carer, the sentence that stands beside the relation on the patient's page."""
    return {
        each.carer_id: said(each.health, patient_id=found.patient_id, carer_id=each.carer_id) for each in found.carers
    }


class DayForm(Form):
    """On which day the answers are to hold: for an old case, or for what is to come."""

    dato = DayField(label=gettext_lazy("On another day"), required=False)

    def clean_dato(self) -> date | None:
        """Accept a day within a lifetime from now: nobody knows the law, or who is who, after that."""
        day: date | None = self.cleaned_data["dato"]
        if day is not None and day > clock.today() + MOST_AHEAD:
            raise forms.ValidationError(_("Choose a day closer to today."))
        return day

    @property
    def day(self) -> date | None:
        """The day asked for, if it is another than today; None for now."""
        day = self.cleaned_data.get("dato") if self.is_valid() else None
        return day if day != clock.today() else None


class ToldForm(forms.Form):
    """What stood on the page when the button was pressed."""

    rule = forms.CharField(max_length=20)
    decision = forms.UUIDField(required=False)


@requires("people.view_person")
def carer(request: HttpRequest, person_id: UUID, carer_id: UUID) -> HttpResponse:
    """Show what may be told to one carer, now or on another day, by the law and the facts of that day."""
    form = DayForm(request.GET)
    try:
        return _page(request, person_id, carer_id, form, status=200 if form.is_valid() else 422)
    except NotFound:
        if form.day is None:
            raise
        form.add_error("dato", _("Nothing was registered about what they are to the patient on that day."))
        return _page(request, person_id, carer_id, form, status=422)


@requires("people.record_told", methods=("POST",))
def record_told(request: HttpRequest, person_id: UUID, carer_id: UUID) -> HttpResponse:
    """Write down that the carer was told; 409 when what the page said holds no more."""
    form = ToldForm(request.POST)
    if not form.is_valid():
        return _page(request, person_id, carer_id, DayForm({}), status=422)
    try:
        services.record_told(
            actor=acting(request),
            patient_id=person_id,
            carer_id=carer_id,
            rule=form.cleaned_data["rule"],
            decision_id=form.cleaned_data["decision"],
        )
    except ToldNoMore as refusal:
        changed = said(refusal.now, patient_id=person_id, carer_id=carer_id)
        return _page(request, person_id, carer_id, DayForm({}), status=409, changed=changed)
    messages.success(
        request, _("It is written down that the carer was told. What you said belongs in the health record.")
    )
    return redirect("people:carer", person_id, carer_id)


def _page(
    request: HttpRequest, person_id: UUID, carer_id: UUID, form: DayForm, *, status: int, changed: Said | None = None
) -> HttpResponse:
    day = form.day
    at = _last_moment_of(day) if day else None
    found = selectors.carer_page(actor=acting(request), patient_id=person_id, carer_id=carer_id, at=at)
    language = get_language() or "nb"
    one = found.telling
    shown: dict[str, Any] = {
        "found": found,
        "form": form,
        "day": day,
        "now": day is None,
        "to_come": day is not None and day > clock.today(),
        "may_write": found.may_edit and day is None,
        "changed": changed,
        "carer_name": found.carer_name or _("A carer with a protected address"),
        "roles": [FACTS[role].name.in_language(language) for role in one.roles],
        "general": _in_matter(found, one.general),
        "matters": [_in_matter(found, each) for each in one.in_matters],
        "circumstances": [(each, CIRCUMSTANCES[each.code]) for each in one.circumstances],
        # For whoever may open the carer too.
        "elsewhere": navigation.entries_about(request, carer_id, own_sake=found.follows_carer)
        if found.may_open_carer
        else [],
    }
    return render(request, "people/carer.html", shown, status=status)


def _in_matter(found: CarerPage, matter: InMatter) -> dict[str, Any]:
    def in_words(telling: Telling, about: str) -> Said:
        return said(telling, patient_id=found.patient_id, carer_id=found.carer_id, about=about)

    health = matter.health
    return {
        "decision": matter.decision,
        "presumed": matter.presumed,
        "health": in_words(health, _("Health information")),
        "may_be_told": bool(health.reach) and health.rule,
        "others": [
            in_words(matter.participation, _("Taking part")),
            in_words(matter.plan, _("Taking part in the individual plan")),
            in_words(matter.record_access, _("Reading the record")),
        ],
        "complaints": [in_words(matter.complaint(about), str(words)) for about, words in COMPLAINTS.items()],
        "deciding": _deciding(matter),
        "patient_may_not_decide": matter.case.patient.competent is not True,
        "procedure": _procedure(found.tellings.day),
    }


def _deciding(matter: InMatter) -> list[Rule]:
    """Who decides on the patient's health care, and whose yes lets others be told; of the living."""
    language, age, on = get_language() or "nb", matter.case.patient.age, matter.case.on
    decision, giver = matter.who_decides, matter.who_consents
    if decision is None or giver is None:
        return []
    decides = who_decides_in_words(decision, age=age, on=on)
    consents, law = who_consents_in_words(giver, age=age, on=on)
    return [
        Rule(_("Who decides about the health care"), decides.in_language(language), decision.law),
        Rule(_("Who says yes to sharing information"), consents.in_language(language), law),
    ]


def _procedure(day: date) -> list[Rule]:
    """How long a complaint is in time, and when a decision must be a formal one."""
    period = {"day": day_in_words(day), "last": day_in_words(complaint_period(known_from=day).last_day)}
    in_time = _(
        "Whoever gets to know of a decision on %(day)s can complain until %(last)s, that day included."
        " The period is four weeks."
    )
    formal = formal_procedure_in_words().in_language(get_language() or "nb")
    return [
        Rule(_("How long people can complain"), in_time % period, PERIOD_LAW),
        Rule(_("When support for carers needs a formal decision"), formal, FORMAL_LAW),
    ]


def _missing(name: str, patient_id: UUID, carer_id: UUID | None) -> Missing:
    words, route = _MISSING[name]
    arguments = [patient_id, carer_id] if route in _OF_A_CARER else [patient_id]
    return Missing(words=str(words), href=reverse(route, args=arguments))


def _last_moment_of(day: date) -> datetime:
    """What held when a day was over is what is asked of it."""
    return end_of(day) - timedelta(microseconds=1)
