"""The same focus area once, wherever a plan speaks of it; and two that are only called the same stay two."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from medspiller.strategy.domain.plans import cleaning
from medspiller.strategy.domain.plans.drafts import DraftArea
from medspiller.strategy.domain.plans.values import Doubt
from medspiller.strategy.domain.plans.wording import DoubtCode

_SAME_TITLE = 0.55
_TOLD_MOST = 20
# No plan has more areas of one title.
_ALIKE_MOST = 20


@dataclass(slots=True)
class United:
    """
    A focus area with all places that speak of it.

    `numbers` are those that a word gives it, `full` its measures that say who or when, `kinds` what headings they stand
    below.
    """

    area: DraftArea
    occurrences: list[DraftArea] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    numbers: set[tuple[str, str]] = field(default_factory=set)
    full: set[str] = field(default_factory=set)
    kinds: set[tuple[str, int, bool]] = field(default_factory=set)

    def add(self, occurrence: DraftArea) -> None:
        """Take what one place says of it."""
        area = self.area
        area.title = area.title or occurrence.title
        area.is_guess = area.is_guess and occurrence.is_guess
        area.text += occurrence.text
        area.goals += occurrence.goals
        area.approaches += occurrence.approaches
        area.measures += occurrence.measures
        self.occurrences.append(occurrence)
        if occurrence.number and occurrence.said_by:
            self.numbers.add((occurrence.said_by, occurrence.number))
        full = _full(occurrence)
        self.full |= full
        self.kinds |= {_kind(occurrence)} if full else set()

    def doubt(self, code: DoubtCode, where: DraftArea, **facts: str) -> None:
        """Note a doubt about it, of many only the first."""
        is_told = code is DoubtCode.AREA_TITLES_DIFFER and any(each.facts == facts for each in self.doubts)
        if not is_told and len(self.doubts) < _TOLD_MOST:
            self.doubts.append(Doubt(code, where.line.number, where.line.named, facts))


def united(occurrences: Sequence[DraftArea]) -> list[United]:
    """Return each focus area once, by number where all have one, else in the order in which they are spoken of."""
    found: list[United] = []
    by_title: dict[str, list[United]] = {}
    by_number: dict[str, United] = {}
    last: United | None = None
    for occurrence in _spoken_of(occurrences):
        key = cleaning.squeeze(occurrence.title)
        alike = by_title.get(key, []) if key else []
        same = _same(alike, occurrence, last) or (None if alike else _numbered(by_number, occurrence))
        if same is None:
            same = United(DraftArea(occurrence.title, occurrence.line, occurrence.number))
            same.area.is_guess, same.area.is_nameless = occurrence.is_guess, occurrence.is_nameless
            found.append(same)
            if alike and not occurrence.number:
                other = alike[0].area.line.named
                same.doubt(DoubtCode.AREA_TITLE_TWICE, occurrence, title=occurrence.title, other=other)
        else:
            _doubt_same(same, occurrence, key, is_next=same is last)
        same.add(occurrence)
        if key and all(each is not same for each in alike):
            by_title.setdefault(key, []).append(same)
        if occurrence.number and not occurrence.is_guess:
            by_number.setdefault(occurrence.number, same)
        last = same
    return _in_order(found)


def _spoken_of(occurrences: Sequence[DraftArea]) -> Iterable[DraftArea]:
    """Where an area is only named, nothing begins; unless its number says that it is another one."""
    said: dict[str, set[str]] = {}
    for each in occurrences:
        if not each.is_empty:
            said.setdefault(cleaning.squeeze(each.title), set()).add(each.number)
    for each in occurrences:
        numbers = said.get(cleaning.squeeze(each.title))
        is_another = numbers is not None and bool(each.number and each.said_by) and not numbers & {each.number, ""}
        if not each.is_empty or numbers is None or is_another:
            yield each


def _same(alike: Sequence[United], occurrence: DraftArea, last: United | None) -> United | None:
    """Of the areas called alike, return the one that is meant: by its number, else one that nothing speaks against."""
    for each in alike:
        if occurrence.number and each.area.number == occurrence.number:
            return each
    fits = [each for each in alike if not _is_numbered_apart(each, occurrence)]
    if len(alike) < _ALIKE_MOST:
        fits = [each for each in fits if each is last or not _stands_apart(each, occurrence)]
    return next((each for each in fits if each is last), fits[-1] if fits else None)


def _is_numbered_apart(each: United, occurrence: DraftArea) -> bool:
    """Whether both have a number of the same kind, and not the same: chapters are numbered in another way."""
    if not (occurrence.number and occurrence.said_by):
        return False
    return any(by == occurrence.said_by and number != occurrence.number for by, number in each.numbers)


def _stands_apart(each: United, occurrence: DraftArea) -> bool:
    """Whether both have measures with owners or times, none of them the same, below headings of one kind."""
    full = _full(occurrence)
    if occurrence.number or each.area.number or not full or not each.full:
        return False
    return each.kinds == {_kind(occurrence)} and not each.full & full


def _kind(occurrence: DraftArea) -> tuple[str, int, bool]:
    return occurrence.said_by, occurrence.level, occurrence.is_guess


def _full(area: DraftArea) -> set[str]:
    return {cleaning.squeeze(each.text) for each in area.measures if not each.stands_bare and each.text}


def _numbered(by_number: Mapping[str, United], occurrence: DraftArea) -> United | None:
    same = by_number.get(occurrence.number) if occurrence.number else None
    is_other = same and occurrence.title and same.area.title and not _is_called_alike(same.area, occurrence)
    return None if is_other else same


def _is_called_alike(one: DraftArea, other: DraftArea) -> bool:
    first, second = cleaning.fold(one.title), cleaning.fold(other.title)
    return cleaning.likeness(first, second) >= _SAME_TITLE or first in second or second in first


def _doubt_same(same: United, occurrence: DraftArea, key: str, *, is_next: bool) -> None:
    if key and same.area.title and cleaning.squeeze(same.area.title) != key:
        same.doubt(
            DoubtCode.AREA_TITLES_DIFFER,
            occurrence,
            number=occurrence.number,
            first=same.area.title,
            second=occurrence.title,
        )
    elif is_next and not occurrence.number and _stands_apart(same, occurrence):
        other = same.area.line.named
        same.doubt(DoubtCode.AREA_GOES_ON, occurrence, title=occurrence.title, other=other)


def _in_order(found: list[United]) -> list[United]:
    """By their numbers, if all have one: the pages of some files are mixed up."""
    numbers = [_places(each.area.number) for each in found]
    if not all(numbers) or len(set(numbers)) < len(numbers):
        return found
    return [each for _, each in sorted(zip(numbers, found, strict=True), key=lambda pair: pair[0])]


def _places(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".")) if number.replace(".", "").isdigit() else ()
