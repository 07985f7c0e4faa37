"""What the pages of those who keep the catalogue say of entries, of what is wrong, and of what was changed."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from medspiller.catalogue.domain.entries import Status
from medspiller.catalogue.domain.feedback import LinkState
from medspiller.catalogue.domain.reading import Code, Fault
from medspiller.catalogue.selectors.keeping import State
from medspiller.catalogue.web import wording
from medspiller.ui.components.formats import day, telephone

STATES: Mapping[State, Promise] = {
    State.LIVE: gettext_lazy("Shown to the public"),
    State.WAITING: gettext_lazy("Waits for approval"),
    State.OVERDUE: gettext_lazy("Must be looked at"),
    State.CLOSED: gettext_lazy("Closed for a time"),
    State.REPORTED: gettext_lazy("Somebody says something is wrong"),
    State.DOWN: gettext_lazy("Not shown"),
}
STATE_COLORS: Mapping[State, str] = {
    State.LIVE: "success",
    State.WAITING: "info",
    State.OVERDUE: "warning",
    State.CLOSED: "neutral",
    State.REPORTED: "danger",
    State.DOWN: "neutral",
}
STATUSES: Mapping[Status, Promise] = {
    Status.PROPOSED: gettext_lazy("Waits for approval"),
    Status.APPROVED: gettext_lazy("Approved"),
    Status.SUPERSEDED: gettext_lazy("Replaced by a later one"),
    Status.REJECTED: gettext_lazy("Sent back"),
    Status.WITHDRAWN: gettext_lazy("Taken back"),
}
STATUS_COLORS: Mapping[Status, str] = {
    Status.PROPOSED: "info",
    Status.APPROVED: "success",
    Status.SUPERSEDED: "neutral",
    Status.REJECTED: "warning",
    Status.WITHDRAWN: "neutral",
}
LINK_STATES: Mapping[LinkState, Promise] = {
    LinkState.FINE: gettext_lazy("In order"),
    LinkState.MOVED: gettext_lazy("Has moved"),
    LinkState.GONE: gettext_lazy("Is not there"),
    LinkState.UNREACHABLE: gettext_lazy("Could not be reached"),
}
# What stands at a place in the object, as people call it.
PARTS: Mapping[str, Promise] = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("In a sentence or two"),
    "text": gettext_lazy("What happens there, and what it is like"),
    "how": gettext_lazy("What to do to get it"),
    "kind": gettext_lazy("What sort of help is it?"),
    "provider": gettext_lazy("Who offers it?"),
    "slug": gettext_lazy("Address on the web"),
    "needs": gettext_lazy("What does it help with?"),
    "audience": gettext_lazy("For whom?"),
    "areas": gettext_lazy("How far does it reach?"),
    "way": gettext_lazy("How do you get it?"),
    "cost": gettext_lazy("What does it cost?"),
    "languages": gettext_lazy("In which languages is the help given?"),
    "period": gettext_lazy("Available from"),
    "review_on": gettext_lazy("Look at it again"),
    "is_digital": gettext_lazy("It is available from home, by phone or on a screen"),
    "has_interpreter": gettext_lazy("An interpreter is available"),
    "is_anonymous": gettext_lazy("Nobody has to say who they are"),
    "places": gettext_lazy("Places"),
    "times": gettext_lazy("Times"),
    "contact": gettext_lazy("Contact"),
    "search_words": gettext_lazy("Words people may search for"),
    "machine_translated": gettext_lazy("Which texts were translated by a machine and not read by anybody?"),
    "certainty": gettext_lazy("Something here is not certain, and readers are told so"),
    "to_check": gettext_lazy("What is not certain"),
    "sources": gettext_lazy("Sources"),
}
_FAULTS: Mapping[Code, Promise] = {
    Code.MISSING: gettext_lazy("This must be filled in."),
    Code.EMPTY: gettext_lazy("This must be filled in."),
    Code.LANGUAGE: gettext_lazy("This must be said in bokmål, nynorsk and English."),
    Code.CODE: gettext_lazy("Choose one of those in the list."),
    Code.UNKNOWN_KEY: gettext_lazy("This is not known here."),
    Code.TYPE: gettext_lazy("This cannot be read."),
    Code.FORM: gettext_lazy("It is not written as it should be."),
    Code.PERIOD: gettext_lazy("The last day cannot be before the first."),
    Code.AGES: gettext_lazy("The oldest cannot be younger than the youngest."),
    Code.NUMBER: gettext_lazy("The number is too small or too large."),
    Code.ADDRESS: gettext_lazy("A web address begins with https://"),
    Code.ONLY_WITH_CHECK: gettext_lazy("Fill this in only when something is not certain."),
    Code.ONLY_WITH_COST: gettext_lazy("What costs nothing has no price."),
    Code.TOO_FAR: gettext_lazy("The day must be within two years."),
    Code.TWICE: gettext_lazy("It is here twice."),
}
LANGUAGE_NAMES: Mapping[str, Promise] = {
    "nb": gettext_lazy("Bokmål"),
    "nn": gettext_lazy("Nynorsk"),
    "en": gettext_lazy("English"),
}
LANGUAGE_ORDER = tuple(LANGUAGE_NAMES)


def fault_words(fault: Fault) -> str:
    """Say what is wrong at one place."""
    if fault.code is Code.TOO_LONG:
        return _("It is too long. There is room for %(most)s characters.") % {"most": fault.detail}
    return str(_FAULTS[fault.code])


def said(texts: Mapping[str, str] | None) -> str:
    """Return a text in the reader's language; another where it is not given."""
    if not texts:
        return ""
    language = (get_language() or "nb").split("-")[0]
    ordered = (language, *LANGUAGE_ORDER, *texts)
    return next((texts[each] for each in ordered if texts.get(each)), "")


def part_words(path: str) -> str:
    """Say what stands at a place in the object: `text.nb` is the text in bokmål."""
    first, _dot, rest = path.partition(".")
    name = str(PARTS.get(first.partition("[")[0], first))
    inner = rest.rsplit(".", 1)[-1]
    inner = str(LANGUAGE_NAMES.get(inner, inner)).lower() if inner else ""
    number = re.search(r"\[(\d+)\]", path)
    numbered = f"{name} {int(number.group(1)) + 1}" if number else name
    return f"{numbered} ({inner})" if inner else numbered


def value_words(path: str, value: Any) -> str:
    """Write what stands at a place, as text to be held against another; codes and days as people say them."""
    if value in (None, "", [], {}, ()):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Mapping):
        return "; ".join(
            value_words(f"{path}.{key}", each) for key, each in value.items() if each not in (None, "", [])
        )
    if isinstance(value, list | tuple | set | frozenset):
        return "\n".join(value_words(path, each) for each in value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return day(date.fromisoformat(value))
    if "phones" in path and path.endswith("number"):
        return telephone(str(value))
    return str(_CODES.get(path.rsplit(".", 1)[-1].partition("[")[0], {}).get(value, value))


_CODES: Mapping[str, Mapping[Any, Promise]] = {
    "kind": {**wording.KINDS, **wording.AREAS},
    "needs": wording.NEEDS,
    "relations": wording.RELATIONS,
    "conditions": wording.CONDITIONS,
    "situations": wording.SITUATIONS,
    "way": wording.WAYS,
    "access": wording.ACCESS,
    "languages": wording.LANGUAGES,
    "weekdays": wording.WEEKDAYS,
}


def people_await(meetings: int) -> str:
    """Return why an offer cannot be taken away just now: people have places at so many meetings."""
    return ngettext(
        "People are signed up for %(count)d meeting then. Cancel it first: they are told, with your reason.",
        "People are signed up for %(count)d meetings then. Cancel them first: they are told, with your reason.",
        meetings,
    ) % {"count": meetings}
