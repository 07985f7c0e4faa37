"""A plan that was read from a file, as a person confirms it: checked whole before anything of it is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from medspiller.strategy.domain.inputs import MeasureDetails, ensure_years, tidy, tidy_title
from medspiller.strategy.domain.refusals import Refusal, StrategyRefused
from medspiller.strategy.domain.vocabulary import TEXT_MOST

AREAS_MOST = 60
MEASURES_MOST = 3000
NOTES_MOST = 20


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """A measure to be stored, with the names of its owners."""

    details: MeasureDetails
    owners: tuple[str, ...]


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
    if len(areas) > AREAS_MOST or len(measures) > MEASURES_MOST:
        raise StrategyRefused(Refusal.TOO_LONG, "focus_areas")
    from_year, to_year = _period(written.get("period"), measures)
    return NewPlan(title=title, from_year=from_year, to_year=to_year, areas=areas)


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
        notes=tuple(_notes(written, f"{path}.notes")),
    )
    return NewMeasure(details, tuple(owners.values()))


def _notes(written: Mapping[str, Any], path: str) -> list[str]:
    """Nobody can write notes shorter as they are confirmed: a long one goes on in the next, many are put together."""
    found = []
    for note in _list(written, "notes"):
        text = str(note).strip()
        found += [text[at : at + TEXT_MOST] for at in range(0, len(text), TEXT_MOST)]
    if len(found) > NOTES_MOST:
        found[NOTES_MOST - 1 :] = ["\n".join(found[NOTES_MOST - 1 :])]
    return [each for each in (tidy(note, path) for note in found) if each]


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
