"""
The guideline in words: `{% load guideline_words %}`. Every state is said in words, never by colour alone.

Tests hold every table to the codes that there are.
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from medspiller.statistics.domain.figures import FigureKind, Topic
from medspiller.strategy.domain.guideline import Barrier, EvidenceKind, LineState
from medspiller.strategy.domain.self_assessment import CHAPTERS, STATE_TEXTS

register = template.Library()

STATE_COLORS: Mapping[LineState, str] = {
    LineState.MET: "success",
    LineState.NOT_MET: "danger",
    LineState.NOT_ASSESSED: "neutral",
    LineState.NOT_STARTED: "warning",
    LineState.UNDER_WAY: "info",
    LineState.IN_PLACE: "success",
    LineState.EVALUATED: "success",
    LineState.NOT_RELEVANT: "neutral",
}
EVIDENCE: Mapping[EvidenceKind, Promise] = {
    EvidenceKind.OWN_DATA: _("An indicator of our own"),
    EvidenceKind.DOCUMENT: _("A document"),
    EvidenceKind.STATEMENT: _("What we say ourselves"),
}
BARRIERS: Mapping[Barrier, Promise] = {
    Barrier.TIME: pgettext_lazy("barrier", "Time"),
    Barrier.MONEY: pgettext_lazy("barrier", "Money"),
    Barrier.COMPETENCE: pgettext_lazy("barrier", "Competence"),
    Barrier.ROUTINES: pgettext_lazy("barrier", "No routine"),
    Barrier.RESPONSIBILITY: pgettext_lazy("barrier", "Unclear who is responsible"),
    Barrier.MANAGEMENT: pgettext_lazy("barrier", "No backing from management"),
    Barrier.COOPERATION: pgettext_lazy("barrier", "Cooperation between services"),
    Barrier.CONFIDENTIALITY: pgettext_lazy("barrier", "Uncertain about confidentiality"),
    Barrier.TOOLS: pgettext_lazy("barrier", "Systems and tools"),
    Barrier.OTHER: pgettext_lazy("barrier", "Something else"),
}
FIGURE_KINDS: Mapping[FigureKind, Promise] = {
    FigureKind.ESTIMATE: pgettext_lazy("figure", "Estimate"),
    FigureKind.SURVEY: pgettext_lazy("figure", "Survey"),
    FigureKind.REGISTER: pgettext_lazy("figure", "Register"),
    FigureKind.BUDGET: pgettext_lazy("figure", "Budget"),
}
TOPICS: Mapping[Topic, Promise] = {
    Topic.CARERS: pgettext_lazy("topic of figures", "How many carers"),
    Topic.CHILDREN: pgettext_lazy("topic of figures", "Children as next of kin"),
    Topic.GENDER: pgettext_lazy("topic of figures", "Women and men"),
    Topic.HEALTH: pgettext_lazy("topic of figures", "Carers' health"),
    Topic.SERVICES: pgettext_lazy("topic of figures", "Services"),
    Topic.MONEY: pgettext_lazy("topic of figures", "Money"),
}


def spoken(texts: Mapping[str, str]) -> str:
    """Return a text in the reader's language, in bokmål if it is in none of ours."""
    language = get_language() or ""
    return texts[language] if language in texts else texts["nb"]


@register.filter
def told(texts: Any) -> str:
    """Show a text of content in the reader's language."""
    return spoken(texts)


@register.filter
def line_state(state: Any) -> str:
    """Say how far a service has come with a line."""
    return spoken(STATE_TEXTS[LineState(state)])


@register.filter
def line_state_color(state: Any) -> str:
    """Return the colour that goes with how far a service has come."""
    return STATE_COLORS[LineState(state)]


@register.filter
def chapter_title(number: Any) -> str:
    """Say what a chapter of the guideline is about."""
    return spoken(CHAPTERS[str(number)])


@register.filter
def evidence_words(kind: Any) -> str:
    """Say what an assessment rests on."""
    return str(EVIDENCE[EvidenceKind(kind)]) if kind else ""


@register.filter
def barrier_words(barrier: Any) -> str:
    """Say what stands in the way."""
    return str(BARRIERS[Barrier(barrier)]) if barrier else ""


@register.filter
def figure_kind(kind: Any) -> str:
    """Say how a figure came about."""
    return str(FIGURE_KINDS[FigureKind(kind)])


@register.filter
def topic_words(topic: Any) -> str:
    """Say what figures are about."""
    return str(TOPICS[Topic(topic)])


@register.filter
def somebody_said(places: Any) -> bool:
    """Say whether any service has assessed a line."""
    return any(place.said for place in places)


@register.filter
def indicator_title(slug: Any, titles: Any) -> str:
    """Say what an indicator is called; its short name if it is not published any more."""
    return str(titles.get(slug, slug))
