"""What became of rights, counted. Small numbers are not shown: somebody could be known again."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Sum

from medspiller.access.domain.actors import Actor
from medspiller.rights import policies
from medspiller.rights.domain.outcomes import Outcome, shown
from medspiller.rights.models import OutcomeCount


@dataclass(frozen=True, slots=True)
class CountLine:
    """A right with how many said what of it; None for a number that is too small to be shown."""

    right: str
    counts: dict[Outcome, int | None]


def outcome_counts(*, actor: Actor) -> tuple[CountLine, ...]:
    """
    Return the counts of each right that anybody has told of, over all time.

    There are no totals: with one, a number that is kept back could be worked out.

    :raises NotAllowed: to whom the counts are closed.
    """
    policies.ensure(actor, policies.VIEW_COUNTS)
    found: dict[str, dict[Outcome, int]] = defaultdict(lambda: dict.fromkeys(Outcome, 0))
    for right, outcome, total in OutcomeCount.objects.values_list("right", "outcome").annotate(total=Sum("count")):
        found[right][Outcome(outcome)] = total
    return tuple(
        CountLine(right, {outcome: shown(count) for outcome, count in counts.items()})
        for right, counts in sorted(found.items())
    )
