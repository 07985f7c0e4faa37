"""What a list is narrowed by, and what is said when an item is given on or put off."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspiller.access.selectors import Colleague
from medspiller.ui.forms import DayField, Form
from medspiller.worklist.domain.items import SnoozeRefused
from medspiller.worklist.domain.narrowing import Narrowing, Which
from medspiller.worklist.selectors import Counts
from medspiller.worklist.templatetags.work_items import SNOOZED, TITLES, kinds_with

SEARCH_MOST = 100
# How the address names the parts of the list.
PARTS = {
    "na": Which.NOW,
    "mine": Which.MINE,
    "venter": Which.WAITING,
    "senere": Which.LATER,
    "ferdige": Which.FINISHED,
}


_SNOOZE_REFUSED = {
    "past": _("Choose a day in the future."),
    "too_long": _("Choose a day within two months. What can wait longer needs a new day in the plan."),
    "deadline_past": _("The law sets a day for this, and that day has come. It cannot be put off."),
    "after_deadline": _("The law sets a day for this. Choose that day or one before it."),
}


class NarrowingForm(Form):
    """Kind, unit, what is overdue, and words of the kind. Everything may be left open."""

    q = forms.CharField(label=_("Search the tasks"), required=False, max_length=SEARCH_MOST)
    type = forms.ChoiceField(label=_("What it is"), required=False)
    enhet = forms.ChoiceField(label=_("Unit"), required=False)
    forfalt = forms.BooleanField(label=_("Only what is overdue"), required=False)

    def __init__(self, *args: Any, counts: Counts, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._choose("type", [(code, f"{words}") for code, words in TITLES.items()])
        self._choose("enhet", [(str(unit_id), name) for unit_id, name in counts.units])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def narrowing(self, *, part: str, order: str) -> Narrowing:
        """Return what is asked for. What cannot be understood narrows nothing, and the form says so."""
        asked = self.cleaned_data if (self.is_bound and self.is_valid()) or self.errors else {}
        words = asked.get("q", "")
        return Narrowing(
            which=PARTS.get(part, Which.NOW),
            kinds=(asked["type"],) if asked.get("type") else None,
            words=words,
            language=get_language() or "nb",
            kinds_said=kinds_with(words) if words else (),
            unit_id=UUID(asked["enhet"]) if asked.get("enhet") else None,
            overdue=bool(asked.get("forfalt")),
            order=order,
        )


class HandOverForm(Form):
    """To which colleague an item goes."""

    til = forms.ChoiceField(label=_("Which colleague"))

    def __init__(self, *args: Any, colleagues: Sequence[Colleague], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["til"].choices = [("", _("Choose")), *((str(each.id), each.name) for each in colleagues)]  # type: ignore[attr-defined]


class SnoozeForm(Form):
    """Until when an item is put off, and why."""

    til_dag = DayField(label=_("Until when"))
    hvorfor = forms.ChoiceField(
        label=_("Why it must wait"), choices=[(code.value, words) for code, words in SNOOZED.items()]
    )

    def refuse(self, refusal: SnoozeRefused) -> None:
        """Say at the day why it cannot be that one."""
        self.add_error("til_dag", _SNOOZE_REFUSED[refusal.problem])
