"""The fields of one question, as they were posted, to its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from medspiller.questionnaires.domain.answering.comparing import is_same
from medspiller.questionnaires.domain.answering.responses import Answer
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType, Option, Value, ValueSet
from medspiller.questionnaires.domain.definition.naming import ADD, CLOCK, OWN, OWN_WORDS, REMOVE, UNIT, field_id
from medspiller.questionnaires.domain.filling import presenting_controls as controls
from medspiller.questionnaires.domain.filling.presented import Control
from medspiller.questionnaires.domain.filling.presenting_questions import MOST_FIELDS, standing
from medspiller.questionnaires.domain.filling.reading_typed import NotUnderstood, read_amount, read_moment, read_typed
from medspiller.questionnaires.domain.filling.showing_values import clock_as_typed
from medspiller.questionnaires.domain.filling.wording import Speaker

_CODING = ("system", "version", "code", "display")


@dataclass(frozen=True, slots=True)
class Posted:
    """What a page posted, by the names of its fields."""

    fields: Mapping[str, Sequence[str]]

    def has(self, name: str) -> bool:
        return name in self.fields

    def all(self, name: str) -> list[str]:
        return [said.replace("\r\n", "\n").replace("\r", "\n") for said in self.fields.get(name, ())]

    def at(self, name: str, number: int) -> str:
        said = self.all(name)
        return said[number] if number < len(said) else ""


# An answer as JSON, or what was typed and is none.
Slot = dict[str, Any] | str


@dataclass(slots=True)
class Reading:
    """Reads answers; `typed` is what could not be read, by the id of its field, and changes as one reads."""

    options: Mapping[str, tuple[tuple[Option, ...], bool]]
    value_sets: Mapping[str, ValueSet]
    speaker: Speaker
    typed: dict[str, str] = field(default_factory=dict)
    focus: str = ""

    def answers(
        self, item: Item, name: str, posted: Posted, given: Sequence[Answer], pressed: str
    ) -> list[dict[str, Any]] | None:
        """Return the answers to a question after the page, None if it was not on the screen or says the same."""
        self.focus = ""
        if not posted.has(name) and not posted.has(name + OWN_WORDS):
            return None
        values = [answer.value for answer in given if answer.value is not None]
        options = controls.options_shown(item, self.options.get(item.link_id, ((), True))[0], values)
        control = controls.control_of(item, options)
        if control in (Control.RADIO, Control.BOXES, Control.DROP_DOWN, Control.TICK):
            return self._chosen(item, name, posted, given, options, control)
        return self._written(item, name, posted, given, options, pressed)

    def _chosen(
        self,
        item: Item,
        name: str,
        posted: Posted,
        given: Sequence[Answer],
        options: Sequence[Option],
        control: Control,
    ) -> list[dict[str, Any]] | None:
        if control is Control.TICK:
            options = options[:1]
        values = [answer.value for answer in given if answer.value is not None]
        tokens = controls.tokens_of(options)
        chosen = [token for token in tokens if token in set(posted.all(name))]
        shown = [
            token
            for token, option in zip(tokens, options, strict=True)
            if any(is_same(option.value, value) for value in values)
        ]
        own, own_shown = self._own_words(item, name, posted, values)
        if (chosen, own) == (shown, own_shown):
            return None
        if not item.repeats:
            # Whoever writes something new means that, and whoever chooses something new means this.
            writes = own and (OWN in posted.all(name) or not chosen or (chosen == shown and own != own_shown))
            if own and not writes:
                self.typed[name + OWN_WORDS] = own
            chosen, own = ([], own) if writes else (chosen[:1], "")
        kept = {_token_of(answer, options, tokens): answer for answer in given}
        found = [
            _source(kept[token]) if token in kept else _answer_of(option)
            for token, option in zip(tokens, options, strict=True)
            if token in chosen
        ]
        if own:
            same = [_source(one) for one in given if own == own_shown and _is_string(one)]
            found.extend(same or [{"valueString": own}])
        return found

    def _own_words(self, item: Item, name: str, posted: Posted, values: Sequence[Value]) -> tuple[str, str]:
        """What was written beside the options, and what stood there."""
        shown = "; ".join(str(value.content) for value in values if controls.is_own_words(item, value))
        if item.type is not ItemType.OPEN_CHOICE or not posted.has(name + OWN_WORDS):
            return shown, shown
        self.typed.pop(name + OWN_WORDS, None)
        said = posted.at(name + OWN_WORDS, 0)
        return (shown if said == shown.replace("\n", "") else said.strip()), shown

    def _written(
        self,
        item: Item,
        name: str,
        posted: Posted,
        given: Sequence[Answer],
        options: Sequence[Option],
        pressed: str,
    ) -> list[dict[str, Any]]:
        before = self._forget(name, given)
        count = max(len(posted.all(name)), len(posted.all(name + UNIT)), len(posted.all(name + CLOCK)))
        slots: list[Slot] = []
        halves: list[tuple[str, str]] = []
        for number in range(min(count, MOST_FIELDS)):
            old = before[number] if number < len(before) else None
            typed, unit, clock = (posted.at(name + part, number) for part in ("", UNIT, CLOCK))
            slot = self._slot(item, typed, unit, clock, old, options)
            if pressed == f"{REMOVE}{name}:{number}":
                self.focus = name
            elif slot != "" or clock:
                slots.append(slot)
                halves.append((unit, clock))
        if pressed == f"{ADD}{name}" and len(slots) < min(item.limits.times or MOST_FIELDS, MOST_FIELDS):
            # Where one field stood empty, the next is asked for beside it.
            for _ in range(2 if not slots else 1):
                slots.append("")
                halves.append(("", ""))
            self.focus = field_id(name, len(slots) - 1)
        return self._kept(name, slots, halves, single=not item.repeats)

    def _kept(
        self, name: str, slots: Sequence[Slot], halves: Sequence[tuple[str, str]], *, single: bool
    ) -> list[dict[str, Any]]:
        found = []
        for number, (slot, (unit, clock)) in enumerate(zip(slots, halves, strict=True)):
            if not isinstance(slot, str):
                found.append(slot)
                continue
            identity = field_id(name, number)
            self.typed[identity] = slot
            for part, said in ((UNIT, unit), (CLOCK, clock)):
                if said:
                    self.typed[identity + part] = said
            if single:
                break
        return found

    def _forget(self, name: str, given: Sequence[Answer]) -> list[Answer | None]:
        """Take what was typed at this question out; return what stood in each of its fields, None for the rest."""
        found: list[Answer | None] = []
        waiting = list(reversed(given))
        while len(found) < MOST_FIELDS and (waiting or field_id(name, len(found)) in self.typed):
            identity = field_id(name, len(found))
            if self.typed.pop(identity, None) is None:
                found.append(waiting.pop())
            else:
                found.append(None)
                self.typed.pop(identity + UNIT, None)
                self.typed.pop(identity + CLOCK, None)
        return found

    def _slot(
        self, item: Item, typed: str, unit: str, clock: str, old: Answer | None, options: Sequence[Option]
    ) -> Slot:
        if old is not None and self._says_the_same(item, typed, unit, clock, old, options):
            return _source(old)
        if not typed.strip():
            return typed.strip()
        for option in options:
            if typed.strip() in (option.text.plain, self.speaker.words(option.text).plain):
                return _answer_of(option)
        try:
            if item.type is ItemType.QUANTITY:
                return read_amount(typed, self._unit(item, unit, old))
            if item.type is ItemType.DATE_TIME:
                return read_moment(typed, clock)
            return read_typed(item.type, typed)
        except NotUnderstood:
            return typed

    def _says_the_same(
        self, item: Item, typed: str, unit: str, clock: str, old: Answer, options: Sequence[Option]
    ) -> bool:
        value = old.value
        shown = standing(item, value, options, self.speaker)
        if typed != shown.replace("\r\n", "\n").replace("\r", "\n"):
            return False
        if value is not None and value.kind == "Quantity":
            listed = self._units(item)
            is_asked = len(listed) > 1 or item.units.open
            return not is_asked or unit == controls.unit_token(value.content)
        return clock == clock_as_typed(value)

    def _units(self, item: Item) -> list[Mapping[str, Any]]:
        held = self.value_sets.get((item.units.value_set or "").split("|")[0])
        return controls.units_of(item, held.options if held else ())

    def _unit(self, item: Item, token: str, old: Answer | None) -> Mapping[str, Any]:
        units = self._units(item)
        value = old.value if old is not None else None
        if value is not None and value.kind == "Quantity" and token == controls.unit_token(value.content):
            kept: Mapping[str, Any] = value.content
            return kept
        if len(units) == 1 and not item.units.open:
            return units[0]
        chosen = next((unit for unit in units if token and controls.unit_token(unit) == token), None)
        if chosen is not None:
            return chosen
        return {"unit": token.strip()} if token.strip() and item.units.open else {}


def _is_string(answer: Answer) -> bool:
    return answer.value is not None and answer.value.kind == "string"


def _token_of(answer: Answer, options: Sequence[Option], tokens: Sequence[str]) -> str:
    pairs = zip(tokens, options, strict=True)
    value = answer.value
    return next((token for token, option in pairs if value is not None and is_same(option.value, value)), "")


def _source(answer: Answer) -> dict[str, Any]:
    return {key: value for key, value in answer.source.items() if key != "item"}


def _answer_of(option: Option) -> dict[str, Any]:
    value = option.value
    content = value.content
    if value.kind == "Coding":
        content = {key: content[key] for key in _CODING if key in content}
    return {f"value{value.kind[0].upper()}{value.kind[1:]}": content}
