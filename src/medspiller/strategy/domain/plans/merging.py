"""From what was found to a plan: each focus area once, each measure once, owners and years read, doubts told."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medspiller.strategy.domain.plans import cleaning
from medspiller.strategy.domain.plans.drafts import DraftArea, DraftText
from medspiller.strategy.domain.plans.finishing import Finisher
from medspiller.strategy.domain.plans.marking import Marked, Piece
from medspiller.strategy.domain.plans.repeated import drop_repeated
from medspiller.strategy.domain.plans.tables import UnreadTables
from medspiller.strategy.domain.plans.titles import Titled
from medspiller.strategy.domain.plans.values import Doubt, ReadArea, ReadPlan, ReadText
from medspiller.strategy.domain.plans.wording import DoubtCode

_SAME_TITLE = 0.55
_TOLD_MOST = 20
_SAME_TEXT = 0.94


@dataclass(slots=True)
class Found:
    """All that one reading of the lines has found."""

    marked: Marked
    titled: Titled
    areas: list[DraftArea]
    plan_goals: list[Piece]
    unread: UnreadTables
    unread_lists: Sequence[Piece]


@dataclass(slots=True)
class _Merged:
    area: DraftArea
    occurrences: list[DraftArea]
    doubts: list[Doubt]


def plan_of(found: Found) -> ReadPlan:
    """Return the plan that was found, with every doubt where it belongs."""
    merged = _merge(found.areas)
    extra = drop_repeated([each.area for each in merged])
    kept = [each for each in merged if not each.area.is_empty or (not each.area.is_guess and not _is_only_named(each))]
    if any(each.area.measures for each in kept):
        kept = [each for each in kept if each.area.measures or not each.area.is_guess]
    finisher = Finisher(found.marked, found.titled.period, [each.area for each in kept])
    areas, doubts = [], _doubts_of_plan(found, kept)
    for number, each in enumerate(kept, start=1):
        if each.area.is_nameless:
            each.area.title = found.titled.title or "Tiltak"
            each.doubts.append(_doubt(DoubtCode.AREA_GUESSED, each.area, title=each.area.title))
        areas.append(_area(each, number, finisher, extra))
    return ReadPlan(
        title=found.titled.title,
        period=found.titled.period,
        areas=tuple(areas),
        doubts=tuple(doubts),
        title_lines=found.titled.line_numbers,
    )


def _is_only_named(each: _Merged) -> bool:
    """An area that is named in passing, by a heading with nothing below it anywhere."""
    return each.area.is_empty and not each.area.number


def _doubts_of_plan(found: Found, kept: Sequence[_Merged]) -> list[Doubt]:
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


# --- The same area once -------------------------------------------------------------------


def _merge(occurrences: Sequence[DraftArea]) -> list[_Merged]:
    merged: list[_Merged] = []
    # Where an area is only named, nothing begins.
    said = {cleaning.squeeze(each.title) for each in occurrences if not each.is_empty}
    occurrences = [each for each in occurrences if not each.is_empty or cleaning.squeeze(each.title) not in said]
    by_number: dict[str, _Merged] = {}
    by_title: dict[str, _Merged] = {}
    for occurrence in occurrences:
        key = cleaning.squeeze(occurrence.title)
        same = by_title.get(key) if key else None
        if same is None and occurrence.number:
            same = by_number.get(occurrence.number)
            if same and key and same.area.title and not _is_same(same.area, occurrence):
                same = None
        if same is None:
            same = _Merged(DraftArea(occurrence.title, occurrence.line, occurrence.number), [], [])
            same.area.is_guess, same.area.is_nameless = occurrence.is_guess, occurrence.is_nameless
            merged.append(same)
        elif key and same.area.title and cleaning.squeeze(same.area.title) != key:
            facts = {"number": occurrence.number, "first": same.area.title, "second": occurrence.title}
            if all(doubt.facts.get("second") != occurrence.title for doubt in same.doubts):
                same.doubts.append(_doubt(DoubtCode.AREA_TITLES_DIFFER, occurrence, **facts))
        same.area.title = same.area.title or occurrence.title
        same.area.is_guess = same.area.is_guess and occurrence.is_guess
        same.occurrences.append(occurrence)
        if key:
            by_title.setdefault(key, same)
        if occurrence.number and not occurrence.is_guess:
            by_number.setdefault(occurrence.number, same)
        _add(same.area, occurrence)
    return _in_order(merged)


def _in_order(merged: list[_Merged]) -> list[_Merged]:
    """By their numbers, if all have one: the pages of some files are mixed up."""
    numbers = [_places(each.area.number) for each in merged]
    if not all(numbers) or len(set(numbers)) < len(numbers):
        return merged
    return [each for _, each in sorted(zip(numbers, merged, strict=True), key=lambda pair: pair[0])]


def _places(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".")) if number.replace(".", "").isdigit() else ()


def _is_same(one: DraftArea, other: DraftArea) -> bool:
    first, second = cleaning.fold(one.title), cleaning.fold(other.title)
    return cleaning.likeness(first, second) >= _SAME_TITLE or first in second or second in first


def _add(area: DraftArea, occurrence: DraftArea) -> None:
    area.goals += occurrence.goals
    area.approaches += occurrence.approaches
    area.measures += occurrence.measures


def _once(texts: Sequence[DraftText]) -> tuple[ReadText, ...]:
    """Return goals or approaches, each once, with all the lines that have it."""
    found: list[tuple[str, DraftText]] = []
    by_key: dict[str, DraftText] = {}
    for text in texts:
        key = cleaning.squeeze(text.text)
        same = by_key.get(key)
        if same is None and len(found) <= 60 and len(key) > 20:
            same = next((other for seen, other in found if cleaning.likeness(seen, key) >= _SAME_TEXT), None)
        if same is None:
            same = DraftText(text.text, [])
            found.append((key, same))
            by_key[key] = same
        same.lines += text.lines
    return tuple(ReadText(text.text, tuple(text.lines)) for _, text in found)


def _area(each: _Merged, number: int, finisher: Finisher, extra: Mapping[int, list[Doubt]]) -> ReadArea:
    area = each.area
    measures, lost = finisher.measures(area, extra)
    doubts = each.doubts + lost
    if not measures:
        doubts.append(_doubt(DoubtCode.AREA_WITHOUT_MEASURES, area, title=area.title))
    elif len(measures) > 1 and not any(measure.owners or measure.from_year or measure.to_year for measure in measures):
        doubts.append(_doubt(DoubtCode.NO_OWNERS_OR_TIMES, area, title=area.title))
    doubts += _twice(area, [measure.text for measure in measures])
    return ReadArea(
        title=area.title,
        number=number,
        goals=_once(area.goals),
        approaches=_once(area.approaches),
        measures=measures,
        lines=tuple(occurrence.line.number for occurrence in each.occurrences),
        doubts=tuple(doubts),
    )


def _twice(area: DraftArea, texts: Sequence[str]) -> list[Doubt]:
    counted = Counter(texts)
    return [
        _doubt(DoubtCode.TWICE, area, text=cleaning.shortened(text))
        for text, count in counted.most_common(20)
        if count > 1
    ]


def _doubt(code: DoubtCode, area: DraftArea, **facts: str) -> Doubt:
    return Doubt(code, area.line.number, area.line.named, facts)
