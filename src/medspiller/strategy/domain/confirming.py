"""A plan that was read from a file, as a person confirms it: checked whole before anything of it is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from medspiller.strategy.domain.inputs import (
    KRONER_MOST,
    IndicatorDetails,
    MeasureDetails,
    ensure_years,
    tidy,
    tidy_indicator,
    tidy_title,
)
from medspiller.strategy.domain.plans.more import ReadLink
from medspiller.strategy.domain.refusals import Refusal, StrategyRefused
from medspiller.strategy.domain.vocabulary import TEXT_MOST, TITLE_MOST, LinkKind, Service

AREAS_MOST = 60
MEASURES_MOST = 3000
NOTES_MOST = 20
_PLACE_MOST = 12


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """
    A measure to be stored, with the names of its owners, what it is linked to, and the figures that are followed.

    `serves` names goals of the plan by the place of their area and their own place in it, both counted from 0.
    """

    details: MeasureDetails
    owners: tuple[str, ...]
    serves: tuple[tuple[int, int], ...] = ()
    links: tuple[ReadLink, ...] = ()
    indicators: tuple[IndicatorDetails, ...] = ()


@dataclass(frozen=True, slots=True)
class NewArea:
    """A focus area to be stored."""

    title: str
    text: str
    goals: tuple[str, ...]
    approaches: tuple[str, ...]
    measures: tuple[NewMeasure, ...]


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to be stored. Its years are calendar years, both included."""

    title: str
    from_year: int
    to_year: int
    areas: tuple[NewArea, ...]

    @property
    def owners(self) -> frozenset[str]:
        return frozenset(name for area in self.areas for measure in area.measures for name in measure.owners)


def plan_of(written: Mapping[str, Any]) -> NewPlan:
    """
    Return a plan, in the form in which plans are read, as it is stored.

    A plan without years of its own has those of its measures.

    :raises StrategyRefused: with the path of what is wrong, as `focus_areas.0.measures.3.from`.
    """
    title = tidy_title(str(written.get("title") or ""))
    areas = tuple(_area(each, f"focus_areas.{at}") for at, each in enumerate(_list(written, "focus_areas")))
    measures = [measure for area in areas for measure in area.measures]
    if not any(area.measures or area.goals or area.approaches for area in areas):
        raise StrategyRefused(Refusal.EMPTY, "focus_areas")
    _ensure_served(areas)
    if len(areas) > AREAS_MOST or len(measures) > MEASURES_MOST:
        raise StrategyRefused(Refusal.TOO_LONG, "focus_areas")
    from_year, to_year = _period(written.get("period"), measures)
    return NewPlan(title=title, from_year=from_year, to_year=to_year, areas=areas)


def _ensure_served(areas: tuple[NewArea, ...]) -> None:
    for at, area in enumerate(areas):
        for number, measure in enumerate(area.measures):
            if not all(one < len(areas) and other < len(areas[one].goals) for one, other in measure.serves):
                raise StrategyRefused(Refusal.NOT_OF_STRATEGY, f"focus_areas.{at}.measures.{number}.serves")


def _period(written: Any, measures: list[NewMeasure]) -> tuple[int, int]:
    if written:
        first, last = [*list(written), None, None][:2]
        first = _year(first, "period")
        last = _year(last, "period")
        if first is None or last is None:
            raise StrategyRefused(Refusal.PERIOD, "period")
    else:
        years = [year for each in measures for year in (each.details.from_year, each.details.to_year) if year]
        if not years:
            raise StrategyRefused(Refusal.PERIOD, "period")
        first, last = min(years), max(years)
    ensure_years(first, last, field="period", last="period")
    return first, last


def _area(written: Mapping[str, Any], path: str) -> NewArea:
    return NewArea(
        title=tidy_title(str(written.get("title") or ""), f"{path}.title"),
        text=tidy(str(written.get("text") or ""), f"{path}.text"),
        goals=tuple(_texts(written, "goals", path)),
        approaches=tuple(_texts(written, "approaches", path)),
        measures=tuple(_measure(each, f"{path}.measures.{at}") for at, each in enumerate(_list(written, "measures"))),
    )


def _texts(written: Mapping[str, Any], name: str, path: str) -> Iterator[str]:
    for at, each in enumerate(_list(written, name)):
        # As it was read it has its lines beside it; as a person sends it, it is the text alone.
        text = each.get("text", "") if isinstance(each, Mapping) else each
        yield tidy(str(text), f"{path}.{name}.{at}", needed=True)


def _measure(written: Mapping[str, Any], path: str) -> NewMeasure:
    from_year, to_year = _year(written.get("from"), f"{path}.from"), _year(written.get("to"), f"{path}.to")
    ensure_years(from_year, to_year, field=f"{path}.from", last=f"{path}.to")
    owners: dict[str, str] = {}
    for name in _list(written, "owners"):
        found = tidy_title(str(name), f"{path}.owners") if str(name).strip() else ""
        if found:
            owners.setdefault(found.casefold(), found)
    details = MeasureDetails(
        text=tidy(str(written.get("text") or ""), f"{path}.text", needed=True),
        from_year=from_year,
        to_year=to_year,
        budget=_budget(written.get("budget"), f"{path}.budget"),
        funding=tidy(str(written.get("funding") or ""), f"{path}.funding"),
        partners=tidy(str(written.get("partners") or ""), f"{path}.partners"),
        deliverables=tidy(str(written.get("deliverables") or ""), f"{path}.deliverables"),
        services=_services(written, f"{path}.services"),
        learnt=tidy(str(written.get("learnt") or ""), f"{path}.learnt"),
        notes=tuple(_notes(written, f"{path}.notes")),
    )
    return NewMeasure(
        details,
        tuple(owners.values()),
        serves=tuple(_served(str(each), f"{path}.serves") for each in _list(written, "serves")),
        links=tuple(_links(written, f"{path}.links")),
        indicators=tuple(_indicators(written, f"{path}.indicators")),
    )


def _budget(written: Any, path: str) -> int | None:
    if written in (None, ""):
        return None
    if not isinstance(written, int) or not 0 <= written < KRONER_MOST:
        raise StrategyRefused(Refusal.NEGATIVE, path)
    return written


def _services(written: Mapping[str, Any], path: str) -> tuple[Service, ...]:
    codes = {str(each) for each in _list(written, "services")}
    if codes - {each.value for each in Service}:
        raise StrategyRefused(Refusal.UNKNOWN, path)
    return tuple(sorted(map(Service, codes)))


def _served(written: str, path: str) -> tuple[int, int]:
    area, _, goal = written.partition(".")
    is_place = area.isdecimal() and goal.isdecimal() and len(written) < _PLACE_MOST
    if not is_place or not int(area) or not int(goal):
        raise StrategyRefused(Refusal.NOT_OF_STRATEGY, path)
    return int(area) - 1, int(goal) - 1


def _links(written: Mapping[str, Any], path: str) -> Iterator[ReadLink]:
    for each in _list(written, "links"):
        kind = str(each.get("kind", ""))
        if kind not in {known.value for known in LinkKind}:
            raise StrategyRefused(Refusal.UNKNOWN, path)
        yield ReadLink(
            LinkKind(kind),
            tidy(str(each.get("ref") or ""), path, most=TITLE_MOST, needed=True),
            tidy(" ".join(str(each.get("label") or "").split()), path, most=TITLE_MOST),
        )


def _indicators(written: Mapping[str, Any], path: str) -> Iterator[IndicatorDetails]:
    for each in _list(written, "indicators"):
        target = str(each.get("target") or "")
        try:
            number = Decimal(target) if target else None
        except InvalidOperation:
            raise StrategyRefused(Refusal.UNKNOWN, path) from None
        yield tidy_indicator(
            IndicatorDetails(
                name=str(each.get("name") or ""),
                unit_of_value=str(each.get("unit_of_value") or ""),
                definition=str(each.get("definition") or ""),
                target=number,
                indicator=str(each.get("indicator") or ""),
            ),
            path,
        )


def _notes(written: Mapping[str, Any], path: str) -> list[str]:
    """Nobody can write notes shorter as they are confirmed: a long one goes on in the next, many are put together."""
    found = []
    # What has a place of its own is no note besides.
    said = _list(written, "said")
    for note in _list(written, "notes"):
        text = "" if note in said else str(note).strip()
        found += [text[at : at + TEXT_MOST] for at in range(0, len(text), TEXT_MOST)]
    return [each for each in (tidy(note, path) for note in few_notes(found)) if each]


def few_notes(notes: Sequence[str]) -> list[str]:
    """
    Return notes as there is room for them: of many the last are put together.

    >>> len(few_notes(["a"] * 30)), few_notes(["a", "b"])
    (20, ['a', 'b'])
    """
    first, rest = list(notes[: NOTES_MOST - 1]), list(notes[NOTES_MOST - 1 :])
    return [*first, *(["\n".join(rest)] if rest else [])]


def _year(written: Any, path: str) -> int | None:
    if written in (None, ""):
        return None
    try:
        return int(written)
    except (TypeError, ValueError):
        raise StrategyRefused(Refusal.YEARS, path) from None


def _list(written: Mapping[str, Any], name: str) -> list[Any]:
    found = written.get(name)
    return list(found) if isinstance(found, list | tuple) else []
