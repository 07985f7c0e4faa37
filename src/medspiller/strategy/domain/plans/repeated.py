"""Measures that a chapter lists and a closing plan lists again: the list that says who and when wins."""

from collections.abc import Sequence

from medspiller.strategy.domain.plans import cleaning
from medspiller.strategy.domain.plans.drafts import DraftArea, DraftMeasure
from medspiller.strategy.domain.plans.values import Doubt
from medspiller.strategy.domain.plans.wording import DoubtCode

_SAME = 0.88
_START = 24
# Beyond so many, only what is written alike to the letter is found.
_COMPARED_MOST = 400


def drop_repeated(areas: Sequence[DraftArea]) -> dict[int, list[Doubt]]:
    """
    Leave out measures that stand again with owners or a time, in whichever area: pages may have mixed them up.

    What stands in a chapter only is kept. Returns further doubts by the id of their measure.
    """
    full: dict[str, DraftMeasure] = {}
    for area in areas:
        for measure in area.measures:
            if not measure.stands_bare:
                full.setdefault(_key(measure), measure)
    doubts: dict[int, list[Doubt]] = {}
    keys = list(full)
    for area in areas:
        has_full = any(not measure.stands_bare for measure in area.measures)
        kept, seen = [], dict[str, DraftMeasure]()
        for measure in area.measures:
            if not measure.stands_bare:
                kept.append(measure)
                continue
            key = _key(measure)
            same = full.get(key) or _alike(key, keys, full) or seen.get(key)
            if same:
                same.lines += measure.lines[:1]
                continue
            seen[key] = measure
            kept.append(measure)
            if has_full:
                told = {"text": cleaning.shortened(cleaning.clean(measure.text))}
                found = Doubt(DoubtCode.ONLY_IN_CHAPTER, measure.line.number, measure.line.named, told)
                doubts[id(measure)] = [found]
        area.measures[:] = kept
    return doubts


def _key(measure: DraftMeasure) -> str:
    return cleaning.squeeze(cleaning.clean(measure.text))


def _alike(key: str, keys: Sequence[str], full: dict[str, DraftMeasure]) -> DraftMeasure | None:
    if len(key) < _START or len(keys) > _COMPARED_MOST:
        return None
    for other in keys:
        begins = len(other) >= _START and (key.startswith(other) or other.startswith(key))
        if begins or cleaning.likeness(key, other) >= _SAME:
            return full[other]
    return None
