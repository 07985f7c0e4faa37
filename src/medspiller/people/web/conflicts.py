"""When two people save the same thing: what the other stored, beside what was typed, with nothing lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from medspiller.ui.components.formats import day


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people changed: what it says now, and what was typed here."""

    label: str
    now: str
    typed: str


def merged(typed: Mapping[str, Any], *, seen: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return what stands in the form that is shown again.

    A field that was not touched here takes what the other stored; what was typed stays.
    """
    untouched = {name for name in now if name in typed and typed[name] == seen.get(name)}
    return {name: now[name] if name in untouched else value for name, value in typed.items()}


def differences(form: forms.Form, kept: Mapping[str, Any], *, now: Mapping[str, Any]) -> list[Difference]:
    """Return the fields in which what stands in the form is not what is stored, in words."""
    return [
        Difference(
            label=str(form.fields[name].label), now=_words(form, name, value), typed=_words(form, name, kept[name])
        )
        for name, value in now.items()
        if name in form.fields and kept.get(name) != value
    ]


def _words(form: forms.Form, name: str, value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value) if value is not None else "")
