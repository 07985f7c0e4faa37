"""Storing a new strategy: written by hand, read from a file, or made out of the one before."""

from dataclasses import asdict
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.constraints import refused_as
from medspiller.strategy.domain.inputs import NAME_MOST, StrategyDetails, ensure_years, tidy, tidy_title
from medspiller.strategy.domain.naming import slug_of
from medspiller.strategy.domain.refusals import PlanKnown, Refusal, StrategyRefused
from medspiller.strategy.domain.vocabulary import CURRENT, Level
from medspiller.strategy.models import Strategy
from medspiller.strategy.services import _storing as storing

_MOST_YEARS_BETWEEN = 20


def make(actor: Actor, details: StrategyDetails, **more: object) -> Strategy:
    """Store a new draft of what was written, with more fields where they are known."""
    found = tidied(actor, details)
    ensure_unknown(found)
    slugs = Strategy.objects.values_list("slug", flat=True)
    with refused_as(storing.known_as(found.title)):
        return Strategy.objects.create(
            **(asdict(found) | {"level": found.level.value}),
            slug=slug_of(found.title, taken=slugs),
            made_at=clock.now(),
            made_by=actor.id,
            made_by_name=actor.name,
            **more,
        )


def tidied(actor: Actor, details: StrategyDetails) -> StrategyDetails:
    ensure_years(details.from_year, details.to_year)
    if details.rolls_every_years is not None and not 1 <= details.rolls_every_years <= _MOST_YEARS_BETWEEN:
        raise StrategyRefused(Refusal.YEARS, "rolls_every_years")
    if details.level is Level.NATIONAL and details.unit_id is not None:
        raise StrategyRefused(Refusal.NATIONAL_HAS_NO_UNIT, "unit_id")
    storing.ensure_unit(actor, details.unit_id)
    return StrategyDetails(
        title=tidy_title(details.title),
        from_year=details.from_year,
        to_year=details.to_year,
        level=Level(details.level),
        owner_name=tidy(details.owner_name, "owner_name", most=NAME_MOST),
        unit_id=details.unit_id,
        responsible=tidy(details.responsible, "responsible"),
        rolls_every_years=details.rolls_every_years,
    )


def ensure_unknown(details: StrategyDetails, *, besides: UUID | None = None) -> None:
    same = Strategy.objects.filter(
        level=details.level.value,
        owner_name__iexact=details.owner_name,
        title__iexact=details.title,
        from_year=details.from_year,
        to_year=details.to_year,
        status__in=[each.value for each in CURRENT],
    )
    others = same if besides is None else same.exclude(id=besides)
    known = others.values_list("id", flat=True).first()
    if known is not None:
        raise PlanKnown(title=details.title, strategy_id=known)
