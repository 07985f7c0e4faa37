"""Why an offer is shown, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from medspiller.catalogue.domain.vocabulary import Condition, Need, OfferKind, Relation, Situation
from medspiller.catalogue.web import wording

# More reasons than these are not read.
MOST = 3


def in_words(codes: Iterable[str]) -> tuple[str, ...]:
    """Return reasons as sentences, the weightiest first; what has no words of its own is left out."""
    return tuple(dict.fromkeys(filter(None, (_sentence(code) for code in codes))))[:MOST]


def _sentence(code: str) -> str:
    kind, _colon, what = code.partition(":")
    try:
        if kind == "need":
            return _("It can help with: %(what)s.") % {"what": _small(wording.NEEDS[Need(what)])}
        if kind == "condition":
            return _("It is about: %(what)s.") % {"what": _small(wording.CONDITIONS[Condition(what)])}
        if kind == "relation":
            return _("It is for: %(what)s.") % {"what": _small(wording.RELATIONS[Relation(what)])}
        if kind == "situation":
            return f"{wording.SITUATIONS[Situation(what)]}."
        if kind == "kind":
            return f"{wording.KINDS[OfferKind(what)]}."
    except ValueError:
        return ""
    return {
        "age": _("It is for your age."),
        "evening": _("It is in the evening."),
        "digital": _("You can take part from home."),
        "open": _("You can get in touch at once."),
        "own": _("It is in your municipality."),
    }.get(code, "")


def _small(words: object) -> str:
    said = str(words)
    return said[:1].lower() + said[1:]
