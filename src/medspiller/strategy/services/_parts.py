"""Storing what stands in a plan that was read: all parts of a kind in one statement, however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import asdict, replace
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, ids
from medspiller.organisations import selectors as organisations
from medspiller.statistics import selectors as statistics
from medspiller.strategy.domain.confirming import NewMeasure, NewPlan, few_notes
from medspiller.strategy.domain.naming import label_of, units_named
from medspiller.strategy.domain.plans.cleaning import squeeze
from medspiller.strategy.domain.plans.more import ReadLink
from medspiller.strategy.domain.vocabulary import Level, LinkKind, Service
from medspiller.strategy.models import (
    Approach,
    FocusArea,
    Goal,
    Measure,
    MeasureGoal,
    MeasureIndicator,
    MeasureLink,
    MeasureOwner,
    Strategy,
)

_BATCH = 500
_Pairs = Sequence[tuple[Measure, NewMeasure]]


def store_parts(actor: Actor, made: Strategy, plan: NewPlan) -> None:
    """Store areas, goals, approaches and measures with all that is said of them."""
    areas, goals, approaches = [], list[list[Goal]](), []
    pairs: list[tuple[Measure, NewMeasure]] = []
    for number, each in enumerate(plan.areas, start=1):
        area = FocusArea(id=ids.new_id(), strategy=made, number=number, title=each.title, text=each.text)
        areas.append(area)
        goals.append([Goal(id=ids.new_id(), area=area, number=at, text=text) for at, text in enumerate(each.goals, 1)])
        approaches += [Approach(area=area, number=at, text=text) for at, text in enumerate(each.approaches, start=1)]
        pairs += [(_row(made, area, at, new), new) for at, new in enumerate(each.measures, start=1)]
    national, computed = _National(pairs), _computed_here(actor, pairs)
    for row, new in pairs:
        lost = [each.words for each in new.links if national.is_unknown(each)]
        lost += [f"{each.name} ({each.indicator})" for each in new.indicators if each.indicator not in computed]
        row.notes = few_notes([*row.notes, *lost])
    FocusArea.objects.bulk_create(areas)
    Goal.objects.bulk_create((goal for some in goals for goal in some), batch_size=_BATCH)
    Approach.objects.bulk_create(approaches, batch_size=_BATCH)
    Measure.objects.bulk_create((row for row, _new in pairs), batch_size=_BATCH)
    MeasureOwner.objects.bulk_create(_owners(actor, plan, pairs), batch_size=_BATCH)
    MeasureGoal.objects.bulk_create(_served(pairs, goals), batch_size=_BATCH)
    MeasureLink.objects.bulk_create(national.links(pairs), batch_size=_BATCH)
    MeasureIndicator.objects.bulk_create(_indicators(pairs, computed), batch_size=_BATCH)


def _row(made: Strategy, area: FocusArea, number: int, new: NewMeasure) -> Measure:
    said = new.details
    return Measure(
        id=ids.new_id(),
        strategy=made,
        area=area,
        number=number,
        text=said.text,
        from_year=said.from_year,
        to_year=said.to_year,
        budget=said.budget,
        funding=said.funding,
        partners=said.partners,
        deliverables=said.deliverables,
        services=[Service(each).value for each in said.services],
        learnt=said.learnt,
        notes=list(said.notes),
    )


def _owners(actor: Actor, plan: NewPlan, pairs: _Pairs) -> Iterator[MeasureOwner]:
    units = dict(organisations.units(actor=actor, on=clock.today()).values_list("id", "name"))
    known = units_named(plan.owners, units)
    for row, new in pairs:
        for place, name in enumerate(new.owners, start=1):
            yield MeasureOwner(measure=row, number=place, name=name, unit_id=known.get(name))


def _served(pairs: _Pairs, goals: Sequence[Sequence[Goal]]) -> Iterator[MeasureGoal]:
    for row, new in pairs:
        for area, goal in dict.fromkeys(new.serves):
            yield MeasureGoal(measure=row, goal=goals[area][goal])


def _computed_here(actor: Actor, pairs: _Pairs) -> Set[str]:
    """The codes of figures that are computed here, and the empty one of those that are written down by hand."""
    if not any(each.indicator for _row, new in pairs for each in new.indicators):
        return {""}
    return {"", *(each.slug for each in statistics.indicators(actor=actor))}


def _indicators(pairs: _Pairs, computed: Set[str]) -> Iterator[MeasureIndicator]:
    for row, new in pairs:
        # What is computed elsewhere only is written down by hand here.
        found = [each if each.indicator in computed else replace(each, indicator="") for each in new.indicators]
        # One that is computed is followed once.
        first = {each.indicator: each for each in reversed(found) if each.indicator}
        kept = [each for each in found if not each.indicator or first[each.indicator] is each]
        for number, each in enumerate(kept, start=1):
            yield MeasureIndicator(measure=row, number=number, **asdict(each))


class _National:
    """The national measures that links of a plan mean: by strategy and number, else by their words."""

    def __init__(self, pairs: _Pairs):
        self._by_ref: dict[str, UUID] = {}
        # By the words that a plan is given out with, which may be the beginning only, of more than one.
        self._by_words: dict[str, list[UUID]] = defaultdict(list)
        if any(_is_national(link) for _row, new in pairs for link in new.links):
            rows = Measure.objects.filter(strategy__level=Level.NATIONAL.value).select_related("strategy", "area")
            for row in rows.order_by("strategy__from_year", "id"):
                self._by_ref[f"{row.strategy.slug} {row.area.number}.{row.number}"] = row.id
                self._by_words[squeeze(label_of(row.text))].append(row.id)

    def is_unknown(self, link: ReadLink) -> bool:
        """Whether a link is to a national measure that is not here."""
        return _is_national(link) and self._target(link) is None

    def links(self, pairs: _Pairs) -> Iterable[MeasureLink]:
        """Return the links of the measures, each once."""
        for row, new in pairs:
            said: set[tuple[LinkKind, str | UUID]] = set()
            for link in new.links:
                target = self._target(link) if _is_national(link) else None
                key = (link.kind, target or link.ref)
                if key in said or self.is_unknown(link):
                    continue
                said.add(key)
                if target:
                    yield MeasureLink(measure=row, kind=link.kind.value, target_measure_id=target)
                else:
                    yield MeasureLink(measure=row, kind=link.kind.value, ref=link.ref, label=link.label)

    def _target(self, link: ReadLink) -> UUID | None:
        # Another strategy may have that number by now: where there are words, they are right.
        found = self._by_ref.get(link.ref)
        by_words = self._by_words.get(squeeze(label_of(link.label)), []) if link.label else []
        return found if found in by_words or not by_words else by_words[-1]


def _is_national(link: ReadLink) -> bool:
    return link.kind is LinkKind.NATIONAL
