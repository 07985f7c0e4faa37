"""
The same thing answered more than once: what has changed, by the instrument's own rules.

Only like is compared with like: the same form in the same major version, answered in the same
language where it is an instrument, and scored alike. What is not alike is shown beside it, with
why it is not compared. Nothing here concludes anything about anybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from medspiller.questionnaires.domain.definition.definitions import Item, Questionnaire
from medspiller.questionnaires.domain.library.instruments import (
    Band,
    Change,
    Instrument,
    Scale,
    band_of,
    change_between,
)


class Apart(StrEnum):
    """Why something answered is not compared with what was answered before it."""

    VERSION = "version"
    LANGUAGE = "language"
    SCORING = "scoring"
    UNSCORED = "unscored"


@dataclass(frozen=True, slots=True)
class Worth:
    """What one measure came to. `scale` and `band` are the instrument's; None for a form that is none."""

    value: Decimal
    scale: Scale | None = None
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """
    One time that something was answered, on a day of the calendar.

    `language` is the one it was answered in where that matters, else empty. `scoring` stands for
    how answers are counted: two that count alike have the same. `values` are by measure.
    """

    id: UUID
    on: date
    version: str
    language: str = ""
    scoring: str = ""
    values: Mapping[str, Worth] = field(default_factory=dict)

    @property
    def major(self) -> str:
        return self.version.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure that is followed: by what it is found in `Taken.values`, and what it is called, by language."""

    id: str
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Since:
    """
    The difference to the last time that is alike.

    `by` is negative where it fell. `change` is None where the form does not say what a difference means.
    """

    on: date
    by: Decimal
    change: Change | None


@dataclass(frozen=True, slots=True)
class Point:
    """What a measure came to once, since when, or why it is not compared. The first has neither."""

    taken: Taken
    worth: Worth | None
    since: Since | None = None
    apart: Apart | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A measure over time, the oldest first."""

    measure: Measure
    points: tuple[Point, ...]

    @property
    def scored(self) -> tuple[Point, ...]:
        """Those with a figure."""
        return tuple(point for point in self.points if point.worth is not None)


def difference(earlier: Taken, later: Taken) -> Apart | None:
    """Return why the later is not compared with the earlier; None if the two are alike."""
    if earlier.major != later.major:
        return Apart.VERSION
    if earlier.language != later.language:
        return Apart.LANGUAGE
    return Apart.SCORING if earlier.scoring != later.scoring else None


def course(measure: Measure, taken: Sequence[Taken]) -> Course:
    """
    Follow one measure through what was answered, the oldest first.

    Each is held against the last one before it that is alike. Where none is, it is said how it
    differs from the one before it. What has no figure is passed over.
    """
    seen: list[tuple[Taken, Worth]] = []
    points: list[Point] = []
    for each in taken:
        worth = each.values.get(measure.id)
        if worth is None:
            points.append(Point(each, None, apart=Apart.UNSCORED))
            continue
        alike = next(((was, had) for was, had in reversed(seen) if difference(was, each) is None), None)
        since = _since(*alike, worth) if alike else None
        apart = difference(seen[-1][0], each) if seen and since is None else None
        points.append(Point(each, worth, since, apart))
        seen.append((each, worth))
    return Course(measure, tuple(points))


def courses(measures: Sequence[Measure], taken: Sequence[Taken]) -> tuple[Course, ...]:
    """Follow each measure that ever had a figure."""
    followed = (course(measure, taken) for measure in measures)
    return tuple(each for each in followed if each.scored)


def can_be_drawn(followed: Sequence[Course]) -> bool:
    """Say whether there is anything to draw: a measure with figures of two times."""
    return any(len(each.scored) > 1 for each in followed)


def measures_of(instrument: Instrument | None, questionnaire: Questionnaire, scores: Sequence[str]) -> list[Measure]:
    """Return what is followed of a form: its instrument's totals, else the scores of its own that are shown."""
    if instrument is not None:
        return [Measure(scale.item, scale.name) for scale in instrument.scales if scale.item]
    items = questionnaire.by_link_id
    shown = [items[link_id] for link_id in scores if link_id in items and not items[link_id].hidden]
    return [Measure(item.link_id, {**item.text.others, "nb": item.text.plain}) for item in shown]


def worths(instrument: Instrument | None, scores: Mapping[str, Decimal], *, on: date) -> dict[str, Worth]:
    """Return what scores by linkId came to, by the bands in force on the day they were given."""
    scales = {scale.item: scale for scale in instrument.scales if scale.item} if instrument else {}
    return {link_id: _worth(scales.get(link_id), value, on) for link_id, value in scores.items()}


def scoring_of_form(questionnaire: Questionnaire) -> str:
    """Return what stands for how a form counts: whatever its items, options and expressions add up from."""
    counted = [_counted(item) for item in questionnaire.every_item()]
    return repr([each for each in counted if each] + [(each.name, each.text) for each in questionnaire.variables])


def scoring_of_total(instrument: Instrument, scale: Scale) -> str:
    """Return what stands for how an instrument counts a total that is only entered."""
    return repr((scale.id, scale.range, scale.higher, instrument.missing_rule))


def _since(was: Taken, had: Worth, now: Worth) -> Since:
    change = None
    if now.scale is not None and now.scale.higher is not None:
        change = change_between(now.scale, had.value, now.value)
    return Since(was.on, now.value - had.value, change)


def _worth(scale: Scale | None, value: Decimal, on: date) -> Worth:
    return Worth(value, scale, band_of(scale, value, on=on) if scale else None)


def _counted(item: Item) -> tuple[object, ...]:
    """What of an item a score can depend on; nothing for a question that counts nowhere."""
    options = tuple(_options(item))
    if item.score is None and item.calculated is None and not item.variables and not options:
        return ()
    calculated = item.calculated.text if item.calculated else ""
    variables = tuple((each.name, each.text) for each in item.variables)
    return item.link_id, item.score, calculated, variables, options, item.required, item.conditions, item.behaviour


def _options(item: Item) -> Iterator[tuple[object, object]]:
    for option in item.options:
        if option.ordinal is not None:
            content = option.value.content
            yield content.get("code") if isinstance(content, Mapping) else content, option.ordinal
