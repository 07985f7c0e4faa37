"""Which goals of the plan a measure serves: by the words of a goal, or by its number."""

from collections.abc import Sequence

from medspiller.strategy.domain.plans import cleaning
from medspiller.strategy.domain.plans.drafts import DraftArea, DraftText
from medspiller.strategy.domain.plans.more import DraftMore
from medspiller.strategy.domain.plans.values import ReadText

_SAME_TEXT = 0.94
_COMPARED_MOST = 60


def once(texts: Sequence[DraftText]) -> tuple[tuple[ReadText, ...], list[int]]:
    """Return goals or approaches, each once, with all the lines that have it; and for each given its place there."""
    found: list[tuple[str, DraftText]] = []
    by_key: dict[str, int] = {}
    places = []
    for text in texts:
        key = cleaning.squeeze(text.text)
        same = by_key.get(key)
        if same is None and len(found) <= _COMPARED_MOST and len(key) > 20:
            alike = (at for at, (seen, _) in enumerate(found) if cleaning.likeness(seen, key) >= _SAME_TEXT)
            same = next(alike, None)
        if same is None:
            same = len(found)
            found.append((key, DraftText(text.text, [])))
        by_key.setdefault(key, same)
        found[same][1].lines.extend(text.lines)
        places.append(same)
    return tuple(ReadText(text.text, tuple(text.lines)) for _, text in found), places


class Goals:
    """The goals of a plan, whose areas stand in their order."""

    def __init__(self, areas: Sequence[DraftArea]):
        self._areas = [once(area.goals) for area in areas]
        self._words = [
            {cleaning.squeeze(each.text): place for each, place in zip(area.goals, places, strict=True)}
            for area, (_, places) in zip(areas, self._areas, strict=True)
        ]
        self._numbers = {area.number: at for at, area in enumerate(areas) if area.number}
        self._at = {id(area): at for at, area in enumerate(areas)}

    def of(self, area: DraftArea) -> tuple[ReadText, ...]:
        """Return the goals of an area, each once."""
        return self._areas[self._at[id(area)]][0]

    def served(self, area: DraftArea, more: DraftMore) -> tuple[tuple[str, ...], list[str]]:
        """Return the goals that a measure of this area serves, such as `2.1`, and numbers that are of none."""
        at = self._at[id(area)]
        found = [(at, self._words[at][key]) for key in map(cleaning.squeeze, more.goals) if key in self._words[at]]
        unknown = []
        for number in more.goal_numbers:
            place = self._place(at, number)
            if place is None:
                unknown.append(number)
            else:
                found.append(place)
        return tuple(f"{one + 1}.{other + 1}" for one, other in sorted(set(found))), unknown

    def _place(self, at: int, number: str) -> tuple[int, int] | None:
        of_area, _, of_goal = number.rpartition(".")
        home = self._numbers.get(of_area, int(of_area) - 1) if of_area else at
        if not 0 <= home < len(self._areas):
            return None
        places = self._areas[home][1]
        return (home, places[int(of_goal) - 1]) if 1 <= int(of_goal) <= len(places) else None
