"""Making two entries one: finding the other, looking at both side by side, saying why; and undoing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.people import selectors, services
from medspiller.people.domain import merging as rules
from medspiller.people.domain.contacts import Channel, Gender
from medspiller.people.domain.merging import MergeRefused, Side, UndoRefused
from medspiller.people.selectors import EntryToMerge
from medspiller.people.web.acting import acting
from medspiller.people.web.duplicates import REASONS
from medspiller.people.web.family_wording import CHANNELS, GENDERS, spoken
from medspiller.ui.components.formats import day
from medspiller.ui.forms import Form

MERGE = "people.merge_persons"

LABELS: Mapping[str, Any] = {
    "given_name": gettext_lazy("Given name"),
    "family_name": gettext_lazy("Family name"),
    "birth_date": gettext_lazy("Date of birth"),
    "died_on": gettext_lazy("Date of death"),
    "gender": gettext_lazy("Gender, as the person says"),
    "language": gettext_lazy("Language the person wants to speak"),
    "needs_interpreter": gettext_lazy("Needs an interpreter"),
    "preferred_channel": gettext_lazy("Wants to be reached by"),
    "best_time": gettext_lazy("When it suits best"),
    "wants_notices": gettext_lazy("Wants reminders and notices from us"),
    rules.NUMBER: gettext_lazy("National identity number"),
}

PROBLEMS: Mapping[str, Promise] = {
    "same": gettext_lazy("These are one and the same entry."),
    "merged": gettext_lazy("One of the two has become part of another entry in the meantime."),
    "related": gettext_lazy(
        "They are registered as something to each other, or as speaking of each other. Then they are two people."
    ),
    "accounts": gettext_lazy("Both sign in to their own page. Talk to whoever runs Medspiller for you."),
    "ages": gettext_lazy("With this date of birth a child would be older than its parent. Choose the other date."),
    "both_ways": gettext_lazy(
        "One entry says the opposite of the other about who is whose parent. Correct that first."
    ),
    "no_reason": gettext_lazy("Write how you know that it is the same person."),
    "too_long": gettext_lazy("Write it shorter."),
    "undone": gettext_lazy("It has been undone already."),
    "merged_further": gettext_lazy("The person has become part of another entry since. Undo that first."),
    "changed": gettext_lazy(
        "Something that was merged has been changed since, so the two cannot be separated. "
        "Register the other person again instead."
    ),
}


class MergeForm(Form):
    """Which details stay, where the entries differ, and how it is known that they are one."""

    reason = forms.CharField(
        label=gettext_lazy("How do you know that it is the same person?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=rules.REASON_MOST,
    )

    def __init__(self, *args: Any, kept: EntryToMerge, gone: EntryToMerge, **given: Any):
        super().__init__(*args, **given)
        for name in rules.DETAILS:
            one, other = kept.details[name], gone.details[name]
            if one != other and one not in ("", None) and other not in ("", None):
                self._ask(name, _words(name, one), _words(name, other))
        if kept.has_number and gone.has_number:
            self._ask(
                rules.NUMBER,
                _("the number of the entry that stays"),
                _("the number of the entry that becomes part of it"),
            )

    def _ask(self, name: str, one: str, other: str) -> None:
        choices = [(Side.KEPT.value, one), (Side.GONE.value, other)]
        self.fields[name] = forms.ChoiceField(
            label=LABELS[name], choices=choices, widget=forms.RadioSelect, initial=Side.KEPT.value
        )

    @property
    def asked(self) -> list[Any]:
        return [self[name] for name in self.fields if name != "reason"]

    @property
    def choices(self) -> dict[str, Side]:
        """What was chosen, by detail."""
        return {name: Side(value) for name, value in self.cleaned_data.items() if name != "reason"}


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One detail of both entries, in words."""

    label: Promise
    kept: str
    gone: str
    differs: bool


@requires(MERGE)
def choose(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show who may be the same person, and what was merged before."""
    person, likely = selectors.likely_same(actor=acting(request), person_id=person_id)
    shown = {
        "person": person,
        "likely": [(each, [REASONS[reason] for reason in each.reasons]) for each in likely],
        "merges": selectors.merges_of(actor=acting(request), person_id=person_id),
    }
    return render(request, "people/merge_choose.html", shown)


@requires(MERGE, methods=("GET", "POST"))
def merge(request: HttpRequest, person_id: UUID, gone_id: UUID) -> HttpResponse:
    """Show two entries side by side, and make them one; 422 where they cannot be."""
    try:
        kept, gone = selectors.entries_to_merge(actor=acting(request), kept_id=person_id, gone_id=gone_id)
    except MergeRefused:
        return redirect("people:merge_choose", person_id)
    form = MergeForm(request.POST or None, kept=kept, gone=gone)
    if request.method == "POST" and form.is_valid():
        try:
            services.merge_persons(
                actor=acting(request),
                kept_id=person_id,
                gone_id=gone_id,
                reason=form.cleaned_data["reason"],
                choices=form.choices,
            )
        except MergeRefused as refusal:
            field = "reason" if refusal.problem in ("no_reason", "too_long") else None
            form.add_error(field, str(PROBLEMS[refusal.problem]))
        else:
            messages.success(request, _("The two entries are merged."))
            return redirect("people:person", person_id)
    lines = [
        ComparedLine(
            label=LABELS[name],
            kept=_words(name, kept.details[name]),
            gone=_words(name, gone.details[name]),
            differs=kept.details[name] != gone.details[name],
        )
        for name in rules.DETAILS
    ]
    shown = {
        "kept": kept,
        "gone": gone,
        "form": form,
        "lines": lines,
        "columns": [_("What"), _("The entry that stays"), _("Becomes part of it")],
    }
    return render(request, "people/merge.html", shown, status=422 if request.method == "POST" else 200)


@requires(MERGE, methods=("GET", "POST"))
def undo_merge(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Ask whether two entries are to be two again, and make them so."""
    made = selectors.merge(actor=acting(request), merge_id=merge_id)
    problem: Any = PROBLEMS["undone"] if made.is_undone else ""
    if request.method == "POST":
        try:
            services.undo_merge(actor=acting(request), merge_id=merge_id)
        except UndoRefused as refusal:
            problem = PROBLEMS[refusal.problem]
        else:
            messages.success(request, _("The two entries are separate again."))
            return redirect("people:person", made.kept_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/merge_undo.html", {"merge": made, "problem": problem}, status=status)


def _words(name: str, value: Any) -> str:
    if value is None or value == "":
        return _("Not known")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return day(value)
    if name == "gender":
        return str(GENDERS[Gender(value)])
    if name == "preferred_channel":
        return str(CHANNELS[Channel(value)])
    return spoken(value) if name == "language" else str(value)
