"""
What was read from a plan, beside the lines it was read from, and what a person makes of it.

Each thing that was read has a key, `a0` for the first focus area, `a0g1`, `a0w1` and `a0m1` for what stands in it, by
which its fields on the page are named. What the page leaves out of the form is taken as it was read.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from medspiller.strategy.domain.plans import cleaning
from medspiller.strategy.domain.plans.several import measures_in
from medspiller.strategy.domain.vocabulary import FIRST_YEAR, LAST_YEAR, TEXT_MOST, TITLE_MOST
from medspiller.strategy.templatetags.strategy_words import LINK_KINDS, SERVICES, year_span
from medspiller.ui.components.formats import kroner

# Django takes no more fields of one form than a thousand; the head of the page has some.
FIELDS_MOST = 900
OF_MEASURE, OF_PARTED, OF_TEXT = 5, 6, 2
LETTERS = 60
# What a measure has besides its own fields on the page; `said` are notes that say the same.
MORE = (
    "budget", "funding", "partners", "deliverables", "services", "learnt", "serves", "links", "indicators", "said",
)  # fmt: skip
ROWS_MOST, ROW_LETTERS = 8, 65
_YEARS = re.compile(r"(\d{4})(?:\s*[-–—]\s*(\d{4}))?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source, by its number from 1."""

    number: int
    text: str


@dataclass(slots=True)
class Pair:
    """Lines of the source, and what was read from them; `kind` is empty for lines that nothing was read from."""

    lines: tuple[Line, ...]
    kind: str = ""
    key: str = ""
    text: str = ""
    owners: str = ""
    years: str = ""
    area: str = ""
    is_out: bool = False
    can_edit: bool = True
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    # What else was read of it, as it was read, and the same in words.
    more: Mapping[str, Any] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    # The measures that its cell may hold, whether a person says that it does, and whether what they wrote does not.
    parts: tuple[str, ...] = ()
    is_parted: bool = False
    is_one: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    areas: list[tuple[str, str, bool]] = field(default_factory=list)

    @property
    def out_option(self) -> list[tuple[str, str, str, bool, bool]]:
        """The box that leaves it out."""
        words = _("Leave out the area and what still belongs to it") if self.kind == "area" else _("Leave this out")
        return [(f"{self.key}-out", "1", words, self.is_out, False)]

    @property
    def part_option(self) -> list[tuple[str, str, str, bool, bool]]:
        """The box that makes several measures of it."""
        told = {"count": len(self.parts), "texts": "; ".join(f"«{_short(each)}»" for each in self.parts)}
        words = _("Make %(count)s measures of this, each with these owners and years: %(texts)s") % told
        return [(f"{self.key}-parts", "1", words, self.is_parted, False)]

    @property
    def rows(self) -> int:
        """How many lines of the page the text takes."""
        return max(2, min(ROWS_MOST, -(-len(self.text) // ROW_LETTERS)))

    @property
    def owner_rows(self) -> int:
        """How many lines the owners take, with room for one more."""
        return min(ROWS_MOST, self.owners.count("\n") + 2)

    @property
    def wrong_text(self) -> list[str]:
        """What is wrong with the text."""
        return [self.errors["text"]] if "text" in self.errors else []

    @property
    def wrong_owners(self) -> list[str]:
        """What is wrong with the owners."""
        return [self.errors["owners"]] if "owners" in self.errors else []

    @property
    def is_too_long(self) -> bool:
        """Whether there is more text than can be stored."""
        return len(self.text) > (TITLE_MOST if self.kind == "area" else TEXT_MOST)

    @property
    def has_long_owner(self) -> bool:
        """Whether the name of an owner is longer than can be stored."""
        return any(len(line.strip()) > TITLE_MOST for line in self.owners.splitlines())

    @property
    def wrong_years(self) -> list[str]:
        """What is wrong with the years."""
        return [self.errors["years"]] if "years" in self.errors else []

    @property
    def span(self) -> str:
        """The numbers of the lines, first to last."""
        first, last = self.lines[0].number, self.lines[-1].number
        return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class Beside:
    """All of a page: pairs in the order of the source, what is doubted of the whole, and what is wrong in the form."""

    pairs: tuple[Pair, ...]
    doubts: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]
    counts: tuple[int, int]


def beside(reading: Mapping[str, Any], source: Sequence[str], typed: Mapping[str, str] | None) -> Beside:
    """Return what was read beside its lines, with what somebody typed where they did."""
    pairs = [_typed(each, typed) for each in _items(reading)]
    _choose_what_can_be_edited(pairs)
    names = [(each.key, each.text) for each in pairs if each.kind == "area"]
    for each in pairs:
        each.areas = [(key, name, key == each.area) for key, name in names] if each.kind == "measure" else []
    if typed is not None:
        for each in pairs:
            each.errors = _wrong(each)
    problems = tuple(
        (f"{_short(each.text)}: {words}", f"{each.key}-{name}") for each in pairs for name, words in each.errors.items()
    )
    counts = (len(names), sum(each.kind == "measure" for each in pairs))
    shown = tuple(_with_source(_titled(reading, pairs), source))
    return Beside(shown, tuple(reading.get("doubts", ())), problems, counts)


def confirmed(found: Beside) -> list[dict[str, Any]]:
    """Return the focus areas as a person leaves them: what is left out is gone, what was moved stands where it went."""
    areas: dict[str, dict[str, Any]] = {}
    for each in found.pairs:
        if each.kind == "area" and not each.is_out:
            areas[each.key] = {"title": each.text, "goals": [], "approaches": [], "measures": [], **each.more}
    for each in found.pairs:
        home = areas.get(each.area)
        if home is None or each.is_out or each.kind not in ("goal", "approach", "measure"):
            continue
        if each.kind == "measure":
            home["measures"] += _measures(each)
        else:
            home["goals" if each.kind == "goal" else "approaches"].append(each.text)
    _number_anew(areas, found.pairs)
    return list(areas.values())


def _number_anew(areas: Mapping[str, dict[str, Any]], pairs: Sequence[Pair]) -> None:
    """Let each measure serve the goals that it was read to serve, wherever they stand now, if they are still there."""
    places = {key: at for at, key in enumerate(areas, start=1)}
    goals: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for each in pairs:
        if each.kind == "goal" and not each.is_out and each.area in places:
            counted[each.area] += 1
            goals[each.key] = f"{places[each.area]}.{counted[each.area]}"
    for area in areas.values():
        for measure in area["measures"]:
            read = [each.partition(".")[::2] for each in measure.pop("serves", ())]
            keys = [f"a{int(one) - 1}g{int(other) - 1}" for one, other in read]
            measure.update({"serves": [goals[key] for key in keys if key in goals]} if keys else {})


def _measures(each: Pair) -> list[dict[str, Any]]:
    whole = _measure(each)
    if not each.is_parted or each.is_one:
        return [whole]
    # Money, notes and what else is said once stays with the first.
    shared = {name: whole[name] for name in ("owners", "from", "to", "serves") if name in whole}
    first, *others = each.parts
    return [{**whole, "text": first}, *({**shared, "text": text, "notes": []} for text in others)]


def _measure(each: Pair) -> dict[str, Any]:
    first, last = years_of(each.years) or (None, None)
    return {
        **each.more,
        "text": each.text,
        "owners": [line.strip() for line in each.owners.splitlines() if line.strip()],
        "from": first,
        "to": last,
        "notes": list(each.notes),
    }


def years_of(written: str) -> tuple[int | None, int | None] | None:
    """
    Return the years somebody wrote; both None for nothing, None for what is no year.

    >>> years_of("2021 - 2025"), years_of("2022"), years_of(" "), years_of("soon")
    ((2021, 2025), (2022, 2022), (None, None), None)
    """
    if not written.strip():
        return None, None
    match = _YEARS.fullmatch(written.strip())
    if match is None:
        return None
    first = int(match[1])
    return first, int(match[2] or first)


def _items(reading: Mapping[str, Any]) -> Iterator[Pair]:
    for at, area in enumerate(reading["focus_areas"]):
        key = f"a{at}"
        pair = _pair("area", key, area["title"], area, area=key)
        pair.more = {"text": area["text"]} if area.get("text") else {}
        pair.told = (area["text"],) if area.get("text") else ()
        yield pair
        for kind, letter, texts in (("goal", "g", "goals"), ("approach", "w", "approaches")):
            for number, each in enumerate(area[texts]):
                yield _pair(kind, f"{key}{letter}{number}", each["text"], each, area=key)
        for number, measure in enumerate(area["measures"]):
            pair = _pair("measure", f"{key}m{number}", measure["text"], measure, area=key)
            pair.owners = "\n".join(measure["owners"])
            pair.years = year_span(measure["from"], measure["to"])
            pair.notes = tuple(measure["notes"])
            pair.more = {name: measure[name] for name in MORE if name in measure}
            pair.told = tuple(_told(measure))
            pair.parts = tuple(measure.get("parts", ()))
            yield pair


def _told(measure: Mapping[str, Any]) -> Iterator[str]:
    """Say what else was read of a measure; links and figures by what they are called."""
    if "budget" in measure:
        yield _("Budget: %(amount)s") % {"amount": kroner(measure["budget"])}
    for name, words in (
        ("funding", _("Paid by: %(said)s")),
        ("partners", _("Together with: %(said)s")),
        ("deliverables", _("What comes of it: %(said)s")),
        ("learnt", _("What has been learnt: %(said)s")),
    ):
        if measure.get(name):
            yield words % {"said": measure[name]}
    if measure.get("services"):
        told = ", ".join(str(SERVICES[each]) for each in measure["services"])
        yield _("Carried out by: %(said)s") % {"said": told}
    if measure.get("serves"):
        yield _("Serves the goals: %(said)s") % {"said": ", ".join(measure["serves"])}
    for link in measure.get("links", ()):
        yield f"{LINK_KINDS[link['kind']]}: {link.get('label') or link['ref']}"
    for each in measure.get("indicators", ()):
        yield _("Is followed by: %(said)s") % {"said": each["name"]}


def _pair(kind: str, key: str, text: str, read: Mapping[str, Any], *, area: str) -> Pair:
    lines = tuple(Line(number, "") for number in sorted(read.get("lines", ())))
    return Pair(lines=lines, kind=kind, key=key, text=text, area=area, doubts=tuple(read.get("doubts", ())))


def _titled(reading: Mapping[str, Any], pairs: list[Pair]) -> list[Pair]:
    """Let the lines of the title stand first, where there are any."""
    lines = tuple(Line(number, "") for number in sorted(reading.get("title_lines", ())))
    return [Pair(lines=lines, kind="title", key="title"), *pairs] if lines else pairs


def _typed(each: Pair, typed: Mapping[str, str] | None) -> Pair:
    """Take what was typed; a field that the form did not have stays as it was read."""
    if typed is None or f"{each.key}-text" not in typed:
        return each
    read = each.text
    for name in ("text", "owners", "years", "area"):
        if f"{each.key}-{name}" in typed:
            setattr(each, name, typed[f"{each.key}-{name}"].strip())
    each.is_out = bool(typed.get(f"{each.key}-out"))
    each.is_parted = bool(each.parts and typed.get(f"{each.key}-parts"))
    if each.parts and each.text.split() != read.split():
        # What somebody corrected is parted as they left it.
        parts = tuple(cleaning.clean(part) for part in measures_in(each.text))
        each.is_one = len(parts) < 2
        each.parts = each.parts if each.is_one else parts
    return each


def _choose_what_can_be_edited(pairs: Sequence[Pair]) -> None:
    """Leave room for what is doubted first, where there is more than a form can carry."""
    room = FIELDS_MOST
    for each in sorted(pairs, key=_is_looked_at_last):
        room -= (OF_PARTED if each.parts else OF_MEASURE) if each.kind == "measure" else OF_TEXT
        each.can_edit = room >= 0


def _is_looked_at_last(each: Pair) -> tuple[bool, bool, bool]:
    return not (each.is_too_long or each.has_long_owner), each.kind != "area", not each.doubts


def _wrong(each: Pair) -> dict[str, str]:
    if each.is_out:
        return {}
    wrong = {}
    if not each.text:
        wrong["text"] = _("Write something here, or leave it out.")
    elif each.is_parted and each.is_one:
        wrong["text"] = _(
            "Write each measure on its own line, starting with a hyphen, or combine them into one measure."
        )
    if each.is_too_long:
        wrong["text"] = _("This is too long. Write it shorter.")
    if each.has_long_owner:
        wrong["owners"] = _("A name is too long. Write one owner on each line.")
    if each.kind == "measure":
        years = years_of(each.years)
        if years is None:
            wrong["years"] = _("Write one year or two, such as 2026 or 2026–2029.")
        elif any(year is not None and not FIRST_YEAR <= year <= LAST_YEAR for year in years):
            wrong["years"] = _("Write a year with four digits.")
        elif years[0] and years[1] and years[1] < years[0]:
            wrong["years"] = _("The last year cannot be before the first.")
    return wrong


def _with_source(pairs: Sequence[Pair], source: Sequence[str]) -> Iterator[Pair]:
    """Give each pair the words of its lines, and put what nothing was read from between them."""
    used = {line.number for each in pairs for line in each.lines}
    shown = 0
    for each in pairs:
        first = each.lines[0].number if each.lines else shown + 1
        yield from _gap(range(shown + 1, first), used, source)
        shown = max(shown, *(line.number for line in each.lines), 0)
        each.lines = tuple(Line(one.number, source[one.number - 1]) for one in each.lines if one.number <= len(source))
        yield each
    yield from _gap(range(shown + 1, len(source) + 1), used, source)


def _gap(numbers: range, used: set[int], source: Sequence[str]) -> Iterator[Pair]:
    lines = tuple(
        Line(number, source[number - 1])
        for number in numbers
        if number not in used and number <= len(source) and source[number - 1].strip()
    )
    if lines:
        yield Pair(lines=lines)


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"
