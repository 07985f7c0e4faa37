"""Consents of a person: all of them, one, a new one, a narrower one, none any more, and the paper."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.organisations import selectors as organisations
from medspiller.people import selectors, services
from medspiller.people.domain.consents import (
    NOTE_MOST,
    RECEIVER_MOST,
    AlreadyWithdrawn,
    ConsentDecision,
    ConsentDetails,
    ConsentInvalid,
    ConsentTopic,
    NotNarrower,
    Obtained,
)
from medspiller.people.domain.scans import SIZE_MOST, FileRefused
from medspiller.people.selectors import SeenConsent
from medspiller.people.web.acting import acting, end_of, paper_file
from medspiller.people.web.wording import CONSENT_DECISIONS, CONSENT_TOPICS, OBTAINED, PROBLEMS
from medspiller.ui.forms import DayField, Form

# What a patient decides that a carer may know; the others are about oneself, and told to units and schools.
OF_PATIENTS = (ConsentTopic.HEALTH, ConsentTopic.DAILY_LIFE, ConsentTopic.SERVICES, ConsentTopic.PLAN)
_MOST_YEARS = timedelta(days=366 * 30)
FILES: dict[str, Promise] = {
    "empty": gettext_lazy("The file is empty."),
    "too_large": gettext_lazy("The file is larger than 5 MB."),
    "not_allowed": gettext_lazy("The file must be a PDF, PNG or JPEG."),
    "harmful": gettext_lazy("The file was not kept: there may be something harmful in it."),
}


class ConsentForm(Form):
    """What somebody decided that a carer, a unit or somebody outside may know of them."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What does the person say?"),
        choices=[(each.value, words) for each, words in CONSENT_DECISIONS.items()],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What is it about?"), choices=[], widget=forms.CheckboxSelectMultiple
    )
    unit = forms.ChoiceField(label=gettext_lazy("Which unit?"), required=False)
    other = forms.CharField(
        label=gettext_lazy("Or somebody outside the municipality"),
        required=False,
        max_length=RECEIVER_MOST,
        help_text=gettext_lazy("For example a school. Not the name of a private person."),
    )
    obtained = forms.ChoiceField(
        label=gettext_lazy("How do you know?"),
        choices=[(each.value, OBTAINED[each]) for each in Obtained if each is not Obtained.ELECTRONIC],
        widget=forms.RadioSelect,
    )
    obtained_note = forms.CharField(
        label=gettext_lazy("Who said it, if not the person"), required=False, max_length=NOTE_MOST
    )
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave empty if it has no end.")
    )
    review_on = DayField(
        label=gettext_lazy("Go through it again on"),
        required=False,
        help_text=gettext_lazy("Leave empty for one year from now."),
    )

    def __init__(self, *args: Any, topics: tuple[ConsentTopic, ...], units: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = [(each.value, CONSENT_TOPICS[each]) for each in topics]  # type: ignore[attr-defined]
        if units:
            self.fields["unit"].choices = [("", _("None")), *units]  # type: ignore[attr-defined]
        else:
            del self.fields["unit"], self.fields["other"]

    def clean_last_day(self) -> Any:
        """Refuse a day so far ahead that no calendar of ours has it."""
        return _within_reach(self.cleaned_data["last_day"])

    def details(self, *, to_person_id: UUID | None) -> ConsentDetails:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        return ConsentDetails(
            topics=frozenset(map(ConsentTopic, typed["topics"])),
            to_person_id=to_person_id,
            to_unit_id=UUID(typed["unit"]) if typed.get("unit") else None,
            to_other=typed.get("other", ""),
            decision=ConsentDecision(typed["decision"]),
            obtained=Obtained(typed["obtained"]),
            obtained_note=typed["obtained_note"],
            ends_at=end_of(typed["last_day"]) if typed["last_day"] else None,
            review_on=typed["review_on"],
        )

    def refuse(self, problems: dict[str, str]) -> None:
        """Say beside each field what is wrong with it."""
        names = {"receiver": "unit", "ends_at": "last_day", "starts_at": None}
        for field, code in problems.items():
            name = names.get(field, field)
            self.add_error(name if name in self.fields else None, str(PROBLEMS[field, code]))


class NarrowForm(Form):
    """What is left of a consent."""

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What may still be told?"), choices=[], widget=forms.CheckboxSelectMultiple
    )
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave empty if it has no end.")
    )

    def __init__(
        self,
        *args: Any,
        before: SeenConsent,
        words: Mapping[ConsentTopic, Promise] = CONSENT_TOPICS,
        **kwargs: Any,
    ):
        kwargs.setdefault("initial", {"topics": [each.value for each in before.topics], "last_day": _last_day(before)})
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = [(each.value, words[each]) for each in before.topics]  # type: ignore[attr-defined]

    def clean_last_day(self) -> Any:
        """Refuse a day so far ahead that no calendar of ours has it."""
        return _within_reach(self.cleaned_data["last_day"])


class ScanForm(Form):
    """The paper."""

    paper = forms.FileField(
        label=gettext_lazy("The signed paper"), help_text=gettext_lazy("PDF, PNG or JPEG, at most 5 MB.")
    )


@requires("people.edit_consent")
def consents(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show all that a person has decided about what may be told of them."""
    found = selectors.consents(actor=acting(request), owner_id=person_id)
    shown = {"person_id": person_id, "consents": [_in_words(each) for each in found], "columns": _columns()}
    return render(request, "people/consents.html", shown)


@requires("people.edit_consent", methods=("GET", "POST"))
def new_consent(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take down what somebody lets a unit, or somebody outside, know of them."""
    seen = selectors.person(actor=acting(request), person_id=person_id)
    open_units = organisations.units(actor=acting(request), on=clock.today()).values_list("id", "name")
    units = [(str(unit_id), name) for unit_id, name in open_units]
    form = ConsentForm(request.POST or None, topics=tuple(ConsentTopic), units=units)
    return _taken_down(request, form, person_id, None, seen.name, "")


@requires("people.edit_consent", methods=("GET", "POST"))
def carer_consent(request: HttpRequest, person_id: UUID, carer_id: UUID) -> HttpResponse:
    """Take down what a patient lets one carer know of them."""
    found = selectors.carer_page(actor=acting(request), patient_id=person_id, carer_id=carer_id)
    form = ConsentForm(request.POST or None, topics=OF_PATIENTS, units=[])
    carer_name = found.carer_name or _("A carer with a protected address")
    return _taken_down(request, form, person_id, carer_id, found.patient_name, carer_name)


def _taken_down(
    request: HttpRequest, form: ConsentForm, person_id: UUID, carer_id: UUID | None, name: str, carer_name: str
) -> HttpResponse:
    shown = {"form": form, "person_id": person_id, "carer_id": carer_id, "name": name, "carer_name": carer_name}
    if request.method != "POST":
        return render(request, "people/consent_form.html", shown)
    if not form.is_valid():
        return render(request, "people/consent_form.html", shown, status=422)
    try:
        details = form.details(to_person_id=carer_id)
        services.give_consent(actor=acting(request), owner_id=person_id, details=details)
    except ConsentInvalid as refusal:
        form.refuse(refusal.problems)
        return render(request, "people/consent_form.html", shown, status=422)
    messages.success(request, _("It is written down, and applies from now on."))
    if carer_id is None:
        return redirect("people:consents", person_id)
    return redirect("people:carer", person_id, carer_id)


@requires("people.edit_consent")
def consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Show one consent, with what can be done about it."""
    return _one(request, consent_id, ScanForm())


@requires("people.edit_consent", methods=("GET", "POST"))
def narrow_consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take down that less may be told than before."""
    before = selectors.consent(actor=acting(request), consent_id=consent_id)
    form = NarrowForm(request.POST or None, before=before)
    shown = {"consent": before, "form": form}
    if request.method != "POST":
        return render(request, "people/consent_narrow.html", shown)
    if form.is_valid():
        try:
            topics, last_day = form.cleaned_data["topics"], form.cleaned_data["last_day"]
            made = services.narrow_consent(
                actor=acting(request),
                consent_id=consent_id,
                topics=frozenset(map(ConsentTopic, topics)),
                ends_at=end_of(last_day) if last_day else None,
            )
        except NotNarrower:
            form.add_error("topics", _("Remove something, or choose an earlier last day."))
        except ConsentInvalid as refusal:
            for problem in refusal.problems.items():
                form.add_error("last_day", str(PROBLEMS[problem]))
        except AlreadyWithdrawn:
            return _one(request, consent_id, ScanForm(), status=409)
        else:
            messages.success(request, _("From now on less may be told."))
            return redirect("people:consent", made.id)
    return render(request, "people/consent_narrow.html", shown, status=422)


@requires("people.edit_consent", methods=("POST",))
def withdraw_consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """End a consent at once; 409 when it was ended before."""
    try:
        services.withdraw_consent(actor=acting(request), consent_id=consent_id)
    except AlreadyWithdrawn:
        return _one(request, consent_id, ScanForm(), status=409)
    messages.success(request, _("The consent is withdrawn. It no longer applies from this moment."))
    return redirect("people:consent", consent_id)


@requires("people.edit_consent", methods=("POST",))
def add_scan(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Keep the paper a consent was signed on."""
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return _one(request, consent_id, form, status=422)
    paper = form.cleaned_data["paper"]
    try:
        if paper.size > SIZE_MOST:
            raise FileRefused("too_large")
        services.add_scan(actor=acting(request), consent_id=consent_id, content=paper.read())
    except FileRefused as refusal:
        form.add_error("paper", str(FILES[refusal.problem]))
        return _one(request, consent_id, form, status=422)
    messages.success(request, _("The paper is kept, sealed."))
    return redirect("people:consent", consent_id)


@requires("people.edit_consent")
def scan(request: HttpRequest, scan_id: UUID) -> HttpResponse:
    """Give the paper as a file to keep, which no browser opens as a page of ours."""
    found, content = selectors.scan(actor=acting(request), scan_id=scan_id)
    return paper_file(found, content)


def _one(request: HttpRequest, consent_id: UUID, form: ScanForm, *, status: int = 200) -> HttpResponse:
    found = selectors.consent(actor=acting(request), consent_id=consent_id)
    shown = {**_in_words(found), "form": form, "too_late": status == 409, "scanned": bool(settings.UPLOAD_SCANNER)}
    return render(request, "people/consent.html", shown, status=status)


def _in_words(each: SeenConsent) -> dict[str, Any]:
    return {
        "consent": each,
        "receiver": each.receiver or _("A carer with a protected address"),
        "topics": [CONSENT_TOPICS[topic] for topic in each.topics],
        "decision": CONSENT_DECISIONS[each.decision],
        "obtained": OBTAINED[each.obtained],
        "last_day": _last_day(each),
    }


def _columns() -> list[str]:
    return [_("Who may know"), _("What they say"), _("About what"), _("From"), _("In force now")]


def _last_day(each: SeenConsent) -> Any:
    return clock.day_of(each.ends_at - timedelta(microseconds=1)) if each.ends_at else None


def _within_reach(day: Any) -> Any:
    if day is not None and day > clock.today() + _MOST_YEARS:
        raise forms.ValidationError(_("Choose an earlier day, or leave it empty."))
    return day
