"""The texts of a questionnaire that somebody reads, and the languages they are in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from medspiller.questionnaires.domain.definition.definitions import Item, Option, Questionnaire, Text
from medspiller.questionnaires.domain.definition.reading_texts import text_of

_TRANSLATED = ("Coding", "string")


@dataclass(frozen=True, slots=True)
class Shown:
    """A text with the place where it stands."""

    element: str
    text: Text

    def missing_in(self, language: str) -> bool:
        """Say whether the text was not translated into a language that is not its own."""
        return not self.text.others.get(language, "").strip()


def shown_texts(questionnaire: Questionnaire) -> Iterator[Shown]:
    """Yield every text that is read on the page, in the order in which it is met."""
    if questionnaire.title:
        yield Shown("title", questionnaire.title)
    if questionnaire.description:
        yield Shown("description", questionnaire.description)
    for item in questionnaire.every_item():
        for name, text in _of_item(item):
            if text:
                yield Shown(f"{item.link_id}.{name}", text)
    for name, found in questionnaire.value_sets.items():
        if name.startswith("#"):
            for text in _of_options(found.options):
                yield Shown(f"contained[{name}].{text.plain}", text)


def languages_of(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the languages in which every text is there, the questionnaire's own first."""
    shown = list(shown_texts(questionnaire))
    others = {language for one in shown for language in one.text.others}
    whole = [language for language in sorted(others) if not any(one.missing_in(language) for one in shown)]
    return (questionnaire.language or "nb", *(language for language in whole if language != questionnaire.language))


def _of_item(item: Item) -> Iterator[tuple[str, Text]]:
    yield "text", item.text
    yield "sublabel", item.sublabel
    yield "validationText", item.validation_text
    yield "repeatsText", item.repeats_text
    for text in _of_options(item.options):
        yield f"answerOption[{text.plain}]", text
    for unit in filter(None, (item.units.only, *item.units.options)):
        yield "unit", text_of(unit, "display")


def _of_options(options: Iterable[Option]) -> Iterator[Text]:
    return (option.text for option in options if option.value.kind in _TRANSLATED)
