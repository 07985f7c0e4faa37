"""Figures, days and answers as they are written in a language."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
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
# A figure with this word behind it is a sum, in all the languages.
_SUM = re.compile(r"(\{\w+)(\} kroner\b)")
_AS_SUM = "__sum"


def number(value: int | Decimal, language: str) -> str:
    """Return a number with the marks of a language: a whole one without decimals, another with those it has."""
    decimals = 0
    if isinstance(value, Decimal) and value != value.to_integral_value():
        decimals = -int(value.as_tuple().exponent)
    return str(format_decimal(value, f"#,##0.{'0' * decimals}".rstrip("."), locale=_LOCALES[language]))


def kroner(value: int | Decimal, language: str) -> str:
    """Return a sum with the marks of a language, without the word: øre are two figures, or none where it is whole."""
    ore = Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return number(int(ore) if ore == ore.to_integral_value() else ore, language)


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
    return kroner(value, language) if known.kind is FactKind.MONEY else number(value, language)


def filled(texts: Texts, figures: Mapping[str, Figure]) -> Texts:
    """
    Return a text in its languages, with figures in their places; a dash where one is not known.

    What stands before the word kroner is written as a sum.
    """
    if not any("{" in text for text in texts.values()):
        return texts
    return {
        language: _SUM.sub(rf"\1{_AS_SUM}\2", text).format_map(_Written(_all_written(figures, language)))
        for language, text in texts.items()
    }


class _Written(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return UNKNOWN_FIGURE


def _all_written(figures: Mapping[str, Figure], language: str) -> dict[str, str]:
    as_sums = {
        f"{name}{_AS_SUM}": kroner(one, language) if isinstance(one, int | Decimal) else _written(one, language)
        for name, one in figures.items()
    }
    return {name: _written(one, language) for name, one in figures.items()} | as_sums


def _written(figure: Figure, language: str) -> str:
    if isinstance(figure, Mapping):
        return figure[language]
    if isinstance(figure, date):
        return day(figure, language)
    return figure if isinstance(figure, str) else number(figure, language)
