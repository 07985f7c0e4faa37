"""One question as it is shown: its fields with what stands in them, its options, hints and problems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from medspiller.questionnaires.domain.answering.calculating import Calculator
from medspiller.questionnaires.domain.answering.comparing import is_same
from medspiller.questionnaires.domain.answering.constraining import limit_by, options_off
from medspiller.questionnaires.domain.answering.responses import Answer
from medspiller.questionnaires.domain.answering.walking import Layout, Place
from medspiller.questionnaires.domain.definition.definitions import Expression, Item, ItemType, Option, Text, Value
from medspiller.questionnaires.domain.definition.naming import ADD, CLOCK, OWN, OWN_WORDS, REMOVE, Names, field_id
from medspiller.questionnaires.domain.definition.reading_values import text
from medspiller.questionnaires.domain.filling import presenting_controls as controls
from medspiller.questionnaires.domain.filling.presented import (
    NO_WORDS,
    Choice,
    Control,
    Field,
    Hints,
    Problem,
    Question,
    ShownValue,
    Taken,
    Words,
)
from medspiller.questionnaires.domain.filling.presenting_problems import Troubles, is_chosen, problems, unreadable
from medspiller.questionnaires.domain.filling.reading_typed import NotUnderstood, read_amount, read_moment, read_typed
from medspiller.questionnaires.domain.filling.showing_values import (
    as_typed,
    clock_as_typed,
    in_words,
    part_of_date_as_typed,
    shown_value,
)
from medspiller.questionnaires.domain.filling.wording import Speaker

# Nobody gives more answers to one question; what a response has beyond stays in it, unseen.
MOST_FIELDS = 200
_MEGABYTE = 1_000_000


@dataclass(slots=True)
class Asking:
    """Makes questions of places; all but `options` is one form's, and `options` says what can be chosen by linkId."""

    names: Names
    speaker: Speaker
    options: Mapping[str, tuple[tuple[Option, ...], bool]]
    value_sets: Mapping[str, Any]
    troubles: Troubles
    typed: Mapping[str, str]
    taken: Mapping[str, Taken]
    calculator: Calculator
    layout: Layout

    def question(self, place: Place, prefix: str) -> Question:
        """Return the question at a place, without what is asked under it."""
        item = place.item
        name = self.names.name(item, prefix)
        answers = [answer for answer in place.answers if answer.value is not None][:MOST_FIELDS]
        given = [answer.value for answer in answers if answer.value is not None]
        options = controls.options_shown(item, self.options.get(item.link_id, ((), True))[0], given)
        control = controls.control_of(item, options)
        fields = self._fields(item, name, control, answers, options)
        listed = control in (Control.RADIO, Control.BOXES, Control.DROP_DOWN, Control.TICK, Control.SUGGESTIONS)
        own = self._own_words(item, name, control, given)
        return Question(
            id=name,
            name=name,
            link_id=item.link_id,
            type=item.type,
            control=control,
            label=self.label(place),
            prefix=item.prefix,
            sublabel=self.speaker.words(item.sublabel),
            help=self._inner_text(item, "flyover", self.speaker.words(item.help, inline=False)),
            prompt=self._inner_text(item, "prompt", NO_WORDS),
            unit=self._unit(item, control),
            ends=(self._inner_text(item, "lower", NO_WORDS), self._inner_text(item, "upper", NO_WORDS)),
            required=item.required and control is not Control.SHOWN,
            fields=fields,
            options=self._choices(place, name, control, options, given, own) if listed else (),
            units=self._units(item, name, given) if control is Control.AMOUNT else (),
            unit_is_open=control is Control.AMOUNT and item.units.open,
            own_words=own,
            own_words_label=self._own_words_label(item),
            options_unknown=item.type in controls.CHOICES and not options and control is Control.LINE,
            precision=controls.precision_of(item) if control is Control.PART_OF_DATE else "",
            hints=self._hints(item, control),
            problems=self._problems(place, answers if listed and not fields else (), options),
            taken=self.taken.get(item.link_id) if given else None,
            across=controls.stands_across(item),
            **self._more(item, name, control, len(fields)),
        )

    def _problems(self, place: Place, chosen: Sequence[Answer], options: Sequence[Option]) -> tuple[Problem, ...]:
        """What is wrong with the question as a whole, and with answers that have no field of their own."""
        found = problems(self.troubles.at(place), place.item, self.speaker, options=options)
        for answer in chosen:
            found += problems(self.troubles.of_answer(answer), place.item, self.speaker, value=answer.value)
        return found

    def text(self, place: Place, *, inline: bool = True) -> Words:
        """Return the text of an item: the one that an expression gives as things are, else the one that is written."""
        said = self.calculator.text(self.layout, place)
        return self.speaker.plain(said) if said else self.speaker.words(place.item.text, inline=inline)

    def label(self, place: Place) -> Words:
        """Return what a question is called; one without a text goes by its code or its linkId."""
        item, words = place.item, self.text(place)
        if words:
            return words
        said = next((text(code, "display") for code in item.codes if text(code, "display")), item.link_id)
        return self.speaker.plain(said)

    def slots(self, name: str, answers: Sequence[Answer]) -> list[Answer | str]:
        """Return answers and what was typed and cannot be read, in the order in which they stand on the page."""
        found: list[Answer | str] = []
        waiting = list(reversed(answers))
        while len(found) < MOST_FIELDS and (waiting or field_id(name, len(found)) in self.typed):
            typed = self.typed.get(field_id(name, len(found)))
            found.append(waiting.pop() if typed is None else typed)
        return found

    def _fields(
        self, item: Item, name: str, control: Control, answers: Sequence[Answer], options: Sequence[Option]
    ) -> tuple[Field, ...]:
        if control in (Control.RADIO, Control.BOXES, Control.DROP_DOWN, Control.TICK):
            return ()
        if control is Control.SHOWN or control is Control.FILE:
            shown = tuple(self._shown(item, name, number, answer, options) for number, answer in enumerate(answers))
            return shown if control is Control.SHOWN else (*shown, *self._room_for_file(item, name, len(shown)))
        slots = self.slots(name, answers)
        least = max(1, item.limits.fewest or 0) if item.repeats else 1
        blanks = [""] * max(0, min(least, MOST_FIELDS) - len(slots))
        several = item.repeats and len(slots) + len(blanks) > max(1, item.limits.fewest or 0)
        return tuple(
            self._field(item, name, number, slot, several, options) for number, slot in enumerate([*slots, *blanks])
        )

    def _field(
        self, item: Item, name: str, number: int, slot: Answer | str, several: bool, options: Sequence[Option]
    ) -> Field:
        identity = field_id(name, number)
        remove = f"{REMOVE}{name}:{number}" if several else ""
        if isinstance(slot, str):
            clock, unit = self.typed.get(identity + CLOCK, ""), self.typed.get(f"{identity}+unit", "")
            wrong = self._not_understood(item, slot, clock)
            return Field(identity, name, slot, unit, clock, problems=wrong, remove=remove, number=number + 1)
        value = slot.value
        typed = standing(item, value, options, self.speaker)
        unit = controls.unit_token(value.content) if value is not None and value.kind == "Quantity" else ""
        return Field(
            id=identity,
            name=name,
            value=typed,
            unit=unit,
            clock=clock_as_typed(value),
            shown=shown_value(value, self.speaker, _text_of(options, value)),
            problems=problems(self.troubles.of_answer(slot), item, self.speaker, value=value),
            remove=remove,
            number=number + 1,
        )

    def _not_understood(self, item: Item, typed: str, clock: str) -> tuple[Any, ...]:
        if not typed.strip() and not clock.strip():
            return ()
        try:
            if item.type is ItemType.DATE_TIME:
                read_moment(typed, clock)
            elif item.type is ItemType.QUANTITY:
                read_amount(typed, {})
            else:
                read_typed(item.type, typed)
        except NotUnderstood as fault:
            return (unreadable(fault.kind, item, self.speaker),)
        return ()

    def _shown(self, item: Item, name: str, number: int, answer: Answer, options: Sequence[Option]) -> Field:
        value = answer.value
        return Field(
            id=field_id(name, number),
            name=name,
            shown=shown_value(value, self.speaker, _text_of(options, value)),
            problems=problems(self.troubles.of_answer(answer), item, self.speaker, value=value),
            remove=f"{REMOVE}{name}:{number}" if item.type is ItemType.ATTACHMENT else "",
            number=number + 1,
        )

    def _room_for_file(self, item: Item, name: str, count: int) -> tuple[Field, ...]:
        """One more file may be chosen, or another instead of the only one."""
        if item.repeats and item.limits.times is not None and count >= item.limits.times:
            return ()
        return (Field(f"{name}+file", name, number=count + 1),)

    def _choices(
        self,
        place: Place,
        name: str,
        control: Control,
        options: Sequence[Option],
        given: Sequence[Value],
        own: Field | None,
    ) -> tuple[Choice, ...]:
        tokens = controls.tokens_of(options)
        off = options_off(self.calculator, self.layout, place)
        found = [
            Choice(
                id=f"{name}+{number}",
                value=token,
                words=self._option_words(option),
                checked=is_chosen(option, given),
                exclusive=option.exclusive,
                prefix=option.prefix,
            )
            for number, (option, token) in enumerate(zip(options, tokens, strict=True))
            # What was chosen while it could be is shown until somebody chooses otherwise.
            if is_chosen(option, given) or not any(is_same(option.value, one) for one in off)
        ]
        if control is Control.TICK:
            return tuple(found[:1])
        if own is not None and control in (Control.RADIO, Control.DROP_DOWN):
            found.append(Choice(f"{name}+other", OWN, NO_WORDS, checked=bool(own.value) and not any_checked(found)))
        return tuple(found)

    def _option_words(self, option: Option) -> Words:
        return self.speaker.words(option.text) if option.text else NO_WORDS

    def _own_words(self, item: Item, name: str, control: Control, given: Sequence[Value]) -> Field | None:
        if item.type is not ItemType.OPEN_CHOICE:
            return None
        if control not in (Control.RADIO, Control.BOXES, Control.DROP_DOWN):
            return None
        identity = name + OWN_WORDS
        said = "; ".join(str(value.content) for value in given if controls.is_own_words(item, value))
        shown = ShownValue("string", Words(said)) if said else None
        return Field(identity, identity, said or self.typed.get(identity, ""), shown=shown)

    def _own_words_label(self, item: Item) -> Words:
        said = next((one for one in item.extensions.get("openLabel", ()) if text(one, "valueString")), None)
        return self.speaker.plain(text(said, "valueString")) if said else NO_WORDS

    def _units(self, item: Item, name: str, given: Sequence[Value]) -> tuple[Choice, ...]:
        units = self._known_units(item)
        if len(units) < 2 or item.units.open:
            return ()
        tokens = [controls.unit_token(unit) for unit in units]
        others = [value.content for value in given if value.kind == "Quantity"]
        units += [unit for unit in others if controls.unit_token(unit) not in ("", *tokens)]
        return tuple(
            Choice(f"{name}+unit{number}", controls.unit_token(unit), self.speaker.plain(controls.unit_name(unit)))
            for number, unit in enumerate(units)
        )

    def _known_units(self, item: Item) -> list[Mapping[str, Any]]:
        held = self.value_sets.get((item.units.value_set or "").split("|")[0])
        return controls.units_of(item, held.options if held else ())

    def _unit(self, item: Item, control: Control) -> str:
        units = self._known_units(item) if item.type is ItemType.QUANTITY else []
        if len(units) == 1 and not item.units.open:
            return controls.unit_name(units[0])
        if control is Control.NUMBER and item.units.only:
            return controls.unit_name(item.units.only)
        return self._inner_text(item, "unit", NO_WORDS).plain

    def _inner_text(self, item: Item, control: str, otherwise: Words) -> Words:
        found = next((inner for inner in item.items if control in inner.controls), None)
        return self.speaker.words(found.text) if found else otherwise

    def _more(self, item: Item, name: str, control: Control, count: int) -> dict[str, Any]:
        """The button for one more answer, where they are written and not chosen."""
        several = item.repeats and (item.limits.times is None or count < min(item.limits.times, MOST_FIELDS))
        written = control in (
            Control.LINE, Control.TEXT, Control.NUMBER, Control.AMOUNT, Control.DAY, Control.PART_OF_DATE,
            Control.MOMENT, Control.TIME, Control.ADDRESS, Control.SUGGESTIONS,
        )  # fmt: skip
        return {
            "add": f"{ADD}{name}" if several and written else "",
            "add_words": self.speaker.words(item.repeats_text),
        }

    def _hints(self, item: Item, control: Control) -> Hints:
        if control in (Control.SHOWN, Control.RADIO, Control.DROP_DOWN, Control.TICK):
            return Hints()
        limits = item.limits
        largest = f"{limits.largest / _MEGABYTE:.1f}".removesuffix(".0") if limits.largest else None
        return Hints(
            least=self._limit(item, limits.least, limits.least_expression),
            most=self._limit(item, limits.most, limits.most_expression),
            shortest=limits.shortest,
            longest=limits.longest,
            decimals=limits.decimals,
            fewest=limits.fewest if item.repeats and (limits.fewest or 0) > 1 else None,
            times=limits.times if item.repeats else None,
            megabytes=largest.replace(".", ",") if largest and self.speaker.page != "en" else largest,
            media_types=limits.media_types,
            entry_format=item.entry_format,
        )

    def _limit(self, item: Item, fixed: Value | None, expression: Expression | None) -> str | None:
        if fixed is None and expression is not None:
            fixed = limit_by(self.calculator, item, expression)
        return in_words(fixed, self.speaker.page) if fixed is not None else None


def any_checked(choices: Sequence[Choice]) -> bool:
    """Say whether one of the options is chosen."""
    return any(choice.checked for choice in choices)


def standing(item: Item, value: Value | None, options: Sequence[Option], speaker: Speaker) -> str:
    """Return what stands in the input for an answer: of an option its text, of a part of a date just that."""
    if item.type is ItemType.DATE and controls.precision_of(item) != "day":
        return part_of_date_as_typed(value)
    text_of_option = _text_of(options, value) if item.type in controls.CHOICES else None
    return speaker.words(text_of_option).plain if text_of_option else as_typed(value, speaker.page)


def answer_words(options: Sequence[Option], answer: Answer, speaker: Speaker) -> Words:
    """Return what an answer says, to head what is asked under it."""
    shown = shown_value(answer.value, speaker, _text_of(options, answer.value))
    return shown.words if shown else NO_WORDS


def _text_of(options: Sequence[Option], value: Value | None) -> Text | None:
    """What the option says that a value is, None if it is none."""
    return next((one.text for one in options if value is not None and is_chosen(one, [value])), None)
