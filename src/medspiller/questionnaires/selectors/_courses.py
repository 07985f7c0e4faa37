"""Stored answers and totals as what is compared over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.questionnaires.domain.library.instruments import Instrument, band_of, in_language
from medspiller.questionnaires.domain.reading_back.answer_changes import AnswerChanges, Said, changes
from medspiller.questionnaires.domain.reading_back.answers import answers_to_read
from medspiller.questionnaires.domain.reading_back.over_time import (
    Apart,
    Course,
    Measure,
    Taken,
    Worth,
    course,
    courses,
    difference,
    measures_of,
    scoring_of_form,
    scoring_of_total,
    worths,
)
from medspiller.questionnaires.models import Response, Score, Total
from medspiller.questionnaires.selectors import _blanks
from medspiller.questionnaires.selectors.instruments import instrument, instrument_of_form


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sets of answers side by side; `apart` says that they are to different major versions."""

    earlier: Taken
    later: Taken
    apart: Apart | None
    said: AnswerChanges


@dataclass(frozen=True, slots=True)
class OverTime:
    """
    What was answered to one form or instrument, the oldest first, and each of its figures over time.

    `left_out` counts what is replaced or wrong. `compared` is None for an instrument, and where
    there is only one set of answers.
    """

    url: str
    title: str
    instrument: Instrument | None
    is_totals: bool
    taken: tuple[Taken, ...]
    courses: tuple[Course, ...]
    left_out: int
    compared: Compared | None = None


def of_form(actor: Actor, standing: Sequence[Response], *, left_out: int, language: str) -> OverTime:
    """Return what was answered to one form, the oldest first, without the answers themselves."""
    newest = standing[-1]
    known = instrument_of_form(actor=actor, questionnaire_url=newest.questionnaire_url)
    scores = _scores(standing)
    taken = tuple(_taken(actor, row, known, scores[row.id]) for row in standing)
    blank = _blanks.of_response(actor, newest)
    named = list(dict.fromkeys(link_id for each in scores.values() for link_id in each))
    return OverTime(
        url=newest.questionnaire_url,
        title=blank.title(language),
        instrument=known,
        is_totals=False,
        taken=taken,
        courses=courses(measures_of(known, blank.questionnaire, named), taken),
        left_out=left_out,
    )


def side_by_side(
    actor: Actor, seen: OverTime, standing: Sequence[Response], *, earlier_id: UUID | None, language: str
) -> Compared | None:
    """Return the newest answers beside those of `earlier_id`, else those before them; None if there are no others."""
    taken = {each.id: each for each in seen.taken}
    others = [row for row in standing[:-1] if row.id in taken]
    if not others:
        return None
    earlier = next((row for row in others if row.id == earlier_id), others[-1])
    later = standing[-1]
    said = changes(_said(actor, earlier, language), _said(actor, later, language))
    apart = difference(taken[earlier.id], taken[later.id])
    # How answers are counted does not matter to what they say.
    return Compared(taken[earlier.id], taken[later.id], apart if apart is Apart.VERSION else None, said)


def of_totals(actor: Actor, rows: Sequence[Total], *, language: str) -> OverTime:
    """Return totals that were entered of one instrument, the oldest first."""
    standing = [row for row in rows if row.wrong_at is None]
    versions = {row.instrument_version for row in standing}
    known = {each: instrument(actor=actor, url=rows[0].instrument_url, version=each) for each in versions}
    newest = known[standing[-1].instrument_version]
    taken = {row.id: _taken_total(row, known[row.instrument_version]) for row in standing}
    followed = []
    for scale in newest.scales:
        own = [taken[row.id] for row in standing if row.total_id == scale.id]
        if own:
            followed.append(course(Measure(scale.id, scale.name), own))
    return OverTime(
        url=newest.url,
        title=in_language(newest.name, language),
        instrument=newest,
        is_totals=True,
        taken=tuple(taken.values()),
        courses=tuple(followed),
        left_out=len(rows) - len(standing),
    )


def _scores(standing: Sequence[Response]) -> dict[UUID, dict[str, Decimal]]:
    found: dict[UUID, dict[str, Decimal]] = {row.id: {} for row in standing}
    rows = Score.objects.filter(response__in=[row.id for row in standing]).order_by("id")
    for response_id, link_id, value in rows.values_list("response_id", "link_id", "value"):
        found[response_id][link_id] = value
    return found


def _taken(actor: Actor, row: Response, known: Instrument | None, scores: dict[str, Decimal]) -> Taken:
    assert row.completed_at is not None  # noqa: S101 - finished
    on = clock.day_of(row.completed_at)
    return Taken(
        id=row.id,
        on=on,
        version=row.questionnaire_version,
        # Codes count alike in every language; the words of an instrument are tried in each by itself.
        language=row.language if known else "",
        scoring=scoring_of_form(_blanks.of_response(actor, row).questionnaire),
        values=worths(known, scores, on=on),
    )


def _taken_total(row: Total, known: Instrument) -> Taken:
    scale = known.scale(row.total_id)
    values = {}
    if row.value is not None:
        band = band_of(scale, row.value, on=clock.day_of(row.recorded_at))
        values = {row.total_id: Worth(row.value, scale, band)}
    return Taken(
        id=row.id,
        on=row.measured_on,
        version=row.instrument_version,
        scoring=scoring_of_total(known, scale),
        values=values,
    )


def _said(actor: Actor, row: Response, language: str) -> Said:
    engine = _blanks.engine_of(_blanks.of_response(actor, row))
    return Said(row.answers, answers_to_read(engine, row.answers, language=language))
