"""
What carers lack, what is suggested to them and what they answer, in words: `{% load suggestion_words %}`.

Tests hold every table to the codes that there are.
"""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from medspiller.catalogue.domain.vocabulary import Need, Relation
from medspiller.followup.domain.needs import NeedSource
from medspiller.followup.domain.suggesting import DeclineReason, SuggestionKind, SuggestionState
from medspiller.people.domain.sentences import Sentence

register = template.Library()

# More reasons than these are not read.
MOST_REASONS = 3

NEEDS: Mapping[Need, Promise] = {
    Need.SOMEONE_TO_TALK_TO: _("Somebody to talk to"),
    Need.PEERS: _("Meeting others in the same situation"),
    Need.RESPITE_HOURS: _("Some hours off"),
    Need.RESPITE_STAY: _("A weekend or holiday off"),
    Need.NIGHT_REST: _("Sleep at night"),
    Need.PRACTICAL_HELP: _("Practical help"),
    Need.INFORMATION: _("Information"),
    Need.TRAINING_SKILLS: _("Learning how to do it"),
    Need.ECONOMY: _("Help with money"),
    Need.WORK_AND_LEAVE: _("Work and leave"),
    Need.OWN_HEALTH: _("Looking after myself"),
    Need.CHILDREN_AT_HOME: _("Support for the children"),
    Need.NETWORK: _("Family and friends who join in"),
    Need.COORDINATION: _("Somebody who keeps track of all the help"),
    Need.INTERPRETER: _("An interpreter"),
    Need.TECHNICAL_AIDS: _("Aids and technology"),
    Need.CRISIS_PLAN: _("A plan for when things get bad"),
    Need.BEREAVEMENT: _("Support when somebody has died"),
}
SOURCES: Mapping[NeedSource, Promise] = {
    NeedSource.ANSWERS: _("answered in a form"),
    NeedSource.TALK: _("said in a talk"),
}
KINDS: Mapping[SuggestionKind, Promise] = {
    SuggestionKind.RIGHT: pgettext_lazy("suggestion", "A right"),
    SuggestionKind.OFFER: pgettext_lazy("suggestion", "An offer"),
}
STATES: Mapping[SuggestionState, Promise] = {
    SuggestionState.SUGGESTED: _("Waiting for an answer"),
    SuggestionState.ACCEPTED: _("Yes, please"),
    SuggestionState.DECLINED: _("No, thanks"),
    SuggestionState.LATER: _("Later"),
    SuggestionState.WITHDRAWN: _("Taken back"),
}
STATE_COLORS: Mapping[SuggestionState, str] = {
    SuggestionState.SUGGESTED: "warning",
    SuggestionState.ACCEPTED: "success",
    SuggestionState.DECLINED: "neutral",
    SuggestionState.LATER: "info",
    SuggestionState.WITHDRAWN: "neutral",
}
# As an end of the sentence «Nei takk, fordi …».
DECLINED: Mapping[DeclineReason, Promise] = {
    DeclineReason.DOES_NOT_FIT: _("It does not fit what I need"),
    DeclineReason.WRONG_TIME: _("The time does not suit"),
    DeclineReason.TOO_FAR: _("It is too far away"),
    DeclineReason.LONG_WAIT: _("The wait is too long"),
    DeclineReason.COSTS: _("It costs too much"),
    DeclineReason.LANGUAGE: _("It is not in my language"),
    DeclineReason.NOT_FOR_MINE: _("It is not for somebody like the one I care for"),
    DeclineReason.NOT_ENTITLED: _("I am not entitled to it"),
    DeclineReason.HAS_IT: _("I have it already"),
    DeclineReason.MANAGES: _("I manage without"),
    DeclineReason.NOT_SAID: _("I would rather not say"),
}
RELATIONS: Mapping[Relation, Promise] = {
    Relation.PARTNER: _("those who care for a partner"),
    Relation.PARENT: _("those who care for a child of theirs"),
    Relation.GROWN_CHILD: _("those who care for a mother or father"),
    Relation.YOUNG_CHILD: _("children with a parent who is ill"),
    Relation.SIBLING: _("those who have a brother or sister who is ill"),
    Relation.GRANDPARENT: _("those who care for a grandchild"),
    Relation.FRIEND: _("friends and neighbours who help"),
}
_REASONS: Mapping[str, Promise] = {
    "right:yes": _("From what we know, they may have a right to this."),
    "right:unknown": _("They may have a right to this. The questions help to find out."),
    "right:told": _("It is based on what they have answered themselves."),
    "own": _("It is here in the municipality."),
    "age": _("It is for their age."),
    "language": _("It is given in their language."),
    "digital": _("They can take part from home."),
    "evening": _("It is in the evening."),
    "open": _("They can get in touch at once."),
    "by_hand": _("Somebody who knows it suggested it."),
}
_OWN_REASONS: Mapping[str, Promise] = {
    "right:yes": _("From what we know, you may have a right to this."),
    "right:unknown": _("You may have a right to this. Answer the questions to find out."),
    "right:told": _("It is based on what you have answered."),
    "own": _("It is here in the municipality."),
    "age": _("It is for your age."),
    "language": _("It is given in your language."),
    "digital": _("You can take part from home."),
    "evening": _("It is in the evening."),
    "open": _("You can get in touch at once."),
    "by_hand": _("Somebody who follows you up thought of it for you."),
}


@register.filter
def need_name(code: Need | str | None) -> str:
    """Write a need; that there is none in particular for None."""
    return str(NEEDS[Need(code)]) if code else gettext("No need in particular")


@register.filter
def need_source(code: NeedSource | str) -> str:
    """Write where a need was said."""
    return str(SOURCES[NeedSource(code)])


@register.filter
def suggestion_kind(code: SuggestionKind | str) -> str:
    """Write whether it is a right or an offer."""
    return str(KINDS[SuggestionKind(code)])


@register.filter
def suggestion_state(code: SuggestionState | str) -> str:
    """Write what has been answered."""
    return str(STATES[SuggestionState(code)])


@register.filter
def state_color(code: SuggestionState | str) -> str:
    """Return the colour that goes with an answer, beside its words."""
    return STATE_COLORS[SuggestionState(code)]


@register.filter
def declined_because(code: DeclineReason | str | None) -> str:
    """Write why somebody said no; nothing for None."""
    return str(DECLINED[DeclineReason(code)]) if code else ""


@register.filter
def in_language(sentence: Sentence) -> str:
    """Write a sentence of the rules in the language that is read."""
    return sentence.in_language(get_language() or "nb")


def reasons_in_words(codes: Iterable[str], *, own: bool = False) -> tuple[str, ...]:
    """Return why something is suggested, the weightiest first; `own` for the carer. What has no words is left out."""
    return tuple(dict.fromkeys(filter(None, (_reason(code, own=own) for code in codes))))[:MOST_REASONS]


def _reason(code: str, *, own: bool) -> str:
    kind, _colon, what = code.partition(":")
    try:
        if kind == "need":
            return gettext("It can help with: %(what)s.") % {"what": _small(NEEDS[Need(what)])}
        if kind == "relation":
            return gettext("It is for %(whom)s.") % {"whom": RELATIONS[Relation(what)]}
        # A plan names to the carer no illness of whom they care for; whether they are told is not ours to say.
        if kind == "condition" and not own:
            return gettext("It is about what their plan is about.")
    except ValueError:
        return ""
    words = (_OWN_REASONS if own else _REASONS).get(code)
    return str(words) if words else ""


def _small(words: object) -> str:
    said = str(words)
    return said[:1].lower() + said[1:]
