"""Why something could not be stored, in words, and at which field it is said."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspiller.strategy.domain.refusals import StrategyChanged, StrategyRefused
from medspiller.strategy.templatetags.strategy_words import LEVELS, LIGHTS, STATES, STATUSES
from medspiller.strategy.web.acting import stands_now
from medspiller.ui.forms import Form

REFUSALS: Mapping[str, Promise] = {
    "missing": _("Write something here."),
    "too_long": _("This is too long. Write it shorter."),
    "years": _("Write a year with four digits."),
    "order": _("The last year cannot be before the first."),
    "not_a_unit": _("This unit is not open. Choose another."),
    "not_draft": _("The strategy is adopted. A measure can be stopped, but nothing is removed from it."),
    "not_adopted": _("The strategy is not adopted yet."),
    "over": _("This has ended. Nothing more can be written in it."),
    "ahead": _("Choose today or an earlier day."),
    "past": _("Choose today or a later day."),
    "negative": _("The amount cannot be below zero."),
    "not_national": _("This is not a measure in a national strategy."),
    "itself": _("A measure cannot point to itself."),
    "twice": _("This is here already."),
    "not_of_strategy": _("This belongs to another strategy. Open the page again."),
    "no_address": _("A web address begins with https://"),
    "period": _("The last day cannot be before the first."),
    "empty": _("There is nothing in the strategy yet. Add a focus area first."),
    "national_has_no_unit": _("A national strategy has no unit here. Leave the unit open."),
    "corrected": _("This report has already been corrected."),
    "draft": _("The strategy is still a draft. Send it for consultation or adopt it first."),
    "national": _("This is a national strategy: it is not reported on here."),
    "not_empty": _("There is something in it. Remove or move that first."),
    "linked": _("Other measures point to it, so it cannot be removed."),
    "rolled": _("The next strategy has already been started."),
    "decided": _("Somebody has decided this already."),
    "too_many": _("You have sent in many files in a short time. Wait an hour, and send the next."),
    "unknown": _("This is not known here. Choose from the list."),
}
# Fields of ours that the services call otherwise.
_FIELDS = {
    "unit_id": "unit",
    "period_from": "first_day",
    "period_to": "last_day",
    "by": "adopted_by",
    "on": "adopted_on",
}
# Where the same refusal means something else.
_OF_FIELDS: Mapping[tuple[str, str], Promise] = {("ahead", "due_on"): _("Choose a day within a year.")}
# What stands on the page beside the form's own fields.
_BESIDE: Mapping[str, Promise] = {"owners": _("Who is responsible")}
_CODES: Mapping[str, Mapping[str, Promise]] = {
    "status": {**STATES, **STATUSES},
    "light": LIGHTS,
    "level": LEVELS,
}


def refuse(form: Form, fault: StrategyRefused) -> None:
    """Say in a form why it could not be stored, at the field it is about where there is one."""
    name = fault.field if fault.field in form.fields else _FIELDS.get(fault.field, "")
    form.add_error(name if name in form.fields else None, words_of(fault))


def words_of(fault: StrategyRefused) -> str:
    """Write why something could not be stored."""
    return str(_OF_FIELDS.get((fault.why.value, fault.field)) or REFUSALS[fault.why.value])


def came_too_late(form: Form, conflict: StrategyChanged) -> dict[str, Any]:
    """Return what a page says when somebody else stored something first, and let what was typed be sent again."""
    stands_now(form, conflict.now, conflict.mark)
    return {
        "too_late": gettext(
            "Somebody else has changed this since you opened it. What you wrote is still here, but not saved "
            "yet. Look at what it says now, and save again if yours still fits."
        ),
        "changed": list(_changed(form, conflict.changed)),
    }


def _changed(form: Form, changed: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, value in changed.items():
        field = _FIELDS.get(name, name)
        label = form.fields[field].label if field in form.fields else _BESIDE.get(name)
        if not label or field == "version":
            continue
        words = _CODES.get(name, {}).get(str(value))
        yield str(label), str(words or value or gettext("Nothing"))
