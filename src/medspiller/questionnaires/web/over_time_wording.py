"""Figures over time in plain words. They say what has changed, and never what that makes of anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from medspiller.questionnaires.domain.library.instruments import (
    Certainty,
    Change,
    Direction,
    Instrument,
    Scale,
    in_language,
)
from medspiller.questionnaires.domain.reading_back.answer_changes import Kind
from medspiller.questionnaires.domain.reading_back.over_time import Apart, Course, Point, Since
from medspiller.ui.components.formats import day

KINDS: Mapping[Kind, Promise] = {
    Kind.ADDED: gettext_lazy("New answer"),
    Kind.REMOVED: gettext_lazy("No answer any more"),
    Kind.OTHER: gettext_lazy("Another answer"),
}
APART: Mapping[Apart, Promise] = {
    Apart.VERSION: gettext_lazy("Not compared: the form was so different then that the two do not measure alike."),
    Apart.LANGUAGE: gettext_lazy("Not compared: the two were answered in different languages."),
    Apart.SCORING: gettext_lazy("Not compared: the figure was worked out in another way."),
    Apart.UNSCORED: gettext_lazy("No figure: not everything that counts was answered."),
}
HIGHER: Mapping[Direction, Promise] = {
    Direction.BETTER: gettext_lazy("Higher is towards the lighter end of this scale."),
    Direction.WORSE: gettext_lazy("Higher means a heavier burden on this scale."),
    Direction.MORE_CARING: gettext_lazy("Higher means more caring tasks on this scale."),
}
LOWER: Mapping[Direction, Promise] = {
    Direction.BETTER: gettext_lazy("Lower is towards the heavier end of this scale."),
    Direction.WORSE: gettext_lazy("Lower means a lighter burden on this scale."),
    Direction.MORE_CARING: gettext_lazy("Lower means fewer caring tasks on this scale."),
}


@dataclass(frozen=True, slots=True)
class PointLine:
    """One time: the day, the figure, its band, and what is said of the time before, or why nothing is."""

    id: UUID
    on: date
    version: str
    figure: str
    band: str
    is_verified: bool
    since: tuple[str, ...]
    is_apart: bool


@dataclass(frozen=True, slots=True)
class CourseLines:
    """One measure over time, the newest first: what it is called, between what it lies, and its rule of change."""

    name: str
    range: str
    rule: str
    lines: tuple[PointLine, ...]


def course_in_words(followed: Course, instrument: Instrument | None, language: str) -> CourseLines:
    """Return a measure over time in words."""
    newest = followed.scored[-1].worth
    scale = newest.scale if newest else None
    return CourseLines(
        name=in_language(followed.measure.name, language),
        range=_range(scale),
        rule=_rule(scale),
        lines=tuple(_line(point, instrument, language) for point in reversed(followed.points)),
    )


def apart_in_words(apart: Apart) -> str:
    """Return why two are not compared."""
    return str(APART[apart])


def not_a_diagnosis(instrument: Instrument | None, language: str) -> str:
    """Return what stands with every figure: what it is not."""
    if instrument is not None:
        return in_language(instrument.not_a_diagnosis, language)
    return _("A score is a help in the talk. It is not a diagnosis, and it decides nothing.")


def _line(point: Point, instrument: Instrument | None, language: str) -> PointLine:
    worth = point.worth
    band = worth.band if worth else None
    return PointLine(
        id=point.taken.id,
        on=point.taken.on,
        version=point.taken.version,
        figure=shown(worth.value) if worth else _("No score"),
        band=in_language(band.label, language) if band else "",
        is_verified=band is None or band.certainty is Certainty.READ,
        since=_since(point, instrument, language),
        is_apart=point.apart is not None,
    )


def _since(point: Point, instrument: Instrument | None, language: str) -> tuple[str, ...]:
    if point.apart is Apart.UNSCORED:
        missing = in_language(instrument.missing_text, language) if instrument else str(APART[Apart.UNSCORED])
        return (missing,)
    if point.apart is not None:
        return (str(APART[point.apart]),)
    if point.since is None:
        return (_("The first time"),)
    scale = point.worth.scale if point.worth else None
    return tuple(each for each in (_difference(point.since), _meaning(point.since, scale)) if each)


def _difference(since: Since) -> str:
    """How many points, and since when."""
    if not since.by:
        return _("The same as on %(day)s.") % {"day": day(since.on)}
    told = {"points": shown(abs(since.by)), "day": day(since.on)}
    count = int(abs(since.by)) if since.by == since.by.to_integral_value() else 2
    if since.by > 0:
        return ngettext(
            "%(points)s point higher than on %(day)s.", "%(points)s points higher than on %(day)s.", count
        ) % told  # fmt: skip
    return ngettext(
        "%(points)s point lower than on %(day)s.", "%(points)s points lower than on %(day)s.", count
    ) % told  # fmt: skip


def _meaning(since: Since, scale: Scale | None) -> str:
    if scale is None or scale.higher is None or since.change in (None, Change.NONE):
        return ""
    direction = str((HIGHER if since.by > 0 else LOWER)[scale.higher])
    if since.change is not Change.SMALL or scale.relevant_change is None:
        return direction
    small = _("The difference is smaller than the %(points)s points that the instrument counts as a change.")
    return small % {"points": shown(scale.relevant_change.by)}


def _range(scale: Scale | None) -> str:
    if scale is None or scale.range is None:
        return ""
    least, most = scale.range
    return _("The figure can lie between %(least)s and %(most)s.") % {"least": shown(least), "most": shown(most)}


def _rule(scale: Scale | None) -> str:
    if scale is None or scale.higher is None:
        return ""
    if scale.relevant_change is None:
        return _("The instrument does not say how large a difference must be to matter.")
    told = _("The instrument counts a difference of %(points)s points or more as a change.")
    unsure = "" if scale.relevant_change.certainty is Certainty.READ else " " + _("That limit is not verified.")
    return told % {"points": shown(scale.relevant_change.by)} + unsure


def shown(value: Decimal) -> str:
    """Return a figure as it is read."""
    return str(number_format(value.normalize() if value != value.to_integral_value() else int(value)))
