"""From what was found to a plan: each focus area once, each measure once, owners and years read, doubts told."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medspiller.strategy.domain.plans import cleaning
from medspiller.strategy.domain.plans.drafts import DraftArea
from medspiller.strategy.domain.plans.finishing import Finisher
from medspiller.strategy.domain.plans.marking import Marked, Piece
from medspiller.strategy.domain.plans.repeated import drop_repeated
from medspiller.strategy.domain.plans.serving import Goals, once
from medspiller.strategy.domain.plans.tables import UnreadTables
from medspiller.strategy.domain.plans.titles import Titled
from medspiller.strategy.domain.plans.uniting import United, united
from medspiller.strategy.domain.plans.values import Doubt, ReadArea, ReadPlan
from medspiller.strategy.domain.plans.wording import DoubtCode
from medspiller.strategy.domain.vocabulary import TEXT_MOST

_TOLD_MOST = 20


@dataclass(slots=True)
class Found:
    """All that one reading of the lines has found."""

    marked: Marked
    titled: Titled
    areas: list[DraftArea]
    plan_goals: list[Piece]
    unread: UnreadTables
    unread_lists: Sequence[Piece]


def plan_of(found: Found) -> ReadPlan:
    """Return the plan that was found, with every doubt where it belongs."""
    merged = united(found.areas)
    extra = drop_repeated([each.area for each in merged])
    kept = [each for each in merged if not each.area.is_empty or (not each.area.is_guess and not _is_only_named(each))]
    if any(each.area.measures for each in kept):
        kept = [each for each in kept if each.area.measures or not each.area.is_guess]
    kept_areas = [each.area for each in kept]
    goals = Goals(kept_areas)
    finisher = Finisher(found.marked, found.titled.period, kept_areas, goals)
    areas, doubts = [], _doubts_of_plan(found, kept)
    for number, each in enumerate(kept, start=1):
        if each.area.is_nameless:
            each.area.title = found.titled.title or "Tiltak"
            each.doubts.append(_doubt(DoubtCode.AREA_GUESSED, each.area, title=each.area.title))
        areas.append(_area(each, number, finisher, goals, extra))
    return ReadPlan(
        title=found.titled.title,
        period=found.titled.period,
        areas=tuple(areas),
        doubts=tuple(doubts),
        title_lines=found.titled.line_numbers,
    )


def _is_only_named(each: United) -> bool:
    """An area that is named in passing, by a heading with nothing below it anywhere."""
    return each.area.is_empty and not each.area.number


def _doubts_of_plan(found: Found, kept: Sequence[United]) -> list[Doubt]:
    doubts = []
    first = found.marked.pieces[0].line if found.marked.pieces else None
    has_measures = any(each.area.measures for each in kept)
    if not any(not each.area.is_empty for each in kept):
        doubts.append(Doubt(DoubtCode.NOTHING_FOUND, 0, ""))
    doubts += _unread(found, has_measures=has_measures)
    if found.plan_goals and kept:
        line = found.plan_goals[0].line
        doubts.append(Doubt(DoubtCode.PLAN_GOALS, line.number, line.named, {"count": str(len(found.plan_goals))}))
    if not found.titled.title:
        doubts.append(Doubt(DoubtCode.NO_TITLE, first.number if first else 0, first.named if first else ""))
    if not found.titled.period:
        doubts.append(Doubt(DoubtCode.NO_PERIOD, first.number if first else 0, first.named if first else ""))
    return doubts


def _unread(found: Found, *, has_measures: bool) -> list[Doubt]:
    doubts = []
    for piece in found.unread.first_rows(has_measures=has_measures)[:_TOLD_MOST]:
        cells = piece.line.cells if piece.line.cells is not None else re.split(r"\||\t|\s{2,}", piece.line.text)
        told = cleaning.shortened(", ".join(cleaning.clean(cell) for cell in cells if cell.strip()), 160)
        doubts.append(Doubt(DoubtCode.TABLE_NOT_PLAN, piece.line.number, piece.line.named, {"headers": told}))
    for piece in found.unread_lists[:_TOLD_MOST]:
        text = cleaning.shortened(piece.text)
        doubts.append(Doubt(DoubtCode.LIST_NOT_READ, piece.line.number, piece.line.named, {"text": text}))
    return doubts


def _area(each: United, number: int, finisher: Finisher, goals: Goals, extra: Mapping[int, list[Doubt]]) -> ReadArea:
    area = each.area
    measures, lost = finisher.measures(area, extra)
    doubts = each.doubts + lost
    if not measures:
        doubts.append(_doubt(DoubtCode.AREA_WITHOUT_MEASURES, area, title=area.title))
    elif len(measures) > 1 and not any(measure.owners or measure.from_year or measure.to_year for measure in measures):
        doubts.append(_doubt(DoubtCode.NO_OWNERS_OR_TIMES, area, title=area.title))
    doubts += _twice(area, [measure.text for measure in measures])
    text = text_of(area.text)
    if len(text) > TEXT_MOST:
        text = text[:TEXT_MOST].rsplit(" ", 1)[0]
        doubts.append(_doubt(DoubtCode.AREA_TEXT_CUT, area, title=area.title))
    return ReadArea(
        title=area.title,
        number=number,
        text=text,
        goals=goals.of(area),
        approaches=once(area.approaches)[0],
        measures=measures,
        lines=tuple(occurrence.line.number for occurrence in each.occurrences),
        doubts=tuple(doubts),
    )


def text_of(lines: Sequence[str]) -> str:
    """Return paragraphs, with at most one empty line between two."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _twice(area: DraftArea, texts: Sequence[str]) -> list[Doubt]:
    counted = Counter(texts)
    return [
        _doubt(DoubtCode.TWICE, area, text=cleaning.shortened(text))
        for text, count in counted.most_common(20)
        if count > 1
    ]


def _doubt(code: DoubtCode, area: DraftArea, **facts: str) -> Doubt:
    return Doubt(code, area.line.number, area.line.named, facts)
