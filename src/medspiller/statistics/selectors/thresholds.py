"""Which counts are too small to be shown here."""

from functools import lru_cache

from django.conf import settings

from medspiller.access.domain.actors import Actor
from medspiller.organisations import selectors as organisations
from medspiller.statistics.domain.thresholds import smallest_counts, smallest_for

_counts = lru_cache(smallest_counts)


def smallest_count(*, actor: Actor) -> int:
    """Return the smallest count that the actor's municipality shows; 5 where it has not asked for more."""
    asked = _counts(settings.SMALLEST_COUNT)
    # Nobody is asked who they are where it makes no difference.
    return smallest_for((organisations.tenant(actor=actor).municipality_number or "") if asked else "", asked)
