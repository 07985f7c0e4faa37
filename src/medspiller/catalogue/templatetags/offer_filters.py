"""What a search is narrowed by: `{% load offer_filters %}`."""

from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm, BooleanField, ChoiceField
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from medspiller.ui.components.fields import field

register = template.Library()


@register.simple_tag
def filter_field(bound: BoundField, *, size: str = "", inputmode: str = "") -> SafeString:
    """
    Show a filter of the search as `field` shows a field.

    With the same answer it looks the same to everybody, so one whose answers are ours is drawn once for each of them.
    What somebody wrote themselves is drawn anew, and kept nowhere.
    """
    if bound.errors or not isinstance(bound.field, BooleanField | ChoiceField):
        return field(bound, mark="none", size=size, inputmode=inputmode)
    # mypy takes the hash of a class for that of what it makes.
    form: Any = type(bound.form)
    return _drawn(form, bound.name, str(bound.value() or ""), get_language() or "")


@cache
def _drawn(form: type[BaseForm], name: str, answer: str, _language: str) -> SafeString:
    return field(form({name: answer})[name], mark="none")
