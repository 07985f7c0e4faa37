"""What a list is narrowed by."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.ui.forms import Form
from medspiller.worklist.domain.narrowing import Narrowing, Which
from medspiller.worklist.selectors import Counts
from medspiller.worklist.templatetags.work_items import TITLES, kinds_with

SEARCH_MOST = 100
# How the address names the parts of the list.
PARTS = {"na": Which.NOW, "mine": Which.MINE, "senere": Which.LATER, "ferdige": Which.FINISHED}


class NarrowingForm(Form):
    """Kind, unit, what is overdue, and words of the kind. Everything may be left open."""

    q = forms.CharField(label=_("Search in what is to be done"), required=False, max_length=SEARCH_MOST)
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
        wanted = {asked["type"]} if asked.get("type") else set(TITLES)
        if asked.get("q"):
            wanted &= set(kinds_with(asked["q"]))
        return Narrowing(
            which=PARTS.get(part, Which.NOW),
            kinds=None if len(wanted) == len(TITLES) else tuple(sorted(wanted)),
            unit_id=UUID(asked["enhet"]) if asked.get("enhet") else None,
            overdue=bool(asked.get("forfalt")),
            order=order,
        )
