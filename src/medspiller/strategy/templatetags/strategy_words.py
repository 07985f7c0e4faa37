"""
Strategies in words: `{% load strategy_words %}`.

Tests hold every table to the codes that there are. A light is always said in words and with a sign, never by colour
alone.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from medspiller.ui.components.content import tag

register = template.Library()

LEVELS: Mapping[str, Promise] = {
    "municipal": _("Municipality"),
    "county": _("County"),
    "health_trust": _("Health trust"),
    "national": pgettext_lazy("level of a strategy", "National"),
}
STATES: Mapping[str, Promise] = {
    "draft": pgettext_lazy("strategy", "Draft"),
    "hearing": pgettext_lazy("strategy", "Out for consultation"),
    "adopted": pgettext_lazy("strategy", "Adopted"),
    "replaced": pgettext_lazy("strategy", "Replaced by a newer one"),
    "ended": pgettext_lazy("strategy", "Ended"),
}
STATE_COLORS: Mapping[str, str] = {
    "draft": "warning",
    "hearing": "info",
    "adopted": "success",
    "replaced": "neutral",
    "ended": "neutral",
}
STATUSES: Mapping[str, Promise] = {
    "not_started": pgettext_lazy("measure", "Not started"),
    "under_way": pgettext_lazy("measure", "Under way"),
    "done": pgettext_lazy("measure", "Done"),
    "stopped": pgettext_lazy("measure", "Stopped"),
}
STATUS_COLORS: Mapping[str, str] = {
    "not_started": "neutral",
    "under_way": "info",
    "done": "success",
    "stopped": "neutral",
}
LIGHTS: Mapping[str, Promise] = {
    "green": pgettext_lazy("light", "On track"),
    "yellow": pgettext_lazy("light", "Should be watched"),
    "red": pgettext_lazy("light", "Something must be done"),
}
LIGHT_COLORS: Mapping[str, str] = {"green": "success", "yellow": "warning", "red": "danger"}
LIGHT_SIGNS: Mapping[str, str] = {
    "green": "CheckmarkCircle",
    "yellow": "ExclamationmarkTriangle",
    "red": "XMarkOctagon",
}
BODIES: Mapping[str, Promise] = {
    "youth_council": _("Youth council"),
    "elderly_council": _("Council for the elderly"),
    "disability_council": _("Council for people with disabilities"),
    "committee": pgettext_lazy("political body", "Committee"),
    "council": _("Municipal council"),
    "carers": _("Carers and their organisations"),
    "other": pgettext_lazy("political body", "Somebody else"),
}
HAPPENED: Mapping[str, Promise] = {
    "sent": pgettext_lazy("hearing", "Sent for consultation"),
    "heard": pgettext_lazy("hearing", "Consulted"),
    "commented": pgettext_lazy("hearing", "Has commented"),
    "treated": pgettext_lazy("hearing", "Considered"),
    "adopted": pgettext_lazy("hearing", "Adopted"),
}
LINK_KINDS: Mapping[str, Promise] = {
    "national": _("Measure of the national strategy"),
    "guideline": _("Line of the national guideline"),
    "pathway": pgettext_lazy("link of a measure", "Pathway"),
    "offer": pgettext_lazy("link of a measure", "Offer"),
    "questionnaire": pgettext_lazy("link of a measure", "Questionnaire"),
    "course": pgettext_lazy("link of a measure", "Course"),
    "indicator": pgettext_lazy("link of a measure", "Indicator"),
}
SERVICES: Mapping[str, Promise] = {
    "health_station": pgettext_lazy("service", "Child health clinic"),
    "school_health": pgettext_lazy("service", "School health service"),
    "home_care": pgettext_lazy("service", "Home care"),
    "nursing_home": pgettext_lazy("service", "Nursing home"),
    "mental_health": pgettext_lazy("service", "Mental health and addiction"),
    "hospital": pgettext_lazy("service", "Hospital"),
    "administration": pgettext_lazy("service", "Administration"),
    "other": pgettext_lazy("service", "Another service"),
}
# What somebody should see to.
FLAGS: Mapping[str, Promise] = {
    "late": pgettext_lazy("measure", "Late"),
    "decision": _("Decision needed"),
    "owner": _("No owner"),
    "evidence": _("No evidence"),
    "indicator": _("No indicator"),
}
FLAG_COLORS: Mapping[str, str] = {
    "late": "danger",
    "decision": "warning",
    "owner": "warning",
    "evidence": "neutral",
    "indicator": "neutral",
}
LATES: Mapping[str, Promise] = {
    "past_end": _("The end date has passed, and it is not done"),
    "not_begun": _("It should have started, but has not"),
    "status": _("Asked how it is going, and not answered"),
}


# What is said of each kind of code; of none nothing is said.
_WORDS: Mapping[str, Mapping[str, Promise]] = {
    "level_words": LEVELS,
    "state_words": STATES,
    "status_words": STATUSES,
    "light_words": LIGHTS,
    "body_words": BODIES,
    "happened_words": HAPPENED,
    "link_words": LINK_KINDS,
    "service_words": SERVICES,
    "flag_words": FLAGS,
    "late_words": LATES,
}


def _words_of(table: Mapping[str, Promise]) -> Callable[[Any], str]:
    def words(code: Any) -> str:
        return str(table[str(code)]) if code else ""

    return words


for _name, _table in _WORDS.items():
    register.filter(_name, _words_of(_table))


@register.filter
def in_order(codes: Any) -> list[str]:
    """Put what somebody should see to in its order, the most urgent first."""
    return [code for code in FLAGS if code in codes]


@register.simple_tag
def state_tag(code: Any) -> SafeString:
    """Show how far a strategy has come."""
    return _tag("state", str(code), get_language())


@register.simple_tag
def public_tag() -> SafeString:
    """Show that everybody can read a strategy."""
    return tag(gettext("Open to the public"), variant="outline")


@register.simple_tag
def status_tag(code: Any) -> SafeString:
    """Show how far a measure has come."""
    return _tag("status", str(code), get_language())


@register.simple_tag
def light_tag(code: Any) -> SafeString:
    """Show how a measure goes, in words and with a sign; before the first report, that there is none."""
    if not code:
        return format_html('<span class="m-subtle">{}</span>', gettext("Nothing reported yet"))
    return _tag("light", str(code), get_language())


@register.simple_tag
def flag_tag(code: Any) -> SafeString:
    """Show what a measure lacks or needs."""
    return _tag("flag", str(code), get_language())


@register.simple_tag
def late_tag() -> SafeString:
    """Show that a measure is late, with a sign."""
    return _tag("late", "late", get_language())


# A board has a hundred of these, and there are eighteen in each language.
@cache
def _tag(kind: str, code: str, language: str | None) -> SafeString:
    words, colors, sign = {
        "state": (STATES, STATE_COLORS, ""),
        "status": (STATUSES, STATUS_COLORS, ""),
        "light": (LIGHTS, LIGHT_COLORS, LIGHT_SIGNS.get(code, "")),
        "flag": (FLAGS, FLAG_COLORS, ""),
        "late": (FLAGS, FLAG_COLORS, "Clock"),
    }[kind]
    return tag(str(words[code]), color=colors[code], icon=sign)


@register.filter
def years(item: Any) -> str:
    """Write the years of a strategy or measure, both included: 2021–2025, or one year. Nothing where none are set."""
    return year_span(item.from_year, item.to_year)


def year_span(first: int | None, last: int | None) -> str:
    """
    Write a span of years, both included.

    >>> year_span(2021, 2025), year_span(2022, 2022), year_span(None, None)
    ('2021–2025', '2022', '')
    """
    if first is None and last is None:
        return ""
    if first == last or last is None:
        return str(first)
    if first is None:
        return gettext("until %(year)s") % {"year": last}
    return f"{first}–{last}"
