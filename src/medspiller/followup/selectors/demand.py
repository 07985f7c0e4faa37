"""What carers need and the house has nothing fitting for: no thanks with its reasons, counted without anybody."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from medspiller.access.domain.actors import Actor
from medspiller.catalogue.domain.vocabulary import Need
from medspiller.core.clock import OSLO
from medspiller.followup import policies
from medspiller.followup.domain.suggesting import UNMET, DeclineReason, SuggestionState, shown
from medspiller.followup.models import Suggestion


@dataclass(frozen=True, slots=True)
class DemandLine:
    """
    How many carers with a need said no thanks for each reason; None for a number too small to be shown.

    `need` is None where a suggestion answered none that was said.
    """

    need: Need | None
    counts: Mapping[DeclineReason, int | None]


def unmet_demand(*, actor: Actor, year: int) -> tuple[DemandLine, ...]:
    """
    Return what did not fit in a calendar year, in the files of the units whose load the actor sees, by need.

    A carer is counted once for each need and reason. Whole years, and no totals: with either
    less, a number that is kept back could be worked out.

    :raises NotAllowed: to whom the load is closed.
    """
    policies.ensure(actor, policies.VIEW_LOAD)
    begins, ends = (datetime(each, 1, 1, tzinfo=OSLO) for each in (year, year + 1))
    rows = Suggestion.objects.filter(
        state=SuggestionState.DECLINED.value,
        reason__in=sorted(each.value for each in UNMET),
        answered_at__gte=begins,
        answered_at__lt=ends,
        file__unit_id__in=actor.units_with(policies.VIEW_LOAD),
    )
    found: dict[str, dict[DeclineReason, int]] = defaultdict(lambda: dict.fromkeys(_in_order(), 0))
    counted = rows.order_by().values_list("need", "reason").annotate(carers=Count("file__carer_id", distinct=True))
    for need, reason, carers in counted:
        found[need][DeclineReason(reason)] = carers
    return tuple(
        DemandLine(Need(need) if need else None, {reason: shown(count) for reason, count in counts.items()})
        for need, counts in sorted(found.items())
    )


def _in_order() -> list[DeclineReason]:
    return [each for each in DeclineReason if each in UNMET]
