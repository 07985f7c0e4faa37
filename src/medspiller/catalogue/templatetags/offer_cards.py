"""Offers in a list: `{% load offer_cards %}`."""

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# A municipality has some hundred offers; a card is three thousand letters.
_MOST_KEPT = 600


@register.simple_tag
def offer_card(card: Hashable, *, level: int, pick: bool = False, short: bool = False) -> SafeString:
    """
    Show one offer as a part of a list; with `pick` it can be chosen, `short` is without what stands beside it already.

    What a card says follows from what is given here and nothing else, so one that was drawn lately is not drawn again.
    """
    return _drawn(card, level, pick, short, get_language() or "")


@lru_cache(maxsize=_MOST_KEPT)
def _drawn(card: Hashable, level: int, pick: bool, short: bool, language: str) -> SafeString:
    return render_to_string("catalogue/_card.html", {"card": card, "level": level, "pick": pick, "short": short})
