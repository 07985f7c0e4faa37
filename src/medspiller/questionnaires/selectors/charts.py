"""Figures over time as they are to be drawn, in the words of one language, and the drawing if there is one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.questionnaires.domain.library.instruments import Scale, in_language
from medspiller.questionnaires.domain.reading_back.drawing import Dot, Panel, Picture, Stripe
from medspiller.questionnaires.domain.reading_back.over_time import Course, Point, can_be_drawn
from medspiller.questionnaires.models import Chart
from medspiller.questionnaires.selectors.over_time import OverTime, figures
from medspiller.ui.components.formats import day
from medspiller.ui.documents import Problem

# Beyond this a drawing is a wall; the tables have them all.
PANELS_MOST = 6


@dataclass(frozen=True, slots=True)
class Drawing:
    """How far a drawing has come: `svg` once it is there, `problem` if nothing came of it."""

    picture: Picture
    svg: str | None
    problem: Problem | None


def picture_of(*, actor: Actor, seen: OverTime, language: str) -> Picture | None:
    """Return what is to be drawn of figures that the actor has been given; None where there are too few."""
    if not can_be_drawn(seen.courses):
        return None
    drawn = [each for each in seen.courses if len(each.scored) > 1][:PANELS_MOST]
    with translation.override(language):
        told = [_told(each, language) for each in drawn]
        return Picture(
            language=language,
            title=_("Over time: %(name)s") % {"name": seen.title},
            description=" ".join(told),
            panels=tuple(_panel(each, language) for each in drawn),
        )


def drawing(*, actor: Actor, person_id: UUID, url: str, language: str, is_read: bool = False) -> Drawing:
    """
    Return how far the drawing has come of what the actor may see of a person now. It is logged if `is_read`.

    :raises NotFound: if there is no such person, or nothing to draw that the actor may know of; `Closed`, if they
        have no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    """
    seen = figures(actor=actor, person_id=person_id, url=url, language=language, is_read=is_read)
    picture = picture_of(actor=actor, seen=seen, language=language)
    if picture is None:
        raise NotFound(f"nothing to draw of {url}")
    row = Chart.objects.filter(person_id=person_id, about_url=url, digest=picture.digest).first()
    return drawing_in(actor=actor, picture=picture, row=row)


def drawing_in(*, actor: Actor, picture: Picture, row: Chart | None) -> Drawing:
    """Return how far the drawing of a picture has come that the actor has been given."""
    svg = str(row.svg) if row is not None and row.svg is not None else None
    return Drawing(picture, svg, Problem(row.problem) if row is not None and row.problem else None)


def _panel(followed: Course, language: str) -> Panel:
    scale = _scale(followed)
    span = scale.range if scale and scale.range else None
    return Panel(
        name=in_language(followed.measure.name, language),
        dots=tuple(_dots(followed)),
        least=float(span[0]) if span else None,
        most=float(span[1]) if span else None,
        stripes=tuple(_stripes(scale, followed.scored[-1].taken.on, language)) if scale else (),
    )


def _dots(followed: Course) -> list[Dot]:
    rows: dict[tuple[str, str, str], int] = {}
    dots = []
    for point in followed.scored:
        taken = point.taken
        row = rows.setdefault((taken.major, taken.language, taken.scoring), len(rows))
        value = _value(point)
        dots.append(Dot(taken.on.isoformat(), float(value), _number(value), row))
    return dots


def _stripes(scale: Scale, on: date, language: str) -> list[Stripe]:
    """The bands that hold on the day of the newest answers."""
    known = [band for band in scale.bands if band.valid_from <= on]
    newest = max((band.valid_from for band in known), default=None)
    holding = [band for band in known if band.valid_from == newest]
    return [Stripe(float(band.least), float(band.most), in_language(band.label, language)) for band in holding]


def _told(followed: Course, language: str) -> str:
    """The figures in a sentence, for who does not see the drawing."""
    figures_told = [
        _("%(figure)s on %(day)s") % {"figure": _number(_value(point)), "day": day(point.taken.on)}
        for point in followed.scored
    ]
    return _("%(name)s: %(figures)s.") % {
        "name": in_language(followed.measure.name, language),
        "figures": ", ".join(figures_told),
    }


def _scale(followed: Course) -> Scale | None:
    newest = followed.scored[-1].worth
    return newest.scale if newest else None


def _value(point: Point) -> Decimal:
    assert point.worth is not None  # noqa: S101 - only those with a figure are drawn
    return point.worth.value


def _number(value: Decimal) -> str:
    return str(number_format(value.normalize() if value != value.to_integral_value() else int(value)))
