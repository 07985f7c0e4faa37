"""Figures, days and answers as they are written in a language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from babel.dates import format_date
from babel.numbers import format_decimal

from medspiller.rights.domain.facts import Value
from medspiller.rights.domain.known_facts import FactKind, KnownFact
from medspiller.rights.domain.texts import Texts

Figure: TypeAlias = int | Decimal | str | date | Mapping[str, str]

_LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
_YES_NO = {"nb": ("ja", "nei"), "nn": ("ja", "nei"), "en": ("yes", "no")}
# Stands where a text has a place for something that is not known.
UNKNOWN_FIGURE = "–"


def number(value: int | Decimal, language: str) -> str:
    """Return a number with the marks of a language: a whole one without decimals, another with those it has."""
    decimals = 0
    if isinstance(value, Decimal) and value != value.to_integral_value():
        decimals = -int(value.as_tuple().exponent)
    return str(format_decimal(value, f"#,##0.{'0' * decimals}".rstrip("."), locale=_LOCALES[language]))


def day(value: date, language: str) -> str:
    """Return a day with its month in letters."""
    return str(format_date(value, "long", locale=_LOCALES[language]))


def shown_value(known: KnownFact, value: Value, language: str) -> str:
    """Return what was answered, as it is read in a language."""
    if known.kind is FactKind.CHOICE:
        return known.choices[str(value)][language] if value in known.choices else str(value)
    if known.kind is FactKind.YES_NO:
        return _YES_NO[language][0 if value else 1]
    if known.kind is FactKind.MONTH:
        year, month = map(int, str(value).split("-"))
        return str(format_date(date(year, month, 1), "LLLL y", locale=_LOCALES[language]))
    if known.kind is FactKind.YEAR or isinstance(value, str):
        return str(value)
    return number(value, language)


def filled(texts: Texts, figures: Mapping[str, Figure]) -> Texts:
    """Return a text in its languages, with figures in their places; a dash where one is not known."""
    if not any("{" in text for text in texts.values()):
        return texts
    return {
        language: text.format_map(_Written({name: _written(one, language) for name, one in figures.items()}))
        for language, text in texts.items()
    }


class _Written(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return UNKNOWN_FIGURE


def _written(figure: Figure, language: str) -> str:
    if isinstance(figure, Mapping):
        return figure[language]
    if isinstance(figure, date):
        return day(figure, language)
    return figure if isinstance(figure, str) else number(figure, language)
