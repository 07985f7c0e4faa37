"""What forms of all apps are made from."""

from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from medspiller.ui import inputs

MISSING = _("Fill this in to go on.")
# Without what was sent: that may be an id, which says nothing to anybody.
NO_CHOICE = _("This cannot be chosen. Choose one of those that are shown.")
# How people write a day, and how browsers send one.
DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y"]


def typed(query: QueryDict) -> QueryDict:
    """Return what an address asks for, without what no keyboard writes and no page can show."""
    kept = query.copy()
    for name, values in query.lists():
        kept.setlist(name, ["".join(each if each.isprintable() else " " for each in value) for value in values])
    return kept


class Renderer(DjangoTemplates):
    """Shows `{{ form }}` and its fields with the components of `ui`; `{% error_summary %}` stands first on the page."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: Any, request: HttpRequest | None = None) -> str:
        """Render a template, or what is written out without one."""
        return inputs.written(template_name, context) or super().render(template_name, context, request)


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar where it has one."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None):
        # The form in which browsers take a value for this input.
        super().__init__(attrs=attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not _is_iso(shown):
            # A date input would drop what it cannot read; what somebody typed is kept.
            context["widget"]["type"] = "text"
        return context


def _is_iso(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


class DayField(forms.DateField):
    """A day. Accepts what browsers send and what people write: 21.11.2026."""

    widget = DayInput
    input_formats = DAY_FORMATS
    default_error_messages = {"invalid": _("Write the day as day, month and year: 21.11.2026.")}


class PhoneInput(forms.TextInput):
    """A telephone number; phones show their keys for it."""

    input_type = "tel"


class Form(forms.Form):
    """
    A form whose fields are shown by `{% field %}`.

    Two forms on one page need a `prefix` each, so that no id stands twice.
    """

    default_renderer = Renderer()
    # The server checks; a browser's bubble is in the browser's language and cannot be read again.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        required = forms.Field.default_error_messages["required"]
        not_there = forms.ChoiceField.default_error_messages["invalid_choice"]
        for field in self.fields.values():
            # A field that brings its own words keeps them.
            if _is(field.error_messages.get("required"), required):
                field.error_messages["required"] = MISSING
            if _is(field.error_messages.get("invalid_choice"), not_there):
                field.error_messages["invalid_choice"] = NO_CHOICE


def _is(said: object, known: object) -> bool:
    # Most are the very same: to compare what they say would translate both, for each field of each form.
    return said is known or (said is not None and said == known)
